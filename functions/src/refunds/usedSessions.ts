/** Returning a session that was entered as used: what settlements need of this domain when a dispute is won by the member. */
import { workdaysAfter } from '../kernel/days.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { AppError } from '../platform/errors.ts';
import { Timestamp, type Transaction } from '../platform/firebase.ts';
import { noteReturn, orderIn } from '../prepays/returns.ts';
import { refunds } from './deciding.ts';
import { hospitalFault, repayment } from './law.ts';

export interface UsedSession {
  readonly voucherId: string;
  readonly session: number;
  readonly hospitalId: string;
  readonly amount: number;
}

/** Reads what returning a used session needs; what it resolves to writes the refund. The books are the caller’s. */
export async function prepareReturn(tx: Transaction, used: UsedSession): Promise<() => void> {
  const { voucherId, session, hospitalId, amount } = used;
  // A voucher has the id of its order, also when its member has left.
  const order = await orderIn(tx, voucherId);
  if (!order || order.paymentKey === null)
    throw new AppError('REFUND_REFUSED', { state: null, sessionsLeft: 0 });
  const { paymentKey } = order;
  const now = Timestamp.now();
  const line = { label: `사용으로 처리된 ${session}회차 취소`, amount, basis: hospitalFault.law };
  return () => {
    tx.create(refunds().doc(`${voucherId}~used~${session}`), {
      ...{ voucherId, orderId: voucherId, hospitalId, paymentKey, because: 'hospitalFault', sessions: 1 },
      ...{ lines: [line], refund: amount, kept: 0, compensation: 0 },
      dueOn: workdaysAfter(koreanDayOf(now.toMillis()), repayment.workdays),
      ...{ state: 'DUE', failure: null, wishes: 0, tries: 0, nextTryAt: now },
      ...{
        transactionKey: null,
        compensatedAt: null,
        hinderedOn: null,
        interest: 0,
        interestOwed: 0,
        createdAt: now,
        updatedAt: now,
      },
    });
    noteReturn(tx, voucherId, amount);
  };
}
