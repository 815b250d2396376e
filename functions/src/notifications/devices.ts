/** Devices of members. One has one member: whoever signs in on it last. */
import { createHash } from 'node:crypto';
import { heldIn } from '../access/granting.ts';
import { users } from '../accounts/members.ts';
import { AppError } from '../platform/errors.ts';
import { db, FieldValue, isStale, Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { type Device, deviceOwnerSchema, type PushSettings, pushSettingsSchema } from './schema.ts';

export const settingsOf = (uid: string) => collection(`users/${uid}/private`, pushSettingsSchema).doc('push');
const owners = () => collection('devices', deviceOwnerSchema);

export const mostDevices = 5;
/** An app says at every start that it is there; it is written down once in so long. */
const seenForMs = 7 * 86_400_000;

export const deviceIdOf = (token: string): string =>
  createHash('sha256').update(token).digest('hex').slice(0, 32);

type Devices = PushSettings['devices'];

/** The devices a member has with this one; beyond the bound those not seen for longest go. Pure. */
export function devicesWith(
  devices: Devices,
  id: string,
  device: Device,
): { kept: Devices; dropped: string[] } {
  const others = Object.entries(devices)
    .filter(([each]) => each !== id)
    .sort(([, one], [, other]) => other.seenAt.toMillis() - one.seenAt.toMillis());
  const dropped = others.slice(mostDevices - 1).map(([each]) => each);
  return { kept: { ...Object.fromEntries(others.slice(0, mostDevices - 1)), [id]: device }, dropped };
}

const holdsRole = async (tx: Transaction, uid: string): Promise<boolean> =>
  heldIn((await tx.get(db().doc(`roles/${uid}`))).get('holds')) !== null;
const hasProfile = async (tx: Transaction, uid: string): Promise<boolean> =>
  (await tx.get(db().doc(users().doc(uid).path))).exists;

/** Staff of hospitals and operators sign in with Google and have no profile. */
const isKnown = async (tx: Transaction, uid: string): Promise<boolean> =>
  (await hasProfile(tx, uid)) || holdsRole(tx, uid);

/**
 * Notes that a member, or somebody who holds a role and has no profile, is signed in on a device. One that was somebody else’s is theirs no longer. Saying it again is one
 * look, and a write once a week. Errors: USER_NOT_FOUND.
 */
export async function registerDevice(uid: string, { token, platform }: Pick<Device, 'token' | 'platform'>) {
  const id = deviceIdOf(token);
  await db().runTransaction(async (tx) => {
    const [settings, owner] = await Promise.all([tx.get(settingsOf(uid)), tx.get(owners().doc(id))]);
    const now = Timestamp.now();
    const devices = settings.data()?.devices ?? {};
    const seenAt = devices[id]?.seenAt.toMillis() ?? 0;
    const formerUid = owner.data()?.uid;
    if (formerUid === uid && now.toMillis() - seenAt < seenForMs) return;
    const former = formerUid === undefined || formerUid === uid ? null : await tx.get(settingsOf(formerUid));
    if (!settings.exists && !(await isKnown(tx, uid))) throw new AppError('USER_NOT_FOUND');
    const { kept, dropped } = devicesWith(devices, id, { token, platform, seenAt: now });
    tx.set(settings.ref, { devices: kept }, { mergeFields: ['devices'] });
    tx.set(owners().doc(id), { uid });
    for (const each of dropped) tx.delete(owners().doc(each));
    if (former?.exists) tx.update(former.ref, `devices.${id}`, FieldValue.delete());
  });
}

/** Takes devices from a member. What is gone already is as good; nothing is made anew. */
export async function forgetDevices(uid: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const batch = db().batch();
  const gone = Object.fromEntries(ids.map((id) => [`devices.${id}`, FieldValue.delete()]));
  batch.update(db().doc(settingsOf(uid).path), gone);
  for (const id of ids) batch.delete(db().doc(owners().doc(id).path));
  await batch.commit().catch((error: unknown) => {
    if (!isStale(error)) throw error;
  });
}

/** Forgets the devices of whoever held a role and is nobody else: after the role nothing rings there. */
export async function forgetFormerHolder(uid: string): Promise<void> {
  await db().runTransaction(async (tx) => {
    if (await holdsRole(tx, uid)) return;
    const [isMember, settings] = await Promise.all([hasProfile(tx, uid), tx.get(settingsOf(uid))]);
    if (isMember || !settings.exists) return;
    for (const id of Object.keys(settings.data()?.devices ?? {})) tx.delete(owners().doc(id));
    tx.delete(settings.ref);
  });
}

/** Takes a device from a member who signs out of it. Another’s is left alone. */
export async function unregisterDevice(uid: string, token: string): Promise<void> {
  const id = deviceIdOf(token);
  const owner = (await owners().doc(id).get()).data();
  if (owner?.uid === uid) await forgetDevices(uid, [id]);
}
