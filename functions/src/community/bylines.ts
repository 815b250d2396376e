/** Who wrote something: it says so itself, or it is anonymous and its byline does. */
import type { DocumentSnapshot, Transaction } from 'firebase-admin/firestore';
import { db } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { anonymousThreadSchema, bylineSchema } from './schema.ts';

export type Writing = 'FreeTalks' | 'TempReplies';

export const bylines = () => collection('bylines', bylineSchema);
export const bylineOf = (writing: Writing, id: string) => bylines().doc(`${writing}-${id}`);
export const threadOf = (talkId: string) => collection('anonymousThreads', anonymousThreadSchema).doc(talkId);
export const writingOf = (writing: Writing, id: string) => db().doc(`${writing}/${id}`);

/** Null where nobody knows: the author has left, or it is not there. One read when it is anonymous, else none. */
export async function authorOf(
  writing: Writing,
  document: DocumentSnapshot,
  tx?: Transaction,
): Promise<string | null> {
  const named: unknown = document.get('authorUid');
  if (typeof named === 'string') return named;
  if (document.get('anonymous') !== true) return null;
  const ref = bylineOf(writing, document.id);
  return (await (tx ? tx.get(ref) : ref.get())).data()?.uid ?? null;
}

/** Whether a reply stands at the top of a post’s thread for everybody to see. */
export const isOpenTop = (reply: DocumentSnapshot, talkId: string): boolean =>
  reply.get('parentType') === 'FreeTalks' &&
  reply.get('parentId') === talkId &&
  reply.get('replyTo') === null &&
  reply.get('deleted') === false &&
  reply.get('hidden') === false;
