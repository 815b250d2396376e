/**
 * What is decided about an appointment. Pure; times are epoch ms.
 *
 *   proposed ──member accepts──► confirmed ──both say so──► kept
 *      ├──member declines──► declined │
 *      └──either side─────────────────┴──► cancelled
 */
import type { Appointment, AppointmentSide } from './schema.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const furthestMs = 365 * day;
/** Open ones a room may have at once. */
export const mostOpen = 10;
/** The member hears of every move. */
export const mostMoves = 20;

/** Whether a time may be proposed: a minute to come, within a year. */
export const isProposable = (startsAt: number, now: number): boolean =>
  startsAt % minute === 0 && startsAt > now && startsAt <= now + furthestMs;

/** When to remind of an appointment that is confirmed now: a day before, else two hours before, else not at all. */
export function reminderFor(startsAt: number, now: number): number | null {
  return [startsAt - day, startsAt - 2 * hour].find((at) => at > now) ?? null;
}

/** `11월 25일(수) 14:00`, in Korea. */
export function koreanTime(ms: number): string {
  const korea = new Date(ms + 9 * hour);
  const weekday = [...'일월화수목금토'][korea.getUTCDay()];
  const clock = korea.toISOString().slice(11, 16);
  return `${korea.getUTCMonth() + 1}월 ${korea.getUTCDate()}일(${weekday}) ${clock}`;
}

export const isOpen = ({ state }: Pick<Appointment, 'state'>): boolean =>
  state === 'proposed' || state === 'confirmed';

/** Both sides, in one order, after one of them has spoken. */
export const keptWith = (keptBy: readonly AppointmentSide[], side: AppointmentSide): AppointmentSide[] =>
  (['member', 'hospital'] as const).filter((each) => each === side || keptBy.includes(each));
