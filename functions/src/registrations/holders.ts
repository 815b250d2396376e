/**
 * Business and licence numbers typed into the private part of a page in the console hold their identity keys, as those of
 * registrations do, so that nobody registers the same hospital or doctor again. Level-triggered: the keys of a page are
 * made what its private part says now.
 */
import type { DocumentData } from 'firebase-admin/firestore';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { Problem } from '../kernel/fields.ts';
import { readBusinessNumber, readLicenceNumber } from '../kernel/korean.ts';
import { sameValue } from '../kernel/same.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { identityKey } from './identity.ts';
import { holderOf, keys } from './pageLookup.ts';

interface Numbered {
  readonly field: string;
  readonly prefix: string;
  readonly read: (value: string) => string | null;
  readonly keyOf: (number: string) => string;
  readonly hint: string;
}

const numbered: Readonly<Record<string, Numbered>> = {
  Hospitals: {
    ...{ field: 'businessNumber', prefix: 'h-', read: readBusinessNumber, keyOf: identityKey.hospital },
    hint: '사업자등록번호가 올바르지 않습니다. 숫자 열 자리를 확인해 주세요.',
  },
  Doctors: {
    ...{ field: 'licenceNumber', prefix: 'd-', read: readLicenceNumber, keyOf: identityKey.doctor },
    hint: '면허번호는 숫자 1~6자리입니다.',
  },
};

const saidIn = (data: DocumentData | undefined, field: string): string | null => {
  const value: unknown = data?.[field];
  if (value === undefined || value === null || value === '') return null;
  return String(value);
};

/** Releases the keys a page holds but one, and claims that one. Resolves to who holds it instead, if somebody does. */
async function holdOnly(tx: Transaction, path: string, key: string | null): Promise<string | null> {
  const held = await tx.get(keys().where('path', '==', path).limit(10));
  const holder = key === null ? null : await holderOf(tx, key);
  for (const old of held.docs.filter(({ id }) => id !== key)) tx.delete(old.ref);
  if (holder !== null && holder !== path) return holder;
  if (key !== null && holder === null) tx.set(keys().doc(key), { path, createdAt: Timestamp.now() });
  return null;
}

/** The private part of a hospital or doctor was written. What an approval wrote holds its key already. */
export async function onNumberWritten(
  event: FirestoreEvent<Change<DocumentSnapshot> | undefined>,
): Promise<void> {
  if (!event.data) return;
  const { before, after } = event.data;
  const page = after.ref.parent.parent;
  const kind = numbered[page?.parent.id ?? ''];
  if (!page || !kind) return;
  const { field, prefix, read, keyOf, hint } = kind;
  const isOurs = !before.exists && page.id === `${prefix}${after.get('registrationId')}`;
  if (isOurs || sameValue(before.data()?.[field], after.data()?.[field])) return;
  await db().runTransaction(async (tx) => {
    const stored = (await tx.get(after.ref)).data();
    const said = saidIn(stored, field);
    const number = said === null ? null : read(said);
    // A slip of the hand does not let go of what is held.
    const isSlip = said !== null && number === null;
    const holder = isSlip ? null : await holdOnly(tx, page.path, number === null ? null : keyOf(number));
    if (!stored) return;
    const problems: Problem[] = [
      ...(isSlip ? [{ field, message: hint }] : []),
      ...(holder ? [{ field, message: `이미 등록되어 있습니다(${holder}).` }] : []),
    ];
    const changes = { ...(number === null ? {} : { [field]: number }), problems };
    const isSaid = Object.entries(changes).every(([name, value]) => sameValue(stored[name] ?? [], value));
    if (!isSaid) tx.update(after.ref, changes);
  });
}
