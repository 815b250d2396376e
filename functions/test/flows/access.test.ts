/** Suspension and limits, with ID tokens issued before. */
import { signInWithCustomToken } from 'firebase/auth';
import { doc, getDoc, serverTimestamp, updateDoc } from 'firebase/firestore';
import { answerStanding } from '../../src/access/console.ts';
import { limitEverywhere, limitsEverywhere } from '../../src/access/limits.ts';
import { endSuspensions, lift, suspend } from '../../src/access/suspension.ts';
import type { KakaoSignInOutput } from '../../src/accounts/schema.ts';
import { AppError } from '../../src/platform/errors.ts';
import { auth, db, Timestamp } from '../../src/platform/firebase.ts';
import { env, eventually, joining, knownToKakao, newPhone, type Phone, refusal } from '../support/app.ts';

process.env.IDENTITY_SECRET = 'local-identity-secret';

let phone: Phone;
beforeEach(() => {
  phone = newPhone();
});
afterEach(() => phone.close());

let nextId = 9250000000;
interface Member {
  readonly uid: string;
  readonly accessToken: string;
}
async function member(): Promise<Member> {
  nextId += 1;
  const accessToken = await knownToKakao(nextId);
  const input = { accessToken, join: joining() };
  const { customToken, uid } = await phone.call<KakaoSignInOutput>('kakaoSignIn', input);
  await signInWithCustomToken(phone.auth, customToken);
  return { uid, accessToken };
}

const introduce = (uid: string) =>
  updateDoc(doc(phone.firestore, `users/${uid}`), {
    introduction: '반가워요',
    photoPath: null,
    updatedAt: serverTimestamp(),
  });
const inAnHour = () => Date.now() + 3_600_000;
const standing = (uid: string) => db().doc(`standings/${uid}`);
const entriesOf = async (uid: string) =>
  (await db().collection('auditLog').where('target', '==', `standings/${uid}`).get()).docs.map((entry) =>
    entry.data(),
  );

async function expectShutOut(uid: string): Promise<void> {
  await expect(introduce(uid)).rejects.toMatchObject({ code: 'permission-denied' });
  expect((await refusal(phone, 'changeNickname', { nickname: '정지회원' })).reason).toBe('SUSPENDED');
}

describe('suspending a member', () => {
  it('shuts out the ID token they have, within five seconds; what is public they read like anybody', async () => {
    const { uid, accessToken } = await member();
    await introduce(uid);
    // Starting a worker of the emulator is not part of what is measured.
    await phone.call('changeNickname', { nickname: `정지전${nextId}` });
    await db()
      .doc('Hospitals/h-access')
      .set({ name: '공개의원', published: true, updatedAt: Timestamp.now() });
    const begun = Date.now();
    await suspend({ uid, until: inAnHour(), reason: '광고', by: 'operator-1' });
    await expectShutOut(uid);
    await expect(phone.auth.currentUser?.getIdToken(true)).rejects.toMatchObject({
      code: 'auth/user-disabled',
    });
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect((await refusal(phone, 'kakaoSignIn', { accessToken })).reason).toBe('SUSPENDED');
    expect((await getDoc(doc(phone.firestore, 'Hospitals/h-access'))).exists()).toBe(true);
    await expect(getDoc(doc(phone.firestore, `users/${uid}`))).rejects.toMatchObject({
      code: 'permission-denied',
    });
  });

  it('is lifted by an operator, and both are in the audit log', async () => {
    const { uid, accessToken } = await member();
    await suspend({ uid, until: inAnHour(), reason: '광고', by: 'operator-1' });
    await lift(uid, '소명함', 'operator-2');
    await introduce(uid);
    expect((await phone.call<KakaoSignInOutput>('kakaoSignIn', { accessToken })).uid).toBe(uid);
    const audited = (await entriesOf(uid)).map(({ action, by, note }) => [action, by, note]);
    expect(audited).toEqual(
      expect.arrayContaining([
        ['user.suspend', 'operator-1', '광고'],
        ['user.lift', 'operator-2', '소명함'],
      ]),
    );
    expect(audited.length).toBe(2);
  });

  it('ends by itself: writing at the very end, signing in with the next sweep', async () => {
    const { uid } = await member();
    const until = Date.now() + 5_000;
    await suspend({ uid, until, reason: '광고', by: 'operator-1' });
    await expect(introduce(uid)).rejects.toMatchObject({ code: 'permission-denied' });
    await eventually('Auth follows', async () => (await auth().getUser(uid)).disabled);
    await eventually('the end', async () => Date.now() > until + 50);
    await introduce(uid);
    expect((await auth().getUser(uid)).disabled).toBe(true);
    await endSuspensions(Date.now());
    expect((await auth().getUser(uid)).disabled).toBe(false);
    expect((await standing(uid).get()).exists).toBe(false);
    await endSuspensions(Date.now());
    expect((await entriesOf(uid)).filter(({ action }) => action === 'user.suspensionEnded').length).toBe(1);
  });

  it('ends although one that was mistyped and ended before cannot', async () => {
    const { uid } = await member();
    await suspend({ uid, until: Date.now() + 60_000, reason: '광고', by: 'operator-1' });
    const spoilt = standing(`spoilt-${uid}`);
    await spoilt.set({ suspendedUntil: Timestamp.fromMillis(1), reason: '' });
    await endSuspensions(Date.now() + 120_000);
    expect((await auth().getUser(uid)).disabled).toBe(false);
    expect((await spoilt.get()).get('suspendedUntil')).not.toBeNull();
    await spoilt.delete();
  });

  it('refuses an end in the past, somebody unknown, and who holds a role', async () => {
    const { uid } = await member();
    const by = 'operator-1';
    const reasonOf = (attempt: Promise<void>) =>
      attempt.then(
        () => 'done',
        (error: unknown) => (error instanceof AppError ? error.reason : String(error)),
      );
    expect(await reasonOf(suspend({ uid, until: Date.now() - 1, reason: '광고', by }))).toBe('INVALID_INPUT');
    expect(await reasonOf(suspend({ uid: 'nobody', until: inAnHour(), reason: '광고', by }))).toBe(
      'USER_NOT_FOUND',
    );
    await db().doc(`roles/${uid}`).set({ role: 'operator', updatedAt: Timestamp.now() });
    expect(await reasonOf(suspend({ uid, until: inAnHour(), reason: '광고', by }))).not.toBe('done');
  });

  it('needs an operator: members and strangers are refused', async () => {
    const { uid } = await member();
    const input = { uid, until: new Date(inAnHour()).toISOString(), reason: '장난' };
    expect((await refusal(phone, 'suspendUser', input)).reason).toBe('NOT_ALLOWED');
    expect((await refusal(phone, 'liftSuspension', { uid, reason: '장난' })).reason).toBe('NOT_ALLOWED');
    await phone.auth.signOut();
    expect((await refusal(phone, 'suspendUser', input)).reason).toBe('SIGN_IN_REQUIRED');
  });
});

describe('suspending in the Firebase console', () => {
  it('takes a time and a reason; the server completes the document, audits it, and Auth follows', async () => {
    const { uid } = await member();
    await standing(uid).set({ suspendedUntil: Timestamp.fromMillis(inAnHour()), reason: '콘솔에서 정지' });
    await expectShutOut(uid);
    await eventually('the account disabled', async () => (await auth().getUser(uid)).disabled);
    expect((await standing(uid).get()).data()).toMatchObject({
      by: 'console',
      problems: [],
      rolesEndedAt: null,
    });
    await standing(uid).delete();
    await eventually('the account enabled', async () => !(await auth().getUser(uid)).disabled);
    await introduce(uid);
    const audited = (await entriesOf(uid)).filter(({ action }) => action === 'user.standingEdited');
    expect(audited.map(({ by }) => by)).toEqual(['console', 'console']);
  });

  it('is answered once, however often the event arrives', async () => {
    const { uid } = await member();
    await standing(uid).set({ suspendedUntil: null, reason: null, updatedAt: Timestamp.now() });
    const before = await standing(uid).get();
    await standing(uid).update({ suspendedUntil: Timestamp.fromMillis(inAnHour()), reason: '두 번 온 사건' });
    const after = await standing(uid).get();
    const deliver = () => answerStanding(`twice-${uid}`, uid, { before, after });
    await Promise.all([deliver(), deliver()]);
    await deliver();
    await eventually('the account disabled', async () => (await auth().getUser(uid)).disabled);
    // The suite's own trigger may have been first with the same edit.
    const audited = (await entriesOf(uid)).filter(({ action }) => action === 'user.standingEdited');
    expect(audited).toHaveLength(1);
    expect((await standing(uid).get()).get('problems')).toEqual([]);
  });

  it('explains what is wrong in the document, and keeps the member out until it is right', async () => {
    const { uid } = await member();
    await standing(uid).set({ suspendedUntil: '2026-12-31' });
    await expectShutOut(uid);
    const problems = await eventually('the explanation', async () => {
      const told: unknown = (await standing(uid).get()).get('problems');
      return Array.isArray(told) && told.length > 0 ? told : null;
    });
    expect(problems).toEqual([
      expect.objectContaining({ field: 'suspendedUntil', message: expect.stringMatching(/[가-힣]/) }),
    ]);
    await standing(uid).update({ suspendedUntil: Timestamp.fromMillis(inAnHour()), reason: '바로잡음' });
    await eventually('no problem', async () => {
      const told: unknown = (await standing(uid).get()).get('problems');
      return Array.isArray(told) && told.length === 0;
    });
    await eventually('the account disabled', async () => (await auth().getUser(uid)).disabled);
  });
});

describe('a limit across instances', () => {
  it('is exact when thirty come at once, and free again in the next window', async () => {
    const key = `burst-${process.pid}`;
    const { most, perSeconds } = limitsEverywhere.mailToPerson;
    const now = Date.now();
    const uses = await Promise.allSettled(
      Array.from({ length: 30 }, () => limitEverywhere('mailToPerson', key, now)),
    );
    expect(uses.filter(({ status }) => status === 'fulfilled').length).toBe(most);
    await limitEverywhere('mailToPerson', key, now + perSeconds * 1000 + 1);
  });
  it('keeps no address and no name', async () => {
    await limitEverywhere('mailToPerson', 'somebody@mail.example');
    const kept = await db().collection('rateLimits').get();
    expect(kept.docs.every(({ id }) => /^[0-9a-f]{64}$/.test(id))).toBe(true);
    expect(JSON.stringify(kept.docs.map((one) => one.data()))).not.toContain('somebody');
  });
  it('of sign-ups is by the address Google saw, whatever the caller claims', async () => {
    const signUp = (address: string, claimed: string) =>
      fetch(`${env('FUNCTIONS_BASE_URL')}/signUpWithEmail`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `${claimed}, ${address}` },
        body: JSON.stringify({
          data: { email: 'flood@mail.example', password: 'weak', join: joining() },
        }),
      });
    const { most } = limitsEverywhere.signUpByAddress;
    const answers: number[] = [];
    for (let n = 0; n <= most; n++) answers.push((await signUp('203.0.113.77', `10.0.0.${n}`)).status);
    expect(answers.slice(0, most).every((status) => status === 400)).toBe(true);
    expect(answers[most]).toBe(429);
    expect((await signUp('203.0.113.78', '10.0.0.1')).status).toBe(400);
  });
});
