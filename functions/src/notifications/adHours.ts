/**
 * When advertising may be sent, and what it must say (정보통신망법 제50조; domain sheet §3.3). Looked at in the moment of
 * sending, never when something is queued. Pure; times are epoch ms, the hours Korea’s.
 */
import type { Account } from '../accounts/schema.ts';

const hour = 3_600_000;
const day = 24 * hour;
const koreaAhead = 9 * hour;
const night = { begins: 21 * hour, ends: 8 * hour } as const;

const timeOfDay = (now: number) => (now + koreaAhead) % day;

/** From 21:00:00 until 08:00:00 a consent of its own is needed. */
export const isNight = (now: number): boolean =>
  timeOfDay(now) >= night.begins || timeOfDay(now) < night.ends;

/** The next 08:00:00. */
export const nextMorning = (now: number): number => now + ((night.ends - timeOfDay(now) + day) % day || day);

/** How long it is day yet, from a moment of the day. */
export const msUntilNight = (now: number): number => night.begins - timeOfDay(now);

export type AdPermission = 'now' | 'inTheMorning' | 'never';

/** Whether advertising may be sent to somebody at this moment. */
export function adPermission(consents: Account['consents'], now: number): AdPermission {
  if (consents.adPush?.granted !== true) return 'never';
  return isNight(now) && consents.nightPush?.granted !== true ? 'inTheMorning' : 'now';
}

export interface AdSender {
  readonly name: string;
  /** How to reach them. */
  readonly contact: string;
}

const mark = '(광고)';

/** An advertisement as it must read: marked at its beginning, with who sends it and how to refuse it free of charge. */
export function adText(
  { title, body }: { readonly title: string; readonly body: string },
  { name, contact }: AdSender,
): { title: string; body: string } {
  const bare = title.trimStart().replace(/^\(\s*광고\s*\)\s*/, '');
  const imprint = `${name} ${contact} · 무료 수신거부: 앱 설정 > 알림 > 광고성 정보`;
  return { title: `${mark} ${bare}`, body: [body, imprint].filter((line) => line !== '').join('\n') };
}
