/**
 * Values as clinics write them. Each reader takes the words under a label and says what they mean, whether they were
 * read completely (`sure`), or why they could not be read.
 */
import { departmentNames, hospitalTypes } from '../../directory/schema.ts';
import {
  readAddress,
  readBusinessNumber,
  readCareInstitutionNumber,
  readLicenceNumber,
  tidy,
} from '../../kernel/korean.ts';
import { readPhone } from '../../kernel/phone.ts';
import { readPerson } from './people.ts';

/** What became of a value. `reason` is a stable code, `why` is told to people after the field's name. */
export interface Value<T = unknown> {
  readonly value: T | null;
  readonly sure: boolean;
  readonly reason?: string;
  readonly why?: string;
}

export const sure = <T>(value: T): Value<T> => ({ value, sure: true });
export const unsure = <T>(value: T): Value<T> => ({ value, sure: false });
export const failed = <T>(reason: string, why: string): Value<T> => ({
  value: null,
  sure: false,
  reason,
  why,
});
export const unreadable = <T>(why = '값을 읽을 수 없습니다'): Value<T> => failed('UNREADABLE', why);
const orUnreadable = <T>(value: T | null, why?: string): Value<T> =>
  value === null ? unreadable(why) : sure(value);

const nothing =
  /^(?:[-–—_.~xX/\s]*|n\/?a|none|null|(?:해당\s?)?없(?:음|습니다|어요)\.?|해당\s?(?:사항\s?)?(?:없음|무|x)|무|미정|추후\s?(?:제출|안내|공지|기재|전달|입력)?(?:\s?예정)?|(?:아직|나중에|추후|곧)\s[^\d]{0,60}|준비\s?중|작성\s?예정|확인\s?중|[○●oO◯_]{2,}.{0,4}|\(?\s?예\s?[):].*|\(?(?:기재|입력|작성).{0,8}(?:요망|바랍니다|해\s?주세요)\)?|동일|상동|공란)$/i;

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

/** A name of a hospital without what stands in brackets, quotes or behind it: a number, the name in other letters. */
export function hospitalName(value: string): Value<string> {
  const words = tidy(value)
    .replace(/\s?[([][^)\]]{0,80}[)\]]/g, '')
    .replace(/(?<=[가-힣])\s?[/|,]\s?[^가-힣]{1,80}$/, '')
    .replace(/^["'“‘「『]|["'”’」』]$/g, '')
    .trim();
  return words === '' || words.length > 60 ? unreadable() : sure(words);
}

export function businessNumber(value: string): Value<string> {
  const words = tidy(value);
  const written = words.match(/(?<!\d)\d{3}[-\s.]{0,3}\d{2}[-\s.]{0,3}\d{5}(?!\d)/g) ?? [];
  if (written.length === 0) return unreadable('숫자 10자리가 아닙니다');
  const number = written.map(readBusinessNumber).find((one) => one !== null);
  return number
    ? { value: number, sure: written.length === 1 }
    : failed('BIZNO_CHECKSUM', '번호의 검증숫자가 맞지 않습니다');
}

export const careInstitutionNumber = (value: string): Value<string> =>
  orUnreadable(readCareInstitutionNumber(value.replace(/\([^)]*\)/g, '')), '숫자 8자리가 아닙니다');

export function licenceNumber(value: string): Value<string> {
  const words = tidy(value).replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');
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
  // Sheets drop the zero in front.
  const isWhole = written.every((one) => /^\(?(?:\+|0|82|1[568])/.test(one));
  if (first) return numbers.length === 1 && isWhole ? sure(first) : unsure(first);
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

const organisation = /법인|재단|주식회사|\(주\)|㈜/;

export function person(value: string): Value<string> {
  // `의료법인 한울의료재단 (이사장 김한울)`: the person is who stands in brackets.
  const inside = organisation.test(value) ? /[([]([^)\]]{2,30})[)\]]\s*$/.exec(value)?.[1] : undefined;
  const name = readPerson(inside ?? value) ?? readPerson(value);
  if (name) return sure(name);
  const words = tidy(value);
  const several = words.split(/\s?[,/·、&]\s?|\s및\s/).filter((one) => readPerson(one) !== null);
  if (several.length > 1)
    return failed('SEVERAL_NAMES', '여러 명이 적혀 있습니다. 한 분씩 나누어 적어 주세요');
  const bare = words.replace(/\([^)]*\)/g, '').trim();
  return bare !== '' && bare.length <= 40 ? unsure(bare) : unreadable();
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
