/** Some of the board made anonymous, as `writeAnonymously` would have written it, and answers accepted. */
import { anonymousName, authorName, nameAt } from '../functions/src/community/names.ts';
import type { SeedPost, SeedReply } from './community.ts';
import { Dice } from './dice.ts';
import type { SeedDocument } from './frame.ts';

const byline = (uid: string, path: string, depth: number, createdAt: unknown): SeedDocument => ({
  path: `bylines/${path.replace('/', '-')}`,
  data: { uid, path, depth, imagePaths: [], createdAt },
});

function withoutName(post: SeedPost): SeedDocument[] {
  const { authorUid, createdAt } = post.data;
  if (authorUid === null) return [];
  post.data = { ...post.data, authorUid: null, authorNickname: anonymousName, anonymous: true };
  return [byline(authorUid, `FreeTalks/${post.id}`, 0, createdAt)];
}

/** Takes the name from a reply, and gives its writer the number they have below the post, or the next. */
function replyWithoutName(reply: SeedReply, postAuthor: string | null, people: string[]): SeedDocument[] {
  const { authorUid, createdAt, replyTo } = reply.data;
  if (authorUid === null) return [];
  const isAuthor = authorUid === postAuthor;
  if (!isAuthor && !people.includes(authorUid)) people.push(authorUid);
  const authorNickname = isAuthor ? authorName : nameAt(people.indexOf(authorUid));
  reply.data = { ...reply.data, authorUid: null, authorNickname, anonymous: true };
  return [byline(authorUid, `TempReplies/${reply.id}`, replyTo === null ? 1 : 2, createdAt)];
}

/** Makes every eighth post anonymous, and half of the replies below it; the documents that tell by whom they are. */
export function makeAnonymous(posts: readonly SeedPost[], replies: readonly SeedReply[]): SeedDocument[] {
  const dice = new Dice('anonymous');
  const made: SeedDocument[] = [];
  for (const post of posts.filter((_, index) => index % 8 === 5)) {
    const [own] = withoutName(post);
    if (!own) continue;
    made.push(own);
    const people: string[] = [];
    const below = replies.filter(({ data }) => data.parentType === 'FreeTalks' && data.parentId === post.id);
    for (const reply of below) {
      const answered = replies.find(({ id }) => id === reply.data.replyTo);
      reply.data = { ...reply.data, parentAuthorUid: null, answeredUid: answered?.data.authorUid ?? null };
      if (dice.chance(0.5)) made.push(...replyWithoutName(reply, String(own.data.uid), people));
    }
    if (people.length > 0) made.push({ path: `anonymousThreads/${post.id}`, data: { people } });
  }
  return made;
}

/** Accepts the first answer of somebody else to every second question that has one. */
export function acceptAnswers(posts: readonly SeedPost[], replies: readonly SeedReply[]): void {
  const dice = new Dice('answers');
  for (const post of posts.filter(({ data }) => data.category === 'question' && data.authorUid !== null)) {
    const answer = replies.find(
      ({ data }) =>
        data.parentType === 'FreeTalks' &&
        data.parentId === post.id &&
        data.replyTo === null &&
        !data.deleted &&
        !data.hidden &&
        data.authorUid !== null &&
        data.authorUid !== post.data.authorUid,
    );
    if (answer && dice.chance(0.5)) post.data = { ...post.data, acceptedReplyId: answer.id };
  }
}
