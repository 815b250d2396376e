import fc from 'fast-check';
import { reportReasons } from './schema.ts';
import { groundOf, isEnough, weightOf } from './weighing.ts';

const fresh = { upheld: 0, dismissed: 0 };

describe('what a report weighs', () => {
  it.each([
    [fresh, 1],
    [{ upheld: 9, dismissed: 0 }, 1],
    [{ upheld: 1, dismissed: 1 }, 1],
    [{ upheld: 0, dismissed: 1 }, 2 / 3],
    [{ upheld: 0, dismissed: 2 }, 0.5],
    [{ upheld: 0, dismissed: 6 }, 0.25],
  ])('by %o: %d', (reporter, weight) => expect(weightOf(reporter)).toBeCloseTo(weight));

  const reporter = fc.record({ upheld: fc.nat(50), dismissed: fc.nat(50) });
  it('is never more for having been wrong, and never above one', () => {
    fc.assert(
      fc.property(reporter, (one) => {
        expect(weightOf(one)).toBeGreaterThan(0);
        expect(weightOf(one)).toBeLessThanOrEqual(1);
        expect(weightOf({ ...one, dismissed: one.dismissed + 1 })).toBeLessThanOrEqual(weightOf(one));
        expect(weightOf({ ...one, upheld: one.upheld + 1 })).toBeGreaterThanOrEqual(weightOf(one));
      }),
    );
  });
  it('takes three people at least, whoever they are', () => {
    fc.assert(fc.property(fc.array(reporter, { maxLength: 2 }), (few) => expect(isEnough(few)).toBe(false)));
    expect(isEnough([fresh, fresh, fresh])).toBe(true);
  });
  it('of people who are mostly wrong never adds up', () => {
    expect(isEnough(Array.from({ length: 100 }, () => ({ upheld: 0, dismissed: 5 })))).toBe(false);
  });
});

describe('grounds', () => {
  it.each(reportReasons)('%s by a hospital never holds anything back', (reason) => {
    expect(groundOf(reason, 'hospital')).not.toBe('counts');
  });
  it.each(['허위', '기타'] as const)('%s by a hospital is displeasure', (reason) => {
    expect(groundOf(reason, 'hospital')).toBe('none');
  });
  it.each(reportReasons)('%s by a member is looked at', (reason) => {
    expect(groundOf(reason, 'member')).not.toBe('none');
  });
});
