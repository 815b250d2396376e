/**
 * From the bytes of a message to what it says: the only place where mail is mail. Nothing leaves it that has not been
 * redacted, and nothing in a message can make it fail but bytes that are no message at all: what cannot be read of
 * one is a warning.
 */
import { createHash } from 'node:crypto';
import { Findings, type GatheredFile, maxSource } from './findings.ts';
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
import { readHtml } from './html.ts';
import type { Message, MessageFile } from './message.ts';
import { contentOf, isDecodable, type Part, parseMime } from './mime.ts';
import { automaticOf, nobodysWord } from './origin.ts';
import { type Attached, dispositionOf, isFilled, type Level, metaCharset, readBody, walk } from './parts.ts';
import { line, linesOf, separate } from './quoting.ts';
import { isMarkup, looksLikeSheet, readSheets } from './sheet.ts';
import { isTnef, unpackTnef } from './tnef.ts';

export { NotAMessage } from './mime.ts';

/** Lines and tables of one letter. */
const maxPieces = 20_000;
const maxNested = 5;

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

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
