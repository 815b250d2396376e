/** The emulator with our rules, the documents the tests stand on, and one client per kind of person. */
import { readFileSync } from 'node:fs';
import {
  assertSucceeds,
  initializeTestEnvironment,
  type RulesTestEnvironment,
} from '@firebase/rules-unit-testing';
import { doc, type Firestore, setDoc, setLogLevel, Timestamp, writeBatch } from 'firebase/firestore';
import * as sample from './samples.ts';

function addressOf(variable: string): { host: string; port: number } {
  const address = process.env[variable];
  if (!address) throw new Error(`${variable} is not set: run these tests with \`npm run test:rules\``);
  const [host = '127.0.0.1', port = ''] = address.split(':');
  return { host, port: Number(port) };
}

/** `unverified` is the member of the same uid, signed in by an e-mail address that is not confirmed. */
export const actors = [
  'anonymous',
  'member',
  'unverified',
  'other',
  'suspended',
  'staff',
  'operator',
] as const;
export type Actor = (typeof actors)[number];

/** True when granted, false when refused by the rules; any other failure is thrown. */
export async function isGranted(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'permission-denied') return false;
    throw error;
  }
}

/** Which kinds of people an attempt is granted to. They try at the same time. */
export async function grantedTo(attempt: (actor: Actor) => Promise<unknown>): Promise<Actor[]> {
  const verdicts = await Promise.all(actors.map((actor) => isGranted(attempt(actor))));
  return actors.filter((_, index) => verdicts[index]);
}

export interface World {
  readonly env: RulesTestEnvironment;
  /** The Firestore of a person, as the app sees it. */
  as(actor: Actor): Firestore;
  /** Another phone of the same person: one client sends its writes one after another. */
  another(actor: Actor): Firestore;
  /** A person of one's own making: uid and claims of the token. */
  signedIn(uid: string, claims: Record<string, unknown>): Firestore;
  /** Writes past the rules. */
  put(path: string, data: Record<string, unknown>): Promise<void>;
  /** Expects a write to be granted, and remembers that the world has changed. */
  granted<T>(write: Promise<T>): Promise<T>;
  /** Lays the standing documents anew, if anything has been written since. */
  reset(): Promise<void>;
}

const past = Timestamp.fromDate(new Date('2026-11-01T00:00:00Z'));
/** Between the messages of `Chatting/joined`. */
export const joinedAt = Timestamp.fromDate(new Date('2026-11-10T00:00:00Z'));
const afterJoining = Timestamp.fromDate(new Date('2026-11-11T00:00:00Z'));
const future = Timestamp.fromDate(new Date('2099-01-01T00:00:00Z'));
const noSuspension = {
  suspendedUntil: null,
  reason: null,
  rolesEndedAt: null,
  by: 'operator-1',
  updatedAt: past,
};
const operatorRole = { role: 'operator', hospitalIds: [] };
const stamped = { createdAt: past, updatedAt: past };

function standing(): [string, Record<string, unknown>][] {
  const hospital = {
    name: sample.hospitalName,
    published: true,
    region: '서울',
    departments: ['08'],
    ...stamped,
  };
  const settle = (data: Record<string, unknown>) => ({ ...data, ...stamped });
  const user = { nickname: sample.nickname, photoPath: null, introduction: '', ...stamped };
  return [
    ...[sample.me, sample.other, sample.suspended].map((uid): [string, Record<string, unknown>] => [
      `users/${uid}`,
      user,
    ]),
    [`users/${sample.me}/private/account`, { provider: 'kakao', email: null, phone: null, ...stamped }],
    [`users/${sample.me}/consents/joined`, { decisions: [], channel: 'app', at: past }],
    [`standings/${sample.suspended}`, { ...noSuspension, reason: '광고', suspendedUntil: future }],
    [`standings/${sample.other}`, { ...noSuspension, reason: '지난 일', suspendedUntil: past }],
    ['standings/operator-ended', { ...noSuspension, rolesEndedAt: past }],
    [
      'roles/operator-1',
      { ...operatorRole, holds: operatorRole, email: 'o@doctorpitch.example', ...stamped },
    ],
    ['allowedOperators/o@doctorpitch.example', { addedBy: 'bootstrap', addedAt: past }],
    ['logins/kakao:1001', { uid: sample.me, suspendedUntil: null, withdrawing: false }],
    ['nicknames/민지', { uid: sample.me }],
    ['emailCodes/c1', { triesLeft: 5 }],
    ['usedNonces/n1', { purgeAt: past }],
    ['formerMembers/f1', { purgeOn: '2027-01-01' }],
    ['rateLimits/l1', { count: 1 }],
    ['withdrawals/w1', { state: 'DONE', uid: null }],
    ['withdrawals/w1/report/reviews-00001', { step: 'reviews', state: 'done', entries: [] }],
    ['retained/k1', { kind: 'payment', path: 'prepays/p9' }],
    ['webhookEvents/e1', { state: 'DONE', kakaoId: null }],
    ['Hospitals/h1', hospital],
    ['Hospitals/h2', { ...hospital, name: '다른의원' }],
    ['Hospitals/hidden', { ...hospital, published: false }],
    ['Hospitals/h1/private/registration', { businessNumber: '1208147521' }],
    ['Doctors/d1', { name: '김라온', hospitalId: 'h1', published: true }],
    ['Doctors/d2', { name: '이다른', hospitalId: 'h2', published: true }],
    ['Doctors/hidden', { name: '박숨은', hospitalId: 'h1', published: false }],
    ['Doctors/d1/private/licence', { licenceNumber: '123' }],
    [
      'Events/e1',
      { title: '쌍꺼풀', hospitalId: 'h1', priceAfter: 990000, region: '서울', published: true, ...stamped },
    ],
    ['Events/e2', { title: '다른', hospitalId: 'h2', priceAfter: 990000, published: true, ...stamped }],
    [
      'Events/running',
      { title: '한창', hospitalId: 'h1', region: '서울', published: true, vanishesAt: future, ...stamped },
    ],
    [
      'Events/over',
      { title: '지난', hospitalId: 'h1', region: '서울', published: true, vanishesAt: past, ...stamped },
    ],
    ['Events/hidden', { title: '준비중', hospitalId: 'h1', region: '서울', published: false, ...stamped }],
    ['reviews/r1', settle(sample.review(sample.other))],
    // Written an hour ago: still to be edited. The others were written long ago.
    ['reviews/mine', { ...settle(sample.review()), createdAt: Timestamp.fromMillis(Date.now() - 3_600_000) }],
    ['reviews/old', settle(sample.review())],
    ['reviews/others', settle(sample.review('kakao:1009'))],
    ['reviews/gone', settle({ ...sample.review(), ...sample.reviewTombstone() })],
    ['reviews/r1/followUps/d1', { ...sample.followUp(sample.other), createdAt: past }],
    ['reviews/held/followUps/d1', { ...sample.followUp(), createdAt: past }],
    ['reviews/old/helpful/kakao:1002', { uid: sample.other, at: past }],
    [`reviews/r1/helpful/${sample.staff}`, { uid: sample.staff, at: past }],
    ['reviews/r1/hospitalReply/reply', { hospitalId: 'h1', text: '감사합니다', versions: [] }],
    ['receipts/mine', { uid: sample.me, state: 'PENDING' }],
    ['receiptHashes/abc', { at: past }],
    ['ratingMeans/current', { Hospitals: 4.2 }],
    ['boardRounds/current', { next: {} }],
    ['reviews/held', settle({ ...sample.review(), status: 'held', moderation: { state: 'held' } })],
    ['FreeTalks/t1', settle(sample.talk(sample.other))],
    // Of somebody none of the actors is.
    ['FreeTalks/t3', settle(sample.talk('kakao:1009'))],
    ['TempReplies/third', settle(sample.reply('kakao:1009'))],
    ['FreeTalks/t2', settle(sample.talk(sample.other))],
    ['FreeTalks/mine', settle(sample.talk())],
    ['FreeTalks/hidden', settle({ ...sample.talk(), status: 'hidden' })],
    ['FreeTalks/anonymous', settle({ ...sample.talk(), authorUid: null, anonymous: true, imagePaths: [] })],
    [`FreeTalks/t1/likes/${sample.me}`, { uid: sample.me, createdAt: past }],
    [`TempReplies/top/likes/${sample.me}`, { uid: sample.me, createdAt: past }],
    [
      'bylines/FreeTalks-anonymous',
      { uid: sample.me, path: 'FreeTalks/anonymous', depth: 0, createdAt: past },
    ],
    ['anonymousThreads/t1', { people: [sample.me] }],
    [`users/${sample.me}/notifications/reply-top`, { kind: 'reply', readAt: null, createdAt: past }],
    ['TempReplies/top', settle(sample.reply(sample.other))],
    ['TempReplies/mine', settle(sample.reply())],
    ['TempReplies/answer', settle({ ...sample.reply(sample.other), parentId: 'mine' })],
    ['TempReplies/answer2', settle({ ...sample.reply(), parentId: 'mine' })],
    [
      'TempReplies/nobodys',
      settle({ ...sample.reply(sample.other), parentId: 'mine', authorUid: null, anonymous: true }),
    ],
    [
      `TempReplies/nested-answer`,
      settle({ ...sample.reply(sample.other), parentId: 'mine', replyTo: 'answer' }),
    ],
    ['TempReplies/nested', settle({ ...sample.reply(sample.other), replyTo: 'top' })],
    ['TempReplies/gone', settle({ ...sample.reply(), deleted: true, text: '' })],
    ['TempReplies/hidden', settle({ ...sample.reply(), hidden: true })],
    ['reviews/blockers', settle(sample.review(sample.blocker))],
    ['FreeTalks/blockers', settle(sample.talk(sample.blocker))],
    ['FreeTalks/t9', settle(sample.talk('kakao:9999'))],
    ['TempReplies/blockers', settle(sample.reply(sample.blocker))],
    [`blocks/${sample.blocker}~${sample.me}`, { uids: [sample.blocker, sample.me], by: [sample.blocker] }],
    [`users/${sample.me}/private/blocks`, { blocked: [], hidden: [sample.blocker], updatedAt: past }],
    ['moderationQueue/reviews-held', { path: 'reviews/held', state: 'open' }],
    [`reports/FreeTalks_t1_${sample.me}`, { ...sample.report(), targetId: 't1', createdAt: past }],
    [`reporters/${sample.me}`, { upheld: 1, dismissed: 0 }],
    ['search/Hospitals-h1', { kind: 'Hospitals' }],
    ['feeds/home', { events: [] }],
    ['feeds/events_서울_1', { cards: [] }],
    ['feeds/draft', { cards: [] }],
    ['fingerprints/f1', { count: 1, texts: '[]' }],
    ['pictureMarks/p1', { hash: '0123456789abcdef', bands: [] }],
    [`Chatting/${sample.roomId()}`, { ...sample.room(), staff: { [sample.staff]: sample.deskPerson } }],
    [`Chatting/${sample.roomId()}/messages/m1`, sample.message()],
    // Just said: still to be changed.
    [
      `Chatting/${sample.roomId()}/messages/fresh`,
      { ...sample.message(), sentAt: Timestamp.fromMillis(Date.now() - 60_000) },
    ],
    [`Chatting/${sample.roomId()}/messages/held`, { ...sample.message(), hidden: true }],
    [`Chatting/${sample.roomId()}/messages/answer`, sample.staffMessage()],
    ['Chatting/closed', { ...sample.room(), status: 'closed', closedBy: 'member' }],
    ['Chatting/others', { ...sample.room(sample.other), hospitalId: 'h2' }],
    ['Chatting/group', sample.groupRoom([sample.me, sample.other, sample.suspended])],
    ['Chatting/group/messages/theirs', sample.message(sample.other)],
    ['Chatting/pair', sample.groupRoom([sample.me, sample.blocker])],
    // `other` joined between the two messages.
    ['Chatting/joined', sample.groupRoom([sample.me, sample.other], { since: { [sample.other]: joinedAt } })],
    ['Chatting/joined/messages/early', sample.message()],
    ['Chatting/joined/messages/late', { ...sample.message(), sentAt: afterJoining }],
    ['desks/h1', { awayText: null, holidays: [], quickReplies: [], people: {}, updatedAt: past }],
    [`users/${sample.me}/private/push`, { muted: [], readUpTo: null, devices: {}, updatedAt: past }],
    ['pushes/reply-1', { state: 'SENT', uids: [sample.me] }],
    ['devices/d1', { uid: sample.me }],
    ['campaigns/autumn', { state: 'DONE' }],
    [`adConsents/${sample.me}`, { confirmAt: future }],
    [
      `Chatting/${sample.roomId()}/appointments/visit`,
      { memberUid: sample.me, hospitalId: 'h1', state: 'proposed', startsAt: future },
    ],
    [
      'prepays/p1/sessions/7',
      { ownerUid: sample.me, hospitalId: 'h1', step: 7, state: 'USED', shownAt: past },
    ],
    ['offers/e1', { hospitalId: 'h1', isOpen: true, options: [] }],
    ['offers/closed', { hospitalId: 'h1', isOpen: false, options: [] }],
    ['stocks/e1~three', { left: 3 }],
    ['orders/dp-1', { ownerUid: sample.me, hospitalId: 'h1', state: 'PAID', ...stamped }],
    ['orders/dp-1/private/payment', { secret: 'ps' }],
    ['paymentAttempts/dp-1~1', { orderId: 'dp-1', code: 'REJECT_CARD_COMPANY' }],
    ['reversals/dp-1~a', { orderId: 'dp-1', state: 'DUE' }],
    ['paymentAlerts/dp-1~STUCK', { orderId: 'dp-1', code: 'STUCK' }],
    ['tossHints/t1', { state: 'DONE' }],
    ['refundAccounts/dp-1', { ownerUid: sample.me, sealed: 'v1.x' }],
    ['gifts/g1', { fromUid: sample.me }],
    ['ledger/payment~o1', { kind: 'payment', of: 'o1', hospitalId: 'h1' }],
    ['ledgerDays/2026-12-01', { day: '2026-12-01', entries: 1 }],
    ['plans/basic', { name: '기본', price: 99000, isOpen: true }],
    ['subscriptions/h1', { phase: 'active' }],
    ['subscriptions/h2', { phase: 'active' }],
    ['subscriptions/h1/private/billing', { sealed: 'v1.x' }],
    ['refunds/p1~0', { voucherId: 'p1', hospitalId: 'h1', state: 'DUE' }],
    ['hospitalClosings/h1', { refunds: 0 }],
    ['settlements/h1~2026-11-30', { hospitalId: 'h1', week: '2026-11-30', state: 'due' }],
    ['settlements/h1~2026-11-30/pages/0001', { hospitalId: 'h1', lines: [] }],
    ['settlementHolds/v1~1', { hospitalId: 'h1', voucherId: 'v1', session: 1, state: 'held' }],
    ['hospitalDays/h1~2026-12-01', { hospitalId: 'h1', day: '2026-12-01' }],
    ['settlements/h2~2026-11-30', { hospitalId: 'h2', week: '2026-11-30', state: 'due' }],
    ['settlements/h2~2026-11-30/pages/0001', { hospitalId: 'h2', lines: [] }],
    ['settlementHolds/v2~1', { hospitalId: 'h2', voucherId: 'v2', session: 1, state: 'held' }],
    ['hospitalDays/h2~2026-12-01', { hospitalId: 'h2', day: '2026-12-01' }],
    ['settlementRounds/current', { week: '2026-11-30' }],
    ['salesDays/2026-12-01', { day: '2026-12-01', hospitals: 1 }],
    ['tossComparisons/2026-12-01', { day: '2026-12-01', total: 0 }],
    ['prepays/p1', { ownerUid: sample.me, hospitalId: 'h1', state: 'active', paid: 990000, ...stamped }],
    ['registrations/g1', { state: 'PENDING_REVIEW', decision: null, receivedAt: past }],
    ['inboundMails/i1', { state: 'READ' }],
    ['inboundKeys/message-1', { mailId: 'i1' }],
    ['mailSenders/d1', { nextAnswerAt: past }],
    ['claims/c1', { registrationIds: [] }],
    ['auditLog/a1', { action: 'registration.approve' }],
    ['identityKeys/hospital-1208147521', { path: 'Hospitals/h1' }],
    ['tickets/DP-20261121-0001', { registrationId: 'mail_1-1' }],
    ['outbox/o1', { state: 'SENT', to: 'minji@example.com' }],
  ];
}

const google = { email_verified: true, firebase: { sign_in_provider: 'google.com' } };
const people: Record<Exclude<Actor, 'anonymous'>, [uid: string, claims: Record<string, unknown>]> = {
  member: [sample.me, {}],
  other: [sample.other, {}],
  unverified: [sample.me, { email_verified: false, firebase: { sign_in_provider: 'password' } }],
  suspended: [sample.suspended, { role: 'operator', hospitalIds: ['h1'], ...google }],
  staff: [sample.staff, { role: 'hospitalStaff', hospitalIds: ['h1'], ...google }],
  operator: ['operator-1', { role: 'operator', ...google }],
};

/** Opens the world. Fails loudly when no emulator is up. */
export async function openWorld(projectId: string): Promise<World> {
  // A refusal is what most tests want to see; the SDK would warn of each.
  setLogLevel('silent');
  const env = await initializeTestEnvironment({
    projectId,
    firestore: { ...addressOf('FIRESTORE_EMULATOR_HOST'), rules: readFileSync('firestore.rules', 'utf8') },
  });
  const clients = new Map<Actor, Firestore>();
  const open = (actor: Actor): Firestore => {
    if (actor === 'anonymous') return env.unauthenticatedContext().firestore() as unknown as Firestore;
    const [uid, claims] = people[actor];
    return env.authenticatedContext(uid, claims).firestore() as unknown as Firestore;
  };
  let changed = true;
  const put = (path: string, data: Record<string, unknown>) => {
    changed = true;
    return env.withSecurityRulesDisabled(async (context) => {
      await setDoc(doc(context.firestore() as unknown as Firestore, path), data);
    });
  };
  return {
    env,
    put,
    another: open,
    signedIn: (uid, claims) => env.authenticatedContext(uid, claims).firestore() as unknown as Firestore,
    as(actor) {
      const client = clients.get(actor) ?? open(actor);
      clients.set(actor, client);
      return client;
    },
    granted(write) {
      changed = true;
      return assertSucceeds(write);
    },
    async reset() {
      if (!changed) return;
      changed = false;
      await env.clearFirestore();
      await env.withSecurityRulesDisabled(async (context) => {
        const firestore = context.firestore() as unknown as Firestore;
        const batch = writeBatch(firestore);
        for (const [path, data] of standing()) batch.set(doc(firestore, path), replaceStamps(data));
        await batch.commit();
      });
    },
  };
}

function replaceStamps(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, value === sample.now ? past : value]),
  );
}
