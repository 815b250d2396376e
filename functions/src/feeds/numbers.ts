/**
 * Scores and ranks on cards, which follow within five minutes: the job asks what has moved since it last did. When nothing
 * has, it costs two reads, one more in an instance that does not remember since when.
 */
import type { QueryDocumentSnapshot } from 'firebase-admin/firestore';
import type { Instant } from '../kernel/fields.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { homeIn, homeRef } from './documents.ts';
import { followEvents } from './eventLists.ts';
import { type HomePart, lookUpHome } from './home.ts';
import { followPages } from './hospitalPage.ts';
import { listsOf, regionOf } from './lists.ts';

/** From the moment a recount reads to the moment its write is seen. */
const settlingMs = 120_000;
const pageSize = 300;

let known: Instant | null = null;

const movedSince = (collection: string, asOf: string, since: Instant) =>
  db().collection(collection).where(asOf, '>', new Timestamp(since.seconds, since.nanoseconds)).orderBy(asOf);

async function allMoved(collection: 'Doctors' | 'Events', since: Instant): Promise<QueryDocumentSnapshot[]> {
  const moved = movedSince(collection, 'rating.asOf', since).select('hospitalId', 'region').limit(pageSize);
  const found: QueryDocumentSnapshot[] = [];
  for (let page = await moved.get(); ; page = await moved.startAfter(page.docs.at(-1)).get()) {
    found.push(...page.docs);
    if (page.size < pageSize) return found;
  }
}

const regionsOf = (event: QueryDocumentSnapshot) => {
  const region = regionOf(event.get('region'));
  return region ? listsOf(region) : [];
};

const stalePages = (part: 'doctorCards' | 'eventCards', moved: readonly QueryDocumentSnapshot[]) =>
  moved.map((page) => ({ hospitalId: String(page.get('hospitalId')), part }));

/** Ratings of doctors and events are followed by one of their hospital (reviews/edge.ts): that one is asked for. */
async function followRatings(since: Instant): Promise<void> {
  const [doctors, events] = await Promise.all([allMoved('Doctors', since), allMoved('Events', since)]);
  const pages = await followPages([
    ...stalePages('doctorCards', doctors),
    ...stalePages('eventCards', events),
  ]);
  const lists = await followEvents(events.map((event) => ({ id: event.id, regions: regionsOf(event) })));
  log.info('feeds.followed', { doctors: doctors.length, events: events.length, pages, lists });
}

/** The job. Resolves to whether anything had moved. One that dies leaves `numbersAsOf` as it was, and is begun again. */
export async function followNumbers(now: number): Promise<boolean> {
  const since = known ?? homeIn(await homeRef().get()).numbersAsOf ?? Timestamp.fromMillis(0);
  const until = Timestamp.fromMillis(now - settlingMs);
  const [rated, hot] = await Promise.all([
    movedSince('Hospitals', 'rating.asOf', since).select().limit(1).get(),
    movedSince('FreeTalks', 'hotAsOf', since).select().limit(1).get(),
  ]);
  known = since;
  if (rated.empty && hot.empty) return false;
  if (!rated.empty) await followRatings(since);
  const moved: readonly HomePart[] = [
    ...(rated.empty ? [] : ['hospitals' as const]),
    ...(hot.empty ? [] : (['talks', 'notices'] as const)),
  ];
  await lookUpHome(moved, until);
  known = until;
  return true;
}
