/**
 * Pages from approval to withdrawal: what a phone that listens to a list sees, what operators type in the console, what
 * follows a hospital, and what the calendar does.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { collection, doc, getDoc, limit, onSnapshot, orderBy, query, where } from 'firebase/firestore';
import sharp from 'sharp';
import { turnEvents } from '../../src/directory/due.ts';
import { millisOf } from '../../src/directory/examine.ts';
import { tellReviewExpiry } from '../../src/directory/reviewExpiry.ts';
import { daysAfter, startOfKoreanDay } from '../../src/kernel/days.ts';
import { koreanDayOf } from '../../src/kernel/korean.ts';
import { auth, db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import {
  env,
  eventually,
  isStored,
  newPhone,
  type Phone,
  postMail,
  readAs,
  receiptOf,
  refusal,
  signInWithGoogle,
} from '../support/app.ts';
import { hospitalMail, mailOf, newBusinessNumber, type Part, pdf } from '../support/mails.ts';

// The jobs run in this process: it is configured as the functions are.
process.env.FUNCTIONS_EMULATOR = 'true';
process.env.MAIL_FROM = '닥터피치 <no-reply@doctorpitch.example>';
beforeAll(() => {
  jest.spyOn(log, 'info').mockImplementation(() => undefined);
});

type Fields = Record<string, unknown>;
const today = koreanDayOf(Date.now());
const at = (path: string) => db().doc(path);
const read = async (path: string): Promise<Fields> => (await at(path).get()).data() ?? {};
const audited = async (target: string) =>
  (await db().collection('auditLog').where('target', '==', target).get()).docs.map((entry) => entry.data());

/** A hospital that is followed at that moment may have put the page right before the edit is answered and written down. */
const isAudited = (target: string, wanted: string) =>
  eventually(`${target}: ${wanted}`, async () =>
    (await audited(target)).some(({ action, result }) => `${action} ${result}` === wanted),
  );

/** Waits until the server has answered with what is expected. */
const becomes = (path: string, expected: Fields) =>
  eventually(
    `${path} ${JSON.stringify(expected)}`,
    async () => {
      const now = await read(path);
      const fits = Object.entries(expected).every(
        ([field, value]) => JSON.stringify(now[field]) === JSON.stringify(value),
      );
      return now.updatedAt !== undefined && fits ? now : null;
    },
    // The emulator takes events one by one, and a test before may have left hundreds.
    100_000,
  );

const hospitalTyped = {
  name: '손글씨의원',
  type: '의원',
  representative: '김손',
  address: '서울특별시 강남구 테헤란로 1',
  phone: '02-555-0101',
  departments: ['성형외과'],
  published: true,
};
const eventTyped = {
  title: '자연유착 쌍꺼풀',
  priceBefore: '132만원',
  priceAfter: '99만원',
  startsOn: today,
  endsOn: daysAfter(today, 30),
  target: '신규 고객, 수술비에 한함',
  sideEffects: '붓기, 멍이 있을 수 있습니다.',
  published: true,
};

/** A hospital an operator typed, with a doctor and an event. */
async function clinic(): Promise<{ id: string; hospital: string; doctor: string; event: string }> {
  const id = `hand-${randomUUID()}`;
  const [hospital, doctor, event] = [`Hospitals/${id}`, `Doctors/${id}`, `Events/${id}`];
  await at(hospital).set(hospitalTyped);
  await becomes(hospital, { published: true });
  await at(doctor).set({ name: '김손', hospitalId: id, isSpecialist: false, published: true });
  await at(event).set({ ...eventTyped, hospitalId: id });
  await Promise.all([doctor, event].map((path) => becomes(path, { published: true })));
  return { id, hospital, doctor, event };
}

const phones: Phone[] = [];
function aPhone(): Phone {
  const phone = newPhone();
  phones.push(phone);
  return phone;
}
afterAll(async () => {
  await Promise.all(phones.map((phone) => phone.close()));
});

/** A phone that shows the events of a hospital. */
function listening(hospitalId: string) {
  const shown = query(
    collection(aPhone().firestore, 'Events'),
    where('published', '==', true),
    where('hospitalId', '==', hospitalId),
    orderBy('createdAt', 'desc'),
    limit(20),
  );
  let ids: string[] = [];
  let changedAt = 0;
  const stop = onSnapshot(shown, (snapshot) => {
    ids = snapshot.docs.map(({ id }) => id);
    changedAt = Date.now();
  });
  /** Resolves to when it did (epoch ms). */
  const sees = async (id: string, isThere: boolean): Promise<number> => {
    await eventually(`${id} ${isThere ? 'seen' : 'gone'}`, async () => ids.includes(id) === isThere, 10_000);
    return changedAt;
  };
  return { sees, stop };
}

async function send(raw: Buffer): Promise<string> {
  const { mailId } = await receiptOf(await postMail(raw));
  return (await readAs(mailId))[0] ?? '';
}
const answered = (id: string) =>
  eventually(`decision of ${id}`, async () => {
    const now = await read(`registrations/${id}`);
    return now.decidedAt !== null || now.decision === null ? now : null;
  });
async function approve(id: string, decisionNote = '서류 확인'): Promise<Fields> {
  await at(`registrations/${id}`).update({ decision: 'approve', decisionNote });
  return answered(id);
}

const eventMail = (businessNumber: string, picture: Part, title = '자연유착 쌍꺼풀') =>
  mailOf(
    '이벤트 등록',
    [
      ...[`이벤트명: ${title}`, `사업자등록번호: ${businessNumber}`, '정상가: 1,320,000원'],
      ...['할인가: 99만원 (VAT 포함)', `이벤트기간: ${today} ~ ${daysAfter(today, 30)}`],
      ...['할인대상/범위: 신규 고객, 수술비에 한함', '심의번호: 261101-중-000001'],
    ],
    [picture],
  );

const photo = () =>
  sharp({ create: { width: 2400, height: 1800, channels: 3, background: '#c86432' } })
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '37/1 29/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

const storedAs = (path: unknown) => {
  const bucket = `${env('GCLOUD_PROJECT')}.appspot.com`;
  return `http://${env('FIREBASE_STORAGE_EMULATOR_HOST')}/storage/v1/b/${bucket}/o/${encodeURIComponent(String(path))}`;
};

describe('an approved event', () => {
  let businessNumber: string;
  let hospitalPath: string;
  beforeAll(async () => {
    businessNumber = newBusinessNumber();
    const hospital = await approve(await send(hospitalMail(businessNumber)));
    hospitalPath = String(hospital.publishedPath);
  });

  it('is on a list that listens within 2 s of approval, with its picture, and gone within 2 s of withdrawal', async () => {
    const list = listening(hospitalPath.split('/')[1] ?? '');
    const picture = { name: '메인사진.jpg', type: 'image/jpeg', content: await photo() };
    const id = await send(eventMail(businessNumber, picture));
    const eventId = `e-${id}`;
    await approve(id);
    const seen = await list.sees(eventId, true);
    const page = await read(`Events/${eventId}`);
    expect(page).toMatchObject({ published: true, hiddenBecause: null, problems: [], detailPaths: [] });
    expect(page.imagePath).toMatch(new RegExp(`^public/events/${eventId}/[0-9a-f]{8}-full\\.webp$`));

    const full = await fetch(`${storedAs(page.imagePath)}?alt=media`);
    const pixels = await sharp(Buffer.from(await full.arrayBuffer())).metadata();
    expect(pixels).toMatchObject({ format: 'webp', width: 1200, height: 1600 });
    expect([pixels.exif, pixels.icc, pixels.xmp]).toEqual([undefined, undefined, undefined]);
    const told: { cacheControl?: string } = await (await fetch(storedAs(page.thumbPath))).json();
    expect(told.cacheControl).toContain('immutable');

    const appeared = seen - (millisOf(page.createdAt) ?? 0);

    const withdrawing = Date.now();
    await at(`Events/${eventId}`).update({ published: false });
    const vanished = (await list.sees(eventId, false)) - withdrawing;
    const withdrawn = await becomes(`Events/${eventId}`, { hiddenBecause: 'WITHDRAWN' });
    expect(withdrawn).toMatchObject({ published: false, problems: [] });
    await isAudited(`Events/${eventId}`, 'page.edited WITHDRAWN');
    const showing = Date.now();
    await at(`Events/${eventId}`).update({ published: true });
    const again = (await list.sees(eventId, true)) - showing;
    await becomes(`Events/${eventId}`, { hiddenBecause: null, published: true });
    list.stop();
    expect(Math.max(appeared, vanished, again)).toBeLessThan(2_000);
    await isAudited(`Events/${eventId}`, 'page.edited shown');
  });

  it('is refused in Korean when its main picture is none, and nothing is published', async () => {
    const picture = {
      name: '메인사진.png',
      type: 'image/png',
      content: Buffer.from('89504e470d0a1a0a0102', 'hex'),
    };
    const id = await send(eventMail(businessNumber, picture, '사진이 깨진 이벤트'));
    const refused = await approve(id);
    expect(refused).toMatchObject({ state: 'PENDING_REVIEW', publishedPath: null });
    expect(JSON.stringify(refused.decisionProblems)).toMatch(/메인사진: .*손상/);
    expect((await at(`Events/e-${id}`).get()).exists).toBe(false);
  });

  it('of a doctor is published without a picture that is broken, and never with the licence', async () => {
    const lines = [
      ...['성명: 김라온', `의사면허번호: ${randomInt(10_000, 999_999)}`, '전문의: 아니요'],
      `사업자등록번호: ${businessNumber}`,
    ];
    const broken = {
      name: '프로필.jpg',
      type: 'image/jpeg',
      content: Buffer.from('ffd8ffe000104a46494600', 'hex'),
    };
    const licence = { name: '의사면허증.jpg', type: 'image/jpeg' };
    const id = await send(mailOf('의사 등록', lines, [licence, broken, pdf('전문의자격증.pdf')]));
    const decided = await approve(id);
    expect(decided).toMatchObject({ state: 'APPROVED', pictures: [{ full: null }] });
    expect(await read(String(decided.publishedPath))).toMatchObject({ imagePath: null, thumbPath: null });
    expect(await isStored(`public/doctors/d-${id}`)).toBe(false);
  });

  it('follows a change by mail: the fields it names, in the page and its keys', async () => {
    const picture = { name: '메인사진.png', type: 'image/png' };
    const first = await send(eventMail(businessNumber, picture, '매몰 쌍꺼풀'));
    const eventPath = String((await approve(first)).publishedPath);
    const before = await read(eventPath);
    const base = await read(`registrations/${first}`);
    const change = async (kind: string, target: string | null, fields: Fields, note?: string) => {
      const id = `change-${randomUUID()}`;
      const settled = { decidedAt: null, decision: null, publishedPath: null, state: 'PENDING_REVIEW' };
      await at(`registrations/${id}`).set({
        ...{ ...base, ...settled, intent: 'change', kind, target, fields },
        ...{ papers: [], pictures: [], problems: [], confirmationsNeeded: [] },
      });
      return approve(id, note);
    };
    // What was reviewed was other words.
    const refused = await change('event', eventPath, { title: '눈매교정', endsOn: daysAfter(today, 40) });
    expect(JSON.stringify(refused.decisionProblems)).toMatch(/REVIEWED_TEXT_CHANGED/);
    expect(await read(eventPath)).toEqual(before);
    const anew = { title: '눈매교정', adReviewNumber: '261201-중-000002', vatIncluded: true };
    expect(await change('event', eventPath, anew)).toMatchObject({
      state: 'APPROVED',
      publishedPath: eventPath,
    });
    const after = await read(eventPath);
    expect(after).toMatchObject({
      title: '눈매교정',
      adReviewNumber: '261201-중-000002',
      priceAfter: 990_000,
    });
    const key = (title: string) => `identityKeys/event-${before.hospitalId}-${today}-${title}`;
    expect((await at(key('눈매교정')).get()).get('path')).toBe(eventPath);
    expect((await at(key('매몰쌍꺼풀')).get()).exists).toBe(false);

    // A hospital finds itself by its number; with another number its key moves.
    const phone = { businessNumber, phone: '+8225550199' };
    expect(await change('hospital', null, phone)).toMatchObject({ publishedPath: hospitalPath });
    expect(await read(hospitalPath)).toMatchObject({ phone: '+8225550199', hours: '평일 10:00~19:00' });
    const moved = newBusinessNumber();
    await change(
      'hospital',
      hospitalPath,
      { businessNumber: moved, name: '옮긴성형외과의원' },
      '대표번호로 통화 확인',
    );
    expect((await at(`identityKeys/hospital-${moved}`).get()).get('path')).toBe(hospitalPath);
    expect((await at(`identityKeys/hospital-${businessNumber}`).get()).exists).toBe(false);
    expect(await read(`${hospitalPath}/private/registration`)).toMatchObject({ businessNumber: moved });
    await becomes(eventPath, { hospitalName: '옮긴성형외과의원' });
    const entries = await audited(hospitalPath);
    expect(JSON.stringify(entries)).not.toContain(moved);
    expect(entries).toContainEqual(
      expect.objectContaining({
        action: 'page.changed',
        after: expect.objectContaining({ name: '옮긴성형외과의원' }),
      }),
    );
    businessNumber = moved;

    for (const [target, fields, words] of [
      [null, { title: '없는 이벤트', endsOn: today }, /target에 문서 경로/],
      ['Doctors/nobody', { title: 'x' }, /종류와 맞지 않습니다/],
      [eventPath, { title: '눈매교정' }, /다른 것이 없습니다/],
      [eventPath, { priceAfter: 100_000, adReviewNumber: '9' }, /50% 이상.*decisionNote/],
    ] as const) {
      const answer = await change('event', target, fields);
      expect(JSON.stringify(answer.decisionProblems)).toMatch(words);
    }

    // Asked to be taken down, it is, as it stands; once.
    expect(await change('event', eventPath, { withdraw: true })).toMatchObject({ state: 'APPROVED' });
    expect(await read(eventPath)).toMatchObject({
      published: false,
      hiddenBecause: 'WITHDRAWN',
      title: '눈매교정',
    });
    const again = await change('event', eventPath, { withdraw: true });
    expect(JSON.stringify(again.decisionProblems)).toMatch(/이미 내려간/);
  });
});

describe('typed by hand', () => {
  it('a good page is completed and shown, a bad one hidden and explained until it is corrected', async () => {
    const { id, hospital, doctor, event } = await clinic();
    expect(await read(hospital)).toMatchObject({
      phone: '+8225550101',
      departments: ['08'],
      district: '강남구',
    });
    expect(await read(doctor)).toMatchObject({
      hospitalName: '손글씨의원',
      region: '서울',
      nameChoseong: 'ㄱㅅ',
    });
    expect(await read(event)).toMatchObject({ priceAfter: 990_000, discountPercent: 25, imagePath: null });

    const bad = `Events/bad-${id}`;
    await at(bad).set({ ...eventTyped, hospitalId: id, title: '국내 최고 쌍꺼풀', endsOn: '언젠가' });
    const hidden = await becomes(bad, { hiddenBecause: 'INVALID' });
    expect(hidden).toMatchObject({ published: false });
    const fields = (Array.isArray(hidden.problems) ? hidden.problems : []).map(({ field }) => field);
    expect(fields.sort()).toEqual(['endsOn', 'title']);
    expect((await getDoc(doc(aPhone().firestore, bad)).catch(() => null))?.exists() ?? false).toBe(false);
    await at(bad).update({ title: '쌍꺼풀', endsOn: eventTyped.endsOn });
    expect(await becomes(bad, { published: true })).toMatchObject({ hiddenBecause: null, problems: [] });

    await at(bad).update({ priceAfter: 500_000 });
    await becomes(bad, { hiddenBecause: 'INVALID' });
    await at(bad).update({ override: 'DISCOUNT_OVER_50: 협회 질의 회신 확인' });
    expect(await becomes(bad, { published: true })).not.toHaveProperty('override');
  });

  it('a copy of a page is judged like one that was typed', async () => {
    const { doctor } = await clinic();
    const copy = `${doctor}-copy`;
    const old = Timestamp.fromMillis(Date.now() - 86_400_000);
    await at(copy).set({ ...(await read(doctor)), name: '', updatedAt: old });
    expect(await becomes(copy, { hiddenBecause: 'INVALID' })).toMatchObject({
      problems: [{ field: 'name' }],
    });
  });

  it('numbers in the private part hold their keys, and say when they are another’s', async () => {
    const [one, two] = await Promise.all([clinic(), clinic()]);
    const number = newBusinessNumber();
    const written = `${number.slice(0, 3)}-${number.slice(3, 5)}-${number.slice(5)}`;
    const key = at(`identityKeys/hospital-${number}`);
    const part = (path: string) => at(`${path}/private/registration`);
    const explained = (path: string, words: RegExp) =>
      eventually(`${path} explained`, async () =>
        words.test(JSON.stringify((await part(path).get()).get('problems') ?? null)),
      );
    await part(one.hospital).set({ businessNumber: written, contactEmail: 'desk@raon.example' });
    await explained(one.hospital, /^\[\]$/);
    expect((await part(one.hospital).get()).get('businessNumber')).toBe(number);
    expect((await key.get()).get('path')).toBe(one.hospital);
    await part(two.hospital).set({ businessNumber: number });
    await explained(two.hospital, new RegExp(one.id));
    await part(two.hospital).update({ businessNumber: '123-45-67890' });
    await explained(two.hospital, /열 자리/);
    await part(one.hospital).delete();
    await eventually('released', async () => !(await key.get()).exists);
  });

  it('hidden hospitals take their own along and bring exactly those back; names follow', async () => {
    const { id, hospital, doctor, event } = await clinic();
    const alone = `Doctors/alone-${id}`;
    await at(alone).set({ name: '이손', hospitalId: id, isSpecialist: false, published: false });
    await becomes(alone, { hiddenBecause: 'WITHDRAWN' });
    await at(hospital).update({ published: false });
    for (const path of [doctor, event])
      await becomes(path, { hiddenBecause: 'HOSPITAL_HIDDEN', published: false });
    await becomes(hospital, { hiddenBecause: 'WITHDRAWN' });
    await at(hospital).update({ published: true, name: '새이름의원' });
    for (const path of [doctor, event])
      await becomes(path, { hiddenBecause: null, published: true, hospitalName: '새이름의원' });
    await becomes(alone, { hiddenBecause: 'WITHDRAWN', hospitalName: '새이름의원' });
    await at(hospital).update({ name: '' });
    await becomes(hospital, { hiddenBecause: 'INVALID' });
    await becomes(doctor, { hiddenBecause: 'HOSPITAL_HIDDEN', hospitalName: '새이름의원' });
    await at(hospital).delete();
    await becomes(event, { hiddenBecause: 'HOSPITAL_HIDDEN' });
  });
});

describe('by the calendar', () => {
  it('events appear and vanish at midnight in Korea, by the job', async () => {
    const { event } = await clinic();
    const [first, last] = [daysAfter(today, 3), daysAfter(today, 9)];
    await at(event).update({ startsOn: first, endsOn: last });
    await becomes(event, { hiddenBecause: 'NOT_YET', published: false });
    const [appears, vanishes] = [startOfKoreanDay(first), startOfKoreanDay(daysAfter(last, 1))];
    await turnEvents(appears - 1);
    expect(await read(event)).toMatchObject({ hiddenBecause: 'NOT_YET' });
    await turnEvents(appears);
    expect(await read(event)).toMatchObject({ published: true, hiddenBecause: null });
    await turnEvents(vanishes - 1);
    expect(await read(event)).toMatchObject({ published: true });
    await turnEvents(vanishes);
    await turnEvents(vanishes);
    expect(await read(event)).toMatchObject({ published: false, hiddenBecause: 'ENDED' });
  });

  it('hospitals are told once that a review expires, and once that it has', async () => {
    const { id, hospital, event } = await clinic();
    const contact = `desk-${id}@raon.example`;
    await at(`${hospital}/private/registration`).set({ contactEmail: contact });
    const until = daysAfter(today, 100);
    const change = {
      adReviewNumber: '261101-중-000001',
      adReviewValidUntil: until,
      endsOn: daysAfter(today, 200),
    };
    await at(event).update(change);
    await eventually('planned', async () => (await read(event)).reviewNoticeAt);
    const nine = (day: string) => startOfKoreanDay(day) + 9 * 3_600_000;
    const letters = async () =>
      (await db().collection('outbox').where('to', '==', contact).get()).docs.map((mail) => mail.id).sort();
    await tellReviewExpiry(nine(daysAfter(until, -30)) - 1);
    expect(await letters()).toEqual([]);
    const soon = `adReview-${id}-${until}-soon`;
    await tellReviewExpiry(nine(daysAfter(until, -30)));
    await tellReviewExpiry(nine(daysAfter(until, -29)));
    expect(await letters()).toEqual([soon]);
    await turnEvents(startOfKoreanDay(daysAfter(until, 1)));
    expect(await read(event)).toMatchObject({ hiddenBecause: 'REVIEW_EXPIRED' });
    await tellReviewExpiry(nine(daysAfter(until, 1)));
    await tellReviewExpiry(nine(daysAfter(until, 2)));
    expect(await letters()).toEqual([`adReview-${id}-${until}-over`, soon]);
    expect(await read(event)).toMatchObject({ reviewNoticeAt: null });
  });
});

describe('setPagePublished', () => {
  it('withdraws and shows for operators, with a reason on file, and for nobody else', async () => {
    const { event } = await clinic();
    const operator = aPhone();
    const uid = await signInWithGoogle(operator, 'pages@operators.example');
    const reason = '병원 요청 (문의 1234)';
    expect(
      await refusal(operator, 'setPagePublished', { path: event, published: false, reason }),
    ).toMatchObject({
      reason: 'NOT_ALLOWED',
    });
    await auth().setCustomUserClaims(uid, { role: 'operator', hospitalIds: [] });
    await operator.auth.currentUser?.getIdToken(true);
    const set = (path: string, published: boolean) =>
      operator.call<Fields>('setPagePublished', { path, published, reason });
    expect(await set(event, false)).toEqual({ published: false, hiddenBecause: 'WITHDRAWN', problems: [] });
    expect(await set(event, false)).toMatchObject({ published: false });
    expect(await set(event, true)).toEqual({ published: true, hiddenBecause: null, problems: [] });
    const entries = (await audited(event)).filter(({ by }) => by === uid);
    expect(entries.map(({ action, note }) => [action, note]).sort()).toEqual([
      ['page.show', reason],
      ['page.withdraw', reason],
    ]);
    const nowhere = { path: 'Events/nowhere', published: true, reason };
    expect(await refusal(operator, 'setPagePublished', nowhere)).toMatchObject({ reason: 'PAGE_NOT_FOUND' });
    const elsewhere = { path: 'users/somebody', published: true, reason };
    expect(await refusal(operator, 'setPagePublished', elsewhere)).toMatchObject({ reason: 'INVALID_INPUT' });
  });
});

it('counting does not judge: a rating written alone leaves a page as it was', async () => {
  const { hospital } = await clinic();
  const before = await read(hospital);
  await at(hospital).update({ 'rating.count': 1, 'rating.asOf': Timestamp.now() });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect((await read(hospital)).updatedAt).toEqual(before.updatedAt);
});
