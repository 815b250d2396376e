/**
 * Paying an order. The order says that a payment is being tried before Toss is asked, so that whoever dies, however,
 * leaves behind what the reconciling job needs: state CONFIRMING and the key of the payment.
 */
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import {
  cancelPayment,
  confirmPayment,
  issueVirtualAccount,
  lookUpOrder,
  lookUpPayment,
  type PaymentAnswer,
} from '../toss/client.ts';
import { tossErrorOf } from '../toss/errors.ts';
import { attempts, orderRef } from './collections.ts';
import { isClosed, type OrderFacts } from './order.ts';
import { eventRef } from './ordering.ts';
import type { Attempt, Order, OrderOutput } from './schema.ts';
import { raiseAlert, type Settled, settle, settleIn, settleSeen } from './settling.ts';

const attemptsKeptMs = 90 * 86_400_000;
const accountHours = 24;
const askAgainMs = 3_000;

type Begun =
  | { readonly kind: 'settled'; readonly output: OrderOutput }
  | {
      readonly kind: 'ask';
      readonly isFirst: boolean;
      readonly order: Order;
      /** When this try was begun, in epoch ms: the same when it is repeated. */
      readonly begunAt: number;
    };

const outputOf = (orderId: string, state: OrderFacts['state']): OrderOutput => ({
  state,
  voucherId: state === 'PAID' ? orderId : null,
});

/** One that has ended since was ordered in time; one that was withdrawn is not sold any more. */
async function refuseWithdrawn(tx: Transaction, { eventId }: Order): Promise<void> {
  const event = (await tx.get(eventRef(eventId))).data();
  if (!event?.published && event?.hiddenBecause !== 'ENDED') throw new AppError('EVENT_NOT_FOR_SALE');
}

/** Begins a payment, or says what has become of the order. `paymentKey` is null for an account. */
async function begin(
  tx: Transaction,
  uid: string,
  { orderId, amount, paymentKey }: { orderId: string; amount: number | null; paymentKey: string | null },
): Promise<Begun> {
  const stored = await tx.get(orderRef(orderId));
  const order = stored.data();
  if (!order || order.ownerUid !== uid) throw new AppError('ORDER_NOT_FOUND');
  if (amount !== null && amount !== order.amount) throw new AppError('AMOUNT_DIFFERS');
  const { state } = order;
  if (state === 'PAID' || state === 'WAITING_FOR_DEPOSIT')
    return { kind: 'settled', output: outputOf(orderId, state) };
  if (isClosed(order)) throw new AppError('ORDER_CLOSED', { state });
  if (state === 'CONFIRMING') {
    if (order.paymentKey !== paymentKey) throw new AppError('PAYMENT_RUNNING', { retryAfterMs: askAgainMs });
    return { kind: 'ask', isFirst: false, order, begunAt: order.confirmingAt?.toMillis() ?? 0 };
  }
  await refuseWithdrawn(tx, order);
  const at = Date.now();
  const event =
    paymentKey === null
      ? ({ kind: 'issuing', at } as const)
      : ({ kind: 'confirming', paymentKey, at } as const);
  const settled = await settleIn(tx, stored, event);
  if (settled?.facts.state !== 'CONFIRMING') throw new AppError('ORDER_CLOSED', { state: 'EXPIRED' });
  return { kind: 'ask', isFirst: true, order, begunAt: at };
}

interface Tried {
  readonly orderId: string;
  readonly order: Order;
  readonly paymentKey: string | null;
  readonly isFirst: boolean;
  readonly askedAt: number;
}

/** Keeps what failed where operators, and nobody else, find it for a while. */
function writeAttempt(tx: Transaction, tried: Tried, outcome: Attempt['outcome'], code: string): void {
  const now = Date.now();
  const { orderId, order, paymentKey } = tried;
  tx.set(attempts().doc(`${orderId}~${tried.askedAt}`), {
    ...{ orderId, action: paymentKey === null ? 'account' : 'confirm', amount: order.amount, outcome, code },
    at: Timestamp.fromMillis(now),
    purgeAt: Timestamp.fromMillis(now + attemptsKeptMs),
  });
}

/** What a member is told of a refusal of Toss. */
function refusal(code: string): AppError {
  const { meaning, message } = tossErrorOf(code);
  return meaning === 'alert'
    ? new AppError('PAYMENT_UNAVAILABLE')
    : new AppError('PAYMENT_REFUSED', { tossCode: code, tell: message });
}

/** Nothing was charged, for sure. */
async function refused(tried: Tried, code: string): Promise<never> {
  const { orderId, paymentKey } = tried;
  await db().runTransaction(async (tx) => {
    const stored = await tx.get(orderRef(orderId));
    await settleIn(tx, stored, { kind: 'refused', paymentKey, at: Date.now() });
    writeAttempt(tx, tried, 'REFUSED', code);
    if (tossErrorOf(code).meaning === 'alert') raiseAlert(tx, orderId, 'TOSS_REFUSES', code);
  });
  throw refusal(code);
}

/** What an answer of Toss to a look-up means for the order; null when it means nothing. */
export async function takeLookUp(
  orderId: string,
  paymentKey: string | null,
  answer: PaymentAnswer,
  askedAt: number,
): Promise<Settled | null> {
  if (answer.kind === 'ok' && answer.value.orderId === orderId) return settleSeen(answer.value, askedAt);
  const isAbsent = answer.kind === 'refused' && answer.meaning === 'renew';
  return isAbsent ? settle(orderId, { kind: 'absent', paymentKey, at: Date.now() }) : null;
}

/** The outcome is unknown: Toss is asked what became of it. */
async function findOut(tried: Tried, code: string): Promise<OrderOutput> {
  const { orderId, paymentKey } = tried;
  await db().runTransaction(async (tx) => writeAttempt(tx, tried, 'UNKNOWN', code));
  const askedAt = Date.now();
  const answer = paymentKey === null ? await lookUpOrder(orderId) : await lookUpPayment(paymentKey);
  const settled = await takeLookUp(orderId, paymentKey, answer, askedAt);
  const state = settled?.facts.state ?? 'CONFIRMING';
  // Toss says that it has failed: the buyer may try again.
  if (state === 'OPEN') throw refusal(tossErrorOf(code).meaning === 'ask' ? 'NOT_AVAILABLE_PAYMENT' : code);
  return outputOf(orderId, state);
}

async function take(tried: Tried, answer: PaymentAnswer): Promise<OrderOutput> {
  if (answer.kind === 'ok') {
    const settled = await settleSeen(answer.value, tried.askedAt);
    return outputOf(tried.orderId, settled?.facts.state ?? 'CONFIRMING');
  }
  // A refusal of a repetition says nothing of the first try.
  if (answer.kind === 'refused' && tried.isFirst) return refused(tried, answer.code);
  return findOut(tried, answer.code);
}

/** Charges what the buyer has agreed to in the payment window; the voucher is there when it is PAID. */
export async function confirmOrder(
  uid: string,
  { orderId, paymentKey, amount }: { orderId: string; paymentKey: string; amount: number },
): Promise<OrderOutput> {
  const begun = await db().runTransaction((tx) => begin(tx, uid, { orderId, amount, paymentKey }));
  if (begun.kind === 'settled') return begun.output;
  const tried = { orderId, paymentKey, ...begun, askedAt: Date.now() };
  return take(tried, await confirmPayment({ paymentKey, orderId, amount }));
}

/** Issues an account to pay an order into. */
export async function issueAccount(
  uid: string,
  { orderId, bank, payerName }: { orderId: string; bank: string; payerName: string },
): Promise<OrderOutput> {
  const begun = await db().runTransaction((tx) =>
    begin(tx, uid, { orderId, amount: null, paymentKey: null }),
  );
  if (begun.kind === 'settled') return begun.output;
  const tried = { orderId, paymentKey: null, ...begun, askedAt: Date.now() };
  const { amount, eventTitle } = begun.order;
  // An order that is open again may be tried with another bank: a key of the order alone would replay the first refusal.
  const cause = `${orderId}:${begun.begunAt}`;
  const wish = { cause, orderId, amount, orderName: eventTitle, customerName: payerName, bank };
  return take(tried, await issueVirtualAccount({ ...wish, validHours: accountHours }));
}

/**
 * Takes away an account nobody has paid into. What Toss says of it decides. All of it can be cancelled once only, whatever
 * the key; a key of the order alone would replay the refusal of a try that met a deposit the bank has taken back since.
 */
export async function closeAccount(orderId: string, paymentKey: string): Promise<Settled | null> {
  const askedAt = Date.now();
  const answer = await cancelPayment({
    paymentKey,
    cause: `account:${orderId}:${askedAt}`,
    reason: '입금 전 주문 취소',
  });
  if (answer.kind === 'ok') return settleSeen(answer.value, askedAt);
  const lookedAt = Date.now();
  return takeLookUp(orderId, paymentKey, await lookUpPayment(paymentKey), lookedAt);
}

/** The member does not want it any more. Nothing of a paid order: that is a refund. */
export async function abandonOrder(uid: string, orderId: string): Promise<OrderOutput> {
  const order = (await orderRef(orderId).get()).data();
  if (!order || order.ownerUid !== uid) throw new AppError('ORDER_NOT_FOUND');
  if (order.state === 'CONFIRMING') throw new AppError('PAYMENT_RUNNING', { retryAfterMs: askAgainMs });
  if (order.state === 'PAID') throw new AppError('ORDER_CLOSED', { state: order.state });
  const settled =
    order.state === 'WAITING_FOR_DEPOSIT' && order.paymentKey
      ? await closeAccount(orderId, order.paymentKey)
      : await settle(orderId, { kind: 'abandoned', at: Date.now() });
  return outputOf(orderId, settled?.facts.state ?? order.state);
}
