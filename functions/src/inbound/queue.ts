/**
 * The queue between receiving and reading. The task of a mail is named after it, so that a mail delivered twice is
 * queued once; the sweep names its tasks after the moment they were due, because the name of a task that has ended
 * stays taken for hours.
 */
import { audit } from '../audit/audit.ts';
import { AppError } from '../platform/errors.ts';
import { db, isStale, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { queueTask } from '../platform/tasks.ts';
import { sweepAgainMs } from './attempts.ts';

/** Name of the task-queue function in index.ts. */
const reader = 'readMail';
const sweepLimit = 50;

/** Queues a mail that has just arrived. A failure is not the provider's business: the sweep finds the mail. */
export async function queueReading(mailId: string): Promise<void> {
  await queueTask(reader, mailId, { mailId }).catch((error: unknown) =>
    log.error('inboundMail.notQueued', { mailId, ...errorFields(error) }),
  );
}

/**
 * Has a parked mail read again, as setting it back to RECEIVED in the console does. Throws MAIL_NOT_PARKED; a queue
 * that cannot be reached is the sweep's business.
 */
export async function retryReading(mailId: string, by: string, now: number): Promise<void> {
  const ref = db().doc(`inboundMails/${mailId}`);
  await db().runTransaction(async (tx) => {
    const mail = await tx.get(ref);
    if (mail.get('state') !== 'PARKED') throw new AppError('MAIL_NOT_PARKED');
    const at = Timestamp.fromMillis(now);
    tx.update(ref, { state: 'RECEIVED', nextAttemptAt: at, updatedAt: at });
    audit(tx, { action: 'mail.retry', target: ref.path, by });
  });
  await queueTask(reader, `${mailId}-${now.toString(36)}`, { mailId }).catch((error: unknown) =>
    log.error('inboundMail.notQueued', { mailId, ...errorFields(error) }),
  );
}

export interface InboundSweep {
  readonly queued: number;
  readonly broken: number;
}

/**
 * Queues what should have been read by `now` (epoch ms): mails whose task was lost or has died for good, and those an
 * operator has set back to RECEIVED. At most 50; what is queued is left alone for ten minutes.
 */
export async function sweepInbound(now: number): Promise<InboundSweep> {
  const due = await db()
    .collection('inboundMails')
    .where('state', '==', 'RECEIVED')
    .where('nextAttemptAt', '<=', Timestamp.fromMillis(now))
    .orderBy('nextAttemptAt')
    .limit(sweepLimit)
    .select('nextAttemptAt')
    .get();
  const again = Timestamp.fromMillis(now + sweepAgainMs);
  const outcomes = await Promise.all(
    due.docs.map(async (mail) => {
      const { id, ref, updateTime: lastUpdateTime } = mail;
      try {
        const dueAt: unknown = mail.get('nextAttemptAt');
        const name = dueAt instanceof Timestamp ? dueAt.toMillis().toString(36) : '';
        await queueTask(reader, `${id}-${name}`, { mailId: id });
        await ref.update({ nextAttemptAt: again }, { lastUpdateTime }).catch((error: unknown) => {
          if (!isStale(error)) throw error;
        });
        return true;
      } catch (error) {
        log.error('inboundMail.sweepBroken', { mailId: id, ...errorFields(error) });
        return false;
      }
    }),
  );
  const queued = outcomes.filter((isQueued) => isQueued).length;
  const report = { queued, broken: outcomes.length - queued };
  log.info('inboundMail.swept', { ...report });
  return report;
}
