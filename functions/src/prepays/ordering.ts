/** Ordering: the server computes the price, sets stock aside, and writes the amount before the payment window opens. */
import type { Event } from '../directory/schema.ts';
import { eventSchema } from '../directory/schema.ts';
import { digest } from '../platform/digest.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { offerRef, orderRef, orders, stockIdOf, stockRef } from './collections.ts';
import { type OrderState, payableMs } from './order.ts';
import type { Offer, Option, Order, OrderOffered } from './schema.ts';

const mostOpen = 3;
const unpaidStates = ['OPEN', 'CONFIRMING', 'WAITING_FOR_DEPOSIT'] as const satisfies readonly OrderState[];
const longestName = 100;

export interface OrderWish {
  readonly eventId: string;
  readonly optionId: string;
  /** What the member was shown. */
  readonly price: number;
  readonly requestId: string;
}

export const eventRef = (eventId: string) => collection('Events', eventSchema).doc(eventId);

/** Whether an event is shown at a moment. */
export const isShown = (event: Pick<Event, 'published' | 'vanishesAt'>, now: number): boolean =>
  event.published && now < event.vanishesAt.toMillis();

const hasEnded = ({ hiddenBecause, vanishesAt }: Event, now: number) =>
  hiddenBecause === 'ENDED' || (hiddenBecause === null && now >= vanishesAt.toMillis());

/** What is bought. Errors: EVENT_ENDED, EVENT_NOT_FOR_SALE, PRICE_CHANGED. Pure. */
export function optionFor(
  event: Event | undefined,
  offer: Offer | undefined,
  wish: Pick<OrderWish, 'optionId' | 'price'>,
  now: number,
): Option {
  if (event && hasEnded(event, now)) throw new AppError('EVENT_ENDED');
  if (!event || !offer?.isOpen || !isShown(event, now)) throw new AppError('EVENT_NOT_FOR_SALE');
  // A price changed by hand closes the offer until somebody has looked at its options.
  if (offer.eventPrice !== event.priceAfter || offer.hospitalId !== event.hospitalId)
    throw new AppError('EVENT_NOT_FOR_SALE');
  const option = offer.options.find(({ id }) => id === wish.optionId);
  if (!option) throw new AppError('EVENT_NOT_FOR_SALE');
  if (option.price !== wish.price) throw new AppError('PRICE_CHANGED', { price: option.price });
  return option;
}

/** One press of the button is one order, however often it is sent; nobody can guess another's. */
export const orderIdOf = (uid: string, requestId: string): string =>
  `dp-${digest('order', `${uid}\n${requestId}`).slice(0, 32)}`;

function newOrder(uid: string, wish: OrderWish, event: Event, option: Option, now: number): Order {
  const at = Timestamp.fromMillis(now);
  const { title: eventTitle, hospitalId, hospitalName } = event;
  const ends = Timestamp.fromMillis(now + payableMs);
  return {
    ...{ ownerUid: uid, ownerLeft: false, eventId: wish.eventId, eventTitle, hospitalId, hospitalName },
    ...{ optionId: option.id, optionName: option.name, sessions: option.sessions, amount: option.price },
    ...{ state: 'OPEN', method: null, paymentKey: null, account: null },
    stockId: option.limited ? stockIdOf(wish.eventId, option.id) : null,
    ...{ holdsStock: option.limited, deposits: 0, voucherId: null, refunded: 0, looks: 0 },
    ...{ confirmingAt: null, seenAt: null, expiresAt: ends, nextLookAt: ends, createdAt: at, updatedAt: at },
  };
}

const offered = (orderId: string, order: Order): OrderOffered => ({
  orderId,
  orderName: `${order.eventTitle} ${order.optionName}`.slice(0, longestName),
  amount: order.amount,
  expiresAt: order.expiresAt.toDate().toISOString(),
});

/** The same press of the button means the same thing; an app that mixes them up must not sell something else. */
function offeredAgain(orderId: string, known: Order, { eventId, optionId, price }: OrderWish): OrderOffered {
  if (known.eventId === eventId && known.optionId === optionId && known.amount === price)
    return offered(orderId, known);
  throw new AppError('INVALID_INPUT', { fields: [{ field: 'requestId', code: 'used_before' }] });
}

/** Also those that wait for a deposit: they hold stock for a day. */
async function refuseHoarding(tx: Transaction, uid: string): Promise<void> {
  const open = await tx.get(
    orders().where('ownerUid', '==', uid).where('state', 'in', unpaidStates).limit(mostOpen),
  );
  if (open.size >= mostOpen) throw new AppError('TOO_MANY_ORDERS');
}

async function setAside(tx: Transaction, stockId: string): Promise<() => void> {
  const ref = stockRef(stockId);
  const left = (await tx.get(ref)).data()?.left ?? 0;
  if (left < 1) throw new AppError('SOLD_OUT');
  return () => tx.update(ref, { left: left - 1, updatedAt: Timestamp.now() });
}

/** Writes an order. Asked again with the same `requestId` it answers with the order there is. */
export async function createOrder(uid: string, wish: OrderWish): Promise<OrderOffered> {
  const orderId = orderIdOf(uid, wish.requestId);
  const [event, offer] = await Promise.all([eventRef(wish.eventId).get(), offerRef(wish.eventId).get()]);
  return db().runTransaction(async (tx) => {
    const known = (await tx.get(orderRef(orderId))).data();
    if (known) return offeredAgain(orderId, known, wish);
    const now = Date.now();
    const option = optionFor(event.data(), offer.data(), wish, now);
    const shown = event.data();
    if (!shown) throw new AppError('EVENT_NOT_FOR_SALE');
    await refuseHoarding(tx, uid);
    const order = newOrder(uid, wish, shown, option, now);
    const take = order.stockId ? await setAside(tx, order.stockId) : () => undefined;
    take();
    tx.create(orderRef(orderId), order);
    return offered(orderId, order);
  });
}
