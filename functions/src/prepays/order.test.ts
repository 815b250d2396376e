import { answerTo, dueLook, type OrderFacts, orderAfter, payableMs, type Seen } from './order.ts';

const now = Date.parse('2026-12-01T03:00:00Z');
const open: OrderFacts = {
  ...{ orderId: 'dp-000001', state: 'OPEN', amount: 990_000, method: null, paymentKey: null },
  ...{ confirmingAt: null, holdsStock: true, deposits: 0, refunded: 0, seenAt: null, ownerLeft: false },
  ...{ expiresAt: now + payableMs, nextLookAt: now + payableMs, looks: 0 },
};
const card: Seen = {
  ...{ paymentKey: 'pk-1', status: 'DONE', totalAmount: 990_000, balanceAmount: 990_000 },
  ...{ isVirtualAccount: false, hasCome: true, dueAt: null, askedAt: now, answeredAt: now + 1 },
};
const account = { ...card, isVirtualAccount: true, dueAt: now + 86_400_000 };
const confirming = orderAfter(open, { kind: 'confirming', paymentKey: 'pk-1', at: now }).order;
const seen = (order: OrderFacts, payment: Seen, at = now + 2) =>
  orderAfter(order, { kind: 'seen', payment, at });
const paid = seen(confirming, card).order;

describe('a payment that is being tried', () => {
  it('is written down before Toss is asked, and looked at a minute later', () => {
    expect(confirming).toMatchObject({ state: 'CONFIRMING', paymentKey: 'pk-1', nextLookAt: now + 60_000 });
    expect(dueLook(confirming, now + 60_000)).toBe('ASK_PAYMENT');
  });

  it('makes a voucher, once', () => {
    expect(seen(confirming, card)).toMatchObject({
      order: { state: 'PAID' },
      effects: [{ kind: 'paid', nth: 1 }],
    });
    expect(seen(paid, card)).toEqual({ order: paid, effects: [] });
  });

  it('is confirmed again when our confirmation never reached Toss', () => {
    expect(answerTo(confirming, { ...card, status: 'IN_PROGRESS' }, now)).toBe('CONFIRM');
    expect(answerTo(confirming, { ...card, paymentKey: 'pk-2', status: 'IN_PROGRESS' }, now)).toBe('TAKE');
    expect(answerTo(open, { ...card, status: 'IN_PROGRESS' }, now)).toBe('TAKE');
  });

  it.each(['ABORTED', 'EXPIRED'])('leaves the order open when it is %s', (status) => {
    expect(seen(confirming, { ...card, status }).order).toMatchObject({ state: 'OPEN', paymentKey: null });
  });

  it('is not given up because Toss does not know it yet', () => {
    const absent = (at: number) =>
      orderAfter(confirming, { kind: 'absent', paymentKey: 'pk-1', at }).order.state;
    expect(absent(now + 60_000)).toBe('CONFIRMING');
    expect(absent(now + 660_000)).toBe('OPEN');
  });

  it('is looked at less and less often, but always again', () => {
    let order = confirming;
    const pauses = Array.from({ length: 8 }, () => {
      const at = order.nextLookAt ?? 0;
      order = orderAfter(order, { kind: 'looked', at }).order;
      return ((order.nextLookAt ?? 0) - at) / 60_000;
    });
    expect(pauses).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
    expect(orderAfter(order, { kind: 'looked', at: 0 }).order).toBe(order);
  });
});

describe('money nobody is owed a voucher for', () => {
  const reversed = (order: OrderFacts, payment: Seen) =>
    seen(order, payment).effects.flatMap((effect) => (effect.kind === 'reverse' ? [effect.reason] : []));

  it('goes back: a second payment, one for a closed order, one of another amount, one of a leaver', () => {
    const expired = orderAfter(open, { kind: 'tick', at: now + payableMs }).order;
    expect(expired).toMatchObject({ state: 'EXPIRED', holdsStock: false });
    expect(reversed(paid, { ...card, paymentKey: 'pk-2' })).toEqual(['SECOND_PAYMENT']);
    expect(reversed(expired, card)).toEqual(['CLOSED']);
    expect(reversed(confirming, { ...card, totalAmount: 100 })).toEqual(['AMOUNT']);
    expect(reversed({ ...confirming, ownerLeft: true }, card)).toEqual(['OWNER_LEFT']);
    expect(reversed(confirming, { ...card, status: 'PARTIAL_CANCELED' })).toEqual(['PARTLY_CANCELED']);
  });

  it('cannot come to an account of a closed order', () => {
    const given = orderAfter(open, { kind: 'abandoned', at: now }).order;
    const { effects } = seen(given, { ...account, hasCome: false, status: 'WAITING_FOR_DEPOSIT' });
    expect(effects).toMatchObject([{ kind: 'reverse', amount: 0 }]);
  });
});

describe('a virtual account', () => {
  const waiting = seen(orderAfter(open, { kind: 'issuing', at: now }).order, {
    ...account,
    status: 'WAITING_FOR_DEPOSIT',
  }).order;

  it('may be paid into until its own due date, then it is taken away', () => {
    expect(waiting).toMatchObject({ state: 'WAITING_FOR_DEPOSIT', expiresAt: now + 86_400_000 });
    const over = { ...account, status: 'WAITING_FOR_DEPOSIT' };
    expect(answerTo(waiting, over, now + 86_400_000)).toBe('CANCEL');
    expect(answerTo(waiting, over, now)).toBe('TAKE');
    expect(seen(waiting, { ...account, hasCome: false, status: 'CANCELED' })).toMatchObject({
      order: { state: 'CANCELED' },
      effects: [{ kind: 'releaseStock' }],
    });
  });

  it('rests its voucher when the bank takes its word back, unless that was asked before the deposit', () => {
    const deposited = seen(waiting, { ...account, answeredAt: now + 10 }).order;
    const before = { ...account, status: 'WAITING_FOR_DEPOSIT', askedAt: now + 5 };
    expect(seen(deposited, before)).toEqual({ order: deposited, effects: [] });
    const after = seen(deposited, { ...before, askedAt: now + 11 });
    expect(after.effects).toEqual([
      { kind: 'undeposited', nth: 1 },
      { kind: 'alert', code: 'UNDEPOSITED' },
    ]);
    const again = { ...account, askedAt: now + 20, answeredAt: now + 21 };
    expect(seen(after.order, again).effects).toEqual([{ kind: 'paid', nth: 2 }]);
    // Told late that it was paid, by who had asked before the bank took it back: looked at again soon.
    const late = seen(
      { ...after.order, seenAt: now + 15 },
      { ...account, askedAt: now + 14, answeredAt: now + 16 },
    );
    expect(late).toMatchObject({
      order: { state: 'WAITING_FOR_DEPOSIT', nextLookAt: now + 60_016 },
      effects: [],
    });
  });
});

test('an account that was paid again, and of which all has been returned since, has been paid', () => {
  const again = { ...paid, state: 'WAITING_FOR_DEPOSIT' as const, refunded: 990_000 };
  const returned = { ...card, isVirtualAccount: true, status: 'CANCELED', balanceAmount: 0 };
  expect(seen(again, returned)).toMatchObject({
    order: { state: 'PAID', deposits: 2 },
    effects: [{ kind: 'paid', nth: 2 }],
  });
  const partly = { ...returned, status: 'PARTIAL_CANCELED', balanceAmount: 1_000 };
  expect(seen({ ...again, refunded: 0 }, partly).effects).toMatchObject([
    { kind: 'paid', nth: 2 },
    { kind: 'freezeVoucher' },
    { kind: 'alert', code: 'CANCELED_ELSEWHERE' },
  ]);
});

test('a deposit taken back, of an account taken away before anybody looked, leaves no money in the books', () => {
  const vanished = { ...card, isVirtualAccount: true, status: 'CANCELED', balanceAmount: 0, hasCome: false };
  expect(seen({ ...paid, refunded: 990_000 }, vanished)).toMatchObject({
    order: { state: 'CANCELED' },
    effects: [
      { kind: 'undeposited', nth: 1 },
      { kind: 'voidVoucher' },
      { kind: 'alert', code: 'UNDEPOSITED' },
    ],
  });
});

test('what is cancelled in Toss’s own console freezes the voucher; what we returned does not', () => {
  const canceled = { ...card, status: 'PARTIAL_CANCELED', balanceAmount: 660_000 };
  expect(seen(paid, canceled).effects).toEqual([
    { kind: 'freezeVoucher' },
    { kind: 'alert', code: 'CANCELED_ELSEWHERE' },
  ]);
  expect(seen({ ...paid, refunded: 330_000 }, canceled).effects).toEqual([]);
});
