import fc from 'fast-check';
import { seedFrom } from './properties.ts';

const failing = () =>
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 2_000, maxLength: 2_000 }), () => {
      throw new Error('the books are not equal');
    }),
    { seed: 7, endOnFailure: true },
  );

const said = (act: () => void): string => {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'nothing';
};

describe('a property that fails', () => {
  it('says first what went wrong and how to run it again, and cuts its example', () => {
    const lines = said(failing).split('\n');
    expect(lines[0]).toBe('after 1 runs, seed 7, path "0": Error: the books are not equal');
    expect(lines.at(-1)).toMatch(/^Example: \[.*… \(\d{5} characters\)$/);
    expect(lines.at(-1)?.length).toBeLessThan(1_600);
  });

  it('fails without a run, too', () => {
    expect(said(() => fc.assert(fc.property(fc.nat(), () => fc.pre(false))))).toContain(
      'no run could be made',
    );
  });
});

describe('a property that holds', () => {
  it('says nothing', () => {
    expect(said(() => fc.assert(fc.property(fc.nat(), (n) => n >= 0)))).toBe('nothing');
  });
});

describe('examples', () => {
  it('are the same each time, unless others are asked for', () => {
    expect(seedFrom(undefined)).toBe(seedFrom(undefined));
    expect(seedFrom('random')).not.toBe(seedFrom('random'));
    expect(seedFrom('-42')).toBe(-42);
    expect(() => seedFrom('many')).toThrow('PROPERTY_SEED is a number, or "random": not many');
  });
});
