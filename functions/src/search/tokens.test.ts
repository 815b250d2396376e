import fc from 'fast-check';
import { indexed, mostTokens, planOf } from './tokens.ts';

const finds = (query: string, text: string) => {
  const [plan, document] = [planOf(query), indexed(text)];
  return plan !== null && document.tokens.includes(plan.token) && plan.matches(document);
};

describe('a search', () => {
  it.each([
    ['쌍꺼풀', '자연유착 쌍꺼풀'],
    ['쌍수', '자연유착 쌍꺼풀'],
    ['쌍꺼풀', '쌍수 3주차 후기'],
    ['쌍커풀 가격', '쌍꺼풀 가격 문의'],
    ['ㅆㄲㅍ', '자연유착 쌍꺼풀'],
    ['ㄹㅇㅂㅌ', '라온뷰티의원'],
    ['라온', '라온 뷰티 의원'],
    ['뷰티의원', '라온 뷰티 의원'],
    ['강남 라온', '라온뷰티의원 서울 강남구'],
    ['BOTOX', '사각턱 보톡스'],
    ['울세라', '울쎄라 300샷'],
    ['300샷', '울쎄라 300샷'],
    ['리뷰', '코수술 후기'],
  ])('for %s finds %s', (query, text) => expect(finds(query, text)).toBe(true));

  it.each([
    ['쌍꺼풀', '코성형'],
    ['ㅆㄲㅍ', '라온뷰티의원'],
    ['라온 부산', '라온뷰티의원 서울 강남구'],
  ])('for %s does not find %s', (query, text) => expect(finds(query, text)).toBe(false));

  it.each(['', ' ', '가', 'ㄱ', '!!', '. .'])('for "%s" says too little', (query) =>
    expect(planOf(query)).toBeNull(),
  );

  const letters = fc.string({
    unit: fc.constantFrom(...'가나다라마바사아자차카타파하거너abc12'),
    minLength: 2,
    maxLength: 40,
  });
  it('finds whatever part of a title is typed, by its letters and by its initial consonants', () => {
    fc.assert(
      fc.property(letters, fc.nat(), fc.integer({ min: 2, max: 6 }), (title, start, length) => {
        const from = start % (title.length - 1);
        const part = title.slice(from, from + length);
        expect(finds(part, title)).toBe(true);
        const { choseong } = indexed(title);
        const initials = choseong.slice(from, from + length);
        if (/^[ㄱ-ㅎ]{2,}$/.test(initials)) expect(finds(initials, title)).toBe(true);
      }),
    );
  });

  it('never throws, and its index has a bound', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        expect(indexed(text).tokens.length).toBeLessThanOrEqual(mostTokens);
        planOf(text)?.matches(indexed(text));
      }),
    );
  });
});
