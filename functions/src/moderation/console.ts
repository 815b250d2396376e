/**
 * What operators type into the queue in the Firebase console: `decision` (release, remove or measure) with `decisionNote`.
 * It is carried out, or explained in `decisionProblems`. For content that is not in the queue an operator makes a document
 * with `path`, `decision` and `decisionNote`. And what follows from any decision, by whatever way it came.
 */
import { AggregateField } from 'firebase-admin/firestore';
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { AppError } from '../platform/errors.ts';
import { db, isAlreadyThere, isStale, Timestamp } from '../platform/firebase.ts';
import { changedFields, isHandEdit } from '../platform/handEdit.ts';
import { refusalFor } from '../platform/reasons.ts';
import { changedAt, type Recount, recount } from '../platform/recount.ts';
import { carryOut } from './acts.ts';
import { answerReports } from './reports.ts';
import { decisions, queueItemSchema } from './schema.ts';
import { placeOf, queueIdOf } from './targets.ts';

const problems = {
  decision: 'decision에는 release(공개), remove(삭제), measure(30일 임시조치) 가운데 하나를 적어 주세요.',
  path: 'path에는 reviews/…, FreeTalks/…, TempReplies/…, Chatting/…/messages/… 가운데 하나를 적어 주세요.',
  note: 'decisionNote에 사유를 적어 주세요. 감사 기록에 남습니다.',
} as const;

/** Says why not, and takes the word back so that it can be typed again. */
async function refuse(typed: DocumentSnapshot, problem: string): Promise<void> {
  const change = { decision: null, decisionProblems: [problem], updatedAt: Timestamp.now() };
  await db()
    .doc(typed.ref.path)
    .update(change)
    .catch((error: unknown) => {
      if (!isStale(error)) throw error;
    });
}

async function decide(eventId: string, typed: DocumentSnapshot): Promise<void> {
  const decision = decisions.find((word) => word === typed.get('decision'));
  const [path, note]: unknown[] = [typed.get('path'), typed.get('decisionNote')];
  const place = typeof path === 'string' ? placeOf(path) : null;
  if (!decision) return refuse(typed, problems.decision);
  if (typeof path !== 'string' || !place) return refuse(typed, problems.path);
  if (typeof note !== 'string' || note.trim() === '') return refuse(typed, problems.note);
  try {
    await carryOut(decision, {
      path,
      by: 'console',
      note: note.slice(0, 500),
      entryId: `moderation-${eventId}`,
    });
  } catch (error) {
    // A second delivery has written the same entry.
    if (isAlreadyThere(error)) return;
    if (!(error instanceof AppError)) throw error;
    return refuse(typed, refusalFor(error.reason).message);
  }
  if (typed.id !== queueIdOf(place)) await db().doc(typed.ref.path).delete();
}

function recountTakedowns(hospitalId: string, needed: Timestamp | undefined): Promise<unknown> {
  const job: Recount = {
    target: db().doc(`Hospitals/${hospitalId}`),
    aggregate: db()
      .collection('moderationQueue')
      .where('hospitalId', '==', hospitalId)
      .aggregate({ measures: AggregateField.sum('measures'), upheld: AggregateField.sum('removed') }),
    asOfField: 'takedowns.asOf',
    fields: ({ measures, upheld }, asOf) => ({
      takedowns: { measures: measures ?? 0, upheld: upheld ?? 0, asOf },
    }),
  };
  return recount(job, needed);
}

async function follow({ before, after }: Change<DocumentSnapshot>): Promise<void> {
  const item = queueItemSchema.safeParse(after.data()).data;
  if (!item) return;
  if (changedFields(before, after, ['state', 'decidedAt']).length > 0) await answerReports(item);
  const counts = changedFields(before, after, ['measures', 'removed', 'hospitalId']);
  const isCounted = item.measures + item.removed > 0 || before.exists;
  if (item.hospitalId !== null && counts.length > 0 && isCounted)
    await recountTakedowns(item.hospitalId, changedAt({ after }));
}

/** The queue was written, by us or by hand. */
export async function queueWritten(eventId: string, change: Change<DocumentSnapshot>): Promise<void> {
  const { before, after } = change;
  if (!after.exists) return;
  if (isHandEdit(before, after, ['decision']) && after.get('decision') != null) await decide(eventId, after);
  await follow(change);
}
