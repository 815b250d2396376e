/**
 * Spreadsheets to rows of text. Files are told by their bytes: an `.xls` made by a web page is HTML, one saved by a
 * modern Excel is a zip. Nothing is unpacked before its table of contents says that it is of a size to be read.
 */
import { performance } from 'node:perf_hooks';
import readWorkbook from 'read-excel-file/node';
import { isZip, unzipped, type ZipEntry, zipDirectory } from '../kernel/zip.ts';
import { decodeText } from './charset.ts';

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}
export type SheetReading =
  | {
      readonly sheets: readonly Sheet[];
      readonly size: number;
      readonly guessed: boolean;
      /** Something stood in sheets, rows or columns that are not shown; it is left out. */
      readonly hidden: boolean;
    }
  | { readonly failed: 'SHEET_TOO_BIG' | 'UNSUPPORTED_SHEET' | 'UNREADABLE_ATTACHMENT' };

const maxSize = 50 * 1024 * 1024;
const maxRatio = 100;
/** Below this, however well packed, a workbook is harmless. */
const smallSize = 2 * 1024 * 1024;
const maxSheets = 20;
const maxRows = 3000;
const maxColumns = 100;
/**
 * The reader never comes back from some damaged workbooks: from then on this process has nothing to do. One that is only slow,
 * because others have the processor, keeps it busy.
 */
const patience = { everyMs: 500, leastMs: 2_500, mostMs: 60_000, busyShare: 0.1 } as const;

const isOle = (bytes: Buffer): boolean => bytes.readUInt32BE(0) === 0xd0cf11e0;
export const isMarkup = (bytes: Buffer): boolean =>
  /^\s*(<!doctype html|<html|<head|<meta|<table|<style)/i.test(
    bytes
      .subarray(0, 500)
      .toString('latin1')
      .replace(/^\xef\xbb\xbf/, ''),
  );

/** Bytes the workbook unpacks to; null when more than we unpack, or other than it says. */
function unpackedSize(bytes: Buffer, entries: readonly ZipEntry[], budget: number): number | null {
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  if (size > Math.min(maxSize, budget) || (size > smallSize && size > maxRatio * packed)) return null;
  return entries.every((entry) => unzipped(bytes, entry) !== null) ? size : null;
}

const serialDay = (serial: number): string =>
  new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10);
const dayHeader = /(일|일자|날짜|기간|시작|종료|마감|개시|from|to|date|start|end)\s*(\([^)]*\))?$/i;
/** Days of 1990 to 2100 as Excel counts them. */
const isSerial = (value: number): boolean => Number.isInteger(value) && value >= 32874 && value <= 73415;

function cellText(value: unknown, header: string): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return '';
    const iso = value.toISOString();
    // Times of day come as moments of Excel's first day.
    return value.getTime() < Date.UTC(1900, 0, 2) ? iso.slice(11, 16) : iso.slice(0, 10);
  }
  if (typeof value !== 'number') return String(value).slice(0, 5000);
  if (isSerial(value) && dayHeader.test(header)) return serialDay(value);
  return Number.isInteger(value) ? value.toFixed(0) : String(Number(value.toPrecision(12)));
}

/** Text of the cells; a number under or beside a word that asks for a day is one. */
function textRows(rows: readonly (readonly unknown[])[]): string[][] {
  const headers: string[] = [];
  return rows.slice(0, maxRows).map((row) => {
    let left = '';
    return row.slice(0, maxColumns).map((value, x) => {
      const isWord = typeof value === 'string' && value.trim() !== '';
      const text = cellText(value, dayHeader.test(left) ? left : (headers[x] ?? ''));
      if (isWord && !/\d/.test(value)) headers[x] = value.trim();
      left = isWord ? value.trim() : '';
      return text;
    });
  });
}

interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** How a sheet looks: which cells are merged, what of it nobody sees. */
interface SheetLook {
  readonly merges: readonly Merge[];
  readonly isHidden: boolean;
  /** From 0. */
  readonly hiddenRows: ReadonlySet<number>;
  readonly hiddenColumns: ReadonlySet<number>;
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s(?:\\w+:)?${name}="([^"]*)"`).exec(tag)?.[1];
const isHiddenTag = (tag: string): boolean => /\shidden="(?:1|true)"/.test(tag);

function mergesIn(xml: string): Merge[] {
  const cells = xml.matchAll(/<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g);
  return [...cells].slice(0, 5000).map(([, left = '', top, right = '', bottom]) => ({
    top: Number(top) - 1,
    left: columnOf(left),
    bottom: Number(bottom) - 1,
    right: columnOf(right),
  }));
}

function hiddenColumnsIn(xml: string): Set<number> {
  const hidden = new Set<number>();
  for (const [tag] of xml.slice(0, 200_000).matchAll(/<(?:\w+:)?col\s[^>]*>/g)) {
    if (!isHiddenTag(tag)) continue;
    const last = Math.min(Number(attribute(tag, 'max')), maxColumns);
    for (let column = Number(attribute(tag, 'min')); column <= last; column += 1) hidden.add(column - 1);
  }
  return hidden;
}

function hiddenRowsIn(xml: string): Set<number> {
  const tags = [...xml.matchAll(/<(?:\w+:)?row\s[^>]*>/g)].slice(0, maxRows).map(([tag]) => tag);
  return new Set(tags.filter(isHiddenTag).map((tag) => Number(attribute(tag, 'r')) - 1));
}

/** Looks of the sheets, in the workbook's order. */
function looksOf(bytes: Buffer, entries: readonly ZipEntry[]): SheetLook[] {
  const read = (name: string) => {
    const entry = entries.find((candidate) => candidate.name === name);
    return (entry && unzipped(bytes, entry)?.toString('utf8')) ?? '';
  };
  const targets = new Map<string, string>();
  for (const [relation] of read('xl/_rels/workbook.xml.rels').matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)) {
    const [id, target] = ['Id', 'Target'].map((name) => attribute(relation, name));
    if (id && target) targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }
  const tags = [...read('xl/workbook.xml').matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].map(([tag]) => tag);
  return tags.slice(0, maxSheets).map((tag) => {
    const id = /\br?:?id="([^"]+)"/.exec(tag.replace(/\ssheetId="[^"]*"/, ''))?.[1] ?? '';
    const xml = read(targets.get(id) ?? '');
    return {
      merges: mergesIn(xml),
      isHidden: /^(?:veryHidden|hidden)$/i.test(attribute(tag, 'state') ?? ''),
      hiddenRows: hiddenRowsIn(xml),
      hiddenColumns: hiddenColumnsIn(xml),
    };
  });
}

const isSaid = (cell: string): boolean => cell.trim() !== '';

/** Empties what nobody sees; whether anything stood there. */
function withoutHidden(rows: string[][], { isHidden, hiddenRows, hiddenColumns }: SheetLook): boolean {
  let stood = false;
  for (const [y, row] of rows.entries())
    for (const [x, cell] of row.entries()) {
      if (!isHidden && !hiddenRows.has(y) && !hiddenColumns.has(x)) continue;
      stood ||= isSaid(cell);
      row[x] = '';
    }
  return stood;
}

function repeatMerged(rows: string[][], merges: readonly Merge[]): void {
  for (const { top, left, bottom, right } of merges) {
    const text = rows[top]?.[left] ?? '';
    if (text === '') continue;
    for (let y = top; y <= Math.min(bottom, rows.length - 1); y += 1) {
      const row = rows[y];
      for (let x = left; row && x <= Math.min(right, row.length - 1); x += 1) row[x] = text;
    }
  }
}

function inTime<T>(reading: Promise<T>): Promise<T> {
  const { everyMs, leastMs, mostMs, busyShare } = patience;
  const begun = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    let last = performance.eventLoopUtilization();
    timer = setInterval(() => {
      const { utilization } = performance.eventLoopUtilization(last);
      last = performance.eventLoopUtilization();
      const waited = performance.now() - begun;
      if (waited > mostMs || (waited > leastMs && utilization < busyShare))
        reject(new Error('sheet takes too long'));
    }, everyMs);
  });
  return Promise.race([reading, late]).finally(() => clearInterval(timer));
}

async function readXlsx(bytes: Buffer, budget: number): Promise<SheetReading> {
  const { entries, isCut } = zipDirectory(bytes) ?? { entries: [], isCut: false };
  if (!entries.some(({ name }) => name === 'xl/workbook.xml')) return { failed: 'UNREADABLE_ATTACHMENT' };
  const size = isCut ? null : unpackedSize(bytes, entries, budget);
  if (size === null) return { failed: 'SHEET_TOO_BIG' };
  const workbook = await inTime(readWorkbook(bytes));
  const looks = looksOf(bytes, entries);
  let hidden = false;
  const sheets = workbook.slice(0, maxSheets).map(({ sheet, data }, index) => {
    const rows = textRows(data);
    const look = looks[index];
    repeatMerged(rows, look?.merges ?? []);
    hidden = (look !== undefined && withoutHidden(rows, look)) || hidden;
    return { name: sheet, rows };
  });
  return { sheets, size, guessed: false, hidden };
}

/** Rows of comma-, semicolon- or tab-separated text; quoted cells may hold any of these and line ends. */
export function readCsv(text: string): string[][] {
  const firstLine = text.slice(0, 5000).split('\n', 1)[0] ?? '';
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: firstLine.split(mark).length }));
  const delimiter = counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
  const rows: string[][] = [];
  let row: string[] = [];
  const cell =
    delimiter === '\t'
      ? /("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r?\n|\r|$)/y
      : delimiter === ';'
        ? /("(?:[^"]|"")*"|[^;\r\n]*)(;|\r?\n|\r|$)/y
        : /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|\r|$)/y;
  while (cell.lastIndex < text.length && rows.length < maxRows) {
    const from = cell.lastIndex;
    const match = cell.exec(text);
    if (!match) {
      // A quote that closes in the middle of a cell: take the line's rest as it is.
      const end = text.indexOf('\n', from);
      row.push(text.slice(from, end === -1 ? undefined : end).trim());
      rows.push(row);
      row = [];
      cell.lastIndex = end === -1 ? text.length : end + 1;
      continue;
    }
    const [, written = '', ending = ''] = match;
    const value = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
    if (row.length < maxColumns) row.push(value.trim());
    if (ending !== delimiter) {
      rows.push(row);
      row = [];
    }
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

/** Numbers as a sheet has them: without the separators `"1,320,000"` needs quotes for. */
const withoutSeparators = (text: string): string =>
  /^[₩\\]?\s?-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replace(/[,₩\\\s]/g, '') : text;

const withoutEmptyEdges = (rows: readonly (readonly string[])[]): string[][] => {
  const filled = rows.filter((row) => row.some((text) => text.trim() !== ''));
  const width = Math.max(0, ...filled.map((row) => row.findLastIndex((text) => text.trim() !== '') + 1));
  return filled.map((row) =>
    Array.from({ length: width }, (_, x) => withoutSeparators((row[x] ?? '').trim())),
  );
};

const extensionOf = (fileName: string): string =>
  /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';

/** Whether a file is one that could hold rows, by its name or what it is declared as. */
export function looksLikeSheet(fileName: string, contentType: string): boolean {
  return (
    /^(xlsx|xlsm|xls|csv|tsv)$/.test(extensionOf(fileName)) ||
    /spreadsheetml\.sheet|ms-excel|text\/(csv|tab-separated-values)/.test(contentType)
  );
}

/** Rows of a spreadsheet file. `budget`: bytes it may unpack to. */
export async function readSheets(fileName: string, bytes: Buffer, budget: number): Promise<SheetReading> {
  if (bytes.length < 4) return { failed: 'UNREADABLE_ATTACHMENT' };
  if (isOle(bytes))
    return { failed: extensionOf(fileName) === 'xls' ? 'UNSUPPORTED_SHEET' : 'UNREADABLE_ATTACHMENT' };
  const reading: SheetReading = isZip(bytes) ? await readXlsx(bytes, budget) : readDelimited(bytes);
  if ('failed' in reading) return reading;
  const sheets = reading.sheets
    .map(({ name, rows }) => ({ name, rows: withoutEmptyEdges(rows) }))
    .filter(({ rows }) => rows.length > 0);
  return { ...reading, sheets };
}

function readDelimited(bytes: Buffer): SheetReading {
  if (bytes.subarray(0, 2000).includes(0) && !(bytes[0] === 0xff && bytes[1] === 0xfe))
    return { failed: 'UNREADABLE_ATTACHMENT' };
  const { text, guessed } = decodeText(bytes.subarray(0, 5_000_000), null);
  // Excel saves CSV in the machine's charset and cannot declare it: only a mixture is a guess worth telling.
  return {
    sheets: [{ name: '', rows: readCsv(text) }],
    size: bytes.length,
    guessed: guessed && text.includes('\ufffd'),
    hidden: false,
  };
}
