/**
 * What the server adds to a review because of what its author wrote: what it counts for, how honest the price was,
 * that a visit we know of, or a consultation, proves it; and what goes with it when it is taken back. Each write is fenced by the state it was
 * decided on, so an event that comes late, again or out of order adds nothing of its own.
 */
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import type { z } from 'zod';
import { deletionsBelow } from '../platform/erasing.ts';
import { db, isStale } from '../platform/firebase.ts';
import { isStronger, isVisitKnown } from './evidence.ts';
import { derivedChanges } from './reviews.ts';
import { type Evidence, reviewSchema } from './schema.ts';

const followed = reviewSchema
  .pick({ rating: true, evidence: true, status: true, paidPrice: true, advertisedPrice: true, tally: true })
  .extend(reviewSchema.pick({ priceHonesty: true, consulted: true, authorUid: true, hospitalId: true }).shape)
  .extend(reviewSchema.pick({ reply: true, eventId: true }).shape);
type Followed = z.infer<typeof followed>;

const attempts = 5;

/** Whether somebody of the hospital has answered in the author's consultation. One read. */
async function hasConsulted({ authorUid, hospitalId }: Followed): Promise<boolean> {
  const said = db().collection(`Chatting/${authorUid}_${hospitalId}/messages`);
  const ofHospital = await said.where('senderRole', 'in', ['staff', 'doctor']).limit(1).get();
  return !ofHospital.empty;
}

/** Whoever has used a voucher names its event, whoever came by appointment has consulted: others need not be looked up. */
const saysMore = ({ eventId, consulted, evidence }: Followed) =>
  (eventId !== null || consulted) && evidence !== 'visit';

/** What we know of a new review. A read, and another when only a consultation can prove it. */
async function proofOf(reviewId: string, review: Followed): Promise<Evidence> {
  if (!saysMore(review)) return 'none';
  if (await isVisitKnown(reviewId)) return 'visit';
  return review.consulted && (await hasConsulted(review)) ? 'consultation' : 'none';
}

/** The server's fields of a review that are not what they should be. */
function changesTo(review: Followed, proof: Evidence): Record<string, unknown> {
  if (review.status === 'deleted') return review.reply === null ? {} : { reply: null };
  if (!isStronger(proof, review.evidence)) return derivedChanges(review);
  return { evidence: proof, ...derivedChanges({ ...review, evidence: proof }) };
}

async function deleteBelow(path: string): Promise<void> {
  for (;;) {
    const page = await deletionsBelow(db().doc(path));
    if (page.length === 0) return;
    const batch = db().batch();
    for (const { apply } of page) apply(batch);
    await batch.commit();
  }
}

/**
 * Puts right what the server keeps in a review. Costs nothing where nothing is to be put right; a review of a paid
 * event or one with evidence that is edited costs one write; a new one that names an event or a consultation one read
 * besides, and a claimed consultation another when no visit is known.
 */
export async function followReview({ before, after }: Change<DocumentSnapshot>): Promise<void> {
  const path = after.ref.path;
  let current: Pick<DocumentSnapshot, 'data' | 'updateTime'> = after;
  let proof: Evidence | undefined = before.exists ? 'none' : undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { data: review } = followed.safeParse(current.data());
    const updateTime = current.updateTime;
    if (!review || !updateTime) return;
    proof ??= await proofOf(after.ref.id, review);
    const changes = changesTo(review, proof);
    const isTakenBack = review.status === 'deleted' && before.get('status') !== 'deleted';
    if (isTakenBack) await deleteBelow(path);
    if (Object.keys(changes).length === 0) return;
    try {
      await db().doc(path).update(changes, { lastUpdateTime: updateTime });
      return;
    } catch (error) {
      if (!isStale(error)) throw error;
      current = await db().doc(path).get();
    }
  }
  throw new Error('a review kept changing');
}
