/** What becomes of a voucher. Pure; moments are epoch ms. */
import { daysAfter, startOfKoreanDay } from '../kernel/days.ts';
import { koreanDayOf } from '../kernel/korean.ts';

export const voucherStates = ['active', 'used', 'refunding', 'refunded', 'suspended', 'expired'] as const;
export type VoucherState = (typeof voucherStates)[number];

export interface VoucherFacts {
  readonly state: VoucherState;
  readonly sessionsTotal: number;
  readonly sessionsUsed: number;
  readonly sessionsReturned: number;
  readonly expiresAt: number;
}

export const sessionsLeft = ({ sessionsTotal, sessionsUsed, sessionsReturned }: VoucherFacts): number =>
  sessionsTotal - sessionsUsed - sessionsReturned;

const dayMs = 86_400_000;
/**
 * A use told late keeps its session for so long after the code was shown (it is told within three days): until then the
 * voucher is not given away, nor that session used otherwise or returned. What is agreed to later counts if one is left.
 */
export const answerMs = 10 * dayMs;
export const isAwaited = (shownAt: number, now: number): boolean => now < shownAt + answerMs;

/** Sessions left beside those that `claimed` uses told late wait for an answer with. */
export const sessionsFree = (voucher: VoucherFacts, claimed: number): number =>
  sessionsLeft(voucher) - claimed;

/** The state after a session of it has been used; null when none can be. */
export function afterUse(voucher: VoucherFacts, now: number, claimed = 0): VoucherFacts | null {
  if (voucher.state !== 'active' || now >= voucher.expiresAt || sessionsFree(voucher, claimed) < 1)
    return null;
  const used = { ...voucher, sessionsUsed: voucher.sessionsUsed + 1 };
  return { ...used, state: sessionsLeft(used) === 0 ? 'used' : 'active' };
}

/** The same of a code shown at an earlier moment: a voucher that has ended since counts as it was then. */
export function afterLateUse(voucher: VoucherFacts, shownAt: number, claimed: number): VoucherFacts | null {
  if (voucher.state !== 'expired') return afterUse(voucher, shownAt, claimed);
  const used = afterUse({ ...voucher, state: 'active' }, shownAt, claimed);
  return used?.state === 'active' ? { ...used, state: 'expired' } : used;
}

/** How long a gift may be taken. */
export const giftMs = 7 * dayMs;

/** Whether it was offered as a gift at a moment: it cannot be used then. */
export const isOffered = (giftUntil: number | null, at: number): boolean =>
  giftUntil !== null && giftUntil - giftMs <= at && at < giftUntil;

/** Whether it is whole, so that it may change hands, unless a use told late waits for an answer. */
export const mayBeGiven = ({ state, sessionsUsed, sessionsReturned, expiresAt }: VoucherFacts, now: number) =>
  state === 'active' && sessionsUsed === 0 && sessionsReturned === 0 && now < expiresAt;

/** The bank took its word back, or money went back without us: nothing can be used. What was used stays used. */
export const suspended = (state: VoucherState): VoucherState => (state === 'active' ? 'suspended' : state);

/** The money is there again. */
export const resumed = (state: VoucherState): VoucherState => (state === 'suspended' ? 'active' : state);

/** The payment has ended at Toss: nothing is owed any more. */
export const voided = (state: VoucherState): VoucherState =>
  state === 'active' || state === 'suspended' ? 'refunded' : state;

/** One whose money is not there stays suspended: what has ended may still be refunded. */
export const expired = (state: VoucherState): VoucherState => (state === 'active' ? 'expired' : state);

/** The end of the day a year after the purchase (KST): never less than a year. */
export function expiryOf(boughtAt: number): number {
  const day = koreanDayOf(boughtAt);
  const sameDay = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
  // A 29 February has no such day a year later: the 1 March is not earlier.
  const last = sameDay.endsWith('-02-29') ? `${sameDay.slice(0, 4)}-03-01` : sameDay;
  return startOfKoreanDay(daysAfter(last, 1));
}

const noticeDays = [30, 7, 1];
const morningMs = 9 * 3_600_000;

/** The moments a holder is told of the end, 09:00 KST so many days before the last day; then the end itself. */
export function noticesOf(expiresAt: number): readonly number[] {
  const lastDay = koreanDayOf(expiresAt - 1);
  return [...noticeDays.map((days) => startOfKoreanDay(daysAfter(lastDay, -days)) + morningMs), expiresAt];
}

/** The next of them after a moment; null when the voucher has ended. */
export const nextNotice = (expiresAt: number, now: number): number | null =>
  noticesOf(expiresAt).find((at) => at > now) ?? null;

/** Whole days to the last day it can be used on; 0 on that day. */
export function daysLeft(expiresAt: number, now: number): number {
  const [lastDay, today] = [expiresAt - 1, now].map((at) => startOfKoreanDay(koreanDayOf(at)));
  return Math.max(0, Math.round(((lastDay ?? 0) - (today ?? 0)) / 86_400_000));
}
