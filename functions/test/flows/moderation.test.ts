/** Judging, reports, measures, appeals and blocks: through the app and the console, and delivered anyhow. */
import { randomUUID } from 'node:crypto';
import { signInWithCustomToken } from 'firebase/auth';
import { doc, getDoc, serverTimestamp, setDoc } from 'firebase/firestore';
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import sharp, { type Sharp } from 'sharp';
import type { KakaoSignInOutput } from '../../src/accounts/schema.ts';
import { emptyRating } from '../../src/directory/schema.ts';
import { appeal, carryOut, endMeasures, measureMs, raise } from '../../src/moderation/acts.ts';
import { queueWritten } from '../../src/moderation/console.ts';
import { judgeWritten } from '../../src/moderation/judging.ts';
import { judgeShownPictures } from '../../src/moderation/pictures.ts';
import { reportWritten } from '../../src/moderation/reports.ts';
import type { Decision, TargetType } from '../../src/moderation/schema.ts';
import { targetOf } from '../../src/moderation/targets.ts';
import { auth, db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { env, eventually, joining, knownToKakao, newPhone, type Phone, refusal } from '../support/app.ts';
import { bucketOverHttp } from '../support/bucket.ts';

jest.mock('../../src/platform/firebase.ts', () => ({
  ...jest.requireActual<object>('../../src/platform/firebase.ts'),
  bucket: () => bucketOverHttp(),
}));

const long =
  '상담부터 수술까지 원장님이 직접 꼼꼼하게 설명해 주셔서 믿음이 갔어요. 붓기는 일주일 정도 갔고 라인이 자연스럽습니다.';
const hub = (verb: string) =>
  fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });
const day = 86_400_000;
const longAgo = Timestamp.fromMillis(Date.now() - 40 * day);

const counters = { replyCount: 0, replyCountAsOf: null };
const talkOf = (authorUid: string, body: string, change: Record<string, unknown> = {}) => ({
  ...{ authorUid, authorNickname: '민지', category: 'free', title: '글', body, imagePaths: [] },
  ...{ status: 'published', pinned: false, likeCount: 0, viewCount: 0, ...counters },
  ...{ createdAt: Timestamp.now(), updatedAt: Timestamp.now(), ...change },
});
const reviewOf = (
  authorUid: string,
  hospitalId: string,
  text: string,
  change: Record<string, unknown> = {},
) => ({
  ...{ authorUid, authorNickname: '민지', hospitalId, hospitalName: '흐름의원', visitDate: '2026-11-10' },
  ...{ doctorId: null, rating: 4, text, photoPaths: [], evidence: 'none', status: 'published', ...counters },
  ...{ createdAt: Timestamp.now(), updatedAt: Timestamp.now(), ...change },
});
const replyOf = (authorUid: string, text: string) => ({
  ...{ authorUid, authorNickname: '민지', parentType: 'FreeTalks', parentId: 'x', replyTo: null, text },
  ...{ deleted: false, hidden: false, ...counters, createdAt: Timestamp.now(), updatedAt: Timestamp.now() },
});
const reportOf = (path: string, reporterUid: string, reason = '광고') => {
  const [targetType = '', targetId = ''] = path.split('/');
  return {
    id: `${targetType}_${targetId}_${reporterUid}`,
    data: {
      ...{ targetType, targetId, reporterUid, reason, text: '', upheld: 0, dismissed: 0, answer: null },
      createdAt: Timestamp.now(),
    },
  };
};

const get = async (path: string) => (await db().doc(path).get()).data();
const queued = (path: string) => get(`moderationQueue/${path.replace('/', '-')}`);

async function changeOf(path: string, act: () => Promise<unknown>): Promise<Change<DocumentSnapshot>> {
  const before = await db().doc(path).get();
  await act();
  const after = await db().doc(path).get();
  // The handlers read snapshots only.
  return { before, after } as unknown as Change<DocumentSnapshot>;
}

const written = (path: string, data: Record<string, unknown>) =>
  changeOf(path, () => db().doc(path).set(data));
const order = (path: string) => ({ path, by: 'operator-1', note: '확인함' });
const newTalk = () => `FreeTalks/${randomUUID()}`;
const newMember = () => `m-${randomUUID()}`;

describe('delivered anyhow', () => {
  beforeAll(() => {
    jest.spyOn(log, 'info').mockImplementation(() => undefined);
    return hub('disable');
  });
  afterAll(() => hub('enable'));

  const judged = async (type: TargetType, path: string, data: Record<string, unknown>) => {
    const change = await written(path, data);
    await judgeWritten(type, change);
    return change;
  };

  describe('what is written', () => {
    it('is left alone when nothing is found', async () => {
      const path = newTalk();
      const data = talkOf(newMember(), '쌍수 3주차인데 붓기가 아침마다 있어요.');
      await judged('FreeTalks', path, data);
      expect(await get(path)).toEqual(data);
      expect(await queued(path)).toBeUndefined();
    });

    it.each<[TargetType, (text: string) => Record<string, unknown>, Record<string, unknown>]>([
      ['FreeTalks', (text) => talkOf('a', text), { status: 'held' }],
      ['reviews', (text) => reviewOf('a', 'h', text), { status: 'held' }],
      ['TempReplies', (text) => replyOf('a', text), { hidden: true }],
    ])('%s with a telephone number is held back, and its author told why', async (type, make, hidden) => {
      const path = `${type}/${randomUUID()}`;
      await judged(type, path, make('공일공 일이삼사 오육칠팔로 연락 주세요'));
      expect(await get(path)).toMatchObject({
        ...hidden,
        moderation: {
          state: 'held',
          reasons: ['PHONE_NUMBER'],
          message: expect.stringMatching(/전화번호.*이의/),
        },
      });
      expect(await queued(path)).toMatchObject({ state: 'open', hidden: true, reasons: ['PHONE_NUMBER'] });
    });

    it('with a rough word stays, and is looked at', async () => {
      const path = newTalk();
      await judged('FreeTalks', path, talkOf('a', '진짜 돌팔이 같았어요'));
      expect(await get(path)).toMatchObject({ status: 'published' });
      expect(await queued(path)).toMatchObject({ state: 'open', hidden: false });
    });

    it('is judged by what it says now, not by what a late event says', async () => {
      const path = newTalk();
      const late = await written(path, talkOf('a', '카톡 아이디 beauty_kim 추가'));
      await db().doc(path).update({ body: '고쳐 썼습니다' });
      await judgeWritten('FreeTalks', late);
      expect(await get(path)).toMatchObject({ status: 'published' });
      expect(await queued(path)).toBeUndefined();
    });

    it('is judged when it was taken back before anybody looked, and is put up again', async () => {
      const path = newTalk();
      const late = await written(path, talkOf('a', '카톡 아이디 beauty_kim 추가'));
      await db().doc(path).update({ status: 'deleted' });
      await judgeWritten('FreeTalks', late);
      expect(await get(path)).toMatchObject({ status: 'deleted' });
      const again = await changeOf(path, () => db().doc(path).update({ status: 'published' }));
      await judgeWritten('FreeTalks', again);
      expect(await get(path)).toMatchObject({ status: 'held' });
    });

    it('an operator has released is not held back again by the same event; an edit is', async () => {
      const path = newTalk();
      const data = talkOf('a', '카톡 아이디 beauty_kim 추가');
      const event = await judged('FreeTalks', path, data);
      await carryOut('release', order(path));
      expect(await get(path)).toEqual(data);
      await Promise.all([judgeWritten('FreeTalks', event), judgeWritten('FreeTalks', event)]);
      expect(await get(path)).toEqual(data);
      const edit = await changeOf(path, () => db().doc(path).update({ body: '오픈 채팅방으로 오세요' }));
      await judgeWritten('FreeTalks', edit);
      expect(await get(path)).toMatchObject({ status: 'held', moderation: { reasons: ['OPEN_CHAT'] } });
    });

    it('copied from somebody else is held back; the first stays, also when its event comes again', async () => {
      const [first, copy] = [newTalk(), newTalk()];
      const firstEvent = await judged('FreeTalks', first, talkOf('author', long));
      await judged('FreeTalks', copy, talkOf('copier', `${long} 강추!`, { createdAt: Timestamp.now() }));
      await judgeWritten('FreeTalks', firstEvent);
      expect(await get(first)).toMatchObject({ status: 'published' });
      expect(await get(copy)).toMatchObject({ status: 'held', moderation: { reasons: ['COPIED_TEXT'] } });
    });

    it('by an account of today is limited: the fourth post waits, whatever comes first', async () => {
      const uid = newMember();
      await auth().createUser({ uid });
      const paths = [1, 2, 3, 4].map(() => newTalk());
      const events = [];
      for (const [n, path] of paths.entries())
        events.push(
          await written(
            path,
            talkOf(uid, `${n}번째 질문입니다`, { createdAt: Timestamp.fromMillis(Date.now() + n * 1_000) }),
          ),
        );
      for (const event of events.reverse()) await judgeWritten('FreeTalks', event);
      const states = await Promise.all(paths.map(async (path) => (await get(path))?.status));
      expect(states).toEqual(['published', 'published', 'published', 'held']);
    });

    describe('with pictures', () => {
      const drawing = (seed: number) =>
        Buffer.from(
          `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="#777"/>${Array.from(
            { length: 12 },
            (_, n) =>
              `<circle cx="${(seed * 97 + n * 83) % 300}" cy="${(seed * 31 + n * 57) % 200}" r="${20 + ((seed + n * 13) % 40)}" fill="${n % 2 ? '#111' : '#eee'}"/>`,
          ).join('')}</svg>`,
        );
      /** A review that comes to show a picture, as what makes the public copies writes it. */
      async function pictured(type: 'reviews' | 'FreeTalks', uid: string, picture: Sharp, hospitalId = 'h') {
        const path = type === 'reviews' ? `reviews/${uid}_${hospitalId}_${randomUUID()}` : newTalk();
        const thumbPath = `public/${path.toLowerCase()}/${randomUUID()}-thumb.webp`;
        await bucketOverHttp()
          .file(thumbPath)
          .save(await picture.webp().toBuffer(), { contentType: 'image/webp' });
        const make =
          type === 'reviews' ? reviewOf(uid, hospitalId, '사진 올려요') : talkOf(uid, '사진 올려요');
        await db().doc(path).set(make);
        const shown = [{ path: thumbPath, thumbPath }];
        const change = await changeOf(path, () =>
          db()
            .doc(path)
            .update(type === 'reviews' ? { photos: shown } : { images: shown }),
        );
        await judgeShownPictures(type, change);
        return { path, change };
      }

      it('of somebody else is held back as a review and looked at as a post; the first stays', async () => {
        const picture = () => sharp(drawing(7));
        const first = await pictured('reviews', newMember(), picture());
        const copy = await pictured('reviews', newMember(), picture().resize(180));
        const post = await pictured('FreeTalks', newMember(), picture());
        await judgeShownPictures('reviews', first.change);
        await judgeShownPictures('reviews', copy.change);
        expect(await get(first.path)).toMatchObject({ status: 'published' });
        expect(await queued(first.path)).toBeUndefined();
        expect(await get(copy.path)).toMatchObject({
          status: 'held',
          moderation: { reasons: ['COPIED_PICTURE'], message: expect.stringMatching(/사진.*이의/) },
        });
        expect(await get(post.path)).toMatchObject({ status: 'published' });
        expect(await queued(post.path)).toMatchObject({ reasons: ['COPIED_PICTURE'], hidden: false });
      });

      it('of one’s own may be shown again, but not for another hospital without a look', async () => {
        const [uid, picture] = [newMember(), sharp(drawing(41))];
        await pictured('reviews', uid, picture.clone(), 'h-one');
        const again = await pictured('reviews', uid, picture.clone(), 'h-one');
        const elsewhere = await pictured('reviews', uid, picture.clone(), 'h-other');
        expect(await queued(again.path)).toBeUndefined();
        expect(await queued(elsewhere.path)).toMatchObject({ reasons: ['REPEATED_PICTURE'], hidden: false });
        const kept = (await db().collection('pictureMarks').get()).docs.map((mark) =>
          JSON.stringify(mark.data()),
        );
        expect(kept.join()).not.toContain(uid);
      });
    });

    it('of a young account that praises one hospital only is looked at', async () => {
      const [uid, hospitalId] = [newMember(), `h-${randomUUID()}`];
      await auth().createUser({ uid });
      const at = Timestamp.fromMillis(Date.now() + 2 * day);
      const paths = ['2026-11-01', '2026-11-02', '2026-11-03'].map(
        (visit) => `reviews/${uid}_${hospitalId}_${visit}`,
      );
      for (const [n, path] of paths.entries())
        await judged(
          'reviews',
          path,
          reviewOf(uid, hospitalId, `${n}번째 방문도 좋았습니다`, { rating: 5, createdAt: at }),
        );
      expect(await queued(paths[1] ?? '')).toBeUndefined();
      expect(await queued(paths[2] ?? '')).toMatchObject({
        reasons: ['SINGLE_HOSPITAL_PRAISE'],
        hidden: false,
      });
    });
  });

  describe('reports', () => {
    const report = async (path: string, uid: string, reason?: string) => {
      const { id, data } = reportOf(path, uid, reason);
      const change = await written(`reports/${id}`, data);
      await reportWritten(change);
      return change;
    };

    it('by three people hold back; counted exactly, whatever comes twice', async () => {
      const path = newTalk();
      await db().doc(path).set(talkOf('a', '평범한 글'));
      const members = [newMember(), newMember(), newMember()];
      const events = [];
      for (const uid of members.slice(0, 2)) events.push(await report(path, uid));
      expect(await queued(path)).toMatchObject({ state: 'open', hidden: false, reportCount: 2 });
      events.push(await report(path, members[2] ?? ''));
      await Promise.all([...events, ...events].map((event) => reportWritten(event)));
      expect(await get(path)).toMatchObject({ status: 'held', moderation: { reasons: ['REPORTED'] } });
      expect(await queued(path)).toMatchObject({ reportCount: 3, hidden: true });
    });

    it('of people who were mostly wrong, or name no ground, hold nothing back', async () => {
      const path = newTalk();
      await db().doc(path).set(talkOf('a', '평범한 글'));
      for (const _ of [1, 2, 3, 4]) {
        const uid = newMember();
        await db().doc(`reporters/${uid}`).set({ upheld: 0, dismissed: 5, asOf: null });
        await report(path, uid);
        await report(path, newMember(), '기타');
      }
      expect(await get(path)).toMatchObject({ status: 'published' });
    });

    it('by the hospital are no ground, or looked at, and never count', async () => {
      const path = `reviews/${randomUUID()}`;
      await db()
        .doc(path)
        .set(reviewOf('a', 'h-mine', '불친절했습니다'));
      const staff = [newMember(), newMember(), newMember(), newMember()];
      for (const uid of staff)
        await db()
          .doc(`roles/${uid}`)
          .set({ holds: { role: 'hospitalStaff', hospitalIds: ['h-mine'] } });
      const displeased = await report(path, staff[0] ?? '', '허위');
      expect(await get(displeased.after.ref.path)).toMatchObject({
        dismissed: 1,
        answer: expect.stringContaining('임시조치'),
      });
      expect(await queued(path)).toBeUndefined();
      for (const uid of staff.slice(1)) await report(path, uid, '광고');
      expect(await get(path)).toMatchObject({ status: 'published' });
      expect(await queued(path)).toMatchObject({ hidden: false });
    });

    it('are answered by the decision, once, and make the reporter’s next one weigh differently', async () => {
      const path = newTalk();
      await db().doc(path).set(talkOf('a', '평범한 글'));
      const uid = newMember();
      const event = await report(path, uid);
      const decision = await changeOf(`moderationQueue/${path.replace('/', '-')}`, () =>
        carryOut('release', order(path)),
      );
      await Promise.all([queueWritten('d1', decision), queueWritten('d1', decision)]);
      const answered = await changeOf(event.after.ref.path, () => Promise.resolve());
      expect(answered.after.data()).toMatchObject({ upheld: 0, dismissed: 1, answer: expect.any(String) });
      await Promise.all([reportWritten(answered), reportWritten(answered)]);
      expect(await get(`reporters/${uid}`)).toMatchObject({ upheld: 0, dismissed: 1 });
    });
  });

  describe('a measure of 30 days', () => {
    const measured = async (now = Date.now()) => {
      const hospitalId = `h-${randomUUID()}`;
      const path = `reviews/u_${hospitalId}_2026-11-10`;
      const data = reviewOf('u', hospitalId, '설명이 부족했습니다');
      await db().doc(path).set(data);
      await db().doc(`Hospitals/${hospitalId}`).set({ name: '흐름의원', rating: emptyRating });
      const item = `moderationQueue/${path.replace('/', '-')}`;
      const change = await changeOf(item, () => carryOut('measure', order(path), now));
      await queueWritten('m', change);
      return { path, data, item, hospitalId, now };
    };
    const decided = async (item: string, path: string, decision: Decision) =>
      queueWritten(randomUUID(), await changeOf(item, () => carryOut(decision, order(path))));
    const takedowns = async (hospitalId: string) => {
      const { measures, upheld } = (await get(`Hospitals/${hospitalId}`))?.takedowns ?? {};
      return { measures, upheld };
    };

    it('hides, tells the author, counts for the hospital, and ends after 30 days: not a moment before', async () => {
      const { path, data, hospitalId, now } = await measured();
      expect(await get(path)).toMatchObject({ status: 'hidden', moderation: { state: 'measured' } });
      const notices = await db().collection('users/u/notifications').where('target', '==', path).get();
      expect(notices.docs.map((one) => one.get('body'))).toEqual([expect.stringContaining('제44조의2')]);
      expect(await takedowns(hospitalId)).toEqual({ measures: 1, upheld: 0 });
      await endMeasures(now + measureMs - 1);
      expect(await get(path)).toMatchObject({ status: 'hidden' });
      await Promise.all([endMeasures(now + measureMs), endMeasures(now + measureMs)]);
      expect(await get(path)).toEqual(data);
      expect(await takedowns(hospitalId)).toEqual({ measures: 1, upheld: 0 });
    });

    it('is not ended by the clock once it is decided', async () => {
      const { path, item, hospitalId, now } = await measured();
      await decided(item, path, 'remove');
      await endMeasures(now + 2 * measureMs);
      expect(await get(path)).toMatchObject({ status: 'hidden', moderation: { state: 'removed' } });
      expect(await takedowns(hospitalId)).toEqual({ measures: 1, upheld: 1 });
      await decided(item, path, 'release');
      expect(await takedowns(hospitalId)).toEqual({ measures: 1, upheld: 0 });
    });

    it('is not taken twice, nor brings back what its author has taken back', async () => {
      const { path, now } = await measured();
      await expect(carryOut('measure', order(path))).rejects.toMatchObject({ reason: 'MEASURE_RUNNING' });
      await db().doc(path).update({ status: 'deleted', text: '' });
      await endMeasures(now + measureMs);
      expect(await get(path)).toMatchObject({ status: 'deleted' });
    });
  });

  describe('an entry of the queue that was spoilt by hand', () => {
    it('keeps no other measure from its end, and nobody from deciding about its content', async () => {
      const paths = [newTalk(), newTalk()];
      const now = Date.now();
      for (const [index, path] of paths.entries()) {
        await db().doc(path).set(talkOf('u', '설명이 부족했습니다'));
        await carryOut('measure', order(path), now + index);
      }
      const [spoilt = '', other = ''] = paths;
      const told = jest.spyOn(log, 'error').mockImplementation(() => undefined);
      await db()
        .doc(`moderationQueue/${spoilt.replace('/', '-')}`)
        .update({ measures: '하나' });
      await endMeasures(now + measureMs + 1);
      expect(await get(other)).toMatchObject({ status: 'published' });
      expect(await get(spoilt)).toMatchObject({ status: 'hidden' });
      await carryOut('release', order(spoilt));
      expect(await get(spoilt)).toMatchObject({ status: 'published' });
      expect(await queued(spoilt)).toMatchObject({ state: 'released', measures: 0 });
      expect(told.mock.calls.map(([event]) => event)).toContain('moderation.measureNotEnded');
      told.mockRestore();
    });
  });

  it('an appeal is made once to each decision, by the author alone', async () => {
    const path = newTalk();
    await judged('FreeTalks', path, talkOf('author', '오픈 채팅방으로 오세요'));
    await expect(appeal(path, '왜요', 'other')).rejects.toMatchObject({ reason: 'CONTENT_NOT_FOUND' });
    await appeal(path, '광고가 아닙니다', 'author');
    await expect(appeal(path, '또', 'author')).rejects.toMatchObject({ reason: 'APPEAL_USED' });
    expect(await get(path)).toMatchObject({ moderation: { appealed: true } });
    await carryOut('remove', order(path));
    expect(await queued(path)).toMatchObject({ state: 'removed', appeal: null });
    await appeal(path, '다시 봐 주세요', 'author');
    expect(await queued(path)).toMatchObject({ state: 'open', appeal: { text: '다시 봐 주세요' } });
    await carryOut('release', order(path));
    await expect(appeal(path, '더', 'author')).rejects.toMatchObject({ reason: 'NOT_MODERATED' });
  });

  it('what was written anonymously is told to, and objected to by, whom its byline names', async () => {
    const path = newTalk();
    await db()
      .doc(`bylines/${path.replace('/', '-')}`)
      .set({ uid: 'masked' });
    await judged('FreeTalks', path, {
      ...talkOf('', '오픈 채팅방으로 오세요'),
      authorUid: null,
      anonymous: true,
    });
    expect(await get(path)).toMatchObject({ status: 'held', authorUid: null });
    const told = await db().collection('users/masked/notifications').where('target', '==', path).get();
    expect(told.size).toBe(1);
    await expect(appeal(path, '왜요', 'other')).rejects.toMatchObject({ reason: 'CONTENT_NOT_FOUND' });
    await appeal(path, '광고가 아닙니다', 'masked');
  });

  it('what was changed while it was held back is looked at before it is released', async () => {
    const path = newTalk();
    await judged('FreeTalks', path, talkOf('author', '오픈 채팅방으로 오세요'));
    await db().doc(path).update({ body: '텔레그램 아이디 abcd 문의' });
    await carryOut('release', order(path));
    expect(await get(path)).toMatchObject({ status: 'held' });
    expect(await queued(path)).toMatchObject({ decisionProblems: [expect.stringContaining('수정')] });
    await carryOut('release', order(path));
    expect(await get(path)).toMatchObject({ status: 'published' });
  });

  it('decisions typed in the console are carried out once, or explained', async () => {
    const path = newTalk();
    const data = talkOf('author', '평범한 글');
    await db().doc(path).set(data);
    const typed = `moderationQueue/${randomUUID()}`;
    await queueWritten('c0', await written(typed, { path, decision: '삭제' }));
    expect((await get(typed))?.decisionProblems).toEqual([expect.stringContaining('remove')]);
    await queueWritten('c1', await changeOf(typed, () => db().doc(typed).update({ decision: 'remove' })));
    expect((await get(typed))?.decisionProblems).toEqual([expect.stringContaining('decisionNote')]);
    const right = { decision: 'remove', decisionNote: '광고' };
    const change = await changeOf(typed, () => db().doc(typed).update(right));
    await Promise.all([queueWritten('c2', change), queueWritten('c2', change)]);
    expect(await get(path)).toMatchObject({ status: 'hidden', moderation: { state: 'removed' } });
    expect(await get(typed)).toBeUndefined();
    expect(await queued(path)).toMatchObject({ state: 'removed', decidedBy: 'console' });
    const entries = await db().collection('auditLog').where('target', '==', path).get();
    expect(entries.docs.map((entry) => entry.get('action'))).toEqual(['content.remove']);
    const item = `moderationQueue/${path.replace('/', '-')}`;
    await queueWritten(
      'c3',
      await changeOf(item, () => db().doc(item).update({ decision: 'release', decisionNote: '재검토' })),
    );
    expect(await get(path)).toEqual(data);
  });

  it('raising the same thing from many places at once ends in one entry', async () => {
    const path = newTalk();
    await db().doc(path).set(talkOf('author', '평범한 글'));
    const target = targetOf('FreeTalks', path.split('/')[1] ?? '', await get(path));
    const cause = { reasons: ['REPORTED'], message: '신고', hide: true };
    const done = await Promise.all([1, 2, 3, 4].map(() => raise(target, cause)));
    expect(done.filter((one) => one === 'held')).toHaveLength(1);
  });
});

describe('through the app', () => {
  const phones: Phone[] = [];
  afterAll(() => Promise.all(phones.map((phone) => phone.close())));
  const member = async (kakaoId: number) => {
    const phone = newPhone();
    phones.push(phone);
    const input = { accessToken: await knownToKakao(kakaoId), join: joining() };
    const { customToken, uid } = await phone.call<KakaoSignInOutput>('kakaoSignIn', input);
    await signInWithCustomToken(phone.auth, customToken);
    return { phone, uid };
  };

  it('who has blocked whom: neither sees the other, until it is over for both', async () => {
    const [one, two] = [await member(9460000001), await member(9460000002)];
    const path = newTalk();
    await db().doc(path).set(talkOf(two.uid, '평범한 글'));
    const sees = (phone: Phone) =>
      getDoc(doc(phone.firestore, path)).then(
        () => true,
        () => false,
      );
    expect(await sees(one.phone)).toBe(true);
    await one.phone.call('blockMember', { uid: two.uid });
    await one.phone.call('blockMember', { uid: two.uid });
    await two.phone.call('blockMember', { uid: one.uid });
    expect(await sees(one.phone)).toBe(false);
    expect((await getDoc(doc(two.phone.firestore, `users/${two.uid}/private/blocks`))).data()).toMatchObject({
      blocked: [one.uid],
      hidden: [one.uid],
    });
    await one.phone.call('unblockMember', { uid: two.uid });
    expect(await sees(one.phone)).toBe(false);
    await two.phone.call('unblockMember', { uid: one.uid });
    expect(await sees(one.phone)).toBe(true);
    for (const { uid } of [one, two])
      expect(await get(`users/${uid}/private/blocks`)).toMatchObject({ blocked: [], hidden: [] });
    expect((await refusal(one.phone, 'blockMember', { uid: one.uid })).reason).toBe('BLOCK_REFUSED');
    expect((await refusal(one.phone, 'blockMember', { uid: 'nobody' })).reason).toBe('USER_NOT_FOUND');
  });

  it('a post is held back by the trigger, its author sees why and objects, members may not decide', async () => {
    const { phone, uid } = await member(9460000003);
    const path = newTalk();
    await db()
      .doc(path)
      .set(talkOf(uid, '010-1234-5678로 연락 주세요', { createdAt: longAgo }));
    await eventually('it is held back', async () => (await get(path))?.status === 'held');
    expect((await getDoc(doc(phone.firestore, path))).get('moderation.message')).toMatch(/전화번호/);
    await phone.call('appealModeration', { path, text: '병원 대표번호입니다' });
    expect((await refusal(phone, 'appealModeration', { path, text: '또' })).reason).toBe('APPEAL_USED');
    expect((await refusal(phone, 'decideModeration', { path, decision: 'release', note: 'x' })).reason).toBe(
      'NOT_ALLOWED',
    );
    expect((await refusal(phone, 'imposeMeasure', { path, note: 'x' })).reason).toBe('NOT_ALLOWED');
  });

  it('a report of a member reaches the queue', async () => {
    const { phone, uid } = await member(9460000004);
    const path = newTalk();
    await db()
      .doc(path)
      .set(talkOf('somebody', '평범한 글', { createdAt: longAgo }));
    const { id, data } = reportOf(path, uid);
    await setDoc(doc(phone.firestore, `reports/${id}`), { ...data, createdAt: serverTimestamp() });
    await eventually('it is in the queue', async () => (await queued(path))?.reportCount === 1);
    expect(await get(path)).toMatchObject({ status: 'published' });
  });
});
