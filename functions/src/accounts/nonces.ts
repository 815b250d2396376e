/**
 * Nonces of OIDC sign-ins. Issued without a write: a nonce carries its end and our digest of it. Used once: the
 * sign-in that uses it creates a document under its digest, and a second one finds it there.
 */
import { randomBytes } from 'node:crypto';
import { digest, sameSecret } from '../platform/digest.ts';
import { AppError } from '../platform/errors.ts';
import { isAlreadyThere, Timestamp } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { usedNonceSchema } from './schema.ts';

const livesMs = 600_000;
const seal = (body: string) => digest('nonce', body).slice(0, 32);

export function issueNonce(now: number): { nonce: string; expiresAt: number } {
  const expiresAt = now + livesMs;
  const body = `${randomBytes(12).toString('base64url')}.${expiresAt.toString(36)}`;
  return { nonce: `${body}.${seal(body)}`, expiresAt };
}

/** Whether a nonce is one of ours and has not run out. */
export function isOurNonce(nonce: string, now: number): boolean {
  const [random = '', end = '', given = '', ...rest] = nonce.split('.');
  if (rest.length > 0 || !sameSecret(given, seal(`${random}.${end}`))) return false;
  return Number.parseInt(end, 36) > now;
}

/** Marks a nonce used. NONCE_INVALID when it was used before. */
export async function useNonce(nonce: string): Promise<void> {
  const used = collection('usedNonces', usedNonceSchema).doc(digest('nonce', `used\n${nonce}`));
  await used.create({ purgeAt: Timestamp.fromMillis(Date.now() + 2 * livesMs) }).catch((error: unknown) => {
    throw isAlreadyThere(error) ? new AppError('NONCE_INVALID') : error;
  });
}
