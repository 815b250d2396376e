/**
 * A shop in memory: orders, vouchers, stock and books kept by the product's own pure decisions, and the stand-in's Toss
 * without HTTP. Every way a payment is lost can be ordered: the request, the answer, the process before and after.
 */
import { StandinClock } from '../../../standins/control.ts';
import { TossBook, type TossPayment } from '../../../standins/toss-book.ts';
import { TossRefusal } from '../../../standins/toss-codes.ts';
import { balancesOf, entryIdOf, type NewEntry, reversalOf } from '../../src/ledger/ledger.ts';
import {
  paymentEntry,
  refundEntry,
  refundPaidEntry,
  strayDepositEntry,
  strayRefundEntry,
  useEntry,
} from '../../src/ledger/movements.ts';
import type { Amounts } from '../../src/ledger/schema.ts';
import {
  answerTo,
  dueLook,
  type OrderEvent,
  type OrderFacts,
  orderAfter,
  payableMs,
  type ReversalReason,
  type Seen,
} from '../../src/prepays/order.ts';
import {
  afterUse,
  resumed,
  sessionsLeft,
  suspended,
  type VoucherFacts,
  voided,
} from '../../src/prepays/voucher.ts';
import { shareOf } from '../../src/refunds/shares.ts';
import { cancelReasonOf, cancelsOf, turnOf } from '../../src/refunds/turn.ts';
import { isAnswered, tossErrorOf } from '../../src/toss/errors.ts';
import { hasCome, isMoney, tossPaymentShape } from '../../src/toss/schema.ts';

/**
 * `lostRequest`: Toss never hears; `lateRequest`: it hears when we have long given up; `lostAnswer`: it acts, we do not
 * hear; `failed…`: Toss answers with an error of its own, has done nothing or all the same everything, and answers so
 * again for the same key; `crash…`: nobody is there to act on it.
 */
export const faults = [
  'none',
  'lostRequest',
  'lateRequest',
  'lostAnswer',
  'failed',
  'failedDone',
  'crashBefore',
  'crashAfter',
] as const;
export type Fault = (typeof faults)[number];

type Answer =
  | { readonly kind: 'ok'; readonly payment: TossPayment; readonly askedAt: number }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unknown'; readonly code: string };

const unanswered: Answer = { kind: 'unknown', code: 'NO_ANSWER' };

interface Voucher extends VoucherFacts {
  readonly paid: number;
}

interface Reversal {
  readonly orderId: string;
  readonly paymentKey: string;
  readonly reason: ReversalReason;
  amount: number;
  tries: number;
  isDone: boolean;
}

interface Refund {
  readonly id: string;
  readonly orderId: string;
  readonly paymentKey: string;
  readonly amount: number;
  tries: number;
  wishes: number;
  isDone: boolean;
}

const hospitalId = 'h1';
const yearMs = 366 * 86_400_000;
export const startedAt = Date.parse('2026-12-01T03:00:00Z');

export class PayWorld {
  readonly clock = new StandinClock();
  readonly book = new TossBook(this.clock);
  readonly orders = new Map<string, OrderFacts>();
  readonly vouchers = new Map<string, Voucher>();
  readonly ledger = new Map<string, NewEntry>();
  readonly reversals = new Map<string, Reversal>();
  readonly refunds = new Map<string, Refund>();
  readonly alerts = new Set<string>();
  readonly windows = new Map<string, string[]>();
  /** What Toss has told, to be delivered at any time, any number of times. */
  readonly hints: { readonly orderId: string; readonly paymentKey: string }[] = [];
  /** Answers of Toss somebody still holds in hand. */
  readonly held: Answer[] = [];
  readonly #answers = new Map<string, Answer>();
  readonly #late: (() => void)[] = [];
  readonly sessions: number;
  readonly amount: number;
  readonly stockAtFirst: number;
  stock: number;
  issued = 0;
  isDown = false;

  constructor({ amount, sessions, stock }: { amount: number; sessions: number; stock: number }) {
    this.amount = amount;
    this.sessions = sessions;
    this.stock = stock;
    this.stockAtFirst = stock;
    this.clock.standAt(startedAt);
    this.book.onChange = ({ payment }) => {
      const { orderId, paymentKey } = payment;
      this.hints.push({ orderId, paymentKey });
    };
  }

  now(): number {
    return this.clock.now();
  }

  /** A moment passes with everything that happens: answers of Toss take time. */
  advance(ms = 1): void {
    this.clock.standAt(this.now() + ms);
  }

  // ── Toss over a bad line ──────────────────────────────────────────────────────────────────────────────────────────

  #ask(fault: Fault, act: () => TossPayment, key: string | null = null): Answer {
    const askedAt = this.now();
    this.advance();
    if (this.isDown || fault === 'lostRequest') return unanswered;
    if (fault === 'lateRequest') {
      this.#late.push(() => this.#once(act, askedAt, key));
      return unanswered;
    }
    const failing = fault === 'failed' || fault === 'failedDone';
    const answer = this.#once(failing ? () => this.#fail(act, fault === 'failedDone') : act, askedAt, key);
    this.advance();
    return fault === 'lostAnswer' ? unanswered : answer;
  }

  #fail(act: () => TossPayment, isDone: boolean): never {
    if (isDone) this.atToss(act);
    throw new TossRefusal('PROVIDER_ERROR');
  }

  /** Toss answers the same key with the same answer. */
  #once(act: () => TossPayment, askedAt: number, key: string | null): Answer {
    const answer = (key === null ? undefined : this.#answers.get(key)) ?? this.#actOnce(act, askedAt);
    if (key !== null) this.#answers.set(key, answer);
    return answer;
  }

  /** What was under way arrives at Toss. */
  arrive(): void {
    for (const request of this.#late.splice(0)) request();
  }

  #actOnce(act: () => TossPayment, askedAt: number): Answer {
    try {
      return { kind: 'ok', payment: act(), askedAt };
    } catch (error) {
      if (!(error instanceof TossRefusal)) throw error;
      return tossErrorOf(error.code).meaning === 'ask'
        ? { kind: 'unknown', code: error.code }
        : { kind: 'refused', code: error.code };
    }
  }

  lookUp(order: Pick<OrderFacts, 'orderId' | 'paymentKey'>, fault: Fault = 'none'): Answer {
    const { orderId, paymentKey } = order;
    return this.#ask(fault, () =>
      paymentKey === null ? this.book.lookupOrder(orderId) : this.book.lookup(paymentKey),
    );
  }

  // ── One transaction ───────────────────────────────────────────────────────────────────────────────────────────────

  #post(entry: NewEntry): void {
    const id = entryIdOf(entry);
    if (this.ledger.has(id)) throw new Error(`posted twice: ${id}`);
    this.ledger.set(id, entry);
  }

  #deposit(orderId: string, nth: number): NewEntry {
    return paymentEntry({
      orderId: nth === 1 ? orderId : `${orderId}~${nth}`,
      hospitalId,
      amount: this.amount,
    });
  }

  #changeVoucher(orderId: string, next: (state: Voucher['state']) => Voucher['state']): void {
    const voucher = this.vouchers.get(orderId);
    if (voucher) this.vouchers.set(orderId, { ...voucher, state: next(voucher.state) });
  }

  #issue(orderId: string, nth: number): void {
    if (nth > 1) this.#changeVoucher(orderId, resumed);
    else {
      if (this.vouchers.has(orderId)) throw new Error(`issued twice: ${orderId}`);
      this.vouchers.set(orderId, {
        ...{ paid: this.amount, state: 'active', sessionsTotal: this.sessions },
        ...{ sessionsUsed: 0, sessionsReturned: 0, expiresAt: this.now() + yearMs },
      });
      this.issued += 1;
    }
    this.#post(this.#deposit(orderId, nth));
  }

  #reverse(orderId: string, paymentKey: string, amount: number, reason: ReversalReason): void {
    const id = `${orderId}~${paymentKey}`;
    if (this.reversals.has(id)) return;
    this.reversals.set(id, { orderId, paymentKey, amount, reason, tries: 0, isDone: false });
    if (amount > 0) this.#postStray(id, amount);
  }

  #postStray(id: string, amount: number): void {
    this.#post(strayDepositEntry(id, amount));
    this.#post(strayRefundEntry(id, amount));
  }

  apply(orderId: string, event: OrderEvent): void {
    const order = this.orders.get(orderId);
    if (!order) return;
    const { order: after, effects } = orderAfter(order, event);
    for (const effect of effects) {
      if (effect.kind === 'releaseStock') this.stock += 1;
      else if (effect.kind === 'paid') this.#issue(orderId, effect.nth);
      else if (effect.kind === 'undeposited') {
        this.#post(reversalOf(this.#deposit(orderId, effect.nth)));
        this.#changeVoucher(orderId, suspended);
      } else if (effect.kind === 'freezeVoucher') this.#changeVoucher(orderId, suspended);
      else if (effect.kind === 'voidVoucher') this.#changeVoucher(orderId, voided);
      else if (effect.kind === 'reverse')
        this.#reverse(orderId, effect.paymentKey, effect.amount, effect.reason);
      else this.alerts.add(`${orderId}~${effect.code}`);
    }
    this.orders.set(orderId, after);
  }

  /** Takes an answer of Toss, whenever it came. */
  take(orderId: string, paymentKey: string | null, answer: Answer): void {
    const at = this.now();
    if (answer.kind === 'ok') {
      const seen = seenOf(answer.payment, answer.askedAt, at);
      this.apply(answer.payment.orderId, { kind: 'seen', payment: seen, at });
    } else if (answer.kind === 'refused' && tossErrorOf(answer.code).meaning === 'renew')
      this.apply(orderId, { kind: 'absent', paymentKey, at });
  }

  // ── What people do ────────────────────────────────────────────────────────────────────────────────────────────────

  order(orderId: string): void {
    if (this.orders.has(orderId) || this.stock < 1) return;
    this.stock -= 1;
    const expiresAt = this.now() + payableMs;
    this.orders.set(orderId, {
      ...{ orderId, state: 'OPEN', amount: this.amount, method: null, paymentKey: null, confirmingAt: null },
      ...{ holdsStock: true, deposits: 0, refunded: 0, seenAt: null, expiresAt, nextLookAt: expiresAt },
      ...{ looks: 0, ownerLeft: false },
    });
    this.windows.set(orderId, []);
  }

  /** The buyer agrees in a payment window: to what was ordered, or to another amount. */
  agree(orderId: string, amount = this.amount): void {
    const window = this.windows.get(orderId);
    if (!window) return;
    const { paymentKey } = this.book.open(orderId, amount);
    this.book.authenticate(paymentKey);
    window.push(paymentKey);
  }

  confirm(orderId: string, nth: number, fault: Fault, refusal: string | null = null): void {
    const window = this.windows.get(orderId) ?? [];
    const paymentKey = window[nth % Math.max(1, window.length)];
    const before = this.orders.get(orderId);
    if (paymentKey === undefined || !before) return;
    const isAgain = before.state === 'CONFIRMING' && before.paymentKey === paymentKey;
    if (!isAgain) this.apply(orderId, { kind: 'confirming', paymentKey, at: this.now() });
    const begun = this.orders.get(orderId);
    if (begun?.state !== 'CONFIRMING' || begun.paymentKey !== paymentKey || fault === 'crashBefore') return;
    if (refusal !== null) this.book.abort(paymentKey, refusal);
    const answer = this.#ask(
      fault,
      () => {
        if (refusal !== null) throw new TossRefusal(refusal);
        return this.book.confirm(paymentKey, orderId, this.amount);
      },
      `confirm:${orderId}:${paymentKey}`,
    );
    if (fault !== 'crashAfter') this.#settleTry(orderId, paymentKey, answer, !isAgain);
  }

  #settleTry(orderId: string, paymentKey: string | null, answer: Answer, isFirst: boolean): void {
    if (answer.kind === 'ok') this.take(orderId, paymentKey, answer);
    else if (answer.kind === 'refused' && isFirst)
      this.apply(orderId, { kind: 'refused', paymentKey, at: this.now() });
    else this.take(orderId, paymentKey, this.lookUp({ orderId, paymentKey }));
  }

  issueAccount(orderId: string, fault: Fault): void {
    const before = this.orders.get(orderId);
    if (!before) return;
    const isAgain = before.state === 'CONFIRMING' && before.paymentKey === null;
    if (!isAgain) this.apply(orderId, { kind: 'issuing', at: this.now() });
    const begun = this.orders.get(orderId);
    if (begun?.state !== 'CONFIRMING' || begun.paymentKey !== null || fault === 'crashBefore') return;
    const wish = { orderId, orderName: '시술권', customerName: '김민지', bank: '20', validHours: 24 };
    const issue = () => this.book.issueVirtualAccount({ ...wish, amount: this.amount });
    const answer = this.#ask(fault, issue, `account:${orderId}:${begun.confirmingAt}`);
    if (fault !== 'crashAfter') this.#settleTry(orderId, null, answer, !isAgain);
  }

  /** The bank takes its word back. */
  undeposit(orderId: string): void {
    this.atToss((book) => book.undeposit(orderId));
  }

  /** Somebody gives a third of a payment back in Toss's own console while we are at giving back all of it. */
  cancelByHand(orderId: string): void {
    for (const { paymentKey, isDone, ...reversal } of this.reversals.values()) {
      if (reversal.orderId !== orderId || isDone) continue;
      const refundReceiveAccount = { bank: '20', accountNumber: '1', holderName: '김민지' };
      this.atToss((book) => {
        const cancelAmount = Math.ceil(book.lookup(paymentKey).balanceAmount / 3);
        book.cancel(paymentKey, { cancelReason: '콘솔', cancelAmount, refundReceiveAccount });
      });
    }
  }

  /** Something happens at Toss that nobody has asked for; what is impossible there does not. */
  atToss(act: (book: TossBook) => unknown): void {
    try {
      act(this.book);
    } catch (error) {
      if (!(error instanceof TossRefusal)) throw error;
    }
  }

  abandon(orderId: string): void {
    const order = this.orders.get(orderId);
    if (order?.state === 'WAITING_FOR_DEPOSIT') this.closeAccount(order);
    else this.apply(orderId, { kind: 'abandoned', at: this.now() });
  }

  closeAccount({ orderId, paymentKey }: OrderFacts, fault: Fault = 'none'): void {
    if (paymentKey === null) return;
    const cancel = () => this.book.cancel(paymentKey, { cancelReason: '입금 전 주문 취소' });
    const answer = this.#ask(fault, cancel, `cancel:account:${orderId}:${this.now()}`);
    this.take(orderId, paymentKey, answer.kind === 'ok' ? answer : this.lookUp({ orderId, paymentKey }));
  }

  use(orderId: string): void {
    const voucher = this.vouchers.get(orderId);
    const used = voucher && afterUse(voucher, this.now());
    if (!voucher || !used) return;
    const { paid, sessionsTotal, sessionsUsed, sessionsReturned } = voucher;
    const amount = shareOf({ paid, sessionsTotal }, sessionsUsed + sessionsReturned, 1);
    this.vouchers.set(orderId, { ...voucher, ...used });
    this.#post(useEntry({ voucherId: orderId, session: used.sessionsUsed, hospitalId, amount }));
  }

  /** Sessions of a voucher are returned: decided in one transaction, carried out by whoever comes along. */
  refund(orderId: string, isWhole = true): void {
    const order = this.orders.get(orderId);
    const voucher = this.vouchers.get(orderId);
    if (voucher?.state !== 'active' || order?.state !== 'PAID' || !order.paymentKey) return;
    const left = sessionsLeft(voucher);
    const returning = isWhole ? left : 1;
    const amount = shareOf(voucher, voucher.sessionsUsed + voucher.sessionsReturned, returning);
    const id = `${orderId}~${voucher.sessionsReturned}`;
    const state = returning === left ? 'refunding' : voucher.state;
    this.vouchers.set(orderId, {
      ...voucher,
      ...{ state, sessionsReturned: voucher.sessionsReturned + returning },
    });
    this.#post(refundEntry({ refundId: id, hospitalId, refund: amount, kept: 0 }));
    this.orders.set(orderId, { ...order, refunded: order.refunded + amount });
    const { paymentKey } = order;
    this.refunds.set(id, { id, orderId, paymentKey, amount, tries: 0, wishes: 0, isDone: false });
  }

  carryOutRefunds(fault: Fault): void {
    for (const refund of this.refunds.values()) {
      if (refund.isDone || fault === 'crashBefore') continue;
      const asked = this.lookUp(refund);
      if (asked.kind === 'ok') this.#return(refund, asked, fault);
      else refund.tries += 1;
    }
  }

  #return(refund: Refund, asked: Extract<Answer, { kind: 'ok' }>, fault: Fault): void {
    const { id, orderId, paymentKey, amount, wishes } = refund;
    this.take(orderId, paymentKey, asked);
    const turn = turnOf(this.orders.get(orderId)?.state ?? null, tossPaymentShape.parse(asked.payment));
    if (turn === 'VOID') {
      this.#voidRefund(refund);
      return;
    }
    if (turn === 'FIND' || (turn === 'GIVE' && refund.tries > 0 && this.#cancelOf(asked.payment, refund))) {
      this.#find(refund, asked);
      return;
    }
    refund.tries += 1;
    if (turn === 'WAIT') return;
    const refundReceiveAccount = { bank: '20', accountNumber: '1', holderName: '김민지' };
    const { balanceAmount: refundableAmount } = asked.payment;
    const wish = {
      cancelReason: cancelReasonOf(id),
      cancelAmount: amount,
      refundableAmount,
      refundReceiveAccount,
    };
    // Here the bank may still take its word back: the cancel then returns nothing.
    this.#between(orderId);
    const cancel = () => this.book.cancel(paymentKey, wish);
    const answer = this.#ask(fault, cancel, `cancel:refund:${id}:${wishes}`);
    if (fault === 'crashAfter') refund.tries -= 1;
    else if (answer.kind === 'ok') this.#find(refund, answer);
    else if (isAnswered(answer.code)) refund.wishes += 1;
  }

  /** Happens once between the look of a refund and its cancel. */
  #between: (orderId: string) => void = () => undefined;

  /** The next refund looks, and before it cancels the bank takes its word back. */
  undepositInBetween(orderId: string): void {
    this.#between = (of) => {
      if (of !== orderId) return;
      this.#between = () => undefined;
      this.undeposit(orderId);
    };
  }

  #cancelOf(payment: TossPayment, { id, amount }: Refund): string | undefined {
    const { cancels } = tossPaymentShape.parse(payment);
    return cancelsOf({ refundId: id, amount }, cancels ?? []).find(
      ({ transactionKey }) => !this.ledger.has(`refundPaid~${transactionKey}`),
    )?.transactionKey;
  }

  #find(refund: Refund, answer: Extract<Answer, { kind: 'ok' }>): void {
    const { orderId, paymentKey, amount } = refund;
    if (!hasCome(answer.payment)) {
      this.take(orderId, paymentKey, answer);
      this.#voidRefund(refund);
      return;
    }
    const key = this.#cancelOf(answer.payment, refund);
    if (key === undefined) {
      refund.tries += 1;
      return;
    }
    refund.isDone = true;
    this.#post(refundPaidEntry(key, amount));
    this.#endReturn(orderId);
  }

  #voidRefund(refund: Refund): void {
    const { id, orderId, amount } = refund;
    refund.isDone = true;
    this.#post(reversalOf(refundEntry({ refundId: id, hospitalId, refund: amount, kept: 0 })));
    const order = this.orders.get(orderId);
    if (order) this.orders.set(orderId, { ...order, refunded: order.refunded - amount });
    this.#endReturn(orderId);
  }

  #endReturn(orderId: string): void {
    this.#changeVoucher(orderId, (state) => (state === 'refunding' ? 'refunded' : state));
  }

  // ── What jobs do ──────────────────────────────────────────────────────────────────────────────────────────────────

  reconcile(fault: Fault = 'none'): void {
    for (const order of [...this.orders.values()]) {
      const look = dueLook(order, this.now());
      if (look === 'EXPIRE') this.apply(order.orderId, { kind: 'tick', at: this.now() });
      else if (look !== 'NOTHING') this.#follow(order, this.lookUp(order, fault));
      this.apply(order.orderId, { kind: 'looked', at: this.now() });
    }
  }

  #follow(order: OrderFacts, answer: Answer): void {
    const { orderId, paymentKey } = order;
    const now = this.now();
    const todo =
      answer.kind === 'ok' ? answerTo(order, seenOf(answer.payment, answer.askedAt, now), now) : 'TAKE';
    if (answer.kind !== 'ok' || todo === 'TAKE') this.take(orderId, paymentKey, answer);
    else if (todo === 'CANCEL') this.closeAccount(order);
    else {
      const key = answer.payment.paymentKey;
      const confirm = () => this.book.confirm(key, orderId, this.amount);
      this.take(orderId, paymentKey, this.#ask('none', confirm, `confirm:${orderId}:${key}`));
    }
  }

  deliver(index: number, fault: Fault = 'none'): void {
    const hint = this.hints[index % Math.max(1, this.hints.length)];
    if (!hint || !this.orders.has(hint.orderId)) return;
    const answer = this.#ask(fault, () => this.book.lookup(hint.paymentKey));
    if (answer.kind === 'ok') this.take(hint.orderId, hint.paymentKey, answer);
  }

  /** Somebody asks Toss and is slow: the answer is taken when much has happened. */
  hold(index: number): void {
    const hint = this.hints[index % Math.max(1, this.hints.length)];
    if (!hint) return;
    const answer = this.#ask('none', () => this.book.lookup(hint.paymentKey));
    if (answer.kind === 'ok') this.held.push(answer);
  }

  release(): void {
    for (const answer of this.held.splice(0))
      if (answer.kind === 'ok') this.take(answer.payment.orderId, null, answer);
  }

  carryOutReversals(fault: Fault = 'none'): void {
    for (const [id, reversal] of this.reversals) {
      if (reversal.isDone || fault === 'crashBefore') continue;
      const asked = this.#ask('none', () => this.book.lookup(reversal.paymentKey));
      if (asked.kind === 'ok') this.#giveBack(id, reversal, asked.payment, fault);
    }
  }

  #giveBack(id: string, reversal: Reversal, payment: TossPayment, fault: Fault): void {
    if (hasCome(payment) && reversal.amount === 0) {
      reversal.amount = payment.totalAmount;
      this.#postStray(id, reversal.amount);
    }
    if (payment.status === 'CANCELED') {
      this.#finish(id, reversal, payment);
      return;
    }
    if (isMoney(payment)) this.#enterCancels(payment);
    const account = { bank: '20', accountNumber: '1', holderName: '김민지' };
    const wish = { cancelReason: '미발급', refundReceiveAccount: account };
    const cancel = () => this.book.cancel(reversal.paymentKey, wish);
    const answer = this.#ask(fault, cancel, `cancel:reversal:${id}:${reversal.tries}`);
    if (fault === 'crashAfter') return;
    if (answer.kind === 'ok') this.#finish(id, reversal, answer.payment);
    else reversal.tries += 1;
  }

  #enterCancels(payment: TossPayment): number {
    let returned = 0;
    for (const { transactionKey, cancelAmount } of tossPaymentShape.parse(payment).cancels ?? []) {
      const entry = refundPaidEntry(transactionKey, cancelAmount);
      if (!this.ledger.has(entryIdOf(entry))) this.#post(entry);
      returned += cancelAmount;
    }
    return returned;
  }

  #finish(id: string, reversal: Reversal, payment: TossPayment): void {
    reversal.isDone = true;
    if (reversal.amount === 0) return;
    if (!hasCome(payment)) {
      this.#post(reversalOf(strayRefundEntry(id, reversal.amount)));
      this.#post(reversalOf(strayDepositEntry(id, reversal.amount)));
    } else if (this.#enterCancels(payment) !== reversal.amount) reversal.isDone = false;
  }

  // ── What must hold ────────────────────────────────────────────────────────────────────────────────────────────────

  balances(): Amounts {
    return balancesOf(this.ledger.values());
  }

  /** Won that lie at Toss for us. */
  moneyAtToss(): number {
    return this.book.transactions().reduce((sum, { amount }) => sum + amount, 0);
  }

  /** The net comes up, people go home, jobs run until nothing is left to do. */
  calm(): void {
    this.isDown = false;
    this.arrive();
    this.release();
    for (let round = 0; round < 60; round += 1) {
      for (const [index] of this.hints.entries()) this.deliver(index);
      this.reconcile();
      this.carryOutReversals();
      this.carryOutRefunds('none');
      this.advance(60 * 60_000);
    }
  }
}

export function seenOf(payment: TossPayment, askedAt: number, answeredAt: number): Seen {
  const account = payment.virtualAccount;
  const isAccount = typeof account === 'object' && account !== null;
  const due = isAccount && 'dueDate' in account ? Date.parse(String(account.dueDate)) : null;
  const { paymentKey, status, totalAmount, balanceAmount } = payment;
  return {
    ...{ paymentKey, status, totalAmount, balanceAmount, askedAt, answeredAt },
    ...{ isVirtualAccount: isAccount, hasCome: hasCome(payment), dueAt: due },
  };
}
