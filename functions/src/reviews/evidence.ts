/** What proves the visit of a review. Whoever has proof says so here, in the transaction that makes it. */
import type { Transaction } from '../platform/firebase.ts';
import { reviewRef } from './collections.ts';
import { derivedChanges } from './reviews.ts';
import { type Evidence, evidenceLevels, type Review } from './schema.ts';

const isStronger = (one: Evidence, other: Evidence) =>
  evidenceLevels.indexOf(one) > evidenceLevels.indexOf(other);

/** Sets what proves a review, and with it what the review counts for: one write, no further one by the trigger. */
export function setEvidence(tx: Transaction, reviewId: string, review: Review, evidence: Evidence): void {
  const changed = { ...review, evidence };
  tx.update(reviewRef(reviewId), { evidence, ...derivedChanges(changed) });
}

/**
 * Lets a visit the platform knows of (a voucher used, a booking kept) prove the review written of it, if there is one.
 * Reads; to be called before the writes of the transaction. Calling it again changes nothing.
 */
export async function noteVisit(
  tx: Transaction,
  { uid, hospitalId, day }: { readonly uid: string; readonly hospitalId: string; readonly day: string },
): Promise<void> {
  const reviewId = `${uid}_${hospitalId}_${day}`;
  const review = (await tx.get(reviewRef(reviewId))).data();
  if (review && isStronger('visit', review.evidence)) setEvidence(tx, reviewId, review, 'visit');
}
