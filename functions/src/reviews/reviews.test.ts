import fc from 'fast-check';
import {
  bayesianMean,
  derivedChanges,
  honestyOf,
  type RatedFields,
  ratingFrom,
  staleRatings,
  tallyOf,
} from './reviews.ts';
import { evidenceLevels, type Review } from './schema.ts';

const none = { low: 0, mid: 0, high: 0, paid: 0 };
const review: RatedFields = {
  ...{ hospitalId: 'h1', doctorId: 'd1', eventId: 'e1', status: 'published', tally: none },
};
const asOf = { seconds: 0, nanoseconds: 0, toMillis: () => 0, toDate: () => new Date(0) };
const pages = (...ids: string[]) =>
  ids.map((id) => [{ h: 'Hospitals', d: 'Doctors', e: 'Events' }[id[0] ?? ''], id]);

describe('staleRatings', () => {
  it.each<[string, RatedFields | null, RatedFields | null, string[]]>([
    ['a new review', null, review, ['h1', 'd1', 'e1']],
    ['a deleted one', review, null, ['h1', 'd1', 'e1']],
    ['one that counts otherwise', review, { ...review, tally: { ...none, high: 1 } }, ['h1', 'd1', 'e1']],
    ['a hidden one', review, { ...review, status: 'hidden' }, ['h1', 'd1', 'e1']],
    ['one taken back', review, { ...review, status: 'deleted' }, ['h1', 'd1', 'e1']],
    ['another hospital', review, { ...review, hospitalId: 'h2' }, ['h1', 'h2', 'd1', 'e1']],
    ['no doctor any more', review, { ...review, doctorId: null }, ['h1', 'd1', 'e1']],
    ['a held one that is hidden', { ...review, status: 'held' }, { ...review, status: 'hidden' }, []],
    ['nothing that counts', review, { ...review }, []],
    ['nothing at all', null, null, []],
  ])('%s', (_what, before, after, ids) => {
    expect(staleRatings(before, after)).toEqual(pages(...ids));
  });
});

describe('honestyOf', () => {
  it.each([
    [100_000, 100_000, 'asAdvertised'],
    [103_000, 100_000, 'asAdvertised'],
    [103_001, 100_000, 'above'],
    [97_000, 100_000, 'asAdvertised'],
    [96_999, 100_000, 'below'],
    [0, 0, 'asAdvertised'],
    [1, 0, 'above'],
    [null, 100_000, null],
    [100_000, null, null],
  ] as const)('%s paid of %s: %s', (paidPrice, advertisedPrice, honesty) => {
    expect(honestyOf({ paidPrice, advertisedPrice })).toBe(honesty);
  });
});

const price = fc.option(fc.integer({ min: 0, max: 1_000 }));
const anyReview = fc.record({
  rating: fc.integer({ min: 1, max: 5 }),
  evidence: fc.constantFrom(...evidenceLevels),
  paidPrice: price,
  advertisedPrice: price,
});
type Judged = Pick<Review, 'rating' | 'evidence' | 'paidPrice' | 'advertisedPrice'>;

/** As Firestore sums. */
function aggregate(reviews: readonly Judged[]) {
  const tallies = reviews.map(tallyOf);
  const sum = (name: keyof Review['tally']) => tallies.reduce((total, tally) => total + tally[name], 0);
  return { count: reviews.length, low: sum('low'), mid: sum('mid'), high: sum('high'), paid: sum('paid') };
}

describe('ratingFrom', () => {
  it('equals a recount of the reviews themselves', () => {
    fc.assert(
      fc.property(fc.array(anyReview), (reviews) => {
        const rating = ratingFrom(aggregate(reviews), asOf, 4.2);
        const proven = reviews.filter(({ evidence }) => evidence === 'receipt' || evidence === 'visit');
        const ratings = proven.map((each) => each.rating);
        const sum = ratings.reduce((total, one) => total + one, 0);
        const honest = (word: string) => proven.filter((each) => honestyOf(each) === word).length;
        expect(rating).toMatchObject({ count: proven.length, sum, all: reviews.length });
        expect(rating.average).toBeCloseTo(proven.length === 0 ? 0 : sum / proven.length, 2);
        expect(Object.values(rating.stars)).toEqual(
          [1, 2, 3, 4, 5].map((n) => ratings.filter((one) => one === n).length),
        );
        expect(rating.honesty).toEqual({
          ...{ asAdvertised: honest('asAdvertised'), above: honest('above'), below: honest('below') },
        });
        expect(rating.bayes).toBe(bayesianMean(sum, proven.length, 4.2));
      }),
    );
  });
  it('is exact for more reviews than a hospital will ever have', () => {
    const most = 2 ** 26 - 1;
    const each = tallyOf({ rating: 2, evidence: 'visit', paidPrice: 50, advertisedPrice: 100 });
    const values = { count: most, low: each.low * most, mid: 0, high: 0, paid: each.paid * most };
    const rating = ratingFrom(values, asOf, 4.2);
    expect([rating.count, rating.stars.s2, rating.honesty.below]).toEqual([most, most, most]);
  });
  it('is nothing without reviews', () => {
    expect(ratingFrom({ count: 0, low: null }, asOf, 4.2)).toMatchObject({ count: 0, sum: 0, bayes: 0 });
  });
});

describe('derivedChanges', () => {
  it('leaves nothing to be derived', () => {
    fc.assert(
      fc.property(anyReview, (judged) => {
        const before = { ...judged, tally: { low: 7, mid: 7, high: 7, paid: 7 }, priceHonesty: null };
        expect(derivedChanges({ ...before, ...derivedChanges(before) })).toEqual({});
      }),
    );
  });
  it('has nothing to do for a new review without evidence and event', () => {
    const fresh = { rating: 5, evidence: 'none', paidPrice: 9, advertisedPrice: null } as const;
    expect(derivedChanges({ ...fresh, tally: none, priceHonesty: null })).toEqual({});
  });
});

describe('bayesianMean', () => {
  const count = fc.integer({ min: 1, max: 100_000 });
  const usual = fc.double({ min: 1, max: 5, noNaN: true });
  it('lies between the mean and the usual score', () => {
    fc.assert(
      fc.property(count, fc.double({ min: 1, max: 5, noNaN: true }), usual, (n, mean, m) => {
        const score = bayesianMean(mean * n, n, m);
        expect(score).toBeGreaterThanOrEqual(Math.min(mean, m) - 0.001);
        expect(score).toBeLessThanOrEqual(Math.max(mean, m) + 0.001);
      }),
    );
  });
  it('comes nearer to the mean with every review', () => {
    fc.assert(
      fc.property(count, usual, (n, m) => {
        const away = (reviews: number) => Math.abs(5 - bayesianMean(5 * reviews, reviews, m));
        expect(away(n + 1)).toBeLessThanOrEqual(away(n) + 0.001);
      }),
    );
  });
  it('rises with every better review', () => {
    fc.assert(
      fc.property(count, usual, fc.integer({ min: 0, max: 400_000 }), (n, m, sum) => {
        expect(bayesianMean(sum + 1, n, m)).toBeGreaterThanOrEqual(bayesianMean(sum, n, m));
      }),
    );
  });
  it.each([
    [5, 1, 4.273],
    [235, 50, 4.617],
    [0, 0, 0],
  ])('a sum of %s of %s reviews, where 4.2 is usual: %s', (sum, n, score) => {
    expect(bayesianMean(sum, n, 4.2)).toBe(score);
  });
});
