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
