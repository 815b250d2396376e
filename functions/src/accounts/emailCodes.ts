/** Sending six-digit codes and judging what people type. One code waits per member and purpose. */
import { randomInt } from 'node:crypto';
import type { WriteBatch } from 'firebase-admin/firestore';
import { digest, sameSecret } from '../platform/digest.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { type CodePurpose, codeLivesMs, codeTries, judgeCode, resendWaitMs } from './codes.ts';
import { emailCodeSchema } from './schema.ts';

/** Under what a member's code waits; the withdrawal deletes it there. */
export const emailCodeOf = (purpose: CodePurpose, uid: string) =>
  collection('emailCodes', emailCodeSchema).doc(`${purpose}-${digest('codeAddress', uid).slice(0, 40)}`);

const codeDigest = (purpose: CodePurpose, uid: string, code: string) =>
  digest('code', `${purpose}\n${uid}\n${code}`);

/** TOO_MANY_REQUESTS while the last code of this kind is less than a minute old. */
export async function requireResendable(purpose: CodePurpose, uid: string): Promise<void> {
  const waiting = (await emailCodeOf(purpose, uid).get()).data();
  const wait = resendWaitMs(waiting, Date.now());
  if (wait > 0) throw new AppError('TOO_MANY_REQUESTS', { retryAfterMs: wait });
}

/** Adds a new code to a batch; the one before is no longer good. Returns the digits, for the mail in the same batch. */
export function writeCode(batch: WriteBatch, purpose: CodePurpose, uid: string, email: string): string {
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  const now = Date.now();
  batch.set(emailCodeOf(purpose, uid), {
    codeDigest: codeDigest(purpose, uid, code),
    email,
    triesLeft: codeTries,
    expiresAt: Timestamp.fromMillis(now + codeLivesMs),
    sentAt: Timestamp.fromMillis(now),
    purgeAt: Timestamp.fromMillis(now + 86_400_000),
  });
  return code;
}

/** Takes a code: the address it proves. It is used up by being right. Errors: CODE_WRONG, CODE_EXPIRED. */
export async function takeCode(purpose: CodePurpose, uid: string, code: string): Promise<string> {
  const ref = emailCodeOf(purpose, uid);
  const taken = await db().runTransaction(async (tx) => {
    const waiting = (await tx.get(ref)).data();
    const matches = waiting !== undefined && sameSecret(codeDigest(purpose, uid, code), waiting.codeDigest);
    const verdict = judgeCode(waiting, matches, Date.now());
    if (verdict.kind === 'right') tx.delete(ref);
    if (verdict.kind === 'wrong') tx.update(ref, { triesLeft: verdict.triesLeft });
    return { verdict, email: waiting?.email ?? '' };
  });
  if (taken.verdict.kind === 'wrong')
    throw new AppError('CODE_WRONG', { triesLeft: taken.verdict.triesLeft });
  if (taken.verdict.kind === 'expired') throw new AppError('CODE_EXPIRED');
  return taken.email;
}
