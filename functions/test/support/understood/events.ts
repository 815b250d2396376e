/** Events, alone and in lists. */
import { type CorpusMail, mail, table } from './said.ts';

export const events: readonly CorpusMail[] = [
  {
    name: 'numbered, with a period and VAT for both; a range and a wrong discount',
    message: mail(
      '12월 이벤트 등록',
      '병원명: 라온의원\n기간: 2026.12.1 ~ 12.31 (VAT 포함)\n\n1. 이벤트명: 울쎄라 300샷\n   정상가: 99만원~120만원\n   이벤트가: 79만원\n2. 이벤트명: 보톡스\n   정상가: 10만원\n   할인율: 40%\n   이벤트가: 5만원',
    ),
    expected: [
      {
        kind: 'event',
        fields: {
          ...{ title: '울쎄라 300샷', hospitalName: '라온의원', priceAfter: 790_000, vatIncluded: true },
          ...{ startsOn: '2026-12-01', endsOn: '2026-12-31' },
        },
        low: ['priceBefore'],
        problems: ['priceBefore PRICE_RANGE'],
      },
      {
        kind: 'event',
        fields: { title: '보톡스', priceBefore: 100_000, priceAfter: 50_000, endsOn: '2026-12-31' },
        low: ['priceBefore', 'priceAfter'],
        problems: ['priceAfter DISCOUNT_MISMATCH'],
      },
    ],
  },
  {
    name: 'offers on one line each',
    message: mail(
      '이벤트 문의',
      '12월 이벤트 진행하려고 합니다.\n1. 울쎄라 300샷 정상가 99만원 → 이벤트가 79만원\n2. 보톡스 10만원 → 5만원\n기간: 12월 1일 ~ 12월 31일\n부가세 포함 금액입니다.\n라온의원 드림',
    ),
    expected: [
      {
        kind: 'event',
        fields: {
          ...{ title: '울쎄라 300샷', priceBefore: 990_000, priceAfter: 790_000, vatIncluded: true },
          ...{ startsOn: '2026-12-01', endsOn: '2026-12-31', hospitalName: '라온의원' },
        },
        low: ['title', 'priceBefore', 'startsOn', 'hospitalName'],
      },
      {
        kind: 'event',
        fields: { title: '보톡스', priceBefore: 100_000, priceAfter: 50_000, startsOn: '2026-12-01' },
      },
    ],
  },
  {
    name: 'a column per event, prices in 만원',
    message: mail(
      '이벤트 등록',
      table([
        ['구분', '이벤트 1', '이벤트 2'],
        ['이벤트명', '울쎄라', '보톡스'],
        ['정상가(만원)', '99', '10'],
        ['할인가(만원)', '79', '8'],
        ['이벤트 기간', '2026.12.1~12.31', '상시'],
        ['VAT', '포함', '포함'],
      ]),
    ),
    expected: [
      {
        kind: 'event',
        fields: {
          title: '울쎄라',
          priceBefore: 990_000,
          priceAfter: 790_000,
          endsOn: '2026-12-31',
          vatIncluded: true,
        },
        problems: [],
      },
      {
        kind: 'event',
        fields: { title: '보톡스', priceBefore: 100_000, priceAfter: 80_000, endsOn: null },
        problems: ['endsOn NO_END_DATE'],
      },
    ],
  },
  {
    name: 'two rows of headers, a total and a note',
    message: mail(
      '이벤트',
      table(
        [
          ['12월', '12월', '12월', '12월', '12월'],
          ['No', '이벤트명', '가격', '가격', '기간'],
          ['No', '이벤트명', '정상가', '할인가', '기간'],
          ['1', '울쎄라', '990,000', '790,000', '2026-12-01~2026-12-31'],
          ['합계', '', '990,000', '790,000', ''],
          Array.from({ length: 5 }, () => '※ VAT 포함'),
        ],
        '이벤트',
        'sheet',
      ),
    ),
    expected: [
      {
        kind: 'event',
        row: 4,
        fields: {
          title: '울쎄라',
          priceBefore: 990_000,
          priceAfter: 790_000,
          vatIncluded: true,
          startsOn: '2026-12-01',
        },
        problems: [],
      },
    ],
  },
  {
    name: 'repeated labels begin the next event',
    message: mail(
      '등록',
      '이벤트명: A\n병원명: 라온의원\n정상가: 100,000원\n할인가: 50,000원\n시작일: 12월 1일\n종료일: 12월 31일\n\n이벤트명: B\n병원명: 라온의원\n정상가: 200,000원\n할인가: 150,000원 (부가세 별도)\n시작일: 2026-12-01\n종료일: 소진시까지',
    ),
    expected: [
      {
        kind: 'event',
        fields: {
          title: 'A',
          priceAfter: 50_000,
          startsOn: '2026-12-01',
          endsOn: '2026-12-31',
          vatIncluded: undefined,
        },
        low: ['startsOn', 'endsOn'],
        problems: [],
      },
      {
        kind: 'event',
        fields: { title: 'B', priceAfter: 150_000, endsOn: null, vatIncluded: false },
        problems: ['endsOn NO_END_DATE', 'vatIncluded VAT_EXCLUDED'],
      },
    ],
  },
];
