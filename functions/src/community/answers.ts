/** Accepting an answer where the rules cannot tell whose question or answer it is: one of the two is anonymous. */
import { AppError } from '../platform/errors.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { authorOf, isOpenTop, writingOf } from './bylines.ts';

/** Sets or takes away the accepted answer of the caller’s question. Errors: WRITING_NOT_FOUND, ANSWER_REFUSED. */
export async function acceptAnswer(uid: string, talkId: string, replyId: string | null): Promise<void> {
  await db().runTransaction(async (tx) => {
    const talk = await tx.get(writingOf('FreeTalks', talkId));
    const isOwn = talk.exists && (await authorOf('FreeTalks', talk, tx)) === uid;
    if (!isOwn || talk.get('status') !== 'published') throw new AppError('WRITING_NOT_FOUND');
    if (replyId !== null) {
      const reply = await tx.get(writingOf('TempReplies', replyId));
      if (talk.get('category') !== 'question' || !isOpenTop(reply, talkId))
        throw new AppError('ANSWER_REFUSED');
      if ((await authorOf('TempReplies', reply, tx)) === uid) throw new AppError('ANSWER_REFUSED');
    }
    tx.update(talk.ref, { acceptedReplyId: replyId, updatedAt: Timestamp.now() });
  });
}
