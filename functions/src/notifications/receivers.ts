/** Who of a push’s receivers is sent it, on which devices: looked at in the moment of sending. */

import type { z } from 'zod';
import { accountOf } from '../accounts/members.ts';
import { type Account, accountSchema } from '../accounts/schema.ts';
import { db } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { type AdPermission, adPermission } from './adHours.ts';
import { settingsOf } from './devices.ts';
import { type Device, type Push, type PushSettings, pushSettingsSchema } from './schema.ts';
import { unreadOf } from './unread.ts';

/** One device of one member that is to be sent the push. */
export interface Delivery {
  readonly uid: string;
  readonly deviceId: string;
  readonly device: Device;
  readonly badge: number | null;
  /** Whether it may be sent at a moment; asked again right before it is. */
  readonly permission: (moment: number) => AdPermission;
}

export interface Receivers {
  readonly deliveries: readonly Delivery[];
  /** Have no device, or none that still needs it. */
  readonly unreachable: readonly string[];
  /** Do not want it, or may not be sent it. */
  readonly unwilling: readonly string[];
}

/** A document somebody has spoilt concerns its owner only: the others are sent theirs. */
async function readAll<T extends z.ZodObject>(
  paths: readonly string[],
  schema: T,
): Promise<(z.infer<T> | undefined)[]> {
  if (paths.length === 0) return [];
  const found = await db().getAll(...paths.map((path) => db().doc(path)));
  return found.map((snapshot) => {
    const parsed = schema.safeParse(snapshot.data());
    if (snapshot.exists && !parsed.success) log.error('push.unreadable', { path: snapshot.ref.path });
    return parsed.data;
  });
}

const settingsFor = (uids: readonly string[]) =>
  readAll(
    uids.map((uid) => settingsOf(uid).path),
    pushSettingsSchema,
  );

async function consentsFor(uids: readonly string[]): Promise<Map<string, Account['consents']>> {
  const accounts = await readAll(
    uids.map((uid) => accountOf(uid).path),
    accountSchema.pick({ consents: true }),
  );
  return new Map(uids.map((uid, index) => [uid, accounts[index]?.consents ?? {}]));
}

/** Phones of Apple show the number they are told; the others count for themselves. */
async function badgeFor(uid: string, { devices, readUpTo }: PushSettings): Promise<number | null> {
  const shows = Object.values(devices).some(({ platform }) => platform === 'ios');
  return shows ? unreadOf(uid, readUpTo) : null;
}

type Told = Pick<Push, 'kind' | 'advertising' | 'settled'>;

/**
 * Reads receivers: one billed read each, one more for advertising where there is a device, and a count for those with a
 * phone of Apple. What the caller has read already it hands over (`known`).
 */
export async function readReceivers(
  uids: readonly string[],
  { kind, advertising, settled }: Told,
  now: number,
  known?: PushSettings,
): Promise<Receivers> {
  const settings = known ? [known] : await settingsFor(uids);
  const all = uids.map((uid, index) => ({ uid, settings: settings[index] }));
  const done = new Set(settled);
  const devicesOf = (each: PushSettings | undefined) =>
    Object.entries(each?.devices ?? {}).filter(([id]) => !done.has(id));
  const reachable = all.filter((each) => devicesOf(each.settings).length > 0);
  const willing = reachable.filter((each) => each.settings?.muted.includes(kind) !== true);
  const consents = advertising ? await consentsFor(willing.map(({ uid }) => uid)) : null;
  const permissionOf = (uid: string) => (moment: number) =>
    consents ? adPermission(consents.get(uid) ?? {}, moment) : ('now' as const);
  const allowed = willing.filter(({ uid }) => permissionOf(uid)(now) !== 'never');
  const deliveries = await Promise.all(
    allowed.map(async ({ uid, settings: each }) => {
      const badge = each ? await badgeFor(uid, each) : null;
      return devicesOf(each).map(([deviceId, device]) => ({
        ...{ uid, deviceId, device, badge, permission: permissionOf(uid) },
      }));
    }),
  );
  const uidsOf = (list: readonly { readonly uid: string }[]) => new Set(list.map(({ uid }) => uid));
  const [isReachable, isAllowed] = [uidsOf(reachable), uidsOf(allowed)];
  return {
    deliveries: deliveries.flat(),
    unreachable: uids.filter((uid) => !isReachable.has(uid)),
    unwilling: uids.filter((uid) => isReachable.has(uid) && !isAllowed.has(uid)),
  };
}
