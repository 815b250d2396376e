/** What a member may do with their notifications, and with what decides about their pushes. */
import { assertFails } from '@firebase/rules-unit-testing';
import {
  collection,
  deleteDoc,
  doc,
  getCountFromServer,
  limit,
  orderBy,
  query,
  setDoc,
  Timestamp,
  updateDoc,
  where,
} from 'firebase/firestore';
import type { World } from '../support/rulesWorld.ts';
import * as sample from '../support/samples.ts';
import { me, other, toFirestore } from '../support/samples.ts';

export function describeNotifications(world: () => World): void {
  const member = () => world().as('member');
  const granted = <T>(write: Promise<T>): Promise<T> => world().granted(write);
  const read = (path: string) => doc(member(), path);

  describe('notifications', () => {
    const path = `users/${me}/notifications/reply-top`;
    it('are deleted by their owner alone', async () => {
      for (const actor of ['other', 'unverified', 'staff', 'operator', 'anonymous'] as const)
        await assertFails(deleteDoc(doc(world().as(actor), path)));
      await granted(deleteDoc(read(path)));
    });
    it('cannot be made to say something else, nor be marked read at another time', async () => {
      await assertFails(updateDoc(read(path), { title: '당첨' }));
      await assertFails(updateDoc(read(path), { readAt: Timestamp.fromMillis(1) }));
      await assertFails(updateDoc(read(path), { purgeAt: Timestamp.fromMillis(1) }));
    });
    it('are counted by their owner, up to fifty', async () => {
      const unread = (uid: string, most: number) =>
        getCountFromServer(
          query(
            collection(member(), `users/${uid}/notifications`),
            where('readAt', '==', null),
            where('createdAt', '>', Timestamp.fromMillis(0)),
            orderBy('createdAt'),
            limit(most),
          ),
        );
      expect((await unread(me, 50)).data().count).toBe(1);
      await assertFails(unread(me, 51));
      await assertFails(unread(other, 50));
    });
  });

  describe('switches of pushes', () => {
    const write = (uid: string, more: Record<string, unknown> = {}) =>
      setDoc(doc(member(), `users/${uid}/private/push`), toFirestore({ ...sample.pushSettings(), ...more }), {
        merge: true,
      });
    it('are made by their owner, and nothing of the server’s with them', async () => {
      await world().put(`users/${me}/private/push`, {});
      await granted(write(me));
      await assertFails(write(me, { devices: { d1: { token: 'others', platform: 'ios' } } }));
      await assertFails(write(other));
    });
    it('are made where there were none', async () => {
      const third = world().signedIn('kakao:1010', {});
      const own = doc(third, 'users/kakao:1010/private/push');
      await assertFails(setDoc(own, toFirestore({ ...sample.pushSettings(), devices: {} })));
      await assertFails(setDoc(own, toFirestore({ muted: ['reply'], updatedAt: sample.now })));
      await granted(setDoc(own, toFirestore(sample.pushSettings())));
    });
    it('leave the devices alone', async () => {
      await assertFails(updateDoc(read(`users/${me}/private/push`), { devices: {} }));
      await assertFails(deleteDoc(read(`users/${me}/private/push`)));
      await assertFails(setDoc(read(`users/${me}/private/push`), toFirestore(sample.pushSettings())));
    });
    it('mark read up to any moment, and everything at once', async () => {
      const at = (readUpTo: unknown) =>
        updateDoc(read(`users/${me}/private/push`), toFirestore({ readUpTo, updatedAt: sample.now }));
      await granted(at(Timestamp.now()));
      await granted(at(null));
      await assertFails(at('now'));
    });
    it('are not for the suspended', async () => {
      const suspended = world().as('suspended');
      const own = doc(suspended, `users/${sample.suspended}/private/push`);
      await assertFails(setDoc(own, toFirestore(sample.pushSettings())));
    });
  });
}
