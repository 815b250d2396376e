/**
 * From what a mail says to what is to be registered. Pure, and linear in the length of the mail. One item per hospital,
 * doctor or event; every field with where it came from and how far it is believed; what was not said is absent. The
 * input must be redacted, and free of quoted history.
 */
import { koreanDayOf, tidy } from '../../kernel/korean.ts';
import type { Block, Message, TableBlock } from '../../mail/message.ts';
import type { Problem, Reading } from '../schema.ts';
import { type Draft, draftsOf } from './drafts.ts';
import { changesIn, namedInProse } from './freeText.ts';
import { type ReadItem, readItem } from './item.ts';
import type { Context } from './itemReader.ts';
import { fieldOf, hintsOf, isDroppedLabel, kindsOf, type LabelledKind, labelledKinds } from './labels.ts';
import { type Pair, type Piece, type Prose, readLines } from './lines.ts';
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
  /** Set when it replies to a letter of ours: the kind that was about, null when about several. */
  readonly repliesTo?: LabelledKind | null;
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

const ticket = /\[?DP-\d{8}-\d{4,}\]?/;
const changeWords =
  /(변경|수정|정정)\s?(요청|신청|건|사항|부탁|드립니다|합니다|안내|의뢰|$)|바꿔\s?주|(정보|내용)\s?(변경|수정)/;

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

/** Which kind a change speaks of: only labels that one kind has to itself tell, or the subject. */
function kindOfChange(pairs: readonly Pair[], subject: string): LabelledKind | null {
  const kinds = pairs.map(({ label }) => (label === null ? [] : kindsOf(label)));
  const [only] = labelledKinds.filter((kind) => kinds.some((of) => of.length === 1 && of[0] === kind));
  const hints = hintsOf(subject);
  return only ?? labelledKinds.find((kind) => hints[kind] === 2) ?? null;
}

/** `02-555-0101 → 02-555-0199`: of what was and what is to be, the latter. */
function wanted(pair: Pair): Pair {
  const sides = pair.value.split(/\s?(?:→|⇒|➡|->|=>)\s?/);
  const value = (sides.at(-1) ?? pair.value).replace(/^(변경|수정)\s?후\s?:?\s?/, '');
  return { ...pair, value: value.replace(/\s?(으로|로)\s?(변경|수정|정정|바꿔|교체|부탁).*$/s, '') };
}

/** The fields a change names. */
function changeFrom(
  parts: Parts,
  subject: string,
  context: Context,
  repliesTo: LabelledKind | null = null,
): Item {
  const prose = parts.pieces.filter((piece): piece is Prose => piece.type === 'prose');
  const told = parts.pieces.filter((piece): piece is Pair => piece.type === 'pair').map(wanted);
  const listed = parts.lists.flatMap(({ pieces }) =>
    pieces.filter((piece): piece is Pair => piece.type === 'pair'),
  );
  const asked = changesIn(prose);
  const named = namedInProse(prose).filter(({ label }) => !asked.some((pair) => pair.label === label));
  const pairs = [...told, ...listed, ...asked, ...named];
  const kind = kindOfChange(pairs, subject) ?? repliesTo;
  const draft: Draft = { kind: kind ?? 'hospital', pieces: pairs, common: [], row: null };
  const { readings, fields, problems, extra } = readItem(draft, 'change', context);
  const own = { ...readings };
  // The kind read off a name's ending is a guess of ours; a change holds nothing but what was asked for.
  if (own.type?.label === null) delete own.type;
  const kept = Object.fromEntries(Object.entries(fields).filter(([field]) => field !== 'type' || own.type));
  return { kind, intent: 'change', readings: own, fields: kept, problems, extra, row: null };
}

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

/** An item that says nothing of what it is about is none. */
const saysSomething = (item: ReadItem) => Object.keys(item.readings).length > 0 || item.problems.length > 0;

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
  if (message.repliesTo !== undefined || ticket.test(subject) || changeWords.test(subject))
    return [changeFrom(parts, subject, context, message.repliesTo)];
  const drafts = draftsFrom({ pieces, lists: parts.lists }, subject);
  const changes =
    drafts.length === 0 ? changesIn(pieces.filter((piece): piece is Prose => piece.type === 'prose')) : [];
  if (changes.length > 0) return [changeFrom(parts, subject, context)];
  const read = drafts
    .slice(0, maxItems)
    .map(
      (draft): Registered => ({ kind: draft.kind, row: draft.row, ...readItem(draft, 'register', context) }),
    );
  const left = drafts.length - maxItems;
  const items = withHospital(read.filter(saysSomething));
  return items.map((item, index) => {
    const isLast = left > 0 && index === items.length - 1;
    return {
      intent: 'register',
      ...item,
      problems: isLast ? [...item.problems, tooMany(left)] : item.problems,
    };
  });
}
