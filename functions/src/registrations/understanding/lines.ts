/**
 * From text to pieces: `label: value` pairs, headings of sections, and prose. Says nothing about what a value means.
 * Takes time linear in the length of the text: every line looks at a bounded number of separators.
 */
import { tidy } from '../../kernel/korean.ts';
import type { Source } from '../../mail/message.ts';
import { clinicsIn } from './clinics.ts';
import { isContactLabel, isDayLabel, isKnownLabel, type LabelledKind } from './labels.ts';
import { bullet, courtesy, fieldsOf, isSentence, pairsOfLine, plainLength, type Told } from './linePairs.ts';
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

const asked =
  /^(.{2,24}?)(?:을|를|은|는|이|가)?\s(?:무엇|어떻게|어디|언제|몇|(?:적어|기재해|기입해|입력해|작성해|알려|말씀해|써)\s?주)[^:]{0,20}$/;

/** A label alone on its line, or asked for there: `Q1. 병원명을 적어주세요.` Its value comes below. */
function bareLabel(line: string): string | null {
  const words = line
    .replace(bullet, '')
    .replace(/\s?[:=]$/, '')
    .replace(/^[[【<]\s?|\s?[\]】>]$/g, '');
  const label = words.length <= 20 && plainLength(words) >= 2 ? words : asked.exec(words)?.[1];
  return label !== undefined && plainLength(label) >= 2 ? label : null;
}

/** Prices alone on a line, under a line that is nothing but what they are for. */
function isTitled({ pieces }: Reader, line: string): boolean {
  const above = pieces.at(-1);
  if (line.length > 120 || above?.type !== 'prose' || !pricesIn(line) || courtesy.test(line)) return false;
  const { text } = above;
  const isName = text.length >= 2 && text.length <= 40 && !isSentence(text) && !courtesy.test(text);
  return isName && clinicsIn(text).length === 0 && !/[:~]/.test(text);
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
  const alone = lastPair && reader.bare ? null : bareLabel(line);
  if (alone !== null) {
    pieces.push({ type: 'pair', label: alone, value: '', source, firm: true });
    reader.open = true;
    reader.bare = true;
    return;
  }
  if (isTitled(reader, line)) {
    const title = pieces.pop();
    const value = title?.type === 'prose' ? title.text : '';
    pieces.push({ type: 'pair', label: null, field: 'title', value, source, firm: false });
    pieces.push({ type: 'pair', label: null, field: 'prices', value: line, source, firm: false });
    reader.open = false;
    return;
  }
  if (lastPair && continues(lastPair, line)) {
    append(reader, lastPair, line.replace(/^(?:[-·•*]|A\d{0,2}\s?[.):])\s+/, ''));
    return;
  }
  reader.open = false;
  pieces.push({ type: 'prose', text: line, source });
}

/** `[박실장] [오전 10:21] …` and `2026년 11월 12일 오후 3:20, 박실장 : …`: who said it and when, copied from a messenger. */
const saidInChat =
  /^\s*(?:\[[^\]\n]{1,30}\]\s?\[(?:오전|오후|AM|PM)\s?\d{1,2}:\d{2}\]|(?:\d{4}년 \d{1,2}월 \d{1,2}일 )?(?:오전|오후)\s?\d{1,2}:\d{2},\s?[^:\n]{1,30}\s:)\s*/;

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
    for (const line of inPieces(raw.replace(saidInChat, ''))) readLine(reader, line, source);
  return reader.pieces;
}
