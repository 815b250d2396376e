/**
 * Vouchers of a member who leaves: what is left of them goes back to who paid; records of payment are moved to the locked
 * store for their term.
 */
import type { DocumentSnapshot, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { koreanDayOf } from '../kernel/korean.ts';
import { type Change, deletion, type Eraser, type Leaver, ownedDocuments } from '../platform/erasing.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { giveBackLeft } from '../refunds/leaving.ts';
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

const vouchersHeld = ({ uid }: Leaver) =>
  db().collection('prepays').where('ownerUid', '==', uid).limit(perPage).get();

async function nextVouchers(leaver: Leaver): Promise<Change[]> {
  const held = await vouchersHeld(leaver);
  // Gifts of others: what the member has paid went back with the orders.
  const own = (await giveBackLeft(leaver.uid, held.docs)) ? await vouchersHeld(leaver) : held;
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

const ordersOf = ({ uid }: Leaver) =>
  db().collection('orders').where('ownerUid', '==', uid).limit(perPage).get();

/** Those that are there, as they are: one that was typed in another shape must not keep anybody from leaving. */
async function vouchersOf(orderIds: readonly string[]): Promise<readonly DocumentSnapshot[]> {
  if (orderIds.length === 0) return [];
  const refs = orderIds.map((orderId) => db().doc(`prepays/${orderId}`));
  return (await db().getAll(...refs)).filter(({ exists }) => exists);
}

const isPaid = (order: QueryDocumentSnapshot) => order.get('state') === 'PAID';

/**
 * What is left of vouchers goes back while their orders are there: a refund needs them. The order of a gift stays, without
 * the person, for the refund its holder may ask for.
 */
async function nextOrders(leaver: Leaver): Promise<Change[]> {
  const seen = await ordersOf(leaver);
  const paid = seen.docs.filter(isPaid).map(({ id }) => id);
  const vouchers = await vouchersOf(paid);
  const own = (await giveBackLeft(leaver.uid, vouchers)) ? await ordersOf(leaver) : seen;
  const isOthers = ({ id }: QueryDocumentSnapshot) =>
    vouchers.some((voucher) => voucher.id === id && voucher.get('ownerUid') !== leaver.uid);
  // Paid this moment: its voucher is looked at in the next round.
  const known = own.docs.filter((order) => !isPaid(order) || paid.includes(order.id));
  return known.map((order) =>
    isUnsettled(order) || isOthers(order) ? leftBehind(order, leaver) : moved(order, leaver),
  );
}

/** An account money is on its way to stays sealed until it has arrived (carrying.ts, reversing.ts). */
async function isAwaitingMoney({ id }: QueryDocumentSnapshot): Promise<boolean> {
  const due = ['refunds', 'reversals'].map((name) =>
    db().collection(name).where('orderId', '==', id).where('state', '==', 'DUE').limit(1).get(),
  );
  return (await Promise.all(due)).some(({ empty }) => !empty);
}

async function nextAccounts({ uid, alias }: Leaver): Promise<Change[]> {
  const own = await db().collection('refundAccounts').where('ownerUid', '==', uid).limit(perPage).get();
  return Promise.all(
    own.docs.map(async (account): Promise<Change> => {
      const { ref } = account;
      if (!(await isAwaitingMoney(account))) return deletion(ref);
      return {
        action: 'anonymised',
        path: ref.path,
        apply: (batch) => batch.update(ref, { ownerUid: alias }),
      };
    }),
  );
}

export const prepayErasers: readonly Eraser[] = [
  { kind: 'documents', name: 'orders', nextPage: nextOrders },
  { kind: 'documents', name: 'prepays', nextPage: nextVouchers },
  {
    ...{ kind: 'documents', name: 'refundAccounts', after: ['orders', 'prepays'] },
    nextPage: nextAccounts,
  },
  ownedDocuments('gifts', 'gifts', 'fromUid'),
  ownedDocuments('giftsTaken', 'gifts', 'takenBy'),
];
