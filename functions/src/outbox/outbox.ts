/**
 * What is decided about a mail: whether it is due, how long to wait, what an error means. Pure; times are epoch ms.
 *
 *   PENDING ──claim──► SENDING ──taken by the relay──► SENT
 *      ▲                  ├─────refused for good─────► FAILED, body emptied
 *      └──once more later─┴─────24 h have passed─────► FAILED, body kept
 */
import { createHash } from 'node:crypto';
import type { OutboxMail } from './schema.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long a worker may be at a mail. A sending is cut off before (`sendingMs`), so no two workers ever send at once. */
export const leaseMs = minute;
export const sendingMs = 45_000;
/** A mail that could not be sent for so long is given up. */
export const giveUpAfterMs = day;
/** Long enough to answer "I never got it", and no longer: it holds an address. */
export const keptMs = 30 * day;

const waits = [minute, 5 * minute, 15 * minute, hour, 3 * hour, 6 * hour] as const;

/** How long to wait after the given number of attempts, 1 or more. */
export function waitAfter(attempts: number): number {
  return waits[Math.max(0, attempts - 1)] ?? 6 * hour;
}

/** When to try again what failed now, or null when it is time to give up. */
export function nextAttempt(now: number, createdAt: number, attempts: number): number | null {
  const at = now + waitAfter(attempts);
  return at - createdAt > giveUpAfterMs ? null : at;
}

/**
 * The Message-ID of a mail. Made from the document's id only, so an attempt whose answer was lost and the one after
 * it carry the same, and the reader's server or program shows one letter. Hashed: ids may name a member.
 */
export function messageIdOf(mailId: string, senderAddress: string): string {
  const local = createHash('sha256').update(mailId).digest('hex').slice(0, 40);
  return `<${local}@${senderAddress.slice(senderAddress.lastIndexOf('@') + 1)}>`;
}

export type Claim = 'leave' | 'send' | 'giveUp' | 'refuseEmpty';

type Claimable = Pick<
  OutboxMail,
  'state' | 'text' | 'attempts' | 'createdAt' | 'leaseUntil' | 'nextAttemptAt'
>;

function isDue(mail: Claimable, now: number): boolean {
  const passed = (moment: OutboxMail['leaseUntil']) => moment !== null && moment.toMillis() <= now;
  // A new one is due whatever the clock of the instance says that queued it.
  if (mail.state === 'PENDING') return mail.attempts === 0 || passed(mail.nextAttemptAt);
  return mail.state === 'SENDING' && passed(mail.leaseUntil) && passed(mail.nextAttemptAt);
}

/**
 * What a worker that finds a mail may do with it. `giveUp`: workers keep dying at it. `refuseEmpty`: an operator
 * wants a mail sent again whose body is gone.
 */
export function claim(mail: Claimable, now: number): Claim {
  if (!isDue(mail, now)) return 'leave';
  if (mail.text === '') return 'refuseEmpty';
  const old = now - mail.createdAt.toMillis() > giveUpAfterMs;
  return mail.state === 'SENDING' && old ? 'giveUp' : 'send';
}

export interface Verdict {
  /** Whether a later attempt may succeed. */
  readonly again: boolean;
  /** Stable code; never what a server said, which may quote an address. */
  readonly failure: string;
  /** Whether somebody has to look at our own settings: nothing will get through before. */
  readonly ours: boolean;
}

const later = (failure: string): Verdict => ({ again: true, failure, ours: false });
const never = (failure: string): Verdict => ({ again: false, failure, ours: false });
const ours = (failure: string): Verdict => ({ again: true, failure, ours: true });

/** What nodemailer's own codes say where no server has answered with a reply code. */
const byCode: Readonly<Record<string, Verdict>> = {
  ECONNECTION: later('UNREACHABLE'),
  ESOCKET: later('UNREACHABLE'),
  EPROXY: later('UNREACHABLE'),
  EPROTOCOL: later('UNREACHABLE'),
  EDNS: later('DNS'),
  ETIMEDOUT: later('TIMEOUT'),
  EABORT: later('TIMEOUT'),
  ETLS: later('TLS'),
  EAUTH: ours('AUTH'),
  ENOAUTH: ours('AUTH'),
  EOAUTH2: ours('AUTH'),
  ECONFIG: ours('CONFIG'),
  EENVELOPE: never('BAD_ADDRESS'),
};

/** Replies that say "log in first" or "not with this login", wherever they come (RFC 4954). */
const loginReplies: ReadonlySet<number> = new Set([530, 534, 535, 538]);

function refusal(code: string, reply: number, command: string): Verdict {
  if (code === 'EAUTH' || loginReplies.has(reply)) return ours('AUTH');
  if (reply < 500) return later(`SMTP_${reply}`);
  // The relay has seen the recipient or the letter: what it refuses now, it refuses for good.
  if (command === 'RCPT TO' || command === 'DATA' || reply === 552) return never(`SMTP_${reply}`);
  // Before that it refused us (greeting, EHLO, our sender address): every other letter would fare the same.
  return ours(`SMTP_${reply}`);
}

function fieldOf(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

function textOf(error: unknown, name: string): string {
  const value = fieldOf(error, name);
  return typeof value === 'string' ? value : '';
}

/**
 * What an error of nodemailer means (codes: nodemailer lib/errors; facts in RFC 5321 4.2.1). A connection lost after
 * DATA leaves it unknown whether the mail arrived; it is sent again, with the same Message-ID.
 */
export function readFailure(error: unknown): Verdict {
  const code = textOf(error, 'code');
  const reply = fieldOf(error, 'responseCode');
  const answered = typeof reply === 'number' && Number.isInteger(reply) && reply >= 400 && reply <= 599;
  if (answered) return refusal(code, reply, textOf(error, 'command'));
  return Object.hasOwn(byCode, code) ? (byCode[code] ?? later('UNKNOWN')) : later('UNKNOWN');
}
