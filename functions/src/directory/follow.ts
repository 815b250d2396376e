/**
 * What belongs to a hospital follows it: hidden with it, shown again with it, under its name and in its region.
 *
 * Level-triggered: every page of a hundred is one transaction that reads the hospital as it is now, so events that come
 * twice, late or in the wrong order end in the same state, and a run that dies is begun again at the cost of reads.
 */
import { db, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { clinicOf, clockAt, collectionOf, followed } from './pages.ts';

const perPage = 100;
const followers = ['doctor', 'event'] as const;

/** Lets one page follow; resolves to the last id of it, or null when it was the last page. */
async function followPage(
  kind: (typeof followers)[number],
  hospitalId: string,
  after: string | null,
  now: number,
): Promise<{ readonly last: string | null; readonly changed: number }> {
  return db().runTransaction(async (tx) => {
    const clinic = await clinicOf(tx, hospitalId);
    const all = db().collection(collectionOf[kind]).where('hospitalId', '==', hospitalId).orderBy('__name__');
    const found = await tx.get((after === null ? all : all.startAfter(after)).limit(perPage));
    let changed = 0;
    for (const page of found.docs) {
      const changes = followed(kind, page.data(), clinic, clockAt(now));
      if (Object.keys(changes).length === 0) continue;
      changed += 1;
      tx.update(page.ref, { ...changes, updatedAt: Timestamp.now() });
    }
    const last = found.size < perPage ? null : (found.docs.at(-1)?.id ?? null);
    return { last, changed };
  });
}

/** Makes the pages of a hospital's doctors and events follow it as it is now. Resolves to how many were changed. */
export async function followHospital(hospitalId: string, now: number): Promise<number> {
  let changed = 0;
  for (const kind of followers) {
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof followPage>> = await followPage(kind, hospitalId, after, now);
      changed += page.changed;
      after = page.last;
    } while (after !== null);
  }
  if (changed > 0) log.info('directory.followed', { hospitalId, changed });
  return changed;
}
