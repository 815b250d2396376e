import fc from 'fast-check';
import type { ReviewCard } from '../directory/schema.ts';
import { longestExcerpt } from '../directory/schema.ts';
import type { Instant } from '../kernel/fields.ts';
import { newestFirst } from '../kernel/fields.ts';
import { cardedReview, type Newest, type ReviewNews, withReview } from './cards.ts';

const at = (seconds: number): Instant => ({
  ...{ seconds, nanoseconds: 0 },
  toMillis: () => seconds * 1000,
  toDate: () => new Date(seconds * 1000),
});

interface Written {
  readonly hospitalId: string;
  readonly status: 'published' | 'hidden';
  readonly text: string;
  readonly createdAt: Instant;
}
const documentOf = ({ hospitalId, status, text, createdAt }: Written) => ({
  ...{ hospitalId, status, text, createdAt, authorUid: 'u', authorNickname: '민지', rating: 5 },
  ...{ evidence: 'none', treatments: ['쌍꺼풀'], visitDate: '2026-11-10', photos: [] },
});

describe('cardedReview', () => {
  const shown = { hospitalId: 'h', status: 'published', text: '좋아요', createdAt: at(1) } as const;
  it('shows what is published and has the shape of a review', () => {
    expect(cardedReview('r', documentOf(shown))).toMatchObject({
      ...{ hospitalId: 'h', card: { id: 'r', text: '좋아요', thumbPaths: [] } },
    });
    expect(cardedReview('r', documentOf({ ...shown, status: 'hidden' }))).toBeNull();
    expect(cardedReview('r', { ...documentOf(shown), rating: '5' })).toBeNull();
    expect(cardedReview('r', undefined)).toBeNull();
  });
  it('cuts long texts between characters', () => {
    fc.assert(
      fc.property(fc.nat({ max: 3 }), (before) => {
        const text = 'ㄱ'.repeat(longestExcerpt - before) + '😀'.repeat(3);
        const cut = cardedReview('r', documentOf({ ...shown, text }))?.card.text ?? '';
        expect(cut.length).toBeLessThanOrEqual(longestExcerpt);
        expect(Buffer.from(cut).toString()).toBe(cut);
        expect(text.startsWith(cut)).toBe(true);
      }),
    );
  });
});

/** A world of reviews in which commits happen one after another, and events of them arrive whenever they like. */
class World {
  readonly reviews = new Map<string, Written>();
  readonly events: ReviewNews[] = [];
  now = 100;
  kept: Newest = { cards: [], asOf: null };

  write(id: string, change: (was: Written | undefined) => Written | undefined): void {
    this.now += 1;
    const was = this.reviews.get(id);
    const is = change(was);
    if (is) this.reviews.set(id, is);
    else this.reviews.delete(id);
    const [before, after] = [was, is].map((side) => {
      const shown = side && cardedReview(id, documentOf(side));
      return shown?.hospitalId === 'h' ? shown.card : null;
    });
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    const version = is ? at(this.now) : undefined;
    this.events.push({ id, before: before ?? null, after: after ?? null, version });
  }

  truth(): ReviewCard[] {
    const shown = [...this.reviews].flatMap(([id, review]) => {
      const one = cardedReview(id, documentOf(review));
      return one?.hospitalId === 'h' ? [{ ...one.card, version: at(this.now) }] : [];
    });
    return shown.sort(newestFirst).slice(0, 5);
  }

  deliver(event: ReviewNews): void {
    const merged = withReview(this.kept, event);
    if (merged.is === 'changed') this.kept = { ...this.kept, cards: merged.cards };
    if (merged.is === 'ask') this.kept = { cards: this.truth(), asOf: at(this.now) };
  }
}

const deeds = ['write', 'edit', 'hide', 'show', 'delete', 'leave', 'return', 'deliver'] as const;
const step = fc.record({ deed: fc.constantFrom(...deeds), id: fc.nat({ max: 9 }), which: fc.nat() });

function play(
  world: World,
  { deed, id, which }: { deed: (typeof deeds)[number]; id: number; which: number },
) {
  const name = `r${id}`;
  const change = (fields: Partial<Written>) => (was: Written | undefined) => was && { ...was, ...fields };
  if (deed === 'write')
    // Some of one moment, some older than what is there: a review may come back after long.
    world.write(name, (was) => was ?? { ...first, createdAt: at(which % 60), text: `${which}` });
  if (deed === 'edit') world.write(name, change({ text: `${which}` }));
  if (deed === 'hide') world.write(name, change({ status: 'hidden' }));
  if (deed === 'show') world.write(name, change({ status: 'published' }));
  if (deed === 'delete') world.write(name, () => undefined);
  if (deed === 'leave') world.write(name, change({ hospitalId: 'elsewhere' }));
  if (deed === 'return') world.write(name, change({ hospitalId: 'h' }));
  const event = world.events[which % Math.max(world.events.length, 1)];
  if (deed === 'deliver' && event) world.deliver(event);
}
const first: Written = { hospitalId: 'h', status: 'published', text: '', createdAt: at(0) };
const withoutVersion = (cards: readonly ReviewCard[]) => cards.map(({ version: _, ...card }) => card);

describe('withReview', () => {
  it('ends in what a look at all reviews gives, however events come', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        (steps, isKnown, order) => {
          const world = new World();
          if (isKnown) world.kept = { cards: [], asOf: at(world.now) };
          for (const one of steps) play(world, one);
          // All of them come in the end, once more, in any order.
          const left = [...world.events];
          while (left.length > 0) {
            const [index = 0] = [order.next().value].map((n) => Number(n) % left.length);
            const [event] = left.splice(index, 1);
            if (event) world.deliver(event);
          }
          if (world.events.length > 0)
            expect(withoutVersion(world.kept.cards)).toEqual(withoutVersion(world.truth()));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  const card = (id: string, seconds: number): ReviewCard => {
    const shown = cardedReview(id, documentOf({ ...first, text: id, createdAt: at(seconds) }));
    if (!shown) throw new Error('no card');
    return { ...shown.card, version: at(seconds) };
  };
  const full: Newest = { cards: [9, 8, 7, 6, 5].map((n) => card(`r${n}`, n)), asOf: at(1) };
  const written = (seconds: number): ReviewNews => ({
    ...{ id: `r${seconds}`, before: null, after: card(`r${seconds}`, seconds), version: at(20) },
  });

  it('takes a new review in without asking, in its place', () => {
    const merged = withReview(full, written(10));
    expect(merged.is === 'changed' && merged.cards.map(({ id }) => id)).toEqual([
      'r10',
      'r9',
      'r8',
      'r7',
      'r6',
    ]);
  });
  it('leaves out what is older than all it shows', () => {
    expect(withReview(full, written(4))).toEqual({ is: 'outside' });
    expect(withReview(full, { ...written(4), before: card('r4', 4), after: null })).toEqual({
      is: 'outside',
    });
  });
  it('asks when one of its own goes, and what it never knew comes from nowhere', () => {
    const gone = { id: 'r7', before: card('r7', 7), after: null, version: at(20) };
    expect(withReview(full, gone)).toEqual({ is: 'ask' });
    expect(withReview(full, { ...gone, version: undefined })).toEqual({ is: 'ask' });
    expect(withReview({ ...full, asOf: null }, written(10))).toEqual({ is: 'ask' });
  });
  it('lets nothing older than its last look, or than a card, change it', () => {
    expect(withReview({ ...full, asOf: at(30) }, written(10))).toEqual({ is: 'covered' });
    const older = { ...card('r9', 9), text: 'before' };
    expect(withReview(full, { id: 'r9', before: null, after: older, version: at(9) })).toEqual({
      is: 'covered',
    });
  });
});
