/** What judging, reporting, deciding and searching are billed, counted from the traffic. */
import { randomUUID } from 'node:crypto';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { type Meter, startMeter } from '../../../tools/bench/meter.ts';
import { carryOut } from '../../src/moderation/acts.ts';
import { block } from '../../src/moderation/blocks.ts';
import { judgeWritten } from '../../src/moderation/judging.ts';
import { reportWritten } from '../../src/moderation/reports.ts';
import type { TargetType } from '../../src/moderation/schema.ts';
import { auth, db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { followInSearch } from '../../src/search/edge.ts';
import { firestoreEngine } from '../../src/search/firestoreEngine.ts';
import { env } from '../support/app.ts';

const hub = (verb: string) =>
  fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });

let meter: Meter;
beforeAll(async () => {
  jest.spyOn(log, 'info').mockImplementation(() => undefined);
  await hub('disable');
  meter = await startMeter(env('FIRESTORE_EMULATOR_HOST'));
  // The SDK takes the emulator's address from here when it is first used.
  process.env.FIRESTORE_EMULATOR_HOST = meter.host;
});
afterAll(async () => {
  await hub('enable');
  await meter.close();
});

async function billed(work: () => Promise<unknown>): Promise<string> {
  meter.reset();
  await work();
  await meter.settled();
  const { reads, writes, deletes } = meter.snapshot();
  return `${reads} reads, ${writes} writes, ${deletes} deletes`;
}

type Written = Change<DocumentSnapshot>;
async function written(path: string, data: Record<string, unknown>): Promise<Written> {
  const before = await db().doc(path).get();
  await db().doc(path).set(data);
  return { before, after: await db().doc(path).get() } as unknown as Written;
}
const stamps = () => ({ createdAt: Timestamp.now(), updatedAt: Timestamp.now() });
/** Text like no other, and none of it an insult. */
const letters = [...'가나다마바사아자차카타하거너더머버서어저커터허고노도모보소오조'];
const syllables = (length: number) =>
  Array.from({ length }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
const reviewOf = (authorUid: string, text: string) => ({
  ...{ authorUid, hospitalId: 'h-cost', rating: 5, text, status: 'published', evidence: 'none', ...stamps() },
});
const talkOf = (authorUid: string, body: string) => ({
  authorUid,
  title: '글',
  body,
  status: 'published',
  ...stamps(),
});
const replyOf = (authorUid: string, text: string) => ({
  authorUid,
  text,
  hidden: false,
  deleted: false,
  ...stamps(),
});

async function judging(type: TargetType, data: Record<string, unknown>): Promise<[string, Written]> {
  const path = `${type}/${randomUUID()}`;
  const change = await written(path, data);
  return [await billed(() => judgeWritten(type, change)), change];
}

describe('judging is billed', () => {
  it('nothing for a text in which nothing is found, but what is known is read once by an instance', async () => {
    expect((await judging('reviews', reviewOf('first', syllables(60))))[0]).toMatch(/^\d+ reads, 0 writes/);
    const nothing = '0 reads, 0 writes, 0 deletes';
    const [bill, change] = await judging('reviews', reviewOf('a', syllables(60)));
    expect(bill).toBe(nothing);
    expect(await billed(() => judgeWritten('reviews', change))).toBe(nothing);
    expect((await judging('FreeTalks', talkOf('a', syllables(60))))[0]).toBe(nothing);
    expect((await judging('TempReplies', replyOf('a', '저도 그랬어요')))[0]).toBe(nothing);
  });

  it('a write in two hundred for a burst of reviews at one hospital', async () => {
    const changes = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        written(`reviews/${randomUUID()}`, { ...reviewOf(`crowd-${n}`, syllables(60)), evidence: 'visit' }),
      ),
    );
    const bill = await billed(() => Promise.all(changes.map((change) => judgeWritten('reviews', change))));
    expect(bill).toBe('0 reads, 1 writes, 0 deletes');
  });

  it('counting for a new account, and a transaction for what is held back', async () => {
    const uid = `m-${randomUUID()}`;
    await auth().createUser({ uid });
    expect((await judging('FreeTalks', talkOf(uid, '안녕하세요')))[0]).toBe('2 reads, 0 writes, 0 deletes');
    expect((await judging('TempReplies', replyOf(uid, '안녕하세요')))[0]).toBe(
      '1 reads, 0 writes, 0 deletes',
    );
    expect((await judging('reviews', reviewOf(uid, '좋았습니다 좋아요')))[0]).toBe(
      '4 reads, 0 writes, 0 deletes',
    );
    const [bill, { after }] = await judging('FreeTalks', talkOf('old', '010-1234-5678로 연락 주세요'));
    expect(bill).toBe('2 reads, 3 writes, 0 deletes');
    const { path } = after.ref;
    const order = { path, by: 'operator-1', note: '확인' };
    expect(await billed(() => carryOut('release', order))).toBe('2 reads, 4 writes, 0 deletes');
  });
});

it('a report that holds nothing back is billed six reads and two writes', async () => {
  const path = `FreeTalks/${randomUUID()}`;
  await db().doc(path).set(talkOf('a', '평범한 글'));
  const [, targetId = ''] = path.split('/');
  const data = {
    ...{ targetType: 'FreeTalks', targetId, reporterUid: 'r1', reason: '광고', text: '' },
    ...{ upheld: 0, dismissed: 0, answer: null, createdAt: Timestamp.now() },
  };
  const change = await written(`reports/FreeTalks_${targetId}_r1`, data);
  expect(await billed(() => reportWritten(change))).toBe('6 reads, 2 writes, 0 deletes');
});

it('blocking is billed four reads and three writes', async () => {
  await db().doc('users/cost-2').set({ nickname: '둘' });
  expect(await billed(() => block('cost-1', 'cost-2'))).toBe('4 reads, 3 writes, 0 deletes');
});

describe('search is billed', () => {
  const hospital = {
    published: true,
    name: '비용측정의원',
    type: '의원',
    region: '서울',
    departments: ['08'],
    ...stamps(),
  };
  const eventOf = async (data: Record<string, unknown>) =>
    ({ data: await written('Hospitals/cost', data) }) as unknown as FirestoreEvent<Written | undefined>;
  it('two reads and a write for what changes what is found, nothing for the rest', async () => {
    const made = await eventOf({ ...hospital, rating: { count: 10 } });
    expect(await billed(() => followInSearch('Hospitals', made))).toBe('2 reads, 1 writes, 0 deletes');
    const rated = await eventOf({ ...hospital, rating: { count: 11 } });
    expect(await billed(() => followInSearch('Hospitals', rated))).toBe('0 reads, 0 writes, 0 deletes');
  });
  it('a read per candidate for a question, and none for one that says too little', async () => {
    const ask = (query: string) => () =>
      firestoreEngine.find({ kind: 'Hospitals', query, cursor: null }, new Set());
    expect(await billed(ask('비용측정'))).toBe('1 reads, 0 writes, 0 deletes');
    expect(await billed(ask('!'))).toBe('0 reads, 0 writes, 0 deletes');
  });
});
