/**
 * From tables to pieces and records. A form has labels beside their values; a list has a row of labels and one record
 * per row below it (or, turned on its side, a column of labels and one record per column).
 */
import { tidy } from '../../kernel/korean.ts';
import type { Source, TableBlock } from '../../mail/message.ts';
import {
  canonical,
  hintsOf,
  isDayLabel,
  isKnownLabel,
  isPlainLabel,
  kindsOf,
  type LabelledKind,
  plain,
} from './labels.ts';
import { headingOf, type Pair, type Piece, readLines, unjoined } from './lines.ts';
import { vatIn } from './offerValues.ts';
import { guideColumn, headerSearch, type Row, saidRows } from './rows.ts';

export interface ListRecord {
  /** Row of the table, from 1. */
  readonly row: number;
  readonly pairs: readonly Pair[];
}

export interface ReadTable {
  /** Of a form, in order; of a list, what stands above it. */
  readonly pieces: readonly Piece[];
  readonly records: readonly ListRecord[];
}

const isTitle = (row: Row) => new Set(row.filter((cell) => cell !== '')).size <= 1;
const isNumbering = (cell: string) => /^(NO|번호|순번|연번|순서|구분|#|)$/.test(plain(cell));
const guide = /^(예시|예\)|예:|\(예|EX|작성\s?예|샘플|SAMPLE)/i;
const guideSheet = /작성\s?(요령|방법|예시|가이드)|예시|코드표|안내사항|sample/i;
/** How much of a header a row is: labels that stand side by side, none twice; 0 when it is none. */
function headerScore(row: Row): number {
  const labels = row.map((cell) => (cell.length <= 30 ? canonical(cell) : null));
  const distinct = new Set(labels.filter((label, at) => label !== null && isPlainLabel(row[at] ?? '')));
  const adjacent = labels.filter((label, at) => label !== null && labels[at + 1] !== label && labels[at + 1]);
  const filled = row.filter((cell) => cell !== '').length;
  return distinct.size >= 2 && adjacent.length >= 1 && distinct.size * 2 >= filled ? distinct.size : 0;
}

/** A column of labels down a table makes it a form, whatever labels stand side by side in it. */
function hasLabelColumn(rows: readonly Row[]): boolean {
  const told = rows.filter((row) => !isTitle(row));
  const width = Math.max(0, ...told.map((row) => row.length));
  return Array.from({ length: width }, (_, column) => column).some((column) => {
    const labels = told.flatMap((row) =>
      isPlainLabel(row[column] ?? '') ? [canonical(row[column] ?? '')] : [],
    );
    return new Set(labels).size >= 3 && labels.length * 3 > told.length * 2;
  });
}

/** Index of the header row of a list, or -1. Of two rows of headers (merged ones above) the fuller one counts. */
function headerRowOf(rows: readonly Row[]): number {
  let best = -1;
  let bestScore = 0;
  for (const [at, row] of rows.slice(0, headerSearch).entries()) {
    const score = headerScore(row);
    const next = rows[at + 1];
    const isForm = score > 0 && next && headerScore(next) > 0 && isFormPair(row, next);
    if ((score > bestScore || (score > 0 && at === best + 1 && isGrouped(rows[best] ?? []))) && !isForm) {
      best = at;
      bestScore = score;
    }
  }
  const below = rows.slice(best + 1).filter((row) => !isTitle(row));
  const column = (rows[best] ?? []).findIndex(isPlainLabel);
  const labelled = below.filter((row) => isPlainLabel(row[column] ?? '')).length;
  return best >= 0 && below.length > 0 && labelled * 2 < below.length ? best : -1;
}

/** A header whose cells span several columns is told more exactly by the row below it. */
const isGrouped = (row: Row): boolean =>
  row.some((cell, at) => cell !== '' && cell === row[at + 1] && isPlainLabel(cell));

/** Two rows of a form with empty values look like headers: their labels differ but stand in the same columns. */
function isFormPair(row: Row, next: Row): boolean {
  const columns = (cells: Row) => cells.flatMap((cell, at) => (isKnownLabel(cell) ? [at] : []));
  const same = columns(row).join() === columns(next).join();
  return same && row.every((cell, at) => cell === '' || canonical(cell) !== canonical(next[at] ?? ''));
}

function pairOf(label: string, value: string, source: Source): Pair {
  // A day's hours keep the day as part of the value.
  const kept = isDayLabel(label) && value !== '' ? `${label} ${value}` : value;
  return { type: 'pair', label, value: kept, source, firm: true };
}

function readList(rows: readonly Row[], header: number, source: Source): ListRecord[] {
  const upper = rows[header - 1] ?? [];
  const labels = (rows[header] ?? []).map((cell, at) => {
    const above = upper[at] ?? '';
    const vat = cell !== above && vatIn(cell) === null ? vatIn(above) : null;
    if (cell === '') return above;
    return vat === null ? cell : `${cell} (VAT ${vat ? '포함' : '별도'})`;
  });
  const records: ListRecord[] = [];
  for (const [at, row] of rows.entries()) {
    if (at <= header || isTitle(row) || headerScore(row) > 1 || row.some((cell) => guide.test(cell)))
      continue;
    if (/^(합계|총계|소계|계)$/.test(row.find((cell) => cell !== '') ?? '')) continue;
    const pairs = labels.flatMap((label, column) => {
      const value = row[column] ?? '';
      return value === '' || isNumbering(label) ? [] : unjoined(pairOf(label, value, source));
    });
    if (pairs.some(({ label }) => label !== null && isKnownLabel(label)))
      records.push({ row: at + 1, pairs });
  }
  return records;
}

/** Columns whose cells are labels, with the values to their right. */
function labelColumns(rows: readonly Row[]): number[] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const hasPlain = rows.some((row) => row.some(isPlainLabel));
  const isLabel = hasPlain ? isPlainLabel : isKnownLabel;
  const count = (column: number) => rows.filter((row) => isLabel(row[column] ?? '')).length;
  const columns: number[] = [];
  for (let column = 0; column < width - 1; column += 1) {
    const isLeftEdge = column === 0 || !columns.includes(column - 1);
    if (count(column) > 0 && (isLeftEdge || count(column) > count(column - 1))) {
      if (!isLeftEdge) columns.pop();
      columns.push(column);
    }
  }
  return columns;
}

/** A column of labels with two or more columns of values: one record per column. */
function sidewaysColumns(rows: readonly Row[], columns: readonly number[]): number[] {
  const [labels] = columns;
  if (labels === undefined || columns.length !== 1) return [];
  const [top = []] = rows;
  const width = Math.max(...rows.map((row) => row.length));
  const labelled = rows.filter((row) => isKnownLabel(row[labels] ?? ''));
  const values: number[] = [];
  for (let column = labels + 1; column < width; column += 1) {
    if (guideColumn.test(plain(top[column] ?? ''))) continue;
    const filled = labelled.filter((row) => (row[column] ?? '') !== '').length;
    if (filled * 2 >= labelled.length && filled >= 2) values.push(column);
  }
  const differ = labelled.filter((row) => new Set(values.map((column) => row[column])).size > 1).length;
  return values.length >= 2 && differ >= 2 ? values : [];
}

function readSideways(rows: readonly Row[], labels: number, columns: readonly number[], source: Source) {
  return columns.map((column) => ({
    row: column + 1,
    pairs: rows.flatMap((row) => {
      const [label = '', value = ''] = [row[labels], row[column]];
      return isKnownLabel(label) && value !== '' ? [pairOf(label, value, source)] : [];
    }),
  }));
}

const isLabelRow = (row: Row): boolean => {
  const filled = row.filter((cell) => cell !== '');
  return filled.length > 0 && filled.every(isKnownLabel) && filled.some(isPlainLabel);
};

/** Rows of labels with the row of their values below each: pairs by column; null when it is no such grid. */
function readGrid(rows: readonly Row[], source: Source): Piece[] | null {
  const at = rows.flatMap((row, index) => (isLabelRow(row) ? [index] : []));
  const isGrid = at.length >= 2 && at.every((index) => rows[index + 1] && !at.includes(index + 1));
  if (!isGrid) return null;
  return rows.flatMap((row, index) => {
    if (at.includes(index)) {
      const below = rows[index + 1] ?? [];
      return row.flatMap((label, column) =>
        label === '' || label === row[column - 1] ? [] : unjoined(pairOf(label, below[column] ?? '', source)),
      );
    }
    return at.includes(index - 1) ? [] : readLines(row.filter((cell) => cell !== '').join('\n'), source);
  });
}

function readFormRow(row: Row, columns: readonly number[], source: Source): Piece[] {
  if (isTitle(row) || columns.length === 0)
    return readLines(row.filter((cell) => cell !== '').join('\n'), source);
  return columns.flatMap((column, index) => {
    const label = row[column] ?? '';
    if (label === '' || label.length > 30 || isNumbering(label)) return [];
    const cells = row.slice(column + 1, columns[index + 1] ?? row.length);
    const said = [...new Set(cells.filter((cell) => cell !== '' && cell !== label))];
    // Labels beside a label are no value of it.
    const values = said.every(isPlainLabel) ? [] : said;
    return unjoined(pairOf(label, values.join(' '), source));
  });
}

/** Rows of a form in order; a section named in a cell spanning rows (`의료진 1`) stands before its first row. */
function readForm(rows: readonly Row[], columns: readonly number[], source: Source): Piece[] {
  let section = '';
  const pieces: Piece[] = [];
  for (const row of rows) {
    const last = pieces.at(-1);
    const rest = isTitle(row) && row[columns[0] ?? 0] === '' ? row.find((cell) => cell !== '') : undefined;
    if (rest && last?.type === 'pair') {
      pieces[pieces.length - 1] = { ...last, value: `${last.value}\n${rest}` };
      continue;
    }
    const before = columns[0] ? (row[columns[0] - 1] ?? '') : '';
    const kind = before === section || isTitle(row) ? null : headingOf(before);
    section = isTitle(row) ? section : before;
    if (kind) pieces.push({ type: 'heading', kind });
    pieces.push(...readFormRow(row, columns, source));
  }
  return pieces;
}

/** Reads a table as a list when it has a row of labels, else as a form. */
export function readTable(table: TableBlock): ReadTable {
  // A workbook's table is named `file / sheet`: a file may well be called 등록양식_예시.
  if (guideSheet.test(table.name.split(' / ').at(-1) ?? '')) return { pieces: [], records: [] };
  const rows = saidRows(table.rows);
  const grid = readGrid(rows, table.source);
  if (grid) return { pieces: grid, records: [] };
  const header = hasLabelColumn(rows) ? -1 : headerRowOf(rows);
  if (header >= 0) {
    const above = rows.slice(0, header);
    const notes = rows.slice(header + 1).filter((row) => isTitle(row) && /[가-힣]{2}/.test(row.join('')));
    return {
      pieces: readForm([...above, ...notes], labelColumns(above), table.source),
      records: readList(rows, header, table.source),
    };
  }
  const columns = labelColumns(rows);
  const sideways = sidewaysColumns(rows, columns);
  if (sideways.length > 0)
    return { pieces: [], records: readSideways(rows, columns[0] ?? 0, sideways, table.source) };
  return { pieces: readForm(rows, columns, table.source), records: [] };
}

/** The kind a list speaks of: the one most of its columns belong to, the sheet's name and the subject deciding ties. */
export function kindOfList(
  records: readonly ListRecord[],
  name: string,
  subject: string,
): LabelledKind | null {
  const labels = new Set(records.flatMap(({ pairs }) => pairs.flatMap(({ label }) => label ?? [])));
  const [sheet, mail] = [hintsOf(name), hintsOf(subject)];
  const score = (kind: LabelledKind) => {
    const own = [...labels].filter((label) => kindsOf(label).includes(kind)).length;
    return own + sheet[kind] + mail[kind] / 2;
  };
  const best = (['event', 'doctor', 'hospital'] as const).toSorted((a, b) => score(b) - score(a))[0];
  return best && score(best) >= 1.5 ? best : null;
}

const cellsOfLine = (line: string): string[] =>
  (line.includes('\t') ? line.split('\t') : line.replace(/^\s*\||\|\s*$/g, '').split('|')).map(tidy);

/** Lists written into text with tabs or `|`: taken out as tables, the rest stays text in its order. */
export function tablesInText(text: string, source: Source): (string | TableBlock)[] {
  const parts: (string | TableBlock)[] = [];
  let lines: string[] = [];
  let rows: string[][] = [];
  const closeTable = () => {
    if (rows.length === 0) return;
    const table: TableBlock = { kind: 'table', source, name: '', rows };
    if (rows.length >= 2 && headerRowOf(rows) >= 0) {
      parts.push(lines.join('\n'), table);
      lines = [];
    } else lines.push(...rows.map((cells) => cells.join('\t')));
    rows = [];
  };
  for (const line of text.normalize('NFC').split(/\r?\n|\r/)) {
    const cells = /\t|\|.*\|/.test(line) ? cellsOfLine(line.slice(0, 4_000)) : [];
    if (cells.length < 2) {
      closeTable();
      lines.push(line);
    } else if (!cells.every((cell) => /^:?-*:?$/.test(cell))) rows.push(cells);
  }
  closeTable();
  parts.push(lines.join('\n'));
  return parts.filter((part) => part !== '');
}
