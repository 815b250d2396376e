/**
 * An operator decided. Approval checks everything again and publishes in one transaction: the page, its private
 * part, the identity key, the state and the audit entry stand together or not at all. A decision delivered twice
 * finds the registration settled and does nothing.
 */
import type { DocumentReference } from 'firebase-admin/firestore';
import { audit } from '../audit/audit.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { decide } from './decide.ts';
import { holderOf } from './lookup.ts';
import { copyPublicImages, keys, preparePublication, Refusal } from './publication.ts';
import { type Registration, registrationSchema } from './schema.ts';

async function approve(tx: Transaction, id: string, registration: Registration): Promise<string> {
  const publication = await preparePublication(tx, id, registration);
  const keyRef = publication.key === null ? null : keys().doc(publication.key);
  const holder = publication.key && (await holderOf(tx, publication.key));
  if (holder) throw new Refusal(`이미 등록되어 있습니다(${holder}).`);
  const now = Timestamp.now();
  publication.write(tx, now);
  if (keyRef) tx.set(keyRef, { path: publication.path, createdAt: now });
  settle(tx, id, registration, 'APPROVED', publication.path, now);
  return publication.path;
}

function settle(
  tx: Transaction,
  id: string,
  registration: Registration,
  state: 'APPROVED' | 'REJECTED',
  path: string | null,
  now: Timestamp,
): void {
  tx.update(collection('registrations', registrationSchema).doc(id), {
    state,
    decidedAt: now,
    updatedAt: now,
    publishedPath: path,
    decisionProblems: [],
  });
  const fact = {
    action: state === 'APPROVED' ? 'registration.approve' : 'registration.reject',
    target: `registrations/${id}`,
    by: 'console',
    result: path ?? state,
    note: registration.decisionNote,
  };
  audit(tx, fact, `registration-${id}-${state}`);
}

/** Carries out what the registration's `decision` asks for; an invalid one is refused with reasons in the document. */
export async function carryOutDecision(id: string): Promise<void> {
  const ref = collection('registrations', registrationSchema).doc(id);
  const current = (await ref.get()).data();
  if (!current) return;
  if (decide(current).do === 'approve') await copyPublicImages(id, current);
  const outcome = await db().runTransaction(async (tx) => {
    const registration = (await tx.get(ref)).data();
    if (!registration) return 'gone';
    const decided = decide(registration);
    if (decided.do === 'nothing') return 'nothing';
    const now = Timestamp.now();
    if (decided.do === 'reject') settle(tx, id, registration, 'REJECTED', null, now);
    if (decided.do === 'refuse') refuse(tx, ref, decided.reasons, now);
    if (decided.do === 'approve') {
      await approve(tx, id, registration).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        refuse(tx, ref, [error.message], now);
      });
    }
    return decided.do;
  });
  log.info('registration.decided', { registrationId: id, outcome });
}

function refuse(
  tx: Transaction,
  ref: DocumentReference<Registration>,
  reasons: readonly string[],
  now: Timestamp,
): void {
  tx.update(ref, { decision: null, decisionProblems: [...reasons], updatedAt: now });
}
