/** Decisions about withdrawals. Pure: knows no Firebase. */
import type { Leaver } from '../platform/erasing.ts';
import type { Withdrawal } from './schema.ts';

/** How long nobody else works on what one has taken; longer than any instance lives. */
export const leaseMs = 600_000;
/** How long failures are tried again before people are asked. */
export const patienceMs = 86_400_000;
/** How long writing is barred: ID tokens live one hour, and custom tokens not yet used another. */
export const barredMs = 2 * 3_600_000;

export const aliasOf = (withdrawalId: string): string => `withdrawn-${withdrawalId}`;

/** How long to wait after the n-th run that failed: one minute, doubled up to an hour. */
export const pauseMs = (attempts: number): number =>
  Math.min(3_600_000, 60_000 * 2 ** Math.max(0, attempts - 1));

type Progress = Pick<Withdrawal, 'state'> & { nextAttemptAt: { toMillis(): number } | null };

/** Whether somebody may work on it now (ms). */
export function isDue({ state, nextAttemptAt }: Progress, now: number): boolean {
  if (state === 'REQUESTED') return nextAttemptAt === null || nextAttemptAt.toMillis() <= now;
  return state === 'RUNNING' && nextAttemptAt !== null && nextAttemptAt.toMillis() <= now;
}

/** States in which a withdrawal will still come to its end, by itself or with help. */
export const isOpen = (state: Withdrawal['state']): boolean =>
  state === 'REQUESTED' || state === 'RUNNING' || state === 'PARKED';

type Named = Pick<Leaver, 'uid' | 'kakaoId'>;

/** A path as the report has it: without what names the person. */
export function masked(path: string, { uid, kakaoId }: Named): string {
  const withoutUid = path.replaceAll(uid, '{uid}');
  return kakaoId === null ? withoutUid : withoutUid.replaceAll(String(kakaoId), '{kakaoId}');
}

/** The path that was masked, as long as it is known whose it is. */
export function unmasked(path: string, { uid, kakaoId }: Named): string {
  return path.replaceAll('{uid}', uid).replaceAll('{kakaoId}', String(kakaoId));
}
