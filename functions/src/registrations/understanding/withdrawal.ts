/** Requests to take an event, a doctor or a page down: a change with the field `withdraw`, for an operator to see. */
import type { Reading } from '../schema.ts';
import type { LabelledKind } from './labels.ts';
import type { Piece } from './lines.ts';

const ends = '중단|중지|종료|취소|철회|삭제|비공개';
const wish = new RegExp(
  `(?:내려|빼|지워|닫아|숨겨)\\s?주|(?:게시|노출|진행|이벤트|행사|등록|페이지|입점)(?:을|를)?\\s?(?:조기\\s?)?(?:${ends})(?:을|를)?\\s?(?:요청|신청|부탁|바랍|원합|해\\s?주|합니다|드립니다|건|$)|(?:${ends})\\s?(?:요청|신청|부탁|해\\s?주)`,
);
/** What else people cancel or stop. */
const ofOthers = /예약|환불|결제|구독|수신|뉴스레터|시술\s?취소|진료/;
const asksForMore = /등록\s?(?:요청|신청|부탁|문의)|신규|추가/;
/** A form that tells so much is to be registered, whatever else it asks. */
const mostPairs = 3;

const things: readonly (readonly [LabelledKind, RegExp])[] = [
  ['event', /이벤트|행사|프로모션/],
  ['doctor', /원장|의사|의료진/],
  ['hospital', /병원|의원|입점|페이지/],
];

export interface Withdrawal {
  /** Null: it does not say of what. */
  readonly kind: LabelledKind | null;
  readonly reading: Reading;
}

const isWish = (words: string): boolean => wish.test(words) && !ofOthers.test(words);

/** What a message asks to be taken down; null when it asks for no such thing, or for something to be put up. */
export function withdrawalIn(subject: string, pieces: readonly Piece[]): Withdrawal | null {
  const prose = pieces.flatMap((piece) => (piece.type === 'prose' ? [piece] : []));
  const isForm = pieces.filter(({ type }) => type === 'pair').length > mostPairs || asksForMore.test(subject);
  const said = isForm ? undefined : prose.slice(0, 100).find(({ text }) => isWish(text));
  if (!said && !isWish(subject)) return null;
  const words = `${subject} ${said?.text ?? ''}`;
  const kind = things.find(([, named]) => named.test(words))?.[0] ?? null;
  const raw = (said?.text ?? subject).slice(0, 200);
  const source = said?.source ?? 'subject';
  return { kind, reading: { value: true, raw, label: null, source, confidence: 'low' } };
}
