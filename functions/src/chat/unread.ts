/**
 * What somebody has not read. Everything needed is in the room and in the reader’s inbox; the app computes the same. Pure.
 *
 * A mark says how many messages of others one has seen. To mark a room as read an app stores `othersIn(room)`, plus the
 * messages of others on its screen that the room does not count yet.
 */
import type { Room } from './schema.ts';

type Counted = Pick<Room, 'kind' | 'memberUids' | 'sent'>;

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

/**
 * Messages in a room that are others’ to the reader. In a consultation there are two sides: to somebody of the hospital
 * those of the member, to the member those of the hospital.
 */
export function othersIn({ kind, memberUids, sent }: Counted, uid: string): number {
  const isHospital = kind === 'consult' && !memberUids.includes(uid);
  return sum(
    Object.entries(sent)
      .filter(([who]) => (isHospital ? memberUids.includes(who) : who !== uid))
      .map(([, each]) => each),
  );
}

/** How many of them the reader has not seen. Messages written before one joined are seen. */
export const unreadIn = (room: Counted, uid: string, seen: number): number =>
  Math.max(0, othersIn(room, uid) - seen);
