/** Telling authors what was done to what they wrote: a notification in the transaction that does it. */
import { db, type Timestamp, type Transaction } from '../platform/firebase.ts';
import type { Target } from './targets.ts';

/** One per decision about a text: the same again is the same notification. */
export function tell(
  tx: Transaction,
  uid: string | null,
  target: Target,
  { title, body }: { readonly title: string; readonly body: string },
  at: Timestamp,
): void {
  if (uid === null || uid.startsWith('withdrawn-')) return;
  const ref = db().doc(
    `users/${uid}/notifications/moderation-${target.type}-${target.digest}-${at.toMillis()}`,
  );
  tx.set(ref, { kind: 'moderation', title, body, target: target.path, createdAt: at, readAt: null });
}
