import { aRegistration } from '../../test/support/aRegistration.ts';
import { decide } from './decide.ts';
import { confirmations } from './schema.ts';

const approved = (changes: Parameters<typeof aRegistration>[0] = {}) =>
  decide(aRegistration({ decision: 'approve', ...changes }));

describe('deciding', () => {
  it('approves what nothing stands against', () => expect(approved()).toEqual({ do: 'approve' }));
  it('does nothing without a decision, or once settled', () => {
    expect(decide(aRegistration())).toEqual({ do: 'nothing' });
    expect(approved({ state: 'APPROVED' })).toEqual({ do: 'nothing' });
    expect(approved({ state: 'REJECTED' })).toEqual({ do: 'nothing' });
  });
  it('refuses an incomplete approval with Korean reasons, and any other word', () => {
    expect(approved({ fields: {} })).toMatchObject({ do: 'refuse' });
    expect(approved({ decision: 'ok' })).toMatchObject({ do: 'refuse' });
  });
  it('rejects without asking for completeness', () =>
    expect(approved({ decision: ' Reject ', fields: {} })).toEqual({ do: 'reject' }));
  it('asks for a note on what was put apart', () => {
    expect(approved({ state: 'QUARANTINED' })).toMatchObject({ do: 'refuse' });
    expect(approved({ state: 'QUARANTINED', decisionNote: '전화로 확인' })).toEqual({ do: 'approve' });
  });
  it.each(confirmations)('about %s asks for a call that is written down', (matter) => {
    const confirmationsNeeded = [matter];
    const refused = approved({ confirmationsNeeded, decisionNote: '통화로 확인했음' });
    expect(refused).toMatchObject({
      do: 'refuse',
      reasons: [expect.stringContaining(`confirmed.${matter}`)],
    });
    const confirmed = { [matter]: '02-555-0101 김실장과 통화' };
    expect(approved({ confirmationsNeeded, confirmed })).toEqual({ do: 'approve' });
  });
  it('holds a change to the shape of what it names, and asks for nothing else', () => {
    const change = { intent: 'change' as const, papers: [] };
    expect(approved({ ...change, fields: { phone: '+8225550199' } })).toEqual({ do: 'approve' });
    expect(approved({ ...change, fields: { phone: '0199' } })).toMatchObject({ do: 'refuse' });
    expect(approved({ ...change, kind: 'unknown', fields: {} })).toMatchObject({ do: 'refuse' });
  });
  it('asks for a review number where the product must', () => {
    const settings = { adReviewRequired: true };
    const asked = decide(aRegistration({ decision: 'approve', kind: 'event', fields: {} }), settings);
    expect(JSON.stringify(asked)).toContain('심의');
  });
});
