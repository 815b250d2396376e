/**
 * Messages the rules do not let pass as they are, because a number of a person may stand in them: written by the server,
 * with what is nobody else’s business blacked out. What the rules would ask is asked here.
 */
import type { Caller } from '../access/guard.ts';
import { maskMessage } from '../kernel/maskNumbers.ts';
import { AppError } from '../platform/errors.ts';
import { db, FieldValue, Timestamp, type Transaction } from '../platform/firebase.ts';
import type { Spoken } from './calls.ts';
import { sideIn } from './consult.ts';
import { editableMs, type Inbox, type Message, pace, type Room } from './schema.ts';
import { areApart, inboxOf, messagesOf, onlyWords, readRoom } from './store.ts';

const longestText = 2_000;

/** Of members by Kakao or after they have said so; null where none is known. */
export async function phoneOf(uid: string, tx?: Transaction): Promise<string | null> {
  const ref = db().doc(`users/${uid}/private/account`);
  const phone: unknown = (await (tx ? tx.get(ref) : ref.get())).get('phone');
  return typeof phone === 'string' ? phone : null;
}

type Speaker = Pick<Message, 'senderUid' | 'senderName' | 'senderRole' | 'senderTitle'>;

/** As whom somebody speaks in a room. Errors: ROOM_NOT_FOUND, ROOM_CLOSED, MESSAGE_REFUSED. */
async function speakerIn(tx: Transaction, room: Room, caller: Caller): Promise<Speaker> {
  const { uid } = caller;
  const side = sideIn(room, caller);
  if (room.status !== 'open') throw new AppError('ROOM_CLOSED');
  if (side === 'hospital') {
    const person = room.staff[uid];
    if (!person) throw new AppError('MESSAGE_REFUSED');
    return { senderUid: uid, senderName: person.name, senderRole: person.role, senderTitle: person.title };
  }
  const [one, two] = room.memberUids;
  const isPair = room.memberUids.length === 2 && one !== undefined && two !== undefined;
  if (isPair && (await areApart(one, two, tx))) throw new AppError('MESSAGE_REFUSED');
  return { senderUid: uid, senderName: room.names[uid] ?? '', senderRole: 'member', senderTitle: '' };
}

const emptyInbox: Pick<Inbox, 'rooms' | 'inWindow'> = { rooms: {}, inWindow: 0 };

/** An inbox with one message more. Errors: TOO_MANY_REQUESTS. */
export function withOneMore(
  inbox: Inbox | undefined,
  { roomId, messageId }: { readonly roomId: string; readonly messageId: string },
  at: Timestamp,
): Inbox {
  const { rooms, inWindow } = inbox ?? emptyInbox;
  const { sent, seen } = rooms[roomId] ?? { sent: 0, seen: 0 };
  const leftMs = inbox ? inbox.windowAt.toMillis() + pace.windowMs - at.toMillis() : 0;
  const isOver = inbox === undefined || inWindow >= pace.most;
  if (inbox && isOver && leftMs > 0) throw new AppError('TOO_MANY_REQUESTS', { retryAfterMs: leftMs });
  return {
    rooms: { ...rooms, [roomId]: { sent: sent + 1, seen } },
    ...{ roomId, messageId, updatedAt: at },
    inWindow: isOver ? 1 : inWindow + 1,
    windowAt: isOver ? at : inbox.windowAt,
  };
}

function mayNotice(room: Room, { uid }: Caller, role: Message['senderRole']): boolean {
  return role !== 'member' || (room.kind === 'group' && room.createdBy === uid);
}

/**
 * Writes a message; one that is there under that id is answered as it stands. Errors: ROOM_NOT_FOUND, ROOM_CLOSED,
 * MESSAGE_REFUSED, TOO_MANY_REQUESTS.
 */
export async function sendMessage(
  given: {
    readonly roomId: string;
    readonly messageId: string;
    readonly kind: 'text' | 'notice';
    readonly text: string;
  },
  caller: Caller,
): Promise<Spoken> {
  const { roomId, messageId, kind } = given;
  const { uid } = caller;
  return db().runTransaction(async (tx) => {
    const ref = messagesOf(roomId).doc(messageId);
    const room = await readRoom(tx, roomId);
    const [speaker, there, inbox, phone] = await Promise.all([
      speakerIn(tx, room, caller),
      tx.get(ref),
      tx.get(inboxOf(uid)),
      phoneOf(uid, tx),
    ]);
    const known = there.data();
    if (known?.senderUid === uid) return { messageId, text: known.text, masked: known.text !== given.text };
    if (known || !mayNotice(room, caller, speaker.senderRole)) throw new AppError('MESSAGE_REFUSED');
    const at = Timestamp.now();
    const { text, isMasked } = maskMessage(given.text, phone);
    const stamped = withOneMore(inbox.data(), { roomId, messageId }, at);
    const nth = stamped.rooms[roomId]?.sent ?? 1;
    const stored = text.slice(0, longestText);
    tx.create(ref, {
      ...onlyWords,
      ...speaker,
      kind,
      text: stored,
      nth,
      sentAt: FieldValue.serverTimestamp(),
    });
    tx.set(inboxOf(uid), stamped);
    return { messageId, text: stored, masked: isMasked };
  });
}

/** Changes the words of an own message, for five minutes. Errors: ROOM_NOT_FOUND, ROOM_CLOSED, MESSAGE_REFUSED. */
export async function editMessage(
  given: { readonly roomId: string; readonly messageId: string; readonly text: string },
  caller: Caller,
): Promise<Spoken> {
  const { roomId, messageId } = given;
  return db().runTransaction(async (tx) => {
    const ref = messagesOf(roomId).doc(messageId);
    const room = await readRoom(tx, roomId);
    sideIn(room, caller);
    if (room.status !== 'open') throw new AppError('ROOM_CLOSED');
    const [there, phone] = await Promise.all([tx.get(ref), phoneOf(caller.uid, tx)]);
    const message = there.data();
    const at = Timestamp.now();
    const isOpen =
      message?.senderUid === caller.uid &&
      (message.kind === 'text' || message.kind === 'notice') &&
      !message.deleted &&
      !message.hidden &&
      at.toMillis() - message.sentAt.toMillis() <= editableMs;
    if (!isOpen) throw new AppError('MESSAGE_REFUSED');
    const { text, isMasked } = maskMessage(given.text, phone);
    const stored = text.slice(0, longestText);
    tx.update(ref, { text: stored, editedAt: FieldValue.serverTimestamp() });
    return { messageId, text: stored, masked: isMasked };
  });
}
