/**
 * Pushes, from what is told to the device, which is the FCM stand-in’s: to the right people, once, and advertising at a
 * lawful hour by the clock of Korea in the moment of sending.
 */
import { randomUUID } from 'node:crypto';
import { signInWithCustomToken } from 'firebase/auth';
import {
  Timestamp as ClientTimestamp,
  deleteDoc,
  doc,
  serverTimestamp,
  setDoc,
  updateDoc,
} from 'firebase/firestore';
import { confirmAdConsents } from '../../src/notifications/adConsents.ts';
import { sendCampaigns } from '../../src/notifications/campaigns.ts';
import { notify } from '../../src/notifications/notify.ts';
import { queuePush } from '../../src/notifications/push.ts';
import { retryPush } from '../../src/notifications/retry.ts';
import type { NewPush } from '../../src/notifications/schema.ts';
import { sendPush, sweepPushes } from '../../src/notifications/sending.ts';
import { leaseMs, mostAttempts } from '../../src/notifications/sendingPlan.ts';
import { unreadOf } from '../../src/notifications/unread.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { queueTask } from '../../src/platform/tasks.ts';
import {
  control,
  env,
  eventually,
  joining,
  knownToKakao,
  newPhone,
  type Phone,
  refusal,
  signInWithGoogle,
} from '../support/app.ts';
import { aHospital, aMember, putPhonesAway } from '../support/chatters.ts';
import { work } from '../support/leaver.ts';
import {
  agrees,
  asSender,
  consents,
  givePhone,
  knownDevices,
  newOwner,
  newReader,
  type Owner,
  pushOf,
  takenFor,
  tokenOf,
} from '../support/pushes.ts';

jest.mock('../../src/platform/tasks.ts', () => ({ queueTask: jest.fn().mockResolvedValue(undefined) }));
const queued = jest.mocked(queueTask);

Object.assign(process.env, asSender());
const logged: string[] = [];
beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const)
    jest.spyOn(log, level).mockImplementation((...said) => {
      logged.push(JSON.stringify(said));
    });
});

const hour = 3_600_000;
const day = 24 * hour;
/** A time of tomorrow in Korea, or so many days later: whatever is queued now is due. */
function korea(time: string, later = 1): number {
  const today = new Date(Date.now() + 9 * hour + later * day).toISOString().slice(0, 10);
  return Date.parse(`${today}T${time}+09:00`);
}
const at = (ms: number) => () => ms;
const text = { title: '새 댓글', body: '회원님의 글에 댓글이 달렸습니다.', target: 'TempReplies/r1' };

function aPush(owners: readonly Owner[], more: Partial<NewPush> = {}): NewPush {
  const uids = owners.map(({ uid }) => uid);
  return { ...text, cause: `cause-${randomUUID()}`, uids, kind: 'reply', advertising: false, ...more };
}
async function sent(owners: readonly Owner[], more: Partial<NewPush> = {}, now = Date.now() + 1_000) {
  const push = aPush(owners, more);
  await queuePush(push);
  return { id: push.cause, outcome: await sendPush(push.cause, at(now)) };
}
const countFor = async ({ token }: Owner) => (await takenFor(token)).length;

const phones: Phone[] = [];
afterAll(() => Promise.all(phones.map((phone) => phone.close())));

let people = 9_700_000_000 + Math.floor(Math.random() * 90_000_000);
async function joined(...more: Parameters<typeof joining>) {
  people += 1;
  const phone = newPhone();
  phones.push(phone);
  const accessToken = await knownToKakao(people, { profile: { nickname: `알림${people}` } });
  const input = { accessToken, join: joining(...more) };
  const { customToken } = await phone.call<{ customToken: string }>('kakaoSignIn', input);
  const { user } = await signInWithCustomToken(phone.auth, customToken);
  return { phone, uid: user.uid };
}

describe('a member’s devices', () => {
  const settings = async (uid: string) => (await db().doc(`users/${uid}/private/push`).get()).data();

  it('are registered by the app, and belong to whoever signed in last', async () => {
    const [minji, seojun] = [await joined(), await joined()];
    const token = tokenOf();
    await minji.phone.call('registerDevice', { token, platform: 'ios' });
    const mine = { uid: minji.uid, token };
    expect(await knownDevices(mine)).toEqual({ listed: true, owned: true });
    await seojun.phone.call('registerDevice', { token, platform: 'ios' });
    expect(await knownDevices(mine)).toEqual({ listed: false, owned: false });
    expect(await knownDevices({ uid: seojun.uid, token })).toEqual({ listed: true, owned: true });
    // Somebody who no longer has it takes it from nobody.
    await minji.phone.call('unregisterDevice', { token });
    expect(await knownDevices({ uid: seojun.uid, token })).toEqual({ listed: true, owned: true });
    await seojun.phone.call('unregisterDevice', { token });
    expect(await knownDevices({ uid: seojun.uid, token })).toEqual({ listed: false, owned: false });
  });

  it('are five at most, keep the switches, and are nobody’s who is not signed in', async () => {
    const { phone, uid } = await joined();
    const own = doc(phone.firestore, `users/${uid}/private/push`);
    await setDoc(own, { muted: ['reply'], readUpTo: null, updatedAt: serverTimestamp() });
    const tokens = Array.from({ length: 6 }, () => tokenOf());
    for (const token of tokens) await phone.call('registerDevice', { token, platform: 'android' });
    const kept = await settings(uid);
    expect(kept?.muted).toEqual(['reply']);
    expect(Object.keys(kept?.devices)).toHaveLength(5);
    expect(await knownDevices({ uid, token: tokens[0] ?? '' })).toEqual({ listed: false, owned: false });
    const stranger = newPhone();
    phones.push(stranger);
    const device = { token: tokenOf(), platform: 'web' };
    expect(await refusal(stranger, 'registerDevice', device)).toMatchObject({ reason: 'SIGN_IN_REQUIRED' });
    for (const wrong of [
      { ...device, uid: 'other' },
      { token: '' },
      { token: 'a b', platform: 'ios' },
      { token: 7 },
    ])
      expect(await refusal(phone, 'registerDevice', wrong)).toMatchObject({ reason: 'INVALID_INPUT' });
  });

  it('may be signed out of by somebody who is suspended', async () => {
    const { phone, uid } = await joined();
    const token = tokenOf();
    await phone.call('registerDevice', { token, platform: 'ios' });
    const until = Timestamp.fromMillis(Date.now() + hour);
    await db()
      .doc(`standings/${uid}`)
      .set({
        ...{ suspendedUntil: until, reason: '시험', rolesEndedAt: null, by: 'operator-1', problems: [] },
        updatedAt: Timestamp.now(),
      });
    expect(await refusal(phone, 'registerDevice', { token, platform: 'ios' })).toMatchObject({
      reason: 'SUSPENDED',
    });
    await phone.call('unregisterDevice', { token });
    expect(await knownDevices({ uid, token })).toEqual({ listed: false, owned: false });
  });
});

describe('the devices of staff, who have no profile', () => {
  afterAll(putPhonesAway);
  it('are registered, ring when a patient writes, and are forgotten when the role ends', async () => {
    const [hospital, patient, phone] = [await aHospital(), await aMember(), newPhone()];
    phones.push(phone);
    const [email, token] = [`${randomUUID()}@staff.example`, tokenOf()];
    const uid = await signInWithGoogle(phone, email);
    const device = { token, platform: 'ios' };
    expect(await refusal(phone, 'registerDevice', device)).toMatchObject({ reason: 'USER_NOT_FOUND' });
    const holds = { role: 'hospitalStaff', hospitalIds: [hospital.id] };
    const given = { grantedBy: 'owner-1', problems: [], updatedAt: Timestamp.now() };
    await db()
      .doc(`allowedOperators/${email}`)
      .set({ addedBy: 'owner-1', addedAt: Timestamp.now(), problems: [] });
    await db()
      .doc(`roles/${uid}`)
      .set({ ...holds, holds, email, ...given });
    await phone.call('registerDevice', device);
    const roomId = await patient.consult(hospital.id, hospital.name);
    await patient.say(roomId, '쌍꺼풀 상담 가능한가요?');
    await eventually('the desk rings', async () => (await takenFor(token)).length === 1);
    await db().doc(`roles/${uid}`).delete();
    await eventually('the device is forgotten', async () => {
      const { listed, owned } = await knownDevices({ uid, token });
      return !listed && !owned;
    });
    expect((await db().doc(`users/${uid}/private/push`).get()).exists).toBe(false);
  });
});

describe('what a member is told', () => {
  const rung = (token: string, times = 1) =>
    eventually(`${token} rings`, async () => {
      const taken = await takenFor(token);
      return taken.length >= times && taken;
    });

  it('rings on every device, once for its cause, with how many are unread', async () => {
    const { phone, uid } = await joined();
    const [ios, android] = [tokenOf(), tokenOf()];
    await phone.call('registerDevice', { token: ios, platform: 'ios' });
    await phone.call('registerDevice', { token: android, platform: 'android' });
    await notify(uid, 'reply-1', { kind: 'reply', ...text });
    const [first] = await rung(ios);
    await notify(uid, 'reply-1', { kind: 'reply', ...text });
    await notify(uid, 'reply-2', { kind: 'reply', ...text });
    const taken = await rung(ios, 2);
    expect(await rung(android, 2)).toHaveLength(2);
    expect(taken).toHaveLength(2);
    expect(first).toMatchObject({
      notification: { title: '새 댓글' },
      data: { kind: 'reply', target: 'TempReplies/r1' },
    });
    expect(taken.map(({ apns }) => apns.payload.aps.badge)).toEqual([1, 2]);
    expect((await pushOf(`${uid}~reply-1`))?.tally).toEqual({ sent: 2, dead: 0, refused: 0, unwanted: 0 });
  });

  it('does not ring where its kind is muted, and is there in the app all the same', async () => {
    const { phone, uid } = await joined();
    const token = tokenOf();
    await phone.call('registerDevice', { token, platform: 'ios' });
    const own = doc(phone.firestore, `users/${uid}/private/push`);
    await setDoc(own, { muted: ['reply'], readUpTo: null, updatedAt: serverTimestamp() }, { merge: true });
    await notify(uid, 'reply-1', { kind: 'reply', ...text });
    await notify(uid, 'mention-1', { kind: 'mention', ...text });
    expect((await rung(token)).map(({ data }) => data.kind)).toEqual(['mention']);
    expect(await unreadOf(uid, null)).toBe(2);
    expect(await pushOf(`${uid}~reply-1`)).toBeUndefined();
  });

  it('is counted as unread exactly: read by itself, all at once, deleted, and what came meanwhile', async () => {
    const { phone, uid } = await joined();
    const told = async (from: number, to: number) => {
      const causes = Array.from({ length: to - from }, (_, n) => `burst-${from + n}`);
      // Every event twice, all at once.
      await Promise.all(
        [...causes, ...causes].map((cause) => notify(uid, cause, { kind: 'reply', ...text })),
      );
    };
    const own = (path: string) => doc(phone.firestore, `users/${uid}/${path}`);
    const all = async () => {
      const found = await db().collection(`users/${uid}/notifications`).orderBy('createdAt').get();
      return found.docs.map((each) => ({ id: each.id, createdAt: each.get('createdAt') as Timestamp }));
    };
    await told(0, 30);
    expect(await unreadOf(uid, null)).toBe(30);
    await updateDoc(own('notifications/burst-3'), { readAt: serverTimestamp() });
    await deleteDoc(own('notifications/burst-4'));
    expect(await unreadOf(uid, null)).toBe(28);
    const newest = (await all()).at(-1)?.createdAt ?? Timestamp.now();
    // While the member marks what they see, more arrives.
    const mark = {
      muted: [],
      readUpTo: new ClientTimestamp(newest.seconds, newest.nanoseconds),
      updatedAt: serverTimestamp(),
    };
    await Promise.all([told(30, 50), setDoc(own('private/push'), mark, { merge: true })]);
    const behind = (await all()).filter(({ createdAt }) => createdAt.valueOf() > newest.valueOf());
    expect(behind.length).toBe(20);
    expect(await unreadOf(uid, newest)).toBe(20);
    await updateDoc(own(`notifications/${behind[0]?.id}`), { readAt: serverTimestamp() });
    expect(await unreadOf(uid, newest)).toBe(19);
  });

  it('of a consent to advertising is what became of it, and that it still stands after two years', async () => {
    const { phone, uid } = await joined('adPush');
    const news = async (id: string) => (await db().doc(`users/${uid}/notifications/${id}`).get()).data();
    const first = await eventually('the result is told', () => news('consent-joined'));
    expect(first.body).toMatch(/^20\d\d-\d\d-\d\d 처리: 광고성 정보 수신 동의\. 보낸 이 닥터피치/);
    const due = (await db().doc(`adConsents/${uid}`).get()).get('confirmAt') as Timestamp;
    expect(Math.round((due.toMillis() - Date.now()) / day)).toBeGreaterThanOrEqual(729);
    await confirmAdConsents(due.toMillis() - 1_000);
    const confirms = () =>
      db().collection(`users/${uid}/notifications`).where('title', '==', '광고성 정보 수신 동의 확인').get();
    expect((await confirms()).size).toBe(0);
    await Promise.all([confirmAdConsents(due.toMillis()), confirmAdConsents(due.toMillis())]);
    await confirmAdConsents(due.toMillis());
    expect((await confirms()).size).toBe(1);
    const next = (await db().doc(`adConsents/${uid}`).get()).get('confirmAt') as Timestamp;
    expect(new Date(next.toMillis()).getUTCFullYear()).toBe(new Date(due.toMillis()).getUTCFullYear() + 2);
    const no = [{ type: 'adPush', version: 1, granted: false }];
    await phone.call('recordConsents', { consents: no, channel: 'app' });
    await eventually('the refusal is told', async () => {
      const told = await db().collection(`users/${uid}/notifications`).get();
      return told.docs.some((each) => String(each.get('body')).includes('광고성 정보 수신 거부(동의 철회)'));
    });
    expect((await db().doc(`adConsents/${uid}`).get()).exists).toBe(false);
    await confirmAdConsents(next.toMillis() + 5 * 365 * day);
    expect((await confirms()).size).toBe(1);
  });
});

/** The workers themselves. Background triggers are off, so that what is seen is these deliveries’ doing. */
describe('sending a push', () => {
  const hub = (verb: string) =>
    fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });
  beforeAll(() => hub('disable'));
  afterAll(() => hub('enable'));
  afterEach(() => fetch(`${env('STANDIN_FCM_URL')}/__control/faults`, { method: 'DELETE' }));
  const fault = (data: Record<string, unknown>) =>
    control('STANDIN_FCM_URL', 'fault', { match: { path: '/v1/*' }, ...data });

  describe('what FCM answers', () => {
    it.each([
      ['dead', { dead: 1 }],
      ['gone', { dead: 1 }],
      ['bad', { dead: 1 }],
      ['odd', { dead: 1 }],
      ['other', { dead: 1 }],
    ])('%s-…: the token is forgotten, and only that', async (beginning, tally) => {
      const owner = await newOwner(beginning);
      const good = tokenOf();
      await givePhone(owner.uid, good);
      const { id, outcome } = await sent([owner]);
      expect(outcome).toBe('sent');
      expect(await pushOf(id)).toMatchObject({ state: 'SENT', tally: { ...tally, sent: 1, refused: 0 } });
      expect(await knownDevices(owner)).toEqual({ listed: false, owned: false });
      expect(await knownDevices({ uid: owner.uid, token: good })).toEqual({ listed: true, owned: true });
      expect(await takenFor(good)).toHaveLength(1);
    });

    it('another project’s token also raises an alarm', () => {
      expect(logged.join('\n')).toContain('push.foreignTokens');
    });

    it('a message that only this device refuses is given up, and the token kept', async () => {
      const owner = await newOwner('picky');
      const { id } = await sent([owner]);
      expect(await pushOf(id)).toMatchObject({ state: 'SENT', failure: 'MESSAGE', tally: { refused: 1 } });
      expect(await knownDevices(owner)).toEqual({ listed: true, owned: true });
    });

    it.each([
      ['denied', 'PERMISSION'],
      ['apns', 'PLATFORM_CREDENTIAL'],
      ['broken', 'INTERNAL'],
    ])('%s-…: tried later, and nobody is forgotten', async (beginning, failure) => {
      const owner = await newOwner(beginning);
      const { id, outcome } = await sent([owner]);
      expect(outcome).toBe('again');
      expect(await pushOf(id)).toMatchObject({
        state: 'PENDING',
        failure,
        attempts: 1,
        waiting: [owner.uid],
      });
      expect(await knownDevices(owner)).toEqual({ listed: true, owned: true });
    });

    it('no quota: at least a minute, as long as FCM says, and nothing more of the batch', async () => {
      const busy = await newOwner('busy');
      const now = Date.now() + 1_000;
      const { id } = await sent([busy], {}, now);
      const waiting = await pushOf(id);
      expect(waiting).toMatchObject({ state: 'PENDING', failure: 'QUOTA' });
      expect(waiting?.dueAt?.toMillis()).toBe(now + 90_000);
      expect(queued).toHaveBeenLastCalledWith('sendPush', expect.any(String), { pushId: id }, now + 90_000);
      expect(await sendPush(id, at(now + 89_999))).toBe('early');
      await control('STANDIN_FCM_URL', 'clock', { now: now + 95_000 });
      expect(await sendPush(id, at(now + 90_000))).toBe('sent');
      await control('STANDIN_FCM_URL', 'clock', { now: null });
      expect(await countFor(busy)).toBe(1);
    });

    it('several things at once: the longest wait holds', async () => {
      const owners = [await newOwner('apns'), await newOwner('busy'), await newOwner('broken')];
      const now = Date.now() + 1_000;
      const { id } = await sent(owners, {}, now);
      expect(await pushOf(id)).toMatchObject({ failure: 'PLATFORM_CREDENTIAL' });
      expect((await pushOf(id))?.dueAt?.toMillis()).toBe(now + 90_000);
    });

    it('unavailable twice: sent with the third attempt', async () => {
      const flaky = await newOwner('flaky');
      const now = Date.now() + 1_000;
      const { id } = await sent([flaky], {}, now);
      expect(await sendPush(id, at(now + 10_000))).toBe('again');
      expect(await sendPush(id, at(now + 40_000))).toBe('sent');
      expect(await pushOf(id)).toMatchObject({ state: 'SENT', attempts: 3, failure: null });
      expect(await countFor(flaky)).toBe(1);
    });

    it('no answer: tried later; an answer that was lost is made good by what replaces itself', async () => {
      const owner = await newOwner();
      await fault({ kind: 'reset', after: true, times: 1 });
      const now = Date.now() + 1_000;
      const { id } = await sent([owner], {}, now);
      expect(await pushOf(id)).toMatchObject({ state: 'PENDING', failure: 'UNREACHABLE' });
      expect(await sendPush(id, at(now + 10_000))).toBe('sent');
      const [first, second] = await takenFor(owner.token);
      expect(second?.android.notification?.tag).toBe(first?.android.notification?.tag);
      expect(second?.apns.headers['apns-collapse-id']).toBe(first?.apns.headers['apns-collapse-id']);
    });

    it('never: it is given up visibly, and an operator has it sent to those who wait alone', async () => {
      const [broken, fine] = [await newOwner('broken'), await newOwner()];
      let now = Date.now() + 1_000;
      const { id } = await sent([broken, fine], {}, now);
      for (let attempt = 2; attempt <= mostAttempts; attempt += 1) {
        now = (await pushOf(id))?.dueAt?.toMillis() ?? 0;
        await sendPush(id, at(now));
      }
      expect(await pushOf(id)).toMatchObject({
        ...{
          state: 'FAILED',
          failure: 'INTERNAL',
          dueAt: null,
          waiting: [broken.uid],
          attempts: mostAttempts,
        },
      });
      await sweepPushes(now + day);
      expect(await pushOf(id)).toMatchObject({ state: 'FAILED' });
      await givePhone(broken.uid, tokenOf());
      await retryPush(id, 'operator-1');
      await expect(retryPush(id, 'operator-1')).rejects.toMatchObject({ reason: 'PUSH_NOT_FAILED' });
      expect(await sendPush(id, at(Date.now() + 1_000))).toBe('again');
      expect(await countFor(fine)).toBe(1);
      expect((await pushOf(id))?.tally.sent).toBe(2);
    });
  });

  it('goes to those only who have not had it, when some could not be reached', async () => {
    const [fine, flaky, dead] = [await newOwner(), await newOwner('flaky'), await newOwner('dead')];
    const second = tokenOf();
    await givePhone(flaky.uid, second);
    const now = Date.now() + 1_000;
    const { id } = await sent([fine, flaky, dead], {}, now);
    expect(await pushOf(id)).toMatchObject({
      state: 'PENDING',
      waiting: [flaky.uid],
      failure: 'UNAVAILABLE',
    });
    expect((await pushOf(id))?.settled).toHaveLength(1);
    await sendPush(id, at(now + 10_000));
    await sendPush(id, at(now + 40_000));
    expect(await pushOf(id)).toMatchObject({ state: 'SENT', tally: { sent: 3, dead: 1 } });
    expect(await countFor(fine)).toBe(1);
    expect(await takenFor(second)).toHaveLength(1);
  });

  it('happens once, however often its cause is queued and its task delivered', async () => {
    const owner = await newOwner();
    const push = aPush([owner]);
    await Promise.all([1, 2, 3].map(() => queuePush(push)));
    const now = Date.now() + 1_000;
    await Promise.all([1, 2, 3, 4].map(() => sendPush(push.cause, at(now))));
    await sweepPushes(now);
    await queuePush(push);
    expect(await sendPush(push.cause, at(now))).toBe('left');
    expect(await countFor(owner)).toBe(1);
  });

  it('collapses a burst of one room into one push when its window ends', async () => {
    const [one, other] = [await newOwner(), await newOwner('phone', 'ios')];
    const window = {
      cause: `chat-room-${randomUUID()}`,
      kind: 'chat',
      collapse: 'Chatting/r1',
      delayMs: 5_000,
    } as const;
    const push = aPush([one, other], window);
    for (let message = 0; message < 50; message += 1) await queuePush({ ...push, body: `메시지 ${message}` });
    expect(await sendPush(push.cause, at(Date.now()))).toBe('early');
    expect(await sendPush(push.cause, at(Date.now() + 6_000))).toBe('sent');
    expect(await countFor(one)).toBe(1);
    const [message] = await takenFor(other.token);
    expect(message?.android.collapse_key).toBe(message?.apns.headers['apns-collapse-id']);
  });

  it('tells the app alone when it is data only', async () => {
    const owner = await newOwner();
    await sent([owner], { dataOnly: true });
    const [message] = await takenFor(owner.token);
    expect(message).not.toHaveProperty('notification');
    expect(message?.data).toMatchObject({ kind: 'reply', title: '새 댓글' });
  });

  it('is the sweep’s when the task was lost, and when its worker died', async () => {
    const [lost, died] = [await newOwner(), await newOwner()];
    const pushes = [aPush([lost]), aPush([died])] as const;
    for (const push of pushes) await queuePush(push);
    const now = Date.now() + 1_000;
    await db()
      .doc(`pushes/${pushes[1].cause}`)
      .update({
        ...{ state: 'SENDING', attempts: 1, dueAt: Timestamp.fromMillis(now + leaseMs) },
      });
    await sweepPushes(now);
    expect([await countFor(lost), await countFor(died)]).toEqual([1, 0]);
    await sweepPushes(now + leaseMs);
    expect([await countFor(lost), await countFor(died)]).toEqual([1, 1]);
  });

  it('ends visibly when workers keep dying at it', async () => {
    const push = aPush([await newOwner()]);
    await queuePush(push);
    await db().doc(`pushes/${push.cause}`).update({ state: 'SENDING', attempts: mostAttempts });
    expect(await sendPush(push.cause, at(Date.now() + 1_000))).toBe('failed');
    expect(await pushOf(push.cause)).toMatchObject({ state: 'FAILED', failure: 'UNFINISHED', dueAt: null });
  });

  it('does not bring back a push that was erased, nor a member taken off it', async () => {
    const [stays, leaves] = [await newOwner('flaky'), await newOwner('flaky')];
    const push = aPush([stays, leaves]);
    await queuePush(push);
    await fault({ kind: 'delay', ms: 1_000, times: 2 });
    const now = Date.now() + 1_000;
    await Promise.all([
      sendPush(push.cause, at(now)),
      eventually('it is being sent', async () => (await pushOf(push.cause))?.state === 'SENDING').then(() =>
        db()
          .doc(`pushes/${push.cause}`)
          .update({ uids: [stays.uid], waiting: [stays.uid] }),
      ),
    ]);
    expect(await pushOf(push.cause)).toMatchObject({
      state: 'PENDING',
      uids: [stays.uid],
      waiting: [stays.uid],
    });
    await db().doc(`pushes/${push.cause}`).delete();
    expect(await sendPush(push.cause, at(now + hour))).toBe('left');
  });

  it('reaches the others when one member’s settings are spoilt', async () => {
    const [spoilt, fine] = [await newOwner(), await newOwner()];
    await db().doc(`users/${spoilt.uid}/private/push`).update({ muted: 'all' });
    const { outcome } = await sent([spoilt, fine]);
    expect(outcome).toBe('sent');
    expect([await countFor(spoilt), await countFor(fine)]).toEqual([0, 1]);
  });

  it('by a worker that is killed anywhere: everybody gets it; nobody again whose batch was written down', async () => {
    const owners = await Promise.all(Array.from({ length: 250 }, () => newOwner()));
    // Before, within and behind the first batch of a hundred, and behind the second.
    for (const killAt of [1, 60, 140, 230]) {
      const push = aPush(owners);
      await queuePush(push);
      const before = await Promise.all(owners.map(countFor));
      const dead = await work('sendPush', { id: push.cause, killAt, now: Date.now() + 1_000 });
      expect(dead.killed).toBe(true);
      const left = await pushOf(push.cause);
      expect(left?.state).toBe('SENDING');
      expect(await sendPush(push.cause, at(Date.now() + 60_000))).toBe('left');
      expect(await sendPush(push.cause, at(Date.now() + leaseMs + 60_000))).toBe('sent');
      const after = await Promise.all(owners.map(countFor));
      const times = owners.map((_, index) => (after[index] ?? 0) - (before[index] ?? 0));
      expect(times.every((each) => each === 1 || each === 2)).toBe(true);
      const waited = new Set(left?.waiting);
      const again = owners.filter((_, index) => times[index] === 2);
      expect(again.every(({ uid }) => waited.has(uid))).toBe(true);
      expect(again.length).toBeLessThanOrEqual(100);
      const [repeated] = again;
      if (repeated) {
        const [one, other] = (await takenFor(repeated.token)).slice(-2);
        expect(one?.android.notification?.tag).toBe(other?.android.notification?.tag);
      }
    }
  }, 240_000);

  describe('that is advertising', () => {
    const promotion: Partial<NewPush> = {
      ...{ kind: 'promotion', advertising: true, title: '가을 기획전', body: '모았습니다.' },
    };
    const ad = (owners: readonly Owner[]) => aPush(owners, promotion);
    const readers = async () => ({
      ads: await newReader(consents.ads),
      nights: await newReader(consents.nights),
      withdrawn: await newReader(consents.withdrawn),
      silent: await newReader(consents.none),
    });
    const counts = async (all: Record<string, Owner>) =>
      Object.fromEntries(
        await Promise.all(
          Object.entries(all).map(async ([name, owner]) => [name, await countFor(owner)] as const),
        ),
      );

    it.each([
      ['20:59:59', { ads: 1, nights: 1, withdrawn: 0, silent: 0 }],
      ['21:00:00', { ads: 0, nights: 1, withdrawn: 0, silent: 0 }],
      ['07:59:59', { ads: 0, nights: 1, withdrawn: 0, silent: 0 }],
      ['08:00:00', { ads: 1, nights: 1, withdrawn: 0, silent: 0 }],
    ])('at %s reaches %j', async (time, expected) => {
      const all = await readers();
      await sent(Object.values(all), promotion, korea(time));
      expect(await counts(all)).toEqual(expected);
    });

    it('waits from 21:00:00 to 08:00:00 for those without the consent for the night', async () => {
      const all = await readers();
      const { id, outcome } = await sent(Object.values(all), promotion, korea('21:00:00'));
      const morning = korea('08:00:00', 2);
      expect(outcome).toBe('again');
      expect(await pushOf(id)).toMatchObject({
        state: 'PENDING',
        waiting: [all.ads.uid],
        attempts: 0,
        failure: null,
      });
      expect(queued).toHaveBeenLastCalledWith('sendPush', expect.any(String), { pushId: id }, morning);
      expect(await sendPush(id, at(korea('07:59:59', 2)))).toBe('early');
      expect(await sendPush(id, at(morning))).toBe('sent');
      expect(await counts(all)).toEqual({ ads: 1, nights: 1, withdrawn: 0, silent: 0 });
    });

    it('is judged when it is sent, not when it was queued: a queue that is late waits for the morning', async () => {
      const all = await readers();
      const push = ad(Object.values(all));
      await queuePush(push);
      // The queue hands it over hours late.
      await sendPush(push.cause, at(korea('23:30:00')));
      expect((await counts(all)).ads).toBe(0);
      await sweepPushes(korea('07:59:59', 2));
      expect((await counts(all)).ads).toBe(0);
      await sweepPushes(korea('08:00:00', 2));
      expect(await counts(all)).toEqual({ ads: 1, nights: 1, withdrawn: 0, silent: 0 });
    });

    it('stops in the middle of a batch when the night begins', async () => {
      const all = await Promise.all(Array.from({ length: 120 }, () => newReader(consents.ads)));
      const push = ad(all);
      await queuePush(push);
      // Every look at the clock is a moment later; the night begins on the way.
      let now = korea('20:59:59') + 900;
      await sendPush(push.cause, () => {
        now += 1;
        return now;
      });
      const sentByDay = (await Promise.all(all.map(countFor))).reduce((sum, each) => sum + each, 0);
      expect(sentByDay).toBeGreaterThan(0);
      expect(sentByDay).toBeLessThan(100);
      expect((await pushOf(push.cause))?.waiting).toHaveLength(120 - sentByDay);
      await sendPush(push.cause, at(korea('08:00:00', 2)));
      expect(await Promise.all(all.map(countFor))).toEqual(all.map(() => 1));
    }, 120_000);

    it('is not sent in the morning to who has withdrawn the consent over night, nor to who has muted it', async () => {
      const [withdraws, mutes] = [await newReader(consents.ads), await newReader(consents.ads)];
      const { id } = await sent([withdraws, mutes], promotion, korea('22:00:00'));
      await agrees(withdraws.uid, consents.withdrawn);
      await db()
        .doc(`users/${mutes.uid}/private/push`)
        .update({ muted: ['promotion'] });
      await sendPush(id, at(korea('08:00:00', 2)));
      expect([await countFor(withdraws), await countFor(mutes)]).toEqual([0, 0]);
      expect(await pushOf(id)).toMatchObject({ state: 'SENT', tally: { unwanted: 2, sent: 0 } });
    });

    it('says that it is, who sends it and how to refuse it, and is not kept into the night', async () => {
      const reader = await newReader(consents.ads);
      await sent([reader], promotion, korea('20:59:30'));
      const [message] = await takenFor(reader.token);
      expect(message?.notification?.title).toBe('(광고) 가을 기획전');
      expect(message?.notification?.body).toContain('닥터피치 help@doctorpitch.example · 무료 수신거부');
      expect(message?.android.ttl).toBe('30s');
    });

    it('transactional pushes carry none of that and wait for no morning', async () => {
      const reader = await newReader(consents.none);
      await sent([reader], { kind: 'prepay', title: '미리결제 완료' }, korea('23:00:00'));
      expect((await takenFor(reader.token))[0]?.notification?.title).toBe('미리결제 완료');
    });
  });

  describe('a campaign', () => {
    const campaign = (more: Record<string, unknown> = {}) => ({
      ...{
        campaignId: `autumn-${randomUUID()}`,
        title: '가을 기획전',
        body: '모았습니다.',
        target: 'Events/e1',
      },
      ...{ mostReceivers: 1_000, note: '시험', ...more },
    });
    const stored = async (id: string) => (await db().doc(`campaigns/${id}`).get()).data();

    it('is an operator’s to send', async () => {
      const { phone } = await joined();
      expect(await refusal(phone, 'sendCampaign', campaign())).toMatchObject({ reason: 'NOT_ALLOWED' });
      expect(await refusal(phone, 'retryPush', { pushId: 'x' })).toMatchObject({ reason: 'NOT_ALLOWED' });
    });

    it('goes page by page through who agreed, once each, whatever dies and runs twice; audited; bounded', async () => {
      const { noteCampaign } = await import('../../src/notifications/campaigns.ts');
      const readers = await Promise.all(Array.from({ length: 210 }, () => newReader(consents.ads)));
      const no = await newReader(consents.withdrawn);
      const given = campaign({ mostReceivers: 200_000 });
      await noteCampaign(given, 'operator-1');
      expect(await noteCampaign({ ...given, title: '다른 제목' }, 'operator-1')).toMatchObject({
        title: '가을 기획전',
      });
      await Promise.all([sendCampaigns(), sendCampaigns(), sendCampaigns()]);
      await sendCampaigns();
      const done = await stored(given.campaignId);
      expect(done).toMatchObject({ state: 'DONE' });
      const pages = await Promise.all(
        Array.from({ length: Number(done?.pages) }, (_, page) =>
          pushOf(`campaign-${given.campaignId}-${page}`),
        ),
      );
      const uids = pages.flatMap((page) => page?.uids ?? []);
      expect(pages.length).toBeGreaterThan(1);
      expect(new Set(uids).size).toBe(uids.length);
      expect(done?.reached).toBe(uids.length);
      for (const { uid } of readers) expect(uids).toContain(uid);
      expect(uids).not.toContain(no.uid);
      const audited = await db()
        .collection('auditLog')
        .where('target', '==', `campaigns/${given.campaignId}`)
        .get();
      expect(audited.docs.map((each) => each.get('action'))).toEqual(['campaign.send']);

      const few = campaign({ mostReceivers: 5 });
      await noteCampaign(few, 'operator-1');
      await sendCampaigns();
      expect(await stored(few.campaignId)).toMatchObject({ state: 'DONE', reached: 5, pages: 1 });

      const stopped = campaign();
      await noteCampaign(stopped, 'operator-1');
      await db().doc(`campaigns/${stopped.campaignId}`).update({ state: 'STOPPED' });
      await sendCampaigns();
      expect(await stored(stopped.campaignId)).toMatchObject({ state: 'STOPPED', reached: 0, pages: 0 });
    });
  });

  it('leaves ids, codes and counts in the logs, and nothing of what was said or of any token', () => {
    const all = logged.join('\n');
    for (const event of ['push.sent', 'push.swept', 'fcm.unanswered', 'campaign.paged'])
      expect(all).toContain(event);
    for (const secret of ['phone-', 'dead-', '새 댓글', '기획전', 'help@']) expect(all).not.toContain(secret);
  });
});
