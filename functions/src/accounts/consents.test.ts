import fc from 'fast-check';
import {
  agreedVersions,
  changesOf,
  consentsAsked,
  consentsInForce,
  consentsToRenew,
  type Decision,
  isFourteen,
  joinFault,
  statementFault,
} from './consents.ts';
import { type Account, consentTypes, type Join, joinInput } from './schema.ts';

const now = Date.parse('2026-11-21T03:00:00Z');
const at = { seconds: 0, nanoseconds: 0, toMillis: () => 0, toDate: () => new Date(0) };
const say = (...types: Decision['type'][]): Decision[] =>
  types.map((type) => ({ type, version: consentsInForce[type].version, granted: true }));
const refuse = (type: Decision['type']): Decision => ({
  type,
  version: consentsInForce[type].version,
  granted: false,
});
const join = (change: Partial<Join> = {}): Join => ({
  birthDate: '1999-01-31',
  consents: say('terms', 'privacy'),
  channel: 'app',
  ...change,
});
const states = (...types: Decision['type'][]): Account['consents'] =>
  Object.fromEntries(say(...types).map(({ type, version, granted }) => [type, { version, granted, at }]));

describe('joining', () => {
  it('takes an adult who agrees to what is required', () => expect(joinFault(join(), now)).toBeNull());
  it.each([
    ['2012-11-21', null],
    ['2012-11-22', 'UNDER_14'],
    ['2026-11-21', 'UNDER_14'],
    ['2026-11-22', 'INVALID_INPUT'],
    ['2001-02-29', 'INVALID_INPUT'],
    ['1999-13-01', 'INVALID_INPUT'],
  ])('born on %s: %s', (birthDate, reason) =>
    expect(joinFault(join({ birthDate }), now)?.reason ?? null).toBe(reason),
  );
  it('counts days as Korea does', () => {
    const beforeMidnight = Date.parse('2026-11-20T14:59:59Z');
    expect(joinFault(join({ birthDate: '2012-11-21' }), beforeMidnight)?.reason).toBe('UNDER_14');
    expect(joinFault(join({ birthDate: '2012-11-21' }), beforeMidnight + 1_000)).toBeNull();
  });
  it('says which required consent is missing', () => {
    expect(joinFault(join({ consents: say('terms') }), now)).toEqual({
      reason: 'CONSENT_REQUIRED',
      details: { missing: ['privacy'] },
    });
    expect(joinFault(join({ consents: [...say('terms'), refuse('privacy')] }), now)?.reason).toBe(
      'CONSENT_REQUIRED',
    );
  });
  it('takes no night push without advertising push', () => {
    const consents = say('terms', 'privacy', 'nightPush');
    expect(joinFault(join({ consents }), now)?.details).toEqual({ missing: ['adPush'] });
  });
  it('takes no agreement to a text that is not in force', () => {
    const consents = [...say('privacy'), { type: 'terms', version: 2, granted: true } as const];
    expect(joinFault(join({ consents }), now)?.reason).toBe('CONSENT_OUTDATED');
  });
  it('on 29 February counts from 1 March', () => {
    expect([isFourteen('2012-02-29', '2026-02-28'), isFourteen('2012-02-29', '2026-03-01')]).toEqual([
      false,
      true,
    ]);
  });
  it('never throws, whatever is sent', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        const parsed = joinInput.safeParse(input);
        if (parsed.success) joinFault(parsed.data, now);
      }),
    );
  });
});

describe('a later statement', () => {
  it('cannot take a required consent back: that is withdrawal', () => {
    expect(statementFault([refuse('terms')], states('terms', 'privacy'))?.reason).toBe('CONSENT_REQUIRED');
  });
  it('that refuses advertising refuses it at night too', () => {
    const before = states('terms', 'privacy', 'adPush', 'nightPush');
    expect(statementFault([refuse('adPush')], before)).toBeNull();
    expect(changesOf([refuse('adPush')], before).map(({ type }) => type)).toEqual(['adPush', 'nightPush']);
  });
  const decision = fc.record({
    type: fc.constantFrom(...consentTypes),
    version: fc.constant(1),
    granted: fc.boolean(),
  });
  it('said twice changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.array(decision, { minLength: 1 }), (decisions) => {
        const before = states('terms', 'privacy');
        const changed = changesOf(decisions, before);
        const after = { ...before };
        for (const { type, version, granted } of changed) after[type] = { version, granted, at };
        expect(changesOf(decisions, after)).toEqual([]);
      }),
    );
  });
  it('never leaves night push without advertising push, or the required ones refused', () => {
    fc.assert(
      fc.property(fc.array(fc.array(decision, { minLength: 1, maxLength: 6 })), (statements) => {
        const held = states('terms', 'privacy');
        for (const decisions of statements) {
          if (statementFault(decisions, held)) continue;
          for (const { type, version, granted } of changesOf(decisions, held))
            held[type] = { version, granted, at };
        }
        expect(held.terms?.granted && held.privacy?.granted).toBe(true);
        if (held.nightPush?.granted) expect(held.adPush?.granted).toBe(true);
      }),
    );
  });
});

describe('a changed text', () => {
  it('is asked for again', () => {
    expect(consentsToRenew({ terms: 1 })).toEqual(['privacy']);
    expect(consentsToRenew(agreedVersions(say('terms', 'privacy', 'adPush')))).toEqual([]);
    expect(agreedVersions([...say('terms'), refuse('privacy')])).toEqual({ terms: 1 });
  });
  it('is shown with its version and whether it is required', () => {
    expect(consentsAsked.map(({ type }) => type)).toEqual([...consentTypes]);
  });
});
