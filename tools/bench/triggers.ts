/** What our triggers are billed beyond the write that caused them: alone, in a burst, and for an event that comes again. */
import { emptyRating, noCards } from '../../functions/src/directory/schema.ts';
import { db, Timestamp } from '../../functions/src/platform/firebase.ts';
import { newReviewFields } from '../../functions/src/reviews/schema.ts';
import { table } from '../docs/markdown.ts';
import { runAtOnce } from './load.ts';
import { FUNCTIONS } from './mount.ts';
import { number } from './report.ts';
import { metered, onStage, type Stage } from './stage.ts';

const burst = 100;
const alone = 20;

interface Delivery {
  readonly trigger: 'onReviewWritten' | 'onReplyWritten' | 'onTalkLiked' | 'onReplyLiked';
  readonly path: string;
  readonly document: Record<string, unknown>;
  readonly params?: Record<string, string>;
}

const review = (id: string, doctorId: string | null = null): Delivery => ({
  trigger: 'onReviewWritten',
  path: `reviews/${id}`,
  document: {
    ...newReviewFields,
    ...{
      authorUid: 'u',
      hospitalId: 'h1',
      hospitalName: '병원',
      doctorId,
      eventId: null,
      advertisedPrice: null,
    },
    ...{ rating: 5, paidPrice: 100_000, consulted: false, createdAt: Timestamp.now() },
    ...{ authorNickname: '민지', text: '친절하게 상담해 주셨어요.', treatments: [], visitDate: '2026-11-10' },
  },
});

const reply = (id: string, replyTo: string | null, change: Record<string, unknown> = {}): Delivery => ({
  trigger: 'onReplyWritten',
  path: `TempReplies/${id}`,
  document: {
    ...{ authorUid: 'writer', anonymous: false, parentType: 'FreeTalks', parentId: 't1', replyTo },
    ...{ parentAuthorUid: 'author', answeredUid: replyTo === null ? null : 'answered', mentions: [] },
    ...{ deleted: false, hidden: false, ...change },
  },
});

const like = (path: string, voter: string): Delivery => ({
  trigger: path.startsWith('FreeTalks/') ? 'onTalkLiked' : 'onReplyLiked',
  path: `${path}/likes/${voter}`,
  document: { uid: voter },
  params: { talkId: 't1', replyId: 'top' },
});

/** Of what is anonymous only bylines tell; the writer of the reply is not the author of the post. */
const nobody = { authorUid: null, anonymous: true, parentAuthorUid: null };

const many = (make: (n: number) => Delivery, count: number): Delivery[] =>
  Array.from({ length: count }, (_, n) => make(n));

async function layGround(): Promise<void> {
  const batch = db().batch();
  for (const path of ['Hospitals/h1', 'Doctors/d1', 'Events/e1'])
    batch.set(db().doc(path), { ...noCards, rating: emptyRating, reviewCardsAsOf: Timestamp.now() });
  const uncounted = { likeCount: 0, likeCountAsOf: null, replyCount: 0, replyCountAsOf: null };
  batch.set(db().doc('FreeTalks/t1'), { ...uncounted, authorUid: 'author', createdAt: Timestamp.now() });
  batch.set(db().doc('TempReplies/top'), {
    ...reply('top', null, { authorUid: 'answered' }).document,
    ...uncounted,
  });
  batch.set(db().doc('bylines/FreeTalks-t1'), {
    ...{ uid: 'author', path: 'FreeTalks/t1', depth: 0, imagePaths: [], createdAt: Timestamp.now() },
  });
  for (let n = 0; n < alone; n += 1) {
    batch.set(db().doc(`bylines/TempReplies-nobody-${n}`), {
      ...{ uid: 'writer', path: `TempReplies/nobody-${n}`, depth: 1, imagePaths: [] },
      createdAt: Timestamp.now(),
    });
  }
  await batch.commit();
}

/** When each document was written, as its events tell. */
const writtenAt = new Map<string, { seconds: number; nanoseconds: number }>();

async function deliver(
  { functions }: Stage,
  { trigger, path, document, params }: Delivery,
  before: Delivery['document'] | null = null,
): Promise<void> {
  const written = { path, before, after: document, at: writtenAt.get(path), params };
  const { status } = await functions.call(trigger, written);
  if (status !== 204) throw new Error(`${trigger} did not settle`);
}

/** The client's own write is not metered: it goes to the emulator directly. */
async function written(stage: Stage, delivery: Delivery): Promise<void> {
  const { seconds, nanoseconds } = (await db().doc(delivery.path).set(delivery.document)).writeTime;
  writtenAt.set(delivery.path, { seconds, nanoseconds });
  await deliver(stage, delivery);
}

/** Something that was there is changed. */
async function rewritten(stage: Stage, delivery: Delivery, before: Delivery): Promise<void> {
  const { seconds, nanoseconds } = (await db().doc(delivery.path).set(delivery.document)).writeTime;
  writtenAt.set(delivery.path, { seconds, nanoseconds });
  await deliver(stage, delivery, before.document);
}

async function rowOf(
  what: string,
  stage: Stage,
  works: readonly (() => Promise<void>)[],
  each = works.length,
): Promise<string[]> {
  const { reads, writes, deletes } = await metered(stage.meter, () => runAtOnce(works.length, works));
  return [what, ...[reads, writes, deletes].map((total) => number(total / each))];
}

async function measureOn(stage: Stage): Promise<string[][]> {
  await layGround();
  const counted = { ...review('one'), document: { ...review('one').document, replyCount: 1 } };
  const about = { doctorId: 'd1', eventId: 'e1', advertisedPrice: 100_000 };
  const whole = { ...review('whole'), document: { ...review('whole').document, ...about } };
  const consulted = { ...review('said'), document: { ...review('said').document, consulted: true } };
  const some = (name: string, doctorId: string | null = null) =>
    Array.from({ length: burst }, (_, index) => review(`${name}-${index}`, doctorId));
  const inTurn = async (works: readonly Delivery[]) => {
    for (const each of works) await written(stage, each);
  };
  return [
    await rowOf('a review, the first this instance sees of the hospital', stage, [
      () => written(stage, review('one')),
    ]),
    await rowOf('its event again', stage, [() => deliver(stage, review('one'))]),
    await rowOf('a counter written on it', stage, [() => deliver(stage, counted, review('one').document)]),
    await rowOf('a review alone', stage, [() => inTurn(some('alone').slice(0, alone))], alone),
    await rowOf(
      'a review alone, with a doctor',
      stage,
      [() => inTurn(some('with', 'd1').slice(0, alone))],
      alone,
    ),
    await rowOf('a review with doctor and event, alone', stage, [() => written(stage, whole)]),
    await rowOf('one the hospital answered in a chat, as the author says', stage, [
      () => written(stage, consulted),
    ]),
    await rowOf(
      `each of ${burst} reviews of one hospital at once`,
      stage,
      some('burst').map((each) => () => written(stage, each)),
    ),
    await rowOf('a review that is edited, among the newest', stage, [
      () =>
        rewritten(stage, { ...whole, document: { ...whole.document, text: '고쳤어요, 만족합니다.' } }, whole),
    ]),
    await rowOf('a review that is hidden, among the newest', stage, [
      () => rewritten(stage, { ...whole, document: { ...whole.document, status: 'hidden' } }, whole),
    ]),
    await rowOf('a reply, the first this instance sees of the post', stage, [
      () => written(stage, reply('first', null)),
    ]),
    await rowOf(
      'a reply alone: the counter and what the author is told',
      stage,
      [() => inTurn(many((n) => reply(`alone-${n}`, null), alone))],
      alone,
    ),
    await rowOf('its event again', stage, [() => deliver(stage, reply('alone-1', null))]),
    await rowOf(
      'an answer to a reply: two counters, two told',
      stage,
      [() => inTurn(many((n) => reply(`answer-${n}`, 'top'), alone))],
      alone,
    ),
    await rowOf(
      'a reply that mentions somebody',
      stage,
      [() => inTurn(many((n) => reply(`mention-${n}`, null, { mentions: ['answered'] }), alone))],
      alone,
    ),
    await rowOf(
      'an anonymous reply to an anonymous post',
      stage,
      [() => inTurn(many((n) => reply(`nobody-${n}`, null, nobody), alone))],
      alone,
    ),
    await rowOf(
      `each of ${burst} replies to one post at once`,
      stage,
      many((n) => reply(`rush-${n}`, null), burst).map((each) => () => written(stage, each)),
    ),
    await rowOf(
      'a like of a post, alone',
      stage,
      [() => inTurn(many((n) => like('FreeTalks/t1', `one-${n}`), alone))],
      alone,
    ),
    await rowOf(
      `each of ${burst} likes of one post at once`,
      stage,
      many((n) => like('FreeTalks/t1', `rush-${n}`), burst).map((each) => () => written(stage, each)),
    ),
    await rowOf(
      'a like of a reply, alone',
      stage,
      [() => inTurn(many((n) => like('TempReplies/top', `one-${n}`), alone))],
      alone,
    ),
  ];
}

export async function triggers(): Promise<string> {
  const rows = await onStage({ modules: [FUNCTIONS], instances: 1 }, measureOn);
  return table(['write', 'reads', 'writes', 'deletes'], rows);
}
