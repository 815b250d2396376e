import fc from 'fast-check';
import { daysAfter, mondayOf } from '../kernel/days.ts';
import { balancesOf, type NewEntry, reversalOf } from '../ledger/ledger.ts';
import * as movement from '../ledger/movements.ts';
import { newMailSchema } from '../outbox/schema.ts';
import { adjusting, batchOf, movedSince, payableNow, statementLines } from './batch.ts';
import { compareDay, payoutEntries, payoutsOf } from './compare.ts';
import { emptySales, salesByHospital, salesOf } from './sales.ts';
import { statementLetter } from './statementLetter.ts';

const on = (day: string, entry: NewEntry) => ({ ...entry, day, week: mondayOf(day) });
const hospitalId = 'h1';
const week = '2026-11-30';
const account = { hospitalId, week, opening: 0 };

describe('the letter of a batch', () => {
  const used = on(
    '2026-12-01',
    movement.useEntry({ voucherId: 'v1', session: 1, hospitalId, amount: 100_000 }),
  );

  it('says what moved, what is paid and when; every line once; nothing that names a patient', () => {
    const lines = statementLines([used]);
    const { to, uid, subject, text } = statementLetter('desk@raon.example', batchOf(account, lines), lines);
    expect({ to, uid, subject }).toEqual({
      ...{ to: 'desk@raon.example', uid: null, subject: '[닥터피치] 2026-11-30 ~ 2026-12-06 정산서' },
    });
    expect(text).toContain('사용된 시술 1건: 100,000원');
    expect(text).toContain('2026-12-01  사용된 시술  v1~1  100,000원');
    expect(text).toContain('지급할 금액: 100,000원 (2026-12-09 지급 예정');
  });

  it('is a mail, however many lines and whatever the sums', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: -9e12, max: 9e12 }),
        (count, opening) => {
          const lines = Array.from({ length: count }, () => ({
            ...{ heading: 'used' as const, kind: 'use' as const, day: '2026-12-01', amount: 10_000_000 },
            of: `dp-${'0'.repeat(36)}~50`,
          }));
          const batch = batchOf({ ...account, opening }, lines);
          expect(newMailSchema.safeParse(statementLetter('a@b.example', batch, lines)).success).toBe(true);
        },
      ),
      { numRuns: 50 },
    ));
});

describe('a weekly batch', () => {
  it('runs from Monday to Sunday, and is paid on the Wednesday after', () =>
    expect(batchOf(account, [])).toMatchObject({
      week: '2026-11-30',
      until: '2026-12-06',
      payOn: '2026-12-09',
    }));

  it('holds used sessions and what the law lets the hospital keep, nothing of what is only sold', () => {
    const lines = statementLines([
      on('2026-11-30', movement.paymentEntry({ orderId: 'o1', hospitalId, amount: 500_000 })),
      on('2026-12-01', movement.useEntry({ voucherId: 'v1', session: 1, hospitalId, amount: 100_000 })),
      on('2026-12-02', movement.refundEntry({ refundId: 'r1', hospitalId, refund: 360_000, kept: 40_000 })),
      on('2026-12-03', movement.chargeEntry('c1', hospitalId, 99_000)),
    ]);
    expect(lines.map(({ heading, amount }) => [heading, amount])).toEqual([
      ['used', 100_000],
      ['kept', 40_000],
    ]);
    expect(batchOf(account, lines)).toMatchObject({ closing: 140_000, due: 140_000 });
  });

  it('holds back a session in dispute, and pays it with the batch in which it is released', () => {
    const use = movement.useEntry({ voucherId: 'v1', session: 1, hospitalId, amount: 100_000 });
    const first = batchOf(
      account,
      statementLines([
        on('2026-12-01', use),
        on('2026-12-02', movement.holdEntry('v1~1~1', hospitalId, 100_000)),
      ]),
    );
    expect(first.due).toBe(0);
    const released = on('2026-12-08', movement.releaseEntry('v1~1~1', hospitalId, 100_000));
    const second = batchOf(
      { ...account, week: '2026-12-07', opening: first.closing },
      statementLines([released]),
    );
    expect(second.due).toBe(100_000);
  });

  it('of a hospital that owes takes it from the next', () => {
    const owes = batchOf(
      account,
      statementLines([on('2026-12-01', movement.compensationEntry('r1', hospitalId, 50_000))]),
    );
    expect(owes).toMatchObject({ closing: -50_000, due: 0 });
    const use = on(
      '2026-12-08',
      movement.useEntry({ voucherId: 'v1', session: 1, hospitalId, amount: 120_000 }),
    );
    expect(batchOf({ ...account, opening: owes.closing }, statementLines([use])).due).toBe(70_000);
  });

  it.each([
    [100, 0, 100, 100],
    [100, -30, 70, 70],
    [100, 30, 130, 100],
    [100, 0, 170, 100],
    // Held since, while others were used: these are of the next batch.
    [100, -100, 150, 0],
    [100, 0, -5, 0],
  ])('of %i is paid with %i moved since and %i owed in all as %i', (due, since, owed, payable) =>
    expect(payableNow(due, since, owed)).toBe(payable),
  );
});

/** What may happen on one day at a hospital. */
type Step =
  | { readonly what: 'use' | 'compensate'; readonly amount: number }
  | { readonly what: 'hold' | 'undo' | 'release' | 'pay' | 'nextDay' | 'nextWeek' };
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('use' as const),
      amount: fc.integer({ min: 1, max: 1_000_000 }),
    }),
  },
  fc.record({ what: fc.constant('compensate' as const), amount: fc.integer({ min: 1, max: 300_000 }) }),
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constantFrom('hold' as const, 'undo', 'release', 'pay', 'nextDay', 'nextWeek'),
    }),
  },
);

interface Use {
  readonly of: string;
  readonly amount: number;
  readonly week: string;
  held: number;
  state: 'used' | 'held' | 'undone';
}

/** The books of one hospital and its batches, as the edges keep them. */
function settle(steps: readonly Step[]) {
  const entries: ReturnType<typeof on>[] = [];
  const batches: (ReturnType<typeof batchOf> & { state: 'due' | 'paid' | 'carried'; lines: number })[] = [];
  const uses: Use[] = [];
  let day = '2026-11-30';
  const post = (entry: NewEntry) => entries.push(on(day, entry));
  const owed = () => 0 - balancesOf(entries).hospital;
  const close = () => {
    const last = mondayOf(day);
    const lines = statementLines(entries.filter((entry) => entry.week === last));
    const before = batches.at(-1);
    day = daysAfter(last, 7);
    if (lines.length === 0) return;
    if (before?.state === 'due') before.state = 'carried';
    const batch = batchOf({ hospitalId, week: last, opening: before?.closing ?? 0 }, lines);
    batches.push({ ...batch, state: 'due', lines: lines.length });
  };
  const isAdjusting = ({ kind }: NewEntry) => adjusting.some((one) => one === kind);
  const payable = ({ week: last, due }: { readonly week: string; readonly due: number }) => {
    const since = entries.filter((entry) => entry.week > last && isAdjusting(entry));
    const isLater = (use: string) => uses.some(({ of, week: used }) => use === `use~${of}~1` && used > last);
    return payableNow(due, movedSince(since, isLater), owed());
  };
  /** What stands of the uses up to a week, less all that the hospital owes and was paid. */
  const standing = (last: string) => {
    const used = uses.filter(({ state, week: of }) => state === 'used' && of <= last);
    const others = entries.filter(({ kind }) => kind === 'compensation' || kind === 'settlement');
    return used.reduce((sum, { amount }) => sum + amount, 0) - balancesOf(others).hospital;
  };
  const overpaid: string[] = [];
  const pay = () => {
    const batch = batches.at(-1);
    const amount = batch?.state === 'due' ? payable(batch) : 0;
    if (!batch || amount === 0) return;
    if (amount > standing(batch.week)) overpaid.push(batch.week);
    post(movement.settlementEntry(`${hospitalId}~${batch.week}`, hospitalId, amount));
    batch.state = 'paid';
  };
  for (const step of [...steps, { what: 'nextWeek' } as const]) {
    const use = uses.find(({ state }) => state === (step.what === 'release' ? 'held' : 'used'));
    if (step.what === 'use') {
      const of = `v${uses.length}`;
      uses.push({ of, amount: step.amount, week: mondayOf(day), held: 0, state: 'used' });
      post(movement.useEntry({ voucherId: of, session: 1, hospitalId, amount: step.amount }));
    } else if (step.what === 'compensate')
      post(movement.compensationEntry(`r${entries.length}`, hospitalId, step.amount));
    else if (step.what === 'hold' && use) {
      use.state = 'held';
      use.held += 1;
      post(movement.holdEntry(`${use.of}~1~${use.held}`, hospitalId, use.amount));
    } else if (step.what === 'release' && use) {
      use.state = 'used';
      post(movement.releaseEntry(`${use.of}~1~${use.held}`, hospitalId, use.amount));
    } else if (step.what === 'undo' && use) {
      use.state = 'undone';
      post(reversalOf(movement.useEntry({ voucherId: use.of, session: 1, hospitalId, amount: use.amount })));
    } else if (step.what === 'pay') pay();
    else if (step.what === 'nextDay' && mondayOf(daysAfter(day, 1)) === mondayOf(day))
      day = daysAfter(day, 1);
    else if (step.what === 'nextWeek') close();
  }
  return { entries, batches, owed, overpaid };
}

describe('the batches of a hospital', () => {
  it('hold every entry of its account exactly once, and end where the books end', () =>
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 80 }), (steps) => {
        const { entries, batches, owed } = settle(steps);
        expect(batches.reduce((sum, { lines }) => sum + lines, 0)).toBe(statementLines(entries).length);
        if (batches.length > 0) expect(batches.at(-1)?.closing).toBe(owed());
        for (const [index, { opening }] of batches.entries())
          expect(opening).toBe(batches[index - 1]?.closing ?? 0);
      }),
      { numRuns: 2_000 },
    ));

  it('never pay what is in dispute, whatever has been used since', () =>
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 80 }), (steps) =>
        expect(settle(steps).overpaid).toEqual([]),
      ),
      { numRuns: 2_000 },
    ));

  it('never pay more than was used, nor the same batch twice', () =>
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 80 }), (steps) => {
        const { entries } = settle(steps);
        let owed = 0;
        const paid = new Set<string>();
        for (const { kind, of, amounts } of entries) {
          owed -= amounts.hospital;
          if (kind !== 'settlement') continue;
          expect(owed).toBeGreaterThanOrEqual(0);
          expect(paid.has(of)).toBe(false);
          paid.add(of);
        }
      }),
      { numRuns: 2_000 },
    ));
});

describe('sales', () => {
  const entries = [
    movement.paymentEntry({ orderId: 'o1', hospitalId, amount: 500_000 }),
    movement.paymentEntry({ orderId: 'o2', hospitalId: 'h2', amount: 90_000 }),
    movement.useEntry({ voucherId: 'v1', session: 1, hospitalId, amount: 100_000 }),
    movement.refundEntry({ refundId: 'r1', hospitalId, refund: 360_000, kept: 40_000 }),
    movement.chargeEntry('c1', 'h3', 99_000),
    movement.refundPaidEntry('t1', 360_000),
  ];

  it('of a day are counted by what happened, and by hospital; plans and transfers are no sales', () => {
    expect(salesOf(entries)).toMatchObject({
      ...{ sold: { count: 2, sum: 590_000 }, used: { count: 1, sum: 100_000 } },
      ...{ refunded: { count: 1, sum: 360_000 }, kept: { count: 1, sum: 40_000 } },
    });
    expect([...salesByHospital(entries).keys()]).toEqual(['h1', 'h2']);
  });

  it('of hospitals are together those of the day, in every order', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray(entries), (some) => {
        const sums = { ...emptySales };
        for (const sales of salesByHospital(some).values()) {
          sums.sold = { count: sums.sold.count + sales.sold.count, sum: sums.sold.sum + sales.sold.sum };
          sums.used = { count: sums.used.count + sales.used.count, sum: sums.used.sum + sales.used.sum };
        }
        expect(salesOf(some)).toMatchObject({ sold: sums.sold, used: sums.used });
      }),
    ));
});

describe('the books and Toss', () => {
  const row = (orderId: string, amount: number, more: object = {}) => ({
    ...{ orderId, transactionKey: `t-${orderId}`, amount, soldDate: '2026-12-01', cancel: null },
    ...{ paidOutDate: '2026-12-03', payOutAmount: Math.round(amount * 0.97) },
    ...more,
  });
  const cancelled = (orderId: string, amount: number) =>
    row(orderId, amount, { transactionKey: 'c1', cancel: { cancelAmount: 1 } });
  const paid = (day: string, orderId: string, amount: number) =>
    on(day, movement.paymentEntry({ orderId, hospitalId, amount }));

  it('agree when every movement is on both sides, whichever day midnight gave it and whatever sign a cancel has', () => {
    const entries = [
      paid('2026-12-02', 'o1', 500),
      paid('2026-12-01', 'o2', 700),
      on('2026-12-01', movement.refundPaidEntry('c1', 300)),
    ];
    for (const sign of [1, -1]) {
      const rows = [row('o1', 500), row('o2', 700, { soldDate: '2026-11-30' }), cancelled('o2', sign * 300)];
      expect(compareDay('2026-12-01', entries, rows)).toEqual({ compared: 3, differences: [] });
    }
  });

  it.each([
    ['notInBooks', [], [row('o1', 500)], null, 500],
    ['notAtToss', [paid('2026-12-01', 'o1', 500)], [], 500, null],
    ['otherAmount', [paid('2026-12-01', 'o1', 500)], [row('o1', 50)], 500, 50],
  ] as const)('%s is told', (what, entries, rows, ours, theirs) =>
    expect(compareDay('2026-12-01', entries, rows).differences).toEqual([{ what, key: 'o1', ours, theirs }]),
  );

  it('agree about an order that was paid twice, once for nothing, and about a deposit the bank took back', () => {
    const undone = paid('2026-12-01', 'o2', 700);
    const entries = [
      paid('2026-12-01', 'o1', 500),
      on('2026-12-01', movement.strayDepositEntry('o1~9f2c', 500)),
      undone,
      on('2026-12-01', reversalOf(undone)),
    ];
    const rows = [row('o1', 500), row('o1', 500, { transactionKey: 't-second' })];
    expect(compareDay('2026-12-01', entries, rows)).toEqual({ compared: 2, differences: [] });
  });

  it('leave to other days what is of other days', () =>
    expect(compareDay('2026-12-01', [paid('2026-12-02', 'o1', 500)], [])).toEqual({
      compared: 0,
      differences: [],
    }));

  it('have payouts by day: what came, and the fees that were kept', () =>
    expect(payoutsOf([row('o1', 1_000), cancelled('o2', 500)])).toEqual([
      { day: '2026-12-03', received: 485, fees: 15, carried: 0 },
    ]));

  it('of a day below nothing come with the next ones: Toss takes it off them', () => {
    const on = (paidOutDate: string, one: ReturnType<typeof row>) => ({ ...one, paidOutDate });
    const payouts = payoutsOf([
      on('2026-12-05', row('o3', 2_000)),
      on('2026-12-03', cancelled('o1', 1_000)),
      on('2026-12-04', row('o2', 500)),
    ]);
    expect(payouts.map(({ received, carried }) => [received, carried])).toEqual([
      [0, -970],
      [0, -485],
      [1_455, 0],
    ]);
    const entries = payouts.flatMap(payoutEntries);
    expect(entries.map(({ kind, of }) => `${kind}~${of}`)).toEqual([
      ...['feeReturn~2026-12-03', 'payout~2026-12-04', 'payout~2026-12-05'],
    ]);
    // Sold 2,500, returned 1,000, kept 45: all of it has come, and Toss holds nothing any more.
    expect(balancesOf(entries)).toMatchObject({ toss: -1_500, bank: 1_455, fees: 45 });
  });

  it('come to what was netted, whatever the days, and are never negative', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 9 }), fc.boolean()), { maxLength: 30 }),
        (moves) => {
          const rows = moves.map(([day, thousands, isCancel], index) => ({
            ...(isCancel ? cancelled : row)(`o${index}`, thousands * 1_000),
            paidOutDate: `2026-12-0${day}`,
          }));
          const payouts = payoutsOf(rows);
          const net = moves.reduce(
            (sum, [, thousands, isCancel]) => sum + (isCancel ? -970 : 970) * thousands,
            0,
          );
          expect(
            payouts.reduce((sum, { received }) => sum + received, 0) + (payouts.at(-1)?.carried ?? 0),
          ).toBe(net);
          for (const { received } of payouts) expect(received).toBeGreaterThanOrEqual(0);
          const { toss, bank, fees } = balancesOf(payouts.flatMap(payoutEntries));
          expect(toss + bank + fees).toBe(0);
        },
      ),
    ));
});
