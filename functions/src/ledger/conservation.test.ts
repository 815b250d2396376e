/**
 * The whole of the money in one model: vouchers are bought, used, returned in parts, disputed; banks take deposits back, also
 * while a refund is under way; refunds come late; Toss and the bank pay; and
 * every cause may come twice. After each step nothing is lost, nothing is doubled, and nobody is owed less than nothing.
 */
import fc from 'fast-check';
import { refundOf, refundReasons } from '../refunds/refund.ts';
import { shareOf } from '../refunds/shares.ts';
import { balancesOf, entryIdOf, isBalanced, type NewEntry, reversalOf } from './ledger.ts';
import * as movement from './movements.ts';

interface Voucher {
  readonly id: string;
  readonly hospitalId: string;
  readonly paid: number;
  readonly sessionsTotal: number;
  used: number;
  returned: number;
  /** By session, from 1. */
  readonly values: number[];
  readonly disputes: ('none' | 'held' | 'recovered')[];
  readonly rounds: number[];
  /** The bank has taken its deposit back. */
  isGone: boolean;
}

const kinds = [
  'buy',
  'stray',
  'use',
  'refund',
  'carryOut',
  'hold',
  'release',
  'recover',
  'settle',
  'payout',
  'plan',
  'undeposit',
  'interest',
  'feeReturn',
] as const;
interface Step {
  readonly what: (typeof kinds)[number];
  readonly which: number;
  readonly amount: number;
  readonly count: number;
  readonly because: (typeof refundReasons)[number];
  readonly twice: boolean;
}
const anyStep: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(...kinds, 'buy' as const, 'use' as const, 'use' as const, 'refund' as const),
  which: fc.nat(5),
  amount: fc.integer({ min: 1_000, max: 3_000_000 }),
  count: fc.integer({ min: 1, max: 10 }),
  because: fc.constantFrom(...refundReasons),
  twice: fc.boolean(),
});

class World {
  readonly entries = new Map<string, NewEntry>();
  readonly vouchers: Voucher[] = [];
  /** Refunds Toss has not carried out, and what it has given back. */
  readonly due: { readonly id: string; readonly amount: number; readonly entries: readonly NewEntry[] }[] =
    [];
  readonly given = new Map<string, number>();
  paidIn = 0;
  paidOut = 0;
  #next = 0;

  id(prefix: string): string {
    this.#next += 1;
    return `${prefix}${this.#next}`;
  }

  /** As `postEntry`: a cause that is there already is refused, whatever it says. */
  post(entry: NewEntry, twice: boolean): void {
    for (let time = 0; time < (twice ? 2 : 1); time += 1) {
      if (!this.entries.has(entryIdOf(entry))) this.entries.set(entryIdOf(entry), entry);
    }
  }

  balances() {
    return balancesOf(this.entries.values());
  }

  owedTo(hospitalId: string): number {
    return (
      0 - balancesOf([...this.entries.values()].filter((entry) => entry.hospitalId === hospitalId)).hospital
    );
  }
}

function refund(world: World, voucher: Voucher, { count, because, twice }: Step): void {
  const left = voucher.sessionsTotal - voucher.used - voucher.returned;
  const returning = Math.min(count, left);
  if (returning === 0 || voucher.isGone) return;
  const refundId = `${voucher.id}~${voucher.returned}`;
  const result = refundOf({
    kind: 'voucher',
    ...{ paid: voucher.paid, sessionsTotal: voucher.sessionsTotal, sessionsUsed: voucher.used },
    ...{ sessionsReturned: voucher.returned, returning, because, knownOn: null, firstUsedOn: null },
    ...{ boughtOn: '2026-01-01', requestedOn: '2026-12-01', penaltyPercent: 10 },
  });
  const { hospitalId } = voucher;
  const entries = [
    ...(result.refund + result.kept > 0 ? [movement.refundEntry({ refundId, hospitalId, ...result })] : []),
    ...(result.compensation > 0
      ? [movement.compensationEntry(refundId, hospitalId, result.compensation)]
      : []),
  ];
  for (const entry of entries) world.post(entry, twice);
  if (result.refund > 0) world.due.push({ id: refundId, amount: result.refund, entries });
  voucher.returned += returning;
}

function use(world: World, voucher: Voucher, twice: boolean): void {
  if (voucher.isGone || voucher.used + voucher.returned >= voucher.sessionsTotal) return;
  const amount = shareOf(voucher, voucher.used + voucher.returned, 1);
  voucher.used += 1;
  voucher.values[voucher.used] = amount;
  const { id: voucherId, hospitalId, used: session } = voucher;
  if (amount > 0) world.post(movement.useEntry({ voucherId, session, hospitalId, amount }), twice);
}

function dispute(world: World, voucher: Voucher, { what, count, twice }: Step): void {
  const amount = voucher.values[count] ?? 0;
  const state = voucher.disputes[count] ?? 'none';
  if (amount === 0 || state !== (what === 'hold' ? 'none' : 'held')) return;
  const round = (voucher.rounds[count] ?? 0) + (what === 'hold' ? 1 : 0);
  voucher.rounds[count] = round;
  const holdId = `${voucher.id}~${count}~${round}`;
  const entry = { hold: movement.holdEntry, release: movement.releaseEntry, recover: movement.recoveryEntry };
  if (what !== 'hold' && what !== 'release' && what !== 'recover') return;
  world.post(entry[what](holdId, voucher.hospitalId, amount), twice);
  voucher.disputes[count] = what === 'hold' ? 'held' : what === 'release' ? 'none' : 'recovered';
  if (what === 'recover') world.due.push({ id: `${voucher.id}~used~${count}`, amount, entries: [] });
}

const orderOf = ({ id }: { readonly id: string }) => id.split('~')[0] ?? id;

/** A bank takes a deposit back only while nothing of it has been returned; what was decided since comes to nothing. */
function undeposit(world: World, voucher: Voucher, twice: boolean): void {
  const { id, hospitalId, paid, returned } = voucher;
  const due = world.due.filter((one) => orderOf(one) === id);
  const isAllDue = due.every(({ entries }) => entries.length > 0);
  const isUntouched = !world.given.has(id) && (returned === 0 || due.length > 0);
  if (voucher.isGone || !isAllDue || !isUntouched || voucher.disputes.includes('recovered')) return;
  voucher.isGone = true;
  world.post(reversalOf(movement.paymentEntry({ orderId: id, hospitalId, amount: paid })), twice);
  for (const entry of due.flatMap(({ entries }) => entries)) world.post(reversalOf(entry), twice);
  world.due.splice(0, world.due.length, ...world.due.filter((one) => orderOf(one) !== id));
  world.paidIn -= paid;
}

function happen(world: World, step: Step): void {
  const { what, which, amount, count, twice } = step;
  const hospitalId = `h${which % 3}`;
  const voucher = world.vouchers[which];
  if (what === 'buy') {
    const id = world.id('v');
    world.post(movement.paymentEntry({ orderId: id, hospitalId, amount }), twice);
    world.paidIn += amount;
    const counters = { used: 0, returned: 0, values: [], disputes: [], rounds: [], isGone: false };
    world.vouchers.push({ id, hospitalId, paid: amount, sessionsTotal: count, ...counters });
  } else if (what === 'stray') {
    const id = world.id('s');
    world.post(movement.strayDepositEntry(id, amount), twice);
    world.post(movement.strayRefundEntry(id, amount), twice);
    world.due.push({ id, amount, entries: [] });
    world.paidIn += amount;
  } else if (what === 'use' && voucher) use(world, voucher, twice);
  else if (what === 'refund' && voucher) refund(world, voucher, step);
  else if (what === 'undeposit' && voucher) undeposit(world, voucher, twice);
  else if (what === 'interest') {
    const id = world.id('i');
    world.post(movement.lateInterestEntry(id, amount), twice);
    world.post(movement.interestPaidEntry(id, amount), twice);
    world.paidOut += amount;
  } else if (what === 'feeReturn') world.post(movement.feeReturnEntry(world.id('d'), count), twice);
  else if (voucher && (what === 'hold' || what === 'release' || what === 'recover'))
    dispute(world, voucher, step);
  else if (what === 'carryOut') {
    const [one] = world.due.splice(0, 1);
    if (!one) return;
    world.post(movement.refundPaidEntry(`t-${one.id}`, one.amount), twice);
    const order = orderOf(one);
    world.given.set(order, (world.given.get(order) ?? 0) + one.amount);
    world.paidOut += one.amount;
  } else if (what === 'settle' && world.owedTo(hospitalId) > 0) {
    const owed = world.owedTo(hospitalId);
    world.post(movement.settlementEntry(world.id('b'), hospitalId, owed), twice);
    world.paidOut += owed;
  } else if (what === 'payout' && world.balances().toss > 0) {
    const { toss } = world.balances();
    world.post(
      movement.payoutEntry(world.id('p'), toss - Math.floor(toss / 50), Math.floor(toss / 50)),
      twice,
    );
  } else if (what === 'plan') {
    world.post(movement.chargeEntry(world.id('c'), hospitalId, amount), twice);
    world.paidIn += amount;
  }
}

/** What is owed of it in sessions; of one whose deposit is gone nothing, and what was used is owed by the member. */
const unusedOf = (voucher: Voucher) => {
  if (voucher.isGone) return 0 - voucher.values.reduce((sum, value) => sum + (value ?? 0), 0);
  const gone = voucher.used + voucher.returned;
  return shareOf(voucher, gone, voucher.sessionsTotal - gone);
};

function check(world: World): void {
  const books = world.balances();
  expect(isBalanced(books)).toBe(true);
  // What is there is what came in, less what went out, less what Toss took for itself.
  expect(books.toss + books.bank + books.fees).toBe(world.paidIn - world.paidOut);
  const owed =
    books.vouchers + books.unassigned + books.refunds + books.compensations + books.hospital + books.held;
  const spent = books.fees + books.interest;
  expect(books.toss + books.bank + spent).toBe(0 - (owed + books.subscriptions));
  // Members are owed exactly the sessions they have not used, and the refunds Toss has not carried out.
  expect(0 - books.vouchers).toBe(world.vouchers.reduce((sum, voucher) => sum + unusedOf(voucher), 0));
  expect(0 - books.refunds).toBe(world.due.reduce((sum, { amount }) => sum + amount, 0));
  for (const account of ['held', 'compensations', 'subscriptions', 'unassigned'] as const) {
    expect(books[account]).toBeLessThanOrEqual(0);
  }
  for (const { id, paid } of world.vouchers) expect(world.given.get(id) ?? 0).toBeLessThanOrEqual(paid);
}

it('holds through 2,000 lives of random steps, each of which may come twice', () =>
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
      const world = new World();
      for (const step of steps) {
        happen(world, step);
        check(world);
      }
    }),
    { numRuns: 2_000 },
  ));
