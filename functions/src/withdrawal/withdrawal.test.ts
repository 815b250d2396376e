import fc from 'fast-check';
import { erasers } from '../erasers.ts';
import { Timestamp } from '../platform/firebase.ts';
import { idAfterLeaving } from '../reviews/erasure.ts';
import { stateAfter } from './kakaoEvents.ts';
import { barredMs, isDue, isOpen, leaseMs, masked, patienceMs, pauseMs, unmasked } from './withdrawal.ts';

const now = Date.parse('2026-11-21T03:00:00Z');
const at = (millis: number) => Timestamp.fromMillis(millis);

describe('who may work on a withdrawal', () => {
  it.each<[string, Parameters<typeof isDue>[0], boolean]>([
    ['one just asked for', { state: 'REQUESTED', nextAttemptAt: at(now) }, true],
    ['one set going by hand', { state: 'REQUESTED', nextAttemptAt: null }, true],
    ['one that pauses', { state: 'RUNNING', nextAttemptAt: at(now + 1) }, false],
    ['one whose worker died', { state: 'RUNNING', nextAttemptAt: at(now - 1) }, true],
    ['one that gave up', { state: 'PARKED', nextAttemptAt: null }, false],
    ['one that is done', { state: 'DONE', nextAttemptAt: null }, false],
    ['one refused', { state: 'REFUSED', nextAttemptAt: null }, false],
  ])('%s', (_what, progress, due) => {
    expect(isDue(progress, now)).toBe(due);
  });

  it('asking again finds one that gave up, and none that has ended', () => {
    expect((['REQUESTED', 'RUNNING', 'PARKED', 'DONE', 'REFUSED'] as const).filter(isOpen)).toEqual([
      'REQUESTED',
      'RUNNING',
      'PARKED',
    ]);
  });
});

describe('times', () => {
  it('pauses grow from a minute to an hour', () => {
    expect([1, 2, 3, 6, 7, 50].map(pauseMs)).toEqual(
      [1, 2, 4, 32, 60, 60].map((minutes) => minutes * 60_000),
    );
  });
  it('a lease outlives any instance, and writing is barred longer than any token lives', () => {
    expect(leaseMs).toBeGreaterThan(540_000);
    expect(barredMs).toBeGreaterThanOrEqual(2 * 3_600_000);
    expect(patienceMs).toBe(86_400_000);
  });
});

describe('paths in the report', () => {
  const person = { uid: 'kakao:9300000001', kakaoId: 9300000001 };

  it.each([
    ['reviews/kakao:9300000001_h1_2026-11-01', 'reviews/{uid}_h1_2026-11-01'],
    ['chats/kakao:9300000001_h1/a.jpg', 'chats/{uid}_h1/a.jpg'],
    ['logins/kakao:9300000001', 'logins/{uid}'],
    ['Kakao/9300000001', 'Kakao/{kakaoId}'],
    ['prepays/p1', 'prepays/p1'],
  ])('%s is told as %s, and read back', (path, told) => {
    expect(masked(path, person)).toBe(told);
    expect(unmasked(told, person)).toBe(path);
  });

  it('never name the person', () => {
    const part = fc.constantFrom('users/', person.uid, String(person.kakaoId), '_', '/a.jpg', 'kakao:');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        expect(masked(parts.join(''), person)).not.toContain('9300000001');
      }),
    );
  });
});

describe('a review whose author left', () => {
  const leaver = { uid: 'kakao:1', kakaoId: 1, alias: 'withdrawn-x', leftAt: 0 };
  it('gets an id without the uid; one typed by hand keeps its own', () => {
    expect(idAfterLeaving('kakao:1_h1_2026-11-01', leaver)).toBe('withdrawn-x_h1_2026-11-01');
    expect(idAfterLeaving('kakao:12_h1_2026-11-01', leaver)).toBe('kakao:12_h1_2026-11-01');
    expect(idAfterLeaving('by-hand', leaver)).toBe('by-hand');
  });
});

describe('what becomes of an event', () => {
  it('is visible where somebody must act', () => {
    expect([stateAfter('WITHDRAWAL'), stateAfter('STILL_LINKED'), stateAfter('ROLE_HOLDER')]).toEqual([
      'DONE',
      'IGNORED',
      'FAILED',
    ]);
  });
});

describe('erasers', () => {
  it('have names of their own, usable as field names', () => {
    const names = erasers.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z][A-Za-z]+$/.test(name))).toEqual([]);
  });
  it('wait only for what stands before them', () => {
    for (const [index, { after = [] }] of erasers.entries()) {
      const before = erasers.slice(0, index).map(({ name }) => name);
      expect(after.filter((name) => !before.includes(name))).toEqual([]);
    }
  });
});
