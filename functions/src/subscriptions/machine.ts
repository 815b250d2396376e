/**
 * A subscription as a pure machine: (stand, event) → (stand, effects). Days are Korean. The edges keep the stand in one
 * document, carry the effects out, and tell the machine how that went; an event that comes twice or late changes nothing.
 *
 *   active ──refused──► pastDue ──refused after 1, 3, 5 days──► paused ──card changed──► active
 *      └── cancelled, or a rise without consent ──► ended, when what is paid ends
 */
import { daysAfter } from '../kernel/days.ts';
import type { Stand } from './schema.ts';

/** Days after the first refusal on which a charge is tried again; then advertising pauses. */
export const retryAfterDays = [1, 3, 5] as const;
/** A charge is announced so many days before. */
export const noticeDays = 7;
/** Consent to a rise counts when it is given in so many days before the rise (전자상거래법 시행령, 정기결제 대금 증액). */
export const consentDays = 30;
/** After a "no" nobody asks again for so many days. */
export const restAfterNoDays = 7;

export type Event =
  /** A day has come. */
  | { readonly kind: 'day'; readonly on: string }
  | { readonly kind: 'charged'; readonly on: string; readonly orderId: string }
  | { readonly kind: 'refused'; readonly on: string; readonly orderId: string }
  /** Toss has no payment of the order, and will answer it with the same error again. Nobody refused the card. */
  | { readonly kind: 'notMade'; readonly on: string; readonly orderId: string }
  | { readonly kind: 'cardChanged'; readonly on: string }
  | { readonly kind: 'cancelled'; readonly on: string }
  | { readonly kind: 'keptOn'; readonly on: string }
  | { readonly kind: 'priceSet'; readonly on: string; readonly price: number }
  | { readonly kind: 'askedAgain'; readonly on: string }
  | { readonly kind: 'answered'; readonly on: string; readonly answer: 'yes' | 'no' };

export type Effect =
  | { readonly do: 'charge'; readonly orderId: string; readonly amount: number }
  | { readonly do: 'lookUp'; readonly orderId: string }
  | { readonly do: 'tellCharge'; readonly on: string; readonly amount: number }
  | { readonly do: 'askConsent'; readonly price: number; readonly from: string }
  | { readonly do: 'tellRefused'; readonly retryOn: string | null }
  | { readonly do: 'tellPaused' | 'tellEnded' };

export interface Step {
  readonly stand: Stand;
  readonly effects: readonly Effect[];
}

const same = (stand: Stand): Step => ({ stand, effects: [] });

/** The day a month begins, so many after the first: the same day of the month, or the last where there is none. */
export function monthBegins(anchor: string, months: number): string {
  const [year = 0, month = 0, date = 0] = anchor.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** A new subscription: its first month is charged at once. `subscriptionId` makes the ids of its orders. */
export function begin(subscriptionId: string, price: number, on: string): Step {
  const stand: Stand = {
    ...{ phase: 'active', price, anchor: on, months: 0, paidUntil: on, charges: 0, failures: 0 },
    ...{
      firstFailedOn: null,
      pending: null,
      noticedOn: null,
      rise: null,
      cancelledOn: null,
      endedOn: null,
      endedBecause: null,
    },
  };
  return charge(subscriptionId, stand, on);
}

/** Whether a rise holds for the month that is to be charged. */
const rises = ({ rise, paidUntil }: Stand) => rise !== null && paidUntil >= rise.from;

function hasConsent({ rise }: Stand): boolean {
  if (rise?.answer !== 'yes' || rise.answeredOn === null) return false;
  return rise.answeredOn >= daysAfter(rise.from, -consentDays) && rise.answeredOn < rise.from;
}

/** What the next month costs: the agreed price, or the raised one from when it holds and is agreed to. */
const priceDue = (stand: Stand) => (stand.rise && rises(stand) ? stand.rise.price : stand.price);

/** The first month that begins so late that the hospital has all the days it may consent in. */
function riseFrom({ anchor, months, paidUntil }: Stand, on: string): string {
  let [from, ahead] = [paidUntil, months];
  while (from < daysAfter(on, consentDays)) {
    ahead += 1;
    from = monthBegins(anchor, ahead);
  }
  return from;
}

/**
 * The same rise from a month that leaves all the days to consent in, where the one it was to hold from has gone by. It is
 * asked for anew, and after a no not before the rest is over.
 */
function riseAnew(stand: Stand, on: string): Stand['rise'] {
  const { rise } = stand;
  if (!rise) return null;
  const restsUntil =
    rise.answer === 'no' && rise.answeredOn !== null ? daysAfter(rise.answeredOn, restAfterNoDays) : on;
  const from = riseFrom(stand, restsUntil > on ? restsUntil : on);
  return { price: rise.price, from, askedOn: null, answer: null, answeredOn: null };
}

/** A month is paid, at the price that was due. */
function paid(stand: Stand, on: string): Stand {
  // Whoever was paused begins anew today: the days without advertising are not paid for.
  const isAnew = stand.phase === 'paused';
  const anchor = isAnew ? on : stand.anchor;
  const months = isAnew ? 1 : stand.months + 1;
  const next: Stand = {
    ...stand,
    ...{ phase: 'active', price: priceDue(stand), anchor, months, paidUntil: monthBegins(anchor, months) },
    ...{ failures: 0, firstFailedOn: null, pending: null, noticedOn: null },
    rise: rises(stand) ? null : stand.rise,
  };
  return isAnew ? { ...next, rise: riseAnew(next, on) } : next;
}

/** Begins a charge under an order of its own: Toss answers a repeated order as it did the first time. */
function charge(subscriptionId: string, stand: Stand, on: string): Step {
  const amount = priceDue(stand);
  if (amount === 0) return same(paid(stand, on));
  const orderId = `plan_${subscriptionId}_${stand.charges}`;
  const pending = { orderId, amount, on };
  return {
    stand: { ...stand, charges: stand.charges + 1, pending },
    effects: [{ do: 'charge', orderId, amount }],
  };
}

function end(stand: Stand, on: string, endedBecause: Stand['endedBecause']): Step {
  const ended = { ...stand, phase: 'ended' as const, endedOn: on, endedBecause, pending: null };
  return { stand: ended, effects: [{ do: 'tellEnded' }] };
}

/** The day the next charge may be made: announced seven days before, or later if it was announced late. */
export function chargeOn({ paidUntil, noticedOn, failures, firstFailedOn }: Stand): string | null {
  if (failures > 0 && firstFailedOn !== null) {
    const days = retryAfterDays[failures - 1];
    return days === undefined ? null : daysAfter(firstFailedOn, days);
  }
  if (noticedOn === null) return null;
  const announced = daysAfter(noticedOn, noticeDays);
  return announced > paidUntil ? announced : paidUntil;
}

function askConsent(stand: Stand, on: string): Step {
  const { rise } = stand;
  if (!rise || rise.askedOn !== null || on < daysAfter(rise.from, -consentDays)) return same(stand);
  const { price, from } = rise;
  return {
    stand: { ...stand, rise: { ...rise, askedOn: on } },
    effects: [{ do: 'askConsent', price, from }],
  };
}

function announce(stand: Stand, on: string): Step {
  const isEarly = on < daysAfter(stand.paidUntil, -noticeDays);
  if (stand.phase !== 'active' || stand.noticedOn !== null || stand.cancelledOn !== null || isEarly)
    return same(stand);
  const noticed = { ...stand, noticedOn: on };
  const due = chargeOn(noticed) ?? stand.paidUntil;
  return { stand: noticed, effects: [{ do: 'tellCharge', on: due, amount: priceDue(stand) }] };
}

/** Whether a rise was to hold by now and could not be asked for: the answer to a charge was unknown all the while. */
const wasMissed = ({ phase, rise }: Stand, on: string) =>
  phase !== 'paused' && rise !== null && rise.askedOn === null && on >= rise.from;

/** What a day brings to who is not waiting for the outcome of a charge. */
function dayCame(subscriptionId: string, before: Stand, on: string): Step {
  const stand = wasMissed(before, on) ? { ...before, rise: riseAnew(before, on) } : before;
  const isOver = on >= stand.paidUntil;
  if (isOver && stand.cancelledOn !== null) return end(stand, on, 'cancelled');
  if (isOver && rises(stand) && !hasConsent(stand)) return end(stand, on, 'noConsent');
  if (stand.phase === 'paused') return same(stand);
  const asked = askConsent(stand, on);
  const told = announce(asked.stand, on);
  const effects = [...asked.effects, ...told.effects];
  const due = chargeOn(told.stand);
  if (due === null || on < due) return { stand: told.stand, effects };
  const charged = charge(subscriptionId, told.stand, on);
  return { stand: charged.stand, effects: [...effects, ...charged.effects] };
}

function refused(stand: Stand, on: string): Step {
  if (stand.months === 0) return end(stand, on, 'unpaid');
  if (stand.cancelledOn !== null) return end(stand, on, 'cancelled');
  const isPaused = stand.phase === 'paused' || stand.failures >= retryAfterDays.length;
  if (isPaused) {
    const paused = { ...stand, phase: 'paused' as const, failures: retryAfterDays.length + 1, pending: null };
    return { stand: paused, effects: [{ do: 'tellPaused' }] };
  }
  const late: Stand = {
    ...stand,
    ...{ phase: 'pastDue', failures: stand.failures + 1, pending: null },
    firstFailedOn: stand.firstFailedOn ?? on,
  };
  return { stand: late, effects: [{ do: 'tellRefused', retryOn: chargeOn(late) }] };
}

/** The same month under an order that Toss has not answered yet. */
function chargeAgain(subscriptionId: string, stand: Stand, on: string): Step {
  return stand.cancelledOn === null ? charge(subscriptionId, stand, on) : end(stand, on, 'cancelled');
}

function setPrice(stand: Stand, price: number, on: string): Step {
  if (stand.rise?.price === price) return same(stand);
  if (price <= stand.price) return same({ ...stand, price, rise: null });
  const rise = { price, from: riseFrom(stand, on), askedOn: null, answer: null, answeredOn: null };
  return askConsent({ ...stand, rise }, on);
}

function askAgain(stand: Stand, on: string): Step {
  const { rise } = stand;
  if (!rise?.answeredOn || rise.answer !== 'no' || on >= rise.from) return same(stand);
  if (on < daysAfter(rise.answeredOn, restAfterNoDays)) return same(stand);
  return askConsent({ ...stand, rise: { ...rise, askedOn: null, answer: null, answeredOn: null } }, on);
}

function answer(stand: Stand, { answer: said, on }: Extract<Event, { kind: 'answered' }>): Step {
  const { rise } = stand;
  if (!rise || rise.askedOn === null || on >= rise.from) return same(stand);
  return same({ ...stand, rise: { ...rise, answer: said, answeredOn: on } });
}

/** A card that works is charged at once where a month is owed. */
function cardChanged(subscriptionId: string, stand: Stand, on: string): Step {
  const owes = stand.phase === 'pastDue' || stand.phase === 'paused';
  if (!owes || stand.pending || stand.cancelledOn !== null) return same(stand);
  return charge(subscriptionId, stand, on);
}

function cancel(stand: Stand, on: string): Step {
  const cancelled = { ...stand, cancelledOn: stand.cancelledOn ?? on };
  // With nothing paid ahead, and no charge under way, there is nothing to wait for.
  return on >= stand.paidUntil && !stand.pending ? end(cancelled, on, 'cancelled') : same(cancelled);
}

/** What a subscription becomes, and what is to be done. Pure. */
export function step(subscriptionId: string, stand: Stand, event: Event): Step {
  if (stand.phase === 'ended') return same(stand);
  const { on } = event;
  const { pending } = stand;
  switch (event.kind) {
    case 'day':
      return pending
        ? { stand, effects: [{ do: 'lookUp', orderId: pending.orderId }] }
        : dayCame(subscriptionId, stand, on);
    case 'charged':
      return pending?.orderId === event.orderId ? same(paid(stand, on)) : same(stand);
    case 'refused':
      return pending?.orderId === event.orderId ? refused(stand, on) : same(stand);
    case 'notMade':
      return pending?.orderId === event.orderId ? chargeAgain(subscriptionId, stand, on) : same(stand);
    case 'cardChanged':
      return cardChanged(subscriptionId, stand, on);
    case 'cancelled':
      return cancel(stand, on);
    case 'keptOn':
      return same({ ...stand, cancelledOn: null });
    case 'priceSet':
      return setPrice(stand, event.price, on);
    case 'askedAgain':
      return askAgain(stand, on);
    case 'answered':
      return answer(stand, event);
  }
}

/** When the machine has to be told of a day next; of one that ended, since when its card is to be forgotten. */
export function nextDayOf(stand: Stand): string | null {
  if (stand.phase === 'ended') return stand.endedOn;
  if (stand.pending) return stand.pending.on;
  const { cancelledOn, noticedOn, paidUntil, rise } = stand;
  const ends = cancelledOn !== null || (rises(stand) && !hasConsent(stand)) ? paidUntil : null;
  // Whoever is paused waits for a card, not for a day.
  if (stand.phase === 'paused') return ends;
  const days = [
    ends,
    rise && rise.askedOn === null ? daysAfter(rise.from, -consentDays) : null,
    stand.phase === 'active' && noticedOn === null && cancelledOn === null
      ? daysAfter(paidUntil, -noticeDays)
      : null,
    chargeOn(stand),
  ];
  return days.filter((day) => day !== null).sort()[0] ?? null;
}
