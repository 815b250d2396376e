/** Ratings and reply counters through the functions emulator: exact under any mix of events. */
import { randomUUID } from 'node:crypto';
import { emptyRating } from '../../src/directory/schema.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { recountRatings } from '../../src/reviews/nightly.ts';
import { eventually } from '../support/app.ts';
import { type RatedPlace, recounted, reviewAt, shownRating } from '../support/reviews.ts';

async function newPlace(): Promise<RatedPlace> {
  const key = randomUUID();
  const place = { hospitalId: `flow-h-${key}`, doctorId: `flow-d-${key}`, eventId: `flow-e-${key}` };
  const laid = { published: true, rating: emptyRating, updatedAt: Timestamp.now() };
  const { hospitalId } = place;
  const batch = db().batch();
  batch.set(db().doc(`Hospitals/${hospitalId}`), { name: '흐름의원', ...laid });
  batch.set(db().doc(`Doctors/${place.doctorId}`), { name: '김흐름', hospitalId, ...laid });
  batch.set(db().doc(`Events/${place.eventId}`), { title: '흐름', hospitalId, ...laid });
  await batch.commit();
  return place;
}

/** Waits until every page of the places shows what reading every review gives. */
async function settle(...places: RatedPlace[]): Promise<void> {
  for (const { hospitalId, doctorId, eventId } of places)
    for (const [page, id] of [
      ['Hospitals', hospitalId],
      ['Doctors', doctorId],
      ['Events', eventId],
    ] as const) {
      const truth = await recounted(page, id);
      await eventually(
        `${page}/${id} shows ${JSON.stringify(truth)}`,
        async () => JSON.stringify(await shownRating(page, id)) === JSON.stringify(truth),
        60_000,
      );
    }
}

describe('onReviewWritten', () => {
  it('follows evidence, changing, hiding, moving and taking back', async () => {
    const place = await newPlace();
    const elsewhere = await newPlace();
    const review = db().doc(`reviews/${randomUUID()}`);
    const rating = async () => (await db().doc(`Hospitals/${place.hospitalId}`).get()).get('rating');
    await review.set(reviewAt(place, 5));
    await settle(place);
    expect(await rating()).toMatchObject({ count: 0, sum: 0, all: 1, bayes: 0 });
    // An operator may type it in the console.
    await review.update({ evidence: 'receipt' });
    await eventually('it counts', async () => (await rating()).count === 1);
    await settle(place);
    expect(await rating()).toMatchObject({ count: 1, sum: 5, average: 5, all: 1, bayes: 4.273 });
    await review.update({ rating: 2, paidPrice: 120_000 });
    await eventually('the change counts', async () => (await rating()).sum === 2);
    await settle(place);
    expect(await rating()).toMatchObject({ honesty: { asAdvertised: 0, above: 1, below: 0 } });
    await review.update({ hospitalId: elsewhere.hospitalId, doctorId: null });
    await settle(place, elsewhere);
    expect(await rating()).toMatchObject({ count: 0, average: 0 });
    await review.update({ status: 'hidden' });
    await settle(place, elsewhere);
    await review.update({ status: 'deleted' });
    await settle(place, elsewhere);
  }, 120_000);

  it('is exact after many at once', async () => {
    const place = await newPlace();
    const ids = Array.from({ length: 40 }, () => randomUUID());
    const at = (id: string) => db().doc(`reviews/${id}`);
    await Promise.all(
      ids.map((id, i) => at(id).set(reviewAt(place, (i % 5) + 1, i % 3 === 0 ? 'visit' : 'none'))),
    );
    await Promise.all(
      ids.map((id, i) => {
        if (i % 4 === 0) return at(id).delete();
        if (i % 4 === 1) return at(id).update({ rating: 1, evidence: 'receipt' });
        return i % 4 === 2 ? at(id).update({ status: 'held' }) : Promise.resolve();
      }),
    );
    await eventually('all is derived', async () => {
      const all = await db().collection('reviews').where('hospitalId', '==', place.hospitalId).get();
      return all.docs.every(
        (review) => review.get('evidence') !== 'receipt' || review.get('tally.low') === 1,
      );
    });
    await settle(place);
  }, 120_000);

  it('leaves a hospital that is gone alone', async () => {
    const place = await newPlace();
    await db().doc(`Hospitals/${place.hospitalId}`).delete();
    const id = randomUUID();
    await db().doc(`reviews/${id}`).set(reviewAt(place, 4));
    await eventually('the doctor has it', async () => {
      const doctor = await db().doc(`Doctors/${place.doctorId}`).get();
      return doctor.get('rating.all') === 1;
    });
    expect((await db().doc(`Hospitals/${place.hospitalId}`).get()).exists).toBe(false);
  });

  it('empties what stands below a review that is taken back', async () => {
    const place = await newPlace();
    const review = db().doc(`reviews/${randomUUID()}`);
    await review.set({ ...reviewAt(place, 4), reply: { text: '감사합니다', at: Timestamp.now() } });
    await review.collection('followUps').doc('d1').set({ authorUid: 'u', text: '경과' });
    await review.collection('hospitalReply').doc('reply').set({ text: '감사합니다' });
    await review.collection('helpful').doc('v1').set({ uid: 'v1' });
    await eventually('the vote counts', async () => (await review.get()).get('helpfulCount') === 1);
    await review.update({ status: 'deleted', text: '' });
    await eventually('nothing is left', async () => {
      const [below, { reply }] = [await review.listCollections(), (await review.get()).data() ?? {}];
      return below.length === 0 && reply === null;
    });
  });

  it('believes a consultation when somebody of the hospital has answered in it', async () => {
    const place = await newPlace();
    const [spoken, silent] = [`u-${randomUUID()}`, `u-${randomUUID()}`];
    const say = (uid: string, senderUid: string, senderRole: string) =>
      db().collection(`Chatting/${uid}_${place.hospitalId}/messages`).add({ senderUid, senderRole });
    await say(spoken, spoken, 'member');
    await say(spoken, 'staff-1', 'staff');
    await say(silent, silent, 'member');
    const write = async (authorUid: string, consulted: boolean) => {
      const ref = db().doc(`reviews/${authorUid}-${consulted}`);
      await ref.set({ ...reviewAt(place, 4), authorUid, consulted });
      return ref;
    };
    const [proven, unsaid, unproven] = await Promise.all([
      ...[write(spoken, true), write(spoken, false), write(silent, true)],
    ]);
    const evidence = async (ref: typeof proven) => (await ref?.get())?.get('evidence');
    await eventually('it is proven', async () => (await evidence(proven)) === 'consultation');
    await settle(place);
    expect([await evidence(unsaid), await evidence(unproven)]).toEqual(['none', 'none']);
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
      .set(reviewAt(await newPlace(), 5));
    const [parentType = '', parentId = ''] = review.split('/');
    const replies = Array.from({ length: 30 }, () => db().doc(`TempReplies/${randomUUID()}`));
    await Promise.all(replies.map((reply) => reply.set(replyOf(parentType, parentId))));
    await Promise.all(replies.slice(0, 12).map((reply) => reply.update({ deleted: true, text: '' })));
    await counts(review, 18);
  }, 120_000);
});

describe('the nightly recount', () => {
  const means = db().doc('ratingMeans/current');
  afterAll(() => means.delete());

  it('goes on where it ended, puts right what has drifted, and tells of it once', async () => {
    // Behind every other page: only these are looked at.
    const id = `zzz-${randomUUID()}`;
    const wrong = { ...emptyRating, count: 9, sum: 9, asOf: Timestamp.fromMillis(1) };
    await db().doc(`Hospitals/${id}`).set({ rating: wrong, updatedAt: Timestamp.now() });
    await means.set({
      ...{ Hospitals: 4, Doctors: 4, Events: 4, asOf: Timestamp.now() },
      next: { Hospitals: 'zzz', Doctors: 'zzz', Events: 'zzz' },
    });
    const begun = Timestamp.now();
    expect(await recountRatings(Date.now())).toEqual({ checked: 1, repaired: 1 });
    expect(await shownRating('Hospitals', id)).toEqual(await recounted('Hospitals', id));
    const entries = await db().collection('auditLog').where('at', '>=', begun).get();
    const told = entries.docs.filter((entry) => entry.get('action') === 'ratings.repair');
    expect(told.map((entry) => entry.get('result'))).toEqual(['repaired 1 of 1']);
    expect((await means.get()).get('next')).toEqual({ Hospitals: '', Doctors: '', Events: '' });
    expect((await means.get()).get('Hospitals')).toBeGreaterThan(0);
  }, 60_000);
});
