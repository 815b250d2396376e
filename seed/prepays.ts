/** Vouchers in every state, bought while their event ran. */
import type { Prepay } from '../functions/src/prepays/schema.ts';
import { nextNotice } from '../functions/src/prepays/voucher.ts';
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

/** Those that come to rest; the others last for minutes. */
export const seededStates = ['active', 'used', 'refunded', 'expired'] as const;

const hasBegun = ({ data }: SeedEvent) => data.published && atDay(data.startsOn) < seedMillis - dayMs;

function usedOf(state: Prepay['state'], total: number, dice: Dice): number {
  if (state === 'used') return total;
  return state === 'refunded' ? 0 : dice.whole(0, total - 1);
}

function voucherOf(
  id: string,
  state: Prepay['state'],
  event: SeedEvent,
  owner: SeedUser,
  dice: Dice,
): Prepay {
  const { data, sessions } = event;
  const bought = soonAfter(dice, atDay(data.startsOn), 20);
  const expiresAt = atMillis(bought + 365 * dayMs);
  const notice = state === 'active' ? nextNotice(expiresAt.toMillis(), seedMillis) : null;
  const sessionsUsed = usedOf(state, sessions, dice);
  const changed = state === 'expired' ? expiresAt : atMillis(soonAfter(dice, bought, 15));
  return {
    ownerUid: owner.id,
    orderId: `order-${id}`,
    hospitalId: data.hospitalId,
    hospitalName: data.hospitalName,
    eventId: event.id,
    eventTitle: data.title,
    optionId: 'standard',
    optionName: sessions === 1 ? '1회' : `${sessions}회`,
    paid: data.priceAfter,
    sessionsTotal: sessions,
    sessionsUsed,
    sessionsReturned: state === 'refunded' ? sessions : 0,
    state,
    ...{ codeStep: 0, isGift: false, giftUntil: null },
    expiresAt,
    nextNoticeAt: notice === null ? null : atMillis(notice),
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
    const state = nth(seededStates, index);
    const event = nth(state === 'expired' ? ended : running, Math.floor(index / seededStates.length));
    const id = `voucher-${String(index + 1).padStart(3, '0')}`;
    return { id, data: voucherOf(id, state, event, ownerFor(event, users, index, dice), dice) };
  });
  return documents(vouchers, 'prepays');
}
