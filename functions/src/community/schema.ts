/**
 * The board (`FreeTalks`) and replies (`TempReplies`) to posts and to reviews. Authors write directly under the
 * rules; counters are the server's. Deleting leaves a tombstone, so that a thread keeps its shape.
 */
import { z } from 'zod';
import { count, id, instant, oneOf, optionalText, stampedNow, storagePath, text } from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';
import { moderationField } from '../moderation/schema.ts';

export const categories = ['free', 'question', 'sideEffect', 'beforeAfter', 'hospital'] as const;
export const postStatuses = ['published', 'deleted', 'held', 'hidden'] as const;
/** What an author may set: a post is published, or taken back. `hidden` is an operator's word. */
const authorStatuses = ['published', 'deleted'] as const;
export const replyParents = ['FreeTalks', 'reviews'] as const;

const author = {
  authorUid: id('who wrote it', 'kakao:9000000001'),
  authorNickname: text(20, 'denormalised from the profile', '민지', 2),
};

const postContent = {
  category: oneOf(categories, 'board section', 'question'),
  title: text(80, 'title', '쌍수 3주차인데 붓기 정상인가요?', 2),
  body: text(5000, 'text', '아침마다 더 붓는 것 같아요.'),
  imagePaths: z
    .array(storagePath('freetalks', 'Storage path'))
    .max(5)
    .meta({ description: "pictures below the author's own folder", example: [] }),
};

export const freeTalkSchema = z.object({
  ...author,
  ...postContent,
  status: oneOf(postStatuses, 'deleted by its author, held for an operator, or hidden by one', 'published'),
  pinned: z.boolean().meta({ description: 'notice kept on top', example: false }),
  likeCount: count('likes'),
  viewCount: count('views'),
  replyCount: count('visible replies, kept by onReplyWritten'),
  replyCountAsOf: instant('read time of that recount').nullable(),
  moderation: moderationField.optional(),
  createdAt: instant('when written'),
  updatedAt: instant('last change by the author'),
});
export type FreeTalk = z.infer<typeof freeTalkSchema>;

export const freeTalkCreate = z.strictObject({
  ...author,
  ...postContent,
  status: z.literal('published'),
  pinned: z.literal(false),
  likeCount: z.literal(0),
  viewCount: z.literal(0),
  replyCount: z.literal(0),
  replyCountAsOf: z.null(),
  createdAt: stampedNow('when written'),
  updatedAt: stampedNow('when written'),
});

export const freeTalkEdit = z.strictObject({
  ...postContent,
  status: oneOf(authorStatuses, 'deleted takes the post back', 'published'),
  updatedAt: stampedNow('last change by the author'),
});

const replyPlace = {
  parentType: oneOf(replyParents, 'collection of what is replied to', 'FreeTalks'),
  parentId: id('its document id', 'talk-1'),
  replyTo: id('the top-level reply answered, or null (one level of nesting)', 'reply-1').nullable(),
};

export const replySchema = z.object({
  ...author,
  ...replyPlace,
  text: optionalText(1000, 'text; empty on a tombstone', '저도 3주까지 그랬어요!'),
  deleted: z.boolean().meta({ description: 'tombstone: taken back by its author', example: false }),
  hidden: z.boolean().meta({ description: 'hidden by an operator', example: false }),
  replyCount: count('visible answers to this reply, kept by onReplyWritten'),
  replyCountAsOf: instant('read time of that recount').nullable(),
  moderation: moderationField.optional(),
  createdAt: instant('when written'),
  updatedAt: instant('last change by the author'),
});
export type Reply = z.infer<typeof replySchema>;

export const replyCreate = z.strictObject({
  ...author,
  ...replyPlace,
  text: text(1000, 'text', '저도 3주까지 그랬어요!'),
  deleted: z.literal(false),
  hidden: z.literal(false),
  replyCount: z.literal(0),
  replyCountAsOf: z.null(),
  createdAt: stampedNow('when written'),
  updatedAt: stampedNow('when written'),
});

/** An edit keeps `deleted` false; taking a reply back sets it true and empties the text. */
export const replyEdit = z.strictObject({
  text: text(1000, 'text', '수정했어요'),
  updatedAt: stampedNow('last change by the author'),
});

export const communityModels: readonly CollectionModel[] = [
  {
    path: 'FreeTalks/{talkId}',
    purpose: 'Posts of the board.',
    stored: freeTalkSchema,
    access: {
      get: 'everybody, when published; the author and operators always',
      list: 'everybody, published only, at most 50; an author lists their own',
      write:
        'the author creates and edits unless suspended (status `deleted` takes it back); counters are the server’s',
    },
    withdrawal:
      'answered by others: kept as 탈퇴한 회원 without pictures (if taken back, without its text); otherwise deleted',
    client: { create: freeTalkCreate, edit: freeTalkEdit },
    queries: [
      {
        screen: 'board section, newest first',
        where: [
          { field: 'status', op: '==' },
          { field: 'category', op: '==' },
        ],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'board, newest first',
        where: [{ field: 'status', op: '==' }],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'my posts',
        where: [{ field: 'authorUid', op: '==' }],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 20,
      },
    ],
  },
  {
    path: 'TempReplies/{replyId}',
    purpose: 'Replies to posts and reviews.',
    stored: replySchema,
    access: {
      get: 'everybody, unless hidden; operators always',
      list: 'everybody, not hidden, at most 50',
      write:
        'the author creates, edits, and takes back (tombstone) unless suspended; counters are the server’s',
    },
    withdrawal:
      'answered by others: kept as 탈퇴한 회원; otherwise deleted. Replies below the member’s reviews follow these',
    client: { create: replyCreate, edit: replyEdit },
    queries: [
      {
        screen: 'thread below a post or review, oldest first',
        where: [
          { field: 'hidden', op: '==' },
          { field: 'parentType', op: '==' },
          { field: 'parentId', op: '==' },
        ],
        orderBy: [{ field: 'createdAt', direction: 'asc' }],
        limit: 50,
      },
      {
        screen: 'replies of a parent (onReplyWritten)',
        where: [
          { field: 'hidden', op: '==' },
          { field: 'deleted', op: '==' },
          { field: 'parentType', op: '==' },
          { field: 'parentId', op: '==' },
        ],
        limit: 0,
        aggregates: [],
      },
      {
        screen: 'answers to a reply (onReplyWritten)',
        where: [
          { field: 'hidden', op: '==' },
          { field: 'deleted', op: '==' },
          { field: 'replyTo', op: '==' },
        ],
        limit: 0,
        aggregates: [],
      },
    ],
  },
];
