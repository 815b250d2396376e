/**
 * Korean field facts: identifiers, money, days, addresses. Pure; every reader returns null for what it
 * cannot read, so that callers can say which field is wrong instead of storing a guess.
 */

/** NFC, full-width forms made half-width, white space collapsed. */
export function tidy(value: string): string {
  return value
    .normalize('NFC')
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u00A0\u3000]+/g, ' ')
    .trim();
}

const digitsOf = (value: string) => tidy(value).replace(/\D/g, '');

/**
 * 사업자등록번호 as ten digits, or null. The check digit is `(10 − s % 10) % 10`; numbers of one repeated digit
 * and those starting 000 pass that sum but are never issued.
 */
export function readBusinessNumber(value: string): string | null {
  const digits = digitsOf(value);
  if (!/^\d{10}$/.test(digits) || /^000/.test(digits) || /^(\d)\1{9}$/.test(digits)) return null;
  const d = [...digits].map(Number);
  const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
  const sum = weights.reduce((s, w, i) => s + w * (d[i] ?? 0), 0) + Math.floor((5 * (d[8] ?? 0)) / 10);
  return (10 - (sum % 10)) % 10 === d[9] ? digits : null;
}

/** 요양기관기호: eight digits without a public check digit. */
export function readCareInstitutionNumber(value: string): string | null {
  const digits = digitsOf(value);
  return /^\d{8}$/.test(digits) ? digits : null;
}

/** 의사면허번호 or 전문의 자격번호: `제 000123 호` → `123`; at most six digits, never zero. */
export function readLicenceNumber(value: string): string | null {
  const match = /^(?:제\s*)?0*(\d{1,6})\s*[호번]?$/.exec(tidy(value));
  return match?.[1] && match[1] !== '0' ? match[1] : null;
}

const wonUnits: Readonly<Record<string, number>> = {
  천: 1_000,
  만: 10_000,
  십만: 100_000,
  백만: 1_000_000,
  천만: 10_000_000,
  억: 100_000_000,
};

/**
 * Won from `1,320,000원`, `99만원`, `1.3백만`, `₩990,000`, `132만 5천원`, `1억 2천만`; null when it is not one amount.
 * What stands in brackets is left out. Units must fall: `5천 132만` is no amount.
 */
export function readKrw(value: string): number | null {
  const cleaned = tidy(value)
    .replace(/\([^)]{0,200}\)/g, '')
    .replace(/[₩￦\\,\s]|KRW/gi, '')
    .replace(/(원정|원|won)$/i, '');
  if (!/^(\d+(\.\d+)?(억|천만|백만|십만|만|천)?){1,4}$/.test(cleaned)) return null;
  let won = 0;
  let last = Number.POSITIVE_INFINITY;
  for (const [, amount = '', unit = ''] of cleaned.matchAll(/(\d+(?:\.\d+)?)(억|천만|백만|십만|만|천)?/g)) {
    const worth = wonUnits[unit] ?? 1;
    if (worth >= last) return null;
    last = worth;
    won += Number(amount) * worth;
  }
  const whole = Math.round(won);
  return Math.abs(won - whole) < 1e-6 && Number.isSafeInteger(whole) ? whole : null;
}

/** Whether day `YYYY-MM-DD` exists in the calendar. */
export function isRealDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

const spreadsheetEpoch = Date.UTC(1899, 11, 30);

/** A day from the number a spreadsheet keeps it as: 46357 → 2026-12-01. Only 2009 to 2036 are taken for days. */
function readSerialDay(cleaned: string): string | null {
  if (!/^[45]\d{4}(\.\d+)?$/.test(cleaned)) return null;
  const serial = Math.floor(Number(cleaned));
  if (serial < 40_000 || serial > 50_000) return null;
  return new Date(spreadsheetEpoch + serial * 86_400_000).toISOString().slice(0, 10);
}

/** Leaves a day bare: no weekday, time of day or apostrophe before a short year. */
const bareDay = (value: string) =>
  tidy(value)
    .replace(/\(?[월화수목금토일](요일)?\)|\s[월화수목금토일]요일/g, '')
    .replace(
      /[T\s](오전|오후)?\s?\d{1,2}(:\d{2}){1,2}(\.\d+)?Z?$|\s(오전|오후)?\s?\d{1,2}시(\s?\d{1,2}분)?$/,
      '',
    )
    .replace(/^['’‘`]/, '')
    .trim();

/**
 * A day as `YYYY-MM-DD` from `2026.12.1`, `26/12/01`, `'26. 12. 1.(화)`, `20261201`, `2026년 12월 1일`, a spreadsheet's
 * 46357, or `12월 1일` and `12/1` (year taken from `yearHint`).
 */
export function readDay(value: string, yearHint?: number): string | null {
  const cleaned = bareDay(value);
  const serial = readSerialDay(cleaned);
  if (serial) return serial;
  const packed = /^(20\d{2})(\d{2})(\d{2})$/.exec(cleaned);
  const match =
    packed ?? /^(?:(\d{4}|\d{2})\s?[.\-/년]\s?)?(\d{1,2})\s?[.\-/월]\s?(\d{1,2})\s?[일.]?$/.exec(cleaned);
  if (!match) return null;
  const year = match[1] ? Number(match[1].length === 2 ? `20${match[1]}` : match[1]) : yearHint;
  if (year === undefined) return null;
  const day = `${year}-${(match[2] ?? '').padStart(2, '0')}-${(match[3] ?? '').padStart(2, '0')}`;
  return isRealDay(day) ? day : null;
}

/** The two sides of `A ~ B`, `A부터 B까지`, `A - B` or `2026.12.01-2027.01.31`; a side may be empty. */
export function splitPeriod(value: string): [from: string, to: string] | null {
  const tidied = tidy(value).replace(/\s?까지$/, '');
  const separators = [
    /\s?(?:~|〜|∼|부터)\s?/,
    /\s[-–—]\s/,
    /\s?[–—]\s?/,
    /(?<=[./일]\s?\d{1,2}\s?[일.]?)-(?=\d)/,
  ];
  for (const separator of separators) {
    const sides = tidied.split(separator);
    if (sides.length === 2) return [sides[0] ?? '', sides[1] ?? ''];
  }
  return null;
}

/** The last side of a period in the first year in which it does not lie before `start`. */
export function readEnd(value: string, start: string): string | null {
  const year = Number(start.slice(0, 4));
  return [readDay(value, year), readDay(value, year + 1)].find((day) => day !== null && day >= start) ?? null;
}

/** A period `A ~ B`. The end may leave out the year; it is then the first such day not before the start. */
export function readPeriod(value: string, yearHint?: number): { start: string; end: string } | null {
  const [from, to] = splitPeriod(value) ?? [];
  if (!from || !to) return null;
  const start = readDay(from, yearHint);
  const end = start && readEnd(to, start);
  return start && end ? { start, end } : null;
}

/** The Korean calendar day of a moment. */
export function koreanDayOf(millis: number): string {
  return new Date(millis + 9 * 3600_000).toISOString().slice(0, 10);
}

const regionAliases: Record<string, string> = {
  서울: '서울',
  부산: '부산',
  대구: '대구',
  인천: '인천',
  광주: '광주',
  대전: '대전',
  울산: '울산',
  세종: '세종',
  경기: '경기',
  강원: '강원',
  충청북: '충북',
  충북: '충북',
  충청남: '충남',
  충남: '충남',
  전라북: '전북',
  전북: '전북',
  전라남: '전남',
  전남: '전남',
  경상북: '경북',
  경북: '경북',
  경상남: '경남',
  경남: '경남',
  제주: '제주',
};

const regionNames = Object.keys(regionAliases).sort((a, b) => b.length - a.length);
const startsWithRegion = new RegExp(
  `^(${regionNames.join('|')})(특별자치도|특별자치시|특별시|광역시|자치도|시|도)?(?=[ 가-힣])`,
);

/**
 * Region (시도, short) and district (시군구) of a Korean address; null when it does not begin with a 시도. Missing
 * spaces (`서울강남구 테헤란로 1`) are forgiven.
 */
export function readAddress(
  value: string,
): { address: string; region: string; district: string; zip: string | null } | null {
  const tidied = tidy(value);
  const zip = /(?:우(?:편번호)?[\s:]*)?(?<![\d-])(\d{5})(?![\d-])/.exec(tidied)?.[1] ?? null;
  const address = tidied
    .replace(/^[[(]?\s?(?:우(?:편번호)?\s?[:.)]?\s?)?\d{5}\s?[\])]?[\s,]*/, '')
    .replace(
      /[\s,]*(?:[[(]\s?(?:우(?:편번호)?\s?[:.)]?\s?)?\d{5}\s?[\])]|\(?우(?:편번호)?\)?\s?:?\s?\d{5})$/,
      '',
    );
  const start = startsWithRegion.exec(address);
  const region = regionAliases[start?.[1] ?? ''];
  if (!start || !region) return null;
  if (region === '세종') return { address, region, district: '세종시', zip };
  const district = /^\s?([가-힣]{1,6}?[시군구])(?=[\s\d(,]|$|[가-힣]+(?:로|길|동|읍|면|구)[\s\d])/.exec(
    address.slice(start[0].length),
  )?.[1];
  return district ? { address, region, district, zip } : null;
}

/** Initial consonants of Hangul syllables, other characters as they are, spaces left out: `라온 뷰티` → `ㄹㅇㅂㅌ`. */
export function choseongOf(value: string): string {
  const initials = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
  return [...tidy(value).replace(/\s/g, '')]
    .map((c) => {
      const index = c.charCodeAt(0) - 0xac00;
      return index >= 0 && index <= 0x2ba3 ? (initials[Math.floor(index / 588)] ?? c) : c;
    })
    .join('');
}
