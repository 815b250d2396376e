/**
 * What follows from a message: what the room keeps of it, the members’ phones, a hospital’s answer by itself, what was
 * uploaded. Events may come twice, late or out of order: each part ends the same. Members who read cost nothing here.
 */
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { compareInstants } from '../kernel/fields.ts';
import { redact } from '../kernel/redact.ts';
import { db, isAlreadyThere, isStale, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { Merging } from '../platform/merging.ts';
import { together } from '../platform/together.ts';
import { answeringOf } from './desk.ts';
import { recountFirstReplies } from './firstReplies.ts';
import { awaySince, openMinutes } from './hours.ts';
import { clearMedia, followMedia } from './media.ts';
import { ring } from './ring.ts';
import { type Message, messageSchema, type Room, roomSchema } from './schema.ts';
import { messagesOf, rawRoom, serverLine } from './store.ts';
import { joined, type Seen } from './tally.ts';

const awayText = '지금은 진료 시간이 아닙니다. 진료 시간에 확인하고 답해 드리겠습니다.';
/** An answer by itself that comes later than this would be none. */
const timelyMs = 3_600_000;

async function scheduleOf({ hospitalId }: Room) {
  return hospitalId === null ? null : (await answeringOf(hospitalId)).schedule;
}

/** Somebody the room no longer knows has left for good: an event that comes late does not bring them back. */
const known = ({ peopleUids }: Room, { message, ...seen }: Seen): Seen =>
  message.senderUid === null || peopleUids.includes(message.senderUid)
    ? { ...seen, message }
    : { ...seen, message: { ...message, senderUid: null } };

/** The hospital’s hours are read only where a first answer is to be measured by them. */
async function joinSeen(stored: unknown, all: readonly Seen[]) {
  const room = roomSchema.parse(stored);
  const seen = all.map((each) => known(room, each));
  const at = (ms: number) => Timestamp.fromMillis(ms);
  let isMeasured = false;
  const fields = joined(
    room,
    seen,
    () => {
      isMeasured = true;
      return 0;
    },
    at,
  );
  if (!isMeasured) return fields;
  const schedule = await scheduleOf(room);
  return joined(room, seen, (from, to) => openMinutes(schedule, from, to), at);
}

const tallies = new Merging<Seen>(joinSeen);

/** Once per time away: the line’s id is the closing hour. Not when somebody has answered since. */
async function answerAway(
  roomId: string,
  { hospitalId, lastStaffAt }: Room,
  { sentAt }: Message,
  now: number,
) {
  if (hospitalId === null || now - sentAt.toMillis() > timelyMs) return;
  const { schedule, awayText: own } = await answeringOf(hospitalId, now);
  const since = schedule && awaySince(schedule, sentAt.toMillis());
  if (since === null || (lastStaffAt && lastStaffAt.toMillis() >= since)) return;
  await messagesOf(roomId)
    .doc(`away-${since}`)
    .create(serverLine(own ?? awayText, null))
    .catch((error: unknown) => {
      if (!isAlreadyThere(error)) throw error;
    });
}

/** Whether this message is what a room’s first reply is measured by. */
const isMeasure = ({ firstReply, firstAskedAt, firstAnsweredAt }: Room, { sentAt }: Message) =>
  firstReply !== null &&
  [firstAskedAt, firstAnsweredAt].some((at) => at !== null && compareInstants(at, sentAt) === 0);

async function tally(roomId: string, seen: Seen, isNew: boolean, now: number): Promise<void> {
  const { message } = seen;
  const stored = await tallies.take(rawRoom(roomId), seen);
  if (!stored) return;
  const room = roomSchema.parse(stored);
  if (!isNew || message.kind === 'system') return;
  const isQuestion = room.kind === 'consult' && message.senderRole === 'member';
  await together(
    async () => ring(roomId, room, message, now),
    async () => isQuestion && answerAway(roomId, room, message, now),
    async () => room.hospitalId && isMeasure(room, message) && recountFirstReplies(room.hospitalId),
  );
}

/** What the rules let pass for a few digits only: announced numbers are blacked out here. */
async function mask(after: DocumentSnapshot, { text, fileName }: Message): Promise<void> {
  const [words, name] = [redact(text), redact(fileName ?? '')];
  const found = [...words.found, ...name.found];
  if (found.length === 0 || !after.updateTime) return;
  const change = { text: words.text.slice(0, 2_000), ...(fileName === null ? {} : { fileName: name.text }) };
  await db()
    .doc(after.ref.path)
    .update(change, { lastUpdateTime: after.updateTime })
    // Changed since: that change has an event of its own.
    .catch((error: unknown) => {
      if (!isStale(error)) throw error;
    });
}

/** `Chatting/{roomId}/messages/{messageId}` was written. */
export async function messageWritten(
  roomId: string,
  messageId: string,
  { before, after }: Change<DocumentSnapshot>,
  now = Date.now(),
): Promise<void> {
  const was = messageSchema.safeParse(before.data()).data ?? null;
  if (!after.exists || !after.updateTime) return clearMedia(roomId, messageId, was);
  const message = messageSchema.safeParse(after.data()).data;
  if (!message) return log.warn('chat.malformed', { roomId, messageId });
  const asOf = after.updateTime;
  await together(
    () => tally(roomId, { id: messageId, message, asOf }, was === null, now),
    () => mask(after, message),
    () => followMedia(roomId, messageId, was, message),
  );
}
