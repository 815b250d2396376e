/** What is left in the vouchers of a member who leaves: told before, given back when they go. */
import type { DocumentSnapshot } from 'firebase-admin/firestore';
import { AppError } from '../platform/errors.ts';
import { db } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { hasRefundAccount, orderIn, raiseAlert, unansweredUses } from '../prepays/returns.ts';
import { type Prepay, prepaySchema } from '../prepays/schema.ts';
import { decide, quote } from './deciding.ts';

const most = 200;
const openStates: readonly Prepay['state'][] = ['active', 'expired'];

const wishFor = (voucherId: string) =>
  ({ voucherId, sessions: null, because: 'changeOfMind', knownOn: null, isLeaving: true }) as const;

/** What a typed voucher of another shape holds nobody can say: it is told of, and keeps nobody from leaving. */
function openVoucher(snapshot: DocumentSnapshot): Prepay | null {
  if (!openStates.some((state) => state === snapshot.get('state'))) return null;
  const voucher = prepaySchema.safeParse(snapshot.data());
  if (!voucher.success) log.error('leaving.malformed', { voucherId: snapshot.id });
  return voucher.data ?? null;
}

/** Null: nothing of it goes back, or not any more. */
async function refundFor(uid: string, voucherId: string): Promise<number | null> {
  try {
    return (await quote(wishFor(voucherId), uid)).refund;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** What is left of a transfer goes back to an account. Errors: REFUND_ACCOUNT_NEEDED. */
async function refuseWithoutAccount(uid: string, { orderId }: Prepay): Promise<void> {
  await db().runTransaction(
    async (tx) => {
      const order = await orderIn(tx, orderId);
      if (order?.method !== 'VIRTUAL_ACCOUNT' || order.ownerUid !== uid) return;
      if (!(await hasRefundAccount(tx, orderId))) throw new AppError('REFUND_ACCOUNT_NEEDED', { orderId });
    },
    { readOnly: true },
  );
}

/** What the hospital has told is answered before the rest goes back. Errors: USE_UNANSWERED. */
async function refuseUnanswered(voucherId: string): Promise<void> {
  await db().runTransaction(
    async (tx) => {
      if ((await unansweredUses(tx, voucherId)) > 0) throw new AppError('USE_UNANSWERED', { voucherId });
    },
    { readOnly: true },
  );
}

/**
 * Has a member who wants to leave decide about what is left of their vouchers first. A read when there are none. Errors:
 * VOUCHERS_LEFT unless it `isWanted` that all of it goes back; then REFUND_ACCOUNT_NEEDED, USE_UNANSWERED.
 */
export async function requireVouchersSettled(uid: string, isWanted: boolean): Promise<void> {
  const own = db().collection('prepays').where('ownerUid', '==', uid).where('state', 'in', openStates);
  const left = { vouchers: 0, refund: 0, gifts: 0 };
  const returned = new Map<string, Prepay>();
  for (const snapshot of (await own.limit(most).get()).docs) {
    const voucher = openVoucher(snapshot);
    const refund = voucher && (await refundFor(uid, snapshot.id));
    if (voucher === null || refund === null) continue;
    left.vouchers += 1;
    if (voucher.isGift) left.gifts += 1;
    else left.refund += refund;
    returned.set(snapshot.id, voucher);
  }
  if (left.vouchers > 0 && !isWanted) throw new AppError('VOUCHERS_LEFT', left);
  // One thing after the other, whatever the ids of the vouchers: the app shows the same steps every time.
  for (const voucher of returned.values()) await refuseWithoutAccount(uid, voucher);
  for (const voucherId of returned.keys()) await refuseUnanswered(voucherId);
}

/** Frozen because Toss has given money back by another hand: how much is left nobody can compute, so that operators are told. */
async function tellFrozen(snapshot: DocumentSnapshot): Promise<void> {
  const voucher = prepaySchema.safeParse(snapshot.data());
  if (voucher.data?.state !== 'suspended') return;
  const { orderId } = voucher.data;
  await db().runTransaction(async (tx) => {
    const order = await orderIn(tx, orderId);
    // Where the bank has taken the deposit back, no money is there.
    if (order?.state === 'PAID') raiseAlert(tx, orderId, 'CANCELED_ELSEWHERE', 'LEFT');
  });
}

/**
 * Gives back what is left of those vouchers of a member who is leaving; Toss is asked by the job. Resolves to whether
 * anything was decided. A voucher given away this moment is its taker’s.
 */
export async function giveBackLeft(uid: string, vouchers: readonly DocumentSnapshot[]): Promise<boolean> {
  let isDecided = false;
  for (const snapshot of vouchers) {
    const voucher = openVoucher(snapshot);
    if (snapshot.get('ownerUid') === uid) await tellFrozen(snapshot);
    if (voucher?.ownerUid !== uid) continue;
    try {
      await decide(wishFor(snapshot.id), { holder: uid, expected: null, by: 'withdrawal', reason: null });
      isDecided = true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.error('leaving.unrefunded', { voucherId: snapshot.id, reason: error.reason });
    }
  }
  return isDecided;
}
