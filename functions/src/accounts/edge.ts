/** Where accounts meet their callers. */
import type { CallableRequest } from 'firebase-functions/v2/https';
import { requireMember, requireRecent, requireSignedIn } from '../access/guard.ts';
import { callerAddress, limitEverywhere, limitHere } from '../access/limits.ts';
import { answerCall } from '../platform/call.ts';
import * as byEmail from './email.ts';
import { issueNonce } from './nonces.ts';
import * as profile from './profile.ts';
import {
  changeNicknameInput,
  confirmEmailInput,
  confirmLinkedEmailInput,
  type KakaoSignInOutput,
  kakaoSignInInput,
  linkEmailInput,
  linkKakaoInput,
  nothingInput,
  recordConsentsInput,
  requestPasswordResetInput,
  signUpWithEmailInput,
} from './schema.ts';
import { signInWithKakao } from './signIn.ts';

type Call = CallableRequest<unknown>;
type Accepted = Promise<{ accepted: true }>;
const accepted = { accepted: true } as const;

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

/** Callable: joins by e-mail. The answer is the same whether the address is known; a mail tells the rest. */
export function signUpWithEmail(request: Call): Accepted {
  return answerCall('signUpWithEmail', signUpWithEmailInput, request, async (signUp) => {
    await limitEverywhere('signUpByAddress', callerAddress(request));
    await byEmail.signUpWithEmail(signUp);
    return accepted;
  });
}

/** Callable: sends another code and link to the caller's own address. */
export function resendVerification(request: Call): Accepted {
  return answerCall('resendVerification', nothingInput, request, async () => {
    const { uid } = await requireSignedIn(request);
    await byEmail.resendVerification(uid);
    return accepted;
  });
}

/** Callable: confirms the caller's address by the six digits of the mail. */
export function confirmEmail(request: Call): Accepted {
  return answerCall('confirmEmail', confirmEmailInput, request, async ({ code }) => {
    const { uid } = await requireSignedIn(request);
    await limitEverywhere('codeByAddress', callerAddress(request));
    await byEmail.confirmEmail(uid, code);
    return accepted;
  });
}

/** Callable: mails a link to set another password, if somebody has the address. */
export function requestPasswordReset(request: Call): Accepted {
  return answerCall('requestPasswordReset', requestPasswordResetInput, request, async ({ email }) => {
    await limitEverywhere('codeByAddress', callerAddress(request));
    await byEmail.requestPasswordReset(email);
    return accepted;
  });
}

/** Callable: sends a code to an address the member wants to sign in with as well. */
export function linkEmail(request: Call): Accepted {
  return answerCall('linkEmail', linkEmailInput, request, async ({ email }) => {
    const caller = await requireMember(request);
    requireRecent(caller);
    await byEmail.linkEmail(caller.uid, email);
    return accepted;
  });
}

/** Callable: with the code of `linkEmail`, lets address and password open the member's profile. */
export function confirmLinkedEmail(request: Call): Accepted {
  return answerCall('confirmLinkedEmail', confirmLinkedEmailInput, request, async ({ code, password }) => {
    const caller = await requireMember(request);
    requireRecent(caller);
    await limitEverywhere('codeByAddress', callerAddress(request));
    await byEmail.confirmLinkedEmail(caller.uid, code, password);
    return accepted;
  });
}

/** Callable: lets a Kakao account open the profile of a member by e-mail. */
export function linkKakao(request: Call): Accepted {
  return answerCall('linkKakao', linkKakaoInput, request, async ({ accessToken }) => {
    const caller = await requireMember(request);
    requireRecent(caller);
    const { linkKakao: link } = await import('./linkKakao.ts');
    await link(caller.uid, accessToken);
    return accepted;
  });
}
