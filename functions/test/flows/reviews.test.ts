/** Ratings and reply counters through the functions emulator: exact under any mix of events. */
import { randomUUID } from 'node:crypto';
import { emptyRating } from '../../src/directory/schema.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { starsOf } from '../../src/reviews/schema.ts';
import { eventually } from '../support/app.ts';

interface Place {
  hospitalId: string;
  doctorId: string;
}

async function newPlace(): Promise<Place> {
  const hospitalId = `flow-h-${randomUUID()}`;
  const doctorId = `flow-d-${randomUUID()}`;
  const laid = { published: true, rating: emptyRating, updatedAt: Timestamp.now() };
  await db()
    .doc(`Hospitals/${hospitalId}`)
    .set({ name: '흐름의원', ...laid });
  await db()
    .doc(`Doctors/${doctorId}`)
    .set({ name: '김흐름', hospitalId, ...laid });
  return { hospitalId, doctorId };
}

const reviewOf = ({ hospitalId, doctorId }: Place, rating: number, change: Record<string, unknown> = {}) => ({
  authorUid: 'u',
  authorNickname: '민지',
  hospitalId,
  hospitalName: '흐름의원',
  visitDate: '2026-11-10',
  doctorId,
  rating,
  stars: starsOf(rating),
  text: '열 글자가 넘는 후기입니다.',
  treatments: [],
  paidPrice: null,
  photoPaths: [],
  evidence: 'none',
  status: 'published',
  replyCount: 0,
  replyCountAsOf: null,
  createdAt: Timestamp.now(),
  updatedAt: Timestamp.now(),
  ...change,
});

async function shownRating(path: string) {
  const { count, sum, average, stars } = (await db().doc(path).get()).get('rating');
  return { count, sum, average, stars };
}

/** The truth, by reading every review. */
async function recounted(field: 'hospitalId' | 'doctorId', id: string) {
  const all = await db()
    .collection('reviews')
    .where(field, '==', id)
    .where('status', '==', 'published')
    .get();
  const ratings = all.docs.map((review): number => review.get('rating'));
  const sum = ratings.reduce((total, rating) => total + rating, 0);
  const stars = Object.fromEntries(
    [1, 2, 3, 4, 5].map((n) => [`s${n}`, ratings.filter((rating) => rating === n).length]),
  );
  const average = ratings.length === 0 ? 0 : Math.round((sum / ratings.length) * 100) / 100;
  return { count: ratings.length, sum, average, stars };
}

async function settles(
  path: string,
  field: 'hospitalId' | 'doctorId',
  id: string,
  timeoutMs = 60_000,
): Promise<void> {
  const truth = await recounted(field, id);
  await eventually(
    `${path} shows ${JSON.stringify(truth)}`,
    async () => JSON.stringify(await shownRating(path)) === JSON.stringify(truth),
    timeoutMs,
  );
}

describe('onReviewWritten', () => {
  it('follows creating, changing, hiding, moving and deleting', async () => {
    const place = await newPlace();
    const elsewhere = await newPlace();
    const review = db().doc(`reviews/${randomUUID()}`);
    const both = async () => {
      await settles(`Hospitals/${place.hospitalId}`, 'hospitalId', place.hospitalId);
      await settles(`Doctors/${place.doctorId}`, 'doctorId', place.doctorId);
      await settles(`Hospitals/${elsewhere.hospitalId}`, 'hospitalId', elsewhere.hospitalId);
    };
    await review.set(reviewOf(place, 5));
    await both();
    expect(await shownRating(`Hospitals/${place.hospitalId}`)).toMatchObject({
      count: 1,
      sum: 5,
      average: 5,
    });
    await review.update({ rating: 2, stars: starsOf(2) });
    await both();
    expect(await shownRating(`Doctors/${place.doctorId}`)).toMatchObject({ count: 1, sum: 2 });
    await review.update({ hospitalId: elsewhere.hospitalId, doctorId: null });
    await both();
    expect(await shownRating(`Hospitals/${place.hospitalId}`)).toMatchObject({ count: 0, average: 0 });
    await review.update({ status: 'hidden' });
    await both();
    await review.delete();
    await both();
  });

  it('is exact after many at once', async () => {
    const place = await newPlace();
    const ids = Array.from({ length: 40 }, () => randomUUID());
    await Promise.all(
      ids.map((id, i) =>
        db()
          .doc(`reviews/${id}`)
          .set(reviewOf(place, (i % 5) + 1)),
      ),
    );
    await Promise.all(
      ids.map((id, i) => {
        if (i % 4 === 0) return db().doc(`reviews/${id}`).delete();
        if (i % 4 === 1)
          return db()
            .doc(`reviews/${id}`)
            .update({ rating: 1, stars: starsOf(1) });
        return i % 4 === 2 ? db().doc(`reviews/${id}`).update({ status: 'held' }) : Promise.resolve();
      }),
    );
    await settles(`Hospitals/${place.hospitalId}`, 'hospitalId', place.hospitalId);
    await settles(`Doctors/${place.doctorId}`, 'doctorId', place.doctorId);
  }, 120_000);

  it('leaves a hospital that is gone alone', async () => {
    const place = await newPlace();
    await db().doc(`Hospitals/${place.hospitalId}`).delete();
    await db().doc(`reviews/${randomUUID()}`).set(reviewOf(place, 4));
    await settles(`Doctors/${place.doctorId}`, 'doctorId', place.doctorId);
    expect((await db().doc(`Hospitals/${place.hospitalId}`).get()).exists).toBe(false);
  });
});

describe('onReplyWritten', () => {
  const replyOf = (parentType: string, parentId: string, replyTo: string | null = null) => ({
    authorUid: 'u',
    authorNickname: '민지',
    parentType,
    parentId,
    replyTo,
    text: '댓글',
    deleted: false,
    hidden: false,
    replyCount: 0,
    replyCountAsOf: null,
    createdAt: Timestamp.now(),
    updatedAt: Timestamp.now(),
  });
  const counts = (path: string, count: number) =>
    eventually(
      `${path} has ${count} replies`,
      async () => (await db().doc(path).get()).get('replyCount') === count,
      60_000,
    );

  it('counts what is visible, on the post and on the reply answered', async () => {
    const talk = `FreeTalks/${randomUUID()}`;
    await db().doc(talk).set({ title: '글', status: 'published', replyCount: 0, replyCountAsOf: null });
    const [parentType = '', parentId = ''] = talk.split('/');
    const top = db().doc(`TempReplies/${randomUUID()}`);
    const nested = db().doc(`TempReplies/${randomUUID()}`);
    await top.set(replyOf(parentType, parentId));
    await nested.set(replyOf(parentType, parentId, top.id));
    await counts(talk, 2);
    await counts(top.path, 1);
    await nested.update({ deleted: true, text: '' });
    await counts(talk, 1);
    await counts(top.path, 0);
    await top.update({ hidden: true });
    await counts(talk, 0);
    await top.update({ hidden: false });
    await counts(talk, 1);
    await top.delete();
    await counts(talk, 0);
  });

  it('is exact after many at once, on a review too', async () => {
    const review = `reviews/${randomUUID()}`;
    await db()
      .doc(review)
      .set(reviewOf(await newPlace(), 5));
    const [parentType = '', parentId = ''] = review.split('/');
    const replies = Array.from({ length: 30 }, () => db().doc(`TempReplies/${randomUUID()}`));
    await Promise.all(replies.map((reply) => reply.set(replyOf(parentType, parentId))));
    await Promise.all(replies.slice(0, 12).map((reply) => reply.update({ deleted: true, text: '' })));
    await counts(review, 18);
  }, 120_000);
});
