/**
 * Chat rooms: consultations between a member and a hospital, and groups of members. A room is a document whose
 * `memberUids` decides who may read; below it stands what is said. What a member has read and written is in one document
 * of the member’s own, so that a message costs the same whether two or fifty read it.
 *
 * Every message carries how many the sender has written in the room (`nth`), proven by the rules. The room keeps the
 * greatest of each sender (`sent`): whatever comes twice, late or out of order ends in the same numbers.
 */
import { z } from 'zod';
import { count, id, instant, oneOf, optionalText, sized, stampedNow, text } from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';
import { moderationField } from '../moderation/schema.ts';
import { hasLongNumber } from './numbers.ts';

export const roomKinds = ['consult', 'group'] as const;
export const roomStatuses = ['open', 'closed'] as const;
export const messageKinds = ['text', 'image', 'file', 'place', 'notice', 'system'] as const;
export const senderRoles = ['member', 'staff', 'doctor', 'server'] as const;
export const mostMembers = 50;
/** Who is in a room, was, or is invited: so many over its life. */
export const mostPeople = 500;
/** A message may be changed for so long. */
export const editableMs = 300_000;
/** Ten messages, then no more until ten seconds after the first of them. */
export const pace = { most: 10, windowMs: 10_000 } as const;

const minji = 'kakao:9000000001';
const byUid = <T extends z.ZodType>(value: T, description: string, example: Record<string, unknown>) =>
  z.record(sized(1, 128), value).meta({ description, example });
const uids = (description: string, most = mostMembers) =>
  z
    .array(id('member', minji))
    .max(most)
    .meta({ description, example: [minji] });

const shownName = text(60, 'name shown', '민지');

/** Who speaks for a hospital, as the member sees it. */
export const deskPersonSchema = z.object({
  name: text(40, 'name shown', '김라온'),
  title: optionalText(20, 'title shown beside it', '상담실장'),
  role: oneOf(['staff', 'doctor'], '`doctor` only for one of the hospital’s published doctors', 'staff'),
});
export type DeskPerson = z.infer<typeof deskPersonSchema>;

const lastMessage = z
  .object({
    id: id('its document', 'm1'),
    text: optionalText(100, 'first words', '안녕하세요'),
    kind: oneOf(messageKinds, 'what it is', 'text'),
    senderUid: id('who; null: the server', minji).nullable(),
    sentAt: instant('when'),
    asOf: instant('state of the message this was taken from'),
  })
  .nullable()
  .meta({ description: 'newest message, for the room list', example: null });

const flag = (description: string) => z.int().min(0).max(1).meta({ description, example: 1 });
const firstReply = z
  .object({
    minutes: count('opening minutes between the first question and the first answer'),
    answered: flag('always 1: counted'),
    within10m: flag('1: within ten of them'),
    within1h: flag('1: within sixty'),
    within1d: flag('1: within 1,440'),
  })
  .nullable()
  .meta({ description: 'how long a consultation waited for its first answer', example: null });

const title = text(60, 'shown in the room list', '라온뷰티의원 상담');
const hospitalName = text(60, 'denormalised from the hospital', '라온뷰티의원');

export const roomSchema = z.object({
  kind: oneOf(roomKinds, 'consultation with a hospital, or a group of members', 'consult'),
  hospitalId: id('hospital consulted; null in a group', 'h1').nullable(),
  hospitalName: hospitalName.nullable(),
  title,
  memberUids: uids('members of the room; hospital staff see consultations of their hospital by claim'),
  names: byUid(shownName, 'members’ names', { [minji]: '민지' }),
  staff: byUid(deskPersonSchema, 'who of the hospital has taken part', {}),
  since: byUid(instant('when'), 'from when members see who joined later', {}),
  invitedUids: uids('who is invited and has not answered'),
  peopleUids: uids('everybody whose uid stands in this document, also who has left', mostPeople),
  createdBy: id('who opened it; owner of a group', minji),
  status: oneOf(roomStatuses, 'closed rooms take no more messages', 'open'),
  closedBy: z
    .enum(['member', 'hospital'])
    .nullable()
    .meta({ description: 'whose side closed it: only that one opens it again', example: null }),
  summary: text(
    500,
    'what a consultation came to, as it was closed',
    '쌍꺼풀 상담, 12월 3일 내원',
  ).nullable(),
  assignedTo: id('who of the hospital looks after it', 'staff-1').nullable(),
  sent: byUid(count('messages'), 'how many each has written', { [minji]: 3 }),
  count: count('messages written by people: the sum of `sent`'),
  lastMessage,
  lastMessageAt: instant('order of the room list'),
  firstAskedAt: instant('the member’s first message').nullable(),
  firstAnsweredAt: instant('the hospital’s first message').nullable(),
  lastStaffAt: instant('the hospital’s newest message').nullable(),
  firstReply,
  sweepAt: instant('when the oldest message has been kept long enough').nullable(),
  createdAt: instant('when opened'),
});
export type Room = z.infer<typeof roomSchema>;

/** What a room is to begin with, beside who is in it. */
export const emptyRoom = {
  ...{ staff: {}, since: {}, invitedUids: [], status: 'open', closedBy: null, summary: null },
  ...{ assignedTo: null, sent: {}, count: 0, lastMessage: null, firstAskedAt: null, firstAnsweredAt: null },
  ...{ lastStaffAt: null, firstReply: null, sweepAt: null },
} as const satisfies Partial<Room>;

const nothing = z.record(z.string(), z.never()).meta({ description: 'nothing yet', example: {} });
const nobody = z.array(z.never()).max(0).meta({ description: 'nobody', example: [] });
const onlyMyself = z
  .array(z.string())
  .length(1)
  .meta({ description: 'only oneself', example: [minji] });

/** A member opens a consultation; the id is `{uid}_{hospitalId}`, so there is one room for both. */
export const roomCreate = z.strictObject({
  kind: z.literal('consult'),
  hospitalId: id('hospital consulted', 'h1'),
  hospitalName,
  title,
  memberUids: onlyMyself,
  names: byUid(shownName, 'own nickname', { [minji]: '민지' }).refine(
    (names) => Object.keys(names).length === 1,
  ),
  ...{ staff: nothing, since: nothing, invitedUids: nobody, peopleUids: onlyMyself },
  createdBy: id('oneself', minji),
  ...{ status: z.literal('open'), closedBy: z.null(), summary: z.null(), assignedTo: z.null() },
  ...{ sent: nothing, count: z.literal(0), lastMessage: z.null() },
  lastMessageAt: stampedNow('when opened'),
  ...{ firstAskedAt: z.null(), firstAnsweredAt: z.null(), lastStaffAt: z.null(), firstReply: z.null() },
  sweepAt: z.null(),
  createdAt: stampedNow('when opened'),
});

const uploadPath = sized(1, 400)
  .regex(/^chats\/[^/]+\/[^/]+\/[^/]+$/)
  .meta({ description: 'what the sender uploaded: `chats/{roomId}/{uid}/{file}`', example: null });
const longestText = 2_000;

/** Words without a run of seven digits: what could be a number of a person goes through `sendMessage`. */
const plainText = (max: number, description: string, example: string) =>
  text(max, description, example).refine((value) => !hasLongNumber(value), {
    error: '긴 숫자는 sendMessage로 보내 주세요',
  });

const placeFields = {
  lat: z.number().min(-90).max(90).meta({ description: 'latitude', unit: 'degrees', example: 37.4979 }),
  lng: z.number().min(-180).max(180).meta({ description: 'longitude', unit: 'degrees', example: 127.0276 }),
};

const attachment = z
  .object({
    state: oneOf(['ready', 'refused'], 'refused: no picture, or no document', 'ready'),
    path: z.string().max(400).nullable().meta({ description: 'what is shown', example: null }),
    thumbPath: z.string().max(400).nullable().meta({ description: 'small picture', example: null }),
    size: count('bytes'),
  })
  .nullable()
  .meta({ description: 'what became of the upload; null: nothing yet, or nothing uploaded', example: null });
export type Attachment = NonNullable<z.infer<typeof attachment>>;

export const messageSchema = z.object({
  senderUid: id('who wrote it; null: the server', minji).nullable(),
  senderName: optionalText(60, 'shown name', '민지'),
  senderRole: oneOf(senderRoles, 'as whom', 'member'),
  senderTitle: optionalText(20, 'title of somebody of the hospital', ''),
  aboutUid: id('whom a line of the server names', minji).nullable(),
  kind: oneOf(messageKinds, 'system lines are the server’s', 'text'),
  text: optionalText(longestText, 'text; empty for a picture, file or place', '상담 가능한가요?'),
  uploadPath: uploadPath.nullable(),
  fileName: text(120, 'name of a file', '동의서.pdf').nullable(),
  place: z
    .object({ name: text(60, 'its name', '강남역 3번 출구'), ...placeFields })
    .nullable()
    .meta({ description: 'a place on the map', example: null }),
  nth: count('how many the sender has written in this room, this one included; 0: the server'),
  deleted: z.boolean().meta({ description: 'taken back by the sender: a tombstone', example: false }),
  hidden: z.boolean().meta({ description: 'held back', example: false }),
  attachment,
  editedAt: instant('when it was changed last').nullable(),
  sentAt: instant('when'),
  moderation: moderationField.optional(),
});
export type Message = z.infer<typeof messageSchema>;

const messageEnvelope = {
  senderUid: id('oneself', minji),
  senderName: text(60, 'own name in the room', '민지'),
  senderRole: oneOf(['member', 'staff', 'doctor'], 'as whom', 'member'),
  senderTitle: optionalText(20, 'own title in the room; empty for members', ''),
  aboutUid: z.null(),
  nth: z.int().min(1).meta({ description: 'one more than before in this room', example: 1 }),
  deleted: z.literal(false),
  hidden: z.literal(false),
  attachment: z.null(),
  editedAt: z.null(),
  sentAt: stampedNow('when'),
};
const wordless = { text: z.literal('') };
const fileless = { uploadPath: z.null(), fileName: z.null() };
const placeless = { place: z.null() };

/** What a member or somebody of the hospital writes, together with the own inbox. */
export const messageCreate = z.discriminatedUnion('kind', [
  z.strictObject({
    ...{ ...messageEnvelope, ...fileless, ...placeless },
    kind: z.enum(['text', 'notice']),
    text: plainText(longestText, 'text', '상담 가능한가요?'),
  }),
  z.strictObject({
    ...{ ...messageEnvelope, ...wordless, ...placeless },
    kind: z.literal('image'),
    uploadPath,
    fileName: z.null(),
  }),
  z.strictObject({
    ...{ ...messageEnvelope, ...wordless, ...placeless },
    kind: z.literal('file'),
    uploadPath,
    fileName: plainText(120, 'name of the file', '동의서.pdf'),
  }),
  z.strictObject({
    ...{ ...messageEnvelope, ...wordless, ...fileless },
    kind: z.literal('place'),
    place: z.strictObject({ name: plainText(60, 'its name', '강남역 3번 출구'), ...placeFields }),
  }),
]);

/** For five minutes. */
export const messageEdit = z.strictObject({
  text: plainText(longestText, 'text', '상담 가능할까요?'),
  editedAt: stampedNow('when it was changed'),
});
export const messageTombstone = z.strictObject({
  ...{ ...wordless, ...fileless, ...placeless },
  attachment: z.null(),
  deleted: z.literal(true),
  editedAt: stampedNow('when it was taken back'),
});

const mark = z.strictObject({
  sent: count('messages written in the room'),
  seen: z.int().min(0).max(1_000_000_000).meta({ description: 'messages of others read there', example: 7 }),
});
const inboxFields = {
  rooms: z
    .record(sized(1, 300), mark)
    .meta({ description: 'rooms by id', example: { 'kakao:9000000001_h1': { sent: 3, seen: 7 } } }),
  roomId: sized(1, 300).meta({
    description: 'the room this change is about',
    example: 'kakao:9000000001_h1',
  }),
  messageId: optionalText(128, 'the message sent last; empty: none, or a room was read since', 'm1'),
  inWindow: z
    .int()
    .min(0)
    .max(pace.most)
    .meta({ description: 'messages since `windowAt`: at most ten in ten seconds', example: 1 }),
};
export const inboxSchema = z.object({
  ...inboxFields,
  windowAt: instant('since when messages are counted'),
  updatedAt: instant('last change'),
});
export type Inbox = z.infer<typeof inboxSchema>;

/** A mark moves, in the first inbox or one that is there. */
export const inboxMark = z.strictObject({
  ...inboxFields,
  windowAt: stampedNow('when first made; a mark leaves it alone'),
  updatedAt: stampedNow('when'),
});

const quickReply = z.strictObject({
  title: text(30, 'what it is called', '예약 안내'),
  text: text(1_000, 'what is said', '원하시는 날짜를 알려 주시면 확인해 드릴게요.'),
});
export const deskFields = {
  awayText: text(300, 'what is answered outside opening hours', '진료 시간에 답해 드릴게요.').nullable(),
  holidays: z
    .array(z.string().regex(/^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/))
    .max(60)
    .meta({ description: 'days the hospital is closed', unit: 'KST date', example: ['2026-12-25'] }),
  quickReplies: z.array(quickReply).max(50).meta({ description: 'what is said often', example: [] }),
};
export const deskSchema = z.object({
  ...deskFields,
  people: byUid(deskPersonSchema, 'as whom staff appear', {}),
  updatedAt: instant('last change'),
});
export type Desk = z.infer<typeof deskSchema>;

export const chatModels: readonly CollectionModel[] = [
  {
    path: 'Chatting/{roomId}',
    purpose: 'Rooms. Id of a consultation: `{uid}_{hospitalId}`.',
    stored: roomSchema,
    access: {
      get: 'its members, staff of its hospital, operators',
      list: 'rooms one is a member of; staff: rooms of their hospital; at most 50',
      write: 'a member opens a consultation with a published hospital; everything else is the server’s',
    },
    withdrawal: 'consultations are deleted wholly; groups are left, and know the person no more',
    client: { create: roomCreate },
    queries: [
      {
        screen: 'my rooms, newest talk first',
        where: [{ field: 'memberUids', op: 'array-contains' }],
        orderBy: [{ field: 'lastMessageAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'rooms of a hospital (staff)',
        where: [
          { field: 'hospitalId', op: '==' },
          { field: 'kind', op: '==' },
        ],
        orderBy: [{ field: 'lastMessageAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'rooms assigned to somebody of a hospital (staff)',
        where: [
          { field: 'hospitalId', op: '==' },
          { field: 'kind', op: '==' },
          { field: 'assignedTo', op: '==' },
        ],
        orderBy: [{ field: 'lastMessageAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'rooms that know a member who leaves, or is renamed (server)',
        where: [{ field: 'peopleUids', op: 'array-contains' }],
        limit: 20,
      },
      {
        screen: 'how fast a hospital answers (server)',
        where: [{ field: 'hospitalId', op: '==' }],
        limit: 0,
        aggregates: [
          'firstReply.answered',
          'firstReply.minutes',
          'firstReply.within10m',
          'firstReply.within1h',
          'firstReply.within1d',
        ],
      },
      {
        screen: 'rooms with messages kept long enough (server, nightly)',
        where: [],
        orderBy: [{ field: 'sweepAt', direction: 'asc' }],
        limit: 50,
      },
    ],
  },
  {
    path: 'Chatting/{roomId}/messages/{messageId}',
    purpose: 'What is said in a room.',
    stored: messageSchema,
    access: {
      get: 'members of the room, from when they joined; staff of its hospital; operators',
      list: 'the same, what is not held back, at most 50 at a time; who joined later says from when',
      write:
        'members and staff who take part, in an open room, together with their inbox; the sender changes words for five minutes and takes back at any time',
    },
    withdrawal:
      'of consultations deleted; in groups kept as 탈퇴한 회원, pictures deleted; as hospital staff kept under the name shown then',
    client: { create: messageCreate, edit: messageEdit },
    queries: [
      {
        screen: 'newest messages',
        where: [{ field: 'hidden', op: '==' }],
        orderBy: [{ field: 'sentAt', direction: 'desc' }],
        limit: 30,
      },
      {
        screen: 'oldest messages (server, nightly)',
        where: [],
        orderBy: [{ field: 'sentAt', direction: 'asc' }],
        limit: 200,
      },
      {
        screen: 'messages and pictures of a member who leaves (server)',
        where: [
          { field: 'senderUid', op: '==' },
          { field: 'kind', op: '==' },
        ],
        limit: 100,
        group: true,
      },
      {
        screen: 'lines of the server about a member who leaves (server)',
        where: [{ field: 'aboutUid', op: '==' }],
        limit: 100,
        group: true,
      },
    ],
  },
  {
    path: 'users/{uid}/private/inbox',
    purpose:
      'How many messages a member has written and read in each room: one read for the unread counts of all rooms. A message is written together with it, which proves `nth` and limits the pace.',
    stored: inboxSchema,
    access: { get: 'the owner and operators', list: 'nobody', write: 'the owner, a room at a time' },
    withdrawal: 'deleted with the account',
    client: { create: inboxMark },
    queries: [],
  },
  {
    path: 'desks/{hospitalId}',
    purpose: 'What a hospital’s consultation desk says by itself and often, and as whom its staff appear.',
    stored: deskSchema,
    access: {
      get: 'staff of the hospital, operators',
      list: 'nobody',
      write: 'server only (`saveDesk`, `setDeskPerson`)',
    },
    withdrawal: 'staff are the hospital’s: who holds a role cannot leave',
    queries: [],
  },
];
