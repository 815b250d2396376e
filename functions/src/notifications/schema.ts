/** What members are told in the app. Written by the server, once for each cause; the member marks it read. */
import { z } from 'zod';
import { instant, oneOf, optionalText, stampedNow, text } from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';

export const notificationKinds = ['reply', 'mention', 'moderation', 'prepay'] as const;

/** Nothing here names another person: what others are called changes, and goes with them. */
export const notificationSchema = z.object({
  kind: oneOf(notificationKinds, 'what it is about', 'reply'),
  title: text(60, 'first line', '새 댓글'),
  body: optionalText(200, 'second line', '내 글에 댓글이 달렸습니다.'),
  target: text(300, 'path of the document it leads to', 'TempReplies/reply-1'),
  createdAt: instant('when it happened'),
  readAt: instant('when the member read it').nullable(),
  purgeAt: instant('deleted by Firestore’s TTL policy after this'),
});
export type Notification = z.infer<typeof notificationSchema>;

export const notificationEdit = z.strictObject({ readAt: stampedNow('when the member read it') });

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
];
