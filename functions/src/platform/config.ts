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

export const adReviewRequired = defineBoolean('AD_REVIEW_REQUIRED', {
  default: false,
  description:
    'Whether an event needs a review number (의료법 제57조: 100,000 users a day, last quarter of the year before).',
});

/** Kakao's admin key: unlinks withdrawn members, reads profiles, and authenticates Kakao's unlink webhook. */
export const kakaoAdminKey = defineSecret('KAKAO_ADMIN_KEY');
/** Keys the digests of nonces, codes and of what identifies a person after withdrawal. */
export const identitySecret = defineSecret('IDENTITY_SECRET');
const mailFrom = defineString('MAIL_FROM', {
  description: 'Sender of our mail, such as `닥터피치 <no-reply@doctorpitch.example>`.',
});
const mailReplyTo = defineString('MAIL_REPLY_TO', {
  default: '',
  description: 'Where answers to our mail go; empty when nowhere.',
});

const operatorsMailList = defineList('OPERATORS_MAIL', {
  default: [],
  description: 'Addresses the daily mail to the operators goes to, as a JSON list; empty when to nobody.',
});

/** `smtps://user:password@host:465`, user and password percent-encoded. */
export const smtpSecret = defineSecret('SMTP_URL');

/** Bearer secret of `inboundMail/raw`. */
export const inboundMailSecret = defineSecret('INBOUND_MAIL_SECRET');
/** `user:password` of the webhook URL Postmark posts to. */
export const postmarkInboundLogin = defineSecret('POSTMARK_INBOUND_LOGIN');
/** Mailgun's webhook signing key. */
export const mailgunSigningKey = defineSecret('MAILGUN_SIGNING_KEY');
const sendgridInboundKey = defineString('SENDGRID_INBOUND_KEY', {
  default: '',
  description:
    'Public key of the signature policy of SendGrid Inbound Parse (Base64); empty when it is not used.',
});

/** Base URL of DNS over HTTPS, asked for what proves the senders of mail. */
const dnsApiBase = defineString('DNS_API_BASE', {
  default: 'https://dns.google',
  description: 'Base URL of a DNS over HTTPS service with the JSON API (`/resolve`).',
});
const trustedAuthservIds = defineList('TRUSTED_AUTHSERV_IDS', {
  default: [],
  description:
    'Authserv-ids of mail servers of ours, as a JSON list, whose Authentication-Results are believed; empty: none.',
});

/** Base URL of FCM HTTP v1; the emulator’s is the stand-in’s. */
const fcmApiBase = defineString('FCM_API_BASE', {
  default: 'https://fcm.googleapis.com',
  description: 'Base URL of Firebase Cloud Messaging (HTTP v1).',
});

export const projectId = (): string => process.env.GCLOUD_PROJECT ?? '';
/** In the emulator nothing asks Google for a credential. */
export const runsLocally = () => process.env.FUNCTIONS_EMULATOR === 'true';
const tossBase = defineString('TOSS_BASE', {
  default: 'https://api.tosspayments.com',
  description: 'Base URL of the Toss Payments API.',
});
/** Toss’s secret key of our merchant id (`live_sk_…`): authenticates every call to Toss. */
export const tossSecretKey = defineSecret('TOSS_SECRET_KEY');
/** Encrypts the bank accounts members give for refunds, until these have been paid out. */
export const refundAccountKey = defineSecret('REFUND_ACCOUNT_KEY');

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
export const fcmUrl = () => acceptBaseUrl(fcmApiBase.value(), runsLocally());
export const tossUrl = () => acceptBaseUrl(tossBase.value(), runsLocally());
export const dnsUrl = () => acceptBaseUrl(dnsApiBase.value(), runsLocally());

/** In small letters. A value that is missing or no list, at which the SDK throws, trusts nobody. */
export function trustedServers(): string[] {
  try {
    return trustedAuthservIds.value().map((id) => id.trim().toLowerCase());
  } catch {
    return [];
  }
}

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
}

/** The relay that may be used: TLS and a public host, except in the emulator. Errors never quote the password. */
export function acceptSmtpUrl(value: string, local: boolean): SmtpServer {
  const url = URL.parse(value);
  const secure = url?.protocol === 'smtps:';
  if (!url?.hostname || !(secure || (local && url.protocol === 'smtp:'))) {
    throw new Error(
      `Refusing SMTP_URL: it must be ${local ? 'smtp:// or smtps://' : 'smtps://'} and name a host`,
    );
  }
  acceptBaseUrl(`https://${url.host}`, local);
  const auth = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  const port = Number(url.port) || (secure ? 465 : 587);
  return { host: url.hostname, port, secure, ...(auth.user ? { auth } : {}) };
}

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** `name <address>` or an address alone. */
export function readMailbox(value: string): Mailbox {
  const [, name, address] = /^(?:([^<>\p{Cc}]*)<)?([^\s<>@]+@[^\s<>@]+?)>?$/u.exec(value.trim()) ?? [];
  if (!address) throw new Error('MAIL_FROM and MAIL_REPLY_TO are `name <address>` or an address');
  return { name: name?.trim().replaceAll('"', '') ?? '', address };
}

export const smtpServer = () => acceptSmtpUrl(smtpSecret.value(), runsLocally());
export const mailSender = () => readMailbox(mailFrom.value());
export const operatorsMail = (): readonly string[] => operatorsMailList.value();
export const mailReplyAddress = () => (mailReplyTo.value() ? readMailbox(mailReplyTo.value()) : null);

const providerKeys = {
  raw: inboundMailSecret,
  postmark: postmarkInboundLogin,
  mailgun: mailgunSigningKey,
  sendgrid: sendgridInboundKey,
};

/** What a mail provider authenticates itself with; null when it is not used: empty, or `off`, as no secret can be empty. */
export function providerKey(provider: keyof typeof providerKeys): string | null {
  const value = providerKeys[provider].value().trim();
  return value === '' || value.toLowerCase() === 'off' ? null : value;
}
