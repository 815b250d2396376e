/**
 * Consultation rooms. A room is a document whose `memberUids` decides who may read; what belongs to one member
 * (role, how far they have read) stands below it in `members`, what is said in `messages`.
 */
import { z } from 'zod';
import { id, instant, oneOf, optionalText, stampedNow, storagePath, text } from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';

export const roomKinds = ['consult', 'group'] as const;
export const roomStatuses = ['open', 'closed'] as const;
export const messageKinds = ['text', 'image', 'system'] as const;

const lastMessage = z
  .object({
    text: optionalText(100, 'first words', '안녕하세요'),
    senderUid: id('who', 'kakao:9000000001'),
    sentAt: instant('when'),
  })
  .nullable()
  .meta({ description: 'newest message, for the room list; the server’s', example: null });

const roomBase = {
  hospitalId: id('hospital consulted; null in a group', 'h1').nullable(),
  hospitalName: text(60, 'denormalised from the hospital', '라온뷰티의원').nullable(),
  title: text(60, 'shown in the room list', '라온뷰티의원 상담'),
  memberUids: z
    .array(z.string().min(1).max(128))
    .max(50)
    .meta({
      description: 'members of the room; hospital staff see consult rooms of their hospital by claim',
      example: ['kakao:9000000001'],
    }),
  createdBy: id('who opened it', 'kakao:9000000001'),
};

export const roomSchema = z.object({
  kind: oneOf(roomKinds, 'consultation with a hospital, or a group of members', 'consult'),
  ...roomBase,
  status: oneOf(roomStatuses, 'closed rooms take no more messages', 'open'),
  lastMessage,
  lastMessageAt: instant('order of the room list'),
  createdAt: instant('when opened'),
});
export type Room = z.infer<typeof roomSchema>;

/** A member opens a consultation; the id is `{uid}_{hospitalId}`, so there is one room for both. */
export const roomCreate = z.strictObject({
  kind: z.literal('consult'),
  hospitalId: id('hospital consulted', 'h1'),
  hospitalName: text(60, 'denormalised from the hospital', '라온뷰티의원'),
  title: text(60, 'shown in the room list', '라온뷰티의원 상담'),
  memberUids: z
    .array(z.string())
    .length(1)
    .meta({ description: 'only oneself', example: ['kakao:9000000001'] }),
  createdBy: id('oneself', 'kakao:9000000001'),
  status: z.literal('open'),
  lastMessage: z.null(),
  lastMessageAt: stampedNow('when opened'),
  createdAt: stampedNow('when opened'),
});

export const messageSchema = z.object({
  senderUid: id('who wrote it', 'kakao:9000000001'),
  senderName: text(60, 'shown name', '민지'),
  kind: oneOf(messageKinds, 'system lines are the server’s', 'text'),
  text: optionalText(2000, 'text; empty for a picture', '상담 가능한가요?'),
  imagePath: storagePath('chats', 'Storage path `chats/{roomId}/{file}`').nullable(),
  sentAt: instant('when'),
});
export type Message = z.infer<typeof messageSchema>;

const messageEnvelope = {
  senderUid: id('oneself', 'kakao:9000000001'),
  senderName: text(60, 'own nickname; staff: the hospital', '민지'),
  sentAt: stampedNow('when'),
};

/** What a member writes: words, or a picture. */
export const messageCreate = z.discriminatedUnion('kind', [
  z.strictObject({
    ...messageEnvelope,
    kind: z.literal('text'),
    text: text(2000, 'text', '상담 가능한가요?'),
    imagePath: z.null(),
  }),
  z.strictObject({
    ...messageEnvelope,
    kind: z.literal('image'),
    text: z.literal(''),
    imagePath: storagePath('chats', 'Storage path'),
  }),
]);

export const roomMemberSchema = z.object({
  role: oneOf(['member', 'staff'] as const, 'member, or hospital staff', 'member'),
  joinedAt: instant('since when'),
  lastReadAt: instant('read up to here'),
});

export const roomMemberCreate = z.strictObject({
  role: z.literal('member'),
  joinedAt: stampedNow('since when'),
  lastReadAt: stampedNow('read up to here'),
});
export const roomMemberEdit = z.strictObject({ lastReadAt: stampedNow('read up to here') });

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
        where: [{ field: 'hospitalId', op: '==' }],
        orderBy: [{ field: 'lastMessageAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'rooms opened by a member who leaves (server)',
        where: [{ field: 'createdBy', op: '==' }],
        limit: 20,
      },
      {
        screen: 'rooms where a member who leaves spoke last (server)',
        where: [{ field: 'lastMessage.senderUid', op: '==' }],
        limit: 20,
      },
    ],
  },
  {
    path: 'Chatting/{roomId}/messages/{messageId}',
    purpose: 'What is said in a room.',
    stored: messageSchema,
    access: {
      get: 'members of the room, staff of its hospital, operators',
      list: 'the same, at most 50 at a time',
      write: 'members and staff of an open room, as themselves, unless suspended; never changed by clients',
    },
    withdrawal:
      'of consultations deleted; in groups kept as 탈퇴한 회원, pictures deleted; as hospital staff kept under the hospital’s name',
    client: { create: messageCreate },
    queries: [
      { screen: 'newest messages', where: [], orderBy: [{ field: 'sentAt', direction: 'desc' }], limit: 30 },
      {
        screen: 'messages and pictures of a member who leaves (server)',
        where: [
          { field: 'senderUid', op: '==' },
          { field: 'kind', op: '==' },
        ],
        limit: 100,
        group: true,
      },
    ],
  },
  {
    path: 'Chatting/{roomId}/members/{uid}',
    purpose: 'What belongs to one member of a room.',
    stored: roomMemberSchema,
    access: {
      get: 'members of the room, staff of its hospital, operators',
      list: 'the same, at most 50',
      write: 'oneself, when a member of the room: joins once, then moves lastReadAt',
    },
    withdrawal: 'deleted',
    client: { create: roomMemberCreate, edit: roomMemberEdit },
    queries: [],
  },
];
