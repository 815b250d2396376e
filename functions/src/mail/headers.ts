/**
 * Headers as they are written, standard or not: RFC 2047 words that are split inside a character, stand inside
 * quotes or are not used at all; RFC 2231 parameters in pieces; names in raw CP949.
 */
import addressparser from 'nodemailer/lib/addressparser';
import { decodeText } from './charset.ts';
import { decodeQuotedPrintable } from './transfer.ts';

/** Value bytes as latin1, folded lines still apart by a line feed. */
export interface RawHeader {
  readonly name: string;
  readonly value: string;
}

export const headerValues = (headers: readonly RawHeader[], name: string): string[] =>
  headers.filter((header) => header.name === name).map((header) => header.value);

/** The first of that name, unfolded. */
export function headerValue(headers: readonly RawHeader[], name: string): string | null {
  const value = headers.find((header) => header.name === name)?.value;
  return value === undefined ? null : unfold(value);
}

const unfold = (value: string): string => value.replace(/\r?\n[ \t]*/g, ' ').trim();
const latin1 = (value: string): Buffer => Buffer.from(value, 'latin1');

const encodedWord = /=\?([^?\s]{1,40})\?([bq])\?([^?]*)\?=/gi;
/** Words with nothing but white space between are one text. */
const wordRun = /=\?[^?\s]{1,40}\?[bq]\?[^?]*\?=(?:\s*=\?[^?\s]{1,40}\?[bq]\?[^?]*\?=)*/gi;

function wordBytes(encoding: string, text: string): Buffer {
  const whole = text.replace(/\r?\n[ \t]*/g, '');
  if (encoding.toLowerCase() === 'b') return Buffer.from(whole.replace(/=+$/, ''), 'base64');
  return decodeQuotedPrintable(latin1(whole.replaceAll('_', ' ')));
}

/** A run of words. Neighbours in one charset are joined as bytes first: a character may be cut between two. */
function decodeRun(run: string): string {
  const runs: { charset: string; bytes: Buffer[] }[] = [];
  for (const [, charset = '', encoding = '', text = ''] of run.matchAll(encodedWord)) {
    const last = runs.at(-1);
    const bytes = wordBytes(encoding, text);
    if (last && last.charset.toLowerCase() === charset.toLowerCase()) last.bytes.push(bytes);
    else runs.push({ charset, bytes: [bytes] });
  }
  return runs.map(({ charset, bytes }) => decodeText(Buffer.concat(bytes), charset).text).join('');
}

/** Text of a header value given as latin1: words decoded, raw bytes as UTF-8 or else CP949. */
export function decodeWords(value: string): string {
  const decoded: string[] = [];
  let at = 0;
  const plain = (text: string) => decodeText(latin1(text.replace(/\r?\n[ \t]*/g, ' ')), null).text;
  for (const match of value.matchAll(wordRun)) {
    decoded.push(plain(value.slice(at, match.index)), decodeRun(match[0]));
    at = match.index + match[0].length;
  }
  return [...decoded, plain(value.slice(at))].join('').trim();
}

export interface Parameters {
  /** What stands before the first semicolon, lower case. */
  readonly value: string;
  /** As written (latin1), by lower-case name. */
  readonly raw: ReadonlyMap<string, string>;
}

/** `value; name=value; name="quoted; value"`; quotes that never close run to the end. */
export function parseParameters(header: string): Parameters {
  const [value = ''] = header.split(';', 1);
  const raw = new Map<string, string>();
  const parameter = /;\s*([^\s=;"]{1,60})\s*=\s*(?:"((?:[^"\\]|\\[\s\S])*)(?:"|$)|([^;]*))/g;
  for (const [, name = '', quoted, bare = ''] of header
    .slice(value.length, value.length + 50_000)
    .matchAll(parameter)) {
    const key = name.toLowerCase();
    if (!raw.has(key)) raw.set(key, quoted === undefined ? bare.trim() : quoted.replace(/\\(["\\])/g, '$1'));
  }
  return { value: value.trim().toLowerCase().replace(/\s/g, ''), raw };
}

const percentDecoded = (value: string): Buffer =>
  latin1(
    value.replace(/%([0-9a-f]{2})/gi, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    ),
  );

/** RFC 2231: `name*`, `name*0`, `name*1*`, in any order of appearance; null when the parameter is in none. */
function continued(raw: ReadonlyMap<string, string>, name: string): string | null {
  const pieces = [...raw].flatMap(([key, value]) => {
    const match = key.startsWith(`${name}*`) ? /^\*(?:(\d{1,4}))?(\*)?$/.exec(key.slice(name.length)) : null;
    if (!match) return [];
    const isExtended = match[1] === undefined || match[2] === '*';
    return [{ order: Number(match[1] ?? 0), isExtended, value }];
  });
  if (pieces.length === 0) return null;
  pieces.sort((a, b) => a.order - b.order);
  const first = pieces[0];
  const declared = first?.isExtended ? /^([^']*)'[^']*'/.exec(first.value) : null;
  if (!pieces.some(({ isExtended }) => isExtended))
    return decodeWords(pieces.map(({ value }) => value).join(''));
  const bytes = pieces.map(({ value, isExtended }, index) => {
    const text = index === 0 && declared ? value.slice(declared[0].length) : value;
    return isExtended ? percentDecoded(text) : latin1(text);
  });
  return decodeText(Buffer.concat(bytes), declared?.[1] || null).text;
}

/** Names some programs write percent-encoded or with HTML entities where neither belongs. */
function unescaped(name: string): string {
  const bytes = /%[0-9a-f]{2}/i.test(name) ? percentDecoded(name) : null;
  const percent =
    bytes && /[^\x20-\x7e]/.test(bytes.toString('latin1')) ? decodeText(bytes, null).text : name;
  return percent.replace(/&#(\d{2,7});/g, (entity, code: string) =>
    Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : entity,
  );
}

/** A parameter as text, or null. The extended form wins, as it is the careful one. */
export function textParameter({ raw }: Parameters, name: string): string | null {
  const extended = continued(raw, name);
  if (extended) return unescaped(extended);
  const plain = raw.get(name);
  return plain === undefined ? null : unescaped(decodeWords(plain));
}

/** Name a part gives its content, without folders; null when it gives none. */
export function fileNameOf(headers: readonly RawHeader[]): string | null {
  const disposition = parseParameters(headerValue(headers, 'content-disposition') ?? '');
  const type = parseParameters(headerValue(headers, 'content-type') ?? '');
  const name = textParameter(disposition, 'filename') ?? textParameter(type, 'name');
  const last = name?.normalize('NFC').split(/[\\/]/).at(-1)?.trim();
  return last || null;
}

export interface Address {
  readonly address: string;
  readonly name: string;
}

/** Addresses of a header value. Encoded words are put aside while commas and brackets are read. */
export function parseAddresses(value: string): Address[] {
  const words: string[] = [];
  const aside = unfold(
    value.slice(0, 20_000).replace(wordRun, (run) => `\uE000${words.push(run) - 1}\uE001`),
  );
  const restored = (text: string) =>
    decodeWords(text.replace(/\uE000(\d+)\uE001/g, (_, index: string) => words[Number(index)] ?? ''));
  return addressparser(aside, { flatten: true })
    .map(({ address, name }) => ({
      address: restored(address).toLowerCase().replace(/\s/g, ''),
      name: restored(name).normalize('NFC'),
    }))
    .filter(({ address }) => /^[^@<>"]+@[^@<>"]+$/.test(address))
    .slice(0, 200);
}

export const addressesOf = (headers: readonly RawHeader[], name: string): Address[] =>
  headerValues(headers, name).slice(0, 20).flatMap(parseAddresses);

export const messageIdsOf = (headers: readonly RawHeader[], name: string): string[] =>
  headerValues(headers, name)
    .flatMap((value) => value.slice(0, 50_000).match(/<[^<>\s]{1,900}>/g) ?? [])
    .slice(0, 100);

/** The Date header in milliseconds. */
export function sentAtOf(headers: readonly RawHeader[]): number | null {
  const millis = Date.parse((headerValue(headers, 'date') ?? '').slice(0, 200).replace(/\([^)]*\)/g, ' '));
  return Number.isNaN(millis) ? null : millis;
}
