/** Members’ names in rooms follow their nicknames. What was said before keeps the name it was said under. */
import { db, isStale } from '../platform/firebase.ts';
import { rooms } from './store.ts';

const roomsPerPage = 20;
const attempts = 5;

async function rename(roomId: string, uid: string, nickname: string): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = await rooms().doc(roomId).get();
    const room = found.data();
    if (!room || !found.updateTime || room.names[uid] === undefined || room.names[uid] === nickname) return;
    try {
      const names = { ...room.names, [uid]: nickname };
      await found.ref.update({ names }, { lastUpdateTime: found.updateTime });
      return;
    } catch (error) {
      if (!isStale(error)) throw error;
    }
  }
  throw new Error('the room changes faster than its names');
}

/** Gives a member the nickname of now in every room. */
export async function followNickname(uid: string): Promise<void> {
  const nickname: unknown = (await db().doc(`users/${uid}`).get()).get('nickname');
  if (typeof nickname !== 'string') return;
  const own = rooms().where('memberUids', 'array-contains', uid).orderBy('lastMessageAt', 'desc');
  let page = (await own.limit(roomsPerPage).get()).docs;
  while (page.length > 0) {
    for (const { id } of page) await rename(id, uid, nickname);
    page = (await own.startAfter(page.at(-1)).limit(roomsPerPage).get()).docs;
  }
}
