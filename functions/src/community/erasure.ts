/**
 * Posts, replies and likes of a member who leaves. What others have answered stays, without the person; what nobody has
 * answered goes. Replies of others say whom they address: they name the alias instead. Replies below the member's reviews
 * follow these to their new id: they are found by the old one, which begins with the uid (neither Kakao’s nor Firebase’s
 * uids hold an underscore, so one is never the beginning of another). Every document is changed once, in all that names
 * the person.
 */
import type { DocumentSnapshot, Query, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import {
  type Change,
  deletion,
  deletionsOf,
  type Eraser,
  type Leaver,
  leaverName,
  ownedFiles,
  pageSize,
} from '../platform/erasing.ts';
import { deleteFiles, filesBelow } from '../platform/files.ts';
import { db } from '../platform/firebase.ts';
import { publicFolder } from './publicFolder.ts';

const perPage = 50;
const answersLookedAt = 50;

const replies = () => db().collection('TempReplies');
const byOthers = (leaver: Leaver) => (answer: DocumentSnapshot) => answer.get('authorUid') !== leaver.uid;

/** Whether others have answered. Own answers do not count: they go themselves. */
async function isAnswered(answers: Query, leaver: Leaver): Promise<boolean> {
  const found = (await answers.limit(answersLookedAt).get()).docs;
  return found.length === answersLookedAt || found.some(byOthers(leaver));
}

function changed(document: QueryDocumentSnapshot, fields: Record<string, unknown>): Change {
  return {
    action: 'anonymised',
    path: document.ref.path,
    apply: (batch) => batch.update(document.ref, fields, { lastUpdateTime: document.updateTime }),
  };
}

/** What of a reply, whoever wrote it, names the person beside its author. */
function renamed(reply: DocumentSnapshot, { uid, alias }: Leaver): Record<string, unknown> {
  const parentId = String(reply.get('parentId'));
  const fields: Record<string, unknown> = {};
  if (parentId.startsWith(`${uid}_`)) fields.parentId = `${alias}${parentId.slice(uid.length)}`;
  for (const field of ['parentAuthorUid', 'answeredUid']) if (reply.get(field) === uid) fields[field] = alias;
  const mentions: unknown = reply.get('mentions');
  if (Array.isArray(mentions) && mentions.includes(uid))
    fields.mentions = mentions.filter((mentioned) => mentioned !== uid);
  return fields;
}

const anonymised = ({ alias }: Leaver) => ({ authorUid: alias, authorNickname: leaverName });

async function nextReplyBelowReview(leaver: Leaver): Promise<Change[]> {
  const below = replies()
    .where('parentId', '>=', `${leaver.uid}_`)
    .where('parentId', '<', `${leaver.uid}_\uf8ff`)
    .limit(perPage);
  return (await below.get()).docs.map((reply) => changed(reply, renamed(reply, leaver)));
}

async function nextAddressed(leaver: Leaver): Promise<Change[]> {
  const addressed = [
    replies().where('parentAuthorUid', '==', leaver.uid),
    replies().where('answeredUid', '==', leaver.uid),
    replies().where('mentions', 'array-contains', leaver.uid),
  ];
  for (const query of addressed) {
    const page = (await query.limit(perPage).get()).docs;
    if (page.length > 0) return page.map((reply) => changed(reply, renamed(reply, leaver)));
  }
  return [];
}

const nextLikes = ({ uid }: Leaver): Promise<Change[]> =>
  deletionsOf(db().collectionGroup('likes').where('uid', '==', uid));

async function replyChange(reply: QueryDocumentSnapshot, leaver: Leaver): Promise<Change> {
  const answered = await isAnswered(replies().where('replyTo', '==', reply.id), leaver);
  return answered
    ? changed(reply, { ...anonymised(leaver), ...renamed(reply, leaver) })
    : deletion(reply.ref);
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
  const withoutText = post.get('status') === 'deleted' ? takenBack : {};
  return changed(post, { ...anonymised(leaver), imagePaths: [], images: [], ...withoutText });
}

async function nextPosts(leaver: Leaver): Promise<Change[]> {
  const own = await db().collection('FreeTalks').where('authorUid', '==', leaver.uid).limit(perPage).get();
  return Promise.all(own.docs.map((post) => postChange(post, leaver)));
}

/**
 * What was written anonymously. Nothing in it names the person: what others have answered stays as it is, without
 * pictures. Its byline goes with the same batch, answers before what they answer.
 */
async function bylineChanges(byline: QueryDocumentSnapshot, leaver: Leaver): Promise<Change[]> {
  const own = deletion(byline.ref);
  const written = await db()
    .doc(String(byline.get('path')))
    .get();
  if (!written.exists) return [own];
  const isPost = byline.get('depth') === 0;
  const answers = isPost
    ? replies().where('parentType', '==', 'FreeTalks').where('parentId', '==', written.id)
    : replies().where('replyTo', '==', written.id);
  if (!(await isAnswered(answers, leaver))) return [own, deletion(written.ref)];
  if (!isPost) return [own];
  const withoutText = written.get('status') === 'deleted' ? takenBack : {};
  const fields = { images: [], ...withoutText };
  const change: Change = {
    action: 'anonymised',
    path: written.ref.path,
    apply: (batch) => batch.update(written.ref, fields),
  };
  return [own, change];
}

async function nextBylines(leaver: Leaver): Promise<Change[]> {
  for (const depth of [2, 1, 0]) {
    const own = db().collection('bylines').where('uid', '==', leaver.uid).where('depth', '==', depth);
    const page = (await own.limit(perPage / 2).get()).docs;
    if (page.length > 0)
      return (await Promise.all(page.map((byline) => bylineChanges(byline, leaver)))).flat();
  }
  return [];
}

/** The numbers of the others stay what they are. */
async function nextNumbers({ uid, alias }: Leaver): Promise<Change[]> {
  const threads = db().collection('anonymousThreads').where('people', 'array-contains', uid);
  return (await threads.limit(perPage).get()).docs.map((thread) => {
    const people: unknown[] = thread.get('people');
    return changed(thread, { people: people.map((one) => (one === uid ? alias : one)) });
  });
}

const listed = (document: DocumentSnapshot, field: string) => [document.get(field) ?? []].flat().length > 0;

/** Public copies of the pictures of the person’s posts, answered or not. */
async function findPublicPictures({ uid }: Leaver): Promise<string[]> {
  const named = await db()
    .collection('FreeTalks')
    .where('authorUid', '==', uid)
    .select('imagePaths', 'images')
    .get();
  const anonymous = await db().collection('bylines').where('uid', '==', uid).where('depth', '==', 0).get();
  const withPictures = [
    ...named.docs.filter((talk) => listed(talk, 'imagePaths') || listed(talk, 'images')).map(({ id }) => id),
    ...anonymous.docs
      .filter((byline) => listed(byline, 'imagePaths'))
      .map((byline) => String(byline.get('path')).split('/').at(-1) ?? ''),
  ];
  for (const talkId of withPictures) {
    const files = await filesBelow(publicFolder(talkId), pageSize);
    if (files.length > 0) return files;
  }
  return [];
}

async function nextPage(leaver: Leaver): Promise<Change[]> {
  const steps = [
    ...[nextLikes, nextBylines, nextNumbers, nextReplies, nextPosts],
    ...[nextReplyBelowReview, nextAddressed],
  ];
  for (const next of steps) {
    const page = await next(leaver);
    if (page.length > 0) return page;
  }
  return [];
}

export const communityErasers: readonly Eraser[] = [
  ownedFiles('communityFiles', 'freetalks'),
  {
    ...{ kind: 'outside', name: 'communityPictures', action: 'deleted' },
    find: findPublicPictures,
    erase: (_leaver, paths) => deleteFiles(paths),
  },
  {
    kind: 'documents',
    name: 'community',
    after: ['reviews', 'communityFiles', 'communityPictures'],
    nextPage,
  },
];
