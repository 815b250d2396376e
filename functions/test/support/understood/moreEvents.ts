/** Further events, told in every way we have seen. */
import { type CorpusMail, mail, table } from './said.ts';

export const moreEvents: readonly CorpusMail[] = [
  {
    name: 'prices parted by a space, review under way',
    message: mail(
      '이벤트 등록합니다',
      '시술명: 입술필러 1cc\n병원: 라온의원\n원가 250,000원(부가세포함)\n할인가 150,000원(부가세포함)\n할인율 40%\n행사기간 26.12.01(화)~26.12.31(목)\n조건: 첫 방문 고객 한정\n심의필번호: 심의 진행중\n주의사항: 붓기 멍',
    ),
    expected: [
      {
        kind: 'event',
        fields: {
          title: '입술필러 1cc',
          hospitalName: '라온의원',
          priceBefore: 250000,
          priceAfter: 150000,
          vatIncluded: true,
          startsOn: '2026-12-01',
          endsOn: '2026-12-31',
          target: '첫 방문 고객 한정',
          adReviewNumber: null,
          sideEffects: '붓기 멍',
        },
        problems: ['adReviewNumber UNREADABLE'],
      },
    ],
  },
  {
    name: 'arrow between prices, a month for a period',
    message: mail(
      '[이벤트] 12월 프로모션',
      '프로모션명 : 연말 리프팅 특가\n가격 : 1.5백만 → 99만원 (VAT별도)\n기간 : 12월 한 달간\n대상 : 전 고객\n병원명 : 라온의원',
    ),
    expected: [
      {
        kind: 'event',
        fields: {
          title: '연말 리프팅 특가',
          priceBefore: 1500000,
          priceAfter: 990000,
          vatIncluded: false,
          startsOn: '2026-12-01',
          endsOn: '2026-12-31',
          target: '전 고객',
        },
        low: ['startsOn'],
        problems: ['vatIncluded VAT_EXCLUDED'],
      },
    ],
  },
  {
    name: 'from-price, open period, ticked VAT',
    message: mail(
      '이벤트 등록 요청',
      '상품명: 제모 5회\n정상가격: ₩300,000\n이벤트가격: ₩199,000~\n기간: 2026-12-01부터\nVAT: □ 포함 ☑ 별도',
    ),
    expected: [
      {
        kind: 'event',
        fields: {
          title: '제모 5회',
          priceBefore: 300000,
          priceAfter: 199000,
          startsOn: '2026-12-01',
          endsOn: null,
          vatIncluded: false,
        },
        low: ['priceAfter'],
        problems: ['priceAfter PRICE_RANGE', 'endsOn NO_END_DATE', 'vatIncluded VAT_EXCLUDED'],
      },
    ],
  },
  {
    name: 'what holds for all above the list',
    message: mail(
      '이벤트',
      table([
        ['병원명', '라온의원', '사업자번호', '120-81-47521'],
        ['이벤트 기간', '2026.12.01 ~ 2027.02.28', '부가세', '포함'],
      ]),
      table([
        ['시술명', '정가', '할인가'],
        ['울쎄라', '99만', '79만'],
        ['써마지', '200만', '150만'],
      ]),
    ),
    expected: [
      {
        kind: 'event',
        fields: {
          title: '울쎄라',
          priceBefore: 990000,
          priceAfter: 790000,
          vatIncluded: true,
          startsOn: '2026-12-01',
          endsOn: '2027-02-28',
          hospitalBusinessNumber: '1208147521',
        },
      },
      {
        kind: 'event',
        fields: {
          title: '써마지',
          priceBefore: 2000000,
          priceAfter: 1500000,
          vatIncluded: true,
          startsOn: '2026-12-01',
          endsOn: '2027-02-28',
        },
      },
    ],
  },
  {
    name: 'an event told in sentences',
    message: mail(
      '이벤트 문의드려요',
      '안녕하세요 라온의원 마케팅팀입니다.\n12월 5일부터 1월 10일까지 자연유착 쌍꺼풀 이벤트 진행하려 합니다.\n정상가는 132만원이고 할인가는 99만원입니다. 부가세 포함이에요.',
    ),
    expected: [
      {
        kind: 'event',
        fields: {
          hospitalName: '라온의원',
          priceBefore: 1320000,
          priceAfter: 990000,
          vatIncluded: true,
          startsOn: '2026-12-05',
          endsOn: '2027-01-10',
        },
        low: ['priceBefore', 'startsOn'],
      },
    ],
  },
  {
    name: 'headed events under one hospital',
    message: mail(
      '이벤트 2건',
      '병원명: 라온의원\n\n[이벤트1]\n- 이벤트명: 울쎄라\n- 정상가: 99만원\n- 할인가: 79만원 (VAT포함)\n- 기간: 2026.12.01~2026.12.31\n\n[이벤트2]\n- 이벤트명: 써마지\n- 정상가: 200만원\n- 할인가: 150만원 (VAT포함)\n- 기간: 2026.12.01~2026.12.31',
    ),
    expected: [
      {
        kind: 'event',
        fields: { title: '울쎄라', hospitalName: '라온의원', priceAfter: 790000, endsOn: '2026-12-31' },
      },
      { kind: 'event', fields: { title: '써마지', hospitalName: '라온의원', priceAfter: 1500000 } },
    ],
  },
  {
    name: 'labels of before and after, two under one label',
    message: mail(
      '이벤트 등록 신청',
      '이벤트 제목 : [신년] 슈링크 유니버스 300샷\n할인 전 : 39만 원\n할인 후 : 29만 원 (부가세 포함가)\n진행 기간 : 2027년 1월 1일(금) ~ 1월 31일(일)\n할인 대상 : 신환 한정\n구성 : 300샷 + 진정팩\n의료광고심의필 번호 : 제270101-중-123456호\n부작용 및 주의사항 : 홍반, 부종\n병원명/사업자번호 : 라온의원 / 120-81-47521',
    ),
    expected: [
      {
        kind: 'event',
        fields: {
          title: '[신년] 슈링크 유니버스 300샷',
          priceBefore: 390000,
          priceAfter: 290000,
          vatIncluded: true,
          startsOn: '2027-01-01',
          endsOn: '2027-01-31',
          target: '신환 한정 / 300샷 + 진정팩',
          adReviewNumber: '270101-중-123456',
          sideEffects: '홍반, 부종',
          hospitalName: '라온의원',
          hospitalBusinessNumber: '1208147521',
        },
      },
    ],
  },
  {
    name: 'VAT in the headers, an end without year',
    message: mail(
      '이벤트 목록',
      table(
        [
          ['이벤트명', '정가(VAT포함)', '할인가(VAT포함)', '시작', '종료'],
          ['보톡스', '100,000', '50,000', '2026/12/1', '2026/12/31'],
          ['필러', '200,000', '150,000', '12/1', '12/31'],
        ],
        '12월',
        'sheet',
      ),
    ),
    expected: [
      {
        kind: 'event',
        row: 2,
        fields: {
          title: '보톡스',
          priceBefore: 100000,
          priceAfter: 50000,
          vatIncluded: true,
          startsOn: '2026-12-01',
          endsOn: '2026-12-31',
        },
      },
      {
        kind: 'event',
        row: 3,
        fields: {
          title: '필러',
          priceBefore: 200000,
          priceAfter: 150000,
          vatIncluded: true,
          endsOn: '2026-12-31',
        },
      },
    ],
  },
];
