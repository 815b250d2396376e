import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isRecord, type JsonRecord, type RunningStandin, readRecord } from './control.ts';
import { startToss, tossSecretKey } from './toss.ts';
import { tossCodes } from './toss-codes.ts';

let toss: RunningStandin;
beforeAll(async () => {
  toss = await startToss({ port: 0 });
});
afterAll(() => toss.close());
beforeEach(() => control('reset'));

interface Answer {
  readonly status: number;
  readonly body: JsonRecord;
}

const basic = (key: string) => `Basic ${Buffer.from(key).toString('base64')}`;

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const init: RequestInit = { method, headers: { authorization: basic(`${tossSecretKey}:`), ...headers } };
  if (body !== undefined) init.body = JSON.stringify(body);
  const response = await fetch(toss.url + path, init);
  return { status: response.status, body: readRecord(await response.text()) };
}

async function control(path: string, body: unknown = {}): Promise<JsonRecord> {
  const init = { method: 'POST', body: JSON.stringify(body) };
  return readRecord(await (await fetch(`${toss.url}/__control/${path}`, init)).text());
}

const order = { orderId: 'order_000001', amount: 55_000 };
const opened = async (more: JsonRecord = {}) =>
  String((await control('open', { ...order, ...more })).paymentKey);
const confirm = (paymentKey: string, more: JsonRecord = {}, headers: Record<string, string> = {}) =>
  ask('POST', '/v1/payments/confirm', { ...order, paymentKey, ...more }, headers);
const after = (minutes: number) => control('clock', { now: Date.now() + minutes * 60_000 });

describe('confirm', () => {
  it('approves what the buyer has authenticated, with the documented object', async () => {
    const paymentKey = await opened();
    const { status, body } = await confirm(paymentKey);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ paymentKey, ...{ orderId: order.orderId, status: 'DONE', method: '카드', type: 'NORMAL' } },
      ...{ totalAmount: 55_000, balanceAmount: 55_000, suppliedAmount: 50_000, vat: 5_000, cancels: null },
    });
    expect(body.approvedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$/);
  });

  it.each([
    ['no such payment', 'pk_unknown', {}, 404, 'NOT_FOUND_PAYMENT'],
    ['another amount', null, { amount: 100 }, 400, 'INVALID_REQUEST'],
    ['another order', null, { orderId: 'order_000002' }, 400, 'INVALID_REQUEST'],
  ])('refuses %s', async (_what, key, more, status, code) => {
    const answer = await confirm(key ?? (await opened()), more);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('refuses a second time, and after ten minutes', async () => {
    const paymentKey = await opened();
    await confirm(paymentKey);
    expect((await confirm(paymentKey)).body.code).toBe('ALREADY_PROCESSED_PAYMENT');
    const late = await opened({ orderId: 'order_000003' });
    await after(10);
    expect((await confirm(late, { orderId: 'order_000003' })).body.code).toBe('NOT_FOUND_PAYMENT_SESSION');
    expect((await ask('GET', `/v1/payments/${late}`)).body.status).toBe('EXPIRED');
  });

  it('refuses a wrong key and a header of another form', async () => {
    const paymentKey = await opened();
    expect((await confirm(paymentKey, {}, { authorization: basic('test_sk_other:') })).status).toBe(401);
    expect((await confirm(paymentKey, {}, { authorization: basic(tossSecretKey) })).status).toBe(403);
  });
});

describe('idempotency', () => {
  it('replays the first answer, whatever the body, and refusals too', async () => {
    const paymentKey = await opened();
    const key = { 'idempotency-key': 'confirm:1' };
    const first = await confirm(paymentKey, { amount: 1 }, key);
    expect(await confirm(paymentKey, {}, key)).toEqual(first);
    expect((await confirm(paymentKey)).status).toBe(200);
  });

  it('answers 409 while the first is being worked on', async () => {
    const paymentKey = await opened();
    await control('slow', { ms: 200 });
    const key = { 'idempotency-key': 'confirm:2' };
    const answers = await Promise.all([confirm(paymentKey, {}, key), confirm(paymentKey, {}, key)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('keeps what was committed when only the answer was lost', async () => {
    const paymentKey = await opened();
    const fault = { match: { path: '/v1/payments/confirm' }, kind: 'reset', after: true, times: 1 };
    await control('fault', fault);
    const key = { 'idempotency-key': 'confirm:3' };
    await expect(confirm(paymentKey, {}, key)).rejects.toThrow();
    expect((await ask('GET', `/v1/payments/orders/${order.orderId}`)).body.status).toBe('DONE');
    expect((await confirm(paymentKey, {}, key)).body.status).toBe('DONE');
  });
});

it.each([...tossCodes])('TossPayments-Test-Code %s travels as %i', async (code, status) => {
  const answer = await ask('GET', '/v1/payments/any', undefined, { 'tosspayments-test-code': code });
  expect(answer).toMatchObject({ status, body: { code } });
});

describe('cancel', () => {
  it('takes parts until nothing is left', async () => {
    const paymentKey = await opened();
    await confirm(paymentKey);
    const cancel = (cancelAmount?: number) =>
      ask('POST', `/v1/payments/${paymentKey}/cancel`, { cancelReason: '변심', cancelAmount });
    expect((await cancel(15_000)).body).toMatchObject({ status: 'PARTIAL_CANCELED', balanceAmount: 40_000 });
    expect((await cancel(40_001)).body.code).toBe('NOT_CANCELABLE_AMOUNT');
    const { body } = await cancel();
    expect(body).toMatchObject({ status: 'CANCELED', balanceAmount: 0, totalAmount: 55_000 });
    expect(body.cancels).toMatchObject([{ cancelAmount: 15_000 }, { cancelAmount: 40_000 }]);
    expect((await cancel()).body.code).toBe('ALREADY_CANCELED_PAYMENT');
  });

  it('refuses what was never paid', async () => {
    const answer = await ask('POST', `/v1/payments/${await opened()}/cancel`, { cancelReason: '변심' });
    expect(answer.body.code).toBe('NOT_CANCELABLE_PAYMENT');
  });
});

describe('virtual accounts', () => {
  const issue = () =>
    ask('POST', '/v1/virtual-accounts', {
      ...{ ...order, orderName: '시술권', customerName: '김민지', bank: '20', validHours: 24 },
    });

  it('wait for the deposit, and stay so past their due date', async () => {
    const { body } = await issue();
    expect(body).toMatchObject({ status: 'WAITING_FOR_DEPOSIT', approvedAt: null });
    await after(24 * 60);
    const late = (await ask('GET', `/v1/payments/orders/${order.orderId}`)).body;
    expect(late).toMatchObject({ status: 'WAITING_FOR_DEPOSIT', virtualAccount: { expired: true } });
    expect((await control('deposit', order)).code).toBe('NOT_AVAILABLE_PAYMENT');
  });

  it('are returned to an account only, in whole before the deposit', async () => {
    const paymentKey = String((await issue()).body.paymentKey);
    const cancel = (more: JsonRecord) =>
      ask('POST', `/v1/payments/${paymentKey}/cancel`, { cancelReason: '변심', ...more });
    expect((await cancel({ cancelAmount: 1 })).body.code).toBe('NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT');
    await control('deposit', order);
    expect((await cancel({})).body.code).toBe('INVALID_REFUND_ACCOUNT_INFO');
    const refundReceiveAccount = { bank: '20', accountNumber: '1002', holderName: '김민지' };
    expect((await cancel({ refundReceiveAccount })).body.status).toBe('CANCELED');
  });

  it('wait again when the bank takes its word back', async () => {
    await issue();
    await control('deposit', order);
    expect((await control('undeposit', order)).status).toBe('WAITING_FOR_DEPOSIT');
  });
});

it('charges a billing key for its customer only, and an order once', async () => {
  const path = '/v1/billing/authorizations/issue';
  const { body } = await ask('POST', path, { authKey: 'auth-1', customerKey: 'cust-1' });
  const charge = (customerKey: string) =>
    ask('POST', `/v1/billing/${String(body.billingKey)}`, { ...order, orderName: '구독', customerKey });
  expect((await charge('cust-2')).body.code).toBe('NOT_MATCHES_CUSTOMER_KEY');
  expect((await charge('cust-1')).body).toMatchObject({ status: 'DONE', type: 'BILLING' });
  expect((await charge('cust-1')).body.code).toBe('DUPLICATED_ORDER_ID');
  expect((await ask('DELETE', `/v1/billing/${String(body.billingKey)}`)).status).toBe(200);
  expect((await charge('cust-1')).body.code).toBe('INVALID_BILL_KEY_REQUEST');
});

it('settles what was paid and what was returned', async () => {
  const paymentKey = await opened();
  await confirm(paymentKey);
  await ask('POST', `/v1/payments/${paymentKey}/cancel`, { cancelReason: '변심', cancelAmount: 5_000 });
  const day = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  const response = await fetch(`${toss.url}/v1/settlements?startDate=${day}&endDate=${day}`, {
    headers: { authorization: basic(`${tossSecretKey}:`) },
  });
  const rows: unknown = await response.json();
  expect(rows).toMatchObject([
    { amount: 55_000, payOutAmount: 53_669, cancel: null },
    { amount: -5_000, cancel: { cancelAmount: 5_000 } },
  ]);
});

describe('webhooks', () => {
  it('tell of a deposit twice, flat and with the payment, again until answered with 200', async () => {
    const told: { readonly body: JsonRecord; readonly retried: unknown }[] = [];
    const receiver = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      told.push({
        body: readRecord(text),
        retried: request.headers['tosspayments-webhook-transmission-retried-count'],
      });
      response.writeHead(told.length === 1 ? 500 : 200).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo;
    await control('webhooks', { url: `http://127.0.0.1:${port}`, minuteMs: 10 });
    await confirm(await opened({ method: '가상계좌' }));
    await control('deposit', order);
    while (told.length < 4) await new Promise((resolve) => setTimeout(resolve, 10));
    receiver.close();
    expect(told.some(({ retried }) => retried === '1')).toBe(true);
    const deposit = told.find(({ body }) => body.eventType === undefined && body.status === 'DONE');
    expect(Object.keys(deposit?.body ?? {}).sort()).toEqual(
      ['createdAt', 'orderId', 'secret', 'status', 'transactionKey'].sort(),
    );
    const changed = told.find(({ body }) => body.eventType === 'PAYMENT_STATUS_CHANGED');
    expect(isRecord(changed?.body.data) && changed.body.data.status).toBe('DONE');
    expect(changed?.body.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
  });
});
