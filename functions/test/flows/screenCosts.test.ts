/** What screens and writes may cost, promised in docs/costs.md: counted from the traffic of phones under rules, and of the functions behind. */
import { randomUUID } from 'node:crypto';
import type { DocumentSnapshot } from 'firebase-admin/firestore';
import { type Meter, startMeter } from '../../../tools/bench/meter.ts';
import { type Phone, phoneOf } from '../../../tools/bench/phones.ts';
import { forgetRuleReads } from '../../../tools/bench/ruleReads.ts';
import * as app from '../../../tools/bench/screens/app.ts';
import { textOf } from '../../../tools/bench/screens/world.ts';
import { emptyHome } from '../../src/feeds/schema.ts';
import { onHospitalWritten, onReplyWritten, onReviewWritten, onTalkWritten } from '../../src/index.ts';
import { auth, db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { env } from '../support/app.ts';
import { makeAccount } from '../support/people.ts';
import { reviewAt } from '../support/reviews.ts';
import * as sample from '../support/samples.ts';

const run = randomUUID().slice(0, 8);
// A project of its own: the suite's triggers stay out of it.
const projectId = `demo-costs-${run}`;
const hospital = { path: `Hospitals/${run}`, data: { name: '비용의원', published: true } };
const stamps = { createdAt: Timestamp.now(), updatedAt: Timestamp.now() };
const talk = { path: `FreeTalks/${run}`, data: { ...sample.talk(`${run}-author`), ...stamps } };
const reader = `${run}-reader`;

let phones: Meter;
let server: Meter;
let phone: Phone;

async function layGround(): Promise<void> {
  const batch = db().batch();
  batch.set(db().doc(hospital.path), {
    ...{ ...hospital.data, type: '의원', region: '서울', departments: ['08'], district: '강남구' },
    ...stamps,
  });
  batch.set(db().doc(talk.path), talk.data);
  const place = { hospitalId: run, doctorId: 'd', eventId: 'e' };
  // Between 15 and 31, where search moves a page up: that costs a write more, once for each doubling.
  for (let n = 0; n < 16; n += 1) batch.set(db().doc(`reviews/${run}-${n}`), reviewAt(place, 4));
  for (let n = 0; n < 25; n += 1) batch.set(db().doc(`FreeTalks/${run}-${n}`), talk.data);
  batch.set(db().doc('feeds/home'), emptyHome);
  await batch.commit();
}

beforeAll(async () => {
  jest.spyOn(log, 'info').mockImplementation(() => undefined);
  process.env.GCLOUD_PROJECT = projectId;
  process.env.FIREBASE_CONFIG = JSON.stringify({ projectId });
  await forgetRuleReads(projectId);
  const emulator = env('FIRESTORE_EMULATOR_HOST');
  [phones, server] = await Promise.all([startMeter(emulator), startMeter(emulator)]);
  // The SDK takes the emulator's address from here when it is first used.
  process.env.FIRESTORE_EMULATOR_HOST = server.host;
  phone = phoneOf(reader, phones.host);
  await layGround();
});
afterAll(async () => {
  await phone.close();
  await Promise.all([phones.close(), server.close()]);
});

async function billed(meter: Meter, work: () => Promise<unknown>) {
  meter.reset();
  await work();
  await meter.settled();
  const { reads, writes } = meter.snapshot();
  return { reads, writes };
}

describe('a screen is billed', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['home', () => app.openHome(phone)],
    ['the page of a hospital', () => app.openHospital(phone, run)],
    ['own likes, for every list', () => app.ownLikes(phone)],
  ])('one read: %s', async (_, open) => expect(await billed(phones, open)).toEqual({ reads: 1, writes: 0 }));

  it.each<[string, number, () => Promise<number>]>([
    ['the board', 20, () => app.boardPage(phone)],
    ['the reviews of a hospital', 10, () => app.reviewPage(phone, run)],
  ])('its rows: %s', async (_, rows, open) => {
    expect(await billed(phones, open)).toEqual({ reads: rows, writes: 0 });
  });

  it('its rows: what comes after the first page of the board', async () => {
    const next = await app.secondBoardPage(phone);
    const rows = await next();
    expect(await billed(phones, next)).toEqual({ reads: rows, writes: 0 });
  });

  it('and asks for no list without an end', () => expect(phones.streams().unlimited).toBe(0));
});

interface Trigger {
  run(event: never): unknown;
}
const lookAt = (path: string) => db().doc(path).get();

async function deliver(trigger: Trigger, before: DocumentSnapshot, after: DocumentSnapshot): Promise<void> {
  await trigger.run({ data: { before, after }, params: { talkId: run } } as never);
}

interface Counted {
  readonly path: string;
  readonly trigger: Trigger;
}

/** What the functions behind a write are billed: its own, and that of the page it is counted on. Looking is not billed. */
async function behind(path: string, trigger: Trigger, counted: Counted) {
  const [none, before, after] = await Promise.all(['none/none', counted.path, path].map(lookAt));
  if (!none || !before || !after) throw new Error('unreachable');
  const own = await billed(server, () => deliver(trigger, none, after));
  const now = await lookAt(counted.path);
  const next = await billed(server, () => deliver(counted.trigger, before, now));
  return { reads: own.reads + next.reads, writes: own.writes + next.writes };
}

/** Somebody who has long been a member: what the young write is counted. */
async function oldMember(name: string) {
  const uid = `${run}-${name}`;
  const nickname = `${name}${run}`;
  await makeAccount(uid, { nickname, email: null, phone: null });
  await auth().importUsers([{ uid, metadata: { creationTime: new Date('2025-01-01').toUTCString() } }]);
  return { uid, nickname };
}

type Write = (phone: Phone, member: { uid: string; nickname: string }) => Promise<string>;
async function writtenBy(name: string, write: Write): Promise<string> {
  const member = await oldMember(name);
  const theirs = phoneOf(member.uid, phones.host);
  const path = await write(theirs, member);
  await theirs.close();
  return path;
}

describe('behind a write, an instance that knows the page is billed', () => {
  it('a read and a write for a review', async () => {
    const page = { path: hospital.path, trigger: onHospitalWritten };
    const write: Write = (theirs, member) => app.writeReview(theirs, member, { hospital });
    // The first of a page that never had cards looks at all there is, the second at what that has written.
    for (const name of ['가나', '카타']) await behind(await writtenBy(name, write), onReviewWritten, page);
    const bill = await behind(await writtenBy('다라', write), onReviewWritten, page);
    expect(bill).toEqual({ reads: 1, writes: 1 });
  });

  it('a read and two writes for a reply, whose author is told of', async () => {
    const post = { path: talk.path, trigger: onTalkWritten };
    const write: Write = (theirs, member) => app.writeReply(theirs, member, talk);
    await behind(await writtenBy('마바', write), onReplyWritten, post);
    const bill = await behind(await writtenBy('사아', write), onReplyWritten, post);
    expect(bill).toEqual({ reads: 1, writes: 2 });
  });

  it('a fiftieth of either for each review of a crowd', async () => {
    const crowd = 400;
    const place = { hospitalId: run, doctorId: null, eventId: null };
    const paths = Array.from({ length: crowd }, (_, n) => `reviews/${run}-crowd-${n}`);
    const none = await lookAt('none/none');
    const events = await Promise.all(
      paths.map(async (path, n) => {
        await db()
          .doc(path)
          .set({
            ...reviewAt({ ...place, doctorId: '', eventId: '' }, 4),
            ...place,
            text: textOf(path),
            authorUid: `${run}-${n}`,
          });
        return lookAt(path);
      }),
    );
    const bill = await billed(server, () =>
      Promise.all(events.map((after) => deliver(onReviewWritten, none, after))),
    );
    expect(bill.reads).toBeLessThanOrEqual(crowd * 0.02);
    expect(bill.writes).toBeLessThanOrEqual(crowd * 0.02);
  });
});
