/**
 * Mail providers as senders: each posts a message as it does on the wire, genuine or spoilt, and acts on the reply as
 * documented. For use by tests and tools; nothing listens here. Keys are invented.
 */
import { createECDH, createHash, createHmac, createPrivateKey, randomUUID, sign } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

export type Provider = 'raw' | 'postmark' | 'mailgun' | 'sendgrid';
export const providers: readonly Provider[] = ['raw', 'postmark', 'mailgun', 'sendgrid'];

const bearer = 'local-inbound';
const postmarkLogin = 'local-postmark:local-password';
const mailgunSigningKey = 'local-mailgun-signing-key';
const curve = createECDH('prime256v1');
curve.setPrivateKey(createHash('sha256').update('local-sendgrid').digest());
const point = curve.getPublicKey();
const sendgridKey = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    d: curve.getPrivateKey('base64url'),
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  },
});
/** DER of a P-256 SubjectPublicKeyInfo, up to the point. */
const spkiHead = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

/** What the functions have to be configured with, so that these senders are believed. */
export const inboundKeys = {
  INBOUND_MAIL_SECRET: bearer,
  POSTMARK_INBOUND_LOGIN: postmarkLogin,
  MAILGUN_SIGNING_KEY: mailgunSigningKey,
  SENDGRID_INBOUND_KEY: Buffer.concat([spkiHead, point]).toString('base64'),
} as const;

export interface Posting {
  readonly provider: Provider;
  readonly raw: Uint8Array;
  /** Envelope. */
  readonly from?: string;
  readonly to?: readonly string[];
  /** `forged`: not by who holds the key. `stale`: signed an hour ago (raw and Postmark sign nothing). */
  readonly variant?: 'right' | 'forged' | 'stale';
  /** Mailgun’s, when it is to be used again. */
  readonly token?: string;
  /** Epoch ms the provider's clock shows. */
  readonly now?: number;
  /** The provider is set up to send what it parsed instead of the message. */
  readonly isParsed?: boolean;
  /** Mailgun: as a multipart form. */
  readonly isMultipart?: boolean;
}

export interface WireRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

interface Sent extends Required<Omit<Posting, 'raw' | 'provider'>> {
  readonly raw: Buffer;
  readonly isForged: boolean;
  /** As signed, in seconds. */
  readonly timestamp: string;
}

const hourMs = 3_600_000;

/** A token like Mailgun's, 50 characters. */
export const newToken = (): string => `${randomUUID()}${randomUUID()}`.replaceAll('-', '').slice(0, 50);

function filledIn(posting: Posting): Sent {
  const { variant = 'right', now = Date.now() } = posting;
  const signedAt = variant === 'stale' ? now - hourMs : now;
  return {
    from: 'desk@clinic.example',
    to: ['regist@doctorpitch.example'],
    token: newToken(),
    isParsed: false,
    isMultipart: false,
    ...posting,
    raw: Buffer.from(posting.raw),
    variant,
    now,
    isForged: variant === 'forged',
    timestamp: String(Math.floor(signedAt / 1000)),
  };
}

type Fields = Readonly<Record<string, string | Buffer>>;

function multipart(fields: Fields): { type: string; body: Buffer } {
  const boundary = `xYzZY-${randomUUID()}`;
  const parts = Object.entries(fields).flatMap(([name, value]) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ]);
  const body = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
  return { type: `multipart/form-data; boundary=${boundary}`, body };
}

const encodings = Array.from({ length: 256 }, (_, code) => {
  const letter = String.fromCharCode(code);
  if (code === 0x20) return '+';
  return /[A-Za-z0-9*._-]/.test(letter) ? letter : `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
});

function percentEncoded(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  const encoded = Buffer.allocUnsafe(bytes.length * 3);
  let length = 0;
  for (const code of bytes) length += encoded.write(encodings[code] ?? '', length, 'latin1');
  return encoded.subarray(0, length);
}

function urlencoded(fields: Fields): { type: string; body: Buffer } {
  const pairs = Object.entries(fields).flatMap(([name, value], index) => [
    Buffer.from(`${index > 0 ? '&' : ''}${encodeURIComponent(name)}=`),
    percentEncoded(value),
  ]);
  return { type: 'application/x-www-form-urlencoded', body: Buffer.concat(pairs) };
}

function rawRequest({ raw, from, to, isForged }: Sent): WireRequest {
  const headers = {
    'content-type': 'message/rfc822',
    authorization: `Bearer ${isForged ? 'wrong' : bearer}`,
    'x-envelope-from': from,
    'x-envelope-to': to.join(', '),
  };
  return { path: '/raw', headers, body: raw };
}

/** A stable GUID: Postmark repeats a delivery under the id it gave the mail. */
const guidOf = (raw: Buffer) =>
  createHash('sha256')
    .update(raw)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

function postmarkRequest({ raw, from, to, isForged, isParsed }: Sent): WireRequest {
  const login = isForged ? 'local-postmark:guess' : postmarkLogin;
  const mail = {
    FromName: '접수 담당',
    From: from,
    FromFull: { Email: from, Name: '접수 담당', MailboxHash: '' },
    To: to.join(', '),
    OriginalRecipient: to[0],
    Subject: '',
    MessageID: guidOf(raw),
    MessageStream: 'inbound',
    TextBody: isParsed ? '병원명: 흐름의원' : '',
    Headers: [
      { Name: 'X-Spam-Status', Value: 'No' },
      { Name: 'X-Spam-Score', Value: '-0.1' },
      { Name: 'X-Spam-Tests', Value: 'DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU,SPF_PASS' },
      {
        Name: 'Received-SPF',
        Value: `Pass (sender SPF authorized) identity=mailfrom; client-ip=203.0.113.7; envelope-from=${from}; receiver=${to[0]}`,
      },
      { Name: 'MIME-Version', Value: '1.0' },
      { Name: 'Received-SPF', Value: 'Fail (written by whoever wrote the mail)' },
    ],
    Attachments: [],
    ...(isParsed ? {} : { RawEmail: raw.toString() }),
  };
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    authorization: `Basic ${Buffer.from(login).toString('base64')}`,
  };
  return { path: '/postmark', headers, body: Buffer.from(JSON.stringify(mail)) };
}

function mailgunRequest(sent: Sent): WireRequest {
  const { raw, from, to, token, timestamp, isForged, isParsed, isMultipart } = sent;
  const key = isForged ? 'another-key' : mailgunSigningKey;
  const fields = {
    recipient: to.join(','),
    sender: from,
    from,
    subject: '',
    timestamp,
    token,
    signature: createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex'),
    ...(isParsed ? { 'body-plain': '병원명: 흐름의원' } : { 'body-mime': raw }),
  };
  const { type, body } = isMultipart ? multipart(fields) : urlencoded(fields);
  return { path: isParsed ? '/mailgun' : '/mailgun/mime', headers: { 'content-type': type }, body };
}

function sendgridRequest({ raw, from, to, timestamp, isForged, isParsed }: Sent): WireRequest {
  const { type, body } = multipart({
    dkim: '{@clinic.example : pass}',
    to: to.join(', '),
    from,
    sender_ip: '203.0.113.7',
    spam_score: '0.1',
    envelope: JSON.stringify({ to, from }),
    subject: '',
    charsets: '{"to":"UTF-8","from":"UTF-8","subject":"UTF-8"}',
    SPF: 'pass',
    ...(isParsed ? { text: '병원명: 흐름의원' } : { email: raw }),
  });
  const signed = isForged ? Buffer.from('something else') : body;
  const headers = {
    'content-type': type,
    'x-twilio-email-event-webhook-timestamp': timestamp,
    'x-twilio-email-event-webhook-signature': sign(
      'sha256',
      Buffer.concat([Buffer.from(timestamp), signed]),
      sendgridKey,
    ).toString('base64'),
  };
  return { path: '/sendgrid', headers, body };
}

const makers: Readonly<Record<Provider, (sent: Sent) => WireRequest>> = {
  raw: rawRequest,
  postmark: postmarkRequest,
  mailgun: mailgunRequest,
  sendgrid: sendgridRequest,
};

/** The request a provider makes. */
export function wireRequest(posting: Posting): WireRequest {
  return makers[posting.provider](filledIn(posting));
}

/**
 * Posts a message once. `baseUrl` is the function's. On a connection of its own: one kept from the message before may
 * be closed by the other side while 29 MB are on their way.
 */
export function post(baseUrl: string, posting: Posting): Promise<Response> {
  const { path, headers, body } = wireRequest(posting);
  const alone = { ...headers, connection: 'close' };
  return fetch(`${baseUrl}${path}`, { method: 'POST', headers: alone, body: new Uint8Array(body) });
}

type Reading = 'accepted' | 'refused' | 'again';

/** How a provider reads a status, and its pauses between attempts in minutes. */
const manners: Readonly<Record<Provider, { read(status: number): Reading; pauses: readonly number[] }>> = {
  raw: {
    read: (status) => (status < 300 ? 'accepted' : status < 500 ? 'refused' : 'again'),
    pauses: [1, 1, 1, 1, 1],
  },
  postmark: {
    read: (status) => (status === 200 ? 'accepted' : status === 403 ? 'refused' : 'again'),
    pauses: [1, 5, 10, 10, 10, 15, 30, 60, 120, 360],
  },
  mailgun: {
    read: (status) => (status === 200 ? 'accepted' : status === 406 ? 'refused' : 'again'),
    pauses: [10, 15, 30, 60, 120, 240],
  },
  sendgrid: {
    read: (status) => (status < 300 ? 'accepted' : status < 500 ? 'refused' : 'again'),
    pauses: [5, 30, 180, 720, 1440, 1945],
  },
};

export interface Course {
  /** `dropped`: all attempts failed; SendGrid says so to nobody. */
  readonly outcome: 'accepted' | 'refused' | 'dropped';
  /** Statuses in order; 0 when there was no answer. */
  readonly statuses: readonly number[];
}

export interface Pace {
  /** How long a minute takes here. */
  readonly minuteMs?: number;
  /** Whether attempts after the first carry the first one's timestamp and token. */
  readonly keepsSignature?: boolean;
}

/** Delivers a message as its provider does: again and again until it is accepted, refused for good or given up. */
export async function deliver(baseUrl: string, posting: Posting, pace: Pace = {}): Promise<Course> {
  const { minuteMs = 10, keepsSignature = false } = pace;
  const { read, pauses } = manners[posting.provider];
  const first: Posting = { now: Date.now(), token: newToken(), ...posting };
  const statuses: number[] = [];
  for (const pause of [0, ...pauses]) {
    await wait(pause * minuteMs);
    const status = await post(baseUrl, keepsSignature ? first : posting).then(
      (response) => response.status,
      () => 0,
    );
    statuses.push(status);
    const outcome = status === 0 ? 'again' : read(status);
    if (outcome !== 'again') return { outcome, statuses };
  }
  return { outcome: 'dropped', statuses };
}
