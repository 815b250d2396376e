/** The rows of a table that say something: without how to fill it in, and without what is to be no more. */
import { tidy } from '../../kernel/korean.ts';
import { isPlainLabel, plain } from './labels.ts';

export type Row = readonly string[];

/** A header stands among the first rows or nowhere. */
export const headerSearch = 15;
export const guideColumn =
  /^(예시|작성예시|작성요령|작성방법|설명|비고|참고|예|필수여부|필수|입력방법|입력예시|구분)$/;

/** Lines of a cell stay lines; everything else is collapsed. */
const tidyCell = (cell: string) =>
  cell
    .slice(0, 4_000)
    .split(/\r?\n/)
    .map(tidy)
    .filter((line) => line !== '')
    .join('\n');

/** `변경 전` and `변경 후` side by side: only the latter is asked for. */
function withoutFormerValues(rows: readonly Row[]): readonly Row[] {
  const isFormer = (cell: string) => /^((변경|수정)전|기존|현재|이전)/.test(plain(cell));
  const isLatter = (cell: string) => /^(변경|수정)(후|할?내용|할?사항|요청|$)|^새로운/.test(plain(cell));
  const header = rows
    .slice(0, headerSearch)
    .find((row) => row.some(isLatter) && (row.some(isFormer) || row.some((cell) => /후/.test(plain(cell)))));
  if (!header) return rows;
  const former = new Set(header.flatMap((cell, at) => (isFormer(cell) ? [at] : [])));
  return rows.filter((row) => row !== header).map((row) => row.filter((_, at) => !former.has(at)));
}

/** Columns of a form that show how to fill it in are emptied. */
function withoutGuides(rows: readonly Row[]): readonly Row[] {
  const isHeader = (row: Row) =>
    row.some((cell) => /^(항목|구분|내용|작성내용|기재내용|입력내용|입력값)$/.test(plain(cell)));
  const header = rows
    .slice(0, headerSearch)
    .find((row) => isHeader(row) && row.filter(isPlainLabel).length < 2);
  if (!header) return rows;
  const guides = new Set(header.flatMap((cell, at) => (guideColumn.test(plain(cell)) && at > 0 ? [at] : [])));
  return rows.map((row) => (row === header ? [] : row.map((cell, at) => (guides.has(at) ? '' : cell))));
}

/** Rows with tidied cells. */
export const saidRows = (rows: readonly Row[]): readonly Row[] =>
  withoutGuides(withoutFormerValues(rows.map((row) => row.map(tidyCell))));
