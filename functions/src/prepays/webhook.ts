/**
 * `POST /tossWebhook` (contracts sheet §2.9). Nothing Toss sends here is signed, so nothing is believed: what is told is
 * stored, answered within the ten seconds Toss waits, and is a reason to ask Toss. A deposit must know the secret of its
 * order to be one. What is told again is the same document.
 */
import type { Response } from 'express';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { Request } from 'firebase-functions/v2/https';
import { z } from 'zod';
import { addressOf } from '../access/access.ts';
import { limitHere } from '../access/limits.ts';
import { digest, sameSecret } from '../platform/digest.ts';
import { AppError } from '../platform/errors.ts';
import { db, isAlreadyThere, isStale, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { cardDeleted, cardMarkOf } from '../subscriptions/cards.ts';
import { lookUpPayment } from '../toss/client.ts';
import { orderRef, orderSecretRef, tossHints } from './collections.ts';
import { type TossHint, tossHintSchema } from './schema.ts';
import { settleSeen } from './settling.ts';

const keptMs = 7 * 86_400_000;

const orderIdShape = z.string().regex(/^[A-Za-z0-9_-]{6,64}$/);
const paymentKeyShape = z.string().regex(/^[\x21-\x7e]{1,200}$/);

const changedShape = z.object({
  eventType: z.literal('PAYMENT_STATUS_CHANGED'),
  data: z.object({
    orderId: orderIdShape,
    paymentKey: paymentKeyShape,
    status: z.string().max(60),
    lastTransactionKey: z.string().max(64).nullish(),
  }),
});
const depositShape = z.object({
  orderId: orderIdShape,
  secret: z.string().max(50),
  status: z.string().max(60),
  transactionKey: z.string().max(64).nullish(),
  eventType: z.undefined().optional(),
});
const billingShape = z.object({
  eventType: z.literal('BILLING_DELETED'),
  data: z.object({ billingKey: paymentKeyShape }),
});
const otherShape = z.object({ eventType: z.string().max(60) });

type Told = Pick<TossHint, 'kind' | 'orderId' | 'paymentKey' | 'secret'> & {
  /** What makes it the same when it is told again. */
  readonly key: string;
};

export const secretDigest = (secret: string): string => digest('payment', secret);

/** What a body tells; null when Toss would not write so. */
export function toldIn(body: unknown): Told | null {
  const changed = changedShape.safeParse(body);
  if (changed.success) {
    const { orderId, paymentKey, status, lastTransactionKey } = changed.data.data;
    const key = `payment\n${orderId}\n${paymentKey}\n${status}\n${lastTransactionKey ?? ''}`;
    return { kind: 'payment', orderId, paymentKey, secret: null, key };
  }
  const deposit = depositShape.safeParse(body);
  if (deposit.success) {
    const { orderId, secret, status, transactionKey } = deposit.data;
    const key = `deposit\n${orderId}\n${secret}\n${status}\n${transactionKey ?? ''}`;
    return { kind: 'deposit', orderId, paymentKey: null, secret: secretDigest(secret), key };
  }
  const billing = billingShape.safeParse(body);
  if (billing.success) {
    const secret = cardMarkOf(billing.data.data.billingKey);
    return { kind: 'billing', orderId: null, paymentKey: null, secret, key: `billing\n${secret}` };
  }
  const other = otherShape.safeParse(body);
  if (!other.success) return null;
  return {
    kind: 'other',
    orderId: null,
    paymentKey: null,
    secret: null,
    key: `other\n${other.data.eventType}`,
  };
}

/** Stores what was told. Told again after it was acted upon, it is acted upon again: that changes nothing by itself. */
async function store({ key, kind, orderId, paymentKey, secret }: Told): Promise<void> {
  const now = Timestamp.now();
  const ref = tossHints().doc(digest('webhook', key));
  const hint: TossHint = {
    ...{ kind, orderId, paymentKey, secret, state: 'RECEIVED', outcome: null, receivedAt: now },
    purgeAt: Timestamp.fromMillis(now.toMillis() + keptMs),
  };
  await ref.create(hint).catch(async (error: unknown) => {
    if (!isAlreadyThere(error)) throw error;
    await db().runTransaction(async (tx) => {
      if ((await tx.get(ref)).data()?.state !== 'RECEIVED') tx.set(ref, hint);
    });
  });
}

const statusOf = (error: unknown) =>
  error instanceof AppError && error.reason === 'TOO_MANY_REQUESTS' ? 429 : 503;

async function receive(request: Request): Promise<number> {
  await limitHere(
    'webhookByAddress',
    addressOf(request.get('x-forwarded-for'), request.socket?.remoteAddress),
  );
  const told = toldIn(request.body);
  if (!told) return 400;
  // What we do not follow is answered, so that Toss does not tell it again.
  if (told.kind !== 'other') await store(told);
  return 200;
}

/** 200 once stored; 400 to what Toss would not write; 429 and 503 have Toss tell it again. */
export async function tossWebhook(request: Request, response: Response): Promise<void> {
  if (request.method !== 'POST') {
    response.status(405).json({ error: { reason: 'METHOD_NOT_ALLOWED' } });
    return;
  }
  const status = await receive(request).catch((error: unknown) => {
    log.error('tossWebhook.lost', errorFields(error));
    return statusOf(error);
  });
  response.status(status).end();
}

type Outcome = 'SEEN' | 'UNKNOWN_ORDER' | 'UNKNOWN_PAYMENT' | 'UNKNOWN_CARD' | 'FORGED' | 'NO_SECRET';

async function lookUp(orderId: string, paymentKey: string): Promise<Outcome> {
  const askedAt = Date.now();
  const answer = await lookUpPayment(paymentKey);
  if (answer.kind === 'unknown') throw new AppError('PAYMENT_UNAVAILABLE');
  if (answer.kind === 'refused' || answer.value.orderId !== orderId) return 'UNKNOWN_PAYMENT';
  const settled = await settleSeen(answer.value, askedAt);
  // Asked while a deposit was being entered: only a later answer can say that it was taken back.
  if (answer.value.status === 'WAITING_FOR_DEPOSIT' && settled?.facts.state === 'PAID')
    throw new AppError('PAYMENT_UNAVAILABLE');
  return 'SEEN';
}

/** A deposit says nothing but its order: the payment is the one the account was issued with. */
async function followDeposit(orderId: string, secret: string, paymentKey: string | null): Promise<Outcome> {
  const known = (await orderSecretRef(orderId).get()).data();
  if (!known || paymentKey === null) return 'NO_SECRET';
  if (!sameSecret(secret, secretDigest(known.secret))) return 'FORGED';
  return lookUp(orderId, paymentKey);
}

async function follow({ kind, orderId, paymentKey, secret }: TossHint): Promise<Outcome> {
  if (kind === 'billing') return (await cardDeleted(secret ?? '')) ? 'SEEN' : 'UNKNOWN_CARD';
  const order = orderId === null ? undefined : (await orderRef(orderId).get()).data();
  if (orderId === null || !order) return 'UNKNOWN_ORDER';
  if (kind === 'deposit') return followDeposit(orderId, secret ?? '', order.paymentKey);
  return paymentKey === null ? 'UNKNOWN_PAYMENT' : lookUp(orderId, paymentKey);
}

async function actUpon(stored: DocumentSnapshot): Promise<void> {
  const hint = tossHintSchema.safeParse(stored.data());
  if (!hint.success || hint.data.state !== 'RECEIVED') return;
  const outcome = await follow(hint.data);
  log.info('tossWebhook.followed', { kind: hint.data.kind, outcome });
  await db()
    .doc(stored.ref.path)
    .update(
      { state: outcome === 'SEEN' ? 'DONE' : 'IGNORED', outcome },
      stored.updateTime ? { lastUpdateTime: stored.updateTime } : {},
    )
    .catch((error: unknown) => {
      if (!isStale(error)) throw error;
    });
}

/** `tossHints/{digest}` was written. Throws, and is delivered again, when Toss could not be asked. */
export async function onTossHintWritten(
  event: FirestoreEvent<Change<DocumentSnapshot> | undefined>,
): Promise<void> {
  if (event.data?.after.exists) await actUpon(event.data.after);
}

const deliveredAgainForMs = 600_000;

/** When Toss is down every look takes its time: the other jobs of the schedule must have theirs. */
const runMs = 120_000;

const receivedBefore = (hint: DocumentSnapshot, time: number) => {
  const at: unknown = hint.get('receivedAt');
  return at instanceof Timestamp && at.toMillis() < time;
};

/** Acts on what no delivery has managed to (Toss was down). Returns how many were waiting. */
export async function resumeTossHints(now: number): Promise<number> {
  const waiting = await tossHints().where('state', '==', 'RECEIVED').limit(50).get();
  const old = waiting.docs.filter((hint) => receivedBefore(hint, now - deliveredAgainForMs));
  const endsAt = Date.now() + runMs;
  for (const hint of old) {
    if (Date.now() > endsAt) break;
    await actUpon(hint).catch((error: unknown) => {
      log.error('tossWebhook.unfollowed', { id: hint.id, ...errorFields(error) });
    });
  }
  return old.length;
}
