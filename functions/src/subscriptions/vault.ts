/** Billing keys charge a card without its owner: stored encrypted for their hospital alone, opened only to be handed to Toss. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { refundAccountKey } from '../platform/config.ts';
import { digest } from '../platform/digest.ts';

const ivBytes = 12;
const tagBytes = 16;

const keyOf = (hospitalId: string) =>
  Buffer.from(hkdfSync('sha256', refundAccountKey.value(), hospitalId, 'billing key', 32));

/** `v1.` and Base64url of nonce, tag and ciphertext. */
export function sealBillingKey(hospitalId: string, billingKey: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(hospitalId), iv);
  const sealed = Buffer.concat([cipher.update(billingKey, 'utf8'), cipher.final()]);
  return `v1.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** Throws when it was sealed for another hospital, with another key, or was changed. */
export function openBillingKey(hospitalId: string, sealed: string): string {
  const bytes = Buffer.from(sealed.slice('v1.'.length), 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(hospitalId), bytes.subarray(0, ivBytes));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString(
    'utf8',
  );
}

/** How Toss knows a hospital: nobody else can guess it. */
export const customerKeyOf = (hospitalId: string): string => digest('billing', hospitalId).slice(0, 40);
