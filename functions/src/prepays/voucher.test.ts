import fc from 'fast-check';
import { koreanDayOf } from '../kernel/korean.ts';
import { cardMarkOf } from '../subscriptions/cards.ts';
import { ageOf, codeAt, readCode, stepAt, stepMs, writeCode } from './codes.ts';
import { openAccount, sealAccount } from './refundAccounts.ts';
import { afterUse, daysLeft, expiryOf, nextNotice, noticesOf, type VoucherFacts } from './voucher.ts';
import { toldIn } from './webhook.ts';

const moment = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2040-01-01') });

describe('the end of a voucher', () => {
  test('is a year away at least, at the end of a Korean day', () => {
    fc.assert(
      fc.property(moment, (boughtAt) => {
        const end = expiryOf(boughtAt);
        expect(end - boughtAt).toBeGreaterThanOrEqual(365 * 86_400_000);
        expect(end - boughtAt).toBeLessThanOrEqual(367 * 86_400_000);
        expect(new Date(end).toISOString()).toMatch(/T15:00:00.000Z$/);
      }),
    );
  });

  test.each([
    ['2026-12-01T03:00:00Z', '2027-12-01'],
    ['2026-12-01T15:00:00Z', '2027-12-02'],
    ['2028-02-29T03:00:00Z', '2029-03-01'],
    ['2027-03-01T03:00:00Z', '2028-03-01'],
  ])('bought %s: the last day is %s', (bought, last) => {
    expect(koreanDayOf(expiryOf(Date.parse(bought)) - 1)).toBe(last);
  });

  test('is told 30, 7 and 1 days before at nine, and when it has come', () => {
    const end = expiryOf(Date.parse('2026-12-01T03:00:00Z'));
    const told = noticesOf(end).map((at) => new Date(at + 9 * 3_600_000).toISOString().slice(0, 16));
    expect(told).toEqual(['2027-11-01T09:00', '2027-11-24T09:00', '2027-11-30T09:00', '2027-12-02T00:00']);
    expect(nextNotice(end, end)).toBeNull();
    expect(daysLeft(end, Date.parse('2027-11-01T00:00:00Z'))).toBe(30);
  });
});

test('no order of uses takes more sessions than there are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(50), fc.nat(120), (total, returned, tries) => {
      let voucher: VoucherFacts = {
        ...{ state: 'active', sessionsTotal: total, sessionsUsed: 0, expiresAt: 100 },
        sessionsReturned: Math.min(returned, total),
      };
      for (let n = 0; n < tries; n += 1) voucher = afterUse(voucher, n) ?? voucher;
      const possible = Math.min(tries, total - voucher.sessionsReturned, 100);
      expect(voucher.sessionsUsed).toBe(possible);
    }),
  );
});

test.each(['used', 'refunding', 'refunded', 'suspended', 'expired'] as const)(
  '%s: nothing is used',
  (state) => {
    const voucher = { state, sessionsTotal: 3, sessionsUsed: 0, sessionsReturned: 0, expiresAt: 100 };
    expect(afterUse(voucher, 0)).toBeNull();
  },
);

describe('a code', () => {
  const secret = 'ab'.repeat(32);
  const now = Date.parse('2026-12-01T03:00:10Z');
  const shown = (at: number) => ({ voucherId: 'dp-1', step: stepAt(at), code: codeAt(secret, stepAt(at)) });

  test.each([
    ['now', 0, 'FRESH'],
    ['of a phone a minute ahead', 60_000, 'FRESH'],
    ['of a phone two minutes ahead', 120_000, 'AHEAD'],
    ['a minute and a half old', -90_000, 'FRESH'],
    ['two minutes old', -120_000, 'LATE'],
    ['three days old', -71 * 3_600_000, 'LATE'],
    ['older', -73 * 3_600_000, 'OLD'],
  ])('%s', (_what, offset, age) => {
    expect(ageOf(shown(now + offset), secret, now)).toBe(age);
  });

  test('is of its secret and its half minute alone', () => {
    fc.assert(
      fc.property(
        moment,
        fc.stringMatching(/^[0-9a-f]{64}$/),
        fc.integer({ min: 1, max: 1000 }),
        (at, other, off) => {
          fc.pre(other !== secret);
          const code = shown(at);
          expect(ageOf(code, other, at)).toBe('WRONG');
          expect(ageOf({ ...code, step: code.step + off }, secret, at)).toBe('WRONG');
          expect(readCode(writeCode(code))).toEqual(code);
        },
      ),
    );
    expect(stepMs).toBe(30_000);
  });

  test('is read from nothing else', () => {
    fc.assert(fc.property(fc.string(), (text) => readCode(text) === null || text.startsWith('DPV1.')));
  });
});

describe('a refund account', () => {
  beforeAll(() => {
    process.env.REFUND_ACCOUNT_KEY = 'a key of tests';
  });
  const account = { bank: '20', accountNumber: '1002345678901', holderName: '김민지' };

  test('is opened for its own order only, and when nobody has touched it', () => {
    const sealed = sealAccount('dp-000001', account);
    expect(openAccount('dp-000001', sealed)).toEqual(account);
    expect(sealed).not.toContain('1002345678901');
    expect(() => openAccount('dp-000002', sealed)).toThrow();
    expect(() => openAccount('dp-000001', `${sealed.slice(0, -2)}AA`)).toThrow();
    expect(sealAccount('dp-000001', account)).not.toBe(sealed);
  });
});

describe('what a webhook tells', () => {
  beforeAll(() => {
    process.env.IDENTITY_SECRET = 'a secret of tests';
  });

  test('is never more than whom to ask about', () => {
    const data = { orderId: 'dp-000001', paymentKey: 'pk', status: 'DONE', totalAmount: 1 };
    expect(toldIn({ eventType: 'PAYMENT_STATUS_CHANGED', data })).toMatchObject({
      kind: 'payment',
      secret: null,
    });
    const deposit = toldIn({ orderId: 'dp-000001', secret: 'ps', status: 'DONE', transactionKey: null });
    expect(deposit).toMatchObject({ kind: 'deposit', paymentKey: null });
    expect(deposit?.secret).not.toBe('ps');
    const deleted = { eventType: 'BILLING_DELETED', data: { billingKey: 'bk_1', reason: '' } };
    expect(toldIn(deleted)).toMatchObject({ kind: 'billing', orderId: null, secret: cardMarkOf('bk_1') });
    expect(JSON.stringify(toldIn(deleted))).not.toContain('bk_1');
    expect(toldIn({ eventType: 'METHOD_UPDATED' })).toMatchObject({ kind: 'other', orderId: null });
  });

  test('whatever comes, it is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.object(), fc.jsonValue()), (body) => {
        const told = toldIn(body);
        expect(told === null || ['payment', 'deposit', 'billing', 'other'].includes(told.kind)).toBe(true);
      }),
    );
  });
});
