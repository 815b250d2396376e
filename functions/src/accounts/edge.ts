/** Where accounts meet Firebase Auth, Firestore and Kakao. */
import type { CallableRequest } from 'firebase-functions/v2/https';
import { answerCall } from '../platform/call.ts';
import { kakaoApiUrl, kakaoAppIds } from '../platform/config.ts';
import { AppError } from '../platform/errors.ts';
import { auth, db, isAlreadyThere, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { firstNickname, isSuspendedAt, kakaoUid } from './accounts.ts';
import { type KakaoPerson, whoHolds } from './kakao.ts';
import {
  accountSchema,
  type KakaoSignInOutput,
  kakaoSignInInput,
  suspensionSchema,
  userSchema,
} from './schema.ts';

/**
 * Makes profile and account of a member unless they exist; true when they were made now. Both are created together
 * or not at all, so of several sign-ins at once one makes them and none waits for a lock.
 */
async function ensureMember(uid: string, person: KakaoPerson): Promise<boolean> {
  const user = collection('users', userSchema).doc(uid);
  if ((await db().doc(user.path).get()).exists) return false;
  const now = Timestamp.now();
  const { nickname, email, phone } = person;
  const batch = db().batch();
  batch.create(user, {
    nickname: firstNickname(nickname, uid),
    photoPath: null,
    introduction: '',
    createdAt: now,
    updatedAt: now,
  });
  const account = collection(`${user.path}/private`, accountSchema).doc('account');
  batch.create(account, { provider: 'kakao', email, phone, createdAt: now, updatedAt: now });
  try {
    await batch.commit();
    return true;
  } catch (error) {
    if (isAlreadyThere(error)) return false;
    throw error;
  }
}

async function refuseSuspended(uid: string): Promise<void> {
  const suspension = (await collection('suspensions', suspensionSchema).doc(uid).get()).data();
  if (isSuspendedAt(suspension, Date.now())) {
    throw new AppError('SUSPENDED', { until: suspension?.until.toDate().toISOString() });
  }
}

/** Callable: a Kakao access token for a Firebase custom token. Errors: the KAKAO_* reasons, SUSPENDED. */
export function kakaoSignIn(request: CallableRequest<unknown>): Promise<KakaoSignInOutput> {
  return answerCall('kakaoSignIn', kakaoSignInInput, request, async ({ accessToken }) => {
    const person = await whoHolds(accessToken, kakaoApiUrl(), kakaoAppIds.value());
    const uid = kakaoUid(person.id);
    await refuseSuspended(uid);
    const isNewMember = await ensureMember(uid, person);
    log.info('kakaoSignIn.done', { uid, isNewMember });
    return { customToken: await auth().createCustomToken(uid), uid, isNewMember };
  });
}
