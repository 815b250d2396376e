/** Vouchers of a member who leaves: records of payment, moved to the locked store for their term. */
import type { QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { koreanDayOf } from '../kernel/korean.ts';
import { type Change, type Eraser, type Leaver, ownedDocuments } from '../platform/erasing.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { retain } from '../retention/retain.ts';

const perPage = 50;

/** The day of the last thing that happened to a voucher: from then on its record is kept. */
function dayOf(voucher: QueryDocumentSnapshot, leftAt: number): string {
  const changed: unknown = voucher.get('updatedAt');
  return koreanDayOf(changed instanceof Timestamp ? changed.toMillis() : leftAt);
}

function moved(voucher: QueryDocumentSnapshot, { leftAt }: Leaver): Change {
  const { path } = voucher.ref;
  return {
    action: 'moved',
    path,
    apply: (batch) => {
      retain(batch, { kind: 'payment', path, data: voucher.data(), day: dayOf(voucher, leftAt) });
      batch.delete(voucher.ref, { lastUpdateTime: voucher.updateTime });
    },
  };
}

/** Sessions go before the voucher they are found by. */
async function sessionsOf(vouchers: readonly QueryDocumentSnapshot[], leaver: Leaver): Promise<Change[]> {
  const pages = await Promise.all(
    vouchers.map((voucher) => voucher.ref.collection('sessions').limit(perPage).get()),
  );
  return pages.flatMap(({ docs }) => docs).map((session) => moved(session, leaver));
}

async function nextVouchers(leaver: Leaver): Promise<Change[]> {
  const own = await db().collection('prepays').where('ownerUid', '==', leaver.uid).limit(perPage).get();
  const sessions = await sessionsOf(own.docs, leaver);
  return sessions.length > 0 ? sessions.slice(0, perPage) : own.docs.map((voucher) => moved(voucher, leaver));
}

const isUnsettled = (order: QueryDocumentSnapshot) =>
  ['OPEN', 'CONFIRMING', 'WAITING_FOR_DEPOSIT'].includes(String(order.get('state')));

/** An order that holds stock, or whose payment may yet succeed, stays, without the person, until it is known: then the money goes back. */
function leftBehind(order: QueryDocumentSnapshot, { alias }: Leaver): Change {
  return {
    action: 'anonymised',
    path: order.ref.path,
    apply: (batch) =>
      batch.update(
        order.ref,
        { ownerUid: alias, ownerLeft: true },
        order.updateTime ? { lastUpdateTime: order.updateTime } : {},
      ),
  };
}

async function nextOrders(leaver: Leaver): Promise<Change[]> {
  const own = await db().collection('orders').where('ownerUid', '==', leaver.uid).limit(perPage).get();
  return own.docs.map((order) => (isUnsettled(order) ? leftBehind(order, leaver) : moved(order, leaver)));
}

export const prepayErasers: readonly Eraser[] = [
  { kind: 'documents', name: 'orders', nextPage: nextOrders },
  { kind: 'documents', name: 'prepays', nextPage: nextVouchers },
  ownedDocuments('refundAccounts', 'refundAccounts', 'ownerUid'),
  ownedDocuments('gifts', 'gifts', 'fromUid'),
  ownedDocuments('giftsTaken', 'gifts', 'takenBy'),
];
