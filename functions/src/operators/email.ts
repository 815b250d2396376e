/**
 * The address somebody signs in with at Firebase Auth follows the one in their account, when they sign in with a
 * password. It has to be confirmed anew: an operator's word does not prove that it is theirs.
 */
import type { UserRecord } from 'firebase-admin/auth';
import { auth, db, hasAuthCode, Timestamp, userByEmail, userOf } from '../platform/firebase.ts';
import { readContact, withProblems } from './operators.ts';

export const takenProblem = { field: 'email', message: '다른 계정에서 사용 중인 이메일이어서 되돌렸습니다.' };

/** Whether an e-mail address is what somebody signs in with. Google accounts are Google's to name. */
export function signsInByEmail(user: UserRecord | null): boolean {
  const providers = user?.providerData.map(({ providerId }) => providerId) ?? [];
  return providers.includes('password') && !providers.includes('google.com');
}

export async function isTaken(email: string, uid: string): Promise<boolean> {
  const holder = await userByEmail(email);
  return holder !== null && holder.uid !== uid;
}

async function putBack(uid: string, refused: string, email: string | null): Promise<void> {
  const ref = db().doc(`users/${uid}/private/account`);
  await db().runTransaction(async (tx) => {
    const account = await tx.get(ref);
    if (account.get('email') !== refused) return;
    const problems = withProblems(account.get('problems'), ['email'], [takenProblem]);
    tx.update(ref, { email, problems, updatedAt: Timestamp.now() });
  });
}

/** Makes Auth follow; false when the address was taken meanwhile and the former one was put back. */
export async function followEmail(uid: string): Promise<boolean> {
  const [account, user] = await Promise.all([db().doc(`users/${uid}/private/account`).get(), userOf(uid)]);
  const email: unknown = account.get('email');
  if (!user || !signsInByEmail(user) || typeof email !== 'string' || email === user.email) return true;
  // Typed since, and no address: the event of that edit puts it back.
  if (readContact('email', email) !== email) return true;
  try {
    await auth().updateUser(uid, { email, emailVerified: false });
    return true;
  } catch (error) {
    if (!hasAuthCode(error, 'auth/email-already-exists')) throw error;
    await putBack(uid, email, user.email ?? null);
    return false;
  }
}
