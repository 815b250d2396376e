/**
 * Posts and replies of a member who leaves. What others have answered stays, without the person; what nobody has
 * answered goes. Replies below the member's reviews follow these to their new id: they are found by the old one, which
 * begins with the uid (neither Kakao’s nor Firebase’s uids hold an underscore, so one is never the beginning of another).
 */
import type { DocumentSnapshot, Query, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import {
  type Change,
  deletion,
  type Eraser,
  type Leaver,
  leaverName,
  ownedFiles,
} from '../platform/erasing.ts';
import { db } from '../platform/firebase.ts';

const perPage = 50;
const answersLookedAt = 50;

const replies = () => db().collection('TempReplies');
const byOthers = (leaver: Leaver) => (answer: DocumentSnapshot) => answer.get('authorUid') !== leaver.uid;

/** Whether others have answered. Own answers do not count: they go themselves. */
async function isAnswered(answers: Query, leaver: Leaver): Promise<boolean> {
  const found = (await answers.limit(answersLookedAt).get()).docs;
  return found.length === answersLookedAt || found.some(byOthers(leaver));
}

function kept(document: QueryDocumentSnapshot, leaver: Leaver, more: Record<string, unknown> = {}): Change {
  const fields = { authorUid: leaver.alias, authorNickname: leaverName, ...more };
  return {
    action: 'anonymised',
    path: document.ref.path,
    apply: (batch) => batch.update(document.ref, fields, { lastUpdateTime: document.updateTime }),
  };
}

async function nextReplyBelowReview(leaver: Leaver): Promise<Change[]> {
  const below = replies()
    .where('parentId', '>=', `${leaver.uid}_`)
    .where('parentId', '<', `${leaver.uid}_\uf8ff`)
    .limit(perPage);
  return (await below.get()).docs.map((reply) => {
    const rest = String(reply.get('parentId')).slice(leaver.uid.length);
    const asRead = { lastUpdateTime: reply.updateTime };
    return {
      action: 'anonymised',
      path: reply.ref.path,
      apply: (batch) => batch.update(reply.ref, { parentId: `${leaver.alias}${rest}` }, asRead),
    };
  });
}

async function replyChange(reply: QueryDocumentSnapshot, leaver: Leaver): Promise<Change> {
  const answered = await isAnswered(replies().where('replyTo', '==', reply.id), leaver);
  return answered ? kept(reply, leaver) : deletion(reply.ref);
}

/** Answers before what they answer, which then may have none left. */
async function nextReplies(leaver: Leaver): Promise<Change[]> {
  const own = (await replies().where('authorUid', '==', leaver.uid).limit(perPage).get()).docs;
  const nested = own.filter((reply) => reply.get('replyTo') !== null);
  return Promise.all((nested.length > 0 ? nested : own).map((reply) => replyChange(reply, leaver)));
}

/** What its author took back is read by nobody: of it only the place in the thread is kept. */
const takenBack = { title: '삭제된 글', body: '삭제된 글입니다.' };

async function postChange(post: QueryDocumentSnapshot, leaver: Leaver): Promise<Change> {
  const answers = replies().where('parentType', '==', 'FreeTalks').where('parentId', '==', post.id);
  if (!(await isAnswered(answers, leaver))) return deletion(post.ref);
  return kept(post, leaver, { imagePaths: [], ...(post.get('status') === 'deleted' ? takenBack : {}) });
}

async function nextPosts(leaver: Leaver): Promise<Change[]> {
  const own = await db().collection('FreeTalks').where('authorUid', '==', leaver.uid).limit(perPage).get();
  return Promise.all(own.docs.map((post) => postChange(post, leaver)));
}

async function nextPage(leaver: Leaver): Promise<Change[]> {
  for (const next of [nextReplyBelowReview, nextReplies, nextPosts]) {
    const page = await next(leaver);
    if (page.length > 0) return page;
  }
  return [];
}

export const communityErasers: readonly Eraser[] = [
  ownedFiles('communityFiles', 'freetalks'),
  { kind: 'documents', name: 'community', after: ['reviews'], nextPage },
];
