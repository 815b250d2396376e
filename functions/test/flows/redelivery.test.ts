/**
 * The handlers themselves, given the same events twice, late, reordered and concurrently, against the emulator.
 * Background triggers are off meanwhile, so that what is seen is these deliveries' doing.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { onDoctorWritten, onEventWritten, onHospitalWritten } from '../../src/directory/edge.ts';
import { emptyRating } from '../../src/directory/schema.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { onReviewWritten } from '../../src/reviews/edge.ts';
import { starsOf } from '../../src/reviews/schema.ts';
import { env } from '../support/app.ts';

const hub = (verb: string) =>
  fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });
beforeAll(() => {
  jest.spyOn(log, 'info').mockImplementation(() => undefined);
  return hub('disable');
});
afterAll(() => hub('enable'));

type Delivery = FirestoreEvent<Change<DocumentSnapshot> | undefined>;

/** Performs `act` and gives the event Firestore would send for it. */
async function eventOf(path: string, act: () => Promise<unknown>): Promise<Delivery> {
  const before = await db().doc(path).get();
  await act();
  const after = await db().doc(path).get();
  // Only these are read by the handlers; the rest of a CloudEvent is not needed to deliver it.
  return { id: randomUUID(), data: { before, after } } as unknown as Delivery;
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

describe('what is typed into pages, delivered at least once, in any order', () => {
  type Handler = (event: Delivery) => Promise<void>;
  interface Sent {
    readonly handler: Handler;
    readonly event: Delivery;
  }
  const day = '2026-01-01';
  const typedHospital = {
    ...{ name: '순서의원', type: '의원', representative: '김순', phone: '02-555-0101', published: true },
    ...{ address: '서울 강남구 테헤란로 1', departments: '피부과' },
  };
  const typedEvent = {
    ...{ title: '점 제거', priceBefore: 100_000, priceAfter: '8만원', startsOn: day, endsOn: '2099-12-31' },
    ...{ target: '신규 고객, 점 1개', sideEffects: '붉은 기', published: true },
  };
  const edits = fc.constantFrom<readonly ['Hospitals' | 'Doctors' | 'Events', Record<string, unknown>]>(
    ['Hospitals', { published: false }],
    ['Hospitals', { published: true }],
    ['Hospitals', { name: '바뀐의원' }],
    ['Hospitals', { phone: '없음' }],
    ['Hospitals', { phone: '02-555-0102' }],
    ['Doctors', { published: false }],
    ['Doctors', { published: true }],
    ['Events', { title: '국내 최고 점 제거' }],
    ['Events', { title: '점 제거' }],
    ['Events', { published: false }],
    ['Events', { published: true }],
    ['Events', { endsOn: '2026-01-31' }],
    ['Events', { endsOn: '2099-12-31' }],
  );
  const handlers: Readonly<Record<string, Handler>> = {
    ...{ Hospitals: onHospitalWritten, Doctors: onDoctorWritten, Events: onEventWritten },
  };

  /** What an edit is seen to be afterwards, without moments. */
  async function state(id: string) {
    const pages = await Promise.all(
      ['Hospitals', 'Doctors', 'Events'].map((name) => db().doc(`${name}/${id}`).get()),
    );
    return pages.map((page) => ({
      ...{ published: page.get('published'), hiddenBecause: page.get('hiddenBecause') },
      ...{
        fields: [...page.get('problems')].map(({ field }) => field),
        of: page.get('hospitalName') ?? null,
      },
    }));
  }

  /** Makes the edits, and delivers their events and those of the answers to them. */
  async function play(
    steps: readonly (readonly [string, Record<string, unknown>])[],
    deliver: (sent: readonly Sent[]) => Promise<void>,
  ): Promise<string> {
    const id = `typed-${randomUUID()}`;
    const sent: Sent[] = [];
    const act = async (name: string, write: () => Promise<unknown>) => {
      const event = await eventOf(`${name}/${id}`, write);
      const handler = handlers[name];
      if (handler) sent.push({ handler, event });
    };
    const at = (name: string) => db().doc(`${name}/${id}`);
    await act('Hospitals', () => at('Hospitals').set(typedHospital));
    const doctor = { name: '김순', hospitalId: id, isSpecialist: false, published: true };
    await act('Doctors', () => at('Doctors').set(doctor));
    await act('Events', () => at('Events').set({ ...typedEvent, hospitalId: id }));
    await deliver(sent.splice(0));
    for (const [name, change] of steps) await act(name, () => at(name).update(change));
    await deliver(sent.splice(0));
    // Our own answers are events too: of them only what concerns a hospital’s pages is acted upon.
    await onHospitalWritten(
      await eventOf(`Hospitals/${id}`, () => at('Hospitals').update({ region: '부산' })),
    );
    return id;
  }

  const inOrder = async (sent: readonly Sent[]) => {
    for (const { handler, event } of sent) await handler(event);
  };

  it('ends in the same state as told once, in order', async () => {
    const steps = fc.array(edits, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(steps, fc.infiniteStream(fc.nat(1000)), async (acts, random) => {
        const anyhow = async (sent: readonly Sent[]) => {
          const shuffled = [...sent, ...sent]
            .map((one) => ({ one, at: random.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at);
          await Promise.all(shuffled.map(({ one }) => one.handler(one.event)));
        };
        const once = await play(acts, inOrder);
        const often = await play(acts, anyhow);
        expect(await state(often)).toEqual(await state(once));
      }),
      { numRuns: 6 },
    );
  }, 120_000);

  it('is audited once, and an event that comes again changes nothing', async () => {
    const id = `again-${randomUUID()}`;
    const hospital = db().doc(`Hospitals/${id}`);
    const event = await eventOf(hospital.path, () => hospital.set(typedHospital));
    await Promise.all(Array.from({ length: 5 }, () => onHospitalWritten(event)));
    const first = await hospital.get();
    await onHospitalWritten(event);
    expect((await hospital.get()).updateTime).toEqual(first.updateTime);
    const entries = await db().collection('auditLog').where('target', '==', hospital.path).get();
    expect(entries.docs.map((entry) => entry.get('action'))).toEqual(['page.entered']);
  });
});
