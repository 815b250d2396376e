/** Keyed digests: of what must be recognised again without being kept, and of what must not be guessed. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { identitySecret } from './config.ts';

/** What a digest is for. Digests of one purpose say nothing about those of another. */
export type DigestPurpose =
  | 'nonce'
  | 'code'
  | 'codeAddress'
  | 'formerMember'
  | 'rateLimit'
  | 'webhook'
  | 'mailSender'
  | 'chatAttachment'
  | 'order'
  | 'payment'
  | 'voucherCode'
  | 'gift'
  | 'billing'
  | 'billingKey';

/** 64 hex digits, the same for the same value and purpose as long as IDENTITY_SECRET stays. */
export function digest(purpose: DigestPurpose, value: string): string {
  return createHmac('sha256', identitySecret.value()).update(`${purpose}\n${value}`).digest('hex');
}

/** Whether a secret was given rightly, in a time that does not tell how much of it was right. */
export function sameSecret(given: string, expected: string): boolean {
  const hashed = (value: string) => createHash('sha256').update(value).digest();
  return expected !== '' && timingSafeEqual(hashed(given), hashed(expected));
}
