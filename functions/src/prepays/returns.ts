/**
 * What refunds need of orders and vouchers: the one module of this domain they import. Whoever decides a refund reads and
 * writes in its own transaction; what Toss is asked for is settled here first, so that an order knows what its refund knows.
 */
import { FieldPath } from 'firebase-admin/firestore';
import { FieldValue, Timestamp, type Transaction } from '../platform/firebase.ts';
import type { TossPayment } from '../toss/schema.ts';
import { awaitedIn } from './claims.ts';
import { orderRef, refundAccountRef, voucherRef, vouchers } from './collections.ts';
import type { Order, Prepay } from './schema.ts';
import { settleSeen } from './settling.ts';

export { eraseRefundAccount, refundAccountOf } from './refundAccounts.ts';
export { raiseAlert } from './settling.ts';

export const orderIn = async (tx: Transaction, orderId: string): Promise<Order | undefined> =>
  (await tx.get(orderRef(orderId))).data();

export const voucherIn = async (tx: Transaction, voucherId: string): Promise<Prepay | undefined> =>
  (await tx.get(voucherRef(voucherId))).data();

export const orderNow = async (orderId: string): Promise<Order | undefined> =>
  (await orderRef(orderId).get()).data();

/** Whether somebody has said where a transfer is to go. */
export const hasRefundAccount = async (tx: Transaction, orderId: string): Promise<boolean> =>
  (await tx.get(refundAccountRef(orderId))).exists;

/** How many uses the hospital has told late wait for the member’s answer: they keep their sessions back. */
export const unansweredUses = (tx: Transaction, voucherId: string): Promise<number> =>
  awaitedIn(tx, voucherId, Date.now());

/** The vouchers of a hospital in a state, by their ids, behind `after` ('' for the first). */
export async function vouchersOf(
  hospitalId: string,
  state: Prepay['state'],
  after: string,
  limit: number,
): Promise<string[]> {
  const ordered = vouchers()
    .where('hospitalId', '==', hospitalId)
    .where('state', '==', state)
    .orderBy(FieldPath.documentId())
    .limit(limit);
  const { docs } = await (after === '' ? ordered : ordered.startAfter(after)).get();
  return docs.map(({ id }) => id);
}

export interface TakenBack {
  readonly sessionsReturned: number;
  /** Null while sessions are left. */
  readonly state: 'refunding' | 'refunded' | null;
}

/** Sessions go back: nobody can use them from now on. */
export function takeBack(tx: Transaction, voucherId: string, { sessionsReturned, state }: TakenBack): void {
  tx.update(voucherRef(voucherId), {
    sessionsReturned,
    ...(state === null ? {} : { state, nextNoticeAt: null, giftUntil: null }),
    updatedAt: Timestamp.now(),
  });
}

/** What comes back of an order is known to be ours; negative: it will not, after all. */
export function noteReturn(tx: Transaction, orderId: string, amount: number): void {
  tx.update(orderRef(orderId), { refunded: FieldValue.increment(amount), updatedAt: Timestamp.now() });
}

/** The refund of the rest of a voucher is over: nothing of it is left to be done. */
export function endReturn(tx: Transaction, voucherId: string): void {
  tx.update(voucherRef(voucherId), { state: 'refunded', updatedAt: Timestamp.now() });
}

/** Lets the order learn what Toss has just told of its payment. Null when the order is gone with its member. */
export async function settleTold(payment: TossPayment, askedAt: number): Promise<Order['state'] | null> {
  return (await settleSeen(payment, askedAt))?.facts.state ?? null;
}
