/**
 * Queueing a push. Its id is its cause, so that one cause makes one push, however many receive it. It is written down
 * first and then given to the task queue: should the queue not take it, the sweep finds it.
 */
import { createHash } from 'node:crypto';
import { isAlreadyThere, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { queueTask } from '../platform/tasks.ts';
import { type NewPush, newPushSchema, type Push, pushSchema } from './schema.ts';

/** Name of the task-queue function in index.ts. */
const sender = 'sendPush';
/** As long as an event may be delivered again, and as an operator may ask what became of it. */
const keptMs = 14 * 86_400_000;

export const pushes = () => collection('pushes', pushSchema);

/** A new push as it is stored. Throws a ZodError for what cannot be one. */
export function newPush(given: NewPush, now: number): Push {
  const {
    cause: _cause,
    delayMs = 0,
    collapse = null,
    dataOnly = false,
    ...rest
  } = newPushSchema.parse(given);
  const uids = [...new Set(rest.uids)];
  const at = Timestamp.fromMillis(now);
  return {
    ...{ ...rest, uids, collapse, dataOnly, waiting: uids, settled: [] },
    state: 'PENDING',
    ...{ attempts: 0, dueAt: Timestamp.fromMillis(now + delayMs), failure: null },
    ...{ tally: { sent: 0, dead: 0, refused: 0, unwanted: 0 }, createdAt: at, updatedAt: at },
    purgeAt: Timestamp.fromMillis(now + keptMs),
  };
}

/** Task names take letters, digits and dashes, and stay taken for hours: each time a push is due has its own. */
const taskId = (pushId: string, dueAt: number) =>
  `${createHash('sha256').update(pushId).digest('hex').slice(0, 40)}-${dueAt.toString(36)}`;

/** Has the queue hand a push to a worker at `dueAt` (epoch ms). A queue that cannot be reached is the sweep’s business. */
export async function queueSending(pushId: string, dueAt: number): Promise<void> {
  await queueTask(sender, taskId(pushId, dueAt), { pushId }, dueAt).catch((error: unknown) =>
    log.error('push.notQueued', { pushId, ...errorFields(error) }),
  );
}

/**
 * Queues a push, once for its cause; one queued before is left as it is. Of a burst, name the cause after what it is
 * about and a window of time, and `delayMs` until the window ends: one push tells of all. Nobody to send it to is no
 * push. Throws a ZodError for what cannot be one.
 */
export async function queuePush(given: NewPush): Promise<void> {
  if (given.uids.length === 0) return;
  const now = Date.now();
  try {
    await pushes().doc(given.cause).create(newPush(given, now));
  } catch (error) {
    if (isAlreadyThere(error)) return;
    throw error;
  }
  await queueSending(given.cause, now + (given.delayMs ?? 0));
}
