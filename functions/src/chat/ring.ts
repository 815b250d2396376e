/**
 * Ringing the phones of those a message is for: what one writes in a room within a minute rings once. Nothing of what was
 * said is in it: a lock screen is no place for a consultation.
 */
import { createHash } from 'node:crypto';
import { queuePush } from '../notifications/push.ts';
import { db } from '../platform/firebase.ts';
import type { Message, Room } from './schema.ts';
import { roleOf, worksAt } from './store.ts';
import { isOfHospital } from './tally.ts';

const windowMs = 60_000;
/** What an event tells of so late is no news. */
const newsMs = 3_600_000;
const mostStaff = 20;
const mostRemembered = 5_000;
const rung = new Set<string>();

/**
 * Whoever looks after the room, else who has taken part, else the hospital’s staff: of the first two who still works there.
 */
async function staffFor({ assignedTo, staff, hospitalId }: Room): Promise<string[]> {
  const known = assignedTo === null ? Object.keys(staff) : [assignedTo];
  const still = known.length === 0 ? [] : await db().getAll(...known.map(roleOf));
  const holding = still.filter((role) => worksAt(role, hospitalId)).map(({ id }) => id);
  if (holding.length > 0) return holding;
  const holders = db().collection('roles').where('holds.hospitalIds', 'array-contains', hospitalId);
  return (await holders.limit(mostStaff).get()).docs.map(({ id }) => id);
}

/** Without whom the sender is hidden from, either way. */
async function withoutBlocked(uids: readonly string[], sender: string): Promise<string[]> {
  const hidden: unknown = (await db().doc(`users/${sender}/private/blocks`).get()).get('hidden');
  return uids.filter((uid) => !Array.isArray(hidden) || !hidden.includes(uid));
}

async function whom(room: Room, message: Message, sender: string): Promise<string[]> {
  if (room.kind === 'consult') return isOfHospital(message) ? room.memberUids : staffFor(room);
  const others = room.memberUids.filter((uid) => uid !== sender);
  return withoutBlocked(others, sender);
}

/** The same for what one says in a room within a minute; names neither. */
function causeOf(roomId: string, senderUid: string, sentAt: number): string {
  const about = [roomId, senderUid, Math.floor(sentAt / windowMs)].join('\n');
  return `chat-${createHash('sha256').update(about).digest('hex').slice(0, 40)}`;
}

/** Doing it again rings nobody twice. */
export async function ring(roomId: string, room: Room, message: Message, now: number): Promise<void> {
  const { senderUid } = message;
  const sentAt = message.sentAt.toMillis();
  if (senderUid === null || message.hidden || message.deleted || now - sentAt > newsMs) return;
  const cause = causeOf(roomId, senderUid, sentAt);
  if (rung.has(cause)) return;
  const target = `Chatting/${roomId}`;
  const place = room.kind === 'consult' ? `${room.hospitalName ?? ''} 상담` : `‘${room.title}’`;
  await queuePush({
    ...{ cause, uids: await whom(room, message, senderUid), kind: 'chat', title: '새 메시지' },
    body: `${place}에 새 메시지가 있습니다.`,
    ...{ target, collapse: target.slice(0, 200), advertising: false },
  });
  rung.add(cause);
  const [oldest] = rung;
  if (rung.size > mostRemembered && oldest !== undefined) rung.delete(oldest);
}
