/** Where the board and replies meet Firestore. */
import { AggregateField, type Query } from 'firebase-admin/firestore';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { db, type Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { changedAt, type Recount, recount } from '../platform/recount.ts';
import { type CountedFields, staleCounts } from './community.ts';
import { replySchema } from './schema.ts';

const countedFields = replySchema.pick({
  parentType: true,
  parentId: true,
  replyTo: true,
  deleted: true,
  hidden: true,
});

function countedOf(snapshot: DocumentSnapshot): CountedFields | null {
  if (!snapshot.exists) return null;
  const parsed = countedFields.safeParse(snapshot.data());
  if (parsed.success) return parsed.data;
  log.warn('replies.malformed', { replyId: snapshot.id });
  return null;
}

function recountReplies(path: string, replies: Query, needed: Timestamp | undefined): Promise<void> {
  const job: Recount = {
    target: db().doc(path),
    aggregate: replies.aggregate({ count: AggregateField.count() }),
    asOfField: 'replyCountAsOf',
    fields: (values, asOf) => ({ replyCount: values.count ?? 0, replyCountAsOf: asOf }),
  };
  return recount(job, needed);
}

/** `TempReplies/{replyId}` was written, taken back or hidden. Throws, and is delivered again, unless settled. */
export async function onReplyWritten(
  event: FirestoreEvent<Change<DocumentSnapshot> | undefined>,
): Promise<void> {
  if (!event.data) return;
  const stale = staleCounts(countedOf(event.data.before), countedOf(event.data.after));
  const visible = db().collection('TempReplies').where('hidden', '==', false).where('deleted', '==', false);
  const needed = changedAt(event.data);
  const settled = await Promise.allSettled([
    ...stale.parents.map(({ type, id }) =>
      recountReplies(
        `${type}/${id}`,
        visible.where('parentType', '==', type).where('parentId', '==', id),
        needed,
      ),
    ),
    ...stale.replies.map((id) =>
      recountReplies(`TempReplies/${id}`, visible.where('replyTo', '==', id), needed),
    ),
  ]);
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) {
    log.error('replies.recountFailed', errorFields(failed.reason));
    throw failed.reason;
  }
}
