/** Chat as people have it: several phones with listeners, the rules, the triggers and the callables together. */
import { randomUUID } from 'node:crypto';
import { collection, doc, getDocs, limit, query, serverTimestamp, setDoc, where } from 'firebase/firestore';
import { z } from 'zod';
import { keptMs } from '../../src/chat/tally.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { env, eventually, isStored, refusal } from '../support/app.ts';
import { bucketOverHttp } from '../support/bucket.ts';
import {
  aGroup,
  aHospital,
  aMember,
  Chatter,
  counted,
  type Listening,
  putPhonesAway,
  stored,
  withClaims,
} from '../support/chatters.ts';
import { work } from '../support/leaver.ts';

jest.setTimeout(120_000);
afterEach(putPhonesAway);

const staffOf = (hospitalId: string, name?: string, title?: string) =>
  withClaims({ role: 'hospitalStaff', hospitalIds: [hospitalId] }, name, title);
const sees = (listening: Listening, text: string) =>
  eventually(`“${text}” arrives`, async () => listening.lines().find((line) => line.text.includes(text)));
const attachmentShape = z.object({
  state: z.string(),
  path: z.string().catch(''),
  thumbPath: z.string().catch(''),
});
const denied = { code: 'permission-denied' };

describe('a consultation', () => {
  async function asked(): Promise<{ hospital: string; member: Chatter; staff: Chatter; roomId: string }> {
    const { id: hospital, name } = await aHospital();
    const [member, staff] = await Promise.all([aMember(), staffOf(hospital)]);
    await staff.phone.call('setDeskPerson', {
      ...{ hospitalId: hospital, uid: staff.uid, name: '김실장', title: '상담실장', doctorId: null },
    });
    const roomId = await member.consult(hospital, name);
    await member.say(roomId, '쌍꺼풀 상담 가능한가요?');
    return { hospital, member, staff, roomId };
  }

  it('is answered by somebody with a name, who has taken part; unread counts are exact on both sides', async () => {
    const { hospital, member, staff, roomId } = await asked();
    const listening = await member.listen(roomId);
    await counted(roomId, 1);
    expect(await staff.unread(roomId)).toBe(1);
    await expect(staff.say(roomId, '네')).rejects.toMatchObject(denied);
    await staff.phone.call('takeConsult', { roomId });
    await staff.phone.call('takeConsult', { roomId });
    await staff.say(roomId, '네, 가능합니다.');
    await staff.say(roomId, '언제가 좋으세요?');
    const answer = await sees(listening, '언제가 좋으세요');
    expect(answer.data).toMatchObject({
      ...{ senderName: '김실장', senderTitle: '상담실장', senderRole: 'staff', nth: 2 },
    });
    await counted(roomId, 3);
    expect(await member.unread(roomId)).toBe(2);
    await member.markRead(roomId);
    expect(await member.unread(roomId)).toBe(0);
    await member.say(roomId, '토요일이요.');
    await counted(roomId, 4);
    expect([await member.unread(roomId), await staff.unread(roomId)]).toEqual([0, 2]);
    const room = await member.room(roomId);
    expect(room).toMatchObject({ assignedTo: staff.uid, lastMessage: { text: '토요일이요.' } });
    expect(room.firstReply).toMatchObject({ answered: 1, within10m: 1 });
    const badge = { answered: 1, within10m: 1, within1h: 1, within1d: 1 };
    await eventually('the hospital has its badge', async () => {
      const { firstReply } = (await stored(`Hospitals/${hospital}`)) ?? {};
      return firstReply !== undefined && expect(firstReply).toMatchObject(badge) === undefined;
    });
    const taken = listening.lines().filter(({ kind }) => kind === 'system');
    expect(taken.map(({ text }) => text)).toEqual(['김실장 상담실장님이 상담에 참여했습니다.']);
    listening.stop();
  });

  it('rings once for what one says within a minute, without what was said', async () => {
    const { member, staff, roomId } = await asked();
    await staff.phone.call('takeConsult', { roomId });
    for (const text of ['하나', '둘', '셋']) await staff.say(roomId, text);
    await counted(roomId, 4);
    const toMember = db().collection('pushes').where('uids', 'array-contains', member.uid);
    await eventually('it rings', async () => !(await toMember.get()).empty);
    const pushes = (await toMember.get()).docs.map((push) => push.data());
    // Two where the minute turned meanwhile.
    expect(pushes.length).toBeLessThanOrEqual(2);
    for (const push of pushes)
      expect(push).toMatchObject({
        ...{ kind: 'chat', target: `Chatting/${roomId}`, collapse: `Chatting/${roomId}`, advertising: false },
        body: '라온뷰티의원 상담에 새 메시지가 있습니다.',
      });
  });

  it('is handed over, closed with a summary and opened again; what the member closes stays closed', async () => {
    const { hospital, member, staff, roomId } = await asked();
    const second = await staffOf(hospital, '라온뷰티의원', '상담실');
    await staff.phone.call('takeConsult', { roomId });
    expect((await refusal(staff.phone, 'assignConsult', { roomId, uid: second.uid })).reason).toBe(
      'CONSULT_REFUSED',
    );
    await second.phone.call('takeConsult', { roomId });
    await staff.phone.call('assignConsult', { roomId, uid: second.uid });
    expect(await member.room(roomId)).toMatchObject({ assignedTo: second.uid });
    const listening = await member.listen(roomId);
    await second.phone.call('closeRoom', { roomId, summary: '12월 3일 내원 예정' });
    await sees(listening, '12월 3일 내원 예정');
    await expect(member.say(roomId, '더 물어볼게요')).rejects.toMatchObject(denied);
    await member.phone.call('reopenRoom', { roomId });
    await member.say(roomId, '하나만 더요');
    await member.phone.call('closeRoom', { roomId, summary: null });
    await expect(staff.say(roomId, '저희 이벤트가')).rejects.toMatchObject(denied);
    expect((await refusal(staff.phone, 'reopenRoom', { roomId })).reason).toBe('NOT_ALLOWED');
    const stranger = await aMember();
    expect((await refusal(stranger.phone, 'closeRoom', { roomId, summary: null })).reason).toBe(
      'ROOM_NOT_FOUND',
    );
    listening.stop();
  });

  it('is opened by a hospital only with a member who has booked', async () => {
    const { id: hospitalId } = await aHospital();
    const [member, staff, foreign] = await Promise.all([aMember(), staffOf(hospitalId), staffOf('h-other')]);
    const input = { hospitalId, uid: member.uid };
    expect((await refusal(staff.phone, 'openConsult', input)).reason).toBe('CONSULT_REFUSED');
    await db().collection('prepays').add({ ownerUid: member.uid, hospitalId, state: 'active' });
    expect((await refusal(foreign.phone, 'openConsult', input)).reason).toBe('NOT_ALLOWED');
    const opened = { roomId: `${member.uid}_${hospitalId}`, status: 'open' };
    expect(await staff.phone.call('openConsult', input)).toEqual(opened);
    expect(await staff.phone.call('openConsult', input)).toEqual(opened);
    await staff.phone.call('takeConsult', { roomId: opened.roomId });
    const desk = new Chatter(staff.phone, staff.uid, '라온뷰티의원', {
      ...{ senderRole: 'staff', senderTitle: '상담실' },
    });
    await desk.say(opened.roomId, '예약 확인되었습니다.');
    await counted(opened.roomId, 1);
    expect(await member.unread(opened.roomId)).toBe(1);
  });

  it('is answered by itself while the hospital is away, once', async () => {
    const yesterday = new Date(Date.now() + 9 * 3_600_000 - 86_400_000).getUTCDay();
    const week = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    const { id, name } = await aHospital({ [week[yesterday] ?? 'sun']: '09:00-18:00' });
    const [member, staff] = await Promise.all([aMember(), staffOf(id)]);
    const awayText = '내일 오전 10시부터 답해 드려요.';
    const quickReplies = [{ title: '예약', text: '날짜를 알려 주세요.' }];
    await staff.phone.call('saveDesk', { hospitalId: id, awayText, holidays: [], quickReplies });
    const roomId = await member.consult(id, name);
    const listening = await member.listen(roomId);
    await member.say(roomId, '지금 되나요?');
    await sees(listening, awayText);
    await member.say(roomId, '계신가요?');
    await counted(roomId, 2);
    expect(listening.lines().filter(({ text }) => text === awayText)).toHaveLength(1);
    expect(await member.unread(roomId)).toBe(0);
    listening.stop();
  });
});

describe('a group', () => {
  it('is joined by invitation; who joins later sees from then on, and nothing unread', async () => {
    const [owner, early, late, refuses, stranger] = await Promise.all([
      ...[aMember(), aMember(), aMember(), aMember(), aMember()],
    ] as const);
    const roomId = await aGroup(owner, early);
    expect(await owner.phone.call('createGroup', { roomId, title: '가을 모임', uids: [] })).toMatchObject({
      roomId,
    });
    await owner.say(roomId, '먼저 한 말');
    await early.say(roomId, '먼저 한 대답');
    await early.say(roomId, '한 번 더');
    const uids = [late.uid, refuses.uid, early.uid, 'nobody'];
    expect(await early.phone.call('inviteToGroup', { roomId, uids })).toEqual({
      ...{ roomId, invited: [late.uid, refuses.uid], refused: [early.uid, 'nobody'] },
    });
    expect(await stored(`users/${late.uid}/notifications/${await inviteId(late.uid)}`)).toMatchObject({
      ...{ kind: 'chatInvitation', target: `Chatting/${roomId}`, body: '‘가을 모임’에 초대받았습니다.' },
    });
    await expect(late.room(roomId)).rejects.toMatchObject(denied);
    await refuses.phone.call('answerInvitation', { roomId, accept: false });
    const again = { roomId, accept: true };
    expect((await refusal(refuses.phone, 'answerInvitation', again)).reason).toBe('ROOM_NOT_FOUND');
    expect((await refusal(stranger.phone, 'answerInvitation', again)).reason).toBe('ROOM_NOT_FOUND');
    await late.phone.call('answerInvitation', again);
    await late.phone.call('answerInvitation', again);
    const listening = await late.listen(roomId);
    expect(await late.unread(roomId)).toBe(0);
    await owner.say(roomId, '나중에 한 말');
    await sees(listening, '나중에 한 말');
    await counted(roomId, 4);
    expect(await late.unread(roomId)).toBe(1);
    expect(listening.lines().some(({ text }) => text.includes('먼저'))).toBe(false);
    const all = query(
      collection(late.phone.firestore, `Chatting/${roomId}/messages`),
      ...[where('hidden', '==', false), limit(50)],
    );
    await expect(getDocs(all)).rejects.toMatchObject(denied);
    const mine = query(
      collection(late.phone.firestore, 'Chatting'),
      ...[where('memberUids', 'array-contains', late.uid), limit(20)],
    );
    expect((await getDocs(mine)).docs.map(({ id }) => id)).toEqual([roomId]);
    listening.stop();
  });
  const inviteId = async (uid: string) =>
    (await db().collection(`users/${uid}/notifications`).limit(1).get()).docs[0]?.id ?? '';

  it('loses whom its owner removes at once: their listener ends, they write nothing; the owner may leave', async () => {
    const [owner, member, other] = await Promise.all([aMember(), aMember(), aMember()]);
    const roomId = await aGroup(owner, member, other);
    const listening = await member.listen(roomId);
    await owner.say(roomId, '안녕하세요');
    await sees(listening, '안녕하세요');
    expect((await refusal(member.phone, 'removeFromGroup', { roomId, uid: other.uid })).reason).toBe(
      'NOT_ALLOWED',
    );
    await owner.phone.call('removeFromGroup', { roomId, uid: member.uid });
    const begun = Date.now();
    await expect(member.room(roomId)).rejects.toMatchObject(denied);
    await expect(member.say(roomId, '아직 있나요')).rejects.toMatchObject(denied);
    expect(Date.now() - begun).toBeLessThan(5_000);
    await owner.say(roomId, '비밀');
    await counted(roomId, 2);
    expect(listening.lines().some(({ text }) => text === '비밀')).toBe(false);
    await owner.phone.call('leaveGroup', { roomId });
    expect(await stored(`Chatting/${roomId}`)).toMatchObject({
      memberUids: [other.uid],
      createdBy: other.uid,
    });
    await other.phone.call('leaveGroup', { roomId });
    expect(await stored(`Chatting/${roomId}`)).toMatchObject({ memberUids: [], status: 'closed' });
    listening.stop();
  });

  it('is not for newcomers to invite into, nor for those who have blocked each other', async () => {
    const [owner, blocker, newcomer] = await Promise.all([aMember(), aMember(), aMember()]);
    const roomId = await aGroup(owner, blocker);
    await blocker.phone.call('blockMember', { uid: owner.uid });
    await expect(owner.say(roomId, '왜 그러세요')).rejects.toMatchObject(denied);
    const number = { roomId, messageId: 'm-blocked', kind: 'text', text: '010-1234-5678' };
    expect((await refusal(owner.phone, 'sendMessage', number)).reason).toBe('MESSAGE_REFUSED');
    const uids = [blocker.uid];
    const second = { roomId: `g-${randomUUID()}`, title: '다시', uids };
    expect(await owner.phone.call('createGroup', second)).toMatchObject({ invited: [], refused: uids });
    await db().doc(`users/${newcomer.uid}`).update({ createdAt: Timestamp.now() });
    const cold = { roomId: `g-${randomUUID()}`, title: '처음 뵙겠습니다', uids: [owner.uid] };
    expect((await refusal(newcomer.phone, 'createGroup', cold)).reason).toBe('INVITATION_REFUSED');
  });

  it('knows its members by their names of now', async () => {
    const [owner, member] = await Promise.all([aMember(), aMember()]);
    const roomId = await aGroup(owner, member);
    const nickname = `새이름${Date.now() % 100_000}`;
    await member.phone.call('changeNickname', { nickname });
    await eventually('the room follows', async () => {
      const { names } = await owner.room(roomId);
      return names[member.uid] === nickname;
    });
  });
});

describe('a message', () => {
  it('with numbers of people is masked before anybody reads it; one’s own number stays', async () => {
    const [owner, member] = await Promise.all([aMember('+821012345678'), aMember()]);
    const roomId = await aGroup(owner, member);
    const listening = await member.listen(roomId);
    const text = '제 번호 010-1234-5678, 친구 010 9876 5432, 주민 900101-1234567, 카드 4111-1111-1111-1111';
    await expect(owner.say(roomId, text)).rejects.toMatchObject(denied);
    const input = { roomId, messageId: `m-${randomUUID()}`, kind: 'text', text };
    const masked = '제 번호 010-1234-5678, 친구 ***5432, 주민 ******-*******, 카드 ****-****-****-****';
    expect(await owner.phone.call('sendMessage', input)).toMatchObject({ text: masked, masked: true });
    await owner.phone.call('sendMessage', input);
    await sees(listening, masked);
    await counted(roomId, 1);
    await owner.say(roomId, '주민번호 900101 입니다');
    await eventually('announced digits are masked too', async () =>
      listening.lines().some(({ text: said }) => said === '주민번호 ******-******* 입니다'),
    );
    expect(await member.unread(roomId)).toBe(2);
    expect(listening.lines().filter(({ kind }) => kind === 'text')).toHaveLength(2);
    listening.stop();
  });

  it('with a broker’s contact is held: readers lose it, the sender is told, an operator shows it again', async () => {
    const [owner, member, operator] = await Promise.all([
      ...[aMember(), aMember(), withClaims({ role: 'operator' })],
    ] as const);
    const roomId = await aGroup(owner, member);
    const listening = await member.listen(roomId);
    const id = await owner.say(roomId, '싸게 해드려요 오픈채팅 들어오세요');
    const path = `Chatting/${roomId}/messages/${id}`;
    await eventually('it is held', async () => (await stored(path))?.hidden === true);
    await eventually('readers see it no more', async () => listening.lines().every((line) => line.id !== id));
    await eventually('the list does not show it', async () => {
      const { lastMessage } = await owner.room(roomId);
      return lastMessage?.text === '확인을 기다리는 메시지입니다.';
    });
    const told = await db().collection(`users/${owner.uid}/notifications`).get();
    expect(told.docs.map((each) => each.get('target'))).toContain(path);
    await owner.phone.call('appealModeration', { path, text: '우리 모임 오픈채팅이에요.' });
    await operator.phone.call('decideModeration', { path, decision: 'release', note: '회원 모임' });
    await sees(listening, '오픈채팅');
    expect(await member.unread(roomId)).toBe(1);
    listening.stop();
  });

  it('is reported by somebody in the room, and taken down', async () => {
    const [owner, member, operator] = await Promise.all([
      ...[aMember(), aMember(), withClaims({ role: 'operator' })],
    ] as const);
    const roomId = await aGroup(owner, member);
    const listening = await member.listen(roomId);
    const id = await owner.say(roomId, '이상한 말');
    const reportId = `messages_${roomId}~${id}_${member.uid}`;
    await setDoc(doc(member.phone.firestore, `reports/${reportId}`), {
      ...{ targetType: 'messages', targetId: `${roomId}~${id}`, reporterUid: member.uid, reason: '욕설' },
      ...{ text: '', upheld: 0, dismissed: 0, answer: null },
      createdAt: serverTimestamp(),
    });
    const queued = `moderationQueue/messages-${roomId}~${id}`;
    await eventually('operators see it', async () => (await stored(queued))?.reportCount === 1);
    const path = `Chatting/${roomId}/messages/${id}`;
    await operator.phone.call('decideModeration', { path, decision: 'remove', note: '욕설' });
    await eventually('it is gone', async () => listening.lines().every((line) => line.id !== id));
    await eventually(
      'the reporter is answered',
      async () => (await stored(`reports/${reportId}`))?.upheld === 1,
    );
    listening.stop();
  });

  it('is changed and taken back; the room list follows', async () => {
    const [owner, member] = await Promise.all([aMember(), aMember()]);
    const roomId = await aGroup(owner, member);
    const listening = await member.listen(roomId);
    const id = await owner.say(roomId, '처음');
    await owner.edit(roomId, id, '고침');
    await sees(listening, '고침');
    const preview = async () => (await owner.room(roomId)).lastMessage?.text;
    await eventually('the list says so', async () => (await preview()) === '고침');
    const number = { roomId, messageId: id, text: '010-1111-2222로 고침' };
    expect(await owner.phone.call('editMessage', number)).toMatchObject({ text: '***2222로 고침' });
    expect((await refusal(member.phone, 'editMessage', number)).reason).toBe('MESSAGE_REFUSED');
    await owner.takeBack(roomId, id);
    await eventually('the list says so', async () => (await preview()) === '삭제된 메시지입니다.');
    await counted(roomId, 1);
    expect(listening.lines().find((line) => line.id === id)?.data).toMatchObject({ deleted: true, text: '' });
    listening.stop();
  });
});

describe('a picture', () => {
  async function photo(): Promise<Buffer> {
    const { default: sharp } = await import('sharp');
    const exif = { IFD0: { Copyright: '민지' }, IFD3: { GPSLatitude: '37/1 29/1 0/1' } };
    return sharp({ create: { width: 900, height: 600, channels: 3, background: '#c96' } })
      .withExif(exif)
      .jpeg()
      .toBuffer();
  }
  async function sent(chatter: Chatter, roomId: string): Promise<{ id: string; upload: string }> {
    const upload = `chats/${roomId}/${chatter.uid}/${randomUUID()}.jpg`;
    await bucketOverHttp()
      .file(upload)
      .save(await photo(), { contentType: 'image/jpeg' });
    const id = await chatter.say(roomId, '', { kind: 'image', uploadPath: upload });
    return { id, upload };
  }
  const shown = (roomId: string, id: string) =>
    eventually('it is shown', async () => {
      const { attachment } = (await stored(`Chatting/${roomId}/messages/${id}`)) ?? {};
      return attachment ? attachmentShape.parse(attachment) : null;
    });

  it('is shown without what the camera wrote, by links that end; taken back, nothing is left', async () => {
    const { id: hospital, name } = await aHospital();
    const [member, stranger] = await Promise.all([aMember(), aMember()]);
    const roomId = await member.consult(hospital, name);
    const { id, upload } = await sent(member, roomId);
    const attachment = await shown(roomId, id);
    expect(attachment).toMatchObject({ state: 'ready', path: `chatMedia/${roomId}/${id}/full.webp` });
    await eventually('the upload is gone', async () => !(await isStored(upload)));
    const input = { roomId, messageId: id, size: 'full' };
    const { path } = await member.phone.call<{ path: string }>('openAttachment', input);
    const base = env('FUNCTIONS_BASE_URL');
    const answer = await fetch(`${base}${path}`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    const { default: sharp } = await import('sharp');
    const { format, exif, width } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    expect({ format, exif, width }).toEqual({ format: 'webp', exif: undefined, width: 900 });
    expect((await fetch(`${base}${path.slice(0, -2)}ff`)).status).toBe(404);
    expect((await refusal(stranger.phone, 'openAttachment', input)).reason).toBe('ROOM_NOT_FOUND');
    await member.takeBack(roomId, id);
    await eventually('the copies are gone', async () => !(await isStored(attachment.path)));
    expect(await isStored(attachment.thumbPath)).toBe(false);
    expect((await fetch(`${base}${path}`)).status).toBe(404);
    expect((await refusal(member.phone, 'openAttachment', input)).reason).toBe('ATTACHMENT_NOT_FOUND');
  });

  it('that is none is refused', async () => {
    const [owner, member] = await Promise.all([aMember(), aMember()]);
    const roomId = await aGroup(owner, member);
    const uploadPath = `chats/${roomId}/${owner.uid}/x.jpg`;
    await bucketOverHttp().file(uploadPath).save(Buffer.from('MZ no picture'), { contentType: 'image/jpeg' });
    const id = await owner.say(roomId, '', { kind: 'image', uploadPath });
    expect(await shown(roomId, id)).toMatchObject({ state: 'refused', path: '' });
  });
});

describe('what has been kept long enough', () => {
  it('goes: of groups after a year, of consultations after three, and a room when nothing is left in it', async () => {
    const [owner, member] = await Promise.all([aMember(), aMember()]);
    const { id: hospital, name } = await aHospital();
    const group = await aGroup(owner, member);
    const consult = await owner.consult(hospital, name);
    const texts = async (roomId: string) =>
      (await db().collection(`Chatting/${roomId}/messages`).get()).docs
        .filter((each) => each.get('kind') === 'text')
        .map((each) => each.get('text'));
    for (const roomId of [group, consult]) {
      await owner.say(roomId, '옛말');
      await owner.say(roomId, '새말');
    }
    await Promise.all([counted(group, 2), counted(consult, 2)]);
    const day = 86_400_000;
    const sweep = (now: number) => work('sweepRooms', { now });
    const age = async (roomId: string, ms: number) => {
      const { docs } = await db().collection(`Chatting/${roomId}/messages`).get();
      for (const each of docs)
        if (each.get('text') !== '새말')
          await each.ref.update({ sentAt: Timestamp.fromMillis(Date.now() - ms) });
      await db()
        .doc(`Chatting/${roomId}`)
        .update({ sweepAt: Timestamp.fromMillis(Date.now() - day) });
    };
    await age(group, keptMs.group - day);
    await age(consult, keptMs.consult - day);
    await sweep(Date.now());
    expect([(await texts(group)).length, (await texts(consult)).length]).toEqual([2, 2]);
    await sweep(Date.now() + 2 * day);
    expect([await texts(group), await texts(consult)]).toEqual([['새말'], ['새말']]);
    expect(await stored(`Chatting/${group}`)).toMatchObject({ count: 2 });
    await sweep(Date.now() + keptMs.group + day);
    expect(await stored(`Chatting/${group}`)).toBeUndefined();
    expect(await texts(consult)).toEqual(['새말']);
  });
});
