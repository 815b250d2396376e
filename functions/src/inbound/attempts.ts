/** How often a mail is tried to be read, and when it is parked. Pure. */
import type { InboundMail } from './schema.ts';

/** Cloud Tasks tries as often by itself, within some minutes. */
export const mostAttempts = 5;
/** A mail that has not been read for so long is the sweep's. */
export const unreadMs = 3 * 60_000;
/** How long the sweep leaves a mail to the queue: longer than the reader may run and wait between two attempts. */
export const sweepAgainMs = 10 * 60_000;

/** Why a reading failed, as an operator sees it. */
export type ReadingFailure =
  | 'STORAGE'
  | 'DATABASE'
  | 'UNDERSTANDING'
  | 'RAW_MISSING'
  | 'NO_RAW_MESSAGE'
  | 'UNFINISHED';

/** What no repetition mends. */
const isForGood = (failure: ReadingFailure) => failure === 'RAW_MISSING' || failure === 'NO_RAW_MESSAGE';

type Counted = Pick<InboundMail, 'state' | 'attempts' | 'parkedAt'>;

/** What to do with a mail the queue hands over. An operator's retry of a parked one starts counting anew. */
export type Claim =
  | { readonly do: 'leave' }
  | { readonly do: 'park'; readonly failure: ReadingFailure }
  | { readonly do: 'read'; readonly attempt: number };

export function claim({ state, attempts, parkedAt }: Counted): Claim {
  if (state !== 'RECEIVED') return { do: 'leave' };
  if (parkedAt) return { do: 'read', attempt: 1 };
  // The last attempt left no word: its worker died, as every time before.
  if (attempts >= mostAttempts) return { do: 'park', failure: 'UNFINISHED' };
  return { do: 'read', attempt: attempts + 1 };
}

/** Whether a mail is parked when this attempt has failed. */
export const isLast = (attempt: number, failure: ReadingFailure): boolean =>
  isForGood(failure) || attempt >= mostAttempts;

/** A step of reading that could not be done. */
export class ReadingFailed extends Error {
  readonly failure: ReadingFailure;

  constructor(failure: ReadingFailure, cause?: unknown) {
    super(failure, { cause });
    this.failure = failure;
  }
}

/** Gives what goes wrong in a step the step's name. */
export async function step<T>(failure: ReadingFailure, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ReadingFailed ? error : new ReadingFailed(failure, error);
  }
}
