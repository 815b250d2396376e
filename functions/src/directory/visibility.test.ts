import fc from 'fast-check';
import { daysAfter, startOfKoreanDay } from '../kernel/days.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { type Days, isWanted, momentsOf, nextNotice, noticesOf, visibilityOf } from './visibility.ts';

const days: Days = { startsOn: '2026-12-01', endsOn: '2027-01-31', adReviewValidUntil: null };
const kst = (moment: string) => Date.parse(`${moment}+09:00`);
const shown = { published: true };
const seen = (moment: string, change: Partial<Days> = {}) =>
  visibilityOf({ isWanted: true, isValid: true, days: { ...days, ...change } }, shown, kst(moment));

describe('an event', () => {
  it.each([
    ['2026-11-30T23:59:59.999', 'NOT_YET'],
    ['2026-12-01T00:00:00', null],
    ['2027-01-31T23:59:59.999', null],
    ['2027-02-01T00:00:00', 'ENDED'],
  ])('at %s KST: %s', (moment, because) => expect(seen(moment)).toBe(because));

  it.each([
    ['2027-01-15T23:59:59.999', null],
    ['2027-01-16T00:00:00', 'REVIEW_EXPIRED'],
    ['2027-02-01T00:00:00', 'ENDED'],
  ])('reviewed until 15 January, at %s KST: %s', (moment, because) =>
    expect(seen(moment, { adReviewValidUntil: '2027-01-15' })).toBe(because),
  );

  it('is shown exactly from appearsAt to before vanishesAt', () => {
    const day = fc.integer({ min: 0, max: 800 }).map((n) => daysAfter('2026-01-01', n));
    fc.assert(
      fc.property(day, day, fc.option(day), fc.integer({ min: -2, max: 2 }), (a, b, review, step) => {
        const [startsOn = a, endsOn = a] = [a, b].sort();
        const told = { startsOn, endsOn, adReviewValidUntil: review };
        const { appearsAt, vanishesAt } = momentsOf(told);
        for (const now of [appearsAt + step, vanishesAt + step]) {
          const because = visibilityOf({ isWanted: true, isValid: true, days: told }, shown, now);
          expect(because === null).toBe(now >= appearsAt && now < vanishesAt);
        }
      }),
    );
  });
});

describe('any page', () => {
  const judged = { isWanted: true, isValid: true };
  it.each([
    [{ ...judged, isWanted: false, isValid: false }, null, 'WITHDRAWN'],
    [{ ...judged, isValid: false }, null, 'INVALID'],
    [judged, null, 'HOSPITAL_HIDDEN'],
    [judged, { published: false }, 'HOSPITAL_HIDDEN'],
    [judged, shown, null],
  ])('%o below %o: %s', (page, hospital, because) => expect(visibilityOf(page, hospital, 0)).toBe(because));

  it.each([
    ['as the server left it, shown', { published: true, hiddenBecause: null }, true],
    ['as the server left it, not yet', { published: false, hiddenBecause: 'NOT_YET' }, true],
    ['as the server left it, withdrawn', { published: false, hiddenBecause: 'WITHDRAWN' }, false],
    ['set to false by hand', { published: false, hiddenBecause: null }, false],
    ['set to true by hand', { published: true, hiddenBecause: 'WITHDRAWN' }, true],
    ['withdrawn while it was hidden', { published: false, hiddenBecause: 'WITHDRAWN' }, false],
    ['typed with true', { published: true }, true],
    ['typed with false', { published: false }, false],
    ['typed without', {}, false],
  ])('%s: %o is wanted: %s', (_how, page, wanted) => expect(isWanted(page)).toBe(wanted));
});

describe('telling that a review expires', () => {
  const until = '2029-10-31';
  const { soonAt, overAt } = noticesOf(until);
  it('comes thirty days before and the day after, at nine', () => {
    expect(koreanDayOf(soonAt)).toBe('2029-10-01');
    expect(soonAt - startOfKoreanDay('2029-10-01')).toBe(9 * 3_600_000);
    expect(overAt).toBe(kst('2029-11-01T09:00:00'));
  });
  it.each([
    ['nothing told', null, null, 0, null],
    ['long before', until, null, 0, soonAt],
    ['within the month, newly told', until, null, soonAt + 1, soonAt],
    ['within the month, already told', until, overAt, soonAt + 1, overAt],
    ['over', until, null, overAt, overAt],
    ['over long ago', until, null, overAt + 31 * 86_400_000, null],
    ['another day than was planned', until, 12_345, 0, soonAt],
  ])('%s', (_when, validUntil, planned, now, next) =>
    expect(nextNotice(validUntil, planned, now)).toBe(next),
  );
});
