import fc from 'fast-check';
import { likenessOf, nearlySame, signatureOf } from './likeness.ts';

const review =
  '상담부터 수술까지 원장님이 직접 꼼꼼하게 설명해 주셔서 믿음이 갔어요. 붓기는 일주일 정도 갔고 지금은 라인이 자연스럽습니다. 주변에도 추천하고 있어요.';
const other =
  '코끝이 조금 들려서 재수술을 고민하다가 왔습니다. 대기 시간은 길었지만 가격은 광고와 같았고, 간호사분들이 친절하게 실밥까지 챙겨 주셨어요.';

const likeness = (a: string, b: string) => {
  const [one, two] = [signatureOf(a), signatureOf(b)];
  if (!one || !two) throw new Error('too short');
  return {
    share: likenessOf(one.places, two.places),
    meet: one.bands.some((band) => two.bands.includes(band)),
  };
};

describe('likeness', () => {
  it.each([
    ['itself', review],
    ['other spacing and signs', review.replaceAll(' ', '').replaceAll('.', '!!')],
    ['a word more at the end', `${review} 강추!`],
    ['one word changed', review.replace('일주일', '열흘')],
  ])('of a text and %s', (_, copy) => {
    const { share, meet } = likeness(review, copy);
    expect(share).toBeGreaterThanOrEqual(nearlySame);
    expect(meet).toBe(true);
  });
  it('of two reviews of the same thing is small', () => {
    expect(likeness(review, other).share).toBeLessThan(0.2);
  });
  it('is not told of short texts', () => expect(signatureOf('좋아요 추천합니다')).toBeNull());
  it('is the same both ways, and whole for equal texts', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'가나다라마바사아자차카타파하 '),
      minLength: 200,
      maxLength: 400,
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [one, two] = [signatureOf(a), signatureOf(b)];
        if (!one || !two) return;
        expect(likenessOf(one.places, two.places)).toBe(likenessOf(two.places, one.places));
        expect(likenessOf(one.places, one.places)).toBe(1);
      }),
      { numRuns: 50 },
    );
  });
});
