/** Doctors and events on the page of their hospital, kept: looked up anew in the transaction that writes them. */
import type { Query } from 'firebase-admin/firestore';
import { mostCards } from '../directory/schema.ts';
import { sameValue } from '../kernel/same.ts';
import { db, type Transaction } from '../platform/firebase.ts';
import { gathering } from '../platform/gather.ts';
import { doctorCardOf, eventCardOf } from './cards.ts';

export const pageParts = ['doctorCards', 'eventCards'] as const;
export type PagePart = (typeof pageParts)[number];

const shownOf = (collection: 'Doctors' | 'Events', hospitalId: string): Query =>
  db().collection(collection).where('published', '==', true).where('hospitalId', '==', hospitalId);

const lookUp: Readonly<
  Record<PagePart, (tx: Transaction, hospitalId: string) => Promise<readonly object[]>>
> = {
  doctorCards: async (tx, hospitalId) => {
    const first = shownOf('Doctors', hospitalId).orderBy('createdAt', 'asc').limit(mostCards.doctors);
    return (await tx.get(first)).docs.flatMap((page) => doctorCardOf(page.id, page.data())?.card ?? []);
  },
  eventCards: async (tx, hospitalId) => {
    const newest = shownOf('Events', hospitalId).orderBy('createdAt', 'desc').limit(mostCards.events);
    return (await tx.get(newest)).docs.flatMap((page) => eventCardOf(page.id, page.data()) ?? []);
  },
};

/**
 * Looks up what a hospital's page shows of its doctors or events. Resolves to whether it was different. `updatedAt` stays:
 * nothing of the page itself has changed (directory/console.ts).
 */
export async function lookUpPage(hospitalId: string, parts: readonly PagePart[]): Promise<boolean> {
  const page = db().doc(`Hospitals/${hospitalId}`);
  return db().runTransaction(async (tx) => {
    const stored = await tx.get(page);
    if (!stored.exists) return false;
    const needed = pageParts.filter((part) => parts.includes(part));
    const found = await Promise.all(
      needed.map(async (part) => [part, await lookUp[part](tx, hospitalId)] as const),
    );
    const changed = found.filter(([part, cards]) => !sameValue(stored.get(part) ?? [], cards));
    if (changed.length === 0) return false;
    tx.update(page, Object.fromEntries(changed));
    return true;
  });
}

interface StalePage {
  readonly hospitalId: string;
  readonly part: PagePart;
}
const atOnce = 10;

/** Brings pages in line, each once, some at a time. Resolves to how many were different. */
export async function followPages(stale: readonly StalePage[]): Promise<number> {
  const ids = [...new Set(stale.map(({ hospitalId }) => hospitalId))];
  const partsOf = (id: string) => stale.filter(({ hospitalId }) => hospitalId === id).map(({ part }) => part);
  let changed = 0;
  for (let from = 0; from < ids.length; from += atOnce) {
    const some = ids.slice(from, from + atOnce);
    const results = await Promise.all(some.map((id) => lookUpPage(id, partsOf(id))));
    changed += results.filter((isChanged) => isChanged).length;
  }
  return changed;
}

/** The page of a hospital may be stale. Those that come meanwhile are brought in line together. */
export const followPage = gathering<StalePage>(async (stale) => {
  await followPages(stale);
});
