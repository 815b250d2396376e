/**
 * The newest reviews of a hospital, as its page shows them. Pure: knows no Firebase.
 *
 * Promise: they equal what a look at all its published reviews would give. A single event brings them up to date without
 * one, whatever order events come in: each card says of which commit it is, the list when everything was last looked at.
 */
import type { z } from 'zod';
import { longestExcerpt, mostCards, type ReviewCard } from '../directory/schema.ts';
import { compareInstants, type Instant, newestFirst } from '../kernel/fields.ts';
import { reviewSchema } from './schema.ts';

const shown = reviewSchema
  .pick({ hospitalId: true, status: true, authorUid: true, authorNickname: true, rating: true })
  .extend(reviewSchema.pick({ evidence: true, text: true, treatments: true, visitDate: true }).shape)
  .extend(reviewSchema.pick({ photos: true, createdAt: true }).shape);

export interface Carded {
  readonly hospitalId: string;
  readonly card: Omit<ReviewCard, 'version'>;
}

/** Whole characters: an emoji is not cut in two. */
function excerpt(text: string): string {
  const cut = text.slice(0, longestExcerpt);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

function carded(id: string, { hospitalId, status: _, photos, ...review }: z.infer<typeof shown>): Carded {
  const thumbPaths = photos.map(({ thumbPath }) => thumbPath).slice(0, 5);
  return { hospitalId, card: { ...review, id, text: excerpt(review.text), thumbPaths } };
}

/** A review as everybody may see it; null when it is not published, or of another shape. */
export function cardedReview(id: string, data: unknown): Carded | null {
  const parsed = shown.safeParse(data);
  return parsed.success && parsed.data.status === 'published' ? carded(id, parsed.data) : null;
}

const isAtLeast = (a: Instant, b: Instant) => compareInstants(a, b) >= 0;

type Placed = Pick<ReviewCard, 'id' | 'createdAt'>;

/** What a hospital holds. `asOf`: when all its reviews were last looked at; null: never. */
export interface Newest {
  readonly cards: readonly ReviewCard[];
  readonly asOf: Instant | null;
}

/** What an event says of a review at a hospital: what is to be seen of it now, and what was. */
export interface ReviewNews {
  readonly id: string;
  readonly before: Carded['card'] | null;
  readonly after: Carded['card'] | null;
  /** When it was committed; undefined where that is not told. */
  readonly version: Instant | undefined;
}

export type Merged =
  | { readonly is: 'covered' | 'outside' | 'ask' }
  | { readonly is: 'changed'; readonly cards: ReviewCard[] };

const isBehind = (card: Placed, cards: readonly ReviewCard[]): boolean => {
  const last = cards.at(mostCards.reviews - 1);
  return last !== undefined && newestFirst(card, last) > 0;
};

/**
 * What an event changes. `covered`: nothing, for good. `outside`: nothing in this list. `ask`: a card may be missing
 * that only the other reviews can tell.
 */
export function withReview({ cards, asOf }: Newest, { id, before, after, version }: ReviewNews): Merged {
  if (asOf === null) return { is: 'ask' };
  if (version && isAtLeast(asOf, version)) return { is: 'covered' };
  const own = cards.find((card) => card.id === id);
  if (own && version && isAtLeast(own.version, version)) return { is: 'covered' };
  const others = cards.filter((card) => card !== own);
  if (after === null || !version) {
    const wasOutside = !own && before !== null && isBehind(before, cards);
    return { is: wasOutside ? 'outside' : 'ask' };
  }
  if (own && compareInstants(own.createdAt, after.createdAt) !== 0) return { is: 'ask' };
  if (isBehind(after, others)) return { is: 'outside' };
  const merged = [...others, { ...after, version }].sort(newestFirst).slice(0, mostCards.reviews);
  return { is: 'changed', cards: merged };
}
