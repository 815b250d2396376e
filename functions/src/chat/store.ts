/** The collections of chat, and lines of the server. */
import type {
  CollectionReference,
  DocumentReference,
  DocumentSnapshot,
  WithFieldValue,
} from 'firebase-admin/firestore';
import { heldIn } from '../access/granting.ts';
import { AppError } from '../platform/errors.ts';
import { db, FieldValue, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import {
  type Desk,
  deskSchema,
  type Inbox,
  inboxSchema,
  type Message,
  messageSchema,
  type Room,
  roomSchema,
} from './schema.ts';

export const rooms = (): CollectionReference<Room> => collection('Chatting', roomSchema);
export const messagesOf = (roomId: string): CollectionReference<Message> =>
  collection(`Chatting/${roomId}/messages`, messageSchema);
export const inboxOf = (uid: string): DocumentReference<Inbox> =>
  collection(`users/${uid}/private`, inboxSchema).doc('inbox');
export const desks = (): CollectionReference<Desk> => collection('desks', deskSchema);

/** What somebody may do now, whoever they were when they took part. */
export const roleOf = (uid: string): DocumentReference => db().doc(`roles/${uid}`);
export const worksAt = (role: DocumentSnapshot, hospitalId: string | null): boolean =>
  hospitalId !== null && heldIn(role.get('holds'))?.hospitalIds.includes(hospitalId) === true;

/** Paths of documents whose fields are set one by one. */
export const rawRoom = (roomId: string): DocumentReference => db().doc(`Chatting/${roomId}`);

/** A room, in a transaction. Errors: ROOM_NOT_FOUND. */
export async function readRoom(tx: Transaction, roomId: string): Promise<Room> {
  const room = (await tx.get(rooms().doc(roomId))).data();
  if (!room) throw new AppError('ROOM_NOT_FOUND');
  return room;
}

/** Fields of a message that are as they are for every message of words alone. */
export const onlyWords = {
  ...{ aboutUid: null, uploadPath: null, fileName: null, place: null, deleted: false, hidden: false },
  ...{ attachment: null, editedAt: null },
} as const;

/** What the server says in a room, stamped by the clock all messages are stamped with. `aboutUid`: whom the line names. */
export const serverLine = (text: string, aboutUid: string | null): WithFieldValue<Message> => ({
  ...onlyWords,
  ...{ senderUid: null, senderName: '', senderRole: 'server', senderTitle: '', kind: 'system', nth: 0 },
  ...{ text, aboutUid, sentAt: FieldValue.serverTimestamp() },
});

export function sayLine(tx: Transaction, roomId: string, text: string, aboutUid: string | null): void {
  tx.create(messagesOf(roomId).doc(), serverLine(text, aboutUid));
}

/** A map without some of its keys. */
export const without = <T>(map: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(map).filter(([one]) => one !== key));

/** Whether one of two members has blocked the other. One read. */
export async function areApart(one: string, other: string, tx?: Transaction): Promise<boolean> {
  const ref = db().doc(`blocks/${[one, other].sort().join('~')}`);
  return (await (tx ? tx.get(ref) : ref.get())).exists;
}
