/** Telling authors what was done to what they wrote: a notification in the transaction that does it. */
import { notificationOf } from '../notifications/notify.ts';
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
  const news = { kind: 'moderation', title, body: body.slice(0, 200), target: target.path } as const;
  tx.set(ref, notificationOf(news, at));
}
