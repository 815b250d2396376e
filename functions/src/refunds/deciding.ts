/** Deciding a refund: sessions, books and the order in one transaction, so that nothing is used that goes back. */
import { audit } from '../audit/audit.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { entryIdOf } from '../ledger/ledger.ts';
import {
  compensationEntry,
  compensationPaidEntry,
  interestPaidEntry,
  refundEntry,
} from '../ledger/movements.ts';
import { ledger, postEntry } from '../ledger/post.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import {
  hasRefundAccount,
  noteReturn,
  orderIn,
  raiseAlert,
  takeBack,
  unansweredUses,
  voucherIn,
} from '../prepays/returns.ts';
import type { Order, Prepay } from '../prepays/schema.ts';
import { type Refund, type RefundReason, refundOf, type VoucherFacts } from './refund.ts';
import { type StoredRefund, storedRefundSchema } from './schema.ts';

/** Our terms take nothing off what has not been used; the law would allow up to a tenth (law.ts). */
const penaltyPercent = 0;

export const refunds = () => collection('refunds', storedRefundSchema);

export interface Wish {
  readonly voucherId: string;
  /** Null: all that are left. */
  readonly sessions: number | null;
  readonly because: RefundReason;
  readonly knownOn: string | null;
  /** The holder leaves for good: a gift nobody has taken is taken back, and nobody will answer or name an account. */
  readonly isLeaving?: boolean;
}

interface Case {
  readonly voucher: Prepay;
  readonly order: Order;
  readonly paymentKey: string;
  readonly facts: VoucherFacts;
  readonly refund: Refund;
}

const leftOf = ({ sessionsTotal, sessionsUsed, sessionsReturned }: Prepay) =>
  sessionsTotal - sessionsUsed - sessionsReturned;

function factsOf(wish: Wish, voucher: Prepay, firstUsedOn: string | null): VoucherFacts {
  const { paid, sessionsTotal, sessionsUsed, sessionsReturned, createdAt } = voucher;
  return {
    kind: 'voucher',
    ...{ paid, sessionsTotal, sessionsUsed, sessionsReturned, firstUsedOn, penaltyPercent },
    ...{ because: wish.because, knownOn: wish.knownOn, returning: wish.sessions ?? leftOf(voucher) },
    boughtOn: koreanDayOf(createdAt.toMillis()),
    requestedOn: koreanDayOf(Date.now()),
  };
}

function refuse(voucher: Prepay, returning: number, { because, isLeaving }: Wish): void {
  const { state, giftUntil } = voucher;
  const isOpen = state === 'active' || state === 'expired';
  const isOffered = (giftUntil?.toMillis() ?? 0) > Date.now();
  const isGiven = isOffered && because !== 'hospitalClosed' && !isLeaving;
  if (isOpen && !isGiven && returning >= 1 && returning <= leftOf(voucher)) return;
  throw new AppError('REFUND_REFUSED', { state, sessionsLeft: leftOf(voucher) });
}

/** Uses the hospital has told late and the member has not answered keep their sessions back: used ones must not go back. */
async function refuseUnanswered(tx: Transaction, { voucher, facts }: Case, voucherId: string): Promise<void> {
  const awaited = await unansweredUses(tx, voucherId);
  if (facts.returning > leftOf(voucher) - awaited) throw new AppError('USE_UNANSWERED');
}

/** Only its holder sees a voucher; an operator passes null for the holder. */
async function heldVoucher(tx: Transaction, voucherId: string, holder: string | null): Promise<Prepay> {
  const voucher = await voucherIn(tx, voucherId);
  if (!voucher || (holder !== null && voucher.ownerUid !== holder)) throw new AppError('VOUCHER_NOT_FOUND');
  return voucher;
}

/** What a refund would be now. */
async function look(tx: Transaction, wish: Wish, voucher: Prepay): Promise<Case> {
  const order = await orderIn(tx, voucher.orderId);
  const firstUse = await tx.get(ledger().doc(entryIdOf({ kind: 'use', of: `${wish.voucherId}~1` })));
  const facts = factsOf(wish, voucher, firstUse.data()?.day ?? null);
  refuse(voucher, facts.returning, wish);
  if (!order || order.paymentKey === null) throw new AppError('REFUND_REFUSED', { state: voucher.state });
  return { voucher, order, paymentKey: order.paymentKey, facts, refund: refundOf(facts) };
}

export interface Quoted extends Refund {
  /** Of the voucher, until now: what makes the wish the same when it is repeated. */
  readonly sessionsReturned: number;
}

/** The computation, without deciding anything. */
export function quote(wish: Wish, holder: string | null): Promise<Quoted> {
  return db().runTransaction(
    async (tx) => {
      const voucher = await heldVoucher(tx, wish.voucherId, holder);
      const { refund } = await look(tx, wish, voucher);
      return { ...refund, sessionsReturned: voucher.sessionsReturned };
    },
    { readOnly: true },
  );
}

function enter(
  tx: Transaction,
  refundId: string,
  hospitalId: string,
  { refund, kept, compensation }: Refund,
): void {
  // Sessions that were free hold nothing.
  if (refund + kept > 0) postEntry(tx, refundEntry({ refundId, hospitalId, refund, kept }));
  if (compensation > 0) postEntry(tx, compensationEntry(refundId, hospitalId, compensation));
}

function takeSessionsBack(tx: Transaction, { voucher, facts, refund }: Case, voucherId: string): void {
  const isLast = facts.returning === leftOf(voucher);
  const over = refund.refund > 0 ? 'refunding' : 'refunded';
  const sessionsReturned = voucher.sessionsReturned + facts.returning;
  takeBack(tx, voucherId, { sessionsReturned, state: isLast ? over : null });
  // Written before Toss is asked: what comes back is then known to be ours.
  noteReturn(tx, voucher.orderId, refund.refund);
}

function recordOf(wish: Wish, { voucher, paymentKey, facts, refund }: Case): StoredRefund {
  const now = Timestamp.now();
  const isOver = refund.refund === 0;
  return {
    ...{ voucherId: wish.voucherId, orderId: voucher.orderId, hospitalId: voucher.hospitalId, paymentKey },
    ...{ because: wish.because, sessions: facts.returning, ...refund, lines: [...refund.lines] },
    ...{ state: isOver ? 'DONE' : 'DUE', failure: null, wishes: 0, tries: 0, nextTryAt: isOver ? null : now },
    ...{
      transactionKey: null,
      compensatedAt: null,
      hinderedOn: null,
      interest: 0,
      interestOwed: 0,
      createdAt: now,
      updatedAt: now,
    },
  };
}

export interface Decided {
  readonly refundId: string;
  readonly record: StoredRefund;
}

export interface Decider {
  /** The member; null for an operator or a job. */
  readonly holder: string | null;
  /** What the member was shown; null: whatever it is. */
  readonly expected: number | null;
  /** How many sessions had gone back when this was wished first; not given: however many. */
  readonly sessionsReturned?: number;
  readonly by: string;
  readonly reason: string | null;
}

/** What a member must have given before: where a transfer goes. Operators decide anyway; the payer is then asked. */
async function refuseWithoutAccount(tx: Transaction, { order, voucher }: Case): Promise<void> {
  if (order.method !== 'VIRTUAL_ACCOUNT') return;
  if (!(await hasRefundAccount(tx, voucher.orderId))) throw new AppError('REFUND_ACCOUNT_NEEDED');
}

const refundIdOf = (voucherId: string, returnedBefore: number) => `${voucherId}~${returnedBefore}`;

/** Whether `record` is what was wished. Of all that were left nothing is left behind it. */
function isOf(record: StoredRefund, wish: Wish, voucher: Prepay, returnedBefore: number): boolean {
  const all = voucher.sessionsTotal - voucher.sessionsUsed - returnedBefore;
  return record.because === wish.because && record.sessions === (wish.sessions ?? all);
}

/** The refund this wish has become already: its answer was lost, or it was pressed twice. */
async function decidedBefore(
  tx: Transaction,
  wish: Wish,
  voucher: Prepay,
  { sessionsReturned, expected }: Decider,
): Promise<Decided | null> {
  if (sessionsReturned === undefined || sessionsReturned >= voucher.sessionsReturned) return null;
  const refundId = refundIdOf(wish.voucherId, sessionsReturned);
  const record = (await tx.get(refunds().doc(refundId))).data();
  if (!record || !isOf(record, wish, voucher, sessionsReturned)) return null;
  return expected === null || expected === record.refund ? { refundId, record } : null;
}

/**
 * Decides a refund. The same wish again is the same refund where it says `sessionsReturned`; without, it is another, as long
 * as sessions are left.
 */
export function decide(wish: Wish, decider: Decider): Promise<Decided> {
  const { holder, expected, sessionsReturned, by, reason } = decider;
  return db().runTransaction(async (tx) => {
    const voucher = await heldVoucher(tx, wish.voucherId, holder);
    const before = await decidedBefore(tx, wish, voucher, decider);
    if (before) return before;
    const one = await look(tx, wish, voucher);
    const { refund } = one;
    const hasMovedOn = (sessionsReturned ?? voucher.sessionsReturned) !== voucher.sessionsReturned;
    if (hasMovedOn || (expected !== null && expected !== refund.refund)) {
      throw new AppError('REFUND_CHANGED', { refund: refund.refund });
    }
    const isContested = wish.isLeaving === true && (await unansweredUses(tx, wish.voucherId)) > 0;
    if (!wish.isLeaving) await refuseUnanswered(tx, one, wish.voucherId);
    if (holder !== null && !wish.isLeaving) await refuseWithoutAccount(tx, one);
    // Leaving must not be a way to be treated for nothing: operators hear of it.
    if (isContested) raiseAlert(tx, voucher.orderId, 'LEFT_UNANSWERED');
    const refundId = refundIdOf(wish.voucherId, voucher.sessionsReturned);
    const record = recordOf(wish, one);
    tx.create(refunds().doc(refundId), record);
    enter(tx, refundId, voucher.hospitalId, refund);
    takeSessionsBack(tx, one, wish.voucherId);
    const result = `${wish.because}:${refund.refund}`;
    audit(tx, { action: 'refund.decide', target: `refunds/${refundId}`, by, result, note: reason });
    return { refundId, record };
  });
}

/** Enters that a compensation was transferred. A second time changes nothing. */
export function payCompensation(refundId: string, reference: string, by: string): Promise<number> {
  return db().runTransaction(async (tx) => {
    const record = (await tx.get(refunds().doc(refundId))).data();
    if (!record || record.state === 'VOID' || record.compensation === 0)
      throw new AppError('REFUND_NOT_FOUND');
    if (record.compensatedAt !== null) return record.compensation;
    postEntry(tx, compensationPaidEntry(refundId, record.compensation));
    tx.update(refunds().doc(refundId), { compensatedAt: Timestamp.now(), updatedAt: Timestamp.now() });
    audit(tx, { action: 'refund.compensate', target: `refunds/${refundId}`, by, note: reference });
    return record.compensation;
  });
}

/** Enters that the interest of a refund was transferred. A second time changes nothing. Errors: REFUND_NOT_FOUND. */
export function payInterest(refundId: string, reference: string, by: string): Promise<number> {
  return db().runTransaction(async (tx) => {
    const record = (await tx.get(refunds().doc(refundId))).data();
    if (!record || record.interest === 0) throw new AppError('REFUND_NOT_FOUND');
    if (record.interestOwed === 0) return record.interest;
    postEntry(tx, interestPaidEntry(refundId, record.interest));
    tx.update(refunds().doc(refundId), { interestOwed: 0, updatedAt: Timestamp.now() });
    audit(tx, { action: 'refund.interest', target: `refunds/${refundId}`, by, note: reference });
    return record.interest;
  });
}
