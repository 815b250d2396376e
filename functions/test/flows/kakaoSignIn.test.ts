/** Signing in with Kakao, through the functions emulator, the Auth emulator and the Kakao stand-in. */
import { signInWithCustomToken } from 'firebase/auth';
import { doc, getDoc, serverTimestamp, updateDoc } from 'firebase/firestore';
import { z } from 'zod';
import type { KakaoSignInOutput } from '../../src/accounts/schema.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import {
  control,
  env,
  joining,
  knownToKakao,
  newPhone,
  type Phone,
  refusal,
  signInWithKakao,
} from '../support/app.ts';

let phone: Phone;
beforeEach(() => {
  phone = newPhone();
});
afterEach(() => phone.close());

const kakao = 'STANDIN_KAKAO_URL';
const journalSchema = z.union([
  z.array(z.object({ path: z.string() })),
  z.object({ requests: z.array(z.object({ path: z.string() })) }).transform(({ requests }) => requests),
]);
async function asked(): Promise<string[]> {
  const body: unknown = await (await fetch(`${env(kakao)}/__control/journal`)).json();
  return journalSchema.parse(body).map(({ path }) => path);
}

const signIn = (input: unknown) => phone.call<KakaoSignInOutput>('kakaoSignIn', input);
const refused = (input: unknown) => refusal(phone, 'kakaoSignIn', input);
const verified = (email: string) => ({ email, is_email_valid: true, is_email_verified: true });

describe('joining with Kakao', () => {
  it('asks for consents first, and stores nothing of who has not given them', async () => {
    const accessToken = await knownToKakao(9100000001, { profile: { nickname: '처음' } });
    expect(await refused({ accessToken })).toMatchObject({
      code: 'functions/failed-precondition',
      reason: 'JOIN_REQUIRED',
      details: { consents: expect.arrayContaining([{ type: 'terms', version: 1, required: true }]) },
    });
    const kept = await Promise.all([
      db().doc('users/kakao:9100000001').get(),
      db().doc('logins/kakao:9100000001').get(),
    ]);
    expect(kept.map((snapshot) => snapshot.exists)).toEqual([false, false]);
  });

  it('makes profile, account, ledger and nickname, and one of each however often', async () => {
    const account = { ...verified('Jimin@Mail.Example'), phone_number: '+82 10-2345-6789' };
    const accessToken = await knownToKakao(9100000002, { ...account, profile: { nickname: '지민 02' } });
    const uid = await signInWithKakao(phone, accessToken);
    expect(uid).toBe('kakao:9100000002');
    const read = (path: string) => getDoc(doc(phone.firestore, path));
    expect((await read(`users/${uid}`)).data()).toMatchObject({ nickname: '지민 02', photoPath: null });
    const stored = await read(`users/${uid}/private/account`);
    expect(stored.data()).toMatchObject({
      email: 'jimin@mail.example',
      phone: '+821023456789',
      rejoined: false,
      consents: { terms: { version: 1, granted: true }, privacy: { version: 1, granted: true } },
    });
    expect((await read(`users/${uid}/consents/joined`)).get('channel')).toBe('app');
    expect((await db().doc('nicknames/지민02').get()).get('uid')).toBe(uid);
    expect(await signIn({ accessToken })).toMatchObject({ uid, isNewMember: false, consentsNeeded: [] });
    expect((await db().collection(`users/${uid}/consents`).get()).size).toBe(1);
  });

  it('makes one member from six taps at once', async () => {
    const accessToken = await knownToKakao(9100000003, { profile: { nickname: '열번' } });
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => signIn({ accessToken, join: joining() })),
    );
    expect(new Set(answers.map(({ uid }) => uid)).size).toBe(1);
    expect(answers.filter(({ isNewMember }) => isNewMember).length).toBe(1);
    expect((await db().collection('nicknames').where('uid', '==', 'kakao:9100000003').get()).size).toBe(1);
  });

  it('gives the second of one name a number, and refuses a wish that is taken or reserved', async () => {
    const [first, second, third] = await Promise.all(
      [9100000004, 9100000005, 9100000006].map((id) =>
        knownToKakao(id, { profile: { nickname: '하늘 바다' } }),
      ),
    );
    await signIn({ accessToken: first, join: joining() });
    const { uid } = await signIn({ accessToken: second, join: joining() });
    expect((await db().doc(`users/${uid}`).get()).get('nickname')).toMatch(/^하늘 바다\d{4}$/);
    const wish = (nickname: string) => refused({ accessToken: third, join: { ...joining(), nickname } });
    expect((await wish('ㅎㅏ늘바다'.replace('ㅎㅏ', '하'))).reason).toBe('NICKNAME_TAKEN');
    expect((await wish('닥터 피치 운영자')).reason).toBe('NICKNAME_RESERVED');
  });

  it('never takes an address Kakao has not verified, and manages with no consent at all', async () => {
    const accessToken = await knownToKakao(9100000007, {
      ...verified('taken@mail.example'),
      is_email_verified: false,
    });
    const { uid } = await signIn({ accessToken, join: joining() });
    expect((await db().doc(`users/${uid}/private/account`).get()).data()).toMatchObject({
      email: null,
      phone: null,
    });
    expect((await db().doc(`users/${uid}`).get()).get('nickname')).toMatch(/^회원\d{8}$/);
  });

  it.each([
    ['a child of thirteen', { ...joining(), birthDate: '2013-06-01' }, 'UNDER_14'],
    [
      'who does not agree to the terms',
      { ...joining(), consents: joining().consents.slice(1) },
      'CONSENT_REQUIRED',
    ],
    [
      'who agrees to a text that is not in force',
      { ...joining(), consents: joining().consents.map((consent) => ({ ...consent, version: 9 })) },
      'CONSENT_OUTDATED',
    ],
    ['who names a uid', { ...joining(), uid: 'operator-1' }, 'INVALID_INPUT'],
    ['who names a role', { ...joining(), role: 'owner' }, 'INVALID_INPUT'],
  ])('refuses %s', async (_what, join, reason) => {
    const accessToken = await knownToKakao(9100000008);
    expect((await refused({ accessToken, join })).reason).toBe(reason);
    expect((await db().doc('users/kakao:9100000008').get()).exists).toBe(false);
  });
});

describe('an access token', () => {
  it.each([
    ['of another app', 'kakao-token-other-app', 'functions/permission-denied', 'KAKAO_WRONG_APP'],
    ['that has expired', 'kakao-token-expired', 'functions/unauthenticated', 'KAKAO_TOKEN_INVALID'],
    ['nobody issued', 'garbage', 'functions/unauthenticated', 'KAKAO_TOKEN_INVALID'],
    ['that is empty', '', 'functions/invalid-argument', 'INVALID_INPUT'],
    ['of another type', 12, 'functions/invalid-argument', 'INVALID_INPUT'],
    [
      'during a fault inside Kakao',
      'fault-1-kakao-token-minji',
      'functions/unavailable',
      'KAKAO_UNAVAILABLE',
    ],
    [
      'when Kakao is over its quota',
      'fault-10-kakao-token-minji',
      'functions/resource-exhausted',
      'KAKAO_BUSY',
    ],
    ['on a broken connection', 'fault-reset-kakao-token-minji', 'functions/unavailable', 'KAKAO_UNAVAILABLE'],
    [
      'when a proxy answers HTML',
      'fault-html502-kakao-token-minji',
      'functions/unavailable',
      'KAKAO_UNAVAILABLE',
    ],
  ])('%s is refused, in Korean and with a stable reason', async (_what, accessToken, code, reason) => {
    const answer = await refused({ accessToken, join: joining() });
    expect(answer).toMatchObject({ code, reason });
    expect(answer.message).toMatch(/[가-힣]/);
    if (code === 'functions/unavailable' || reason === 'KAKAO_BUSY')
      expect(answer.details.retryAfterMs).toBeGreaterThan(0);
  });

  it('is answered within five seconds when Kakao does not answer', async () => {
    const begun = Date.now();
    expect(await refused({ accessToken: 'fault-slow-kakao-token-minji', join: joining() })).toMatchObject({
      reason: 'KAKAO_UNAVAILABLE',
    });
    // Beyond the 4.5 s of the client: a worker of the emulator may have to start.
    expect(Date.now() - begun).toBeLessThan(7_000);
  });

  it('is asked about once where Kakao says never to try again, twice where it may help', async () => {
    const requestsOf = async (accessToken: string) => {
      const before = (await asked()).length;
      await refused({ accessToken });
      return (await asked()).length - before;
    };
    expect(await requestsOf('fault-10-kakao-token-minji')).toBe(1);
    expect(await requestsOf('kakao-token-expired')).toBe(1);
    expect(await requestsOf('fault-1-kakao-token-minji')).toBe(2);
  });

  it('of a member who returns costs one question to Kakao', async () => {
    const accessToken = await knownToKakao(9100000009);
    await signIn({ accessToken, join: joining() });
    const before = (await asked()).length;
    await signIn({ accessToken });
    expect((await asked()).slice(before)).toEqual(['/v1/user/access_token_info']);
  });
});

describe('an id_token', () => {
  const idTokenSchema = z.object({ id_token: z.string() });
  const idToken = async (id: number, more: Record<string, unknown> = {}) =>
    idTokenSchema.parse(await control(kakao, 'id-token', { id, ...more })).id_token;
  const newNonce = async () => (await phone.call<{ nonce: string }>('startKakaoSignIn', {})).nonce;
  const id = 9100000020;
  beforeAll(() => knownToKakao(id, { ...verified('oidc@mail.example'), profile: { nickname: '오이디씨' } }));

  it('joins and signs in; the address comes from Kakao, not from the token', async () => {
    const join = joining('adPush');
    let nonce = await newNonce();
    const joined = await signIn({ idToken: await idToken(id, { nonce }), nonce, join });
    expect(joined).toMatchObject({ uid: `kakao:${id}`, isNewMember: true });
    expect((await db().doc(`users/kakao:${id}/private/account`).get()).get('email')).toBe(
      'oidc@mail.example',
    );
    nonce = await newNonce();
    const again = await signIn({ idToken: await idToken(id, { nonce }), nonce });
    expect(again.isNewMember).toBe(false);
    expect((await signInWithCustomToken(phone.auth, again.customToken)).user.uid).toBe(`kakao:${id}`);
  });

  it.each(['local-kakao-rest-key', 'local-kakao-native-key'])('may be for our key %s', async (aud) => {
    const nonce = await newNonce();
    expect((await signIn({ idToken: await idToken(id, { nonce, aud }), nonce })).uid).toBe(`kakao:${id}`);
  });

  it.each([
    ['wrong-aud', 'KAKAO_WRONG_APP'],
    ['wrong-iss', 'KAKAO_TOKEN_INVALID'],
    ['wrong-nonce', 'NONCE_INVALID'],
    ['wrong-signature', 'KAKAO_TOKEN_INVALID'],
    ['unknown-kid', 'KAKAO_TOKEN_INVALID'],
    ['expired', 'KAKAO_TOKEN_INVALID'],
    ['not-yet', 'KAKAO_TOKEN_INVALID'],
    ['hs256', 'KAKAO_TOKEN_INVALID'],
    ['none', 'KAKAO_TOKEN_INVALID'],
  ])('that is %s is refused', async (kind, reason) => {
    const nonce = await newNonce();
    const answer = await refused({ idToken: await idToken(id, { nonce, kind }), nonce, join: joining() });
    expect(answer.reason).toBe(reason);
  });

  it('signs in once: its nonce cannot be used again', async () => {
    const nonce = await newNonce();
    const token = await idToken(id, { nonce });
    await signIn({ idToken: token, nonce });
    expect((await refused({ idToken: token, nonce })).reason).toBe('NONCE_INVALID');
  });

  it('signs in once even when sent twice at the same time', async () => {
    const nonce = await newNonce();
    const token = await idToken(id, { nonce });
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => signIn({ idToken: token, nonce })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(1);
  });

  it('needs a nonce of ours', async () => {
    for (const nonce of [
      'own-nonce',
      'a.zzzzzzzz.00000000000000000000000000000000',
      `${await newNonce()}x`,
    ]) {
      expect((await refused({ idToken: await idToken(id, { nonce }), nonce })).reason).toBe('NONCE_INVALID');
    }
    const nonce = await newNonce();
    expect((await refused({ idToken: await idToken(id), nonce })).reason).toBe('NONCE_INVALID');
  });

  it('signed by a key Kakao has just begun to use is accepted, by the one before as well', async () => {
    await control(kakao, 'rotate');
    // The keys are fetched anew at most every five seconds.
    await new Promise((resolve) => setTimeout(resolve, 5_200));
    for (const kind of ['right', 'older-key']) {
      const nonce = await newNonce();
      expect((await signIn({ idToken: await idToken(id, { nonce, kind }), nonce })).uid).toBe(`kakao:${id}`);
    }
  });

  it('of a member who returns needs no question to Kakao: it works while Kakao is down', async () => {
    const nonce = await newNonce();
    const token = await idToken(id, { nonce });
    const before = (await asked()).filter((path) => path.startsWith('/v')).length;
    await signIn({ idToken: token, nonce });
    expect((await asked()).filter((path) => path.startsWith('/v')).length).toBe(before);
  });
});

describe('an outage of Kakao', () => {
  const faults = (method: string, body?: unknown) =>
    fetch(`${env(kakao)}/__control/${method === 'POST' ? 'fault' : 'faults'}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  afterEach(() => faults('DELETE'));

  it('does not touch who is signed in: they refresh their token and write', async () => {
    const uid = await signInWithKakao(phone, await knownToKakao(9100000040));
    await faults('POST', { match: { path: '/*' }, kind: 'reset' });
    expect((await refused({ accessToken: 'kakao-token-9100000040' })).reason).toBe('KAKAO_UNAVAILABLE');
    await phone.auth.currentUser?.getIdToken(true);
    await updateDoc(doc(phone.firestore, `users/${uid}`), {
      introduction: '카카오가 쉬는 날',
      photoPath: null,
      updatedAt: serverTimestamp(),
    });
    expect(await phone.call('changeNickname', { nickname: '쉬는날' })).toEqual({ nickname: '쉬는날' });
  });
});

describe('an input', () => {
  it.each([
    ['names a uid', { accessToken: 'kakao-token-minji', uid: 'operator-1' }],
    ['holds both kinds of token', { accessToken: 'a', idToken: 'b', nonce: 'c' }],
    ['is nothing', null],
    ['is a list', ['kakao-token-minji']],
  ])('that %s is refused', async (_what, input) => {
    expect((await refused(input)).reason).toBe('INVALID_INPUT');
  });
});

describe('somebody suspended', () => {
  it('is told until when, and let in again when it is over', async () => {
    const accessToken = await knownToKakao(9100000030);
    const { uid } = await signIn({ accessToken, join: joining() });
    const card = db().doc(`logins/${uid}`);
    const until = Timestamp.fromMillis(Date.now() + 3_600_000);
    await card.update({ suspendedUntil: until });
    expect(await refused({ accessToken })).toMatchObject({
      code: 'functions/permission-denied',
      reason: 'SUSPENDED',
      details: { until: until.toDate().toISOString() },
    });
    await card.update({ suspendedUntil: Timestamp.fromMillis(Date.now() - 1_000) });
    expect((await signIn({ accessToken })).uid).toBe(uid);
    expect((await card.get()).get('suspendedUntil')).toBeNull();
  });
});
