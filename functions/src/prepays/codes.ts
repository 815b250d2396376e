/**
 * The one-time code a member shows. It changes every half minute and is made of a secret the app has fetched before, so
 * that it can be shown without a network: HMAC-SHA256 of the step under the secret, ten characters of Crockford’s
 * base 32 (50 bits). The secret is of one voucher and one holder: given away, the voucher has another. Pure.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const stepMs = 30_000;
/** Phones are wrong by a little; scanning takes a while. */
const stepsBehind = 3;
const stepsAhead = 2;
/** A desk without a network sends what it scanned when it has one again; then the member is asked. */
export const lateMs = 72 * 3_600_000;
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 10;

export interface ShownCode {
  readonly voucherId: string;
  readonly step: number;
  readonly code: string;
}

export const stepAt = (now: number): number => Math.floor(now / stepMs);

export function codeAt(secret: string, step: number): string {
  const bytes = createHmac('sha256', Buffer.from(secret, 'hex')).update(String(step)).digest();
  return [...bytes.subarray(0, codeLength)].map((byte) => alphabet[byte & 31]).join('');
}

/** What the QR code holds: `DPV1.{voucherId}.{step}.{code}`. */
export const writeCode = ({ voucherId, step, code }: ShownCode): string =>
  `DPV1.${voucherId}.${step}.${code}`;

export function readCode(text: string): ShownCode | null {
  const [, voucherId, step, code] =
    /^DPV1\.([A-Za-z0-9_-]{1,64})\.(\d{1,12})\.([0-9A-Z]{10})$/.exec(text) ?? [];
  return voucherId && step && code ? { voucherId, step: Number(step), code } : null;
}

export type CodeAge = 'WRONG' | 'AHEAD' | 'FRESH' | 'LATE' | 'OLD';

/** Whether a code is genuine, and how old. */
export function ageOf(shown: ShownCode, secret: string, now: number): CodeAge {
  const expected = Buffer.from(codeAt(secret, shown.step));
  const given = Buffer.from(shown.code);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return 'WRONG';
  const steps = stepAt(now) - shown.step;
  if (steps < -stepsAhead) return 'AHEAD';
  if (steps <= stepsBehind) return 'FRESH';
  return steps * stepMs <= lateMs ? 'LATE' : 'OLD';
}
