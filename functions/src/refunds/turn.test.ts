import { turnOf } from './turn.ts';

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
