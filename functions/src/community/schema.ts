/**
 * The board (`FreeTalks`) and replies (`TempReplies`) to posts and to reviews. Authors write directly under the
 * rules; counters, scores and public pictures are the server's. Deleting leaves a tombstone, so that a thread keeps its
 * shape. What is written anonymously comes by a callable: who wrote it stands in `bylines`, and nowhere else.
 */
import { z } from 'zod';
import { count, id, instant, oneOf, optionalText, stampedNow, storagePath, text } from '../kernel/fields.ts';
import { type CollectionModel, serverOnly } from '../kernel/model.ts';
import { moderationField } from '../moderation/schema.ts';

export const categories = ['free', 'question', 'sideEffect', 'beforeAfter', 'hospital'] as const;
export const postStatuses = ['published', 'deleted', 'held', 'hidden'] as const;
/** What an author may set: a post is published, or taken back. `hidden` is an operator's word. */
const authorStatuses = ['published', 'deleted'] as const;
export const replyParents = ['FreeTalks', 'reviews'] as const;
export const mostMentions = 5;
/** How many likes of each kind a member's flags remember; older ones are not shown as own any more. */
export const mostFlags = 300;
const byline = {
  authorUid: id('who wrote it', 'kakao:9000000001'),
  authorNickname: text(20, 'denormalised from the profile', '민지', 2),
};
const author = {
  ...byline,
  authorUid: byline.authorUid
    .nullable()
    .meta({ description: 'who wrote it; null when anonymous', example: 'kakao:9000000001' }),
  authorNickname: text(
    20,
    'denormalised from the profile; anonymous: 익명, 글쓴이 or 익명 N within the thread',
    '민지',
    2,
  ),
  anonymous: z
    .boolean()
    .meta({ description: 'written by `writeAnonymously`; only `bylines` tells by whom', example: false }),
};
const byName = { ...byline, anonymous: z.literal(false) };

const mentions = z.array(id('uid of somebody mentioned', 'kakao:9000000002')).max(mostMentions).meta({
  description: 'people mentioned; told only when they have written in the thread',
  example: [],
});

const imagePaths = z.array(storagePath('freetalks', 'Storage path')).max(5).meta({
  description: "originals below the author's own folder, readable by the author; empty when anonymous",
  example: [],
});

const postContent = {
  category: oneOf(categories, 'board section', 'question'),
  title: text(80, 'title', '쌍수 3주차인데 붓기 정상인가요?', 2),
  body: text(5000, 'text', '아침마다 더 붓는 것 같아요.'),
  imagePaths,
};

const image = z.object({
  path: z.string().meta({ description: 'large', example: 'public/freetalks/talk-1/1f0c9a77-full.webp' }),
  thumbPath: z
    .string()
    .meta({ description: 'small', example: 'public/freetalks/talk-1/1f0c9a77-thumb.webp' }),
});

const acceptedReplyId = id('the answer the author of a question accepted', 'reply-1').nullable();

export const freeTalkSchema = z.object({
  ...author,
  ...postContent,
  images: z
    .array(image)
    .meta({ description: 'public copies without metadata, while published (onTalkWritten)', example: [] }),
  status: oneOf(postStatuses, 'deleted by its author, held for an operator, or hidden by one', 'published'),
  pinned: z.boolean().meta({ description: 'notice kept on top', example: false }),
  acceptedReplyId,
  likeCount: count('likes, kept by onTalkLiked'),
  likeCountAsOf: instant('read time of that recount').nullable(),
  viewCount: count('views, about (countViews)'),
  replyCount: count('visible replies, kept by onReplyWritten'),
  replyCountAsOf: instant('read time of that recount').nullable(),
  hotScore: z.number().meta({
    description: 'rank among hot posts, written with the counters; 0 until somebody reacts',
    example: 618.3,
  }),
  hotAsOf: instant('read time of the recount the rank is from; absent until somebody reacts').optional(),
  moderation: moderationField.optional(),
  createdAt: instant('when written'),
  updatedAt: instant('last change by the author'),
});
export type FreeTalk = z.infer<typeof freeTalkSchema>;

export const freeTalkCreate = z.strictObject({
  ...byName,
  ...postContent,
  images: z.array(z.string()).max(0),
  status: z.literal('published'),
  pinned: z.literal(false),
  acceptedReplyId: z.null(),
  likeCount: z.literal(0),
  likeCountAsOf: z.null(),
  viewCount: z.literal(0),
  replyCount: z.literal(0),
  replyCountAsOf: z.null(),
  hotScore: z.literal(0),
  createdAt: stampedNow('when written'),
  updatedAt: stampedNow('when written'),
});

export const freeTalkEdit = z.strictObject({
  ...postContent,
  status: oneOf(authorStatuses, 'deleted takes the post back', 'published'),
  acceptedReplyId,
  updatedAt: stampedNow('last change by the author'),
});

const replyPlace = {
  parentType: oneOf(replyParents, 'collection of what is replied to', 'FreeTalks'),
  parentId: id('its document id', 'talk-1'),
  replyTo: id('the top-level reply answered, or null (one level of nesting)', 'reply-1').nullable(),
};
const addressed = {
  parentAuthorUid: id('who wrote what is replied to, as it says itself', 'kakao:9000000003').nullable(),
  answeredUid: id(
    'who wrote the reply answered; null without one, or anonymous',
    'kakao:9000000004',
  ).nullable(),
  mentions,
};

export const replySchema = z.object({
  ...author,
  ...replyPlace,
  ...addressed,
  text: optionalText(1000, 'text; empty on a tombstone', '저도 3주까지 그랬어요!'),
  deleted: z.boolean().meta({ description: 'tombstone: taken back by its author', example: false }),
  hidden: z.boolean().meta({ description: 'hidden by an operator', example: false }),
  likeCount: count('likes, kept by onReplyLiked'),
  likeCountAsOf: instant('read time of that recount').nullable(),
  replyCount: count('visible answers to this reply, kept by onReplyWritten'),
  replyCountAsOf: instant('read time of that recount').nullable(),
  moderation: moderationField.optional(),
  createdAt: instant('when written'),
  updatedAt: instant('last change by the author'),
});
export type Reply = z.infer<typeof replySchema>;

export const replyCreate = z.strictObject({
  ...byName,
  ...replyPlace,
  ...addressed,
  text: text(1000, 'text', '저도 3주까지 그랬어요!'),
  deleted: z.literal(false),
  hidden: z.literal(false),
  likeCount: z.literal(0),
  likeCountAsOf: z.null(),
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

/** One like: the id is the voter's uid, so there is one of each voter. */
export const likeSchema = z.object({
  uid: id('who likes it', 'kakao:9000000001'),
  createdAt: instant('when'),
});
export const likeCreate = z.strictObject({
  uid: id('who likes it', 'kakao:9000000001'),
  createdAt: stampedNow('when'),
});

const flags = (description: string) =>
  z
    .array(z.string().regex(/^[!-.0-~]{1,200}$/))
    .max(mostFlags)
    .optional()
    .meta({ description: `${description}, newest last`, example: ['talk-1'] });
/** What a member has liked or found helpful, in one read for every list of the app. */
export const likeFlagsSchema = z.strictObject({
  talks: flags('posts liked'),
  replies: flags('replies liked'),
  reviews: flags('reviews found helpful'),
  updatedAt: stampedNow('last change'),
});

/** Who wrote what is anonymous. The id is `{collection}-{document id}`. */
export const bylineSchema = z.object({
  uid: id('who wrote it', 'kakao:9000000001'),
  path: z.string().meta({ description: 'what was written', example: 'TempReplies/a1B2c3D4e5F6g7H8i9J0' }),
  depth: z
    .int()
    .min(0)
    .max(2)
    .meta({ description: '0 a post, 1 a reply, 2 an answer to a reply', example: 1 }),
  imagePaths,
  createdAt: instant('when written'),
});
export type Byline = z.infer<typeof bylineSchema>;

export const mostNumbered = 1_000;
/** Who is 익명 N below a post: the N-th of the list. */
export const anonymousThreadSchema = z.object({
  people: z
    .array(id('uid, or the alias of somebody who left', 'kakao:9000000001'))
    .max(mostNumbered)
    .meta({ description: 'in the order of their first anonymous reply' }),
});

const automaticId = (description: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9]{20}$/)
    .meta({ description, example: 'a1B2c3D4e5F6g7H8i9J0' });
const newId = automaticId('automatic id made by the app: the same call again writes nothing twice');
const replyText = text(1000, 'text', '저도 3주까지 그랬어요!');

export const writeAnonymouslyInput = z.union([
  z.strictObject({ id: newId, post: z.strictObject(postContent) }),
  z.strictObject({
    id: newId,
    reply: z.strictObject({
      talkId: id('the post', 'talk-1'),
      replyTo: replyPlace.replyTo,
      text: replyText,
      mentions,
    }),
  }),
]);
export type AnonymousPost = z.infer<z.ZodObject<typeof postContent>>;

export const editAnonymouslyInput = z.union([
  z.strictObject({
    talkId: id('the post', 'talk-1'),
    post: z.strictObject({
      ...postContent,
      status: oneOf(authorStatuses, 'deleted takes the post back', 'published'),
    }),
  }),
  z.strictObject({ replyId: id('the reply', 'reply-1'), text: replyText }),
  z.strictObject({ replyId: id('the reply', 'reply-1'), deleted: z.literal(true) }),
]);
export const writtenOutput = z.strictObject({
  path: z.string().meta({ description: 'of the document', example: 'FreeTalks/a1B2c3D4e5F6g7H8i9J0' }),
});

export const acceptAnswerInput = z.strictObject({
  talkId: id('the question', 'talk-1'),
  replyId: id('the answer, or null to accept none', 'reply-1').nullable(),
});
export const acceptAnswerOutput = z.strictObject({ acceptedReplyId });

export const pinTalkInput = z.strictObject({
  talkId: id('the post', 'talk-1'),
  pinned: z.boolean().meta({ description: 'whether it stands on top', example: true }),
  reason: text(500, 'for the audit log', '공지', 2),
});
export const pinTalkOutput = pinTalkInput.pick({ talkId: true, pinned: true });

export const countViewsInput = z.strictObject({
  talkIds: z
    .array(id('a post that was opened', 'talk-1'))
    .min(1)
    .max(20)
    .meta({ description: 'opened since the last call' }),
});
export const countViewsOutput = z.strictObject({
  noted: z.literal(true).meta({ description: 'always', example: true }),
});

const likes = (parent: 'FreeTalks/{talkId}' | 'TempReplies/{replyId}', what: string): CollectionModel => ({
  path: `${parent}/likes/{uid}`,
  purpose: `Likes of a ${what}, one document per voter.`,
  stored: likeSchema,
  access: {
    get: 'the voter and operators',
    list: 'nobody',
    write: `a member creates and deletes their own, unless suspended; only of a ${what} that is visible and not their own`,
  },
  withdrawal: 'deleted; the counter follows',
  client: { create: likeCreate },
  queries: [
    { screen: 'how many (the server)', where: [], limit: 0, aggregates: [] },
    {
      screen: 'likes of a member who leaves',
      where: [{ field: 'uid', op: '==' }],
      limit: 100,
      group: true,
    },
  ],
});

const whereTo = z
  .string()
  .meta({ description: 'id of the last document checked; empty: from the beginning', example: '' });
export const boardRoundSchema = z.object({
  next: z
    .object({ FreeTalks: whereTo, TempReplies: whereTo, reviews: whereTo })
    .meta({ description: 'where the next night goes on' }),
  asOf: instant('when that was'),
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
        'the author creates and edits unless suspended (status `deleted` takes it back), and accepts an answer of another’s to a question; counters are the server’s',
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
        screen: 'hot posts',
        where: [{ field: 'status', op: '==' }],
        orderBy: [{ field: 'hotScore', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'pinned notices',
        where: [
          { field: 'status', op: '==' },
          { field: 'pinned', op: '==' },
        ],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 3,
      },
      {
        screen: 'my posts',
        where: [{ field: 'authorUid', op: '==' }],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 20,
      },
    ],
  },
  likes('FreeTalks/{talkId}', 'post'),
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
      'answered by others: kept as 탈퇴한 회원; otherwise deleted. Replies of others that name the member as addressed or mentioned, or stand below the member’s reviews, name the alias instead',
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
      {
        screen: 'whether somebody mentioned has written in the thread (onReplyWritten)',
        where: [
          { field: 'parentId', op: '==' },
          { field: 'authorUid', op: '==' },
        ],
        limit: 1,
      },
    ],
  },
  likes('TempReplies/{replyId}', 'reply'),
  {
    path: 'users/{uid}/private/likes',
    purpose:
      'What the member has liked: the app shows own likes on every list with one read. Nothing else rests on it; what counts is the document of the like, written in the same batch.',
    stored: likeFlagsSchema,
    access: { get: 'the owner and operators', list: 'nobody', write: 'the owner' },
    withdrawal: 'deleted with the account',
    client: { create: likeFlagsSchema },
    queries: [],
  },
  {
    path: 'bylines/{bylineId}',
    purpose: 'Who wrote what is anonymous: the only place that says so.',
    stored: bylineSchema,
    access: {
      get: 'the author and operators',
      list: 'the author (own ones) and operators',
      write: 'server only',
    },
    withdrawal: 'deleted; what was written goes when nobody answered it, and else stays as 익명',
    queries: [
      {
        screen: 'what I wrote anonymously',
        where: [{ field: 'uid', op: '==' }],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'of a member who leaves',
        where: [
          { field: 'uid', op: '==' },
          { field: 'depth', op: '==' },
        ],
        limit: 50,
      },
    ],
  },
  {
    path: 'anonymousThreads/{talkId}',
    purpose:
      'The numbers of anonymous people below a post. Nothing links a number of one post to one of another.',
    stored: anonymousThreadSchema,
    access: serverOnly,
    withdrawal: 'the alias takes the place of the uid, so that the numbers of the others stay',
    queries: [
      {
        screen: 'of a member who leaves',
        where: [{ field: 'people', op: 'array-contains' }],
        limit: 50,
      },
    ],
  },
  {
    path: 'boardRounds/{document}',
    purpose: 'How far the nightly recount of the board has come (one document: `current`).',
    stored: boardRoundSchema,
    access: serverOnly,
    withdrawal: 'ids of documents only',
    queries: [],
  },
];
