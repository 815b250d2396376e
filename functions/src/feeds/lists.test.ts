import fc from 'fast-check';
import { type EventCard, regions } from '../directory/schema.ts';
import type { Instant } from '../kernel/fields.ts';
import { newestFirst } from '../kernel/fields.ts';
import { differs } from './cards.ts';
import { allLists, listId, pagesOf, withEvents } from './lists.ts';
import { cardsPerPage, eventListSchema, feedRegions } from './schema.ts';

const at = (seconds: number): Instant => ({
  ...{ seconds, nanoseconds: 0 },
  toMillis: () => seconds * 1000,
  toDate: () => new Date(seconds * 1000),
});
const event = (id: string, seconds: number, region: EventCard['region'] = '서울'): EventCard => ({
  ...{ id, title: `이벤트 ${id}`, hospitalId: 'h', hospitalName: '흐름의원', region, category: '' },
  ...{ priceBefore: 200, priceAfter: 100, discountPercent: 50, endsOn: '2026-12-31', thumbPath: null },
  ...{ vanishesAt: at(9), createdAt: at(seconds), rating: { count: 0, average: 0 } },
});

const anyEvent = fc
  .record({
    n: fc.nat({ max: 40 }),
    seconds: fc.nat({ max: 20 }),
    region: fc.constantFrom(...regions.slice(0, 3)),
  })
  .map(({ n, seconds, region }) => event(`e${n}`, seconds, region));

describe('withEvents', () => {
  it('ends in the list of what is shown, one change after another, some of them twice', () => {
    const change = fc.record({ card: anyEvent, isShown: fc.boolean(), twice: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), fc.constantFrom(...feedRegions), (changes, region) => {
        const shown = new Map<string, EventCard>();
        let list: EventCard[] = [];
        for (const { card, isShown, twice } of changes) {
          if (isShown) shown.set(card.id, card);
          else shown.delete(card.id);
          const now = new Map([[card.id, isShown ? card : null]]);
          for (let times = 0; times < (twice ? 2 : 1); times += 1) list = withEvents(region, list, now);
        }
        const truth = [...shown.values()].filter((card) => region === 'all' || card.region === region);
        expect(list).toEqual(truth.sort(newestFirst));
      }),
    );
  });
});

describe('pagesOf', () => {
  it('splits a list without losing, doubling or moving a card; each page says how many there are', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5 * cardsPerPage + 3 }), (size) => {
        const list = Array.from({ length: size }, (_, n) => event(`e${n}`, size - n));
        const pages = pagesOf('all', list);
        expect(pages.flatMap(({ cards }) => cards)).toEqual(list);
        expect(pages.map(({ page }) => page)).toEqual(pages.map((_, index) => index + 1));
        expect(pages.every((page) => page.pages === pages.length)).toBe(true);
        expect(pages.slice(0, -1).every(({ cards }) => cards.length === cardsPerPage)).toBe(true);
        for (const page of pages) expect(eventListSchema.safeParse(page).success).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
  it('ends after five thousand', () => {
    const list = Array.from({ length: 5_001 }, (_, n) => event(`e${n}`, n));
    const pages = pagesOf('all', withEvents('all', list, new Map()));
    expect([pages.length, pages.at(0)?.cards.at(0)?.id, pages.at(-1)?.cards.at(-1)?.id]).toEqual([
      ...[50, 'e5000', 'e1'],
    ]);
  });
});

describe('allLists', () => {
  it('holds every event twice: in the list of its region and in that of all', () => {
    const lists = allLists([event('a', 1), event('b', 2, '부산'), event('c', 3)]);
    const ids = (name: string) => lists.get(name)?.cards.map(({ id }) => id);
    expect([...lists.keys()]).toEqual([listId('all', 1), listId('서울', 1), listId('부산', 1)]);
    expect([ids('events_all_1'), ids('events_서울_1'), ids('events_부산_1')]).toEqual([
      ...[['c', 'b', 'a'], ['c', 'a'], ['b']],
    ]);
  });
});

describe('differs', () => {
  it('looks at what is to be seen at once, not at numbers', () => {
    const card = event('a', 1);
    expect(differs(card, { ...card, rating: { count: 9, average: 4 } })).toBe(false);
    expect(differs(card, { ...card, priceAfter: 90 })).toBe(true);
    expect(differs(card, { ...card, vanishesAt: at(10) })).toBe(true);
    expect([differs(card, null), differs(null, card), differs(null, null)]).toEqual([true, true, false]);
  });
});
