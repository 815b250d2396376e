/** What telling a member and pushing to their devices is billed beyond the notification itself, and how soon it rings. */
import { randomUUID } from 'node:crypto';
import { newPush } from '../../functions/src/notifications/push.ts';
import type { NewPush } from '../../functions/src/notifications/schema.ts';
import { db, Timestamp } from '../../functions/src/platform/firebase.ts';
import { consents, givePhone, newOwner } from '../../functions/test/support/pushes.ts';
import { startFcm } from '../../standins/fcm.ts';
import { table } from '../docs/markdown.ts';
import { FUNCTIONS } from './mount.ts';
import { latencyOf, machine, number, whole } from './report.ts';
import { metered, onStage, type Stage } from './stage.ts';

const alone = 20;
const timed = 200;

const told = {
  kind: 'reply',
  title: '새 댓글',
  body: '회원님의 글에 댓글이 달렸습니다.',
  target: 'TempReplies/r1',
};
const pushed = { ...told, kind: 'chat', advertising: false } as const;

const owners = (count: number, platform: 'ios' | 'android' = 'android') =>
  Promise.all(Array.from({ length: count }, () => newOwner('phone', platform)));
const uidsOf = (list: readonly { readonly uid: string }[]) => list.map(({ uid }) => uid);

/** Tells members, each of them once: the event of a notification that is there. Its own write is not metered. */
async function ring(
  { functions }: Stage,
  uid: string,
  notificationId: string = randomUUID(),
): Promise<number> {
  const path = `users/${uid}/notifications/${notificationId}`;
  await db()
    .doc(path)
    .set({ ...told, createdAt: Timestamp.now(), readAt: null, purgeAt: Timestamp.now() });
  const event = { path, before: null, after: { ...told, readAt: null }, params: { uid, notificationId } };
  const { status, ms } = await functions.call('onNotificationCreated', event);
  if (status !== 204) throw new Error('a notification did not ring');
  return ms;
}

/** Sends a push that is queued; the write that queues it is not metered. */
async function send({ functions }: Stage, push: Omit<NewPush, 'cause' | 'title' | 'body' | 'target'>) {
  const cause = randomUUID();
  const { title, body, target } = told;
  const stored = newPush({ cause, title, body, target, ...push }, Date.now() - 60_000);
  await db().doc(`pushes/${cause}`).set(stored);
  return async () => {
    const body = Buffer.from(JSON.stringify({ data: { pushId: cause } }));
    const { status } = await functions.post('sendPush', { 'content-type': 'application/json' }, body);
    if (status !== 204) throw new Error('a push was not sent');
  };
}

async function rowOf(
  what: string,
  { meter }: Stage,
  times: number,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const { reads, writes, deletes } = await metered(meter, work);
  return [what, ...[reads, writes, deletes].map((total) => number(total / times))];
}

async function inTurn(uids: readonly string[], work: (uid: string) => Promise<unknown>): Promise<void> {
  for (const uid of uids) await work(uid);
}

async function readers(count: number): Promise<string[]> {
  const uids = uidsOf(await owners(count));
  const batch = db().batch();
  for (const uid of uids) batch.set(db().doc(`users/${uid}/private/account`), { consents: consents.nights });
  await batch.commit();
  return uids;
}

async function bills(stage: Stage): Promise<string[][]> {
  const nobody = Array.from({ length: alone }, () => randomUUID());
  const [androids, apples, several] = [
    uidsOf(await owners(alone)),
    uidsOf(await owners(alone, 'ios')),
    uidsOf(await owners(alone)),
  ];
  for (const uid of several) await givePhone(uid, randomUUID());
  const muted = uidsOf(await owners(alone));
  for (const uid of muted)
    await db()
      .doc(`users/${uid}/private/push`)
      .update({ muted: ['reply'] });
  const [again = ''] = androids;
  const dead = uidsOf(await Promise.all(Array.from({ length: alone }, () => newOwner('dead'))));
  const room = async (members: number) =>
    send(stage, { ...pushed, uids: uidsOf(await owners(members)), collapse: 'Chatting/r1' });
  const [ofTwo, ofThirty] = [await room(2), await room(30)];
  const advert = await send(stage, { kind: 'promotion', advertising: true, uids: await readers(200) });
  await ring(stage, again, 'told');
  return [
    await rowOf('a notification, no device', stage, alone, () => inTurn(nobody, (uid) => ring(stage, uid))),
    await rowOf('its kind muted', stage, alone, () => inTurn(muted, (uid) => ring(stage, uid))),
    await rowOf('an Android phone', stage, alone, () => inTurn(androids, (uid) => ring(stage, uid))),
    await rowOf('two of them', stage, alone, () => inTurn(several, (uid) => ring(stage, uid))),
    await rowOf('an iPhone: with its badge', stage, alone, () => inTurn(apples, (uid) => ring(stage, uid))),
    await rowOf('a phone that is no more', stage, alone, () => inTurn(dead, (uid) => ring(stage, uid))),
    await rowOf('the event again', stage, 1, () => ring(stage, again, 'told')),
    await rowOf('a push to a room of 2, sent', stage, 1, ofTwo),
    await rowOf('a push to a room of 30, sent', stage, 1, ofThirty),
    await rowOf('advertising to 200 members, sent', stage, 1, advert),
  ];
}

async function speed(stage: Stage): Promise<string> {
  const [uid = ''] = uidsOf(await owners(1));
  const samples: number[] = [];
  for (let n = 0; n < timed; n += 1) samples.push(await ring(stage, uid));
  const { p50, p95 } = latencyOf(samples);
  return `From the event of a notification until FCM has taken its push: p50 ${whole(p50)} ms, p95 ${whole(p95)} ms (${timed} in turn, ${machine()}).`;
}

export async function pushes(): Promise<string> {
  const fcm = await startFcm({ port: 0 });
  try {
    const params = { FCM_API_BASE: fcm.url, IDENTITY_SECRET: 'bench-identity-secret' };
    const [rows, times] = await onStage({ modules: [FUNCTIONS], instances: 1, params }, async (stage) => [
      await bills(stage),
      await speed(stage),
    ]);
    return `${table(['what', 'reads', 'writes', 'deletes'], rows)}\n\n${times}`;
  } finally {
    await fcm.close();
  }
}
