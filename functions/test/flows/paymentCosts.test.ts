/** What a payment may cost, promised in docs/costs.md: counted from the traffic. And many at once with a slow Toss that loses answers. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Meter, startMeter } from '../../../tools/bench/meter.ts';
import { balancesOf } from '../../src/ledger/ledger.ts';
import { ledger } from '../../src/ledger/post.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { orderRef, vouchers } from '../../src/prepays/collections.ts';
import { createOrder } from '../../src/prepays/ordering.ts';
import { confirmOrder } from '../../src/prepays/paying.ts';
import { reconcileOrders } from '../../src/prepays/reconciling.ts';
import type { OrderOffered } from '../../src/prepays/schema.ts';
import { control, env } from '../support/app.ts';
import { orderedAlike, putOnSale, type Sale } from '../support/shop.ts';

// A project of its own: the suite's triggers stay out of it, and nobody else's money is in the books.
const projectId = `demo-pays-${randomUUID().slice(0, 8)}`;
const price = 990_000;

const toss = (route: string, body: unknown = {}) => control('STANDIN_TOSS_URL', route, body);

let meter: Meter;
beforeAll(async () => {
  for (const level of ['info', 'warn', 'error'] as const)
    jest.spyOn(log, level).mockImplementation(() => undefined);
  meter = await startMeter(env('FIRESTORE_EMULATOR_HOST'));
  Object.assign(process.env, {
    ...{ TOSS_BASE: env('STANDIN_TOSS_URL'), TOSS_SECRET_KEY: 'test_sk_local' },
    ...{ IDENTITY_SECRET: 'local-identity-secret', FUNCTIONS_EMULATOR: 'true' },
    ...{ GCLOUD_PROJECT: projectId, FIREBASE_CONFIG: JSON.stringify({ projectId }) },
    // The SDK takes the emulator's address from here when it is first used.
    FIRESTORE_EMULATOR_HOST: meter.host,
  });
  await toss('reset');
});
afterAll(async () => {
  await toss('reset');
  await meter.close();
});

async function billed(work: () => Promise<unknown>): Promise<string> {
  meter.reset();
  await work();
  await meter.settled();
  const { reads, writes, deletes } = meter.snapshot();
  return `${reads} reads, ${writes} writes, ${deletes} deletes`;
}

const order = (uid: string, { eventId, optionId }: Sale) =>
  createOrder(uid, { eventId, optionId, price, requestId: `press-of-${uid}` });

const openedShape = z.object({ paymentKey: z.string() });
/** The buyer agrees in the payment window. */
async function agreed({ orderId }: Pick<OrderOffered, 'orderId'>) {
  const { paymentKey } = openedShape.parse(await toss('open', { orderId, amount: price }));
  return { orderId, paymentKey, amount: price };
}

test.each([
  ['without limited stock', null, '4 reads, 1 writes, 0 deletes'],
  ['of limited stock', 10, '5 reads, 2 writes, 0 deletes'],
])('an order %s, and its payment', async (_what, left, ordering) => {
  const sale = await putOnSale({ eventId: `e-${left}`, price, left });
  const uid = `payer-${left}`;
  let offered: OrderOffered | undefined;
  expect(await billed(async () => (offered = await order(uid, sale)))).toBe(ordering);
  if (!offered) throw new Error('no order');
  const payment = await agreed(offered);
  expect(await billed(() => confirmOrder(uid, payment))).toBe('3 reads, 4 writes, 0 deletes');
  expect(await billed(() => confirmOrder(uid, payment))).toBe('1 reads, 0 writes, 0 deletes');
});

const atOnce = 200;
const lost = 4;

test('two hundred at once, Toss taking 300 ms and losing 2 % of its answers: two hundred vouchers', async () => {
  const sale = await putOnSale({ eventId: 'rush', price });
  const { orderId } = await order('rush', sale);
  const orders = await orderedAlike(orderId, atOnce);
  const payments = await Promise.all(
    orders.map(async (one) => ({ uid: one.ownerUid, ...(await agreed(one)) })),
  );
  const before = balancesOf((await ledger().get()).docs.map((entry) => entry.data()));
  await toss('slow', { ms: 300 });
  // What is lost cannot be looked up at once either; a look-up is tried twice.
  await toss('fault', { match: { path: '/v1/payments/confirm' }, kind: 'reset', after: true, times: lost });
  await toss('fault', { match: { method: 'GET' }, kind: 'reset', times: 2 * lost });
  const states = await Promise.all(
    payments.map(async ({ uid, ...payment }) => (await confirmOrder(uid, payment)).state),
  );
  expect(states.filter((state) => state === 'CONFIRMING')).toHaveLength(lost);
  expect(states.filter((state) => state === 'PAID')).toHaveLength(atOnce - lost);
  const unknown = payments.filter((_, index) => states[index] === 'CONFIRMING');
  const now = Timestamp.now();
  for (const { orderId } of unknown) await orderRef(orderId).update({ nextLookAt: now });
  await reconcileOrders(now.toMillis());
  const held = await db().getAll(...payments.map(({ orderId }) => vouchers().doc(orderId)));
  expect(held.filter((voucher) => voucher.get('state') === 'active')).toHaveLength(atOnce);
  const after = balancesOf((await ledger().get()).docs.map((entry) => entry.data()));
  expect([after.toss - before.toss, after.vouchers - before.vouchers]).toEqual([
    atOnce * price,
    -atOnce * price,
  ]);
});
