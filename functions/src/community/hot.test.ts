import fc from 'fast-check';
import { hotScore } from './hot.ts';

const count = fc.integer({ min: 0, max: 1_000_000 });
const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2036, 0, 1) });
const stir = fc.record({ likes: count, replies: count, writtenAt: moment });
const halfADay = 45_000_000;

describe('hotScore', () => {
  it('is no lower for one reaction more, and a reply counts like two likes', () => {
    fc.assert(
      fc.property(stir, (post) => {
        const score = hotScore(post);
        expect(hotScore({ ...post, likes: post.likes + 1 })).toBeGreaterThanOrEqual(score);
        expect(hotScore({ ...post, replies: post.replies + 1 })).toBe(
          hotScore({ ...post, likes: post.likes + 2 }),
        );
      }),
    );
  });
  it('is higher for the younger of two posts alike', () => {
    fc.assert(
      fc.property(stir, fc.integer({ min: 1, max: halfADay * 100 }), (post, younger) => {
        expect(hotScore({ ...post, writtenAt: post.writtenAt + younger })).toBeGreaterThan(hotScore(post));
      }),
    );
  });
  it('weighs ten times the reactions like twelve and a half hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), moment, (likes, writtenAt) => {
        const older = hotScore({ likes: likes * 10, replies: 0, writtenAt });
        expect(hotScore({ likes, replies: 0, writtenAt: writtenAt + halfADay })).toBeCloseTo(older, 8);
      }),
    );
  });
  it('orders posts the same at whatever moment one looks', () => {
    const old = { likes: 50, replies: 10, writtenAt: Date.UTC(2026, 10, 20) };
    const fresh = { likes: 1, replies: 0, writtenAt: Date.UTC(2026, 10, 21) };
    expect(hotScore(old)).toBeLessThan(hotScore(fresh));
    expect(hotScore({ ...old, likes: 500 })).toBeGreaterThan(hotScore(fresh));
  });
});
