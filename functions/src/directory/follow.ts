/**
 * What belongs to a hospital follows it: hidden with it, shown again with it, under its name and in its region.
 *
 * Level-triggered: what differs from the hospital as it is now is looked for without locks, page by page, and brought in
 * line in transactions that look again. Events that come twice, late or in the wrong order end in the same state, and a
 * run that dies is begun again at the cost of reads.
 */
import type { DocumentReference, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { db, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { clinicOf, clockAt, collectionOf, followed } from './pages.ts';

const perPage = 100;
const followers = ['doctor', 'event'] as const;
type Follower = (typeof followers)[number];

async function bringInLine(
  kind: Follower,
  hospitalId: string,
  refs: readonly DocumentReference[],
  now: number,
): Promise<void> {
  await db().runTransaction(async (tx) => {
    const clinic = await clinicOf(tx, hospitalId);
    for (const { ref, data } of (await tx.getAll(...refs)).map((page) => ({
      ref: page.ref,
      data: page.data(),
    }))) {
      // A doctor may have been moved to another hospital meanwhile.
      if (data?.hospitalId !== hospitalId) continue;
      const changes = followed(kind, data, clinic, clockAt(now));
      if (Object.keys(changes).length > 0) tx.update(ref, { ...changes, updatedAt: Timestamp.now() });
    }
  });
}

async function followPage(
  kind: Follower,
  hospitalId: string,
  after: QueryDocumentSnapshot | undefined,
  now: number,
): Promise<{ readonly last: QueryDocumentSnapshot | undefined; readonly changed: number }> {
  const all = db().collection(collectionOf[kind]).where('hospitalId', '==', hospitalId).orderBy('__name__');
  const found = await (after ? all.startAfter(after) : all).limit(perPage).get();
  if (found.empty) return { last: undefined, changed: 0 };
  const clinic = await clinicOf(null, hospitalId);
  const differing = found.docs.filter(
    (page) => Object.keys(followed(kind, page.data(), clinic, clockAt(now))).length > 0,
  );
  const refs = differing.map(({ ref }) => ref);
  if (refs.length > 0) await bringInLine(kind, hospitalId, refs, now);
  return { last: found.size < perPage ? undefined : found.docs.at(-1), changed: refs.length };
}

/** Makes the pages of a hospital's doctors and events follow it as it is now. Resolves to how many differed. */
export async function followHospital(hospitalId: string, now: number): Promise<number> {
  let changed = 0;
  for (const kind of followers) {
    let page = await followPage(kind, hospitalId, undefined, now);
    changed += page.changed;
    while (page.last) {
      page = await followPage(kind, hospitalId, page.last, now);
      changed += page.changed;
    }
  }
  if (changed > 0) log.info('directory.followed', { hospitalId, changed });
  return changed;
}
