/** Values of events as they are really written: money, periods, review numbers. */
import { caseOf, event, letter, png } from './case.ts';

const offer = (lines: string) =>
  letter(`이벤트 등록 요청드립니다.\n병원명: 새길의원\n${lines}`, png('메인사진.png'));
const offered = { hospitalName: '새길의원' };
const december = { startsOn: '2026-12-01', endsOn: '2026-12-31' };

export const money = [
  caseOf('money', 'short-hand-of-ten-thousands', {
    subject: '이벤트 등록',
    part: offer(
      '이벤트명: 코재수술\n정상가: 1.3백만원\n할인가: 99만원 (VAT 포함)\n기간: 2026.12.01~2026.12.31\n대상: 신규고객, 수술비에 한함',
    ),
    papers: ['main'],
    items: [
      event({
        ...{ ...offered, ...december, title: '코재수술', priceBefore: 1_300_000, priceAfter: 990_000 },
        ...{ vatIncluded: true, target: '신규고객, 수술비에 한함' },
      }),
    ],
  }),
  caseOf('money', 'arrow-between-both', {
    subject: '이벤트',
    part: offer(
      '시술명: 지방분해주사 10회\n가격: 132만 원→99만 (부가세 포함)\n기간: 12월1일~12월31일\n대상: 전 고객 10회권',
    ),
    papers: ['main'],
    items: [
      event({
        ...{
          ...offered,
          ...december,
          title: '지방분해주사 10회',
          priceBefore: 1_320_000,
          priceAfter: 990_000,
        },
        ...{ vatIncluded: true, target: '전 고객 10회권' },
      }),
    ],
  }),
  caseOf('money', 'won-sign-and-unclear-tax', {
    subject: '이벤트 신청서',
    part: offer(
      '이벤트명: 레이저 제모 3회\n할인 전: ₩1,320,000\n할인 후: ￦ 880,000-\nVAT: 문의\n기간: 2026.12.01~2026.12.31\n대상: 남성고객 3회',
    ),
    papers: ['main'],
    items: [
      event(
        {
          ...{
            ...offered,
            ...december,
            title: '레이저 제모 3회',
            priceBefore: 1_320_000,
            priceAfter: 880_000,
          },
          ...{ vatIncluded: null, target: '남성고객 3회' },
        },
        { problems: ['vatIncluded UNREADABLE'] },
      ),
    ],
  }),
  caseOf('money', 'per-shot-and-stated-rate', {
    subject: '이벤트 등록요청',
    part: offer(
      '이벤트명: 슈링크 유니버스 100샷\n정상금액: 100샷 당 150,000원\n이벤트금액: 105,000원 (30% 할인, vat 포함가)\n기간: 2026.12.01~2026.12.31\n대상: 신규/재방문 모두',
    ),
    papers: ['main'],
    items: [
      event({
        ...{
          ...offered,
          ...december,
          title: '슈링크 유니버스 100샷',
          priceBefore: 150_000,
          priceAfter: 105_000,
        },
        ...{ vatIncluded: true, target: '신규/재방문 모두' },
      }),
    ],
  }),
  caseOf('money', 'half-price-and-first-come', {
    subject: '이벤트 등록 요청의 건',
    part: offer(
      '이벤트명: 여드름 압출\n정상가: 90,000원\n할인가: 30,000원\nVAT: 포함\n기간: 2026.12.01~2026.12.31\n대상: 선착순 30명',
    ),
    papers: ['main'],
    items: [
      event(
        {
          ...{ ...offered, ...december, title: '여드름 압출', priceBefore: 90_000, priceAfter: 30_000 },
          ...{ vatIncluded: true, target: '선착순 30명' },
        },
        { problems: ['priceAfter DISCOUNT_OVER_50', 'target FIRST_COME_INDUCEMENT'] },
      ),
    ],
  }),
];

const periodCase = (name: string, written: string, fields: object, problems: string[] = []) =>
  caseOf('period', name, {
    subject: '이벤트 등록 요청',
    part: offer(
      `이벤트명: 스케일링 관리 1회\n정상가: 10만원\n할인가: 7만원\n부가세: 포함\n${written}\n대상: 신규 고객 1회`,
    ),
    papers: ['main'],
    items: [
      event(
        {
          ...{
            ...offered,
            title: '스케일링 관리 1회',
            priceBefore: 100_000,
            priceAfter: 70_000,
            vatIncluded: true,
          },
          ...{ target: '신규 고객 1회', ...fields },
        },
        { problems },
      ),
    ],
  });

export const periods = [
  periodCase('short-years-with-slashes', '기간: 26/12/01 ~ 27/01/15', {
    startsOn: '2026-12-01',
    endsOn: '2027-01-15',
  }),
  periodCase('over-new-year-without-years', '진행기간: 12월15일~1월10일', {
    startsOn: '2026-12-15',
    endsOn: '2027-01-10',
  }),
  periodCase('no-end', '기간: 12월1일~', { startsOn: '2026-12-01', endsOn: null }, ['endsOn NO_END_DATE']),
  periodCase('only-an-end', '기간: ~12/31', { endsOn: '2026-12-31' }, ['startsOn NO_START_DATE']),
  periodCase('always', '이벤트기간: 상시 진행', { endsOn: null }, [
    'startsOn NO_START_DATE',
    'endsOn NO_END_DATE',
  ]),
  periodCase(
    'weekdays-and-times',
    '이벤트 기간: 2026년 12월 1일(화) 00:00 ~ 2026년 12월 24일(목) 23:59까지',
    {
      ...{ startsOn: '2026-12-01', endsOn: '2026-12-24' },
    },
  ),
  periodCase('start-and-end-apart', '시작일: 2026. 12. 7.\n마감: 2027. 1. 8. 까지', {
    ...{ startsOn: '2026-12-07', endsOn: '2027-01-08' },
  }),
];

const reviewCase = (name: string, written: string, fields: object, problems: string[] = []) =>
  caseOf('review', name, {
    subject: '이벤트 등록 요청',
    part: offer(
      `이벤트명: 목주름 필러 2cc\n정상가: 60만원\n할인가: 45만원 VAT 포함\n기간: 2026.12.01~2026.12.31\n대상: 신규 고객 2cc\n${written}`,
    ),
    papers: ['main'],
    items: [
      event(
        {
          ...{ ...offered, ...december, title: '목주름 필러 2cc', priceBefore: 600_000, priceAfter: 450_000 },
          ...{ vatIncluded: true, target: '신규 고객 2cc', ...fields },
        },
        { problems },
      ),
    ],
  });

export const reviews = [
  reviewCase('doctors-board-with-validity', '심의필번호: 제261101-중-000123호 (유효기간 2028.11.01까지)', {
    ...{ adReviewNumber: '261101-중-000123', adReviewValidUntil: '2028-11-01' },
  }),
  reviewCase(
    'dentists-board',
    '광고심의번호 : 치의광 제 2611-0123 호\n심의 유효기간 : 2026.11.02 ~ 2029.11.01',
    {
      ...{ adReviewNumber: '2611-0123', adReviewValidUntil: '2029-11-01' },
    },
  ),
  reviewCase('oriental-board', '의료광고심의필 : 261012-한-00456', { adReviewNumber: '261012-한-00456' }),
  reviewCase('under-review', '심의번호: 심의 신청 중 (접수번호 20261115)', { adReviewNumber: null }, [
    'adReviewNumber UNREADABLE',
  ]),
];
