/** Orders and payments between what is stored or told and what is decided upon. Pure but for Timestamp. */
import type { Instant } from '../kernel/fields.ts';
import { Timestamp } from '../platform/firebase.ts';
import { hasCome, type TossPayment } from '../toss/schema.ts';
import type { OrderFacts, Seen } from './order.ts';
import type { Order } from './schema.ts';

const millisOf = (at: Instant | null) => at?.toMillis() ?? null;
const instantOf = (ms: number | null) => (ms === null ? null : Timestamp.fromMillis(ms));

export function factsOf(orderId: string, order: Order): OrderFacts {
  const { state, amount, method, paymentKey, holdsStock, deposits, refunded, looks, ownerLeft } = order;
  return {
    ...{ orderId, state, amount, method, paymentKey, holdsStock, deposits, refunded, looks, ownerLeft },
    confirmingAt: millisOf(order.confirmingAt),
    seenAt: millisOf(order.seenAt),
    expiresAt: order.expiresAt.toMillis(),
    nextLookAt: millisOf(order.nextLookAt),
  };
}

/** What is stored of changed facts. */
export function storedOf(facts: OrderFacts): Partial<Order> {
  const { state, method, paymentKey, holdsStock, deposits, looks } = facts;
  return {
    ...{ state, method, paymentKey, holdsStock, deposits, looks },
    confirmingAt: instantOf(facts.confirmingAt),
    seenAt: instantOf(facts.seenAt),
    expiresAt: Timestamp.fromMillis(facts.expiresAt),
    nextLookAt: instantOf(facts.nextLookAt),
  };
}

export function seenOf(payment: TossPayment, askedAt: number, answeredAt: number): Seen {
  const { paymentKey, status, totalAmount, balanceAmount, virtualAccount } = payment;
  return {
    ...{ paymentKey, status, totalAmount, balanceAmount, askedAt, answeredAt },
    isVirtualAccount: Boolean(virtualAccount),
    hasCome: hasCome(payment),
    dueAt: virtualAccount ? Date.parse(virtualAccount.dueDate) : null,
  };
}
