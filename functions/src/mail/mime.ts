/**
 * Bytes of a message to a tree of parts. Everything stays a view into the message's own buffer until a part is
 * asked for, so that 25 MB of pictures cost no copies but the decoded ones.
 *
 * Why not the library that the mail stand-in uses (mailparser): it decodes text before anybody may look at the
 * bytes (undeclared CP949 is lost for good), joins all text into one, so that where a forwarded message begins is
 * gone, and gives up at 1,000 parts. It is the oracle of this file's tests instead.
 */
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
const lf = 0x0a;
const cr = 0x0d;

/** Position after the line that starts at `from`. */
function lineEnd(bytes: Buffer, from: number): number {
  const at = bytes.indexOf(lf, from);
  return at === -1 ? bytes.length : at + 1;
}

const headerStart = /^([!-9;-~]{1,100})[ \t]*:/;

/** Headers up to the empty line, and the rest. A line that is no header ends them, unless one has begun. */
function splitHeaders(bytes: Buffer): { headers: RawHeader[]; body: Buffer } {
  const headers: RawHeader[] = [];
  let open: { name: string; lines: string[] } | null = null;
  const close = () => {
    if (open) headers.push({ name: open.name, value: open.lines.join('\n') });
    open = null;
  };
  let at = 0;
  while (at < bytes.length && at < maxHeaderBytes) {
    const end = lineEnd(bytes, at);
    const line = bytes.toString('latin1', at, Math.min(end, at + 100_000)).replace(/\r?\n$/, '');
    if (line.trim() === '' && !/^[ \t]/.test(line)) return finish(end);
    const start = headerStart.exec(line);
    if (/^[ \t]/.test(line) && open) open.lines.push(line);
    else if (start) {
      close();
      open = { name: (start[1] ?? '').toLowerCase(), lines: [line.slice(start[0].length)] };
      if (headers.length >= maxHeaders) return finish(end);
    } else if (headers.length === 0 && !open && !/^(>?From |\ufeff)/.test(line)) return finish(at);
    at = end;
  }
  return finish(at);

  function finish(from: number) {
    close();
    return { headers, body: bytes.subarray(from) };
  }
}

/** Sections between boundary lines; linear in the bytes. White space after a boundary is forgiven. */
function sectionsOf(body: Buffer, boundary: string, most: number): Buffer[] {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const sections: Buffer[] = [];
  let start = -1;
  let at = body.indexOf(mark);
  while (at !== -1) {
    const end = lineEnd(body, at);
    const atLineStart = at === 0 || body[at - 1] === lf || body[at - 1] === cr;
    const rest = end - at - mark.length > 200 ? 'x' : body.toString('latin1', at + mark.length, end);
    if (!atLineStart || !/^(--)?[ \t\r\n]*$/.test(rest)) {
      at = body.indexOf(mark, at + mark.length);
      continue;
    }
    if (start !== -1) sections.push(body.subarray(start, withoutLineEnd(body, start, at)));
    start = rest.startsWith('--') ? -1 : end;
    if (start === -1 || sections.length > most) break;
    at = body.indexOf(mark, end);
  }
  if (start !== -1) sections.push(body.subarray(start));
  return sections;
}

/** The line end before a boundary belongs to the boundary. */
function withoutLineEnd(bytes: Buffer, start: number, end: number): number {
  const last = end > start && bytes[end - 1] === lf ? end - 1 : end;
  return last > start && bytes[last - 1] === cr ? last - 1 : last;
}

/** The boundary declared, or the first line that looks like one when none is. */
function boundaryOf(parameters: Parameters, body: Buffer): string | null {
  const declared = parameters.raw.get('boundary')?.trimEnd();
  if (declared) return declared;
  return /(?:^|\n)--([^\s]{1,100})[ \t]*\r?\n/.exec(body.toString('latin1', 0, 2000))?.[1] ?? null;
}

interface Budget {
  parts: number;
  exceeded: boolean;
}

function partOf(bytes: Buffer, parentType: string, depth: number, budget: Budget): Part {
  const { headers, body } = splitHeaders(bytes);
  const parameters = parseParameters(headerValue(headers, 'content-type') ?? '');
  const isType = /^[\w.+-]+\/[\w.+-]+$/.test(parameters.value);
  const implied = parentType === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const type = isType ? parameters.value : implied;
  const leaf = { headers, type, parameters, body, children: [] };
  if (!type.startsWith('multipart/')) return leaf;
  const boundary = boundaryOf(parameters, body);
  const sections = boundary ? sectionsOf(body, boundary, maxParts) : [];
  if (sections.length === 0) return { ...leaf, type: 'text/plain' };
  if (depth >= maxDepth) {
    budget.exceeded = true;
    return { ...leaf, body: Buffer.alloc(0) };
  }
  const children: Part[] = [];
  for (const section of sections) {
    budget.parts += 1;
    if (budget.parts > maxParts) {
      budget.exceeded = true;
      break;
    }
    children.push(partOf(section, type, depth + 1, budget));
  }
  return { ...leaf, body: Buffer.alloc(0), children };
}

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

/** The parts of a message; `exceeded` when there are more than we look at. Throws NotAMessage when it has no header. */
export function parseMime(raw: Buffer): { readonly root: Part; readonly exceeded: boolean } {
  const budget: Budget = { parts: 1, exceeded: false };
  const root = partOf(withLineFeeds(withoutPrelude(raw)), '', 0, budget);
  if (root.headers.length === 0) throw new NotAMessage('no header');
  return { root, exceeded: budget.exceeded };
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
