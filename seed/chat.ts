/** Consultation rooms with a hospital and a few groups of members. */
import { emptyRoom, type Inbox, type Message, type Room } from '../functions/src/chat/schema.ts';
import { joined } from '../functions/src/chat/tally.ts';
import { othersIn } from '../functions/src/chat/unread.ts';
import { Dice } from './dice.ts';
import type { Directory, SeedHospital } from './directory.ts';
import { atMillis, nth, type SeedDocument, type SeedSize, sizes, soonAfter } from './frame.ts';
import type { SeedUser } from './people.ts';
import { at, fill, words } from './words.ts';

interface Speaker {
  readonly uid: string;
  readonly name: string;
  readonly title: string;
  readonly role: 'member' | 'staff';
}

interface Talk {
  readonly id: string;
  readonly base: Pick<
    Room,
    'kind' | 'hospitalId' | 'hospitalName' | 'title' | 'memberUids' | 'createdBy' | 'status'
  >;
  readonly speakers: readonly Speaker[];
  readonly lines: readonly string[];
  readonly begins: number;
}

function messagesOf({ lines, speakers, begins }: Talk, dice: Dice): Message[] {
  let now = begins;
  return lines.map((text, index) => {
    now += dice.whole(20, 900) * 1000;
    const { uid, name, title, role } = nth(speakers, index);
    return {
      ...{ senderUid: uid, senderName: name, senderRole: role, senderTitle: title, aboutUid: null },
      ...{ kind: 'text', text, uploadPath: null, fileName: null, place: null, attachment: null },
      nth: Math.floor(index / speakers.length) + 1,
      ...{ deleted: false, hidden: false, editedAt: null, sentAt: atMillis(now) },
    };
  });
}

/** What the room keeps of its messages, as the trigger would make it. */
function tallied(talk: Talk, messages: readonly Message[]): Room {
  const { base, speakers, begins } = talk;
  const opened = atMillis(begins);
  const known = speakers.filter(({ role }) => role === 'staff');
  const room: Room = {
    ...{ ...emptyRoom, ...base, invitedUids: [], lastMessageAt: opened, createdAt: opened },
    names: Object.fromEntries(base.memberUids.map((uid) => [uid, nameOf(speakers, uid)])),
    staff: Object.fromEntries(known.map(({ uid, name, title }) => [uid, { name, title, role: 'staff' }])),
    peopleUids: speakers.map(({ uid }) => uid),
    assignedTo: known[0]?.uid ?? null,
    closedBy: base.status === 'closed' ? 'hospital' : null,
  };
  const seen = messages.map((message, index) => ({ id: messageId(index), message, asOf: message.sentAt }));
  const minutes = (from: number, to: number) => Math.floor((to - from) / 60_000);
  return { ...room, ...joined(room, seen, minutes, atMillis) };
}

const messageId = (index: number) => `m${String(index + 1).padStart(3, '0')}`;
const nameOf = (speakers: readonly Speaker[], uid: string) =>
  nth(
    speakers.filter((speaker) => speaker.uid === uid),
    0,
  ).name;

interface Laid {
  readonly talk: Talk;
  readonly room: Room;
  readonly messages: readonly Message[];
}

const laid = (talk: Talk, dice: Dice): Laid => {
  const messages = messagesOf(talk, dice);
  return { talk, messages, room: tallied(talk, messages) };
};

const roomDocuments = ({ talk, room, messages }: Laid): SeedDocument[] => [
  { path: `Chatting/${talk.id}`, data: { ...room } },
  ...messages.map((data, index) => ({
    path: `Chatting/${talk.id}/messages/${messageId(index)}`,
    data: { ...data },
  })),
];

/** Members have read a part of what others wrote; who began the talk has read all. */
function inboxes(all: readonly Laid[], dice: Dice): SeedDocument[] {
  const uids = [...new Set(all.flatMap(({ room }) => room.memberUids))];
  return uids.map((uid) => {
    const own = all.filter(({ room }) => room.memberUids.includes(uid));
    const marks = own.map(({ talk, room }): [string, Inbox['rooms'][string]] => {
      const others = othersIn(room, uid);
      const seen = room.createdBy === uid ? others : dice.whole(0, others);
      return [talk.id, { sent: room.sent[uid] ?? 0, seen }];
    });
    const newest = own.reduce((one, each) => (each.talk.begins > one.talk.begins ? each : one));
    const at = newest.room.lastMessageAt;
    const inbox = { rooms: Object.fromEntries(marks), roomId: newest.talk.id, messageId: '', inWindow: 0 };
    return { path: `users/${uid}/private/inbox`, data: { ...inbox, windowAt: at, updatedAt: at } };
  });
}

/** After all of them had joined, and early enough that the talk is over by the seed time. */
function begun(dice: Dice, users: readonly SeedUser[]): number {
  const joined = Math.max(...users.map(({ data }) => data.createdAt.toMillis()));
  return Math.max(soonAfter(dice, joined, 400) - 6 * 3_600_000, joined);
}

function consultation(user: SeedUser, hospital: SeedHospital, dice: Dice): Talk {
  const [treatment] = dice.pick(at(words.treatments, dice.pick(hospital.kind.groups)).list);
  const lines = dice.pick(words.chats.consult).map((line) => fill(line, { t: treatment }));
  return {
    id: `${user.id}_${hospital.id}`,
    base: {
      kind: 'consult',
      hospitalId: hospital.id,
      hospitalName: hospital.data.name,
      title: `${hospital.data.name} 상담`,
      memberUids: [user.id],
      createdBy: user.id,
      status: dice.chance(0.85) ? 'open' : 'closed',
    },
    speakers: [
      { uid: user.id, name: user.data.nickname, title: '', role: 'member' },
      {
        uid: `staff-${hospital.id.slice(2)}`,
        name: hospital.data.representative,
        title: '상담실장',
        role: 'staff',
      },
    ],
    lines,
    begins: begun(dice, [user]),
  };
}

function group(index: number, members: readonly SeedUser[], dice: Dice): Talk {
  const { title, lines } = nth(words.chats.group, index);
  const uids = members.map(({ id }) => id);
  return {
    id: `group-${index + 1}`,
    base: {
      kind: 'group',
      hospitalId: null,
      hospitalName: null,
      title,
      memberUids: uids,
      createdBy: nth(uids, 0),
      status: 'open',
    },
    speakers: members.map(({ id, data }) => ({ uid: id, name: data.nickname, title: '', role: 'member' })),
    lines,
    begins: begun(dice, members),
  };
}

/** 소라 talks with the first hospital, so that its staff account has a room to answer in. */
export function chatDocuments(
  size: SeedSize,
  { hospitals }: Directory,
  users: readonly SeedUser[],
): SeedDocument[] {
  const dice = new Dice('chat');
  const members = users.filter(({ id }) => id !== 'operator-1' && id !== 'kakao:9000000099');
  const groups = size === 'full' ? 3 : 1;
  const consultations = Array.from({ length: sizes[size].rooms - groups }, (_, index) =>
    consultation(nth(members, index), nth(hospitals, index % 5 === 0 ? 0 : index), dice),
  );
  const talks = Array.from({ length: groups }, (_, index) =>
    group(index, [nth(members, 0), nth(members, index + 2), nth(members, index * 2 + 4)], dice),
  );
  const all = [...consultations, ...talks].map((talk) => laid(talk, dice));
  return [...all.flatMap(roomDocuments), ...inboxes(all, dice)];
}
