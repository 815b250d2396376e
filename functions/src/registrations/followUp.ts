/** When a registration that lacks something is followed up. Pure; times are epoch ms. */

import { daysAfter, startOfKoreanDay } from '../kernel/days.ts';
import { koreanDayOf } from '../kernel/korean.ts';

const hourMs = 3_600_000;
const remindAfterMs = 48 * hourMs;
/** How long a sender has to answer. */
export const replyDays = 14;

export interface FollowUp {
  /** KST day: the last on which an answer is waited for. */
  readonly replyBy: string;
  readonly followUpAt: number;
}

export const closesAt = (replyBy: string): number => startOfKoreanDay(daysAfter(replyBy, 1));

/** From when on to look after what was answered `now`. It is reminded of once in its life. */
export function followUp(now: number, isReminded: boolean): FollowUp {
  const replyBy = daysAfter(koreanDayOf(now), replyDays);
  return { replyBy, followUpAt: isReminded ? closesAt(replyBy) : now + remindAfterMs };
}

/** What to do with one that waits: nothing yet, remind, or close. Late sweeps do not skip the reminder's term. */
export function dueNow(
  { replyBy, remindedAt }: { readonly replyBy: string | null; readonly remindedAt: number | null },
  now: number,
): 'remind' | 'close' | 'nothing' {
  if (replyBy === null) return 'nothing';
  if (now >= closesAt(replyBy)) return 'close';
  return remindedAt === null ? 'remind' : 'nothing';
}
