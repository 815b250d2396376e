/** The counters of posts and replies, each counted by one query; a post’s rank among the hot ones is written with them. */
import { AggregateField, type Query } from 'firebase-admin/firestore';
import { z } from 'zod';
import { instant } from '../kernel/fields.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { type Recount, recount } from '../platform/recount.ts';
import { hotScore, type Stir } from './hot.ts';

/** Of a post laid by hand the counters may be missing. */
const stirFields = z.object({
  likeCount: z.number().catch(0),
  replyCount: z.number().catch(0),
  createdAt: instant('when written').catch(() => Timestamp.now()),
});

const stirOf = (fields: Readonly<Record<string, unknown>>): Stir => {
  const { likeCount, replyCount, createdAt } = stirFields.parse(fields);
  return { likes: likeCount, replies: replyCount, writtenAt: createdAt.toMillis() };
};

const visibleReplies = () =>
  db().collection('TempReplies').where('hidden', '==', false).where('deleted', '==', false);

/** What is counted into `replyCount` of a post or review. */
export const repliesTo = (type: 'FreeTalks' | 'reviews', id: string): Query =>
  visibleReplies().where('parentType', '==', type).where('parentId', '==', id);

/** What is counted into `replyCount` of a reply. */
export const answersTo = (replyId: string): Query => visibleReplies().where('replyTo', '==', replyId);

/** What is counted into `likeCount`. */
export const likesOf = (path: string): Query => db().collection(`${path}/likes`);

export type Counter = 'replyCount' | 'likeCount';

/** Counts what `counted` finds into a field of a post, review or reply. */
export function recountInto(
  path: string,
  counter: Counter,
  counted: Query,
  needed: Timestamp | undefined,
): Promise<unknown> {
  const isTalk = path.startsWith('FreeTalks/');
  const job: Recount = {
    target: db().doc(path),
    aggregate: counted.aggregate({ count: AggregateField.count() }),
    asOfField: `${counter}AsOf`,
    beside: isTalk ? ['likeCount', 'replyCount', 'createdAt'] : [],
    fields: (values, asOf, beside) => {
      const count = values.count ?? 0;
      const fields = { [counter]: count, [`${counter}AsOf`]: asOf };
      if (!isTalk) return fields;
      return { ...fields, hotScore: hotScore(stirOf({ ...beside, [counter]: count })), hotAsOf: asOf };
    },
  };
  return recount(job, needed);
}
