/** Where accounts meet their callers. */
import type { CallableRequest } from 'firebase-functions/v2/https';
import { requireMember, requireSignedIn } from '../access/guard.ts';
import { callerAddress, limitHere } from '../access/limits.ts';
import { answerCall } from '../platform/call.ts';
import { issueNonce } from './nonces.ts';
import * as profile from './profile.ts';
import {
  changeNicknameInput,
  type KakaoSignInOutput,
  kakaoSignInInput,
  nothingInput,
  recordConsentsInput,
} from './schema.ts';
import { signInWithKakao } from './signIn.ts';

type Call = CallableRequest<unknown>;

/** Callable: a nonce for an OIDC log-in at Kakao, good for ten minutes. */
export function startKakaoSignIn(request: Call): Promise<{ nonce: string; expiresAt: string }> {
  return answerCall('startKakaoSignIn', nothingInput, request, async () => {
    await limitHere('signInByAddress', callerAddress(request));
    const { nonce, expiresAt } = issueNonce(Date.now());
    return { nonce, expiresAt: new Date(expiresAt).toISOString() };
  });
}

/** Callable: a Kakao access token or id_token for a Firebase custom token; joins who is new. */
export function kakaoSignIn(request: Call): Promise<KakaoSignInOutput> {
  return answerCall('kakaoSignIn', kakaoSignInInput, request, async (input) => {
    await limitHere('signInByAddress', callerAddress(request));
    return signInWithKakao(input);
  });
}

/** Callable: another nickname, unless it is taken. */
export function changeNickname(request: Call): Promise<{ nickname: string }> {
  return answerCall('changeNickname', changeNicknameInput, request, async ({ nickname }) => {
    const { uid } = await requireMember(request);
    await profile.changeNickname(uid, nickname);
    return { nickname };
  });
}

/** Callable: adds to the ledger of consents. */
export function recordConsents(request: Call): Promise<{ consentsNeeded: string[] }> {
  return answerCall('recordConsents', recordConsentsInput, request, async (said) => {
    const { uid } = await requireSignedIn(request);
    return { consentsNeeded: await profile.recordConsents(uid, said) };
  });
}
