/** A shop to pay in: an event of the seed under an id of one's own, put up for sale. */
import { makeDirectory } from '../../../seed/directory.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { orderRef } from '../../src/prepays/collections.ts';

export interface Sale {
  readonly eventId: string;
  readonly hospitalId: string;
  readonly price: number;
  readonly optionId: string;
}

interface Wares {
  readonly eventId: string;
  readonly price: number;
  readonly sessions?: number;
  /** How many there are; null: any number. */
  readonly left?: number | null;
}

const dayMs = 86_400_000;

/** It runs for the next 30 days, whatever the seed says of it. */
export async function putOnSale({ eventId, price, sessions = 1, left = null }: Wares): Promise<Sale> {
  const [seeded] = makeDirectory('full').events;
  if (!seeded) throw new Error('the seed has no event');
  const { hospitalId } = seeded.data;
  const updatedAt = Timestamp.now();
  const vanishesAt = Timestamp.fromMillis(Date.now() + 30 * dayMs);
  const shown = { published: true, hiddenBecause: null, priceAfter: price, vanishesAt };
  const optionId = 'some';
  const option = { id: optionId, name: `${sessions}회`, price, sessions, limited: left !== null };
  const batch = db().batch();
  batch.set(db().doc(`Events/${eventId}`), { ...seeded.data, ...shown });
  batch.set(db().doc(`offers/${eventId}`), {
    ...{ hospitalId, isOpen: true, eventPrice: price, options: [option], updatedAt },
  });
  if (left !== null) batch.set(db().doc(`stocks/${eventId}~${optionId}`), { left, updatedAt });
  await batch.commit();
  return { eventId, hospitalId, price, optionId };
}

export interface Ordered {
  readonly orderId: string;
  readonly ownerUid: string;
}

/** So many orders of other members, each as if ordered like this one: ordering them at once is slow in the emulator. */
export async function orderedAlike(orderId: string, count: number): Promise<Ordered[]> {
  const order = (await orderRef(orderId).get()).data();
  if (!order) throw new Error('no such order');
  const alike = Array.from({ length: count }, (_, index) => ({
    orderId: `${orderId}-${index}`,
    ownerUid: `${order.ownerUid}-${index}`,
  }));
  const batch = db().batch();
  for (const one of alike) batch.create(orderRef(one.orderId), { ...order, ownerUid: one.ownerUid });
  await batch.commit();
  return alike;
}
