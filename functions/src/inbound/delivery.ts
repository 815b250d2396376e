/**
 * What a mail provider hands over, and what becomes of it. Pure. Each provider has an adapter that says whether a
 * delivery is genuine and what it holds. Providers act on our status: whatever is genuine is kept, even when no message
 * is found in it, and only what can never be taken is answered with a code that ends the provider's retries.
 */
import { createHash } from 'node:crypto';
import { type InboundMail, spfResults } from './schema.ts';

/** An HTTP request, as far as adapters look at it. */
export interface Delivery {
  /** A header by its name; empty when there is none. */
  header(name: string): string;
  /** The bytes of the body as they came. */
  readonly body: Buffer;
  /** What the platform made of a JSON body. */
  readonly json: unknown;
}

/** What is told beside a message, and the message itself. */
export interface Envelope
  extends Pick<
    InboundMail,
    'provider' | 'providerMessageId' | 'envelopeFrom' | 'envelopeTo' | 'spf' | 'dkim' | 'spamScore'
  > {
  /** The message as it came over SMTP; null when the provider is not set up to send it. */
  readonly raw: Buffer | null;
}

/** A token the provider uses for one delivery only. */
export interface Token {
  readonly value: string;
  /** Signed too long ago for a first delivery; it may be a repeated one. */
  readonly isStale: boolean;
}

export interface Genuine {
  readonly envelope: Envelope;
  readonly token: Token | null;
}

export type RefusalReason =
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'UNAUTHENTICATED'
  | 'STALE'
  | 'REPLAYED'
  | 'EMPTY'
  | 'TOO_LARGE'
  | 'NOT_RFC822';

export interface Refusal {
  readonly refused: RefusalReason;
}

/** Judges a delivery at a moment (ms) by the key the provider and we share. Throws when our key is unusable. */
export type Adapter = (delivery: Delivery, key: string, now: number) => Promise<Genuine | Refusal>;

export const refuse = (refused: RefusalReason): Refusal => ({ refused });
export const genuine = (envelope: Envelope, token: Token | null = null): Genuine => ({ envelope, token });
export const isRefusal = <T extends object>(verdict: T | Refusal): verdict is Refusal => 'refused' in verdict;

const statuses: Readonly<Record<RefusalReason, number>> = {
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  UNAUTHENTICATED: 401,
  STALE: 401,
  REPLAYED: 401,
  EMPTY: 400,
  TOO_LARGE: 413,
  NOT_RFC822: 415,
};

/**
 * Where a provider reads a status in its own way. Mailgun and Postmark repeat for hours whatever is not their word for
 * "never". SendGrid drops a mail at a 4xx: one that is signed rightly but late (its queue, our clock) is to come again.
 */
const dialects: Partial<Record<InboundMail['provider'], Partial<Record<RefusalReason, number>>>> = {
  mailgun: { EMPTY: 406, TOO_LARGE: 406 },
  postmark: { EMPTY: 403, TOO_LARGE: 403 },
  sendgrid: { STALE: 503 },
};

export function statusOf(refused: RefusalReason, provider: InboundMail['provider'] | null): number {
  return (provider && dialects[provider]?.[refused]) ?? statuses[refused];
}

/** Base URL and function name are gone from the path by the time it gets here. */
export function providerAt(path: string): InboundMail['provider'] | null {
  switch (path.replace(/\/+$/, '')) {
    case '/raw':
      return 'raw';
    case '/postmark':
      return 'postmark';
    // Mailgun sends the message itself only to an address that ends in `mime`.
    case '/mailgun':
    case '/mailgun/mime':
      return 'mailgun';
    case '/sendgrid':
      return 'sendgrid';
    default:
      return null;
  }
}

const addressLength = 320;

/** Addresses of an envelope: without brackets, in small letters, each once, in an order that is always the same. */
export function addresses(given: readonly string[]): string[] {
  const plain = given
    .flatMap((each) => each.split(','))
    .map((each) => (/<([^<>]*)>/.exec(each)?.[1] ?? each).trim().toLowerCase().slice(0, addressLength))
    .filter((each) => each !== '');
  return [...new Set(plain)].sort().slice(0, 50);
}

/** The first word of an SPF verdict, when it is one. */
export function spfOf(said: string | undefined): InboundMail['spf'] {
  const word = /^\s*([a-z]+)/i.exec(said ?? '')?.[1]?.toLowerCase();
  return spfResults.find((result) => result === word) ?? null;
}

export function scoreOf(said: string | undefined): number | null {
  const score = Number.parseFloat(said ?? '');
  return Number.isFinite(score) ? score : null;
}

/** Seconds since 1970 as providers sign them, in ms; null when they are none. */
export function signedAt(timestamp: string): number | null {
  return /^\d{1,11}$/.test(timestamp) ? Number(timestamp) * 1000 : null;
}

const hash = (...parts: readonly (string | Buffer)[]) => {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('hex');
};

/** The id of a mail: the first 40 hex digits of the SHA-256 of its bytes. */
export const mailIdOf = (bytes: Buffer): string => hash(bytes).slice(0, 40);

/** The key under which the use of a token is written down. */
export const tokenKey = (value: string): string => `token-${hash(value).slice(0, 40)}`;

const headLimit = 256 * 1024;

function bodyStart(raw: Buffer): number {
  const ends = ['\r\n\r\n', '\n\n'].flatMap((end) => {
    const at = raw.indexOf(end);
    return at < 0 ? [] : [at + end.length];
  });
  return ends.length > 0 ? Math.min(...ends) : raw.length;
}

/** The Message-ID of a raw message; null when it has none. */
export function rfcMessageIdOf(raw: Buffer): string | null {
  const head = raw.toString('latin1', 0, Math.min(bodyStart(raw), headLimit)).replace(/\r?\n[ \t]+/g, ' ');
  const value = /^message-id[ \t]*:[ \t]*(.*)$/im.exec(head)?.[1] ?? '';
  const id = /<[^<>\s]{1,500}>/.exec(value)?.[0] ?? value.trim().slice(0, 500);
  return /^[\x21-\x7e]+$/.test(id) ? id : null;
}

/**
 * What stays the same when a provider delivers a mail again and adds to its header (`Received` and the like):
 * Message-ID, recipients and everything below the header. The Message-ID alone would not do: mail programs that give
 * every mail the same one exist, and each of their mails counts. Null when nothing tells the mail again but its bytes.
 */
export function messageKey(envelope: Envelope): string | null {
  const { raw, provider, providerMessageId, envelopeTo } = envelope;
  if (!raw) return providerMessageId && `message-${hash(`${provider}\n${providerMessageId}`).slice(0, 40)}`;
  const id = rfcMessageIdOf(raw);
  if (!id) return null;
  return `message-${hash(`${id}\n${envelopeTo.join(',')}\n`, raw.subarray(bodyStart(raw))).slice(0, 40)}`;
}
