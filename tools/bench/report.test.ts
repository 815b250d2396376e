import { latencyOf, number, percentile, placed } from './report.ts';

describe('percentiles', () => {
  it('are samples, by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(latencyOf(hundred)).toEqual({ p50: 50, p95: 95, p99: 99 });
    expect(percentile([7], 0.99)).toBe(7);
  });
  it('of nothing are 0', () => expect(latencyOf([])).toEqual({ p50: 0, p95: 0, p99: 0 }));
});

it('numbers have two decimals at most', () =>
  expect([2, 0.3333, 1.999, 0].map(number)).toEqual(['2', '0.33', '2', '0']));

describe('docs/costs.md', () => {
  const document = 'before\n<!-- bench:a -->\nold\n<!-- /bench:a -->\nafter\n';
  it('takes a report between its markers, and nothing else changes', () =>
    expect(placed(document, 'a', 'new')).toBe(
      'before\n<!-- bench:a -->\n\nnew\n\n<!-- /bench:a -->\nafter\n',
    ));
  it('is the same after a second time', () => {
    const once = placed(document, 'a', 'new');
    expect(placed(once, 'a', 'new')).toBe(once);
  });
  it('says what is missing', () => expect(() => placed(document, 'b', 'new')).toThrow('<!-- bench:b -->'));
});
