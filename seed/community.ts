/** Posts of the board, replies to posts and reviews, and how many of them are visible. */
import { hotScore } from '../functions/src/community/hot.ts';
import { categories, type FreeTalk, type Reply } from '../functions/src/community/schema.ts';
import { Dice } from './dice.ts';
import {
  atDay,
  atMillis,
  nth,
  type SeedDocument,
  type SeedSize,
  seedTime,
  sizes,
  soonAfter,
} from './frame.ts';
import type { SeedUser } from './people.ts';
import type { SeedReview } from './reviews.ts';
import { at, fill, spokenPrice, words } from './words.ts';

export interface SeedPost {
  readonly id: string;
  data: FreeTalk;
}

export interface SeedReply {
  readonly id: string;
  data: Reply;
}

const boardGroups = ['eye', 'nose', 'lifting', 'injectable', 'body'];
const uncounted = { likeCount: 0, likeCountAsOf: null, replyCount: 0, replyCountAsOf: null };
const plainPost = { anonymous: false, images: [], acceptedReplyId: null, hotScore: 0, ...uncounted };
const mostLikes = 12;

function slotsOf(dice: Dice): Record<string, string> {
  const [t, from, to] = dice.pick(at(words.treatments, dice.pick(boardGroups)).list);
  return {
    t,
    n: String(dice.whole(1, 8)),
    price: spokenPrice(Math.round((from + (to - from) * dice.next()) / 10_000 + 1) * 10_000),
    area: dice.pick(Object.values(words.areas)).name,
  };
}

function statusOf(dice: Dice): FreeTalk['status'] {
  if (dice.chance(0.95)) return 'published';
  return dice.chance(0.7) ? 'deleted' : 'hidden';
}

function noticeBy(operator: SeedUser): SeedPost {
  const since = atMillis(atDay('2026-09-01'));
  return {
    id: 'talk-notice',
    data: {
      authorUid: operator.id,
      authorNickname: operator.data.nickname,
      category: 'free',
      ...words.notice,
      imagePaths: [],
      status: 'published',
      pinned: true,
      viewCount: 4210,
      ...plainPost,
      createdAt: since,
      updatedAt: since,
    },
  };
}

function postOf(index: number, category: FreeTalk['category'], author: SeedUser, dice: Dice): SeedPost {
  const slots = slotsOf(dice);
  const [title, body] = dice.pick(at(words.posts, category));
  const written = soonAfter(dice, author.data.createdAt.toMillis() + 3_600_000, 500);
  const tail = dice.chance(0.6) ? ` ${dice.pick(words.postTails)}` : '';
  return {
    id: `talk-${String(index).padStart(3, '0')}`,
    data: {
      authorUid: author.id,
      authorNickname: author.data.nickname,
      category,
      title: fill(title, slots),
      body: fill(body, slots) + tail,
      imagePaths: [],
      status: statusOf(dice),
      pinned: false,
      viewCount: dice.whole(12, 700),
      ...plainPost,
      createdAt: atMillis(written),
      updatedAt: atMillis(dice.chance(0.1) ? soonAfter(dice, written, 5) : written),
    },
  };
}

export function makePosts(size: SeedSize, users: readonly SeedUser[]): SeedPost[] {
  const dice = new Dice('posts');
  const [operator, ...members] = users;
  if (!operator) return [];
  const others = Array.from({ length: sizes[size].posts - 1 }, (_, index) =>
    postOf(index + 1, nth(categories, index), dice.pick(members), dice),
  );
  return [noticeBy(operator), ...others];
}

/** Where a reply goes: below a post or a review, or one level below another reply. */
interface Place {
  readonly parentType: Reply['parentType'];
  readonly parentId: string;
  readonly replyTo: string | null;
  readonly parentAuthorUid: string | null;
  readonly answeredUid: string | null;
  readonly after: number;
  readonly lines: readonly string[];
}

function replyOf(index: number, place: Place, author: SeedUser, dice: Dice): SeedReply {
  const { after, lines, ...where } = place;
  const written = soonAfter(dice, Math.max(after, author.data.createdAt.toMillis()) + 60_000, 6);
  const deleted = dice.chance(0.05);
  return {
    id: `reply-${String(index + 1).padStart(4, '0')}`,
    data: {
      authorUid: author.id,
      authorNickname: author.data.nickname,
      anonymous: false,
      ...where,
      mentions: [],
      text: deleted ? '' : dice.pick(lines),
      deleted,
      hidden: !deleted && dice.chance(0.02),
      ...uncounted,
      createdAt: atMillis(written),
      updatedAt: atMillis(deleted ? soonAfter(dice, written, 2) : written),
    },
  };
}

const underPost = ({ id, data }: SeedPost): Place => ({
  parentType: 'FreeTalks',
  parentId: id,
  replyTo: null,
  parentAuthorUid: data.authorUid,
  answeredUid: null,
  after: data.createdAt.toMillis(),
  lines: at(words.replies, data.category),
});

const underReview = ({ id, data }: SeedReview): Place => ({
  parentType: 'reviews',
  parentId: id,
  replyTo: null,
  parentAuthorUid: data.authorUid,
  answeredUid: null,
  after: data.createdAt.toMillis(),
  lines: at(words.replies, 'review'),
});

const underReply = ({ id, data }: SeedReply): Place => ({
  parentType: data.parentType,
  parentId: data.parentId,
  replyTo: id,
  parentAuthorUid: data.parentAuthorUid,
  answeredUid: data.authorUid,
  after: data.createdAt.toMillis(),
  lines: at(words.replies, 'answers'),
});

export function makeReplies(
  size: SeedSize,
  users: readonly SeedUser[],
  posts: readonly SeedPost[],
  reviews: readonly SeedReview[],
): SeedReply[] {
  const dice = new Dice('replies');
  const members = users.filter(({ id }) => id !== 'operator-1');
  const top: SeedReply[] = [];
  const answers: SeedReply[] = [];
  for (let index = 0; index < sizes[size].replies; index++) {
    const nested = index % 4 === 3;
    const below = dice.chance(0.7) ? underPost(dice.pick(posts.slice(1))) : underReview(dice.pick(reviews));
    const place = nested ? underReply(dice.pick(top)) : below;
    (nested ? answers : top).push(replyOf(index, place, dice.pick(members), dice));
  }
  const [first] = top;
  if (first) first.data = { ...first.data, text: '', deleted: true, hidden: false };
  return [...top, ...answers];
}

const visible = ({ data }: SeedReply) => !data.deleted && !data.hidden;

/** Sets every reply count to what a recount of the visible replies gives. */
export function countReplies(
  replies: readonly SeedReply[],
  posts: readonly SeedPost[],
  reviews: readonly SeedReview[],
): void {
  const counts = new Map<string, number>();
  const add = (path: string) => counts.set(path, (counts.get(path) ?? 0) + 1);
  for (const { data } of replies.filter(visible)) {
    add(`${data.parentType}/${data.parentId}`);
    if (data.replyTo) add(`TempReplies/${data.replyTo}`);
  }
  const counted = (path: string) => ({ replyCount: counts.get(path) ?? 0, replyCountAsOf: seedTime });
  for (const post of posts) post.data = { ...post.data, ...counted(`FreeTalks/${post.id}`) };
  for (const review of reviews) review.data = { ...review.data, ...counted(`reviews/${review.id}`) };
  for (const reply of replies) reply.data = { ...reply.data, ...counted(`TempReplies/${reply.id}`) };
}

type Liked = SeedPost | SeedReply;
const isPost = (liked: Liked): liked is SeedPost => 'hotScore' in liked.data;

function like(liked: Liked, likers: readonly SeedUser[]): SeedDocument[] {
  const path = `${isPost(liked) ? 'FreeTalks' : 'TempReplies'}/${liked.id}`;
  liked.data = { ...liked.data, likeCount: likers.length, likeCountAsOf: seedTime };
  return likers.map(({ id: uid }) => ({
    path: `${path}/likes/${uid}`,
    data: { uid, createdAt: liked.data.createdAt },
  }));
}

/** Likes of posts and replies, their counts, and with them (after `countReplies`) the rank of every post. */
export function makeLikes(
  users: readonly SeedUser[],
  posts: readonly SeedPost[],
  replies: readonly SeedReply[],
): SeedDocument[] {
  const dice = new Dice('likes');
  const likersOf = ({ data }: Liked, most: number) =>
    dice
      .shuffled(users.filter(({ id }) => id !== data.authorUid))
      .slice(0, dice.whole(0, Math.min(most, users.length - 1)));
  const likes = [
    ...posts.flatMap((post) => like(post, likersOf(post, mostLikes))),
    ...replies.flatMap((reply) => (dice.chance(0.3) ? like(reply, likersOf(reply, 3)) : [])),
  ];
  for (const post of posts) {
    const { likeCount, replyCount, createdAt } = post.data;
    const isStirring = likeCount + replyCount > 0;
    const stir = { likes: likeCount, replies: replyCount, writtenAt: createdAt.toMillis() };
    post.data = { ...post.data, hotScore: isStirring ? hotScore(stir) : 0 };
  }
  return likes;
}
