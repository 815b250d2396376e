/** Leaving: from the member’s tap, an operator or Kakao’s webhook to the proof, killed anywhere, and what is kept how long. */
import { signInWithCustomToken } from 'firebase/auth';
import { addDoc, collection, serverTimestamp } from 'firebase/firestore';
import { z } from 'zod';
import { formerMemberId } from '../../src/accounts/members.ts';
import { collectionName } from '../../src/kernel/model.ts';
import { models } from '../../src/model.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { purgeDue } from '../../src/retention/purge.ts';
import { reportPageSchema, type Withdrawal, withdrawalSchema } from '../../src/withdrawal/schema.ts';
import { control, env, eventually, joining, newPhone, type Phone, refusal } from '../support/app.ts';
import {
  allFiles,
  collectionsOf,
  endKakaoFaults,
  expectedReport,
  joinUp,
  kakaoFault,
  newPerson,
  type Person,
  settle,
  traces,
  work,
} from '../support/leaver.ts';

// Digests are made in this process, too.
process.env.IDENTITY_SECRET = 'local-identity-secret';

const hour = 3_600_000;
let phone: Phone;
beforeEach(() => {
  phone = newPhone();
});
afterEach(async () => {
  await phone.close();
  await endKakaoFaults();
});

const hub = (verb: string) =>
  fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });

async function member(kakaoId: number, on = phone): Promise<Person> {
  const person = await newPerson(kakaoId);
  const { customToken } = await joinUp(on, person);
  await signInWithCustomToken(on.auth, customToken);
  return person;
}

const newest = async (uid: string) =>
  (await db().collection('withdrawals').where('uid', '==', uid).get()).docs;
const read = async (id: string): Promise<Withdrawal> =>
  withdrawalSchema.parse((await db().doc(`withdrawals/${id}`).get()).data());
const state = (id: string, wanted: Withdrawal['state']) =>
  eventually(
    `${id} is ${wanted}`,
    async () => {
      const { data } = withdrawalSchema.safeParse((await db().doc(`withdrawals/${id}`).get()).data());
      return data?.state === wanted && data;
    },
    110_000,
  );

async function reported(id: string): Promise<string[]> {
  const pages = (await db().collection(`withdrawals/${id}/report`).get()).docs;
  const all = pages.map((page) => reportPageSchema.parse(page.data()));
  expect(all.every((page) => page.state === 'done')).toBe(true);
  return all.flatMap(({ entries }) => entries.map(({ path }) => path)).sort();
}

/** What the law wants kept, what the audit log tells, and for two hours what bars old tokens. */
const allowed = (uid: string) => new RegExp(`^(retained/|auditLog/|standings/${uid}$)`);

/** Copies of reviews and posts, brought up to date by the events of these. */
const follows = /^(Hospitals\/[^/]+|feeds\/home)$/;

async function expectGone(person: Person, id: string): Promise<void> {
  const left = async () =>
    (await traces(person)).filter(({ path }) => !allowed(person.uid).test(path)).map(({ path }) => path);
  expect((await left()).filter((path) => !follows.test(path))).toEqual([]);
  await eventually('what shows others’ texts follows', async () => (await left()).length === 0);
  expect((await work('authUser', { uid: person.uid })).error).toContain('no user record');
  const { uid, kakaoId, reason, steps, state: end } = await read(id);
  expect({ uid, kakaoId, reason, end }).toEqual({ uid: null, kakaoId: null, reason: null, end: 'DONE' });
  expect(Object.values(steps).every((step) => step.touched > 0 || step.pages === 0)).toBe(true);
  expect(await reported(id)).toEqual(expectedReport(person));
}

const last4 = ({ kakaoId }: Person) => String(kakaoId).slice(-4);

/** What others depend on is still there, and says 탈퇴한 회원. */
async function expectKept(person: Person, id: string): Promise<void> {
  const key = last4(person);
  const alias = `withdrawn-${id}`;
  const get = async (path: string) => (await db().doc(path).get()).data();
  const author = { authorUid: alias, authorNickname: '탈퇴한 회원' };
  expect(await get(`reviews/${alias}_h-leave_2026-11-01`)).toMatchObject({
    ...author,
    rating: 4,
    photoPaths: [],
  });
  expect(await get(`reviews/${alias}_h-leave_2026-11-02`)).toMatchObject(author);
  expect(await get(`TempReplies/below-${key}`)).toMatchObject({ parentId: `${alias}_h-leave_2026-11-01` });
  expect(await get(`TempReplies/told-${key}`)).toMatchObject({
    ...{ authorNickname: '남는사람', parentAuthorUid: alias, answeredUid: alias },
    mentions: ['kakao:9300000900'],
  });
  expect(await get(`FreeTalks/answered-${key}`)).toMatchObject({
    ...author,
    imagePaths: [],
    body: '언제 빠지나요?',
  });
  expect(await get(`FreeTalks/back-${key}`)).toMatchObject({ ...author, body: '삭제된 글입니다.' });
  expect(await get(`TempReplies/top-${key}`)).toMatchObject({ ...author, text: '저도요' });
  expect(await get(`TempReplies/stone-${key}`)).toMatchObject({ ...author, deleted: true });
  const group = `Chatting/group-${key}`;
  const heir = 'kakao:9300000900';
  const room = await get(group);
  expect(room).toMatchObject({
    memberUids: [heir],
    createdBy: heir,
    peopleUids: [heir],
    since: {},
    count: 3,
  });
  expect(room).toMatchObject({ names: { [heir]: '이름' }, sent: { [alias]: 2, [heir]: 1 } });
  expect(room).toMatchObject({ lastMessage: { senderUid: null } });
  expect(await get(`Chatting/invited-${key}`)).toMatchObject({ invitedUids: [], peopleUids: [heir] });
  const picture = { senderName: '탈퇴한 회원', text: '(삭제된 사진)', uploadPath: null, attachment: null };
  expect(await get(`${group}/messages/m2`)).toMatchObject(picture);
  expect(await get(`${group}/messages/o1`)).toMatchObject({ senderName: '남는사람' });
  const joined = { text: '탈퇴한 회원님이 들어왔습니다.', aboutUid: alias };
  expect(await get(`${group}/messages/joined`)).toMatchObject(joined);
  const desk = `Chatting/${heir}_desk-${key}`;
  expect(await get(desk)).toMatchObject({ staff: { [alias]: { name: '박실장' } }, sent: { [alias]: 1 } });
  expect(await get(`${desk}/messages/answer`)).toMatchObject({ senderUid: alias, senderName: '박실장' });
  expect(await get(`${desk}/messages/taken`)).toMatchObject({
    text: '박실장 상담실장님이 상담에 참여했습니다.',
  });
  expect(await get(`FreeTalks/unnamed-${key}`)).toMatchObject({ authorUid: null, authorNickname: '익명' });
  expect(await get(`anonymousThreads/strange-${key}`)).toEqual({ people: ['kakao:9300000900', alias] });
  const gone = [
    `FreeTalks/alone-${key}`,
    `FreeTalks/lonely-${key}`,
    `TempReplies/lonely-${key}`,
    `TempReplies/nested-${key}`,
  ];
  expect(await Promise.all(gone.map(get))).toEqual([undefined, undefined, undefined, undefined]);
  expect(await allFiles()).toContain(`chatMedia/group-${key}/o1/full.webp`);
}

async function expectRetained(person: Person): Promise<void> {
  const all = (await db().collection('retained').get()).docs.map((record) => record.data());
  const own = all.filter(({ path }) => path.includes(person.uid) || path.endsWith(`-${last4(person)}`));
  expect(own.map(({ kind, path }) => `${kind} ${path}`).sort()).toEqual([
    `advertising users/${person.uid}/consents/joined`,
    `contract users/${person.uid}/consents/joined`,
    `payment orders/dp-paid-${last4(person)}`,
    `payment prepays/new-${last4(person)}`,
    `payment prepays/used-${last4(person)}`,
  ]);
  expect(own.find(({ path }) => path.startsWith('prepays/used'))?.purgeOn).toBe('2031-03-01');
}

describe('a member who leaves', () => {
  let person: Person;
  let id = '';
  const own = newPhone();
  afterAll(() => own.close());

  it('is in every collection that holds people', async () => {
    person = await member(9300000001, own);
    const names = collectionsOf(person);
    const others = models.filter(({ path }) => !names.has(collectionName(path))).map(({ path }) => path);
    // These name no member, or only those the withdrawal itself or the law puts there.
    expect(others.sort()).toEqual(
      [
        'Doctors/{doctorId}',
        'Events/{eventId}',
        'Hospitals/{hospitalId}',
        'allowedOperators/{email}',
        'auditLog/{entryId}',
        'campaigns/{campaignId}',
        'claims/{claim}',
        'desks/{hospitalId}',
        'fingerprints/{blockId}',
        'pictureMarks/{markId}',
        'search/{entryId}',
        'tickets/{ticket}',
        'formerMembers/{digest}',
        'identityKeys/{key}',
        'inboundKeys/{key}',
        'inboundMails/{mailId}',
        'mailSenders/{digest}',
        'rateLimits/{digest}',
        'ratingMeans/{document}',
        'boardRounds/{document}',
        'feeds/home',
        'feeds/{list}',
        'receiptHashes/{sha256}',
        'registrations/{registrationId}',
        'retained/{recordId}',
        'roles/{uid}',
        'standings/{uid}',
        'usedNonces/{digest}',
        'webhookEvents/{digest}',
        'withdrawals/{withdrawalId}',
        'withdrawals/{withdrawalId}/report/{page}',
        'offers/{eventId}',
        'stocks/{stockId}',
        'hospitalClosings/{hospitalId}',
        'hospitalDays/{dayId}',
        'ledger/{entryId}',
        'ledgerDays/{day}',
        'plans/{planId}',
        'refunds/{refundId}',
        'salesDays/{day}',
        'settlementHolds/{holdId}',
        'settlementRounds/{round}',
        'settlements/{batchId}',
        'settlements/{batchId}/pages/{number}',
        'subscriptions/{hospitalId}',
        'tossComparisons/{day}',
        'paymentAttempts/{attemptId}',
        'reversals/{reversalId}',
        'paymentAlerts/{alertId}',
        'tossHints/{digest}',
      ].sort(),
    );
  });

  it('is found everywhere before', async () => {
    await settle(person);
    const paths = (await traces(person)).map(({ path }) => path);
    expect(new Set(paths).size).toBeGreaterThan(30);
    await eventually('the rating counts both reviews', async () => {
      const rating = (await db().doc('Hospitals/h-leave').get()).get('rating');
      return rating.count === 2 && rating.sum === 8;
    });
  });

  it('asks once or many times at once: there is one withdrawal, and nothing more can be written', async () => {
    const asked = await Promise.all(
      [1, 2, 3, 4].map(() => own.call<{ state: string }>('withdrawAccount', { reason: '안 써요' })),
    );
    expect(asked.every((answer) => ['REQUESTED', 'RUNNING'].includes(answer.state))).toBe(true);
    const orders = await db().collection('withdrawals').where('requestedBy', '==', 'member').get();
    expect(orders.size).toBe(1);
    id = orders.docs[0]?.id ?? '';
    const post = addDoc(collection(own.firestore, 'FreeTalks'), {
      ...{
        authorUid: person.uid,
        authorNickname: person.nickname,
        category: 'free',
        title: '떠나며',
        body: '안녕',
      },
      ...{ anonymous: false, imagePaths: [], images: [], status: 'published', pinned: false, hotScore: 0 },
      ...{ acceptedReplyId: null, likeCount: 0, likeCountAsOf: null, viewCount: 0, replyCount: 0 },
      ...{ replyCountAsOf: null, createdAt: serverTimestamp(), updatedAt: serverTimestamp() },
    });
    await expect(post).rejects.toMatchObject({ code: 'permission-denied' });
    expect((await refusal(own, 'changeNickname', { nickname: '새이름' })).reason).toBe('SUSPENDED');
  });

  it('is gone from every document, every file, Auth and Kakao, and the report tells all of it', async () => {
    await state(id, 'DONE');
    await expectGone(person, id);
    const linked = await fetch(
      `${env('STANDIN_KAKAO_URL')}/v2/user/me?target_id_type=user_id&target_id=${person.kakaoId}`,
      { headers: { authorization: 'KakaoAK local-kakao-admin-key' } },
    );
    expect(await linked.json()).toMatchObject({ code: -101 });
  });

  it('leaves what others depend on, without the person', () => expectKept(person, id));

  it('leaves ratings and reply counts exact', async () => {
    const review = `reviews/withdrawn-${id}_h-leave_2026-11-01`;
    await eventually('counts are exact', async () => {
      const rating = (await db().doc('Hospitals/h-leave').get()).get('rating');
      const replies = (await db().doc(review).get()).get('replyCount');
      return rating.count === 2 && rating.sum === 8 && replies === 1;
    });
  });

  it('leaves to the locked store what the law wants kept, each with its day', () => expectRetained(person));

  it('leaves nothing that bars, and no ghost of an old custom token, after two hours', async () => {
    await work('createAuthUser', { uid: person.uid });
    await work('sweep', { now: Date.now() + 2 * hour + 60_000 });
    expect((await work('authUser', { uid: person.uid })).error).toContain('no user record');
    const hits = (await traces(person)).filter(({ path }) => !/^(retained|auditLog)\//.test(path));
    expect(hits).toEqual([]);
  });

  it('may join again, as somebody new without first-time benefits', async () => {
    const again = await member(person.kakaoId);
    const account = await db().doc(`users/${again.uid}/private/account`).get();
    expect(account.data()).toMatchObject({ rejoined: true });
    expect((await db().collection('reviews').where('authorUid', '==', again.uid).get()).size).toBe(0);
    expect((await db().collection('prepays').where('ownerUid', '==', again.uid).get()).size).toBe(0);
    expect(
      (await phone.call<{ isNewMember: boolean }>('kakaoSignIn', { accessToken: again.token })).isNewMember,
    ).toBe(false);
    const { nickname } = await phone.call<{ nickname: string }>('changeNickname', { nickname: '다시온사람' });
    expect(nickname).toBe('다시온사람');
  });
});

describe('killed again and again', () => {
  beforeAll(() => hub('disable'));
  afterAll(() => hub('enable'));

  /** Each process is killed; the next takes over when the lease of the dead one has run out. */
  async function throughDeaths(id: string): Promise<number> {
    for (let death = 0; death < 80; death++) {
      const now = Date.now() + death * 11 * 60_000;
      const { killed, value } = await work('run', { id, now, killAt: death + 1 });
      if (!killed) {
        expect(value).toBe('DONE');
        return death;
      }
      if (death === 0) expect((await work('run', { id, now: now + 1 })).value).toBe('NOT_DUE');
    }
    throw new Error('never done');
  }

  it('a moment later each time, it ends in the same state, with a whole report and nothing twice', async () => {
    const person = await member(9300000011);
    await settle(person);
    await work('request', { uid: person.uid });
    const [order] = await newest(person.uid);
    const deaths = await throughDeaths(order?.id ?? '');
    expect(deaths).toBeGreaterThan(8);
    await expectGone(person, order?.id ?? '');
    await expectKept(person, order?.id ?? '');
    await expectRetained(person);
  }, 600_000);

  it('by several workers at once, it is done once', async () => {
    const person = await member(9300000013);
    await settle(person);
    await work('request', { uid: person.uid });
    const [order] = await newest(person.uid);
    const id = order?.id ?? '';
    const ends = await Promise.all([1, 2, 3].map(() => work('run', { id })));
    expect(ends.map(({ value }) => value).sort()).toEqual(['DONE', 'NOT_DUE', 'NOT_DUE']);
    await expectGone(person, id);
    expect((await work('run', { id, now: Date.now() + hour })).value).toBe('NOT_DUE');
  }, 120_000);

  it('with no time left, it stops between pages and goes on at once', async () => {
    const person = await member(9300000014);
    await settle(person);
    await work('request', { uid: person.uid });
    const [order] = await newest(person.uid);
    const id = order?.id ?? '';
    expect((await work('run', { id, budgetMs: -1 })).value).toBe('TIME_UP');
    expect((await work('run', { id })).value).toBe('DONE');
    await expectGone(person, id);
  }, 120_000);
});

describe('when Kakao is down', () => {
  it('all the rest is done, signing in stays barred, and it is tried again later', async () => {
    const person = await member(9300000021);
    await kakaoFault('/v2/user/me');
    await phone.call('withdrawAccount', {});
    const [order] = await newest(person.uid);
    const id = order?.id ?? '';
    const waiting = await eventually('it waits for Kakao', async () => {
      const now = await read(id);
      return now.failure === 'KAKAO_UNAVAILABLE' && now;
    });
    expect(waiting.state).toBe('RUNNING');
    expect((await db().doc(`users/${person.uid}`).get()).exists).toBe(false);
    await endKakaoFaults();
    const input = { accessToken: person.token, join: joining() };
    expect((await refusal(phone, 'kakaoSignIn', input)).reason).toBe('WITHDRAWAL_RUNNING');
    await work('resume', { now: Date.now() + 2 * 60_000 });
    await state(id, 'DONE');
    const rejoined = await member(person.kakaoId);
    expect(rejoined.uid).toBe(person.uid);
  });

  it('for a day, it is parked where operators see it, until one sets it going again', async () => {
    const person = await member(9300000022);
    await kakaoFault('/v2/user/me');
    await phone.call('withdrawAccount', {});
    const [order] = await newest(person.uid);
    const id = order?.id ?? '';
    await eventually('it waits for Kakao', async () => (await read(id)).failure === 'KAKAO_UNAVAILABLE');
    await work('resume', { now: Date.now() + 25 * hour });
    const parked = await state(id, 'PARKED');
    expect(parked.problems).toEqual([{ field: 'steps.kakao', message: expect.stringContaining('카카오') }]);
    await endKakaoFaults();
    await db().doc(`withdrawals/${id}`).update({ state: 'REQUESTED' });
    await state(id, 'DONE');
  });
});

const errorSchema = z.object({ error: z.object({ details: z.object({ reason: z.string() }) }) });

/** Asks with a token of a sign-in so many seconds ago. The emulator does not look at signatures. */
async function askedAfter(seconds: number): Promise<{ status: number; reason: string }> {
  const [, body = ''] = ((await phone.auth.currentUser?.getIdToken()) ?? '').split('.');
  const claims = z.record(z.string(), z.unknown()).parse(JSON.parse(String(Buffer.from(body, 'base64url'))));
  const older = { ...claims, auth_time: Math.floor(Date.now() / 1000) - seconds };
  const encoded = [{ alg: 'none', typ: 'JWT' }, older].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const response = await fetch(`${env('FUNCTIONS_BASE_URL')}/withdrawAccount`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${encoded.join('.')}.` },
    body: JSON.stringify({ data: {} }),
  });
  const { error } = errorSchema.parse(await response.json());
  return { status: response.status, reason: error.details.reason };
}

describe('who may ask', () => {
  it('refuses who is not signed in, whoever signed in long ago, and who holds a role', async () => {
    const stranger = newPhone();
    expect((await refusal(stranger, 'withdrawAccount', {})).reason).toBe('SIGN_IN_REQUIRED');
    expect((await refusal(stranger, 'withdrawUser', { uid: 'x', reason: '시험' })).reason).toBe(
      'SIGN_IN_REQUIRED',
    );
    await stranger.close();
    const person = await member(9300000031);
    expect((await refusal(phone, 'withdrawUser', { uid: person.uid, reason: '시험' })).reason).toBe(
      'NOT_ALLOWED',
    );
    expect(await askedAfter(660)).toMatchObject({ status: 401, reason: 'RECENT_SIGN_IN_REQUIRED' });
    await db()
      .doc(`roles/${person.uid}`)
      .set({ role: 'operator', hospitalIds: [], updatedAt: Timestamp.now() });
    expect((await refusal(phone, 'withdrawAccount', {})).reason).toBe('ROLE_HOLDER');
    await db().doc(`roles/${person.uid}`).delete();
  });

  it('lets a suspended member leave, but not escape: the suspension waits at the door', async () => {
    const person = await member(9300000032);
    const until = Timestamp.fromMillis(Date.now() + 400 * 24 * hour);
    await db()
      .doc(`standings/${person.uid}`)
      .set({
        ...{ suspendedUntil: until, reason: '광고', rolesEndedAt: null, by: 'operator-1', problems: [] },
        updatedAt: Timestamp.now(),
      });
    await phone.call('withdrawAccount', {});
    await eventually('it is done', async () => (await newest(person.uid)).length === 0);
    const again = await newPerson(person.kakaoId);
    const refused = await refusal(phone, 'kakaoSignIn', { accessToken: again.token, join: joining() });
    expect(refused).toMatchObject({ reason: 'SUSPENDED', details: { until: until.toDate().toISOString() } });
    const remembered = await db()
      .doc(`formerMembers/${formerMemberId(person.uid)}`)
      .get();
    expect(remembered.get('purgeOn') > '2028').toBe(true);
    const kept = await db().collection('retained').where('path', '==', `standings/${person.uid}`).get();
    expect(kept.docs.map((record) => record.get('kind'))).toEqual(['dispute']);
  });

  it('takes an order typed in the console, and explains one it cannot take', async () => {
    const person = await member(9300000033);
    const orders = db().collection('withdrawals');
    const typed = await orders.add({ uid: person.uid, reason: '고객센터 요청' });
    const [nobody, empty] = await Promise.all([
      orders.add({ uid: 'kakao:1', reason: '없는 사람' }),
      orders.add({ member: person.uid }),
    ]);
    await state(typed.id, 'DONE');
    expect(await state(nobody.id, 'REFUSED')).toMatchObject({ failure: 'USER_NOT_FOUND', uid: null });
    const refused = await state(empty.id, 'REFUSED');
    expect(refused).toMatchObject({
      failure: 'INVALID_INPUT',
      problems: [{ message: expect.stringContaining('uid') }],
    });
    await db().doc(`withdrawals/${typed.id}`).update({ state: 'REQUESTED', uid: 'kakao:2' });
    const undone = await eventually('it is undone', async () => {
      const now = await read(typed.id);
      return now.problems.length > 0 && now;
    });
    expect(undone).toMatchObject({ state: 'DONE', uid: null });
  });
});

const answerSchema = z.object({
  accepted: z.boolean(),
  deliveries: z.array(z.object({ status: z.number(), body: z.string(), ms: z.number() })),
});

async function told(route: 'unlink' | 'account', order: Record<string, unknown>) {
  const url = `${env('FUNCTIONS_BASE_URL')}/kakaoWebhook/${route}`;
  return answerSchema.parse(await control('STANDIN_KAKAO_URL', `webhook/${route}`, { url, ...order }));
}

/** As Kakao tells by a query; nothing changes at the stand-in. */
function query(fields: Record<string, string>): Promise<Response> {
  const url = `${env('FUNCTIONS_BASE_URL')}/kakaoWebhook/unlink?${new URLSearchParams(fields)}`;
  return fetch(url, { headers: { authorization: 'KakaoAK local-kakao-admin-key' } });
}

const events = async () => (await db().collection('webhookEvents').get()).size;
const isLeaving = async (uid: string) => !(await db().doc(`users/${uid}`).get()).exists;

const userSchema = z.object({ tokensValidAfterTime: z.string().default('1970-01-01') });
/** Since when sessions hold, ms, to the second; 0 when none was ever ended. */
const validAfter = async (uid: string): Promise<number> =>
  Date.parse(userSchema.parse((await work('authUser', { uid })).value).tokensValidAfterTime);

const came = (outcome: string) =>
  eventually(`an event comes to ${outcome}`, async () => {
    const found = await db().collection('webhookEvents').where('outcome', '==', outcome).get();
    return found.docs.find((event) => event.get('kakaoId') === null)?.data();
  });

describe('Kakao’s webhooks', () => {
  // The first call of a function in the emulator loads it; Kakao’s three seconds are for one that is warm.
  beforeAll(() => fetch(`${env('FUNCTIONS_BASE_URL')}/kakaoWebhook/warm`));

  it.each([
    ['a form', 9300000041, { method: 'POST' }],
    ['a query', 9300000042, { method: 'GET' }],
    ['a form sent twice', 9300000043, { times: 2, referrer_type: 'ACCOUNT_DELETE' }],
  ])('/unlink by %s lets the member go, and names nobody afterwards', async (_how, kakaoId, order) => {
    const person = await member(kakaoId);
    expect(await told('unlink', { user_id: String(kakaoId), ...order })).toMatchObject({ accepted: true });
    await eventually('the member is gone', () => isLeaving(person.uid));
    await eventually('nothing is left', async () => {
      const hits = await traces(person);
      return hits.every(({ path }) => allowed(person.uid).test(path));
    });
  });

  it.each(['wrong', 'missing'])('/unlink with a %s key is refused, and nothing is stored', async (key) => {
    const person = await member(9300000044);
    const before = await events();
    const { deliveries } = await told('unlink', { user_id: String(person.kakaoId), key });
    expect(deliveries[0]).toMatchObject({ status: 401 });
    expect(await events()).toBe(before);
  });

  it('/unlink of somebody unknown, and of another app, is answered all the same, and ignored', async () => {
    expect(await told('unlink', { user_id: '9399999999' })).toMatchObject({ accepted: true });
    expect(await came('UNKNOWN_USER')).toMatchObject({ state: 'IGNORED' });
    const person = await member(9300000051);
    expect((await query({ app_id: '654321', user_id: String(person.kakaoId) })).status).toBe(200);
    expect(await came('UNKNOWN_EVENT')).toMatchObject({ state: 'IGNORED' });
    expect(await isLeaving(person.uid)).toBe(false);
  });

  it('/unlink that comes after the person has joined again harms nobody: Kakao is asked', async () => {
    const person = await member(9300000045);
    expect((await query({ app_id: '123456', user_id: String(person.kakaoId) })).status).toBe(200);
    expect(await came('STILL_LINKED')).toMatchObject({ state: 'IGNORED' });
    expect(await isLeaving(person.uid)).toBe(false);
  });

  it('/account with an event from before the person joined harms nobody', async () => {
    const person = await member(9300000052);
    await control('STANDIN_KAKAO_URL', 'clock', { now: Date.now() - hour });
    const answer = await told('account', { user_id: String(person.kakaoId) });
    await control('STANDIN_KAKAO_URL', 'clock', { now: null });
    expect(answer).toMatchObject({ accepted: true });
    expect(await came('OLDER_THAN_LOGIN')).toMatchObject({ state: 'IGNORED' });
    expect(await isLeaving(person.uid)).toBe(false);
  });

  it('/unlink while Kakao’s API is down is kept, and acted upon when it is up again', async () => {
    const person = await member(9300000053);
    await kakaoFault('/v2/user/me');
    expect(await told('unlink', { user_id: String(person.kakaoId) })).toMatchObject({ accepted: true });
    const waiting = () => db().collection('webhookEvents').where('kakaoId', '==', person.kakaoId).get();
    expect((await waiting()).docs.map((event) => event.get('state'))).toEqual(['RECEIVED']);
    await endKakaoFaults();
    await work('events', { now: Date.now() + 11 * 60_000 });
    await eventually('the member is gone', () => isLeaving(person.uid));
    expect((await waiting()).size).toBe(0);
  });

  it('/account: user-unlinked lets the member go, tokens-revoked ends sessions, others are ignored', async () => {
    const person = await member(9300000046);
    const user_id = String(person.kakaoId);
    expect(await validAfter(person.uid)).toBe(0);
    expect(await told('account', { user_id, event: 'user-linked' })).toMatchObject({ accepted: true });
    const revoked = await told('account', { user_id, event: 'tokens-revoked', times: 2, jti: 'jti-46' });
    expect(revoked).toMatchObject({
      accepted: true,
      deliveries: [{ status: 202, body: '' }, { status: 202 }],
    });
    await eventually('sessions end', async () => (await validAfter(person.uid)) > 0);
    expect(await isLeaving(person.uid)).toBe(false);
    expect(await told('account', { user_id })).toMatchObject({ accepted: true });
    await eventually('the member is gone', () => isLeaving(person.uid));
  });

  it.each([
    ['wrong-aud', 'invalid_audience'],
    ['wrong-iss', 'invalid_issuer'],
    ['wrong-signature', 'invalid_key'],
    ['unknown-kid', 'invalid_key'],
    ['hs256', 'invalid_key'],
    ['none', 'invalid_key'],
    ['expired', 'invalid_request'],
    ['not-yet', 'invalid_request'],
  ])('/account with a token that is %s is refused with %s, and nothing is stored', async (kind, err) => {
    const before = await events();
    const { deliveries } = await told('account', { user_id: '9300000047', kind });
    expect(deliveries[0]).toMatchObject({ status: 400 });
    expect(JSON.parse(deliveries[0]?.body ?? '{}')).toEqual({ err, description: expect.any(String) });
    expect(deliveries[0]?.ms).toBeLessThan(3_000);
    expect(await events()).toBe(before);
  });

  it('answers nothing else', async () => {
    const base = `${env('FUNCTIONS_BASE_URL')}/kakaoWebhook`;
    expect((await fetch(`${base}/other`)).status).toBe(404);
    expect((await fetch(`${base}/account`)).status).toBe(405);
    expect((await fetch(`${base}/account`, { method: 'POST', body: 'no token' })).status).toBe(400);
  });

  it('a member with a confirmed address keeps the account and loses only the link', async () => {
    const person = await member(9300000048);
    await work('confirmAddress', { uid: person.uid, email: person.email });
    expect(await told('unlink', { user_id: String(person.kakaoId) })).toMatchObject({ accepted: true });
    await eventually('the card is gone', async () => !(await db().doc(`logins/${person.uid}`).get()).exists);
    const account = await db().doc(`users/${person.uid}/private/account`).get();
    expect(account.data()).toMatchObject({ kakaoId: null, email: person.email });
  });

  it('what was never told is found by asking, night after night', async () => {
    const [lost, linked] = [await member(9300000049), await member(9300000050)];
    await fetch(`${env('STANDIN_KAKAO_URL')}/v1/user/unlink`, {
      method: 'POST',
      headers: { authorization: 'KakaoAK local-kakao-admin-key' },
      body: new URLSearchParams({ target_id_type: 'user_id', target_id: String(lost.kakaoId) }),
    });
    const { value } = await work('reconcile');
    expect(value).toMatchObject({ asked: expect.any(Number), unlinked: expect.any(Number) });
    await eventually('the member is gone', () => isLeaving(lost.uid));
    expect(await isLeaving(linked.uid)).toBe(false);
    expect((await db().doc(`logins/${linked.uid}`).get()).get('checkedAt')).not.toBeNull();
  });
});

describe('what is kept', () => {
  const dawn = (day: string) => Date.parse(`${day}T00:00:00+09:00`);

  it('vanishes on its day and not a day before', async () => {
    const person = await member(9300000061);
    await settle(person);
    await phone.call('withdrawAccount', {});
    await eventually('it is done', async () => (await newest(person.uid)).length === 0);
    const own = async () => {
      const records = (await db().collection('retained').get()).docs;
      const mine = records.filter(
        (record) => record.get('data.ownerUid') === person.uid || record.get('path').includes(person.uid),
      );
      return mine.map((record) => ({ path: record.ref.path, day: String(record.get('purgeOn')) }));
    };
    const former = db().doc(`formerMembers/${formerMemberId(person.uid)}`);
    const rows = [...(await own()), { path: former.path, day: String((await former.get()).get('purgeOn')) }];
    expect(rows).toHaveLength(7);
    const there = async (day: string) => {
      const paths = rows.filter((row) => row.day === day).map(({ path }) => path);
      return Promise.all(paths.map(async (path) => (await db().doc(path).get()).exists));
    };
    for (const day of [...new Set(rows.map((row) => row.day))].sort()) {
      await purgeDue(dawn(day) - 1);
      expect([day, ...new Set(await there(day))]).toEqual([day, true]);
      await purgeDue(dawn(day));
      expect([day, ...new Set(await there(day))]).toEqual([day, false]);
    }
    expect(await own()).toEqual([]);
  });

  it('goes for the audit log after two years, for proofs with all their pages after three', async () => {
    const at = Timestamp.fromMillis(dawn('2090-03-01'));
    const entry = await db().collection('auditLog').add({ action: 'test', at });
    const proof = db().doc('withdrawals/proof');
    await proof.set({ state: 'DONE', purgeOn: '2093-03-02', updatedAt: at });
    await proof.collection('report').doc('reviews-00001').set({ step: 'reviews' });
    const there = async () => [(await entry.get()).exists, (await proof.get()).exists];
    await purgeDue(dawn('2092-02-29'));
    expect(await there()).toEqual([true, true]);
    await purgeDue(dawn('2092-03-01'));
    expect(await there()).toEqual([false, true]);
    await purgeDue(dawn('2093-03-02') - 1);
    expect(await there()).toEqual([false, true]);
    await purgeDue(dawn('2093-03-02'));
    expect(await there()).toEqual([false, false]);
    expect((await proof.collection('report').get()).size).toBe(0);
  });
});
