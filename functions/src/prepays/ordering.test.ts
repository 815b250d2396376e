import { Timestamp } from 'firebase-admin/firestore';
import { makeDirectory } from '../../../seed/directory.ts';
import type { Event } from '../directory/schema.ts';
import { AppError } from '../platform/errors.ts';
import { refusalFor } from '../platform/reasons.ts';
import { optionFor } from './ordering.ts';
import type { Offer } from './schema.ts';

const now = Date.parse('2026-11-20T03:00:00Z');
const hour = 3_600_000;
const [first] = makeDirectory('full').events;
if (!first) throw new Error('the seed has no event');
const event: Event = {
  ...first.data,
  ...{ published: true, hiddenBecause: null, priceAfter: 990_000 },
  ...{ appearsAt: Timestamp.fromMillis(now - hour), vanishesAt: Timestamp.fromMillis(now + hour) },
};
const option = { id: 'three', name: '3회', price: 990_000, sessions: 3, limited: false };
const offer: Offer = {
  ...{ hospitalId: event.hospitalId, isOpen: true, eventPrice: 990_000, options: [option] },
  updatedAt: Timestamp.fromMillis(now),
};
const wish = { optionId: 'three', price: 990_000 };

interface Case {
  readonly event?: Partial<Event>;
  readonly offer?: Partial<Offer>;
  readonly wish?: Partial<typeof wish>;
}

test('what is shown and offered is sold at the price that was shown', () => {
  expect(optionFor(event, offer, wish, now)).toEqual(option);
});

test.each<[string, string, RegExp, Case]>([
  [
    'one whose last day is over',
    'EVENT_ENDED',
    /종료된/,
    { event: { vanishesAt: Timestamp.fromMillis(now) } },
  ],
  [
    'one the calendar has ended',
    'EVENT_ENDED',
    /종료된/,
    { event: { published: false, hiddenBecause: 'ENDED' } },
  ],
  [
    'one that is withdrawn',
    'EVENT_NOT_FOR_SALE',
    /구매할 수 없는/,
    { event: { published: false, hiddenBecause: 'WITHDRAWN' } },
  ],
  [
    'one whose advertising review has run out',
    'EVENT_NOT_FOR_SALE',
    /구매할 수 없는/,
    { event: { published: false, hiddenBecause: 'REVIEW_EXPIRED' } },
  ],
  [
    'one of a hospital that is hidden',
    'EVENT_NOT_FOR_SALE',
    /구매할 수 없는/,
    { event: { published: false, hiddenBecause: 'HOSPITAL_HIDDEN' } },
  ],
  [
    'one that has not begun',
    'EVENT_NOT_FOR_SALE',
    /구매할 수 없는/,
    { event: { published: false, hiddenBecause: 'NOT_YET' } },
  ],
  ['a closed offer', 'EVENT_NOT_FOR_SALE', /구매할 수 없는/, { offer: { isOpen: false } }],
  [
    'an offer of another price than the event has now',
    'EVENT_NOT_FOR_SALE',
    /구매할 수 없는/,
    { event: { priceAfter: 890_000 } },
  ],
  [
    'an offer of another hospital',
    'EVENT_NOT_FOR_SALE',
    /구매할 수 없는/,
    { offer: { hospitalId: 'elsewhere' } },
  ],
  ['an option there is not', 'EVENT_NOT_FOR_SALE', /구매할 수 없는/, { wish: { optionId: 'four' } }],
  ['another price than was shown', 'PRICE_CHANGED', /가격이 변경/, { wish: { price: 890_000 } }],
])('%s is refused: %s', (_what, reason, message, changed) => {
  const buy = () =>
    optionFor(
      { ...event, ...changed.event },
      { ...offer, ...changed.offer },
      { ...wish, ...changed.wish },
      now,
    );
  expect(buy).toThrow(expect.objectContaining({ reason }));
  try {
    buy();
  } catch (error) {
    expect(error instanceof AppError && refusalFor(error.reason).message).toMatch(message);
  }
});

test('what never was is not for sale', () => {
  expect(() => optionFor(undefined, offer, wish, now)).toThrow(
    expect.objectContaining({ reason: 'EVENT_NOT_FOR_SALE' }),
  );
  expect(() => optionFor(event, undefined, wish, now)).toThrow(
    expect.objectContaining({ reason: 'EVENT_NOT_FOR_SALE' }),
  );
});
