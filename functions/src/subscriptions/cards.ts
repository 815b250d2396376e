/**
 * A billing key that was deleted at Toss (by the card company, by hand): what the webhook of payments needs of this domain.
 * Toss has no look-up of billing keys and signs nothing; but nobody else knows the key, so whoever names it is believed.
 */
import { contactOf } from '../directory/contact.ts';
import { queueMail } from '../outbox/queue.ts';
import { digest } from '../platform/digest.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { billingRef, subscriptions } from './applying.ts';
import { cardGoneLetter } from './letters.ts';

/** What a billing key is known by without being told. */
export const cardMarkOf = (billingKey: string): string => digest('billingKey', billingKey);

/**
 * Takes the card away and tells the hospital. Nothing is charged without a card: a month that is due is refused here, and
 * the days of dunning run. Told again, or of a card that was changed since, nothing happens. Resolves to whether it did.
 */
export async function cardDeleted(cardMark: string): Promise<boolean> {
  const { docs } = await subscriptions().where('cardMark', '==', cardMark).limit(1).get();
  const ref = docs[0]?.ref;
  if (!ref) return false;
  return db().runTransaction(async (tx) => {
    const stored = (await tx.get(ref)).data();
    if (stored?.cardMark !== cardMark || stored.phase === 'ended') return false;
    const to = await contactOf(tx, ref.id);
    tx.update(ref, { card: null, cardMark: null, updatedAt: Timestamp.now() });
    tx.delete(billingRef(ref.id));
    // A mark is of one key, and is taken away with this letter: there is no second.
    if (to)
      queueMail(tx, `plan-${ref.id}-cardGone-${cardMark.slice(0, 16)}`, cardGoneLetter(to, stored.planName));
    return true;
  });
}
