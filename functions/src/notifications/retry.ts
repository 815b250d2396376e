/** Having a push that was given up sent again. */
import { audit } from '../audit/audit.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { pushes, queueSending } from './push.ts';

/** To those only who have not been dealt with. Errors: PUSH_NOT_FAILED. */
export async function retryPush(pushId: string, by: string): Promise<void> {
  const now = Date.now();
  const at = Timestamp.fromMillis(now);
  await db().runTransaction(async (tx) => {
    const ref = pushes().doc(pushId);
    if ((await tx.get(ref)).data()?.state !== 'FAILED') throw new AppError('PUSH_NOT_FAILED');
    tx.update(ref, { state: 'PENDING', attempts: 0, dueAt: at, updatedAt: at });
    audit(tx, { action: 'push.retry', target: ref.path, by });
  });
  await queueSending(pushId, now);
}
