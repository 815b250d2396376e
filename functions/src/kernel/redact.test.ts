import fc from 'fast-check';
import { redact, redactRows } from './redact.ts';

describe('redact', () => {
  it.each([
    '800101-1234567',
    '8001011234567',
    '800101 2234567',
    '990230–5234567',
    '８００１０１－１234567',
    '800101ㅡ1234567',
    '800101\u00a0-\u20091234567',
    '800101-\n1234567',
    '800101.1234567',
    '８0０1０1 ~ 1234567',
  ])('blacks out resident number %s', (number) => {
    const { text, found } = redact(`성함 김라온 주민번호 ${number} 입니다`);
    expect(found).toEqual(['RRN']);
    expect(text).not.toContain(number.slice(-7));
  });
  it.each(['4111 1111 1111 1111', '5555-5555-5555-4444'])('blacks out card %s', (number) => {
    expect(redact(`카드 ${number}`)).toEqual({ text: '카드 ****-****-****-****', found: ['CARD'] });
  });
  it.each(['120-81-47521', '010-1234-5678', '1,320,000원', '261101-중-000001', '4111 1111 1111 1112'])(
    'leaves %s alone',
    (text) => {
      expect(redact(text)).toEqual({ text, found: [] });
    },
  );
  it('blacks out one written digit by digit', () => {
    expect(redact('8 0 0 1 0 1 - 1 2 3 4 5 6 7').text).toBe('******-*******');
  });
  it.each(['주민등록번호: 12345678', '주민번호 800101-123456', '외국인등록번호(필수) : 800101 5234567'])(
    'believes the words before the digits: %s',
    (text) => expect(redact(text)).toEqual({ text: expect.stringMatching(/\*{7}$/), found: ['RRN'] }),
  );
  it('leaves two telephone numbers in a row alone', () => {
    for (const text of ['02-555-0101 02-555-0102', '010-1234-5678 010-8765-4321', '1588-1234 / 1588-5678'])
      expect(redact(text).text).toBe(text);
  });
  it('keeps everything around what it blacks out', () => {
    expect(redact('가 ８００１０１-1234567 나 4111 1111 1111 1111 다').text).toBe(
      '가 ******-******* 나 ****-****-****-**** 다',
    );
  });
  it('reads rows by their labels and over neighbouring cells', () => {
    const { rows, found } = redactRows([
      ['성명', '주민등록번호', '전화'],
      ['김라온', '501013234567', '02-555-0101'],
      ['주민번호', '12345678', ''],
      ['', '', ''],
      ['800101', '1234567', '999-88-00014'],
    ]);
    expect(found).toEqual(['RRN']);
    expect(rows[1]).toEqual(['김라온', '******-*******', '02-555-0101']);
    expect(rows[2]?.[1]).toBe('******-*******');
    expect(rows[4]).toEqual(['******-*******', '******-*******', '999-88-00014']);
  });
  it('never leaves a resident number of a real day, whatever stands around it', () => {
    const around = fc.stringMatching(/^[가-힣 ,.]{0,10}$/);
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(
        around,
        day,
        fc.integer({ min: 1_000_000, max: 8_999_999 }),
        around,
        (before, born, tail, after) => {
          const number = `${born.toISOString().slice(2, 10).replaceAll('-', '')}-${tail}`;
          expect(redact(before + number + after).text).not.toContain(String(tail));
        },
      ),
    );
  });
});
