/** What Toss tells by webhook: the two kinds of body, the three headers, the ladder of retries (contracts sheet §2.9). */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { isRecord, type JsonRecord, numberOf, textOf } from './control.ts';
import type { TossChange } from './toss-book.ts';

const replyDeadlineMs = 10_000;
/** Minutes from one try to the next. */
const ladder = [1, 4, 16, 64, 256, 1024, 4096];
const hourMs = 3_600_000;
const told = ['DONE', 'CANCELED', 'PARTIAL_CANCELED', 'ABORTED', 'EXPIRED'];

export interface Delivery {
  readonly transmissionId: string;
  readonly event: string;
  readonly retried: number;
  readonly status: number;
  readonly ms: number;
}

/** Microseconds and no zone: Korean time all the same. */
const createdAt = (now: number) => `${new Date(now + 9 * hourMs).toISOString().slice(0, 23)}000`;

/** What is told of a change: nothing, one body, or for virtual accounts both kinds. */
export function bodiesOf(change: TossChange, now: number): JsonRecord[] {
  const { payment, isVirtualAccount, isBilling, secret, transactionKey } = change;
  if (isBilling) return [];
  const { status, orderId } = payment;
  const changed = { eventType: 'PAYMENT_STATUS_CHANGED', createdAt: createdAt(now), data: payment };
  const deposit = { createdAt: createdAt(now), secret, status, transactionKey, orderId };
  const isDeposit = isVirtualAccount && !['READY', 'IN_PROGRESS', 'EXPIRED', 'ABORTED'].includes(status);
  return [...(told.includes(status) ? [changed] : []), ...(isDeposit ? [deposit] : [])];
}

const nameOf = (body: JsonRecord) => textOf(body.eventType) ?? 'DEPOSIT_CALLBACK';

/** Sends one body once. */
export async function sendOnce(
  url: string,
  body: JsonRecord,
  transmissionId: string = randomUUID(),
  retried = 0,
): Promise<Delivery> {
  const startedAt = performance.now();
  const headers = {
    'content-type': 'application/json;charset=utf-8',
    'tosspayments-webhook-transmission-time': new Date().toISOString(),
    'tosspayments-webhook-transmission-retried-count': String(retried),
    'tosspayments-webhook-transmission-id': transmissionId,
  };
  const status = await fetch(url, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(replyDeadlineMs),
  }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => 0,
  );
  return {
    transmissionId,
    event: nameOf(body),
    retried,
    status,
    ms: Math.round(performance.now() - startedAt),
  };
}

/** Sends of itself once a URL is registered: again along the ladder until it is answered with 200. */
export class TossWebhooks {
  #url: string | undefined;
  #minuteMs = 60_000;
  #stop = new AbortController();
  readonly deliveries: Delivery[] = [];

  register(order: JsonRecord): void {
    this.#url = textOf(order.url);
    this.#minuteMs = numberOf(order.minuteMs) ?? 60_000;
  }

  reset(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#url = undefined;
    this.deliveries.length = 0;
  }

  send(change: TossChange, now: number): void {
    if (this.#url === undefined) return;
    for (const body of bodiesOf(change, now)) void this.#climb(this.#url, body, this.#stop.signal);
  }

  async #climb(url: string, body: JsonRecord, signal: AbortSignal): Promise<void> {
    const transmissionId = randomUUID();
    for (const [retried, minutes] of [0, ...ladder].entries()) {
      try {
        await wait(minutes * this.#minuteMs, undefined, { signal });
      } catch {
        return;
      }
      const delivery = await sendOnce(url, body, transmissionId, retried);
      if (signal.aborted) return;
      this.deliveries.push(delivery);
      if (delivery.status === 200) return;
    }
  }
}

/** Sends given bodies, each so many times, in the order given: forged, repeated, reordered. */
export async function sendGiven(order: JsonRecord): Promise<Delivery[]> {
  const url = textOf(order.url);
  const bodies = Array.isArray(order.bodies) ? order.bodies.filter(isRecord) : [];
  if (url === undefined) return [];
  const deliveries: Delivery[] = [];
  for (const body of bodies) {
    const transmissionId = randomUUID();
    for (let sent = 0; sent < (numberOf(order.times) ?? 1); sent += 1)
      deliveries.push(await sendOnce(url, body, transmissionId, sent));
  }
  return deliveries;
}
