import fc from 'fast-check';
import {
  choseongOf,
  isRealDay,
  koreanDayOf,
  readAddress,
  readBusinessNumber,
  readCareInstitutionNumber,
  readDay,
  readKrw,
  readLicenceNumber,
  readPeriod,
  tidy,
} from './korean.ts';
import { readPhone } from './phone.ts';

describe('사업자등록번호', () => {
  it.each(['120-81-47521', '220-81-62517', '124-81-00998', '120-88-01280', '１２０－８１－４７５２１'])(
    '%s is valid',
    (value) => {
      expect(readBusinessNumber(value)).toMatch(/^\d{10}$/);
    },
  );
  it.each(['123-45-67890', '000-00-00000', '111-11-11111', '120-81-4752', '120-81-475211', '', '없음'])(
    '%s is not',
    (value) => {
      expect(readBusinessNumber(value)).toBeNull();
    },
  );
  it('has exactly one valid check digit for every stem', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000, max: 999_999_999 }), (n) => {
        const stem = String(n).padStart(9, '0');
        const valid = [...'0123456789'].filter((digit) => readBusinessNumber(stem + digit));
        expect(valid.length).toBe(/^000/.test(stem) ? 0 : /^(\d)\1{8}$/.test(stem) ? valid.length : 1);
      }),
    );
  });
});

describe('의사면허번호', () => {
  it.each([
    ['제 000123 호', '123'],
    ['12345', '12345'],
    ['제4567호', '4567'],
  ])('%s → %s', (value, number) => {
    expect(readLicenceNumber(value)).toBe(number);
  });
  it.each(['0', '1234567', '제 호', 'A123', ''])('%s is none', (value) =>
    expect(readLicenceNumber(value)).toBeNull(),
  );
});

it('요양기관기호 has eight digits', () => {
  expect(readCareInstitutionNumber('12345678')).toBe('12345678');
  expect(readCareInstitutionNumber('1234567')).toBeNull();
});

describe('phones', () => {
  it.each([
    ['02)555-0101', '+8225550101'],
    ['010-1234-5678', '+821012345678'],
    ['+82 (0)10 1234 5678', '+821012345678'],
    ['010.1234.5678', '+821012345678'],
    ['０３１-１２３-４５６７', '+82311234567'],
    ['(02) 555 0101', '+8225550101'],
    ['1588-1234', '15881234'],
    ['+82 10-1234-5678', '+821012345678'],
    ['070-1234-5678', '+827012345678'],
  ])('%s → %s', (value, number) => expect(readPhone(value)).toBe(number));
  it.each(['5550106', '2600-0270', '010-12', '', '전화 주세요', '+1 415 555 2671'])('%s is none', (value) =>
    expect(readPhone(value)).toBeNull(),
  );
});

describe('money', () => {
  it.each([
    ['1,320,000원', 1_320_000],
    ['99만원', 990_000],
    ['132만 원', 1_320_000],
    ['1.3백만', 1_300_000],
    ['₩990,000', 990_000],
    ['99만원 (VAT 포함, 25% 할인)', 990_000],
    ['132만5천원', 1_325_000],
    ['0원', 0],
    ['8만', 80_000],
    ['￦ 990,000', 990_000],
    ['KRW 990,000', 990_000],
    ['1억 2천만원', 120_000_000],
    ['132만5000원', 1_325_000],
    ['9.9만원', 99_000],
  ])('%s → %d', (value, won) => expect(readKrw(value)).toBe(won));
  it.each(['무료', '', '99만~120만', '문의', '-1000', '5천 132만', '1.5원', '만원'])('%s is none', (value) =>
    expect(readKrw(value)).toBeNull(),
  );
  it('reads back what it is written as', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900_000_000 }), (won) =>
        expect(readKrw(`${won.toLocaleString('ko-KR')}원`)).toBe(won),
      ),
    );
  });
});

describe('days', () => {
  it.each([
    ['2026.12.1', '2026-12-01'],
    ['26/12/01', '2026-12-01'],
    ['2026년 12월 1일', '2026-12-01'],
    ['2026-12-01(화)', '2026-12-01'],
    ['2026. 12. 1.', '2026-12-01'],
    ["'26.12.01", '2026-12-01'],
    ['20261201', '2026-12-01'],
    ['2026-12-01 00:00:00', '2026-12-01'],
    ['2026년 12월 1일 화요일', '2026-12-01'],
    ['46357', '2026-12-01'],
  ])('%s → %s', (value, day) => expect(readDay(value)).toBe(day));
  it.each(['2026.13.1', '2026-02-30', '내일', '12월 1일', '', '12345', '99999', '20261301'])(
    '%s is none',
    (value) => expect(readDay(value)).toBeNull(),
  );
  it('takes the year from a hint', () => expect(readDay('12월 1일', 2026)).toBe('2026-12-01'));
  it('knows leap years', () =>
    expect([isRealDay('2028-02-29'), isRealDay('2026-02-29')]).toEqual([true, false]));
  it('is another day in Korea after 15:00 UTC', () => {
    expect(koreanDayOf(Date.parse('2026-11-20T14:59:59Z'))).toBe('2026-11-20');
    expect(koreanDayOf(Date.parse('2026-11-20T15:00:00Z'))).toBe('2026-11-21');
  });
});

describe('periods', () => {
  it.each([
    ['2026.12.01 ~ 2027.01.31', '2026-12-01', '2027-01-31'],
    ['2026.12.1~12.31', '2026-12-01', '2026-12-31'],
    ['2026-12-20 ~ 1/10', '2026-12-20', '2027-01-10'],
    ['2026년 12월 1일부터 2026년 12월 5일까지', '2026-12-01', '2026-12-05'],
    ['2026.12.01-2027.01.31', '2026-12-01', '2027-01-31'],
    ['2026-12-01 - 2026-12-31', '2026-12-01', '2026-12-31'],
  ])('%s', (value, start, end) => expect(readPeriod(value)).toEqual({ start, end }));
  it.each(['상시', '2026.12.01 ~', '~ 12/31', '2027.01.01 ~ 2026.12.01', ''])('%s is none', (value) =>
    expect(readPeriod(value)).toBeNull(),
  );
});

describe('addresses', () => {
  it.each([
    ['(06236) 서울특별시 강남구 테헤란로 123, 4층', '서울', '강남구', '06236'],
    ['서울시 서초구 강남대로 1', '서울', '서초구', null],
    ['강원특별자치도 춘천시 중앙로 1', '강원', '춘천시', null],
    ['전라북도 전주시 완산구 1', '전북', '전주시', null],
    ['세종특별자치시 한누리대로 1', '세종', '세종시', null],
    ['(우 06134) 서울 구로구 구로동로 1', '서울', '구로구', '06134'],
    ['서울강남구 테헤란로 1', '서울', '강남구', null],
    ['서울특별시 강남구테헤란로 1', '서울', '강남구', null],
    ['경기도 성남시 분당구 판교역로 1 (우)13529', '경기', '성남시', '13529'],
    ['전북특별자치도 전주시 완산구 1 [54999]', '전북', '전주시', '54999'],
  ])('%s', (value, region, district, zip) =>
    expect(readAddress(value)).toMatchObject({ region, district, zip }),
  );
  it.each(['강남역 3번 출구', '', '서울', '서울역 앞', '강남구 테헤란로 1', '전남대병원 옆'])(
    '%s is none',
    (value) => expect(readAddress(value)).toBeNull(),
  );
});

describe('Hangul', () => {
  it('gives initial consonants', () => expect(choseongOf('라온 뷰티샾의원 A1')).toBe('ㄹㅇㅂㅌㅅㅇㅇA1'));
  it('is composed, half-width and without double spaces', () =>
    expect(tidy(' 라온\u3000\u3000의원\u1112\u1161\u11ab： ')).toBe('라온 의원한:'));
});
