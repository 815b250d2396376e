/** Appointments of a consultation, and their reminders: exactly one, moved and cancelled with what it reminds of. */
import { randomUUID } from 'node:crypto';
import { signInWithCustomToken } from 'firebase/auth';
import { collection, doc, getDoc, getDocs, limit, query, setDoc, updateDoc, where } from 'firebase/firestore';
import * as change from '../../src/appointments/change.ts';
import { queueReminders, remind, sweepReminders } from '../../src/appointments/reminders.ts';
import type { Appointment, AppointmentPlace } from '../../src/appointments/schema.ts';
import { koreanDayOf } from '../../src/kernel/korean.ts';
import { auth, db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { dropTask, queueTask } from '../../src/platform/tasks.ts';
import { tallyOf } from '../../src/reviews/reviews.ts';
import { newReviewFields } from '../../src/reviews/schema.ts';
import {
  env,
  eventually,
  joining,
  knownToKakao,
  newPhone,
  type Phone,
  refusal,
  signInWithGoogle,
} from '../support/app.ts';
import { asSender, givePhone, takenFor, tokenOf } from '../support/pushes.ts';

jest.mock('../../src/platform/tasks.ts', () => ({
  queueTask: jest.fn().mockResolvedValue(undefined),
  dropTask: jest.fn().mockResolvedValue(undefined),
}));
const queued = jest.mocked(queueTask);
const dropped = jest.mocked(dropTask);

Object.assign(process.env, asSender());
beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(log, level).mockImplementation();
});

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const inMinutes = (ms: number) => Math.ceil(ms / minute) * minute;
const iso = (ms: number) => new Date(ms).toISOString();

const phones: Phone[] = [];
const aPhone = () => {
  const phone = newPhone();
  phones.push(phone);
  return phone;
};
afterAll(() => Promise.all(phones.map((phone) => phone.close())));

/** A consultation as the rules let a member open it. */
async function consultation(memberUid: string, hospitalId: string): Promise<string> {
  const roomId = `${memberUid}_${hospitalId}`;
  const at = Timestamp.now();
  await db()
    .doc(`Chatting/${roomId}`)
    .set({
      ...{
        kind: 'consult',
        hospitalId,
        hospitalName: '라온뷰티의원',
        title: '라온뷰티의원 상담',
        status: 'open',
      },
      ...{
        memberUids: [memberUid],
        createdBy: memberUid,
        lastMessage: null,
        lastMessageAt: at,
        createdAt: at,
      },
    });
  return roomId;
}
async function aPlace(): Promise<AppointmentPlace & { uid: string }> {
  const uid = `visitor-${randomUUID()}`;
  const roomId = await consultation(uid, `h-${randomUUID()}`);
  return { roomId, appointmentId: randomUUID(), uid };
}
const stored = async ({ roomId, appointmentId }: AppointmentPlace) =>
  (await db().doc(`Chatting/${roomId}/appointments/${appointmentId}`).get()).data() as
    | Appointment
    | undefined;
const placeOf = ({ roomId, appointmentId }: AppointmentPlace) => ({ roomId, appointmentId });

/** What the member was told, of one kind. */
async function told(uid: string, kind: string): Promise<string[]> {
  const found = await db().collection(`users/${uid}/notifications`).where('kind', '==', kind).get();
  return found.docs.map((each) => String(each.get('title')));
}
const reminders = async (uid: string) => (await told(uid, 'reminder')).length;

describe('on phones', () => {
  let people = 9_600_000_000 + Math.floor(Math.random() * 90_000_000);
  async function member() {
    people += 1;
    const phone = aPhone();
    const accessToken = await knownToKakao(people, { profile: { nickname: `방문${people}` } });
    const { customToken } = await phone.call<{ customToken: string }>('kakaoSignIn', {
      accessToken,
      join: joining(),
    });
    return { phone, uid: (await signInWithCustomToken(phone.auth, customToken)).user.uid };
  }
  async function staffOf(hospitalId: string) {
    const phone = aPhone();
    const uid = await signInWithGoogle(phone, `${randomUUID()}@staff.example`);
    await auth().setCustomUserClaims(uid, { role: 'hospitalStaff', hospitalIds: [hospitalId] });
    await phone.auth.currentUser?.getIdToken(true);
    return phone;
  }

  it('a hospital proposes, the member accepts, both are heard, and nobody else is', async () => {
    const hospitalId = `h-${randomUUID()}`;
    const [minji, other] = [await member(), await member()];
    const [staff, strangers] = [await staffOf(hospitalId), await staffOf('h-elsewhere')];
    const token = tokenOf();
    await givePhone(minji.uid, token, 'ios');
    const roomId = await consultation(minji.uid, hospitalId);
    const place = { roomId, appointmentId: randomUUID() };
    const proposal = { ...place, startsAt: iso(inMinutes(Date.now() + 3 * day)) };

    for (const phone of [minji.phone, other.phone, strangers])
      expect(await refusal(phone, 'proposeAppointment', proposal)).toMatchObject({ reason: 'NOT_ALLOWED' });
    const proposed = await staff.call('proposeAppointment', proposal);
    expect(proposed).toEqual({ state: 'proposed', revision: 0 });
    expect(await staff.call('proposeAppointment', proposal)).toEqual(proposed);
    const [push] = await eventually('the proposal rings', async () => {
      const taken = await takenFor(token);
      return taken.length > 0 && taken;
    });
    expect(push).toMatchObject({
      notification: { title: '예약 제안이 도착했습니다' },
      data: { kind: 'appointment' },
    });
    expect(push?.notification?.body).toMatch(/^라온뷰티의원 · \d+월 \d+일\([일월화수목금토]\) \d\d:\d\d$/);

    const path = `Chatting/${roomId}/appointments/${place.appointmentId}`;
    expect((await getDoc(doc(minji.phone.firestore, path))).get('state')).toBe('proposed');
    const mine = query(
      collection(minji.phone.firestore, `Chatting/${roomId}/appointments`),
      where('memberUid', '==', minji.uid),
      limit(20),
    );
    expect((await getDocs(mine)).size).toBe(1);
    await expect(getDoc(doc(other.phone.firestore, path))).rejects.toMatchObject({
      code: 'permission-denied',
    });
    await expect(updateDoc(doc(minji.phone.firestore, path), { state: 'kept' })).rejects.toThrow();
    await expect(setDoc(doc(staff.firestore, `${path}x`), { state: 'confirmed' })).rejects.toThrow();

    const yes = { ...place, revision: 0, accept: true };
    expect(await refusal(other.phone, 'answerAppointment', yes)).toMatchObject({
      reason: 'APPOINTMENT_NOT_FOUND',
    });
    expect(await refusal(staff, 'answerAppointment', yes)).toMatchObject({ reason: 'APPOINTMENT_NOT_FOUND' });
    expect(await refusal(minji.phone, 'keepAppointment', place)).toMatchObject({
      reason: 'APPOINTMENT_REFUSED',
    });
    expect(await minji.phone.call('answerAppointment', yes)).toEqual({ state: 'confirmed', revision: 0 });

    const later = { ...proposal, startsAt: iso(inMinutes(Date.now() + 4 * day)), note: '신분증' };
    expect(await refusal(strangers, 'moveAppointment', later)).toMatchObject({ reason: 'NOT_ALLOWED' });
    expect(await staff.call('moveAppointment', later)).toEqual({ state: 'confirmed', revision: 1 });
    expect(await refusal(minji.phone, 'answerAppointment', yes)).toMatchObject({
      reason: 'APPOINTMENT_MOVED',
    });
    expect(await refusal(other.phone, 'cancelAppointment', place)).toMatchObject({
      reason: 'APPOINTMENT_NOT_FOUND',
    });
    expect(await refusal(strangers, 'cancelAppointment', place)).toMatchObject({ reason: 'NOT_ALLOWED' });
    expect(await minji.phone.call('cancelAppointment', place)).toEqual({ state: 'cancelled', revision: 1 });
    expect(await stored(place)).toMatchObject({ endedBy: 'member', remindAt: null });
    for (const wrong of [
      { ...proposal, startsAt: 'morning' },
      { ...proposal, appointmentId: 'a/b' },
      { ...place },
    ])
      expect(await refusal(staff, 'proposeAppointment', wrong)).toMatchObject({ reason: 'INVALID_INPUT' });
  });
});

/** The decisions and workers themselves; background triggers are off. */
describe('an appointment', () => {
  const hub = (verb: string) =>
    fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });
  beforeAll(() => hub('disable'));
  afterAll(() => hub('enable'));
  beforeEach(() => {
    queued.mockClear();
    dropped.mockClear();
  });
  const names = () => queued.mock.calls.map(([, id]) => id);

  async function confirmed(startsAt: number) {
    const place = await aPlace();
    await change.propose({ ...placeOf(place), startsAt: iso(startsAt) });
    await change.answer({ ...placeOf(place), revision: 0, accept: true }, place.uid);
    return place;
  }

  it('has one reminder, a day before, whoever asks for it and however often', async () => {
    const startsAt = inMinutes(Date.now() + 3 * day);
    const place = await confirmed(startsAt);
    const due = startsAt - day;
    expect(queued).toHaveBeenCalledWith(
      ...['remindOfAppointment', expect.stringMatching(/^[0-9a-f]{40}-0$/)],
      ...[{ ...placeOf(place), revision: '0' }, due],
    );
    await change.answer({ ...placeOf(place), revision: 0, accept: true }, place.uid);
    expect(new Set(names()).size).toBe(1);
    expect(await remind(placeOf(place), due - 1, 0)).toBe('early');
    expect(await reminders(place.uid)).toBe(0);
    await Promise.all([1, 2, 3].map(() => remind(placeOf(place), due, 0)));
    await sweepReminders(due + 10 * minute);
    expect(await remind(placeOf(place), due, 0)).toBe('left');
    expect(await reminders(place.uid)).toBe(1);
  });

  it('moved: the reminder moves, and the old task reminds of nothing', async () => {
    const startsAt = inMinutes(Date.now() + 3 * day);
    const place = await confirmed(startsAt);
    const later = startsAt + 2 * day;
    await change.move({ ...placeOf(place), startsAt: iso(later) });
    expect(dropped).toHaveBeenCalledWith('remindOfAppointment', names()[0]);
    expect(queued).toHaveBeenLastCalledWith(
      ...['remindOfAppointment', expect.stringMatching(/-1$/)],
      ...[{ ...placeOf(place), revision: '1' }, later - day],
    );
    expect(await remind(placeOf(place), startsAt - day, 0)).toBe('left');
    expect(await reminders(place.uid)).toBe(0);
    expect(await remind(placeOf(place), later - day, 1)).toBe('reminded');
    expect(await reminders(place.uid)).toBe(1);
    expect(await told(place.uid, 'appointment')).toEqual(
      expect.arrayContaining(['예약 제안이 도착했습니다', '예약 시간이 바뀌었습니다']),
    );
  });

  it('moved there and back: the first time has a reminder again, under a name of its own', async () => {
    const startsAt = inMinutes(Date.now() + 3 * day);
    const place = await confirmed(startsAt);
    await change.move({ ...placeOf(place), startsAt: iso(startsAt + day) });
    await change.move({ ...placeOf(place), startsAt: iso(startsAt) });
    expect(new Set(names()).size).toBe(3);
    expect(await remind(placeOf(place), startsAt - day, 2)).toBe('reminded');
  });

  it('moved after it was reminded of: is reminded of again, of the new time', async () => {
    const startsAt = inMinutes(Date.now() + 3 * day);
    const place = await confirmed(startsAt);
    await remind(placeOf(place), startsAt - day, 0);
    await change.move({ ...placeOf(place), startsAt: iso(startsAt + day) });
    await remind(placeOf(place), startsAt, 1);
    expect(await reminders(place.uid)).toBe(2);
  });

  it.each(['member', 'hospital'] as const)(
    'cancelled by the %s: no reminder, by task or sweep',
    async (side) => {
      const startsAt = inMinutes(Date.now() + 3 * day);
      const place = await confirmed(startsAt);
      await change.cancel(placeOf(place), side);
      await change.cancel(placeOf(place), side);
      expect(dropped).toHaveBeenCalledWith('remindOfAppointment', names()[0]);
      expect(await remind(placeOf(place), startsAt - day, 0)).toBe('left');
      await sweepReminders(startsAt - hour);
      expect(await reminders(place.uid)).toBe(0);
      const cancellations = (await told(place.uid, 'appointment')).filter(
        (title) => title === '예약이 취소되었습니다',
      );
      expect(cancellations).toHaveLength(side === 'hospital' ? 1 : 0);
    },
  );

  it('declined or never answered: no reminder', async () => {
    const startsAt = inMinutes(Date.now() + 3 * day);
    const [declined, open] = [await aPlace(), await aPlace()];
    for (const place of [declined, open])
      await change.propose({ ...placeOf(place), startsAt: iso(startsAt) });
    await change.answer({ ...placeOf(declined), revision: 0, accept: false }, declined.uid);
    await sweepReminders(startsAt - hour);
    expect(queued).not.toHaveBeenCalled();
    expect([await reminders(declined.uid), await reminders(open.uid)]).toEqual([0, 0]);
  });

  it('whose task was lost is the sweep’s; one that has begun is reminded of no more', async () => {
    const startsAt = inMinutes(Date.now() + 3 * day);
    const [lost, missed] = [await confirmed(startsAt), await confirmed(startsAt)];
    await sweepReminders(startsAt - day + minute);
    expect(await reminders(lost.uid)).toBe(0);
    await db()
      .doc(`Chatting/${missed.roomId}/appointments/${missed.appointmentId}`)
      .update({ startsAt: Timestamp.fromMillis(startsAt - day) });
    await sweepReminders(startsAt - day + 3 * minute);
    expect([await reminders(lost.uid), await reminders(missed.uid)]).toEqual([1, 0]);
    expect((await stored(missed))?.remindAt).toBeNull();
  });

  it('further ahead than the queue takes: its task comes when it is within reach, once', async () => {
    const startsAt = inMinutes(Date.now() + 60 * day);
    const place = await confirmed(startsAt);
    expect(queued).not.toHaveBeenCalled();
    const due = startsAt - day;
    const ours = () => queued.mock.calls.filter(([, , data]) => data.appointmentId === place.appointmentId);
    await queueReminders(due - 31 * day);
    expect(ours()).toHaveLength(0);
    await queueReminders(due - 28.5 * day);
    await queueReminders(due - 27.5 * day);
    expect(new Set(ours().map(([, id]) => id)).size).toBe(1);
    expect(ours()[0]?.[3]).toBe(due);
  });

  it('whoever died behind the confirmation is made good for: answering again queues the reminder', async () => {
    const place = await aPlace();
    await change.propose({ ...placeOf(place), startsAt: iso(inMinutes(Date.now() + 3 * day)) });
    queued.mockRejectedValueOnce(new Error('unreachable'));
    const yes = { ...placeOf(place), revision: 0, accept: true };
    expect(await change.answer(yes, place.uid)).toMatchObject({ state: 'confirmed' });
    await change.answer(yes, place.uid);
    expect(names()).toHaveLength(2);
    expect(new Set(names()).size).toBe(1);
  });

  it('near: two hours before; nearer still: none', async () => {
    const soon = await confirmed(inMinutes(Date.now() + 5 * hour));
    expect(queued.mock.calls.at(-1)?.[3]).toBe(((await stored(soon))?.startsAt.toMillis() ?? 0) - 2 * hour);
    queued.mockClear();
    const now = await confirmed(inMinutes(Date.now() + hour));
    expect((await stored(now))?.remindAt).toBeNull();
    expect(queued).not.toHaveBeenCalled();
  });

  it('is bounded: in time, in number, in moves', async () => {
    const place = await aPlace();
    const propose = (startsAt: number, appointmentId: string = randomUUID()) =>
      change.propose({ roomId: place.roomId, appointmentId, startsAt: iso(startsAt) });
    const refused = { reason: 'APPOINTMENT_REFUSED' };
    await expect(propose(inMinutes(Date.now() - hour))).rejects.toMatchObject(refused);
    await expect(propose(inMinutes(Date.now() + 400 * day))).rejects.toMatchObject(refused);
    const next = inMinutes(Date.now() + day);
    for (let n = 0; n < 10; n += 1) await propose(next + n * hour);
    await expect(propose(next)).rejects.toMatchObject(refused);
    const other = await aPlace();
    await change.propose({ ...placeOf(other), startsAt: iso(next) });
    for (let n = 1; n <= 20; n += 1)
      await change.move({ ...placeOf(other), startsAt: iso(next + n * minute) });
    await expect(change.move({ ...placeOf(other), startsAt: iso(next) })).rejects.toMatchObject(refused);
    await db().doc(`Chatting/${place.roomId}`).update({ status: 'closed' });
    await expect(propose(next)).rejects.toMatchObject({ reason: 'APPOINTMENT_NOT_FOUND' });
  });

  it('kept by both sides proves the review of that day; by one alone it does not', async () => {
    const place = await confirmed(inMinutes(Date.now() + hour));
    const ref = db().doc(`Chatting/${place.roomId}/appointments/${place.appointmentId}`);
    const startsAt = inMinutes(Date.now() - 2 * hour);
    const hospitalId = (await stored(place))?.hospitalId ?? '';
    await ref.update({ startsAt: Timestamp.fromMillis(startsAt) });
    const visitDate = koreanDayOf(startsAt);
    const at = Timestamp.now();
    const proven = { rating: 5, evidence: 'none', paidPrice: null, advertisedPrice: null } as const;
    const review = db().doc(`reviews/${place.uid}_${hospitalId}_${visitDate}`);
    await review.set({
      ...{
        authorUid: place.uid,
        authorNickname: '방문자',
        hospitalId,
        hospitalName: '라온뷰티의원',
        visitDate,
      },
      ...{
        ...newReviewFields,
        ...proven,
        tally: tallyOf(proven),
        doctorId: null,
        eventId: null,
        consulted: false,
      },
      ...{
        aspects: {},
        text: '상담부터 시술까지 친절했어요.',
        sideEffects: '',
        treatments: [],
        photoPaths: [],
      },
      ...{ beforeAfterPaths: [], beforeAfterPublic: false, replyCount: 0, replyCountAsOf: null },
      ...{ createdAt: at, updatedAt: at },
    });
    const evidence = async () => (await review.get()).get('evidence');
    await change.keep(placeOf(place), 'hospital');
    expect(await change.keep(placeOf(place), 'hospital')).toMatchObject({ state: 'confirmed' });
    expect(await evidence()).toBe('none');
    expect(await change.keep(placeOf(place), 'member')).toMatchObject({ state: 'kept' });
    expect(await evidence()).toBe('visit');
    await expect(change.cancel(placeOf(place), 'member')).rejects.toMatchObject({
      reason: 'APPOINTMENT_REFUSED',
    });
  });
});
