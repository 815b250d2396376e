/**
 * From what a mail says to what is to be registered. Pure, and linear in the length of the mail. One item per hospital,
 * doctor or event; every field with where it came from and how far it is believed; what was not said is absent. The
 * input must be redacted, and free of quoted history.
 */
import { koreanDayOf, tidy } from '../../kernel/korean.ts';
import type { Block, Message, TableBlock } from '../../mail/message.ts';
import type { Problem, Reading } from '../schema.ts';
import { announcesChange, readChange } from './changes.ts';
import { type Draft, draftsOf } from './drafts.ts';
import { changesIn, namedInProse } from './freeText.ts';
import { type ReadItem, readItem } from './item.ts';
import type { Context } from './itemReader.ts';
import { fieldOf, hintsOf, isDroppedLabel, kindsOf, type LabelledKind, labelledKinds } from './labels.ts';
import { type Piece, type Prose, readLines } from './lines.ts';
import { kindOfList, readTable, tablesInText } from './tables.ts';

export interface Item {
  /** Null: a change that does not say of what. */
  readonly kind: LabelledKind | null;
  /** `change`: a reply, or a mail that names fields to change. */
  readonly intent: 'register' | 'change';
  /** By our field name. */
  readonly readings: Readonly<Record<string, Reading>>;
  /** The readings' values and what follows from them (region, district), as schema.ts takes them. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Given but unreadable, or contradictory. */
  readonly problems: readonly Problem[];
  /** Labels we have no field for, for the operator. */
  readonly extra: readonly { readonly label: string; readonly value: string }[];
  /** Row of a sheet or list, from 1. */
  readonly row: number | null;
}

export type Understandable = Pick<Message, 'subject' | 'blocks' | 'forwardedFrom'> & {
  readonly sentAt?: number | null;
};

const maxItems = 200;

interface Parts {
  readonly pieces: Piece[];
  readonly lists: Draft[];
}

function takeTable(parts: Parts, table: TableBlock, subject: string): void {
  const { pieces, records } = readTable(table);
  parts.pieces.push(...pieces);
  const kind = kindOfList(records, table.name, subject);
  if (!kind) {
    for (const { pairs } of records) parts.pieces.push(...pairs);
    return;
  }
  for (const { row, pairs } of records) parts.lists.push({ kind, pieces: pairs, common: [], row });
}

function partsOf(blocks: readonly Block[], subject: string): Parts {
  const parts: Parts = { pieces: [], lists: [] };
  for (const block of blocks) {
    if (block.kind === 'table') takeTable(parts, block, subject);
    else
      for (const part of tablesInText(block.text, block.source)) {
        if (typeof part === 'string') parts.pieces.push(...readLines(part, block.source));
        else takeTable(parts, part, subject);
      }
  }
  return parts;
}

/** The only year the message itself writes out, which a date without one then belongs to. */
function yearIn(message: Understandable): number | null {
  const years = new Set<string>();
  for (const words of [message.subject, ...message.blocks.map(wordsOf)])
    for (const [, year = ''] of words
      .slice(0, 50_000)
      .matchAll(/(?<!\d)(20[2-4]\d)\s?(?:년|[.\-/]\s?\d{1,2}(?!\d))/g))
      years.add(year);
  const [year] = years;
  return years.size === 1 ? Number(year) : null;
}
const wordsOf = (block: Block): string =>
  block.kind === 'text'
    ? block.text
    : block.rows
        .slice(0, 300)
        .map((row) => row.join(' '))
        .join('\n');

const belonging = ['hospitalBusinessNumber', 'hospitalName'] as const;

interface Registered extends ReadItem {
  readonly kind: LabelledKind;
  readonly row: number | null;
}

/** The one hospital the message speaks of, as doctors and events name it. */
function hospitalOf(items: readonly Registered[]): Partial<Record<(typeof belonging)[number], Reading>> {
  const theirs = (field: (typeof belonging)[number], ofHospital: string) => {
    const readings = items.flatMap(
      ({ kind, readings }) => readings[kind === 'hospital' ? ofHospital : field] ?? [],
    );
    const [first] = readings.filter(({ value }) => value !== null);
    const isOne = new Set(readings.map(({ value }) => JSON.stringify(value))).size === 1;
    return first && isOne ? { [field]: first } : {};
  };
  return { ...theirs('hospitalBusinessNumber', 'businessNumber'), ...theirs('hospitalName', 'name') };
}

/** Doctors and events that do not say where they belong belong to the message's only hospital. */
function withHospital(items: readonly Registered[]): Registered[] {
  const hospital = hospitalOf(items);
  return items.map((item) => {
    const isOther = belonging.some((field) => {
      const own = item.readings[field];
      return own !== undefined && hospital[field] !== undefined && own.value !== hospital[field].value;
    });
    if (item.kind === 'hospital' || isOther) return item;
    const missing = Object.entries(hospital).filter(([field]) => item.readings[field] === undefined);
    const values = Object.fromEntries(missing.map(([field, { value }]) => [field, value]));
    const readings = { ...item.readings, ...Object.fromEntries(missing) };
    return { ...item, readings, fields: { ...item.fields, ...values } };
  });
}

/** What stands around lists is said of each of their rows: the hospital, VAT, a period. */
function commonOf(pieces: readonly Piece[], kind: LabelledKind): Piece[] {
  return pieces.filter(
    (piece) =>
      piece.type === 'prose' ||
      (piece.type === 'pair' &&
        piece.label !== null &&
        fieldOf(kind, piece.label) !== null &&
        !isDroppedLabel(piece.label)),
  );
}

/** The kind a message without labels asks for: its subject's, else its own words'. */
function draftOfProse(pieces: readonly Piece[], subject: string): Draft[] {
  const prose = pieces.filter((piece): piece is Prose => piece.type === 'prose');
  const words = prose
    .map(({ text }) => text)
    .join('\n')
    .slice(0, 10_000);
  const [bySubject, byWords] = [hintsOf(subject), hintsOf(words)];
  const kinds = labelledKinds.toReversed();
  const kind = kinds.find((one) => bySubject[one] === 2) ?? kinds.find((one) => byWords[one] === 2);
  const named = namedInProse(prose.slice(0, 50));
  const own = (one: LabelledKind) =>
    named.filter(({ label }) => label !== null && kindsOf(label).includes(one)).length;
  const spoken = kind ?? kinds.find((one) => own(one) + Math.min(1, bySubject[one]) >= 2 && own(one) > 0);
  return spoken ? [{ kind: spoken, pieces, common: [], row: null }] : [];
}

function draftsFrom(parts: Parts, subject: string): Draft[] {
  const running = draftsOf(parts.pieces, subject);
  if (parts.lists.length > 0) {
    const listed = new Set(parts.lists.map(({ kind }) => kind));
    const apart = running.filter(({ kind }) => !listed.has(kind));
    return [
      ...apart,
      ...parts.lists.map((draft) => ({ ...draft, common: commonOf(parts.pieces, draft.kind) })),
    ];
  }
  return running.length > 0 ? running : draftOfProse(parts.pieces, subject);
}

const asking = /등록|신청|요청|부탁|입점|게시|진행|추가|올려|접수|regist/i;
/** Of these at least one is told by whoever wants one of a kind shown without saying so. */
const proper: Readonly<Record<LabelledKind, readonly string[]>> = {
  hospital: ['name', 'businessNumber', 'careInstitutionNumber', 'representative'],
  doctor: ['licenceNumber', 'isSpecialist', 'specialistNumber', 'hospitalBusinessNumber', 'hospitalName'],
  event: ['title', 'priceBefore', 'priceAfter', 'startsOn', 'endsOn'],
};
/** Said by people who only ask something, too. */
const incidental = new Set(['phone', 'homepage', 'type']);

/**
 * An item that says nothing of what it is about is none; nor is a number to call back. Where nobody asks us for
 * anything, an offer, a complaint or an application is none either: it takes a form, or two of its kind's own labels.
 */
function saysSomething(item: Registered, asks: boolean): boolean {
  const readings = Object.entries(item.readings);
  const isSure = ([, { confidence, label }]: (typeof readings)[number]) =>
    confidence === 'high' && label !== null;
  if (asks) return readings.some((one) => isSure(one) || !incidental.has(one[0]));
  const own = readings.filter(([field, { label }]) => label !== null && proper[item.kind].includes(field));
  return own.some(isSure) || own.length >= 2;
}

function tooMany(left: number): Problem {
  return {
    field: 'kind',
    reason: 'TOO_MANY_ITEMS',
    message: `한 메일에서 ${maxItems}건까지만 읽었습니다. 나머지 ${left}건은 원본을 확인해 주세요`,
  };
}

/** What a message asks to be registered or changed; empty when it asks for neither. */
export function understand(message: Understandable): Item[] {
  const subject = tidy(message.subject).slice(0, 300);
  const forwards = message.blocks.some(({ source }) => source === 'forwarded');
  const parts = partsOf(message.blocks, subject);
  const sentOn = typeof message.sentAt === 'number' ? koreanDayOf(message.sentAt) : null;
  const context: Context = { days: { year: yearIn(message), sentOn }, subject };
  const pieces = forwards
    ? parts.pieces.filter((piece) => piece.type !== 'prose' || piece.source !== 'body')
    : parts.pieces;
  const change = (): Item => ({
    ...readChange(parts.pieces, parts.lists, context),
    ...{ intent: 'change', row: null },
  });
  if (announcesChange(subject)) return [change()];
  const drafts = draftsFrom({ pieces, lists: parts.lists }, subject);
  const changes =
    drafts.length === 0 ? changesIn(pieces.filter((piece): piece is Prose => piece.type === 'prose')) : [];
  if (changes.length > 0) return [change()];
  const read = drafts
    .slice(0, maxItems)
    .map(
      (draft): Registered => ({ kind: draft.kind, row: draft.row, ...readItem(draft, 'register', context) }),
    );
  const left = drafts.length - maxItems;
  const asks = asking.test([subject, ...message.blocks.slice(0, 5).map(wordsOf)].join('\n').slice(0, 20_000));
  const items = withHospital(read.filter((item) => saysSomething(item, asks)));
  return items.map((item, index) => {
    const isLast = left > 0 && index === items.length - 1;
    return {
      intent: 'register',
      ...item,
      problems: isLast ? [...item.problems, tooMany(left)] : item.problems,
    };
  });
}
