/** Ratings of pages, recounted. One read for each thousand reviews of the page, one write. */
import { AggregateField, type Query } from 'firebase-admin/firestore';
import { db, type Timestamp } from '../platform/firebase.ts';
import { type Recount, recount } from '../platform/recount.ts';
import { usualScore } from './means.ts';
import { type RatedPage, ratedPages, ratingFrom } from './reviews.ts';

export const publishedReviews = (): Query => db().collection('reviews').where('status', '==', 'published');

/** Firestore takes five aggregations in one query: everything a rating holds follows from these. */
export const aggregated = (reviews: Query) =>
  reviews.aggregate({
    all: AggregateField.count(),
    low: AggregateField.sum('tally.low'),
    mid: AggregateField.sum('tally.mid'),
    high: AggregateField.sum('tally.high'),
    paid: AggregateField.sum('tally.paid'),
  });

export const reviewsOf = (page: RatedPage, id: string): Query =>
  publishedReviews().where(ratedPages[page], '==', id);

/** Brings a page's rating up to date with a change, or with everything committed before. */
export async function recountRating(page: RatedPage, id: string, needed?: Timestamp): Promise<void> {
  const usual = await usualScore(page);
  const job: Recount = {
    target: db().collection(page).doc(id),
    aggregate: aggregated(reviewsOf(page, id)),
    asOfField: 'rating.asOf',
    fields: (values, asOf) => ({ rating: ratingFrom(values, asOf, usual) }),
  };
  await recount(job, needed);
}
