/** The id_tokens and security event tokens the Kakao stand-in issues: right ones, and each way of being wrong. */
import { randomUUID } from 'node:crypto';
import { isRecord, type JsonRecord } from './control.ts';
import { type KakaoPerson, kakaoApp } from './kakao-people.ts';
import {
  type KeyRing,
  leaveUnsigned,
  signHs256WithPublicKey,
  signRs256,
  signWithStrangersKey,
} from './kakao-signing.ts';

export const issuer = 'https://kauth.kakao.com';

export const eventTypes = {
  'user-linked': 'https://schemas.openid.net/secevent/oauth/event-type/user-linked',
  'user-unlinked': 'https://schemas.openid.net/secevent/oauth/event-type/user-unlinked',
  'tokens-revoked': 'https://schemas.openid.net/secevent/oauth/event-type/tokens-revoked',
} as const;

export type EventName = keyof typeof eventTypes;

const idTokenLifeSeconds = 43_199;

type Issue = (ring: KeyRing, claims: JsonRecord, header?: JsonRecord) => string;

function withClaims(change: (claims: JsonRecord) => JsonRecord): Issue {
  return (ring, claims, header) => signRs256(ring.signing, { ...claims, ...change(claims) }, header);
}

function shiftedBack(claims: JsonRecord, seconds: number): JsonRecord {
  const shifted = Object.entries(claims).filter(([key]) => ['iat', 'exp', 'auth_time'].includes(key));
  return Object.fromEntries(shifted.map(([key, value]) => [key, Number(value) - seconds]));
}

export const jwtKinds = {
  right: withClaims(() => ({})),
  'older-key': (ring, claims, header) => signRs256(ring.older, claims, header),
  'wrong-aud': withClaims(() => ({ aud: 'the-key-of-another-app' })),
  'wrong-iss': withClaims(() => ({ iss: 'https://kauth.kakao.example' })),
  'wrong-nonce': withClaims(() => ({ nonce: `not-the-nonce-${randomUUID()}` })),
  'wrong-signature': (ring, claims, header) => signWithStrangersKey(claims, header, ring.signing.kid),
  'unknown-kid': (_ring, claims, header) => signWithStrangersKey(claims, header),
  expired: withClaims((claims) => shiftedBack(claims, idTokenLifeSeconds + 3_600)),
  'not-yet': withClaims((claims) => shiftedBack(claims, -3_600)),
  hs256: (ring, claims, header) => signHs256WithPublicKey(ring.signing, claims, header),
  none: (_ring, claims, header) => leaveUnsigned(claims, header),
} as const satisfies Record<string, Issue>;

export type JwtKind = keyof typeof jwtKinds;

export function isJwtKind(value: unknown): value is JwtKind {
  return typeof value === 'string' && Object.hasOwn(jwtKinds, value);
}

export function isEventName(value: unknown): value is EventName {
  return typeof value === 'string' && Object.hasOwn(eventTypes, value);
}

export function issueJwt(kind: JwtKind, ring: KeyRing, claims: JsonRecord, header?: JsonRecord): string {
  const issue: Issue = jwtKinds[kind];
  return issue(ring, claims, header);
}

/** Nickname, picture and e-mail, each only where the person agreed to it. */
export function consentedClaims({ kakao_account }: KakaoPerson): JsonRecord {
  const profile = isRecord(kakao_account.profile) ? kakao_account.profile : {};
  const claims = {
    nickname: profile.nickname,
    picture: profile.thumbnail_image_url,
    email: kakao_account.email,
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

/** `nonce` is left out of the token when it is undefined here, as when the client sent none. */
export function idTokenClaims(
  person: KakaoPerson,
  now: number,
  aud: string = kakaoApp.nativeKey,
  nonce?: string,
): JsonRecord {
  const iat = Math.floor(now / 1000);
  return {
    iss: issuer,
    aud,
    sub: String(person.id),
    iat,
    auth_time: iat,
    exp: iat + idTokenLifeSeconds,
    ...(nonce === undefined ? {} : { nonce }),
    ...consentedClaims(person),
  };
}

export function eventTokenClaims(userId: string, event: EventName, now: number, jti?: string): JsonRecord {
  const iat = Math.floor(now / 1000);
  const subject = { subject_type: 'iss-sub', iss: issuer, sub: userId };
  return {
    iss: issuer,
    aud: kakaoApp.restKey,
    sub: userId,
    iat,
    toe: iat,
    jti: jti ?? randomUUID(),
    txn: randomUUID(),
    events: { [eventTypes[event]]: { subject } },
  };
}
