/** Telling a member something in the app. What is written here also rings, by its trigger (ring.ts). */
import { db, FieldValue, isAlreadyThere, Timestamp, type Transaction } from '../platform/firebase.ts';
import type { Notification } from './schema.ts';

const keptMs = 90 * 86_400_000;

export type News = Pick<Notification, 'kind' | 'title' | 'body' | 'target'>;

/**
 * The document that tells it. `createdAt` is the database’s own: what is written later is later, whatever the clocks of
 * instances say, so that marking all as read leaves unread what came after.
 */
export const notificationOf = (news: News, at: Timestamp) => ({
  ...news,
  createdAt: FieldValue.serverTimestamp(),
  readAt: null,
  purgeAt: Timestamp.fromMillis(at.toMillis() + keptMs),
});

/** Tells somebody once: whoever comes with the same cause again is answered by what is there, and billed nothing. */
export async function notify(uid: string, cause: string, news: News): Promise<void> {
  await db()
    .doc(`users/${uid}/notifications/${cause}`)
    .create(notificationOf(news, Timestamp.now()))
    .catch((error: unknown) => {
      if (!isAlreadyThere(error)) throw error;
    });
}

/** Tells somebody as part of what it tells of: both happen, or neither. Nobody who has left is told anything. */
export function notifyIn(tx: Transaction, uid: string, cause: string, news: News): void {
  if (uid.startsWith('withdrawn-')) return;
  tx.set(db().doc(`users/${uid}/notifications/${cause}`), notificationOf(news, Timestamp.now()));
}
