/** Telling holders that a voucher ends, a month, a week and a day before, and ending it. */
import { notificationOf } from '../notifications/notify.ts';
import { eachDue } from '../platform/due.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { voucherRef, vouchers } from './collections.ts';
import type { Prepay } from './schema.ts';
import { daysLeft, expired, nextNotice } from './voucher.ts';

const perRun = 50;

const isLive = ({ state }: Prepay) => state === 'active' || state === 'suspended';

function newsOf(voucher: Prepay, voucherId: string, now: number) {
  const days = daysLeft(voucher.expiresAt.toMillis(), now);
  const isOver = now >= voucher.expiresAt.toMillis();
  const title = isOver ? '시술권 사용 기간이 끝났습니다' : `시술권 사용 기간이 ${days}일 남았습니다`;
  return { kind: 'prepay', title, body: voucher.eventTitle, target: `prepays/${voucherId}` } as const;
}

/** One voucher: its notice, its end, and when it is looked at next, in one transaction. */
async function tell(voucherId: string, now: number): Promise<void> {
  await db().runTransaction(async (tx) => {
    const voucher = (await tx.get(voucherRef(voucherId))).data();
    const planned = voucher?.nextNoticeAt?.toMillis() ?? Number.POSITIVE_INFINITY;
    if (!voucher || planned > now) return;
    const endsAt = voucher.expiresAt.toMillis();
    const next = isLive(voucher) ? nextNotice(endsAt, now) : null;
    const at = Timestamp.fromMillis(now);
    tx.update(voucherRef(voucherId), {
      nextNoticeAt: next === null ? null : Timestamp.fromMillis(next),
      ...(now >= endsAt && isLive(voucher)
        ? { state: expired(voucher.state), giftUntil: null, updatedAt: at }
        : {}),
    });
    if (!isLive(voucher)) return;
    const ref = db().doc(`users/${voucher.ownerUid}/notifications/ends-${voucherId}-${planned}`);
    tx.set(ref, notificationOf(newsOf(voucher, voucherId, now), at));
  });
}

/** Tells of every voucher that is due. Returns how many. */
export async function tellVoucherEnds(now: number): Promise<number> {
  const due = vouchers()
    .where('nextNoticeAt', '<=', Timestamp.fromMillis(now))
    .orderBy('nextNoticeAt')
    .limit(perRun);
  const told = { field: 'nextNoticeAt', failed: 'vouchers.untold' };
  return eachDue(due, told, ({ id }) => tell(id, now));
}
