import fc from 'fast-check';
import { flushEveryMs, ViewBuffer } from './views.ts';

const look = fc.record({
  viewer: fc.integer({ min: 0, max: 4 }).map((n) => `u${n}`),
  talk: fc.integer({ min: 0, max: 2 }).map((n) => `t${n}`),
  after: fc.integer({ min: 0, max: 40_000 }),
});

describe('ViewBuffer', () => {
  it('writes each view once, and a post at most once a minute', () => {
    fc.assert(
      fc.property(fc.array(look, { maxLength: 200 }), (looks) => {
        const buffer = new ViewBuffer();
        const [written, lastWrite] = [new Map<string, number>(), new Map<string, number>()];
        const [seenAt, truth] = [new Map<string, number>(), new Map<string, number>()];
        let now = 0;
        const flush = () => {
          for (const [talk, views] of buffer.due(now)) {
            expect(now - (lastWrite.get(talk) ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(
              flushEveryMs,
            );
            lastWrite.set(talk, now);
            written.set(talk, (written.get(talk) ?? 0) + views);
          }
        };
        for (const { viewer, talk, after } of looks) {
          now += after;
          buffer.see(viewer, talk, now);
          const last = seenAt.get(viewer + talk);
          if (last === undefined || now - last >= 1_800_000) {
            seenAt.set(viewer + talk, now);
            truth.set(talk, (truth.get(talk) ?? 0) + 1);
          }
          flush();
        }
        now += flushEveryMs;
        flush();
        expect(Object.fromEntries(written)).toEqual(Object.fromEntries(truth));
      }),
    );
  });
  it('writes the first view at once, and what was given back with the next', () => {
    const buffer = new ViewBuffer();
    buffer.see('u1', 't1', 0);
    expect(buffer.due(0)).toEqual([['t1', 1]]);
    buffer.giveBack('t1', 1);
    buffer.see('u2', 't1', 1_000);
    expect(buffer.due(1_000)).toEqual([]);
    expect(buffer.due(flushEveryMs)).toEqual([['t1', 2]]);
  });
});
