/**
 * Whether a page is shown, and since when and until when. Pure; moments are epoch ms, days Korean.
 *
 * The server keeps `published` and `hiddenBecause` in step, so a document in which they disagree was edited by hand, and
 * what was meant can be read from the document alone, however late and however often one hears of the edit.
 */
import { daysAfter, startOfKoreanDay } from '../kernel/days.ts';
import type { HiddenBecause } from './schema.ts';

export interface Days {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly adReviewValidUntil: string | null;
}

export interface Moments {
  readonly appearsAt: number;
  readonly vanishesAt: number;
}

const afterDay = (day: string) => startOfKoreanDay(daysAfter(day, 1));

/** From the beginning of the first day to the end of the last, or of the review's if that is earlier. */
export function momentsOf({ startsOn, endsOn, adReviewValidUntil }: Days): Moments {
  const ends = [endsOn, ...(adReviewValidUntil === null ? [] : [adReviewValidUntil])].map(afterDay);
  return { appearsAt: startOfKoreanDay(startsOn), vanishesAt: Math.min(...ends) };
}

/** Whether somebody wants the page to be shown: nobody has withdrawn it, or it was set to published since. */
export function isWanted(page: { readonly published?: unknown; readonly hiddenBecause?: unknown }): boolean {
  const because = page.hiddenBecause ?? null;
  return page.published === true || (because !== null && because !== 'WITHDRAWN');
}

export interface Judged {
  readonly isWanted: boolean;
  /** Whether it may be shown as it is: shape and law. */
  readonly isValid: boolean;
  /** Of an event. */
  readonly days?: Days;
}

function outOfSeason(days: Days, now: number): HiddenBecause | null {
  if (now >= afterDay(days.endsOn)) return 'ENDED';
  if (days.adReviewValidUntil !== null && now >= afterDay(days.adReviewValidUntil)) return 'REVIEW_EXPIRED';
  return now < startOfKoreanDay(days.startsOn) ? 'NOT_YET' : null;
}

/** Why a page is not shown at a moment; null when it is. `hospital`: whose it is, null when there is none such. */
export function visibilityOf(
  page: Judged,
  hospital: { readonly published: boolean } | null,
  now: number,
): HiddenBecause | null {
  if (!page.isWanted) return 'WITHDRAWN';
  if (!page.isValid) return 'INVALID';
  if (!hospital?.published) return 'HOSPITAL_HIDDEN';
  return page.days ? outOfSeason(page.days, now) : null;
}

const noticeDaysBefore = 30;
const officeOpensMs = 9 * 3_600_000;
const monthMs = 30 * 86_400_000;

export interface Notices {
  /** A month before the last day of the review, 09:00 KST. */
  readonly soonAt: number;
  /** 09:00 KST of the day after it. */
  readonly overAt: number;
}

/** When a hospital is told that a review number expires. */
export const noticesOf = (validUntil: string): Notices => ({
  soonAt: startOfKoreanDay(daysAfter(validUntil, -noticeDaysBefore)) + officeOpensMs,
  overAt: afterDay(validUntil) + officeOpensMs,
});

/** The next moment to tell, given the one that was planned. What was over long ago is not told of any more. */
export function nextNotice(validUntil: string | null, planned: number | null, now: number): number | null {
  if (validUntil === null) return null;
  const { soonAt, overAt } = noticesOf(validUntil);
  if (planned === soonAt || planned === overAt) return planned;
  if (now >= overAt + monthMs) return null;
  return now >= overAt ? overAt : soonAt;
}
