/** When what lacks something is reminded of, and when it is closed. */
import fc from 'fast-check';
import { koreanDayOf } from '../kernel/korean.ts';
import { closesAt, dueNow, followUp } from './followUp.ts';

const hour = 3_600_000;
const now = Date.parse('2026-11-21T16:00:00Z');

describe('what waits for its sender', () => {
  it('is reminded of after 48 hours and closed when the fourteenth Korean day is over', () => {
    const { replyBy, followUpAt } = followUp(now, false);
    expect(replyBy).toBe('2026-12-06');
    expect(followUpAt - now).toBe(48 * hour);
    expect(new Date(closesAt(replyBy)).toISOString()).toBe('2026-12-06T15:00:00.000Z');
    expect(followUp(now, true).followUpAt).toBe(closesAt(replyBy));
  });
  it.each([
    ['2026-12-06', null, now, 'remind'],
    ['2026-12-06', now, now + 72 * hour, 'nothing'],
    ['2026-12-06', now, closesAt('2026-12-06') - 1, 'nothing'],
    ['2026-12-06', now, closesAt('2026-12-06'), 'close'],
    ['2026-12-06', null, closesAt('2026-12-06'), 'close'],
    [null, null, now, 'nothing'],
  ] as const)('by %s, reminded %s, at %s: %s', (replyBy, remindedAt, at, expected) => {
    expect(dueNow({ replyBy, remindedAt }, at)).toBe(expected);
  });
  it('has at least two whole weeks, and is never closed before it is followed up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1.7e12, max: 3e12 }), fc.boolean(), (at, isReminded) => {
        const { replyBy, followUpAt } = followUp(at, isReminded);
        expect(closesAt(replyBy) - at).toBeGreaterThan(14 * 24 * hour);
        expect(followUpAt).toBeLessThanOrEqual(closesAt(replyBy));
        expect(koreanDayOf(closesAt(replyBy) - 1)).toBe(replyBy);
      }),
    );
  });
});
