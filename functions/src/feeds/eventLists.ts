/**
 * Lists of events, kept. Level-triggered: an event only says which pages may be stale; they are read as they are, together
 * with the lists they stand in, in the transaction that writes what is different. So events that come twice, late or out of
 * order, and instances that do the same at once, end in the same lists.
 */
import type { DocumentSnapshot } from 'firebase-admin/firestore';
import type { EventCard } from '../directory/schema.ts';
import { sameValue } from '../kernel/same.ts';
import { db, type Transaction } from '../platform/firebase.ts';
import { gathering } from '../platform/gather.ts';
import { eventCardOf } from './cards.ts';
import { feedDocument, homeRef } from './documents.ts';
import { listId, listsOf, pagesOf, withEvents } from './lists.ts';
import { emptyHome, eventListSchema, type FeedRegion, mostOnHome } from './schema.ts';

const perTransaction = 100;

/** An event that may stand in lists otherwise than it should, and in which it may have stood. */
export interface StaleEvent {
  readonly id: string;
  readonly regions: readonly FeedRegion[];
}

interface StoredList {
  readonly region: FeedRegion;
  readonly pages: readonly DocumentSnapshot[];
  readonly cards: readonly EventCard[];
}

const cardsIn = (page: DocumentSnapshot): readonly EventCard[] =>
  eventListSchema.safeParse(page.data()).data?.cards ?? [];

async function readList(tx: Transaction, region: FeedRegion): Promise<StoredList> {
  const first = await tx.get(feedDocument(listId(region, 1)));
  const said: unknown = first.get('pages');
  const more = Array.from({ length: typeof said === 'number' ? said - 1 : 0 }, (_, index) =>
    feedDocument(listId(region, index + 2)),
  );
  const pages = [first, ...(more.length > 0 ? await tx.getAll(...more) : [])];
  return { region, pages, cards: pages.flatMap(cardsIn) };
}

/** Writes the pages of a list that are different now. Resolves to how many. */
function writeList(tx: Transaction, { region, pages }: StoredList, cards: readonly EventCard[]): number {
  const meant = pagesOf(region, cards);
  const changed = meant.filter((page, index) => !sameValue(pages[index]?.data(), page));
  for (const page of changed) tx.set(feedDocument(listId(region, page.page)), page);
  const surplus = pages.slice(meant.length).filter(({ exists }) => exists);
  for (const { ref } of surplus) tx.delete(ref);
  return changed.length + surplus.length;
}

async function bringInLine(stale: readonly StaleEvent[]): Promise<number> {
  const ids = [...new Set(stale.map(({ id }) => id))];
  return db().runTransaction(async (tx) => {
    const events = await tx.getAll(...ids.map((id) => db().doc(`Events/${id}`)));
    const now = new Map(events.map((event) => [event.id, eventCardOf(event.id, event.data())]));
    const standing = [...now.values()].flatMap((card) => (card ? listsOf(card.region) : []));
    const regions = new Set<FeedRegion>(['all', ...stale.flatMap((event) => event.regions), ...standing]);
    const lists = await Promise.all([...regions].map((region) => readList(tx, region)));
    const home = await tx.get(homeRef());
    let written = 0;
    for (const list of lists) {
      const cards = withEvents(list.region, list.cards, now);
      written += writeList(tx, list, cards);
      if (list.region !== 'all') continue;
      const events = cards.slice(0, mostOnHome.events);
      if (sameValue(home.get('events'), events)) continue;
      if (home.exists) tx.update(homeRef(), { events });
      else tx.set(homeRef(), { ...emptyHome, events });
      written += 1;
    }
    return written;
  });
}

/** Brings all lists, and home, into line with some events. Resolves to how many documents were different. */
export async function followEvents(stale: readonly StaleEvent[]): Promise<number> {
  let written = 0;
  for (let from = 0; from < stale.length; from += perTransaction)
    written += await bringInLine(stale.slice(from, from + perTransaction));
  return written;
}

/** The same for one: those that come meanwhile are brought in line together. */
export const followEvent = gathering<StaleEvent>(async (stale) => {
  await followEvents(stale);
});
