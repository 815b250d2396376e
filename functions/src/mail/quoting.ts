/**
 * What of a letter its author says now. A letter carries more than that: the history a reply quotes (not data: it was
 * said before, perhaps corrected since), a message it hands on (data, said by somebody else) and the signature under
 * it (the writer's, not the clinic's). Mail programs mark these by words and lines only, each its own way.
 *
 * Whether "-----Original Message-----" begins history or a forwarded message the words do not tell; the subject's
 * prefix does (RE: or FW:), and without one, whether the letter answers another.
 */

/** A line of text or a table, in the order in which they stand. */
export type Piece =
  | { readonly kind: 'line'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[]; readonly quoted: boolean };

export interface Said {
  readonly own: readonly Piece[];
  /** Content of forwarded messages, without what they quote. */
  readonly forwarded: readonly Piece[];
  /** Address of the innermost forwarded message's sender. */
  readonly forwardedFrom: string | null;
}

export const line = (text: string, quoted = false): Piece => ({ kind: 'line', text, quoted });
export const linesOf = (text: string): Piece[] =>
  text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .split('\n')
    .map((written) => line(written));

const forwardMarker =
  /^(?:[-_=*]{2,}\s*(?:forwarded message|forwarded by .{1,60}|전달된\s*(?:메시지|메일|편지)|전달\s*(?:메시지|메일)).{0,20}|begin forwarded message\s*:?|전달된\s*메시지\s*시작\s*:?|(?:전달된|전달한)\s*(?:메시지|메일)\s*:?|-{2,}\s*전달\s*-{2,})\s*$/i;
const originalMarker =
  /^(?:[-_=*]{2,}\s*\[?\s*(?:original (?:message|appointment|e-?mail)|원본\s*(?:메시지|메일|편지|내용)|받은\s*(?:메일|메시지|편지)(?:\s*내용)?|원문|original)\s*\]?\s*[-_=*]*|\[\s*(?:원본|받은)\s*(?:메시지|메일)(?:\s*내용)?\s*\])\s*$/i;
const separator = /^[_-]{20,}$/;

/** "On …, A wrote:" in the languages and programs Korean clinics use; may be broken over lines. */
const attributionEnd =
  /(?:\bwrote|님이\s*작성|님이\s*씀|님이\s*쓰신\s*글|님께서\s*작성|님(?:이|께서)\s*보낸\s*(?:메일|메시지|글)|님께서\s*쓰신\s*글|작성|씀)\s*:?\s*$/;
const attributionStart =
  /^(?:>*\s*)?(?:on\s+\S|\d{4}\s*[년.\-/]\s*\d{1,2}|["“<]?[^\s:]{1,40}["”]?\s*[<(][^\s<>()]+@|[가-힣 ]{2,20}님이|[^:]{0,60}님께서)/i;

function isAttribution(text: string): boolean {
  if (text.length > 300) return false;
  const says = attributionEnd.test(text) && attributionStart.test(text);
  return says && (/wrote\s*:?\s*$|님[이께]/.test(text) || /@/.test(text) || /[오전후]{2}\s*\d/.test(text));
}

/** How many lines, up to three, an attribution that starts at `at` takes; 0 when none does. */
function attributionLines(pieces: readonly Piece[], at: number): number {
  for (let lines = 1; lines <= 3; lines += 1) {
    const texts = pieces.slice(at, at + lines).map(textOf);
    if (texts.includes('') || (lines > 1 && isAttribution(texts.slice(1).join(' ')))) return 0;
    if (isAttribution(texts.join(' '))) return lines;
  }
  return 0;
}

const headerLabel =
  /^[*\s>]*(from|sent|date|to|cc|bcc|subject|reply-to|importance|attachments|보낸\s*사람|보낸\s*이|발신(?:인|자)?|보낸\s*(?:날짜|시간|일시)|보냄|날짜|일시|받는\s*사람|받는\s*이|받은\s*날짜|수신(?:인|자)?|참조|숨은\s*참조|제목|첨부(?:\s*파일)?)\s*\*?\s*[:：]\s*\*?\s*(.*)$/i;
const fromLabel = /^(from|보낸\s*사람|보낸\s*이|발신(?:인|자)?)$/i;
const subjectLabel = /^(subject|제목)$/i;
const addressIn = /[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+/;

export type Prefix = 'reply' | 'forward' | null;
/** What a subject says the letter is. The first prefix counts. */
export function prefixOf(subject: string): Prefix {
  const first = subject.trim();
  if (/^(?:\[[^\]]{0,20}\]\s*)?(?:fwd?|전달|전송)\s*[:：\]]|^\[\s*(?:fwd?|전달)\s*[:：]?\s*\]?/i.test(first))
    return 'forward';
  return /^(?:\[[^\]]{0,20}\]\s*)?(?:re|회신|답장|답글)\s*(?:\[\d+\])?\s*[:：\]]|^\[\s*(?:re|회신|답장)/i.test(
    first,
  )
    ? 'reply'
    : null;
}

interface HeaderBlock {
  /** Index of the first line after it. */
  readonly end: number;
  readonly from: string | null;
  readonly subject: string;
}

const textOf = (piece: Piece | undefined): string =>
  piece?.kind === 'line' ? piece.text.replace(/^[>\s]+/, '').trim() : '';

/** A block of From/Sent/To/Subject lines that starts at `at`: its own sender and at least one line more, or an address. */
function headerBlockAt(pieces: readonly Piece[], at: number): HeaderBlock | null {
  const labelAt = (index: number) => {
    const match = headerLabel.exec(textOf(pieces[index]).slice(0, 1000));
    return match && { label: (match[1] ?? '').trim(), value: (match[2] ?? '').trim() };
  };
  const first = labelAt(at);
  if (!first) return null;
  const found = [first];
  let end = at + 1;
  for (let index = end; index < pieces.length && index < end + 2 && found.length < 12; index += 1) {
    const next = labelAt(index);
    if (!next) continue;
    if (found.some(({ label }) => fromLabel.test(label) && fromLabel.test(next.label))) break;
    found.push(next);
    end = index + 1;
  }
  const sender = found.find(({ label }) => fromLabel.test(label))?.value;
  if (sender === undefined) return null;
  const isSender = fromLabel.test(first.label);
  const senderLine = [sender, textOf(pieces[at + 1])].map((text) => addressIn.exec(text)?.[0]);
  const from = senderLine[0] ?? (isSender ? (senderLine[1] ?? null) : null);
  const enough = isSender
    ? found.length >= 3 || (from !== null && found.length >= 2) || senderLine[0] !== undefined
    : found.length >= 3;
  if (!enough) return null;
  return {
    end,
    from: from?.toLowerCase() ?? null,
    subject: found.find(({ label }) => subjectLabel.test(label))?.value ?? '',
  };
}

interface Boundary {
  readonly means: 'history' | 'forward';
  readonly end: number;
  readonly from: string | null;
  readonly subject: string;
  /** Replies that quote with `>` may go on below the quotation. */
  readonly mayGoOn: boolean;
}

/** The next piece that is not an empty line, among the next few. */
function nextFilled(pieces: readonly Piece[], from: number): number {
  let at = from;
  while (at < pieces.length && at < from + 5 && pieces[at]?.kind === 'line' && textOf(pieces[at]) === '')
    at += 1;
  return at;
}

const isQuoted = (piece: Piece | undefined): boolean =>
  piece !== undefined && (piece.quoted || (piece.kind === 'line' && /^\s*>/.test(piece.text)));

/** What begins at `at`, if anything does. `prefix` is that of the subject the text stands under. */
function boundaryAt(pieces: readonly Piece[], at: number, prefix: Prefix, answers: boolean): Boundary | null {
  const text = textOf(pieces[at]);
  if (text === '' || text.length > 1000) return null;
  if (forwardMarker.test(text)) {
    const block = headerBlockAt(pieces, nextFilled(pieces, at + 1));
    const end = block?.end ?? at + 1;
    return {
      means: 'forward',
      end,
      from: block?.from ?? null,
      subject: block?.subject ?? '',
      mayGoOn: false,
    };
  }
  const ambiguous = prefix === 'forward' || (prefix === null && !answers) ? 'forward' : 'history';
  if (originalMarker.test(text) || separator.test(text)) {
    const block = headerBlockAt(pieces, nextFilled(pieces, at + 1));
    if (separator.test(text) && !block) return null;
    const end = block?.end ?? at + 1;
    return {
      means: ambiguous,
      end,
      from: block?.from ?? null,
      subject: block?.subject ?? '',
      mayGoOn: false,
    };
  }
  const block = headerBlockAt(pieces, at);
  if (block) return { means: ambiguous, ...block, mayGoOn: false };
  const lines = attributionLines(pieces, at);
  if (lines === 0) return null;
  const mayGoOn = isQuoted(pieces[nextFilled(pieces, at + lines)]);
  return { means: 'history', end: at + lines, from: null, subject: '', mayGoOn };
}

const unquoted = (piece: Piece): Piece =>
  piece.kind === 'line' ? line(piece.text.replace(/^\s*>[ ]?/, '')) : { ...piece, quoted: false };

/** A forwarded message whose every line is quoted (Apple Mail, some phones) is quoted for its looks only. */
function withoutLookOfQuote(pieces: readonly Piece[]): readonly Piece[] {
  const filled = pieces.filter((piece) => piece.kind === 'table' || piece.text.trim() !== '');
  const quoted = filled.filter(isQuoted).length;
  return quoted > 0 && quoted * 10 >= filled.length * 8 ? pieces.map(unquoted) : pieces;
}

const sentFromPhone =
  /^(sent from my .{1,40}|sent from outlook.{0,40}|get outlook for .{1,40}|나의 .{1,30}에서 보냄\.?|(내|제) .{1,20}에서 보냄\.?|.{1,30}(?:에서|으로) (?:보냈습니다|보낸 메일입니다|보냄)\.?)$/i;

/** What companies have their servers write under every letter. */
const disclaimer =
  /지정된\s?수신인|수신인만을|영업비밀|법적인?\s?책임|무단\s?(?:으로\s?)?(?:복사|배포|전재)|잘못\s?(?:수신|전송|송신)|confidential|intended\s?recipient/i;
const isDisclaimer = (text: string): boolean =>
  text.length > 40 && !labelled.test(text) && disclaimer.test(text);

const closing =
  /(감사합니다|감사드립니다|고맙습니다|수고하세요|드림|올림|배상|regards|sincerely|thank you)\s*[.!~^]*\s*$/i;
const divider = /^[\s]*[-=_*~─━―—▬■□◆◇·.]{5,}[\s]*$/;
const shortContact =
  /^(?:\(?(?:t|m|f|e|h|a|p|c|h\.p|hp|tel|mobile|phone|cell|fax|e-?mail|mail|web|homepage|address|add|office)\)?\s*[.:：|)]|(?:tel|mobile|fax|e-?mail)\b)\s*\S|^(?:www\.|https?:\/\/)\S+$|^\S+@\S+\.\S+$|\|\s*(?:[tmfeha]|tel|fax|mobile)[\s.:]/i;
const longContact =
  /^(?:전화|휴대폰|핸드폰|휴대전화|팩스|이메일|메일|주소|대표전화|직통|홈페이지|연락처)\s*[.:：]\s*\S/;
const labelled = /^[^:：]{1,20}\s*[:：]\s*\S/;

/** Whether the lines under a closing are a signature: clear contact marks, and no label that could be data. */
function isSignature(lines: readonly string[]): boolean {
  const filled = lines.map((text) => text.trim()).filter((text) => text !== '');
  const contacts = filled.filter((text) => shortContact.test(text));
  const known = (text: string) => shortContact.test(text) || longContact.test(text);
  if (filled.length > 15 || filled.some((text) => labelled.test(text) && !known(text))) return false;
  // Thanks come first in some letters: what stands before the next ones is what the letter says.
  const next = filled.findIndex((text) => closing.test(text.slice(-200)));
  if (filled.slice(0, Math.max(0, next)).filter((text) => !known(text)).length >= 3) return false;
  const hasDivider = filled.slice(0, 4).some((text) => divider.test(text));
  return contacts.length >= 2 || (hasDivider && filled.some(known));
}

/** Lines under a divider at the very end that are a visiting card: two marks of how to reach somebody. */
const isCard = (lines: readonly string[]): boolean =>
  lines.filter((text) => shortContact.test(text.trim())).length >= 2 && isSignature(lines);

function signatureStart(pieces: readonly Piece[]): number {
  const lastTable = pieces.findLastIndex(({ kind }) => kind === 'table');
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (piece?.kind !== 'line') continue;
    if (piece.text === '-- ') return at;
    if (at < lastTable || pieces.length - at > 60) continue;
    const below = () => pieces.slice(at + 1).map(textOf);
    if (piece.text.trim() === '--' && isSignature(['-----', ...below()])) return at;
    if (closing.test(piece.text.slice(-200)) && isSignature(below())) return at + 1;
    if (divider.test(piece.text) && isCard(below())) return at;
  }
  return pieces.length;
}

/** Without signature, and without quotations where `>` and indentation mean that. */
function spoken(pieces: readonly Piece[], quotes: boolean): Piece[] {
  const own = quotes ? pieces.filter((piece) => !isQuoted(piece)) : pieces.map(unquoted);
  const said = own
    .slice(0, signatureStart(own))
    .filter(
      (piece) =>
        piece.kind === 'table' || !(sentFromPhone.test(piece.text.trim()) || isDisclaimer(piece.text.trim())),
    );
  const last = said.findLastIndex((piece) => piece.kind === 'table' || /[^\s_=*─━―—-]/.test(piece.text));
  return said.slice(0, last + 1);
}

/** Some web mails set the header of what they hand on in a table. */
function headerTableAsLines(piece: Piece): Piece[] {
  if (piece.kind === 'line' || piece.rows.length > 12) return [piece];
  const written = piece.rows.map(
    ([label = '', value = '']) => `${label.replace(/\s*[:：]\s*$/, '')}: ${value}`,
  );
  const labels = written.flatMap((text) => headerLabel.exec(text)?.[1]?.trim() ?? []);
  const isHeader =
    labels.length >= 2 && labels.length === written.length && labels.some((label) => fromLabel.test(label));
  return isHeader ? written.map((text) => line(text, piece.quoted)) : [piece];
}

const deepest = 20;

/**
 * Parts the pieces of a letter. `answers`: it has an In-Reply-To header. Forwarded messages are read the same way,
 * under their own subject, as they may themselves quote or forward.
 */
export function separate(pieces: readonly Piece[], subject: string, answers: boolean): Said {
  return separated(pieces.flatMap(headerTableAsLines), subject, answers, 0);
}

function separated(pieces: readonly Piece[], subject: string, answers: boolean, depth: number): Said {
  const prefix = prefixOf(subject);
  for (let at = 0; at < pieces.length && depth < deepest; at += 1) {
    const boundary = isQuoted(pieces[at]) ? null : boundaryAt(pieces, at, prefix, answers);
    if (!boundary) continue;
    const own = spoken(pieces.slice(0, at), true);
    const rest = pieces.slice(boundary.end);
    if (boundary.means === 'history') {
      if (!boundary.mayGoOn) return { own, forwarded: [], forwardedFrom: null };
      const later = separated(rest, subject, true, depth + 1);
      return { ...later, own: [...own, ...later.own] };
    }
    const inner = separated(withoutLookOfQuote(rest), boundary.subject, false, depth + 1);
    return {
      own,
      forwarded: [line(boundary.subject), ...inner.own, ...inner.forwarded],
      forwardedFrom: inner.forwardedFrom ?? boundary.from,
    };
  }
  const quotes = answers || prefix === 'reply';
  return { own: spoken(pieces, quotes), forwarded: [], forwardedFrom: null };
}
