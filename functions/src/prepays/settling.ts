/** An event happens to an order: one transaction for its next state, the voucher, the books and the stock. */
import type { DocumentSnapshot } from 'firebase-admin/firestore';
import { reversalOf } from '../ledger/ledger.ts';
import { paymentEntry, strayDepositEntry, strayRefundEntry } from '../ledger/movements.ts';
import { postEntry } from '../ledger/post.ts';
import { notificationOf } from '../notifications/notify.ts';
import { db, FieldValue, Timestamp, type Transaction } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import type { TossPayment } from '../toss/schema.ts';
import {
  orderRef,
  orderSecretRef,
  paymentAlerts,
  reversalIdOf,
  reversals,
  stockRef,
  voucherRef,
} from './collections.ts';
import { factsOf, seenOf, storedOf } from './facts.ts';
import { type OrderEffect, type OrderEvent, type OrderFacts, orderAfter } from './order.ts';
import type { Order, PaymentAlert, Prepay, Reversal } from './schema.ts';
import { expiryOf, nextNotice, resumed, suspended, voided } from './voucher.ts';

/** Money of the first deposit is entered under the order; of a second, after the bank took back the first, under `~2`. */
const entryOfDeposit = (orderId: string, { hospitalId, amount }: Order, nth: number) =>
  paymentEntry({ orderId: nth === 1 ? orderId : `${orderId}~${nth}`, hospitalId, amount });

function newVoucher(orderId: string, order: Order, now: number): Prepay {
  const { ownerUid, hospitalId, hospitalName, eventId, eventTitle, optionId, optionName } = order;
  const expiresAt = expiryOf(now);
  const notice = nextNotice(expiresAt, now);
  return {
    ...{ ownerUid, orderId, hospitalId, hospitalName, eventId, eventTitle, optionId, optionName },
    ...{ paid: order.amount, sessionsTotal: order.sessions, sessionsUsed: 0, sessionsReturned: 0 },
    ...{ state: 'active', codeStep: 0, isGift: false, giftUntil: null },
    expiresAt: Timestamp.fromMillis(expiresAt),
    nextNoticeAt: notice === null ? null : Timestamp.fromMillis(notice),
    createdAt: Timestamp.fromMillis(now),
    updatedAt: Timestamp.fromMillis(now),
  };
}

export function raiseAlert(
  tx: Transaction,
  orderId: string,
  code: PaymentAlert['code'],
  detail: string | null = null,
): void {
  log.error('payments.alert', { orderId, code });
  tx.set(paymentAlerts().doc(`${orderId}~${code}`), { orderId, code, detail, at: Timestamp.now() });
}

/** What was read before the writes. */
interface Before {
  readonly orderId: string;
  readonly order: Order;
  readonly voucher: Prepay | null;
  /** Reversals that are there already. */
  readonly reversed: ReadonlySet<string>;
  readonly now: number;
}

const touchesVoucher = ({ kind }: OrderEffect, nth: number) =>
  kind === 'undeposited' ||
  kind === 'freezeVoucher' ||
  kind === 'voidVoucher' ||
  (kind === 'paid' && nth > 1);

async function readFor(
  tx: Transaction,
  orderId: string,
  order: Order,
  effects: readonly OrderEffect[],
): Promise<Omit<Before, 'now'>> {
  const needsVoucher = effects.some((effect) => touchesVoucher(effect, 'nth' in effect ? effect.nth : 0));
  const voucher = needsVoucher ? ((await tx.get(voucherRef(orderId))).data() ?? null) : null;
  const reversed = new Set<string>();
  for (const effect of effects) {
    if (effect.kind !== 'reverse') continue;
    const id = reversalIdOf(orderId, effect.paymentKey);
    if ((await tx.get(reversals().doc(id))).exists) reversed.add(id);
  }
  return { orderId, order, voucher, reversed };
}

function issue(tx: Transaction, { orderId, order, voucher, now }: Before, nth: number): void {
  if (nth === 1) tx.create(voucherRef(orderId), newVoucher(orderId, order, now));
  else if (voucher)
    tx.update(voucherRef(orderId), { state: resumed(voucher.state), updatedAt: Timestamp.now() });
  postEntry(tx, entryOfDeposit(orderId, order, nth));
}

function change(
  tx: Transaction,
  { orderId, voucher }: Before,
  next: (state: Prepay['state']) => Prepay['state'],
): void {
  if (!voucher || next(voucher.state) === voucher.state) return;
  tx.update(voucherRef(orderId), { state: next(voucher.state), updatedAt: Timestamp.now() });
}

function reverse(
  tx: Transaction,
  { orderId, order, reversed }: Before,
  { paymentKey, amount, reason }: Extract<OrderEffect, { kind: 'reverse' }>,
): void {
  const id = reversalIdOf(orderId, paymentKey);
  if (reversed.has(id)) return;
  const now = Timestamp.now();
  const reversal: Reversal = {
    ...{ orderId, paymentKey, hospitalId: order.hospitalId, reason, amount },
    ...{ state: 'DUE', failure: null, tries: 0, nextTryAt: now, createdAt: now, updatedAt: now },
  };
  tx.create(reversals().doc(id), reversal);
  if (amount > 0) postStray(tx, id, amount);
}

/** Money nothing is owed for: it came, and is owed to its payer. */
export function postStray(tx: Transaction, reversalId: string, amount: number): void {
  postEntry(tx, strayDepositEntry(reversalId, amount));
  postEntry(tx, strayRefundEntry(reversalId, amount));
}

/** What each effect writes. */
const effects: {
  readonly [K in OrderEffect['kind']]: (
    tx: Transaction,
    before: Before,
    effect: Extract<OrderEffect, { kind: K }>,
  ) => void;
} = {
  releaseStock: (tx, { order: { stockId } }) => {
    if (stockId) tx.update(stockRef(stockId), { left: FieldValue.increment(1), updatedAt: Timestamp.now() });
  },
  paid: (tx, before, { nth }) => issue(tx, before, nth),
  undeposited: (tx, before, { nth }) => {
    postEntry(tx, reversalOf(entryOfDeposit(before.orderId, before.order, nth)));
    change(tx, before, suspended);
  },
  freezeVoucher: (tx, before) => change(tx, before, suspended),
  voidVoucher: (tx, before) => change(tx, before, voided),
  reverse,
  alert: (tx, { orderId }, { code }) => raiseAlert(tx, orderId, code),
};

function carryOut<K extends OrderEffect['kind']>(
  tx: Transaction,
  before: Before,
  effect: Extract<OrderEffect, { kind: K }> & { readonly kind: K },
): void {
  effects[effect.kind](tx, before, effect);
}

/** The account to pay into, and what proves a deposit: only while it waits for one. */
function accountOf(
  facts: OrderFacts,
  payment: TossPayment | null,
): Pick<Order, 'account'> | Record<string, never> {
  if (facts.state !== 'WAITING_FOR_DEPOSIT' || !payment?.virtualAccount) return {};
  const { bankCode, accountNumber, dueDate } = payment.virtualAccount;
  const dueAt = Timestamp.fromMillis(Date.parse(dueDate));
  return { account: { bank: bankCode, accountNumber, dueAt } };
}

/** A deposit is made outside the app, at any time: its payer is told. */
function tellOfDeposit(tx: Transaction, orderId: string, order: Order, nth: number): void {
  const title = '입금이 확인되었습니다';
  const news = { kind: 'prepay', title, body: `${order.eventTitle} 시술권을 사용할 수 있습니다.` } as const;
  const ref = db().doc(`users/${order.ownerUid}/notifications/paid-${orderId}-${nth}`);
  tx.set(ref, notificationOf({ ...news, target: `prepays/${orderId}` }, Timestamp.now()));
}

function write(tx: Transaction, before: Before, after: OrderFacts, payment: TossPayment | null): void {
  const { orderId, order } = before;
  const isPaid = after.state === 'PAID';
  tx.update(orderRef(orderId), {
    ...storedOf(after),
    ...accountOf(after, payment),
    ...(isPaid ? { voucherId: orderId } : {}),
    updatedAt: Timestamp.now(),
  });
  const { secret } = payment ?? {};
  if (after.state === 'WAITING_FOR_DEPOSIT' && secret && order.account === null)
    tx.set(orderSecretRef(orderId), { secret });
  if (isPaid && order.state !== 'PAID' && after.method === 'VIRTUAL_ACCOUNT')
    tellOfDeposit(tx, orderId, order, after.deposits);
}

export interface Settled {
  readonly before: Order;
  readonly facts: OrderFacts;
  readonly effects: readonly OrderEffect[];
}

/**
 * Lets an event happen to an order inside a transaction whose writes have not begun. Null when there is no such order.
 * An event that changes nothing writes nothing.
 */
export async function settleIn(
  tx: Transaction,
  stored: DocumentSnapshot<Order>,
  event: OrderEvent,
  payment: TossPayment | null = null,
): Promise<Settled | null> {
  const order = stored.data();
  if (!order) return null;
  const facts = factsOf(stored.id, order);
  const { order: after, effects: due } = orderAfter(facts, event);
  if (after === facts && due.length === 0) return { before: order, facts, effects: due };
  const before = { ...(await readFor(tx, stored.id, order, due)), now: Date.now() };
  for (const effect of due) carryOut(tx, before, effect);
  write(tx, before, after, payment);
  return { before: order, facts: after, effects: due };
}

export function settle(
  orderId: string,
  event: OrderEvent,
  payment: TossPayment | null = null,
): Promise<Settled | null> {
  return db().runTransaction(async (tx) => settleIn(tx, await tx.get(orderRef(orderId)), event, payment));
}

/** Lets what Toss has told of a payment happen to its order. `askedAt`: before Toss was asked. */
export function settleSeen(payment: TossPayment, askedAt: number): Promise<Settled | null> {
  const now = Date.now();
  return settle(payment.orderId, { kind: 'seen', payment: seenOf(payment, askedAt, now), at: now }, payment);
}
