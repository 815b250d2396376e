/**
 * Having Toss give back what was decided. Each try first asks what the payment is: a cancel whose answer was lost is found
 * among its cancels and entered, not repeated. While a request may be under way the same wish is repeated under the same
 * key. What Toss has answered it would answer again: then the next wish is another one, and it counts only if what is left
 * of the payment is what was looked up, so that of an old request and a new one never both are carried out.
 */
import { koreanDayOf } from '../kernel/korean.ts';
import { type NewEntry, reversalOf } from '../ledger/ledger.ts';
import { compensationEntry, lateInterestEntry, refundEntry, refundPaidEntry } from '../ledger/movements.ts';
import { isPosted, ledger, postEntry } from '../ledger/post.ts';
import { notificationOf } from '../notifications/notify.ts';
import { eachDue } from '../platform/due.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import {
  endReturn,
  eraseRefundAccount,
  noteReturn,
  orderIn,
  orderNow,
  raiseAlert,
  refundAccountOf,
  settleTold,
  voucherIn,
} from '../prepays/returns.ts';
import type { Prepay } from '../prepays/schema.ts';
import { cancelPayment, lookUpPayment } from '../toss/client.ts';
import { isAnswered } from '../toss/errors.ts';
import { hasCome, type TossPayment } from '../toss/schema.ts';
import { refunds } from './deciding.ts';
import { interestLine, type RefundLine } from './refund.ts';
import type { StoredRefund } from './schema.ts';
import { cancelReasonOf, cancelsOf, turnOf } from './turn.ts';

const perRun = 20;
const minuteMs = 60_000;
const longestPauseMs = 6 * 3_600_000;
const pauseAfter = (tries: number) => Math.min(minuteMs * 2 ** Math.min(tries, 12), longestPauseMs);
const nextTry = (tries: number) => Timestamp.fromMillis(Date.now() + pauseAfter(tries));

async function changeDue(
  id: string,
  act: (tx: Transaction, refund: StoredRefund) => Promise<Partial<StoredRefund>> | Partial<StoredRefund>,
): Promise<void> {
  await db().runTransaction(async (tx) => {
    const refund = (await tx.get(refunds().doc(id))).data();
    if (refund?.state !== 'DUE') return;
    tx.update(refunds().doc(id), { ...(await act(tx, refund)), updatedAt: Timestamp.now() });
  });
}

type Cancel = NonNullable<TossPayment['cancels']>[number];

/** Cancels at Toss that may be this refund's and that none has been entered for. */
async function unentered(payment: TossPayment, refundId: string, amount: number): Promise<Cancel[]> {
  const all = cancelsOf({ refundId, amount }, payment.cancels ?? []);
  const known = await Promise.all(
    all.map(({ transactionKey }) => ledger().doc(`refundPaid~${transactionKey}`).get()),
  );
  return all.filter((_, index) => !known[index]?.exists);
}

const wonOf = (amount: number) => `${amount.toLocaleString('ko-KR')}원`;

/** Toss cannot return more than was paid: interest is transferred by an operator, who is told. */
function oweInterest(tx: Transaction, id: string, orderId: string, amount: number): void {
  postEntry(tx, lateInterestEntry(id, amount));
  raiseAlert(tx, orderId, 'INTEREST_OWED', id.slice(0, 120));
}

const withInterest = ({ lines }: StoredRefund, late: RefundLine | null): Partial<StoredRefund> =>
  late ? { lines: [...lines, late], interest: late.amount, interestOwed: late.amount } : {};

/** Whether nothing else of the voucher waits to go back: until then its account is needed. */
async function isLastDue(tx: Transaction, id: string, voucherId: string): Promise<boolean> {
  const due = refunds().where('voucherId', '==', voucherId).where('state', '==', 'DUE').limit(2);
  return (await tx.get(due)).docs.every((other) => other.id === id);
}

/** Nothing of the voucher is on its way any more. Of a member who has left, it is gone, and the account was kept for this. */
function end(tx: Transaction, voucher: Prepay | undefined, { voucherId, orderId }: StoredRefund): void {
  if (voucher?.state === 'refunding') endReturn(tx, voucherId);
  if (!voucher || voucher.state === 'refunding') eraseRefundAccount(tx, orderId);
}

/** Toss has given it back: the books, the voucher, and whoever holds it are told. */
const finish = (id: string, { transactionKey, canceledAt }: Cancel) =>
  changeDue(id, async (tx, record) => {
    const { voucherId, orderId, refund } = record;
    const voucher = await voucherIn(tx, voucherId);
    const isLast = await isLastDue(tx, id, voucherId);
    postEntry(tx, refundPaidEntry(transactionKey, refund));
    const late = interestLine(record, koreanDayOf(Date.parse(canceledAt)));
    if (late) oweInterest(tx, id, orderId, late.amount);
    if (isLast) end(tx, voucher, record);
    // Of a member who has left, the voucher is gone.
    if (voucher) {
      const title = '환불이 완료되었습니다';
      const more = late ? ` 늦어진 데 대한 이자 ${wonOf(late.amount)}은 따로 보내 드립니다.` : '';
      const body = `${voucher.eventTitle} ${wonOf(refund)}을 돌려드렸습니다.${more}`;
      const news = { kind: 'prepay', title, body, target: `refunds/${id}` } as const;
      const ref = db().doc(`users/${voucher.ownerUid}/notifications/refund-${id}`);
      tx.set(ref, notificationOf(news, Timestamp.now()));
    }
    return { state: 'DONE', failure: null, nextTryAt: null, transactionKey, ...withInterest(record, late) };
  });

/** The entries a decision has made: undone when it comes to nothing. */
function decidedBy(id: string, { hospitalId, refund, kept, compensation }: StoredRefund): NewEntry[] {
  const entered = [refundEntry({ refundId: id, hospitalId, refund, kept })];
  return compensation > 0 ? [...entered, compensationEntry(id, hospitalId, compensation)] : entered;
}

/**
 * The bank has taken the deposit back for good: nothing is there that could be returned, and nobody is owed it. A session
 * recovered in a dispute, or a compensation that was transferred, is for operators to judge: it stays due.
 */
const voidRefund = (id: string) =>
  changeDue(id, async (tx, record) => {
    const { voucherId, orderId, tries } = record;
    const decided = decidedBy(id, record);
    const posted = await Promise.all(decided.map((entry) => isPosted(tx, entry)));
    const [order, voucher] = [await orderIn(tx, orderId), await voucherIn(tx, voucherId)];
    const isLast = await isLastDue(tx, id, voucherId);
    raiseAlert(tx, orderId, 'UNDEPOSITED', `refund:${id}`);
    if (posted.includes(false) || record.compensatedAt !== null) {
      return { failure: 'DEPOSIT_TAKEN_BACK', tries: tries + 1, nextTryAt: nextTry(tries) };
    }
    for (const entry of decided) postEntry(tx, reversalOf(entry));
    if (order) noteReturn(tx, orderId, -record.refund);
    if (isLast) end(tx, voucher, record);
    return { state: 'VOID', failure: 'DEPOSIT_TAKEN_BACK', nextTryAt: null };
  });

/** What keeps it is not ours to mend: no interest runs while it does. */
const hindered = (failure: string) => ({ failure, hinderedOn: koreanDayOf(Date.now()) });

/** The bank has taken the deposit back and may give it again: until then nothing may be cancelled, which would end that. */
const waitForDeposit = (id: string) =>
  changeDue(id, (tx, { orderId, tries }) => {
    if (tries % 8 === 0) raiseAlert(tx, orderId, 'UNDEPOSITED', `refund:${id}`);
    return { ...hindered('DEPOSIT_TAKEN_BACK'), tries: tries + 1, nextTryAt: nextTry(tries) };
  });

/** `isRefused`: certainly not done. `next`: the wish the next try makes, where Toss has done with this one. */
const putOff = (id: string, code: string, { isRefused = false, next = 0 } = {}) =>
  changeDue(id, (tx, { orderId, tries, wishes }) => {
    if (isRefused || tries % 8 === 7) raiseAlert(tx, orderId, 'TOSS_REFUSES', code);
    return {
      ...{ failure: code, tries: tries + 1, nextTryAt: nextTry(tries) },
      // Two tries of the same wish at once are over together: one that another try has begun since is not.
      wishes: Math.max(wishes, next),
    };
  });

/** Only the payer knows where a transfer is to go. */
async function askForAccount(id: string, orderId: string): Promise<void> {
  const order = await orderNow(orderId);
  await changeDue(id, (tx, { tries }) => {
    const title = '환불 계좌를 알려 주세요';
    const body = `${order?.eventTitle ?? '시술권'} 환불 금액을 돌려드릴 계좌가 필요합니다.`;
    const news = { kind: 'prepay', title, body, target: `orders/${orderId}` } as const;
    if (!order || order.ownerLeft) raiseAlert(tx, orderId, 'REFUND_ACCOUNT_NEEDED');
    else {
      const ref = db().doc(`users/${order.ownerUid}/notifications/account-${orderId}`);
      tx.set(ref, notificationOf(news, Timestamp.now()));
    }
    return { ...hindered('REFUND_ACCOUNT_NEEDED'), tries: tries + 1, nextTryAt: nextTry(tries) };
  });
}

async function giveBack(id: string, refund: StoredRefund, payment: TossPayment): Promise<void> {
  const { paymentKey, orderId, wishes } = refund;
  const account = payment.virtualAccount ? await refundAccountOf(orderId) : null;
  if (payment.virtualAccount && !account) return askForAccount(id, orderId);
  const askedAt = Date.now();
  const answer = await cancelPayment({
    ...{ paymentKey, cause: `refund:${id}:${wishes}`, reason: cancelReasonOf(id) },
    ...{ amount: refund.refund, left: payment.balanceAmount, account },
  });
  if (answer.kind !== 'ok') {
    const next = isAnswered(answer.code) ? wishes + 1 : wishes;
    return putOff(id, answer.code, { isRefused: answer.kind === 'refused', next });
  }
  return find(id, refund, answer.value, askedAt);
}

/** Enters the cancel that is this refund’s. One of an account whose deposit was taken back meanwhile has returned nothing. */
async function find(id: string, refund: StoredRefund, payment: TossPayment, askedAt: number): Promise<void> {
  if (!hasCome(payment)) {
    await settleTold(payment, askedAt);
    return voidRefund(id);
  }
  const [cancel] = await unentered(payment, id, refund.refund);
  return cancel ? finish(id, cancel) : putOff(id, 'NOT_CANCELED');
}

/** Carries out one refund as far as it goes now. */
export async function refundNow(id: string, refund: StoredRefund): Promise<void> {
  const askedAt = Date.now();
  const asked = await lookUpPayment(refund.paymentKey);
  if (asked.kind !== 'ok') return putOff(id, asked.code);
  const payment = asked.value;
  const turn = turnOf(await settleTold(payment, askedAt), payment);
  if (turn === 'WAIT') return waitForDeposit(id);
  if (turn === 'VOID') return voidRefund(id);
  if (turn === 'FIND') return find(id, refund, payment, askedAt);
  const [cancel] = refund.tries > 0 ? await unentered(payment, id, refund.refund) : [];
  return cancel ? finish(id, cancel) : giveBack(id, refund, payment);
}

/** The job: tries every refund that is due. Resolves to how many. */
export async function carryOutRefunds(now: number): Promise<number> {
  const due = refunds()
    .where('nextTryAt', '<=', Timestamp.fromMillis(now))
    .orderBy('nextTryAt')
    .limit(perRun);
  const told = { field: 'nextTryAt', failed: 'refund.failed' };
  return eachDue(due, told, async (stored) => refundNow(stored.id, stored.data()));
}
