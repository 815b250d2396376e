/** Where reviews meet Firestore. */
import { AggregateField } from 'firebase-admin/firestore';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { z } from 'zod';
import { db, type Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { changedAt, type Recount, recount } from '../platform/recount.ts';
import { type RatedFields, ratingFrom, staleRatings } from './reviews.ts';
import { reviewSchema } from './schema.ts';

const ratedFields = reviewSchema.pick({ hospitalId: true, doctorId: true, rating: true, status: true });

/** The counted fields of a snapshot. A document typed by hand with another shape counts for nobody. */
function ratedOf(snapshot: DocumentSnapshot): RatedFields | null {
  if (!snapshot.exists) return null;
  const parsed = ratedFields.safeParse(snapshot.data());
  if (parsed.success) return parsed.data;
  log.warn('reviews.malformed', { reviewId: snapshot.id, fields: z.prettifyError(parsed.error).length });
  return null;
}

function recountRating(
  collectionName: 'Hospitals' | 'Doctors',
  field: 'hospitalId' | 'doctorId',
  id: string,
  needed: Timestamp | undefined,
) {
  const published = db().collection('reviews').where('status', '==', 'published').where(field, '==', id);
  // Firestore takes five aggregations in one query: the fifth star and the sum follow from these.
  const job: Recount = {
    target: db().collection(collectionName).doc(id),
    aggregate: published.aggregate({
      count: AggregateField.count(),
      s1: AggregateField.sum('stars.s1'),
      s2: AggregateField.sum('stars.s2'),
      s3: AggregateField.sum('stars.s3'),
      s4: AggregateField.sum('stars.s4'),
    }),
    asOfField: 'rating.asOf',
    fields: (values, asOf) => ({ rating: ratingFrom(values, asOf) }),
  };
  return recount(job, needed);
}

/** `reviews/{reviewId}` was created, edited, hidden or deleted. Throws, and is delivered again, unless settled. */
export async function onReviewWritten(
  event: FirestoreEvent<Change<DocumentSnapshot> | undefined>,
): Promise<void> {
  if (!event.data) return;
  const stale = staleRatings(ratedOf(event.data.before), ratedOf(event.data.after));
  const needed = changedAt(event.data);
  const settled = await Promise.allSettled([
    ...stale.hospitals.map((id) => recountRating('Hospitals', 'hospitalId', id, needed)),
    ...stale.doctors.map((id) => recountRating('Doctors', 'doctorId', id, needed)),
  ]);
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) {
    log.error('reviews.recountFailed', errorFields(failed.reason));
    throw failed.reason;
  }
}
