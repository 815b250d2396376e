/** Mails that change what is registered: answers to our letters, and requests that name fields. */
import type { Draft } from './drafts.ts';
import { announcedIn, changesIn, namedInProse } from './freeText.ts';
import { type ReadItem, readItem } from './item.ts';
import type { Context } from './itemReader.ts';
import { fieldOf, hintsOf, kindsOf, type LabelledKind, labelledKinds, plain } from './labels.ts';
import type { Pair, Piece, Prose } from './lines.ts';
import { vatIn } from './offerValues.ts';

export interface Change extends ReadItem {
  /** Null: it does not say of what. */
  readonly kind: LabelledKind | null;
}

const ticket = /\[?DP-\d{8}-\d{4,}\]?/;
const changeWords =
  /(변경|수정|정정|연장|단축)\s?(요청|신청|건|사항|부탁|드립니다|합니다|안내|의뢰|신고|알림|통보|공지|및\s|관련|$)|바꿔\s?주|(정보|내용)\s?(변경|수정)/;

/** Whether a subject bears one of our tickets, or says that something is to change. */
export const announcesChange = (subject: string): boolean =>
  ticket.test(subject) || changeWords.test(subject);

/** Which kind a change speaks of: only labels that one kind has to itself tell, or the subject. */
function kindOfChange(pairs: readonly Pair[], subject: string): LabelledKind | null {
  const kinds = pairs.map(({ label, field }) => {
    const ofVat: readonly LabelledKind[] = field === 'vat' ? ['event'] : [];
    return label === null ? ofVat : kindsOf(label);
  });
  const [only] = labelledKinds.filter((kind) => kinds.some((of) => of.length === 1 && of[0] === kind));
  const hints = hintsOf(subject);
  // Of what we show only a hospital has a number to call or a page.
  const isReached = pairs.some(
    ({ label }) => label !== null && /^(phone|homepage|hospitalName)$/.test(fieldOf('hospital', label) ?? ''),
  );
  return only ?? labelledKinds.find((kind) => hints[kind] === 2) ?? (isReached ? 'hospital' : null);
}

/** `02-555-0101 → 02-555-0199`: of what was and what is to be, the latter. */
function wanted(pair: Pair): Pair {
  const sides = pair.value.split(/\s?(?:→|⇒|➡|->|=>)\s?/);
  const value = (sides.at(-1) ?? pair.value).replace(/^(변경|수정)\s?후\s?:?\s?/, '');
  return { ...pair, value: value.replace(/\s?(으로|로)\s?(변경|수정|정정|바꿔|교체|부탁).*$/s, '') };
}

const former = /^(변경|수정|이전|이사)?전$|^(기존|현재|변경전|수정전).{0,6}$/;
const latter = /^(변경|수정|이전)후.{0,6}$|^(변경|수정)할?(내용|정보|사항)$|^(새로운|신규|새)$/;

/** `변경 전: …` and `변경 후: …` of what the subject or a sentence says is to change. */
function beforeAndAfter(pairs: readonly Pair[], announcement: string | null): Pair[] {
  return pairs.flatMap((pair) => {
    const label = pair.label === null ? '' : plain(pair.label);
    if (former.test(label)) return [];
    return announcement !== null && latter.test(label) ? [{ ...pair, label: announcement }] : [pair];
  });
}

/** VAT said in a sentence, without any label. */
const vatInProse = (prose: readonly Prose[]): Pair[] =>
  prose.flatMap(({ text, source }): Pair[] =>
    vatIn(text) === null
      ? []
      : [{ type: 'pair', label: null, field: 'vat', value: text, source, firm: false }],
  );

/** The fields a change names. */
export function readChange(pieces: readonly Piece[], lists: readonly Draft[], context: Context): Change {
  const { subject } = context;
  const prose = pieces.filter((piece): piece is Prose => piece.type === 'prose');
  const announcement =
    announcedIn(subject) ??
    announcedIn(
      prose
        .map(({ text }) => text)
        .join(' ')
        .slice(0, 2_000),
    );
  const labelled = pieces.filter((piece): piece is Pair => piece.type === 'pair');
  const told = beforeAndAfter(labelled, announcement).map(wanted);
  const listed = lists.flatMap((listed) =>
    listed.pieces.filter((piece): piece is Pair => piece.type === 'pair'),
  );
  const asked = changesIn(prose);
  const named = namedInProse(prose).filter(({ label }) => !asked.some((pair) => pair.label === label));
  const pairs = [...told, ...listed, ...asked, ...named, ...vatInProse(prose)];
  const kind = kindOfChange(pairs, subject);
  const draft: Draft = { kind: kind ?? 'hospital', pieces: pairs, common: [], row: null };
  const { readings, fields, problems, extra } = readItem(draft, 'change', context);
  const own = { ...readings };
  // The kind read off a name's ending is a guess of ours; a change holds nothing but what was asked for.
  if (own.type?.label === null) delete own.type;
  const kept = Object.fromEntries(Object.entries(fields).filter(([field]) => field !== 'type' || own.type));
  return { kind, readings: own, fields: kept, problems, extra };
}
