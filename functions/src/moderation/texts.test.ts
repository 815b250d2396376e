import fc from 'fast-check';
import { signatureOf } from './likeness.ts';
import type { TargetType } from './schema.ts';
import { type KnownText, knownText, Pace, pack, Texts, unpack } from './texts.ts';

const words =
  '상담부터 수술까지 원장님이 직접 꼼꼼하게 설명해 주셔서 믿음이 갔어요 붓기는 일주일 정도 갔습니다';
const others =
  '코끝이 조금 들려서 재수술을 고민하다가 왔습니다 대기 시간은 길었지만 가격은 광고와 같았고 친절했어요';
function known(path: string, uid: string, text: string, type: TargetType = 'reviews', at = 1): KnownText {
  const signature = signatureOf(text);
  if (!signature) throw new Error('too short');
  return knownText({ path, type, uid, at }, signature);
}

describe('texts known', () => {
  it('tells copies by others from those by the author', () => {
    const texts = new Texts();
    texts.add(known('reviews/1', 'a', words));
    texts.add(known('reviews/2', 'b', `${words}!!`));
    texts.add(known('reviews/3', 'c', others));
    expect(texts.copiesOf(known('reviews/4', 'a', words))).toEqual({ byOthers: 1, byAuthor: 1 });
    expect(texts.copiesOf(known('TempReplies/4', 'a', words, 'TempReplies'))).toEqual({
      byOthers: 0,
      byAuthor: 0,
    });
  });
  it('takes nothing for a copy of itself, however often it is told, and an edit for what it is now', () => {
    const texts = new Texts();
    for (const text of [words, words, others]) texts.add(known('reviews/1', 'a', text));
    expect(texts.size).toBe(1);
    expect(texts.copiesOf(known('reviews/1', 'a', others))).toEqual({ byOthers: 0, byAuthor: 0 });
    expect(texts.copiesOf(known('reviews/2', 'b', words))).toEqual({ byOthers: 0, byAuthor: 0 });
    expect(texts.copiesOf(known('reviews/2', 'b', others))).toEqual({ byOthers: 1, byAuthor: 0 });
  });
  it('takes the later of two for the copy, in whatever order they are told', () => {
    const texts = new Texts();
    texts.add(known('reviews/copy', 'b', words, 'reviews', 2));
    expect(texts.copiesOf(known('reviews/first', 'a', words, 'reviews', 1)).byOthers).toBe(0);
    expect(texts.copiesOf(known('reviews/third', 'c', words, 'reviews', 3)).byOthers).toBe(1);
  });
  it('has a bound, and forgets the oldest', () => {
    const texts = new Texts(2);
    for (const n of [1, 2, 3]) texts.add(known(`reviews/${n}`, `u${n}`, words));
    expect(texts.copiesOf(known('reviews/4', 'u4', words)).byOthers).toBe(2);
    expect(texts.copiesOf(known('reviews/4', 'u1', words)).byAuthor).toBe(0);
  });
  it('survives being written down, and names nobody', () => {
    const text = known('reviews/kakao:1001_h1_2026-11-10', 'kakao:1001', words);
    expect(unpack(pack([text]))).toEqual([text]);
    expect(pack([text])).not.toMatch(/1001|상담/);
  });
});

describe('pace', () => {
  it('tells once that it is too much, and the same to the same', () => {
    const pace = new Pace(2, 1_000);
    const at = (id: string, now: number) => pace.exceeds('k', id, now);
    expect([at('a', 0), at('b', 1), at('b', 2), at('c', 3), at('c', 4), at('d', 5)]).toEqual([
      ...[false, false, false, true, true, false],
    ]);
    expect(pace.exceeds('other', 'x', 5)).toBe(false);
    expect([at('e', 1_500), at('f', 1_501), at('g', 1_502)]).toEqual([false, false, true]);
  });
  it('never tells of what is spread out', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { maxLength: 40 }), (gaps) => {
        const pace = new Pace(2, 1_000);
        let now = 0;
        gaps.forEach((gap, n) => {
          now += 500 + gap;
          expect(pace.exceeds('k', `${n}`, now)).toBe(false);
        });
      }),
    );
  });
});
