/** Decisions about members. Pure: knows no Firebase. */
import { tidy } from '../kernel/korean.ts';

/** The uid of a Kakao member. The id is Kakao's word, never the client's. */
export const kakaoUid = (kakaoId: number): string => `kakao:${kakaoId}`;

/** As many whole characters as fit into `units` UTF-16 units. */
function shortened(value: string, units: number): string {
  let kept = '';
  for (const character of value) {
    if (kept.length + character.length > units) break;
    kept += character;
  }
  return kept.trim();
}

/** A nickname that fits the profile: Kakao's, shortened, or one made from the uid when there is none. */
export function firstNickname(offered: string | null, uid: string): string {
  const nickname = shortened(tidy(offered ?? ''), 20);
  return nickname.length >= 2 ? nickname : `회원${uid.slice(-6)}`;
}

/** Whether a suspension still holds at a moment (ms). */
export function isSuspendedAt(
  suspension: { until: { toMillis(): number } } | undefined,
  now: number,
): boolean {
  return suspension !== undefined && suspension.until.toMillis() > now;
}
