import {
  judge,
  type ReadItem,
  renderExtraction,
  scoreOf,
  shareRight,
  type WantedItem,
} from './extraction.ts';

const wanted = (fields: Record<string, unknown>, kind = 'hospital'): WantedItem => ({ kind, fields });
const read = (fields: Record<string, unknown>, kind = 'hospital', isLow = false): ReadItem => ({
  kind,
  fields: new Map(Object.entries(fields).map(([field, value]) => [field, { value, isLow }])),
});
const verdictsOf = (...args: Parameters<typeof judge>) =>
  Object.fromEntries(judge(...args).map(({ field, verdict }) => [field, verdict]));

describe('a field', () => {
  test.each([
    ['the same', 'a', 'a', false, 'right'],
    ['the same, in another order of keys', { a: 1, b: [2] }, { b: [2], a: 1 }, false, 'right'],
    ['another value', 'a', 'b', false, 'wrong'],
    ['another value, marked', 'a', 'b', true, 'wrongButLow'],
    ['nothing where something was said', 'a', null, false, 'missed'],
    ['nothing where nothing may be taken', null, null, false, 'right'],
    ['something where nothing may be taken', null, 'a', false, 'invented'],
    ['something marked where nothing may be taken', null, 'a', true, 'inventedButLow'],
  ])('%s', (_, want, got, isLow, verdict) => {
    expect(verdictsOf([wanted({ x: want })], [read({ x: got }, 'hospital', isLow)]).x).toBe(verdict);
  });
  test('nobody spoke of is invented, except the words of opening hours', () => {
    expect(verdictsOf([wanted({})], [read({ x: 1, hours: '평일' })])).toEqual({
      kind: 'right',
      x: 'invented',
    });
  });
});

describe('items', () => {
  test('stand beside the first of their kind that is left', () => {
    const found = judge(
      [wanted({ n: 1 }, 'doctor'), wanted({ n: 2 }, 'event'), wanted({ n: 3 }, 'doctor')],
      [read({ n: 2 }, 'event'), read({ n: 1 }, 'doctor'), read({ n: 3 }, 'doctor')],
    );
    expect(found.every(({ verdict }) => verdict === 'right')).toBe(true);
  });
  test('that are not there miss every field; those too many invent every field', () => {
    expect(scoreOf(judge([wanted({ a: 1, b: 2 })], []))).toMatchObject({ missed: 3, right: 0 });
    expect(scoreOf(judge([], [read({ a: 1 })]))).toMatchObject({ invented: 2 });
  });
  test('of another kind are a wrong kind', () => {
    expect(verdictsOf([wanted({ a: 1 })], [read({ a: 1 }, 'event')])).toEqual({ kind: 'wrong', a: 'right' });
  });
});

test('the share counts what was made up', () => {
  expect(shareRight(scoreOf(judge([wanted({ a: 1 })], [read({ a: 1, b: 2, c: 3 })])))).toBe(0.5);
  expect(shareRight(scoreOf([]))).toBe(1);
});

test('a row per trap and one for all', () => {
  const findings = judge([wanted({ a: 1 })], [read({ a: 2 })]);
  const [, , row, all] = renderExtraction([{ trap: 'money', findings }]).split('\n');
  expect(row).toBe('| money | 1 | 1 | 1 | 0 | 0 | 0 | 0 | 50.0 % |');
  expect(all).toContain('**all**');
});
