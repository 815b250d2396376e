/**
 * Groups of members: made, joined by invitation, left, closed. Each is one transaction over the room, says in it what was
 * done, and does nothing a second time.
 */
import { koreanDayOf } from '../kernel/korean.ts';
import { maskMessage } from '../kernel/maskNumbers.ts';
import { notifyIn } from '../notifications/notify.ts';
import { AppError } from '../platform/errors.ts';
import { db, FieldValue, isAlreadyThere, Timestamp, type Transaction } from '../platform/firebase.ts';
import type { Invited, RoomAnswer } from './calls.ts';
import { emptyRoom, type Inbox, mostMembers, mostPeople, type Room } from './schema.ts';
import { areApart, inboxOf, rawRoom, readRoom, rooms, sayLine, without } from './store.ts';
import { keptMs } from './tally.ts';
import { othersIn } from './unread.ts';

const newcomerMs = 86_400_000;

/** Somebody’s nickname. Errors: USER_NOT_FOUND. */
async function nicknameOf(uid: string, tx?: Transaction): Promise<string> {
  const ref = db().doc(`users/${uid}`);
  const nickname: unknown = (await (tx ? tx.get(ref) : ref.get())).get('nickname');
  if (typeof nickname !== 'string') throw new AppError('USER_NOT_FOUND');
  return nickname;
}

/** On the first day nobody is written to who does not know one. */
async function refuseNewcomer(uid: string): Promise<void> {
  const createdAt: unknown = (await db().doc(`users/${uid}`).get()).get('createdAt');
  if (!(createdAt instanceof Timestamp) || Date.now() - createdAt.toMillis() < newcomerMs)
    throw new AppError('INVITATION_REFUSED');
}

async function mayBeInvited(by: string, uid: string): Promise<boolean> {
  if (uid === by) return false;
  const [user, apart] = await Promise.all([db().doc(`users/${uid}`).get(), areApart(by, uid)]);
  return user.exists && !apart;
}

const openGroup = (room: Room): void => {
  if (room.kind !== 'group') throw new AppError('ROOM_NOT_FOUND');
  if (room.status !== 'open') throw new AppError('ROOM_CLOSED');
};

function memberOf(room: Room, uid: string): void {
  if (!room.memberUids.includes(uid)) throw new AppError('ROOM_NOT_FOUND');
}

/** Once a day and room: who is invited again and again is not rung again and again. */
function tell(tx: Transaction, roomId: string, title: string, uids: readonly string[]): void {
  const cause = `chat-invite-${roomId}-${koreanDayOf(Date.now())}`;
  const news = {
    kind: 'chatInvitation',
    title: '대화방 초대',
    body: `‘${title}’에 초대받았습니다.`,
  } as const;
  for (const uid of uids) notifyIn(tx, uid, cause, { ...news, target: `Chatting/${roomId}` });
}

/**
 * Invites members; who is invited already stays so. Errors: ROOM_NOT_FOUND, ROOM_CLOSED, INVITATION_REFUSED (first day, or
 * the room would be fuller than it may be).
 */
export async function invite(roomId: string, uids: readonly string[], by: string): Promise<Invited> {
  await refuseNewcomer(by);
  const asked = [...new Set(uids)];
  const admissible = await Promise.all(asked.map((uid) => mayBeInvited(by, uid)));
  const invited = await db().runTransaction(async (tx) => {
    const room = await readRoom(tx, roomId);
    openGroup(room);
    memberOf(room, by);
    const wanted = asked.filter((uid, index) => admissible[index] && !room.memberUids.includes(uid));
    const fresh = wanted.filter((uid) => !room.invitedUids.includes(uid));
    const invitedUids = [...room.invitedUids, ...fresh];
    if (room.memberUids.length + invitedUids.length > mostMembers) throw new AppError('INVITATION_REFUSED');
    if (fresh.length === 0) return wanted;
    const peopleUids = [...new Set([...room.peopleUids, ...fresh])];
    if (peopleUids.length > mostPeople) throw new AppError('INVITATION_REFUSED');
    tx.update(rooms().doc(roomId), { invitedUids, peopleUids });
    tell(tx, roomId, room.title, fresh);
    return wanted;
  });
  return { roomId, invited, refused: asked.filter((uid) => !invited.includes(uid)) };
}

/** Makes a group with its owner in it. The same id of the same owner again is the same room. Errors: those of `invite`. */
export async function createGroup(
  {
    roomId,
    title,
    uids,
  }: { readonly roomId: string; readonly title: string; readonly uids: readonly string[] },
  by: string,
): Promise<Invited> {
  const at = Timestamp.now();
  const room: Room = {
    ...emptyRoom,
    ...{ kind: 'group', hospitalId: null, hospitalName: null, createdBy: by },
    ...{ title: maskMessage(title, null).text.slice(0, 60) },
    ...{ memberUids: [by], peopleUids: [by], invitedUids: [], names: { [by]: await nicknameOf(by) } },
    ...{ lastMessageAt: at, createdAt: at, sweepAt: Timestamp.fromMillis(at.toMillis() + keptMs.group) },
  };
  try {
    await rooms().doc(roomId).create(room);
  } catch (error) {
    if (!isAlreadyThere(error)) throw error;
    if ((await rooms().doc(roomId).get()).data()?.createdBy !== by) throw new AppError('ROOM_NOT_FOUND');
  }
  return uids.length === 0 ? { roomId, invited: [], refused: [] } : invite(roomId, uids, by);
}

/** How many each member has written, exactly: the room itself hears of it a little later. */
async function exactlySent(tx: Transaction, roomId: string, room: Room): Promise<Record<string, number>> {
  const sent = { ...room.sent };
  const uids = room.memberUids;
  const inboxes = uids.length === 0 ? [] : await tx.getAll(...uids.map(inboxOf));
  for (const [index, inbox] of inboxes.entries()) {
    const uid = uids[index] ?? '';
    const own = inbox.data()?.rooms[roomId]?.sent ?? 0;
    if (own > (sent[uid] ?? 0)) sent[uid] = own;
  }
  return sent;
}

/** An inbox as it is first made. */
const newInbox = (roomId: string, at: Timestamp): Omit<Inbox, 'rooms'> => ({
  ...{ roomId, messageId: '', inWindow: 0, windowAt: at, updatedAt: at },
});

async function join(tx: Transaction, roomId: string, room: Room, uid: string): Promise<void> {
  if (room.memberUids.length >= mostMembers) throw new AppError('INVITATION_REFUSED');
  const [nickname, sent, inbox] = await Promise.all([
    nicknameOf(uid, tx),
    exactlySent(tx, roomId, room),
    tx.get(inboxOf(uid)),
  ]);
  const at = Timestamp.now();
  const memberUids = [...room.memberUids, uid];
  const own = inbox.data();
  const mine = own?.rooms[roomId]?.sent ?? 0;
  const seen = othersIn({ ...room, memberUids, sent }, uid);
  const known = own ?? newInbox(roomId, at);
  tx.set(inboxOf(uid), { ...known, rooms: { ...own?.rooms, [roomId]: { sent: mine, seen } }, updatedAt: at });
  tx.update(rawRoom(roomId), {
    ...{ memberUids, sent, names: { ...room.names, [uid]: nickname } },
    count: Object.values(sent).reduce((total, each) => total + each, 0),
    invitedUids: room.invitedUids.filter((one) => one !== uid),
    // By the clock messages are stamped with: what was said before is before.
    since: { ...room.since, [uid]: FieldValue.serverTimestamp() },
  });
  sayLine(tx, roomId, `${nickname}님이 들어왔습니다.`, uid);
}

/** Joins, or refuses. Done before: nothing. Errors: ROOM_NOT_FOUND (also: not invited), ROOM_CLOSED, INVITATION_REFUSED. */
export async function answerInvitation(roomId: string, accept: boolean, uid: string): Promise<RoomAnswer> {
  return db().runTransaction(async (tx) => {
    const room = await readRoom(tx, roomId);
    const isMember = room.memberUids.includes(uid);
    const isInvited = room.invitedUids.includes(uid);
    if (room.kind !== 'group' || (accept && !isMember && !isInvited)) throw new AppError('ROOM_NOT_FOUND');
    if (accept && !isMember) {
      openGroup(room);
      await join(tx, roomId, room, uid);
    } else if (!accept && isInvited) {
      tx.update(rooms().doc(roomId), { invitedUids: room.invitedUids.filter((one) => one !== uid) });
    }
    return { roomId, status: room.status };
  });
}

/** Takes somebody out of a room: from then on they read and write nothing there. */
async function takeOut(
  tx: Transaction,
  roomId: string,
  room: Room,
  uid: string,
  line: string,
): Promise<RoomAnswer> {
  const sent = await exactlySent(tx, roomId, room);
  const memberUids = room.memberUids.filter((one) => one !== uid);
  const isEmpty = memberUids.length === 0;
  const status = isEmpty ? 'closed' : room.status;
  tx.update(rooms().doc(roomId), {
    ...{ memberUids, sent, status, names: without(room.names, uid), since: without(room.since, uid) },
    count: Object.values(sent).reduce((total, each) => total + each, 0),
    createdBy: room.createdBy === uid ? (memberUids[0] ?? uid) : room.createdBy,
    invitedUids: isEmpty ? [] : room.invitedUids,
  });
  sayLine(tx, roomId, `${room.names[uid] ?? ''}님이 ${line}`, uid);
  return { roomId, status };
}

/** Leaves a group. Who owned it hands it to whoever has been in it longest. Errors: ROOM_NOT_FOUND. */
export async function leave(roomId: string, uid: string): Promise<RoomAnswer> {
  return db().runTransaction(async (tx) => {
    const room = await readRoom(tx, roomId);
    if (room.kind !== 'group') throw new AppError('ROOM_NOT_FOUND');
    memberOf(room, uid);
    return takeOut(tx, roomId, room, uid, '나갔습니다.');
  });
}

/** The owner removes somebody, or takes an invitation back. Errors: ROOM_NOT_FOUND, NOT_ALLOWED. */
export async function remove(roomId: string, uid: string, by: string): Promise<RoomAnswer> {
  return db().runTransaction(async (tx) => {
    const room = await readRoom(tx, roomId);
    if (room.kind !== 'group') throw new AppError('ROOM_NOT_FOUND');
    memberOf(room, by);
    if (room.createdBy !== by || uid === by) throw new AppError('NOT_ALLOWED');
    if (room.memberUids.includes(uid)) return takeOut(tx, roomId, room, uid, '내보내졌습니다.');
    tx.update(rooms().doc(roomId), { invitedUids: room.invitedUids.filter((one) => one !== uid) });
    return { roomId, status: room.status };
  });
}
