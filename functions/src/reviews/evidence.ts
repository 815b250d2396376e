/** What proves the visit of a review. Whoever has proof says so here, in the transaction that makes it. */
import { daysAfter, startOfKoreanDay } from '../kernel/days.ts';
import { Timestamp, type Transaction } from '../platform/firebase.ts';
import { reviewRef, visitRef } from './collections.ts';
import { derivedChanges } from './reviews.ts';
import { type Evidence, evidenceLevels, type Review } from './schema.ts';

export const isStronger = (one: Evidence, other: Evidence) =>
  evidenceLevels.indexOf(one) > evidenceLevels.indexOf(other);

/** Sets what proves a review, and with it what the review counts for: one write, no further one by the trigger. */
export function setEvidence(tx: Transaction, reviewId: string, review: Review, evidence: Evidence): void {
  const changed = { ...review, evidence };
  tx.update(reviewRef(reviewId), { evidence, ...derivedChanges(changed) });
}

/** A review is written by the 180th day after the visit, and its event may come late. */
const knownForDays = 200;

/**
 * Lets a visit the platform knows of (a voucher used, a booking kept) prove the review of it: the one there is, or the one
 * that will be written, which looks for it (follow.ts). Reads; to be called before the other writes of the transaction, so
 * that of a review and a visit at once one finds the other. Calling it again changes nothing.
 */
export async function noteVisit(
  tx: Transaction,
  { uid, hospitalId, day }: { readonly uid: string; readonly hospitalId: string; readonly day: string },
): Promise<void> {
  const reviewId = `${uid}_${hospitalId}_${day}`;
  const review = (await tx.get(reviewRef(reviewId))).data();
  if (!review) {
    const purgeAt = Timestamp.fromMillis(startOfKoreanDay(daysAfter(day, knownForDays)));
    tx.set(visitRef(reviewId), { uid, hospitalId, day, purgeAt });
  } else if (isStronger('visit', review.evidence)) setEvidence(tx, reviewId, review, 'visit');
}

/** Whether a visit is known that a review is of. One read. */
export const isVisitKnown = async (reviewId: string): Promise<boolean> =>
  (await visitRef(reviewId).get()).exists;
