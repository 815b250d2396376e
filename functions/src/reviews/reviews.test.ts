import fc from 'fast-check';
import { ratingFrom, staleRatings } from './reviews.ts';
import { starsOf } from './schema.ts';

const review = { hospitalId: 'h1', doctorId: 'd1', rating: 5, status: 'published' };
const asOf = { seconds: 0, nanoseconds: 0, toMillis: () => 0, toDate: () => new Date(0) };

describe('staleRatings', () => {
  it.each([
    ['a new review', null, review, ['h1'], ['d1']],
    ['a deleted one', review, null, ['h1'], ['d1']],
    ['another rating', review, { ...review, rating: 4 }, ['h1'], ['d1']],
    ['a hidden one', review, { ...review, status: 'hidden' }, ['h1'], ['d1']],
    ['another hospital', review, { ...review, hospitalId: 'h2' }, ['h1', 'h2'], ['d1']],
    ['no doctor any more', review, { ...review, doctorId: null }, ['h1'], ['d1']],
    ['nothing that counts', review, { ...review }, [], []],
    ['nothing at all', null, null, [], []],
  ])('%s', (_what, before, after, hospitals, doctors) => {
    expect(staleRatings(before, after)).toEqual({ hospitals, doctors });
  });
});

describe('ratingFrom', () => {
  it('equals a recount of the reviews themselves', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 })), (ratings) => {
        const flags = ratings.map(starsOf);
        const sumOf = (star: 's1' | 's2' | 's3' | 's4') =>
          flags.reduce((total, flag) => total + flag[star], 0);
        const values = {
          count: ratings.length,
          s1: sumOf('s1'),
          s2: sumOf('s2'),
          s3: sumOf('s3'),
          s4: sumOf('s4'),
        };
        const rating = ratingFrom(values, asOf);
        const sum = ratings.reduce((total, one) => total + one, 0);
        expect(rating).toMatchObject({ count: ratings.length, sum });
        expect(rating.stars.s5).toBe(ratings.filter((one) => one === 5).length);
        expect(rating.average).toBeCloseTo(ratings.length === 0 ? 0 : sum / ratings.length, 2);
      }),
    );
  });
  it('is nothing without reviews', () => {
    expect(ratingFrom({ count: 0, s1: null }, asOf)).toMatchObject({ count: 0, sum: 0, average: 0 });
  });
});
