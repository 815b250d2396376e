/**
 * The handlers themselves, given the same events twice, late, reordered and concurrently, against the emulator.
 * Background triggers are off meanwhile, so that what is seen is these deliveries' doing.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { emptyRating } from '../../src/directory/schema.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { onReviewWritten } from '../../src/reviews/edge.ts';
import { starsOf } from '../../src/reviews/schema.ts';
import { env } from '../support/app.ts';

const hub = (verb: string) =>
  fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });
beforeAll(() => hub('disable'));
afterAll(() => hub('enable'));

type Delivery = FirestoreEvent<Change<DocumentSnapshot> | undefined>;

/** Performs `act` and gives the event Firestore would send for it. */
async function eventOf(path: string, act: () => Promise<unknown>): Promise<Delivery> {
  const before = await db().doc(path).get();
  await act();
  const after = await db().doc(path).get();
  // Only `data` is read by the handler; the rest of a CloudEvent is not needed to deliver it.
  return { data: { before, after } } as unknown as Delivery;
}

const step = fc.record({
  review: fc.integer({ min: 0, max: 5 }),
  rating: fc.integer({ min: 1, max: 5 }),
  act: fc.constantFrom('write', 'hide', 'delete'),
});

async function perform(
  hospitalId: string,
  { review, rating, act }: { review: number; rating: number; act: string },
): Promise<Delivery> {
  const ref = db().doc(`reviews/${hospitalId}-${review}`);
  const data = {
    hospitalId,
    doctorId: null,
    rating,
    stars: starsOf(rating),
    status: act === 'hide' ? 'hidden' : 'published',
    createdAt: Timestamp.now(),
  };
  return eventOf(ref.path, () => (act === 'delete' ? ref.delete() : ref.set(data)));
}

describe('onReviewWritten, delivered at least once, in any order', () => {
  it('ends in what a recount gives', async () => {
    const steps = fc.array(step, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(steps, fc.infiniteStream(fc.nat(1000)), async (acts, random) => {
        const hospitalId = `prop-${randomUUID()}`;
        const hospital = db().doc(`Hospitals/${hospitalId}`);
        await hospital.set({ name: '성질의원', rating: emptyRating, updatedAt: Timestamp.now() });
        const events: Delivery[] = [];
        for (const act of acts) events.push(await perform(hospitalId, act));
        const deliveries = [...events, ...events.slice(0, 3)]
          .map((event) => ({ event, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at);
        await Promise.all(deliveries.map(({ event }) => onReviewWritten(event)));
        const truth = await db()
          .collection('reviews')
          .where('hospitalId', '==', hospitalId)
          .where('status', '==', 'published')
          .get();
        const ratings = truth.docs.map((review): number => review.get('rating'));
        const shown = (await hospital.get()).get('rating');
        expect({ count: shown.count, sum: shown.sum }).toEqual({
          count: ratings.length,
          sum: ratings.reduce((a, b) => a + b, 0),
        });
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it('costs one read for a hundred deliveries of an event already covered', async () => {
    const hospitalId = `burst-${randomUUID()}`;
    const hospital = db().doc(`Hospitals/${hospitalId}`);
    await hospital.set({ name: '몰림의원', rating: emptyRating, updatedAt: Timestamp.now() });
    const event = await perform(hospitalId, { review: 1, rating: 5, act: 'write' });
    await Promise.all(Array.from({ length: 100 }, () => onReviewWritten(event)));
    const written = await hospital.get();
    expect(written.get('rating.count')).toBe(1);
  });
});
