/**
 * Chat: what a message costs in a room of two and of thirty beyond the client's own writes, what screens read, a burst of
 * 100 rooms, and how long a message takes to a second phone through the rules.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import {
  collection,
  doc,
  type Firestore,
  limit,
  onSnapshot,
  orderBy,
  query,
  where,
  writeBatch,
} from 'firebase/firestore';
import { emptyRoom, type Message, type Room, roomSchema } from '../../functions/src/chat/schema.ts';
import { onlyWords } from '../../functions/src/chat/store.ts';
import { unreadIn } from '../../functions/src/chat/unread.ts';
import { db, Timestamp } from '../../functions/src/platform/firebase.ts';
import { openWorld } from '../../functions/test/support/rulesWorld.ts';
import * as sample from '../../functions/test/support/samples.ts';
import { table } from '../docs/markdown.ts';
import { elapsedMs, runAtOnce } from './load.ts';
import { FUNCTIONS } from './mount.ts';
import { latencyOf, machine, number, whole } from './report.ts';
import { metered, onEmulators, onStage, type Stage } from './stage.ts';

const alone = 20;
const burst = 100;

const peopleOf = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);

function groupOf(memberUids: readonly string[]): Room {
  const at = Timestamp.now();
  const uids = [...memberUids];
  return {
    ...{ ...emptyRoom, invitedUids: [], kind: 'group', hospitalId: null, hospitalName: null, title: '모임' },
    ...{ memberUids: uids, peopleUids: uids, names: {}, createdBy: uids[0] ?? 'u0' },
    ...{ lastMessageAt: at, createdAt: at },
  };
}

const messageOf = (senderUid: string, nth: number, text: string): Message => ({
  ...{ ...onlyWords, senderUid, senderName: '민지', senderRole: 'member', senderTitle: '', kind: 'text' },
  ...{ nth, text, sentAt: Timestamp.now() },
});

interface Said {
  readonly path: string;
  readonly params: { readonly roomId: string; readonly messageId: string };
  readonly message: Message;
}

const said = (roomId: string, index: number, senderUid: string, nth: number): Said => {
  const messageId = `m${String(index).padStart(4, '0')}`;
  const path = `Chatting/${roomId}/messages/${messageId}`;
  return { path, params: { roomId, messageId }, message: messageOf(senderUid, nth, `말 ${index}`) };
};

/** So many messages of members in turn. */
const talkIn = (roomId: string, members: readonly string[], count: number, from = 0): Said[] =>
  Array.from({ length: count }, (_, n) => {
    const index = from + n;
    const sender = members[index % members.length] ?? 'u0';
    return said(roomId, index, sender, Math.floor(index / members.length) + 1);
  });

async function deliver({ functions }: Stage, { path, params, message }: Said, at: Timestamp): Promise<void> {
  const written = {
    path,
    before: null,
    after: message,
    at: { seconds: at.seconds, nanoseconds: at.nanoseconds },
  };
  const { status } = await functions.call('onMessageWritten', { ...written, params });
  if (status !== 204) throw new Error('a message was not counted');
}

/** The client's own write is not metered. It is stamped when it is made, as the rules would. */
async function write(each: Said): Promise<[Said, Timestamp]> {
  const stamped = { ...each, message: { ...each.message, sentAt: Timestamp.now() } };
  return [stamped, (await db().doc(each.path).set(stamped.message)).writeTime];
}
const happen = async (stage: Stage, each: Said) => deliver(stage, ...(await write(each)));

async function row(
  what: string,
  stage: Stage,
  work: () => Promise<unknown>,
  each: number,
): Promise<string[]> {
  const { reads, writes, deletes } = await metered(stage.meter, work);
  return [what, ...[reads, writes, deletes].map((total) => number(total / each))];
}

async function messagesOf(stage: Stage, size: number): Promise<string[][]> {
  const roomId = `room-of-${size}`;
  const members = peopleOf(size);
  await db().doc(`Chatting/${roomId}`).set(groupOf(members));
  const place = `in a room of ${size}`;
  const first = talkIn(roomId, members, size);
  await runAtOnce(
    1,
    first.slice(0, 1).map((each) => () => happen(stage, each)),
  );
  for (const each of first.slice(1)) await happen(stage, each);
  const inTurn = talkIn(roomId, members, alone, size);
  const rows = [
    await row(
      `a message alone, ${place}: the room and its list`,
      stage,
      async () => {
        for (const each of inTurn) await happen(stage, each);
      },
      alone,
    ),
  ];
  const [last] = inTurn.slice(-1);
  if (last) rows.push(await row('its event again', stage, () => deliver(stage, last, Timestamp.now()), 1));
  const rush = talkIn(roomId, members, burst, size + alone);
  const works = rush.map((each) => () => happen(stage, each));
  rows.push(await row(`each of ${burst} at once, ${place}`, stage, () => runAtOnce(burst, works), burst));
  return rows;
}

/** Somebody who has not written within the minute: the phones of the others are rung. */
async function ringing(stage: Stage, size: number): Promise<string[]> {
  const roomId = `rings-${size}`;
  const members = peopleOf(size);
  await db().doc(`Chatting/${roomId}`).set(groupOf(members));
  await happen(stage, said(roomId, 0, 'u0', 1));
  return row(
    `the first of a sender within a minute, in a room of ${size}`,
    stage,
    () => happen(stage, said(roomId, 1, 'u1', 1)),
    1,
  );
}

/** Documents a query reads: at least one. */
async function readBy(find: () => Promise<{ readonly size: number }>): Promise<string> {
  return whole(Math.max(1, (await find()).size));
}

async function screens(): Promise<string[][]> {
  const uid = 'u0';
  for (let index = 0; index < 25; index += 1)
    await db()
      .doc(`Chatting/list-${index}`)
      .set({ ...groupOf([uid, 'u1']), lastMessageAt: Timestamp.fromMillis(index) });
  const mine = db().collection('Chatting').where('memberUids', 'array-contains', uid);
  const newest = db().collection('Chatting/room-of-30/messages').where('hidden', '==', false);
  const page = newest.orderBy('sentAt', 'desc').limit(30);
  const list = mine.orderBy('lastMessageAt', 'desc').limit(20);
  return [
    ['the room list, with all unread counts', `${await readBy(() => list.get())} + 1 (inbox)`, '0'],
    ['opening a room', await readBy(() => page.get()), '0'],
    ['coming back to it, nothing new', await readBy(() => page.startAfter(0).get()), '0'],
    ['marking it as read', '0', '1'],
    ['writing a message: itself and the inbox', '0', '2'],
  ];
}

const rooms = 100;
const messagesEach = 50;
const size = 30;

/** As many requests as the platform gives an instance at once; the others wait for their turn. */
const perInstance = 80;

function gate(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = width;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/** Messages of a room one after another, all rooms at once, one event in twenty twice; what came of it. */
async function rush(instances: number): Promise<string[]> {
  return onStage({ modules: [FUNCTIONS], instances }, async (stage) => {
    const members = peopleOf(size);
    const ids = Array.from({ length: rooms }, (_, index) => `burst-${index}`);
    await Promise.all(ids.map((id) => db().doc(`Chatting/${id}`).set(groupOf(members))));
    const atOnce = gate(perInstance * instances);
    const talk = (roomId: string) => async () => {
      const events: Promise<void>[] = [];
      for (const [index, each] of talkIn(roomId, members, messagesEach).entries()) {
        const [stamped, at] = await write(each);
        for (let times = index % 20 === 0 ? 2 : 1; times > 0; times -= 1)
          events.push(atOnce(() => deliver(stage, stamped, at)));
      }
      await Promise.all(events);
    };
    let ms = 0;
    const counts = await metered(stage.meter, async () => {
      ms = await elapsedMs(() => runAtOnce(rooms, ids.map(talk)));
    });
    const faults = await Promise.all(ids.map((id) => faultIn(id, members)));
    const total = rooms * messagesEach;
    return [
      ...[whole(instances), number(ms / 1000), number(counts.reads / total), number(counts.writes / total)],
      faults.find((fault) => fault !== null) ?? 'yes',
    ];
  });
}

/** What is wrong with a room after its talk: lost, out of order, or wrongly unread for one of its members. */
async function faultIn(roomId: string, members: readonly string[]): Promise<string | null> {
  const room = roomSchema.parse((await db().doc(`Chatting/${roomId}`).get()).data());
  const found = await db().collection(`Chatting/${roomId}/messages`).orderBy('sentAt').get();
  const order = found.docs.map(({ id }) => id);
  if (order.length !== messagesEach || room.count !== messagesEach) return `no: ${room.count} counted`;
  if (order.join() !== order.toSorted().join()) return 'no: out of order';
  const own = (uid: string) => found.docs.filter((each) => each.get('senderUid') === uid).length;
  const wrong = members.find((uid) => unreadIn(room, uid, 0) !== messagesEach - own(uid));
  return wrong === undefined && room.lastMessage?.id === order.at(-1) ? null : 'no: unread';
}

/** One phone writes through the rules, another listens: how long each message took, ms. */
async function arrivals(): Promise<number[]> {
  const world = await openWorld(`demo-bench-${randomUUID().slice(0, 8)}`);
  try {
    await world.reset();
    const members = peopleOf(size);
    const roomId = 'heard';
    await world.put(`Chatting/${roomId}`, {
      ...sample.toFirestore(sample.groupRoom(members)),
      lastMessageAt: Timestamp.now().toDate(),
      createdAt: Timestamp.now().toDate(),
    });
    const heard = new Map<string, number>();
    const newest = query(
      collection(world.signedIn('u0', {}), `Chatting/${roomId}/messages`),
      ...[where('hidden', '==', false), orderBy('sentAt', 'desc'), limit(30)],
    );
    const stop = onSnapshot(newest, ({ docs }) => {
      for (const { id } of docs) if (!heard.has(id)) heard.set(id, performance.now());
    });
    const clients = members.slice(1).map((uid): [string, Firestore] => [uid, world.signedIn(uid, {})]);
    const begun = new Map<string, number>();
    for (let nth = 1; nth <= 5; nth += 1)
      for (const [uid, client] of clients) await speak(client, { uid, roomId, nth }, begun);
    const end = Date.now() + 20_000;
    while ([...begun.keys()].some((id) => !heard.has(id)) && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 20));
    stop();
    return [...begun].map(([id, at]) => (heard.get(id) ?? Number.POSITIVE_INFINITY) - at);
  } finally {
    await world.env.cleanup();
  }
}

async function speak(
  client: Firestore,
  { uid, roomId, nth }: { readonly uid: string; readonly roomId: string; readonly nth: number },
  begun: Map<string, number>,
): Promise<void> {
  const id = `${uid}-${nth}`;
  const { windowAt, ...first }: Record<string, unknown> = sample.firstStamp(roomId, id);
  const later = { ...first, rooms: { [roomId]: { sent: nth, seen: 0 } }, inWindow: nth };
  begun.set(id, performance.now());
  await writeBatch(client)
    .set(
      doc(client, `Chatting/${roomId}/messages/${id}`),
      sample.toFirestore({ ...sample.message(uid), nth }),
    )
    .set(
      doc(client, `users/${uid}/private/inbox`),
      sample.toFirestore(nth === 1 ? { ...later, windowAt } : later),
      {
        merge: true,
      },
    )
    .commit();
}

/** Takes what the functions give to the task queue, and does nothing with it. */
async function withQueue<T>(play: () => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.env.CLOUD_TASKS_EMULATOR_HOST = `127.0.0.1:${port}`;
  try {
    return await play();
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

export async function chat(): Promise<string> {
  return withQueue(async () => {
    const [costs, read] = await onStage({ modules: [FUNCTIONS], instances: 1 }, async (stage) => [
      [
        ...(await messagesOf(stage, 2)),
        ...(await messagesOf(stage, 30)),
        await ringing(stage, 2),
        await ringing(stage, 30),
      ],
      await screens(),
    ]);
    const bursts = [await rush(1), await rush(3)];
    const { p50, p95, p99 } = latencyOf(await onEmulators(arrivals));
    return [
      table(['what follows from a message', 'reads', 'writes', 'deletes'], costs ?? []),
      table(['screen', 'reads', 'writes'], read ?? []),
      `A burst: ${rooms} rooms of ${size} × ${messagesEach} messages, one event in twenty twice, ${machine()}.`,
      table(
        [
          'instances',
          'seconds',
          'reads per message',
          'writes per message',
          'order kept, nothing lost, unread exact',
        ],
        bursts,
      ),
      `From the write, through the rules, to the listener of a second phone in a room of ${size}: p50 ${whole(p50)} ms, p95 ${whole(p95)} ms, p99 ${whole(p99)} ms, ${machine()}.`,
    ].join('\n\n');
  });
}
