/**
 * The handlers themselves, given the same events twice, late, reordered and concurrently, against the emulator.
 * Background triggers are off meanwhile, so that what is seen is these deliveries' doing.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { DocumentReference } from 'firebase-admin/firestore';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { onDoctorWritten, onEventWritten, onHospitalWritten } from '../../src/directory/edge.ts';
import { emptyRating } from '../../src/directory/schema.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { onReviewWritten } from '../../src/reviews/edge.ts';
import { type Evidence, evidenceLevels } from '../../src/reviews/schema.ts';
import { env } from '../support/app.ts';
import { recounted, reviewAt, shownRating } from '../support/reviews.ts';

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

interface Act {
  readonly review: number;
  readonly rating: number;
  readonly evidence: Evidence;
  readonly paid: number;
  readonly act: 'write' | 'edit' | 'prove' | 'hide' | 'takeBack' | 'delete';
}
const anyAct = fc.record<Act>({
  review: fc.integer({ min: 0, max: 5 }),
  rating: fc.integer({ min: 1, max: 5 }),
  evidence: fc.constantFrom(...evidenceLevels),
  paid: fc.constantFrom(100_000, 120_000, 80_000),
  act: fc.constantFrom('write', 'edit', 'prove', 'hide', 'takeBack', 'delete'),
});

/** A place, its reviews as the trigger last heard of them, and what clients and operators do to them. */
async function newWorld() {
  const key = randomUUID();
  const place = { hospitalId: `prop-h-${key}`, doctorId: `prop-d-${key}`, eventId: `prop-e-${key}` };
  const page = { rating: emptyRating, updatedAt: Timestamp.now() };
  const batch = db().batch();
  batch.set(db().doc(`Hospitals/${place.hospitalId}`), page);
  batch.set(db().doc(`Doctors/${place.doctorId}`), page);
  batch.set(db().doc(`Events/${place.eventId}`), page);
  await batch.commit();
  const at = (review: number) => db().doc(`reviews/prop-${key}-${review}`);
  const told = new Map<number, DocumentSnapshot>();
  /** The event of whatever has changed in a review since the last. */
  const news = async (review: number): Promise<Delivery | null> => {
    const [before, after] = [told.get(review), await at(review).get()];
    const was = before ?? (await db().doc('reviews/absent').get());
    told.set(review, after as unknown as DocumentSnapshot);
    const isNew = was.exists !== after.exists || (after.exists && !after.isEqual(was as never));
    return isNew ? ({ id: randomUUID(), data: { before: was, after } } as unknown as Delivery) : null;
  };
  const perform = async ({ review, rating, evidence, paid, act }: Act): Promise<void> => {
    const ref = at(review);
    const exists = (await ref.get()).exists;
    if (act === 'delete') await ref.delete();
    // The app writes a review without evidence; operators, receipts and vouchers prove it.
    else if (act === 'write' || !exists) await ref.set({ ...reviewAt(place, rating), paidPrice: paid });
    else if (act === 'edit') await ref.update({ rating, paidPrice: paid });
    else if (act === 'prove') await ref.update({ evidence });
    else await ref.update({ status: act === 'hide' ? 'hidden' : 'deleted' });
  };
  return { place, news, perform };
}

/** Every n-th write of ours dies before it is made, or after, without an answer. */
function killWrites(random: () => number): () => void {
  const update = DocumentReference.prototype.update;
  const spy = jest.spyOn(DocumentReference.prototype, 'update');
  spy.mockImplementation(async function (this: DocumentReference, ...args: unknown[]) {
    const fate = random() % 5;
    if (fate === 0) throw new Error('killed before writing');
    const written = await Reflect.apply(update, this, args);
    if (fate === 1) throw new Error('killed after writing');
    return written;
  });
  return () => spy.mockRestore();
}

/** Delivers, and delivers again what failed, as the platform does. */
async function deliver(events: readonly Delivery[]): Promise<void> {
  await Promise.all(
    events.map(async (event) => {
      for (let attempt = 0; attempt < 30; attempt += 1) {
        const isDone = await onReviewWritten(event).then(
          () => true,
          () => false,
        );
        if (isDone) return;
      }
      throw new Error('never settled');
    }),
  );
}

describe('onReviewWritten, delivered at least once, in any order, dying anywhere', () => {
  beforeAll(() => void jest.spyOn(log, 'error').mockImplementation(() => undefined));

  it('ends in what a recount gives, on hospital, doctor and event', async () => {
    const acts = fc.array(anyAct, { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(acts, fc.infiniteStream(fc.nat(1000)), async (steps, stream) => {
        const random = () => stream.next().value ?? 0;
        const { place, news, perform } = await newWorld();
        const events: Delivery[] = [];
        for (const step of steps) {
          await perform(step);
          const event = await news(step.review);
          if (event) events.push(event);
        }
        const revive = killWrites(random);
        try {
          const deliveries = [...events, ...events.slice(0, 3)]
            .map((event) => ({ event, at: random() }))
            .sort((a, b) => a.at - b.at);
          await deliver(deliveries.map(({ event }) => event));
          // Our own writes are events too.
          for (let round = 0; round < 5; round += 1) {
            const own = await Promise.all([0, 1, 2, 3, 4, 5].map(news));
            await deliver(own.filter((event) => event !== null));
          }
        } finally {
          revive();
        }
        for (const [page, id] of [
          ['Hospitals', place.hospitalId],
          ['Doctors', place.doctorId],
          ['Events', place.eventId],
        ] as const)
          expect(await shownRating(page, id)).toEqual(await recounted(page, id));
      }),
      { numRuns: 25 },
    );
  }, 300_000);

  it('costs one recount for a hundred deliveries of an event already covered', async () => {
    const { place, news, perform } = await newWorld();
    await perform({ review: 1, rating: 5, evidence: 'none', paid: 100_000, act: 'write' });
    const event = await news(1);
    if (!event) throw new Error('nothing happened');
    await onReviewWritten(event);
    const hospital = db().doc(`Hospitals/${place.hospitalId}`);
    const written = await hospital.get();
    await Promise.all(Array.from({ length: 100 }, () => onReviewWritten(event)));
    expect((await hospital.get()).updateTime).toEqual(written.updateTime);
    expect(written.get('rating.all')).toBe(1);
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
