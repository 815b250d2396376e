/**
 * A local stand-in for api.tosspayments.com: payments, cancels, virtual accounts, billing keys, settlements.
 *
 * Secret key `test_sk_local`. The header `TossPayments-Test-Code: CODE` has any call refused with that code. Beyond the
 * shared control routes of control.ts (a fault with `after` takes effect and loses the answer):
 *   POST /__control/open          {orderId, amount, method?: '카드'|'가상계좌', authenticate?: true} -> Payment
 *   POST /__control/abort         {paymentKey, code?} -> Payment
 *   POST /__control/deposit       {orderId} -> Payment; /__control/undeposit takes it back
 *   POST /__control/cancel        {paymentKey, cancelAmount?} -> Payment: somebody cancels in Toss's own console
 *   POST /__control/refuse        {code, path?, times?}: the next calls whose path begins so are refused
 *   POST /__control/slow          {ms}: how long confirming and cancelling take; meanwhile their key answers 409
 *   POST /__control/webhooks      {url, minuteMs?}: from now on changes are told there; a minute of the ladder lasts so long
 *   POST /__control/bodies        {paymentKey} -> {bodies}: what would be told of the payment as it is
 *   POST /__control/send          {url, bodies, times?} -> {deliveries}: sends what is given: forged, repeated, reordered
 *   GET  /__control/deliveries    what was told by itself, and how it was answered
 *   GET  /__control/payments      {payments, transactions}
 */
import { setTimeout as wait } from 'node:timers/promises';
import {
  authorizationOf,
  type Handler,
  isRecord,
  type JsonRecord,
  json,
  numberOf,
  parseJson,
  type Routes,
  type RunningStandin,
  readRecord,
  StandinClock,
  serveStandin,
  startWhenMain,
  textOf,
  type WireReply,
  type WireRequest,
} from './control.ts';
import { koreanTime, TossBook, type Transaction } from './toss-book.ts';
import { TossRefusal, tossCodes } from './toss-codes.ts';
import { bodiesOf, sendGiven, TossWebhooks } from './toss-webhooks.ts';

export const tossSecretKey = 'test_sk_local';

interface Ordered {
  readonly code: string;
  readonly path: string;
  timesLeft: number;
}

interface Toss {
  readonly book: TossBook;
  readonly clock: StandinClock;
  readonly webhooks: TossWebhooks;
  /** Answers by Idempotency-Key, method and path; null while the first is being worked on. */
  readonly answers: Map<string, { readonly at: number; readonly reply: WireReply | null }>;
  readonly ordered: Ordered[];
  slowMs: number;
}

const idempotentMs = 15 * 86_400_000;
const longestKey = 300;

const refused = ({ status, code, message }: TossRefusal): WireReply => json(status, { code, message });

/** Runs `act`; what it throws as a refusal is answered as one. */
async function orRefusal(act: () => Promise<WireReply> | WireReply): Promise<WireReply> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof TossRefusal) return refused(error);
    throw error;
  }
}

function checkKey(request: WireRequest): void {
  const { scheme, credential } = authorizationOf(request.headers);
  const [key = '', password] = Buffer.from(credential, 'base64').toString('utf8').split(':');
  if (scheme !== 'Basic' || password !== '') throw new TossRefusal('INCORRECT_BASIC_AUTH_FORMAT');
  if (key !== tossSecretKey) throw new TossRefusal('UNAUTHORIZED_KEY');
}

function checkOrdered(toss: Toss, request: WireRequest): void {
  const code = request.headers['tosspayments-test-code'];
  if (typeof code === 'string' && tossCodes.has(code)) throw new TossRefusal(code);
  const ordered = toss.ordered.find(({ path, timesLeft }) => timesLeft > 0 && request.path.startsWith(path));
  if (!ordered) return;
  ordered.timesLeft -= 1;
  throw new TossRefusal(ordered.code);
}

type Act = (toss: Toss, request: WireRequest, body: JsonRecord) => unknown;

/** The answer of the first request with this key, whatever the body of this one: so it is at Toss. */
async function once(toss: Toss, request: WireRequest, work: () => Promise<WireReply>): Promise<WireReply> {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string') return await work();
  if (key.length > longestKey) throw new TossRefusal('INVALID_IDEMPOTENCY_KEY');
  const name = `${request.method} ${request.path}\n${key}`;
  const known = toss.answers.get(name);
  if (known && known.at + idempotentMs > toss.clock.now()) {
    if (known.reply === null) throw new TossRefusal('IDEMPOTENT_REQUEST_PROCESSING');
    return known.reply;
  }
  toss.answers.set(name, { at: toss.clock.now(), reply: null });
  const reply = await orRefusal(work);
  toss.answers.set(name, { at: toss.clock.now(), reply });
  return reply;
}

function posting(toss: Toss, act: Act): Handler {
  return (request) =>
    orRefusal(() => {
      checkKey(request);
      const body = parseJson(request.body);
      if (!isRecord(body)) throw new TossRefusal('INVALID_REQUEST');
      return once(toss, request, async () => {
        checkOrdered(toss, request);
        if (toss.slowMs > 0) await wait(toss.slowMs);
        return json(200, act(toss, request, body));
      });
    });
}

function getting(toss: Toss, act: Act): Handler {
  return (request) =>
    orRefusal(() => {
      checkKey(request);
      checkOrdered(toss, request);
      return json(200, act(toss, request, {}));
    });
}

function texts<const K extends string>(body: JsonRecord, ...keys: K[]): Record<K, string> {
  const read = keys.map((key) => [key, textOf(body[key])] as const);
  if (read.some(([, value]) => !value)) throw new TossRefusal('INVALID_REQUEST');
  return Object.fromEntries(read) as Record<K, string>;
}

function amountIn(body: JsonRecord): number {
  const amount = numberOf(body.amount);
  if (amount === undefined || !Number.isInteger(amount) || amount <= 0)
    throw new TossRefusal('INVALID_REQUEST');
  return amount;
}

const isOrderId = (value: string) => /^[A-Za-z0-9_-]{6,64}$/.test(value);

const confirm: Act = ({ book }, _request, body) => {
  const { paymentKey, orderId } = texts(body, 'paymentKey', 'orderId');
  return book.confirm(paymentKey, orderId, amountIn(body));
};

const cancel: Act = ({ book }, { params }, body) => {
  const { cancelReason } = texts(body, 'cancelReason');
  if (cancelReason.length > 200) throw new TossRefusal('INVALID_REQUEST');
  return book.cancel(params.paymentKey ?? '', {
    cancelReason,
    cancelAmount: numberOf(body.cancelAmount),
    refundableAmount: numberOf(body.refundableAmount),
    refundReceiveAccount: isRecord(body.refundReceiveAccount) ? body.refundReceiveAccount : undefined,
  });
};

const issueAccount: Act = ({ book }, _request, body) => {
  const given = texts(body, 'orderId', 'orderName', 'customerName', 'bank');
  const validHours = numberOf(body.validHours) ?? 168;
  if (!isOrderId(given.orderId) || validHours < 1 || validHours > 720)
    throw new TossRefusal('INVALID_REQUEST');
  if (!/^[0-9A-Z]{2}$/.test(given.bank)) throw new TossRefusal('INVALID_BANK');
  return book.issueVirtualAccount({ ...given, validHours, amount: amountIn(body) });
};

const issueBilling: Act = ({ book }, _request, body) => {
  const { authKey, customerKey } = texts(body, 'authKey', 'customerKey');
  return book.issueBillingKey(authKey, customerKey);
};

const chargeBilling: Act = ({ book }, { params }, body) => {
  const given = texts(body, 'customerKey', 'orderId', 'orderName');
  return book.chargeBilling(params.billingKey ?? '', { ...given, amount: amountIn(body) });
};

const dayOf = (ms: number) => koreanTime(ms).slice(0, 10);

function pageOf<T>(items: readonly T[], query: URLSearchParams): T[] {
  const page = Number(query.get('page') ?? 1);
  const size = Math.min(5_000, Number(query.get('size') ?? query.get('limit') ?? 100));
  return items.slice((page - 1) * size, page * size);
}

function inDays(toss: Toss, query: URLSearchParams): Transaction[] {
  const from = query.get('startDate')?.slice(0, 10);
  const to = query.get('endDate')?.slice(0, 10);
  if (!from || !to) throw new TossRefusal('INVALID_REQUEST');
  return toss.book
    .transactions()
    .filter(({ at, amount }) => amount !== 0 && dayOf(at) >= from && dayOf(at) <= to);
}

/** Toss's fee of the stand-in: 2.2 % and VAT, rounded to the won. */
const feeOf = (amount: number) => Math.round(amount * 0.0242);

const settlements: Act = (toss, { query }) =>
  pageOf(inDays(toss, query), query).map(({ transactionKey, paymentKey, orderId, amount, at }) => ({
    ...{ mId: 'tvivarepublica', paymentKey, transactionKey, orderId, currency: 'KRW' },
    method: toss.book.methodOf(paymentKey),
    ...{ amount, interestFee: 0, fees: [{ type: 'BASE', fee: feeOf(amount) }] },
    suppliedAmount: feeOf(amount) - Math.round(feeOf(amount) / 11),
    ...{ vat: Math.round(feeOf(amount) / 11), payOutAmount: amount - feeOf(amount) },
    ...{ approvedAt: koreanTime(at), soldDate: dayOf(at), paidOutDate: dayOf(at + 2 * 86_400_000) },
    ...{ card: null, easyPay: null, cancel: amount < 0 ? { cancelAmount: -amount, transactionKey } : null },
  }));

const transactions: Act = (toss, { query }) => {
  const all = inDays(toss, query);
  const after = query.get('startingAfter');
  const from = after === null ? 0 : all.findIndex(({ transactionKey }) => transactionKey === after) + 1;
  return pageOf(all.slice(from), query).map(
    ({ transactionKey, paymentKey, orderId, amount, at, status }) => ({
      ...{ mId: 'tvivarepublica', transactionKey, paymentKey, orderId, status, amount, currency: 'KRW' },
      ...{ method: toss.book.methodOf(paymentKey), customerKey: null, useEscrow: false, receiptUrl: null },
      transactionAt: koreanTime(at),
    }),
  );
};

function deleteBilling(toss: Toss): Handler {
  return (request) =>
    orRefusal(() => {
      checkKey(request);
      toss.book.deleteBillingKey(request.params.billingKey ?? '');
      return { status: 200 };
    });
}

type Order = (toss: Toss, body: JsonRecord) => unknown;

function controlling(toss: Toss, order: Order): Handler {
  return ({ body }) =>
    orRefusal(async () => json(200, (await order(toss, readRecord(body))) ?? { ok: true }));
}

const open: Order = ({ book }, body) => {
  const { orderId } = texts(body, 'orderId');
  const opened = book.open(orderId, amountIn(body), body.method === '가상계좌' ? '가상계좌' : '카드');
  return body.authenticate === false ? opened : book.authenticate(opened.paymentKey);
};

const refuse: Order = ({ ordered }, body) => {
  const { code } = texts(body, 'code');
  ordered.push({ code, path: textOf(body.path) ?? '/', timesLeft: numberOf(body.times) ?? 1 });
};

const controls: Record<string, Order> = {
  open,
  refuse,
  abort: ({ book }, body) => book.abort(texts(body, 'paymentKey').paymentKey, textOf(body.code)),
  deposit: ({ book }, body) => book.deposit(texts(body, 'orderId').orderId),
  undeposit: ({ book }, body) => book.undeposit(texts(body, 'orderId').orderId),
  cancel: ({ book }, body) =>
    book.cancel(texts(body, 'paymentKey').paymentKey, {
      cancelReason: '콘솔에서 취소',
      cancelAmount: numberOf(body.cancelAmount),
      refundReceiveAccount: { bank: '20', accountNumber: '1', holderName: '시험' },
    }),
  slow: (toss, body) => {
    toss.slowMs = numberOf(body.ms) ?? 0;
  },
  webhooks: ({ webhooks }, body) => webhooks.register(body),
  bodies: ({ book, clock }, body) => ({
    bodies: bodiesOf(book.changeOf(texts(body, 'paymentKey').paymentKey), clock.now()),
  }),
  send: async (_toss, body) => ({ deliveries: await sendGiven(body) }),
};

function routesOf(toss: Toss): Routes {
  const orders = Object.entries(controls).map(
    ([name, order]) => [`POST /__control/${name}`, controlling(toss, order)] as const,
  );
  return {
    'POST /v1/payments/confirm': posting(toss, confirm),
    'POST /v1/payments/:paymentKey/cancel': posting(toss, cancel),
    'GET /v1/payments/orders/:orderId': getting(toss, ({ book }, { params }) =>
      book.lookupOrder(params.orderId ?? ''),
    ),
    'GET /v1/payments/:paymentKey': getting(toss, ({ book }, { params }) =>
      book.lookup(params.paymentKey ?? ''),
    ),
    'POST /v1/virtual-accounts': posting(toss, issueAccount),
    'POST /v1/billing/authorizations/issue': posting(toss, issueBilling),
    'POST /v1/billing/:billingKey': posting(toss, chargeBilling),
    'DELETE /v1/billing/:billingKey': deleteBilling(toss),
    'GET /v1/settlements': getting(toss, settlements),
    'GET /v1/transactions': getting(toss, transactions),
    ...Object.fromEntries(orders),
    'GET /__control/deliveries': () => json(200, toss.webhooks.deliveries),
    'GET /__control/payments': () =>
      json(200, { payments: toss.book.payments(), transactions: toss.book.transactions() }),
  };
}

export async function startToss(options: { port?: number } = {}): Promise<RunningStandin> {
  const clock = new StandinClock();
  const book = new TossBook(clock);
  const webhooks = new TossWebhooks();
  const toss: Toss = { book, clock, webhooks, answers: new Map(), ordered: [], slowMs: 0 };
  book.onChange = (change) => webhooks.send(change, clock.now());
  const reset = () => {
    book.reset();
    webhooks.reset();
    toss.answers.clear();
    toss.ordered.length = 0;
    toss.slowMs = 0;
  };
  return await serveStandin({
    ...{ name: 'toss stand-in', routes: routesOf(toss), reset, clock, defaultPort: 9806 },
    port: options.port,
  });
}

startWhenMain('standins/toss.ts', startToss);
