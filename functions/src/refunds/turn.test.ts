import { cancelReasonOf, cancelsOf, turnOf } from './turn.ts';

const account = { bankCode: '20', accountNumber: '1', dueDate: '2026-12-02T12:00:00+09:00' };
const approvedAt = '2026-12-01T12:00:00+09:00';

describe('a try to return money', () => {
  it('is made only while the money is there', () => {
    expect(turnOf('PAID', { status: 'DONE' })).toBe('GIVE');
    expect(turnOf('PAID', { status: 'PARTIAL_CANCELED' })).toBe('GIVE');
    expect(turnOf(null, { status: 'DONE' })).toBe('GIVE');
    for (const status of ['WAITING_FOR_DEPOSIT', 'READY', 'IN_PROGRESS', 'ABORTED', 'ANYTHING_NEW'])
      expect(turnOf('PAID', { status })).toBe('WAIT');
  });

  it('waits while the bank has taken the deposit back, and ends with the account', () => {
    expect(turnOf('WAITING_FOR_DEPOSIT', { status: 'WAITING_FOR_DEPOSIT', virtualAccount: account })).toBe(
      'WAIT',
    );
    // The order was told of the deposit a moment ago and this look is older, or the other way round.
    expect(turnOf('WAITING_FOR_DEPOSIT', { status: 'DONE', virtualAccount: account, approvedAt })).toBe(
      'WAIT',
    );
    for (const state of ['CANCELED', 'EXPIRED', 'REVERSED'])
      expect(turnOf(state, { status: 'CANCELED', virtualAccount: account })).toBe('VOID');
    expect(turnOf(null, { status: 'CANCELED', virtualAccount: account, approvedAt: null })).toBe('VOID');
  });

  it('finds what went back already', () => {
    expect(turnOf('PAID', { status: 'CANCELED' })).toBe('FIND');
    expect(turnOf('PAID', { status: 'CANCELED', virtualAccount: account, approvedAt })).toBe('FIND');
  });
});

describe('the cancel of a refund', () => {
  const [own, other] = [cancelReasonOf('v~0'), cancelReasonOf('v~1')];
  const cancel = (cancelReason: string | null, cancelAmount = 50_000) => ({ cancelReason, cancelAmount });
  const found = (...cancels: ReturnType<typeof cancel>[]) =>
    cancelsOf({ refundId: 'v~0', amount: 50_000 }, cancels);

  it('is its own, among others of the same amount', () => {
    expect(found(cancel(other), cancel(own), cancel('고객 요청'))).toEqual([cancel(own)]);
  });

  it('is never that of another refund, nor of one whose id begins alike', () => {
    expect(found(cancel(other), cancel(cancelReasonOf('v~01')))).toEqual([]);
  });

  it('is what somebody gave back of this amount in the console of Toss, where there is none of its own', () => {
    expect(found(cancel('고객 요청'), cancel(null), cancel('고객 요청', 40_000))).toEqual([
      cancel('고객 요청'),
      cancel(null),
    ]);
  });
});
