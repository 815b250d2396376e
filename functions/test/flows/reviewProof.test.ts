/** What proves a review, what is shown of its pictures, and what hospitals answer: through the app and the console. */
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { emptyRating } from '../../src/directory/schema.ts';
import { auth, db, Timestamp } from '../../src/platform/firebase.ts';
import { noteVisit } from '../../src/reviews/evidence.ts';
import {
  env,
  eventually,
  isStored,
  knownToKakao,
  newPhone,
  type Phone,
  refusal,
  signInWithGoogle,
  signInWithKakao,
} from '../support/app.ts';
import { reviewAt } from '../support/reviews.ts';

const phones: Phone[] = [];
afterAll(() => Promise.all(phones.map((phone) => phone.close())));

function aPhone(): Phone {
  const phone = newPhone();
  phones.push(phone);
  return phone;
}

let kakaoIds = 8_100_000 + Math.floor(Math.random() * 100_000) * 10;
async function member(): Promise<{ phone: Phone; uid: string }> {
  const phone = aPhone();
  kakaoIds += 1;
  return { phone, uid: await signInWithKakao(phone, await knownToKakao(kakaoIds)) };
}

async function withRole(claims: Record<string, unknown>): Promise<{ phone: Phone; uid: string }> {
  const phone = aPhone();
  const email = `${randomUUID()}@proof.example`;
  const uid = await signInWithGoogle(phone, email);
  await auth().setCustomUserClaims(uid, claims);
  await signInWithGoogle(phone, email);
  await phone.auth.currentUser?.getIdToken(true);
  return { phone, uid };
}

async function upload(path: string, bytes: Uint8Array): Promise<void> {
  const bucket = `${env('GCLOUD_PROJECT')}.appspot.com`;
  const url = `http://${env('FIREBASE_STORAGE_EMULATOR_HOST')}/upload/storage/v1/b/${bucket}/o?uploadType=media&name=${encodeURIComponent(path)}`;
  const headers = { 'content-type': 'image/jpeg', authorization: 'Bearer owner' };
  const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(bytes) });
  if (!response.ok) throw new Error(`upload of ${path}: ${response.status}`);
}

async function download(path: string): Promise<Buffer> {
  const bucket = `${env('GCLOUD_PROJECT')}.appspot.com`;
  const url = `http://${env('FIREBASE_STORAGE_EMULATOR_HOST')}/storage/v1/b/${bucket}/o/${encodeURIComponent(path)}?alt=media`;
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

async function photo(): Promise<Buffer> {
  const background = { r: Math.floor(Math.random() * 255), g: 90, b: 40 };
  return sharp({ create: { width: 800, height: 600, channels: 3, background } })
    .withExif({ IFD0: { Artist: '김라온' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '37/1 29/1 0/1' } })
    .jpeg()
    .toBuffer();
}

/** A published review of a hospital of its own. */
async function reviewBy(uid: string, change: Record<string, unknown> = {}) {
  const key = randomUUID();
  const hospitalId = `proof-${key}`;
  await db()
    .doc(`Hospitals/${hospitalId}`)
    .set({ name: '흐름의원', published: true, rating: emptyRating, updatedAt: Timestamp.now() });
  const place = { hospitalId, doctorId: `no-${key}`, eventId: `no-${key}` };
  const id = `${uid}_${hospitalId}_2026-11-10`;
  const ref = db().doc(`reviews/${id}`);
  await ref.set({ ...reviewAt(place, 4), authorUid: uid, ...change });
  const rating = async () => (await db().doc(`Hospitals/${hospitalId}`).get()).get('rating');
  return { id, ref, hospitalId, rating };
}

describe('a receipt', () => {
  const said = { amount: 100_000, day: '2026-11-10' };

  async function handedIn() {
    const { phone, uid } = await member();
    const review = await reviewBy(uid);
    const path = `receipts/${uid}/${randomUUID()}.jpg`;
    await upload(path, await photo());
    const input = { reviewId: review.id, path, ...said };
    return { phone, uid, review, path, input, receipt: db().doc(`receipts/${review.id}`) };
  }

  it('proves the visit once an operator accepts it, and no more when they refuse it later', async () => {
    const { phone, review, input, receipt } = await handedIn();
    const note = '010-1234-5678 카드 4111-1111-1111-1111';
    expect(await phone.call('submitReceipt', { ...input, note })).toEqual({ state: 'PENDING' });
    expect(await phone.call('submitReceipt', input)).toEqual({ state: 'PENDING' });
    expect((await receipt.get()).get('note')).not.toMatch(/1234|4111/);
    expect((await receipt.get()).get('remarks')).toEqual([]);
    const operator = await withRole({ role: 'operator' });
    const decide = (decision: string, more = {}) =>
      operator.phone.call('decideReceipt', { reviewId: review.id, decision, ...more });
    expect(await decide('accept')).toEqual({ state: 'ACCEPTED' });
    expect(await decide('accept')).toEqual({ state: 'ACCEPTED' });
    expect((await review.ref.get()).get('evidence')).toBe('receipt');
    await eventually('it counts', async () => (await review.rating()).count === 1);
    const unsaid = { reviewId: review.id, decision: 'refuse' };
    expect((await refusal(operator.phone, 'decideReceipt', unsaid)).details.problems).toEqual([
      expect.stringMatching(/사유/),
    ]);
    await decide('refuse', { note: '다른 병원의 영수증으로 확인되었습니다.' });
    await eventually('it counts no more', async () => (await review.rating()).count === 0);
    const entries = await db().collection('auditLog').where('target', '==', receipt.path).get();
    expect(entries.docs.map((entry) => entry.get('action')).sort()).toEqual([
      'receipt.accept',
      'receipt.refuse',
    ]);
  });

  it('is decided by hand in the console too, and what cannot be is explained', async () => {
    const { phone, review, input, receipt } = await handedIn();
    await phone.call('submitReceipt', { ...input, amount: 90_000, day: '2026-11-09' });
    expect((await receipt.get()).get('remarks')).toHaveLength(2);
    await receipt.update({ decision: '승인' });
    await eventually('it is explained', async () =>
      /accept/.test(String((await receipt.get()).get('decisionProblems'))),
    );
    await receipt.update({ decision: 'accept' });
    await eventually('it is accepted', async () => (await receipt.get()).get('state') === 'ACCEPTED');
    expect((await receipt.get()).get('decisionProblems')).toEqual([]);
    await eventually('it counts', async () => (await review.rating()).count === 1);
  });

  it('serves once, whoever hands it in', async () => {
    const first = await handedIn();
    await first.phone.call('submitReceipt', first.input);
    const second = await handedIn();
    await upload(second.path, await download(first.path));
    const refused = await refusal(second.phone, 'submitReceipt', second.input);
    expect([refused.reason, refused.details.problems]).toEqual([
      'RECEIPT_REFUSED',
      [expect.stringMatching(/이미 제출된/)],
    ]);
  });

  it('is handed in for a review of one’s own, with a picture of one’s own, by members', async () => {
    const [mine, theirs] = [await handedIn(), await handedIn()];
    const reason = async (phone: Phone, input: unknown) =>
      (await refusal(phone, 'submitReceipt', input)).reason;
    expect(await reason(mine.phone, { ...mine.input, reviewId: theirs.review.id })).toBe('REVIEW_NOT_FOUND');
    expect(await reason(mine.phone, { ...mine.input, path: theirs.path })).toBe('RECEIPT_REFUSED');
    expect(await reason(mine.phone, { ...mine.input, path: `receipts/${mine.uid}/no.jpg` })).toBe(
      'RECEIPT_REFUSED',
    );
    expect(await reason(mine.phone, { ...mine.input, amount: -1 })).toBe('INVALID_INPUT');
    expect(await reason(aPhone(), mine.input)).toBe('SIGN_IN_REQUIRED');
    const decision = { reviewId: mine.review.id, decision: 'accept' };
    expect((await refusal(mine.phone, 'decideReceipt', decision)).reason).toBe('NOT_ALLOWED');
    const operator = await withRole({ role: 'operator' });
    expect((await refusal(operator.phone, 'decideReceipt', decision)).reason).toBe('RECEIPT_NOT_FOUND');
  });
});

describe('a visit the platform knows of', () => {
  it('proves the review of it, whatever proved it before', async () => {
    const review = await reviewBy('kakao:1', { evidence: 'receipt' });
    const visit = { uid: 'kakao:1', hospitalId: review.hospitalId, day: '2026-11-10' };
    await db().runTransaction((tx) => noteVisit(tx, visit));
    const { updateTime } = await review.ref.get();
    expect((await review.ref.get()).get('evidence')).toBe('visit');
    await db().runTransaction((tx) => noteVisit(tx, visit));
    await db().runTransaction((tx) => noteVisit(tx, { ...visit, day: '2026-11-09' }));
    expect((await review.ref.get()).updateTime).toEqual(updateTime);
  });

  it('proves the review that is written of it later, with its rating; that of another day, or by another, it does not', async () => {
    const place = { hospitalId: `visited-${randomUUID()}`, doctorId: '', eventId: 'e' };
    await db().doc(`Hospitals/${place.hospitalId}`).set({ name: '다녀온의원' });
    const at = (uid: string, day: string) => ({ uid, hospitalId: place.hospitalId, day });
    const write = async (uid: string, visitDate: string, said: Record<string, unknown>) => {
      const ref = db().doc(`reviews/${uid}_${place.hospitalId}_${visitDate}`);
      await ref.set({ ...reviewAt(place, 4), doctorId: null, authorUid: uid, visitDate, ...said });
      return ref;
    };
    const booked = { eventId: null, advertisedPrice: null, paidPrice: null, consulted: true };
    for (const visit of [at('kakao:11', '2026-11-10'), at('kakao:12', '2026-11-11')])
      for (const _ of [1, 2]) await db().runTransaction((tx) => noteVisit(tx, visit));
    const proven = [await write('kakao:11', '2026-11-10', {}), await write('kakao:12', '2026-11-11', booked)];
    const unproven = [
      await write('kakao:11', '2026-11-09', {}),
      await write('kakao:13', '2026-11-10', booked),
    ];
    await eventually('two of four count', async () => {
      const { count, all } = (await db().doc(`Hospitals/${place.hospitalId}`).get()).get('rating') ?? {};
      return count === 2 && all === 4;
    });
    const evidence = (refs: typeof proven) =>
      Promise.all(refs.map(async (ref) => (await ref.get()).get('evidence')));
    expect(await evidence(proven)).toEqual(['visit', 'visit']);
    expect(await evidence(unproven)).toEqual(['none', 'none']);
  });
});

describe('the hospital’s reply', () => {
  it('is one, changeable, in the review itself, with everything said kept', async () => {
    const review = await reviewBy('kakao:1');
    const staff = await withRole({ role: 'hospitalStaff', hospitalIds: [review.hospitalId] });
    const say = (text: string) => staff.phone.call('replyToReview', { reviewId: review.id, text });
    expect(await say('소중한 의견 감사합니다.')).toEqual({ versions: 1 });
    expect(await say('소중한 의견 감사합니다.')).toEqual({ versions: 1 });
    expect(await say('말씀해 주신 점을 개선하겠습니다.')).toEqual({ versions: 2 });
    expect((await review.ref.get()).get('reply.text')).toBe('말씀해 주신 점을 개선하겠습니다.');
    const kept = await review.ref.collection('hospitalReply').doc('reply').get();
    expect(kept.get('versions').map(({ text }: { text: string }) => text)).toEqual([
      '소중한 의견 감사합니다.',
      '말씀해 주신 점을 개선하겠습니다.',
    ]);
  });

  it('tells nothing of a patient, and comes from the hospital’s own staff, to what is published', async () => {
    const review = await reviewBy('kakao:1');
    const input = { reviewId: review.id, text: '감사합니다.' };
    const staff = await withRole({ role: 'hospitalStaff', hospitalIds: [review.hospitalId] });
    const refused = await refusal(staff.phone, 'replyToReview', {
      ...input,
      text: '차트를 확인해 보니 다릅니다.',
    });
    expect([refused.reason, refused.details.problems]).toEqual([
      'REPLY_REFUSED',
      [expect.stringMatching(/의료정보/)],
    ]);
    const stranger = await withRole({ role: 'hospitalStaff', hospitalIds: ['elsewhere'] });
    const operator = await withRole({ role: 'operator' });
    for (const { phone } of [stranger, operator, await member()])
      expect((await refusal(phone, 'replyToReview', input)).reason).toBe('NOT_ALLOWED');
    await review.ref.update({ status: 'hidden' });
    expect((await refusal(staff.phone, 'replyToReview', input)).reason).toBe('REVIEW_NOT_FOUND');
    expect((await review.ref.get()).get('reply')).toBeNull();
  });
});

describe('pictures', () => {
  it('are shown without what the camera wrote, as long as the review is; before and after when wanted', async () => {
    const uid = `pictured-${randomUUID()}`;
    const [one, before] = [`reviews/${uid}/one.jpg`, `reviews/${uid}/before.jpg`];
    await Promise.all([upload(one, await photo()), upload(before, await photo())]);
    const broken = `reviews/${uid}/broken.jpg`;
    await upload(broken, Buffer.from('no picture'));
    const review = await reviewBy(uid, {
      photoPaths: [one, broken, 'reviews/somebody-else/one.jpg', `reviews/${uid}/absent.jpg`],
      beforeAfterPaths: [before],
    });
    const shown = async () => (await review.ref.get()).data() ?? {};
    const { photos, beforeAfter } = await eventually('pictures are made', async () => {
      const now = await shown();
      return now.photos.length > 0 && now;
    });
    expect([photos.length, beforeAfter]).toEqual([1, []]);
    const full = await download(photos[0].path);
    const { format, exif, width } = await sharp(full).metadata();
    expect([format, exif, width]).toEqual(['webp', undefined, 800]);
    expect((await sharp(await download(photos[0].thumbPath)).metadata()).width).toBe(400);

    await review.ref.update({ beforeAfterPublic: true });
    const published = await eventually('before and after are shown', async () => {
      const [first] = (await shown()).beforeAfter;
      return first;
    });
    await review.ref.update({ beforeAfterPublic: false });
    await eventually('they are shown no more', async () => !(await isStored(published.path)));
    expect(await isStored(photos[0].path)).toBe(true);

    await review.ref.update({ status: 'hidden' });
    await eventually('nothing is public', async () => !(await isStored(photos[0].path)));
    await eventually('nothing is told', async () => (await shown()).photos.length === 0);
    await review.ref.update({ status: 'published' });
    await eventually('it is back', () => isStored(photos[0].path));
    await review.ref.update({ status: 'deleted', photoPaths: [], beforeAfterPaths: [] });
    await eventually('it is gone for good', async () => !(await isStored(photos[0].thumbPath)));
    expect(await isStored(one)).toBe(true);
  }, 120_000);
});
