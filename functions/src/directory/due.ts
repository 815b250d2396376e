/** Events appear and vanish by the calendar, a page of due ones at a time, each in a transaction that looks again. */
import type { Query, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { db, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { clinicOf, clockAt, followed } from './pages.ts';

const perPage = 100;
const mostPages = 50;
const atOnce = 10;

async function turn({ ref }: QueryDocumentSnapshot, now: number): Promise<void> {
  await db().runTransaction(async (tx) => {
    const stored = (await tx.get(ref)).data();
    if (!stored) return;
    const changes = followed('event', stored, await clinicOf(tx, stored.hospitalId), clockAt(now));
    if (Object.keys(changes).length > 0) tx.update(ref, { ...changes, updatedAt: Timestamp.now() });
  });
}

/** Runs `work` on all a query finds. One that fails is logged and left for the next run; the others go on. */
export async function forAllDue(
  name: string,
  due: Query,
  work: (document: QueryDocumentSnapshot) => Promise<void>,
): Promise<number> {
  const one = (document: QueryDocumentSnapshot) =>
    work(document).catch((error: unknown) => log.error(`${name}.failed`, errorFields(error)));
  let seen = 0;
  let after: QueryDocumentSnapshot | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const found = await (after ? due.startAfter(after) : due).limit(perPage).get();
    for (let from = 0; from < found.size; from += atOnce)
      await Promise.all(found.docs.slice(from, from + atOnce).map(one));
    seen += found.size;
    after = found.docs.at(-1);
    if (found.size < perPage) break;
  }
  return seen;
}

/** Shows the events whose first day has begun and hides those whose last is over. Resolves to how many were due. */
export async function turnEvents(now: number): Promise<number> {
  const events = db().collection('Events');
  const moment = Timestamp.fromMillis(now);
  const coming = events.where('hiddenBecause', '==', 'NOT_YET').where('appearsAt', '<=', moment);
  const going = events.where('published', '==', true).where('vanishesAt', '<=', moment);
  const work = (event: QueryDocumentSnapshot) => turn(event, now);
  const gone = await forAllDue('turnEvents', going.orderBy('vanishesAt'), work);
  return gone + (await forAllDue('turnEvents', coming.orderBy('appearsAt'), work));
}
