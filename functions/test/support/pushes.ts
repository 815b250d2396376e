/** Phones that are pushed to, through the FCM stand-in, and members who have one. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../../src/accounts/schema.ts';
import { deviceIdOf, settingsOf } from '../../src/notifications/devices.ts';
import type { Push } from '../../src/notifications/schema.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { env } from './app.ts';
import { makeAccount } from './people.ts';

/** What runs in the test's own process is configured as the functions are. */
export const asSender = () => ({
  FUNCTIONS_EMULATOR: 'true',
  MAIL_FROM: '닥터피치 <no-reply@doctorpitch.example>',
  MAIL_REPLY_TO: 'help@doctorpitch.example',
  IDENTITY_SECRET: 'local-identity-secret',
  FCM_API_BASE: env('STANDIN_FCM_URL'),
});

const takenShape = z.array(
  z.object({
    at: z.string(),
    message: z.looseObject({
      token: z.string(),
      data: z.record(z.string(), z.string()),
      notification: z.object({ title: z.string(), body: z.string() }).optional(),
      android: z.looseObject({
        ttl: z.string(),
        collapse_key: z.string().optional(),
        notification: z.looseObject({ tag: z.string() }).optional(),
      }),
      apns: z.object({
        headers: z.record(z.string(), z.string()),
        payload: z.object({ aps: z.looseObject({ badge: z.number().optional() }) }),
      }),
    }),
  }),
);
export type Taken = z.infer<typeof takenShape>[number]['message'];

/** What FCM took for a device, oldest first. */
export async function takenFor(token: string): Promise<Taken[]> {
  const url = `${env('STANDIN_FCM_URL')}/__control/messages?token=${encodeURIComponent(token)}`;
  return takenShape.parse(await (await fetch(url)).json()).map(({ message }) => message);
}

export interface Owner {
  readonly uid: string;
  readonly token: string;
}

export const tokenOf = (beginning = 'phone') => `${beginning}-${randomUUID()}`;

/** Gives a member a phone, as `registerDevice` does. */
export async function givePhone(
  uid: string,
  token: string,
  platform: 'ios' | 'android' = 'android',
): Promise<void> {
  const id = deviceIdOf(token);
  const device = { token, platform, seenAt: Timestamp.now() };
  const batch = db().batch();
  batch.set(db().doc(settingsOf(uid).path), { devices: { [id]: device } }, { merge: true });
  batch.set(db().doc(`devices/${id}`), { uid });
  await batch.commit();
}

/** A member with a phone whose token begins so. */
export async function newOwner(beginning = 'phone', platform: 'ios' | 'android' = 'android'): Promise<Owner> {
  const uid = `member-${randomUUID()}`;
  const token = tokenOf(beginning);
  await givePhone(uid, token, platform);
  return { uid, token };
}

type Consents = Account['consents'];
const consent = (granted: boolean) => ({ version: 1, granted, at: Timestamp.now() });
export const consents = {
  none: {},
  ads: { adPush: consent(true), nightPush: consent(false) },
  nights: { adPush: consent(true), nightPush: consent(true) },
  withdrawn: { adPush: consent(false), nightPush: consent(false) },
} satisfies Record<string, Consents>;

export const agrees = (uid: string, said: Consents) =>
  db().doc(`users/${uid}/private/account`).update({ consents: said });

/** A member with a phone and an account, who has said so of advertising. */
export async function newReader(said: Consents): Promise<Owner> {
  const owner = await newOwner();
  const nickname = `독자${owner.uid.slice(-8)}`;
  await makeAccount(owner.uid, { nickname, email: null, phone: null });
  await agrees(owner.uid, said);
  return owner;
}

export const pushOf = async (id: string): Promise<Push | undefined> =>
  (await db().doc(`pushes/${id}`).get()).data() as Push | undefined;

export const knownDevices = async ({ uid, token }: Owner) => {
  const id = deviceIdOf(token);
  const [settings, owner] = await Promise.all([settingsOf(uid).get(), db().doc(`devices/${id}`).get()]);
  return { listed: settings.data()?.devices[id] !== undefined, owned: owner.get('uid') === uid };
};
