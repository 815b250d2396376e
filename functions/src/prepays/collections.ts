/** Where orders, vouchers and what belongs to them are stored. */
import { digest } from '../platform/digest.ts';
import { collection } from '../platform/store.ts';
import {
  attemptSchema,
  giftSchema,
  offerSchema,
  orderSchema,
  orderSecretSchema,
  paymentAlertSchema,
  prepaySchema,
  refundAccountSchema,
  reversalSchema,
  sessionSchema,
  stockSchema,
  tossHintSchema,
} from './schema.ts';

export const orders = () => collection('orders', orderSchema);
export const orderRef = (orderId: string) => orders().doc(orderId);
export const orderSecretRef = (orderId: string) =>
  collection(`orders/${orderId}/private`, orderSecretSchema).doc('payment');
export const offerRef = (eventId: string) => collection('offers', offerSchema).doc(eventId);
export const stockRef = (stockId: string) => collection('stocks', stockSchema).doc(stockId);
export const attempts = () => collection('paymentAttempts', attemptSchema);
export const reversals = () => collection('reversals', reversalSchema);
export const paymentAlerts = () => collection('paymentAlerts', paymentAlertSchema);
export const tossHints = () => collection('tossHints', tossHintSchema);
export const refundAccountRef = (orderId: string) =>
  collection('refundAccounts', refundAccountSchema).doc(orderId);
export const vouchers = () => collection('prepays', prepaySchema);
export const voucherRef = (voucherId: string) => vouchers().doc(voucherId);
export const sessionsOf = (voucherId: string) => collection(`prepays/${voucherId}/sessions`, sessionSchema);
export const sessionRef = (voucherId: string, step: number) => sessionsOf(voucherId).doc(String(step));
export const giftRef = (giftCode: string) => collection('gifts', giftSchema).doc(digest('gift', giftCode));

export const stockIdOf = (eventId: string, optionId: string): string => `${eventId}~${optionId}`;

/** One for each payment of an order that goes back. */
export const reversalIdOf = (orderId: string, paymentKey: string): string =>
  `${orderId}~${digest('payment', paymentKey).slice(0, 16)}`;
