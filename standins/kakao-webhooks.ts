/** Sends Kakao's two webhooks to an address a test names and reports how the receiver answered. */
import { type JsonRecord, json, numberOf, textOf, type WireReply } from './control.ts';
import { kakaoApp } from './kakao-people.ts';

export interface Delivery {
  /** 0 when no answer came in time or the connection failed. */
  status: number;
  body: string;
  ms: number;
  error?: string;
}

const replyDeadlineMs = 3_000;

const authorizationByKey: Record<string, string | undefined> = {
  right: `KakaoAK ${kakaoApp.adminKey}`,
  wrong: 'KakaoAK not-the-admin-key',
  missing: undefined,
};

/** Kakao waits three seconds and follows no redirect. */
async function deliverOnce(url: string, init: RequestInit): Promise<Delivery> {
  const startedAt = performance.now();
  const elapsed = (): number => Math.round(performance.now() - startedAt);
  try {
    const signal = AbortSignal.timeout(replyDeadlineMs);
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    return { status: response.status, body: await response.text(), ms: elapsed() };
  } catch (error) {
    return {
      status: 0,
      body: '',
      ms: elapsed(),
      error: error instanceof Error ? error.message : String(error),
    };
  }
}

async function deliver(order: JsonRecord, url: string, init: RequestInit): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  for (let sent = 0; sent < (numberOf(order.times) ?? 1); sent += 1)
    deliveries.push(await deliverOnce(url, init));
  return deliveries;
}

function report(deliveries: Delivery[], acceptedStatus: number, sent: JsonRecord): WireReply {
  const accepted = deliveries.every(({ status, ms }) => status === acceptedStatus && ms < replyDeadlineMs);
  return json(200, { accepted, deliveries, ...sent });
}

export interface WebhookTarget {
  url: string;
  userId: string;
}

/** The address and user of an order such as `{url, user_id}`, undefined where either is missing or malformed. */
export function webhookTargetOf(order: JsonRecord): WebhookTarget | undefined {
  const url = textOf(order.url);
  const userId = textOf(order.user_id) ?? numberOf(order.user_id)?.toString();
  return url !== undefined && URL.canParse(url) && userId ? { url, userId } : undefined;
}

export async function sendUnlinkWebhook(
  order: JsonRecord,
  { url, userId }: WebhookTarget,
): Promise<WireReply> {
  const authorization = authorizationByKey[textOf(order.key) ?? 'right'];
  const fields = new URLSearchParams({
    app_id: String(kakaoApp.appId),
    user_id: userId,
    referrer_type: textOf(order.referrer_type) ?? 'UNLINK_FROM_APPS',
  });
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  if (order.method === 'GET') {
    const target = new URL(url);
    for (const [name, value] of fields) target.searchParams.set(name, value);
    return report(await deliver(order, target.href, { headers }), 200, {});
  }
  headers['content-type'] = 'application/x-www-form-urlencoded;charset=utf-8';
  const init = { method: 'POST', headers, body: fields.toString() };
  return report(await deliver(order, url, init), 200, {});
}

export async function sendAccountWebhook(order: JsonRecord, url: string, token: string): Promise<WireReply> {
  const headers = { 'content-type': 'application/secevent+jwt' };
  return report(await deliver(order, url, { method: 'POST', headers, body: token }), 202, { token });
}
