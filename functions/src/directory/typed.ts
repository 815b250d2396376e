/**
 * What people type into a page in the Firebase console, in the form pages are kept in: `02-555-0101`, `성형외과`,
 * `99만원`, `2026.12.1`, lists as one text. Pure. What cannot be read stays as it was typed, for examine.ts to explain.
 */
import { choseongOf, koreanDayOf, readAddress, readDay, readKrw, tidy } from '../kernel/korean.ts';
import { readPhone } from '../kernel/phone.ts';
import { departmentNames } from './schema.ts';

export type PageKind = 'hospital' | 'doctor' | 'event';
export type Typed = Readonly<Record<string, unknown>>;
type Reader = (value: unknown) => unknown;

const ofText =
  (read: (text: string) => unknown): Reader =>
  (value) =>
    typeof value === 'string' ? read(value) : value;

const line = ofText(tidy);
const prose = ofText((text) => text.normalize('NFC').trim());
const phone = ofText((text) => readPhone(text) ?? text);
const won = ofText((text) => readKrw(text) ?? text);
const yesNo = ofText((text) => {
  const word = tidy(text).toLowerCase();
  if (['true', '예', '네', 'o', 'y', 'yes'].includes(word)) return true;
  return ['false', '아니요', '아니오', 'x', 'n', 'no'].includes(word) ? false : text;
});
const optional =
  (read: Reader): Reader =>
  (value) =>
    value === undefined || value === '' ? null : read(value);
const or =
  (absent: unknown, read: Reader): Reader =>
  (value) =>
    value === undefined || value === null ? absent : read(value);

/** A day may have been entered as a moment: the console offers no other way to pick one from a calendar. */
const day: Reader = (value) => {
  if (typeof value === 'string') return readDay(value) ?? value;
  const isMoment = typeof value === 'object' && value !== null && 'toMillis' in value;
  if (!isMoment || typeof value.toMillis !== 'function') return value;
  return koreanDayOf(Number(value.toMillis()));
};

const zip: Reader = (value) =>
  typeof value === 'number' ? String(value).padStart(5, '0') : ofText((text) => tidy(text))(value);

const codes = new Map(Object.entries(departmentNames).map(([code, name]) => [name as string, code]));
const department: Reader = (value) => {
  const word = typeof value === 'number' ? String(value).padStart(2, '0') : value;
  return typeof word === 'string' ? (codes.get(tidy(word)) ?? tidy(word)) : word;
};

/** A list, also when typed as one text with the parts apart by `separator`. */
const list =
  (separator: RegExp, read: Reader): Reader =>
  (value) => {
    if (value === undefined || value === null) return [];
    const parts = typeof value === 'string' ? value.split(separator) : value;
    return Array.isArray(parts) ? parts.map(read).filter((part) => part !== '') : parts;
  };

/** The console's `geopoint`, or the map pages have. */
const location: Reader = (value) =>
  typeof value === 'object' && value !== null && 'latitude' in value && 'longitude' in value
    ? { lat: value.latitude, lng: value.longitude }
    : value;

const region = ofText((text) => readAddress(`${tidy(text)} 중구 1`)?.region ?? tidy(text));

const readers: Readonly<Record<PageKind, Readonly<Record<string, Reader>>>> = {
  hospital: {
    ...{ name: line, type: line, representative: line, region, district: line, address: line },
    ...{ zip: optional(zip), location: optional(location), phone, homepage: optional(line) },
    departments: list(/[,·/\s]+/, department),
    ...{ hours: or('', prose), openingHours: optional((value) => value), introduction: or('', prose) },
    imagePaths: list(/[,\s]+/, line),
  },
  doctor: {
    ...{ name: line, hospitalId: line, isSpecialist: yesNo, specialty: optional(department) },
    ...{ career: list(/\n+/, line), focus: list(/[,\n]+/, line), imagePath: optional(line) },
  },
  event: {
    ...{ title: line, hospitalId: line, category: or('', line), priceBefore: won, priceAfter: won },
    ...{ startsOn: day, endsOn: day, target: prose, adReviewNumber: optional(line) },
    ...{ adReviewValidUntil: optional(day), sideEffects: or('', prose), imagePath: optional(line) },
    detailPaths: list(/[,\s]+/, line),
  },
};

/** The fields a person may type into a page of a kind. */
export const typedFields = (kind: PageKind): string[] => Object.keys(readers[kind]);

/** Region, district and post code, where only the address was typed. */
function placed(typed: Record<string, unknown>): Record<string, unknown> {
  const place = typeof typed.address === 'string' ? readAddress(typed.address) : null;
  if (!place) return typed;
  const { zip: found, ...rest } = place;
  return {
    ...typed,
    ...{
      address: rest.address,
      region: typed.region ?? rest.region,
      district: typed.district ?? rest.district,
    },
    zip: typed.zip ?? found,
  };
}

/** The small picture that was made with a large one; a picture from elsewhere is its own. */
export const thumbOf = (picture: unknown): unknown =>
  typeof picture === 'string' ? picture.replace(/-full\.webp$/, '-thumb.webp') : null;

/** The typed fields of a page as they are kept, with what follows from them alone. */
export function readTyped(kind: PageKind, page: Typed): Record<string, unknown> {
  const read = Object.fromEntries(
    Object.entries(readers[kind]).map(([field, reader]) => [field, reader(page[field])]),
  );
  if (kind === 'event') return { ...read, thumbPath: thumbOf(read.imagePath) };
  const pictures = Array.isArray(read.imagePaths) ? read.imagePaths : [read.imagePath];
  const nameChoseong = typeof read.name === 'string' ? choseongOf(read.name) : undefined;
  return { ...(kind === 'hospital' ? placed(read) : read), nameChoseong, thumbPath: thumbOf(pictures[0]) };
}
