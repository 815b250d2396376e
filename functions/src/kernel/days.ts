/** Calendar days `YYYY-MM-DD` as they follow each other, and when they begin in Korea (UTC+9, no summer time). Pure. */

const dayMs = 86_400_000;
const koreaAheadMs = 9 * 3_600_000;
const utc = (day: string) => new Date(`${day}T00:00:00Z`).getTime();

/** A day so many days on. */
export const daysAfter = (day: string, days: number): string =>
  new Date(utc(day) + days * dayMs).toISOString().slice(0, 10);

/** The moment (epoch ms) a day begins in Korea. */
export const startOfKoreanDay = (day: string): number => utc(day) - koreaAheadMs;

/** The Monday of the week a day lies in. */
export const mondayOf = (day: string): string => daysAfter(day, -((new Date(utc(day)).getUTCDay() + 6) % 7));

/** How many days lie between two days; negative when the second is the earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((utc(to) - utc(from)) / dayMs);

/**
 * The corresponding day so many months on, or the first of the month after where there is none. A term of months that
 * begins on a day (Civil Act §160) ends on the day before it.
 */
export function correspondingDay(day: string, months: number): string {
  const from = new Date(utc(day));
  const [year, month, date] = [from.getUTCFullYear(), from.getUTCMonth() + months, from.getUTCDate()];
  const found = new Date(Date.UTC(year, month, date));
  const overflows = found.getUTCDate() !== date;
  return new Date(overflows ? Date.UTC(year, month + 1, 1) : found.getTime()).toISOString().slice(0, 10);
}

/** Public holidays that have the same date every year; those of the lunar calendar and substitute days are not here. */
const fixedHolidays = ['01-01', '03-01', '05-05', '06-06', '08-15', '10-03', '10-09', '12-25'];

/** Whether offices are open, as far as the calendar alone can say. */
export const isWorkday = (day: string): boolean =>
  ![0, 6].includes(new Date(utc(day)).getUTCDay()) && !fixedHolidays.includes(day.slice(5));

/** The day itself if it is a working day, else the next one: where a term ends that ends on a holiday (Civil Act §161). */
export const workdayFrom = (day: string): string => (isWorkday(day) ? day : workdayFrom(daysAfter(day, 1)));

/** So many working days on; the day itself does not count. */
export function workdaysAfter(day: string, days: number): string {
  let reached = day;
  for (let left = days; left > 0; left -= 1) reached = workdayFrom(daysAfter(reached, 1));
  return reached;
}
