/** Signing in with Kakao, through the functions emulator and the Kakao stand-in. */
import { doc, getDoc } from 'firebase/firestore';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { env, newPhone, type Phone, signInWithKakao } from '../support/app.ts';

let phone: Phone;
beforeEach(() => {
  phone = newPhone();
});
afterEach(() => phone.close());

const tokens = () => `${env('STANDIN_KAKAO_URL')}/__control`;

async function journal(): Promise<{ path: string }[]> {
  const body: unknown = await (await fetch(`${tokens()}/journal`)).json();
  const entries = Array.isArray(body)
    ? body
    : typeof body === 'object' && body !== null && 'requests' in body
      ? body.requests
      : [];
  return Array.isArray(entries) ? entries : [];
}

async function refusal(accessToken: unknown): Promise<{ code: string; reason: unknown; message: string }> {
  const failed = await phone.call('kakaoSignIn', { accessToken }).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failed instanceof Error) || !('code' in failed)) throw new Error('was not refused');
  const details = 'details' in failed ? failed.details : undefined;
  const reason =
    typeof details === 'object' && details !== null && 'reason' in details ? details.reason : undefined;
  return { code: String(failed.code), reason, message: failed.message };
}

describe('kakaoSignIn', () => {
  it('gives the holder of a token their account, and one profile however often', async () => {
    const uid = await signInWithKakao(phone, 'kakao-token-minji');
    expect(uid).toBe('kakao:9000000001');
    const profile = await getDoc(doc(phone.firestore, `users/${uid}`));
    expect(profile.data()).toMatchObject({ photoPath: null, introduction: '' });
    const account = await getDoc(doc(phone.firestore, `users/${uid}/private/account`));
    expect(account.get('email')).toEqual(expect.stringContaining('@'));
    expect(account.get('phone')).toMatch(/^\+82/);
    const again = await phone.call<{ isNewMember: boolean }>('kakaoSignIn', {
      accessToken: 'kakao-token-minji',
    });
    expect(again.isNewMember).toBe(false);
  });

  it('makes one profile from ten taps at once', async () => {
    const taps = Array.from({ length: 10 }, () =>
      phone.call<{ isNewMember: boolean; uid: string }>('kakaoSignIn', { accessToken: 'kakao-token-seojun' }),
    );
    const answers = await Promise.all(taps);
    expect(new Set(answers.map((answer) => answer.uid)).size).toBe(1);
    expect(answers.filter((answer) => answer.isNewMember).length).toBeLessThanOrEqual(1);
  });

  it('never takes an address Kakao has not verified', async () => {
    const { uid } = await phone.call<{ uid: string }>('kakaoSignIn', {
      accessToken: 'kakao-token-unverified',
    });
    expect((await db().doc(`users/${uid}/private/account`).get()).get('email')).toBeNull();
  });

  it.each([
    ['a token of another app', 'kakao-token-other-app', 'functions/permission-denied', 'KAKAO_WRONG_APP'],
    ['an expired token', 'kakao-token-expired', 'functions/unauthenticated', 'KAKAO_TOKEN_INVALID'],
    ['a token nobody issued', 'garbage', 'functions/unauthenticated', 'KAKAO_TOKEN_INVALID'],
    ['nothing', '', 'functions/invalid-argument', 'INVALID_INPUT'],
    ['another type', 12, 'functions/invalid-argument', 'INVALID_INPUT'],
    ['a fault inside Kakao', 'fault-1-kakao-token-minji', 'functions/unavailable', 'KAKAO_UNAVAILABLE'],
    ['Kakao over its quota', 'fault-10-kakao-token-minji', 'functions/resource-exhausted', 'KAKAO_BUSY'],
    ['a broken connection', 'fault-reset-kakao-token-minji', 'functions/unavailable', 'KAKAO_UNAVAILABLE'],
    [
      'an HTML page with 502',
      'fault-html502-kakao-token-minji',
      'functions/unavailable',
      'KAKAO_UNAVAILABLE',
    ],
  ])('refuses %s, in Korean and with a stable reason', async (_what, token, code, reason) => {
    const refused = await refusal(token);
    expect(refused).toMatchObject({ code, reason });
    expect(refused.message).toMatch(/[가-힣]/);
  });

  it('answers within five seconds when Kakao does not', async () => {
    const begun = Date.now();
    expect(await refusal('fault-slow-kakao-token-minji')).toMatchObject({ reason: 'KAKAO_UNAVAILABLE' });
    expect(Date.now() - begun).toBeLessThan(7_000);
  });

  it('asks Kakao only once where it must not try again', async () => {
    await fetch(`${tokens()}/journal`);
    const before = (await journal()).length;
    await refusal('fault-10-kakao-token-minji');
    expect((await journal()).length - before).toBe(1);
  });

  it('refuses a suspended member, and an input that names a uid', async () => {
    const until = Timestamp.fromMillis(Date.now() + 3_600_000);
    await db()
      .doc('suspensions/kakao:9000000099')
      .set({ reason: '시험', until, by: 'operator-1', createdAt: Timestamp.now() });
    expect(await refusal('kakao-token-suspended')).toMatchObject({
      code: 'functions/permission-denied',
      reason: 'SUSPENDED',
    });
    const named = phone.call('kakaoSignIn', { accessToken: 'kakao-token-minji', uid: 'operator-1' });
    await expect(named).rejects.toMatchObject({ code: 'functions/invalid-argument' });
  });
});
