/** Linking Kakao to a member by e-mail: from then on both logins open the one profile. */
import type { Transaction } from 'firebase-admin/firestore';
import { followStanding } from '../access/suspension.ts';
import { queueMail } from '../outbox/queue.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { kakaoLogin, kakaoUid } from './accounts.ts';
import { agreedNow } from './consents.ts';
import { kakaoDeadline, kakaoIdOfToken } from './kakao.ts';
import { kakaoLinkedLetter } from './letters.ts';
import { accountOf, formerMemberId, formerMembers, logins } from './members.ts';

async function link(tx: Transaction, uid: string, kakaoId: number): Promise<void> {
  const card = logins().doc(kakaoLogin(kakaoId));
  const [known, stored, former] = await Promise.all([
    tx.get(card),
    tx.get(accountOf(uid)),
    tx.get(formerMembers().doc(formerMemberId(kakaoLogin(kakaoId)))),
  ]);
  const account = stored.data();
  if (!account) throw new AppError('USER_NOT_FOUND');
  if (known.data()?.uid === uid) return;
  if (known.exists || account.kakaoId !== null) throw new AppError('KAKAO_ALREADY_LINKED');
  const now = Timestamp.now();
  const agreedVersions = agreedNow(account.consents);
  const stamps = { createdAt: now, checkedAt: null };
  tx.create(card, { uid, suspendedUntil: null, withdrawing: false, agreedVersions, ...stamps });
  const rejoined = account.rejoined || former.exists;
  tx.update(stored.ref, { kakaoId, rejoined, updatedAt: now });
  if (account.email) {
    queueMail(tx, `kakaoLinked-${crypto.randomUUID()}`, { ...kakaoLinkedLetter(), to: account.email, uid });
  }
}

/** Errors: the KAKAO_* reasons, KAKAO_ALREADY_LINKED. Linking the same again changes nothing. */
export async function linkKakao(uid: string, accessToken: string): Promise<void> {
  const kakaoId = await kakaoIdOfToken(accessToken, kakaoDeadline());
  await db().runTransaction((tx) => link(tx, uid, kakaoId));
}

/**
 * Links a Kakao account anew to the profile that was joined with it: its member had unlinked it at Kakao, kept the
 * profile by e-mail, and comes back. The new card is told of a suspension that runs. Errors: KAKAO_ALREADY_LINKED.
 */
export async function relinkKakao(kakaoId: number): Promise<void> {
  const uid = kakaoUid(kakaoId);
  await db().runTransaction((tx) => link(tx, uid, kakaoId));
  await followStanding(uid);
}
