/** Who may write what: creating, editing and deleting by every kind of person, and every trap we know. */
import { assertFails } from '@firebase/rules-unit-testing';
import {
  deleteDoc,
  deleteField,
  doc,
  getDoc,
  increment,
  serverTimestamp,
  setDoc,
  Timestamp,
  updateDoc,
} from 'firebase/firestore';
import { daysAfter } from '../../src/kernel/days.ts';
import { type Actor, actors, grantedTo, isGranted, type World } from '../support/rulesWorld.ts';
import * as sample from '../support/samples.ts';
import { me, other, roomId, toFirestore } from '../support/samples.ts';

const uidOf: Record<Actor, string> = {
  anonymous: me,
  member: me,
  unverified: me,
  other,
  suspended: sample.suspended,
  staff: sample.staff,
  operator: 'operator-1',
};

const creations = [
  {
    what: 'a review',
    path: (uid: string) => `reviews/${sample.reviewId(uid)}`,
    make: sample.review,
    may: ['member', 'other'],
  },
  {
    what: 'a vote',
    path: (uid: string) => `reviews/others/helpful/${uid}`,
    make: sample.helpful,
    may: ['member', 'other'],
  },
  { what: 'a post', path: () => 'FreeTalks/new', make: sample.talk, may: ['member', 'other'] },
  { what: 'a reply', path: () => 'TempReplies/new', make: sample.reply, may: ['member', 'other'] },
  {
    what: 'a report',
    path: (uid: string) => `reports/${sample.reportId(uid)}`,
    make: sample.report,
    may: ['member', 'other', 'staff', 'operator'],
  },
  {
    what: 'a like of a post',
    path: (uid: string) => `FreeTalks/t3/likes/${uid}`,
    make: sample.like,
    may: ['member', 'other'],
  },
  {
    what: 'a like of a reply',
    path: (uid: string) => `TempReplies/third/likes/${uid}`,
    make: sample.like,
    may: ['member', 'other'],
  },
] as const;

const edits = [
  { what: 'a profile', path: `users/${me}`, make: sample.profileEdit },
  { what: 'a review', path: 'reviews/mine', make: sample.reviewEdit },
  { what: 'which pictures of a review are shown', path: 'reviews/old', make: sample.reviewPicturesEdit },
  { what: 'a review that is taken back', path: 'reviews/old', make: sample.reviewTombstone },
  { what: 'a post', path: 'FreeTalks/mine', make: sample.talkEdit },
  { what: 'a reply', path: 'TempReplies/mine', make: sample.replyEdit },
  {
    what: 'a notification',
    path: `users/${me}/notifications/reply-top`,
    make: () => ({ readAt: sample.now }),
  },
  { what: 'a message', path: `Chatting/${roomId()}/messages/fresh`, make: sample.messageEdit },
  { what: 'switches of pushes', path: `users/${me}/private/push`, make: sample.pushSettings },
  {
    what: 'a message that is taken back',
    path: `Chatting/${roomId()}/messages/m1`,
    make: sample.messageTombstone,
  },
];

const closed = [
  'users/new',
  `users/${me}/private/account`,
  `users/${me}/consents/joined`,
  'standings/kakao:1003',
  `standings/${me}`,
  'roles/operator-1',
  `roles/${me}`,
  'allowedOperators/o@doctorpitch.example',
  'logins/kakao:1001',
  'nicknames/민지',
  'nicknames/새별명',
  'emailCodes/c1',
  'usedNonces/n1',
  'formerMembers/f1',
  'rateLimits/l1',
  'withdrawals/w1',
  'withdrawals/w1/report/reviews-00001',
  'retained/k1',
  'webhookEvents/e1',
  'Hospitals/h1',
  'Hospitals/h1/private/registration',
  'Doctors/d1',
  'Doctors/d1/private/licence',
  'Events/e1',
  'reviews/r1/hospitalReply/reply',
  'receipts/mine',
  'receiptHashes/abc',
  'ratingMeans/current',
  'boardRounds/current',
  'prepays/p1',
  'prepays/p1/sessions/7',
  'offers/e1',
  'stocks/e1~three',
  'orders/dp-1',
  'orders/dp-1/private/payment',
  'paymentAttempts/dp-1~1',
  'reversals/dp-1~a',
  'paymentAlerts/dp-1~STUCK',
  'tossHints/t1',
  'refundAccounts/dp-1',
  'gifts/g1',
  'visits/v1',
  'ledger/payment~o1',
  'ledger/payment~o2',
  'ledgerDays/2026-12-01',
  'refunds/p1~0',
  'plans/basic',
  'subscriptions/h1',
  'subscriptions/h1/private/billing',
  'hospitalClosings/h1',
  'settlements/h1~2026-11-30',
  'settlements/h1~2026-11-30/pages/0001',
  'settlementRounds/current',
  'settlementHolds/v1~1',
  'hospitalDays/h1~2026-12-01',
  'salesDays/2026-12-01',
  'tossComparisons/2026-12-01',
  'registrations/g1',
  'inboundMails/i1',
  'inboundKeys/message-1',
  'mailSenders/d1',
  'claims/c1',
  'auditLog/a1',
  'identityKeys/hospital-1208147521',
  'tickets/DP-20261121-0001',
  'outbox/o1',
  'moderationQueue/reviews-held',
  `reports/FreeTalks_t1_${me}`,
  `reporters/${me}`,
  'fingerprints/f1',
  'pictureMarks/p1',
  'search/Hospitals-h1',
  'feeds/home',
  'feeds/events_서울_1',
  `blocks/${sample.blocker}~${me}`,
  `blocks/${me}~${other}`,
  `users/${me}/private/blocks`,
  'anything/else',
  'bylines/FreeTalks-anonymous',
  'bylines/FreeTalks-t2',
  'anonymousThreads/t1',
  `users/${me}/notifications/reply-new`,
  'desks/h1',
  `Chatting/${roomId()}/members/${me}`,
  'pushes/reply-1',
  'devices/d1',
  'campaigns/autumn',
  `adConsents/${me}`,
  `Chatting/${roomId()}/appointments/visit`,
  `Chatting/${roomId()}/appointments/new`,
  'Chating/old-name',
];

export function describeWriting(world: () => World): void {
  const granted = <T>(write: Promise<T>): Promise<T> => world().granted(write);

  describe('creating', () => {
    it.each(creations)('$what: by $may', async ({ path, make, may }) => {
      const create = (actor: Actor) =>
        setDoc(doc(world().as(actor), path(uidOf[actor])), toFirestore(make(uidOf[actor])));
      const granted: Actor[] = [];
      for (const actor of actors) {
        if (await isGranted(world().granted(create(actor)))) granted.push(actor);
        await world().reset();
      }
      expect(granted).toEqual(may);
    });

    it.each(creations)('$what in the name of another: refused', async ({ path, make }) => {
      await assertFails(setDoc(doc(world().as('other'), path(me)), toFirestore(make(me))));
    });
  });

  describe('editing', () => {
    it.each(edits)('$what: by its owner alone', async ({ path, make }) => {
      const edit = (actor: Actor) =>
        world().granted(updateDoc(doc(world().as(actor), path), toFirestore(make())));
      expect(await grantedTo(edit)).toEqual(['member']);
    });
  });

  describe('what is the server’s', () => {
    it.each(closed)('%s: nobody can create, change or delete it', async (path) => {
      const target = (actor: Actor) => doc(world().as(actor), path);
      expect(await grantedTo((actor) => setDoc(target(actor), { name: 'x', rating: { count: 1 } }))).toEqual(
        [],
      );
      expect(await grantedTo((actor) => updateDoc(target(actor), { published: true }))).toEqual([]);
      expect(await grantedTo((actor) => deleteDoc(target(actor)))).toEqual([]);
    });

    const owned: [string, Record<string, unknown>][] = [
      ['reviews/mine', { evidence: 'visit' }],
      ['reviews/mine', { status: 'held' }],
      ['reviews/mine', { replyCount: 9 }],
      ['reviews/mine', { hospitalId: 'h2' }],
      ['reviews/mine', { status: 'published', evidence: 'receipt' }],
      ['reviews/mine', { priceHonesty: 'asAdvertised' }],
      ['reviews/mine', { tally: { low: 0, mid: 0, high: 1, paid: 0 } }],
      ['reviews/mine', { 'tally.high': 1 }],
      ['reviews/mine', { eventId: null, advertisedPrice: null }],
      ['reviews/mine', { photos: [{ path: 'public/reviews/x', thumbPath: 'public/reviews/x' }] }],
      ['reviews/mine', { reply: null, helpfulCount: 9 }],
      ['reviews/mine', { visitDate: sample.today }],
      ['reviews/mine', { authorUid: other }],
      ['FreeTalks/mine', { likeCount: 100 }],
      ['FreeTalks/mine', { viewCount: 100 }],
      ['FreeTalks/mine', { pinned: true }],
      ['FreeTalks/mine', { replyCount: 3 }],
      ['FreeTalks/mine', { hotScore: 9_999 }],
      ['FreeTalks/mine', { images: [{ path: 'public/x', thumbPath: 'public/y' }] }],
      ['FreeTalks/mine', { anonymous: true, authorUid: null }],
      ['TempReplies/mine', { likeCount: 3 }],
      ['TempReplies/mine', { mentions: ['kakao:9'] }],
      ['TempReplies/mine', { anonymous: true, authorUid: null }],
      ['TempReplies/mine', { replyCount: 3 }],
      ['reviews/held', { status: 'published' }],
      ['reviews/held', { moderation: deleteField() }],
      ['reviews/mine', { moderation: { state: 'held' } }],
      ['TempReplies/hidden', { hidden: false }],
      ['TempReplies/mine', { moderation: { state: 'held' } }],
      ['FreeTalks/mine', { moderation: { state: 'held' } }],
      ['TempReplies/mine', { parentId: 't2' }],
      [`users/${me}`, { createdAt: Timestamp.now() }],
      [`Chatting/${roomId()}`, { count: 3 }],
      [`Chatting/${roomId()}`, { [`sent.${me}`]: 9 }],
      [`Chatting/${roomId()}`, { memberUids: [me, other] }],
      [`Chatting/${roomId()}`, { status: 'closed' }],
      [`Chatting/${roomId()}/messages/held`, { hidden: false }],
      [`Chatting/${roomId()}/messages/m1`, { moderation: { state: 'held' } }],
    ];
    it.each(owned)('%s: the author cannot change %o', async (path, change) => {
      await assertFails(
        updateDoc(doc(world().as('member'), path), { ...change, updatedAt: serverTimestamp() }),
      );
    });

    it.each(['role', 'isAdmin', 'hospitalIds', 'nickname', 'suspendedUntil'])(
      'a member cannot write %s into the profile',
      async (field) => {
        const mine = doc(world().as('member'), `users/${me}`);
        await assertFails(updateDoc(mine, { [field]: 'owner', updatedAt: serverTimestamp() }));
      },
    );

    it('a field cannot be removed', async () => {
      await assertFails(
        updateDoc(doc(world().as('member'), `users/${me}`), {
          createdAt: deleteField(),
          updatedAt: serverTimestamp(),
        }),
      );
      await assertFails(
        updateDoc(doc(world().as('member'), 'reviews/mine'), {
          status: deleteField(),
          updatedAt: serverTimestamp(),
        }),
      );
      await assertFails(
        updateDoc(doc(world().as('member'), 'reviews/mine'), {
          text: deleteField(),
          updatedAt: serverTimestamp(),
        }),
      );
    });

    it('a counter cannot be incremented', async () => {
      await assertFails(updateDoc(doc(world().as('member'), 'FreeTalks/mine'), { likeCount: increment(1) }));
    });
  });

  describe('reviews', () => {
    const create = (change: Record<string, unknown>, id = sample.reviewId()) =>
      setDoc(doc(world().as('member'), `reviews/${id}`), toFirestore({ ...sample.review(), ...change }));

    it('are one per member, hospital and day: the id says so', async () => {
      await assertFails(create({}, 'another-id'));
      await granted(create({}));
      await assertFails(create({}));
    });
    it('are refused for a hospital that is not published, absent, or named differently', async () => {
      await assertFails(create({ hospitalId: 'hidden' }, `${me}_hidden_${sample.visitDate}`));
      await assertFails(create({ hospitalId: 'absent' }, `${me}_absent_${sample.visitDate}`));
      await assertFails(create({ hospitalName: '다른이름의원' }));
    });
    it('name a doctor of that hospital or none', async () => {
      await assertFails(create({ doctorId: 'd2' }));
      await assertFails(create({ doctorId: 'absent' }));
      await granted(create({ doctorId: null }));
      await assertFails(
        updateDoc(doc(world().as('member'), 'reviews/mine'), {
          doctorId: 'd2',
          updatedAt: serverTimestamp(),
        }),
      );
    });
    it('may hold all they may hold, and still be judged within the limits of a request', async () => {
      const five = (name: string) => [1, 2, 3, 4, 5].map((n) => `reviews/${me}/${name}-${n}.jpg`);
      const full = {
        ...{ photoPaths: five('photo'), beforeAfterPaths: five('before') },
        ...{ treatments: ['쌍꺼풀', '눈매교정', '앞트임', '뒤트임', '밑트임'], consulted: true },
        aspects: { explanation: 5, result: 4, kindness: 5, waiting: 3, price: 1 },
      };
      await granted(create(full));
      await granted(
        updateDoc(doc(world().as('member'), 'reviews/mine'), {
          ...full,
          updatedAt: serverTimestamp(),
          consulted: false,
        }),
      );
    });
    it('cannot be of a day that has not come in Korea', async () => {
      await assertFails(create({ visitDate: '2099-01-01' }, `${me}_h1_2099-01-01`));
    });
    it('show the nickname of the profile', async () => {
      await assertFails(create({ authorNickname: '사칭' }));
    });
    it('hold pictures of the author’s own folder only', async () => {
      await assertFails(create({ photoPaths: [`reviews/${other}/one.jpg`] }));
    });
    it('name an event of that hospital at its price, or none', async () => {
      await assertFails(create({ eventId: 'e2' }));
      await assertFails(create({ eventId: 'absent' }));
      await assertFails(create({ advertisedPrice: 1 }));
      await assertFails(create({ eventId: null }));
      await assertFails(create({ advertisedPrice: null }));
      await granted(create({ eventId: null, advertisedPrice: null }));
    });
    const onDay = (days: number) => {
      const visitDate = daysAfter(sample.today, days);
      return create({ visitDate }, `${me}_h1_${visitDate}`);
    };
    it('are written from the day of the visit until the 180th after it', async () => {
      await assertFails(onDay(1));
      await granted(onDay(0));
      await granted(onDay(-180));
      await assertFails(onDay(-181));
    });
    it('are edited within 72 hours, by whatever is not the pictures’ consent', async () => {
      const edit = (path: string) =>
        updateDoc(doc(world().as('member'), path), toFirestore(sample.reviewEdit()));
      await granted(edit('reviews/mine'));
      await assertFails(edit('reviews/old'));
      await granted(
        updateDoc(doc(world().as('member'), 'reviews/old'), toFirestore(sample.reviewPicturesEdit())),
      );
    });
    it('are taken back once, emptied, and hold their id', async () => {
      const back = (change: Record<string, unknown> = {}, path = 'reviews/old') =>
        updateDoc(doc(world().as('member'), path), toFirestore({ ...sample.reviewTombstone(), ...change }));
      await assertFails(back({ text: '지운 척하는 후기입니다.' }));
      await assertFails(back({ photoPaths: [`reviews/${me}/one.jpg`] }));
      await assertFails(back({}, 'reviews/gone'));
      await assertFails(back({ status: 'hidden' }));
      await granted(back());
      await assertFails(updateDoc(doc(world().as('member'), 'reviews/old'), { status: 'published' }));
      await granted(create({}));
      await granted(back({}, `reviews/${sample.reviewId()}`));
      await assertFails(create({}));
    });
    it('are deleted by nobody, and not taken back by the suspended', async () => {
      await world().put('reviews/theirs', {
        ...sample.review(sample.suspended),
        createdAt: Timestamp.now(),
        updatedAt: Timestamp.now(),
      });
      await assertFails(
        updateDoc(doc(world().as('suspended'), 'reviews/theirs'), toFirestore(sample.reviewTombstone())),
      );
      for (const actor of actors) await assertFails(deleteDoc(doc(world().as(actor), 'reviews/mine')));
    });
    it('go on in follow-ups, each once, when its day has come', async () => {
      const add = (step: string, actor: Actor = 'member', path = 'reviews/mine') =>
        setDoc(
          doc(world().as(actor), `${path}/followUps/${step}`),
          toFirestore(sample.followUp(uidOf[actor])),
        );
      await granted(add('d1'));
      await granted(add('d7'));
      await assertFails(add('d7'));
      await assertFails(add('d30'));
      await assertFails(add('d5'));
      await assertFails(add('d1', 'other'));
      await assertFails(add('d1', 'unverified', 'reviews/old'));
      await assertFails(add('d1', 'member', 'reviews/held'));
      await assertFails(add('d1', 'member', 'reviews/gone'));
      const mine = doc(world().as('member'), 'reviews/mine/followUps/d1');
      await assertFails(updateDoc(mine, { text: '고쳐 쓴 경과' }));
      await assertFails(deleteDoc(mine));
    });
    it('are found helpful by others, once each, while published', async () => {
      const give = (path: string, uid = me) =>
        setDoc(doc(world().as('member'), `reviews/${path}/helpful/${uid}`), toFirestore(sample.helpful(uid)));
      await granted(give('r1'));
      await assertFails(give('r1'));
      await assertFails(give('r1', other));
      await assertFails(give('mine'));
      await assertFails(give('gone'));
      await assertFails(give('absent'));
      await assertFails(deleteDoc(doc(world().as('other'), `reviews/r1/helpful/${me}`)));
      await granted(deleteDoc(doc(world().as('member'), `reviews/r1/helpful/${me}`)));
    });
    it('cannot carry a time of their own', async () => {
      await assertFails(create({ createdAt: Timestamp.fromMillis(1) }));
      await assertFails(
        updateDoc(doc(world().as('member'), 'reviews/mine'), {
          text: '시간을 속이는 수정입니다',
          updatedAt: Timestamp.fromMillis(1),
        }),
      );
    });
  });

  describe('the board', () => {
    const mine = () => doc(world().as('member'), 'FreeTalks/mine');
    it('lets an author take a post back and put it up again, never delete it', async () => {
      await granted(updateDoc(mine(), { status: 'deleted', updatedAt: serverTimestamp() }));
      await granted(updateDoc(mine(), { status: 'published', updatedAt: serverTimestamp() }));
      await assertFails(deleteDoc(mine()));
    });
    it('keeps hidden what an operator has hidden', async () => {
      await assertFails(
        updateDoc(doc(world().as('member'), 'FreeTalks/hidden'), {
          status: 'published',
          updatedAt: serverTimestamp(),
        }),
      );
    });
  });

  describe('replies', () => {
    const create = (change: Record<string, unknown>) =>
      setDoc(doc(world().as('member'), 'TempReplies/new'), toFirestore({ ...sample.reply(), ...change }));
    const mine = () => doc(world().as('member'), 'TempReplies/mine');

    it('answer a post, a review, or a top-level reply of the same thread', async () => {
      await granted(create({ replyTo: 'top', answeredUid: other }));
      await world().reset();
      await granted(create({ parentType: 'reviews', parentId: 'r1' }));
    });
    it('nest one level only, within one thread, never below a tombstone or a hidden reply', async () => {
      await assertFails(create({ replyTo: 'nested', answeredUid: other }));
      await assertFails(create({ replyTo: 'gone', answeredUid: me }));
      await assertFails(create({ replyTo: 'hidden', answeredUid: me }));
      await assertFails(create({ replyTo: 'absent', answeredUid: null }));
      await assertFails(
        create({ replyTo: 'top', answeredUid: other, parentType: 'reviews', parentId: 'r1' }),
      );
    });
    it('need a published parent', async () => {
      await assertFails(create({ parentId: 'absent' }));
      await assertFails(create({ parentId: 'hidden', parentAuthorUid: me }));
      await assertFails(create({ parentType: 'users', parentId: me }));
    });
    it('are taken back by a tombstone, once, and never come back', async () => {
      const tombstone = { deleted: true, text: '', updatedAt: serverTimestamp() };
      await assertFails(updateDoc(mine(), { ...tombstone, text: '지운 척' }));
      await granted(updateDoc(mine(), tombstone));
      await assertFails(updateDoc(mine(), { deleted: false, text: '부활', updatedAt: serverTimestamp() }));
      await assertFails(deleteDoc(mine()));
    });
  });

  describe('reports', () => {
    const create = (change: Record<string, unknown>, id = sample.reportId()) =>
      setDoc(doc(world().as('member'), `reports/${id}`), toFirestore({ ...sample.report(), ...change }));
    it('are one per member and content: the id says so', async () => {
      await assertFails(create({}, 'another-id'));
      await assertFails(create({ targetId: 't1' }));
      await granted(create({}));
      await assertFails(create({ text: '다시' }));
    });
    it('are about what is shown, and written by somebody else', async () => {
      const at = (targetType: string, targetId: string) =>
        create({ targetType, targetId }, `${targetType}_${targetId}_${me}`);
      await granted(at('reviews', 'r1'));
      await granted(at('TempReplies', 'top'));
      for (const [type = '', id = ''] of [
        ['FreeTalks', 'mine'],
        ['FreeTalks', 'absent'],
        ['FreeTalks', 'hidden'],
        ['reviews', 'held'],
        ['TempReplies', 'gone'],
        ['TempReplies', 'mine'],
        ['users', other],
      ])
        await assertFails(at(type, id));
    });
  });

  describe('members who have blocked each other', () => {
    it('cannot reply to each other, whoever of them has blocked', async () => {
      const reply = (change: Record<string, unknown>) =>
        setDoc(doc(world().as('member'), 'TempReplies/new'), toFirestore({ ...sample.reply(), ...change }));
      await assertFails(reply({ parentId: 'blockers' }));
      await assertFails(reply({ parentType: 'reviews', parentId: 'blockers' }));
      await assertFails(reply({ replyTo: 'blockers' }));
      await world().put(`blocks/${me}~${other}`, { uids: [me, other], by: [me] });
      await assertFails(reply({}));
      await assertFails(getDoc(doc(world().as('member'), 'FreeTalks/t1')));
      await assertFails(getDoc(doc(world().as('other'), 'FreeTalks/mine')));
    });
  });

  describe('roles', () => {
    const readAudit = (firestore: ReturnType<World['signedIn']>) => getDoc(doc(firestore, 'auditLog/a1'));
    const google = { firebase: { sign_in_provider: 'google.com' }, email_verified: true };
    const seconds = (millis: number) => Math.floor(millis / 1000);

    it('that were ended do not hold for tokens of sign-ins before, and hold again after a new one', async () => {
      const endedAt = Date.now() - 60_000;
      await world().put('standings/operator-9', {
        ...{ suspendedUntil: null, reason: null, by: 'owner-1', updatedAt: Timestamp.now() },
        rolesEndedAt: Timestamp.fromMillis(endedAt),
      });
      const signedInAt = (millis: number) =>
        world().signedIn('operator-9', { role: 'operator', ...google, auth_time: seconds(millis) });
      await assertFails(readAudit(signedInAt(endedAt - 5_000)));
      await granted(readAudit(signedInAt(endedAt + 5_000)));
    });
    it('count only for who signed in with Google', async () => {
      await granted(readAudit(world().signedIn('operator-1', { role: 'operator', ...google })));
      await assertFails(readAudit(world().signedIn('operator-1', { role: 'operator' })));
      const byPassword = { firebase: { sign_in_provider: 'password' }, email_verified: true };
      await assertFails(readAudit(world().signedIn('operator-1', { role: 'operator', ...byPassword })));
    });
    it('of hospital staff do not come from a list of hospitals alone', async () => {
      const prepay = (claims: Record<string, unknown>) =>
        getDoc(doc(world().signedIn('staff-9', { hospitalIds: ['h1'], ...google, ...claims }), 'prepays/p1'));
      await assertFails(prepay({}));
      await assertFails(prepay({ role: 'operatorr' }));
      await granted(prepay({ role: 'hospitalStaff' }));
    });
  });

  describe('suspension', () => {
    it('that somebody mistyped in the console blocks writing until it is put right', async () => {
      await world().put(`standings/${me}`, { suspendedUntil: '2026-12-31' });
      await assertFails(
        updateDoc(doc(world().as('member'), 'FreeTalks/mine'), toFirestore(sample.talkEdit())),
      );
    });
    it('takes effect with the next write, and ends by itself', async () => {
      const write = () =>
        updateDoc(doc(world().as('member'), 'FreeTalks/mine'), toFirestore(sample.talkEdit()));
      const standing = { reason: '광고', by: 'operator-1', rolesEndedAt: null, updatedAt: Timestamp.now() };
      const suspend = (untilMs: number) =>
        world().put(`standings/${me}`, {
          ...standing,
          suspendedUntil: Timestamp.fromMillis(Date.now() + untilMs),
        });
      await suspend(60_000);
      await assertFails(write());
      await suspend(-1_000);
      await granted(write());
    });
  });
}
