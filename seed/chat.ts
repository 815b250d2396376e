/** Consultation rooms with a hospital and a few groups of members. */
import type { Message, Room } from '../functions/src/chat/schema.ts';
import { Dice } from './dice.ts';
import type { Directory, SeedHospital } from './directory.ts';
import { atMillis, nth, type SeedDocument, type SeedSize, sizes, soonAfter } from './frame.ts';
import type { SeedUser } from './people.ts';
import { at, fill, words } from './words.ts';

interface Speaker {
  readonly uid: string;
  readonly name: string;
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
    const { uid, name } = nth(speakers, index);
    return { senderUid: uid, senderName: name, kind: 'text', text, imagePath: null, sentAt: atMillis(now) };
  });
}

function roomDocuments(talk: Talk, dice: Dice): SeedDocument[] {
  const messages = messagesOf(talk, dice);
  const last = nth(messages, messages.length - 1);
  const path = `Chatting/${talk.id}`;
  const room: Room = {
    ...talk.base,
    lastMessage: { text: last.text.slice(0, 100), senderUid: last.senderUid, sentAt: last.sentAt },
    lastMessageAt: last.sentAt,
    createdAt: atMillis(talk.begins),
  };
  const readTo = (index: number) => (index === 0 ? last : nth(messages, dice.whole(0, messages.length - 1)));
  return [
    { path, data: { ...room } },
    ...messages.map((data, index) => ({
      path: `${path}/messages/m${String(index + 1).padStart(3, '0')}`,
      data: { ...data },
    })),
    ...talk.speakers.map(({ uid, role }, index) => ({
      path: `${path}/members/${uid}`,
      data: { role, joinedAt: atMillis(talk.begins), lastReadAt: readTo(index).sentAt },
    })),
  ];
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
      { uid: user.id, name: user.data.nickname, role: 'member' },
      { uid: `staff-${hospital.id.slice(2)}`, name: hospital.data.name, role: 'staff' },
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
    speakers: members.map(({ id, data }) => ({ uid: id, name: data.nickname, role: 'member' })),
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
  return [...consultations, ...talks].flatMap((talk) => roomDocuments(talk, dice));
}
