/**
 * Payments as samples show them, to measure beside ours. The phone writes the order with the price it knows (naiveBuying.ts); a function
 * hands what the payment window returned to Toss and stores what came back (Toss’s own sample, with Firestore for its
 * “save it in your database”); the QR code is the voucher’s id, and the desk counts it down; refunds are of what the app
 * says. No amount is compared, nothing is looked up, nothing is done twice the same way.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { db, FieldValue } from '../../functions/src/platform/firebase.ts';
import { isRecord, textOf } from '../../standins/control.ts';

type Asked = IncomingMessage & { body?: unknown };
type Data = Readonly<Record<string, unknown>>;

const dataOf = ({ body }: Asked): Data => (isRecord(body) && isRecord(body.data) ? body.data : {});

async function toss(path: string, body: unknown): Promise<Data> {
  const authorization = `Basic ${Buffer.from(`${process.env.TOSS_SECRET_KEY}:`).toString('base64')}`;
  const response = await fetch(`${process.env.TOSS_BASE}${path}`, {
    ...{ method: 'POST', body: JSON.stringify(body) },
    headers: { authorization, 'content-type': 'application/json' },
  });
  const answer: unknown = await response.json();
  if (!response.ok || !isRecord(answer)) throw new Error('Toss refused');
  return answer;
}

async function paid(orderId: string): Promise<void> {
  await db().doc(`naiveOrders/${orderId}`).set({ status: 'paid' }, { merge: true });
  await db().doc(`naiveVouchers/${orderId}`).set({ orderId, left: 3 });
}

const answering =
  (act: (data: Data) => Promise<unknown>) =>
  async (request: Asked, response: ServerResponse): Promise<void> => {
    const isDone = await act(dataOf(request)).then(
      () => true,
      () => false,
    );
    response.writeHead(isDone ? 200 : 500, { 'content-type': 'application/json' }).end('{"result":{}}');
  };

export const naiveConfirm = answering(async ({ orderId, paymentKey, amount }) => {
  await toss('/v1/payments/confirm', { orderId, paymentKey, amount });
  await paid(textOf(orderId) ?? '');
});

export const naiveIssue = answering(async ({ orderId, amount }) => {
  const wish = { orderId, amount, orderName: '시술권', customerName: '김민지', bank: '20', validHours: 24 };
  const { virtualAccount } = await toss('/v1/virtual-accounts', wish);
  await db()
    .doc(`naiveOrders/${textOf(orderId)}`)
    .set({ virtualAccount }, { merge: true });
});

/** What is told is believed. */
export const naiveWebhook = answering(async ({ orderId, status, eventType }) => {
  if (eventType === undefined && status === 'DONE') await paid(textOf(orderId) ?? '');
});

export const naiveRefund = answering(async ({ orderId, paymentKey, amount }) => {
  await db()
    .doc(`naiveVouchers/${textOf(orderId)}`)
    .get();
  await toss(`/v1/payments/${textOf(paymentKey)}/cancel`, { cancelReason: '환불', cancelAmount: amount });
  await db()
    .doc(`naiveOrders/${textOf(orderId)}`)
    .set({ status: 'refunded' }, { merge: true });
  await db()
    .doc(`naiveVouchers/${textOf(orderId)}`)
    .update({ left: FieldValue.delete() });
});
