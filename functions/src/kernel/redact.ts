/**
 * Resident registration numbers and card numbers must not outlive the raw message that carried them (PIPA 24-2).
 * The RRN's old check digit is no longer assigned (since October 2020), so it never decides against redaction.
 *
 * Numbers are looked for in a copy of the text of equal length in which full-width digits, the many dashes and the
 * many spaces are plain ones; what is found there is blacked out in the text itself.
 */

type Kind = 'RRN' | 'CARD';
export interface Redacted {
  readonly text: string;
  /** What was found, never what it was. */
  readonly found: readonly Kind[];
}

const dashes =
  /[\u00AD\u058A\u1806\u2010-\u2015\u2043\u2212\u2500\u2501\u2E3A\u2E3B\u301C\u3030\u3161\u30FC\uFE58\uFE63\uFF0D\uFF5E\uFF3F~_·ㆍ.․*/]/g;
const whiteSpace = /[\u00A0\u1680\u2000-\u200D\u202F\u205F\u2060\u3000\u3164\uFEFF\uFFA0\t\r\n]/g;
const wideDigits = /[０-９]/g;
const digit = /[0-9０-９]/;

/** A copy of equal length in which digits, dashes and spaces are plain ones. */
export const foldedNumbers = (text: string): string =>
  text
    .replace(wideDigits, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(dashes, '-')
    .replace(whiteSpace, ' ');

const day = String.raw`\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])`;
const residentNumber = new RegExp(String.raw`(?<!\d)${day}[- ]{0,4}[1-8]\d{6}(?!\d)`, 'g');
/** Written digit by digit, `8 0 0 1 0 1 - 1 2 3 …`. */
const spacedNumber = /(?<!\d ?)\d(?: \d){5} ?-? ?\d(?: \d){6}(?! ?\d)/g;
/** Whatever digits stand behind the words that announce a resident number, well-formed or not. */
const announcedNumber =
  /(?:주민\s?(?:등록)?\s?번호|외국인\s?등록\s?번호)(?:\s?\([^)]{0,10}\))?[^\d\n가-힣a-zA-Z]{0,8}(\d[\d -]{4,16}\d)/g;
const groupedCard =
  /(?<![\d-])(?:\d{4}[- ]{1,2}\d{4}[- ]{1,2}\d{4}[- ]{1,2}\d{1,4}(?:[- ]\d{1,3})?|\d{4}[- ]\d{6}[- ]\d{4,5}|[2-69]\d{12,18})(?![\d-])/g;

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

interface Spot {
  readonly start: number;
  readonly end: number;
  readonly kind: Kind;
}

function* spotsIn(text: string): Generator<Spot> {
  const spot = (match: RegExpExecArray | RegExpMatchArray, kind: Kind, part = match[0]): Spot => {
    const end = (match.index ?? 0) + match[0].length;
    return { start: end - part.length, end, kind };
  };
  for (const match of text.matchAll(residentNumber)) yield spot(match, 'RRN');
  for (const match of text.matchAll(announcedNumber)) yield spot(match, 'RRN', match[1]);
  for (const match of text.matchAll(spacedNumber))
    if (match[0].replace(/\D/g, '').search(residentNumber) === 0) yield spot(match, 'RRN');
  for (const match of text.matchAll(groupedCard)) {
    const digits = match[0].replace(/\D/g, '');
    if (digits.length >= 13 && digits.length <= 19 && passesLuhn(digits)) yield spot(match, 'CARD');
  }
}

const masks = { RRN: '******-*******', CARD: '****-****-****-****' } as const;

/** The text with resident and card numbers blacked out, and which kinds there were. */
export function redact(text: string): Redacted {
  if (!digit.test(text)) return { text, found: [] };
  const plain = foldedNumbers(text);
  const spots = [...spotsIn(plain)].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: string[] = [];
  let at = 0;
  for (const { start, end, kind } of spots) {
    if (start < at) continue;
    kept.push(text.slice(at, start), masks[kind]);
    at = end;
  }
  return { text: [...kept, text.slice(at)].join(''), found: [...new Set(spots.map(({ kind }) => kind))] };
}

const asksForResident = /(주민\s?(등록)?\s?번호|외국인\s?등록\s?번호)/;

const digitsIn = (cell: string): number => foldedNumbers(cell).replace(/\D/g, '').length;

/** Whether the cell and one beside it make a resident number together. */
function halfOfResident(row: readonly string[], x: number): boolean {
  const makes = (left = '', right = '') =>
    digit.test(left) &&
    digit.test(right) &&
    /^\s*\d{6}\s*-?\s*$/.test(foldedNumbers(left)) &&
    redact(`${left.trim()}-${right.trim()}`).text === masks.RRN;
  return makes(row[x], row[x + 1]) || makes(row[x - 1], row[x]);
}

/**
 * Rows of cells, redacted also where a number is spread over two neighbours or announced by its column's or row's
 * label: a sheet drops leading zeros, so that such a number may not look like one.
 */
export function redactRows(rows: readonly (readonly string[])[]): {
  readonly rows: string[][];
  readonly found: readonly Kind[];
} {
  const found = new Set<Kind>();
  const columns = new Set<number>();
  const clean = rows.map((row) => {
    const cells = row.map((cell, x) => {
      const announced = columns.has(x) || asksForResident.test(row[x - 1] ?? '');
      if (halfOfResident(row, x) || (announced && digitsIn(cell) >= 6)) {
        found.add('RRN');
        return masks.RRN;
      }
      const { text, found: inCell } = redact(cell);
      for (const kind of inCell) found.add(kind);
      return text;
    });
    for (const [x, cell] of row.entries()) if (asksForResident.test(cell)) columns.add(x);
    return cells;
  });
  return { rows: clean, found: [...found] };
}
