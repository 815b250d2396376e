/** Operators at work on registrations: by hand in the Firebase console, and by callables with the same effect. */
import { randomUUID } from 'node:crypto';
import { auth, db, Timestamp } from '../../src/platform/firebase.ts';
import { onRegistrationWritten } from '../../src/registrations/edge.ts';
import type { Registration } from '../../src/registrations/schema.ts';
import { eventually, newPhone, type Phone, refusal, signInWithGoogle } from '../support/app.ts';
import { aRegistration, hospitalFieldsOf } from '../support/aRegistration.ts';
import { newBusinessNumber } from '../support/mails.ts';

const phones: Phone[] = [];
afterAll(() => Promise.all(phones.map((phone) => phone.close())));

async function operator(): Promise<{ phone: Phone; uid: string }> {
  const phone = newPhone();
  phones.push(phone);
  const email = `${randomUUID()}@decisions.example`;
  const uid = await signInWithGoogle(phone, email);
  await auth().setCustomUserClaims(uid, { role: 'operator' });
  await signInWithGoogle(phone, email);
  await phone.auth.currentUser?.getIdToken(true);
  return { phone, uid };
}

const at = (id: string) => db().doc(`registrations/${id}`);
const stored = async (id: string) => (await at(id).get()).data() ?? {};
const entriesFor = async (id: string) =>
  (await db().collection('auditLog').where('target', '==', `registrations/${id}`).get()).docs.map((entry) =>
    entry.data(),
  );

/** Lays a registration as reading a mail leaves it; its id. */
async function waiting(changes: Partial<Registration> = {}): Promise<string> {
  const id = `${randomUUID()}-1`;
  const now = Timestamp.now();
  const fields = hospitalFieldsOf({ businessNumber: newBusinessNumber() });
  await at(id).set({ ...aRegistration({ fields, ...changes }), receivedAt: now, updatedAt: now });
  return id;
}

/** Types something into the document, as a person in the console does, and waits for the answer. */
async function type(id: string, edit: Record<string, unknown>) {
  const { updateTime } = await at(id).get();
  const { updatedAt } = await stored(id);
  await at(id).update(edit);
  return eventually(`an answer in ${id} to what was typed after ${updateTime?.toMillis()}`, async () => {
    const now = await stored(id);
    return now.updatedAt.toMillis() > updatedAt.toMillis() ? now : null;
  });
}

describe('in the console', () => {
  it('a corrected field is tidied, checked and explained; and the approval goes through', async () => {
    const missing = { field: 'phone', reason: 'MISSING', message: '전화번호 정보가 없습니다' };
    const fields = hospitalFieldsOf({ businessNumber: newBusinessNumber(), phone: null });
    const id = await waiting({ state: 'NEEDS_INFO', fields, problems: [missing] });
    const wrong = await type(id, { 'fields.phone': '전화 주세요' });
    expect(wrong).toMatchObject({ state: 'NEEDS_INFO', problems: [{ field: 'phone', reason: 'INVALID' }] });
    const right = await type(id, { 'fields.phone': '02) 555-0199' });
    expect(right).toMatchObject({
      state: 'PENDING_REVIEW',
      problems: [],
      fields: { phone: '+8225550199' },
      readings: { phone: { source: 'operator', raw: '02) 555-0199' } },
    });
    expect(right.corrections.at(-1)).toMatchObject({ field: 'phone', to: '+8225550199', by: 'console' });
    expect(await type(id, { decision: 'approve' })).toMatchObject({ state: 'APPROVED' });
    expect((await db().doc(`Hospitals/h-${id}`).get()).get('phone')).toBe('+8225550199');
    const actions = (await entriesFor(id)).map(({ action }) => action);
    expect(actions.sort()).toEqual(['registration.approve', 'registration.correct', 'registration.correct']);
  });

  it('a correction and a decision typed at once are taken in that order', async () => {
    const fields = hospitalFieldsOf({ businessNumber: newBusinessNumber(), phone: null });
    const id = await waiting({ state: 'NEEDS_INFO', fields });
    await at(id).update({ 'fields.phone': '02-555-0199', decision: 'approve' });
    await eventually('it is approved', async () => (await stored(id)).state === 'APPROVED');
    expect((await stored(id)).fields.phone).toBe('+8225550199');
  });

  it('what has lost its shape is put back and explained', async () => {
    const id = await waiting();
    expect(await type(id, { kind: 'clinic' })).toMatchObject({
      kind: 'hospital',
      decisionProblems: [expect.stringContaining('kind')],
    });
    expect(await type(id, { confirmed: { money: '네' } })).toMatchObject({
      confirmed: {},
      decisionProblems: [expect.stringContaining('통화')],
    });
    expect(await type(id, { fields: '지움' })).toMatchObject({ fields: { name: '라온뷰티의원' } });
  });

  it('money, licence, owner and e-mail wait for a call that is written down', async () => {
    const id = await waiting({ confirmationsNeeded: ['money', 'owner'] });
    const refused = await type(id, { decision: 'approve', decisionNote: '통화함' });
    expect(refused).toMatchObject({ state: 'PENDING_REVIEW', decision: null });
    expect(refused.decisionProblems).toHaveLength(2);
    await type(id, { 'confirmed.money': '11/21 02-555-0101 김실장과 통화' });
    await type(id, { 'confirmed.owner': '11/21 02-555-0101 대표와 통화' });
    expect(await type(id, { decision: 'approve' })).toMatchObject({ state: 'APPROVED' });
  });

  it('a settled registration stays as it was decided', async () => {
    const id = await waiting({ state: 'REJECTED', decision: 'reject' });
    const late = await type(id, { 'fields.phone': '02-555-0199' });
    expect(late).toMatchObject({
      state: 'REJECTED',
      decisionProblems: [expect.stringContaining('이미 처리')],
    });
  });

  it('an edit is answered once, however often and late its event comes', async () => {
    const id = await waiting();
    const eventId = randomUUID();
    const before = await at(id).get();
    await at(id).update({ 'fields.phone': '02-555-0199' });
    const after = await at(id).get();
    const again = () => onRegistrationWritten({ id: eventId, data: { before, after } });
    await eventually('the deployed trigger has answered', async () => (await entriesFor(id)).length === 1);
    await Promise.all([again(), again()]);
    await type(id, { 'fields.phone': '02-555-0177' });
    await again();
    const { fields, corrections } = await stored(id);
    expect(fields.phone).toBe('+8225550177');
    expect(corrections.map(({ to }: { to: unknown }) => to)).toEqual(['+8225550199', '+8225550177']);
  });
});

describe('by callable', () => {
  it('an operator corrects, confirms, is refused with reasons, and approves', async () => {
    const { phone, uid } = await operator();
    const fields = hospitalFieldsOf({ businessNumber: newBusinessNumber(), phone: null });
    const id = await waiting({ state: 'NEEDS_INFO', fields, confirmationsNeeded: ['money'] });
    const refused = await refusal(phone, 'decideRegistration', { registrationId: id, decision: 'approve' });
    expect(refused).toMatchObject({ code: 'functions/failed-precondition', reason: 'DECISION_REFUSED' });
    expect(refused.details.problems).toHaveLength(2);
    expect(
      await phone.call('correctRegistration', { registrationId: id, fields: { phone: '02-555-0199' } }),
    ).toEqual({
      state: 'PENDING_REVIEW',
      problems: [],
    });
    const note = '11/21 02-555-0101 김실장과 통화';
    await phone.call('confirmRegistration', { registrationId: id, matter: 'money', note });
    const decision = { registrationId: id, decision: 'approve', note: '서류 확인' };
    expect(await phone.call('decideRegistration', decision)).toEqual({
      state: 'APPROVED',
      publishedPath: `Hospitals/h-${id}`,
    });
    expect(await refusal(phone, 'decideRegistration', decision)).toMatchObject({
      reason: 'REGISTRATION_SETTLED',
    });
    const entries = await entriesFor(id);
    expect(entries.map(({ action }) => action).sort()).toEqual([
      'registration.approve',
      'registration.confirm',
      'registration.correct',
    ]);
    expect(entries.every(({ by }) => by === uid)).toBe(true);
  });

  it('nobody else may, and what is not there or misshapen is said', async () => {
    const id = await waiting();
    const { phone } = await operator();
    const stranger = newPhone();
    phones.push(stranger);
    await signInWithGoogle(stranger, `${randomUUID()}@decisions.example`);
    const inputs = {
      decideRegistration: { registrationId: id, decision: 'approve' },
      correctRegistration: { registrationId: id, fields: { phone: '02-555-0199' } },
      confirmRegistration: { registrationId: id, matter: 'money', note: '02-555-0101 김실장과 통화' },
      retryMail: { mailId: 'none' },
    };
    for (const [name, input] of Object.entries(inputs)) {
      expect(await refusal(stranger, name, input)).toMatchObject({ code: 'functions/permission-denied' });
      expect(await refusal(phone, name, { ...input, extra: 1 })).toMatchObject({ reason: 'INVALID_INPUT' });
      const gone = name === 'retryMail' ? {} : { registrationId: 'none' };
      const reason = name === 'retryMail' ? 'MAIL_NOT_PARKED' : 'REGISTRATION_NOT_FOUND';
      expect(await refusal(phone, name, { ...input, ...gone })).toMatchObject({ reason });
    }
    expect(await stored(id)).toMatchObject({ state: 'PENDING_REVIEW', corrections: [] });
  });
});
