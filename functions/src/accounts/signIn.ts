/**
 * Signing in with Kakao. A member who returns costs one read, and one question to Kakao (an access token) or none
 * (an id_token, checked with Kakao's cached keys). Somebody new says what they consent to in the same call; before
 * that nothing is stored of them.
 */
import { refuseSuspended } from '../access/guard.ts';
import { followStanding } from '../access/suspension.ts';
import { AppError } from '../platform/errors.ts';
import { auth } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { kakaoLogin, kakaoUid } from './accounts.ts';
import { consentsAsked, consentsToRenew } from './consents.ts';
import { kakaoDeadline, kakaoIdOfToken, kakaoPerson } from './kakao.ts';
import { logins, makeMember } from './members.ts';
import { isOurNonce, useNonce } from './nonces.ts';
import type { Join, KakaoSignInInput, KakaoSignInOutput, Login } from './schema.ts';

interface Holder {
  readonly kakaoId: number;
  /** Null when an id_token was shown. */
  readonly accessToken: string | null;
  readonly nonce: string | null;
}

async function holderOf(input: KakaoSignInInput, signal: AbortSignal): Promise<Holder> {
  if ('accessToken' in input) {
    const kakaoId = await kakaoIdOfToken(input.accessToken, signal);
    return { kakaoId, accessToken: input.accessToken, nonce: null };
  }
  if (!isOurNonce(input.nonce, Date.now())) throw new AppError('NONCE_INVALID');
  const { idTokenHolder } = await import('./oidc.ts');
  const said = await idTokenHolder(input.idToken);
  if (said.nonce !== input.nonce) throw new AppError('NONCE_INVALID');
  return { kakaoId: said.kakaoId, accessToken: null, nonce: input.nonce };
}

async function refuseBarred(login: Login): Promise<void> {
  if (login.withdrawing) throw new AppError('WITHDRAWAL_RUNNING');
  refuseSuspended(login);
  // The end has come, but Auth may not have been told yet.
  if (login.suspendedUntil !== null) await followStanding(login.uid);
}

async function join(holder: Holder, said: Join | undefined, signal: AbortSignal): Promise<boolean> {
  if (!said) throw new AppError('JOIN_REQUIRED', { consents: consentsAsked });
  const person = await kakaoPerson(holder.kakaoId, holder.accessToken, signal);
  return makeMember({
    uid: kakaoUid(holder.kakaoId),
    provider: 'kakao',
    loginId: kakaoLogin(holder.kakaoId),
    kakaoId: holder.kakaoId,
    offeredNickname: person.nickname,
    email: person.email,
    phone: person.phone,
    join: said,
  });
}

async function cardOf(kakaoId: number): Promise<Login | undefined> {
  return (await logins().doc(kakaoLogin(kakaoId)).get()).data();
}

/** The card of a member who had unlinked Kakao and comes back. */
async function relinkedCard(kakaoId: number): Promise<Login | undefined> {
  const { relinkKakao } = await import('./linkKakao.ts');
  await relinkKakao(kakaoId);
  return cardOf(kakaoId);
}

/** Errors: the KAKAO_* reasons, NONCE_INVALID, JOIN_REQUIRED and those of joining, SUSPENDED, WITHDRAWAL_RUNNING. */
export async function signInWithKakao(input: KakaoSignInInput): Promise<KakaoSignInOutput> {
  const signal = kakaoDeadline();
  const holder = await holderOf(input, signal);
  let card = await cardOf(holder.kakaoId);
  let isNewMember = false;
  if (!card) {
    isNewMember = await join(holder, input.join, signal);
    // Of two first sign-ins at once the one that came second finds what the other made.
    card = isNewMember ? undefined : ((await cardOf(holder.kakaoId)) ?? (await relinkedCard(holder.kakaoId)));
  }
  if (card) await refuseBarred(card);
  if (holder.nonce !== null) await useNonce(holder.nonce);
  const uid = card?.uid ?? kakaoUid(holder.kakaoId);
  log.info('kakaoSignIn.done', { uid, isNewMember });
  const consentsNeeded = card ? consentsToRenew(card.agreedVersions) : [];
  return { customToken: await auth().createCustomToken(uid), uid, isNewMember, consentsNeeded };
}
