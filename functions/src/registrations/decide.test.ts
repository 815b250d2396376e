import { decide } from './decide.ts';

describe('deciding', () => {
  const registration = {
    kind: 'event',
    state: 'PENDING_REVIEW',
    decision: 'approve',
    fields: {},
    papers: [],
  } as const;
  it('does nothing without a decision, or once settled', () => {
    expect(decide({ ...registration, decision: null })).toEqual({ do: 'nothing' });
    expect(decide({ ...registration, state: 'APPROVED' })).toEqual({ do: 'nothing' });
    expect(decide({ ...registration, state: 'REJECTED' })).toEqual({ do: 'nothing' });
  });
  it('refuses an incomplete approval with Korean reasons, and any other word', () => {
    const refused = decide({ ...registration });
    expect(refused.do).toBe('refuse');
    expect(decide({ ...registration, decision: 'ok' })).toMatchObject({ do: 'refuse' });
  });
  it('rejects without asking for completeness', () =>
    expect(decide({ ...registration, decision: ' Reject ' })).toEqual({ do: 'reject' }));
});
