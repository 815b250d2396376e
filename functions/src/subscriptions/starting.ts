/** Plans, cards, and the beginning of a subscription. */
import { audit } from '../audit/audit.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { deleteBillingKey, issueBillingKey } from '../toss/client.ts';
import type { TossBilling } from '../toss/schema.ts';
import { apply, billingRef, happen, storedOf, subscriptions } from './applying.ts';
import { cardMarkOf } from './cards.ts';
import { begin } from './machine.ts';
import { type Plan, planSchema, type Stand } from './schema.ts';
import { customerKeyOf, openBillingKey, sealBillingKey } from './vault.ts';

const perPage = 100;

const plans = () => collection('plans', planSchema);

interface PlanWish {
  readonly planId: string;
  readonly name: string;
  readonly price: number;
  readonly isOpen: boolean;
}

/** Sets a plan, and tells running subscriptions of another price: a rise will be asked for, a fall holds from the next month. */
export async function setPlan({ planId, ...plan }: PlanWish, reason: string, by: string): Promise<number> {
  await db().runTransaction(async (tx) => {
    const before = (await tx.get(plans().doc(planId))).data();
    tx.set(plans().doc(planId), { ...plan, updatedAt: Timestamp.now() });
    const [was, is] = [before ? String(before.price) : null, String(plan.price)];
    const prices = { before: { price: was }, after: { price: is } };
    audit(tx, { action: 'plan.set', target: `plans/${planId}`, by, note: reason, ...prices });
  });
  let told = 0;
  let last = '';
  const on = koreanDayOf(Date.now());
  for (;;) {
    const ofPlan = subscriptions().where('planId', '==', planId).orderBy('__name__').limit(perPage);
    const { docs } = await (last === '' ? ofPlan : ofPlan.startAfter(last)).get();
    for (const { id } of docs) await apply(id, { kind: 'priceSet', on, price: plan.price });
    told += docs.length;
    last = docs.at(-1)?.id ?? '';
    if (docs.length < perPage) return told;
  }
}

/** A billing key for a card somebody has just authenticated. Errors: CARD_REFUSED. */
async function newCard(hospitalId: string, authKey: string): Promise<TossBilling> {
  const answer = await issueBillingKey(authKey, customerKeyOf(hospitalId));
  if (answer.kind !== 'ok') throw new AppError('CARD_REFUSED', { code: answer.code });
  return answer.value;
}

const billingOf = (hospitalId: string, { billingKey }: TossBilling) => ({
  sealed: sealBillingKey(hospitalId, billingKey),
  updatedAt: Timestamp.now(),
});

const shownOf = ({ billingKey, card }: TossBilling) => ({
  card: card?.number ?? null,
  cardMark: cardMarkOf(billingKey),
});

/** Deletes a card that was not taken. Asked twice, Toss gives the same one: another call may have begun with it. */
async function giveUp(hospitalId: string, { billingKey }: TossBilling): Promise<void> {
  const known = (await subscriptions().doc(hospitalId).get()).data();
  if (known?.cardMark !== cardMarkOf(billingKey)) await deleteBillingKey(billingKey);
}

interface Start {
  readonly hospitalId: string;
  readonly planId: string;
  /** The price the hospital was shown. */
  readonly price: number;
  readonly authKey: string;
}

async function openPlan(planId: string, price: number): Promise<Plan> {
  const plan = (await plans().doc(planId).get()).data();
  if (!plan?.isOpen || plan.price !== price)
    throw new AppError('PLAN_CHANGED', { price: plan?.price ?? null });
  return plan;
}

async function refuseRunning(hospitalId: string): Promise<void> {
  const known = (await subscriptions().doc(hospitalId).get()).data();
  if (known && known.phase !== 'ended') throw new AppError('SUBSCRIPTION_RUNNING');
}

/** Begins a subscription with a first month. Errors: PLAN_CHANGED, SUBSCRIPTION_RUNNING, CARD_REFUSED. */
export async function start({ hospitalId, planId, price, authKey }: Start): Promise<Stand> {
  const plan = await openPlan(planId, price);
  await refuseRunning(hospitalId);
  const card = await newCard(hospitalId, authKey);
  const on = koreanDayOf(Date.now());
  const { stand } = begin(hospitalId, price, on);
  const enter = db().runTransaction(async (tx) => {
    const before = (await tx.get(subscriptions().doc(hospitalId))).data();
    if (before && before.phase !== 'ended') throw new AppError('SUBSCRIPTION_RUNNING');
    const now = Timestamp.now();
    // Orders of an earlier subscription have had their numbers.
    const numbered = before ? renumber(hospitalId, stand, before.charges) : stand;
    tx.set(subscriptions().doc(hospitalId), {
      ...storedOf(numbered),
      ...{ planId, planName: plan.name, ...shownOf(card), createdAt: now, updatedAt: now },
    });
    tx.set(billingRef(hospitalId), billingOf(hospitalId, card));
  });
  await enter.catch(async (error: unknown) => {
    await giveUp(hospitalId, card);
    throw error;
  });
  // The first charge is under way already: its outcome is found out as that of any other.
  return happen(hospitalId, { kind: 'day', on });
}

/** The same beginning, with orders counted on from those there were. */
function renumber(hospitalId: string, stand: Stand, charges: number): Stand {
  const orderId = `plan_${hospitalId}_${charges}`;
  if (!stand.pending) return { ...stand, charges };
  return { ...stand, charges: charges + 1, pending: { ...stand.pending, orderId } };
}

/** Another card; where a month is owed it is charged at once. Errors: SUBSCRIPTION_NOT_FOUND, CARD_REFUSED. */
export async function changeCard(hospitalId: string, authKey: string): Promise<Stand> {
  const known = (await subscriptions().doc(hospitalId).get()).data();
  if (!known || known.phase === 'ended') throw new AppError('SUBSCRIPTION_NOT_FOUND');
  const old = (await billingRef(hospitalId).get()).data();
  const card = await newCard(hospitalId, authKey);
  const batch = db().batch();
  batch.set(billingRef(hospitalId), billingOf(hospitalId, card));
  batch.update(subscriptions().doc(hospitalId), {
    ...shownOf(card),
    updatedAt: Timestamp.now(),
  });
  await batch.commit();
  const oldKey = old ? openBillingKey(hospitalId, old.sealed) : null;
  // Toss answers an authentication that comes twice with the card it gave the first time.
  if (oldKey !== null && oldKey !== card.billingKey) await deleteBillingKey(oldKey);
  return happen(hospitalId, { kind: 'cardChanged', on: koreanDayOf(Date.now()) });
}
