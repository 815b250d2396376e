/**
 * Gathers what is said of each field of one hospital, doctor or event, and settles what counts: a label outweighs a
 * sentence, a sentence a pattern; two different values of the same weight are a contradiction.
 */
import { tidy } from '../../kernel/korean.ts';
import { fieldNames } from '../fieldNames.ts';
import type { Problem, Reading } from '../schema.ts';
import type { Draft } from './drafts.ts';
import { pairsInProse } from './freeText.ts';
import { fieldOf, isDayLabel, isDroppedLabel, isWeakLabel, type LabelledKind } from './labels.ts';
import { pairsOfLine } from './linePairs.ts';
import type { Pair, Piece, Prose } from './lines.ts';
import type { DayContext } from './offerValues.ts';
import type { Value } from './values.ts';
import * as values from './values.ts';

export interface Context {
  readonly days: DayContext;
  readonly subject: string;
}

/** Nobody says one thing more often; what does is no form. */
const maxPairs = 100;
const ofAll = new Set(['businessNumber', 'hospitalName', 'period', 'target']);
/** A preface to hundreds of rows is read for each of them. */
export const maxCommon = 200;

const quote = (words: string) => `"${tidy(words).slice(0, 60)}"`;
const notNested = new Set([
  'hours',
  'career',
  'target',
  'scope',
  'sideEffects',
  'title',
  'category',
  'focus',
  'adReviewNumber',
]);

/** `라온의원 (사업자번호 120-81-47521)` is two pairs. */
function unnest(kind: LabelledKind, pair: Pair): Pair[] {
  const field = pair.label === null ? null : fieldOf(kind, pair.label);
  if (field === null || notNested.has(field) || !/[([]/.test(pair.value)) return [pair];
  const nested: Pair[] = [];
  const value = pair.value.replace(/\(([^()]{3,80})\)/g, (whole, inner: string) => {
    let found = false;
    if (field === 'hospitalName' && bareNumber.test(inner)) {
      nested.push({ ...pair, label: null, field: 'businessNumber', value: inner, firm: false });
      found = true;
    }
    for (const [label, said, firm] of pairsOfLine(inner)) {
      if (label === null || !fieldOf(kind, label) || isDayLabel(label)) continue;
      nested.push({ ...pair, label, value: said, firm });
      found = true;
    }
    return found ? ' ' : whole;
  });
  return [{ ...pair, value: value.trim() }, ...nested];
}

const bareNumber = /^\s?\d{3}\s?-?\s?\d{2}\s?-?\s?\d{5}\s?$/;

/** `라온의원 / 120-81-47521`: the number behind a hospital's name is its own. */
function numberBehind(kind: LabelledKind, pair: Pair): Pair[] {
  if (pair.label === null || fieldOf(kind, pair.label) !== 'hospitalName') return [];
  const value = /\s?[/|,]\s?(\d[\d\s-]{8,14}\d)$/.exec(tidy(pair.value))?.[1];
  return value && bareNumber.test(value)
    ? [{ ...pair, label: null, field: 'businessNumber', value, firm: false }]
    : [];
}

/** Fields other than ours: of a doctor or event the hospital's number and name are those it belongs to. */
const ourName = (kind: LabelledKind, field: string): string => {
  if (kind === 'hospital') return field === 'hospitalName' ? 'name' : field;
  if (field === 'businessNumber') return 'hospitalBusinessNumber';
  return field === 'specialist' ? 'isSpecialist' : field;
};

const fieldOfPair = (kind: LabelledKind, piece: Piece | undefined): string | null =>
  piece?.type === 'pair' && piece.label !== null ? fieldOf(kind, piece.label) : null;

/** `유효기간` right behind a review number is the review's, when the event's own period is said elsewhere. */
function withValidity(kind: LabelledKind, pieces: readonly Piece[]): readonly Piece[] {
  if (kind !== 'event') return pieces;
  const isValidity = (piece: Piece, at: number) =>
    piece.type === 'pair' &&
    /유효/.test(piece.label ?? '') &&
    fieldOfPair(kind, piece) === 'period' &&
    fieldOfPair(kind, pieces[at - 1]) === 'adReviewNumber';
  const hasOther = pieces.some(
    (piece, at) =>
      /^(period|startsOn|endsOn)$/.test(fieldOfPair(kind, piece) ?? '') && !isValidity(piece, at),
  );
  if (!hasOther) return pieces;
  return pieces.map((piece, at) =>
    piece.type === 'pair' && isValidity(piece, at) ? { ...piece, label: '심의 유효기간' } : piece,
  );
}

export const isProse = (piece: Piece): piece is Prose => piece.type === 'prose';

/** What stands behind a number on its line (`제23456호 / 전문의 아님`) is running text. */
function restOf(pair: Pair): Prose[] {
  const rest = /^[^/|]*\d[^/|]*\s[/|]\s(.+)$/.exec(pair.value)?.[1];
  return rest && /번호|면허/.test(pair.label ?? '')
    ? [{ type: 'prose', text: rest, source: pair.source }]
    : [];
}

interface Candidate<T> {
  readonly pair: Pair;
  readonly read: Value<T>;
}

/** Gathers what was said of each field and reads it. */
export class ItemReader {
  readonly kind: LabelledKind;
  readonly context: Context;
  readonly readings: Record<string, Reading> = {};
  readonly problems: Problem[] = [];
  readonly extra: { label: string; value: string }[] = [];
  private readonly said = new Map<string, Pair[]>();

  constructor(draft: Draft, context: Context) {
    this.kind = draft.kind;
    this.context = context;
    const own = withValidity(draft.kind, draft.pieces);
    const [told, common] = [own, draft.common.slice(0, maxCommon)].map((pieces) =>
      pieces.flatMap((piece) =>
        piece.type === 'pair' ? [...unnest(draft.kind, piece), ...numberBehind(draft.kind, piece)] : [],
      ),
    );
    const prose = [...draft.pieces.filter(isProse), ...(told ?? []).flatMap(restOf)];
    for (const pair of told ?? []) this.add(pair);
    for (const pair of common ?? []) this.addCommon(pair);
    for (const pair of pairsInProse(draft.kind, prose)) this.add(pair);
    // A greeting that covers several names their hospital, their period and whom they are for; nothing else of each.
    for (const pair of pairsInProse(draft.kind, draft.common.slice(0, maxCommon).filter(isProse)))
      if (ofAll.has(pair.field ?? '')) this.addCommon(pair);
  }

  private add(pair: Pair): void {
    if (pair.value === '' || (pair.label !== null && isDroppedLabel(pair.label))) return;
    const field = pair.field ?? (pair.label === null ? null : fieldOf(this.kind, pair.label));
    const keeps = field === 'specialist' || field === 'vat';
    if (!keeps && values.isNothing(pair.value)) return;
    if (field !== null && !(field === 'homepage' && this.kind !== 'hospital')) this.keep(field, pair);
    else if (pair.label !== null) this.addExtra(pair.label, pair.value);
  }

  private keep(field: string, pair: Pair): void {
    const pairs = this.said.get(field);
    if (!pairs) this.said.set(field, [pair]);
    else if (pairs.length < maxPairs) pairs.push(pair);
    else if (pair.label !== null) this.addExtra(pair.label, pair.value);
  }

  /** What was said of all stands back behind what is said of this one. */
  private addCommon(pair: Pair): void {
    const field = pair.field ?? (pair.label === null ? null : fieldOf(this.kind, pair.label));
    // The number said of all is the hospital's, not each doctor's.
    const isTheirs = field === 'phone' && this.kind !== 'hospital';
    if (!isTheirs && (field === null || !this.said.has(field))) this.add(pair);
  }

  addExtra(label: string, value: string): void {
    if (this.extra.length < 60) this.extra.push({ label: label.slice(0, 60), value: value.slice(0, 500) });
  }

  /** Lets a field be read from these pairs alone. */
  only(field: string, pairs: readonly Pair[]): void {
    if (pairs.length > 0) this.said.set(field, [...pairs]);
  }

  pairs(field: string): readonly Pair[] {
    return this.said.get(field) ?? [];
  }

  problem(field: string, reason: string, why: string, raw: string): void {
    const name = fieldNames[field] ?? field;
    const message = `${name}: ${why}: ${quote(raw)}`;
    if (!this.problems.some((known) => known.field === field && known.reason === reason))
      this.problems.push({ field, reason, message });
  }

  /** Notes what a pair was read as. */
  note<T>(field: string, pair: Pair, read: Value<T>): T | null {
    this.readings[field] = {
      value: read.value,
      raw: tidy(pair.value).slice(0, 200),
      label: pair.label,
      source: pair.source,
      confidence: pair.firm && pair.label !== null && read.sure && read.value !== null ? 'high' : 'low',
    };
    if (read.reason) this.problem(field, read.reason, read.why ?? '값을 읽을 수 없습니다', pair.value);
    return read.value;
  }

  /** Reads a field said once, or several times alike. */
  take<T>(field: string, read: (value: string, pair: Pair) => Value<T>): T | null {
    const candidates = this.pairs(field).map((pair) => ({ pair, read: read(pair.value, pair) }));
    const best = this.best(field, candidates);
    return best ? this.note(ourName(this.kind, field), best.pair, best.read) : null;
  }

  private best<T>(field: string, all: readonly Candidate<T>[]): Candidate<T> | null {
    const rank = ({ pair, read }: Candidate<T>) =>
      (read.value === null ? 8 : 0) +
      (pair.label === null ? 4 : 0) +
      (pair.firm ? 0 : 2) +
      (pair.label !== null && isWeakLabel(pair.label) ? 1 : 0);
    const ranked = all
      .filter(({ read }) => read.value !== null || read.reason)
      .toSorted((a, b) => rank(a) - rank(b));
    const [best, ...others] = ranked;
    if (!best || best.read.value === null) return best ?? null;
    const key = JSON.stringify(best.read.value);
    const different = others.filter(({ read }) => read.value !== null && JSON.stringify(read.value) !== key);
    const isLesser = (one: Candidate<T>) => one.pair.label === null || rank(one) % 2 > rank(best) % 2;
    for (const { pair } of different.filter(isLesser)) if (pair.label) this.addExtra(pair.label, pair.value);
    const rival = different.find((one) => !isLesser(one));
    if (!rival) return best;
    const both = [best, rival].map(({ pair }) => tidy(pair.value).slice(0, 28)).join('", "');
    this.problem(ourName(this.kind, field), 'CONFLICT', '서로 다른 값이 적혀 있습니다', both);
    return { pair: best.pair, read: { value: best.read.value, sure: false } };
  }

  /** Reads a field whose parts may stand under several labels; they are joined. */
  takeAll<T>(
    field: string,
    read: (value: string) => Value<T>,
    sources: readonly string[] = [field],
  ): T | null {
    const said = sources.flatMap((source) => this.pairs(source));
    const pairs = said.some(({ firm }) => firm) ? said.filter(({ firm }) => firm) : said;
    const [first] = pairs;
    if (!first) return null;
    const value = [...new Set(pairs.map((pair) => pair.value))].join('\n');
    const asWritten = { ...first, value: value.slice(0, 4_000), firm: pairs.every(({ firm }) => firm) };
    return this.note(field, asWritten, read(asWritten.value));
  }
}
