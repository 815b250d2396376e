/**
 * What has been kept long enough: messages of groups for a year, of consultations for three, each to the day; a room with
 * nothing left in it goes whole. Run nightly; takes up what it finds undone.
 */
import { deleteFiles, filesBelow } from '../platform/files.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import type { Room } from './schema.ts';
import { messagesOf, rooms } from './store.ts';
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
  await db().recursiveDelete(rooms().doc(roomId));
}

async function sweepRoom(roomId: string, { kind }: Pick<Room, 'kind'>, now: number): Promise<void> {
  const deleted = await deleteMessages(roomId, Timestamp.fromMillis(now - keptMs[kind]));
  const [oldest] = (await messagesOf(roomId).orderBy('sentAt').limit(1).get()).docs;
  if (!oldest) await deleteRoom(roomId);
  else
    await rooms()
      .doc(roomId)
      .update({ sweepAt: Timestamp.fromMillis(oldest.data().sentAt.toMillis() + keptMs[kind]) });
  log.info('chat.swept', { roomId, deleted, isGone: !oldest });
}

/** Sweeps every room that is due; returns how many. */
export async function sweepRooms(now: number): Promise<number> {
  let swept = 0;
  for (;;) {
    const due = await rooms()
      .where('sweepAt', '<=', Timestamp.fromMillis(now))
      .orderBy('sweepAt')
      .limit(roomsPerPage)
      .get();
    for (const room of due.docs) await sweepRoom(room.id, room.data(), now);
    swept += due.size;
    if (due.size < roomsPerPage) return swept;
  }
}
