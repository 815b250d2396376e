/**
 * What each step of a payment is billed, with all that follows from it, ours beside the samples’ way (naivePayments.ts);
 * and two hundred confirmations at once with a slow Toss that loses answers: what became of the money.
 */
import { z } from 'zod';
import { balancesOf } from '../../functions/src/ledger/ledger.ts';
import { ledger } from '../../functions/src/ledger/post.ts';
import { db } from '../../functions/src/platform/firebase.ts';
import { codeAt, stepAt, writeCode } from '../../functions/src/prepays/codes.ts';
import { orders } from '../../functions/src/prepays/collections.ts';
import { orderedAlike, putOnSale, type Sale } from '../../functions/test/support/shop.ts';
import type { RunningStandin } from '../../standins/control.ts';
import { startToss } from '../../standins/toss.ts';
import { table } from '../docs/markdown.ts';
import { type EventBus, openBus } from './eventBus.ts';
import { elapsedMs, runAtOnce } from './load.ts';
import type { Meter } from './meter.ts';
import { FUNCTIONS, type Mounted } from './mount.ts';
import * as naive from './naiveBuying.ts';
import { idTokenOf, type Phone, phoneOf } from './phones.ts';
import { latencyOf, machine, number, whole } from './report.ts';
import { onStage } from './stage.ts';

const price = 990_000;
const sessions = 3;
const alone = 5;
const minuteMs = 60_000;

const modules = [FUNCTIONS, 'tools/bench/naivePayments.ts', 'tools/bench/paymentJobs.ts'];

/** Reads, writes, deletes and calls of functions. */
type Spent = readonly [reads: number, writes: number, deletes: number, calls: number];
const said = (spent: Spent) => spent.map(number).join(' / ');

const answerShape = z.object({ result: z.record(z.string(), z.unknown()) });
const openedShape = z.object({ paymentKey: z.string() });
const bodiesShape = z.object({ bodies: z.array(z.unknown()) });
const atTossShape = z.object({ transactions: z.array(z.object({ amount: z.number() })) });

interface Payment {
  readonly orderId: string;
  readonly paymentKey: string;
}

/** What both ways are played in. */
class Shop {
  readonly meter: Meter;
  readonly functions: Mounted;
  readonly bus: EventBus;
  readonly phone: Phone;
  readonly #toss: RunningStandin;
  #calls = 0;
  #serial = 0;

  constructor(meter: Meter, functions: Mounted, bus: EventBus, toss: RunningStandin) {
    this.meter = meter;
    this.functions = functions;
    this.bus = bus;
    this.#toss = toss;
    this.phone = phoneOf('naive', meter.host, { pastRules: true });
  }

  /** A name nobody has yet. */
  fresh(what: string): string {
    this.#serial += 1;
    return `${what}-${this.#serial}`;
  }

  async toss(route: string, body: unknown = {}): Promise<unknown> {
    const response = await fetch(`${this.#toss.url}/__control/${route}`, {
      ...{ method: 'POST', body: JSON.stringify(body) },
    });
    if (!response.ok) throw new Error(`the Toss stand-in refused ${route}: ${await response.text()}`);
    return response.json();
  }

  async healToss(): Promise<void> {
    await fetch(`${this.#toss.url}/__control/faults`, { method: 'DELETE' });
  }

  async lying(): Promise<number> {
    const response = await fetch(`${this.#toss.url}/__control/payments`);
    const { transactions } = atTossShape.parse(await response.json());
    return transactions.reduce((sum, { amount }) => sum + amount, 0);
  }

  async agreed(orderId: string): Promise<Payment> {
    const { paymentKey } = openedShape.parse(await this.toss('open', { orderId, amount: price }));
    return { orderId, paymentKey };
  }

  async post(name: string, data: unknown, headers: Record<string, string> = {}) {
    this.#calls += 1;
    const body = Buffer.from(JSON.stringify(data));
    return this.functions.post(name, { 'content-type': 'application/json', ...headers }, body);
  }

  /** As the app calls it; what it answers. */
  async call(
    name: string,
    uid: string,
    data: unknown,
    claims: Record<string, unknown> = {},
  ): Promise<Record<string, unknown>> {
    const authorization = `Bearer ${idTokenOf(uid, claims)}`;
    const { status, body } = await this.post(name, { data }, { authorization });
    if (status !== 200) throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`);
    return answerShape.parse(body).result;
  }

  /** Toss tells how a payment is, with each body it has for that. */
  async tell(paymentKey: string, to: 'tossWebhook' | 'naiveWebhook'): Promise<void> {
    const { bodies } = bodiesShape.parse(await this.toss('bodies', { paymentKey }));
    for (const body of bodies) {
      const { status } = await this.post(to, to === 'tossWebhook' ? body : { data: body });
      if (status !== 200) throw new Error(`${to} answered ${status}`);
      // At once they would keep each other waiting, and be billed for that now and then.
      await this.bus.settled();
    }
  }

  async jobs(now: number): Promise<void> {
    await this.post('paymentJobs', { data: { now } });
  }

  async spent(act: () => Promise<unknown>): Promise<Spent> {
    this.meter.reset();
    this.bus.reset();
    this.#calls = 0;
    await act();
    await this.bus.settled();
    await this.meter.settled();
    const { reads, writes, deletes } = this.meter.snapshot();
    return [reads, writes, deletes, this.#calls + this.bus.calls()];
  }
}

async function onShop<T>(instances: number, play: (shop: Shop) => Promise<T>): Promise<T> {
  const toss = await startToss({ port: 0 });
  // The jobs run in the instance, beside the functions: they ask the same Toss.
  const params = { TOSS_BASE: toss.url };
  try {
    return await onStage({ modules, params, instances }, async ({ meter, functions }) => {
      const shop = new Shop(meter, functions, await openBus(functions, [meter]), toss);
      const played = await play(shop);
      await shop.phone.close();
      return played;
    });
  } finally {
    await toss.close();
  }
}

// ── What people do ──────────────────────────────────────────────────────────────────────────────────────────────────

interface Bought extends Payment {
  readonly uid: string;
  readonly voucherId: string;
}

async function ordered(shop: Shop, uid: string, { eventId, optionId }: Sale): Promise<string> {
  const wish = { eventId, optionId, price, requestId: `press-of-${uid}` };
  return String((await shop.call('createPrepayOrder', uid, wish)).orderId);
}
const confirmed = (shop: Shop, uid: string, payment: Payment) =>
  shop.call('confirmPrepay', uid, { ...payment, amount: price });

async function bought(shop: Shop, sale: Sale): Promise<Bought> {
  const uid = shop.fresh('buyer');
  const payment = await shop.agreed(await ordered(shop, uid, sale));
  await confirmed(shop, uid, payment);
  return { uid, ...payment, voucherId: payment.orderId };
}

async function used(shop: Shop, { uid, voucherId }: Bought, { hospitalId }: Sale): Promise<void> {
  const { secret } = await shop.call('voucherCode', uid, { voucherId });
  await sent(shop, voucherId, String(secret), hospitalId);
}
async function sent(shop: Shop, voucherId: string, secret: string, hospitalId: string): Promise<void> {
  const step = stepAt(Date.now());
  const code = writeCode({ voucherId, step, code: codeAt(secret, step) });
  const byGoogle = { sign_in_provider: 'google.com', identities: {} };
  const staff = { role: 'hospitalStaff', hospitalIds: [hospitalId], firebase: byGoogle };
  await shop.call('useVoucher', 'staff', { hospitalId, code }, staff);
}

async function refunded(shop: Shop, { uid, voucherId }: Bought): Promise<void> {
  const wish = { voucherId, sessions: null };
  const { refund, sessionsReturned } = await shop.call('quoteRefund', uid, wish);
  await shop.call('requestRefund', uid, { ...wish, refund, sessionsReturned });
}

/** Toss takes the payment, and neither that nor anything about it is heard. */
async function losingAnswers(shop: Shop, times: number): Promise<void> {
  const match = { path: '/v1/payments/confirm' };
  await shop.toss('fault', { match, kind: 'reset', after: true, times });
  // A look-up is tried twice.
  await shop.toss('fault', { match: { method: 'GET' }, kind: 'reset', times: times * 2 });
}

async function naivelyBought(shop: Shop): Promise<Payment> {
  const orderId = shop.fresh('order');
  await naive.order(shop.phone, orderId, false);
  const payment = await shop.agreed(orderId);
  await shop.post('naiveConfirm', { data: { ...payment, amount: price } });
  return payment;
}

interface Row {
  readonly what: string;
  readonly least: Spent;
  readonly why: string;
  ours(shop: Shop, sales: Sales): Promise<Spent>;
  naive(shop: Shop): Promise<Spent>;
}

interface Sales {
  readonly any: Sale;
  readonly limited: Sale;
}

const rows: readonly Row[] = [
  {
    what: 'order',
    least: [2, 1, 0, 1],
    why: 'who may buy; what is for sale; the order',
    ours: (shop, { any }) => shop.spent(() => ordered(shop, shop.fresh('buyer'), any)),
    naive: (shop) => shop.spent(() => naive.order(shop.phone, shop.fresh('order'), false)),
  },
  {
    what: 'order, of limited stock',
    least: [3, 2, 0, 1],
    why: 'and how many are left',
    ours: (shop, { limited }) => shop.spent(() => ordered(shop, shop.fresh('buyer'), limited)),
    naive: (shop) => shop.spent(() => naive.order(shop.phone, shop.fresh('order'), true)),
  },
  {
    what: 'confirm, by card',
    least: [2, 4, 0, 1],
    why: 'who asks, and the order; that it is being tried, that it is paid, voucher, books',
    ours: async (shop, { any }) => {
      const uid = shop.fresh('buyer');
      const payment = await shop.agreed(await ordered(shop, uid, any));
      return shop.spent(() => confirmed(shop, uid, payment));
    },
    naive: async (shop) => {
      const orderId = shop.fresh('order');
      await naive.order(shop.phone, orderId, false);
      const payment = await shop.agreed(orderId);
      return shop.spent(() => shop.post('naiveConfirm', { data: { ...payment, amount: price } }));
    },
  },
  {
    what: 'the webhook Toss sends of it',
    least: [1, 0, 0, 1],
    why: 'the order, which says that it is known',
    ours: async (shop, { any }) => {
      const { paymentKey } = await bought(shop, any);
      return shop.spent(() => shop.tell(paymentKey, 'tossWebhook'));
    },
    naive: async (shop) => {
      const { paymentKey } = await naivelyBought(shop);
      return shop.spent(() => shop.tell(paymentKey, 'naiveWebhook'));
    },
  },
  {
    what: 'virtual account, deposit, and the three webhooks of both',
    least: [4, 6, 0, 4],
    why: 'as a card, in two halves: the second begins with a webhook',
    ours: async (shop, { any }) => {
      const uid = shop.fresh('buyer');
      const orderId = await ordered(shop, uid, any);
      return shop.spent(async () => {
        await shop.call('issuePrepayAccount', uid, { orderId, bank: '20', payerName: '김민지' });
        const paymentKey = String((await orders().doc(orderId).get()).get('paymentKey'));
        await shop.tell(paymentKey, 'tossWebhook');
        await shop.toss('deposit', { orderId });
        await shop.tell(paymentKey, 'tossWebhook');
      });
    },
    naive: async (shop) => {
      const orderId = shop.fresh('order');
      await naive.order(shop.phone, orderId, false);
      return shop.spent(async () => {
        await shop.post('naiveIssue', { data: { orderId, amount: price } });
        const { paymentKey } = openedShape.parse(await shop.toss('deposit', { orderId }));
        // Of the issue it is told too; the sample does nothing with it.
        await shop.post('naiveWebhook', { data: { orderId, status: 'WAITING_FOR_DEPOSIT' } });
        await shop.tell(paymentKey, 'naiveWebhook');
      });
    },
  },
  {
    what: 'confirm whose answer is lost, and the job that finds out',
    least: [4, 4, 0, 2],
    why: 'as a card; the job reads the order again',
    ours: async (shop, { any }) => {
      const uid = shop.fresh('buyer');
      const payment = await shop.agreed(await ordered(shop, uid, any));
      await losingAnswers(shop, 1);
      return shop.spent(async () => {
        await confirmed(shop, uid, payment);
        await shop.jobs(Date.now() + 2 * minuteMs);
      });
    },
    naive: async (shop) => {
      const orderId = shop.fresh('order');
      await naive.order(shop.phone, orderId, false);
      const payment = await shop.agreed(orderId);
      await losingAnswers(shop, 1);
      const spent = await shop.spent(() =>
        shop.post('naiveConfirm', { data: { ...payment, amount: price } }),
      );
      await shop.healToss();
      return spent;
    },
  },
  {
    what: 'the code of a voucher, once for each phone',
    least: [1, 0, 0, 0],
    why: 'whose voucher it is; then it is shown without a network',
    ours: async (shop, { any }) => {
      const { uid, voucherId } = await bought(shop, any);
      return shop.spent(() => shop.call('voucherCode', uid, { voucherId }));
    },
    naive: async (shop) => {
      const { orderId } = await naivelyBought(shop);
      return shop.spent(() => naive.showCode(shop.phone, orderId));
    },
  },
  {
    what: 'using a session',
    least: [3, 3, 0, 1],
    why: 'who asks, the voucher, whether the code was used; voucher, session, books',
    ours: async (shop, { any }) => {
      const { uid, voucherId } = await bought(shop, any);
      const { secret } = await shop.call('voucherCode', uid, { voucherId });
      return shop.spent(() => sent(shop, voucherId, String(secret), any.hospitalId));
    },
    naive: async (shop) => {
      const { orderId } = await naivelyBought(shop);
      return shop.spent(() => naive.use(shop.phone, orderId));
    },
  },
  {
    what: 'refund of an unused voucher, quoted before',
    least: [3, 7, 0, 1],
    why: 'who asks, voucher, order; voucher, order and books twice each, the record of the computation',
    ours: async (shop, { any }) => {
      const one = await bought(shop, any);
      return shop.spent(() => refunded(shop, one));
    },
    naive: async (shop) => {
      const payment = await naivelyBought(shop);
      return shop.spent(() => shop.post('naiveRefund', { data: { ...payment, amount: price } }));
    },
  },
  {
    what: 'refund of what is left of one that is used in part',
    least: [3, 7, 0, 1],
    why: 'the same',
    ours: async (shop, { any }) => {
      const one = await bought(shop, any);
      await used(shop, one, any);
      return shop.spent(() => refunded(shop, one));
    },
    naive: async (shop) => {
      const payment = await naivelyBought(shop);
      await naive.use(shop.phone, payment.orderId);
      return shop.spent(() => shop.post('naiveRefund', { data: { ...payment, amount: price / sessions } }));
    },
  },
  {
    what: 'a gift: offered and taken',
    least: [4, 4, 0, 2],
    why: 'who gives and who takes, the voucher twice; the offer and the voucher, at both ends',
    ours: async (shop, { any }) => {
      const { uid, voucherId } = await bought(shop, any);
      return shop.spent(async () => {
        const { giftCode } = await shop.call('giveVoucher', uid, { voucherId });
        await shop.call('takeGift', shop.fresh('taker'), { giftCode });
      });
    },
    naive: async (shop) => {
      const { orderId } = await naivelyBought(shop);
      return shop.spent(() => naive.give(shop.phone, orderId));
    },
  },
];

/** The mean of some times, behind one that warms the instance. */
async function meanOf(act: () => Promise<Spent>): Promise<Spent> {
  await act();
  const all: Spent[] = [];
  for (let time = 0; time < alone; time += 1) all.push(await act());
  const mean = (nth: 0 | 1 | 2 | 3) => all.reduce((sum, spent) => sum + spent[nth], 0) / all.length;
  return [mean(0), mean(1), mean(2), mean(3)];
}

async function costs(): Promise<string[][]> {
  return onShop(1, async (shop) => {
    await db().doc('naiveEvents/e1').set({ price, stock: 1_000 });
    const any = await putOnSale({ eventId: 'any', price, sessions });
    const limited = await putOnSale({ eventId: 'limited', price, sessions, left: 1_000 });
    const measured: string[][] = [];
    for (const { what, least, why, ...row } of rows) {
      const ours = await meanOf(() => row.ours(shop, { any, limited }));
      const naively = await meanOf(() => row.naive(shop));
      measured.push([what, said(ours), said(naively), said(least), why]);
    }
    return measured;
  });
}

// ── Two hundred at once ─────────────────────────────────────────────────────────────────────────────────────────────

const atOnce = 200;
const tossMs = 300;
const lost = 4;

type Figure = readonly [what: string, value: string];

const won = (amount: number) => amount.toLocaleString('en');

interface Rush {
  readonly confirm: (shop: Shop, uid: string, payment: Payment) => Promise<string>;
  readonly job: (shop: Shop) => Promise<void>;
  readonly look: (shop: Shop, payments: readonly Payment[]) => Promise<Figure[]>;
}

/** Orders and payments both ways are the same; only confirming them is measured. */
async function rush({ confirm, job, look }: Rush): Promise<Figure[]> {
  return onShop(2, async (shop) => {
    const sale = await putOnSale({ eventId: 'rush', price, sessions });
    const all = await orderedAlike(await ordered(shop, 'rush', sale), atOnce);
    const payments = await runAtOnce(
      20,
      all.map(({ ownerUid, orderId }) => async () => ({ ownerUid, ...(await shop.agreed(orderId)) })),
    );
    // Both instances load what they need before: here they refuse.
    const warm = { orderId: all[0]?.orderId, paymentKey: 'pk_warm', amount: 1 };
    const authorization = `Bearer ${idTokenOf('somebody')}`;
    for (let time = 0; time < 4; time += 1)
      await shop.post('confirmPrepay', { data: warm }, { authorization });
    await shop.toss('slow', { ms: tossMs });
    await losingAnswers(shop, lost);
    const took: number[] = [];
    const answers: string[] = [];
    const wall = await elapsedMs(() =>
      Promise.all(
        payments.map(async ({ ownerUid, orderId, paymentKey }) => {
          const ms = await elapsedMs(async () => {
            answers.push(await confirm(shop, ownerUid, { orderId, paymentKey }));
          });
          took.push(ms);
        }),
      ),
    );
    await shop.healToss();
    await job(shop);
    const { p50, p95 } = latencyOf(took);
    const times = (answer: string) => String(answers.filter((one) => one === answer).length);
    return [
      ['answered: paid', times('PAID')],
      ['answered: it is being found out', times('CONFIRMING')],
      ['answered: failed', times('FAILED')],
      ...(await look(shop, payments)),
      ['p50 ms', whole(p50)],
      ['p95 ms', whole(p95)],
      ['all of them, ms', whole(wall)],
    ];
  });
}

async function lookAtOurs(shop: Shop, payments: readonly Payment[]): Promise<Figure[]> {
  const refs = (name: string) => payments.map(({ orderId }) => db().doc(`${name}/${orderId}`));
  const [vouchers, stored, back] = await Promise.all([
    db().getAll(...refs('prepays')),
    db().getAll(...refs('orders')),
    db().collection('reversals').get(),
  ]);
  const held = vouchers.filter((voucher) => voucher.get('state') === 'active').length;
  const open = stored.filter((order) => order.get('state') !== 'PAID').length;
  const books = balancesOf((await ledger().get()).docs.map((entry) => entry.data()));
  return [
    ['vouchers, one for each payment', String(held)],
    ['refunds', String(back.size)],
    ['orders still open after the job', String(open)],
    ['won at Toss', won(await shop.lying())],
    ['won at Toss, by the books', won(books.toss)],
    ['owed to holders, by the books', won(-books.vouchers)],
    ['paid and without voucher or refund', String(atOnce - held - back.size)],
  ];
}

async function lookAtNaive(shop: Shop): Promise<Figure[]> {
  const vouchers = (await db().collection('naiveVouchers').get()).size;
  const lying = await shop.lying();
  return [
    ['vouchers', String(vouchers)],
    ['refunds', '0'],
    ['orders still open', String(atOnce - vouchers)],
    ['won at Toss', won(lying)],
    ['by the books', 'none are kept'],
    ['by the books', 'none are kept'],
    ['paid and without voucher or refund', String(lying / price - vouchers)],
  ];
}

const rushOfOurs = () =>
  rush({
    confirm: async (shop, uid, payment) => String((await confirmed(shop, uid, payment)).state),
    job: async (shop) => {
      await shop.toss('slow', { ms: 0 });
      await shop.jobs(Date.now() + 2 * minuteMs);
    },
    look: lookAtOurs,
  });

const rushOfNaive = () =>
  rush({
    confirm: async (shop, _uid, payment) => {
      const { status } = await shop.post('naiveConfirm', { data: { ...payment, amount: price } });
      return status === 200 ? 'PAID' : 'FAILED';
    },
    job: async () => undefined,
    look: lookAtNaive,
  });

export async function payments(): Promise<string> {
  const costly = await costs();
  const [ours, naively] = [await rushOfOurs(), await rushOfNaive()];
  return [
    'Billed reads / writes / deletes / function calls of everything that follows:',
    table(['action', 'ours', 'naive', 'least', 'least: what for'], costly),
    `${atOnce} confirmations at once on two instances; Toss takes ${tossMs} ms and loses ${lost} answers, and those of the look-ups that follow; then the job runs once. Times ${machine()}.`,
    table(
      [`${atOnce} at once`, 'ours', 'naive'],
      ours.map(([what, value], index) => [what, value, naively[index]?.[1] ?? '']),
    ),
  ].join('\n\n');
}
