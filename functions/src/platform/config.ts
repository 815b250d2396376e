/** Parameters and secrets of the deployment: the only reader of the environment. Described in docs/operations.md. */
import { defineBoolean, defineList, defineSecret, defineString } from 'firebase-functions/params';

export const kakaoAppIds = defineList('KAKAO_APP_IDS', {
  description:
    'Numeric ids of our Kakao apps, as a JSON list of strings; tokens of any other app are refused.',
});
export const kakaoAppKeys = defineList('KAKAO_APP_KEYS', {
  description:
    'REST and native app keys of our Kakao apps, as a JSON list: the audiences an id_token may be for.',
});
const kakaoApiBase = defineString('KAKAO_API_BASE', {
  default: 'https://kapi.kakao.com',
  description: 'Base URL of the Kakao API.',
});

const kakaoAuthBase = defineString('KAKAO_AUTH_BASE', {
  default: 'https://kauth.kakao.com',
  description: 'Base URL of Kakao’s authorisation server; its signing keys are read there.',
});
export const enforceAppCheck = defineBoolean('ENFORCE_APP_CHECK', {
  default: false,
  description: 'Whether callables refuse calls without a valid App Check token.',
});

/** Kakao's admin key: unlinks withdrawn members, reads profiles, and authenticates Kakao's unlink webhook. */
export const kakaoAdminKey = defineSecret('KAKAO_ADMIN_KEY');
/** Keys the digests of nonces, codes and of what identifies a person after withdrawal. */
export const identitySecret = defineSecret('IDENTITY_SECRET');
/** Bearer secret of `inboundMail/raw`. */
export const inboundMailSecret = defineSecret('INBOUND_MAIL_SECRET');

const runsLocally = () => process.env.FUNCTIONS_EMULATOR === 'true';

/** A base URL that may be used: https and not loopback, except in the emulator. */
export function acceptBaseUrl(value: string, local: boolean): string {
  const url = new URL(value);
  const loopback =
    /^(localhost|127\.|0\.0\.0\.0|\[::1?\])/.test(url.hostname) || url.hostname.endsWith('.localhost');
  if (!local && (url.protocol !== 'https:' || loopback)) {
    throw new Error(`Refusing base URL with host ${url.hostname}: production needs https and a public host`);
  }
  return value.replace(/\/+$/, '');
}

export const kakaoApiUrl = () => acceptBaseUrl(kakaoApiBase.value(), runsLocally());
export const kakaoAuthUrl = () => acceptBaseUrl(kakaoAuthBase.value(), runsLocally());
