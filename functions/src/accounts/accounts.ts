/** Decisions about members. Pure: knows no Firebase. */
import { tidy } from '../kernel/korean.ts';

/** The uid of a Kakao member. The id is Kakao's word, never the client's. */
export const kakaoUid = (kakaoId: number): string => `kakao:${kakaoId}`;

/** A nickname that fits the profile: Kakao's, shortened, or one made from the uid when there is none. */
export function firstNickname(offered: string | null, uid: string): string {
  const characters = [...tidy(offered ?? '')].slice(0, 20);
  const clean = characters.join('').trim();
  return characters.length >= 2 && /\S.*\S/s.test(clean) ? clean : `회원${uid.slice(-6)}`;
}

/** Whether a suspension still holds at a moment (ms). */
export function isSuspendedAt(
  suspension: { until: { toMillis(): number } } | undefined,
  now: number,
): boolean {
  return suspension !== undefined && suspension.until.toMillis() > now;
}
