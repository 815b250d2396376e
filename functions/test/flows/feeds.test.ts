/**
 * Home, the lists of events and the cards on pages of hospitals: whatever happens, in whatever order it is told of, they end
 * in what a look at everything gives; and what the app sees of them.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { doc, getDoc } from 'firebase/firestore';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { type Meter, startMeter } from '../../../tools/bench/meter.ts';
import { regions } from '../../src/directory/schema.ts';
import {
  followDoctorFeeds,
  followEventFeeds,
  followHospitalFeeds,
  followTalkFeeds,
} from '../../src/feeds/edge.ts';
import { followEvents } from '../../src/feeds/eventLists.ts';
import { lookUpHome } from '../../src/feeds/home.ts';
import { followNumbers } from '../../src/feeds/numbers.ts';
import { rebuildFeeds } from '../../src/feeds/rebuild.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { onReviewWritten } from '../../src/reviews/edge.ts';
import { env, eventually, newPhone, type Phone } from '../support/app.ts';
import { doctorAt, eventAt, hospitalOf, keptFeeds, talkBy, trueFeeds } from '../support/feeds.ts';
import { reviewAt } from '../support/reviews.ts';
import { delivered, makeUnsteady, type Unsteady } from '../support/unsteady.ts';

const hub = (verb: string) =>
  fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });

type Fields = Record<string, unknown>;
type Event = FirestoreEvent<Change<DocumentSnapshot> | undefined>;
const handlers: Readonly<Record<string, (event: Event) => Promise<void>>> = {
  Hospitals: followHospitalFeeds,
  Doctors: followDoctorFeeds,
  Events: followEventFeeds,
  FreeTalks: followTalkFeeds,
  reviews: onReviewWritten,
};
type Delivery = () => Promise<void>;

/** Writes a document, or deletes it, and gives the event Firestore would send. */
async function written(path: string, fields: Fields | null): Promise<Delivery> {
  const ref = db().doc(path);
  const before = await ref.get();
  if (fields === null) await ref.delete();
  else await ref.set(fields, { merge: true });
  const after = await ref.get();
  const handle = handlers[path.split('/')[0] ?? ''];
  // Only these are read by the handlers; the rest of a CloudEvent is not needed to deliver it.
  const event = { id: randomUUID(), data: { before, after } } as unknown as Event;
  return () => handle?.(event) ?? Promise.resolve();
}

async function expectRight(): Promise<void> {
  expect(await keptFeeds()).toEqual(await trueFeeds());
}

const kinds = ['Hospitals', 'Doctors', 'Events', 'FreeTalks', 'reviews'] as const;
const deeds = ['show', 'edit', 'hide', 'move', 'count', 'delete', 'deliver', 'job'] as const;
const step = fc.record({
  kind: fc.constantFrom(...kinds, 'reviews', 'Events'),
  deed: fc.constantFrom(...deeds, 'show', 'show', 'edit', 'hide'),
  id: fc.nat({ max: 6 }),
  n: fc.nat({ max: 1_000 }),
});
type Step = { kind: (typeof kinds)[number]; deed: (typeof deeds)[number]; id: number; n: number };

const hospitalAt = (n: number) => `feed-h${n % 3}`;
const place = (n: number) => ({
  hospitalId: hospitalAt(n),
  doctorId: `feed-d${n % 7}`,
  eventId: `feed-e${n % 7}`,
});
const regionAt = (n: number) => regions[n % 3];
const made: Readonly<Record<Step['kind'], (n: number) => Fields>> = {
  Hospitals: (n) => hospitalOf({ name: `두레${n}의원`, createdAt: Timestamp.fromMillis(n) }),
  Doctors: (n) => doctorAt(hospitalAt(n), { createdAt: Timestamp.fromMillis(n) }),
  Events: (n) => eventAt(hospitalAt(n), { region: regionAt(n), createdAt: Timestamp.fromMillis(n * 1e9) }),
  FreeTalks: (n) => talkBy('u', { pinned: n % 2 === 0, createdAt: Timestamp.fromMillis(n) }),
  reviews: (n) => ({ ...reviewAt(place(n), (n % 5) + 1, 'visit'), createdAt: Timestamp.fromMillis(n) }),
};
const isPage = (kind: Step['kind']) => kind === 'Hospitals' || kind === 'Doctors' || kind === 'Events';

/** What a deed changes; undefined: nothing can be done. `null` deletes. */
function change({ kind, deed, n }: Step, exists: boolean): Fields | null | undefined {
  const isVisible = (visible: boolean) =>
    isPage(kind) ? { published: visible } : { status: visible ? 'published' : 'hidden' };
  if (!exists) return deed === 'show' ? made[kind](n) : undefined;
  if (deed === 'show') return isVisible(true);
  if (deed === 'hide') return isVisible(false);
  if (deed === 'delete') return kind === 'Hospitals' ? undefined : null;
  if (deed === 'edit') {
    const field = {
      Hospitals: 'district',
      Doctors: 'name',
      Events: 'title',
      FreeTalks: 'title',
      reviews: 'text',
    };
    return { [field[kind]]: `고친 글 ${n} 이렇게 되었습니다` };
  }
  if (deed === 'move') {
    if (kind === 'FreeTalks') return { pinned: n % 2 === 0 };
    if (kind === 'Hospitals') return undefined;
    return kind === 'Events'
      ? { region: regionAt(n), hospitalId: hospitalAt(n) }
      : { hospitalId: hospitalAt(n) };
  }
  // As recounts write them.
  if (deed === 'count' && kind === 'FreeTalks')
    return { likeCount: n, hotScore: n + 1, hotAsOf: Timestamp.now() };
  return undefined;
}

let meter: Meter;
beforeAll(async () => {
  for (const level of ['info', 'warn', 'error'] as const)
    jest.spyOn(log, level).mockImplementation(() => undefined);
  // The SDK takes the emulator's address from here when it is first used; phones go there directly.
  const emulator = env('FIRESTORE_EMULATOR_HOST');
  meter = await startMeter(emulator);
  process.env.FIRESTORE_EMULATOR_HOST = meter.host;
  db();
  process.env.FIRESTORE_EMULATOR_HOST = emulator;
});
afterAll(() => meter.close());

describe('whatever happens', () => {
  let unsteady: Unsteady = { chance: 0 };
  beforeAll(async () => {
    unsteady = makeUnsteady();
    await hub('disable');
    // More than two pages of one region and of all.
    const batch = db().batch();
    for (let n = 0; n < 205; n += 1)
      batch.set(
        db().doc(`Events/feed-many-${n}`),
        eventAt('feed-h0', { region: '제주', createdAt: Timestamp.fromMillis(n * 1e9 + 7) }),
      );
    // What is reviewed has a page.
    for (const n of [0, 1, 2]) batch.set(db().doc(`Hospitals/${hospitalAt(n)}`), made.Hospitals(n));
    await batch.commit();
    await rebuildFeeds();
  });
  afterEach(() => {
    unsteady.chance = 0;
  });
  afterAll(() => hub('enable'));

  it('is made from nothing by the command', async () => {
    await expectRight();
    expect((await rebuildFeeds()).mended).toBe(0);
    expect((await db().doc('feeds/events_제주_3').get()).get('cards')).toHaveLength(5);
  });

  it('ends in what a look at everything gives: events twice, late, out of order, at once, with failures', async () => {
    const all = (works: readonly Delivery[]) => Promise.all(works.map(delivered));
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 90, maxLength: 90 }),
        fc.infiniteStream(fc.nat()),
        async (steps, order) => {
          unsteady.chance = 0;
          let [waiting, seen]: [Delivery[], Delivery[]] = [[], []];
          const next = (size: number) => Number(order.next().value) % size;
          for (const one of steps) {
            if (one.deed === 'job') await followNumbers(Date.now());
            if (one.deed === 'deliver') {
              unsteady.chance = 0.1;
              const some = waiting.filter(() => next(3) > 0);
              await all(some);
              waiting = waiting.filter((each) => !some.includes(each));
              unsteady.chance = 0;
              continue;
            }
            const path = `${one.kind}/feed-${one.kind[0]?.toLowerCase()}${one.kind === 'Hospitals' ? one.id % 3 : one.id}`;
            const { exists } = await db().doc(path).get();
            const fields = change(one, exists);
            if (fields === undefined) continue;
            const event = await written(path, fields);
            waiting.splice(next(waiting.length + 1), 0, event);
            seen.push(event);
          }
          // The rest, and some of what has been told of before, once more.
          seen = seen.filter(() => next(4) === 0);
          const rest = [...waiting];
          for (const event of seen) rest.splice(next(rest.length + 1), 0, event);
          unsteady.chance = 0.1;
          for (let from = 0; from < rest.length; from += 12) await all(rest.slice(from, from + 12));
          unsteady.chance = 0;
          await followNumbers(Date.now());
          await expectRight();
          expect((await rebuildFeeds()).mended).toBe(0);
        },
      ),
      // Failing takes long enough once.
      { numRuns: 3, endOnFailure: true },
    );
  }, 600_000);

  it('keeps what is right of home when a part of it is not, and looks that part up anew', async () => {
    await rebuildFeeds();
    const long = `FreeTalks/${'x'.repeat(129)}`;
    await db()
      .doc(long)
      .set(talkBy('u1', { hotScore: 9e9, pinned: true }));
    const hospitals = (await db().doc('feeds/home').get()).get('hospitals');
    await lookUpHome(['talks', 'notices']);
    await expectRight();
    for (const part of ['talks', 'hospitals', 'notices', 'events']) {
      await db()
        .doc('feeds/home')
        .update({ [part]: [{ id: 'x'.repeat(129) }] });
      await db()
        .doc('Events/feed-newest')
        .set(eventAt('feed-none', { title: `새 소식: ${part}` }));
      if (part !== 'events') await followEvents([{ id: 'feed-newest', regions: [] }]);
      await lookUpHome(['notices']);
      if (part === 'events') await followEvents([{ id: 'feed-newest', regions: [] }]);
      await expectRight();
    }
    expect((await db().doc('feeds/home').get()).get('hospitals')).toEqual(hospitals);
    await db().doc(long).delete();
  });

  it('is mended by the command', async () => {
    const right = await keptFeeds();
    await db().doc('feeds/events_제주_2').update({ cards: [] });
    await db().doc('feeds/events_부산_9').set({ region: '부산', page: 9, pages: 9, cards: [] });
    await db().doc('feeds/draft').set({ cards: [] });
    await db().doc('feeds/home').delete();
    await db().doc('Hospitals/feed-h0').set(hospitalOf());
    await db().doc('Events/feed-many-3').delete();
    expect((await rebuildFeeds()).mended).toBeGreaterThan(5);
    await expectRight();
    expect(await keptFeeds()).not.toEqual(right);
    expect((await rebuildFeeds()).mended).toBe(0);
  });
});

describe('through the app', () => {
  let phone: Phone;
  beforeAll(async () => {
    await hub('enable');
    phone = newPhone();
  });
  afterAll(() => phone.close());

  /** What somebody who is not signed in reads. */
  const read = async (path: string): Promise<Fields> =>
    (await getDoc(doc(phone.firestore, path))).data() ?? {};
  const idsIn = (cards: unknown): unknown[] =>
    Array.isArray(cards) ? cards.map((card: Fields) => card.id) : [];
  const sees = (what: string, path: string, field: string, id: string, isThere: boolean) =>
    eventually(what, async () => idsIn((await read(path))[field]).includes(id) === isThere);

  it('shows a new event on home, in its lists and on its hospital, and nowhere once it is withdrawn', async () => {
    const [hospitalId, id] = [`feed-app-${randomUUID()}`, randomUUID()];
    await db()
      .doc(`Hospitals/${hospitalId}`)
      .set(hospitalOf({ region: '대전' }));
    await db()
      .doc(`Events/${id}`)
      .set(eventAt(hospitalId, { region: '대전' }));
    const places = [
      ['feeds/home', 'events'],
      ['feeds/events_all_1', 'cards'],
      ['feeds/events_대전_1', 'cards'],
      [`Hospitals/${hospitalId}`, 'eventCards'],
    ] as const;
    for (const [path, field] of places) await sees(`it is in ${path}`, path, field, id, true);
    await db().doc(`Events/${id}`).update({ published: false, updatedAt: Timestamp.now() });
    for (const [path, field] of places) await sees(`it is gone from ${path}`, path, field, id, false);
    expect(await read('feeds/events_대전_1')).toEqual({});
  });

  it('shows doctors and the newest reviews on the page of their hospital; what is hidden gives way to what was behind', async () => {
    const [hospitalId, doctorId] = [`feed-app-${randomUUID()}`, randomUUID()];
    const page = `Hospitals/${hospitalId}`;
    await db().doc(page).set(hospitalOf());
    await db().doc(`Doctors/${doctorId}`).set(doctorAt(hospitalId));
    await sees('the doctor is there', page, 'doctorCards', doctorId, true);
    const ids = Array.from({ length: 7 }, () => randomUUID());
    const review = (n: number) => db().doc(`reviews/${ids[n]}`);
    for (const [n] of ids.entries())
      await review(n).set({
        ...reviewAt({ hospitalId, doctorId, eventId: 'none' }, 5, 'visit'),
        ...{ createdAt: Timestamp.fromMillis(Date.now() + n) },
      });
    const shows = (...which: number[]) =>
      eventually(`reviews ${which}`, async () => {
        const shown = idsIn((await read(page)).reviewCards);
        return JSON.stringify(shown) === JSON.stringify(which.map((n) => ids[n]));
      });
    await shows(6, 5, 4, 3, 2);
    await review(5).update({ status: 'hidden' });
    await shows(6, 4, 3, 2, 1);
    await review(6).delete();
    await shows(4, 3, 2, 1, 0);
    // As an author who leaves, and one who edits.
    await review(4).update({ authorUid: 'alias', authorNickname: '탈퇴한 회원' });
    await review(3).update({ text: '다시 생각해 보니 조금 아쉬웠습니다.' });
    await eventually('the name is gone', async () => {
      const [first, second] = (await read(page)).reviewCards as Fields[];
      return first?.authorNickname === '탈퇴한 회원' && String(second?.text).startsWith('다시');
    });
    await review(5).update({ status: 'published' });
    await shows(5, 4, 3, 2, 1);
    const numbers = async () => ((await read(page)).doctorCards as { rating: Fields }[])[0]?.rating.count;
    await eventually('the doctor is rated', async () => {
      const doctor = await db().doc(`Doctors/${doctorId}`).get();
      return doctor.get('rating.count') === 6;
    });
    await followNumbers(Date.now());
    expect(await numbers()).toBe(6);
  });

  it('lets a hot post, and a notice, vanish from home the moment it is held', async () => {
    const [hot, notice] = [`hot-${randomUUID()}`, `notice-${randomUUID()}`];
    const rank = { hotScore: 1e9, likeCount: 5, hotAsOf: Timestamp.now() };
    await db().doc(`FreeTalks/${hot}`).set(talkBy('u', rank));
    await db()
      .doc(`FreeTalks/${notice}`)
      .set(talkBy('u', { pinned: true }));
    await sees('the notice is there', 'feeds/home', 'notices', notice, true);
    await followNumbers(Date.now());
    expect(idsIn((await read('feeds/home')).talks)[0]).toBe(hot);
    await db().doc(`FreeTalks/${hot}`).update({ status: 'held' });
    await db().doc(`FreeTalks/${notice}`).update({ status: 'deleted' });
    await sees('the post is gone', 'feeds/home', 'talks', hot, false);
    await sees('the notice is gone', 'feeds/home', 'notices', notice, false);
    await db().doc(`FreeTalks/${hot}`).update({ status: 'published' });
    await sees('the post is back', 'feeds/home', 'talks', hot, true);
    await db().doc(`FreeTalks/${hot}`).delete();
    await sees('it is gone for good', 'feeds/home', 'talks', hot, false);
  });

  it('shows how many like a notice, and answer it, with the next job', async () => {
    const id = `notice-${randomUUID()}`;
    await db()
      .doc(`FreeTalks/${id}`)
      .set(talkBy('u', { pinned: true }));
    await sees('the notice is there', 'feeds/home', 'notices', id, true);
    await db()
      .doc(`FreeTalks/${id}`)
      .update({ likeCount: 3, replyCount: 2, hotScore: 1, hotAsOf: Timestamp.now() });
    await followNumbers(Date.now());
    const { notices } = await read('feeds/home');
    expect(notices).toContainEqual(expect.objectContaining({ id, likeCount: 3, replyCount: 2 }));
  });

  it('does not take its own writes on pages for edits by hand', async () => {
    const hospitalId = `feed-app-${randomUUID()}`;
    const updatedAt = Timestamp.now();
    await db().doc(`Hospitals/${hospitalId}`).set(hospitalOf({ updatedAt }));
    await db().doc(`Doctors/${hospitalId}`).set(doctorAt(hospitalId));
    await sees('the doctor is there', `Hospitals/${hospitalId}`, 'doctorCards', hospitalId, true);
    const { docs } = await db().collection('auditLog').where('target', '==', `Hospitals/${hospitalId}`).get();
    expect(docs).toEqual([]);
    expect((await db().doc(`Hospitals/${hospitalId}`).get()).get('updatedAt')).toEqual(updatedAt);
  });
});

describe('the job', () => {
  beforeAll(() => hub('disable'));
  afterAll(() => hub('enable'));

  it('reads two documents when nothing has moved, and writes none', async () => {
    // As of a moment nothing has moved since.
    await followNumbers(Date.now() + 180_000);
    meter.reset();
    expect(await followNumbers(Date.now() + 180_000)).toBe(false);
    await meter.settled();
    expect(meter.snapshot()).toMatchObject({ reads: 2, writes: 0, deletes: 0 });
  });
});
