/**
 * The Toss Payments client. Wire facts: contracts sheet §2. It never throws for what Toss or the network does: whoever
 * calls must say what becomes of each of the three outcomes. Nothing is repeated here but look-ups, because only the
 * caller knows the idempotency key that belongs to its cause. Logs codes only.
 */
import axios, { type AxiosRequestConfig } from 'axios';
import { BrokenCircuitError } from 'cockatiel';
import { z } from 'zod';
import { tossSecretKey, tossUrl } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { againstOutages } from '../platform/outages.ts';
import { type TossMeaning, tossErrorOf } from './errors.ts';
import {
  type TossBilling,
  type TossPayment,
  type TossSettlement,
  tossBillingShape,
  tossErrorShape,
  tossPaymentShape,
  tossSettlementShape,
} from './schema.ts';

/**
 * `ok`: done, and this is how. `refused`: certainly not done. `unknown`: it may have been done, or may yet be; `code` is
 * Toss's, or NO_ANSWER, UNREADABLE, NOT_ASKED (the circuit is open: nothing was sent).
 */
export type TossAnswer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused'; readonly code: string; readonly meaning: Exclude<TossMeaning, 'ask'> }
  | { readonly kind: 'unknown'; readonly code: string };

/** A confirmation and the look-up after it end within 30 s, which is how long the app waits. */
const confirmMs = 22_000;
const cancelMs = 45_000;
const lookUpMs = 6_000;
const settlementsMs = 70_000;

class NotUnderstood extends Error {
  readonly code: string;
  readonly isOutage: boolean;

  constructor(code: string, isOutage: boolean) {
    super(code);
    this.code = code;
    this.isOutage = isOutage;
  }
}

const isOutage = (error: unknown) => error instanceof NotUnderstood && error.isOutage;

const { breaker, onceMore } = againstOutages(isOutage, { initial: 100, max: 400 });

type Raw = { readonly status: number; readonly body: unknown };

async function send(request: AxiosRequestConfig): Promise<Raw> {
  const response = await axios
    .request<unknown>({
      baseURL: tossUrl(),
      auth: { username: tossSecretKey.value(), password: '' },
      maxRedirects: 0,
      maxContentLength: 20_000_000,
      validateStatus: () => true,
      ...request,
    })
    .catch(() => {
      throw new NotUnderstood('NO_ANSWER', true);
    });
  if (response.status >= 500 && !tossErrorShape.safeParse(response.data).success)
    throw new NotUnderstood(`HTTP_${response.status}`, true);
  return { status: response.status, body: response.data };
}

function read<S extends z.ZodType>(shape: S, { status, body }: Raw): TossAnswer<z.infer<S>> {
  if (status === 200) {
    const parsed = shape.safeParse(body);
    return parsed.success ? { kind: 'ok', value: parsed.data } : { kind: 'unknown', code: 'UNREADABLE' };
  }
  const error = tossErrorShape.safeParse(body);
  const code = error.success ? error.data.code : `HTTP_${status}`;
  const { meaning } = tossErrorOf(code);
  return meaning === 'ask' ? { kind: 'unknown', code } : { kind: 'refused', code, meaning };
}

async function ask<S extends z.ZodType>(
  shape: S,
  request: AxiosRequestConfig,
  policy: { execute: (act: () => Promise<Raw>) => Promise<Raw> } = breaker,
): Promise<TossAnswer<z.infer<S>>> {
  try {
    const answer = read(shape, await policy.execute(() => send(request)));
    if (answer.kind !== 'ok') log.info('toss.refused', { kind: answer.kind, code: answer.code });
    return answer;
  } catch (error) {
    if (error instanceof BrokenCircuitError) return { kind: 'unknown', code: 'NOT_ASKED' };
    if (!(error instanceof NotUnderstood)) throw error;
    log.warn('toss.unanswered', { code: error.code });
    return { kind: 'unknown', code: error.code };
  }
}

const post = (url: string, data: unknown, key: string, timeout: number): AxiosRequestConfig => ({
  ...{ method: 'POST', url, data, timeout },
  headers: { 'Idempotency-Key': key },
});
const pathOf = (paymentKey: string) => `/v1/payments/${encodeURIComponent(paymentKey)}`;

export type PaymentAnswer = TossAnswer<TossPayment>;

/** Charges what the buyer has authenticated. Repeating it for the same payment charges nothing more. */
export function confirmPayment(payment: {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: number;
}): Promise<PaymentAnswer> {
  // One order may be tried with several payments: a key of the order alone would replay the first refusal for ever.
  const key = `confirm:${payment.orderId}:${payment.paymentKey}`;
  return ask(tossPaymentShape, post('/v1/payments/confirm', payment, key, confirmMs));
}

export const lookUpPayment = (paymentKey: string): Promise<PaymentAnswer> =>
  ask(tossPaymentShape, { url: pathOf(paymentKey), timeout: lookUpMs }, onceMore);

export const lookUpOrder = (orderId: string): Promise<PaymentAnswer> =>
  ask(
    tossPaymentShape,
    { url: `/v1/payments/orders/${encodeURIComponent(orderId)}`, timeout: lookUpMs },
    onceMore,
  );

export interface RefundAccount {
  readonly bank: string;
  readonly accountNumber: string;
  readonly holderName: string;
}

/**
 * Gives money back: `amount`, or everything left. `cause` is what makes it the same cancel when repeated. Of two cancels made
 * on the same `left` (what a look-up has told is left) Toss carries out one.
 */
export function cancelPayment(cancel: {
  readonly paymentKey: string;
  readonly cause: string;
  readonly reason: string;
  readonly amount?: number;
  readonly left?: number;
  readonly account?: RefundAccount | null;
}): Promise<PaymentAnswer> {
  const { paymentKey, cause, reason, amount, left, account } = cancel;
  const body = {
    cancelReason: reason.slice(0, 200),
    ...(amount === undefined ? {} : { cancelAmount: amount }),
    ...(left === undefined ? {} : { refundableAmount: left }),
    ...(account ? { refundReceiveAccount: account } : {}),
  };
  return ask(tossPaymentShape, post(`${pathOf(paymentKey)}/cancel`, body, `cancel:${cause}`, cancelMs));
}

/** An account to pay into, one for each order. `cause` is what makes it the same wish when repeated. */
export function issueVirtualAccount({
  cause,
  ...wish
}: {
  readonly cause: string;
  readonly orderId: string;
  readonly amount: number;
  readonly orderName: string;
  readonly customerName: string;
  readonly bank: string;
  readonly validHours: number;
}): Promise<PaymentAnswer> {
  return ask(tossPaymentShape, post('/v1/virtual-accounts', wish, `account:${cause}`, confirmMs));
}

export function issueBillingKey(authKey: string, customerKey: string): Promise<TossAnswer<TossBilling>> {
  const path = '/v1/billing/authorizations/issue';
  return ask(tossBillingShape, post(path, { authKey, customerKey }, `billing:${authKey}`, confirmMs));
}

/** Charges a card that was registered. `orderId` is the cause: the same one is charged once. */
export function chargeBillingKey(
  billingKey: string,
  charge: {
    readonly customerKey: string;
    readonly orderId: string;
    readonly orderName: string;
    readonly amount: number;
  },
): Promise<PaymentAnswer> {
  const path = `/v1/billing/${encodeURIComponent(billingKey)}`;
  return ask(tossPaymentShape, post(path, charge, `charge:${charge.orderId}`, confirmMs));
}

export const deleteBillingKey = (billingKey: string): Promise<TossAnswer<unknown>> =>
  ask(z.unknown(), {
    ...{ method: 'DELETE', url: `/v1/billing/${encodeURIComponent(billingKey)}`, timeout: cancelMs },
  });

/** One page of what Toss settles: the days (KST, both included) it was sold on. */
export const settlementsOf = (
  from: string,
  to: string,
  page: number,
): Promise<TossAnswer<TossSettlement[]>> =>
  ask(z.array(tossSettlementShape), {
    ...{ url: '/v1/settlements', timeout: settlementsMs },
    params: { startDate: from, endDate: to, dateType: 'soldDate', page, size: 1000 },
  });
