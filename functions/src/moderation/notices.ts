/** Telling authors what was done to what they wrote: a notification in the transaction that does it. */
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import type { Target } from './targets.ts';

const keptMs = 90 * 86_400_000;

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
  const purgeAt = Timestamp.fromMillis(at.toMillis() + keptMs);
  const news = { kind: 'moderation', title, body: body.slice(0, 200), target: target.path };
  tx.set(ref, { ...news, createdAt: at, readAt: null, purgeAt });
}
