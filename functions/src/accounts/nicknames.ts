/** Nicknames: what counts as the same, what nobody may take, and one to begin with. Pure. */
import { tidy } from '../kernel/korean.ts';

/** What a nickname is unique by: case, width, spacing and invisible characters folded. */
export function nicknameKey(nickname: string): string {
  return nickname
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cf}\p{Zs}\u115F\u1160\u3164\uFFA0]/gu, '')
    .normalize('NFC');
}

/** Words that would pass for the operators or the platform anywhere in a nickname. */
const reservedAnywhere = [
  '닥터피치',
  'doctorpitch',
  '운영자',
  '운영팀',
  '관리자',
  '고객센터',
  '상담센터',
  '공식계정',
];

/** Nicknames nobody may have as a whole. */
const reservedWhole = new Set([
  ...[
    'admin',
    'administrator',
    'root',
    'system',
    'operator',
    'owner',
    'staff',
    'official',
    'support',
    'help',
  ],
  ...['null', 'undefined', 'anonymous', 'unknown', 'deleted', 'test'],
  ...[
    '운영',
    '시스템',
    '공지',
    '공지사항',
    '본사',
    '스태프',
    '직원',
    '익명',
    '글쓴이',
    '탈퇴한회원',
    '알수없음',
    '알림',
  ],
  ...['바비톡', 'babitalk', '강남언니', 'unni', '의사', '원장', '대표원장', '전문의', '병원', '간호사'],
]);

export function isReservedNickname(nickname: string): boolean {
  const key = nicknameKey(nickname).replace(/[._\-~*·ㆍ|]/g, '');
  return (
    key === '' ||
    /^익명[0-9]*$/.test(key) ||
    reservedWhole.has(key) ||
    reservedAnywhere.some((word) => key.includes(word))
  );
}

/** Why the words of a nickname cannot be taken, or null. Letters that cannot be seen are no nickname. */
export function nicknameFault(nickname: string): 'NICKNAME_RESERVED' | null {
  return [...nicknameKey(nickname)].length < 2 || isReservedNickname(nickname) ? 'NICKNAME_RESERVED' : null;
}

/** As many whole characters as fit into `units` UTF-16 units. */
function shortened(value: string, units: number): string {
  let kept = '';
  for (const character of value) {
    if (kept.length + character.length > units) break;
    kept += character;
  }
  return kept.trim();
}

/**
 * Nicknames to try, in order, until one is free: the one offered (the member's wish or Kakao's), the same with four
 * digits, one made from nothing. `digits` gives four random digits.
 */
export function nicknameCandidates(offered: string | null, digits: () => string): string[] {
  const wish = shortened(tidy(offered ?? ''), 20);
  const usable = wish.length >= 2 && nicknameFault(wish) === null;
  const numbered = () => `${shortened(wish, 16)}${digits()}`;
  const made = () => `회원${digits()}${digits()}`;
  return usable ? [wish, numbered(), numbered(), made(), made()] : [made(), made(), made()];
}
