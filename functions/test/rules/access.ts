/** Who may read what: every collection × get and list × every kind of person. */
import {
  collection,
  doc,
  getDoc,
  getDocs,
  limit,
  type QueryConstraint,
  query,
  where,
} from 'firebase/firestore';
import { type Actor, actors, grantedTo, type World } from '../support/rulesWorld.ts';
import { blocker, me, roomId } from '../support/samples.ts';

type Row = readonly [path: string, allowed: readonly Actor[]];
const everybody = actors;
const signedIn: readonly Actor[] = ['member', 'unverified', 'other', 'suspended', 'staff', 'operator'];
const inGoodStanding = signedIn.filter((actor) => actor !== 'suspended');
const nobody: readonly Actor[] = [];
const unblocked = everybody.filter((actor) => actor !== 'member' && actor !== 'unverified');

const gets: readonly Row[] = [
  [`users/${me}`, inGoodStanding],
  [`users/${me}/private/account`, ['member', 'unverified', 'operator']],
  [`users/${me}/consents/joined`, ['member', 'unverified', 'operator']],
  ['standings/kakao:1003', ['operator']],
  ['roles/operator-1', ['operator']],
  ['allowedOperators/o@doctorpitch.example', ['operator']],
  ['Hospitals/h1', everybody],
  ['Hospitals/hidden', ['operator']],
  ['Hospitals/absent', everybody],
  ['Hospitals/h1/private/registration', ['operator']],
  ['Doctors/d1', everybody],
  ['Doctors/hidden', ['operator']],
  ['Doctors/absent', everybody],
  ['Doctors/d1/private/licence', ['operator']],
  ['Events/e1', everybody],
  ['Events/running', everybody],
  ['Events/over', ['operator']],
  ['Events/hidden', ['operator']],
  ['Events/absent', everybody],
  ['reviews/r1', everybody],
  ['reviews/held', ['member', 'unverified', 'operator']],
  ['reviews/absent', everybody],
  ['reviews/gone', ['member', 'unverified', 'operator']],
  ['reviews/r1/followUps/d1', everybody],
  ['reviews/held/followUps/d1', ['member', 'unverified', 'operator']],
  ['reviews/old/helpful/kakao:1002', ['other', 'operator']],
  ['reviews/r1/hospitalReply/reply', ['staff', 'operator']],
  ['receipts/mine', ['member', 'unverified', 'operator']],
  ['receipts/absent', signedIn],
  ['receiptHashes/abc', nobody],
  ['ratingMeans/current', nobody],
  ['boardRounds/current', nobody],
  ['FreeTalks/t1', everybody],
  ['FreeTalks/hidden', ['member', 'unverified', 'operator']],
  ['FreeTalks/absent', everybody],
  ['FreeTalks/anonymous', everybody],
  [`FreeTalks/t1/likes/${me}`, ['member', 'unverified', 'operator']],
  [`TempReplies/top/likes/${me}`, ['member', 'unverified', 'operator']],
  [`users/${me}/private/likes`, ['member', 'unverified', 'operator']],
  ['bylines/FreeTalks-anonymous', ['member', 'unverified', 'operator']],
  ['bylines/FreeTalks-absent', ['operator']],
  ['anonymousThreads/t1', nobody],
  [`users/${me}/notifications/reply-top`, ['member', 'unverified']],
  ['TempReplies/top', everybody],
  ['TempReplies/hidden', ['member', 'unverified', 'operator']],
  ['reviews/blockers', unblocked],
  ['FreeTalks/blockers', unblocked],
  ['TempReplies/blockers', unblocked],
  [`users/${me}/private/blocks`, ['member', 'unverified', 'operator']],
  [`blocks/${blocker}~${me}`, nobody],
  ['moderationQueue/reviews-held', ['operator']],
  [`reports/FreeTalks_t1_${me}`, ['member', 'unverified', 'operator']],
  ['reports/absent', signedIn],
  [`reporters/${me}`, nobody],
  ['fingerprints/f1', nobody],
  ['pictureMarks/p1', nobody],
  ['search/Hospitals-h1', nobody],
  ['TempReplies/absent', everybody],
  [`Chatting/${roomId()}`, ['member', 'unverified', 'staff', 'operator']],
  ['Chatting/others', ['other', 'operator']],
  ['Chatting/group', ['member', 'unverified', 'other', 'operator']],
  ['Chatting/absent', signedIn],
  [`Chatting/${roomId()}/messages/m1`, ['member', 'unverified', 'staff', 'operator']],
  [`Chatting/${roomId()}/members/${me}`, ['member', 'unverified', 'staff', 'operator']],
  ['prepays/p1', ['member', 'unverified', 'staff', 'operator']],
  ['prepays/absent', signedIn],
  ['ledger/payment~o1', ['operator']],
  ['ledgerDays/2026-12-01', ['operator']],
  ['registrations/g1', ['operator']],
  ['inboundMails/i1', ['operator']],
  ['auditLog/a1', ['operator']],
  ['inboundKeys/message-1', nobody],
  ['mailSenders/d1', nobody],
  ['claims/c1', nobody],
  ['identityKeys/hospital-1208147521', nobody],
  ['tickets/DP-20261121-0001', nobody],
  ['logins/kakao:1001', nobody],
  ['nicknames/민지', nobody],
  ['emailCodes/c1', nobody],
  ['usedNonces/n1', nobody],
  ['formerMembers/f1', nobody],
  ['rateLimits/l1', nobody],
  ['withdrawals/w1', ['operator']],
  ['withdrawals/w1/report/reviews-00001', ['operator']],
  ['retained/k1', nobody],
  ['webhookEvents/e1', nobody],
  ['outbox/o1', nobody],
  ['anything/else', nobody],
];

type ListRow = readonly [
  name: string,
  path: string,
  filters: readonly QueryConstraint[],
  allowed: readonly Actor[],
];
const published = where('published', '==', true);
const visible = where('status', '==', 'published');

const lists: readonly ListRow[] = [
  ['profiles', 'users', [], ['operator']],
  ['consents of a member', `users/${me}/consents`, [], ['member', 'unverified', 'operator']],
  ['standings', 'standings', [], ['operator']],
  ['roles', 'roles', [], ['operator']],
  ['allowed operators', 'allowedOperators', [], ['operator']],
  ['published hospitals', 'Hospitals', [published], everybody],
  ['all hospitals', 'Hospitals', [], ['operator']],
  ['published doctors', 'Doctors', [published], everybody],
  ['all doctors', 'Doctors', [], ['operator']],
  ['published events', 'Events', [published], everybody],
  ['all events', 'Events', [], ['operator']],
  ['published reviews', 'reviews', [visible], everybody],
  ['all reviews', 'reviews', [], ['operator']],
  ["a member's own reviews", 'reviews', [where('authorUid', '==', me)], ['member', 'unverified', 'operator']],
  ['follow-ups of a published review', 'reviews/r1/followUps', [], everybody],
  ['follow-ups of a held review', 'reviews/held/followUps', [], ['member', 'unverified', 'operator']],
  ['votes for a review', 'reviews/old/helpful', [], nobody],
  ['receipts', 'receipts', [], ['operator']],
  ['digests of receipts', 'receiptHashes', [], nobody],
  ['published posts', 'FreeTalks', [visible], everybody],
  ["a member's own posts", 'FreeTalks', [where('authorUid', '==', me)], ['member', 'unverified', 'operator']],
  ['all posts', 'FreeTalks', [], ['operator']],
  ['replies not hidden', 'TempReplies', [where('hidden', '==', false)], everybody],
  ['all replies', 'TempReplies', [], ['operator']],
  ['reports', 'reports', [], ['operator']],
  ['the queue', 'moderationQueue', [], ['operator']],
  ['reporters', 'reporters', [], nobody],
  ['blocks', 'blocks', [], nobody],
  ['fingerprints', 'fingerprints', [], nobody],
  ['pictureMarks', 'pictureMarks', [], nobody],
  ['the index of the search', 'search', [], nobody],
  ['own bylines', 'bylines', [where('uid', '==', me)], ['member', 'unverified', 'operator']],
  ['all bylines', 'bylines', [], ['operator']],
  ['numbers below a post', 'anonymousThreads', [], nobody],
  ["a member's notifications", `users/${me}/notifications`, [], ['member', 'unverified']],
  ['who likes a post', 'FreeTalks/t1/likes', [], nobody],
  ['who likes a reply', 'TempReplies/top/likes', [], nobody],
  ["a member's private documents", `users/${me}/private`, [], nobody],
  ["a member's rooms", 'Chatting', [where('memberUids', 'array-contains', me)], ['member', 'unverified']],
  [
    'rooms of a hospital',
    'Chatting',
    [where('hospitalId', '==', 'h1'), where('kind', '==', 'consult')],
    ['staff'],
  ],
  ['messages of a room', `Chatting/${roomId()}/messages`, [], ['member', 'unverified', 'staff', 'operator']],
  ['members of a room', `Chatting/${roomId()}/members`, [], ['member', 'unverified', 'staff', 'operator']],
  ["a member's vouchers", 'prepays', [where('ownerUid', '==', me)], ['member', 'unverified', 'operator']],
  ['vouchers of a hospital', 'prepays', [where('hospitalId', '==', 'h1')], ['staff', 'operator']],
  ['entries of the books', 'ledger', [], ['operator']],
  ['entries of one hospital', 'ledger', [where('hospitalId', '==', 'h1')], ['operator']],
  ['days of the books', 'ledgerDays', [], ['operator']],
  ['registrations', 'registrations', [], ['operator']],
  ['mails', 'inboundMails', [], ['operator']],
  ['audit entries', 'auditLog', [], ['operator']],
  ['identity keys', 'identityKeys', [], nobody],
  ['tickets', 'tickets', [], nobody],
  ['logins', 'logins', [], nobody],
  ['nicknames', 'nicknames', [], nobody],
  ['codes', 'emailCodes', [], nobody],
  ['former members', 'formerMembers', [], nobody],
  ['withdrawals', 'withdrawals', [], ['operator']],
  ['reports of withdrawals', 'withdrawals/w1/report', [], ['operator']],
  ['the locked store', 'retained', [], nobody],
  ['events of webhooks', 'webhookEvents', [], nobody],
  ['mails to be sent', 'outbox', [], nobody],
];

export function describeReading(world: () => World): void {
  describe('one document', () => {
    it.each(gets)('%s is read by %j', async (path, allowed) => {
      expect(await grantedTo((actor) => getDoc(doc(world().as(actor), path)))).toEqual(allowed);
    });
  });

  describe('lists', () => {
    const page = (
      actor: Actor,
      path: string,
      filters: readonly QueryConstraint[],
      ...size: QueryConstraint[]
    ) => getDocs(query(collection(world().as(actor), path), ...filters, ...size));

    it.each(lists)('%s (%s)', async (_name, path, filters, allowed) => {
      expect(await grantedTo((actor) => page(actor, path, filters, limit(50)))).toEqual(allowed);
    });
    it.each(lists)('%s (%s): nobody without a limit or with more than 50', async (_name, path, filters) => {
      expect(await grantedTo((actor) => page(actor, path, filters))).toEqual([]);
      expect(await grantedTo((actor) => page(actor, path, filters, limit(51)))).toEqual([]);
    });
  });
}
