/**
 * Telling people of a reply, once each. Whom it addresses stands in the reply, proven by the rules that read it anyway, so
 * a reply by name to a post by name costs no read here. What is read for: bylines of what is anonymous, whether somebody
 * mentioned has written in the thread, and whether two have blocked each other where the rules could not ask.
 */
import { notify } from '../notifications/notify.ts';
import { db } from '../platform/firebase.ts';
import { areApart } from './apart.ts';
import { bylineOf, type Writing } from './bylines.ts';
import type { Reply } from './schema.ts';
import { strangersIn, type Told, toldOf } from './telling.ts';

export type ToldOf = Pick<
  Reply,
  | 'authorUid'
  | 'anonymous'
  | 'parentType'
  | 'parentId'
  | 'replyTo'
  | 'parentAuthorUid'
  | 'answeredUid'
  | 'mentions'
>;

async function anonymousAuthor(writing: Writing, id: string): Promise<string | null> {
  return (await bylineOf(writing, id).get()).data()?.uid ?? null;
}

async function hasWrittenIn(uid: string, { parentType, parentId }: ToldOf): Promise<boolean> {
  const own = db().collection('TempReplies').where('parentId', '==', parentId).where('authorUid', '==', uid);
  const found = (await own.limit(1).get()).docs;
  return found.some((reply) => reply.get('parentType') === parentType);
}

async function whom(id: string, reply: ToldOf): Promise<Told[]> {
  const { parentType, parentId, replyTo, parentAuthorUid, answeredUid } = reply;
  const [writer, parentAuthor, answeredAuthor] = await Promise.all([
    reply.anonymous ? anonymousAuthor('TempReplies', id) : reply.authorUid,
    parentAuthorUid ?? (parentType === 'FreeTalks' ? anonymousAuthor('FreeTalks', parentId) : null),
    answeredUid ?? (replyTo === null ? null : anonymousAuthor('TempReplies', replyTo)),
  ]);
  const strangers = strangersIn(reply.mentions, [writer, parentAuthor, answeredAuthor]);
  const present = await Promise.all(strangers.map((uid) => hasWrittenIn(uid, reply)));
  const mentioned = strangers.filter((_, index) => present[index]);
  const told = toldOf({ parentAuthor, answeredAuthor, mentioned }, writer);
  // The rules refuse a reply by name to somebody blocked; of the others they do not know.
  const isAsked = ({ uid }: Told) => reply.anonymous || (uid !== parentAuthorUid && uid !== answeredUid);
  const apart = await Promise.all(
    told.map((each) => writer !== null && isAsked(each) && areApart(writer, each.uid)),
  );
  return told.filter((_, index) => !apart[index]);
}

const newsOf = {
  reply: { kind: 'reply', title: '새 댓글', body: '회원님의 글이나 댓글에 댓글이 달렸습니다.' },
  mention: { kind: 'mention', title: '댓글에서 언급', body: '댓글에서 회원님을 언급했습니다.' },
} as const;

/** Tells everybody whom a reply concerns. Doing it again tells nobody twice. */
export async function tellOfReply(id: string, reply: ToldOf): Promise<void> {
  const told = await whom(id, reply);
  await Promise.all(
    told.map(({ uid, kind }) => notify(uid, `reply-${id}`, { ...newsOf[kind], target: `TempReplies/${id}` })),
  );
}
