/** What a payment is billed, and two hundred at once with a slow Toss that loses answers. */

import { makeDirectory } from '../../../seed/directory.ts';
import { type Meter, startMeter } from '../../../tools/bench/meter.ts';
import { balancesOf } from '../../src/ledger/ledger.ts';
import { ledgerEntrySchema } from '../../src/ledger/schema.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { createOrder } from '../../src/prepays/ordering.ts';
import { confirmOrder } from '../../src/prepays/paying.ts';
import { reconcileOrders } from '../../src/prepays/reconciling.ts';
import type { OrderOffered } from '../../src/prepays/schema.ts';
import { control, env } from '../support/app.ts';

const hub = (verb: string) =>
  fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });
const toss = (route: string, body: unknown = {}) => control('STANDIN_TOSS_URL', route, body);

let meter: Meter;
beforeAll(async () => {
  process.env.TOSS_BASE = env('STANDIN_TOSS_URL');
  process.env.TOSS_SECRET_KEY = 'test_sk_local';
  process.env.IDENTITY_SECRET = 'local-identity-secret';
  process.env.FUNCTIONS_EMULATOR = 'true';
  for (const level of ['info', 'warn', 'error'] as const)
    jest.spyOn(log, level).mockImplementation(() => undefined);
  await hub('disable');
  meter = await startMeter(env('FIRESTORE_EMULATOR_HOST'));
  // The SDK takes the emulator's address from here when it is first used.
  process.env.FIRESTORE_EMULATOR_HOST = meter.host;
  await toss('reset');
});
afterAll(async () => {
  await toss('reset');
  await hub('enable');
  await meter.close();
});

async function billed(work: () => Promise<unknown>): Promise<string> {
  meter.reset();
  await work();
  await meter.settled();
  const { reads, writes, deletes } = meter.snapshot();
  return `${reads} reads, ${writes} writes, ${deletes} deletes`;
}

const [event] = makeDirectory('full').events.filter(({ data }) => data.published);
if (!event) throw new Error('the seed has no published event');
const { priceAfter: price, hospitalId } = event.data;

/** The event put up for sale, with that many left, or any number. */
async function sell(left: number | null): Promise<void> {
  const updatedAt = Timestamp.now();
  const option = { id: 'one', name: '1회', price, sessions: 1, limited: left !== null };
  const vanishesAt = Timestamp.fromMillis(Date.now() + 86_400_000);
  await db()
    .doc(`Events/${event?.id}`)
    .set({ ...event?.data, published: true, hiddenBecause: null, vanishesAt });
  await db()
    .doc(`offers/${event?.id}`)
    .set({ hospitalId, isOpen: true, eventPrice: price, options: [option], updatedAt });
  if (left !== null) await db().doc(`stocks/${event?.id}~one`).set({ left, updatedAt });
}

const order = (uid: string) =>
  createOrder(uid, { eventId: event.id, optionId: 'one', price, requestId: `press-of-${uid}` });

async function agreed({ orderId, amount }: OrderOffered) {
  const opened = await toss('open', { orderId, amount });
  const paymentKey = String(Object(opened).paymentKey);
  return { orderId, paymentKey, amount };
}

test.each([
  ['without limited stock', null, '4 reads, 1 writes, 0 deletes'],
  ['of limited stock', 10, '5 reads, 2 writes, 0 deletes'],
])('an order %s, and its payment', async (_what, left, ordering) => {
  await sell(left);
  const uid = `payer-${left}`;
  let offered: OrderOffered | undefined;
  expect(await billed(async () => (offered = await order(uid)))).toBe(ordering);
  if (!offered) throw new Error('no order');
  const payment = await agreed(offered);
  expect(await billed(() => confirmOrder(uid, payment))).toBe('3 reads, 4 writes, 0 deletes');
  expect(await billed(() => confirmOrder(uid, payment))).toBe('1 reads, 0 writes, 0 deletes');
});

test('two hundred at once, Toss taking 300 ms and losing 2 % of its answers: two hundred vouchers', async () => {
  await sell(null);
  const uids = Array.from({ length: 200 }, (_, index) => `rush-${index}`);
  const payments: (Awaited<ReturnType<typeof agreed>> & { uid: string })[] = [];
  for (const uid of uids) payments.push({ uid, ...(await agreed(await order(uid))) });
  await toss('slow', { ms: 300 });
  // Half of what is lost cannot be looked up at once either.
  await toss('fault', { match: { path: '/v1/payments/confirm' }, kind: 'reset', after: true, times: 4 });
  await toss('fault', { match: { method: 'GET' }, kind: 'reset', times: 4 });
  const startedAt = performance.now();
  const took: number[] = [];
  const answers = await Promise.all(
    payments.map(async ({ uid, ...payment }) => {
      const output = await confirmOrder(uid, payment);
      took.push(performance.now() - startedAt);
      return output.state;
    }),
  );
  took.sort((one, other) => one - other);
  const open = answers.filter((state) => state !== 'PAID').length;
  expect(open).toBeLessThanOrEqual(4);
  const ids = payments.map(({ orderId }) => orderId);
  for (const id of ids) {
    const ref = db().doc(`orders/${id}`);
    if ((await ref.get()).get('state') === 'CONFIRMING')
      await ref.update({ nextLookAt: Timestamp.fromMillis(0) });
  }
  await reconcileOrders(Date.now());
  const vouchers = await db().getAll(...ids.map((id) => db().doc(`prepays/${id}`)));
  expect(vouchers.filter((voucher) => voucher.get('state') === 'active')).toHaveLength(200);
  const entries = await db().getAll(...ids.map((id) => db().doc(`ledger/payment~${id}`)));
  const { toss: collected, vouchers: owed } = balancesOf(
    entries.map((entry) => ledgerEntrySchema.parse(entry.data())),
  );
  expect([collected, owed]).toEqual([200 * price, -200 * price]);
  process.stdout.write(
    `200 confirms: half within ${Math.round(took[99] ?? 0)} ms, all within ${Math.round(took[199] ?? 0)} ms, ${open} left to the job\n`,
  );
});
