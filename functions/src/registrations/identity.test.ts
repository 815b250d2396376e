import { claimId, claimKey } from './identity.ts';

describe('what a registration claims to be', () => {
  const event = { hospitalBusinessNumber: '1208147521', startsOn: '2026-12-01', endsOn: '2026-12-31' };
  it('is the same however the title is spelt', () => {
    const key = claimKey('event', { ...event, title: '자연유착 쌍꺼풀!' });
    expect(key).toBe(claimKey('event', { ...event, title: ' 자연유착쌍꺼풀' }));
    expect(key).not.toBe(claimKey('event', { ...event, title: '자연유착 쌍꺼풀', endsOn: '2027-01-31' }));
  });
  it.each([
    ['hospital', { businessNumber: '1208147521' }, 'hospital-1208147521'],
    ['doctor', { licenceNumber: '123' }, 'doctor-123'],
    ['doctor', { licenceNumber: null }, null],
    ['event', { title: '쌍꺼풀' }, null],
    ['unknown', {}, null],
    [null, {}, null],
  ] as const)('of a %s %j is %s', (kind, fields, key) => expect(claimKey(kind, fields)).toBe(key));
  it('has a document of its own, whatever a title holds', () => {
    expect(claimId('event-a/b. __x__')).toMatch(/^[0-9a-f]{40}$/);
    expect(claimId('hospital-1')).not.toBe(claimId('hospital-2'));
  });
});
