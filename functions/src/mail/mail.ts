/**
 * From the bytes of a message to what it says: the only place where mail is mail. Nothing leaves it that has not been
 * redacted, and nothing in a message can make it fail but bytes that are no message at all: what cannot be read of
 * one is a warning.
 */
import { createHash } from 'node:crypto';
import { redact, redactRows } from '../kernel/redact.ts';
import { decodeText } from './charset.ts';
import {
  addressesOf,
  decodeWords,
  fileNameOf,
  headerValue,
  headerValues,
  messageIdsOf,
  parseParameters,
  type RawHeader,
  sentAtOf,
} from './headers.ts';
import { type Page, readHtml } from './html.ts';
import type { Block, Message, MessageFile, Source, WarningCode } from './message.ts';
import { contentOf, isDecodable, type Part, parseMime } from './mime.ts';
import { automaticOf, nobodysWord } from './origin.ts';
import { line, linesOf, type Piece, separate } from './quoting.ts';
import { isMarkup, looksLikeSheet, readSheets } from './sheet.ts';
import { isTnef, unpackTnef } from './tnef.ts';

export { NotAMessage } from './mime.ts';

const maxFiles = 50;
const maxText = 200_000;
/** Lines and tables of one letter. */
const maxPieces = 20_000;
/** Bytes of text and HTML looked at in one message. */
const maxSource = 1_500_000;
const maxUnpacked = 50 * 1024 * 1024;
const maxNested = 5;

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

interface GatheredFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly content: Buffer;
  readonly contentId: string | null;
  /** Shown in the letter by the way it is packed, whether or not its HTML says so. */
  readonly related: boolean;
}

/** What has been found so far, over all levels of one message. */
class Findings {
  readonly warnings = new Set<WarningCode>();
  readonly blocks: Block[] = [];
  readonly files: GatheredFile[] = [];
  readonly cids = new Set<string>();
  unpackable = maxUnpacked;
  private source = maxSource;
  private text = maxText;

  clean(text: string): string {
    const redacted = redact(tidied(text));
    for (const kind of redacted.found) this.warnings.add(`${kind}_REDACTED`);
    return redacted.text;
  }

  decode(bytes: Buffer, charset: string | null): string {
    const { text, guessed } = decodeText(bytes, charset);
    if (guessed) this.warnings.add('CHARSET_GUESSED');
    return text;
  }

  /** The first `most` bytes, as far as the message's share of text goes; never cut inside a character. */
  share(bytes: Buffer, most: number): Buffer {
    let end = Math.min(bytes.length, most, this.source);
    if (end < bytes.length) {
      this.warnings.add('TEXT_CUT');
      while (end > 0 && (bytes[end - 1] ?? 0) >= 0x80) end -= 1;
    }
    this.source -= end;
    return bytes.subarray(0, end);
  }

  private fits(length: number): boolean {
    if (length > this.text) this.warnings.add('TEXT_CUT');
    return length <= this.text;
  }

  addText(source: Source, written: string): void {
    const text = this.clean(written.replace(/\n{3,}/g, '\n\n')).trim();
    if (text === '' || this.text <= 0) return;
    const kept = this.fits(text.length) ? text : text.slice(0, this.text);
    this.text -= kept.length;
    this.blocks.push({ kind: 'text', source, text: kept });
  }

  addTable(source: Source, name: string, written: readonly (readonly string[])[]): void {
    const { rows, found } = redactRows(written.map((row) => row.map((cell) => tidied(cell).trim())));
    for (const kind of found) this.warnings.add(`${kind}_REDACTED`);
    const kept: string[][] = [];
    for (const row of rows) {
      const length = row.reduce((sum, cell) => sum + cell.length, 0);
      if (!this.fits(length)) break;
      this.text -= length;
      kept.push(row);
    }
    if (kept.length > 0) this.blocks.push({ kind: 'table', source, name: this.clean(name), rows: kept });
  }

  addPieces(source: Source, pieces: readonly Piece[]): void {
    let lines: string[] = [];
    const flush = () => {
      this.addText(source, lines.join('\n'));
      lines = [];
    };
    for (const piece of pieces) {
      if (piece.kind === 'line') lines.push(piece.text);
      else {
        flush();
        this.addTable(source, '', piece.rows);
      }
    }
    flush();
  }

  addFile(file: GatheredFile): void {
    if (file.content.length === 0) this.warnings.add('UNREADABLE_ATTACHMENT');
    else if (this.files.length >= maxFiles) this.warnings.add('TOO_MANY_FILES');
    else this.files.push(file);
  }

  get isFull(): boolean {
    return this.files.length >= maxFiles;
  }
}

/** NFC, without characters that cannot be seen but split words, and with plain spaces. */
function tidied(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\P{Cc}\t\n\r]/gu, '')
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000\u3164]/g, ' ');
}

const bigFileLinks =
  /대용량\s*(?:첨부|파일)|웹하드|bigfile\.(?:mail\.)?(?:naver|daum|kakao|nate)|mail\.naver\.com\/\w*bigfile|bigmail\.|(?:we\.tl|wetransfer\.com|1drv\.ms|drive\.google\.com|dropbox\.com|send-anywhere\.com|mybox\.naver\.com|naver\.me|storage\.worksmobile\.com)\//i;

/** Joins lines that format=flowed has broken (RFC 3676). */
function unflowed(text: string, deletesSpace: boolean): string {
  return text.replace(/^((?!-- $).*[^ \n>].*) \r?\n(?=[^>\s])/gm, deletesSpace ? '$1' : '$1 ');
}

const metaCharset = /<meta[^>]{1,300}?charset\s*=\s*["']?\s*([\w-]{1,40})/i;

type Body = { readonly kind: 'text' | 'html'; readonly page: Page };

function readBody(part: Part, found: Findings): Body {
  const declared = part.parameters.raw.get('charset') ?? null;
  const whole = contentOf(part);
  const isHtml = part.type === 'text/html' || (part.type === 'text/plain' && isMarkup(whole));
  const bytes = found.share(whole, isHtml ? maxSource : maxText * 4);
  const meta =
    declared === null && isHtml ? metaCharset.exec(bytes.subarray(0, 3000).toString('latin1'))?.[1] : null;
  const text = tidied(found.decode(bytes, declared ?? meta ?? null));
  if (bigFileLinks.test(text)) found.warnings.add('LINKED_FILES');
  if (isHtml) return { kind: 'html', page: readHtml(text) };
  const flowed = /flowed/i.test(part.parameters.raw.get('format') ?? '');
  const lines = flowed ? unflowed(text, /yes/i.test(part.parameters.raw.get('delsp') ?? '')) : text;
  return {
    kind: 'text',
    page: { pieces: linesOf(lines), hidden: false, simplified: false, cids: new Set() },
  };
}

const isFilled = ({ page }: Body): boolean =>
  page.pieces.some((piece) => piece.kind === 'table' || piece.text.trim() !== '');

interface Level {
  readonly found: Findings;
  readonly depth: number;
  readonly bodies: Body[];
  readonly attachments: Attached[];
  readonly nested: Buffer[];
  /** Who the messages attached to this one are from, in the end. */
  readonly senders: string[];
}
interface Attached {
  readonly part: Part;
  readonly related: boolean;
}

const dispositionOf = (part: Part) => parseParameters(headerValue(part.headers, 'content-disposition') ?? '');

/** Text a person reads as the letter itself: not one handed in as a file. */
function isBodyText(part: Part, hasBody: boolean): boolean {
  if (!/^text\/(plain|html|enriched|richtext|x-[\w-]+|markdown)$/.test(part.type)) return false;
  if (/^text\/x-(vcard|amp-html|watch-html|csv)$/.test(part.type)) return false;
  const disposition = dispositionOf(part);
  if (disposition.value === 'attachment') return false;
  const isNamed = [...disposition.raw.keys()].some((key) => key.startsWith('filename'));
  return !isNamed && !(hasBody && fileNameOf(part.headers));
}

const notHandedIn =
  /^(application\/(applefile|pgp-signature|pgp-encrypted|(x-)?pkcs7-signature)|message\/(delivery-status|disposition-notification|global-delivery-status|feedback-report)|text\/rfc822-headers|text\/x-(amp|watch)-html)$/;

function walk(part: Part, level: Level, place: { readonly related: boolean; readonly parent: string }): void {
  if (part.type === 'multipart/alternative') {
    walkAlternatives(part, level, place.related);
    return;
  }
  const related = place.related || part.type === 'multipart/related';
  for (const child of part.children) walk(child, level, { related, parent: part.type });
  if (part.type.startsWith('multipart/') || notHandedIn.test(part.type)) return;
  if (isBodyText(part, level.bodies.length > 0)) level.bodies.push(readBody(part, level.found));
  else if (/^message\/(rfc822|global)$/.test(part.type)) {
    // The message a bounce or a receipt returns is ours, not something handed on.
    if (place.parent !== 'multipart/report') level.nested.push(contentOf(part));
  } else level.attachments.push({ part, related });
}

/** The richest alternative that says anything; the others only for their files. */
function walkAlternatives(part: Part, level: Level, related: boolean): void {
  const read = part.children.map((child) => {
    const bodies: Body[] = [];
    const reads = { ...level, bodies, found: level.found };
    walk(child, reads, { related, parent: part.type });
    return bodies;
  });
  const filled = read.filter((bodies) => bodies.some(isFilled));
  const html = filled.findLast((bodies) =>
    bodies.some(({ kind, page }) => kind === 'html' && !page.simplified),
  );
  level.bodies.push(...(html ?? filled.at(0) ?? []));
}

const extensions: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/heic': 'heic',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.ms-excel': 'xls',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/csv': 'csv',
};

const namedOr = (name: string | null, contentType: string, index: number): string =>
  name ?? `attachment-${index + 1}.${extensions[contentType] ?? 'bin'}`;

async function takeSheet(fileName: string, content: Buffer, found: Findings): Promise<void> {
  if (isMarkup(content)) {
    const page = readHtml(
      found.decode(
        found.share(content, maxSource),
        metaCharset.exec(content.toString('latin1', 0, 3000))?.[1] ?? null,
      ),
    );
    for (const piece of page.pieces)
      if (piece.kind === 'table') found.addTable('sheet', fileName, piece.rows);
    return;
  }
  const reading = await readSheets(fileName, content, found.unpackable);
  if ('failed' in reading) {
    found.warnings.add(reading.failed);
    return;
  }
  found.unpackable -= reading.size;
  if (reading.guessed) found.warnings.add('CHARSET_GUESSED');
  for (const { name, rows } of reading.sheets)
    found.addTable('sheet', name === '' ? fileName : `${fileName} / ${name}`, rows);
}

/** Takes what a file says, as far as it is of a kind that says anything here. */
async function takeContent(file: GatheredFile, level: Level): Promise<void> {
  const { fileName, contentType, content } = file;
  const { found } = level;
  if (looksLikeSheet(fileName, contentType)) await takeSheet(fileName, content, found);
  else if (/\.eml$/i.test(fileName)) await takeNested(content, level);
  else if (/\.(txt|html?)$/i.test(fileName) && /^(text|application\/octet-stream)/.test(contentType)) {
    const part: Part = {
      headers: [],
      type: /html?$/i.test(fileName) ? 'text/html' : 'text/plain',
      parameters: parseParameters(''),
      body: content,
      children: [],
    };
    const { page } = readBody(part, found);
    if (page.hidden) found.warnings.add('HIDDEN_TEXT');
    found.addPieces('attachedText', page.pieces);
  } else if (/\.(zip|7z|rar|alz|egg|tar|t?gz)$/i.test(fileName)) found.warnings.add('UNOPENED_ARCHIVE');
  else if (/\.(msg|p7m)$/i.test(fileName) || /pkcs7-mime/.test(contentType))
    found.warnings.add('UNREADABLE_ATTACHMENT');
}

async function takeAttachment({ part, related }: Attached, level: Level): Promise<void> {
  const { found } = level;
  if (found.isFull) {
    found.warnings.add('TOO_MANY_FILES');
    return;
  }
  if (!isDecodable(part)) found.warnings.add('UNREADABLE_ATTACHMENT');
  const content = contentOf(part);
  const name = fileNameOf(part.headers);
  if (/ms-tnef/.test(part.type) || (/^winmail.*\.dat$/i.test(name ?? '') && isTnef(content)))
    return takeTnef(content, level);
  const disposition = dispositionOf(part).value;
  const fileName = namedOr(name, part.type, found.files.length);
  const contentId = headerValue(part.headers, 'content-id')?.replace(/^<|>$/g, '').trim() || null;
  const isShown =
    related && contentId !== null && disposition !== 'attachment' && part.type.startsWith('image/');
  await handIn({ fileName, contentType: part.type, content, contentId, related: isShown }, level);
}

/** A file that cannot be read is still a file. */
async function handIn(file: GatheredFile, level: Level): Promise<void> {
  const before = level.found.files.length;
  level.found.addFile(file);
  if (level.found.files.length === before) return;
  await takeContent(file, level).catch(() => {
    level.found.warnings.add('UNREADABLE_ATTACHMENT');
  });
}

async function takeTnef(content: Buffer, level: Level): Promise<void> {
  const { found } = level;
  if (!isTnef(content)) {
    found.warnings.add('UNREADABLE_ATTACHMENT');
    return;
  }
  const { files, text } = unpackTnef(content);
  found.warnings.add('WINMAIL_UNPACKED');
  if (!level.bodies.some(isFilled)) found.addPieces(level.depth > 0 ? 'forwarded' : 'body', linesOf(text));
  for (const { fileName, content: bytes } of files) {
    const contentType =
      Object.entries(extensions).find(([, extension]) =>
        fileName.toLowerCase().endsWith(`.${extension}`),
      )?.[0] ?? 'application/octet-stream';
    const name = namedOr(fileName.normalize('NFC') || null, contentType, found.files.length);
    await handIn({ fileName: name, contentType, content: bytes, contentId: null, related: false }, level);
  }
}

interface Letter {
  readonly headers: readonly RawHeader[];
  readonly subject: string;
  readonly forwardedFrom: string | null;
}

/** Takes a message attached to another as forwarded. */
async function takeNested(content: Buffer, level: Level): Promise<void> {
  if (level.depth >= maxNested) {
    level.found.warnings.add('TOO_MANY_PARTS');
    return;
  }
  const letter = await readLetter(content, level.found, level.depth + 1);
  const sender = letter.forwardedFrom ?? addressesOf(letter.headers, 'from')[0]?.address;
  if (sender) level.senders.push(sender);
}

/** Reads one letter, and those attached to it, into `found`. */
async function readLetter(raw: Buffer, found: Findings, depth: number): Promise<Letter> {
  const { root, exceeded } = await parseMime(raw);
  if (exceeded) found.warnings.add('TOO_MANY_PARTS');
  const { headers } = root;
  const subject = decodeWords(headerValues(headers, 'subject')[0] ?? '').slice(0, 2000);
  const level: Level = { found, depth, bodies: [], attachments: [], nested: [], senders: [] };
  walk(root, level, { related: false, parent: '' });
  for (const { page } of level.bodies) {
    if (page.hidden) found.warnings.add('HIDDEN_TEXT');
    if (page.simplified) found.warnings.add('HTML_SIMPLIFIED');
    for (const cid of page.cids) found.cids.add(cid);
  }
  const answers = headerValue(headers, 'in-reply-to') !== null;
  const pieces = level.bodies.flatMap(({ page }) => page.pieces);
  if (pieces.length > maxPieces) found.warnings.add('TEXT_CUT');
  const said = separate(pieces.slice(0, maxPieces), subject, answers);
  if (depth > 0) found.addPieces('forwarded', [line(subject), line('')]);
  found.addPieces(depth > 0 ? 'forwarded' : 'body', said.own);
  found.addPieces('forwarded', said.forwarded);
  for (const attached of level.attachments) await takeAttachment(attached, level);
  for (const nested of level.nested)
    await takeNested(nested, level).catch(() => {
      found.warnings.add('UNREADABLE_ATTACHMENT');
    });
  return { headers, subject, forwardedFrom: level.senders[0] ?? said.forwardedFrom };
}

function filesOf(found: Findings): MessageFile[] {
  return found.files.map(({ fileName, contentType, content, contentId, related }) => ({
    fileName: found.clean(fileName).slice(0, 200),
    contentType,
    inline: related || (contentId !== null && found.cids.has(contentId)),
    content,
    sha256: sha256Of(content),
  }));
}

/** What a message says. Rejects with NotAMessage when the bytes hold no header, with nothing else ever. */
export async function readMessage(raw: Buffer): Promise<Message> {
  const found = new Findings();
  const { headers, subject, forwardedFrom } = await readLetter(raw, found, 0);
  const [sender, ...others] = addressesOf(headers, 'from');
  if (others.length > 0) found.warnings.add('SEVERAL_SENDERS');
  const files = filesOf(found);
  return {
    subject: found.clean(subject).replace(/\s+/g, ' ').trim().slice(0, 300),
    from: sender ? { address: sender.address, name: found.clean(sender.name).slice(0, 200) } : null,
    replyTo: addressesOf(headers, 'reply-to')[0]?.address ?? null,
    to: [...addressesOf(headers, 'to'), ...addressesOf(headers, 'cc')]
      .map(({ address }) => address)
      .slice(0, 200),
    messageId: messageIdsOf(headers, 'message-id')[0] ?? null,
    inReplyTo: [
      ...new Set([...messageIdsOf(headers, 'in-reply-to'), ...messageIdsOf(headers, 'references')]),
    ],
    sentAt: sentAtOf(headers),
    automatic: automaticOf(headers),
    authentication: nobodysWord,
    forwardedFrom,
    blocks: found.blocks,
    files,
    warnings: [...found.warnings],
  };
}
