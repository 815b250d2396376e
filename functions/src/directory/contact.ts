/** Where a hospital reads its mail. */
import { db, type Transaction } from '../platform/firebase.ts';
import { hospitalPrivateSchema } from './schema.ts';

/** Null when nobody has said. */
export async function contactOf(tx: Transaction, hospitalId: string): Promise<string | null> {
  const stored = await tx.get(db().doc(`Hospitals/${hospitalId}/private/registration`));
  return hospitalPrivateSchema.safeParse(stored.data()).data?.contactEmail ?? null;
}
