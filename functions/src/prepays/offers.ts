/** What operators put up for sale in the app. */
import { audit } from '../audit/audit.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { offerRef, stockIdOf, stockRef } from './collections.ts';
import { eventRef } from './ordering.ts';
import type { Option } from './schema.ts';

export interface OfferWish {
  readonly eventId: string;
  readonly isOpen: boolean;
  readonly options: readonly (Omit<Option, 'limited'> & { readonly left: number | null })[];
}

/** The first option is what the event advertises; two of one id would be one to whoever buys. */
export function isConsistent({ options }: OfferWish, priceAfter: number): boolean {
  return options[0]?.price === priceAfter && new Set(options.map(({ id }) => id)).size === options.length;
}

/** Sets the options of an event and how many are left. Errors: PAGE_NOT_FOUND, INVALID_INPUT. */
export async function setOffer(wish: OfferWish, by: { uid: string; note: string }): Promise<void> {
  const { eventId, isOpen } = wish;
  await db().runTransaction(async (tx) => {
    const event = (await tx.get(eventRef(eventId))).data();
    if (!event) throw new AppError('PAGE_NOT_FOUND');
    if (!isConsistent(wish, event.priceAfter))
      throw new AppError('INVALID_INPUT', { fields: [{ field: 'options', code: 'not_those_of_the_event' }] });
    const updatedAt = Timestamp.now();
    const options = wish.options.map(({ left, ...option }) => ({ ...option, limited: left !== null }));
    const { hospitalId, priceAfter: eventPrice } = event;
    tx.set(offerRef(eventId), { hospitalId, isOpen, eventPrice, options, updatedAt });
    for (const { id, left } of wish.options)
      if (left !== null) tx.set(stockRef(stockIdOf(eventId, id)), { left, updatedAt });
    const named = options.map(({ id, price, sessions }) => `${id} ${price} ${sessions}`).join(', ');
    const after = { isOpen: String(isOpen), options: named.slice(0, 500) };
    audit(tx, { action: 'offer.set', target: `offers/${eventId}`, by: by.uid, note: by.note, after });
  });
}
