/** The entries of each movement, so that nobody lays out sides by hand. Pure. Amounts are won. */
import { entryOf, type NewEntry } from './ledger.ts';

interface OfVoucher {
  readonly hospitalId: string;
  readonly amount: number;
}

/** A confirmed payment, or a deposit, for which a voucher is issued. */
export const paymentEntry = ({
  orderId,
  hospitalId,
  amount,
}: OfVoucher & { readonly orderId: string }): NewEntry =>
  entryOf({ kind: 'payment', of: orderId, hospitalId }, [
    { account: 'toss', debit: amount },
    { account: 'vouchers', credit: amount },
  ]);

/** Money that came for an order no voucher can be made for (sold out meanwhile, expired): to be returned in full. */
export const strayDepositEntry = (orderId: string, amount: number): NewEntry =>
  entryOf({ kind: 'strayDeposit', of: orderId, hospitalId: null }, [
    { account: 'toss', debit: amount },
    { account: 'unassigned', credit: amount },
  ]);

/** A session used. `session` counts from 1; `amount` is the share of that session (`sessionAmounts`). */
export const useEntry = ({
  voucherId,
  session,
  hospitalId,
  amount,
}: OfVoucher & { readonly voucherId: string; readonly session: number }): NewEntry =>
  entryOf({ kind: 'use', of: `${voucherId}~${session}`, hospitalId }, [
    { account: 'vouchers', debit: amount },
    { account: 'hospital', credit: amount },
  ]);

export interface RefundPosting {
  readonly refundId: string;
  readonly hospitalId: string;
  /** What the member gets back. */
  readonly refund: number;
  /** What the law and the contract let the hospital keep of the unused part. */
  readonly kept: number;
}

/** A refund decided: what was owed as sessions is owed as money. Closes what the voucher had left. */
export const refundEntry = ({ refundId, hospitalId, refund, kept }: RefundPosting): NewEntry =>
  entryOf({ kind: 'refund', of: refundId, hospitalId }, [
    { account: 'vouchers', debit: refund + kept },
    { account: 'refunds', credit: refund },
    { account: 'hospital', credit: kept },
  ]);

/** A stray deposit that is to go back. */
export const strayRefundEntry = (orderId: string, amount: number): NewEntry =>
  entryOf({ kind: 'strayRefund', of: orderId, hospitalId: null }, [
    { account: 'unassigned', debit: amount },
    { account: 'refunds', credit: amount },
  ]);

/** A cancel that Toss has carried out. `transactionKey` is that of the cancel: a second answer makes no second entry. */
export const refundPaidEntry = (transactionKey: string, amount: number): NewEntry =>
  entryOf({ kind: 'refundPaid', of: transactionKey, hospitalId: null }, [
    { account: 'refunds', debit: amount },
    { account: 'toss', credit: amount },
  ]);

/** A used session in dispute: not paid to the hospital until it is settled. `holdId` is of the session and how often it was held. */
export const holdEntry = (holdId: string, hospitalId: string, amount: number): NewEntry =>
  entryOf({ kind: 'hold', of: holdId, hospitalId }, [
    { account: 'hospital', debit: amount },
    { account: 'held', credit: amount },
  ]);

/** A dispute settled for the hospital. */
export const releaseEntry = (holdId: string, hospitalId: string, amount: number): NewEntry =>
  entryOf({ kind: 'release', of: holdId, hospitalId }, [
    { account: 'held', debit: amount },
    { account: 'hospital', credit: amount },
  ]);

/** A dispute settled for the member: a used session is returned. */
export const recoveryEntry = (holdId: string, hospitalId: string, amount: number): NewEntry =>
  entryOf({ kind: 'recovery', of: holdId, hospitalId }, [
    { account: 'held', debit: amount },
    { account: 'refunds', credit: amount },
  ]);

/** What a hospital at fault adds to a deposit: taken from what it is owed, or owed by it. */
export const compensationEntry = (refundId: string, hospitalId: string, amount: number): NewEntry =>
  entryOf({ kind: 'compensation', of: refundId, hospitalId }, [
    { account: 'hospital', debit: amount },
    { account: 'compensations', credit: amount },
  ]);

export const compensationPaidEntry = (refundId: string, amount: number): NewEntry =>
  entryOf({ kind: 'compensationPaid', of: refundId, hospitalId: null }, [
    { account: 'compensations', debit: amount },
    { account: 'bank', credit: amount },
  ]);

/** A batch paid to its hospital. */
export const settlementEntry = (batchId: string, hospitalId: string, amount: number): NewEntry =>
  entryOf({ kind: 'settlement', of: batchId, hospitalId }, [
    { account: 'hospital', debit: amount },
    { account: 'bank', credit: amount },
  ]);

/** What Toss has paid out to our bank, by the day it did, and the fees it kept. */
export const payoutEntry = (paidOutDay: string, received: number, fees: number): NewEntry =>
  entryOf({ kind: 'payout', of: paidOutDay, hospitalId: null }, [
    { account: 'bank', debit: received },
    { account: 'fees', debit: fees },
    { account: 'toss', credit: received + fees },
  ]);

/** Fees Toss has given back on a day on which it gave back more than it took: it pays them with its next payout. */
export const feeReturnEntry = (paidOutDay: string, fees: number): NewEntry =>
  entryOf({ kind: 'feeReturn', of: paidOutDay, hospitalId: null }, [
    { account: 'toss', debit: fees },
    { account: 'fees', credit: fees },
  ]);

/** What the platform owes a member because a refund came back late: Toss cannot return more than was paid. */
export const lateInterestEntry = (refundId: string, amount: number): NewEntry =>
  entryOf({ kind: 'lateInterest', of: refundId, hospitalId: null }, [
    { account: 'interest', debit: amount },
    { account: 'compensations', credit: amount },
  ]);

export const interestPaidEntry = (refundId: string, amount: number): NewEntry =>
  entryOf({ kind: 'interestPaid', of: refundId, hospitalId: null }, [
    { account: 'compensations', debit: amount },
    { account: 'bank', credit: amount },
  ]);

/** A recurring charge of an advertising plan. `chargeId` is the order it was charged under. */
export const chargeEntry = (chargeId: string, hospitalId: string, amount: number): NewEntry =>
  entryOf({ kind: 'charge', of: chargeId, hospitalId }, [
    { account: 'toss', debit: amount },
    { account: 'subscriptions', credit: amount },
  ]);

export const chargeRefundEntry = (refundId: string, hospitalId: string, amount: number): NewEntry =>
  entryOf({ kind: 'chargeRefund', of: refundId, hospitalId }, [
    { account: 'subscriptions', debit: amount },
    { account: 'refunds', credit: amount },
  ]);
