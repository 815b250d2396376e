/**
 * Consultations, from the hospital’s side and of both: opened with who has booked, taken on, handed over, closed with a
 * summary and opened again. Each is one transaction over the room and does nothing a second time.
 */
import type { Caller } from '../access/guard.ts';
import { maskMessage } from '../kernel/maskNumbers.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import type { RoomAnswer } from './calls.ts';
import { type DeskPerson, emptyRoom, type Room } from './schema.ts';
import { desks, inboxOf, readRoom, roleOf, rooms, sayLine, worksAt } from './store.ts';
import { othersIn } from './unread.ts';

export type Side = 'member' | 'hospital';

/** On which side of a room somebody is. Errors: ROOM_NOT_FOUND. */
export function sideIn(room: Room, { uid, hospitalIds }: Pick<Caller, 'uid' | 'hospitalIds'>): Side {
  if (room.memberUids.includes(uid)) return 'member';
  if (room.kind === 'consult' && room.hospitalId !== null && hospitalIds.includes(room.hospitalId))
    return 'hospital';
  throw new AppError('ROOM_NOT_FOUND');
}

async function hasBooked(hospitalId: string, uid: string): Promise<boolean> {
  const vouchers = db()
    .collection('prepays')
    .where('ownerUid', '==', uid)
    .where('hospitalId', '==', hospitalId);
  return !(await vouchers.limit(1).get()).empty;
}

/**
 * A hospital opens the room with a member who has booked; where the member has written there is one. Errors:
 * CONSULT_REFUSED, PAGE_NOT_FOUND, USER_NOT_FOUND.
 */
export async function openConsult(hospitalId: string, uid: string): Promise<RoomAnswer> {
  const roomId = `${uid}_${hospitalId}`;
  const ref = rooms().doc(roomId);
  const known = (await ref.get()).data();
  if (known) return { roomId, status: known.status };
  if (!(await hasBooked(hospitalId, uid))) throw new AppError('CONSULT_REFUSED');
  return db().runTransaction(async (tx) => {
    const [there, hospital, user] = await Promise.all([
      tx.get(ref),
      tx.get(db().doc(`Hospitals/${hospitalId}`)),
      tx.get(db().doc(`users/${uid}`)),
    ]);
    const [hospitalName, nickname]: unknown[] = [hospital.get('name'), user.get('nickname')];
    if (typeof nickname !== 'string') throw new AppError('USER_NOT_FOUND');
    if (hospital.get('published') !== true || typeof hospitalName !== 'string')
      throw new AppError('PAGE_NOT_FOUND');
    const at = Timestamp.now();
    if (!there.exists)
      tx.create(ref, {
        ...emptyRoom,
        ...{ kind: 'consult', hospitalId, hospitalName, title: `${hospitalName} 상담`.slice(0, 60) },
        ...{ memberUids: [uid], peopleUids: [uid], invitedUids: [], names: { [uid]: nickname } },
        ...{ createdBy: uid, lastMessageAt: at, createdAt: at },
      });
    return { roomId, status: there.data()?.status ?? 'open' };
  });
}

/** Who has set nothing appears as the hospital’s desk. */
async function personOf(
  tx: Transaction,
  { hospitalId, hospitalName }: Room,
  uid: string,
): Promise<DeskPerson> {
  const desk = (await tx.get(desks().doc(hospitalId ?? ''))).data();
  return desk?.people[uid] ?? { name: (hospitalName ?? '상담').slice(0, 40), title: '상담실', role: 'staff' };
}

const samePerson = (one: DeskPerson | undefined, other: DeskPerson) =>
  one?.name === other.name && one.title === other.title && one.role === other.role;

function named({ name, title }: DeskPerson): string {
  return title === '' ? name : `${name} ${title}`;
}

/** What somebody’s inbox says of a former room of that id, whose member has left and come again, is not of this one. */
async function readFormer(tx: Transaction, roomId: string, room: Room, uid: string): Promise<() => void> {
  const inbox = (await tx.get(inboxOf(uid))).data();
  const mark = inbox?.rooms[roomId];
  const isFormer = mark && !room.staff[uid] && (mark.sent > 0 || mark.seen > othersIn(room, uid));
  return () => {
    if (inbox && isFormer)
      tx.set(inboxOf(uid), { ...inbox, rooms: { ...inbox.rooms, [roomId]: { sent: 0, seen: 0 } } });
  };
}

/** Who looks after a room, as long as they work for the hospital. */
async function assigneeOf(tx: Transaction, { assignedTo, hospitalId }: Room): Promise<string | null> {
  if (assignedTo === null) return null;
  return worksAt(await tx.get(roleOf(assignedTo)), hospitalId) ? assignedTo : null;
}

/**
 * Somebody of the hospital takes part: only then may they write. The first one looks after the room, and whoever comes when
 * that one works there no longer. Errors: ROOM_NOT_FOUND.
 */
export async function takeConsult(roomId: string, caller: Caller): Promise<RoomAnswer> {
  const { uid } = caller;
  return db().runTransaction(async (tx) => {
    const room = await readRoom(tx, roomId);
    if (sideIn(room, caller) !== 'hospital') throw new AppError('ROOM_NOT_FOUND');
    const person = await personOf(tx, room, uid);
    const forgetFormer = await readFormer(tx, roomId, room, uid);
    const known = room.staff[uid];
    const assignedTo = room.assignedTo === uid ? uid : ((await assigneeOf(tx, room)) ?? uid);
    if (samePerson(known, person) && room.assignedTo === assignedTo) return { roomId, status: room.status };
    tx.update(rooms().doc(roomId), {
      staff: { ...room.staff, [uid]: person },
      peopleUids: [...new Set([...room.peopleUids, uid])],
      assignedTo,
    });
    forgetFormer();
    if (!known) sayLine(tx, roomId, `${named(person)}님이 상담에 참여했습니다.`, uid);
    return { roomId, status: room.status };
  });
}

/** Hands a room over to somebody who has taken part, or to nobody. Errors: ROOM_NOT_FOUND, CONSULT_REFUSED. */
export async function assignConsult(
  roomId: string,
  assignedTo: string | null,
  caller: Caller,
): Promise<RoomAnswer> {
  return db().runTransaction(async (tx) => {
    const room = await readRoom(tx, roomId);
    if (sideIn(room, caller) !== 'hospital') throw new AppError('ROOM_NOT_FOUND');
    const person = assignedTo === null ? null : room.staff[assignedTo];
    if (person === undefined) throw new AppError('CONSULT_REFUSED');
    if (room.assignedTo === assignedTo) return { roomId, status: room.status };
    tx.update(rooms().doc(roomId), { assignedTo });
    if (person) sayLine(tx, roomId, `담당자가 ${named(person)}님으로 바뀌었습니다.`, assignedTo);
    return { roomId, status: room.status };
  });
}

/** Errors: ROOM_NOT_FOUND, NOT_ALLOWED (of a group: not its owner). */
export async function closeRoom(roomId: string, summary: string | null, caller: Caller): Promise<RoomAnswer> {
  return db().runTransaction(async (tx) => {
    const room = await readRoom(tx, roomId);
    const closedBy = sideIn(room, caller);
    if (room.kind === 'group' && room.createdBy !== caller.uid) throw new AppError('NOT_ALLOWED');
    if (room.status === 'closed') return { roomId, status: 'closed' };
    // What a consultation came to is the hospital’s to say.
    const said =
      closedBy === 'hospital' && summary !== null ? maskMessage(summary, null).text.slice(0, 500) : null;
    tx.update(rooms().doc(roomId), { status: 'closed', closedBy, summary: said });
    const line = room.kind === 'consult' ? '상담이 종료되었습니다.' : '대화방이 닫혔습니다.';
    sayLine(tx, roomId, said === null ? line : `${line}\n${said}`, null);
    return { roomId, status: 'closed' };
  });
}

/**
 * Opens a closed room again. What the member closed no hospital opens; the member opens either. Errors: ROOM_NOT_FOUND,
 * NOT_ALLOWED.
 */
export async function reopenRoom(roomId: string, caller: Caller): Promise<RoomAnswer> {
  return db().runTransaction(async (tx) => {
    const room = await readRoom(tx, roomId);
    const side = sideIn(room, caller);
    const mayNot = side === 'hospital' ? room.closedBy === 'member' : false;
    if (mayNot || (room.kind === 'group' && room.createdBy !== caller.uid)) throw new AppError('NOT_ALLOWED');
    if (room.status === 'open') return { roomId, status: 'open' };
    tx.update(rooms().doc(roomId), { status: 'open', closedBy: null });
    const line = room.kind === 'consult' ? '상담이 다시 시작되었습니다.' : '대화방이 다시 열렸습니다.';
    sayLine(tx, roomId, line, null);
    return { roomId, status: 'open' };
  });
}
