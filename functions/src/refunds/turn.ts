/** What a look at the payment lets a refund do next, and which of its cancels is the refund's. Pure. */
import { hasCome, isMoney, type TossPayment } from '../toss/schema.ts';

/**
 * `GIVE`: the money is there, Toss may be asked to return it. `FIND`: nothing is left there, so that it went back already:
 * by us, unheard, or by another hand. `WAIT`: the bank has taken the deposit back and may give it again. `VOID`: it never
 * will; what was never there is not returned.
 */
export type Turn = 'GIVE' | 'FIND' | 'WAIT' | 'VOID';

const closed = ['CANCELED', 'EXPIRED', 'REVERSED'];

/** `orderState`: what the order is once it has learned of this look; null when it is gone with its member. */
export function turnOf(
  orderState: string | null,
  payment: Pick<TossPayment, 'status' | 'virtualAccount' | 'approvedAt'>,
): Turn {
  if (orderState !== null && closed.includes(orderState)) return 'VOID';
  if (orderState !== null && orderState !== 'PAID') return 'WAIT';
  if (isMoney(payment)) return 'GIVE';
  if (payment.status !== 'CANCELED') return 'WAIT';
  return hasCome(payment) ? 'FIND' : 'VOID';
}

const mark = '시술권 환불';

/** Toss tells the reason with the cancel ever after: by it a refund knows its own from another of the same amount. */
export const cancelReasonOf = (refundId: string): string => `${mark} ${refundId}`;

type Cancel = NonNullable<TossPayment['cancels']>[number];

/** Cancels that may have been this refund: its own, or where there is none what another hand gave back of this amount. */
export function cancelsOf<T extends Pick<Cancel, 'cancelAmount' | 'cancelReason'>>(
  { refundId, amount }: { readonly refundId: string; readonly amount: number },
  cancels: readonly T[],
): readonly T[] {
  const own = cancels.filter(({ cancelReason }) => cancelReason === cancelReasonOf(refundId));
  if (own.length > 0) return own;
  const byHand = cancels.filter(({ cancelReason }) => !cancelReason?.startsWith(`${mark} `));
  return byHand.filter(({ cancelAmount }) => cancelAmount === amount);
}
