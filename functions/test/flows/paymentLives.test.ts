/**
 * Random lives of orders through Firestore and Toss over HTTP, several at once, served by processes that are really killed
 * at random moments. Whatever happened: when all jobs have run, every won at Toss is a voucher, on its way to a hospital,
 * or back with its payer; each order ended in one voucher or none; the books are balanced. What is decided of an order
 * without Firestore has thousands of lives in `prepays/sequences.test.ts`.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { seedFrom } from '../../../tools/properties/properties.ts';
import { log } from '../../src/platform/log.ts';
import { orderRef, orders, refundAccountRef, reversals, voucherRef } from '../../src/prepays/collections.ts';
import { createOrder } from '../../src/prepays/ordering.ts';
import { abandonOrder, issueAccount } from '../../src/prepays/paying.ts';
import { reconcileOrders } from '../../src/prepays/reconciling.ts';
import { setRefundAccount } from '../../src/prepays/refundAccounts.ts';
import { carryOutReversals } from '../../src/prepays/reversing.ts';
import { settleSeen } from '../../src/prepays/settling.ts';
import { issueVirtualAccount, lookUpOrder } from '../../src/toss/client.ts';
import { env, eventually } from '../support/app.ts';
import { faults, faultsOf, PayLife, PayRound, toss } from '../support/payLives.ts';
import { PayServers } from '../support/payServers.ts';
import { putOnSale } from '../support/shop.ts';

// A project of its own: the suite's triggers stay out of it, and nobody else's money is in the books.
const projectId = `demo-lives-${randomUUID().slice(0, 8)}`;
beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(log, level).mockImplementation();
  Object.assign(process.env, {
    ...{ IDENTITY_SECRET: 'local-identity-secret', FUNCTIONS_EMULATOR: 'true' },
    ...{ TOSS_BASE: env('STANDIN_TOSS_URL'), TOSS_SECRET_KEY: 'test_sk_local' },
    REFUND_ACCOUNT_KEY: 'local-refund-account-key',
    ...{ GCLOUD_PROJECT: projectId, FIREBASE_CONFIG: JSON.stringify({ projectId }) },
  });
});

/** The emulator refuses as long as a dead client’s locks live. */
const clearBooks = () =>
  eventually('the database is empty', async () => {
    const documents = `projects/${projectId}/databases/(default)/documents`;
    const url = `http://${env('FIRESTORE_EMULATOR_HOST')}/emulator/v1/${documents}`;
    const { ok } = await fetch(url, { method: 'DELETE' });
    return ok && (await orders().limit(1).get()).empty;
  });

interface Step {
  readonly name: string;
  readonly run: (life: PayLife) => Promise<unknown>;
}
const act = <T extends unknown[]>(
  name: string,
  given: { [K in keyof T]: fc.Arbitrary<T[K]> },
  run: (life: PayLife, ...args: T) => Promise<unknown>,
): fc.Arbitrary<Step> =>
  fc.tuple<T>(...given).map((args) => ({
    name: `${name}(${args.join(', ')})`,
    run: (life) => run(life, ...args),
  }));

const nth = fc.nat(1);
const which = fc.nat(5);
const weigh = (weight: number, arbitrary: fc.Arbitrary<Step>) => ({ weight, arbitrary });

const pay = act('pay', [nth], async (life, n) => {
  await life.order(n);
  await life.agree(n);
  await life.confirm(n, 0);
});
const payAccount = act('payAccount', [nth], async (life, n) => {
  await life.order(n);
  await life.issue(n);
  await life.deposit(n);
});

const step = fc.oneof(
  weigh(
    1,
    act('order', [nth], (life, n) => life.order(n)),
  ),
  weigh(
    1,
    act('agree', [nth], (life, n) => life.agree(n)),
  ),
  weigh(
    1,
    act('agreeToAnother', [nth], (life, n) => life.agree(n, 100)),
  ),
  weigh(4, pay),
  weigh(2, payAccount),
  weigh(
    3,
    act('confirm', [nth, which], (life, n, window) => life.confirm(n, window)),
  ),
  weigh(
    1,
    act('refusedByCard', [], (life) => life.refuseNext()),
  ),
  weigh(
    2,
    act('issueAccount', [nth], async (life, n) => {
      await life.order(n);
      await life.issue(n);
    }),
  ),
  weigh(
    3,
    act('deposit', [nth], (life, n) => life.deposit(n)),
  ),
  weigh(
    1,
    act('undeposit', [nth], (life, n) => life.undeposit(n)),
  ),
  weigh(
    1,
    act('abandon', [nth], (life, n) => life.abandon(n)),
  ),
  weigh(
    1,
    act(
      'cancelInConsole',
      [nth, which, fc.option(fc.integer({ min: 1, max: 999 }))],
      (life, n, window, amount) => life.cancelInConsole(n, window, amount),
    ),
  ),
  weigh(
    3,
    act('use', [nth, fc.boolean()], (life, n, isLate) => life.use(n, isLate)),
  ),
  weigh(
    1,
    act('useAgain', [], (life) => life.useAgain()),
  ),
  weigh(
    1,
    act('answer', [fc.boolean()], (life, agreed) => life.answer(agreed)),
  ),
  weigh(
    3,
    act('refund', [nth, fc.option(fc.integer({ min: 1, max: 3 }))], (life, n, sessions) =>
      life.refund(n, sessions),
    ),
  ),
  weigh(
    3,
    act('webhook', [nth, which], (life, n, index) => life.webhook(n, index)),
  ),
  weigh(
    1,
    act('forge', [nth], (life, n) => life.forge(n)),
  ),
  weigh(
    2,
    act('hints', [], (life) => life.hints()),
  ),
  weigh(
    3,
    act('jobs', [], (life) => life.jobs()),
  ),
  weigh(
    3,
    act(
      'fault',
      [fc.constantFrom(...faults), fc.constantFrom('/v1/*', '/v1/payments/*', '/v1/payments/confirm')],
      (life, fault, path) => life.fault(fault, path),
    ),
  ),
);

const life = fc.record({
  price: fc.integer({ min: 1_000, max: 3_000_000 }),
  sessions: fc.integer({ min: 1, max: 5 }),
  stock: fc.integer({ min: 1, max: 2 }),
  first: fc.oneof(pay, payAccount),
  phases: fc.array(fc.array(step, { minLength: 3, maxLength: 8 }), { minLength: 4, maxLength: 4 }),
});
const livesAtOnce = 8;
const round = fc.record({
  lives: fc.array(life, { minLength: livesAtOnce, maxLength: livesAtOnce }),
  /** How long all of them wait before each of their phases: a clock that jumps while Firestore is asked is none. */
  minutes: fc.array(fc.constantFrom(0, 1, 3, 12, 45, 1_500), { minLength: 4, maxLength: 4 }),
  tossMs: fc.nat(40),
  /** Moments the processes have, one after the other. */
  killAt: fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 60, maxLength: 60 }),
});

type Round = typeof round extends fc.Arbitrary<infer R> ? R : never;

async function live(one: PayLife, steps: readonly Step[]): Promise<void> {
  for (const { name, run } of steps) {
    one.story.push(name);
    await run(one);
  }
}

const stepsOf = (given: Round['lives'][number] | undefined, phase: number): readonly Step[] => [
  ...(given && phase === 0 ? [given.first] : []),
  ...(given?.phases[phase] ?? []),
];

interface Lived {
  readonly wrong: readonly string[];
  readonly stories: readonly string[];
  readonly kills: number;
}

async function liveThrough({ lives, minutes, tossMs, killAt }: Round): Promise<Lived> {
  await clearBooks();
  let processes = 0;
  const servers = new PayServers(projectId, () => killAt[processes++] ?? 0);
  const world = new PayRound(servers);
  try {
    await world.open();
    await toss('slow', { ms: tossMs });
    const begun: PayLife[] = [];
    for (const [index, given] of lives.entries())
      begun.push(await PayLife.begin(world, `kakao:${index + 1}`, given));
    for (const [phase, length] of minutes.entries()) {
      await world.pass(length * 60_000);
      await Promise.all(begun.map((one, index) => live(one, stepsOf(lives[index], phase))));
    }
    await world.calm(begun);
    const stories = begun.map(({ uid, story }) => `${uid}\n${story.join('\n')}`);
    return { wrong: await faultsOf(world, begun), stories, kills: servers.kills };
  } finally {
    await Promise.all([servers.close(), world.close()]);
  }
}

test('an account that could not be taken away while money lay there is taken away once the bank took it back', async () => {
  await clearBooks();
  await toss('reset');
  const uid = 'kakao:1';
  const { eventId, optionId, price } = await putOnSale({ eventId: 'e1', price: 50_000, left: 1 });
  const { orderId } = await createOrder(uid, { eventId, optionId, price, requestId: 'press-1' });
  await issueAccount(uid, { orderId, bank: '20', payerName: '김민지' });
  await toss('deposit', { orderId });
  // Toss refuses, and would say so again under the same key.
  expect(await abandonOrder(uid, orderId)).toMatchObject({ state: 'PAID' });
  await toss('undeposit', { orderId });
  const looked = await lookUpOrder(orderId);
  if (looked.kind === 'ok') await settleSeen(looked.value, Date.now());
  expect((await orderRef(orderId).get()).data()).toMatchObject({ state: 'WAITING_FOR_DEPOSIT' });
  await reconcileOrders(Date.now() + 25 * 3_600_000);
  expect((await orderRef(orderId).get()).data()).toMatchObject({ state: 'CANCELED', nextLookAt: null });
  expect((await voucherRef(orderId).get()).data()).toMatchObject({ state: 'refunded' });
});

test('money that came by transfer for an order that was over goes back to the account its payer then names', async () => {
  await clearBooks();
  await toss('reset');
  const uid = 'kakao:1';
  const { eventId, optionId, price } = await putOnSale({ eventId: 'e1', price: 50_000 });
  const { orderId } = await createOrder(uid, { eventId, optionId, price, requestId: 'press-1' });
  await abandonOrder(uid, orderId);
  // A request for an account that comes to Toss when the order is over.
  const wish = { orderId, amount: price, orderName: '시술권', customerName: '김민지', bank: '20' };
  await issueVirtualAccount({ ...wish, cause: `${orderId}:1`, validHours: 24 });
  await toss('deposit', { orderId });
  const looked = await lookUpOrder(orderId);
  if (looked.kind === 'ok') await settleSeen(looked.value, Date.now());
  await carryOutReversals(Date.now() + 1_000);
  const stored = async () => (await reversals().where('orderId', '==', orderId).get()).docs[0]?.data();
  expect(await stored()).toMatchObject({ state: 'DUE', failure: 'REFUND_ACCOUNT_NEEDED', amount: price });
  await setRefundAccount(uid, orderId, { bank: '20', accountNumber: '1', holderName: '김민지' });
  await carryOutReversals(Date.now() + 1_000);
  expect(await stored()).toMatchObject({ state: 'DONE', failure: null });
  expect((await refundAccountRef(orderId).get()).exists).toBe(false);
});

const count = Number(process.env.PAYMENT_LIVES ?? livesAtOnce);
const seed = seedFrom(process.env.PROPERTY_SEED);

test(
  'lives of orders, killed anywhere: not one won is lost or doubled',
  async () => {
    const rounds = fc.sample(round, { seed, numRuns: Math.ceil(count / livesAtOnce) });
    let kills = 0;
    for (const [index, given] of rounds.entries()) {
      const lived = await liveThrough(given);
      kills += lived.kills;
      if (lived.wrong.length > 0)
        throw new Error(`seed ${seed}, round ${index}:\n${[...lived.wrong, ...lived.stories].join('\n')}`);
      if (count > livesAtOnce) process.stdout.write(`${(index + 1) * livesAtOnce} lives, ${kills} kills\n`);
    }
    expect(kills).toBeGreaterThan(0);
  },
  60_000 + count * 10_000,
);
