/**
 * Bank accounts members give so that what they paid into a virtual account can be returned. Encrypted with
 * REFUND_ACCOUNT_KEY for their order alone, opened only to be handed to Toss, erased once Toss has returned the money.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { DocumentReference } from 'firebase-admin/firestore';
import { z } from 'zod';
import { refundAccountKey } from '../platform/config.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { storedRefundSchema } from '../refunds/schema.ts';
import type { RefundAccount } from '../toss/client.ts';
import { orderRef, refundAccountRef, reversals } from './collections.ts';

const keptMs = 90 * 86_400_000;
const ivBytes = 12;
const tagBytes = 16;

const refunds = () => collection('refunds', storedRefundSchema);

const accountShape = z.object({ bank: z.string(), accountNumber: z.string(), holderName: z.string() });

const keyOf = (orderId: string) =>
  Buffer.from(hkdfSync('sha256', refundAccountKey.value(), orderId, 'refund account', 32));

/** `v1.` and Base64url of nonce, tag and ciphertext. */
export function sealAccount(orderId: string, account: RefundAccount): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(orderId), iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(account), 'utf8'), cipher.final()]);
  return `v1.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** Throws when it was sealed for another order, with another key, or was changed. */
export function openAccount(orderId: string, sealed: string): RefundAccount {
  const bytes = Buffer.from(sealed.slice('v1.'.length), 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(orderId), bytes.subarray(0, ivBytes));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  const opened = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
  return accountShape.parse(JSON.parse(opened.toString('utf8')));
}

/** The account given for an order; null when none was. */
export async function refundAccountOf(orderId: string): Promise<RefundAccount | null> {
  const stored = (await refundAccountRef(orderId).get()).data();
  return stored ? openAccount(orderId, stored.sealed) : null;
}

/** To be called when Toss has returned the money. */
export const eraseRefundAccount = (tx: Transaction, orderId: string): void => {
  tx.delete(refundAccountRef(orderId));
};

/**
 * Keeps the account of whoever paid an order, and has returns that waited for it tried at once. A transfer may have come for
 * an order that was paid otherwise or is over: then it is what waits that says so.
 */
export async function setRefundAccount(uid: string, orderId: string, account: RefundAccount): Promise<void> {
  await db().runTransaction(async (tx) => {
    const order = (await tx.get(orderRef(orderId))).data();
    if (!order || order.ownerUid !== uid) throw new AppError('ORDER_NOT_FOUND');
    const waiting = await Promise.all([
      tx.get(reversals().where('orderId', '==', orderId).where('state', '==', 'DUE').limit(10)),
      tx.get(refunds().where('orderId', '==', orderId).where('state', '==', 'DUE').limit(50)),
    ]);
    const refs = waiting.flatMap(({ docs }): DocumentReference[] =>
      docs.map(({ ref }) => db().doc(ref.path)),
    );
    if (order.method !== 'VIRTUAL_ACCOUNT' && waiting[0].empty) throw new AppError('ORDER_NOT_FOUND');
    const now = Timestamp.now();
    tx.set(refundAccountRef(orderId), {
      ...{ ownerUid: uid, sealed: sealAccount(orderId, account), createdAt: now },
      purgeAt: Timestamp.fromMillis(now.toMillis() + keptMs),
    });
    for (const ref of refs) tx.update(ref, { nextTryAt: now, updatedAt: now });
  });
}
