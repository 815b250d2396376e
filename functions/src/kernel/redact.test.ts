import fc from 'fast-check';
import { redact } from './redact.ts';

describe('redact', () => {
  it.each(['800101-1234567', '8001011234567', '800101 2234567', '990230–5234567'])(
    'blacks out resident number %s',
    (number) => {
      const { text, found } = redact(`성함 김라온 주민번호 ${number} 입니다`);
      expect(found).toEqual(['RRN']);
      expect(text).not.toContain(number.slice(-7));
    },
  );
  it.each(['4111 1111 1111 1111', '5555-5555-5555-4444'])('blacks out card %s', (number) => {
    expect(redact(`카드 ${number}`)).toEqual({ text: '카드 ****-****-****-****', found: ['CARD'] });
  });
  it.each(['120-81-47521', '010-1234-5678', '1,320,000원', '261101-중-000001', '4111 1111 1111 1112'])(
    'leaves %s alone',
    (text) => {
      expect(redact(text)).toEqual({ text, found: [] });
    },
  );
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
