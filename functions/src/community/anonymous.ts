/**
 * Writing anonymously. The public document holds nothing of its author, no digest either: what could be recomputed from
 * a uid could be guessed, and would link threads. Who it was stands in `bylines`; who is which number below a post in one
 * document of that post.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentSnapshot, Transaction } from 'firebase-admin/firestore';
import { AppError } from '../platform/errors.ts';
import { db, isAlreadyThere, isContended, isStale, Timestamp } from '../platform/firebase.ts';
import { areApart } from './apart.ts';
import { bylineOf, isOpenTop, threadOf, type Writing, writingOf } from './bylines.ts';
import { anonymousName, authorName, nameAt } from './names.ts';
import { type AnonymousPost, type FreeTalk, mostNumbered, type Reply } from './schema.ts';

export interface AnonymousReply {
  readonly talkId: string;
  readonly replyTo: string | null;
  readonly text: string;
  readonly mentions: string[];
}

const uncounted = { likeCount: 0, likeCountAsOf: null, replyCount: 0, replyCountAsOf: null };

function requireOwnFiles(uid: string, paths: readonly string[]): void {
  if (paths.every((path) => path.split('/')[1] === uid)) return;
  throw new AppError('INVALID_INPUT', { fields: [{ field: 'imagePaths', code: 'not_own' }] });
}

/** A call that comes again finds what it wrote; an id that is somebody else’s is not there for the caller. */
async function wasWrittenBefore(uid: string, writing: Writing, id: string): Promise<true> {
  const byline = await bylineOf(writing, id).get();
  if (byline.data()?.uid !== uid) throw new AppError('WRITING_NOT_FOUND');
  return true;
}

/** An account made past our sign-up has no profile, and writes nothing: what the rules see by the nickname. One read. */
async function requireProfile(uid: string): Promise<void> {
  if (!(await db().doc(`users/${uid}`).get()).exists) throw new AppError('NOT_ALLOWED');
}

/** Writes a post without its author. Errors: INVALID_INPUT, NOT_ALLOWED, WRITING_NOT_FOUND. */
export async function writePost(uid: string, id: string, post: AnonymousPost): Promise<void> {
  requireOwnFiles(uid, post.imagePaths);
  await requireProfile(uid);
  const now = Timestamp.now();
  const talk: FreeTalk = {
    ...{ ...post, authorUid: null, authorNickname: anonymousName, anonymous: true },
    // The folder of an original is named after its owner.
    ...{ imagePaths: [], images: [], status: 'published', pinned: false, acceptedReplyId: null },
    ...{ viewCount: 0, hotScore: 0, ...uncounted, createdAt: now, updatedAt: now },
  };
  const path = `FreeTalks/${id}`;
  const batch = db().batch().create(writingOf('FreeTalks', id), talk);
  batch.create(bylineOf('FreeTalks', id), {
    ...{ uid, path, depth: 0, imagePaths: post.imagePaths, createdAt: now },
  });
  await batch.commit().catch((error: unknown) => {
    if (!isAlreadyThere(error)) throw error;
    return wasWrittenBefore(uid, 'FreeTalks', id);
  });
}

const attempts = 20;

/**
 * The place of the person among those below the post; the next free one is theirs when they have none, and -1 when all are
 * taken. Written on the condition that the list is as it was read: nobody waits for a lock, and of two who want the same
 * place one looks again.
 */
async function placeOf(uid: string, talkId: string): Promise<number> {
  const ref = threadOf(talkId);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const thread = await ref.get();
    const people = thread.data()?.people ?? [];
    const known = people.indexOf(uid);
    if (known >= 0 || people.length >= mostNumbered) return known;
    const after = { people: [...people, uid] };
    try {
      if (thread.updateTime) await ref.update(after, { lastUpdateTime: thread.updateTime });
      else await ref.create(after);
      return people.length;
    } catch (error) {
      if (!isStale(error) && !isAlreadyThere(error) && !isContended(error)) throw error;
      await sleep(Math.random() * 50 * (attempt + 1));
    }
  }
  throw new Error('too many want a place at once');
}

async function nameBelow(uid: string, talkId: string, talkAuthor: string | undefined): Promise<string> {
  return talkAuthor === uid ? authorName : nameAt(await placeOf(uid, talkId));
}

const uidIn = (document: DocumentSnapshot | undefined): string | null => {
  const uid: unknown = document?.get('authorUid');
  return typeof uid === 'string' ? uid : null;
};

/**
 * Refuses who is kept apart from somebody addressed by name, as the rules do. Of an anonymous one nothing is refused: that
 * would tell who it is; such a reply is not told to them (tell.ts).
 */
async function refuseApart(uid: string, addressed: readonly (string | null)[]): Promise<void> {
  const others = [...new Set(addressed)].filter((other) => other !== null).filter((other) => other !== uid);
  const apart = await Promise.all(others.map((other) => areApart(uid, other)));
  if (apart.includes(true)) throw new AppError('WRITING_NOT_FOUND');
}

/** Writes a reply to a post without its author. Errors: NOT_ALLOWED, WRITING_NOT_FOUND. */
export async function writeReply(uid: string, id: string, reply: AnonymousReply): Promise<void> {
  const { talkId, replyTo } = reply;
  const [talk, byline, answered] = await Promise.all([
    writingOf('FreeTalks', talkId).get(),
    bylineOf('FreeTalks', talkId).get(),
    replyTo === null ? undefined : writingOf('TempReplies', replyTo).get(),
    requireProfile(uid),
  ]);
  if (talk.get('status') !== 'published') throw new AppError('WRITING_NOT_FOUND');
  if (answered && !isOpenTop(answered, talkId)) throw new AppError('WRITING_NOT_FOUND');
  await refuseApart(uid, [uidIn(talk), uidIn(answered)]);
  const authorNickname = await nameBelow(uid, talkId, byline.data()?.uid);
  const now = Timestamp.now();
  const written: Reply = {
    ...{ authorUid: null, authorNickname, anonymous: true, parentType: 'FreeTalks', parentId: talkId },
    ...{ replyTo, parentAuthorUid: uidIn(talk), answeredUid: uidIn(answered), mentions: reply.mentions },
    ...{ text: reply.text, deleted: false, hidden: false, ...uncounted, createdAt: now, updatedAt: now },
  };
  const path = `TempReplies/${id}`;
  const batch = db().batch().create(writingOf('TempReplies', id), written);
  batch.create(bylineOf('TempReplies', id), {
    ...{ uid, path, depth: replyTo === null ? 1 : 2, imagePaths: [], createdAt: now },
  });
  await batch.commit().catch((error: unknown) => {
    if (!isAlreadyThere(error)) throw error;
    return wasWrittenBefore(uid, 'TempReplies', id);
  });
}

/** The writer’s own, as it stands, inside a transaction that goes on to change it. */
function changeOwn(
  uid: string,
  writing: Writing,
  id: string,
  change: (tx: Transaction, document: DocumentSnapshot) => void,
): Promise<void> {
  return db().runTransaction(
    async (tx) => {
      const [byline, document] = await Promise.all([
        tx.get(bylineOf(writing, id)),
        tx.get(writingOf(writing, id)),
      ]);
      if (byline.data()?.uid !== uid || !document.exists) throw new AppError('WRITING_NOT_FOUND');
      change(tx, document);
    },
    { maxAttempts: 10 },
  );
}

/** Edits, takes back or puts up again. What an operator has hidden stays as it is. Errors: INVALID_INPUT, WRITING_NOT_FOUND. */
export async function editPost(
  uid: string,
  id: string,
  { imagePaths, ...content }: AnonymousPost & Pick<FreeTalk, 'status'>,
): Promise<void> {
  requireOwnFiles(uid, imagePaths);
  await changeOwn(uid, 'FreeTalks', id, (tx, talk) => {
    if (!['published', 'deleted'].includes(talk.get('status'))) throw new AppError('WRITING_NOT_FOUND');
    tx.update(talk.ref, { ...content, updatedAt: Timestamp.now() });
    tx.update(bylineOf('FreeTalks', id), { imagePaths });
  });
}

/** Edits a reply, or with null takes it back for good. Errors: WRITING_NOT_FOUND. */
export async function editReply(uid: string, id: string, text: string | null): Promise<void> {
  await changeOwn(uid, 'TempReplies', id, (tx, reply) => {
    if (reply.get('deleted') !== false) throw new AppError('WRITING_NOT_FOUND');
    const change = text === null ? { text: '', deleted: true } : { text };
    tx.update(reply.ref, { ...change, updatedAt: Timestamp.now() });
  });
}
