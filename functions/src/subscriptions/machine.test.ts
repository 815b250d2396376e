import fc from 'fast-check';
import { daysAfter, daysBetween } from '../kernel/days.ts';
import {
  begin,
  consentDays,
  type Effect,
  type Event,
  monthBegins,
  nextDayOf,
  noticeDays,
  step,
} from './machine.ts';
import { type Stand, standSchema } from './schema.ts';

const start = '2026-12-01';
const price = 99_000;

/** A subscription in the hands of a test: it counts the days, answers charges, and keeps what was done. */
function subscribe(pays: (on: string) => boolean = () => true) {
  const done: (readonly [string, Effect])[] = [];
  let stand: Stand = begin('h1', price, start).stand;
  let today = start;
  const apply = (event: Event) => {
    const next = step('h1', stand, event);
    stand = next.stand;
    for (const effect of next.effects) done.push([today, effect]);
    for (const effect of next.effects) {
      if (effect.do !== 'charge') continue;
      apply({ kind: pays(today) ? 'charged' : 'refused', on: today, orderId: effect.orderId });
    }
  };
  const [first] = begin('h1', price, start).effects;
  if (first?.do === 'charge') apply({ kind: 'charged', on: start, orderId: first.orderId });
  return {
    stand: () => stand,
    today: () => today,
    apply,
    until(day: string) {
      while (today < day) {
        today = daysAfter(today, 1);
        apply({ kind: 'day', on: today });
      }
    },
    done: (what: Effect['do']) => done.filter(([, effect]) => effect.do === what).map(([on]) => on),
    effects: () => done,
  };
}

describe('a month', () => {
  it.each([
    ['2027-01-31', 1, '2027-02-28'],
    ['2027-01-31', 2, '2027-03-31'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-12-15', 13, '2028-01-15'],
  ])('from %s, the %ith after begins on %s', (anchor, months, day) =>
    expect(monthBegins(anchor, months)).toBe(day),
  );
});

describe('a subscription', () => {
  it('is charged every month on the same day, seven days after it was told', () => {
    const one = subscribe();
    one.until('2027-03-31');
    expect(one.done('charge')).toEqual(['2027-01-01', '2027-02-01', '2027-03-01']);
    expect(one.done('tellCharge')).toEqual(['2026-12-25', '2027-01-25', '2027-02-22', '2027-03-25']);
  });

  it('that is told of a charge late is charged late', () => {
    const one = subscribe();
    one.until('2026-12-20');
    one.apply({ kind: 'day', on: '2026-12-30' });
    one.apply({ kind: 'day', on: '2027-01-05' });
    expect(one.stand().pending).toBeNull();
    expect(one.stand().months).toBe(1);
    one.apply({ kind: 'day', on: '2027-01-06' });
    expect(one.stand()).toMatchObject({ months: 2, paidUntil: '2027-02-01' });
  });

  it('whose card is refused is tried again after one, three and five days, then paused', () => {
    const one = subscribe((on) => on < '2027-01-01');
    one.until('2027-02-20');
    expect(one.done('charge')).toEqual(['2027-01-01', '2027-01-02', '2027-01-04', '2027-01-06']);
    expect(one.done('tellRefused')).toHaveLength(3);
    expect(one.done('tellPaused')).toEqual(['2027-01-06']);
    expect(one.stand().phase).toBe('paused');
  });

  it('that was paused goes on from the day a card works; the days between are not paid for', () => {
    const one = subscribe((on) => on < '2027-01-01' || on > '2027-01-20');
    one.until('2027-01-25');
    one.apply({ kind: 'cardChanged', on: '2027-01-25' });
    expect(one.stand()).toMatchObject({ phase: 'active', paidUntil: '2027-02-25', failures: 0 });
  });

  it('whose first month is refused never was', () => {
    const { stand } = begin('h1', price, start);
    const ended = step('h1', stand, { kind: 'refused', on: start, orderId: 'plan_h1_0' });
    expect(ended.stand).toMatchObject({ phase: 'ended', endedBecause: 'unpaid' });
  });

  it('that is cancelled ends when what is paid ends, and is charged nothing more', () => {
    const one = subscribe();
    one.until('2026-12-10');
    one.apply({ kind: 'cancelled', on: '2026-12-10' });
    one.until('2026-12-31');
    expect(one.stand().phase).toBe('active');
    one.until('2027-03-01');
    expect(one.stand()).toMatchObject({ phase: 'ended', endedOn: '2027-01-01', endedBecause: 'cancelled' });
    expect(one.done('charge')).toEqual([]);
    expect(one.done('tellEnded')).toEqual(['2027-01-01']);
  });

  it('that is cancelled and kept on goes on', () => {
    const one = subscribe();
    one.apply({ kind: 'cancelled', on: '2026-12-10' });
    one.apply({ kind: 'keptOn', on: '2026-12-11' });
    one.until('2027-01-10');
    expect(one.stand().months).toBe(2);
  });

  it('is not charged again while the outcome of a charge is unknown: the same order is asked for', () => {
    const { stand } = begin('h1', price, start);
    const later = step('h1', stand, { kind: 'day', on: '2026-12-05' });
    expect(later.effects).toEqual([{ do: 'lookUp', orderId: 'plan_h1_0' }]);
    const paid = step('h1', later.stand, { kind: 'charged', on: '2026-12-05', orderId: 'plan_h1_0' });
    const again = step('h1', paid.stand, { kind: 'charged', on: '2026-12-06', orderId: 'plan_h1_0' });
    expect(again).toEqual({ stand: paid.stand, effects: [] });
  });
});

describe('a rise of the price', () => {
  const announced = () => {
    const one = subscribe();
    one.until('2026-12-10');
    one.apply({ kind: 'priceSet', on: '2026-12-10', price: 129_000 });
    return one;
  };

  it('holds from the first month that leaves thirty days to consent, and is asked for on the first of them', () => {
    const one = announced();
    expect(one.stand().rise?.from).toBe('2027-02-01');
    one.until('2027-01-31');
    expect(one.done('askConsent')).toEqual(['2027-01-02']);
  });

  it('is charged after consent, and never before', () => {
    const one = announced();
    one.until('2027-01-15');
    one.apply({ kind: 'answered', on: '2027-01-15', answer: 'yes' });
    one.until('2027-03-02');
    const charged = one.effects().flatMap(([, effect]) => (effect.do === 'charge' ? [effect.amount] : []));
    expect(charged).toEqual([99_000, 129_000, 129_000]);
  });

  it('is announced seven days before with the amount it will be', () => {
    const one = announced();
    one.until('2027-01-25');
    expect(one.effects().at(-1)?.[1]).toEqual({ do: 'tellCharge', on: '2027-02-01', amount: 129_000 });
  });

  it.each([
    ['silence', []],
    ['a no', [{ kind: 'answered', on: '2027-01-15', answer: 'no' }]],
    [
      'a yes taken back',
      [
        { kind: 'answered', on: '2027-01-15', answer: 'yes' },
        { kind: 'answered', on: '2027-01-16', answer: 'no' },
      ],
    ],
  ] as const)('after %s is the end', (_, answers) => {
    const one = announced();
    one.until('2027-01-16');
    for (const event of answers) one.apply(event);
    one.until('2027-02-05');
    expect(one.stand()).toMatchObject({ phase: 'ended', endedOn: '2027-02-01', endedBecause: 'noConsent' });
    expect(one.done('charge')).toEqual(['2027-01-01']);
  });

  it('cannot be agreed to before it is asked for', () => {
    const one = announced();
    one.apply({ kind: 'answered', on: '2026-12-15', answer: 'yes' });
    expect(one.stand().rise?.answer).toBeNull();
  });

  it('is not asked for again within seven days of a no', () => {
    const one = announced();
    one.until('2027-01-10');
    one.apply({ kind: 'answered', on: '2027-01-10', answer: 'no' });
    one.apply({ kind: 'askedAgain', on: '2027-01-16' });
    expect(one.done('askConsent')).toHaveLength(1);
    one.until('2027-01-17');
    one.apply({ kind: 'askedAgain', on: '2027-01-17' });
    expect(one.done('askConsent')).toEqual(['2027-01-02', '2027-01-17']);
  });

  it('from nothing to something needs consent too; to less needs none', () => {
    const free = step('h1', begin('h1', 0, start).stand, {
      kind: 'priceSet',
      on: '2026-12-02',
      price: 9_900,
    });
    expect(free.stand.rise).toMatchObject({ price: 9_900, answer: null });
    const less = step('h1', subscribe().stand(), { kind: 'priceSet', on: '2026-12-02', price: 50_000 });
    expect(less.stand).toMatchObject({ price: 50_000, rise: null });
  });
});

describe('a charge that was not made, though nobody refused it', () => {
  const notMade = (orderId: string) => ({ kind: 'notMade', on: '2027-01-02', orderId }) as const;
  const waiting = () => {
    const one = subscribe();
    one.until('2026-12-31');
    return step('h1', one.stand(), { kind: 'day', on: '2027-01-01' }).stand;
  };

  it('is made again under another order, and is no failure', () => {
    const again = step('h1', waiting(), notMade('plan_h1_1'));
    expect(again.effects).toEqual([{ do: 'charge', orderId: 'plan_h1_2', amount: price }]);
    expect(again.stand).toMatchObject({ phase: 'active', failures: 0, pending: { on: '2027-01-02' } });
    const twice = step('h1', again.stand, notMade('plan_h1_1'));
    expect(twice).toEqual({ stand: again.stand, effects: [] });
  });

  it('is never made again after a cancellation: that is the end', () => {
    const cancelled = step('h1', waiting(), { kind: 'cancelled', on: '2027-01-01' }).stand;
    expect(cancelled.pending).not.toBeNull();
    expect(step('h1', cancelled, notMade('plan_h1_1'))).toMatchObject({
      stand: { phase: 'ended', endedBecause: 'cancelled', pending: null },
      effects: [{ do: 'tellEnded' }],
    });
  });
});

const outcomes = ['charged', 'refused', 'notMade'] as const;
/** What may come on any day, in any order. `days` passes by; charges are answered at once, later, or twice. */
type Happening =
  | { readonly days: number }
  | {
      readonly event: Exclude<Event['kind'], 'day' | (typeof outcomes)[number]>;
      readonly price: number;
      readonly says: 'yes' | 'no';
    }
  | { readonly outcome: (typeof outcomes)[number]; readonly twice: boolean };
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ days: fc.integer({ min: 1, max: 12 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      event: fc.constantFrom(
        'cardChanged' as const,
        'cancelled',
        'keptOn',
        'priceSet',
        'askedAgain',
        'answered',
      ),
      price: fc.constantFrom(0, 50_000, 99_000, 129_000, 150_000),
      says: fc.constantFrom('yes' as const, 'no'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ outcome: fc.constantFrom(...outcomes), twice: fc.boolean() }),
  },
);

function eventOf(
  { event, price: newPrice, says }: Extract<Happening, { event: unknown }>,
  on: string,
): Event {
  if (event === 'priceSet') return { kind: event, on, price: newPrice };
  if (event === 'answered') return { kind: event, on, answer: says };
  return { kind: event, on };
}

/** Every step of a life, with the stand before and after it. */
function live(happenings: readonly Happening[]) {
  const steps: { on: string; event: Event; before: Stand; after: Stand; effects: readonly Effect[] }[] = [];
  const first = begin('h1', price, start);
  let [stand, today] = [first.stand, start];
  const apply = (event: Event) => {
    const { stand: after, effects } = step('h1', stand, event);
    steps.push({ on: today, event, before: stand, after, effects });
    stand = after;
  };
  for (const one of happenings) {
    if ('days' in one) {
      for (let n = 0; n < one.days; n += 1) {
        today = daysAfter(today, 1);
        apply({ kind: 'day', on: today });
      }
    } else if ('event' in one) apply(eventOf(one, today));
    else if (stand.pending) {
      const event = { kind: one.outcome, on: today, orderId: stand.pending.orderId };
      apply(event);
      if (one.twice) apply(event);
    }
  }
  return steps;
}

it('a subscription that is paused across the asking for a rise waits for a card, and for no day', () => {
  const one = subscribe((on) => on < '2027-01-01');
  one.until('2027-01-06');
  one.apply({ kind: 'priceSet', on: '2027-01-06', price: 129_000 });
  one.until('2027-03-01');
  expect(one.stand()).toMatchObject({ phase: 'paused', rise: { askedOn: null } });
  expect(nextDayOf(one.stand())).toBeNull();
});

describe('a rise that nobody could be asked about in time', () => {
  const charged = (one: ReturnType<typeof subscribe>) =>
    one.effects().flatMap(([, effect]) => (effect.do === 'charge' ? [effect.amount] : []));

  it('after a pause is asked for in the new months, and holds with consent', () => {
    const one = subscribe((on) => on < '2027-01-01' || on >= '2027-02-20');
    one.until('2026-12-20');
    one.apply({ kind: 'priceSet', on: '2026-12-20', price: 129_000 });
    expect(one.stand().rise?.from).toBe('2027-02-01');
    one.until('2027-02-20');
    one.apply({ kind: 'cardChanged', on: '2027-02-20' });
    expect(one.stand()).toMatchObject({
      ...{ phase: 'active', paidUntil: '2027-03-20' },
      rise: { from: '2027-04-20', askedOn: null, answer: null, answeredOn: null },
    });
    one.until('2027-03-25');
    expect(one.done('askConsent').at(-1)).toBe('2027-03-21');
    one.apply({ kind: 'answered', on: '2027-03-25', answer: 'yes' });
    one.until('2027-05-01');
    expect(one.stand()).toMatchObject({ phase: 'active', price: 129_000, rise: null });
    expect(charged(one).slice(-3)).toEqual([99_000, 99_000, 129_000]);
  });

  it('after a pause and a no is not asked for before the rest is over', () => {
    const one = subscribe((on) => on < '2027-01-01' || on >= '2027-01-20');
    one.until('2026-12-20');
    one.apply({ kind: 'priceSet', on: '2026-12-20', price: 129_000 });
    one.until('2027-01-20');
    one.apply({ kind: 'answered', on: '2027-01-20', answer: 'no' });
    one.apply({ kind: 'cardChanged', on: '2027-01-20' });
    one.until('2027-05-20');
    const [first, second] = one.done('askConsent');
    expect(daysBetween('2027-01-20', second ?? '')).toBeGreaterThanOrEqual(7);
    expect(first).toBe('2027-01-02');
  });

  it('because the answer to a charge was long unknown, is asked for before it holds', () => {
    const begun = step('h1', begin('h1', price, start).stand, {
      ...{ kind: 'priceSet', on: start, price: 129_000 },
    } as const);
    expect(begun.stand.rise?.from).toBe('2027-01-01');
    const paid = step('h1', begun.stand, { kind: 'charged', on: '2027-01-05', orderId: 'plan_h1_0' });
    const next = step('h1', paid.stand, { kind: 'day', on: '2027-01-05' });
    expect(next.stand).toMatchObject({ phase: 'active', rise: { from: '2027-03-01' } });
  });
});

describe('whatever happens', () => {
  const lives = (check: (steps: ReturnType<typeof live>) => void) =>
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 80 }), (happenings) => check(live(happenings))),
      { numRuns: 2_000 },
    );

  it('the stand is one that can be stored', () =>
    lives((steps) => {
      for (const { after } of steps) expect(standSchema.safeParse(after).success).toBe(true);
    }));

  it('every order is charged once, no two are under way, and nothing is charged after the end', () =>
    lives((steps) => {
      const orders = new Set<string>();
      for (const { before, event, effects } of steps) {
        for (const effect of effects) {
          if (effect.do !== 'charge') continue;
          expect(orders.has(effect.orderId)).toBe(false);
          expect(before.pending?.orderId ?? null).toBe(event.kind === 'notMade' ? event.orderId : null);
          expect(before.phase).not.toBe('ended');
          expect(before.cancelledOn).toBeNull();
          orders.add(effect.orderId);
        }
      }
    }));

  it('more than was agreed is charged only after a yes in the thirty days before', () =>
    lives((steps) => {
      let agreed = price;
      for (const { before, after, event, effects } of steps) {
        if (event.kind === 'priceSet') agreed = Math.min(agreed, event.price);
        for (const effect of effects) {
          if (effect.do !== 'charge' || effect.amount <= agreed) continue;
          const { rise } = before;
          expect(rise).toMatchObject({ answer: 'yes', price: effect.amount });
          const given = daysBetween(rise?.answeredOn ?? '', rise?.from ?? '');
          expect(given > 0 && given <= consentDays).toBe(true);
        }
        if (event.kind === 'charged') agreed = after.price;
      }
    }));

  it('a month is first tried seven days after it was announced, or when a card is changed', () =>
    lives((steps) => {
      for (const { on, before, event, effects } of steps) {
        if (!effects.some((effect) => effect.do === 'charge') || event.kind !== 'day' || before.failures > 0)
          continue;
        expect(before.noticedOn === null ? -1 : daysBetween(before.noticedOn, on)).toBeGreaterThanOrEqual(
          noticeDays,
        );
      }
    }));

  it('consent is asked for before the rise, and nothing ends for want of it that was not asked for', () => {
    // Lives long enough for months without an answer: their first month is paid, and nobody cancels.
    const long = fc.array(
      happening.filter((one) => !('event' in one && one.event === 'cancelled')),
      { minLength: 20, maxLength: 80 },
    );
    const check = (happenings: readonly Happening[]) => {
      for (const { on, before, after, effects } of live([
        { outcome: 'charged', twice: false },
        ...happenings,
      ])) {
        for (const effect of effects) if (effect.do === 'askConsent') expect(effect.from > on).toBe(true);
        if (after.endedBecause === 'noConsent') expect(before.rise?.askedOn).not.toBeNull();
      }
    };
    fc.assert(fc.property(long, check), { numRuns: 2_000 });
  });

  it('an outcome that comes twice changes nothing the second time', () =>
    lives((steps) => {
      for (const [index, one] of steps.entries()) {
        const earlier = steps[index - 1];
        if (
          one.event.kind === 'day' ||
          !earlier ||
          JSON.stringify(earlier.event) !== JSON.stringify(one.event)
        )
          continue;
        if ('orderId' in one.event) expect(one.after).toEqual(one.before);
      }
    }));

  it('the day it has to be looked at next is never after a day on which something would happen', () =>
    lives((steps) => {
      for (const { on, before, event, after, effects } of steps) {
        if (event.kind !== 'day' || (effects.length === 0 && after === before)) continue;
        expect(nextDayOf(before) === null || (nextDayOf(before) ?? '') > on).toBe(false);
      }
    }));

  it('after a day that asks nothing of Toss, it has to be looked at on a later one, or on none', () =>
    lives((steps) => {
      for (const { on, event, after } of steps) {
        if (event.kind !== 'day' || after.pending || after.phase === 'ended') continue;
        expect((nextDayOf(after) ?? 'never') > on).toBe(true);
      }
    }));
});
