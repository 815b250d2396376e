/** Home, kept. What may be stale of it is looked up anew, in the transaction that writes it. */
import type { Query } from 'firebase-admin/firestore';
import type { Instant } from '../kernel/fields.ts';
import { sameValue } from '../kernel/same.ts';
import { db, type Transaction } from '../platform/firebase.ts';
import { gathering } from '../platform/gather.ts';
import { hospitalCardOf, talkOf } from './cards.ts';
import { feedDocument, homeIn, homeRef, isWhole } from './documents.ts';
import { listId } from './lists.ts';
import { eventListSchema, type Home, mostOnHome } from './schema.ts';

export const homeParts = ['hospitals', 'talks', 'notices'] as const;
export type HomePart = (typeof homeParts)[number];

const bestHospitals = (): Query =>
  db()
    .collection('Hospitals')
    .where('published', '==', true)
    .orderBy('rating.bayes', 'desc')
    .limit(mostOnHome.hospitals);
const shownTalks = () => db().collection('FreeTalks').where('status', '==', 'published');
const hotTalks = (): Query => shownTalks().orderBy('hotScore', 'desc').limit(mostOnHome.talks);
const notices = (): Query =>
  shownTalks().where('pinned', '==', true).orderBy('createdAt', 'desc').limit(mostOnHome.notices);

const isCard = <T>(card: T | null | undefined): card is T => card !== null && card !== undefined;

const looked = [...homeParts, 'events'] as const;

const lookUp = {
  events: async (tx: Transaction) => {
    const newest = eventListSchema.safeParse((await tx.get(feedDocument(listId('all', 1)))).data()).data;
    return { events: newest?.cards.slice(0, mostOnHome.events) ?? [] };
  },
  hospitals: async (tx: Transaction) => {
    const found = await tx.get(bestHospitals());
    return { hospitals: found.docs.map((page) => hospitalCardOf(page.id, page.data())).filter(isCard) };
  },
  talks: async (tx: Transaction) => {
    const found = (await tx.get(hotTalks())).docs.map((post) => talkOf(post.id, post.data())).filter(isCard);
    return { talks: found.filter(({ hotScore }) => hotScore > 0).map(({ card }) => card) };
  },
  notices: async (tx: Transaction) => {
    const found = await tx.get(notices());
    return { notices: found.docs.map((post) => talkOf(post.id, post.data())?.card).filter(isCard) };
  },
} as const satisfies Record<(typeof looked)[number], (tx: Transaction) => Promise<Partial<Home>>>;

/**
 * Looks up parts of home, and says since when its numbers are right, if given. Resolves to whether it was different. What is
 * not there yet, or not as it should be, is looked up with them; events come with their list otherwise.
 */
export async function lookUpHome(parts: readonly HomePart[], numbersAsOf?: Instant): Promise<boolean> {
  return db().runTransaction(async (tx) => {
    const stored = await tx.get(homeRef());
    const asked: readonly string[] = parts;
    const needed = looked.filter((part) => asked.includes(part) || !isWhole(stored, part));
    const found = await Promise.all(needed.map((part): Promise<Partial<Home>> => lookUp[part](tx)));
    const home: Home = Object.assign({}, homeIn(stored), ...found, numbersAsOf ? { numbersAsOf } : {});
    if (sameValue(stored.data(), home)) return false;
    tx.set(homeRef(), home);
    return true;
  });
}

/** A part of home may be stale. Those that come meanwhile are looked up together. */
export const followHome = gathering<HomePart>(async (parts) => {
  await lookUpHome(parts);
});

/** Whether a post stands on home. One read. */
export async function isOnHome(talkId: string): Promise<boolean> {
  const { talks, notices } = homeIn(await homeRef().get());
  return [...talks, ...notices].some(({ id }) => id === talkId);
}
