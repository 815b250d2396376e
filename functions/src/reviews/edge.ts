/** Where reviews meet Firestore. */
import { AggregateField } from 'firebase-admin/firestore';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { CallableRequest } from 'firebase-functions/v2/https';
import { z } from 'zod';
import { requireMember, requireOperator, requireStaffOf } from '../access/guard.ts';
import { sameValue } from '../kernel/same.ts';
import { answerCall } from '../platform/call.ts';
import { AppError } from '../platform/errors.ts';
import { db, type Timestamp } from '../platform/firebase.ts';
import { isHandEdit } from '../platform/handEdit.ts';
import { log } from '../platform/log.ts';
import { changedAt, type Recount, recount } from '../platform/recount.ts';
import { allSettled } from '../platform/together.ts';
import { cardedReview, type ReviewNews } from './cards.ts';
import { followReview } from './follow.ts';
import { onPicturesChanged } from './pictures.ts';
import { recountRating, showNewest } from './rating.ts';
import { decideReceiptInput, submitReceiptInput } from './receiptSchema.ts';
import { decideReceipt as decide, submitReceipt as submit } from './receipts.ts';
import { hospitalOf, replyTo } from './reply.ts';
import { type RatedFields, staleRatings } from './reviews.ts';
import { replyToReviewInput, reviewSchema } from './schema.ts';

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

/** What a change means for the cards on the page of a hospital; null when nothing that is seen there. */
function newsAt(hospitalId: string, { before, after }: Change<DocumentSnapshot>): ReviewNews | null {
  const [was, is] = [before, after].map((side) => {
    const shown = side.exists ? cardedReview(side.id, side.data()) : null;
    return shown?.hospitalId === hospitalId ? shown.card : null;
  });
  if (sameValue(was ?? null, is ?? null)) return null;
  return { id: after.id, before: was ?? null, after: is ?? null, version: changedAt({ after }) };
}

const later = (one: Timestamp, other: Timestamp | null | undefined) =>
  other && other.valueOf() > one.valueOf() ? other : one;

/**
 * Ratings of doctors and events first: that of a hospital is never older, so that whoever looks for what has changed need
 * look at hospitals only (feeds/numbers.ts).
 */
async function followRatings(data: Change<DocumentSnapshot>): Promise<void> {
  const stale = staleRatings(ratedOf(data.before), ratedOf(data.after));
  const needed = changedAt(data);
  const others = stale.filter(([page]) => page !== 'Hospitals');
  const counted = await Promise.allSettled(others.map(([page, id]) => recountRating(page, id, needed)));
  const asOfs = counted.map((one) => (one.status === 'fulfilled' ? one.value : null));
  const atLeast = needed && asOfs.reduce(later, needed);
  const hospitals = [...new Set([data.before, data.after].map((side) => side.get('hospitalId')))];
  const works = hospitals
    .filter((id) => typeof id === 'string' && id !== '')
    .map((id: string) => {
      const news = newsAt(id, data) ?? undefined;
      const isStale = stale.some(([page, stalePage]) => page === 'Hospitals' && stalePage === id);
      if (isStale) return recountRating('Hospitals', id, atLeast, news);
      return news ? showNewest(id, news) : Promise.resolve();
    });
  await allSettled('reviews.recountFailed', [...works, ...counted.map(settledAgain)]);
}

const settledAgain = (one: PromiseSettledResult<unknown>): Promise<unknown> =>
  one.status === 'rejected' ? Promise.reject(one.reason) : Promise.resolve();

/** `reviews/{reviewId}` was created, edited, hidden or taken back. Throws, and is delivered again, unless settled. */
export async function onReviewWritten({ data }: Written): Promise<void> {
  if (data) await allSettled('reviews.notSettled', [followReview(data), followRatings(data)]);
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

/** The same event, for whoever makes pictures: apart, because it takes memory. */
export async function onReviewPictures({ data }: Written): Promise<void> {
  if (data) await allSettled('reviews.picturesFailed', [onPicturesChanged(data)]);
}

/** Staff of the hospital reviewed answer. */
export function replyToReview(request: CallableRequest<unknown>) {
  return answerCall('replyToReview', replyToReviewInput, request, async (input) => {
    const { uid } = await requireStaffOf(request, await hospitalOf(input.reviewId));
    return { versions: await replyTo(input, uid) };
  });
}

/** A member hands in a receipt for a review of their own. */
export function submitReceipt(request: CallableRequest<unknown>) {
  return answerCall('submitReceipt', submitReceiptInput, request, async (input) => {
    const { uid } = await requireMember(request);
    return { state: await submit(input, uid) };
  });
}

/** An operator decides on a receipt. */
export function decideReceipt(request: CallableRequest<unknown>) {
  return answerCall('decideReceipt', decideReceiptInput, request, async ({ reviewId, ...decision }) => {
    const { uid } = await requireOperator(request);
    const { state, problems } = await decide(reviewId, { ...decision, by: uid });
    if (problems.length > 0) throw new AppError('DECISION_REFUSED', { problems });
    return { state };
  });
}

/** An operator typed a decision into `receipts/{reviewId}` in the console. */
export async function onReceiptWritten({ id, data }: Written): Promise<void> {
  if (!data || !isHandEdit(data.before, data.after, ['decision', 'decisionNote'])) return;
  if (data.after.get('decision') != null) await decide(data.after.id, { by: 'console', eventId: id });
}
