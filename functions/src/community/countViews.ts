/** Writing the views an instance has gathered. */
import { db, FieldValue } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { ViewBuffer } from './views.ts';

const buffer = new ViewBuffer();
const notFound = 5;

async function write(talkId: string, views: number): Promise<void> {
  try {
    await db()
      .doc(`FreeTalks/${talkId}`)
      .update({ viewCount: FieldValue.increment(views) });
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === notFound) return;
    log.warn('views.notWritten', { talkId, ...errorFields(error) });
    buffer.giveBack(talkId, views);
  }
}

/** Notes what somebody sees, and writes whatever is due, also of other posts. Never fails: views are not worth it. */
export async function countViews(
  viewer: string,
  talkIds: readonly string[],
  now = Date.now(),
): Promise<void> {
  for (const talkId of talkIds) buffer.see(viewer, talkId, now);
  await Promise.all(buffer.due(now).map(([talkId, views]) => write(talkId, views)));
}
