/** What a look at the payment lets a refund do next. Pure. */
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
