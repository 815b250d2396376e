import fc from 'fast-check';
import { maskEmail, maskPhone, maskWithin } from './mask.ts';

describe('a masked value', () => {
  it('keeps what tells one from another, not what reaches somebody', () => {
    expect(maskEmail('minji@mail.example')).toBe('m***@mail.example');
    expect(maskEmail('nobody')).toBe('***');
    expect(maskPhone('+821012345678')).toBe('***5678');
  });
});

describe('a text', () => {
  it.each([
    ['민지(minji@mail.example) 요청', '민지(m***@mail.example) 요청'],
    ['010-1234-5678로 연락', '***5678로 연락'],
    ['+82 10 1234 5678 / 01098765432', '***5678 / ***5432'],
    ['０１０－１２３４－５６７８', '***5678'],
    ['문의 1234, 2026-12-01, 990,000원', '문의 1234, 2026-12-01, 990,000원'],
  ])('%j is shown as %j', (text, shown) => expect(maskWithin(text)).toBe(shown));
  it('never shows a mobile number', () => {
    const number = fc.integer({ min: 1000_0000, max: 9999_9999 }).map(String);
    const between = fc.constantFrom('', '-', ' ', '.');
    fc.assert(
      fc.property(number, between, (digits, mark) => {
        const text = `연락처 010${mark}${digits.slice(0, 4)}${mark}${digits.slice(4)} 입니다`;
        expect(maskWithin(text)).toBe(`연락처 ***${digits.slice(4)} 입니다`);
      }),
    );
  });
});
