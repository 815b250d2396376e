/** Six-digit codes: single use, five minutes, five tries, one a minute. Pure. */
import type { EmailCode } from './schema.ts';

export const codeLivesMs = 300_000;
export const codeTries = 5;
const resendAfterMs = 60_000;

export type CodePurpose = 'verifyEmail' | 'linkEmail';

/** What a try with a code comes to. */
export type Verdict =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  | { readonly kind: 'expired' };

/** Judges a try at a moment (ms); `matches` says whether the digits are the ones sent. */
export function judgeCode(code: EmailCode | undefined, matches: boolean, now: number): Verdict {
  if (!code || code.triesLeft === 0 || code.expiresAt.toMillis() <= now) return { kind: 'expired' };
  return matches ? { kind: 'right' } : { kind: 'wrong', triesLeft: code.triesLeft - 1 };
}

/** How long (ms) to wait before another code may be sent; 0: now. */
export function resendWaitMs(code: EmailCode | undefined, now: number): number {
  return code ? Math.max(0, code.sentAt.toMillis() + resendAfterMs - now) : 0;
}

/** Why a password is too weak for an address, or null. */
export function passwordFault(password: string, email: string): 'WEAK_PASSWORD' | null {
  const name = email.split('@')[0]?.toLowerCase() ?? '';
  const kinds = [/\p{L}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length;
  const holdsAddress = name.length >= 4 && password.toLowerCase().includes(name);
  const monotone = new Set(password).size < 4;
  return password.length < 8 || kinds < 2 || holdsAddress || monotone ? 'WEAK_PASSWORD' : null;
}
