/** Members as joining makes them, without joining. */

import { nicknameKey } from '../../src/accounts/nicknames.ts';
import type { Account, User } from '../../src/accounts/schema.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';

type Known = Pick<User, 'nickname'> & Pick<Account, 'email' | 'phone'>;

/** Lays a profile, its account and its nickname. Members whose uid is `kakao:…` have that number. */
export async function makeAccount(uid: string, { nickname, email, phone }: Known): Promise<void> {
  const at = Timestamp.now();
  const stamps = { createdAt: at, updatedAt: at };
  const byKakao = /^kakao:\d+$/.test(uid);
  const user: User = { nickname, photoPath: null, introduction: '', ...stamps };
  const account: Account = {
    provider: byKakao ? 'kakao' : 'email',
    email,
    phone,
    kakaoId: byKakao ? Number(uid.slice('kakao:'.length)) : null,
    consents: {},
    rejoined: false,
    nicknameChangedAt: null,
    problems: [],
    ...stamps,
  };
  const batch = db().batch();
  batch.set(db().doc(`users/${uid}`), user);
  batch.set(db().doc(`users/${uid}/private/account`), account);
  batch.set(db().doc(`nicknames/${nicknameKey(nickname)}`), { uid });
  await batch.commit();
}
