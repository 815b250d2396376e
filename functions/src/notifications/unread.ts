/** How many notifications a member has not read: those not marked by themselves, behind the mark of all. */
import type { Instant } from '../kernel/fields.ts';
import { db, Timestamp } from '../platform/firebase.ts';

/** One aggregation query: a billed read for every 1,000 counted, one at least. */
export async function unreadOf(uid: string, readUpTo: Instant | null): Promise<number> {
  const unread = db().collection(`users/${uid}/notifications`).where('readAt', '==', null);
  const behind =
    readUpTo === null
      ? unread
      : unread.where('createdAt', '>', new Timestamp(readUpTo.seconds, readUpTo.nanoseconds));
  return (await behind.count().get()).data().count;
}
