/** Where the board and replies meet Firestore. */
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { CallableRequest } from 'firebase-functions/v2/https';
import { requireMember, requireOperator } from '../access/guard.ts';
import { callerAddress, limitHere } from '../access/limits.ts';
import { answerCall } from '../platform/call.ts';
import { db } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { changedAt } from '../platform/recount.ts';
import { allSettled } from '../platform/together.ts';
import * as anonymous from './anonymous.ts';
import { acceptAnswer as accept } from './answers.ts';
import { type CountedFields, isVisible, staleCounts } from './community.ts';
import { answersTo, likesOf, recountInto, repliesTo } from './counters.ts';
import { countViews as noteViews } from './countViews.ts';
import { clearTalk, mayChangeImages, showImages } from './images.ts';
import { pin } from './pinning.ts';
import {
  acceptAnswerInput,
  countViewsInput,
  editAnonymouslyInput,
  pinTalkInput,
  replySchema,
  writeAnonymouslyInput,
} from './schema.ts';
import { tellOfReply } from './tell.ts';

const countedFields = replySchema.pick({
  parentType: true,
  parentId: true,
  replyTo: true,
  deleted: true,
  hidden: true,
});
/** Of a reply written before these were, nobody is told. */
const toldFields = replySchema.pick({
  ...{ authorUid: true, anonymous: true, parentType: true, parentId: true, replyTo: true },
  ...{ parentAuthorUid: true, answeredUid: true, mentions: true },
});

function countedOf(snapshot: DocumentSnapshot): CountedFields | null {
  if (!snapshot.exists) return null;
  const parsed = countedFields.safeParse(snapshot.data());
  if (parsed.success) return parsed.data;
  log.warn('replies.malformed', { replyId: snapshot.id });
  return null;
}

/** A like was given or taken back. Throws, and is delivered again, unless counted. */
async function countLikes(path: string, data: Change<DocumentSnapshot> | undefined): Promise<void> {
  if (!data || data.before.exists === data.after.exists) return;
  await recountInto(path, 'likeCount', likesOf(path), changedAt(data));
}

type Written<P> = FirestoreEvent<Change<DocumentSnapshot> | undefined, P>;

/** `FreeTalks/{talkId}/likes/{uid}` was written or deleted. */
export const onTalkLiked = ({ params, data }: Written<{ talkId: string }>): Promise<void> =>
  countLikes(`FreeTalks/${params.talkId}`, data);

/** `TempReplies/{replyId}/likes/{uid}` was written or deleted. */
export const onReplyLiked = ({ params, data }: Written<{ replyId: string }>): Promise<void> =>
  countLikes(`TempReplies/${params.replyId}`, data);

/** Tells of a reply when it becomes visible. */
async function tell(before: DocumentSnapshot, after: DocumentSnapshot): Promise<void> {
  if (isVisible(countedOf(before)) || !isVisible(countedOf(after))) return;
  const { data } = toldFields.safeParse(after.data());
  if (data) await tellOfReply(after.id, data);
}

/** Of a reply that is gone: what stood below it. */
async function clearReply({ before, after }: Change<DocumentSnapshot>): Promise<void> {
  if (before.exists && !after.exists)
    await db().recursiveDelete(db().collection(`TempReplies/${before.id}/likes`));
}

/** `TempReplies/{replyId}` was written, taken back or hidden. Throws, and is delivered again, unless settled. */
export async function onReplyWritten(
  event: FirestoreEvent<Change<DocumentSnapshot> | undefined>,
): Promise<void> {
  if (!event.data) return;
  const stale = staleCounts(countedOf(event.data.before), countedOf(event.data.after));
  const needed = changedAt(event.data);
  await allSettled('community.notSettled', [
    ...stale.parents.map(({ type, id }) =>
      recountInto(`${type}/${id}`, 'replyCount', repliesTo(type, id), needed),
    ),
    ...stale.replies.map((id) => recountInto(`TempReplies/${id}`, 'replyCount', answersTo(id), needed)),
    tell(event.data.before, event.data.after),
    clearReply(event.data),
  ]);
}

/** `FreeTalks/{talkId}` was written: its pictures follow; of one that is gone, what stood below it goes. */
export async function onTalkWritten({ params, data }: Written<{ talkId: string }>): Promise<void> {
  if (!data) return;
  if (!data.after.exists) return clearTalk(params.talkId);
  if (mayChangeImages(data.before, data.after)) await showImages(params.talkId);
}

type Call = CallableRequest<unknown>;

/** Callable (members): a post or reply that does not say whose it is. */
export function writeAnonymously(request: Call): Promise<{ path: string }> {
  return answerCall('writeAnonymously', writeAnonymouslyInput, request, async (input) => {
    const { uid } = await requireMember(request);
    if ('post' in input) {
      await anonymous.writePost(uid, input.id, input.post);
      return { path: `FreeTalks/${input.id}` };
    }
    await anonymous.writeReply(uid, input.id, input.reply);
    return { path: `TempReplies/${input.id}` };
  });
}

/** Callable (members): edits, takes back, or puts up again what the caller wrote anonymously. */
export function editAnonymously(request: Call): Promise<{ path: string }> {
  return answerCall('editAnonymously', editAnonymouslyInput, request, async (input) => {
    const { uid } = await requireMember(request);
    if ('post' in input) {
      await anonymous.editPost(uid, input.talkId, input.post);
      return { path: `FreeTalks/${input.talkId}` };
    }
    await anonymous.editReply(uid, input.replyId, 'text' in input ? input.text : null);
    return { path: `TempReplies/${input.replyId}` };
  });
}

/** Callable (members): accepts an answer to the caller’s question, whoever of the two is anonymous. */
export function acceptAnswer(request: Call): Promise<{ acceptedReplyId: string | null }> {
  return answerCall('acceptAnswer', acceptAnswerInput, request, async ({ talkId, replyId }) => {
    const { uid } = await requireMember(request);
    await accept(uid, talkId, replyId);
    return { acceptedReplyId: replyId };
  });
}

/** Callable (operators): puts a post on top of the board as a notice, or takes it down from there. */
export function pinTalk(request: Call): Promise<{ talkId: string; pinned: boolean }> {
  return answerCall('pinTalk', pinTalkInput, request, async ({ talkId, pinned, reason }) => {
    const { uid: by } = await requireOperator(request);
    await pin(talkId, pinned, { by, note: reason });
    return { talkId, pinned };
  });
}

/** Callable (everybody): posts the caller has opened. Answers before anything is certain; costs no read. */
export function countViews(request: Call): Promise<{ noted: true }> {
  return answerCall('countViews', countViewsInput, request, async ({ talkIds }) => {
    const address = callerAddress(request);
    await (request.auth ? limitHere('callByPerson', request.auth.uid) : limitHere('viewByAddress', address));
    await noteViews(request.auth?.uid ?? address, talkIds);
    return { noted: true };
  });
}
