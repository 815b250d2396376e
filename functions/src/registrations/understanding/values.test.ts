import {
  day,
  discountIn,
  period,
  price,
  pricesIn,
  reviewNumber,
  validityIn,
  validUntil,
  vatIn,
} from './offerValues.ts';
import { looksLikeName, readPerson, titledNames } from './people.ts';
import {
  departmentsIn,
  homepage,
  hospitalName,
  institutionType,
  isNothing,
  licenceNumber,
  person,
  phone,
  ticks,
} from './values.ts';

describe('people', () => {
  it.each([
    ['김라온', '김라온'],
    ['김라온 원장님', '김라온'],
    ['김라온 (대표원장)', '김라온'],
    ['원장 김라온', '김라온'],
    ['Dr. 김라온', '김라온'],
    ['김 라 온', '김라온'],
    ['남궁민수 원장', '남궁민수'],
    ['김라온 / Kim Raon', '김라온'],
    ['Kim Raon', 'Kim Raon'],
  ])('%s → %s', (words, name) => expect(readPerson(words)).toBe(name));
  it.each(['', '원장님', '대표 원장님', '저희 원장', '김라온, 이가람', '성형외과'])('%j is nobody', (words) =>
    expect(readPerson(words)).toBeNull(),
  );
  it('finds a name beside a title in running text', () => {
    expect(titledNames('새로 오신 이가람 원장님과 저희 원장님, 그리고 원장 김라온입니다')).toEqual([
      '이가람',
      '김라온',
    ]);
    expect(looksLikeName('강남')).toBe(false);
  });
});

it.each([
  ['의료법인 한울의료재단 (이사장 김한울)', '김한울'],
  ['(주)라온 (대표이사 김라온)', '김라온'],
  ['김라온 (대표원장)', '김라온'],
])('of %s the person is %s', (words, name) => expect(person(words).value).toBe(name));

it.each([
  ['루미에르의원 / Lumiere Clinic', '루미에르의원'],
  ['라온의원 / 120-81-47521', '라온의원'],
  ['라온의원 (구 다온의원)', '라온의원'],
  ['라온의원 강남점', '라온의원 강남점'],
])('the name in %s is %s', (words, name) => expect(hospitalName(words)).toEqual({ value: name, sure: true }));

describe('numbers with words around them', () => {
  it.each([
    ['02-555-0101 / FAX 02-555-0102', '+8225550101', true],
    ['02-555-0101~3', '+8225550101', true],
    ['02-555-0101 (내선 3)', '+8225550101', true],
    ['02-555-0101, 010-1234-5678', '+8225550101', false],
    ['1588 - 1234', '15881234', true],
    ['1012345678', '+821012345678', false],
    ['0507-1234-5678', '+8250712345678', true],
  ])('phone %s', (words, value, sure) => expect(phone(words)).toEqual({ value, sure }));
  it.each([
    ['제 000123 호 (2010.03.02 취득)', '123'],
    ['No. 98765', '98765'],
    ['23456번', '23456'],
    ['의사면허 제4567호', '4567'],
  ])('licence %s', (words, value) => expect(licenceNumber(words).value).toBe(value));
  it.each([
    ['제 261101-중-000001 호 (유효 2029.10.31까지)', '261101-중-000001'],
    ['제261102-중-000002호', '261102-중-000002'],
    ['의료광고심의필 제 250101 - 중 - 12345호', '250101-중-12345'],
    ['2026-A-77', '2026-A-77'],
  ])('review number %s', (words, value) => expect(reviewNumber(words).value).toBe(value));
  it.each([
    ['제261101-중-000001호 (유효 2029.10.31까지)', '2029-10-31'],
    ['261101-중-000001 (유효기간: 2026.11.30~2029.11.29)', '2029-11-29'],
    ['261101-중-000001 (유효기간 2028.11.01까지)', '2028-11-01'],
  ])('%s holds until %s', (words, until) => {
    const context = { year: null, sentOn: '2026-11-21' };
    expect(validUntil(validityIn(words) ?? '', context)).toEqual({ value: until, sure: true });
  });
  it('a review number alone says nothing of how long it holds', () => {
    expect(validityIn('제261101-중-000001호')).toBeNull();
  });
  it.each(['심의 진행중', '신청 완료'])('%s is no review number', (words) =>
    expect(reviewNumber(words)).toMatchObject({ value: null, reason: 'UNREADABLE' }),
  );
});

describe('ticked boxes', () => {
  it.each([
    ['□ 병원 ■ 의원 □ 치과의원', '의원'],
    ['☑포함 □별도', '포함'],
    ['[ ] 포함 [v] 별도', '별도'],
    ['( ) 예 (O) 아니오', '아니오'],
    ['□ 병원 □ 의원', null],
    ['의원', '의원'],
  ])('%s', (words, value) => expect(ticks(words)).toBe(value));
  it('tell a kind of institution', () => {
    expect(institutionType('□ 병원 ■ 치과의원')).toEqual({ value: '치과의원', sure: true });
    expect(institutionType('의원급 의료기관')).toEqual({ value: '의원', sure: false });
  });
});

it('departments are told apart by their whole names', () => {
  expect(departmentsIn('정형외과, 한방내과')).toEqual({ codes: ['05', '80'], others: [] });
  expect(departmentsIn('신경외과·외과')).toEqual({ codes: [], others: ['신경외과', '외과'] });
  expect(departmentsIn('성형 / 피부')).toEqual({ codes: ['08', '14'], others: [] });
});

it.each([
  ['raon.example', 'https://raon.example'],
  ['http://raon.example/kr?a=1', 'http://raon.example/kr?a=1'],
  ['https://라온.example', 'https://라온.example'],
])('home page %s', (words, value) => expect(homepage(words).value).toBe(value));

it.each([
  '-',
  '아직 안 나왔어요',
  '없음',
  '해당 없음',
  '추후제출',
  '준비중',
  '○○의원',
  '(예: 라온의원)',
  'N/A',
])('%s says nothing', (words) => expect(isNothing(words)).toBe(true));
it.each(['라온의원', '0', '무지개의원', '없음의원'])('%s says something', (words) =>
  expect(isNothing(words)).toBe(false),
);

describe('offers', () => {
  it.each([
    ['99만원', 990_000, true],
    ['1회 99,000원', 99_000, true],
    ['99만원 (정상가 132만원)', 990_000, true],
    ['132만원 → 99만원', 990_000, false],
    ['99만원부터', 990_000, false],
    ['99~120만원', 990_000, false],
    ['199,000원 추가 시 할인', 199_000, false],
    ['100샷 당 150,000원', 150_000, true],
    ['KRW 750,000', 750_000, true],
    ['1,200,000 won', 1_200_000, true],
  ])('price %s', (words, value, sure) => expect(price(words)).toMatchObject({ value, sure }));
  it.each([
    ['132만원 → 99만원', { before: 1_320_000, after: 990_000 }],
    ['정상가 50만원 / 할인가 35만원 (부가세 포함)', { before: 500_000, after: 350_000 }],
    ['정상가 50만원', null],
  ])('prices in %s', (words, prices) => expect(pricesIn(words)).toEqual(prices));
  it.each(['문의', '무료', '99', ''])('%j is no price', (words) => expect(price(words).value).toBeNull());
  it.each([
    ['VAT 포함', true],
    ['부가가치세 포함가', true],
    ['V.A.T 별도', false],
    ['VAT+', false],
    ['부가세 10% 별도', false],
    ['VAT 미포함', false],
    ['마취비 별도', null],
    ['포함내역: 마취', null],
  ])('VAT of %s: %s', (words, vat) => expect(vatIn(words)).toBe(vat));
  it.each([
    ['25% 할인', 25],
    ['할인율 33.3%', 33.3],
    ['30%↓', 30],
    ['VAT 10%', null],
  ])('discount of %s', (words, percent) => expect(discountIn(words)).toBe(percent));

  const context = { year: null, sentOn: '2026-11-21' };
  it('takes a missing year from the day the mail was sent, unsurely', () => {
    expect(day('12월 1일', context)).toEqual({ value: '2026-12-01', sure: false });
    expect(day('1/5', context)).toEqual({ value: '2027-01-05', sure: false });
    expect(day('12월 1일', { year: 2027, sentOn: '2026-11-21' })).toEqual({
      value: '2027-12-01',
      sure: false,
    });
    expect(day('12월 1일', { year: null, sentOn: null })).toMatchObject({ value: null, reason: 'NO_YEAR' });
  });
  it.each([
    ['~ 2026.12.31', null, '2026-12-31'],
    ['2026.12.31까지', null, '2026-12-31'],
    ['2026.12.01-2026.12.31', '2026-12-01', '2026-12-31'],
    ['2026. 12. 1.(화) ~ 12. 31.(목)', '2026-12-01', '2026-12-31'],
    ["'26.12.1 – '27.1.31", '2026-12-01', '2027-01-31'],
    ['2026/12/01-2026/12/31', '2026-12-01', '2026-12-31'],
    ['2026.12.01부터 2개월간', '2026-12-01', '2027-01-31'],
    ['2026.12.01 ~ 한 달', '2026-12-01', '2026-12-31'],
    ['2026.12.01부터 2주간', '2026-12-01', '2026-12-14'],
  ])('period %s', (words, start, end) => {
    const read = period(words, context);
    expect([read.start?.value ?? null, read.end?.value ?? null]).toEqual([start, end]);
  });
});
