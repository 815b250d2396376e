/** How fast a hospital answers those who ask for the first time: public, recounted, never added up. */
import { AggregateField } from 'firebase-admin/firestore';
import { db } from '../platform/firebase.ts';
import { recount } from '../platform/recount.ts';

const { sum } = AggregateField;

export async function recountFirstReplies(hospitalId: string): Promise<void> {
  await recount({
    target: db().doc(`Hospitals/${hospitalId}`),
    aggregate: db()
      .collection('Chatting')
      .where('hospitalId', '==', hospitalId)
      .aggregate({
        answered: sum('firstReply.answered'),
        minutes: sum('firstReply.minutes'),
        within10m: sum('firstReply.within10m'),
        within1h: sum('firstReply.within1h'),
        within1d: sum('firstReply.within1d'),
      }),
    asOfField: 'firstReply.asOf',
    fields: ({ answered, minutes, within10m, within1h, within1d }, asOf) => ({
      firstReply: {
        answered: answered ?? 0,
        minutes: Math.round((minutes ?? 0) / Math.max(1, answered ?? 0)),
        ...{ within10m: within10m ?? 0, within1h: within1h ?? 0, within1d: within1d ?? 0, asOf },
      },
    }),
  });
}
