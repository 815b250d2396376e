import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { daysAfter, startOfKoreanDay } from '../kernel/days.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { auditDueBefore } from './purge.ts';
import { purgeOn, type Term, type TermName, terms } from './retention.ts';
import { retainedKinds } from './schema.ts';

const names = Object.keys(terms) as TermName[];
const monthly = names.filter((name) => 'months' in terms[name]);
const anyDay = fc
  .integer({ min: 0, max: 27_000 })
  .map((days) => daysAfter('2020-01-01', days))
  .filter((day) => day < '2090');

describe('from which day something must be gone', () => {
  it.each<[TermName, string, string, string]>([
    ['payment', '2026-11-21', '2031-11-22', 'the day after five years'],
    ['contract', '2026-11-21', '2031-11-22', 'the day after five years'],
    ['tax', '2026-12-31', '2032-01-01', 'the day after five years, over the turn of a year'],
    ['dispute', '2026-11-21', '2029-11-22', 'the day after three years'],
    ['advertising', '2026-11-21', '2027-05-22', 'the day after six months'],
    ['visit', '2026-11-21', '2027-02-22', 'the day after three months'],
    ['formerMember', '2026-11-21', '2027-11-22', 'the day after a year'],
    ['withdrawal', '2026-11-21', '2029-11-22', 'the day after three years'],
    ['audit', '2026-11-21', '2028-11-21', 'the day after 730 days, of which one is 29 February'],
    [
      'payment',
      '2028-02-28',
      '2033-03-01',
      'counted from 29 February, which 2033 has not: February is the last month',
    ],
    ['payment', '2028-02-29', '2033-03-01', 'counted from 1 March: until the end of February'],
    ['advertising', '2026-08-30', '2027-03-01', 'counted from the 31st, which February has not'],
    [
      'advertising',
      '2027-02-28',
      '2027-09-01',
      'counted from 1 March: whole months, until the end of August',
    ],
    ['visit', '2026-11-30', '2027-03-01', 'counted from 1 December: until the end of February'],
  ])('%s of %s: %s (%s)', (name, day, gone) => {
    expect(purgeOn(name, day)).toBe(gone);
  });

  it('never before the whole term is over, and at most a day and the rest of a month after', () => {
    fc.assert(
      fc.property(fc.constantFrom(...monthly), anyDay, (name, day) => {
        const { months = 0 }: Term = terms[name];
        const shortest = daysAfter(day, Math.floor(months * 30.4) - 3);
        const longest = daysAfter(day, Math.ceil(months * 30.45) + 5);
        expect(purgeOn(name, day) > shortest && purgeOn(name, day) < longest).toBe(true);
      }),
    );
  });

  it('never earlier for what came later', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), anyDay, (name, day) => {
        expect(purgeOn(name, daysAfter(day, 1)) >= purgeOn(name, day)).toBe(true);
      }),
    );
  });

  it('on the same day of the month as the day after, whenever that month has it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...monthly), anyDay, (name, day) => {
        const begins = Number(daysAfter(day, 1).slice(8));
        expect([begins, 1]).toContain(Number(purgeOn(name, day).slice(8)));
      }),
    );
  });
});

describe('days', () => {
  it('are Korean: they begin at 15:00 UTC of the day before', () => {
    expect(new Date(startOfKoreanDay('2028-03-01')).toISOString()).toBe('2028-02-29T15:00:00.000Z');
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(koreanDayOf(startOfKoreanDay(day))).toBe(day);
        expect(koreanDayOf(startOfKoreanDay(day) - 1)).toBe(daysAfter(day, -1));
      }),
    );
  });

  it('of the audit log that are due are exactly those whose purge day has come', () => {
    fc.assert(
      fc.property(anyDay, (today) => {
        const last = koreanDayOf(auditDueBefore(today) - 1);
        expect(purgeOn('audit', last) <= today).toBe(true);
        expect(purgeOn('audit', daysAfter(last, 1)) > today).toBe(true);
      }),
    );
  });
});

describe('the table', () => {
  const security = readFileSync(join(__dirname, '../../../docs/security.md'), 'utf8');
  const termOf = ({ months = 0, days = 0 }: Term): string => {
    if (days > 0) return `${days}일`;
    return months % 12 === 0 ? `${months / 12}년` : `${months}개월`;
  };

  it.each(names)('%s stands in docs/security.md as it is here', (name) => {
    const { what, law } = terms[name];
    expect(security).toContain(`| \`${name}\` | ${what} | ${termOf(terms[name])} | ${law} |`);
  });

  it('has a term for everything the locked store may hold', () => {
    expect(retainedKinds.filter((kind) => !names.includes(kind))).toEqual([]);
  });
});
