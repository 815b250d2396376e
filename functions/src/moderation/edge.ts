/** Where moderation meets its callers and events. */
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { CallableRequest } from 'firebase-functions/v2/https';
import { requireMember, requireOperator } from '../access/guard.ts';
import { answerCall } from '../platform/call.ts';
import { appeal, carryOut } from './acts.ts';
import { block, unblock } from './blocks.ts';
import { queueWritten } from './console.ts';
import { judgeWritten } from './judging.ts';
import { judgeMessageWritten } from './messages.ts';
import { judgeShownPictures } from './pictures.ts';
import { reportWritten } from './reports.ts';
import {
  appealInput,
  blockInput,
  decideModerationInput,
  imposeMeasureInput,
  type Moderated,
} from './schema.ts';

type Written = FirestoreEvent<Change<DocumentSnapshot> | undefined>;

/** Part of onReviewWritten, onTalkWritten and onReplyWritten: what was written is judged. */
export async function judgeReview({ data }: Written): Promise<void> {
  if (data) await judgeWritten('reviews', data);
}
export async function judgeTalk({ data }: Written): Promise<void> {
  if (data) await judgeWritten('FreeTalks', data);
}
export async function judgeReply({ data }: Written): Promise<void> {
  if (data) await judgeWritten('TempReplies', data);
}

/** Part of onReviewPictures and onTalkWritten: the pictures it shows now are judged. */
export async function judgeReviewPictures({ data }: Written): Promise<void> {
  if (data) await judgeShownPictures('reviews', data);
}
export async function judgeTalkPictures({ data }: Written): Promise<void> {
  if (data) await judgeShownPictures('FreeTalks', data);
}

/** Part of onMessageWritten: contacts that brokers leave are held back. */
export async function judgeMessage({
  data,
  params,
}: FirestoreEvent<
  Change<DocumentSnapshot> | undefined,
  { roomId: string; messageId: string }
>): Promise<void> {
  if (data) await judgeMessageWritten(`${params.roomId}~${params.messageId}`, data);
}

/** `reports/{reportId}` was written: weighed when new, counted for its reporter when answered. */
export async function onReportWritten({ data }: Written): Promise<void> {
  if (data) await reportWritten(data);
}

/** `moderationQueue/{targetId}` was written: decisions typed by hand are carried out, reports answered, take-downs counted. */
export async function onModerationQueueWritten({ id, data }: Written): Promise<void> {
  if (data) await queueWritten(id, data);
}

/** Callable (members): the author of something held back objects. */
export function appealModeration(request: CallableRequest<unknown>): Promise<Moderated> {
  return answerCall('appealModeration', appealInput, request, async ({ path, text }) => {
    const { uid } = await requireMember(request);
    return appeal(path, text, uid);
  });
}

/** Callable (operators): shows content again, or removes it. */
export function decideModeration(request: CallableRequest<unknown>): Promise<Moderated> {
  return answerCall('decideModeration', decideModerationInput, request, async ({ path, decision, note }) => {
    const { uid: by } = await requireOperator(request);
    return carryOut(decision, { path, by, note });
  });
}

/** Callable (operators): hides content for 30 days on a claim of rights. */
export function imposeMeasure(request: CallableRequest<unknown>): Promise<Moderated> {
  return answerCall('imposeMeasure', imposeMeasureInput, request, async ({ path, note }) => {
    const { uid: by } = await requireOperator(request);
    return carryOut('measure', { path, by, note });
  });
}

/** Callable (members): the two are hidden from each other. */
export function blockMember(request: CallableRequest<unknown>): Promise<{ uid: string; blocked: boolean }> {
  return answerCall('blockMember', blockInput, request, async ({ uid: other }) => {
    const { uid } = await requireMember(request);
    await block(uid, other);
    return { uid: other, blocked: true };
  });
}

/** Callable (members): and no longer, unless the other blocks too. */
export function unblockMember(request: CallableRequest<unknown>): Promise<{ uid: string; blocked: boolean }> {
  return answerCall('unblockMember', blockInput, request, async ({ uid: other }) => {
    const { uid } = await requireMember(request);
    await unblock(uid, other);
    return { uid: other, blocked: false };
  });
}
