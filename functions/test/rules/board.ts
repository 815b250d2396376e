/** Attacks on the board under the rules: stuffed votes, forged addressees and answers, doors beside the door. */
import { assertFails } from '@firebase/rules-unit-testing';
import {
  arrayUnion,
  collection,
  collectionGroup,
  deleteDoc,
  doc,
  type Firestore,
  getDoc,
  getDocs,
  limit,
  orderBy,
  query,
  serverTimestamp,
  setDoc,
  Timestamp,
  updateDoc,
  where,
  writeBatch,
} from 'firebase/firestore';
import type { World } from '../support/rulesWorld.ts';
import * as sample from '../support/samples.ts';
import { me, other, toFirestore } from '../support/samples.ts';

export function describeBoard(world: () => World): void {
  const granted = <T>(write: Promise<T>): Promise<T> => world().granted(write);
  const member = (): Firestore => world().as('member');

  describe('likes', () => {
    const like = (path: string, uid = me, by = member()) =>
      setDoc(doc(by, `${path}/likes/${uid}`), toFirestore(sample.like(uid)));

    it('are given and remembered in one batch', async () => {
      const batch = writeBatch(member());
      batch.set(doc(member(), `FreeTalks/t2/likes/${me}`), toFirestore(sample.like()));
      const flags = { talks: arrayUnion('t2'), updatedAt: serverTimestamp() };
      batch.set(doc(member(), `users/${me}/private/likes`), flags, { merge: true });
      await granted(batch.commit());
    });
    it('are one per member: the id says whose, and nothing changes it', async () => {
      await granted(like('FreeTalks/t2'));
      await assertFails(like('FreeTalks/t2'));
      await assertFails(like('FreeTalks/t2', other));
      await assertFails(setDoc(doc(member(), 'FreeTalks/t2/likes/again'), toFirestore(sample.like())));
      await assertFails(setDoc(doc(member(), `FreeTalks/t2/likes/${me}`), { uid: other }, { merge: true }));
      await assertFails(updateDoc(doc(member(), `FreeTalks/t2/likes/${me}`), { createdAt: Timestamp.now() }));
    });
    it('hold the voter’s own uid and the server’s time', async () => {
      const mine = doc(member(), `FreeTalks/t2/likes/${me}`);
      await assertFails(setDoc(mine, toFirestore(sample.like(other))));
      await assertFails(setDoc(mine, { uid: me, createdAt: Timestamp.fromMillis(1) }));
      await assertFails(setDoc(mine, { ...toFirestore(sample.like()), weight: 100 }));
    });
    it('are of what others wrote and everybody sees', async () => {
      await assertFails(like('FreeTalks/mine'));
      await assertFails(like('TempReplies/mine'));
      await assertFails(like('FreeTalks/hidden', other, world().as('other')));
      await assertFails(like('FreeTalks/absent'));
      await assertFails(like('TempReplies/hidden', other, world().as('other')));
      await assertFails(like('TempReplies/gone', other, world().as('other')));
      await assertFails(like('TempReplies/absent'));
      await granted(like('FreeTalks/anonymous'));
    });
    it('are taken back by the voter alone, unless suspended', async () => {
      await assertFails(deleteDoc(doc(world().as('other'), `FreeTalks/t1/likes/${me}`)));
      await assertFails(deleteDoc(doc(world().as('operator'), `FreeTalks/t1/likes/${me}`)));
      await assertFails(deleteDoc(doc(world().as('unverified'), `TempReplies/top/likes/${me}`)));
      await granted(deleteDoc(doc(member(), `FreeTalks/t1/likes/${me}`)));
      await granted(deleteDoc(doc(member(), `TempReplies/top/likes/${me}`)));
    });
    it('are not found by looking through all of them', async () => {
      const own = query(collectionGroup(member(), 'likes'), where('uid', '==', me), limit(10));
      await assertFails(getDocs(own));
      await assertFails(getDocs(query(collection(member(), 'FreeTalks/t1/likes'), limit(10))));
    });
  });

  describe('who has no profile', () => {
    const google = { firebase: { sign_in_provider: 'google.com' }, email_verified: true };
    it('gives no likes: throwaway accounts are no voters', async () => {
      const throwaway = world().signedIn('throwaway', google);
      await assertFails(
        setDoc(doc(throwaway, 'FreeTalks/t2/likes/throwaway'), toFirestore(sample.like('throwaway'))),
      );
      await assertFails(
        setDoc(doc(throwaway, 'TempReplies/top/likes/throwaway'), toFirestore(sample.like('throwaway'))),
      );
    });
    it('finds no review helpful', async () => {
      const throwaway = world().signedIn('throwaway', google);
      const vote = toFirestore(sample.helpful('throwaway'));
      await assertFails(setDoc(doc(throwaway, 'reviews/r1/helpful/throwaway'), vote));
    });
    it('reports nothing, other than staff of hospitals, who have none', async () => {
      const report = (uid: string, claims: Record<string, unknown>) =>
        setDoc(
          doc(world().signedIn(uid, { ...google, ...claims }), `reports/${sample.reportId(uid)}`),
          toFirestore(sample.report(uid)),
        );
      await assertFails(report('throwaway', {}));
      await assertFails(
        report('throwaway', { role: 'hospitalStaff', firebase: { sign_in_provider: 'custom' } }),
      );
      const staffClaims = {
        role: 'hospitalStaff',
        hospitalIds: ['h1'],
        auth_time: Math.floor(Date.now() / 1000),
      };
      await granted(report('desk-1', staffClaims));
    });
  });

  describe('flags of likes', () => {
    const flags = (change: Record<string, unknown>, by = member()) =>
      setDoc(doc(by, `users/${me}/private/likes`), toFirestore({ ...sample.likeFlags(), ...change }));
    it('are the member’s own, bounded, and nothing else', async () => {
      const most = Array.from({ length: 300 }, (_, n) => `t${n}`);
      await granted(flags({ talks: most }));
      await assertFails(flags({ talks: [...most, 'one-more'] }));
      await assertFails(flags({ talks: ['a', 7] }));
      await assertFails(flags({ talks: ['a\nb'] }));
      await assertFails(flags({ talks: [null] }));
      await assertFails(flags({ admin: true }));
      await assertFails(flags({}, world().as('other')));
      await assertFails(flags({}, world().as('anonymous')));
      await assertFails(deleteDoc(doc(member(), `users/${me}/private/likes`)));
    });
    it('open no other private document', async () => {
      await assertFails(setDoc(doc(member(), `users/${me}/private/more`), toFirestore(sample.likeFlags())));
    });
  });

  describe('ids', () => {
    const post = (id: string) => setDoc(doc(member(), 'FreeTalks', id), toFirestore(sample.talk()));
    const answer = (id: string) => setDoc(doc(member(), 'TempReplies', id), toFirestore(sample.reply()));
    it('are of letters, digits, _ and -, 64 at most: whatever is made of them has room for that', async () => {
      for (const id of ['x'.repeat(65), 'x'.repeat(210), '두 글', 'a~b', 'a.b', 'a%2Fb', 'a\nb']) {
        await assertFails(post(id));
        await assertFails(answer(id));
      }
      for (const id of ['x'.repeat(64), '1f0c9a77-3b1e-4f6e-9d0a-2f6f3f1f9a10', 'A_9']) {
        await granted(post(id));
        await granted(answer(id));
      }
    });
  });

  describe('posts', () => {
    const create = (change: Record<string, unknown>) =>
      setDoc(doc(member(), 'FreeTalks/new'), toFirestore({ ...sample.talk(), ...change }));
    it.each([
      ...['\u3000\u3000', '\u00a0\u00a0', '\u2028\u2029', '\ufeff\ufeff', '\v\f', '\u2003\u202f\u205f\u1680'],
    ])('say something: white space of any script is not enough (%j)', async (blank) => {
      await assertFails(create({ title: blank }));
      await assertFails(create({ body: blank }));
      await granted(create({ title: `${blank}붓기`, body: `붓기${blank}` }));
    });
    it.each([
      { likeCount: 1 },
      { viewCount: 1 },
      { replyCount: 1 },
      { hotScore: 9_999 },
      { hotScore: 0.5 },
      { pinned: true },
      { status: 'hidden' },
      { acceptedReplyId: 'top' },
      { images: [{ path: 'public/freetalks/x/y.webp', thumbPath: 'public/freetalks/x/z.webp' }] },
      { likeCountAsOf: Timestamp.now() },
      { anonymous: true },
      { anonymous: true, authorUid: null, authorNickname: '익명' },
      { authorUid: null },
      { imagePaths: [`freetalks/${other}/a.png`] },
      { imagePaths: ['public/freetalks/x/y.webp'] },
    ])('cannot begin with %j', async (forged) => {
      await assertFails(create(forged));
    });
    it('written anonymously are nobody’s to change under the rules', async () => {
      const theirs = doc(member(), 'FreeTalks/anonymous');
      await assertFails(updateDoc(theirs, toFirestore(sample.talkEdit())));
      await assertFails(updateDoc(theirs, { authorUid: me, updatedAt: serverTimestamp() }));
      await assertFails(deleteDoc(theirs));
    });
    it('that were taken back are read, answered and liked by nobody else', async () => {
      await world().put('FreeTalks/t2', {
        ...{ ...sample.talk(other), status: 'deleted' },
        ...{ createdAt: Timestamp.now(), updatedAt: Timestamp.now() },
      });
      await assertFails(getDoc(doc(member(), 'FreeTalks/t2')));
      await granted(getDoc(doc(world().as('other'), 'FreeTalks/t2')));
      const answer = { ...sample.reply(), parentId: 't2' };
      await assertFails(setDoc(doc(member(), 'TempReplies/new'), toFirestore(answer)));
      await assertFails(setDoc(doc(member(), `FreeTalks/t2/likes/${me}`), toFirestore(sample.like())));
    });
    it('that are hidden are found by no list', async () => {
      const talks = (by: Firestore) => collection(by, 'FreeTalks');
      const asOther = world().as('other');
      await assertFails(getDoc(doc(asOther, 'FreeTalks/hidden')));
      await assertFails(getDocs(query(talks(asOther), where('status', '==', 'hidden'), limit(5))));
      await assertFails(
        getDocs(query(talks(asOther), where('status', 'in', ['published', 'hidden']), limit(5))),
      );
      await assertFails(getDocs(query(talks(asOther), where('status', '!=', 'published'), limit(5))));
      await assertFails(getDocs(query(talks(asOther), where('authorUid', '==', me), limit(5))));
      await assertFails(getDocs(query(talks(asOther), orderBy('hotScore', 'desc'), limit(5))));
      await assertFails(
        getDocs(query(collectionGroup(asOther, 'FreeTalks'), where('status', '==', 'hidden'), limit(5))),
      );
      await assertFails(
        getDocs(query(collection(asOther, 'TempReplies'), where('hidden', '==', true), limit(5))),
      );
      await assertFails(
        getDocs(query(collection(asOther, 'TempReplies'), where('parentId', '==', 't1'), limit(5))),
      );
    });
  });

  describe('an accepted answer', () => {
    const accept = (acceptedReplyId: unknown, change: Record<string, unknown> = {}) =>
      updateDoc(doc(member(), 'FreeTalks/mine'), {
        acceptedReplyId,
        ...change,
        updatedAt: serverTimestamp(),
      });
    it('is a visible one of somebody else below the author’s own question, and can be taken back', async () => {
      await granted(accept('answer'));
      await granted(accept(null));
    });
    it.each([
      ['the author’s own', 'answer2'],
      ['of another thread', 'top'],
      ['below another reply', 'nested-answer'],
      ['that is not there', 'absent'],
      ['anonymous, which acceptAnswer judges', 'nobodys'],
      ['that is no id', 7],
    ])('is none %s', async (_which, replyId) => {
      await assertFails(accept(replyId));
    });
    it('is none that was taken back or hidden', async () => {
      await world().put('TempReplies/answer', {
        ...sample.reply(other),
        parentId: 'mine',
        deleted: true,
        createdAt: Timestamp.now(),
        updatedAt: Timestamp.now(),
      });
      await assertFails(accept('answer'));
    });
    it('belongs to a question, and is its author’s to choose', async () => {
      await assertFails(accept('answer', { category: 'free' }));
      await assertFails(
        updateDoc(doc(world().as('other'), 'FreeTalks/mine'), {
          acceptedReplyId: 'answer',
          updatedAt: serverTimestamp(),
        }),
      );
    });
    it('does not keep the author from editing the post', async () => {
      await granted(accept('answer'));
      await granted(
        updateDoc(doc(member(), 'FreeTalks/mine'), { title: '고친 제목', updatedAt: serverTimestamp() }),
      );
    });
  });

  describe('whom a reply addresses', () => {
    const create = (change: Record<string, unknown>) =>
      setDoc(doc(member(), 'TempReplies/new'), toFirestore({ ...sample.reply(), ...change }));
    it('is who wrote what it stands below', async () => {
      await assertFails(create({ parentAuthorUid: 'kakao:1009' }));
      await assertFails(create({ parentAuthorUid: null }));
      await assertFails(create({ replyTo: 'top', answeredUid: 'kakao:1009' }));
      await assertFails(create({ replyTo: 'top', answeredUid: null }));
      await assertFails(create({ answeredUid: other }));
      await granted(create({ replyTo: 'top', answeredUid: other }));
    });
    it('is nobody where a post is anonymous', async () => {
      await assertFails(create({ parentId: 'anonymous', parentAuthorUid: me }));
      await granted(create({ parentId: 'anonymous', parentAuthorUid: null }));
    });
    it('is at most five who are mentioned', async () => {
      const six = Array.from({ length: 6 }, (_, n) => `kakao:${n}`);
      await assertFails(create({ mentions: six }));
      await assertFails(create({ mentions: [other, { uid: other }] }));
      await granted(create({ mentions: six.slice(1) }));
    });
    it('cannot be changed afterwards', async () => {
      await assertFails(
        updateDoc(doc(member(), 'TempReplies/mine'), {
          parentAuthorUid: 'kakao:1009',
          updatedAt: serverTimestamp(),
        }),
      );
    });
  });
}
