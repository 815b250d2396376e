/**
 * Reading a mail that was received: a task of the queue. Whatever it writes has an id made from the mail's, so that an
 * attempt after one that died goes over the same ground and doubles nothing. What cannot be done is tried again by the
 * queue, with growing pauses, and parked with a code in the end.
 */
import { HttpsError } from 'firebase-functions/v2/https';
import { bucket, db, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { claim, isLast, ReadingFailed, type ReadingFailure, sweepAgainMs } from './attempts.ts';
import { inboundMailSchema } from './schema.ts';

const mail = (mailId: string) => collection('inboundMails', inboundMailSchema).doc(mailId);
const at = (ms: number) => Timestamp.fromMillis(ms);

/** `nextAttemptAt` lies in the past, so that an operator has only the state to change. */
const parked = (failure: ReadingFailure, now: number) =>
  ({ state: 'PARKED', failure, parkedAt: at(now), nextAttemptAt: at(now), updatedAt: at(now) }) as const;

interface Begun {
  readonly attempt: number;
  readonly rawPath: string;
}

/** Counts an attempt before it begins, so that one whose worker dies counts as well. */
async function begin(mailId: string, now: number): Promise<Begun | 'left' | 'parked'> {
  const ref = mail(mailId);
  return db().runTransaction(async (tx) => {
    const stored = (await tx.get(ref)).data();
    const claimed = stored ? claim(stored) : ({ do: 'leave' } as const);
    if (!stored || claimed.do === 'leave') return 'left';
    if (claimed.do === 'park') {
      tx.update(ref, parked(claimed.failure, now));
      return 'parked';
    }
    const { attempt } = claimed;
    const nextAttemptAt = at(now + sweepAgainMs);
    tx.update(ref, { attempts: attempt, parkedAt: null, nextAttemptAt, updatedAt: at(now) });
    return { attempt, rawPath: stored.rawPath };
  });
}

const isMissing = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 404;

async function load(rawPath: string): Promise<Buffer> {
  if (!rawPath.endsWith('.eml')) throw new ReadingFailed('NO_RAW_MESSAGE');
  try {
    const [raw] = await bucket().file(rawPath).download();
    return raw;
  } catch (error) {
    throw new ReadingFailed(isMissing(error) ? 'RAW_MISSING' : 'STORAGE', error);
  }
}

/** Writes down why an attempt failed, unless another has taken over. Resolves to whether the mail is parked. */
async function fail(mailId: string, attempt: number, failure: ReadingFailure, now: number): Promise<boolean> {
  const ref = mail(mailId);
  const isParked = isLast(attempt, failure);
  await db().runTransaction(async (tx) => {
    const stored = (await tx.get(ref)).data();
    if (stored?.state !== 'RECEIVED' || stored.attempts !== attempt) return;
    tx.update(ref, isParked ? parked(failure, now) : { failure, updatedAt: at(now) });
  });
  return isParked;
}

/** The answer that makes the queue try again. The platform logs it: a code, nothing of the mail. */
function again(mailId: string, failure: ReadingFailure, error: unknown): HttpsError {
  log.warn('readMail.failed', { mailId, failure, ...errorFields(error) });
  return new HttpsError('unavailable', failure);
}

/** What is made of a mail's bytes. May be done again; throws ReadingFailed. */
export type TakeIn = (mailId: string, raw: Buffer) => Promise<void>;

/** Reads a mail, unless it has been. Throws when the queue is to try again. */
export async function read(mailId: string, takeIn: TakeIn, now: number): Promise<void> {
  const unwritten = (error: unknown) => {
    throw again(mailId, 'DATABASE', error);
  };
  const begun = await begin(mailId, now).catch(unwritten);
  if (begun === 'parked') log.error('readMail.parked', { mailId, failure: 'UNFINISHED' });
  if (typeof begun === 'string') return;
  const { attempt, rawPath } = begun;
  try {
    await takeIn(mailId, await load(rawPath));
    log.info('readMail.read', { mailId, attempt });
  } catch (error) {
    const { failure, cause } =
      error instanceof ReadingFailed ? error : new ReadingFailed('UNDERSTANDING', error);
    const isParked = await fail(mailId, attempt, failure, now).catch(unwritten);
    if (!isParked) throw again(mailId, failure, cause);
    log.error('readMail.parked', { mailId, failure, ...errorFields(cause) });
  }
}
