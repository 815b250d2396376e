/** Entering something in the books, together with what it is the cause of. */
import type { Transaction } from 'firebase-admin/firestore';
import { mondayOf } from '../kernel/days.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { db, isAlreadyThere, Timestamp } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { entryIdOf, isSameEntry, LedgerError, type NewEntry } from './ledger.ts';
import { ledgerEntrySchema } from './schema.ts';

export const ledger = () => collection('ledger', ledgerEntrySchema);

/**
 * Adds an entry to the writes it belongs to. A cause that is in the books already fails the whole transaction as already
 * there (`isAlreadyThere`): what would happen with it has happened. Needs no read, so it may stand anywhere among writes.
 */
export function postEntry(tx: Transaction, entry: NewEntry): void {
  const at = Timestamp.now();
  const day = koreanDayOf(at.toMillis());
  tx.create(ledger().doc(entryIdOf(entry)), { ...entry, day, week: mondayOf(day), at });
}

/** Whether a cause is in the books: a read, so before all writes of the transaction. Throws when it says another amount. */
export async function isPosted(tx: Transaction, entry: NewEntry): Promise<boolean> {
  const stored = (await tx.get(ledger().doc(entryIdOf(entry)))).data();
  if (stored && !isSameEntry(stored, entry))
    throw new LedgerError(entry, 'is in the books with other amounts');
  return stored !== undefined;
}

/** Enters what stands for itself, once. Resolves to whether it was new; throws when the cause is there with other amounts. */
export async function postOnce(entry: NewEntry): Promise<boolean> {
  const post = () =>
    db().runTransaction(async (tx) => {
      if (await isPosted(tx, entry)) return false;
      postEntry(tx, entry);
      return true;
    });
  // Two at the same moment: the later finds what the earlier has entered.
  return post().catch((error: unknown) => {
    if (!isAlreadyThere(error)) throw error;
    return post();
  });
}
