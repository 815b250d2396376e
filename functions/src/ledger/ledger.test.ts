import fc from 'fast-check';
import {
  addAmounts,
  balancesOf,
  type Cause,
  entryIdOf,
  entryOf,
  isBalanced,
  isSameEntry,
  LedgerError,
  type Line,
  type NewEntry,
  noAmounts,
  reversalOf,
} from './ledger.ts';
import * as movement from './movements.ts';
import {
  type Account,
  accountNames,
  accounts,
  ledgerEntrySchema,
  movementKinds,
  movements,
} from './schema.ts';

const won = fc.integer({ min: 1, max: 1_000_000_000 });
const name = fc.stringMatching(/^[a-z0-9-]{1,20}$/);
const hospitalId = fc.constantFrom('h1', 'h2', 'h3');

/** Any movement of the business, of any amount. */
const anyEntry: fc.Arbitrary<NewEntry> = fc.oneof(
  fc.record({ orderId: name, hospitalId, amount: won }).map(movement.paymentEntry),
  fc.tuple(name, won).map(([of, amount]) => movement.strayDepositEntry(of, amount)),
  fc
    .record({ voucherId: name, session: fc.integer({ min: 1, max: 50 }), hospitalId, amount: won })
    .map(movement.useEntry),
  fc
    .record({ refundId: name, hospitalId, refund: won, kept: fc.integer({ min: 0, max: 1_000_000 }) })
    .map(movement.refundEntry),
  fc.tuple(name, won).map(([of, amount]) => movement.strayRefundEntry(of, amount)),
  fc.tuple(name, won).map(([of, amount]) => movement.refundPaidEntry(of, amount)),
  fc.tuple(name, hospitalId, won).map(([of, h, amount]) => movement.holdEntry(of, h, amount)),
  fc.tuple(name, hospitalId, won).map(([of, h, amount]) => movement.releaseEntry(of, h, amount)),
  fc.tuple(name, hospitalId, won).map(([of, h, amount]) => movement.recoveryEntry(of, h, amount)),
  fc.tuple(name, hospitalId, won).map(([of, h, amount]) => movement.compensationEntry(of, h, amount)),
  fc.tuple(name, won).map(([of, amount]) => movement.compensationPaidEntry(of, amount)),
  fc.tuple(name, hospitalId, won).map(([of, h, amount]) => movement.settlementEntry(of, h, amount)),
  fc.tuple(name, won, fc.nat(100_000)).map(([day, paid, fees]) => movement.payoutEntry(day, paid, fees)),
  fc.tuple(name, won).map(([day, fees]) => movement.feeReturnEntry(day, fees)),
  fc.tuple(name, won).map(([id, amount]) => movement.lateInterestEntry(id, amount)),
  fc.tuple(name, won).map(([id, amount]) => movement.interestPaidEntry(id, amount)),
  fc.tuple(name, hospitalId, won).map(([of, h, amount]) => movement.chargeEntry(of, h, amount)),
  fc.tuple(name, hospitalId, won).map(([of, h, amount]) => movement.chargeRefundEntry(of, h, amount)),
);

const posted = { day: '2026-12-01', week: '2026-11-30' };
const cause = (kind: Cause['kind'], hospital: string | null = 'h1'): Cause => ({
  kind,
  of: 'x',
  hospitalId: hospital,
});

describe('an entry', () => {
  it('balances, whatever the movement', () =>
    fc.assert(fc.property(anyEntry, ({ amounts }) => expect(isBalanced(amounts)).toBe(true))));

  it('has the shape that is stored', () =>
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const stored = ledgerEntrySchema.omit({ at: true }).safeParse({ ...entry, ...posted });
        expect(stored.success).toBe(true);
      }),
    ));

  it.each<[string, Cause, readonly Line[]]>([
    ['one side is missing', cause('payment'), [{ account: 'toss', debit: 1000 }]],
    [
      'the sides differ',
      cause('payment'),
      [
        { account: 'toss', debit: 1000 },
        { account: 'vouchers', credit: 999 },
      ],
    ],
    [
      'it moves nothing',
      cause('payment'),
      [
        { account: 'toss', debit: 0 },
        { account: 'vouchers', credit: 0 },
      ],
    ],
    ['it has no lines', cause('payment'), []],
    [
      'an amount is negative',
      cause('payment'),
      [
        { account: 'toss', debit: -5 },
        { account: 'vouchers', credit: -5 },
      ],
    ],
    [
      'an amount is not whole',
      cause('payment'),
      [
        { account: 'toss', debit: 0.5 },
        { account: 'vouchers', credit: 0.5 },
      ],
    ],
    ['an amount is no number', cause('payment'), [{ account: 'toss', debit: Number.NaN }]],
    [
      'the sides are exchanged',
      cause('payment'),
      [
        { account: 'toss', credit: 5 },
        { account: 'vouchers', debit: 5 },
      ],
    ],
    [
      'it names no hospital',
      cause('use', null),
      [
        { account: 'vouchers', debit: 5 },
        { account: 'hospital', credit: 5 },
      ],
    ],
  ])('is refused when %s', (_, of, lines) => expect(() => entryOf(of, lines)).toThrow(LedgerError));

  it('has its cause for an id: the same cause is the same entry, and another amount under it is not the same', () => {
    const [one, other] = [movement.refundPaidEntry('t1', 500), movement.refundPaidEntry('t1', 501)];
    expect(entryIdOf(one)).toBe('refundPaid~t1');
    expect(entryIdOf(other)).toBe(entryIdOf(one));
    expect(isSameEntry(one, movement.refundPaidEntry('t1', 500))).toBe(true);
    expect(isSameEntry(one, other)).toBe(false);
  });

  it('and its reversal are together nothing; a reversal is not reversed', () =>
    fc.assert(
      fc.property(anyEntry, (entry) => {
        expect(balancesOf([entry, reversalOf(entry)])).toEqual(noAmounts);
        expect(() => reversalOf(reversalOf(entry))).toThrow(LedgerError);
      }),
    ));
});

describe('the books', () => {
  it('sum to nothing over all accounts, and debits are credits', () =>
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 60 }), (entries) => {
        expect(isBalanced(balancesOf(entries))).toBe(true);
      }),
    ));

  it('have the same balances in every order, and day by day as all at once', () =>
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 40 }), fc.nat(40), (entries, cut) => {
        const byDay = addAmounts(balancesOf(entries.slice(0, cut)), balancesOf(entries.slice(cut)));
        expect(byDay).toEqual(balancesOf(entries));
        expect(balancesOf([...entries].reverse())).toEqual(balancesOf(entries));
      }),
    ));
});

describe('의료법 제27조③: a share of a medical price is no movement', () => {
  const medical: readonly Account[] = ['vouchers', 'hospital', 'unassigned', 'compensations', 'held'];

  it.each(movementKinds)(
    '%s has no income of the platform beside what is a patient’s or a hospital’s',
    (kind) => {
      const touched = accountNames.filter((account) => account in movements[kind]);
      if (touched.includes('subscriptions')) expect(touched.filter((a) => medical.includes(a))).toEqual([]);
    },
  );

  it('cannot be entered as a commission: no lines with income and medical money are accepted under any kind', () => {
    const side = fc.constantFrom('debit' as const, 'credit' as const);
    const anyLine: fc.Arbitrary<Line> = fc
      .record({ account: fc.constantFrom(...accountNames), side, amount: won })
      .map(({ account, side: of, amount }) =>
        of === 'debit' ? { account, debit: amount } : { account, credit: amount },
      );
    fc.assert(
      fc.property(
        fc.constantFrom(...movementKinds),
        fc.constantFrom(...medical),
        won,
        fc.array(anyLine, { maxLength: 3 }),
        (kind, from, amount, others) => {
          const lines: Line[] = [
            { account: from, debit: amount },
            { account: 'subscriptions', credit: amount },
          ];
          expect(() => entryOf(cause(kind), [...lines, ...others])).toThrow(LedgerError);
        },
      ),
    );
  });

  it('the only account of income is that of advertising plans', () => {
    const income = accountNames.filter((account) => accounts[account].what.includes('income'));
    expect(income).toEqual(['subscriptions']);
  });
});
