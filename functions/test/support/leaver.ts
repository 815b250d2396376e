/** Somebody who has left something in every collection, and looking for what is left of them afterwards. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { emailCodeOf } from '../../src/accounts/emailCodes.ts';
import { nicknameKey } from '../../src/accounts/nicknames.ts';
import { emptyRoom } from '../../src/chat/schema.ts';
import { emptyRating } from '../../src/directory/schema.ts';
import { pairOf } from '../../src/moderation/blocks.ts';
import type { OutboxMail } from '../../src/outbox/schema.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { tallyOf } from '../../src/reviews/reviews.ts';
import { newReviewFields } from '../../src/reviews/schema.ts';
import { control, env, joining, knownToKakao, type Phone } from './app.ts';

export const other = 'kakao:9300000900';
const hospitalId = 'h-leave';
const hospitalName = '떠나는의원';

export interface Person {
  readonly kakaoId: number;
  readonly uid: string;
  readonly token: string;
  readonly nickname: string;
  readonly email: string;
  readonly phone: string;
}

/** Somebody Kakao knows, with an address and a number of their own. */
export async function newPerson(kakaoId: number): Promise<Person> {
  const last = String(kakaoId).slice(-4);
  const [nickname, email] = [`떠날사람${last}`, `leaver${last}@mail.example`];
  const token = await knownToKakao(kakaoId, {
    profile: { nickname },
    ...{ email, is_email_valid: true, is_email_verified: true },
    phone_number: `+82 10-9300-${last}`,
  });
  return { kakaoId, uid: `kakao:${kakaoId}`, token, nickname, email, phone: `+82109300${last}` };
}

export async function joinUp(
  phone: Phone,
  { token }: Person,
): Promise<{ customToken: string; isNewMember: boolean }> {
  return phone.call('kakaoSignIn', { accessToken: token, join: joining('adPush', 'sensitiveHealth') });
}

const bucket = () => `${env('GCLOUD_PROJECT')}.appspot.com`;
const storage = (path: string) => `http://${env('FIREBASE_STORAGE_EMULATOR_HOST')}${path}`;

async function upload(path: string): Promise<void> {
  const url = storage(`/upload/storage/v1/b/${bucket()}/o?uploadType=media&name=${encodeURIComponent(path)}`);
  const headers = { 'content-type': 'image/jpeg', authorization: 'Bearer owner' };
  const response = await fetch(url, { method: 'POST', headers, body: 'picture' });
  if (!response.ok) throw new Error(`upload of ${path}: ${response.status}`);
}

const listing = z.object({
  items: z.array(z.object({ name: z.string() })).optional(),
  nextPageToken: z.string().optional(),
});

export async function allFiles(): Promise<string[]> {
  const names: string[] = [];
  let token: string | undefined = '';
  while (token !== undefined) {
    const url = storage(`/storage/v1/b/${bucket()}/o?maxResults=500&pageToken=${encodeURIComponent(token)}`);
    const page = listing.parse(await (await fetch(url)).json());
    names.push(...(page.items ?? []).map(({ name }) => name));
    token = page.nextPageToken;
  }
  return names;
}

const at = (day: string) => Timestamp.fromDate(new Date(`${day}T03:00:00Z`));
const written = at('2026-11-10');
const counters = { replyCount: 0, replyCountAsOf: null, createdAt: written, updatedAt: written };

const liked = { likeCount: 0, likeCountAsOf: null };

const proven = { rating: 4, evidence: 'receipt', paidPrice: null, advertisedPrice: null } as const;
const review = (by: Person, day: string, photoPaths: string[]) => ({
  ...{
    authorUid: by.uid,
    authorNickname: by.nickname,
    hospitalId,
    hospitalName,
    visitDate: day,
    doctorId: null,
  },
  ...{ ...newReviewFields, ...proven, tally: tallyOf(proven), eventId: null, consulted: false },
  ...{ aspects: {}, text: '상담부터 수술까지 친절했어요.', sideEffects: '', treatments: [] },
  ...{ photoPaths, beforeAfterPaths: [], beforeAfterPublic: false, ...counters },
});
const talk = (by: Person, change: Record<string, unknown> = {}) => ({
  ...{
    authorUid: by.uid,
    authorNickname: by.nickname,
    category: 'question',
    title: '붓기',
    body: '언제 빠지나요?',
  },
  ...{
    imagePaths: [`freetalks/${by.uid}/1.jpg`],
    status: 'published',
    pinned: false,
    viewCount: 0,
  },
  ...{ anonymous: false, images: [], acceptedReplyId: null, hotScore: 0 },
  ...{ ...liked, ...counters, ...change },
});
const reply = (authorUid: string, authorNickname: string, place: Record<string, unknown>) => ({
  ...{ authorUid, authorNickname, parentType: 'FreeTalks', replyTo: null, text: '저도요', deleted: false },
  ...{ anonymous: false, parentAuthorUid: other, answeredUid: null, mentions: [] },
  ...{ hidden: false, ...liked, ...counters, ...place },
});
const unnamed = { authorUid: null, authorNickname: '익명', anonymous: true, imagePaths: [] };
const byline = ({ uid }: Person, path: string, depth: number) => ({
  ...{ uid, path, depth, imagePaths: depth === 0 ? [`freetalks/${uid}/1.jpg`] : [], createdAt: written },
});
const report = (targetType: string, targetId: string, reporterUid: string) => ({
  ...{ targetType, targetId, reporterUid, reason: '광고', text: '', upheld: 0, dismissed: 0, answer: null },
  createdAt: written,
});
/** Whole, as the functions read it: one that throws on it holds its locks in the emulator for a minute. */
const queued = (type: string, who: Record<string, unknown>) => ({
  ...{ type, hospitalId, digest: 'd', reasons: [], message: '확인', state: 'open', hidden: false },
  ...{ measureEndsAt: null, measures: 0, removed: 0, reportCount: 0, reportsAsOf: null, appeal: null },
  ...{ decision: null, decisionNote: null, decisionProblems: [], decidedBy: null, openedAt: written },
  ...{ decidedAt: null, updatedAt: written, ...who },
});
const room = (
  kind: 'consult' | 'group',
  owner: string,
  memberUids: string[],
  change: Record<string, unknown> = {},
) => ({
  ...{ ...emptyRoom, kind, hospitalId: kind === 'consult' ? hospitalId : null },
  ...{ hospitalName: kind === 'consult' ? hospitalName : null, title: '방', memberUids },
  ...{ peopleUids: memberUids, names: Object.fromEntries(memberUids.map((uid) => [uid, '이름'])) },
  ...{ createdBy: owner, lastMessageAt: written, createdAt: written, ...change },
});
const message = (senderUid: string, senderName: string, change: Record<string, unknown> = {}) => ({
  ...{ senderUid, senderName, senderRole: 'member', senderTitle: '', aboutUid: null, kind: 'text' },
  ...{ text: '안녕하세요', uploadPath: null, fileName: null, place: null, nth: 1, deleted: false },
  ...{ hidden: false, attachment: null, editedAt: null, sentAt: written, ...change },
});
const picture = (roomId: string, uid: string) => ({
  ...{ kind: 'image', text: '', uploadPath: `chats/${roomId}/${uid}/1.jpg` },
  // Made already: no task looks for the upload.
  attachment: { state: 'ready', path: 'chatMedia/…', thumbPath: null, size: 7 },
});
const asStaff = { senderRole: 'staff', senderTitle: '상담실장' };
const line = (aboutUid: string, text: string) =>
  message('', '', { senderUid: null, senderRole: 'server', kind: 'system', nth: 0, text, aboutUid });

const sentLetter = ({ uid, email, nickname }: Person): OutboxMail => ({
  ...{ kind: 'kakaoLinked', uid, to: email, subject: `${nickname}님께`, text: '', html: null, headers: {} },
  ...{ state: 'SENT', attempts: 1, leaseUntil: null, nextAttemptAt: null, failure: null, messageId: '<1@x>' },
  ...{ createdAt: written, updatedAt: written, sentAt: written, purgeAt: written },
});

type Documents = Record<string, Record<string, unknown>>;

/** What is deleted, kept under another name or moved, by what the report must say of it. */
function leftBehind(person: Person) {
  const { uid, nickname } = person;
  const key = String(person.kakaoId);
  const group = `group-${key.slice(-4)}`;
  const consult = `${uid}_${hospitalId}`;
  const desk = `${other}_desk-${key.slice(-4)}`;
  const own: Documents = {
    [`reviews/${uid}_${hospitalId}_2026-11-01`]: review(person, '2026-11-01', [`reviews/${uid}/1.jpg`]),
    [`reviews/${uid}_${hospitalId}_2026-11-02`]: review(person, '2026-11-02', []),
    [`reviews/${uid}_${hospitalId}_2026-11-01/followUps/d7`]: {
      authorUid: uid,
      text: '경과',
      createdAt: written,
    },
    [`reviews/${uid}_${hospitalId}_2026-11-01/helpful/${other}`]: { uid: other, at: written },
    [`reviews/${uid}_${hospitalId}_2026-11-01/hospitalReply/reply`]: { hospitalId, text: '감사합니다' },
    [`reviews/others-${key.slice(-4)}/helpful/${uid}`]: { uid, at: written },
    [`receipts/${uid}_${hospitalId}_2026-11-01`]: { uid, path: `receipts/${uid}/1.jpg`, state: 'ACCEPTED' },
    [`FreeTalks/answered-${key.slice(-4)}`]: talk(person),
    [`bylines/FreeTalks-unnamed-${key.slice(-4)}`]: byline(person, `FreeTalks/unnamed-${key.slice(-4)}`, 0),
    [`FreeTalks/unnamed-${key.slice(-4)}`]: talk(person, unnamed),
    [`bylines/FreeTalks-alone-${key.slice(-4)}`]: byline(person, `FreeTalks/alone-${key.slice(-4)}`, 0),
    [`FreeTalks/alone-${key.slice(-4)}`]: talk(person, unnamed),
    [`bylines/TempReplies-unnamed-${key.slice(-4)}`]: byline(
      person,
      `TempReplies/unnamed-${key.slice(-4)}`,
      1,
    ),
    [`TempReplies/unnamed-${key.slice(-4)}`]: reply(uid, nickname, {
      ...unnamed,
      parentId: `alone-${key.slice(-4)}`,
    }),
    [`anonymousThreads/strange-${key.slice(-4)}`]: { people: [other, uid] },
    // As the triggers would make them; most of these tests are without.
    [`users/${uid}/notifications/reply-below-${key.slice(-4)}`]: { kind: 'reply', title: nickname },
    [`users/${uid}/notifications/reply-told-${key.slice(-4)}`]: { kind: 'reply', title: nickname },
    [`FreeTalks/lonely-${key.slice(-4)}`]: talk(person),
    [`FreeTalks/back-${key.slice(-4)}`]: talk(person, { status: 'deleted', body: '지운 이야기' }),
    [`TempReplies/top-${key.slice(-4)}`]: reply(uid, nickname, { parentId: `strange-${key.slice(-4)}` }),
    [`TempReplies/lonely-${key.slice(-4)}`]: reply(uid, nickname, { parentId: `strange-${key.slice(-4)}` }),
    [`TempReplies/nested-${key.slice(-4)}`]: reply(uid, nickname, {
      parentId: `strange-${key.slice(-4)}`,
      replyTo: `strange-${key.slice(-4)}`,
    }),
    [`TempReplies/stone-${key.slice(-4)}`]: reply(uid, nickname, {
      parentId: `strange-${key.slice(-4)}`,
      deleted: true,
      text: '',
    }),
    [`FreeTalks/strange-${key.slice(-4)}/likes/${uid}`]: { uid, createdAt: written },
    [`TempReplies/a1-${key.slice(-4)}/likes/${uid}`]: { uid, createdAt: written },
    [`users/${uid}/private/likes`]: { talks: [`strange-${key.slice(-4)}`], updatedAt: written },
    [`Chatting/${consult}`]: room('consult', uid, [uid]),
    [`Chatting/${consult}/messages/m1`]: message(uid, nickname),
    [`Chatting/${consult}/messages/m2`]: message('staff-9', '김실장', asStaff),
    [`Chatting/${consult}/messages/m3`]: message(uid, nickname, picture(consult, uid)),
    [`Chatting/${group}`]: room('group', uid, [uid, other], {
      ...{ sent: { [uid]: 2, [other]: 1 }, count: 3, since: { [uid]: written } },
      lastMessage: { id: 'm2', text: '사진', kind: 'image', senderUid: uid, sentAt: written, asOf: written },
    }),
    [`Chatting/${consult}/appointments/visit-01`]: { memberUid: uid, hospitalId, remindAt: null },
    [`Chatting/${group}/messages/m1`]: message(uid, nickname),
    [`Chatting/${group}/messages/m2`]: message(uid, nickname, picture(group, uid)),
    [`Chatting/${group}/messages/joined`]: line(uid, `${nickname}님이 들어왔습니다.`),
    // Groups that know the person and have nothing of theirs but the place.
    [`Chatting/invited-${key.slice(-4)}`]: room('group', other, [other], {
      ...{ invitedUids: [uid], peopleUids: [other, uid] },
    }),
    [`Chatting/${desk}`]: room('consult', other, [other], {
      ...{ staff: { [uid]: { name: '박실장', title: '상담실장', role: 'staff' } }, assignedTo: uid },
      ...{ sent: { [uid]: 1 }, peopleUids: [other, uid] },
    }),
    [`Chatting/${desk}/messages/answer`]: message(uid, '박실장', asStaff),
    [`Chatting/${desk}/messages/taken`]: line(uid, '박실장 상담실장님이 상담에 참여했습니다.'),
    [`users/${uid}/private/inbox`]: {
      ...{ rooms: { [group]: { sent: 2, seen: 1 } }, roomId: group, messageId: 'm2', inWindow: 1 },
      ...{ windowAt: written, updatedAt: written },
    },
    [`moderationQueue/messages-${consult}~m2`]: queued('messages', {
      ...{ path: `Chatting/${consult}/messages/m2`, authorUid: 'staff-9', excerpt: nickname },
    }),
    [`reports/messages_${consult}~m2_${other}`]: report('messages', `${consult}~m2`, other),
    [`prepays/used-${key.slice(-4)}`]: {
      ownerUid: uid,
      paid: 990_000,
      state: 'used',
      updatedAt: at('2026-02-28'),
    },
    [`prepays/new-${key.slice(-4)}`]: {
      ownerUid: uid,
      paid: 10_000,
      state: 'active',
      updatedAt: at('2026-11-10'),
    },
    [`prepays/used-${key.slice(-4)}/sessions/7`]: {
      ...{ ownerUid: uid, state: 'USED', updatedAt: at('2026-02-28') },
    },
    [`orders/dp-paid-${key.slice(-4)}`]: { ownerUid: uid, state: 'PAID', updatedAt: at('2026-02-28') },
    [`orders/dp-open-${key.slice(-4)}`]: { ownerUid: uid, ownerLeft: false, state: 'CONFIRMING' },
    [`refundAccounts/dp-paid-${key.slice(-4)}`]: { ownerUid: uid, sealed: 'v1.x' },
    [`gifts/given-${key.slice(-4)}`]: { fromUid: uid, voucherId: 'v', takenBy: null },
    [`outbox/letter-${key.slice(-4)}`]: sentLetter(person),
    [`moderationQueue/reviews-${uid}_${hospitalId}_2026-11-01`]: queued('reviews', {
      ...{ path: `reviews/${uid}_${hospitalId}_2026-11-01`, authorUid: uid, excerpt: nickname },
    }),
    [`reports/FreeTalks_nowhere_${uid}`]: report('FreeTalks', 'nowhere', uid),
    [`reports/reviews_${uid}_${hospitalId}_2026-11-01_${other}`]: report(
      'reviews',
      `${uid}_${hospitalId}_2026-11-01`,
      other,
    ),
    [`reporters/${uid}`]: { upheld: 1, dismissed: 0, asOf: null },
    [`blocks/${pairOf(uid, other)}`]: { uids: [uid, other].sort(), by: [uid], createdAt: written },
    [`users/${uid}/private/blocks`]: { blocked: [other], hidden: [other], updatedAt: written },
    // What joining with a consent to advertising makes by itself.
    [`adConsents/${uid}`]: { agreedAt: written, confirmAt: at('2028-11-10') },
    [`users/${uid}/notifications/consent-joined`]: {
      ...{ kind: 'consent', title: '처리 결과', body: '', target: `users/${uid}/private/account` },
      ...{ createdAt: written, readAt: null, purgeAt: at('2027-02-10') },
    },
    [`users/${uid}/private/push`]: { muted: [], readUpTo: null, updatedAt: null },
    [`devices/phone-${key.slice(-4)}`]: { uid },
    [`pushes/${uid}~reply-1`]: push([uid]),
    [`pushes/consult-${key.slice(-4)}`]: { ...push(['staff-9']), target: `Chatting/${consult}` },
    [`pushes/room-${key.slice(-4)}`]: push([other, uid]),
    [`users/${uid}/devices/d1`]: { pushToken: `token-of-${uid}` },
    [`users/${uid}/saved/s1/notes/n1`]: { text: nickname },
    [emailCodeOf('verifyEmail', uid).path]: { email: person.email },
    [emailCodeOf('linkEmail', uid).path]: { email: person.email },
  };
  const followed: Documents = {
    [`TempReplies/below-${key.slice(-4)}`]: reply(other, '남는사람', {
      parentType: 'reviews',
      parentId: `${uid}_${hospitalId}_2026-11-01`,
      parentAuthorUid: uid,
    }),
    [`TempReplies/told-${key.slice(-4)}`]: reply(other, '남는사람', {
      parentId: `strange-${key.slice(-4)}`,
      parentAuthorUid: uid,
      answeredUid: uid,
      mentions: [other, uid],
    }),
  };
  const others: Documents = {
    [`TempReplies/a1-${key.slice(-4)}`]: reply(other, '남는사람', { parentId: `answered-${key.slice(-4)}` }),
    [`TempReplies/a5-${key.slice(-4)}`]: reply(other, '남는사람', { parentId: `unnamed-${key.slice(-4)}` }),
    [`TempReplies/a2-${key.slice(-4)}`]: reply(other, '남는사람', { parentId: `back-${key.slice(-4)}` }),
    [`TempReplies/a3-${key.slice(-4)}`]: reply(other, '남는사람', {
      parentId: `strange-${key.slice(-4)}`,
      replyTo: `top-${key.slice(-4)}`,
    }),
    [`TempReplies/a4-${key.slice(-4)}`]: reply(other, '남는사람', {
      parentId: `strange-${key.slice(-4)}`,
      replyTo: `stone-${key.slice(-4)}`,
    }),
    [`users/${other}/private/blocks`]: { blocked: [], hidden: [uid], updatedAt: written },
    [`Chatting/${group}/messages/o1`]: message(other, '남는사람', {
      ...{ ...picture(group, other), sentAt: at('2026-11-09') },
    }),
  };
  const files = [
    ...[`profiles/${uid}/me.jpg`, `reviews/${uid}/1.jpg`, `freetalks/${uid}/1.jpg`],
    ...[`public/freetalks/answered-${key.slice(-4)}/1-full.webp`],
    ...[`public/freetalks/unnamed-${key.slice(-4)}/1-full.webp`],
    ...[`receipts/${uid}/1.jpg`, `public/reviews/${uid}_${hospitalId}_2026-10-01/ab-full.webp`],
    ...[`chats/${consult}/${uid}/1.jpg`, `chatMedia/${consult}/m3/full.webp`],
    ...[`chats/${group}/${uid}/never-sent.jpg`, `chatMedia/${group}/m2/full.webp`],
  ];
  return { own, followed, others, files, group };
}

const push = (uids: readonly string[]) => ({
  ...{ kind: 'chat', title: '새 메시지', body: '', target: 'Chatting/r', collapse: null, advertising: false },
  ...{
    dataOnly: false,
    uids,
    waiting: [],
    settled: [],
    state: 'SENT',
    attempts: 1,
    dueAt: null,
    failure: null,
  },
  ...{ tally: { sent: 1, dead: 0, refused: 0, unwanted: 0 }, createdAt: written, updatedAt: written },
  purgeAt: at('2027-02-10'),
});

/** Lets a member leave traces everywhere. */
export async function settle(person: Person): Promise<void> {
  const { own, followed, others, files, group } = leftBehind(person);
  const hospital = { name: hospitalName, published: true, rating: emptyRating, updatedAt: Timestamp.now() };
  const batch = db().batch();
  const all: Documents = { ...own, ...followed, ...others, [`Hospitals/${hospitalId}`]: hospital };
  for (const [path, data] of Object.entries(all)) batch.set(db().doc(path), data);
  await batch.commit();
  await Promise.all([...files, `chatMedia/${group}/o1/full.webp`].map(upload));
}

/** Every path a withdrawal of a settled member must report, each once. */
export function expectedReport(person: Person): string[] {
  const { own, followed, files } = leftBehind(person);
  const account = [
    `users/${person.uid}`,
    `users/${person.uid}/private/account`,
    `users/${person.uid}/consents/joined`,
  ];
  const paths = [...Object.keys({ ...own, ...followed }), ...files, ...account];
  const masked = paths.map((path) =>
    path.replaceAll(person.uid, '{uid}').replaceAll(String(person.kakaoId), '{kakaoId}'),
  );
  return [...masked, 'nicknames/{nickname}', 'logins/{uid}', 'Auth/{uid}', 'Kakao/{kakaoId}'].sort();
}

/** Names of all collections a settled and joined member is in. */
export function collectionsOf(person: Person): Set<string> {
  const { own } = leftBehind(person);
  const names = Object.keys(own).map((path) => path.split('/').at(-2) ?? '');
  return new Set([...names, 'users', 'private', 'consents', 'logins', 'nicknames']);
}

export interface Hit {
  readonly path: string;
  readonly needle: string;
}

const answerSchema = z.array(
  z.object({
    document: z.object({ name: z.string(), fields: z.unknown().optional() }).optional(),
  }),
);

/** Path and content of every document of every collection, known or not, at any depth: one query over all of them. */
async function everyDocument(): Promise<[path: string, content: string][]> {
  const root = `projects/${env('GCLOUD_PROJECT')}/databases/(default)/documents`;
  const response = await fetch(`http://${env('FIRESTORE_EMULATOR_HOST')}/v1/${root}:runQuery`, {
    method: 'POST',
    headers: { authorization: 'Bearer owner', 'content-type': 'application/json' },
    body: JSON.stringify({ structuredQuery: { from: [{ allDescendants: true }] } }),
  });
  return answerSchema
    .parse(await response.json())
    .flatMap(({ document }) =>
      document ? [[document.name.slice(root.length + 1), JSON.stringify(document.fields ?? {})]] : [],
    );
}

/** Where in Firestore and Storage anything that names the person still is: ids, texts, file names. */
export async function traces(person: Person): Promise<Hit[]> {
  const needles = [
    String(person.kakaoId),
    person.email,
    person.phone,
    person.nickname,
    nicknameKey(person.nickname),
  ];
  const hits: Hit[] = [];
  const note = (path: string, content: string) => {
    for (const needle of needles) if (`${path}\n${content}`.includes(needle)) hits.push({ path, needle });
  };
  for (const [path, content] of await everyDocument()) note(path, content);
  for (const file of await allFiles()) note(file, '');
  return hits;
}

export interface Worked {
  readonly killed: boolean;
  readonly value?: unknown;
  readonly error?: unknown;
}

const workedSchema = z.object({ value: z.unknown().optional(), error: z.unknown().optional() });

/** Lets a process of its own do some of the server’s work (worker.ts). */
export function work(command: string, order: Record<string, unknown> = {}): Promise<Worked> {
  const project = env('GCLOUD_PROJECT');
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(__dirname, 'worker.ts'), command, JSON.stringify(order)],
    {
      env: {
        ...process.env,
        FUNCTIONS_EMULATOR: 'true',
        FIREBASE_CONFIG: JSON.stringify({ projectId: project, storageBucket: bucket() }),
        IDENTITY_SECRET: 'local-identity-secret',
        KAKAO_ADMIN_KEY: 'local-kakao-admin-key',
        KAKAO_API_BASE: env('STANDIN_KAKAO_URL'),
        KAKAO_AUTH_BASE: env('STANDIN_KAKAO_URL'),
        FCM_API_BASE: env('STANDIN_FCM_URL'),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      const result = said.split('\nRESULT ').at(1);
      if (signal === 'SIGKILL') resolve({ killed: true });
      else if (result === undefined) reject(new Error(`worker ${command} said: ${said}`));
      else resolve({ killed: false, ...workedSchema.parse(JSON.parse(result)) });
    });
  });
}

export const kakaoFault = (path: string) =>
  control('STANDIN_KAKAO_URL', 'fault', { match: { path }, kind: 'html502' });
export const endKakaoFaults = () =>
  fetch(`${env('STANDIN_KAKAO_URL')}/__control/faults`, { method: 'DELETE' });
