/**
 * What members are told: in the app, written by the server, once for each cause, and by push to their devices. The member
 * marks what was read, and says which kinds are not to ring.
 */
import { z } from 'zod';
import {
  count,
  type Instant,
  id,
  instant,
  isInstant,
  oneOf,
  optionalText,
  sized,
  stampedNow,
  text,
} from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';

export const notificationKinds = [
  'reply',
  'mention',
  'moderation',
  'hospitalReply',
  'receipt',
  'chat',
  'chatInvitation',
  'appointment',
  'reminder',
  'prepay',
  'consent',
  'promotion',
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

const kind = oneOf(notificationKinds, 'what it is about', 'reply');
const title = text(60, 'first line', '새 댓글');
const body = optionalText(200, 'second line', '내 글에 댓글이 달렸습니다.');
const target = text(300, 'path of the document it leads to', 'TempReplies/reply-1');
const purgeAt = instant('deleted by Firestore’s TTL policy after this');

/** Nothing here names another person: what others are called changes, and goes with them. */
export const notificationSchema = z.object({
  kind,
  title,
  body,
  target,
  createdAt: instant('when it was written, by the database’s clock'),
  readAt: instant('when the member read it').nullable(),
  purgeAt,
});
export type Notification = z.infer<typeof notificationSchema>;

export const notificationEdit = z.strictObject({ readAt: stampedNow('when the member read it') });

const upTo = '`createdAt` of the newest one the member had before them when they marked all as read';
const readUpTo = instant(upTo).nullable();
const muted = z
  .array(z.enum(notificationKinds))
  .max(notificationKinds.length)
  .meta({ description: 'kinds that do not ring; they are told in the app all the same', example: ['reply'] });

export const platforms = ['ios', 'android', 'web'] as const;
const token = sized(1, 4096)
  .regex(/^[!-~]+$/)
  .meta({ description: 'FCM registration token', example: 'fcm-token-minji-phone' });
const platform = oneOf(platforms, 'what the device is', 'ios');

export const deviceSchema = z.object({
  token,
  platform,
  seenAt: instant('when the app last said so, to the week'),
});
export type Device = z.infer<typeof deviceSchema>;

/** All that sending to a member has to know, in one read. */
export const pushSettingsSchema = z.object({
  muted: muted.default([]),
  readUpTo: readUpTo.default(null),
  devices: z
    .record(z.string(), deviceSchema)
    .default({})
    .meta({ description: 'devices signed in, by digest of their token; at most five' }),
  updatedAt: instant('last change by the member').nullable().default(null),
});
export type PushSettings = z.infer<typeof pushSettingsSchema>;

/** What a member writes: the first time all of it, later what changes. */
export const pushSettingsEdit = z.strictObject({
  muted,
  readUpTo: z
    .custom<Instant | Date>((value) => isInstant(value) || value instanceof Date)
    .meta({ description: upTo, kind: 'timestamp', unit: 'UTC', example: '2026-11-20T03:00:00Z' })
    .nullable(),
  updatedAt: stampedNow('now'),
});

/** Whose a device is: it moves when somebody else signs in on it. */
export const deviceOwnerSchema = z.object({ uid: id('whose it is', 'kakao:9000000001') });

export const registerDeviceInput = z.strictObject({ token, platform });
export const unregisterDeviceInput = z.strictObject({ token });
export const doneOutput = z.strictObject({
  done: z.literal(true).meta({ description: 'always', example: true }),
});

export const pushStates = ['PENDING', 'SENDING', 'SENT', 'FAILED'] as const;
export type PushState = (typeof pushStates)[number];

/** A push has at most so many receivers: two lists of them stay far below the size of a document. */
export const mostReceivers = 500;
const uids = (description: string) =>
  z
    .array(z.string().min(1).max(128))
    .max(mostReceivers)
    .meta({ description, example: ['kakao:9000000001'] });

const pushFields = {
  kind,
  title,
  body,
  target,
  collapse: text(
    200,
    'pushes with the same word replace each other on a device',
    'Chatting/room-1',
  ).nullable(),
  advertising: z.boolean().meta({
    description: 'sent only to whom it may be at the moment of sending, marked (광고)',
    example: false,
  }),
  dataOnly: z.boolean().meta({ description: 'shows nothing by itself: the app decides', example: false }),
  uids: uids('whom it is for'),
};

/** What a domain hands over. */
export const newPushSchema = z.strictObject({
  ...pushFields,
  cause: z.string().regex(/^(?!\.{1,2}$|__)[^/]{1,300}$/),
  collapse: pushFields.collapse.optional(),
  dataOnly: pushFields.dataOnly.optional(),
  delayMs: z.int().min(0).optional(),
});
export type NewPush = Readonly<Omit<z.infer<typeof newPushSchema>, 'uids'>> & {
  readonly uids: readonly string[];
};

export const pushSchema = z.object({
  ...pushFields,
  waiting: uids('of these, who has not been dealt with'),
  settled: z.array(z.string()).meta({
    description: 'of their devices, those that need nothing more',
    example: [],
  }),
  state: oneOf(pushStates, 'FAILED: an operator may have it sent again (`retryPush`)', 'SENT'),
  attempts: count('attempts begun in vain'),
  dueAt: instant(
    'from when a worker may take it: its time, or the end of another’s lease; null when done',
  ).nullable(),
  failure: z
    .string()
    .regex(/^[A-Z0-9_]{1,40}$/)
    .nullable()
    .meta({ description: 'why some could not be reached the last time', example: 'QUOTA' }),
  tally: z
    .object({
      sent: count('devices FCM took it for'),
      dead: count('devices that are no more, and were forgotten'),
      refused: count('devices FCM refused this push for'),
      unwanted: count('members who do not want it, or may not be sent it'),
    })
    .meta({ description: 'what became of it so far' }),
  createdAt: instant('when queued'),
  updatedAt: instant('last change'),
  purgeAt,
});
export type Push = z.infer<typeof pushSchema>;

export const retryPushInput = z.strictObject({
  pushId: text(300, 'cause of a push that FAILED', 'reply-1~kakao:9000000001'),
});

export const campaignStates = ['RUNNING', 'DONE', 'STOPPED'] as const;
/** So many members an operator may reach with one campaign. */
export const mostReached = 200_000;

const campaignFields = {
  title: text(40, 'first line, without (광고): the server puts it there', '가을 피부 관리 모음'),
  body: text(
    120,
    'second line; sender and how to refuse are added',
    '이번 주 새로 올라온 이벤트를 모았습니다.',
  ),
  target,
};

/** Input of `sendCampaign`. Saying the same `campaignId` again sends nothing more. */
export const sendCampaignInput = z.strictObject({
  campaignId: z
    .string()
    .regex(/^[A-Za-z0-9-]{8,64}$/)
    .meta({ description: 'made by the caller, once for each campaign', example: 'autumn-2026-skin' }),
  ...campaignFields,
  mostReceivers: z
    .int()
    .min(1)
    .max(mostReached)
    .meta({ description: 'how many members it may reach', example: 50_000 }),
  note: text(300, 'why, for the audit log', '가을 기획전'),
});
export type SendCampaign = z.infer<typeof sendCampaignInput>;

export const campaignSchema = z.object({
  ...campaignFields,
  state: oneOf(campaignStates, 'an operator stops one by typing STOPPED in the console', 'DONE'),
  mostReceivers: count('how many members it may reach'),
  reached: count('members its pushes were queued for'),
  pages: count('pushes queued'),
  cursor: z.string().nullable().meta({ description: 'the account the last page ended with', example: null }),
  by: id('the operator', 'operator-1'),
  createdAt: instant('when it was asked for'),
  updatedAt: instant('last change'),
});
export type Campaign = z.infer<typeof campaignSchema>;
export const campaignOutput = z.strictObject({
  state: oneOf(campaignStates, 'how it stands', 'RUNNING'),
  reached: count('members its pushes were queued for'),
});

/** Whoever has agreed to advertising, and when they must be reminded of it. */
export const adConsentSchema = z.object({
  agreedAt: instant('when they agreed'),
  confirmAt: instant('when they are to be asked whether it still holds: every two years'),
});

/** Input of the task `sendPush`. */
export const sendPushTask = z.strictObject({ pushId: text(300, 'cause of the push', 'reply-1') });

export const notificationModels: readonly CollectionModel[] = [
  {
    path: 'users/{uid}/notifications/{notificationId}',
    purpose: 'What the member is told. The id is the cause: telling again creates nothing.',
    stored: notificationSchema,
    access: { get: 'the owner', list: 'the owner', write: 'server only; the owner marks it read' },
    withdrawal: 'deleted with the account',
    client: { edit: notificationEdit },
    queries: [
      {
        screen: 'my notifications, newest first',
        where: [],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'how many are unread: counted, since `readUpTo` (the app up to 50; the server for the badge)',
        where: [{ field: 'readAt', op: '==' }],
        orderBy: [{ field: 'createdAt', direction: 'asc' }],
        limit: 50,
      },
    ],
  },
  {
    path: 'users/{uid}/private/push',
    purpose:
      'Which kinds do not ring, up to where notifications are read, and the member’s devices: all that sending a push to somebody has to know.',
    stored: pushSettingsSchema,
    access: {
      get: 'the owner and operators',
      list: 'nobody',
      write: 'the owner: muted, readUpTo; devices are the server’s (`registerDevice`)',
    },
    withdrawal: 'deleted with the account',
    client: { create: pushSettingsEdit, edit: pushSettingsEdit },
    queries: [],
  },
  {
    path: 'devices/{deviceId}',
    purpose: 'Whose a device is; the id is the digest of its token.',
    stored: deviceOwnerSchema,
    access: { get: 'nobody', list: 'nobody', write: 'server only' },
    withdrawal: 'deleted',
    queries: [
      { screen: 'devices of a member (withdrawal)', where: [{ field: 'uid', op: '==' }], limit: 100 },
    ],
  },
  {
    path: 'pushes/{cause}',
    purpose: 'Pushes to be sent. Id: the cause, so that one cause makes one push, however many receive it.',
    stored: pushSchema,
    access: { get: 'nobody', list: 'nobody', write: 'server only' },
    withdrawal: 'the member is taken off; one that is for nobody else is deleted',
    queries: [
      {
        screen: 'due for sending, longest waiting first (sweepPushes)',
        where: [],
        orderBy: [{ field: 'dueAt', direction: 'asc' }],
        limit: 50,
      },
      {
        screen: 'pushes for a member (withdrawal)',
        where: [{ field: 'uids', op: 'array-contains' }],
        limit: 100,
      },
    ],
  },
  {
    path: 'campaigns/{campaignId}',
    purpose: 'Advertising pushes operators have asked for, and how far each has come.',
    stored: campaignSchema,
    access: { get: 'operators', list: 'operators', write: 'server only (operators stop one in the console)' },
    withdrawal: 'names nobody but the operator',
    queries: [
      {
        screen: 'campaigns under way (sendCampaigns)',
        where: [{ field: 'state', op: '==' }],
        limit: 20,
      },
    ],
  },
  {
    path: 'adConsents/{uid}',
    purpose: 'Members who agreed to advertising, by when they are next to be asked whether it still holds.',
    stored: adConsentSchema,
    access: { get: 'nobody', list: 'nobody', write: 'server only' },
    withdrawal: 'deleted',
    queries: [
      {
        screen: 'to be asked again (confirmAdConsents)',
        where: [],
        orderBy: [{ field: 'confirmAt', direction: 'asc' }],
        limit: 200,
      },
    ],
  },
];
