/** Chat under firestore.rules: who may open, write, change and mark, and every attack on it we know. */
import { assertFails } from '@firebase/rules-unit-testing';
import {
  collection,
  collectionGroup,
  deleteDoc,
  deleteField,
  doc,
  FieldPath,
  type Firestore,
  getDoc,
  getDocs,
  limit,
  query,
  serverTimestamp,
  setDoc,
  Timestamp,
  updateDoc,
  where,
  writeBatch,
} from 'firebase/firestore';
import { type Actor, actors, grantedTo, isGranted, type World } from '../support/rulesWorld.ts';
import * as sample from '../support/samples.ts';
import { me, other, roomId, toFirestore } from '../support/samples.ts';

type Sample = Record<string, unknown>;
const inboxOf = (uid: string) => `users/${uid}/private/inbox`;
const uidOf = {
  member: me,
  unverified: me,
  other,
  suspended: sample.suspended,
  staff: sample.staff,
  operator: 'operator-1',
  anonymous: me,
} as const satisfies Record<Actor, string>;

export function describeChat(world: () => World): void {
  const granted = <T>(write: Promise<T>): Promise<T> => world().granted(write);
  const at = (actor: Actor, path: string) => doc(world().as(actor), path);

  /** A message and the inbox it has to be written with. */
  const say = (
    db: Firestore,
    uid: string,
    room: string,
    id: string,
    { message = {}, inbox = {} }: { message?: Sample; inbox?: Sample } = {},
  ): Promise<void> =>
    writeBatch(db)
      .set(doc(db, `Chatting/${room}/messages/${id}`), toFirestore({ ...sample.message(uid), ...message }))
      .set(doc(db, inboxOf(uid)), toFirestore({ ...sample.firstStamp(room, id), ...inbox }))
      .commit();
  const sayAs = (actor: Actor, room: string, id: string, change: { message?: Sample; inbox?: Sample } = {}) =>
    say(world().as(actor), uidOf[actor], room, id, change);
  const asStaff = { message: sample.staffMessage() };

  describe('a room', () => {
    const fresh = `${me}_h2`;
    const freshRoom = () => toFirestore({ ...sample.room(), hospitalId: 'h2', hospitalName: '다른의원' });

    it('is opened by a member with a published hospital, with oneself in it', async () => {
      await granted(setDoc(at('member', `Chatting/${fresh}`), freshRoom()));
    });
    it('is refused with others in it, of another kind, under another id or name, or with a hidden hospital', async () => {
      const refused: [string, Sample][] = [
        [fresh, { memberUids: [me, other] }],
        [fresh, { peopleUids: [me, other] }],
        [fresh, { names: { [me]: '남의이름' } }],
        [fresh, { kind: 'group' }],
        ['free-id', {}],
        [`${other}_h2`, {}],
        [`${me}_hidden`, { hospitalId: 'hidden' }],
        [fresh, { hospitalName: '라온뷰티의원' }],
        [fresh, { sent: { [me]: 4 } }],
        [fresh, { firstReply: { minutes: 0, answered: 1, within10m: 1, within1h: 1, within1d: 1 } }],
        [fresh, { staff: { [me]: sample.deskPerson } }],
        [fresh, { assignedTo: me }],
      ];
      for (const [id, change] of refused)
        await assertFails(setDoc(at('member', `Chatting/${id}`), { ...freshRoom(), ...change }));
    });
    it('is never opened by a hospital with a member, nor by the suspended or anybody unknown', async () => {
      await assertFails(setDoc(at('staff', `Chatting/${other}_h1`), toFirestore(sample.room(other))));
      for (const actor of ['suspended', 'unverified', 'anonymous', 'other'] as const)
        await assertFails(setDoc(at(actor, `Chatting/${fresh}`), freshRoom()));
    });
    it('is never changed or deleted by a client', async () => {
      const mine = at('member', `Chatting/${roomId()}`);
      const last = { id: 'm1', text: '조작', kind: 'text', senderUid: other, sentAt: serverTimestamp() };
      for (const change of [{ memberUids: [me, other] }, { lastMessage: last }, { count: 0 }, { since: {} }])
        await assertFails(updateDoc(mine, change));
      await assertFails(updateDoc(mine, new FieldPath('names', me), '남의이름'));
      await assertFails(deleteDoc(mine));
    });
  });

  describe('a message', () => {
    it('is written by members of the room, and staff who take part', async () => {
      const granted: Actor[] = [];
      for (const actor of actors) {
        const change = actor === 'staff' ? asStaff : {};
        if (await isGranted(world().granted(sayAs(actor, roomId(), 'new', change)))) granted.push(actor);
        await world().reset();
      }
      expect(granted).toEqual(['member', 'staff']);
    });
    it('is of every kind', async () => {
      for (const [index, make] of [
        ...[sample.message, sample.imageMessage, sample.fileMessage, sample.placeMessage],
      ].entries()) {
        const nth = index + 1;
        const stamp = { rooms: { [roomId()]: { sent: nth, seen: 0 } }, inWindow: nth };
        const db = world().as('member');
        const batch = writeBatch(db).set(
          doc(db, `Chatting/${roomId()}/messages/k${nth}`),
          toFirestore({ ...make(), nth }),
        );
        const inbox = toFirestore({ ...sample.firstStamp(roomId(), `k${nth}`), ...stamp });
        const { windowAt: _kept, ...later } = inbox;
        await granted(batch.set(doc(db, inboxOf(me)), nth === 1 ? inbox : later, { merge: true }).commit());
      }
    });
    it('is in nobody else’s name, role or title', async () => {
      const forged: Sample[] = [
        { senderUid: other },
        { senderUid: null, senderRole: 'server', kind: 'system' },
        { kind: 'system' },
        { senderRole: 'server' },
        { senderName: '남의이름' },
        { senderName: sample.deskPerson.name, senderRole: 'staff', senderTitle: '상담실장' },
        { senderTitle: '원장' },
        { senderRole: 'doctor' },
        { aboutUid: other },
        { attachment: { state: 'ready', path: 'public/x', thumbPath: null, size: 1 } },
        { moderation: { state: 'held' } },
        { sentAt: Timestamp.fromMillis(Date.now() - 1_000) },
        { sentAt: Timestamp.fromMillis(Date.now() + 60_000) },
      ];
      for (const message of forged) await assertFails(sayAs('member', roomId(), 'forged', { message }));
      const doctor = { message: { ...sample.staffMessage(), senderRole: 'doctor', senderTitle: '원장' } };
      await assertFails(sayAs('staff', roomId(), 'forged', doctor));
      await assertFails(sayAs('staff', roomId(), 'forged', { message: { senderName: sample.hospitalName } }));
    });
    it('of staff who have not taken part, or of another hospital, is refused', async () => {
      await world().put(`Chatting/${other}_h1`, toPast({ ...sample.room(other) }));
      await assertFails(sayAs('staff', `${other}_h1`, 's1', asStaff));
      await assertFails(sayAs('staff', 'others', 's1', asStaff));
    });
    it('cannot be slipped in: every message needs a place of its own in the inbox', async () => {
      const db = world().as('member');
      const message = (id: string) => doc(db, `Chatting/${roomId()}/messages/${id}`);
      await assertFails(setDoc(message('alone'), toFirestore(sample.message())));
      const two = writeBatch(db)
        .set(message('one'), toFirestore(sample.message()))
        .set(message('two'), toFirestore(sample.message()))
        .set(doc(db, inboxOf(me)), toFirestore(sample.firstStamp(roomId(), 'one')));
      await assertFails(two.commit());
      await assertFails(sayAs('member', roomId(), 'skips', { message: { nth: 2 } }));
      await assertFails(
        sayAs('member', roomId(), 'skips', {
          message: { nth: 5 },
          inbox: { rooms: { [roomId()]: { sent: 5, seen: 0 } } },
        }),
      );
      await assertFails(sayAs('member', roomId(), 'elsewhere', { inbox: { roomId: 'group' } }));
      // The place of a message there already cannot be used again.
      await granted(sayAs('member', roomId(), 'one'));
      await assertFails(setDoc(message('again'), toFirestore({ ...sample.message(), nth: 1 })));
    });
    it('cannot be slipped into another room by marking that as read', async () => {
      await granted(sayAs('member', roomId(), 'one'));
      const db = world().as('member');
      const slip = (nth: number, change: Sample = {}) =>
        writeBatch(db)
          .set(doc(db, 'Chatting/group/messages/one'), toFirestore({ ...sample.message(), nth }))
          .set(
            doc(db, inboxOf(me)),
            {
              rooms: { group: { sent: nth, seen: 1 } },
              ...{ roomId: 'group', updatedAt: serverTimestamp(), ...change },
            },
            { merge: true },
          )
          .commit();
      await assertFails(slip(0));
      await assertFails(slip(0, { messageId: '' }));
      await assertFails(slip(1));
      await granted(slip(1, { messageId: 'one', inWindow: 2 }));
    });
    it('has an id of letters, digits, _ and -, 64 at most', async () => {
      for (const id of ['a~b', '~', 'a.b', '한글', 'x'.repeat(65)])
        await assertFails(sayAs('member', roomId(), id));
      await granted(sayAs('member', roomId(), 'x'.repeat(64)));
    });
    it('is written once, in an open room', async () => {
      await assertFails(sayAs('member', roomId(), 'm1'));
      await assertFails(sayAs('member', 'closed', 'x'));
      await assertFails(deleteDoc(at('member', `Chatting/${roomId()}/messages/m1`)));
    });
    it.each([
      '010-1234-5678로 전화 주세요',
      '900101 1234567',
      '４１１１ １１１１ １１１１ １１１１',
      '0.1.0.1.2.3.4',
      '계좌 110\n222\n333333',
      '카드 4111•1111•1111•1111',
    ])('with a long number is refused, for the server to mask: %s', async (text) => {
      await assertFails(sayAs('member', roomId(), 'n1', { message: { text } }));
      await assertFails(
        updateDoc(
          at('member', `Chatting/${roomId()}/messages/fresh`),
          toFirestore({ text, editedAt: sample.now }),
        ),
      );
      const named = { ...sample.fileMessage(), fileName: `${text}.pdf` };
      await assertFails(sayAs('member', roomId(), 'n2', { message: named }));
      const place = { name: text, lat: 37, lng: 127 };
      await assertFails(sayAs('member', roomId(), 'n3', { message: { ...sample.placeMessage(), place } }));
    });
    it.each(['1,320,000원에 되나요?', '12월 3일 14시', '3.5cc 2회, 120만원', '별점 5 5 5'])(
      'with small numbers and prices is taken: %s',
      async (text) => {
        await granted(sayAs('member', roomId(), 'p1', { message: { text } }));
      },
    );
    it('carries what its sender uploaded into this room, nothing else', async () => {
      for (const uploadPath of [
        `chats/other-room/${me}/a.jpg`,
        `chats/${roomId()}/${other}/a.jpg`,
        `chats/${roomId()}/a.jpg`,
        `chats/${roomId()}/${me}/deep/a.jpg`,
        `reviews/${me}/a.jpg`,
      ])
        await assertFails(
          sayAs('member', roomId(), 'i1', { message: { ...sample.imageMessage(), uploadPath } }),
        );
    });
    it('names places on earth', async () => {
      for (const place of [
        { name: '강남역', lat: 91, lng: 127 },
        { name: '강남역', lat: 37, lng: '127' },
        { name: '', lat: 37, lng: 127 },
        { name: '강남역', lat: 37 },
        { name: '강남역', lat: 37, lng: 127, phone: '1' },
      ])
        await assertFails(sayAs('member', roomId(), 'g1', { message: { ...sample.placeMessage(), place } }));
    });
    it('is a notice of the owner of a group only, or of the hospital', async () => {
      const notice = { kind: 'notice' };
      await granted(sayAs('member', 'group', 'n1', { message: notice }));
      await world().reset();
      await assertFails(sayAs('other', 'group', 'n1', { message: notice }));
      await assertFails(sayAs('member', roomId(), 'n1', { message: notice }));
      await granted(sayAs('staff', roomId(), 'n1', { message: { ...sample.staffMessage(), ...notice } }));
    });
    it('does not reach somebody who has blocked one', async () => {
      await assertFails(sayAs('member', 'pair', 'b1'));
    });
    it('is no longer read or written by somebody removed, from that moment', async () => {
      const read = () => getDoc(at('other', 'Chatting/group/messages/theirs'));
      const list = () =>
        getDocs(
          query(
            collection(world().as('other'), 'Chatting/group/messages'),
            where('hidden', '==', false),
            limit(10),
          ),
        );
      await granted(read());
      await granted(list());
      await world().put('Chatting/group', toPast(sample.groupRoom([me], { peopleUids: [me, other] })));
      await assertFails(read());
      await assertFails(list());
      await assertFails(sayAs('other', 'group', 'late'));
    });
    it('is found below no other path', async () => {
      const all = (actor: Actor) =>
        getDocs(
          query(collectionGroup(world().as(actor), 'messages'), where('senderUid', '==', me), limit(5)),
        );
      expect(await grantedTo(all)).toEqual([]);
    });
  });

  describe('changing a message', () => {
    const fresh = `Chatting/${roomId()}/messages/fresh`;
    const edit = (text: string) => toFirestore({ text, editedAt: sample.now });

    it('goes for five minutes, and of words only', async () => {
      await granted(updateDoc(at('member', fresh), edit('고쳐 씁니다')));
      await assertFails(updateDoc(at('member', `Chatting/${roomId()}/messages/m1`), edit('늦었다')));
      await world().put(fresh, { ...toPast(sample.imageMessage()), sentAt: Timestamp.now() });
      await assertFails(updateDoc(at('member', fresh), edit('사진 설명')));
    });
    it('does not go in a closed room, when it is held back, or of what was taken back', async () => {
      const recent = { ...toPast(sample.message()), sentAt: Timestamp.now() };
      await world().put('Chatting/closed/messages/x', recent);
      await assertFails(updateDoc(at('member', 'Chatting/closed/messages/x'), edit('닫힌 방')));
      await world().put(fresh, { ...recent, hidden: true });
      await assertFails(updateDoc(at('member', fresh), edit('다른 말')));
      await world().put(fresh, { ...recent, deleted: true, text: '' });
      await assertFails(updateDoc(at('member', fresh), edit('되살리기')));
    });
    it('never touches who said what when', async () => {
      for (const change of [
        { nth: 9 },
        { senderUid: other },
        { senderName: '남의이름' },
        { sentAt: serverTimestamp() },
        { kind: 'notice' },
        { senderRole: 'doctor' },
        { hidden: true },
      ])
        await assertFails(updateDoc(at('member', fresh), { ...edit('고침'), ...change }));
    });
    it('takes back whole, also a picture, and what is held back', async () => {
      await granted(
        updateDoc(at('member', `Chatting/${roomId()}/messages/held`), toFirestore(sample.messageTombstone())),
      );
      const half = { ...sample.messageTombstone(), text: '남은 말' };
      await assertFails(updateDoc(at('member', fresh), toFirestore(half)));
    });
    it('of staff is theirs', async () => {
      const answer = `Chatting/${roomId()}/messages/answer`;
      await granted(updateDoc(at('staff', answer), toFirestore(sample.messageTombstone())));
      await world().reset();
      await assertFails(updateDoc(at('member', answer), toFirestore(sample.messageTombstone())));
    });
  });

  describe('the inbox', () => {
    const inbox = (actor: Actor = 'member') => at(actor, inboxOf(me));
    const mark = (seen: number, room = roomId(), sent = 0) =>
      toFirestore({ ...sample.firstMark(room), rooms: { [room]: { sent, seen } } });
    const laterMark = (seen: number, room = roomId(), sent = 0): Sample => ({
      rooms: { [room]: { sent, seen } },
      ...{ roomId: room, updatedAt: serverTimestamp() },
    });

    it('takes marks of its owner, a room at a time', async () => {
      await granted(setDoc(inbox(), mark(4)));
      await granted(setDoc(inbox(), laterMark(6), { merge: true }));
      await granted(setDoc(inbox(), laterMark(1, 'group'), { merge: true }));
      await world().reset();
      await granted(sayAs('member', roomId(), 'one'));
      await granted(setDoc(inbox(), laterMark(6, roomId(), 1), { merge: true }));
      await assertFails(setDoc(inbox(), laterMark(1, 'group'), { merge: true }));
      await granted(setDoc(inbox(), { ...laterMark(1, 'group'), messageId: '' }, { merge: true }));
      await assertFails(setDoc(inbox('other'), laterMark(9), { merge: true }));
      const both = { rooms: { [roomId()]: { sent: 0, seen: 9 }, group: { sent: 0, seen: 9 } } };
      await assertFails(setDoc(inbox(), { ...laterMark(9), ...both }, { merge: true }));
    });
    it('counts nothing that was not written', async () => {
      await assertFails(setDoc(inbox(), mark(0, roomId(), 1)));
      await granted(sayAs('member', roomId(), 'one'));
      await assertFails(setDoc(inbox(), laterMark(0, roomId(), 0), { merge: true }));
      await assertFails(setDoc(inbox(), laterMark(0, roomId(), 2), { merge: true }));
      const again = { ...laterMark(0, roomId(), 2), messageId: 'one', inWindow: 2 };
      await assertFails(setDoc(inbox(), again, { merge: true }));
      const anothers = { ...laterMark(0, roomId(), 2), messageId: 'answer', inWindow: 2 };
      await assertFails(setDoc(inbox(), anothers, { merge: true }));
      await assertFails(updateDoc(inbox(), new FieldPath('rooms', roomId()), deleteField()));
      await assertFails(deleteDoc(inbox()));
    });
    it('lets ten messages pass, then none until ten seconds after the first', async () => {
      const stamp = (inWindow: number, windowAgoMs: number) => ({
        rooms: { [roomId()]: { sent: 1, seen: 0 } },
        ...{ roomId: roomId(), messageId: 'before', inWindow, updatedAt: Timestamp.now() },
        windowAt: Timestamp.fromMillis(Date.now() - windowAgoMs),
      });
      const next = (id: string, inWindow: number, change: Sample = {}) => {
        const db = world().as('member');
        return writeBatch(db)
          .set(doc(db, `Chatting/${roomId()}/messages/${id}`), toFirestore({ ...sample.message(), nth: 2 }))
          .set(
            doc(db, inboxOf(me)),
            { ...laterMark(0, roomId(), 2), messageId: id, inWindow, ...change },
            { merge: true },
          )
          .commit();
      };
      const anew = { windowAt: serverTimestamp() };
      await world().put(inboxOf(me), stamp(9, 5_000));
      await granted(next('tenth', 10));
      await world().put(inboxOf(me), stamp(10, 5_000));
      await assertFails(next('eleventh', 11));
      await assertFails(next('eleventh', 1, anew));
      await assertFails(next('eleventh', 1));
      await assertFails(next('eleventh', 10));
      await world().put(inboxOf(me), stamp(10, 10_500));
      await assertFails(next('after', 2, anew));
      await granted(next('after', 1, anew));
    });
    it('is not changed by whoever has not confirmed an address', async () => {
      await assertFails(setDoc(inbox('unverified'), mark(4)));
    });
  });

  describe('reporting a message', () => {
    const target = `${roomId()}~answer`;
    const report = (uid: string, targetId = target): Sample => ({
      ...sample.report(uid),
      ...{ targetType: 'messages', targetId },
    });
    const make = (actor: Actor, targetId = target) =>
      setDoc(
        at(actor, `reports/messages_${targetId}_${uidOf[actor]}`),
        toFirestore(report(uidOf[actor], targetId)),
      );
    it('is for those in the room, about what others said and is shown', async () => {
      await granted(make('member'));
      await granted(make('staff', `${roomId()}~m1`));
      for (const targetId of [`${roomId()}~m1`, `${roomId()}~held`, `${roomId()}~none`, roomId()])
        await assertFails(make('member', targetId));
      for (const actor of ['other', 'suspended', 'anonymous', 'operator'] as const)
        await assertFails(make(actor));
    });
  });
}

const past = Timestamp.fromDate(new Date('2026-11-01T00:00:00Z'));
const toPast = (data: Sample): Sample =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [key, value === sample.now ? past : value]));
