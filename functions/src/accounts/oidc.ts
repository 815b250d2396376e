/**
 * id_tokens and security event tokens of Kakao (contracts sheet §1.3, §1.5). RS256 only, exact issuer, one of our app
 * keys as audience. The keys are fetched once and kept; an unknown key id fetches them anew, at most every five
 * seconds, so a rotation is followed and a flood of made-up key ids is not passed on to Kakao.
 */
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { kakaoAppKeys, kakaoAuthUrl } from '../platform/config.ts';
import { AppError } from '../platform/errors.ts';

export const kakaoIssuer = 'https://kauth.kakao.com';
const clockToleranceSeconds = 60;

let keys: { readonly base: string; readonly find: ReturnType<typeof createRemoteJWKSet> } | undefined;

function kakaoKeys() {
  const base = kakaoAuthUrl();
  if (keys?.base !== base) {
    const find = createRemoteJWKSet(new URL(`${base}/.well-known/jwks.json`), {
      timeoutDuration: 3_000,
      cooldownDuration: 5_000,
      cacheMaxAge: 3_600_000,
    });
    keys = { base, find };
  }
  return keys.find;
}

const isKakaosFault = (error: unknown) =>
  !(error instanceof errors.JOSEError) ||
  error instanceof errors.JWKSTimeout ||
  error.code === 'ERR_JOSE_GENERIC' ||
  error instanceof errors.JWKSInvalid;

/** The claims of a token Kakao signed for us. Errors: KAKAO_TOKEN_INVALID, KAKAO_WRONG_APP, KAKAO_UNAVAILABLE. */
export async function kakaoClaims(token: string, typ?: 'secevent+jwt'): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, kakaoKeys(), {
      issuer: kakaoIssuer,
      audience: kakaoAppKeys.value(),
      algorithms: ['RS256'],
      clockTolerance: clockToleranceSeconds,
      requiredClaims: typ ? ['iat', 'jti'] : ['exp', 'iat', 'sub'],
      ...(typ ? { typ } : {}),
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
      throw new AppError('KAKAO_WRONG_APP');
    }
    if (isKakaosFault(error)) throw new AppError('KAKAO_UNAVAILABLE', { retryAfterMs: 3_000 });
    throw new AppError('KAKAO_TOKEN_INVALID');
  }
}

export interface IdTokenHolder {
  readonly kakaoId: number;
  readonly nonce: string | null;
}

/** Whom an id_token is about. Its e-mail claim is not read: nothing says whether it was verified. */
export async function idTokenHolder(idToken: string): Promise<IdTokenHolder> {
  const { sub, nonce, iat } = await kakaoClaims(idToken);
  if (!sub || !/^[1-9][0-9]{0,15}$/.test(sub)) throw new AppError('KAKAO_TOKEN_INVALID');
  if ((iat ?? 0) > Date.now() / 1000 + clockToleranceSeconds) throw new AppError('KAKAO_TOKEN_INVALID');
  return { kakaoId: Number(sub), nonce: typeof nonce === 'string' ? nonce : null };
}
