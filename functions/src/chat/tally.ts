/**
 * What a room keeps of its messages, joined from states of messages in whatever order and number they come. Every part
 * only ever grows by its own order (greatest ordinal of each sender, newest state of the newest message, earliest question),
 * so the same states give the same room. Pure.
 */
import { compareInstants, type Instant } from '../kernel/fields.ts';
import type { Message, Room } from './schema.ts';

/** A message as an event tells of it. */
export interface Seen<T extends Instant = Instant> {
  readonly id: string;
  readonly message: Omit<Message, 'sentAt'> & { readonly sentAt: T };
  /** When it came to be as it is. */
  readonly asOf: T;
}

export type Tallied = Pick<
  Room,
  | 'kind'
  | 'sent'
  | 'count'
  | 'lastMessage'
  | 'lastMessageAt'
  | 'firstAskedAt'
  | 'firstAnsweredAt'
  | 'lastStaffAt'
  | 'firstReply'
  | 'sweepAt'
>;

const dayMs = 86_400_000;
/** Groups are kept a year; consultations three, as what complaints and disputes are settled by (전자상거래법 시행령 제6조). */
export const keptMs = { group: 365 * dayMs, consult: 3 * 365 * dayMs } as const;

const earlier = <T extends Instant>(a: T | null, b: T): T => (a && compareInstants(a, b) <= 0 ? a : b);
const later = <T extends Instant>(a: T | null, b: T): T => (a && compareInstants(a, b) >= 0 ? a : b);

const wordless = { image: '사진', file: '파일', place: '장소' } as const;
const previewLength = 100;

/** First words of a message, as the room list shows them. */
export function previewOf({ kind, text, deleted, hidden }: Message): string {
  if (deleted) return '삭제된 메시지입니다.';
  if (hidden) return '확인을 기다리는 메시지입니다.';
  if (kind === 'image' || kind === 'file' || kind === 'place') return wordless[kind];
  const cut = text.slice(0, previewLength);
  // Not through the middle of an emoji.
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

export const isOfHospital = ({ senderRole }: Pick<Message, 'senderRole'>): boolean =>
  senderRole === 'staff' || senderRole === 'doctor';

type Last = NonNullable<Room['lastMessage']>;

function newerOf(one: Last | null, other: Last): Last {
  if (!one) return other;
  const order =
    compareInstants(one.sentAt, other.sentAt) ||
    (one.id === other.id ? compareInstants(one.asOf, other.asOf) : one.id < other.id ? -1 : 1);
  return order >= 0 ? one : other;
}

const lastOf = ({ id, message, asOf }: Seen): Last => ({
  ...{ id, text: previewOf(message), kind: message.kind, senderUid: message.senderUid },
  ...{ sentAt: message.sentAt, asOf },
});

/** A room that has taken in a state of a message. */
function taken(room: Tallied, seen: Seen, instantAt: (ms: number) => Instant): Tallied {
  const { message } = seen;
  const { senderUid, nth, sentAt } = message;
  const lastMessage = newerOf(room.lastMessage, lastOf(seen));
  const isConsult = room.kind === 'consult';
  const isAnswer = isConsult && isOfHospital(message);
  const isQuestion = isConsult && message.senderRole === 'member';
  const known = senderUid === null ? 0 : (room.sent[senderUid] ?? 0);
  const sent = senderUid !== null && nth > known ? { ...room.sent, [senderUid]: nth } : room.sent;
  return {
    ...room,
    ...{ sent, lastMessage, lastMessageAt: later(room.lastMessageAt, lastMessage.sentAt) },
    count: Object.values(sent).reduce((total, each) => total + each, 0),
    firstAskedAt: isQuestion ? earlier(room.firstAskedAt, sentAt) : room.firstAskedAt,
    firstAnsweredAt: isAnswer ? earlier(room.firstAnsweredAt, sentAt) : room.firstAnsweredAt,
    lastStaffAt: isAnswer ? later(room.lastStaffAt, sentAt) : room.lastStaffAt,
    sweepAt: earlier(room.sweepAt, instantAt(sentAt.toMillis() + keptMs[room.kind])),
  };
}

/** How long the first question waited; null while there is none, no answer, or the hospital spoke first. */
function waitedIn(
  { firstAskedAt, firstAnsweredAt }: Tallied,
  minutesBetween: (from: number, to: number) => number,
): Room['firstReply'] {
  if (!firstAskedAt || !firstAnsweredAt || compareInstants(firstAnsweredAt, firstAskedAt) < 0) return null;
  const minutes = minutesBetween(firstAskedAt.toMillis(), firstAnsweredAt.toMillis());
  const within = (most: number) => (minutes <= most ? 1 : 0);
  return { minutes, answered: 1, within10m: within(10), within1h: within(60), within1d: within(1_440) };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The fields of a room that states of its messages change; null where they change none. */
export function joined(
  room: Tallied,
  seen: readonly Seen[],
  minutesBetween: (from: number, to: number) => number,
  instantAt: (ms: number) => Instant,
): Partial<Tallied> | null {
  const all = seen.reduce((before, each) => taken(before, each, instantAt), room);
  // What was waited is said once: hours that change later do not change it.
  const isKnown =
    room.firstReply &&
    same([room.firstAskedAt, room.firstAnsweredAt], [all.firstAskedAt, all.firstAnsweredAt]);
  const whole: Tallied = { ...all, firstReply: isKnown ? room.firstReply : waitedIn(all, minutesBetween) };
  const entries = Object.entries(whole).filter(
    ([field, value]) => !same(value, Object.entries(room).find(([name]) => name === field)?.[1]),
  );
  return entries.length === 0 ? null : Object.fromEntries(entries);
}
