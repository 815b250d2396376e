/** Telling a member something in the app. */
import { db, isAlreadyThere, Timestamp } from '../platform/firebase.ts';
import type { Notification } from './schema.ts';

const keptMs = 90 * 86_400_000;

export type News = Pick<Notification, 'kind' | 'title' | 'body' | 'target'>;

/** Tells somebody once: whoever comes with the same cause again is answered by what is there, and billed nothing. */
export async function notify(uid: string, cause: string, news: News): Promise<void> {
  const now = Date.now();
  const notification: Notification = {
    ...news,
    createdAt: Timestamp.fromMillis(now),
    readAt: null,
    purgeAt: Timestamp.fromMillis(now + keptMs),
  };
  await db()
    .doc(`users/${uid}/notifications/${cause}`)
    .create(notification)
    .catch((error: unknown) => {
      if (!isAlreadyThere(error)) throw error;
    });
}
