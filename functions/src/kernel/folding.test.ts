import fc from 'fast-check';
import { excerptOf, fold, hitsOf } from './folding.ts';

const says = (text: string, word: RegExp) => [...hitsOf(fold(text), word)].map(({ raw }) => raw);

describe('folding', () => {
  it.each([
    ['국내 최고!', '국내최고'],
    ['최.고 · 최♥고', '최고최고'],
    ['최\u200b고\u0336', '최고'],
    ['１＋１ ％ ＡＢ', '1+1%ab'],
    ['①+②', '1+2'],
    ['1,320,000원, 25.5%', '1320000원25.5%'],
    ['最高', '최고'],
    ['가\r\n\n나', '가\n나'],
    ['ㅋㅋ ㆍ ㅎ', 'ㅋㅋㅎ'],
    ['한글'.normalize('NFD'), '한글'],
    ['', ''],
    ['!!! ♥', ''],
  ])('%j sounds like %j', (text, folded) => expect(fold(text).text).toBe(folded));
  it('keeps one position for every unit, inside the original', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = fold(text);
        expect([folded.at.length, folded.gap.length]).toEqual([folded.text.length, folded.text.length]);
        for (const [index, position] of folded.at.entries()) {
          expect(position).toBeGreaterThanOrEqual(folded.at[index - 1] ?? 0);
          expect(position).toBeLessThan(folded.original.length);
        }
      }),
    );
  });
  it('is the same folded twice', () =>
    fc.assert(fc.property(fc.string(), (text) => expect(fold(fold(text).text).text).toBe(fold(text).text))));
});

describe('finding a word', () => {
  it.each([
    ['완치', ['완치']],
    ['완 치', ['완 치']],
    ['암.완.치', ['완.치']],
    ['환자완 치', ['완 치']],
    ['보완 치료', []],
    ['보완\n치료', []],
  ])('완치 in %j: %j', (text, found) => expect(says(text, /완치/g)).toEqual(found));
  it('takes phrases with the spaces they have', () =>
    expect(says('시술통증 없는걸', /통증없는/g)).toEqual(['통증 없는']));
  it('shows the surroundings as they were written, on one line', () => {
    const folded = fold(`앞의 말\n국내 최 고 의 결과 ${'뒤 '.repeat(60)}`);
    const [hit] = [...hitsOf(folded, /최고/g)];
    const excerpt = hit ? excerptOf(folded, hit) : '';
    expect(excerpt).toContain('앞의 말 국내 최 고 의 결과');
    expect(excerpt.length).toBeLessThanOrEqual(60);
  });
});
