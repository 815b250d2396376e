/**
 * What members are told: in the app, written by the server, once for each cause, and by push to their devices. The member
 * marks what was read, and says which kinds are not to ring.
 */
import { z } from 'zod';
import { count, id, instant, oneOf, optionalText, stampedNow, text } from '../kernel/fields.ts';
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

/** Input of the task `sendPush`. */
export const sendPushTask = z.strictObject({ pushId: id('cause of the push', 'reply-1') });

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
];
