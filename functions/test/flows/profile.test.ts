/** What members change by callables: the nickname and consents. */
import { collection, getDocs, limit, orderBy, query } from 'firebase/firestore';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { joining, knownToKakao, newPhone, type Phone, refusal, signInWithKakao } from '../support/app.ts';

let phone: Phone;
let nextId = 9260000000;
beforeEach(() => {
  phone = newPhone();
});
afterEach(() => phone.close());
const member = async (on: Phone = phone) => {
  nextId += 1;
  return signInWithKakao(on, await knownToKakao(nextId));
};
const keysOf = async (uid: string) =>
  (await db().collection('nicknames').where('uid', '==', uid).get()).docs.map(({ id }) => id);
const weekAgo = (uid: string) =>
  db()
    .doc(`users/${uid}/private/account`)
    .update({ nicknameChangedAt: Timestamp.fromMillis(Date.now() - 8 * 86_400_000) });

describe('changing the nickname', () => {
  it('gives the former one back and keeps others from the new one, whatever case, width and spacing', async () => {
    const uid = await member();
    const name = `Raon${nextId}`;
    await phone.call('changeNickname', { nickname: name });
    expect((await db().doc(`users/${uid}`).get()).get('nickname')).toBe(name);
    expect(await keysOf(uid)).toEqual([name.toLowerCase()]);
    const other = newPhone();
    await member(other);
    for (const taken of [name.toUpperCase(), `Ｒaon${nextId - 1}`, `R a o n${nextId - 1}`]) {
      expect((await refusal(other, 'changeNickname', { nickname: taken })).reason).toBe('NICKNAME_TAKEN');
    }
    await weekAgo(uid);
    await phone.call('changeNickname', { nickname: `Other${nextId}` });
    expect(await other.call('changeNickname', { nickname: name })).toEqual({ nickname: name });
    await other.close();
  });

  it('is refused for reserved words, within seven days, and to who is not signed in', async () => {
    const uid = await member();
    expect((await refusal(phone, 'changeNickname', { nickname: '닥터피치 운영자' })).reason).toBe(
      'NICKNAME_RESERVED',
    );
    await phone.call('changeNickname', { nickname: `첫째${nextId}` });
    const hurried = await refusal(phone, 'changeNickname', { nickname: `둘째${nextId}` });
    expect(hurried.reason).toBe('NICKNAME_TOO_SOON');
    expect(hurried.details.retryAfterMs).toBeGreaterThan(6 * 86_400_000);
    expect(await phone.call('changeNickname', { nickname: `첫째${nextId}` })).toBeTruthy();
    expect(await keysOf(uid)).toEqual([`첫째${nextId}`]);
    await phone.auth.signOut();
    expect((await refusal(phone, 'changeNickname', { nickname: '누구게' })).reason).toBe('SIGN_IN_REQUIRED');
  });

  it('wanted by six at once goes to one of them', async () => {
    const phones = Array.from({ length: 6 }, () => newPhone());
    const uids: string[] = [];
    for (const each of phones) uids.push(await member(each));
    const nickname = `인기${nextId}`;
    const outcomes = await Promise.allSettled(
      phones.map((each) => each.call('changeNickname', { nickname })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    const profiles = await Promise.all(uids.map((uid) => db().doc(`users/${uid}`).get()));
    expect(profiles.filter((profile) => profile.get('nickname') === nickname).length).toBe(1);
    await Promise.all(phones.map((each) => each.close()));
  });
});

describe('consents', () => {
  const say = (type: string, granted: boolean) =>
    phone.call('recordConsents', { consents: [{ type, version: 1, granted }], channel: 'app' });
  const state = async (uid: string) => (await db().doc(`users/${uid}/private/account`).get()).get('consents');

  it('are a ledger only ever added to, which the member reads', async () => {
    const uid = await member();
    await say('adPush', true);
    await say('adPush', true);
    await say('nightPush', true);
    await say('adPush', false);
    const ledger = query(
      collection(phone.firestore, `users/${uid}/consents`),
      orderBy('at', 'desc'),
      limit(50),
    );
    const entries = (await getDocs(ledger)).docs.map((entry) => entry.get('decisions'));
    expect(entries.length).toBe(4);
    expect(entries[0]).toEqual([
      { type: 'adPush', version: 1, granted: false },
      { type: 'nightPush', version: 1, granted: false },
    ]);
    expect(await state(uid)).toMatchObject({
      adPush: { granted: false },
      nightPush: { granted: false },
      terms: { granted: true },
    });
  });

  it('that are required end only with the account; night needs advertising; old texts are refused', async () => {
    await member();
    const refused = (consents: unknown[]) => refusal(phone, 'recordConsents', { consents, channel: 'app' });
    expect((await refused([{ type: 'terms', version: 1, granted: false }])).reason).toBe('CONSENT_REQUIRED');
    expect((await refused([{ type: 'nightPush', version: 1, granted: true }])).reason).toBe(
      'CONSENT_REQUIRED',
    );
    expect((await refused([{ type: 'adPush', version: 7, granted: true }])).reason).toBe('CONSENT_OUTDATED');
    expect((await refused([])).reason).toBe('INVALID_INPUT');
    expect(
      (await refusal(phone, 'recordConsents', { consents: joining().consents, channel: 'fax' })).reason,
    ).toBe('INVALID_INPUT');
  });

  it('are asked for again when a text has changed since', async () => {
    const uid = await member();
    await db()
      .doc(`logins/${uid}`)
      .update({ agreedVersions: { privacy: 1 } });
    const accessToken = `kakao-token-${nextId}`;
    const again = await phone.call<{ consentsNeeded: string[] }>('kakaoSignIn', { accessToken });
    expect(again.consentsNeeded).toEqual(['terms']);
  });
});
