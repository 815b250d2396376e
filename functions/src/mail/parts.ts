/** Which parts of a letter are its text, which are handed in with it, and which are letters of their own. */
import { type Findings, maxSource, maxText, tidied } from './findings.ts';
import { fileNameOf, headerValue, parseParameters } from './headers.ts';
import { type Page, readHtml } from './html.ts';
import { contentOf, type Part } from './mime.ts';
import { linesOf } from './quoting.ts';
import { isMarkup } from './sheet.ts';

const bigFileLinks =
  /대용량\s*(?:첨부|파일)|웹하드|bigfile\.(?:mail\.)?(?:naver|daum|kakao|nate)|mail\.naver\.com\/\w*bigfile|bigmail\.|(?:we\.tl|wetransfer\.com|1drv\.ms|drive\.google\.com|dropbox\.com|send-anywhere\.com|mybox\.naver\.com|naver\.me|storage\.worksmobile\.com)\//i;

/** Joins lines that format=flowed has broken (RFC 3676). */
function unflowed(text: string, deletesSpace: boolean): string {
  return text.replace(/^((?!-- $).*[^ \n>].*) \r?\n(?=[^>\s])/gm, deletesSpace ? '$1' : '$1 ');
}

export const metaCharset = /<meta[^>]{1,300}?charset\s*=\s*["']?\s*([\w-]{1,40})/i;

export type Body = { readonly kind: 'text' | 'html'; readonly page: Page };

/** Text or HTML of a part, as pieces. */
export function readBody(part: Part, found: Findings): Body {
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

export const isFilled = ({ page }: Body): boolean =>
  page.pieces.some((piece) => piece.kind === 'table' || piece.text.trim() !== '');

/** One letter: a message, or one attached to it. */
export interface Level {
  readonly found: Findings;
  readonly depth: number;
  readonly bodies: Body[];
  readonly attachments: Attached[];
  readonly nested: Buffer[];
  /** Who the messages attached to this one are from, in the end. */
  readonly senders: string[];
}
export interface Attached {
  readonly part: Part;
  readonly related: boolean;
}

export const dispositionOf = (part: Part) =>
  parseParameters(headerValue(part.headers, 'content-disposition') ?? '');

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

/** Sorts a part and those below it into the level. */
export function walk(
  part: Part,
  level: Level,
  place: { readonly related: boolean; readonly parent: string },
): void {
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
