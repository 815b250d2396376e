/** The board as members use it: under the rules, through callables, and what the triggers make of it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { addDoc, collection, getDocs, limit, query, serverTimestamp, where } from 'firebase/firestore';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import sharp from 'sharp';
import { onReplyWritten } from '../../src/community/edge.ts';
import { auth, db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import {
  eventually,
  joinedLongAgo,
  knownToKakao,
  newPhone,
  type Phone,
  refusal,
  signInWithGoogle,
  signInWithKakao,
} from '../support/app.ts';
import { bucketOverHttp, storedBelow } from '../support/bucket.ts';

interface Member {
  readonly phone: Phone;
  readonly uid: string;
  readonly nickname: string;
}

const phones: Phone[] = [];
let nextId = 9_270_000_000;
async function member(): Promise<Member> {
  const phone = newPhone();
  phones.push(phone);
  nextId += 1;
  await joinedLongAgo(nextId);
  const uid = await signInWithKakao(phone, await knownToKakao(nextId));
  return { phone, uid, nickname: (await db().doc(`users/${uid}`).get()).get('nickname') };
}
let [anna, bora, cho]: Member[] = [];
const people = (): [Member, Member, Member] => {
  if (!anna || !bora || !cho) throw new Error('nobody is there yet');
  return [anna, bora, cho];
};
beforeAll(async () => {
  jest.spyOn(log, 'info').mockImplementation(() => undefined);
  [anna, bora, cho] = [await member(), await member(), await member()];
}, 60_000);
afterAll(() => Promise.all(phones.map((phone) => phone.close())));

const newId = () => randomBytes(15).toString('base64url').replace(/[-_]/g, 'x').slice(0, 20);
const uncounted = { likeCount: 0, likeCountAsOf: null, replyCount: 0, replyCountAsOf: null };
const stamps = () => ({ createdAt: serverTimestamp(), updatedAt: serverTimestamp() });
const content = { category: 'question', title: '쌍수 3주차', body: '붓기가 언제 빠지나요?', imagePaths: [] };

async function post({ phone, uid, nickname }: Member, change: Record<string, unknown> = {}): Promise<string> {
  const talk = {
    ...{ authorUid: uid, authorNickname: nickname, anonymous: false, ...content, images: [] },
    ...{ status: 'published', pinned: false, acceptedReplyId: null, viewCount: 0, hotScore: 0 },
    ...{ ...uncounted, ...stamps(), ...change },
  };
  return (await addDoc(collection(phone.firestore, 'FreeTalks'), talk)).id;
}

async function reply(by: Member, talkId: string, change: Record<string, unknown> = {}): Promise<string> {
  const parentAuthorUid = (await db().doc(`FreeTalks/${talkId}`).get()).get('authorUid');
  const written = {
    ...{ authorUid: by.uid, authorNickname: by.nickname, anonymous: false, parentType: 'FreeTalks' },
    ...{ parentId: talkId, replyTo: null, parentAuthorUid, answeredUid: null, mentions: [], text: '저도요' },
    ...{ deleted: false, hidden: false, ...uncounted, ...stamps(), ...change },
  };
  return (await addDoc(collection(by.phone.firestore, 'TempReplies'), written)).id;
}

const news = async ({ uid }: Member) =>
  (await db().collection(`users/${uid}/notifications`).get()).docs.map((one) => ({
    id: one.id,
    ...one.data(),
  }));
const newsOf = async (who: Member, replyId: string) =>
  (await news(who)).filter(({ id }) => id === `reply-${replyId}`);
const told = (who: Member, replyId: string, kind: string) =>
  eventually(`${who.uid} hears of ${replyId}`, async () => {
    const [one] = await newsOf(who, replyId);
    return one && 'kind' in one && one.kind === kind && one;
  });
const talkOf = async (talkId: string) => (await db().doc(`FreeTalks/${talkId}`).get()).data() ?? {};
const replyOf = async (replyId: string) => (await db().doc(`TempReplies/${replyId}`).get()).data() ?? {};

describe('a reply', () => {
  it('is told to the author of the post, and of the reply it answers, once each', async () => {
    const [author, first, second] = people();
    const talkId = await post(author);
    const top = await reply(first, talkId);
    await told(author, top, 'reply');
    const answer = await reply(second, talkId, {
      replyTo: top,
      answeredUid: first.uid,
      mentions: [first.uid],
    });
    expect(await told(author, answer, 'reply')).toMatchObject({
      ...{ title: '새 댓글', target: `TempReplies/${answer}`, readAt: null },
    });
    await told(first, answer, 'reply');
    const [before, after] = [db().doc(`TempReplies/none-${answer}`), db().doc(`TempReplies/${answer}`)];
    const event = { data: { before: await before.get(), after: await after.get() } };
    // Only these are read by the handler; the rest of a CloudEvent is not needed to deliver it.
    type Event = FirestoreEvent<Change<DocumentSnapshot>>;
    await Promise.all([1, 2, 3].map(() => onReplyWritten(event as unknown as Event)));
    expect(await newsOf(first, answer)).toHaveLength(1);
    expect(await newsOf(author, answer)).toHaveLength(1);
    expect(await newsOf(second, answer)).toEqual([]);
  });

  it('is told to whom it mentions, when they have written in the thread; to nobody of their own', async () => {
    const [author, first, second] = people();
    const talkId = await post(author);
    await reply(first, talkId);
    const calling = await reply(author, talkId, { mentions: [first.uid, second.uid, author.uid] });
    await told(first, calling, 'mention');
    expect(await newsOf(second, calling)).toEqual([]);
    expect(await newsOf(author, calling)).toEqual([]);
  });

  it('that is taken back or edited tells nothing more, and the member reads and marks what was told', async () => {
    const [author, first] = people();
    const talkId = await post(author);
    const top = await reply(first, talkId);
    await told(author, top, 'reply');
    await db().doc(`TempReplies/${top}`).update({ text: '', deleted: true });
    await eventually('the count follows', async () => (await talkOf(talkId)).replyCount === 0);
    expect(await newsOf(author, top)).toHaveLength(1);
    const own = collection(author.phone.firestore, `users/${author.uid}/notifications`);
    expect((await getDocs(query(own, limit(20)))).size).toBeGreaterThan(0);
  });
});

describe('writing anonymously', () => {
  const write = (by: Member, input: Record<string, unknown>) =>
    by.phone.call<{ path: string }>('writeAnonymously', input);
  const writePost = async (by: Member, change: Record<string, unknown> = {}) => {
    const id = newId();
    await write(by, { id, post: { ...content, ...change } });
    return id;
  };
  const writeReply = async (by: Member, talkId: string, change: Record<string, unknown> = {}) => {
    const id = newId();
    await write(by, { id, reply: { talkId, replyTo: null, text: '저도요', mentions: [], ...change } });
    return id;
  };
  const edited = { replyId: 'any', text: '고친 댓글' };
  const nameOf = async (replyId: string) => (await replyOf(replyId)).authorNickname;

  it('gives numbers that stay within a thread, and 글쓴이 to who wrote the post', async () => {
    const [author, first, second] = people();
    const talkId = await writePost(author);
    const names: string[] = [];
    for (const by of [first, second, first, author, second]) {
      names.push(await nameOf(await writeReply(by, talkId)));
    }
    expect(names).toEqual(['익명 1', '익명 2', '익명 1', '글쓴이', '익명 2']);
    const other = await writePost(second);
    expect(await nameOf(await writeReply(author, other))).toBe('익명 1');
    expect(await talkOf(talkId)).toMatchObject({ authorUid: null, authorNickname: '익명', anonymous: true });
  });

  it('does not make who wrote by name 글쓴이 of their own post: that would say who it is', async () => {
    const [author] = people();
    expect(await nameOf(await writeReply(author, await post(author)))).toBe('익명 1');
  });

  it('gives each of many at once a number of their own', async () => {
    const [author, ...others] = people();
    const talkId = await post(author);
    const replies = await Promise.all(
      [...others, ...others, ...others].map(async (by) => [by.uid, await writeReply(by, talkId)] as const),
    );
    const names = await Promise.all(replies.map(async ([uid, id]) => `${uid} ${await nameOf(id)}`));
    expect(new Set(names).size).toBe(2);
  });

  it('leaves nothing of the person where others look', async () => {
    const [author, first, second] = people();
    const path = `freetalks/${author.uid}/secret.jpg`;
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#963' } })
      .jpeg()
      .toBuffer();
    await bucketOverHttp().file(path).save(bytes, { contentType: 'image/jpeg' });
    const talkId = await writePost(author, { imagePaths: [path] });
    await eventually('the picture is there', async () => (await talkOf(talkId)).images?.length === 1);
    const replyId = await writeReply(first, talkId);
    const below = collection(second.phone.firestore, 'TempReplies');
    const visible = [where('hidden', '==', false), where('parentId', '==', talkId), limit(50)];
    const seen = await getDocs(query(below, ...visible));
    const all = JSON.stringify([await talkOf(talkId), ...seen.docs.map((one) => [one.id, one.data()])]);
    for (const { uid, nickname } of [author, first]) {
      expect(all).not.toContain(uid);
      expect(all).not.toContain(uid.replace('kakao:', ''));
      expect(all).not.toContain(nickname);
    }
    const bylines = collection(second.phone.firestore, 'bylines');
    const stolen = getDocs(query(bylines, where('uid', '==', author.uid), limit(5)));
    await expect(stolen).rejects.toMatchObject({ code: 'permission-denied' });
    const own = collection(first.phone.firestore, 'bylines');
    const mine = await getDocs(query(own, where('uid', '==', first.uid), limit(50)));
    expect(mine.docs.map((one) => one.get('path'))).toContain(`TempReplies/${replyId}`);
  });

  it('tells the author, and nobody of what they write themselves', async () => {
    const [author, first] = people();
    const talkId = await writePost(author);
    const top = await writeReply(first, talkId);
    await told(author, top, 'reply');
    const answer = await writeReply(author, talkId, { replyTo: top });
    await told(first, answer, 'reply');
    expect(await newsOf(author, answer)).toEqual([]);
    const byName = await reply(author, talkId);
    await eventually('all are counted', async () => (await talkOf(talkId)).replyCount === 3);
    expect(await newsOf(author, byName)).toEqual([]);
  });

  it('is done once, however often the call comes; another’s id is nobody’s business', async () => {
    const [author, first] = people();
    const input = { id: newId(), post: content };
    await Promise.all([write(author, input), write(author, input), write(author, input)]);
    expect((await refusal(first.phone, 'writeAnonymously', input)).reason).toBe('WRITING_NOT_FOUND');
    const answer = { id: newId(), reply: { talkId: input.id, replyTo: null, text: '한 번', mentions: [] } };
    await write(first, answer);
    await write(first, answer);
    await eventually('one is counted', async () => (await talkOf(input.id)).replyCount === 1);
  });

  it('is refused below what is not to be seen, and with pictures of others', async () => {
    const [author, first] = people();
    const hidden = await writePost(author);
    await db().doc(`FreeTalks/${hidden}`).update({ status: 'hidden' });
    const refused = async (by: Member, input: Record<string, unknown>) =>
      (await refusal(by.phone, 'writeAnonymously', { id: newId(), ...input })).reason;
    const answer = { replyTo: null, text: '저도요', mentions: [] };
    expect(await refused(first, { reply: { ...answer, talkId: hidden } })).toBe('WRITING_NOT_FOUND');
    expect(await refused(first, { reply: { ...answer, talkId: 'absent' } })).toBe('WRITING_NOT_FOUND');
    const talkId = await writePost(author);
    const elsewhere = await writeReply(first, await writePost(author));
    expect(await refused(first, { reply: { ...answer, talkId, replyTo: elsewhere } })).toBe(
      'WRITING_NOT_FOUND',
    );
    const stolen = { ...content, imagePaths: [`freetalks/${author.uid}/secret.jpg`] };
    expect(await refused(first, { post: stolen })).toBe('INVALID_INPUT');
  });

  it('is refused to accounts without a profile, and to who is suspended', async () => {
    const google = newPhone();
    phones.push(google);
    await signInWithGoogle(google, `${randomUUID()}@board.example`);
    const input = { id: newId(), post: content };
    expect((await refusal(google, 'writeAnonymously', input)).reason).toBe('NOT_ALLOWED');
    const troubled = await member();
    await db()
      .doc(`standings/${troubled.uid}`)
      .set({
        ...{ suspendedUntil: Timestamp.fromMillis(Date.now() + 600_000), reason: '광고', by: 'operator-1' },
        ...{ rolesEndedAt: null, updatedAt: Timestamp.now() },
      });
    for (const name of ['writeAnonymously', 'editAnonymously'])
      expect((await refusal(troubled.phone, name, name === 'writeAnonymously' ? input : edited)).reason).toBe(
        'SUSPENDED',
      );
  });

  it('keeps apart who has blocked whom: by name they do not meet, and nobody is told of the other', async () => {
    const [author, first] = people();
    const pair = db().doc(`blocks/${[author.uid, first.uid].sort().join('~')}`);
    const named = await post(author);
    const unnamed = await writePost(author);
    await reply(first, unnamed);
    await pair.set({ uids: [author.uid, first.uid].sort(), by: [author.uid], createdAt: Timestamp.now() });
    try {
      const input = { id: newId(), reply: { talkId: named, replyTo: null, text: '저도요', mentions: [] } };
      expect((await refusal(first.phone, 'writeAnonymously', input)).reason).toBe('WRITING_NOT_FOUND');
      const replyId = await writeReply(first, unnamed);
      await eventually('it is counted', async () => (await talkOf(unnamed)).replyCount === 2);
      expect(await newsOf(author, replyId)).toEqual([]);
      const calling = await reply(author, unnamed, { mentions: [first.uid] });
      await eventually('they are counted', async () => (await talkOf(unnamed)).replyCount === 3);
      expect(await newsOf(first, calling)).toEqual([]);
    } finally {
      await pair.delete();
    }
  });

  it('is changed and taken back by its author alone', async () => {
    const [author, first] = people();
    const talkId = await writePost(author);
    const replyId = await writeReply(author, talkId);
    const edit = (by: Member, input: Record<string, unknown>) => by.phone.call('editAnonymously', input);
    const change = { talkId, post: { ...content, title: '고친 제목', status: 'published' } };
    await edit(author, change);
    expect(await talkOf(talkId)).toMatchObject({ title: '고친 제목', authorUid: null, imagePaths: [] });
    for (const input of [change, { replyId, text: '남의 말' }, { replyId, deleted: true }])
      expect((await refusal(first.phone, 'editAnonymously', input)).reason).toBe('WRITING_NOT_FOUND');
    await edit(author, { replyId, text: '고친 댓글' });
    await edit(author, { replyId, deleted: true });
    expect(await replyOf(replyId)).toMatchObject({ text: '', deleted: true });
    expect((await refusal(author.phone, 'editAnonymously', { replyId, text: '부활' })).reason).toBe(
      'WRITING_NOT_FOUND',
    );
    await edit(author, { talkId, post: { ...content, status: 'deleted' } });
    expect((await talkOf(talkId)).status).toBe('deleted');
    await db().doc(`FreeTalks/${talkId}`).update({ status: 'hidden' });
    expect((await refusal(author.phone, 'editAnonymously', change)).reason).toBe('WRITING_NOT_FOUND');
  });

  it('keeps no answer from being accepted, but the author’s own', async () => {
    const [author, first] = people();
    const talkId = await writePost(author);
    const [own, answer] = [await writeReply(author, talkId), await writeReply(first, talkId)];
    const refused = async (by: Member, replyId: string) =>
      (await refusal(by.phone, 'acceptAnswer', { talkId, replyId })).reason;
    expect(await refused(author, own)).toBe('ANSWER_REFUSED');
    expect(await refused(author, 'absent')).toBe('ANSWER_REFUSED');
    expect(await refused(first, answer)).toBe('WRITING_NOT_FOUND');
    await author.phone.call('acceptAnswer', { talkId, replyId: answer });
    expect((await talkOf(talkId)).acceptedReplyId).toBe(answer);
    await author.phone.call('acceptAnswer', { talkId, replyId: null });
    expect((await talkOf(talkId)).acceptedReplyId).toBeNull();
  });
});

describe('pictures of a post', () => {
  it('are shown without what the camera wrote, follow edits, and go when the post is taken back', async () => {
    const [author] = people();
    const picture = (background: string) =>
      sharp({ create: { width: 60, height: 40, channels: 3, background } })
        .withExif({ IFD0: { Artist: '찍은사람' }, IFD3: { GPSLatitude: '37/1 29/1 0/1' } })
        .jpeg()
        .toBuffer();
    const folder = `freetalks/${author.uid}`;
    const [one, two] = [`${folder}/${randomUUID()}.jpg`, `${folder}/${randomUUID()}.jpg`];
    await bucketOverHttp()
      .file(one)
      .save(await picture('#c96'), { contentType: 'image/jpeg' });
    await bucketOverHttp()
      .file(two)
      .save(await picture('#69c'), { contentType: 'image/jpeg' });
    const talkId = await post(author, { imagePaths: [one] });
    const images = (count: number, other = '') =>
      eventually(`${count} pictures`, async () => {
        const { images: shown } = await talkOf(talkId);
        return shown.length === count && shown[0]?.path !== other && { shown };
      });
    const { shown } = await images(1);
    const [bytes] = await bucketOverHttp().file(shown[0].path).download();
    const { format, exif, width } = await sharp(bytes).metadata();
    expect({ format, exif, width }).toEqual({ format: 'webp', exif: undefined, width: 60 });
    await db()
      .doc(`FreeTalks/${talkId}`)
      .update({ imagePaths: [two], updatedAt: Timestamp.now() });
    await images(1, shown[0].path);
    const files = () => storedBelow(`public/freetalks/${talkId}/`);
    await eventually('only the new picture is left', async () => (await files()).length === 2);
    await db().doc(`FreeTalks/${talkId}`).update({ status: 'deleted', updatedAt: Timestamp.now() });
    await images(0);
    await eventually('nothing is left', async () => (await files()).length === 0);
    await db().doc(`FreeTalks/${talkId}`).update({ status: 'published', updatedAt: Timestamp.now() });
    await images(1);
    await db().doc(`FreeTalks/${talkId}/likes/somebody`).set({ uid: 'somebody', createdAt: Timestamp.now() });
    await db().doc(`FreeTalks/${talkId}`).delete();
    await eventually('nothing is left below it', async () => {
      const likes = await db().collection(`FreeTalks/${talkId}/likes`).get();
      return likes.empty && (await files()).length === 0;
    });
  });
});

describe('the rest of the board', () => {
  it('counts views, about, without a read', async () => {
    const [author, first, second] = people();
    const talkId = await post(author);
    const stranger = newPhone();
    phones.push(stranger);
    for (const phone of [first.phone, first.phone, second.phone, stranger])
      expect(await phone.call('countViews', { talkIds: [talkId, 'absent'] })).toEqual({ noted: true });
    const seen = await eventually('a view is shown', async () => (await talkOf(talkId)).viewCount);
    expect(seen).toBeLessThanOrEqual(3);
  });

  it('keeps notices on top that operators put there', async () => {
    const [author] = people();
    const talkId = await post(author);
    const phone = newPhone();
    phones.push(phone);
    const email = `${randomUUID()}@board.example`;
    const uid = await signInWithGoogle(phone, email);
    await auth().setCustomUserClaims(uid, { role: 'operator' });
    await signInWithGoogle(phone, email);
    await phone.auth.currentUser?.getIdToken(true);
    const pin = { talkId, pinned: true, reason: '공지' };
    expect((await refusal(author.phone, 'pinTalk', pin)).reason).toBe('NOT_ALLOWED');
    expect((await refusal(phone, 'pinTalk', { ...pin, talkId: 'absent' })).reason).toBe('WRITING_NOT_FOUND');
    await phone.call('pinTalk', pin);
    await phone.call('pinTalk', pin);
    const talks = collection(author.phone.firestore, 'FreeTalks');
    const onTop = [where('status', '==', 'published'), where('pinned', '==', true), limit(50)];
    expect((await getDocs(query(talks, ...onTop))).docs.map(({ id }) => id)).toContain(talkId);
    const entries = await db().collection('auditLog').where('target', '==', `FreeTalks/${talkId}`).get();
    expect(entries.docs.map((entry) => entry.get('action'))).toEqual(['talk.pin']);
  });
});
