/** A hospital's answer to a review: one, changeable, with everything that was said kept. */

import { audit } from '../audit/audit.ts';
import { notifyIn } from '../notifications/notify.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { hospitalReplyRef, reviewRef } from './collections.ts';
import { replyProblems } from './replyLint.ts';
import type { ReplyToReview } from './schema.ts';

const mostVersions = 20;

/** The hospital a published review is about. One read. Errors: REVIEW_NOT_FOUND. */
export async function hospitalOf(reviewId: string): Promise<string> {
  const review = await db().doc(`reviews/${reviewId}`).get();
  const hospitalId: unknown = review.get('hospitalId');
  if (review.get('status') !== 'published' || typeof hospitalId !== 'string')
    throw new AppError('REVIEW_NOT_FOUND');
  return hospitalId;
}

/**
 * Answers a review, or changes the answer; returns how often it has been said. Saying the same again changes nothing.
 * Errors: REVIEW_NOT_FOUND, REPLY_REFUSED.
 */
export async function replyTo({ reviewId, text }: ReplyToReview, by: string): Promise<number> {
  const problems = replyProblems(text);
  if (problems.length > 0) throw new AppError('REPLY_REFUSED', { problems });
  const ref = reviewRef(reviewId);
  const stored = hospitalReplyRef(reviewId);
  return db().runTransaction(async (tx) => {
    const [review, former] = [(await tx.get(ref)).data(), (await tx.get(stored)).data()];
    if (review?.status !== 'published') throw new AppError('REVIEW_NOT_FOUND');
    if (former?.text === text && review.reply?.text === text) return former.versions.length;
    if (former && former.versions.length >= mostVersions)
      throw new AppError('REPLY_REFUSED', { problems: [`답글은 ${mostVersions}번까지 고칠 수 있습니다.`] });
    const at = Timestamp.now();
    const versions = [...(former?.versions ?? []), { text, at }];
    const createdAt = former?.createdAt ?? at;
    tx.set(stored, { hospitalId: review.hospitalId, text, versions, createdAt, updatedAt: at });
    tx.update(ref, { reply: { text, at } });
    // Of the first answer only: changing it tells nobody again.
    if (!former) {
      const body = `${review.hospitalName}에서 회원님의 후기에 답글을 남겼습니다.`;
      const news = { kind: 'hospitalReply', title: '병원 답글', body, target: ref.path } as const;
      notifyIn(tx, review.authorUid, `hospitalReply-${reviewId}`, news);
    }
    audit(tx, { action: 'review.reply', target: `Hospitals/${review.hospitalId}`, by, result: 'done' });
    return versions.length;
  });
}
