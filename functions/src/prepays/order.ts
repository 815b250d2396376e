/**
 * What becomes of an order. Pure: one state and one event make the next state and what has to be done with it, in the
 * same transaction. Money is believed only when Toss was asked for it (`seen`); everything may come twice, late and in
 * any order, and the same event a second time does nothing. Moments are epoch ms, amounts won.
 */

export const orderStates = [
  'OPEN',
  'CONFIRMING',
  'WAITING_FOR_DEPOSIT',
  'PAID',
  'EXPIRED',
  'CANCELED',
  'REVERSED',
] as const;
export type OrderState = (typeof orderStates)[number];
export const paymentMethods = ['CARD', 'VIRTUAL_ACCOUNT'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

export interface OrderFacts {
  readonly orderId: string;
  readonly state: OrderState;
  readonly amount: number;
  readonly method: PaymentMethod | null;
  /** Of the payment tried last, or of the one that paid. */
  readonly paymentKey: string | null;
  /** Since when the outcome of that payment is unknown. */
  readonly confirmingAt: number | null;
  /** Whether one unit of limited stock is set aside for it. */
  readonly holdsStock: boolean;
  /** How often money for it has come: a bank may take back its word and give it again. */
  readonly deposits: number;
  /** What has been given back by refunds of the voucher. */
  readonly refunded: number;
  /** When Toss had answered that it was paid, or that it was taken back: what was asked before says nothing about later. */
  readonly seenAt: number | null;
  /** Nothing can be begun after this; the due date of a virtual account. */
  readonly expiresAt: number;
  readonly nextLookAt: number | null;
  readonly looks: number;
  /** The member has left: nobody is there to hold a voucher. */
  readonly ownerLeft: boolean;
}

/** A payment as Toss tells it when asked. */
export interface Seen {
  readonly paymentKey: string;
  readonly status: string;
  readonly totalAmount: number;
  readonly balanceAmount: number;
  readonly isVirtualAccount: boolean;
  /** Money has come for it: an account without a deposit, or whose deposit the bank has taken back, has none. */
  readonly hasCome: boolean;
  readonly dueAt: number | null;
  /** When it was asked and when the answer was there. */
  readonly askedAt: number;
  readonly answeredAt: number;
}

export type OrderEvent =
  | { readonly kind: 'confirming'; readonly paymentKey: string; readonly at: number }
  | { readonly kind: 'issuing'; readonly at: number }
  /** Toss has certainly not taken the payment, at the first try. */
  | { readonly kind: 'refused'; readonly paymentKey: string | null; readonly at: number }
  | { readonly kind: 'seen'; readonly payment: Seen; readonly at: number }
  /** Toss knows no payment of this key (card) or order (account). */
  | { readonly kind: 'absent'; readonly paymentKey: string | null; readonly at: number }
  /** The job has looked: should nothing have changed, it looks again later. */
  | { readonly kind: 'looked'; readonly at: number }
  | { readonly kind: 'abandoned'; readonly at: number }
  | { readonly kind: 'tick'; readonly at: number };

export const reversalReasons = [
  'AMOUNT',
  'SECOND_PAYMENT',
  'CLOSED',
  'OWNER_LEFT',
  'PARTLY_CANCELED',
] as const;
export type ReversalReason = (typeof reversalReasons)[number];
export const alertCodes = ['AMOUNT_DIFFERS', 'CANCELED_ELSEWHERE', 'UNDEPOSITED'] as const;
export type OrderAlert = (typeof alertCodes)[number];

export type OrderEffect =
  | { readonly kind: 'releaseStock' }
  /** Voucher and entry in the books; `nth` counts deposits from 1. */
  | { readonly kind: 'paid'; readonly nth: number }
  /** The bank took its word back: the voucher rests, the entry is reversed. */
  | { readonly kind: 'undeposited'; readonly nth: number }
  | { readonly kind: 'freezeVoucher' }
  | { readonly kind: 'voidVoucher' }
  /** All that is left of a payment goes back, by a job of its own. */
  | {
      readonly kind: 'reverse';
      readonly paymentKey: string;
      readonly amount: number;
      readonly reason: ReversalReason;
    }
  | { readonly kind: 'alert'; readonly code: OrderAlert };

export interface Step {
  readonly order: OrderFacts;
  readonly effects: readonly OrderEffect[];
}

const minuteMs = 60_000;
/** A payment window of 30 minutes and the 10 in which Toss waits for the confirmation. */
export const payableMs = 40 * minuteMs;
/** After this a payment Toss does not know will not appear any more. */
const sessionMs = 11 * minuteMs;
/** An account may be paid into until its due date; what the bank tells late is waited for. */
export const depositGraceMs = 10 * minuteMs;
const longestPauseMs = 60 * minuteMs;

const closedStates: readonly OrderState[] = ['EXPIRED', 'CANCELED', 'REVERSED'];
export const isClosed = ({ state }: Pick<OrderFacts, 'state'>) => closedStates.includes(state);

const still = (order: OrderFacts): Step => ({ order, effects: [] });

/** A minute after the first look, then twice as long each time, an hour at most. */
const pauseAfter = (looks: number) => Math.min(minuteMs * 2 ** Math.min(looks, 10), longestPauseMs);

const release = (order: OrderFacts): readonly OrderEffect[] =>
  order.holdsStock ? [{ kind: 'releaseStock' }] : [];

function close(
  order: OrderFacts,
  state: 'EXPIRED' | 'CANCELED' | 'REVERSED',
  effects: readonly OrderEffect[] = [],
): Step {
  return {
    order: { ...order, state, holdsStock: false, confirmingAt: null, nextLookAt: null },
    effects: [...release(order), ...effects],
  };
}

/** Nothing was charged: it may be tried again as long as there is time. */
function reopen(order: OrderFacts, at: number): Step {
  if (at >= order.expiresAt || order.ownerLeft) return close(order, 'EXPIRED');
  const { expiresAt } = order;
  return still({
    ...order,
    ...{ state: 'OPEN', method: null, paymentKey: null, confirmingAt: null, looks: 0 },
    nextLookAt: expiresAt,
  });
}

function begin(order: OrderFacts, at: number, how: Pick<OrderFacts, 'method' | 'paymentKey'>): Step {
  if (order.state !== 'OPEN' || at >= order.expiresAt || order.ownerLeft) return still(order);
  const state = 'CONFIRMING' as const;
  return still({ ...order, ...how, state, confirmingAt: at, looks: 0, nextLookAt: at + minuteMs });
}

/** All that was paid: what somebody has returned of it already is entered as returned. */
const reverse = (payment: Seen, reason: ReversalReason): OrderEffect => ({
  ...{ kind: 'reverse', paymentKey: payment.paymentKey },
  ...{ amount: payment.hasCome ? payment.totalAmount : 0, reason },
});

/** Whether a voucher may still come of it. */
const mayBePaid = (order: OrderFacts) => !isClosed(order) && order.state !== 'PAID';

function seenDone(order: OrderFacts, payment: Seen): Step {
  if (order.state === 'PAID') {
    if (order.paymentKey === payment.paymentKey) return still(order);
    return { order, effects: [reverse(payment, 'SECOND_PAYMENT')] };
  }
  if (isClosed(order))
    return { order: { ...order, state: 'REVERSED' }, effects: [reverse(payment, 'CLOSED')] };
  if (order.ownerLeft) return close(order, 'REVERSED', [reverse(payment, 'OWNER_LEFT')]);
  if (isBeforeTaking(order, payment)) return lookSoon(order, payment.answeredAt);
  return pay(order, payment);
}

/** Asked before it was known that the bank had taken the deposit back: it may tell of before that, or of a new deposit. */
const isBeforeTaking = (order: OrderFacts, payment: Seen) =>
  order.state === 'WAITING_FOR_DEPOSIT' && order.deposits > 0 && payment.askedAt <= (order.seenAt ?? 0);

const lookSoon = (order: OrderFacts, at: number): Step =>
  still({ ...order, nextLookAt: Math.min(order.nextLookAt ?? Number.POSITIVE_INFINITY, at + minuteMs) });

function pay(order: OrderFacts, payment: Seen): Step {
  const nth = order.deposits + 1;
  const paid: OrderFacts = {
    ...order,
    ...{ state: 'PAID', deposits: nth, paymentKey: payment.paymentKey, seenAt: payment.answeredAt },
    ...{
      method: payment.isVirtualAccount ? 'VIRTUAL_ACCOUNT' : 'CARD',
      confirmingAt: null,
      nextLookAt: null,
    },
    ...{ holdsStock: false },
  };
  return { order: paid, effects: [{ kind: 'paid', nth }] };
}

/** The bank had told of a deposit and takes it back. What was asked before the deposit was known tells only of before. */
function undeposit(order: OrderFacts, payment: Seen): Step {
  const isSame = order.method === 'VIRTUAL_ACCOUNT' && order.paymentKey === payment.paymentKey;
  if (!isSame || payment.askedAt <= (order.seenAt ?? 0)) return still(order);
  return {
    order: {
      ...order,
      ...{ state: 'WAITING_FOR_DEPOSIT', seenAt: payment.answeredAt, looks: 0 },
      nextLookAt: order.expiresAt + depositGraceMs,
    },
    effects: [
      { kind: 'undeposited', nth: order.deposits },
      { kind: 'alert', code: 'UNDEPOSITED' },
    ],
  };
}

function seenWaiting(order: OrderFacts, payment: Seen): Step {
  if (order.state === 'PAID') return undeposit(order, payment);
  // The account lives on although nobody may pay into it any more.
  if (isClosed(order)) return { order, effects: [reverse(payment, 'CLOSED')] };
  if (order.state === 'WAITING_FOR_DEPOSIT') return still(order);
  const expiresAt = payment.dueAt ?? order.expiresAt;
  return still({
    ...order,
    ...{ state: 'WAITING_FOR_DEPOSIT', method: 'VIRTUAL_ACCOUNT', paymentKey: payment.paymentKey },
    ...{ confirmingAt: null, expiresAt, nextLookAt: expiresAt + depositGraceMs, looks: 0 },
  });
}

/** The payment that was tried; without a key an account was asked for. */
const isOfOrder = (order: OrderFacts, payment: Seen) =>
  order.paymentKey === null ? payment.isVirtualAccount : order.paymentKey === payment.paymentKey;

/** The deposit was taken back, and then the account away: nothing was returned, and nothing is there. */
function vanish(order: OrderFacts): Step {
  return close(order, 'CANCELED', [
    { kind: 'undeposited', nth: order.deposits },
    { kind: 'voidVoucher' },
    { kind: 'alert', code: 'UNDEPOSITED' },
  ]);
}

function seenCanceled(order: OrderFacts, payment: Seen): Step {
  const isVanished = order.paymentKey === payment.paymentKey && !payment.hasCome;
  if (order.state === 'PAID') return isVanished ? vanish(order) : seenRefunded(order, payment);
  if (hasComeAgain(order, payment)) return seenAgain(order, payment);
  // An order that was opened again may still be paid otherwise.
  if (!isOfOrder(order, payment) || isClosed(order) || order.state === 'OPEN') return still(order);
  return close(order, 'CANCELED', order.deposits > 0 ? [{ kind: 'voidVoucher' }] : []);
}

/** Of a paid order Toss has given money back: as we asked, or somebody has done it in Toss’s own console. */
function seenRefunded(order: OrderFacts, payment: Seen): Step {
  const returned = payment.totalAmount - payment.balanceAmount;
  if (payment.paymentKey !== order.paymentKey || returned <= order.refunded) return still(order);
  return { order, effects: [{ kind: 'freezeVoucher' }, { kind: 'alert', code: 'CANCELED_ELSEWHERE' }] };
}

/** An account whose deposit the bank had taken back was paid again: what is told last is what has become of it since. */
const hasComeAgain = (order: OrderFacts, payment: Seen) =>
  order.state === 'WAITING_FOR_DEPOSIT' &&
  order.deposits > 0 &&
  order.paymentKey === payment.paymentKey &&
  payment.hasCome;

function seenAgain(order: OrderFacts, payment: Seen): Step {
  const paid = order.ownerLeft ? seenDone(order, payment) : pay(order, payment);
  const returned = seenRefunded(paid.order, payment);
  return { order: returned.order, effects: [...paid.effects, ...returned.effects] };
}

function seenPartlyCanceled(order: OrderFacts, payment: Seen): Step {
  if (hasComeAgain(order, payment)) return seenAgain(order, payment);
  if (order.state === 'PAID' && order.paymentKey === payment.paymentKey) return seenRefunded(order, payment);
  if (!mayBePaid(order)) return { order, effects: [reverse(payment, 'CLOSED')] };
  return close(order, 'REVERSED', [
    reverse(payment, 'PARTLY_CANCELED'),
    { kind: 'alert', code: 'CANCELED_ELSEWHERE' },
  ]);
}

/** The payment has ended without money. */
function seenFailed(order: OrderFacts, payment: Seen, at: number): Step {
  const isIt = order.state === 'CONFIRMING' && order.paymentKey === payment.paymentKey;
  return isIt ? reopen(order, at) : seenInstead(order, payment, at);
}

/** Asked for an account of the order, Toss tells of a window the buyer had opened before: it knows no account. */
function seenInstead(order: OrderFacts, payment: Seen, at: number): Step {
  return payment.isVirtualAccount ? still(order) : absent(order, null, at);
}

/** What has another amount than was asked for never makes a voucher, and nobody is to pay into it. */
function seenOtherAmount(order: OrderFacts, payment: Seen): Step {
  const effects: OrderEffect[] = [reverse(payment, 'AMOUNT'), { kind: 'alert', code: 'AMOUNT_DIFFERS' }];
  const isIt = mayBePaid(order) && order.state !== 'OPEN' && isOfOrder(order, payment);
  return isIt ? close(order, 'REVERSED', effects) : { order, effects };
}

const mayHoldMoney = ({ status }: Seen) =>
  status === 'DONE' || status === 'PARTIAL_CANCELED' || status === 'WAITING_FOR_DEPOSIT';

/** Only the job puts off its own looks: what others ask meanwhile must not delay it for ever. */
function looked(order: OrderFacts, at: number): Step {
  if (order.nextLookAt === null || order.nextLookAt > at) return still(order);
  const looks = order.looks + 1;
  return still({ ...order, looks, nextLookAt: at + pauseAfter(looks) });
}

function seen(order: OrderFacts, payment: Seen, at: number): Step {
  const isOther = payment.totalAmount !== order.amount;
  if (isOther && mayHoldMoney(payment)) return seenOtherAmount(order, payment);
  switch (payment.status) {
    case 'DONE':
      return seenDone(order, payment);
    case 'WAITING_FOR_DEPOSIT':
      return seenWaiting(order, payment);
    case 'CANCELED':
      return seenCanceled(order, payment);
    case 'PARTIAL_CANCELED':
      return seenPartlyCanceled(order, payment);
    case 'ABORTED':
    case 'EXPIRED':
      return seenFailed(order, payment, at);
    default:
      return seenInstead(order, payment, at);
  }
}

function absent(order: OrderFacts, paymentKey: string | null, at: number): Step {
  if (order.state !== 'CONFIRMING' || order.paymentKey !== paymentKey) return still(order);
  return at - (order.confirmingAt ?? at) < sessionMs ? still(order) : reopen(order, at);
}

/** The next state of an order, and what has to be done with it. */
export function orderAfter(order: OrderFacts, event: OrderEvent): Step {
  switch (event.kind) {
    case 'confirming':
      return begin(order, event.at, { method: null, paymentKey: event.paymentKey });
    case 'issuing':
      return begin(order, event.at, { method: 'VIRTUAL_ACCOUNT', paymentKey: null });
    case 'refused':
      return order.state === 'CONFIRMING' && order.paymentKey === event.paymentKey
        ? reopen(order, event.at)
        : still(order);
    case 'seen':
      return seen(order, event.payment, event.at);
    case 'absent':
      return absent(order, event.paymentKey, event.at);
    case 'looked':
      return looked(order, event.at);
    case 'abandoned':
      return order.state === 'OPEN' ? close(order, 'CANCELED') : still(order);
    case 'tick':
      return order.state === 'OPEN' && event.at >= order.expiresAt ? close(order, 'EXPIRED') : still(order);
  }
}

export type Look = 'EXPIRE' | 'ASK_PAYMENT' | 'ASK_ORDER' | 'NOTHING';

/** What the job has to do about an order that is due. */
export function dueLook(order: OrderFacts, now: number): Look {
  if (order.nextLookAt === null || now < order.nextLookAt) return 'NOTHING';
  if (order.state === 'OPEN') return 'EXPIRE';
  return order.paymentKey === null ? 'ASK_ORDER' : 'ASK_PAYMENT';
}

/**
 * What to do once Toss has told: confirm what the member has agreed to and our confirmation did not reach; cancel an
 * account whose due date is over, as Toss itself never does.
 */
export function answerTo(order: OrderFacts, payment: Seen, now: number): 'CONFIRM' | 'CANCEL' | 'TAKE' {
  const isIt = order.paymentKey === payment.paymentKey && payment.totalAmount === order.amount;
  if (!isIt) return 'TAKE';
  if (payment.status === 'IN_PROGRESS' && order.state === 'CONFIRMING') return 'CONFIRM';
  const isOver = payment.status === 'WAITING_FOR_DEPOSIT' && now >= (payment.dueAt ?? order.expiresAt);
  return isOver && order.state === 'WAITING_FOR_DEPOSIT' ? 'CANCEL' : 'TAKE';
}
