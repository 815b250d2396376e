import fc from 'fast-check';
import {
  claimsWith,
  type GrantFacts,
  grantFaults,
  heldIn,
  isNarrowed,
  readTyped,
  sameHeld,
  type Wish,
} from './granting.ts';
import { type Held, roles } from './schema.ts';

const facts: GrantFacts = {
  googleEmail: 'jiwoo@doctorpitch.example',
  allowed: true,
  suspended: false,
  knownHospitals: new Set(['h-1', 'h-2']),
};
const wish: Wish = { role: 'operator', hospitalIds: [], email: 'jiwoo@doctorpitch.example' };
const staff: Wish = { ...wish, role: 'hospitalStaff', hospitalIds: ['h-1'] };
const anyHeld = fc.record<Held>({
  role: fc.constantFrom(...roles),
  hospitalIds: fc.uniqueArray(fc.constantFrom('h-1', 'h-2', 'h-3')),
});

describe('a role', () => {
  it('is given to a Google account on the allow-list', () => {
    expect(grantFaults(wish, facts)).toEqual([]);
    expect(grantFaults(staff, facts)).toEqual([]);
  });
  it.each<[string, Wish, Partial<GrantFacts>, string, string]>([
    ['nobody who signs in otherwise', wish, { googleEmail: null }, 'NOT_ALLOW_LISTED', 'no_google'],
    ['no other account', wish, { googleEmail: 'x@mail.example' }, 'NOT_ALLOW_LISTED', 'other_account'],
    ['nobody off the list', wish, { allowed: false }, 'NOT_ALLOW_LISTED', 'not_allowed'],
    ['nobody suspended', wish, { suspended: true }, 'TARGET_SUSPENDED', 'suspended'],
    ['no staff without a hospital', { ...staff, hospitalIds: [] }, {}, 'INVALID_INPUT', 'too_small'],
    [
      'no staff of a hospital there is not',
      { ...staff, hospitalIds: ['h-9'] },
      {},
      'INVALID_INPUT',
      'unknown_hospital',
    ],
    ['no operator of one hospital', { ...wish, hospitalIds: ['h-1'] }, {}, 'INVALID_INPUT', 'not_empty'],
  ])('is given to %s', (_what, asked, other, reason, code) => {
    const [first, ...more] = grantFaults(asked, { ...facts, ...other });
    expect(more).toEqual([]);
    expect(first).toMatchObject({ reason, code });
    expect(first?.message).toMatch(/[가-힣]/);
  });
  it('has no more hospitals than claims can hold', () => {
    const hospitalIds = Array.from({ length: 15 }, (_, n) => `h-${n}`.padEnd(100, 'x'));
    const [first] = grantFaults(
      { ...staff, hospitalIds },
      { ...facts, knownHospitals: new Set(hospitalIds) },
    );
    expect(first?.code).toBe('too_big');
  });
});

describe('what was typed into a role document', () => {
  it('may leave out hospitals and address', () => {
    expect(readTyped({ role: 'owner' })).toEqual({ role: 'owner', hospitalIds: [], email: null });
  });
  it.each([
    ['role', { role: 'emperor' }],
    ['role', {}],
    ['hospitalIds', { role: 'hospitalStaff', hospitalIds: 'h-1' }],
    ['hospitalIds', { role: 'hospitalStaff', hospitalIds: ['a/b'] }],
    ['email', { role: 'operator', email: 1 }],
  ])('is explained by its %s: %j', (field, data) => {
    expect(readTyped(data)).toEqual({ faults: [expect.objectContaining({ field })] });
  });
});

describe('a change of roles', () => {
  const of = (role: Held['role'], ...hospitalIds: string[]): Held => ({ role, hospitalIds });
  it.each<[boolean, Held | null, Held | null]>([
    [true, of('operator'), null],
    [true, of('owner'), of('operator')],
    [true, of('operator'), of('hospitalStaff', 'h-1')],
    [true, of('hospitalStaff', 'h-1', 'h-2'), of('hospitalStaff', 'h-2')],
    [true, of('hospitalStaff', 'h-1'), of('hospitalStaff', 'h-2')],
    [false, null, of('owner')],
    [false, of('operator'), of('owner')],
    [false, of('hospitalStaff', 'h-1'), of('hospitalStaff', 'h-1', 'h-2')],
    [false, of('hospitalStaff', 'h-1', 'h-2'), of('hospitalStaff', 'h-2', 'h-1')],
  ])('narrowed is %s from %j to %j', (narrowed, before, after) =>
    expect(isNarrowed(before, after)).toBe(narrowed),
  );
  it('is none, or takes something away, or comes back by one that does', () => {
    fc.assert(
      fc.property(fc.option(anyHeld), fc.option(anyHeld), (one, other) => {
        const oneWay = Number(isNarrowed(one, other));
        const back = Number(isNarrowed(other, one));
        if (one === null || other === null || one.role !== other.role)
          expect(oneWay + back).toBe(one === other ? 0 : 1);
        else expect(sameHeld(one, other)).toBe(oneWay + back === 0);
      }),
    );
  });
});

describe('custom claims', () => {
  it('keep what is not ours, and say of roles what is held and nothing else', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('tier', 'beta', 'since'), fc.jsonValue()),
        fc.option(anyHeld),
        fc.option(anyHeld),
        (others, was, is) => {
          const { role: _role, hospitalIds: _hospitalIds, ...kept } = others;
          const claims = claimsWith(claimsWith(kept, was), is);
          expect(claims).toEqual(is === null ? kept : { ...kept, ...is });
          expect(heldIn(claims)).toEqual(is);
        },
      ),
    );
  });
});
