/**
 * Members and their orders, living through whatever may happen to a payment: what each step asks of the servers
 * (payServers.ts) and of the Toss stand-in, and what must be true when all is calm. Steps fail as they may in life: nobody
 * answers, Toss refuses, nothing is there yet.
 */
import { createServer, type Server } from 'node:http';
import { z } from 'zod';
import { addAmounts, balancesOf, isBalanced, noAmounts } from '../../src/ledger/ledger.ts';
import { ledger } from '../../src/ledger/post.ts';
import { type Amounts, accountNames, type LedgerEntry, ledgerDaySchema } from '../../src/ledger/schema.ts';
import { db } from '../../src/platform/firebase.ts';
import { codeAt, stepAt, writeCode } from '../../src/prepays/codes.ts';
import {
  orders,
  paymentAlerts,
  reversals,
  stockRef,
  tossHints,
  vouchers,
} from '../../src/prepays/collections.ts';
import { orderIdOf } from '../../src/prepays/ordering.ts';
import { type Order, type Prepay, sessionSchema } from '../../src/prepays/schema.ts';
import { codeSecret } from '../../src/prepays/using.ts';
import { refunds } from '../../src/refunds/deciding.ts';
import { shareOf } from '../../src/refunds/shares.ts';
import { settlements } from '../../src/settlement/weeks.ts';
import { control, env } from './app.ts';
import type { PayServers } from './payServers.ts';
import { putOnSale, type Sale } from './shop.ts';

const paymentShape = z.looseObject({
  ...{ paymentKey: z.string(), orderId: z.string(), status: z.string() },
  ...{ totalAmount: z.number(), balanceAmount: z.number() },
});
type Payment = z.infer<typeof paymentShape>;
const atTossShape = z.object({
  payments: z.array(paymentShape),
  transactions: z.array(z.object({ transactionKey: z.string(), orderId: z.string(), amount: z.number() })),
});
const changedShape = z.looseObject({ orderId: z.string().optional(), data: paymentShape.optional() });

export const toss = (route: string, body: unknown = {}) => control('STANDIN_TOSS_URL', route, body);
const healToss = () => fetch(`${env('STANDIN_TOSS_URL')}/__control/faults`, { method: 'DELETE' });

/** What becomes of the next question to Toss. */
export const faults = ['lostRequest', 'lostAnswer', 'badGateway', 'late'] as const;
export type Fault = (typeof faults)[number];
const faultOf: Record<Fault, Record<string, unknown>> = {
  lostRequest: { kind: 'reset' },
  lostAnswer: { kind: 'reset', after: true },
  badGateway: { kind: 'html502', after: true },
  late: { kind: 'delay', ms: 150 },
};

const minuteMs = 60_000;

/** What all lives of a round have in common: servers, Toss, time, and what Toss has told so far. */
export class PayRound {
  readonly servers: PayServers;
  /** Bodies of webhooks by order: to be told at any time, any number of times, in any order. */
  readonly told = new Map<string, unknown[]>();
  /** Won cancelled in Toss’s own console, by order. */
  readonly canceled = new Map<string, number>();
  readonly #listener: Server;
  #turns: Promise<unknown> = Promise.resolve();

  constructor(servers: PayServers) {
    this.servers = servers;
    this.#listener = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        this.#note(JSON.parse(Buffer.concat(parts).toString('utf8')));
        response.writeHead(200).end();
      });
    });
  }

  #note(body: unknown): void {
    const { orderId, data } = changedShape.parse(body);
    const id = orderId ?? data?.orderId ?? '';
    this.told.set(id, [...(this.told.get(id) ?? []), body]);
  }

  async open(): Promise<void> {
    await toss('reset');
    await new Promise<void>((resolve) => this.#listener.listen(0, '127.0.0.1', resolve));
    const address = this.#listener.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await toss('webhooks', { url: `http://127.0.0.1:${port}/` });
    await this.pass(0);
  }

  async close(): Promise<void> {
    await toss('reset');
    this.#listener.closeAllConnections();
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  now(): number {
    return Date.now() + this.servers.aheadMs;
  }

  /** Time passes for all of them, and at Toss. */
  async pass(ms: number): Promise<void> {
    this.servers.aheadMs += ms;
    await toss('clock', { now: this.now() });
  }

  /**
   * What orders of all members wait for each other in, one after the other: in the emulator two transactions that have both
   * read a document and both write it wait until one times out, and queries within transactions wait for all of them.
   */
  inTurn(name: string, told: Record<string, unknown>) {
    const turn = this.#turns.then(() => this.servers.ask(name, told));
    this.#turns = turn;
    return turn;
  }

  /** Faults end, nobody is killed, what was told comes once more, the jobs run for two days, and the week ends. */
  async calm(lives: readonly PayLife[]): Promise<void> {
    await healToss();
    await toss('slow', { ms: 0 });
    await this.servers.live();
    for (const bodies of this.told.values()) for (const body of bodies) await this.#do('webhook', body);
    const minutes = [0, 2, 2, 4, 8, ...Array(6).fill(45), ...Array(8).fill(360)];
    for (const length of minutes) {
      await this.pass(length * minuteMs);
      await this.#do('hints');
      await this.#do('jobs');
      // Whoever is asked where the money is to go says so.
      if (length === 45) for (const life of lives) await life.nameAccounts();
    }
    await this.pass(9 * 24 * 60 * minuteMs);
    await this.#do('closeBooks');
  }

  async #do(name: string, told: unknown = {}): Promise<void> {
    const outcome = await this.servers.ask(name, told);
    if (outcome.kind !== 'done') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
  }
}

const sessionsOf = async (voucherId: string) =>
  (await db().collection(`prepays/${voucherId}/sessions`).get()).docs.map((each) =>
    sessionSchema.parse(each.data()),
  );

/** A member with two orders. Each act is a step of a life. */
export class PayLife {
  readonly uid: string;
  readonly sale: Sale;
  readonly sessions: number;
  readonly stock: number;
  /** What happened, for whoever looks for what went wrong. */
  readonly story: string[] = [];
  readonly #round: PayRound;
  readonly #windows = new Map<string, string[]>();
  readonly #asked = new Set<string>();
  readonly #claims: { readonly voucherId: string; readonly step: number }[] = [];
  #code = '';
  #shown = 0;

  constructor(
    round: PayRound,
    uid: string,
    { sale, sessions, stock }: { sale: Sale; sessions: number; stock: number },
  ) {
    this.#round = round;
    this.uid = uid;
    this.sale = sale;
    this.sessions = sessions;
    this.stock = stock;
  }

  static async begin(
    round: PayRound,
    uid: string,
    { price, sessions, stock }: { price: number; sessions: number; stock: number },
  ): Promise<PayLife> {
    const sale = await putOnSale({ eventId: `e-${uid}`, price, sessions, left: stock });
    return new PayLife(round, uid, { sale, sessions, stock });
  }

  orderId(nth: number): string {
    return orderIdOf(this.uid, `press-${nth}`);
  }

  async #ask(name: string, told: Record<string, unknown>): Promise<unknown> {
    const isOfAll = name === 'order' || name === 'hints' || name === 'jobs';
    const given = { uid: this.uid, ...told };
    const outcome = await (isOfAll ? this.#round.inTurn(name, given) : this.#round.servers.ask(name, given));
    const { kind } = outcome;
    const what = kind === 'refused' ? outcome.reason : kind === 'failed' ? outcome.message : kind;
    this.story.push(`  ${name} ${JSON.stringify(told)}: ${what}`);
    if (kind === 'failed' && !/ABORTED|DEADLINE_EXCEEDED/.test(what))
      throw new Error(`${name} failed: ${what}`);
    return kind === 'done' ? outcome.value : null;
  }

  /** Something happens at Toss; what is impossible there does not. */
  async #atToss(route: string, body: Record<string, unknown>): Promise<Payment | null> {
    const happened = await toss(route, body).catch(() => null);
    this.story.push(`  toss ${route}: ${happened === null ? 'refused' : 'done'}`);
    return paymentShape.safeParse(happened).data ?? null;
  }

  async order(nth: number): Promise<void> {
    const { eventId, optionId, price } = this.sale;
    const wish = { eventId, optionId, price, requestId: `press-${nth}` };
    // Whoever is not answered presses again.
    for (let press = 0; press < 3 && !this.#asked.has(this.orderId(nth)); press += 1)
      if (await this.#ask('order', wish)) this.#asked.add(this.orderId(nth));
  }

  async agree(nth: number, amount = this.sale.price): Promise<void> {
    const orderId = this.orderId(nth);
    if (!this.#asked.has(orderId)) return;
    const payment = await this.#atToss('open', { orderId, amount });
    if (payment) this.#windows.set(orderId, [...(this.#windows.get(orderId) ?? []), payment.paymentKey]);
  }

  async confirm(nth: number, window: number): Promise<void> {
    const orderId = this.orderId(nth);
    const keys = this.#windows.get(orderId) ?? [];
    const paymentKey = keys[window % Math.max(1, keys.length)];
    if (paymentKey) await this.#ask('confirm', { orderId, paymentKey, amount: this.sale.price });
  }

  async issue(nth: number): Promise<void> {
    if (this.#asked.has(this.orderId(nth))) await this.#ask('issue', { orderId: this.orderId(nth) });
  }

  async abandon(nth: number): Promise<void> {
    if (this.#asked.has(this.orderId(nth))) await this.#ask('abandon', { orderId: this.orderId(nth) });
  }

  async deposit(nth: number): Promise<void> {
    await this.#atToss('deposit', { orderId: this.orderId(nth) });
  }

  /** The bank takes its word back, also in the midst of a refund. */
  async undeposit(nth: number): Promise<void> {
    await this.#atToss('undeposit', { orderId: this.orderId(nth) });
  }

  /** Somebody cancels in Toss’s own console. */
  async cancelInConsole(nth: number, window: number, amount: number | null): Promise<void> {
    const orderId = this.orderId(nth);
    const { payments } = await atToss();
    const paid = payments.filter((each) => each.orderId === orderId);
    const payment = paid[window % Math.max(1, paid.length)];
    if (!payment) return;
    const { paymentKey, balanceAmount, status } = payment;
    const cancelAmount = amount === null ? balanceAmount : Math.min(amount, balanceAmount);
    const canceled = await this.#atToss('cancel', { paymentKey, cancelAmount });
    if (!canceled || status === 'WAITING_FOR_DEPOSIT') return;
    const before = this.#round.canceled.get(orderId) ?? 0;
    this.#round.canceled.set(orderId, before + cancelAmount);
  }

  /** A code is shown and sent; `isLate`: by a desk that had no network. Codes of a while are good: each is another. */
  async use(nth: number, isLate: boolean): Promise<void> {
    const voucherId = this.orderId(nth);
    this.#shown += 1;
    const step = stepAt(this.#round.now()) + (isLate ? -10 : -2) + (this.#shown % 4);
    this.#code = writeCode({ voucherId, step, code: codeAt(codeSecret(voucherId, this.uid), step) });
    if (isLate) this.#claims.push({ voucherId, step });
    await this.useAgain();
  }

  /** The same code once more. */
  async useAgain(): Promise<void> {
    const { hospitalId } = this.sale;
    if (this.#code !== '') await this.#ask('use', { code: this.#code, hospitalId });
  }

  async answer(agreed: boolean): Promise<void> {
    const claim = this.#claims.at(-1);
    if (claim) await this.#ask('answer', { ...claim, agreed });
  }

  async refund(nth: number, sessions: number | null): Promise<void> {
    const orderId = this.orderId(nth);
    await this.#ask('account', { orderId });
    await this.#ask('refund', { orderId, sessions });
  }

  async nameAccounts(): Promise<void> {
    for (const nth of [0, 1]) await this.#ask('account', { orderId: this.orderId(nth) });
  }

  /** Toss tells something again, or for the first time, in whatever order. */
  async webhook(nth: number, which: number): Promise<void> {
    const bodies = this.#round.told.get(this.orderId(nth)) ?? [];
    const body = bodies[which % Math.max(1, bodies.length)];
    if (body) await this.#round.servers.ask('webhook', body);
  }

  /** Somebody else tells that it is paid. */
  async forge(nth: number): Promise<void> {
    const orderId = this.orderId(nth);
    const paymentKey = this.#windows.get(orderId)?.[0] ?? 'pk_forged';
    const data = { orderId, paymentKey, status: 'DONE', lastTransactionKey: 'forged' };
    await this.#round.servers.ask('webhook', { eventType: 'PAYMENT_STATUS_CHANGED', data });
    const deposit = { orderId, secret: 'ps_forged', status: 'DONE', transactionKey: 'forged' };
    await this.#round.servers.ask('webhook', { createdAt: '2026-12-01T00:00:00.000000', ...deposit });
  }

  hints = () => this.#ask('hints', {});
  jobs = () => this.#ask('jobs', {});
  fault = (fault: Fault, path: string) =>
    toss('fault', { match: { path }, times: 1, ...faultOf[fault] }).then(() => undefined);
  refuseNext = () => toss('refuse', { code: 'REJECT_CARD_COMPANY', path: '/v1/payments/confirm' });
}

async function atToss() {
  const response = await fetch(`${env('STANDIN_TOSS_URL')}/__control/payments`);
  return atTossShape.parse(await response.json());
}

// ── What must be true when all is calm ──────────────────────────────────────────────────────────────────────────────

const ofOrder = /dp-[0-9a-f]{32}/;

/** The sums of all entries an order is the cause of. */
function booksByOrder(
  entries: readonly LedgerEntry[],
  orderOf: (transactionKey: string) => string | undefined,
): Map<string, Amounts> {
  const books = new Map<string, Amounts>();
  for (const { of, amounts } of entries) {
    const orderId = ofOrder.exec(of)?.[0] ?? orderOf(of) ?? '';
    books.set(orderId, addAmounts(books.get(orderId) ?? noAmounts, amounts));
  }
  return books;
}

/** What is wrong with one order. */
interface Found {
  readonly orderId: string;
  readonly order: Order;
  readonly voucher: Prepay | undefined;
  readonly books: Amounts;
  readonly payments: readonly Payment[];
  readonly lies: number;
  /** Won cancelled by somebody in Toss’s own console. */
  readonly canceled: number;
  readonly isTold: boolean;
  readonly unfinished: number;
}

const ended = ['PAID', 'EXPIRED', 'CANCELED', 'REVERSED'];
const closed = ['EXPIRED', 'CANCELED', 'REVERSED'];

function faultsOfOrder({ order, voucher, books, payments, ...found }: Found): string[] {
  const { canceled, lies, isTold, unfinished } = found;
  const wrong: string[] = [];
  const must = (isTrue: boolean, what: string) => {
    if (!isTrue) wrong.push(what);
  };
  const live = payments.filter(({ status }) => status === 'DONE' || status === 'PARTIAL_CANCELED');
  must(ended.includes(order.state), `is ${order.state}`);
  must(live.length <= 1, `${live.length} payments hold money`);
  must(live.length === 0 || order.state === 'PAID', `money lies at Toss for an order that is ${order.state}`);
  must(
    live.every(({ paymentKey }) => paymentKey === order.paymentKey),
    'the money is of another payment',
  );
  must(!closed.includes(order.state) || lies === 0, `${lies} lie at Toss for nothing`);
  must((voucher !== undefined) === order.deposits > 0, 'voucher and deposits differ');
  must(order.state === 'PAID' || voucher?.state !== 'active', 'a voucher nobody has paid is active');
  // What somebody has taken out past us is missing at Toss, and somebody has been told of it.
  const missing = books.toss - lies;
  must(missing >= 0 && missing <= canceled, `the books say ${books.toss}, Toss ${lies}, by hand ${canceled}`);
  must(missing === 0 || isTold, 'nobody was told of what was cancelled by hand');
  if (canceled > 0) return wrong;
  must(
    books.refunds === 0 && books.unassigned === 0,
    `${books.refunds} and ${books.unassigned} are owed back`,
  );
  must(unfinished === 0, `${unfinished} refunds or reversals are not done`);
  if (voucher && order.state === 'PAID')
    must(-books.vouchers === leftIn(voucher), 'the voucher is worth else');
  return wrong;
}

function leftIn(voucher: Prepay): number {
  const { sessionsTotal, sessionsUsed, sessionsReturned } = voucher;
  const gone = sessionsUsed + sessionsReturned;
  return shareOf(voucher, gone, sessionsTotal - gone);
}

async function faultsOfVoucher(
  id: string,
  voucher: Prepay,
  books: readonly LedgerEntry[],
): Promise<string[]> {
  const used = (await sessionsOf(id)).filter(({ state }) => state === 'USED');
  const numbers = new Set(used.map(({ session }) => session));
  const entries = books.filter(({ kind, of }) => kind === 'use' && of.startsWith(`${id}~`));
  const sum = entries.reduce((total, { amounts }) => total - amounts.hospital, 0);
  const worth = used.reduce((total, { value }) => total + value, 0);
  const { sessionsUsed, sessionsReturned, sessionsTotal } = voucher;
  return [
    ...(used.length === sessionsUsed && numbers.size === sessionsUsed ? [] : ['sessions used differ']),
    ...(sum === worth ? [] : [`${worth} were used, ${sum} are owed`]),
    ...(sessionsUsed + sessionsReturned <= sessionsTotal ? [] : ['more sessions than were bought']),
  ];
}

/** Everything that is wrong after a round; nothing when not one won was lost or doubled. */
export async function faultsOf(round: PayRound, lives: readonly PayLife[]): Promise<string[]> {
  const [{ payments, transactions }, stored, held, entries, alerts, due, back] = await Promise.all([
    ...([atToss(), orders().get(), vouchers().get(), ledger().get(), paymentAlerts().get()] as const),
    ...([refunds().get(), reversals().get()] as const),
  ]);
  const books = entries.docs.map((entry) => entry.data());
  const orderOf = new Map(transactions.map(({ transactionKey, orderId }) => [transactionKey, orderId]));
  const byOrder = booksByOrder(books, (key) => orderOf.get(key));
  const voucherOf = new Map(held.docs.map((voucher) => [voucher.id, voucher.data()]));
  const told = new Set(alerts.docs.map((alert) => alert.data().orderId));
  const open = [...due.docs, ...back.docs].map((each) => each.data()).filter(({ state }) => state === 'DUE');
  const wrong: string[] = [];
  for (const doc of stored.docs) {
    const id = doc.id;
    const voucher = voucherOf.get(id);
    const found = faultsOfOrder({
      ...{ orderId: id, order: doc.data(), voucher, books: byOrder.get(id) ?? noAmounts },
      payments: payments.filter(({ orderId }) => orderId === id),
      lies: transactions.filter(({ orderId }) => orderId === id).reduce((sum, { amount }) => sum + amount, 0),
      ...{ canceled: round.canceled.get(id) ?? 0, isTold: told.has(id) },
      unfinished: open.filter(({ orderId }) => orderId === id).length,
    });
    const ofVoucher = voucher ? await faultsOfVoucher(id, voucher, books) : [];
    wrong.push(...[...found, ...ofVoucher].map((what) => `${id}: ${what}`));
  }
  for (const life of lives)
    wrong.push(
      ...(await faultsOfStock(
        life,
        stored.docs.map((doc) => doc.data()),
      )),
    );
  const balances = balancesOf(books);
  if (!isBalanced(balances)) wrong.push('the books are not balanced');
  return [...wrong, ...(await faultsOfClosing(balances))];
}

async function faultsOfStock({ uid, sale, stock }: PayLife, all: readonly Order[]): Promise<string[]> {
  const own = all.filter(({ ownerUid }) => ownerUid === uid);
  const sold = own.filter(({ deposits }) => deposits > 0).length;
  const left = (await stockRef(`${sale.eventId}~${sale.optionId}`).get()).data()?.left ?? 0;
  return left + sold === stock ? [] : [`${uid}: ${left} left and ${sold} sold of ${stock}`];
}

/** The days and weeks that are over say what the books say, and each hospital is owed that. */
async function faultsOfClosing(balances: Amounts): Promise<string[]> {
  const days = await db().collection('ledgerDays').orderBy('day', 'desc').limit(1).get();
  const closedAt = days.docs.map((day) => ledgerDaySchema.parse(day.data()).balances)[0] ?? noAmounts;
  const batches = (await settlements().orderBy('week', 'desc').get()).docs.map((batch) => batch.data());
  const owed = batches
    .filter(({ week }) => week === batches[0]?.week)
    .reduce((sum, { closing }) => sum + closing, 0);
  const waiting = await tossHints().where('state', '==', 'RECEIVED').get();
  return [
    ...(accountNames.every((account) => closedAt[account] === balances[account])
      ? []
      : ['the closed days say something else']),
    ...(owed === -balances.hospital ? [] : [`settled are ${owed}, owed ${-balances.hospital}`]),
    ...(waiting.empty ? [] : ['webhooks have not been acted upon']),
  ];
}
