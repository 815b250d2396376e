/** Vouchers in every state, bought while their event ran. */
import { type Prepay, voucherStates } from '../functions/src/prepays/schema.ts';
import { Dice } from './dice.ts';
import type { Directory, SeedEvent } from './directory.ts';
import {
  atDay,
  atMillis,
  dayMs,
  documents,
  nth,
  type SeedDocument,
  type SeedSize,
  seedMillis,
  sizes,
  soonAfter,
} from './frame.ts';
import type { SeedUser } from './people.ts';

const hasBegun = ({ data }: SeedEvent) => data.published && atDay(data.startsOn) < seedMillis - dayMs;

function usedOf(state: Prepay['state'], total: number, dice: Dice): number {
  if (state === 'used') return total;
  return state === 'refunded' ? 0 : dice.whole(0, total - 1);
}

function voucherOf(state: Prepay['state'], event: SeedEvent, owner: SeedUser, dice: Dice): Prepay {
  const { data, sessions } = event;
  const bought = soonAfter(dice, atDay(data.startsOn), 20);
  const expiresAt = atMillis(bought + 365 * dayMs);
  const changed = state === 'expired' ? expiresAt : atMillis(soonAfter(dice, bought, 15));
  return {
    ownerUid: owner.id,
    hospitalId: data.hospitalId,
    hospitalName: data.hospitalName,
    eventId: event.id,
    eventTitle: data.title,
    paid: data.priceAfter,
    sessionsTotal: sessions,
    sessionsUsed: usedOf(state, sessions, dice),
    state,
    expiresAt,
    createdAt: atMillis(bought),
    updatedAt: changed,
  };
}

/** The owner must have been a member when the event began. */
function ownerFor(event: SeedEvent, users: readonly SeedUser[], index: number, dice: Dice): SeedUser {
  const before = users.filter(
    ({ id, data }) => id !== 'operator-1' && data.createdAt.toMillis() < atDay(event.data.startsOn),
  );
  const sora = before.find(({ id }) => id === 'member-sora');
  return index % 10 === 0 && sora ? sora : dice.pick(before);
}

export function voucherDocuments(
  size: SeedSize,
  { events }: Directory,
  users: readonly SeedUser[],
): SeedDocument[] {
  const dice = new Dice('vouchers');
  const running = events.filter(hasBegun);
  const ended = events.filter(({ data }) => data.hiddenBecause === 'ENDED');
  const vouchers = Array.from({ length: sizes[size].vouchers }, (_, index) => {
    const state = nth(voucherStates, index);
    const event = nth(state === 'expired' ? ended : running, Math.floor(index / voucherStates.length));
    const data = voucherOf(state, event, ownerFor(event, users, index, dice), dice);
    return { id: `voucher-${String(index + 1).padStart(3, '0')}`, data };
  });
  return documents(vouchers, 'prepays');
}
