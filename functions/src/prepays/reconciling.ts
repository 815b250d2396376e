/** The job that finds out what nobody has told us: lost answers, processes that died, accounts nobody paid into. */
import { AppError } from '../platform/errors.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { confirmPayment, lookUpOrder, lookUpPayment, type PaymentAnswer } from '../toss/client.ts';
import { orders } from './collections.ts';
import { factsOf, seenOf } from './facts.ts';
import { answerTo, dueLook, type OrderFacts } from './order.ts';
import { closeAccount, takeLookUp } from './paying.ts';
import { raiseAlert, type Settled, settle, settleSeen } from './settling.ts';

const perRun = 50;
/** When Toss is down every look takes its time: the other jobs of the schedule must have theirs. */
const runMs = 120_000;
/** About half a day of looking: somebody has to. */
const stuckAfterLooks = 16;

/** The member had agreed and our confirmation did not arrive: it is sent again under the same key. */
async function confirmAgain({ orderId, amount }: OrderFacts, paymentKey: string): Promise<Settled | null> {
  const askedAt = Date.now();
  const answer = await confirmPayment({ paymentKey, orderId, amount });
  return answer.kind === 'ok' ? settleSeen(answer.value, askedAt) : null;
}

async function follow(
  order: OrderFacts,
  answer: PaymentAnswer,
  askedAt: number,
  now: number,
): Promise<Settled | null> {
  const { orderId, paymentKey } = order;
  if (answer.kind !== 'ok') return takeLookUp(orderId, paymentKey, answer, askedAt);
  const todo = answerTo(order, seenOf(answer.value, askedAt, Date.now()), now);
  if (todo === 'CONFIRM') return confirmAgain(order, answer.value.paymentKey);
  if (todo === 'CANCEL') return closeAccount(orderId, answer.value.paymentKey);
  return takeLookUp(orderId, paymentKey, answer, askedAt);
}

/** Looks at one order now. */
export async function look(order: OrderFacts, now: number): Promise<Settled | null> {
  const { orderId, paymentKey } = order;
  const due = dueLook(order, now);
  if (due === 'NOTHING') return null;
  if (due === 'EXPIRE') return settle(orderId, { kind: 'tick', at: now });
  const askedAt = Date.now();
  const answer = paymentKey === null ? await lookUpOrder(orderId) : await lookUpPayment(paymentKey);
  return follow(order, answer, askedAt, now);
}

async function tellStuck({ orderId, state, looks }: OrderFacts): Promise<void> {
  if (state !== 'CONFIRMING' || looks !== stuckAfterLooks) return;
  await db().runTransaction(async (tx) => raiseAlert(tx, orderId, 'STUCK'));
}

/** Looks at every order that is due; one that fails does not keep the others. Returns how many. */
export async function reconcileOrders(now: number): Promise<number> {
  const due = await orders()
    .where('nextLookAt', '<=', Timestamp.fromMillis(now))
    .orderBy('nextLookAt')
    .limit(perRun)
    .get();
  const endsAt = Date.now() + runMs;
  for (const stored of due.docs) {
    if (Date.now() > endsAt) break;
    try {
      await look(factsOf(stored.id, stored.data()), now);
      const looked = await settle(stored.id, { kind: 'looked', at: now });
      if (looked) await tellStuck(looked.facts);
    } catch (error) {
      const code = error instanceof AppError ? error.reason : 'FAILED';
      log.error('payments.unreconciled', { orderId: stored.id, code });
    }
  }
  return due.size;
}
