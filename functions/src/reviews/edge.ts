/** Where reviews meet Firestore. */
import { AggregateField } from 'firebase-admin/firestore';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { z } from 'zod';
import { db } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { changedAt, type Recount, recount } from '../platform/recount.ts';
import { followReview } from './follow.ts';
import { recountRating } from './rating.ts';
import { type RatedFields, staleRatings } from './reviews.ts';
import { reviewSchema } from './schema.ts';

type Written = FirestoreEvent<Change<DocumentSnapshot> | undefined>;

const ratedFields = reviewSchema.pick({
  ...{ hospitalId: true, doctorId: true, eventId: true, tally: true, status: true },
});

/** The counted fields of a snapshot. A document typed by hand with another shape counts for nobody. */
function ratedOf(snapshot: DocumentSnapshot): RatedFields | null {
  if (!snapshot.exists) return null;
  const parsed = ratedFields.safeParse(snapshot.data());
  if (parsed.success) return parsed.data;
  log.warn('reviews.malformed', { reviewId: snapshot.id, fields: z.prettifyError(parsed.error).length });
  return null;
}

async function allSettled(what: string, works: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((result) => result.status === 'rejected');
  if (!failed) return;
  log.error(what, errorFields(failed.reason));
  throw failed.reason;
}

/** `reviews/{reviewId}` was created, edited, hidden or taken back. Throws, and is delivered again, unless settled. */
export async function onReviewWritten({ data }: Written): Promise<void> {
  if (!data) return;
  const stale = staleRatings(ratedOf(data.before), ratedOf(data.after));
  const needed = changedAt(data);
  await allSettled('reviews.recountFailed', [
    followReview(data),
    ...stale.map(([page, id]) => recountRating(page, id, needed)),
  ]);
}

/** `reviews/{reviewId}/helpful/{uid}`: a vote was given or taken back. */
export async function onHelpfulWritten({ data }: Written): Promise<void> {
  const review = data?.after.ref.parent.parent;
  if (!data || !review || data.before.exists === data.after.exists) return;
  const job: Recount = {
    target: db().doc(review.path),
    aggregate: db().collection(`${review.path}/helpful`).aggregate({ count: AggregateField.count() }),
    asOfField: 'helpfulAsOf',
    fields: (values, asOf) => ({ helpfulCount: values.count ?? 0, helpfulAsOf: asOf }),
  };
  await allSettled('helpful.recountFailed', [recount(job, changedAt(data))]);
}
