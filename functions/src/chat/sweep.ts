/**
 * What has been kept long enough: messages of groups for a year, of consultations for three, each to the day; a room with
 * nothing left in it goes whole. Run nightly; takes up what it finds undone.
 */
import type { QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { deleteFiles, filesBelow } from '../platform/files.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { rawRoom } from './store.ts';
import { keptMs } from './tally.ts';

const roomsPerPage = 50;
const messagesPerPage = 200;
const filesPerPage = 100;

async function deleteFilesBelow(folder: string): Promise<void> {
  for (;;) {
    const page = await filesBelow(folder, filesPerPage);
    if (page.length === 0) return;
    await deleteFiles(page);
  }
}

/** Deletes messages said before a moment; their files follow by their events. Returns how many. */
async function deleteMessages(roomId: string, until: Timestamp): Promise<number> {
  const old = db().collection(`Chatting/${roomId}/messages`).where('sentAt', '<=', until).orderBy('sentAt');
  let deleted = 0;
  for (;;) {
    const page = await old.limit(messagesPerPage).get();
    const batch = db().batch();
    for (const { ref } of page.docs) batch.delete(ref);
    if (!page.empty) await batch.commit();
    deleted += page.size;
    if (page.size < messagesPerPage) return deleted;
  }
}

async function deleteRoom(roomId: string): Promise<void> {
  await deleteFilesBelow(`chats/${roomId}/`);
  await deleteFilesBelow(`chatMedia/${roomId}/`);
  await db().recursiveDelete(rawRoom(roomId));
}

/** A room that was mistyped in the console is kept as long as a consultation, and does not keep others waiting. */
async function sweepRoom(room: QueryDocumentSnapshot, now: number): Promise<void> {
  const { id: roomId, ref } = room;
  const kept = keptMs[room.get('kind') === 'group' ? 'group' : 'consult'];
  const deleted = await deleteMessages(roomId, Timestamp.fromMillis(now - kept));
  const [oldest] = (await ref.collection('messages').orderBy('sentAt').limit(1).get()).docs;
  const sentAt: unknown = oldest?.get('sentAt');
  if (!(sentAt instanceof Timestamp)) await deleteRoom(roomId);
  else await ref.update({ sweepAt: Timestamp.fromMillis(sentAt.toMillis() + kept) });
  log.info('chat.swept', { roomId, deleted, isGone: !oldest });
}

/** Sweeps every room that is due; returns how many. */
export async function sweepRooms(now: number): Promise<number> {
  const rooms = db().collection('Chatting').where('sweepAt', '<=', Timestamp.fromMillis(now));
  let swept = 0;
  for (;;) {
    const due = await rooms.orderBy('sweepAt').limit(roomsPerPage).get();
    for (const room of due.docs) await sweepRoom(room, now);
    swept += due.size;
    if (due.size < roomsPerPage) return swept;
  }
}
