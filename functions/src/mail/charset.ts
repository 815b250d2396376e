/**
 * Bytes to text, for mail as Korean programs write it. Declarations are believed only as far as the bytes bear them
 * out: `ks_c_5601-1987` and `euc-kr` mean CP949 (샾, 됬, 뷁, 똠, 펲 exist only there), `us-ascii` and `iso-8859-1`
 * often mean nothing. Node's TextDecoder('euc-kr') is KS X 1001 and silently turns those syllables into others;
 * it must not be used here.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

export interface Decoded {
  readonly text: string;
  /** The bytes did not say, or did not keep to, what they are in. */
  readonly guessed: boolean;
}

const korean =
  /^(ksc?5601.*|ksc?x?1001.*|csksc5601.*|csksc.*|x?euckr|cseuckr|(x|cs)?(windows|ms|cp|ibm)?949|x?windows949|x?uhc|korean|isoir149)$/;
/** Declared by programs that never looked at what they send. */
const unspecific =
  /^(|usascii|ascii|ansix3.*|unknown.*|default|binary|none|xunknown|8bit|iso88591|latin1|windows1252|cp1252)$/;

const escapeToKorean = Buffer.from('\x1b$)C', 'latin1');
const shiftOut = 0x0e;
const shiftIn = 0x0f;

/** ISO-2022-KR: between SO and SI two seven-bit bytes are one character of KS X 1001; a line end shifts in. */
function decodeIso2022Kr(bytes: Buffer): string {
  const eightBit: number[] = [];
  let shifted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x1b && bytes.subarray(at, at + 4).equals(escapeToKorean)) at += 3;
    else if (byte === shiftOut) shifted = true;
    else if (byte === shiftIn) shifted = false;
    else {
      if (byte === 0x0a) shifted = false;
      eightBit.push(shifted && byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte);
    }
  }
  return iconv.decode(Buffer.from(eightBit), 'cp949');
}

const hangul = /[가-힣]/g;
const unlikely = /[\uFFFD\u4E00-\u9FFF\uF900-\uFAFF\u0080-\u009F\uE000-\uF8FF]/g;
const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** How much `text` looks like Korean: wrong charsets give Chinese characters and replacement marks. */
function likeness(text: string): number {
  const sample = text.slice(0, 20_000);
  return countOf(sample, hangul) - 3 * countOf(sample, unlikely);
}

function moreKorean(bytes: Buffer): string {
  const asUtf8 = bytes.toString('utf8');
  const asCp949 = iconv.decode(bytes, 'cp949');
  return likeness(asCp949) > likeness(asUtf8) ? asCp949 : asUtf8;
}

/** What the declared charset makes of the bytes; null when it cannot be it. */
function asDeclared(bytes: Buffer, charset: string): string | null {
  if (korean.test(charset)) {
    // Real CP949 prose is never well-formed UTF-8 with syllables in it.
    const lies = isUtf8(bytes) && /[가-힣]/.test(bytes.toString('utf8'));
    return lies ? null : iconv.decode(bytes, 'cp949');
  }
  if (charset === 'utf8') return isUtf8(bytes) ? bytes.toString('utf8') : null;
  if (unspecific.test(charset) || !iconv.encodingExists(charset)) return null;
  return iconv.decode(bytes, charset);
}

/** Latin text in the charset it declares; anything with Korean in it is not that. */
function asLatin(bytes: Buffer, charset: string): string | null {
  if (!/^(iso88591|latin1|windows1252|cp1252)$/.test(charset)) return null;
  const korean = isUtf8(bytes) ? bytes.toString('utf8') : iconv.decode(bytes, 'cp949');
  return likeness(korean) > 0 ? null : iconv.decode(bytes, 'win1252');
}

function withMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3).toString('utf8');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return iconv.decode(bytes, 'utf16le');
  return bytes[0] === 0xfe && bytes[1] === 0xff ? iconv.decode(bytes, 'utf16be') : null;
}

/** Text of `bytes`, declared to be in `charset` (as written; null: undeclared). */
export function decodeText(bytes: Buffer, charset: string | null): Decoded {
  const label = (charset ?? '')
    .toLowerCase()
    .replace(/\*.*$/, '')
    .replace(/[^a-z0-9]/g, '');
  if (label === 'iso2022kr' || label === 'csiso2022kr' || bytes.includes(escapeToKorean))
    return { text: decodeIso2022Kr(bytes), guessed: false };
  if (/^(utf7|utf16|utf32|ucs2)/.test(label) && iconv.encodingExists(label))
    return { text: iconv.decode(bytes, label), guessed: false };
  if (isAscii(bytes)) return { text: bytes.toString('latin1'), guessed: false };
  const marked = withMark(bytes);
  if (marked !== null) return { text: marked, guessed: false };
  const declared = asDeclared(bytes, label) ?? asLatin(bytes, label);
  if (declared !== null) return { text: declared, guessed: false };
  return { text: isUtf8(bytes) ? bytes.toString('utf8') : moreKorean(bytes), guessed: true };
}
