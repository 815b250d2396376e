/**
 * Thousands of random lives of orders: paying, depositing, cancelling, using, refunding, webhooks that come late, twice
 * and in any order, requests and answers lost or late, processes that die anywhere. After each step the rules hold; when all is calm, every
 * won that lies at Toss is a voucher, owed to a hospital, or on its way back, and the books say so.
 */
import fc from 'fast-check';
import { faults, PayWorld } from '../../test/support/payWorld.ts';
import { hasCome, tossPaymentShape } from '../toss/schema.ts';

const ids = ['order-1', 'order-2'];
const orderId = fc.constantFrom(...ids);
const fault = fc.constantFrom(...faults);
const nth = fc.nat(20);
const minutes = fc.constantFrom(1, 5, 12, 31, 45, 300, 1_500);

type Act = (world: PayWorld) => void;
const act = <T extends unknown[]>(
  name: string,
  given: { [K in keyof T]: fc.Arbitrary<T[K]> },
  run: (world: PayWorld, ...args: T) => void,
): fc.Arbitrary<{ readonly name: string; readonly run: Act }> =>
  fc.tuple<T>(...given).map((args) => ({
    name: `${name}(${args.join(', ')})`,
    run: (world) => run(world, ...args),
  }));

const step = fc.oneof(
  act('order', [orderId], (world, id) => world.order(id)),
  act('agree', [orderId], (world, id) => world.agree(id)),
  act('pay', [orderId, fault], (world, id, how) => {
    world.order(id);
    world.agree(id);
    world.confirm(id, 0, how);
  }),
  act('agreeToAnother', [orderId], (world, id) => world.agree(id, 100)),
  act('confirm', [orderId, nth, fault], (world, id, index, how) => world.confirm(id, index, how)),
  act('refusedByCard', [orderId, nth, fault], (world, id, index, how) =>
    world.confirm(id, index, how, 'REJECT_CARD_COMPANY'),
  ),
  act('issueAccount', [orderId, fault], (world, id, how) => {
    world.order(id);
    world.issueAccount(id, how);
  }),
  act('payAccount', [orderId, fault], (world, id, how) => {
    world.order(id);
    world.issueAccount(id, how);
    world.atToss((book) => book.deposit(id));
  }),
  act('deposit', [orderId], (world, id) => world.atToss((book) => book.deposit(id))),
  act('undeposit', [orderId], (world, id) => world.undeposit(id)),
  act('abandon', [orderId], (world, id) => world.abandon(id)),
  act('use', [orderId], (world, id) => world.use(id)),
  act('refund', [orderId, fc.boolean(), fault], (world, id, isWhole, how) => {
    world.refund(id, isWhole);
    world.carryOutRefunds(how);
  }),
  act('refundOfDeposit', [orderId, fc.boolean(), fault, fault], (world, id, isWhole, paying, returning) => {
    world.order(id);
    world.issueAccount(id, paying);
    world.atToss((book) => book.deposit(id));
    world.reconcile();
    world.deliver(world.hints.length - 1);
    world.refund(id, isWhole);
    world.carryOutRefunds(returning);
    world.undeposit(id);
  }),
  act('refunds', [fault], (world, how) => world.carryOutRefunds(how)),
  act('undepositInBetween', [orderId], (world, id) => world.undepositInBetween(id)),
  act('cancelByHand', [orderId], (world, id) => world.cancelByHand(id)),
  act('webhook', [nth, fault], (world, index, how) => world.deliver(index, how)),
  act('slowLookUp', [nth], (world, index) => world.hold(index)),
  act('slowRequests', [], (world) => world.arrive()),
  act('slowAnswers', [], (world) => world.release()),
  act('reconcile', [fault], (world, how) => world.reconcile(how)),
  act('reversals', [fault], (world, how) => world.carryOutReversals(how)),
  act('time', [minutes], (world, length) => world.advance(length * 60_000)),
  act('outage', [fc.boolean()], (world, isDown) => {
    world.isDown = isDown;
  }),
);

const shop = fc.record({
  amount: fc.integer({ min: 1_000, max: 3_000_000 }),
  sessions: fc.integer({ min: 1, max: 10 }),
  stock: fc.integer({ min: 1, max: 3 }),
});

/** True at every moment. */
function checkAlways(world: PayWorld): void {
  const orders = [...world.orders.values()];
  const holding = orders.filter(({ holdsStock }) => holdsStock).length;
  const sold = orders.filter(({ deposits }) => deposits > 0).length;
  expect(world.stock + holding + sold).toBe(world.stockAtFirst);
  expect(world.stock).toBeGreaterThanOrEqual(0);
  expect(world.issued).toBe(world.vouchers.size);
  for (const { orderId: id, deposits, state, holdsStock } of orders) {
    expect(world.vouchers.has(id)).toBe(deposits > 0);
    if (['EXPIRED', 'CANCELED', 'REVERSED', 'PAID'].includes(state)) expect(holdsStock).toBe(false);
    if (state !== 'PAID') expect(world.vouchers.get(id)?.state ?? 'none').not.toBe('active');
  }
  for (const { sessionsUsed, sessionsReturned, sessionsTotal } of world.vouchers.values())
    expect(sessionsUsed + sessionsReturned).toBeLessThanOrEqual(sessionsTotal);
  const { hospital, vouchers, refunds, unassigned, toss } = world.balances();
  expect(toss + hospital + vouchers + refunds + unassigned).toBe(0);
}

/** True once nobody has anything left to do. */
function checkCalm(world: PayWorld): void {
  for (const order of world.orders.values()) {
    expect(['PAID', 'EXPIRED', 'CANCELED', 'REVERSED']).toContain(order.state);
    const paid = world.book.payments().filter((payment) => payment.orderId === order.orderId);
    const live = paid.filter(({ status }) => status === 'DONE' || status === 'PARTIAL_CANCELED');
    // Money at Toss is one voucher or none at all.
    expect(live.length).toBeLessThanOrEqual(1);
    if (live.length === 1) expect(order).toMatchObject({ state: 'PAID', paymentKey: live[0]?.paymentKey });
    if (order.state === 'PAID')
      expect(paid.some(({ paymentKey }) => paymentKey === order.paymentKey)).toBe(true);
  }
  expect([...world.reversals.values()].filter(({ isDone }) => !isDone)).toEqual([]);
  expect([...world.refunds.values()].filter(({ isDone }) => !isDone)).toEqual([]);
  // Each cancel that has returned money stands in the books under Toss's own key, so that its settlements agree.
  const cancels = world.book
    .payments()
    .filter(hasCome)
    .flatMap((payment) => tossPaymentShape.parse(payment).cancels ?? []);
  for (const { transactionKey, cancelAmount } of cancels)
    expect(world.ledger.get(`refundPaid~${transactionKey}`)?.amounts.toss).toBe(-cancelAmount);
  const { toss, refunds, unassigned } = world.balances();
  expect({ toss, refunds, unassigned }).toEqual({ toss: world.moneyAtToss(), refunds: 0, unassigned: 0 });
}

test('whatever happens, in whatever order: not one won is lost or doubled', () => {
  fc.assert(
    fc.property(shop, fc.array(step, { minLength: 5, maxLength: 40 }), (given, steps) => {
      const world = new PayWorld(given);
      for (const { run } of steps) {
        run(world);
        checkAlways(world);
      }
      world.calm();
      checkAlways(world);
      checkCalm(world);
    }),
    { numRuns: Number(process.env.PAYMENT_SEQUENCES ?? 3_000) },
  );
}, 300_000);
