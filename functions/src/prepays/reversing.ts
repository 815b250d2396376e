/**
 * Payments that came for nothing go back in full. A reversal is tried until Toss says that the payment is cancelled, each
 * time asking first what the payment is: a cancel whose answer was lost is found, not repeated.
 */
import { reversalOf } from '../ledger/ledger.ts';
import { refundPaidEntry, strayDepositEntry, strayRefundEntry } from '../ledger/movements.ts';
import { isPosted, postEntry } from '../ledger/post.ts';
import { notificationOf } from '../notifications/notify.ts';
import { eachDue } from '../platform/due.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { cancelPayment, lookUpPayment } from '../toss/client.ts';
import { hasCome, isMoney, type TossPayment } from '../toss/schema.ts';
import { orderRef, reversals } from './collections.ts';
import { eraseRefundAccount, refundAccountOf } from './refundAccounts.ts';
import type { Order, Reversal } from './schema.ts';
import { postStray, raiseAlert } from './settling.ts';

const perRun = 20;
const minuteMs = 60_000;
const longestPauseMs = 6 * 3_600_000;

const pauseAfter = (tries: number) => Math.min(minuteMs * 2 ** Math.min(tries, 12), longestPauseMs);
const nextTry = (tries: number) => Timestamp.fromMillis(Date.now() + pauseAfter(tries));

/** What is changed with it in one transaction, if it is still due. */
async function changeDue(
  id: string,
  act: (tx: Transaction, reversal: Reversal) => Promise<Partial<Reversal> | null> | Partial<Reversal> | null,
): Promise<void> {
  await db().runTransaction(async (tx) => {
    const reversal = (await tx.get(reversals().doc(id))).data();
    if (reversal?.state !== 'DUE') return;
    const changed = await act(tx, reversal);
    if (changed) tx.update(reversals().doc(id), { ...changed, updatedAt: Timestamp.now() });
  });
}

/** Money has come into an account that was to be taken away: now it is owed. */
const noteMoney = (id: string, amount: number) =>
  changeDue(id, (tx, reversal) => {
    if (reversal.amount > 0) return null;
    postStray(tx, id, amount);
    return { amount };
  });

/** The money went another way: the bank had taken it back before. */
function postVanished(tx: Transaction, id: string, amount: number): void {
  postEntry(tx, reversalOf(strayRefundEntry(id, amount)));
  postEntry(tx, reversalOf(strayDepositEntry(id, amount)));
}

/** Enters what Toss has returned and the books do not know: by us, or by somebody in its own console. Reads before it writes. */
async function enterCancels(tx: Transaction, { cancels }: TossPayment): Promise<number> {
  const entries = (cancels ?? []).map(({ transactionKey, cancelAmount }) =>
    refundPaidEntry(transactionKey, cancelAmount),
  );
  const posted = await Promise.all(entries.map((entry) => isPosted(tx, entry)));
  const unknown = entries.filter((_, index) => !posted[index]);
  for (const entry of unknown) postEntry(tx, entry);
  return unknown.length;
}

/** Part of it went back by another hand: that is entered at once, the rest stays due. */
const noteReturned = (id: string, payment: TossPayment) =>
  changeDue(id, async (tx, { orderId }) => {
    if ((await enterCancels(tx, payment)) === 0) return null;
    raiseAlert(tx, orderId, 'CANCELED_ELSEWHERE');
    return {};
  });

const returnedOf = ({ cancels }: TossPayment) =>
  (cancels ?? []).reduce((sum, { cancelAmount }) => sum + cancelAmount, 0);

/** Toss says that nothing is left of the payment. What it cannot account for stays due, for operators. */
const finish = (id: string, payment: TossPayment) =>
  changeDue(id, async (tx, { orderId, amount, tries }) => {
    if (amount > 0 && !hasCome(payment)) postVanished(tx, id, amount);
    else if (amount > 0) {
      await enterCancels(tx, payment);
      const missing = amount - returnedOf(payment);
      if (missing !== 0) {
        raiseAlert(tx, orderId, 'TOSS_REFUSES', `MISSING_${missing}`);
        return { failure: 'CANCELS_DIFFER', tries: tries + 1, nextTryAt: nextTry(tries) };
      }
    }
    eraseRefundAccount(tx, orderId);
    return { state: 'DONE', failure: null, nextTryAt: null };
  });

const isForOperators = (code: string, tries: number) => code !== 'NO_ANSWER' && tries % 8 === 4;

const putOff = (id: string, code: string) =>
  changeDue(id, (tx, { orderId, tries }) => {
    if (isForOperators(code, tries)) raiseAlert(tx, orderId, 'TOSS_REFUSES', code);
    return { failure: code, tries: tries + 1, nextTryAt: nextTry(tries) };
  });

function tellPayer(tx: Transaction, orderId: string, { ownerUid, eventTitle }: Order): void {
  const body = `${eventTitle} 결제 금액을 돌려드릴 계좌가 필요합니다.`;
  const news = {
    kind: 'prepay',
    title: '환불 계좌를 알려 주세요',
    body,
    target: `orders/${orderId}`,
  } as const;
  const ref = db().doc(`users/${ownerUid}/notifications/account-${orderId}`);
  tx.set(ref, notificationOf(news, Timestamp.now()));
}

/** Only the payer knows where the money is to go; of one who has left, whose order may be gone, an operator is told. */
const askForAccount = (id: string, order: Order | undefined) =>
  changeDue(id, (tx, { orderId, tries }) => {
    if (!order || order.ownerLeft) raiseAlert(tx, orderId, 'REFUND_ACCOUNT_NEEDED');
    else if (tries === 0) tellPayer(tx, orderId, order);
    return { failure: 'REFUND_ACCOUNT_NEEDED', tries: tries + 1, nextTryAt: nextTry(tries) };
  });

async function giveBack(id: string, reversal: Reversal, payment: TossPayment): Promise<void> {
  const { orderId, paymentKey } = reversal;
  const isTransfer = Boolean(payment.virtualAccount) && isMoney(payment);
  const account = isTransfer ? await refundAccountOf(orderId) : null;
  if (isTransfer && !account) return askForAccount(id, (await orderRef(orderId).get()).data());
  const answer = await cancelPayment({
    ...{ paymentKey, reason: '시술권이 발급되지 않은 결제', account },
    // What is left can be given back once only, whatever the key; a refusal would be replayed for the same one.
    cause: `reversal:${id}:${reversal.tries}`,
  });
  if (answer.kind === 'ok' && answer.value.balanceAmount === 0) return finish(id, answer.value);
  return putOff(id, answer.kind === 'ok' ? 'NOT_CANCELED' : answer.code);
}

/** Carries out one reversal as far as it goes now. */
export async function reverseNow(id: string, reversal: Reversal): Promise<void> {
  const asked = await lookUpPayment(reversal.paymentKey);
  if (asked.kind !== 'ok') return putOff(id, asked.code);
  const payment = asked.value;
  if (hasCome(payment) && reversal.amount === 0) await noteMoney(id, payment.totalAmount);
  if (payment.status === 'CANCELED') return finish(id, payment);
  if (payment.status === 'PARTIAL_CANCELED') await noteReturned(id, payment);
  return giveBack(id, reversal, payment);
}

/** Tries every reversal that is due. Returns how many. */
export async function carryOutReversals(now: number): Promise<number> {
  const due = reversals()
    .where('nextTryAt', '<=', Timestamp.fromMillis(now))
    .orderBy('nextTryAt')
    .limit(perRun);
  const told = { field: 'nextTryAt', failed: 'payments.unreversed' };
  return eachDue(due, told, async (stored) => reverseNow(stored.id, stored.data()));
}
