/**
 * Counters of likes and replies, and the rank made of them: the handlers given the same events twice, late, reordered
 * and concurrently, against the emulator, and held against a plain model. Background triggers are off meanwhile.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { onReplyLiked, onReplyWritten, onTalkLiked } from '../../src/community/edge.ts';
import { hotScore } from '../../src/community/hot.ts';
import { recountBoard } from '../../src/community/nightly.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { env } from '../support/app.ts';

const hub = (verb: string) =>
  fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });
beforeAll(() => {
  jest.spyOn(log, 'info').mockImplementation(() => undefined);
  return hub('disable');
});
afterAll(() => hub('enable'));

interface Delivery {
  readonly deliver: () => Promise<void>;
}
type Params = { readonly talkId: string; readonly replyId: string };
type Handler = (event: FirestoreEvent<Change<DocumentSnapshot> | undefined, Params>) => Promise<void>;

/** Performs `act` and gives the event Firestore would send for it. */
async function deliveryOf(
  handler: Handler,
  params: Params,
  path: string,
  act: () => Promise<unknown>,
): Promise<Delivery> {
  const before = await db().doc(path).get();
  await act();
  const after = await db().doc(path).get();
  // Only these are read by the handlers; the rest of a CloudEvent is not needed to deliver it.
  const event = { id: randomUUID(), params, data: { before, after } };
  return { deliver: () => handler(event as unknown as Parameters<Handler>[0]) };
}

const writtenAt = Timestamp.fromMillis(Date.UTC(2026, 10, 10));
const replyIn = (talkId: string, change: Record<string, unknown>) => ({
  ...{ authorUid: 'u', authorNickname: '민지', anonymous: false, parentType: 'FreeTalks', parentId: talkId },
  ...{ replyTo: null, parentAuthorUid: 'u', answeredUid: null, mentions: [], text: '댓글' },
  ...{
    deleted: false,
    hidden: false,
    replyCount: 0,
    replyCountAsOf: null,
    likeCount: 0,
    likeCountAsOf: null,
  },
  ...{ createdAt: writtenAt, updatedAt: writtenAt, ...change },
});

const step = fc.record({
  who: fc.integer({ min: 0, max: 3 }),
  act: fc.constantFrom('like', 'unlike', 'likeReply', 'unlikeReply', 'reply', 'takeBack', 'hide', 'remove'),
});
type Step = { readonly who: number; readonly act: string };

/** The plain truth: who likes what, and which replies are visible. */
class Model {
  readonly likes = new Set<number>();
  readonly replyLikes = new Set<number>();
  readonly visible = new Set<number>();

  take({ who, act }: Step): void {
    if (act === 'like') this.likes.add(who);
    else if (act === 'unlike') this.likes.delete(who);
    else if (act === 'likeReply') this.replyLikes.add(who);
    else if (act === 'unlikeReply') this.replyLikes.delete(who);
    else if (act === 'reply') this.visible.add(who);
    else this.visible.delete(who);
  }
}

function perform(talkId: string, { who, act }: Step): Promise<Delivery> {
  const replyId = `${talkId}-top`;
  const params = { talkId, replyId };
  const like = { uid: `voter-${who}`, createdAt: writtenAt };
  const put = (handler: Handler, path: string, data: Record<string, unknown> | null) =>
    deliveryOf(handler, params, path, () => (data ? db().doc(path).set(data) : db().doc(path).delete()));
  const reply = `TempReplies/${talkId}-${who}`;
  if (act === 'like') return put(onTalkLiked, `FreeTalks/${talkId}/likes/voter-${who}`, like);
  if (act === 'unlike') return put(onTalkLiked, `FreeTalks/${talkId}/likes/voter-${who}`, null);
  if (act === 'likeReply') return put(onReplyLiked, `TempReplies/${replyId}/likes/voter-${who}`, like);
  if (act === 'unlikeReply') return put(onReplyLiked, `TempReplies/${replyId}/likes/voter-${who}`, null);
  if (act === 'remove') return put(onReplyWritten, reply, null);
  const change = { deleted: act === 'takeBack', hidden: act === 'hide' };
  return put(onReplyWritten, reply, replyIn(talkId, change));
}

async function layTalk(): Promise<string> {
  const talkId = `likes-${randomUUID()}`;
  await db()
    .doc(`FreeTalks/${talkId}`)
    .set({
      ...{ title: '글', status: 'published', likeCount: 0, likeCountAsOf: null, viewCount: 0, hotScore: 0 },
      ...{ replyCount: 0, replyCountAsOf: null, authorUid: 'u', createdAt: writtenAt },
    });
  await db().doc(`TempReplies/${talkId}-top`).set(replyIn('elsewhere', {}));
  return talkId;
}

describe('likes and replies, delivered at least once, in any order', () => {
  it('end in the counts and the rank of a plain model', async () => {
    const acts = fc.array(step, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(acts, fc.infiniteStream(fc.nat(1000)), async (steps, random) => {
        const talkId = await layTalk();
        const model = new Model();
        const events: Delivery[] = [];
        for (const each of steps) {
          model.take(each);
          events.push(await perform(talkId, each));
        }
        const deliveries = [...events, ...events.slice(0, 4)]
          .map((event) => ({ event, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at);
        await Promise.all(deliveries.map(({ event }) => event.deliver()));
        const shown = await db().doc(`FreeTalks/${talkId}`).get();
        const [likes, replies] = [model.likes.size, model.visible.size];
        expect({ likes: shown.get('likeCount'), replies: shown.get('replyCount') }).toEqual({
          likes,
          replies,
        });
        const reply = await db().doc(`TempReplies/${talkId}-top`).get();
        expect(reply.get('likeCount')).toBe(model.replyLikes.size);
        if (shown.get('likeCountAsOf') !== null || shown.get('replyCountAsOf') !== null) {
          const stir = { likes, replies, writtenAt: writtenAt.toMillis() };
          expect(shown.get('hotScore')).toBeCloseTo(hotScore(stir), 8);
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it('count a like that is delivered a hundred times once', async () => {
    const talkId = await layTalk();
    const event = await perform(talkId, { who: 1, act: 'like' });
    await Promise.all(Array.from({ length: 100 }, () => event.deliver()));
    expect((await db().doc(`FreeTalks/${talkId}`).get()).get('likeCount')).toBe(1);
  });

  it('leave a post that is gone alone', async () => {
    const talkId = await layTalk();
    const event = await perform(talkId, { who: 1, act: 'like' });
    await db().doc(`FreeTalks/${talkId}`).delete();
    await event.deliver();
    expect((await db().doc(`FreeTalks/${talkId}`).get()).exists).toBe(false);
  });
});

it('every night counters are counted again from where the last night ended, put right, and told of once', async () => {
  const round = db().doc('boardRounds/current');
  // Behind everything else: only these are looked at.
  const [talkId, replyId] = [`zzz-${randomUUID()}`, `zzz-${randomUUID()}`];
  const wrong = { likeCount: 7, likeCountAsOf: writtenAt, replyCount: 0, replyCountAsOf: writtenAt };
  await db()
    .doc(`FreeTalks/${talkId}`)
    .set({ status: 'published', hotScore: 9, createdAt: writtenAt, ...wrong });
  await db()
    .doc(`TempReplies/${replyId}`)
    .set(replyIn(talkId, { likeCountAsOf: writtenAt, replyCountAsOf: writtenAt }));
  await db().doc(`FreeTalks/${talkId}/likes/voter-1`).set({ uid: 'voter-1', createdAt: writtenAt });
  await round.set({ next: { FreeTalks: 'zzz', TempReplies: 'zzz', reviews: 'zzz' }, asOf: Timestamp.now() });
  const warned = jest.spyOn(log, 'warn').mockImplementation(() => undefined);
  const begun = Timestamp.now();
  expect(await recountBoard(Date.now())).toEqual({ checked: 2, repaired: 2 });
  expect(warned.mock.calls.map(([event]) => event)).toEqual(['board.drift', 'board.drift']);
  const shown = await db().doc(`FreeTalks/${talkId}`).get();
  expect(shown.data()).toMatchObject({ likeCount: 1, replyCount: 1 });
  expect(shown.get('hotScore')).toBeCloseTo(
    hotScore({ likes: 1, replies: 1, writtenAt: writtenAt.toMillis() }),
    8,
  );
  expect((await round.get()).get('next')).toEqual({ FreeTalks: '', TempReplies: '', reviews: '' });
  const entries = await db().collection('auditLog').where('at', '>=', begun).get();
  const told = entries.docs.filter((entry) => entry.get('action') === 'board.repair');
  expect(told.map((entry) => entry.get('result'))).toEqual(['repaired 2 of 2']);
});
