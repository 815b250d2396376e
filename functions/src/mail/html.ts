/**
 * HTML of a letter to lines and tables, in reading order, as a person sees them: what is styled invisible is left out
 * and reported. One walk over the parsed document; documents too long or too deep to parse in time (50,000 nested
 * elements take 15 s) are only stripped of their tags.
 */
import { type HTMLElement, type Node, NodeType, parse } from 'node-html-parser';
import {
  declarations,
  isRemoved,
  isSeen,
  type Look,
  lookOf,
  plainLook,
  type Style,
  sheetStyles,
  tagOf,
} from './htmlLook.ts';
import { linesOf, type Piece } from './quoting.ts';

export interface Page {
  readonly pieces: readonly Piece[];
  /** Text was there that nobody would have seen. */
  readonly hidden: boolean;
  /** Only the bare text of part of it could be read. */
  readonly simplified: boolean;
  /** Content ids its pictures refer to. */
  readonly cids: ReadonlySet<string>;
}

const maxLength = 1_000_000;
const maxNesting = 200;
const maxSpan = 50;
const maxRows = 3000;
const maxCells = 60;

const selfClosing =
  /^(area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|td|th|h[1-6]|o:p)$/i;

/** Whether elements nest deeper than we parse, counting what is opened and never closed. */
function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][\w:-]{0,30})/gi)) {
    if (selfClosing.test(name)) continue;
    depth = Math.max(0, depth + (slash ? -1 : 1));
    if (depth > maxNesting) return true;
  }
  return false;
}

const entities: Record<string, string> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Without what stands from `opening` to `closing`; one that is never closed goes to the end, as browsers have it. By
 * hand, because a pattern (the parser's too) would look for each one's end through the whole document.
 */
function without(html: string, opening: RegExp, closing: RegExp): string {
  const kept: string[] = [];
  const [start, end] = [new RegExp(opening, 'gi'), new RegExp(closing, 'gi')];
  let at = 0;
  for (let found = start.exec(html); found; found = start.exec(html)) {
    kept.push(html.slice(at, found.index));
    end.lastIndex = found.index + 2;
    at = end.exec(html) ? end.lastIndex : html.length;
    start.lastIndex = at;
  }
  return [...kept, html.slice(at)].join('');
}

const withoutScripts = (html: string): string => without(html, /<script\b/, /<\/script\s{0,20}>/);

function stripped(html: string): string {
  return without(html, /<style\b/, /<\/style\s{0,20}>/)
    .replace(/<(br|\/p|\/div|\/tr|\/li|\/h[1-6])\b[^<>]{0,2000}>/gi, '\n')
    .replace(/<\/t[dh]\b[^<>]{0,200}>/gi, '\t')
    .replace(/<[^<>]{0,2000}>/g, '')
    .replace(/&(nbsp|amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? ' ');
}

const unread = /^(style|script|head|title|template|object|iframe|noscript|select|svg|xml)$/;
const blocks =
  /^(address|article|aside|blockquote|body|center|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|html|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul)$/;
const signatureMark =
  /(?:^|[\s"_-])(gmail_signature|gmail_signature_prefix|ms-outlook-mobile-signature|outlook_signature)(?:$|[\s"])/i;

/** Text worth telling that it was hidden; preview texts are padded with invisible characters. */
const speaks = /[\p{L}\p{N}]/u;

const isElement = (node: Node): node is HTMLElement => node.nodeType === NodeType.ELEMENT_NODE;
const spaces = /[ \t\r\n\f]+/g;

class Reader {
  readonly pieces: Piece[] = [];
  hidden = false;
  private readonly styles: Map<HTMLElement, Map<string, string>>;
  private text = '';
  private textIsQuoted = false;

  constructor(styles: Map<HTMLElement, Map<string, string>>) {
    this.styles = styles;
  }

  private styleOf(element: HTMLElement): Style {
    const inline = element.getAttribute('style');
    const sheet = this.styles.get(element);
    if (!inline) return sheet ?? new Map();
    return sheet ? new Map([...sheet, ...declarations(inline)]) : declarations(inline);
  }

  endLine(): void {
    const text = this.text.replace(/[ \t]+$/, '').replace(/^[ \t]+/, '');
    if (text !== '') this.pieces.push({ kind: 'line', text, quoted: this.textIsQuoted });
    this.text = '';
  }

  /** An empty line, never two. */
  private gap(): void {
    this.endLine();
    const last = this.pieces.at(-1);
    if (last?.kind === 'line' && last.text !== '')
      this.pieces.push({ kind: 'line', text: '', quoted: last.quoted });
  }

  private say(written: string, look: Look, preformatted: boolean): void {
    const text = written.replaceAll(lessThan, '<');
    if (!isSeen(look)) {
      if (speaks.test(text)) this.hidden = true;
      return;
    }
    this.textIsQuoted = look.quoted;
    if (!preformatted) {
      const words = text.replace(spaces, ' ');
      this.text += this.text === '' || this.text.endsWith(' ') ? words.replace(/^ /, '') : words;
      return;
    }
    const [first = '', ...others] = text.split(/\r?\n/);
    this.text += first;
    for (const other of others) {
      if (this.text === '') this.gap();
      this.endLine();
      this.text = other;
    }
  }

  read(node: Node, inherited: Look, preformatted = false): void {
    if (node.nodeType === NodeType.TEXT_NODE) this.say(node.text, inherited, preformatted);
    if (!isElement(node)) return;
    const tag = tagOf(node);
    if (unread.test(tag) || signatureMark.test(`${node.getAttribute('class')} ${node.id}`)) return;
    const style = this.styleOf(node);
    if (isRemoved(node, style)) {
      if (speaks.test(node.text)) this.hidden = true;
      return;
    }
    const look = lookOf(node, style, inherited);
    if (tag === 'br') this.lineBreak(look);
    if (tag === 'br' || (tag === 'table' && this.table(node, look))) return;
    const isBlock = blocks.test(tag);
    if (isBlock) this.endLine();
    if (tag === 'hr') this.pieces.push({ kind: 'line', text: '-----', quoted: look.quoted });
    for (const child of node.childNodes) this.read(child, look, preformatted || tag === 'pre');
    if (isBlock) this.endLine();
    if (/^(p|h[1-6]|ul|ol|blockquote|table)$/.test(tag)) this.gap();
  }

  private lineBreak(look: Look): void {
    if (this.text.trim() === '') {
      this.text = '';
      this.gap();
    } else {
      this.textIsQuoted = look.quoted;
      this.endLine();
    }
  }

  /** A table of data becomes rows; one that only lays out the letter (a single column, or tables inside) does not. */
  private table(element: HTMLElement, look: Look): boolean {
    const rows = rowsOf(element);
    const widest = Math.max(0, ...rows.map((row) => cellsOf(row).length));
    const isLayout = widest < 2 || rows.length > maxRows || rows.some(holdsTable);
    if (isLayout) return false;
    const grid = this.grid(rows, look);
    this.endLine();
    if (grid.length > 0) this.pieces.push({ kind: 'table', rows: grid, quoted: look.quoted });
    return true;
  }

  /** Rows of equal length; a cell that spans stands in every place it covers. */
  private grid(rows: readonly HTMLElement[], outer: Look): string[][] {
    const grid: string[][] = rows.map(() => []);
    for (const [y, row] of rows.entries()) {
      const rowStyle = this.styleOf(row);
      if (isRemoved(row, rowStyle)) {
        if (speaks.test(row.text)) this.hidden = true;
        continue;
      }
      const section = row.parentNode;
      const around = section ? lookOf(section, this.styleOf(section), outer) : outer;
      const rowLook = lookOf(row, rowStyle, around);
      let x = 0;
      for (const cell of cellsOf(row)) {
        while (grid[y]?.[x] !== undefined) x += 1;
        if (x >= maxCells) break;
        const text = this.cell(cell, rowLook);
        const [wide, high] = [spanOf(cell, 'colspan'), spanOf(cell, 'rowspan')];
        for (let dy = 0; dy < high; dy += 1)
          for (let dx = 0; dx < wide && x + dx < maxCells; dx += 1) {
            const target = grid[y + dy];
            if (target && target[x + dx] === undefined) target[x + dx] = text;
          }
        x += wide;
      }
    }
    return grid
      .map((row) => Array.from(row, (text) => text ?? ''))
      .filter((row) => row.some((text) => text !== ''));
  }

  /** Text of a cell; its lines stay apart. */
  private cell(element: HTMLElement, look: Look): string {
    const inner = new Reader(this.styles);
    inner.read(element, look);
    inner.endLine();
    this.hidden ||= inner.hidden;
    const texts = inner.pieces.map((piece) => (piece.kind === 'line' ? piece.text : ''));
    return texts.filter((text) => text !== '').join('\n');
  }
}

const childrenOf = (element: HTMLElement, tags: RegExp): HTMLElement[] =>
  element.childNodes.filter(isElement).filter((child) => tags.test(tagOf(child)));
const cellsOf = (row: HTMLElement): HTMLElement[] => childrenOf(row, /^t[dh]$/i);
const rowsOf = (table: HTMLElement): HTMLElement[] =>
  childrenOf(table, /^(tr|tbody|thead|tfoot|form)$/i).flatMap((child) =>
    tagOf(child) === 'tr' ? [child] : childrenOf(child, /^tr$/i),
  );
const holdsTable = (row: HTMLElement): boolean =>
  cellsOf(row).some((cell) => cell.querySelector('table') !== null);

function spanOf(cell: HTMLElement, attribute: string): number {
  const said = Number.parseInt(cell.getAttribute(attribute) ?? '1', 10);
  return Number.isInteger(said) ? Math.min(Math.max(said, 1), maxSpan) : 1;
}

function cidsOf(html: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, cid = ''] of html.matchAll(/\bcid:([^"'\s>)]{1,250})/gi)) {
    found.add(/%[0-9a-f]{2}/i.test(cid) ? decodeURIComponentSafely(cid) : cid);
    if (found.size > 500) break;
  }
  return found;
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Stands for a `<` that opens no tag; as an entity it would be dear to read when there are a million of them. */
const lessThan = '\uE000';

/** Declarations left out and marks that open no tag made text: what is left, the parser reads in linear time. */
const plainMarkup = (html: string): string =>
  withoutScripts(without(html, /<!--/, /-->/))
    .replace(/<[!?][^<>]{0,1000}>/g, '')
    .replace(/<(?!\/?[a-z][^<>]{0,5000}>)/gi, lessThan);

/** Lines and tables of an HTML document, as they are seen. */
export function readHtml(whole: string): Page {
  const html = plainMarkup(whole.slice(0, maxLength));
  const cids = cidsOf(html);
  if (isTooDeep(html)) return { pieces: linesOf(stripped(html)), hidden: false, simplified: true, cids };
  const root = parse(html, {
    blockTextElements: { script: false, style: true, noscript: false },
  });
  const reader = new Reader(sheetStyles(root));
  reader.read(root, plainLook);
  reader.endLine();
  return { pieces: reader.pieces, hidden: reader.hidden, simplified: whole.length > maxLength, cids };
}
