/**
 * What a written review means for the rating of its hospital, doctor and event. Pure: knows no Firebase.
 *
 * Promise: a rating equals what a recount of the published reviews would give. The score counts only reviews whose visit
 * is proven (receipt, visit); the others are told of by their number alone.
 */
import type { Rating } from '../directory/schema.ts';
import type { Instant } from '../kernel/fields.ts';
import type { PriceHonesty, Review } from './schema.ts';

/** Pages that have a rating, and the field of a review that names them. */
export const ratedPages = { Hospitals: 'hospitalId', Doctors: 'doctorId', Events: 'eventId' } as const;
export type RatedPage = keyof typeof ratedPages;
export const ratedPageNames = ['Hospitals', 'Doctors', 'Events'] as const;

type Tally = Review['tally'];

/** The fields of a review that ratings depend on. */
export type RatedFields = Pick<Review, 'hospitalId' | 'doctorId' | 'eventId' | 'tally' | 'status'>;

const sameTally = (a: Tally, b: Tally) =>
  a.low === b.low && a.mid === b.mid && a.high === b.high && a.paid === b.paid;

function countsAlike(a: RatedFields | null, b: RatedFields | null): boolean {
  if (!a || !b) return a === b;
  const samePlace = ratedPageNames.every((page) => a[ratedPages[page]] === b[ratedPages[page]]);
  return samePlace && a.status === b.status && sameTally(a.tally, b.tally);
}

/** Whose rating a change may have made stale; nobody's when nothing that counts has changed. */
export function staleRatings(
  before: RatedFields | null,
  after: RatedFields | null,
): readonly (readonly [page: RatedPage, id: string])[] {
  if (countsAlike(before, after)) return [];
  const sides = [before, after].filter((side) => side?.status === 'published');
  return ratedPageNames.flatMap((page) => {
    const ids = sides.map((side) => side?.[ratedPages[page]] ?? null).filter((id) => id !== null);
    return [...new Set(ids)].map((id) => [page, id] as const);
  });
}

/** 3 % either way is rounding, not another price. */
const tolerancePercent = 3;

/** What was paid beside what was advertised; null when one of them is not known. */
export function honestyOf({
  paidPrice,
  advertisedPrice,
}: Pick<Review, 'paidPrice' | 'advertisedPrice'>): PriceHonesty | null {
  if (paidPrice === null || advertisedPrice === null) return null;
  if (paidPrice * 100 > advertisedPrice * (100 + tolerancePercent)) return 'above';
  return paidPrice * 100 < advertisedPrice * (100 - tolerancePercent) ? 'below' : 'asAdvertised';
}

/** Two counts in a number: a sum stays exact below 2^53, that is up to 67 million reviews of one page. */
const second = 2 ** 26;

/** What a review adds to ratings. */
export function tallyOf(
  review: Pick<Review, 'rating' | 'evidence' | 'paidPrice' | 'advertisedPrice'>,
): Tally {
  if (review.evidence !== 'receipt' && review.evidence !== 'visit')
    return { low: 0, mid: 0, high: 0, paid: 0 };
  const honesty = honestyOf(review);
  const star = (n: number) => (review.rating === n ? 1 : 0);
  const price = (word: PriceHonesty) => (honesty === word ? 1 : 0);
  return {
    low: star(1) + second * star(2),
    mid: star(3) + second * star(4),
    high: star(5) + second * price('asAdvertised'),
    paid: price('above') + second * price('below'),
  };
}

/** The fields the server derives from a review, where they are not what they should be. */
export function derivedChanges(
  review: Pick<Review, 'rating' | 'evidence' | 'paidPrice' | 'advertisedPrice' | 'tally' | 'priceHonesty'>,
): Partial<Pick<Review, 'tally' | 'priceHonesty'>> {
  const [tally, priceHonesty] = [tallyOf(review), honestyOf(review)];
  return {
    ...(sameTally(tally, review.tally) ? {} : { tally }),
    ...(priceHonesty === review.priceHonesty ? {} : { priceHonesty }),
  };
}

const rounded = (value: number, decimals: number) => Math.round(value * 10 ** decimals) / 10 ** decimals;

/** How many reviews of the usual score are added to those there are. */
const usualReviews = 10;

/** The mean of `count` reviews with ten of the usual score added, so that one review of five stars does not lead. */
export function bayesianMean(sum: number, count: number, usual: number): number {
  return count === 0 ? 0 : rounded((usualReviews * usual + sum) / (usualReviews + count), 3);
}

/**
 * A rating from an aggregation over published reviews: their `count`, and the sums of their tallies.
 * `usual`: the mean of all reviews of the kind.
 */
export function ratingFrom(
  values: Readonly<Record<string, number | null>>,
  asOf: Instant,
  usual: number,
): Rating {
  const both = (name: keyof Tally): [number, number] => {
    const value = values[name] ?? 0;
    return [value % second, Math.floor(value / second)];
  };
  const [[s1, s2], [s3, s4], [s5, asAdvertised]] = [both('low'), both('mid'), both('high')];
  const [above, below] = both('paid');
  const count = s1 + s2 + s3 + s4 + s5;
  const sum = s1 + 2 * s2 + 3 * s3 + 4 * s4 + 5 * s5;
  return {
    ...{ count, sum, average: count === 0 ? 0 : rounded(sum / count, 2), stars: { s1, s2, s3, s4, s5 } },
    ...{ all: values.count ?? 0, bayes: bayesianMean(sum, count, usual) },
    ...{ honesty: { asAdvertised, above, below }, asOf },
  };
}
