/** Giving an unused voucher to another member: a code for whoever is to have it, taken once. Refunds go to who paid. */
import { randomBytes } from 'node:crypto';
import { notificationOf } from '../notifications/notify.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { awaitedIn } from './claims.ts';
import { giftRef, voucherRef } from './collections.ts';
import type { Prepay } from './schema.ts';
import { factsOf } from './using.ts';
import { giftMs, mayBeGiven } from './voucher.ts';

/** Whoever has taken it finds it again after a lost answer. */
const keptMs = 30 * 86_400_000;

async function own(tx: Transaction, uid: string, voucherId: string): Promise<Prepay> {
  const voucher = (await tx.get(voucherRef(voucherId))).data();
  if (!voucher || voucher.ownerUid !== uid) throw new AppError('VOUCHER_NOT_FOUND');
  return voucher;
}

/** Offers a voucher; meanwhile it cannot be used. Offering again voids the code given before. Errors: USE_UNANSWERED. */
export async function giveVoucher(
  uid: string,
  voucherId: string,
): Promise<{ giftCode: string; until: number }> {
  const giftCode = randomBytes(32).toString('base64url');
  const now = Date.now();
  const until = now + giftMs;
  await db().runTransaction(async (tx) => {
    const voucher = await own(tx, uid, voucherId);
    if (!mayBeGiven(factsOf(voucher), now))
      throw new AppError('VOUCHER_NOT_USABLE', { state: voucher.state });
    if ((await awaitedIn(tx, voucherId, now)) > 0) throw new AppError('USE_UNANSWERED');
    const at = Timestamp.fromMillis(now);
    tx.update(voucherRef(voucherId), { giftUntil: Timestamp.fromMillis(until), updatedAt: at });
    tx.create(giftRef(giftCode), {
      ...{ voucherId, fromUid: uid, takenBy: null, until: Timestamp.fromMillis(until), createdAt: at },
      purgeAt: Timestamp.fromMillis(now + keptMs),
    });
  });
  return { giftCode, until };
}

/** Takes the offer back, if nobody has taken it. */
export async function keepVoucher(uid: string, voucherId: string): Promise<void> {
  await db().runTransaction(async (tx) => {
    const voucher = await own(tx, uid, voucherId);
    if (voucher.giftUntil !== null)
      tx.update(voucherRef(voucherId), { giftUntil: null, updatedAt: Timestamp.now() });
  });
}

function tellGiver(tx: Transaction, fromUid: string, voucherId: string, { eventTitle }: Prepay): void {
  const news = {
    kind: 'prepay',
    title: '선물이 전달되었습니다',
    body: `${eventTitle} 시술권을 받으셨어요.`,
  } as const;
  const ref = db().doc(`users/${fromUid}/notifications/gift-${voucherId}`);
  tx.set(ref, notificationOf({ ...news, target: `prepays/${voucherId}` }, Timestamp.now()));
}

/** Takes a gift. Whoever has taken it is told so again. Errors: GIFT_NOT_FOUND. */
export async function takeGift(uid: string, giftCode: string): Promise<string> {
  return db().runTransaction(async (tx) => {
    const ref = giftRef(giftCode);
    const gift = (await tx.get(ref)).data();
    if (!gift || (gift.takenBy !== null && gift.takenBy !== uid)) throw new AppError('GIFT_NOT_FOUND');
    const { voucherId, fromUid, until } = gift;
    if (gift.takenBy === uid) return voucherId;
    const voucher = (await tx.get(voucherRef(voucherId))).data();
    const now = Date.now();
    // The code given last is the one the voucher knows the end of.
    const isOpen = voucher?.ownerUid === fromUid && voucher.giftUntil?.toMillis() === until.toMillis();
    if (
      !voucher ||
      !isOpen ||
      fromUid === uid ||
      now >= until.toMillis() ||
      !mayBeGiven(factsOf(voucher), now)
    )
      throw new AppError('GIFT_NOT_FOUND');
    // Shown before it was offered, told since: whoever gives it answers first.
    if ((await awaitedIn(tx, voucherId, now)) > 0) throw new AppError('GIFT_NOT_FOUND');
    const at = Timestamp.fromMillis(now);
    tx.update(voucherRef(voucherId), { ownerUid: uid, isGift: true, giftUntil: null, updatedAt: at });
    tx.update(ref, { takenBy: uid });
    tellGiver(tx, fromUid, voucherId, voucher);
    return voucherId;
  });
}
