/** Lists of events in pages: taking cards in and out, splitting, and what of it is to be written. Pure: knows no Firebase. */
import { type EventCard, regions } from '../directory/schema.ts';
import { newestFirst } from '../kernel/fields.ts';
import { cardsPerPage, type EventList, type FeedRegion, mostPages } from './schema.ts';

export const listId = (region: FeedRegion, page: number): string => `events_${region}_${page}`;

/** The lists an event stands in. */
export const listsOf = (region: EventCard['region']): readonly FeedRegion[] => ['all', region];

/** Which list a value names; null when none. */
export const regionOf = (value: unknown): EventCard['region'] | null =>
  regions.find((region) => region === value) ?? null;

/**
 * A list with some events as they are now: `now` holds of each its card, or null where it is not shown. Whatever the
 * list was like, no event is in it twice, and none of another region.
 */
export function withEvents(
  region: FeedRegion,
  list: readonly EventCard[],
  now: ReadonlyMap<string, EventCard | null>,
): EventCard[] {
  const kept = new Map(list.map((card) => [card.id, card]));
  for (const [id, card] of now) {
    if (card) kept.set(id, card);
    else kept.delete(id);
  }
  return [...kept.values()]
    .filter((card) => region === 'all' || card.region === region)
    .sort(newestFirst)
    .slice(0, cardsPerPage * mostPages);
}

/** The documents of a list; none where it is empty. */
export function pagesOf(region: FeedRegion, list: readonly EventCard[]): EventList[] {
  const pages = Math.min(Math.ceil(list.length / cardsPerPage), mostPages);
  return Array.from({ length: pages }, (_, index) => ({
    ...{ region, page: index + 1, pages },
    cards: list.slice(index * cardsPerPage, (index + 1) * cardsPerPage),
  }));
}

/** Every list of all the events that are shown, for whoever makes them from nothing. */
export function allLists(events: readonly EventCard[]): Map<string, EventList> {
  const shown = new Map(events.map((card) => [card.id, card]));
  const lists = (['all', ...regions] as const).flatMap((region) =>
    pagesOf(region, withEvents(region, [], shown)),
  );
  return new Map(lists.map((list) => [listId(list.region, list.page), list]));
}
