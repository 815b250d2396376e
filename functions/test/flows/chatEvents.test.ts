/**
 * What follows from messages, with the trigger given the same events twice, late, reordered, concurrent, failing half-way
 * and in processes that are killed, against the emulator, and held against a plain model. Background triggers are off.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { takeConsult } from '../../src/chat/consult.ts';
import { messageWritten } from '../../src/chat/follow.ts';
import { emptyRoom, type Message, roomSchema } from '../../src/chat/schema.ts';
import { unreadIn } from '../../src/chat/unread.ts';
import { pushes } from '../../src/notifications/push.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { env } from '../support/app.ts';
import { work } from '../support/leaver.ts';

jest.mock('../../src/platform/tasks.ts', () => ({ queueTask: jest.fn().mockResolvedValue(undefined) }));

const hub = (verb: string) =>
  fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });
beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(log, level).mockImplementation();
  return hub('disable');
});
afterAll(() => hub('enable'));

const members = ['a', 'b', 'c'].map((name) => `${name}-${randomUUID().slice(0, 8)}`);
const opened = Timestamp.fromMillis(Date.UTC(2026, 10, 20));

async function newRoom(change: Record<string, unknown> = {}): Promise<string> {
  const roomId = `g-${randomUUID()}`;
  await db()
    .doc(`Chatting/${roomId}`)
    .set({
      ...{ ...emptyRoom, kind: 'group', hospitalId: null, hospitalName: null, title: '모임' },
      ...{ memberUids: members, peopleUids: members, names: {}, createdBy: members[0] },
      ...{ lastMessageAt: opened, createdAt: opened, ...change },
    });
  return roomId;
}

const messageOf = (senderUid: string, nth: number, text: string): Message => ({
  ...{ senderUid, senderName: '민지', senderRole: 'member', senderTitle: '', aboutUid: null, kind: 'text' },
  ...{ text, uploadPath: null, fileName: null, place: null, nth, deleted: false, hidden: false },
  ...{ attachment: null, editedAt: null, sentAt: Timestamp.now() },
});

type Delivery = () => Promise<void>;

/** Performs `act` and gives the event Firestore would send for it. */
async function deliveryOf(path: string, act: () => Promise<unknown>): Promise<Delivery> {
  const [, roomId = '', , messageId = ''] = path.split('/');
  const before = await db().doc(path).get();
  await act();
  const after = await db().doc(path).get();
  // The handler reads snapshots only.
  const change = { before, after } as unknown as Change<DocumentSnapshot>;
  return () => messageWritten(roomId, messageId, change);
}

interface Step {
  readonly who: number;
  readonly later: 'stands' | 'edited' | 'back';
}
const step = fc.record({
  who: fc.integer({ min: 0, max: 2 }),
  later: fc.constantFrom('stands', 'edited', 'back'),
}) as fc.Arbitrary<Step>;

/** A talk in a room: its events, and what the room must say of it in the end. */
async function talk(roomId: string, steps: readonly Step[]) {
  const sent: Record<string, number> = {};
  const deliveries: Delivery[] = [];
  let last = '';
  for (const [index, { who, later }] of steps.entries()) {
    const uid = members[who] ?? '';
    sent[uid] = (sent[uid] ?? 0) + 1;
    const ref = db().doc(`Chatting/${roomId}/messages/m${String(index).padStart(3, '0')}`);
    const said = messageOf(uid, sent[uid], `말 ${index}`);
    deliveries.push(await deliveryOf(ref.path, () => ref.set(said)));
    last = later === 'edited' ? `고친 말 ${index}` : later === 'back' ? '삭제된 메시지입니다.' : said.text;
    if (later === 'edited') deliveries.push(await deliveryOf(ref.path, () => ref.update({ text: last })));
    if (later === 'back')
      deliveries.push(await deliveryOf(ref.path, () => ref.update({ text: '', deleted: true })));
  }
  return { sent, deliveries, last };
}

const roomOf = async (roomId: string) =>
  roomSchema.parse((await db().doc(`Chatting/${roomId}`).get()).data());
const pushesAbout = async (roomId: string) =>
  (await pushes().where('target', '==', `Chatting/${roomId}`).get()).docs;

const worksAt = (uid: string, hospitalId: string) =>
  db()
    .doc(`roles/${uid}`)
    .set({ holds: { role: 'hospitalStaff', hospitalIds: [hospitalId] } });

describe('a question to a hospital', () => {
  const desk = { name: '김실장', title: '상담실장', role: 'staff' };
  async function asked(change: (gone: string, stays: string) => Record<string, unknown>) {
    const key = randomUUID();
    const [hospitalId, uid, gone, stays] = [`h-${key}`, `m-${key}`, `gone-${key}`, `stays-${key}`];
    await worksAt(stays, hospitalId);
    await worksAt(gone, 'h-elsewhere');
    await db().doc(`Hospitals/${hospitalId}`).set({ name: '의원', published: true, openingHours: null });
    const roomId = await newRoom({
      ...{ kind: 'consult', hospitalId, hospitalName: '의원', title: '상담' },
      ...{ memberUids: [uid], peopleUids: [uid, gone, stays], names: { [uid]: '민지' }, createdBy: uid },
      ...change(gone, stays),
    });
    return { hospitalId, uid, gone, stays, roomId };
  }
  it.each([
    ['who looks after it', (_gone: string, stays: string) => ({ assignedTo: stays })],
    ['who took part', (gone: string, stays: string) => ({ staff: { [gone]: desk, [stays]: desk } })],
    ['the hospital, when whoever looked after it is gone', (gone: string) => ({ assignedTo: gone })],
    ['the hospital, when all who took part are gone', (gone: string) => ({ staff: { [gone]: desk } })],
  ])('rings %s, and nobody who works there no longer', async (_whom, change) => {
    const { uid, stays, roomId } = await asked(change);
    const path = `Chatting/${roomId}/messages/m1`;
    const deliver = await deliveryOf(path, () =>
      db()
        .doc(path)
        .set(messageOf(uid, 1, '되나요?')),
    );
    await deliver();
    expect((await pushesAbout(roomId)).map((push) => push.data().uids)).toEqual([[stays]]);
  });
  it('is looked after by whoever takes it when the one before works there no longer', async () => {
    const take = async (was: 'gone' | 'stays') => {
      const { roomId, hospitalId, ...who } = await asked((gone, stays) => ({
        assignedTo: { gone, stays }[was],
      }));
      const caller = { uid: 'next', role: 'hospitalStaff', hospitalIds: [hospitalId] } as const;
      await takeConsult(roomId, { ...caller, verified: true, signedInAt: Date.now() });
      return { now: (await roomOf(roomId)).assignedTo, ...who };
    };
    expect((await take('gone')).now).toBe('next');
    const { now, stays } = await take('stays');
    expect(now).toBe(stays);
  });
});

describe('events of messages', () => {
  it('leave the room with the same numbers however they come', async () => {
    const plan = fc.record({
      steps: fc.array(step, { minLength: 1, maxLength: 8 }),
      order: fc.infiniteStream(fc.nat()),
      together: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ steps, order, together }) => {
        const roomId = await newRoom();
        const { sent, deliveries, last } = await talk(roomId, steps);
        const keys = order.take(deliveries.length * 2);
        const shuffled = [...deliveries, ...deliveries]
          .map((deliver): [number, Delivery] => [keys.next().value ?? 0, deliver])
          .sort(([one], [other]) => one - other)
          .map(([, deliver]) => deliver);
        if (together) await Promise.all(shuffled.map((deliver) => deliver()));
        else for (const deliver of shuffled) await deliver();
        const room = await roomOf(roomId);
        expect({ sent: room.sent, last: room.lastMessage?.text }).toEqual({ sent, last });
        const total = Object.values(sent).reduce((sum, each) => sum + each, 0);
        expect(room.count).toBe(total);
        for (const uid of members) expect(unreadIn(room, uid, 0)).toBe(total - (sent[uid] ?? 0));
      }),
      { numRuns: 12 },
    );
  }, 300_000);

  it('ring once for each sender and minute, the others only, however often they come', async () => {
    const roomId = await newRoom();
    const steps: Step[] = [0, 0, 1, 0, 1].map((who) => ({ who, later: 'stands' }));
    const { deliveries } = await talk(roomId, steps);
    await Promise.all([...deliveries, ...deliveries].map((deliver) => deliver()));
    for (const deliver of deliveries) await deliver();
    const rung = await pushesAbout(roomId);
    const windows = new Set(rung.map(({ id }) => id));
    expect(rung.length).toBe(windows.size);
    // One each, two where the minute turned meanwhile.
    expect(rung.length).toBeGreaterThanOrEqual(2);
    expect(rung.length).toBeLessThanOrEqual(4);
    const silent = rung.map((push) => members.filter((uid) => !push.data().uids.includes(uid)));
    expect(new Set(silent.flat())).toEqual(new Set(members.slice(0, 2)));
    expect(silent.every((senders) => senders.length === 1)).toBe(true);
  });

  it('write a burst with few writes, and lose nothing', async () => {
    const roomId = await newRoom();
    const steps: Step[] = Array.from({ length: 60 }, (_, index) => ({ who: index % 3, later: 'stands' }));
    const { deliveries, sent } = await talk(roomId, steps);
    let writes = 0;
    const stop = db()
      .doc(`Chatting/${roomId}`)
      .onSnapshot(() => {
        writes += 1;
      });
    await Promise.all(deliveries.map((deliver) => deliver()));
    expect((await roomOf(roomId)).sent).toEqual(sent);
    stop();
    expect(writes).toBeLessThan(8);
  });

  it('that come after their sender has left for good bring nobody back', async () => {
    const roomId = await newRoom();
    const { deliveries } = await talk(roomId, [{ who: 0, later: 'stands' }]);
    const left = members.slice(1);
    await db().doc(`Chatting/${roomId}`).update({ peopleUids: left, memberUids: left, createdBy: left[0] });
    for (const deliver of deliveries) await deliver();
    expect(JSON.stringify(await roomOf(roomId))).not.toContain(members[0]);
  });

  it('of what is no message, or of a room that is gone, do nothing', async () => {
    const gone = `Chatting/g-${randomUUID()}/messages/m1`;
    await (
      await deliveryOf(gone, () =>
        db()
          .doc(gone)
          .set(messageOf('a', 1, '안녕')),
      )
    )();
    const roomId = await newRoom();
    const odd = `Chatting/${roomId}/messages/odd`;
    await (await deliveryOf(odd, () => db().doc(odd).set({ text: 7 })))();
    expect((await roomOf(roomId)).count).toBe(0);
    expect((await db().doc(gone.replace('/messages/m1', '')).get()).exists).toBe(false);
  });

  it('are gone through again from wherever their process was killed: one answer, one ring, one count', async () => {
    const yesterday = new Date(Date.now() + 9 * 3_600_000 - 86_400_000).getUTCDay();
    const day = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][yesterday] ?? 'sun';
    const nothing = { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null };
    let killAt = 1;
    for (; killAt < 40; killAt += 1) {
      const [hospitalId, uid] = [`h-${randomUUID()}`, `m-${randomUUID()}`];
      const openingHours = { ...nothing, holiday: null, lunch: null, [day]: '09:00-18:00' };
      await db().doc(`Hospitals/${hospitalId}`).set({ name: '의원', published: true, openingHours });
      const roomId = `${uid}_${hospitalId}`;
      await db()
        .doc(`Chatting/${roomId}`)
        .set({
          ...{ ...emptyRoom, kind: 'consult', hospitalId, hospitalName: '의원', title: '상담' },
          ...{ memberUids: [uid], peopleUids: [uid, 'staff-1'], names: { [uid]: '민지' }, createdBy: uid },
          ...{ assignedTo: 'staff-1', lastMessageAt: opened, createdAt: opened },
        });
      await worksAt('staff-1', hospitalId);
      const path = `Chatting/${roomId}/messages/m1`;
      const deliver = await deliveryOf(path, () =>
        db()
          .doc(path)
          .set(messageOf(uid, 1, '되나요?')),
      );
      const worked = await work('messageWritten', { id: path, killAt });
      await deliver();
      expect(await roomOf(roomId)).toMatchObject({ count: 1, sent: { [uid]: 1 } });
      const lines = (await db().collection(`Chatting/${roomId}/messages`).get()).docs;
      expect(lines.filter((line) => line.get('kind') === 'system')).toHaveLength(1);
      const rung = await pushesAbout(roomId);
      expect(rung.map((push) => push.data().uids)).toEqual([['staff-1']]);
      if (!worked.killed) break;
    }
    expect(killAt).toBeGreaterThan(4);
    expect(killAt).toBeLessThan(40);
  }, 300_000);
});
