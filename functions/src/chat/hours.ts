/**
 * When a hospital answers: its opening hours by day, days it has named as closed, and public holidays of a fixed date.
 * All days are Korean ones. Moments are epoch ms. Pure.
 */
import type { z } from 'zod';
import type { openingHoursSchema } from '../directory/schema.ts';
import { daysAfter, startOfKoreanDay } from '../kernel/days.ts';
import { koreanDayOf } from '../kernel/korean.ts';

export type Hours = z.infer<typeof openingHoursSchema>;
export interface Schedule {
  readonly hours: Hours;
  /** Days `YYYY-MM-DD` that are closed. */
  readonly holidays: readonly string[];
}
type Span = readonly [from: number, to: number];

const week = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
/** Those by the moon are for the hospital to name. */
const fixedHolidays = ['01-01', '03-01', '05-05', '06-06', '08-15', '10-03', '10-09', '12-25'];
const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Nothing is looked for farther back: who has been closed for so long is away. */
const longestAwayDays = 30;
const longestWaitDays = 60;

/** Hours by which somebody can be called away; null where none are known. */
export function scheduleOf(hours: Hours | null, holidays: readonly string[]): Schedule | null {
  return hours && week.some((day) => spanIn(hours[day], 0)) ? { hours, holidays } : null;
}

function spanIn(text: string | null, dayStart: number): Span | null {
  const [, ...parts] = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text ?? '') ?? [];
  const [h1 = 0, m1 = 0, h2 = 0, m2 = 0] = parts.map(Number);
  if (parts.length === 0) return null;
  const [from, to] = [h1 * 60 + m1, h2 * 60 + m2];
  if (from === to) return null;
  // Beyond midnight where it ends before it begins.
  return [dayStart + from * minuteMs, dayStart + (to > from ? to : to + 1_440) * minuteMs];
}

/** When the hospital is open on a day. Of what is not said it is taken to be closed. */
function openOn({ hours, holidays }: Schedule, day: string): Span | null {
  if (holidays.includes(day)) return null;
  const isHoliday = fixedHolidays.includes(day.slice(5)) && hours.holiday !== null;
  const weekday = week[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 'sun';
  return spanIn(isHoliday ? hours.holiday : hours[weekday], startOfKoreanDay(day));
}

/** Since when the hospital has been away at a moment: the last closing; 0 when none is near. Null: it is open. */
export function awaySince(schedule: Schedule, at: number): number | null {
  const today = koreanDayOf(at);
  let last = 0;
  for (let back = 0; back <= longestAwayDays; back += 1) {
    const span = openOn(schedule, daysAfter(today, -back));
    if (span && span[0] <= at && at < span[1]) return null;
    if (span && span[1] <= at) last = Math.max(last, span[1]);
    // Yesterday may run into today, no day before it.
    if (last > 0 && back > 0) break;
  }
  return last;
}

/** Whole opening minutes between two moments; plain minutes where no hours are known. */
export function openMinutes(schedule: Schedule | null, from: number, to: number): number {
  if (to <= from) return 0;
  if (!schedule) return Math.floor((to - from) / minuteMs);
  const first = daysAfter(koreanDayOf(from), -1);
  const days = Math.min(longestWaitDays, Math.ceil((to - from) / dayMs) + 2);
  const spans = Array.from({ length: days }, (_, n) => openOn(schedule, daysAfter(first, n)));
  const open = spans.reduce(
    (total, span) => (span ? total + Math.max(0, Math.min(to, span[1]) - Math.max(from, span[0])) : total),
    0,
  );
  return Math.floor(open / minuteMs);
}
