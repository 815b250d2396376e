/** The client against the stand-in: every documented code, and every way an answer can be lost. */
import { type RunningStandin, readRecord } from '../../../standins/control.ts';
import { startToss } from '../../../standins/toss.ts';
import { tossCodes } from '../../../standins/toss-codes.ts';
import { log } from '../platform/log.ts';
import {
  cancelPayment,
  chargeBillingKey,
  confirmPayment,
  issueBillingKey,
  issueVirtualAccount,
  lookUpOrder,
  lookUpPayment,
  settlementsOf,
} from './client.ts';
import { tossErrorOf } from './errors.ts';

let toss: RunningStandin;
beforeAll(async () => {
  toss = await startToss({ port: 0 });
  process.env.TOSS_BASE = toss.url;
  process.env.TOSS_SECRET_KEY = 'test_sk_local';
  process.env.FUNCTIONS_EMULATOR = 'true';
  jest.spyOn(log, 'info').mockImplementation(() => undefined);
  jest.spyOn(log, 'warn').mockImplementation(() => undefined);
});
afterAll(() => toss.close());
beforeEach(() => control('reset'));

async function control(path: string, body: unknown = {}): Promise<Record<string, unknown>> {
  const init = { method: 'POST', body: JSON.stringify(body) };
  return readRecord(await (await fetch(`${toss.url}/__control/${path}`, init)).text());
}

const order = { orderId: 'dp-000001', amount: 990_000 };
const opened = async () => ({ ...order, paymentKey: String((await control('open', order)).paymentKey) });
const lose = (path: string) => control('fault', { match: { path }, kind: 'reset', after: true, times: 1 });

test('confirms, and again with the same answer', async () => {
  const payment = await opened();
  const first = await confirmPayment(payment);
  expect(first).toMatchObject({ kind: 'ok', value: { status: 'DONE', totalAmount: 990_000 } });
  expect(await confirmPayment(payment)).toEqual(first);
});

test('an answer lost after the charge is unknown; looking it up tells, repeating charges nothing more', async () => {
  const payment = await opened();
  await lose('/v1/payments/confirm');
  expect(await confirmPayment(payment)).toEqual({ kind: 'unknown', code: 'NO_ANSWER' });
  expect(await lookUpPayment(payment.paymentKey)).toMatchObject({ value: { status: 'DONE' } });
  expect(await lookUpOrder(order.orderId)).toMatchObject({ value: { status: 'DONE' } });
  expect(await confirmPayment(payment)).toMatchObject({ kind: 'ok' });
});

test.each([...tossCodes])('confirm refused with %s ends as its row of the table says', async (code) => {
  const payment = await opened();
  await control('refuse', { code, path: '/v1/payments/confirm' });
  const { meaning } = tossErrorOf(code);
  expect(await confirmPayment(payment)).toEqual(
    meaning === 'ask' ? { kind: 'unknown', code } : { kind: 'refused', code, meaning },
  );
});

test.each([
  ['a gateway’s page', { kind: 'html502' }, 'HTTP_502'],
  ['a flood', { kind: 'status', status: 429, body: {} }, 'HTTP_429'],
  ['an answer that is no payment', { kind: 'status', status: 200, body: { status: 'DONE' } }, 'UNREADABLE'],
])('%s leaves the outcome unknown', async (_what, fault, code) => {
  await control('fault', { match: { path: '/v1/payments/confirm' }, ...fault });
  expect(await confirmPayment(await opened())).toEqual({ kind: 'unknown', code });
});

test('a look-up is tried a second time', async () => {
  const { paymentKey } = await opened();
  await control('fault', { match: { method: 'GET' }, kind: 'reset', times: 1 });
  expect(await lookUpPayment(paymentKey)).toMatchObject({ value: { status: 'IN_PROGRESS' } });
});

test('cancels in parts; the same cause gives back once', async () => {
  const { paymentKey } = { ...(await opened()) };
  await confirmPayment({ ...order, paymentKey });
  const part = { paymentKey, cause: 'refund-1', reason: '단순 변심', amount: 330_000 };
  expect(await cancelPayment(part)).toMatchObject({ value: { balanceAmount: 660_000 } });
  expect(await cancelPayment(part)).toMatchObject({ value: { balanceAmount: 660_000 } });
  const rest = { paymentKey, cause: 'refund-2', reason: '단순 변심' };
  expect(await cancelPayment(rest)).toMatchObject({ value: { status: 'CANCELED', balanceAmount: 0 } });
});

test('issues an account, a billing key, and reads what is settled', async () => {
  const order = { orderId: 'dp-000002', cause: 'dp-000002:1' };
  const account = { ...order, amount: 50_000, orderName: '시술권', customerName: '김민지' };
  const issued = await issueVirtualAccount({ ...account, bank: '20', validHours: 24 });
  expect(issued).toMatchObject({
    value: { status: 'WAITING_FOR_DEPOSIT', virtualAccount: { bankCode: '20' } },
  });
  const billing = await issueBillingKey('auth-1', 'customer-1');
  if (billing.kind !== 'ok') throw new Error(billing.code);
  const charge = { customerKey: 'customer-1', orderId: 'sub-000001', orderName: '구독', amount: 99_000 };
  expect(await chargeBillingKey(billing.value.billingKey, charge)).toMatchObject({
    value: { status: 'DONE' },
  });
  const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  expect(await settlementsOf(today, today, 1)).toMatchObject({ kind: 'ok', value: [{ amount: 99_000 }] });
});
