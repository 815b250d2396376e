/** Who is believed about a sender, and in which order. */
import fc from 'fast-check';
import type { Authentication } from './message.ts';
import { nobodysWord } from './origin.ts';
import { type Handover, isSettled, spfSpeaksFor, type Verified, vouchedFor, withOwn } from './proof.ts';

const from = 'desk@raon.example';
const silent: Handover = { provider: 'raw', spf: null, dkim: [], envelopeFrom: null };
const proven: Authentication = { server: 'mx.example', spf: 'pass', dkim: ['raon.example'], dmarc: 'pass' };

it.each<[Partial<Handover>, boolean | null]>([
  [{ spf: 'pass', envelopeFrom: 'bounce@mail.raon.example' }, true],
  [{ spf: 'pass', envelopeFrom: 'x@evil.example' }, false],
  [{ spf: null, envelopeFrom: 'x@evil.example' }, false],
  [{ spf: 'fail', envelopeFrom: from }, false],
  [{ spf: 'softfail', envelopeFrom: null }, false],
  [{ spf: 'none', envelopeFrom: from }, false],
  [{ spf: 'pass', envelopeFrom: null }, null],
  [{ spf: 'temperror', envelopeFrom: from }, null],
  [{ spf: null, envelopeFrom: from }, null],
])('%j: SPF speaks for the author: %s', (told, speaks) => {
  expect(spfSpeaksFor(from, { ...silent, ...told })).toBe(speaks);
});

describe('believed is', () => {
  it('first the provider, about a signature of the author’s domain', () => {
    const told = {
      ...silent,
      provider: 'sendgrid',
      spf: 'fail',
      dkim: ['x.example=fail', 'raon.example=pass'],
    };
    const others = vouchedFor(from, told, nobodysWord);
    expect(others).toEqual({ server: 'sendgrid', spf: 'fail', dkim: ['raon.example'], dmarc: 'pass' });
    expect(isSettled(others, from)).toBe(true);
  });
  it('and about SPF, when it speaks for the author', () => {
    const told = { ...silent, provider: 'postmark', spf: 'pass', envelopeFrom: from };
    expect(vouchedFor(from, told, nobodysWord)).toMatchObject({ server: 'postmark', dmarc: 'pass' });
  });
  it('then a server of ours', () => {
    expect(vouchedFor(from, silent, proven)).toEqual(proven);
    const failed = { ...proven, dkim: [], dmarc: 'fail' };
    expect(isSettled(vouchedFor(from, silent, failed), from)).toBe(true);
  });
  it('then what we verify, which leaves what others said standing', () => {
    const told = { ...silent, provider: 'sendgrid', spf: 'softfail', envelopeFrom: 'x@evil.example' };
    const others = vouchedFor(from, told, nobodysWord);
    expect(isSettled(others, from)).toBe(false);
    const spf = 'softfail';
    expect(withOwn(from, others, { dkim: ['raon.example'], dmarc: 'pass' })).toEqual({
      ...{ server: 'self', spf, dkim: ['raon.example'], dmarc: 'pass' },
    });
    expect(withOwn(from, others, { dkim: [], dmarc: 'temperror' })).toEqual({
      ...{ server: 'sendgrid', spf, dkim: [], dmarc: 'temperror' },
    });
    expect(withOwn(from, others, { dkim: [], dmarc: null })).toEqual(others);
  });
  it('nobody, when nobody says anything', () => {
    expect(withOwn(from, vouchedFor(from, silent, nobodysWord), { dkim: [], dmarc: null })).toEqual(
      nobodysWord,
    );
  });
});

it('nothing passes that nobody has let pass', () => {
  const domain = fc.constantFrom(
    'evil.example',
    'other.example',
    'raon.example.evil.example',
    'xraon.example',
  );
  const result = fc.constantFrom('fail', 'neutral', 'temperror', 'none');
  const told = fc.record({
    provider: fc.constant('sendgrid'),
    spf: fc.constantFrom(null, 'pass', 'fail', 'none', 'temperror'),
    dkim: fc.array(
      fc.oneof(
        domain.map((each) => `${each}=pass`),
        result.map((each) => `raon.example=${each}`),
      ),
    ),
    envelopeFrom: fc.option(domain.map((each) => `a@${each}`)),
  });
  const own: fc.Arbitrary<Verified> = fc.record({
    dkim: fc.array(domain),
    dmarc: fc.constantFrom(null, 'none', 'fail', 'temperror'),
  });
  fc.assert(
    fc.property(told, own, (handover, verified) => {
      const merged = withOwn(from, vouchedFor(from, handover, nobodysWord), verified);
      expect(merged.dmarc).not.toBe('pass');
      expect(merged.dkim).not.toContain('raon.example');
    }),
  );
});
