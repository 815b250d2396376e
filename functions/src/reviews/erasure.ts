/**
 * Reviews of a member who leaves: others rely on them and ratings count them, so they stay, without the person. The
 * id holds the uid, so the document moves; deleting and creating it in one batch leaves the rating as it was. Replies
 * follow by themselves (community/erasure.ts).
 */
import type { DocumentReference, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import {
  type Change,
  deletionsOf,
  type Eraser,
  type Leaver,
  leaverName,
  ownedDocuments,
  ownedFiles,
  pageSize,
} from '../platform/erasing.ts';
import { deleteFiles, filesBelow } from '../platform/files.ts';
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

function moved(document: QueryDocumentSnapshot, to: DocumentReference, leaver: Leaver): Change {
  const isOwn = document.get('authorUid') === leaver.uid;
  const data = { ...document.data(), ...(isOwn ? { authorUid: leaver.alias } : {}) };
  return {
    action: 'moved',
    path: document.ref.path,
    apply: (batch) => batch.set(to, data).delete(document.ref, { lastUpdateTime: document.updateTime }),
  };
}

/** What stands below reviews that have moved: it is found below the ids they had. */
async function nextBelowReviews(leaver: Leaver): Promise<Change[]> {
  const moves: Change[] = [];
  const left = await db().collection('reviews').where('authorUid', '==', leaver.alias).get();
  for (const review of left.docs) {
    const former = review.ref.parent.doc(`${leaver.uid}${review.id.slice(leaver.alias.length)}`);
    for (const collection of await former.listCollections()) {
      const page = (await collection.limit(pageSize - moves.length).get()).docs;
      for (const each of page)
        moves.push(moved(each, review.ref.collection(collection.id).doc(each.id), leaver));
      if (moves.length >= pageSize) return moves;
    }
  }
  return moves;
}

const shownFiles: Eraser = {
  ...{ kind: 'outside', name: 'reviewPictures', action: 'deleted' },
  find: ({ uid }) => filesBelow(`public/reviews/${uid}_`, pageSize),
  erase: (_leaver, paths) => deleteFiles(paths),
};

const votes: Eraser = {
  ...{ kind: 'documents', name: 'helpfulVotes' },
  nextPage: ({ uid }) => deletionsOf(db().collectionGroup('helpful').where('uid', '==', uid)),
};

export const reviewErasers: readonly Eraser[] = [
  ownedFiles('reviewFiles', 'reviews'),
  ownedFiles('receiptFiles', 'receipts'),
  ownedDocuments('receipts', 'receipts', 'uid'),
  ownedDocuments('visits', 'visits', 'uid'),
  votes,
  { kind: 'documents', name: 'reviews', nextPage: nextReviews },
  { kind: 'documents', name: 'belowReviews', after: ['reviews'], nextPage: nextBelowReviews },
  // After the documents: whoever makes pictures meanwhile finds no review any more.
  { ...shownFiles, after: ['reviews'] },
];
