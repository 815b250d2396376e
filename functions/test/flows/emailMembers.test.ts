/** Members by e-mail: signing up, proving the address, resetting the password, linking; and who would abuse it. */
import {
  confirmPasswordReset,
  createUserWithEmailAndPassword,
  EmailAuthProvider,
  linkWithCredential,
  signInWithCustomToken,
  signInWithEmailAndPassword,
} from 'firebase/auth';
import { doc, getDoc, serverTimestamp, updateDoc } from 'firebase/firestore';
import { z } from 'zod';
import { limitsEverywhere } from '../../src/access/limits.ts';
import { suspend } from '../../src/access/suspension.ts';
import { emailCodeOf } from '../../src/accounts/emailCodes.ts';
import type { KakaoSignInOutput } from '../../src/accounts/schema.ts';
import { auth, db, Timestamp } from '../../src/platform/firebase.ts';
import { env, eventually, joining, knownToKakao, newPhone, type Phone, refusal } from '../support/app.ts';

process.env.IDENTITY_SECRET = 'local-identity-secret';

const password = 'pa55-phrase!';
let phone: Phone;
let serial = 0;
beforeEach(() => {
  phone = newPhone();
  serial += 1;
});
afterEach(() => phone.close());
const address = (name = 'member') => `${name}-${process.pid}-${serial}@mail.example`;

const messageSchema = z.object({ subject: z.string(), text: z.string() });
const messagesSchema = z.union([
  z.array(messageSchema),
  z.object({ messages: z.array(messageSchema) }).transform(({ messages }) => messages),
]);
async function mailsTo(to: string): Promise<z.infer<typeof messageSchema>[]> {
  const url = `${env('STANDIN_SMTP_URL')}/__control/messages?to=${encodeURIComponent(to)}`;
  return messagesSchema.parse(await (await fetch(url)).json());
}
const mailTo = (to: string, subject: string) =>
  eventually(`mail to ${to}: ${subject}`, async () =>
    (await mailsTo(to)).findLast((mail) => mail.subject.includes(subject)),
  );
const codeIn = (text: string) => /^ {4}(\d{6})$/m.exec(text)?.[1] ?? '';
const linkIn = (text: string) => /^https?:\/\/\S+$/m.exec(text)?.[0] ?? '';

const signUp = (email: string, more: Record<string, unknown> = {}) =>
  phone.call('signUpWithEmail', { email, password, join: joining(), ...more });
const signIn = async (email: string, secret = password) =>
  (await signInWithEmailAndPassword(phone.auth, email, secret)).user;
const introduce = (uid: string) =>
  updateDoc(doc(phone.firestore, `users/${uid}`), {
    introduction: '반가워요',
    photoPath: null,
    updatedAt: serverTimestamp(),
  });
/** Lets the resend throttle pass without waiting a minute. */
const aMinutePasses = (purpose: 'verifyEmail' | 'linkEmail', uid: string) =>
  emailCodeOf(purpose, uid).update({ sentAt: Timestamp.fromMillis(Date.now() - 61_000) });

async function verifiedMember(email: string): Promise<string> {
  await signUp(email);
  const { uid } = await signIn(email);
  await phone.call('confirmEmail', { code: codeIn((await mailTo(email, '인증')).text) });
  await phone.auth.currentUser?.getIdToken(true);
  return uid;
}

async function memberByKakao(id: number): Promise<{ uid: string; accessToken: string }> {
  const accessToken = await knownToKakao(id);
  const input = { accessToken, join: joining() };
  const { customToken, uid } = await phone.call<KakaoSignInOutput>('kakaoSignIn', input);
  await signInWithCustomToken(phone.auth, customToken);
  return { uid, accessToken };
}

describe('signing up by e-mail', () => {
  it('makes a member who reads, and writes once the address is confirmed by the code', async () => {
    const email = address();
    expect(await signUp(email)).toEqual({ accepted: true });
    const { uid, emailVerified } = await signIn(email);
    expect(emailVerified).toBe(false);
    expect((await getDoc(doc(phone.firestore, `users/${uid}`))).exists()).toBe(true);
    await expect(introduce(uid)).rejects.toMatchObject({ code: 'permission-denied' });
    expect((await refusal(phone, 'changeNickname', { nickname: '새이름' })).reason).toBe(
      'EMAIL_NOT_VERIFIED',
    );
    const mail = await mailTo(email, '인증');
    expect(mail.text).toContain('닥터피치');
    await phone.call('confirmEmail', { code: codeIn(mail.text) });
    await phone.auth.currentUser?.getIdToken(true);
    await introduce(uid);
    expect((await db().doc(`users/${uid}/private/account`).get()).get('email')).toBe(email);
  });

  it('or by the link', async () => {
    const email = address();
    await signUp(email);
    const { uid } = await signIn(email);
    const answer = await fetch(linkIn((await mailTo(email, '인증')).text));
    expect(answer.status).toBe(200);
    await phone.auth.currentUser?.getIdToken(true);
    await introduce(uid);
  });

  it('makes one member of three sign-ups at once', async () => {
    const email = address();
    await Promise.allSettled(Array.from({ length: 3 }, () => signUp(email)));
    const { uid } = await signIn(email);
    const accounts = await db().collectionGroup('private').where('email', '==', email).get();
    expect(accounts.docs.map((account) => account.ref.path)).toEqual([`users/${uid}/private/account`]);
    expect((await db().collection('nicknames').where('uid', '==', uid).get()).size).toBe(1);
  });

  it.each([
    ['short', 'a1b2c3', 'WEAK_PASSWORD'],
    ['of letters alone', 'passwordpassword', 'WEAK_PASSWORD'],
    ['of one character', '11111111!', 'WEAK_PASSWORD'],
  ])('refuses a password that is %s', async (_what, weak, reason) => {
    expect(
      (await refusal(phone, 'signUpWithEmail', { email: address(), password: weak, join: joining() })).reason,
    ).toBe(reason);
  });
  it('refuses who is under fourteen, before anything is stored', async () => {
    const join = { ...joining(), birthDate: '2020-01-01' };
    expect((await refusal(phone, 'signUpWithEmail', { email: address(), password, join })).reason).toBe(
      'UNDER_14',
    );
    await expect(auth().getUserByEmail(address())).rejects.toMatchObject({ code: 'auth/user-not-found' });
  });
});

describe('a code', () => {
  it('is good once, for five tries', async () => {
    const email = address();
    await signUp(email);
    const { uid } = await signIn(email);
    const code = codeIn((await mailTo(email, '인증')).text);
    const wrong = code === '000000' ? '000001' : '000000';
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      const answer = await refusal(phone, 'confirmEmail', { code: wrong });
      expect(answer).toMatchObject({ reason: 'CODE_WRONG', details: { triesLeft } });
    }
    expect((await refusal(phone, 'confirmEmail', { code })).reason).toBe('CODE_EXPIRED');
    await aMinutePasses('verifyEmail', uid);
    await phone.call('resendVerification', {});
    const next = await eventually('another code', async () => {
      const mails = (await mailsTo(email)).filter(({ subject }) => subject.includes('인증'));
      return mails.length === 2 ? codeIn(mails[1]?.text ?? '') : null;
    });
    await phone.call('confirmEmail', { code: next });
    expect((await refusal(phone, 'confirmEmail', { code: next })).reason).toBe('CODE_EXPIRED');
  });

  it('is not sent again within a minute, and not good after five', async () => {
    const email = address();
    await signUp(email);
    const { uid } = await signIn(email);
    const throttled = await refusal(phone, 'resendVerification', {});
    expect(throttled).toMatchObject({ code: 'functions/resource-exhausted', reason: 'TOO_MANY_REQUESTS' });
    expect(throttled.details.retryAfterMs).toBeGreaterThan(0);
    await emailCodeOf('verifyEmail', uid).update({ expiresAt: Timestamp.fromMillis(Date.now() - 1) });
    const code = codeIn((await mailTo(email, '인증')).text);
    expect((await refusal(phone, 'confirmEmail', { code })).reason).toBe('CODE_EXPIRED');
  });

  it('tried by seven at once is counted exactly', async () => {
    const email = address();
    await signUp(email);
    const { uid } = await signIn(email);
    const code = codeIn((await mailTo(email, '인증')).text);
    const wrong = code === '000000' ? '000001' : '000000';
    const tries = await Promise.all(
      Array.from({ length: 7 }, () => refusal(phone, 'confirmEmail', { code: wrong })),
    );
    expect(tries.filter(({ reason }) => reason === 'CODE_WRONG').length).toBe(5);
    expect((await emailCodeOf('verifyEmail', uid).get()).get('triesLeft')).toBe(0);
  });

  it('of another member is worth nothing', async () => {
    const [mine, theirs] = [address('mine'), address('theirs')];
    await signUp(theirs);
    const code = codeIn((await mailTo(theirs, '인증')).text);
    await signUp(mine);
    await signIn(mine);
    const own = codeIn((await mailTo(mine, '인증')).text);
    if (own !== code) expect((await refusal(phone, 'confirmEmail', { code })).reason).toBe('CODE_WRONG');
  });
});

describe('who asks whether somebody is a member', () => {
  it('gets the same answer from sign-up and reset, known or not, confirmed or not', async () => {
    const [known, waiting, stranger] = [address('known'), address('waiting'), address('stranger')];
    await verifiedMember(known);
    await signUp(waiting);
    const answers = await Promise.all([
      ...[known, stranger].map((email) => signUp(email, { password: 'attack3r-pass' })),
      ...[known, waiting, address('nobody')].map((email) => phone.call('requestPasswordReset', { email })),
    ]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"accepted":true}']));
    expect((await mailTo(known, '이미 가입')).text).not.toContain('attack3r');
  });
  it('learns nothing from nicknames: a taken one is refused before the address is looked at', async () => {
    const known = address('known');
    await verifiedMember(known);
    const nickname = `이름${process.pid}`;
    await signUp(address('namesake'), { join: { ...joining(), nickname } });
    for (const email of [known, address('unknown')]) {
      const join = { ...joining(), nickname };
      expect((await refusal(phone, 'signUpWithEmail', { email, password, join })).reason).toBe(
        'NICKNAME_TAKEN',
      );
    }
  });
  it('cannot flood somebody with mail', async () => {
    const email = address();
    const { most } = limitsEverywhere.mailToPerson;
    for (let mail = 0; mail < most; mail++) await phone.call('requestPasswordReset', { email });
    expect((await refusal(phone, 'requestPasswordReset', { email })).reason).toBe('TOO_MANY_REQUESTS');
  });
});

describe('taking an account over before its owner comes', () => {
  it('fails: a sign-up replaces an account whose address was never confirmed', async () => {
    const email = address('victim');
    await signUp(email, { password: 'attack3r-pass' });
    const attacker = await signIn(email, 'attack3r-pass');
    await attacker.getIdToken();
    await signUp(email);
    await expect(signIn(email, 'attack3r-pass')).rejects.toThrow();
    const owner = await signIn(email);
    expect(owner.uid).not.toBe(attacker.uid);
    expect((await db().doc(`users/${attacker.uid}`).get()).exists).toBe(false);
    expect((await db().collection('nicknames').where('uid', '==', attacker.uid).get()).size).toBe(0);
  });
  it('fails past our functions as well: an account made with the client SDK has no profile and is replaced', async () => {
    const email = address('victim');
    const { user } = await createUserWithEmailAndPassword(phone.auth, email, 'attack3r-pass');
    await expect(introduce(user.uid)).rejects.toMatchObject({ code: 'permission-denied' });
    await signUp(email);
    expect((await signIn(email)).uid).not.toBe(user.uid);
  });
  it('fails by linking an address nobody has proven: it can be reset or joined with by its owner alone', async () => {
    const email = address('victim');
    const { uid } = await memberByKakao(9200000001);
    const credential = EmailAuthProvider.credential(email, 'attack3r-pass');
    if (!phone.auth.currentUser) throw new Error('not signed in');
    await linkWithCredential(phone.auth.currentUser, credential);
    await phone.call('requestPasswordReset', { email });
    await signUp(email);
    const owner = await signIn(email);
    expect(owner.uid).not.toBe(uid);
    expect((await mailsTo(email)).some(({ subject }) => subject.includes('재설정'))).toBe(false);
  });
});

describe('resetting the password', () => {
  it('works by the link and ends other sessions', async () => {
    const email = address();
    await verifiedMember(email);
    await phone.call('requestPasswordReset', { email });
    const link = new URL(linkIn((await mailTo(email, '재설정')).text));
    await confirmPasswordReset(phone.auth, link.searchParams.get('oobCode') ?? '', 'n3w-phrase!');
    await expect(signIn(email)).rejects.toThrow();
    expect((await signIn(email, 'n3w-phrase!')).email).toBe(email);
  });
});

describe('one person with two logins', () => {
  it('by e-mail first links Kakao, and either opens the one profile', async () => {
    const uid = await verifiedMember(address());
    const accessToken = await knownToKakao(9200000002);
    await phone.call('linkKakao', { accessToken });
    await phone.call('linkKakao', { accessToken });
    const byKakao = await phone.call<KakaoSignInOutput>('kakaoSignIn', { accessToken });
    expect(byKakao).toMatchObject({ uid, isNewMember: false });
    expect((await db().doc('users/kakao:9200000002').get()).exists).toBe(false);
    const other = await knownToKakao(9200000003);
    expect((await refusal(phone, 'linkKakao', { accessToken: other })).reason).toBe('KAKAO_ALREADY_LINKED');
  });

  it('cannot link a Kakao account that opens another profile, or before the address is confirmed', async () => {
    const { accessToken } = await memberByKakao(9200000004);
    const email = address();
    await signUp(email);
    await signIn(email);
    expect((await refusal(phone, 'linkKakao', { accessToken })).reason).toBe('EMAIL_NOT_VERIFIED');
    await phone.call('confirmEmail', { code: codeIn((await mailTo(email, '인증')).text) });
    await phone.auth.currentUser?.getIdToken(true);
    expect((await refusal(phone, 'linkKakao', { accessToken })).reason).toBe('KAKAO_ALREADY_LINKED');
  });

  it('ends with one profile when joining by Kakao and linking race', async () => {
    await verifiedMember(address());
    const accessToken = await knownToKakao(9200000005);
    const stranger = newPhone();
    await Promise.allSettled([
      phone.call('linkKakao', { accessToken }),
      stranger.call('kakaoSignIn', { accessToken, join: joining() }),
    ]);
    await stranger.close();
    const card = (await db().doc('logins/kakao:9200000005').get()).data();
    const joined = (await db().doc('users/kakao:9200000005').get()).exists;
    expect(joined).toBe(card?.uid === 'kakao:9200000005');
  });

  it('by Kakao first proves an address by its code, and signs in with it', async () => {
    const email = address();
    const { uid } = await memberByKakao(9200000006);
    await phone.call('linkEmail', { email });
    const code = codeIn((await mailTo(email, '인증번호')).text);
    expect((await refusal(phone, 'confirmLinkedEmail', { code, password: 'short' })).reason).toBe(
      'WEAK_PASSWORD',
    );
    await phone.call('confirmLinkedEmail', { code, password });
    const user = await signIn(email);
    expect([user.uid, user.emailVerified]).toEqual([uid, true]);
    await introduce(uid);
  });

  it('who unlinked Kakao and kept the profile by e-mail links it again by signing in, and escapes no suspension', async () => {
    const email = address();
    const { uid, accessToken } = await memberByKakao(9200000008);
    await phone.call('linkEmail', { email });
    const code = codeIn((await mailTo(email, '연결 인증번호')).text);
    await phone.call('confirmLinkedEmail', { code, password });
    await db().doc(`logins/${uid}`).delete();
    await db().doc(`users/${uid}/private/account`).update({ kakaoId: null, updatedAt: Timestamp.now() });
    const again = () => phone.call<KakaoSignInOutput>('kakaoSignIn', { accessToken, join: joining() });
    expect(await again()).toMatchObject({ uid, isNewMember: false });
    expect((await db().doc(`users/${uid}/private/account`).get()).get('kakaoId')).toBe(9200000008);
    await db().doc(`logins/${uid}`).delete();
    await db().doc(`users/${uid}/private/account`).update({ kakaoId: null, updatedAt: Timestamp.now() });
    await suspend({ uid, until: Date.now() + 3_600_000, reason: '광고', by: 'operator-1' });
    const refused = await refusal(phone, 'kakaoSignIn', { accessToken, join: joining() });
    expect(refused.reason).toBe('SUSPENDED');
  });

  it('cannot take an address another member has confirmed', async () => {
    const email = address();
    await verifiedMember(email);
    await memberByKakao(9200000007);
    await phone.call('linkEmail', { email });
    const code = codeIn((await mailTo(email, '연결 인증번호')).text);
    expect((await refusal(phone, 'confirmLinkedEmail', { code, password })).reason).toBe('EMAIL_TAKEN');
  });
});
