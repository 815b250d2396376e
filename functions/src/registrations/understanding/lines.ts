/**
 * From text to pieces: `label: value` pairs, headings of sections, and prose. Says nothing about what a value means.
 * Takes time linear in the length of the text: every line looks at a bounded number of separators.
 */
import { tidy } from '../../kernel/korean.ts';
import type { Source } from '../../mail/message.ts';
import {
  canonical,
  fieldOf,
  isContactLabel,
  isDayLabel,
  isKnownLabel,
  isPlainLabel,
  isWeakLabel,
  type LabelledKind,
} from './labels.ts';
import { pricesIn } from './offerValues.ts';
import { readPerson, titledNames } from './people.ts';

export interface Pair {
  readonly type: 'pair';
  /** As written; null when nothing but the words themselves say what it is. */
  readonly label: string | null;
  readonly value: string;
  readonly source: Source;
  /** False for what a sentence says, or a line that only looks like a label and its value. */
  readonly firm: boolean;
  /** Field of a pair without label. */
  readonly field?: string;
}
export interface Heading {
  readonly type: 'heading';
  readonly kind: LabelledKind;
}
export interface Prose {
  readonly type: 'prose';
  readonly text: string;
  readonly source: Source;
}
export type Piece = Pair | Heading | Prose;

const bullet =
  /^(?:[\s■□▶▷►▸●○◆◇◈◎★☆※*·•∙‣✓✔☞👉→📌🏥#>\-–—]+|\(?\d{1,2}[.)](?!\d)|[①-⑳]|[가나다라마바사아자차카타파하][.)](?=\s))\s*/u;
const courtesy =
  /감사합|감사드|부탁\s?드|부탁해|안녕하|안녕히|드림$|올림$|배상$|첨부\s?(합|드|하였|했|$)|보내\s?드|보냅니다|확인\s?(바랍|부탁|해)|문의\s?(주|바랍)|연락\s?(주|바랍|드)|수고하|신청\s?(합니다|드립니다)|요청\s?(합니다|드립니다)|에서 보냄$/;

const sectionKinds: readonly [LabelledKind, string][] = [
  ['hospital', '병원|의원|의료기관|기관|클리닉'],
  ['doctor', '의사|의료진|원장|원장님|전문의|닥터|대표원장'],
  ['event', '이벤트|행사|프로모션'],
];
const headings = sectionKinds.map(
  ([kind, words]) =>
    [
      kind,
      new RegExp(
        `^(?:제?\\s?\\d{1,2}\\s?[.)번]?\\s?|[①-⑳IVX]{1,3}\\.?\\s?|(?:첫|두|세|네)\\s?번째\\s)?(?:신규\\s|소속\\s|추가\\s|진행\\s)?(?:${words})\\s?(?:기본\\s?)?(?:정보|등록|안내|소개|현황|목록|리스트|내용|신청|등록\\s?정보|상세)?\\s?(?:#?\\s?\\d{1,2}|[①-⑳A-Z]|[일이삼사오])?$`,
      ),
    ] as const,
);

/** The kind a line announces as a heading: `--- 의사 1 ---`, `[이벤트 2]`, `1. 병원 정보`. */
export function headingOf(line: string): LabelledKind | null {
  if (line.length > 40) return null;
  const words = tidy(line.replace(/^[^\p{L}\p{N}①-⑳]+|[^\p{L}\p{N}①-⑳]+$/gu, ''));
  return headings.find(([, form]) => form.test(words))?.[0] ?? null;
}

const boundary = /[\s/|,;·•(、[\]】>]/;
const maxSeparators = 40;

interface Cut {
  readonly labelAt: number;
  readonly valueAt: number;
  readonly label: string;
}

/** The longest known label that ends right before `end`, not reaching before `from`. */
function labelBefore(line: string, from: number, end: number): { at: number; label: string } | null {
  for (let at = Math.max(from, end - 26); at < end; at += 1) {
    if (at > from && !boundary.test(line[at - 1] ?? '')) continue;
    const label = line.slice(at, end).trim();
    if (label !== '' && !/^[\s/|,;·]/.test(line.slice(at, end)) && isKnownLabel(label)) return { at, label };
  }
  return null;
}

const isTime = (line: string, at: number) =>
  /\d\s?$/.test(line.slice(Math.max(0, at - 3), at)) && /^\s?\d{2}(?!\d)/.test(line.slice(at + 1, at + 5));

/** A colon-separated label nobody has told us of. */
function unknownLabel(words: string): string | null {
  const label = tidy(words);
  const fits =
    label.length >= 1 && label.length <= 20 && /^[\p{L}(]/u.test(label) && !/[.?!~,;]$/.test(label);
  return fits && !/^(https?|re|fw|fwd|ps|p\.s)$/i.test(label) && !/[?!~]|니다|세요|어요/.test(label)
    ? label
    : null;
}

/** Where labels and their values begin in a line. */
function cutsOf(line: string): Cut[] {
  const cuts: Cut[] = [];
  let from = 0;
  let seen = 0;
  for (const match of line.matchAll(/[:=]/g)) {
    seen += 1;
    if (seen > maxSeparators) break;
    const end = match.index;
    const found = labelBefore(line, from, end);
    if (isTime(line, end) && !(found && /[^\d]$/.test(found.label))) continue;
    if (found) cuts.push({ labelAt: found.at, valueAt: end + 1, label: found.label });
    else if (match[0] === ':' && !/^\/\/|^\d/.test(line.slice(end + 1, end + 3))) {
      const delimiter =
        cuts.length > 0 ? Math.max(...[' / ', ' | ', '; '].map((d) => line.lastIndexOf(d, end))) : 0;
      const at = cuts.length > 0 ? delimiter + 3 : 0;
      if (cuts.length > 0 && delimiter < from) continue;
      const label = unknownLabel(line.slice(at, end));
      if (label === null) continue;
      cuts.push({ labelAt: at, valueAt: end + 1, label });
    } else continue;
    from = end + 1;
  }
  return cuts;
}

const trimValue = (value: string) =>
  value
    .replace(/^[\s:=\-–—→]+(?=\S)(?<![-–—]\d)/, '')
    .replace(/[\s/|,;·([]+$/, '')
    .trim();

/** `field` says what a value without label is. */
type Told = readonly [label: string | null, value: string, firm: boolean, field?: string];

const bracketed = /^[[【<〔「『]\s?([^\]】>〕」』]{1,20}?)\s?[\]】>〕」』]\s*[:=]?\s*(.*)$/;
const dashed = /^(.{1,20}?)\s*(?:[-–—→|]|\.{2,}|…)\s+(\S.*)$/;
const selfEvident = new Set(
  'businessNumber licenceNumber specialistNumber careInstitutionNumber phone zip period priceBefore priceAfter startsOn endsOn adReviewNumber homepage hours discount'.split(
    ' ',
  ),
);
/** What the value of a field must look like to be believed when only a space parts it from its label. */
const looksLike: Readonly<Record<string, (value: string) => boolean>> = {
  name: (value) => readPerson(value) !== null,
  representative: (value) => readPerson(value) !== null,
  hospitalName: (value) => /^[^\s]{2,}(\s\S+)?(의원|병원|클리닉)$/.test(value),
  type: (value) => /^(의원|병원|종합병원|상급종합병원|치과의원|치과병원|한의원|한방병원)$/.test(value),
  departments: (value) => /^[가-힣]+과([\s,/·]+[가-힣]+과)*$/.test(value),
  address: (value) => /[로길동리가]\s?\d/.test(value),
};
const fieldsOf = (label: string) =>
  (['hospital', 'doctor', 'event'] as const).flatMap((kind) => fieldOf(kind, label) ?? []);
const isSentence = (words: string) => /(다|요|죠|까|세요|니다)[.!?~\s]*$/.test(words);

/** `사업자등록번호 120-81-47521`, `■ 병원명 라온의원`: a label and a value with nothing but a space between them. */
function spacedPair(line: string, hadBullet: boolean): Told | null {
  for (let at = Math.min(line.length - 1, 20); at > 0; at -= 1) {
    if (line[at] !== ' ') continue;
    const label = line.slice(0, at);
    if (plainLength(label) < 2 || !isKnownLabel(label)) continue;
    const value = line.slice(at + 1).trim();
    const fields = fieldsOf(label);
    const isNumber = /^[제₩+(]*\s?\d/.test(value) && !(isSentence(value) && value.length > 25);
    if (isNumber && fields.some((field) => selfEvident.has(field)))
      return [withoutParticle(label), value, !isSentence(value)];
    if (isSentence(value) || value.length > 80 || isDayLabel(label) || isWeakLabel(label)) return null;
    if (hadBullet) return [label, value, true];
    return fields.some((field) => looksLike[field]?.(value)) ? [label, value, false] : null;
  }
  return null;
}
const withoutParticle = (label: string) => {
  const bare = label.replace(/(은|는|이|가)$/, '');
  return canonical(label) === canonical(bare) ? bare : label;
};

const statement = /^(.{2,16}?)(?:은|는|이|가)\s(.{1,60}?)\s?(?:입니다|이에요|예요|에요|임)[.!]?$/;

/** A line that is nothing but `병원명은 라온의원입니다`. */
function statedPair(line: string): Told | null {
  const [, label = '', value = ''] = statement.exec(line) ?? [];
  const isOne = isPlainLabel(label) && !/[,:]|이고\s|이며\s|이구\s|고요\s/.test(value);
  return isOne ? [label, value, true] : null;
}

/** Parts of `1) 김라온 원장 / 면허번호 12345 / 성형외과 전문의(제4567호)`; none when no part has a label. */
function partsOfLine(line: string): Told[] {
  const parts = line.split(/\s[/|]\s/).slice(0, maxSeparators);
  if (parts.length < 2) return [];
  const told = parts.map((part, index): Told | null => {
    const pair = spacedPair(part, false);
    if (pair) return pair;
    if (index === 0 && titledNames(part).length === 1 && readPerson(part)) return [null, part, false, 'name'];
    return /전문의|일반의/.test(part) ? ['전문의', part, false] : null;
  });
  return told.some((one) => one?.[0]) ? told.filter((one) => one !== null) : [];
}

const firstPrice = /\s*[:,(]?\s*(?:정상가|정가|기존가?)?\s*[₩￦]?\s?\d[\d,.]*\s?(?:만|천)?\s?\d*\s?천?\s?원/;

/** `1. 울쎄라 300샷 99만원 → 79만원`: an offer on one line. */
function offerOf(line: string): Told[] {
  const at = line.length <= 200 && pricesIn(line) ? line.search(firstPrice) : -1;
  const title = at > 1 ? line.slice(0, at).replace(/[\s:,(–-]+$/, '') : '';
  if (title.length < 2 || title.length > 60 || isSentence(title) || courtesy.test(line)) return [];
  return [
    [null, title, false, 'title'],
    [null, line.slice(at).trim(), false, 'prices'],
  ];
}
const plainLength = (label: string) => (canonical(label) ?? '').length;

/** Label and value of a line, or several of them; none when it is prose. */
export function pairsOfLine(raw: string): Told[] {
  const spread = raw.split(/\t+| {3,}/).map(tidy);
  const cells = spread.filter((cell) => cell !== '');
  const [first = '', second = ''] = cells;
  if (cells.length >= 2 && !/[:=]/.test(first) && isKnownLabel(first) && !isKnownLabel(second))
    return cellPairs(cells);
  const tidied = tidy(raw);
  const framed = bracketed.exec(tidied);
  if (framed?.[1] && isKnownLabel(framed[1]) && (framed[2] ?? '') !== '')
    return [[framed[1], framed[2] ?? '', true]];
  const line = tidied.replace(bullet, '').replace(bullet, '');
  const cuts = cutsOf(line);
  if (cuts.length > 0) {
    return cuts.map((cut, index) => {
      const value = line.slice(cut.valueAt, cuts[index + 1]?.labelAt ?? line.length);
      // `담당자: 박실장 / 연락처: 010-…` is the contact's number, not the hospital's.
      const isContacts =
        isContactLabel(cuts[index - 1]?.label ?? '') && fieldOf('hospital', cut.label) === 'phone';
      return [isContacts ? `담당자 ${cut.label}` : cut.label, trimValue(value), true] as const;
    });
  }
  const dash = dashed.exec(line);
  if (dash?.[1] && isKnownLabel(dash[1]) && dash[2]) return [[dash[1], dash[2].trim(), true]];
  const parts = partsOfLine(line);
  if (parts.length > 0) return parts;
  const one = statedPair(line) ?? spacedPair(line, line !== tidied);
  return one ? [one] : offerOf(line);
}

/** `label value label value …` as cells of one line or table row. */
function cellPairs(cells: readonly string[]): Told[] {
  const told: Told[] = [];
  for (const cell of cells) {
    const last = told.at(-1);
    if (isKnownLabel(cell)) told.push([cell, '', true]);
    else if (last) told[told.length - 1] = [last[0], `${last[1]} ${cell}`.trim(), true];
  }
  return told.map(([label, value, firm]) => [label, value.replace(/^[:=]\s*/, ''), firm]);
}

const free = new Set(['career', 'target', 'scope', 'sideEffects', 'focus']);

/** Whether a line without label goes on with the value above it. */
function continues(pair: Pair, line: string): boolean {
  if (/^※/.test(line) || courtesy.test(line) || pair.value.length > 4_000) return false;
  if (pair.value === '') return true;
  const fields = pair.label === null ? [] : fieldsOf(pair.label);
  if (fields.length === 0 || fields.some((field) => free.has(field))) return true;
  if (fields.includes('hours')) return /\d|휴[진무]|[월화수목금토일]요일|평일|공휴일/.test(line);
  if (fields.includes('departments')) return /과(?=[\s,/·]|$)/.test(line) && !isSentence(line);
  if (fields.includes('address')) return /^\(/.test(line) || !/[로길동리가]\s?\d/.test(pair.value);
  return false;
}

/** Colons within a value are no labels: `평일(월~금): 10:00~19:00` of hours, `가나대학교: 졸업` of a career. */
function goesOn(pair: Pair, told: readonly Told[]): boolean {
  const [label] = told[0] ?? [];
  if (!label || isKnownLabel(label) || pair.label === null) return false;
  const fields = fieldsOf(pair.label);
  if (fields.includes('hours')) return /[월화수목금토일]|평일|주말|휴/.test(label);
  return fields.includes('career') && /\d|대학|병원|의원|학회/.test(label);
}

/** A day's hours below each other (`평일: 10:00~19:00`) keep the day as part of the value. */
function pairsFrom([label, value, firm, field]: Told, source: Source): Pair[] {
  const kept = label !== null && isDayLabel(label) ? `${label} ${value}` : value;
  return unjoined({ type: 'pair', label, value: kept, source, firm, ...(field ? { field } : {}) });
}

/** `병원명/사업자번호: 라온의원 / 120-81-47521` is two pairs. */
export function unjoined(pair: Pair): Pair[] {
  const labels = pair.label?.includes('/') ? pair.label.split('/').map((label) => label.trim()) : [];
  const values = labels.length > 1 ? pair.value.split(/\s?\/\s?/) : [];
  const fields = labels.map((label) => fieldsOf(label).join());
  const isJoined =
    values.length === labels.length && labels.every(isKnownLabel) && !labels.some(isContactLabel);
  if (labels.length < 2 || !isJoined || new Set(fields).size < labels.length) return [pair];
  return labels.map((label, at) => ({ ...pair, label, value: values[at] ?? '' }));
}

/** A line that is nothing but a doctor's name and title: `김라온 대표원장`. */
const personOf = (line: string): string | null =>
  line.length <= 25 && titledNames(line).length === 1 && readPerson(line) ? line : null;

interface Reader {
  readonly pieces: Piece[];
  /** The pair lines may still be added to. */
  open: boolean;
  /** A label stood alone on its line; its value comes next, perhaps after an empty line. */
  bare: boolean;
}

function append(reader: Reader, pair: Pair, line: string): void {
  const value = pair.value === '' ? line : `${pair.value}\n${line}`;
  reader.pieces[reader.pieces.length - 1] = { ...pair, value };
  reader.bare = false;
}

function readLine(reader: Reader, raw: string, source: Source): void {
  const { pieces } = reader;
  const line = tidy(raw);
  if (!/[\p{L}\p{N}]/u.test(line)) {
    reader.open = reader.open && reader.bare && line === '';
    return;
  }
  const last = pieces.at(-1);
  const lastPair = reader.open && last?.type === 'pair' ? last : null;
  const heading = headingOf(line);
  const told = heading && !/[:=]\s*\S/.test(line) ? [] : pairsOfLine(raw);
  const foreign = lastPair !== null && lastPair.value !== '' && goesOn(lastPair, told);
  const isListed = /^\(?\d{1,2}[.)]\s/.test(line);
  if (told.length > 0 && !(foreign && !isListed && continues(lastPair, line))) {
    pieces.push(...told.flatMap((one) => pairsFrom(one, source)));
    reader.open = true;
    reader.bare = false;
    return;
  }
  const person = lastPair === null || lastPair.value !== '' ? personOf(line.replace(bullet, '')) : null;
  if (person) {
    pieces.push({ type: 'pair', label: null, field: 'name', value: person, source, firm: false });
    reader.open = false;
    return;
  }
  if (heading && !(lastPair && reader.bare)) {
    pieces.push({ type: 'heading', kind: heading });
    reader.open = false;
    return;
  }
  const alone = line
    .replace(bullet, '')
    .replace(/\s?[:=]$/, '')
    .replace(/^[[【<]\s?|\s?[\]】>]$/g, '');
  if (plainLength(alone) >= 2 && !(lastPair && reader.bare) && alone.length <= 20) {
    pieces.push({ type: 'pair', label: alone, value: '', source, firm: true });
    reader.open = true;
    reader.bare = true;
    return;
  }
  if (lastPair && continues(lastPair, line)) {
    append(reader, lastPair, line.replace(/^[-·•*]\s+/, ''));
    return;
  }
  reader.open = false;
  pieces.push({ type: 'prose', text: line, source });
}

const longestLine = 1_000;

/** A paragraph without line breaks, cut where words end. */
function inPieces(raw: string): string[] {
  if (raw.length <= longestLine) return [raw];
  return raw.match(/.{1,1000}(?=\s|$)|.{1,1000}/gs) ?? [];
}

/** The pieces of a text, in order. */
export function readLines(text: string, source: Source): Piece[] {
  const reader: Reader = { pieces: [], open: false, bare: false };
  for (const raw of text.normalize('NFC').split(/\r?\n|\r|\u2028/))
    for (const line of inPieces(raw)) readLine(reader, line, source);
  return reader.pieces;
}
