/**
 * Ratings of pages, recounted. One read for each thousand reviews of the page, one write. The newest reviews on the page of
 * a hospital are written with its rating, at no further cost; where one of them goes, all are looked at again.
 */
import { AggregateField, type Query, type QuerySnapshot } from 'firebase-admin/firestore';
import { z } from 'zod';
import { mostCards, type ReviewCard, reviewCardSchema } from '../directory/schema.ts';
import { type Instant, isInstant, newestFirst } from '../kernel/fields.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { type Recount, type Riding, recount, rideAlong } from '../platform/recount.ts';
import { cardedReview, type Newest, type ReviewNews, withReview } from './cards.ts';
import { usualScore } from './means.ts';
import { type RatedPage, ratedPages, ratingFrom } from './reviews.ts';

export const publishedReviews = (): Query => db().collection('reviews').where('status', '==', 'published');

/** Firestore takes five aggregations in one query: everything a rating holds follows from these. */
export const aggregated = (reviews: Query) =>
  reviews.aggregate({
    count: AggregateField.count(),
    low: AggregateField.sum('tally.low'),
    mid: AggregateField.sum('tally.mid'),
    high: AggregateField.sum('tally.high'),
    paid: AggregateField.sum('tally.paid'),
  });

export const reviewsOf = (page: RatedPage, id: string): Query =>
  publishedReviews().where(ratedPages[page], '==', id);

const storedCards = z.array(reviewCardSchema);

/** What a hospital holds. Cards of another shape were typed, or are of former times: nothing is known then. */
function newestIn({ reviewCards, reviewCardsAsOf }: Readonly<Record<string, unknown>>): Newest {
  const { data: cards } = storedCards.safeParse(reviewCards);
  return { cards: cards ?? [], asOf: cards && isInstant(reviewCardsAsOf) ? reviewCardsAsOf : null };
}

/** Whether it is ours, with what queries need: a moment of another SDK, or of a test, is made anew. */
const stamp = ({ seconds, nanoseconds }: Instant) => new Timestamp(seconds, nanoseconds);
const stored = ({ createdAt, version, ...card }: ReviewCard) => ({
  ...{ ...card, createdAt: stamp(createdAt), version: stamp(version) },
});

/** The newest reviews of a hospital by a look at them: five reads, more only where some have another shape. */
export async function lookAtNewest(
  hospitalId: string,
  get: (query: Query) => Promise<QuerySnapshot>,
): Promise<{ readonly reviewCards: ReviewCard[]; readonly reviewCardsAsOf: Timestamp }> {
  const newest = reviewsOf('Hospitals', hospitalId).orderBy('createdAt', 'desc').limit(mostCards.reviews);
  let page = await get(newest);
  const asOf = page.readTime;
  const found: ReviewCard[] = [];
  for (;;) {
    for (const review of page.docs) {
      const shown = cardedReview(review.id, review.data());
      if (shown) found.push({ ...shown.card, version: review.updateTime });
    }
    const last = page.docs.at(-1);
    if (found.length >= mostCards.reviews || page.size < mostCards.reviews || !last) break;
    page = await get(newest.startAfter(last));
  }
  const cards = found.sort(newestFirst).slice(0, mostCards.reviews);
  return { reviewCards: cards.map(stored), reviewCardsAsOf: asOf };
}

const inTransaction = (tx: Transaction) => (query: Query) => tx.get(query);

/** The card of a review, riding along with the rating of its hospital. */
function riding(hospitalId: string, news: ReviewNews): Riding {
  return {
    kept: ['reviewCards', 'reviewCardsAsOf'],
    merge: (kept) => {
      const merged = withReview(newestIn(kept), news);
      if (merged.is !== 'changed') return merged;
      return { is: 'changed', fields: { reviewCards: merged.cards.map(stored) } };
    },
    anew: (tx) => lookAtNewest(hospitalId, inTransaction(tx)),
  };
}

async function ratingJob(page: RatedPage, id: string, news?: ReviewNews): Promise<Recount> {
  const usual = await usualScore(page);
  return {
    target: db().collection(page).doc(id),
    aggregate: aggregated(reviewsOf(page, id)),
    asOfField: 'rating.asOf',
    fields: (values, asOf) => ({ rating: ratingFrom(values, asOf, usual) }),
    ...(news ? { riding: riding(id, news) } : {}),
  };
}

/**
 * Brings a page's rating up to date with a change, or with everything committed before; of a hospital also the card of
 * the review that changed. Resolves to the read time the rating has; null where there is no page.
 */
export async function recountRating(
  page: RatedPage,
  id: string,
  needed?: Timestamp,
  news?: ReviewNews,
): Promise<Timestamp | null> {
  return recount(await ratingJob(page, id, news), needed);
}

/** Brings the card of a review up to date where the rating is as it was. */
export async function showNewest(hospitalId: string, news: ReviewNews): Promise<void> {
  await rideAlong(await ratingJob('Hospitals', hospitalId, news));
}
