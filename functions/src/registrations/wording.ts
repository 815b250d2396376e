/** A registration's values as people write them, in Korean. Pure. What is echoed to a sender is one line and no link. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { departmentNames } from '../directory/schema.ts';
import { fieldNames } from './fieldNames.ts';
import type { Registration, RegistrationKind } from './schema.ts';

export const kindNames: Readonly<Record<RegistrationKind, string>> = {
  hospital: '병원',
  doctor: '의사',
  event: '이벤트',
  unknown: '종류 미상',
};

/** Longer texts are cut: a letter tells what was understood, it does not send it all back. */
const longest = 120;

const departmentOf = new Map<unknown, string>(Object.entries(departmentNames));

// Whoever forges a sender must not get our letter to carry their address to somebody else.
const link = /(?:https?:\/\/|www\.)\S+/gi;

function oneLine(value: string): string {
  const line = value.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const cut = line.length > longest ? `${line.slice(0, longest)}…` : line;
  return cut.replace(link, '(링크)');
}

function phoneOf(value: string): string {
  if (/^1\d{7}$/.test(value)) return `${value.slice(0, 4)}-${value.slice(4)}`;
  const parsed = parsePhoneNumberFromString(value, 'KR');
  return parsed?.formatNational() ?? oneLine(value);
}

const businessNumberOf = (value: string) => value.replace(/^(\d{3})(\d{2})(\d{5})$/, '$1-$2-$3');
const hostOf = (value: string) => URL.parse(value)?.hostname ?? oneLine(value);

const texts: Readonly<Record<string, (value: string) => string>> = {
  phone: phoneOf,
  businessNumber: businessNumberOf,
  hospitalBusinessNumber: businessNumberOf,
  homepage: hostOf,
  specialty: (value) => departmentOf.get(value) ?? oneLine(value),
};

const money: ReadonlySet<string> = new Set(['priceBefore', 'priceAfter']);

/** A value for people; null when it is of a shape that is not shown (opening hours by day). */
export function wordsFor(field: string, value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : (texts[field] ?? oneLine)(value);
  if (typeof value === 'number')
    return money.has(field) ? `${value.toLocaleString('ko-KR')}원` : String(value);
  if (typeof value === 'boolean') return value ? '예' : '아니요';
  if (!Array.isArray(value) || value.length === 0) return null;
  const words = value.filter((each) => typeof each === 'string');
  const named = field === 'departments' ? words.map((code) => departmentOf.get(code) ?? code) : words;
  return oneLine(named.join(', '));
}

/** What a field is called for its kind. */
export function nameOfField(kind: RegistrationKind, field: string): string {
  if (field === 'name') return kind === 'doctor' ? '성명' : '병원명';
  return fieldNames[field] ?? field;
}

/** What it is of: a hospital's or doctor's name, an event's title; empty while not known. */
export function titleOf({ kind, fields }: Pick<Registration, 'kind' | 'fields'>): string {
  const said = kind === 'event' ? fields.title : (fields.name ?? fields.title);
  return typeof said === 'string' ? oneLine(said) : '';
}

/** `YYYY-MM-DD` as `2026년 12월 5일`. */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}년 ${month}월 ${date}일`;
}
