/**
 * Reviews of a member who leaves: others rely on them and ratings count them, so they stay, without the person. The
 * id holds the uid, so the document moves; deleting and creating it in one batch leaves the rating as it was. Replies
 * follow by themselves (community/erasure.ts).
 */
import type { QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { type Change, type Eraser, type Leaver, leaverName, ownedFiles } from '../platform/erasing.ts';
import { db } from '../platform/firebase.ts';

const reviewsPerPage = 50;

/** The id a review has once its author has left. */
export function idAfterLeaving(reviewId: string, { uid, alias }: Leaver): string {
  return reviewId.startsWith(`${uid}_`) ? `${alias}${reviewId.slice(uid.length)}` : reviewId;
}

function anonymised(review: QueryDocumentSnapshot, leaver: Leaver): Change {
  const moved = review.ref.parent.doc(idAfterLeaving(review.id, leaver));
  const noPictures = { photoPaths: [], beforeAfterPaths: [], photos: [], beforeAfter: [], picturesOf: [] };
  const fields = { authorUid: leaver.alias, authorNickname: leaverName, ...noPictures };
  const asRead = { lastUpdateTime: review.updateTime };
  return {
    action: 'anonymised',
    path: review.ref.path,
    apply: (batch) => {
      if (moved.path === review.ref.path) batch.update(review.ref, fields, asRead);
      else batch.create(moved, { ...review.data(), ...fields }).delete(review.ref, asRead);
    },
  };
}

async function nextReviews(leaver: Leaver): Promise<Change[]> {
  const own = db().collection('reviews').where('authorUid', '==', leaver.uid);
  return (await own.limit(reviewsPerPage).get()).docs.map((review) => anonymised(review, leaver));
}

export const reviewErasers: readonly Eraser[] = [
  ownedFiles('reviewFiles', 'reviews'),
  { kind: 'documents', name: 'reviews', nextPage: nextReviews },
];
