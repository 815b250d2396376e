/** Values as they are really written: money, periods, telephones, addresses, hours, numbers of all sorts. */
import {
  at,
  caseOf,
  event,
  hospital,
  hospitalPapers,
  hospitalRoles,
  letter,
  noPlace,
  png,
  week,
} from './case.ts';

const offer = (lines: string) =>
  letter(`이벤트 등록 요청드립니다.\n병원명: 새길의원\n${lines}`, png('메인사진.png'));
const offered = { hospitalName: '새길의원' };
const december = { startsOn: '2026-12-01', endsOn: '2026-12-31' };

const clinic = (lines: string) =>
  letter(
    `병원명: 해오름의원\n대표자: 진해오\n사업자등록번호: 135-91-00037\n종별: 의원\n진료과목: 피부과\n${lines}`,
    ...hospitalPapers,
  );
const clinicFields = {
  ...{
    name: '해오름의원',
    representative: '진해오',
    businessNumber: '1359100037',
    type: '의원',
    departments: ['14'],
  },
};
const place = { address: '서울 강서구 공항대로 200', ...at('서울', '강서구') };
const placeLine = '주소: 서울 강서구 공항대로 200';

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

const phoneCase = (name: string, written: string, phone: string | null, problems: string[] = []) =>
  caseOf('phone', name, {
    subject: '병원 등록 요청',
    part: clinic(`${placeLine}\n${written}`),
    papers: hospitalRoles,
    items: [hospital({ ...clinicFields, ...place, phone }, { problems })],
  });

export const phones = [
  phoneCase('safety-number', '대표전화: 0507-1334-0270', '+8250713340270'),
  phoneCase('nationwide-number', '예약전화: 1588-0270 (내선 1번)', '15880270'),
  phoneCase('country-code', 'Tel: +82 (0)2 2600 0270', '+82226000270'),
  phoneCase(
    'dots-and-fax-beside',
    '전화.팩스 없이 대표번호: 02.2600.0270 / FAX 02.2600.0271',
    '+82226000270',
  ),
  phoneCase('no-area-code', '전화번호: 2600-0270', null, ['phone PHONE_NO_AREA_CODE']),
  phoneCase('two-numbers', '대표전화: 02-2600-0270, 02-2600-0279', '+82226000270'),
];

const addressCase = (name: string, written: string, fields: object, problems: string[] = []) =>
  caseOf('address', name, {
    subject: '병원등록',
    part: clinic(`${written}\n대표전화: 02-2600-0280`),
    papers: hospitalRoles,
    items: [hospital({ ...clinicFields, phone: '+82226000280', ...fields }, { problems })],
  });

export const addresses = [
  addressCase('lot-number', '소재지: 경기도 안양시 동안구 호계동 1039-1 대림빌딩 8층', {
    ...{ address: '경기도 안양시 동안구 호계동 1039-1 대림빌딩 8층', ...at('경기', '안양시') },
  }),
  addressCase(
    'post-code-in-front',
    '주소: (24347) 강원특별자치도 춘천시 서부대성로 100, 메디컬타워 4층 401호',
    {
      address: '강원특별자치도 춘천시 서부대성로 100, 메디컬타워 4층 401호',
      ...{ zip: '24347', ...at('강원', '춘천시') },
    },
  ),
  addressCase('two-lines', '주소: 전라남도 순천시 조례1길 10\n      (조례동, 순천프라자 2층)', {
    ...{ address: '전라남도 순천시 조례1길 10 (조례동, 순천프라자 2층)', ...at('전남', '순천시') },
  }),
  addressCase('sejong', '도로명주소: 세종특별자치시 한누리대로 2130, 5층', {
    ...{ address: '세종특별자치시 한누리대로 2130, 5층', ...at('세종', '세종시') },
  }),
  addressCase('a-landmark', '오시는 길: 마곡나루역 3번 출구 앞', { address: null }, [
    'address UNREADABLE',
    ...noPlace.slice(1),
  ]),
];

const hoursCase = (name: string, written: string, openingHours: object) =>
  caseOf('hours', name, {
    subject: '병원 등록합니다',
    part: clinic(`${placeLine}\n전화: 02-2600-0290\n${written}`),
    papers: hospitalRoles,
    items: [hospital({ ...clinicFields, ...place, phone: '+82226000290', openingHours })],
  });

export const hours = [
  hoursCase(
    'twelve-hour-clock',
    '진료시간: 평일 오전 10시 ~ 오후 7시, 토요일 오전 10시 ~ 오후 4시 (점심시간 오후 1시~2시), 일/공휴일 휴진',
    week({
      weekdays: '10:00-19:00',
      sat: '10:00-16:00',
      lunch: '13:00-14:00',
      sun: 'closed',
      holiday: 'closed',
    }),
  ),
  hoursCase(
    'late-night-twice-a-week',
    '운영시간\n월,수,금 10:00 - 19:00\n화,목 10:00 - 21:00 (야간진료)\n토 10:00 - 15:00\n점심 13:00 - 14:00\n일요일,공휴일 휴무',
    week({
      mon: '10:00-19:00',
      wed: '10:00-19:00',
      fri: '10:00-19:00',
      tue: '10:00-21:00',
      thu: '10:00-21:00',
      sat: '10:00-15:00',
      lunch: '13:00-14:00',
      sun: 'closed',
      holiday: 'closed',
    }),
  ),
  hoursCase(
    'closed-on-wednesdays',
    '진료시간 : 월·화·목·금 09:30~18:30 / 수요일 정기휴진 / 토·일 09:30~14:00',
    week({
      mon: '09:30-18:30',
      tue: '09:30-18:30',
      thu: '09:30-18:30',
      fri: '09:30-18:30',
      wed: 'closed',
      sat: '09:30-14:00',
      sun: '09:30-14:00',
    }),
  ),
];

const identityCase = (name: string, lines: string, fields: object, problems: string[] = []) =>
  caseOf('identity', name, {
    subject: '병원 등록 신청',
    part: letter(`${lines}\n${placeLine}\n대표전화: 02-2600-0300\n진료과목: 피부과`, ...hospitalPapers),
    papers: hospitalRoles,
    items: [hospital({ ...place, phone: '+82226000300', departments: ['14'], ...fields }, { problems })],
  });

export const identities = [
  identityCase(
    'wrong-check-digit',
    '병원명: 미르의원\n대표자: 맹미르\n사업자번호: 123-86-00026\n종별: 의원',
    { name: '미르의원', representative: '맹미르', type: '의원', businessNumber: null },
    ['businessNumber BIZNO_CHECKSUM'],
  ),
  identityCase(
    'foundation',
    '법인명: 의료법인 새빛의료재단\n병원명: 새빛병원\n대표자: 이사장 반새빛\n사업자등록번호: 143-88-00042\n종별: 병원',
    { name: '새빛병원', representative: '반새빛', type: '병원', businessNumber: '1438800042' },
  ),
  identityCase(
    'branch',
    '상호명: 톡스앤미의원 강남점\n대표원장: 왕가은\n사업자등록번호: 211-87-00052\n의료기관 종별: 의원',
    { name: '톡스앤미의원 강남점', representative: '왕가은', type: '의원', businessNumber: '2118700052' },
  ),
  identityCase(
    'name-in-two-scripts',
    '병원명(국문/영문): 루미에르의원 / Lumiere Clinic\n대표자 성함: 노 아 (Noah)\n사업자 등록 번호: 2148600068\n종별: 의원급',
    { name: '루미에르의원', representative: '노아', type: '의원', businessNumber: '2148600068' },
  ),
];
