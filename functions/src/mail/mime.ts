/**
 * Bytes of a message to a tree of parts. mailsplit splits: lines, header blocks, boundaries, who is inside whom, how
 * many parts and how long a header may be. Ours is what it lacks: headers read in any charset, and forgiveness for
 * what Korean mail programs get wrong. Bodies stay views into the message's own buffer until a part is asked for, so
 * that 25 MB of pictures cost no copies but the decoded ones.
 */
import { finished } from 'node:stream/promises';
import { Headers, type MimeNode, Splitter, type SplitterChunk } from '@zone-eu/mailsplit';
import { headerValue, type Parameters, parseParameters, type RawHeader } from './headers.ts';
import { decodeBase64, decodeQuotedPrintable } from './transfer.ts';

export class NotAMessage extends Error {}

export interface Part {
  readonly headers: readonly RawHeader[];
  /** Lower case, as `text/plain`. */
  readonly type: string;
  readonly parameters: Parameters;
  /** Transfer encoding not yet undone; empty for a multipart. */
  readonly body: Buffer;
  readonly children: readonly Part[];
}

export const maxParts = 2000;
export const maxDepth = 30;
const maxHeaders = 2000;
const maxHeaderBytes = 1_000_000;
const maxValue = 100_000;
const maxBoundaryLine = 300;
const lf = 0x0a;
const cr = 0x0d;
const dash = 0x2d;

/** mailsplit's words for a boundary line: the next part or the end, of the open multipart or of the one around. */
type BoundaryLine = 1 | 2 | 3 | 4;

/**
 * mailsplit, asked more forgivingly whether a line is a boundary. It knows only the innermost two boundaries and
 * takes them literally: a multipart that is never closed would swallow the attachments that follow it, white space
 * after a boundary (which RFC 2046 allows) hides it, and a multipart that declares none would have no parts.
 */
class ForgivingSplitter extends Splitter {
  declare node: MimeNode;
  declare inEpilogue: boolean;

  checkBoundary(line: Buffer): BoundaryLine | false {
    const name = boundaryName(line);
    if (!name) return false;
    const own = !this.inEpilogue && kindOf(name, this.node._boundary);
    if (own) return own;
    let inner = this.node;
    for (let depth = 0; depth <= maxDepth && inner._parentBoundaryOwner; depth += 1) {
      const around = kindOf(name, inner._parentBoundaryOwner._boundary);
      if (around) {
        this.announce();
        this.node = inner;
        return around === 1 ? 3 : 4;
      }
      inner = inner._parentBoundaryOwner;
    }
    return this.adopts(name) ? 1 : false;
  }

  /** A part that ends within its header is a part all the same. */
  private announce(): void {
    if (this.node.headers || this.node._headerlen === 0) return;
    this.node.parseHeaders();
    this.push(this.node);
  }

  /** The first line that looks like a boundary is one when none is declared. */
  private adopts(name: Buffer): boolean {
    const { node } = this;
    if (node.multipart === false || node._boundary || !/^[^\s]{1,100}$/.test(name.toString('latin1')))
      return false;
    node._boundary = Buffer.from(name);
    return true;
  }
}

/** What stands behind the two dashes of a line, without white space at its end; null when it does not begin so. */
function boundaryName(line: Buffer): Buffer | null {
  let start = 0;
  while (start < 2 && (line[start] === cr || line[start] === lf)) start += 1;
  if (line[start] !== dash || line[start + 1] !== dash || line.length > maxBoundaryLine) return null;
  let end = line.length;
  while (end > start + 2 && (line[end - 1] ?? 0) <= 0x20) end -= 1;
  return line.subarray(start + 2, end);
}

/** 1: opens a part, 2: ends the multipart. */
function kindOf(name: Buffer, boundary: Buffer | false): 1 | 2 | false {
  if (!boundary) return false;
  if (name.length === boundary.length) return name.equals(boundary) && 1;
  const isEnd = name.length === boundary.length + 2 && name.at(-1) === dash && name.at(-2) === dash;
  return isEnd && name.subarray(0, -2).equals(boundary) && 2;
}

/** A part whose bytes are still coming in. */
interface Draft {
  readonly headers: readonly RawHeader[];
  readonly type: string;
  readonly parameters: Parameters;
  readonly depth: number;
  readonly children: Draft[];
  /** Of a multipart, what stands before its first part: its text, should it have none. */
  bytes: Buffer[];
  isSplit: boolean;
}

const headerName = /^[!-9;-~]{1,100}$/;

const rawHeaders = (headers: Headers): RawHeader[] =>
  headers
    .getList()
    .filter(({ key }) => headerName.test(key))
    .slice(0, maxHeaders)
    .map(({ key, line }) => ({
      name: key,
      value: line.slice(line.indexOf(':') + 1, maxValue).replaceAll('\r', ''),
    }));

/** Whether a block that mailsplit took for headers is text: its first line is neither a header nor empty. */
function isText(headers: Headers): boolean {
  const [first] = headers.getList();
  if (headers.mbox || !first || first.line === '') return false;
  return !headerName.test(first.key) && !first.line.startsWith('>From ');
}

function draftOf(headers: readonly RawHeader[], parent: Draft | null): Draft {
  const parameters = parseParameters(headerValue(headers, 'content-type') ?? '');
  const isType = /^[\w.+-]+\/[\w.+-]+$/.test(parameters.value);
  const implied = parent?.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const type = isType ? parameters.value : implied;
  const depth = parent ? parent.depth + 1 : 0;
  return { headers, type, parameters, depth, children: [], bytes: [], isSplit: false };
}

const isMultipart = ({ type }: Pick<Draft, 'type'>): boolean => type.startsWith('multipart/');

/** Puts together what mailsplit says, in the order it says it. */
class Tree {
  root: Draft | null = null;
  exceeded = false;
  private readonly drafts = new Map<MimeNode, Draft>();

  take(chunk: SplitterChunk): void {
    if (chunk.type === 'node') {
      if (chunk.headers) this.open(chunk, chunk.headers);
      return;
    }
    const draft = this.drafts.get(chunk.node);
    if (draft && !draft.isSplit && chunk.value) draft.bytes.push(chunk.value);
  }

  /** Also tells mailsplit how we understand the header, before it reads on. */
  private open(node: MimeNode, headers: Headers): void {
    const parent = (node.parentNode && this.drafts.get(node.parentNode)) || null;
    const draft = draftOf(isText(headers) ? [] : rawHeaders(headers), parent);
    if (isText(headers)) draft.bytes.push(headers.build());
    const boundary = isMultipart(draft) && draft.parameters.raw.get('boundary')?.trimEnd();
    node.multipart = isMultipart(draft) && draft.type.slice('multipart/'.length);
    node._boundary = boundary ? Buffer.from(boundary, 'latin1') : false;
    if (parent) {
      parent.isSplit = true;
      parent.bytes = [];
    }
    if ((this.root && !parent) || draft.depth > maxDepth) {
      this.exceeded = true;
      return;
    }
    this.root ??= draft;
    parent?.children.push(draft);
    this.drafts.set(node, draft);
  }
}

/** A view where the pieces stand one behind the other in the message, which they nearly always do. */
function joined(pieces: readonly Buffer[], raw: Buffer): Buffer {
  const [first] = pieces;
  if (!first) return Buffer.alloc(0);
  let end = first.byteOffset;
  for (const { buffer, byteOffset, length } of pieces) {
    if (buffer !== raw.buffer || byteOffset !== end) return Buffer.concat(pieces);
    end += length;
  }
  const start = first.byteOffset - raw.byteOffset;
  return raw.subarray(start, end - raw.byteOffset);
}

function partOf({ headers, type, parameters, children, bytes, isSplit }: Draft, raw: Buffer): Part {
  const text = isMultipart({ type }) && !isSplit ? 'text/plain' : type;
  const parts = children.map((child) => partOf(child, raw));
  return { headers, type: text, parameters, body: joined(bytes, raw), children: parts };
}

const isTooLong = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EMAXLEN';

/** Classic Mac line ends, which only ever reach us whole. */
function withLineFeeds(raw: Buffer): Buffer {
  if (raw.includes(lf) || !raw.includes(cr)) return raw;
  return Buffer.from(raw.toString('latin1').replaceAll('\r', '\n'), 'latin1');
}

/** Leading white space and a UTF-8 mark, as files saved by hand have. */
function withoutPrelude(raw: Buffer): Buffer {
  const from = raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf ? 3 : 0;
  let at = from;
  while (at < raw.length && at < 1000 && (raw[at] === cr || raw[at] === lf || raw[at] === 0x20)) at += 1;
  return raw.subarray(at);
}

/** Of a message whose header is larger than we read: the beginning of it, and nothing else. */
const headOf = (raw: Buffer): Draft =>
  draftOf(rawHeaders(new Headers(raw.subarray(0, maxHeaderBytes))), null);

/** The header of a message; null when it is larger than `most` bytes. */
export function headersOf(message: Buffer, most: number): RawHeader[] | null {
  const head = withoutPrelude(message).subarray(0, most);
  const end = /\r?\n\r?\n/.exec(head.toString('latin1'))?.index;
  if (end === undefined && head.length === most) return null;
  return rawHeaders(new Headers(head.subarray(0, end)));
}

export interface Mime {
  readonly root: Part;
  /** There was more, or something larger or deeper, than we look at. */
  readonly exceeded: boolean;
}

/** The parts of a message. Rejects with NotAMessage when it has no header, and otherwise with nothing. */
export async function parseMime(message: Buffer): Promise<Mime> {
  const raw = withLineFeeds(withoutPrelude(message));
  const tree = new Tree();
  const splitter = new ForgivingSplitter({
    ignoreEmbedded: true,
    maxHeadSize: maxHeaderBytes,
    maxChildNodes: maxParts,
  });
  splitter.on('data', (chunk) => tree.take(chunk));
  splitter.end(raw);
  await finished(splitter).catch((error: unknown) => {
    if (!isTooLong(error)) throw error;
    tree.exceeded = true;
  });
  const root = tree.root ?? headOf(raw);
  if (root.headers.length === 0) throw new NotAMessage('no header');
  return { root: partOf(root, raw), exceeded: tree.exceeded };
}

const knownEncodings = new Set(['', '7bit', '8bit', 'binary', 'base64', 'quoted-printable']);
const encodingOf = (part: Part): string =>
  (headerValue(part.headers, 'content-transfer-encoding') ?? '')
    .replace(/\([^)]*\)|[;"'\s]/g, '')
    .toLowerCase();

/** Whether we know how to undo the part's transfer encoding. */
export const isDecodable = (part: Part): boolean => knownEncodings.has(encodingOf(part));

/** The part's bytes as its author had them. */
export function contentOf(part: Part): Buffer {
  const encoding = encodingOf(part);
  if (encoding === 'base64') return decodeBase64(part.body);
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(part.body) : part.body;
}
