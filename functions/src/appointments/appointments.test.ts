import fc from 'fast-check';
import { isProposable, keptWith, koreanTime, reminderFor } from './appointments.ts';

const korea = (text: string) => Date.parse(`${text}+09:00`);
const hour = 3_600_000;

describe('an appointment', () => {
  const now = korea('2026-11-21T12:00:00');

  it('is reminded of a day before, else two hours before, else not at all', () => {
    expect(reminderFor(korea('2026-11-25T14:00:00'), now)).toBe(korea('2026-11-24T14:00:00'));
    expect(reminderFor(korea('2026-11-22T12:00:00'), now)).toBe(korea('2026-11-22T10:00:00'));
    expect(reminderFor(korea('2026-11-21T14:00:00'), now)).toBeNull();
    expect(reminderFor(korea('2026-11-21T14:01:00'), now)).toBe(korea('2026-11-21T12:01:00'));
  });
  it('is never reminded of in the past, nor when it has begun', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 * 24 * hour }), (ahead) => {
        const at = reminderFor(now + ahead, now);
        if (at !== null) expect(at > now && at < now + ahead).toBe(true);
      }),
    );
  });
  it.each([
    ['a minute to come', now + 60_000, true],
    ['now', now, false],
    ['gone', now - 60_000, false],
    ['half a minute', now + 30_000, false],
    ['a year', now + 365 * 24 * hour, true],
    ['more than a year', now + 365 * 24 * hour + 60_000, false],
    ['no time', Number.NaN, false],
  ])('%s may be proposed: %s', (_name, startsAt, may) => expect(isProposable(startsAt, now)).toBe(may));

  it('is told by the clock of Korea', () => {
    expect(koreanTime(korea('2026-11-25T14:05:00'))).toBe('11월 25일(수) 14:05');
    expect(koreanTime(korea('2027-01-01T00:30:00'))).toBe('1월 1일(금) 00:30');
  });
  it('has taken place when both say so, in whatever order, once each', () => {
    expect(keptWith([], 'hospital')).toEqual(['hospital']);
    expect(keptWith(['hospital'], 'member')).toEqual(['member', 'hospital']);
    expect(keptWith(['member'], 'member')).toEqual(['member']);
  });
});
