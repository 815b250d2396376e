/**
 * Values as clinics write them. Each reader takes the words under a label and says what they mean, whether they were
 * read completely (`sure`), or why they could not be read.
 */
import { departmentNames, hospitalTypes } from '../directory/schema.ts';
import {
  readAddress,
  readBusinessNumber,
  readCareInstitutionNumber,
  readDay,
  readEnd,
  readKrw,
  readLicenceNumber,
  readPhone,
  splitPeriod,
  tidy,
} from '../kernel/korean.ts';
import { readPerson } from './people.ts';

/** What became of a value. `reason` is a stable code, `why` is told to people after the field's name. */
export interface Value<T = unknown> {
  readonly value: T | null;
  readonly sure: boolean;
  readonly reason?: string;
  readonly why?: string;
}

const sure = <T>(value: T): Value<T> => ({ value, sure: true });
const unsure = <T>(value: T): Value<T> => ({ value, sure: false });
const failed = <T>(reason: string, why: string): Value<T> => ({ value: null, sure: false, reason, why });
const unreadable = <T>(why = '값을 읽을 수 없습니다'): Value<T> => failed('UNREADABLE', why);
const orUnreadable = <T>(value: T | null, why?: string): Value<T> =>
  value === null ? unreadable(why) : sure(value);

const nothing =
  /^(?:[-–—_.~xX/\s]*|n\/?a|none|null|(?:해당\s?)?없(?:음|습니다|어요)\.?|해당\s?(?:사항\s?)?(?:없음|무|x)|무|미정|추후\s?(?:제출|안내|공지|기재|전달|입력)?(?:\s?예정)?|준비\s?중|작성\s?예정|확인\s?중|[○●oO◯_]{2,}.{0,4}|\(?\s?예\s?[):].*|\(?(?:기재|입력|작성).{0,8}(?:요망|바랍니다|해\s?주세요)\)?|동일|상동|공란)$/i;

/** Words that say nothing: `-`, `추후 제출`, `○○○`, `(예: 라온의원)`. */
export const isNothing = (value: string): boolean => nothing.test(tidy(value));

const ticked = /(?:[■☑☒✔✓▣●◉√]|\[\s?[xXvVoO✓]\s?\]|\(\s?[xXvVoO✓○]\s?\))\s?([^■☑☒✔✓▣●◉√□☐○◯[(]+)/g;
/** Of printed options (`□ 병원 ■ 의원`) the ticked ones; null when boxes were printed and none ticked. */
export function ticks(value: string): string | null {
  const words = tidy(value);
  const after = [...words.matchAll(ticked)].map(([, option = '']) => option.replace(/[,/|]\s?$/, '').trim());
  const hasBoxes = /[□☐○◯]\s?[가-힣A-Z]|\[\s?\]|\(\s{0,3}\)/.test(words);
  if (!hasBoxes) return words;
  return after.length > 0 ? after.join(', ') : null;
}

/** Text as it stands, at most `max` letters. */
export const plainText = (max: number) => (value: string) => {
  const words = tidy(value);
  return words === ''
    ? unreadable<string>()
    : { value: words.slice(0, max).trim(), sure: words.length <= max };
};

/** A name of a hospital without what stands in brackets, quotes or after it. */
export function hospitalName(value: string): Value<string> {
  const words = tidy(value)
    .replace(/\s?[([][^)\]]{0,80}[)\]]/g, '')
    .replace(/^["'“‘「『]|["'”’」』]$/g, '')
    .trim();
  return words === '' || words.length > 60 ? unreadable() : sure(words);
}

export function businessNumber(value: string): Value<string> {
  const words = tidy(value);
  const written = /(?<!\d)\d{3}[-\s.]{0,3}\d{2}[-\s.]{0,3}\d{5}(?!\d)/.exec(words)?.[0];
  if (!written) return unreadable('숫자 10자리가 아닙니다');
  const number = readBusinessNumber(written);
  return number ? sure(number) : failed('BIZNO_CHECKSUM', '번호의 검증숫자가 맞지 않습니다');
}

export const careInstitutionNumber = (value: string): Value<string> =>
  orUnreadable(readCareInstitutionNumber(value.replace(/\([^)]*\)/g, '')), '숫자 8자리가 아닙니다');

export function licenceNumber(value: string): Value<string> {
  const words = tidy(value);
  const numbered = /제\s?\d+\s?호|(?<!\d)\d+\s?호(?!선)/.exec(words)?.[0];
  const alone = /^(?:[^\d]{0,20}?)(\d+)(?![\d.\-/년])/.exec(words.replace(/\([^)]*\)/g, ''))?.[1];
  return orUnreadable(readLicenceNumber(numbered ?? alone ?? ''), '숫자 1~6자리가 아닙니다');
}

const phoneWritten =
  /(?:\+\s?82|(?<!\d)82(?=[-\s.]))?[-\s.]{0,2}\(?\d{1,4}\)?[-\s.)–—]{0,3}\d{3,4}[-\s.–—]{0,3}\d{4}(?!\d)|(?<!\d)\d{9,12}(?!\d)|(?<!\d)1[568]\d{2}[-\s.–—]{0,3}\d{4}(?!\d)|(?<!\d)\d{3,4}[-\s.–—]{0,3}\d{4}(?!\d)/g;

/** Every run of digits that could be a phone number. */
export function phonesIn(words: string): string[] {
  return [...words.matchAll(phoneWritten)].map(([written]) => written.trim());
}

/** The first number of `02-555-0101 / FAX …`, `02-555-0101~3`; several different ones are read, but not surely. */
export function phone(value: string): Value<string> {
  const words = tidy(value)
    .replace(/\(\s?0\s?\)/g, ' ')
    .replace(/(?:FAX|팩스|F\s?[.:)])[^/|,]{0,30}/gi, '')
    .replace(/(\d{4})\s?[~]\s?\d{1,4}(?!\d)/g, '$1');
  const written = phonesIn(words);
  const numbers = [...new Set(written.flatMap((one) => readPhone(one) ?? []))];
  const [first] = numbers;
  if (first) return numbers.length === 1 ? sure(first) : unsure(first);
  const digits = (written[0] ?? words).replace(/\D/g, '');
  if (/^[2-9]\d{6,7}$/.test(digits)) return failed('PHONE_NO_AREA_CODE', '지역번호가 없습니다');
  return unreadable('전화번호로 읽을 수 없습니다');
}

const street = /[가-힣\d](?:로|길|대로)\s?\d|[동읍면리가]\s?산?\s?\d|\d-\d+|번지/;
const landmark = /\d\s?번\s?출구|근처|인근|부근|맞은편|건너편|역\s?(?:앞|옆|부근)|도보\s?\d/;

export interface Place {
  readonly address: string;
  readonly region: string;
  readonly district: string;
  readonly zip: string | null;
}
export function place(value: string): Value<Place> {
  const words = tidy(value);
  const read = readAddress(words);
  if (!read) {
    const why =
      street.test(words) && !landmark.test(words) ? '시·도부터 적혀 있지 않습니다' : '주소가 아닙니다';
    return unreadable(why);
  }
  if (street.test(read.address)) return sure({ ...read, address: read.address.slice(0, 200) });
  return landmark.test(words) ? unreadable('도로명 주소가 아닙니다') : unsure(read);
}

export const zip = (value: string): Value<string> =>
  orUnreadable(/(?<!\d)\d{5}(?!\d)/.exec(tidy(value))?.[0] ?? null, '숫자 5자리가 아닙니다');

export function institutionType(value: string): Value<string> {
  const chosen = ticks(value);
  if (chosen === null) return { value: null, sure: false };
  const found = hospitalTypes.filter((type) => chosen.includes(type)).sort((a, b) => b.length - a.length);
  const [type] = found;
  if (!type) return unreadable();
  return tidy(chosen).replace(/급$/, '') === type ? sure(type) : unsure(type);
}

/** Departments the health insurer knows and we do not show; named so that `정형외과` is not taken for `외과`. */
const unshown =
  '정신건강의학과|정신과|신경외과|심장혈관흉부외과|흉부외과|신경과|외과|마취통증의학과|소아청소년과|소아과|비뇨의학과|비뇨기과|영상의학과|방사선종양학과|병리과|진단검사의학과|재활의학과|결핵과|예방의학과|응급의학과|핵의학과|직업환경의학과|통합치의학과|구강악안면외과|치과교정과|치과보철과|치과보존과|치주과|소아치과|한방피부과|한방부인과|한방소아과|한방재활의학과|한방안이비인후피부과|침구과|사상체질과';
const shown: readonly (readonly [code: string, name: string])[] = Object.entries(departmentNames);
const departmentWord = new RegExp(
  [...shown.map(([, name]) => name), ...unshown.split('|')].sort((a, b) => b.length - a.length).join('|'),
  'g',
);
const shortNames: Readonly<Record<string, string>> = { 성형: '08', 피부: '14' };

/** Codes of the departments named, in the order they are named; `others` are those we do not show. */
export function departmentsIn(words: string): { codes: string[]; others: string[] } {
  const named = [...words.replace(/\s/g, '').matchAll(departmentWord)].map(([name]) => name);
  const codes = named.flatMap((name) => shown.find(([, ours]) => ours === name)?.[0] ?? []);
  const others = named.filter((name) => !shown.some(([, ours]) => ours === name));
  if (named.length > 0) return { codes: [...new Set(codes)], others };
  const short = words.split(/[\s,/·+&]+/).flatMap((word) => shortNames[word] ?? []);
  return { codes: [...new Set(short)], others };
}

export function departments(value: string): Value<string[]> {
  const chosen = ticks(value);
  if (chosen === null) return { value: null, sure: false };
  const { codes, others } = departmentsIn(chosen);
  if (codes.length === 0) return unreadable('등록할 수 있는 진료과목이 없습니다');
  const rest = chosen
    .replace(/\s/g, '')
    .replace(departmentWord, '')
    .replace(/[,/·+&및와과.()]|등$/g, '');
  return { value: codes.sort(), sure: others.length === 0 && rest === '' };
}

export interface Specialist {
  readonly is: boolean;
  readonly specialty: string | null;
}
const denial =
  /전문의\s?(?:는|가|은|자격은|자격이)?\s?(?:아니|아님|아닙|없|x|무|미취득|미보유|취득\s?전)|비\s?전문의|일반의|^(?:아니|아님|없음|해당\s?(?:사항\s?)?없|x$|무$|n$|no$|미취득|미보유|-$)/i;
const notYet = /전공의|레지던트|수련\s?중|예정|취득\s?전|수료\s?예정/;

/** `성형외과 전문의`, `해당 없음`, `전문의는 아니세요`, `O`; a department alone is taken for the qualification, unsurely. */
export function specialist(value: string): Value<Specialist> {
  const chosen = ticks(value);
  if (chosen === null) return { value: null, sure: false };
  if (denial.test(chosen)) return sure({ is: false, specialty: null });
  const { codes, others } = departmentsIn(chosen);
  const specialty = codes[0] ?? null;
  if (notYet.test(chosen) && !/전문의\s?(?:$|[,(])/.test(chosen))
    return unreadable('전문의인지 분명하지 않습니다');
  const named =
    /전문의/.test(chosen) || /^(?:예|네|o|y|yes|있음|맞음|취득|보유|유|해당)(?![가-힣a-z])/i.test(chosen);
  if (!named && specialty === null) return unreadable('전문의인지 분명하지 않습니다');
  const alone = codes.length + others.length === 1;
  return { value: { is: true, specialty }, sure: alone && (named || codes.length === 1) };
}

export function homepage(value: string): Value<string> {
  const url = /(?:https?:\/\/)?[a-z\d가-힣][\w가-힣-]*(?:\.[\w가-힣-]+)+(?::\d+)?(?:\/[^\s,)\]>]*)?/i.exec(
    tidy(value),
  )?.[0];
  const full = url && (/^https?:/i.test(url) ? url : `https://${url}`);
  return full && URL.canParse(full) ? sure(full) : unreadable('인터넷 주소가 아닙니다');
}

export function person(value: string): Value<string> {
  const name = readPerson(value);
  if (name) return sure(name);
  const words = tidy(value);
  const several = words.split(/\s?[,/·、&]\s?|\s및\s/).filter((one) => readPerson(one) !== null);
  if (several.length > 1)
    return failed('SEVERAL_NAMES', '여러 명이 적혀 있습니다. 한 분씩 나누어 적어 주세요');
  const bare = words.replace(/\([^)]*\)/g, '').trim();
  return bare !== '' && bare.length <= 40 ? unsure(bare) : unreadable();
}

const tax = '(?:V\\.?A\\.?T\\.?|부가(?:가치)?세)';
const included = new RegExp(
  `${tax}[^가-힣]{0,4}(?:는|은|가|까지|금액)?\\s?(?:모두|전부|10%)?\\s?(?:포함|inc)`,
  'i',
);
const without = new RegExp(
  `${tax}[^가-힣]{0,4}(?:는|은|가)?\\s?(?:모두|전부|10%)?\\s?(?:별도|미포함|불포함|제외|비포함|추가|\\+|ex)|\\+\\s?${tax}|(?:별도|제외)\\s?${tax}|${tax}\\s?(?:를|을)\\s?(?:제외|뺀)`,
  'i',
);

/** `VAT 포함` true, `부가세 별도` false; null when the words do not speak of VAT. */
export function vatIn(words: string): boolean | null {
  if (!/V\.?A\.?T|부가/i.test(words)) return null;
  if (without.test(words)) return false;
  return included.test(words) ? true : null;
}

/** What stands under a VAT label. */
export function vat(value: string): Value<boolean> {
  const chosen = ticks(value);
  if (chosen === null) return { value: null, sure: false };
  if (/별도|미포함|불포함|비포함|제외|추가|^(?:x|n|no|아니|무)/i.test(chosen)) return sure(false);
  return /포함|^(?:o|y|yes|예|네|유)(?![가-힣a-z])/i.test(chosen) ? sure(true) : unreadable();
}

const amount =
  '[₩￦]?\\s?\\d[\\d,]{0,14}(?:\\.\\d{1,4})?\\s?(?:억|천만|백만|십만|만|천)?(?:\\s?\\d[\\d,]{0,6}\\s?천?)?\\s?원?';
const arrow = '(?:→|⇒|➡|▶|->|=>|>>|에서|>)';
const hasArrow = new RegExp(arrow);
const range = new RegExp(`^(${amount})\\s?[~〜∼\\-–]\\s?(${amount})`);
const arrowed = new RegExp(
  `(${amount})\\s?(?:\\([^)]{0,30}\\)\\s?)?${arrow}\\s?(?:[가-힣]{1,6}\\s)?(${amount})`,
);

/** `132만원 → 99만원`: what it was and what it is. */
export function pricesIn(words: string): { before: number; after: number } | null {
  const tidied = tidy(words);
  const match = hasArrow.test(tidied) ? arrowed.exec(tidied) : null;
  const [before, after] = [readKrw(match?.[1] ?? ''), readKrw(match?.[2] ?? '')];
  return before !== null && after !== null && after >= 1_000 && before >= 1_000 ? { before, after } : null;
}

/**
 * One amount of money. `unit` is what the label says of small numbers (`정상가(만원)`). A range is read as its lower
 * end, unsurely; a number under 1,000 without unit is no price.
 */
export function price(value: string, unit = 1): Value<number> {
  const words = tidy(value)
    .replace(/\([^)]{0,200}\)/g, ' ')
    .replace(/(?:V\.?A\.?T\.?|부가(?:가치)?세)\s?(?:는|은)?\s?(?:포함|별도|제외|미포함|불포함)/gi, ' ')
    .replace(/(?:약|단|총|각|1회|회당|이벤트가|할인가|정상가)\s?(?=[₩￦\d])/g, '')
    .trim();
  const arrows = pricesIn(words);
  if (arrows) return unsure(arrows.after);
  const between = range.exec(words);
  if (between) {
    const low = readKrw(between[1] ?? '') ?? 0;
    const high = readKrw(between[2] ?? '');
    const scaled =
      low < 1_000 && high !== null && high >= 1_000 && /만/.test(between[2] ?? '')
        ? low * 10_000
        : low * unit;
    return scaled >= 1_000
      ? { ...unsure(scaled), reason: 'PRICE_RANGE', why: '범위로 적혀 있습니다. 하나의 금액을 알려 주세요' }
      : unreadable('금액으로 읽을 수 없습니다');
  }
  const first = new RegExp(`^${amount}`).exec(words)?.[0] ?? '';
  const won = readKrw(first);
  if (won === null) return unreadable('금액으로 읽을 수 없습니다');
  const isBare = !/[억만천원₩￦]/.test(first);
  const scaled = isBare && unit > 1 && won < 100_000 ? Math.round(won * unit) : won;
  if (isBare && scaled < 1_000) return unreadable('금액의 단위를 알 수 없습니다');
  const rest = words.slice(first.length).trim();
  if (/^(?:~|부터|이상|이하|이내)/.test(rest))
    return {
      ...unsure(scaled),
      reason: 'PRICE_RANGE',
      why: '범위로 적혀 있습니다. 하나의 금액을 알려 주세요',
    };
  return {
    value: scaled,
    sure: /^(?:[,/|]?\s?(?:원|정|\d{1,2}\s?%\s?(?:할인|↓|OFF)?|할인|적용|부가세|VAT)?)*$/i.test(rest),
  };
}

/** Per cent of discount somebody states: `25% 할인`, `할인율 25%`. */
export function discountIn(words: string): number | null {
  const match =
    /(\d{1,2}(?:\.\d+)?)\s?%\s?(?:할인|↓|OFF|DC|세일)|할인율?\s?:?\s?(\d{1,2}(?:\.\d+)?)\s?%/i.exec(
      tidy(words),
    );
  const percent = match?.[1] ?? match?.[2];
  return percent === undefined ? null : Number(percent);
}

/** The value of a discount label. */
export function discount(value: string): number | null {
  const words = tidy(value);
  const percent =
    discountIn(words) ?? Number(/(\d{1,2}(?:\.\d+)?)\s?(?:%|퍼센트|프로)/.exec(words)?.[1] ?? Number.NaN);
  if (!Number.isNaN(percent)) return percent;
  return /^0\.\d+$/.test(words) ? Number(words) * 100 : null;
}

/** What days without a year may be read by. */
export interface DayContext {
  /** Year the message itself names. */
  readonly year: number | null;
  /** Day it was sent, `YYYY-MM-DD`. */
  readonly sentOn: string | null;
}

const openEnd = /상시|무기한|별도\s?(?:공지|안내)|소진|종료\s?시|미정|계속|until further/i;

function yearOf(context: DayContext, written: string): number | null {
  if (context.year !== null) return context.year;
  if (context.sentOn === null) return null;
  const year = Number(context.sentOn.slice(0, 4));
  return (
    [year, year + 1].find((candidate) => (readDay(written, candidate) ?? '') >= (context.sentOn ?? '')) ??
    null
  );
}

/** One day; a year that is not written is taken from the context, unsurely. */
export function day(value: string, context: DayContext): Value<string> {
  const words = tidy(value).replace(/\s?(?:부터|까지|예정|한)$|^[~〜∼]\s?|\s?[~〜∼]$/g, '');
  const written = readDay(words);
  if (written) return sure(written);
  const year = yearOf(context, words);
  const guessed = year === null ? null : readDay(words, year);
  if (guessed) return unsure(guessed);
  if (year === null && readDay(words, 2024)) return failed('NO_YEAR', '연도가 없습니다');
  return unreadable('날짜로 읽을 수 없습니다');
}

/** The last day; one that is left open (`상시`) is a reason of its own. */
export function endDay(value: string, context: DayContext, start: string | null): Value<string> {
  if (openEnd.test(value)) return failed('NO_END_DATE', '종료일이 정해져 있지 않습니다');
  const words = tidy(value).replace(/\s?까지$|^[~〜∼]\s?/g, '');
  const afterStart = start && !readDay(words) ? readEnd(words, start) : null;
  return afterStart ? sure(afterStart) : day(words, context);
}

export interface Period {
  readonly start: Value<string> | null;
  readonly end: Value<string> | null;
}

function wholeMonth(words: string, context: DayContext): Period | null {
  const match = /^(?:(20\d{2}|\d{2})\s?[년.]\s?)?(\d{1,2})\s?월\s?(?:한\s?달(?:\s?간)?|중|동안|간|달)?$/.exec(
    words,
  );
  if (!match) return null;
  const month = (match[2] ?? '').padStart(2, '0');
  const written = match[1] ? Number(match[1].length === 2 ? `20${match[1]}` : match[1]) : null;
  const year = written ?? yearOf(context, `${month}/28`);
  if (year === null) return { start: failed('NO_YEAR', '연도가 없습니다'), end: null };
  const last = new Date(Date.UTC(year, Number(month), 0)).getUTCDate();
  if (Number.isNaN(last) || Number(month) > 12) return null;
  const of = written === null ? unsure<string> : sure<string>;
  return { start: of(`${year}-${month}-01`), end: of(`${year}-${month}-${last}`) };
}

/** `A ~ B`, `A ~`, `~ B`, `12월 한 달`, `상시`. A missing year comes from the other side, else from the context. */
export function period(value: string, context: DayContext): Period {
  const words = tidy(value)
    .replace(/\((?![월화수목금토일](?:요일)?\))[^)]{0,80}\)/g, '')
    .replace(/\s?(?:까지|동안|한정|진행|예정)$/g, '')
    .trim();
  const month = wholeMonth(words, context);
  if (month) return month;
  const sides = splitPeriod(words);
  if (!sides) {
    if (openEnd.test(words))
      return { start: null, end: failed('NO_END_DATE', '종료일이 정해져 있지 않습니다') };
    const only = day(words, context);
    if (/까지$|^[~〜∼]/.test(tidy(value))) return { start: null, end: only };
    return {
      start: only.value === null ? unreadable('기간으로 읽을 수 없습니다') : unsure(only.value),
      end: null,
    };
  }
  const [from, to] = sides;
  const endYear = Number(readDay(to)?.slice(0, 4) ?? Number.NaN);
  const fromEnd = [endYear, endYear - 1]
    .map((year) => readDay(from, year))
    .find((d) => d && d <= (readDay(to) ?? ''));
  const start = from === '' ? null : fromEnd && !readDay(from) ? sure(fromEnd) : day(from, context);
  if (to === '') return { start, end: failed('NO_END_DATE', '종료일이 정해져 있지 않습니다') };
  const end = endDay(to, context, start?.value ?? null);
  return { start, end: start && !start.sure && end.value && !readDay(to) ? unsure(end.value) : end };
}

/** A review number, opaque: `제 261101-중-000001 호 (유효 2029.10.31까지)` → `261101-중-000001`. */
export function reviewNumber(value: string): Value<string> {
  const words = tidy(value);
  const usual = /\d{4,8}\s?-\s?[가-힣A-Z]{1,4}\s?-\s?\d{2,8}/i.exec(words)?.[0];
  if (usual) return sure(usual.replace(/\s/g, ''));
  const numbered = /제\s?([^\s()]{1,40}(?:\s[^\s()]{1,20}){0,2}?)\s?호/.exec(words)?.[1];
  const rest = (numbered ?? words.replace(/\([^)]*\)/g, '')).trim();
  return /\d/.test(rest) && rest.length <= 60 ? sure(rest) : unreadable('심의번호가 적혀 있지 않습니다');
}

/** Lines of a list, without bullets. */
export const lines = (value: string): string[] =>
  value
    .split('\n')
    .flatMap((line) => line.split(/\s[/|]\s/))
    .map((line) =>
      tidy(line)
        .replace(/^[-·•*▪◦‣ㆍ]\s?/, '')
        .slice(0, 200)
        .trim(),
    )
    .filter((line) => line !== '')
    .slice(0, 30);

/** Words of a list. */
export const words = (value: string): string[] =>
  value
    .split(/[,/·、ㆍ\n]/)
    .map((word) =>
      tidy(word)
        .replace(/^[-•*]\s?|\s?등$/g, '')
        .slice(0, 40)
        .trim(),
    )
    .filter((word) => word !== '')
    .slice(0, 10);
