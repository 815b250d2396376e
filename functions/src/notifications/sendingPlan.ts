/**
 * When a push is sent, and what follows from how far it got. Pure; times are epoch ms.
 *
 *   PENDING ──claim──► SENDING ──nobody waits──► SENT
 *      ▲                  ├─────tried in vain too often─► FAILED ──retryPush──► PENDING
 *      └──later, morning──┘
 */
import { isNight, nextMorning } from './adHours.ts';
import type { Push, PushState } from './schema.ts';

const minute = 60_000;

/** A worker that has not finished within this is dead. Longer than its function may run. */
export const leaseMs = 6 * minute;
/** A worker begins no batch after this; with the longest batch it ends within its function’s five minutes. */
export const sendingMs = 90_000;

const waits = [10_000, 30_000, 2 * minute, 10 * minute, 30 * minute, 60 * minute] as const;
export const mostAttempts = waits.length + 1;

/** How long to wait after the given number of attempts in vain, 1 or more. */
export const waitAfter = (attempts: number): number => waits[Math.max(0, attempts - 1)] ?? 60 * minute;

export type Claim = 'leave' | 'early' | 'giveUp' | 'send';

/** What a worker that finds a push may do with it. `giveUp`: workers keep dying at it. */
export function claim(
  { state, attempts, dueAt }: Pick<Push, 'state' | 'attempts' | 'dueAt'>,
  now: number,
): Claim {
  if (dueAt === null) return 'leave';
  if (dueAt.toMillis() > now) return state === 'PENDING' ? 'early' : 'leave';
  return state === 'SENDING' && attempts >= mostAttempts ? 'giveUp' : 'send';
}

/** How far a worker got. */
export interface Reached {
  /** How many have not been dealt with. */
  readonly waiting: number;
  /** What stood in the way of some. */
  readonly again: { readonly failure: string; readonly waitMs: number } | null;
  /** Whether some may be sent it only in the morning. */
  readonly morning: boolean;
  /** Whether some were not come to. */
  readonly cut: boolean;
  /** Whether some were dealt with: a push that gets on is not tried in vain, however often the quota ends it. */
  readonly gotOn: boolean;
}

export interface Next {
  readonly state: PushState;
  readonly attempts: number;
  /** Null: nothing more happens by itself. */
  readonly dueAt: number | null;
  readonly failure: string | null;
}

const inTheMorning = (now: number) => (isNight(now) ? nextMorning(now) : now);

/** What becomes of a push when a worker ends with it, at the attempt it has begun. */
export function nextAfter(
  { waiting, again, morning, cut, gotOn }: Reached,
  begun: number,
  now: number,
): Next {
  const attempts = gotOn ? 1 : begun;
  if (waiting === 0) return { state: 'SENT', attempts: begun, dueAt: null, failure: null };
  if (again === null)
    return { state: 'PENDING', attempts: 0, dueAt: morning && !cut ? inTheMorning(now) : now, failure: null };
  const { failure, waitMs } = again;
  if (attempts < mostAttempts)
    return { state: 'PENDING', attempts, dueAt: now + Math.max(waitAfter(attempts), waitMs), failure };
  // Those who wait for the morning have not been tried at all.
  if (morning) return { state: 'PENDING', attempts: 0, dueAt: inTheMorning(now), failure };
  return { state: 'FAILED', attempts, dueAt: null, failure };
}
