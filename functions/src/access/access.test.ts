import fc from 'fast-check';
import { addressOf, callerOf, haveRolesEnded, suspendedUntil } from './access.ts';

const moment = (ms: number) => ({ toMillis: () => ms });

describe('a suspension', () => {
  it('holds until its end, not at it', () => {
    const standing = { suspendedUntil: moment(1000) };
    expect([999, 1000, 1001].map((now) => suspendedUntil(standing, now))).toEqual([1000, null, null]);
  });
  it('is none where nothing stands', () => {
    expect([suspendedUntil(undefined, 0), suspendedUntil({ suspendedUntil: null }, 0)]).toEqual([null, null]);
  });
});

describe('roles that were ended', () => {
  const standing = { rolesEndedAt: moment(5000) };
  it('do not hold for sign-ins up to then, and hold for later ones', () => {
    expect([4000, 5000, 6000].map((signedInAt) => haveRolesEnded(standing, signedInAt))).toEqual([
      true,
      true,
      false,
    ]);
  });
  it('hold where nothing was ended', () => expect(haveRolesEnded({ rolesEndedAt: null }, 0)).toBe(false));
});

describe('a caller', () => {
  const token = (provider: string, more: object = {}) => ({
    auth_time: 100,
    firebase: { sign_in_provider: provider },
    ...more,
  });
  it('is verified by a custom token or a confirmed address', () => {
    expect(callerOf('u', token('custom')).verified).toBe(true);
    expect(callerOf('u', token('password')).verified).toBe(false);
    expect(callerOf('u', token('password', { email_verified: true })).verified).toBe(true);
    expect(callerOf('u', token('anonymous')).verified).toBe(false);
  });
  it('has a role only by a Google sign-in', () => {
    expect(callerOf('u', token('google.com', { role: 'owner' })).role).toBe('owner');
    expect(callerOf('u', token('password', { role: 'owner', email_verified: true })).role).toBeNull();
    expect(callerOf('u', token('custom', { role: 'owner' })).role).toBeNull();
    expect(callerOf('u', token('google.com', { role: 'emperor' })).role).toBeNull();
  });
});

describe('the address of a caller', () => {
  it.each([
    ['the last hop, which Google appended', '6.6.6.6, 203.0.113.9', '10.0.0.1', '203.0.113.9'],
    ['the peer without a proxy', undefined, '198.51.100.7', '198.51.100.7'],
    ['IPv4 in IPv6 clothes', undefined, '::ffff:198.51.100.7', '198.51.100.7'],
    ['the /64 of IPv6', '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2'],
    ['a shortened IPv6', '2001:0db8::9', undefined, '2001:db8:0:0'],
    ['nothing known', undefined, undefined, 'unknown'],
  ])('is %s', (_what, forwarded, peer, address) => expect(addressOf(forwarded, peer)).toBe(address));
  it('cannot be chosen by what the caller puts before the last hop', () => {
    fc.assert(
      fc.property(fc.string(), (claimed) => {
        expect(addressOf(`${claimed}, 203.0.113.9`, undefined)).toBe('203.0.113.9');
      }),
    );
  });
});
