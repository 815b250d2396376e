/**
 * Letting something happen to a subscription: the machine’s step, the letters and the books in one transaction; then what
 * Toss is to be asked. A process that dies in between leaves a pending charge, which the job asks Toss about.
 */
import { contactOf } from '../directory/contact.ts';
import { daysAfter } from '../kernel/days.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { chargeEntry } from '../ledger/movements.ts';
import { postEntry } from '../ledger/post.ts';
import { outbox, queueMail } from '../outbox/queue.ts';
import type { NewMail } from '../outbox/schema.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { chargeBillingKey, deleteBillingKey, lookUpOrder, type PaymentAnswer } from '../toss/client.ts';
import { isLasting } from '../toss/errors.ts';
import { letterOf } from './letters.ts';
import { type Effect, type Event, nextDayOf, type Step, step } from './machine.ts';
import { billingSchema, type Stand, type Subscription, standSchema, subscriptionSchema } from './schema.ts';
import { customerKeyOf, openBillingKey } from './vault.ts';

const dueAtOnce = 50;
/** The job shares its schedule with others: what it does not come to is due in the next run. */
const runMs = 120_000;

export const subscriptions = () => collection('subscriptions', subscriptionSchema);
export const billingRef = (hospitalId: string) =>
  collection(`subscriptions/${hospitalId}/private`, billingSchema).doc('billing');

interface Letter {
  readonly id: string;
  readonly mail: NewMail;
}

/** The letters of a step that have not been written before. Their ids are of what makes them. */
async function lettersOf(
  tx: Transaction,
  hospitalId: string,
  planName: string,
  next: Step,
): Promise<Letter[]> {
  const to = next.effects.length > 0 ? await contactOf(tx, hospitalId) : null;
  if (to === null) return [];
  const { anchor, months, charges, rise } = next.stand;
  const cause = `${anchor}-${months}-${charges}-${rise?.askedOn ?? 'none'}`;
  const letters: Letter[] = [];
  for (const effect of next.effects) {
    const mail = letterOf(effect, to, planName);
    const id = `plan-${hospitalId}-${effect.do}-${cause}`;
    if (mail && !(await tx.get(outbox().doc(id))).exists) letters.push({ id, mail });
  }
  return letters;
}

/** What the document becomes. */
export const storedOf = (stand: Stand): Stand & Pick<Subscription, 'nextOn'> => ({
  ...standSchema.parse(stand),
  nextOn: nextDayOf(stand),
});

/** What is written with an event that happens. */
type Also = (tx: Transaction) => void;

/** Lets an event happen. Resolves to what is to be done outside. Errors: SUBSCRIPTION_NOT_FOUND. */
export function apply(hospitalId: string, event: Event, also?: Also): Promise<Step> {
  return db().runTransaction(async (tx) => {
    const ref = subscriptions().doc(hospitalId);
    const before = (await tx.get(ref)).data();
    if (!before) throw new AppError('SUBSCRIPTION_NOT_FOUND');
    const next = step(hospitalId, before, event);
    if (next.stand === before) return next;
    const letters = await lettersOf(tx, hospitalId, before.planName, next);
    tx.update(ref, { ...storedOf(next.stand), updatedAt: Timestamp.now() });
    for (const { id, mail } of letters) queueMail(tx, id, mail);
    const paid =
      event.kind === 'charged' && before.pending?.orderId === event.orderId ? before.pending : null;
    if (paid) postEntry(tx, chargeEntry(paid.orderId, hospitalId, paid.amount));
    also?.(tx);
    return next;
  });
}

/** What Toss has answered, as an event; null while nothing is certain. */
function outcomeOf(answer: PaymentAnswer, orderId: string, on: string): Event | null {
  if (answer.kind === 'unknown') return null;
  if (answer.kind === 'refused' && answer.meaning === 'alert') {
    // Our keys or our contract: nothing the hospital could mend.
    log.error('subscription.refused', { code: answer.code });
    return null;
  }
  if (answer.kind === 'refused') return { kind: 'refused', on, orderId };
  if (answer.value.status === 'DONE') return { kind: 'charged', on, orderId };
  return ['ABORTED', 'EXPIRED', 'CANCELED'].includes(answer.value.status)
    ? { kind: 'refused', on, orderId }
    : null;
}

type Pending = NonNullable<Stand['pending']>;

async function chargeCard(hospitalId: string, { orderId, amount }: Pending): Promise<PaymentAnswer> {
  const billing = (await billingRef(hospitalId).get()).data();
  if (!billing) return { kind: 'refused', code: 'NO_CARD', meaning: 'tell' };
  const charge = { customerKey: customerKeyOf(hospitalId), orderId, orderName: '닥터피치 광고 플랜', amount };
  return chargeBillingKey(openBillingKey(hospitalId, billing.sealed), charge);
}

const isNoneThere = (answer: PaymentAnswer) => answer.kind === 'refused' && answer.meaning === 'renew';

/** A charge Toss does not know is made again under the same order, which it charges once. */
async function makeAgain(hospitalId: string, pending: Pending, on: string): Promise<Event | null> {
  const { orderId } = pending;
  const answer = await chargeCard(hospitalId, pending);
  const outcome = outcomeOf(answer, orderId, on);
  // An error may be that of this moment only, until a day has passed.
  if (outcome || on === pending.on || answer.kind === 'ok' || !isLasting(answer.code)) return outcome;
  if (!isNoneThere(await lookUpOrder(orderId))) return null;
  log.error('subscription.notMade', { hospitalId, orderId, code: answer.code });
  return { kind: 'notMade', on, orderId };
}

/** A charge whose answer was lost. */
async function findOut(
  hospitalId: string,
  pending: Pending,
  isCancelled: boolean,
  on: string,
): Promise<Event | null> {
  const { orderId } = pending;
  const answer = await lookUpOrder(orderId);
  if (!isNoneThere(answer)) return outcomeOf(answer, orderId, on);
  if (!isCancelled) return makeAgain(hospitalId, pending, on);
  // It may have been sent a moment before midnight and be on its way: a whole day lies between.
  return on > daysAfter(pending.on, 1) ? { kind: 'notMade', on, orderId } : null;
}

/** Takes a card out of our hands and Toss’s. What Toss does not answer is of no use without the key. */
export async function forgetCard(hospitalId: string): Promise<void> {
  const billing = (await billingRef(hospitalId).get()).data();
  if (billing) await deleteBillingKey(openBillingKey(hospitalId, billing.sealed));
  const batch = db().batch();
  batch.delete(billingRef(hospitalId));
  batch.update(subscriptions().doc(hospitalId), {
    ...{ card: null, cardMark: null, nextOn: null },
    updatedAt: Timestamp.now(),
  });
  await batch.commit();
}

/** What Toss is asked for an effect; null for what is told only, or while nothing is certain. */
async function carryOut(
  hospitalId: string,
  effect: Effect,
  { pending, cancelledOn }: Stand,
  on: string,
): Promise<Event | null> {
  if (pending === null) return null;
  if (effect.do === 'charge') return outcomeOf(await chargeCard(hospitalId, pending), pending.orderId, on);
  return effect.do === 'lookUp' ? findOut(hospitalId, pending, cancelledOn !== null, on) : null;
}

/** Lets an event happen, and everything that follows from it. */
export async function happen(hospitalId: string, event: Event, also?: Also): Promise<Stand> {
  const { effects, stand } = await apply(hospitalId, event, also);
  for (const effect of effects) {
    const outcome = await carryOut(hospitalId, effect, stand, event.on);
    if (outcome) await happen(hospitalId, outcome);
  }
  const after = (await subscriptions().doc(hospitalId).get()).data();
  if (!after) throw new AppError('SUBSCRIPTION_NOT_FOUND');
  if (after.phase === 'ended' && after.nextOn !== null) await forgetCard(hospitalId);
  return after;
}

async function tellDay(hospitalId: string, on: string): Promise<void> {
  await happen(hospitalId, { kind: 'day', on }).catch((error: unknown) => {
    log.error('subscription.failed', { hospitalId, ...errorFields(error) });
  });
}

/**
 * The job: tells the machine of the day where something waits for it. It goes on behind what it cannot do, which stays
 * first in line. Resolves to how many were told.
 */
export async function runSubscriptions(now: number, perPage = dueAtOnce): Promise<number> {
  const on = koreanDayOf(now);
  const endsAt = Date.now() + runMs;
  const due = subscriptions().where('nextOn', '<=', on).orderBy('nextOn').limit(perPage);
  // A charge that is begun and not answered falls due today, behind where this run is: once a run is enough.
  const told = new Set<string>();
  let page = await due.get();
  for (;;) {
    for (const { id } of page.docs) {
      if (Date.now() > endsAt) return told.size;
      if (told.has(id)) continue;
      told.add(id);
      await tellDay(id, on);
    }
    const last = page.docs.at(-1);
    if (!last || page.size < perPage) return told.size;
    page = await due.startAfter(last).get();
  }
}
