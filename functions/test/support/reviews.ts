/** Reviews as they are stored, and the truth about ratings, by reading every review. */
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { type RatedPage, ratedPages, tallyOf } from '../../src/reviews/reviews.ts';
import { type Evidence, newReviewFields, type Review } from '../../src/reviews/schema.ts';

export interface RatedPlace {
  readonly hospitalId: string;
  readonly doctorId: string;
  readonly eventId: string;
}

/** A review of an event of 100,000 won that cost as much. */
export function reviewAt(place: RatedPlace, rating: number, evidence: Evidence = 'none'): Review {
  const price = { paidPrice: 100_000, advertisedPrice: 100_000 };
  return {
    ...newReviewFields,
    ...{ photos: [], beforeAfter: [], picturesOf: [], evidence },
    ...{ ...place, ...price, rating, tally: tallyOf({ rating, evidence, ...price }) },
    priceHonesty: 'asAdvertised',
    ...{ authorUid: 'u', authorNickname: '민지', hospitalName: '흐름의원', visitDate: '2026-11-10' },
    aspects: { explanation: null, result: null, kindness: null, waiting: null, price: null },
    ...{ text: '열 글자가 넘는 후기입니다.', sideEffects: '', treatments: [], consulted: false },
    ...{ photoPaths: [], beforeAfterPaths: [], beforeAfterPublic: false },
    ...{ createdAt: Timestamp.now(), updatedAt: Timestamp.now() },
  };
}

interface Told {
  readonly count: number;
  readonly sum: number;
  readonly all: number;
  readonly stars: readonly number[];
  readonly honesty: readonly number[];
}

/** What a page shows. */
export async function shownRating(page: RatedPage, id: string): Promise<Told | null> {
  const rating = (await db().collection(page).doc(id).get()).get('rating');
  if (rating === undefined) return null;
  const { count, sum, all, stars, honesty } = rating;
  return {
    ...{ count, sum, all, stars: [stars.s1, stars.s2, stars.s3, stars.s4, stars.s5] },
    honesty: [honesty.asAdvertised, honesty.above, honesty.below],
  };
}

/** What it ought to show: read from what authors wrote and what proves it, not from tallies. */
export async function recounted(page: RatedPage, id: string): Promise<Told> {
  const found = await db()
    .collection('reviews')
    .where(ratedPages[page], '==', id)
    .where('status', '==', 'published')
    .get();
  const proven = found.docs.filter((review) => ['receipt', 'visit'].includes(review.get('evidence')));
  const ratings = proven.map((review): number => review.get('rating'));
  const ratios = proven
    .filter((review) => review.get('advertisedPrice') !== null && review.get('paidPrice') !== null)
    .map((review): number => review.get('paidPrice') / review.get('advertisedPrice'));
  return {
    ...{ count: ratings.length, sum: ratings.reduce((total, rating) => total + rating, 0), all: found.size },
    stars: [1, 2, 3, 4, 5].map((n) => ratings.filter((rating) => rating === n).length),
    honesty: [
      ratios.filter((ratio) => ratio >= 0.97 && ratio <= 1.03).length,
      ratios.filter((ratio) => ratio > 1.03).length,
      ratios.filter((ratio) => ratio < 0.97).length,
    ],
  };
}
