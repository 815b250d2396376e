import { billOf, dollarsOf, dueAfterFree, scaled, spentNothing, summed } from './money.ts';
import { verdictOf } from './screens.ts';

const spent = (change: Partial<typeof spentNothing>) => ({ ...spentNothing, ...change });

describe('a target', () => {
  const screen = { target: { reads: 1, writes: 0, says: '1 read, 0 writes' } };
  const behind = {
    target: { reads: 0.02, writes: 0.02, of: 'functions', says: '≤ 0.02' },
  } as const;
  it('of a screen is met by everything that follows', () => {
    expect(verdictOf(screen, spent({ reads: 1 }))).toBe('1 read, 0 writes: met');
    expect(verdictOf(screen, spent({ reads: 1, writes: 1 }))).toBe('1 read, 0 writes: **not met**');
    expect(verdictOf(screen, spent({ reads: 2 }))).toBe('1 read, 0 writes: **not met**');
  });
  it('of functions leaves out what the phone and the rules do, and says how much it was', () => {
    const crowd = spent({ reads: 3, writes: 1, serverReads: 0.0175, serverWrites: 0.02 });
    expect(verdictOf(behind, crowd)).toBe('≤ 0.02: met (0.0175 / 0.02)');
    expect(verdictOf(behind, spent({ serverWrites: 0.0201 }))).toBe('≤ 0.02: **not met** (0 / 0.0201)');
  });
  it('says nothing where there is none', () => expect(verdictOf({}, spent({ reads: 9 }))).toBe(''));
});

describe('money', () => {
  const day = spent({ reads: 100_000, writes: 100_000, deletes: 100_000 });
  it('is by the hundred thousand', () => {
    expect(billOf(day)).toEqual({ reads: 0.038, writes: 0.115, deletes: 0.013, calls: 0, egress: 0 });
  });
  it('is not owed for what is free, each day anew', () => {
    expect(dollarsOf(dueAfterFree(spent({ reads: 50_000, writes: 20_000, calls: 10 })))).toBe(0);
    expect(dueAfterFree(day).reads).toBeCloseTo((30 * 0.038) / 2);
  });
  it('adds up', () => {
    expect(dollarsOf(billOf(summed(day, day)))).toBeCloseTo(dollarsOf(billOf(scaled(day, 2))));
  });
});
