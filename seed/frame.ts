/** What all parts of the seed share: the document, its sizes, and the one fixed moment everything is relative to. */
import { Timestamp } from '../functions/src/platform/firebase.ts';
import type { Dice } from './dice.ts';

export interface SeedDocument {
  readonly path: string;
  readonly data: Record<string, unknown>;
}

export type SeedSize = 'full' | 'small';

export const sizes = {
  full: {
    hospitals: 46,
    doctors: 100,
    events: 60,
    users: 300,
    reviews: 1500,
    posts: 200,
    replies: 800,
    rooms: 40,
    vouchers: 60,
    suspensions: 3,
  },
  small: {
    hospitals: 3,
    doctors: 5,
    events: 4,
    users: 12,
    reviews: 30,
    posts: 10,
    replies: 24,
    rooms: 3,
    vouchers: 5,
    suspensions: 1,
  },
} as const satisfies Record<SeedSize, Record<string, number>>;

export const dayMs = 86_400_000;
export const seedMillis = Date.parse('2026-11-20T00:00:00Z');
export const seedTime: Timestamp = Timestamp.fromMillis(seedMillis);

export const atMillis = (millis: number): Timestamp => Timestamp.fromMillis(millis);
export const atDay = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Some whole second after `from` (ms), before the seed time, at most `days` later. */
export function soonAfter(dice: Dice, from: number, days: number): number {
  const span = Math.min(days * dayMs, seedMillis - 60_000 - from);
  return Math.floor((from + dice.next() * Math.max(span, 0)) / 1000) * 1000;
}

/** The item at a position that is known to exist. */
export function nth<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('empty list');
  return item;
}

/** One document of every item. */
export const documents = <T extends object>(
  items: readonly { readonly id: string; readonly data: T }[],
  collection: string,
): SeedDocument[] =>
  items.map(({ id, data }) => ({
    path: `${collection}/${id}`,
    data: { ...data } as Record<string, unknown>,
  }));
