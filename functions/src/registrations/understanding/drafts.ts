/**
 * From pieces to drafts: which pieces speak of the same hospital, doctor or event. A heading, or a name said again with
 * another value, begins the next one; what is said once of all (the hospital of several doctors) is common to them.
 */
import { tidy } from '../../kernel/korean.ts';
import { fieldOf, hintsOf, isWeakLabel, kindsOf, type LabelledKind, labelledKinds } from './labels.ts';
import type { Pair, Piece } from './lines.ts';

export interface Draft {
  readonly kind: LabelledKind;
  readonly pieces: readonly Piece[];
  /** Said once for all drafts of the kind. */
  readonly common: readonly Piece[];
  readonly row: number | null;
}

type Counts = Readonly<Record<LabelledKind, number>>;

const isSaid = (piece: Piece): piece is Pair & { label: string } =>
  piece.type === 'pair' && piece.label !== null && piece.value !== '';

function countsOf(pieces: readonly Piece[]): {
  own: Counts;
  headings: Counts;
  names: boolean;
  heads: boolean;
} {
  const own = { hospital: new Set<string>(), doctor: new Set<string>(), event: new Set<string>() };
  const headings = { hospital: 0, doctor: 0, event: 0 };
  let names = false;
  for (const piece of pieces) {
    if (piece.type === 'heading') headings[piece.kind] += 1;
    const unlabelled = piece.type === 'pair' && piece.label === null ? piece.field : undefined;
    if (unlabelled === 'name') own.doctor.add(unlabelled);
    else if (unlabelled) own.event.add(unlabelled);
    if (!isSaid(piece)) continue;
    if (fieldOf('hospital', piece.label) === 'hospitalName') names = true;
    const [kind, second] = kindsOf(piece.label);
    if (kind && !second) own[kind].add(fieldOf(kind, piece.label) ?? '');
  }
  const size = { hospital: own.hospital.size, doctor: own.doctor.size, event: own.event.size };
  return { own: size, headings, names, heads: own.hospital.has('representative') };
}

/** Kinds a message speaks of; a few labels of another kind (a doctor's address) do not make it speak of that too. */
export function kindsIn(pieces: readonly Piece[], subject: string): LabelledKind[] {
  const { own, headings, names, heads } = countsOf(pieces);
  const hints = hintsOf(subject);
  const clear = labelledKinds.filter((kind) => hints[kind] === 2);
  const score = (kind: LabelledKind) => own[kind] + hints[kind] + (headings[kind] > 0 ? 2 : 0);
  const [main] = labelledKinds.toSorted((a, b) => score(b) - score(a));
  const found = labelledKinds.filter((kind) => {
    if (own[kind] === 0) return false;
    if (headings[kind] > 0) return true;
    if (kind === 'hospital' && kind !== main)
      return names && own.hospital >= (heads || clear.includes('hospital') ? 2 : 4);
    if (kind !== main) return own[kind] >= 2 && (kind !== 'doctor' || own.doctor >= 2);
    return own[kind] >= 2 || hints[kind] > 0 || clear.length === 0;
  });
  if (found.length > 0) return found;
  const said = pieces.filter(isSaid);
  const fields = new Set(said.map(({ label }) => fieldOf('hospital', label)));
  if (clear.length > 0 && fields.size > 0 && [...fields].some((field) => field !== null))
    return clear.slice(0, 1);
  const isHospital = fields.has('hospitalName') && (fields.has('businessNumber') || fields.has('phone'));
  return isHospital ? ['hospital'] : [];
}

/** Fields that tell one hospital, doctor or event from the next. */
const identity: Readonly<Record<LabelledKind, string>> = {
  hospital: 'hospitalName',
  doctor: 'name',
  event: 'title',
};
const fieldIn = (kind: LabelledKind, piece: Piece): string | null => {
  if (piece.type !== 'pair' || piece.value === '') return null;
  return piece.label === null ? (piece.field ?? null) : fieldOf(kind, piece.label);
};

interface Part {
  readonly pieces: Piece[];
  readonly common: readonly Piece[];
}

/** Splits what was said of a kind under one heading where the next of its kind begins. */
function splitByName(kind: LabelledKind, pieces: readonly Piece[]): Part[] {
  const isLabelled = (piece: Piece) => piece.type === 'pair' && piece.label !== null;
  const namesIn = pieces.filter((piece) => fieldIn(kind, piece) === identity[kind]);
  const isPlain = (piece: Piece) =>
    piece.type === 'pair' && piece.label !== null && !(kind === 'hospital' && isWeakLabel(piece.label));
  // A name in a signature is nobody new beside names under labels, nor is a company's beside its hospital's.
  const counts = [isPlain, isLabelled].find((each) => namesIn.some(each)) ?? (() => true);
  const isName = (piece: Piece) => fieldIn(kind, piece) === identity[kind] && counts(piece);
  const wordsOf = (piece: Piece) => (piece.type === 'pair' ? tidy(piece.value) : '');
  const names = new Set(pieces.filter(isName).map(wordsOf));
  if (names.size <= 1) return [{ pieces: [...pieces], common: [] }];
  const first = pieces.find((piece) => fieldIn(kind, piece) !== null);
  const firstField = first ? fieldIn(kind, first) : null;
  const repeats = pieces.filter((piece) => fieldIn(kind, piece) === firstField).length;
  const starts = repeats >= names.size ? (piece: Piece) => fieldIn(kind, piece) === firstField : isName;
  const parts: Piece[][] = [];
  const before: Piece[] = [];
  let lastName = '';
  for (const piece of pieces) {
    const isNew = starts(piece) && !(isName(piece) && wordsOf(piece) === lastName && parts.length > 0);
    if (isNew) parts.push([]);
    if (isName(piece)) lastName = wordsOf(piece);
    (parts.at(-1) ?? before).push(piece);
  }
  const isOffer = (piece: Piece | undefined) => piece?.type === 'pair' && piece.label === null;
  // What follows a list of one-line offers is said of all of them.
  const isTheirs = (piece: Piece) => /^(title|price)/.test(fieldIn(kind, piece) ?? '');
  const last = parts.at(-1) ?? [];
  const end = last.findIndex((piece) => !isTheirs(piece));
  const isList = kind === 'event' && end > 0 && parts.every(([first]) => isOffer(first));
  const after = isList ? last.splice(end) : [];
  return parts.map((part) => ({ pieces: part, common: [...before, ...after] }));
}

/** The kind a piece belongs to among those present, the one being spoken of going first. */
function kindOfPiece(
  piece: Pair,
  present: readonly LabelledKind[],
  current: LabelledKind | null,
): LabelledKind | null {
  if (piece.label === null) return current;
  const own = kindsOf(piece.label).filter((kind) => present.includes(kind));
  if (own.length === 0 || (current && own.includes(current))) return current;
  return own[0] ?? current;
}

/** Drafts of running pieces (text and forms). */
export function draftsOf(pieces: readonly Piece[], subject: string): Draft[] {
  const present = kindsIn(pieces, subject);
  if (present.length === 0) return [];
  const chunks: Record<LabelledKind, Piece[][]> = { hospital: [[]], doctor: [[]], event: [[]] };
  const only = present.length === 1 ? (present[0] ?? null) : null;
  let current: LabelledKind | null = only ?? (present.includes('hospital') ? 'hospital' : null);
  const early: Piece[] = [];
  for (const piece of pieces) {
    if (piece.type === 'heading') {
      if (!present.includes(piece.kind)) continue;
      current = piece.kind;
      chunks[piece.kind].push([]);
      continue;
    }
    if (piece.type === 'pair') current = kindOfPiece(piece, present, current);
    if (current === null) early.push(piece);
    else chunks[current].at(-1)?.push(piece);
  }
  return present.flatMap((kind) => {
    const own = chunks[kind].filter((chunk) => chunk.some((piece) => fieldIn(kind, piece) !== null));
    const talk = chunks[kind].filter((chunk) => !own.includes(chunk)).flat();
    const [first = [], ...rest] = own;
    const hasName = first.some((piece) => fieldIn(kind, piece) === identity[kind]);
    // What stands before the first heading without a name is said of everything under the headings.
    const isPreface = rest.length > 0 && !hasName && chunks[kind][0] === first;
    const preface = isPreface ? first : [];
    return (isPreface ? rest : own).flatMap((chunk) =>
      splitByName(kind, chunk).map((part) => ({
        kind,
        pieces: part.pieces,
        common: [...part.common, ...preface, ...talk, ...early],
        row: null,
      })),
    );
  });
}
