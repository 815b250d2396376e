/**
 * Mails of the kinds clinics send, already read into blocks, and what must be understood of each. Addresses, names and
 * numbers are invented; business numbers are those the tax office publishes as examples or of the 999 range.
 */
import type { Block, Source, TableBlock } from '../../src/mail/message.ts';
import type { Understandable } from '../../src/registrations/understanding/understand.ts';

export interface ExpectedItem {
  readonly kind: 'hospital' | 'doctor' | 'event' | null;
  readonly intent?: 'change';
  readonly row?: number;
  /** Fields that must be read so; null: said, not readable. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Fields that must not be certain. */
  readonly low?: readonly string[];
  /** `field REASON`, all of them. */
  readonly problems?: readonly string[];
  /** Labels that must be kept for the operator. */
  readonly extra?: readonly string[];
}
export interface CorpusMail {
  readonly name: string;
  readonly message: Understandable;
  readonly expected: readonly ExpectedItem[];
}

const sentAt = Date.parse('2026-11-21T00:00:00Z');
const text = (words: string, source: Source = 'body'): Block => ({ kind: 'text', source, text: words });
const table = (rows: string[][], name = '', source: Source = 'body'): TableBlock => ({
  ...{ kind: 'table', source, name, rows },
});
const mail = (subject: string, ...blocks: (Block | string)[]): Understandable => ({
  subject,
  blocks: blocks.map((block) => (typeof block === 'string' ? text(block) : block)),
  forwardedFrom: null,
  sentAt,
});

const raon = { name: '라온의원', representative: '김라온', businessNumber: '1208147521' };
const kim = { name: '김라온', licenceNumber: '12345', isSpecialist: true, specialty: '08' };
const weekdays = (hours: string) => ({ mon: hours, tue: hours, wed: hours, thu: hours, fri: hours });
const unsaidHours = { sat: null, sun: null, holiday: null, lunch: null };

const hospitals: CorpusMail[] = [
  {
    name: 'every decoration of labels',
    message: mail(
      '병원 등록 신청',
      [
        '병원명(필수): 라온의원',
        '■ 대표자 - 김라온',
        '▶사업자 No. 1208147521',
        '요양기관기호 = 12345678',
        '3. 의료기관 종별： □ 병원 ■ 의원 □ 치과의원',
        '[오시는길] (우 06134) 서울시 강남구 테헤란로 123 라온빌딩 4층',
        'TEL. 02-555-0101 / FAX. 02-555-0102',
        'homepage : www.raon.example',
        '진료분야는 성형외과, 피부과입니다.',
        '영업시간\t월~금 10시-19시, 토 10-16시, 일요일/공휴일 휴무, 점심시간 1시~2시',
        '주차: 건물 뒤 2시간 무료',
        '담당자: 박실장 / 연락처: 010-1234-5678',
      ].join('\n'),
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...raon,
          careInstitutionNumber: '12345678',
          type: '의원',
          address: '서울시 강남구 테헤란로 123 라온빌딩 4층',
          zip: '06134',
          phone: '+8225550101',
          homepage: 'https://www.raon.example',
          departments: ['08', '14'],
          openingHours: {
            ...weekdays('10:00-19:00'),
            ...{ sat: '10:00-16:00', sun: 'closed', holiday: 'closed', lunch: '13:00-14:00' },
          },
        },
        problems: [],
        extra: ['주차', '담당자', '담당자 연락처'],
      },
    ],
  },
  {
    name: 'form of four columns under a title, lines within a cell',
    message: mail(
      '병원 입점 신청서',
      table([
        Array.from({ length: 4 }, () => '병원 입점 신청서'),
        ['병원명', '라온의원', '대표자', '김라온'],
        ['사업자등록번호', '120-81-47521', '요양기관기호', '12345678'],
        ['종별', '의원', '개원일', '2020.3.1'],
        ['주소', '서울 강남구 테헤란로 1', '서울 강남구 테헤란로 1', '서울 강남구 테헤란로 1'],
        ['대표전화', '02-555-0101', '팩스', '02-555-0102'],
        ['진료과목', '피부과', '진료시간', '평일 10:00~19:00\n토 10:00~16:00\n일요일 휴진'],
      ]),
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...{ ...raon, type: '의원' },
          ...{ region: '서울', district: '강남구', phone: '+8225550101', departments: ['14'] },
          openingHours: {
            ...weekdays('10:00-19:00'),
            ...{ sat: '10:00-16:00', sun: 'closed', holiday: null, lunch: null },
          },
        },
        problems: [],
        extra: ['개원일', '팩스'],
      },
    ],
  },
  {
    name: 'label on one line, value on the next',
    message: mail(
      '병원 등록',
      '병원명\n라온의원\n\n대표자\n김라온\n\n사업자등록번호\n120-81-47521\n\n종별\n의원\n\n주소\n서울 강남구 테헤란로 1\n\n전화번호\n02-555-0101',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...{ ...raon, type: '의원' },
          ...{ address: '서울 강남구 테헤란로 1', phone: '+8225550101' },
        },
        problems: [],
      },
    ],
  },
  {
    name: 'one sentence per field',
    message: mail(
      '병원 등록',
      '상호는 라온의원입니다\n대표자는 김라온입니다\n사업자등록번호는 120-81-47521입니다\n주소는 서울 강남구 테헤란로 1입니다\n전화는 02-555-0101입니다',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...raon,
          ...{ region: '서울', phone: '+8225550101' },
        },
        problems: [],
      },
    ],
  },
  {
    name: 'running text only',
    message: mail(
      '입점 문의드립니다',
      '안녕하세요, 저희는 강남역 3번 출구 근처에 있는 하늘피부과의원입니다.\n대표원장은 박하늘 원장님이고 피부과 전문의이십니다. 사업자등록번호는 120-81-47521이고 대표번호는 02-555-0101입니다.\n홍보팀 드림',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...{ name: '하늘피부과의원', representative: '박하늘', businessNumber: '1208147521' },
          ...{ phone: '+8225550101', address: undefined, departments: undefined },
        },
        low: ['name', 'representative', 'businessNumber', 'phone'],
        problems: [],
      },
    ],
  },
  {
    name: 'a contradiction, a landmark and a missing area code',
    message: mail(
      '병원 등록',
      '[병원명] 라온의원\n[대표자] 김라온\n[사업자등록번호] 123-45-67890\n[전화] 5550106\n[대표전화] 02-555-0101\n[대표전화] 02-555-0102\n[주소] 강남역 3번 출구 근처',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: { name: '라온의원', businessNumber: null, address: null, phone: '+8225550101' },
        low: ['phone'],
        problems: ['businessNumber BIZNO_CHECKSUM', 'address UNREADABLE', 'phone CONFLICT'],
      },
    ],
  },
  {
    name: 'sheet of branches',
    message: mail(
      '지점 등록',
      table(
        [
          ['병원명', '대표자', '사업자등록번호', '종별', '주소', '전화번호', '진료과목'],
          ['라온의원', '김라온', '120-81-47521', '의원', '서울 강남구 테헤란로 1', '02-555-0101', '피부과'],
          [],
          [
            '다온의원',
            '이다온',
            '2208162517',
            '의원',
            '부산 해운대구 해운대로 2',
            '5550102',
            '성형외과/마취통증의학과',
          ],
        ],
        '지점',
        'sheet',
      ),
    ),
    expected: [
      {
        kind: 'hospital',
        row: 2,
        fields: { name: '라온의원', businessNumber: '1208147521', type: '의원', departments: ['14'] },
        problems: [],
      },
      {
        kind: 'hospital',
        row: 4,
        fields: {
          name: '다온의원',
          businessNumber: '2208162517',
          phone: null,
          departments: ['08'],
          region: '부산',
        },
        low: ['departments', 'phone'],
        problems: ['phone PHONE_NO_AREA_CODE'],
      },
    ],
  },
  {
    name: 'hours below each other, text after them',
    message: mail(
      '병원 등록',
      '병원명: 라온의원\n대표자: 김라온\n진료시간:\n - 월, 수, 금 : 09:30 ~ 18:30\n - 화, 목 : 09:30 ~ 20:30 (야간진료)\n - 토요일 : 09:30 ~ 14:00 (점심시간 없음)\n - 점심시간 : 13:00 ~ 14:00\n - 일요일, 공휴일 : 휴진\n감사합니다.',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '라온의원',
          openingHours: {
            ...{ mon: '09:30-18:30', tue: '09:30-20:30', wed: '09:30-18:30', thu: '09:30-20:30' },
            ...{
              fri: '09:30-18:30',
              sat: '09:30-14:00',
              sun: 'closed',
              holiday: 'closed',
              lunch: '13:00-14:00',
            },
          },
        },
      },
    ],
  },
  {
    name: 'blank form: nothing said is nothing understood',
    message: mail(
      '병원 등록',
      '병원명: 라온의원\n대표자:\n사업자등록번호: -\n주소: 추후 제출\n전화번호: (예: 02-000-0000)\n진료과목:',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...{ name: '라온의원', representative: undefined, businessNumber: undefined },
          ...{ address: undefined, phone: undefined, departments: undefined },
        },
        problems: [],
      },
    ],
  },
];

const doctors: CorpusMail[] = [
  {
    name: 'sections for two doctors, the hospital once',
    message: mail(
      'FW: 라온성형외과 등록 요청',
      '--- 의사 1 ---\n성명: 김라온\n면허번호: 12345\n전문의: 성형외과 전문의\n--- 의사 2 ---\n성명: 이가람\n면허번호: 23456\n전문의: 해당없음\n\n소속병원: 라온성형외과의원\n사업자등록번호: 120-81-47521',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          ...{ name: '김라온', licenceNumber: '12345', isSpecialist: true, specialty: '08' },
          ...{ hospitalBusinessNumber: '1208147521', hospitalName: '라온성형외과의원' },
        },
        problems: [],
      },
      {
        kind: 'doctor',
        fields: {
          ...{ name: '이가람', licenceNumber: '23456', isSpecialist: false },
          hospitalBusinessNumber: '1208147521',
        },
        problems: [],
      },
    ],
  },
  {
    name: 'an agency forwards: its own number is nobody’s',
    message: {
      ...mail(
        'Fwd: 의사 등록',
        '안녕하세요 메디에이전시 최대리입니다. 아래 내용 등록 부탁드립니다. 문의 010-9999-8888',
        text(
          '안녕하세요 라온의원입니다\n의사 1\n성명 : 김라온\n의사면허번호 : 12345\n전문의 : 성형외과\n\n의사 2\n성명 : 이가람\n의사면허번호 : 23456\n전문의 : 없음\n\n사업자번호 : 120-81-47521',
          'forwarded',
        ),
      ),
      forwardedFrom: 'desk@raon.example',
    },
    expected: [
      {
        kind: 'doctor',
        fields: {
          ...{ name: '김라온', licenceNumber: '12345', isSpecialist: true, phone: undefined },
          ...{ hospitalBusinessNumber: '1208147521', hospitalName: '라온의원' },
        },
      },
      {
        kind: 'doctor',
        fields: {
          name: '이가람',
          licenceNumber: '23456',
          isSpecialist: false,
          hospitalBusinessNumber: '1208147521',
        },
      },
    ],
  },
  {
    name: 'a doctor per line',
    message: mail(
      '의료진 2명 등록',
      '1) 김라온 원장 / 면허번호 12345 / 성형외과 전문의(제4567호)\n2) 이가람 원장 / 면허번호 23456 / 일반의\n소속: 라온의원 (120-81-47521)',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          ...{
            ...kim,
            specialistNumber: '4567',
          },
          ...{ hospitalName: '라온의원', hospitalBusinessNumber: '1208147521' },
        },
        low: ['name', 'isSpecialist'],
      },
      {
        kind: 'doctor',
        fields: {
          name: '이가람',
          licenceNumber: '23456',
          isSpecialist: false,
          hospitalBusinessNumber: '1208147521',
        },
      },
    ],
  },
  {
    name: 'sheet with numbering; the hospital in the greeting',
    message: mail(
      '의료진 명단 송부',
      '안녕하세요 라온의원입니다. 사업자번호 120-81-47521 입니다.\n의료진 명단 첨부합니다.',
      table(
        [
          ['연번', '성명', '직위', '면허번호', '전문과목', '전문의자격번호', '연락처'],
          ['1', '김라온', '대표원장', '12345', '성형외과', '4567', '010-1234-5678'],
          ['2', '이가람', '원장', '23456', '-', '-', '010-1111-2222'],
        ],
        '의료진',
        'sheet',
      ),
    ),
    expected: [
      {
        kind: 'doctor',
        row: 2,
        fields: {
          ...{ name: '김라온', licenceNumber: '12345', specialty: '08', specialistNumber: '4567' },
          ...{ hospitalName: '라온의원', hospitalBusinessNumber: '1208147521' },
        },
        low: ['hospitalName'],
        extra: ['직위'],
      },
      {
        kind: 'doctor',
        row: 3,
        fields: { name: '이가람', licenceNumber: '23456', isSpecialist: false, specialistNumber: undefined },
      },
    ],
  },
  {
    name: 'table written with tabs',
    message: mail(
      '의사 등록',
      '의사 2명 등록 요청드립니다\n성명\t면허번호\t전문의\t자격번호\n김라온\t12345\t성형외과\t555\n이가람\t23456\t해당없음\t-\n\n소속: 라온의원\n사업자번호 120-81-47521',
    ),
    expected: [
      {
        kind: 'doctor',
        row: 2,
        fields: {
          name: '김라온',
          specialty: '08',
          specialistNumber: '555',
          hospitalBusinessNumber: '1208147521',
        },
      },
      {
        kind: 'doctor',
        row: 3,
        fields: { name: '이가람', isSpecialist: false, hospitalBusinessNumber: '1208147521' },
      },
    ],
  },
  {
    name: 'labels, and a sentence for the qualification',
    message: mail(
      '의사 등록',
      '이름: 박하늘\n면허번호: 12345\n성형외과 전문의이시고 10년 경력이십니다.\n사업자번호: 120-81-47521',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: { name: '박하늘', licenceNumber: '12345', isSpecialist: true, specialty: '08' },
        low: ['isSpecialist', 'specialty'],
        problems: [],
      },
    ],
  },
  {
    name: 'two names under one label',
    message: mail('의사 등록합니다', '의사명: 김라온, 이가람\n면허번호: 12345'),
    expected: [
      { kind: 'doctor', fields: { name: null, licenceNumber: '12345' }, problems: ['name SEVERAL_NAMES'] },
    ],
  },
];

const events: CorpusMail[] = [
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

const mixed: CorpusMail[] = [
  {
    name: 'a hospital, two doctors and an event',
    message: mail(
      '병원/의사/이벤트 등록 요청',
      `[병원 정보]
병원명 : 라온의원
대표자: 김라온 / 사업자번호: 120-81-47521
주소 = 서울 강남구 테헤란로 1, 2층
대표전화	02-555-0101
진료과목 - 피부과, 성형외과
진료시간
평일 : 10:00 ~ 19:00
토요일 : 10:00 ~ 16:00
점심시간 : 13:00 ~ 14:00
일/공휴일 휴진

[의료진]
1) 성명: 김라온 / 면허번호 : 제12345호 / 전문과목: 피부과 전문의
2) 성명: 이가람 / 면허번호 : 제23456호 / 전문의 아님

[이벤트]
이벤트명: 보톡스
정상가: 10만원
할인가: 5만원 (부가세 별도)
기간: 12/1~12/31`,
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...{
            ...raon,
            phone: '+8225550101',
          },
          departments: ['08', '14'],
          openingHours: {
            ...weekdays('10:00-19:00'),
            ...{ sat: '10:00-16:00', sun: 'closed', holiday: 'closed', lunch: '13:00-14:00' },
          },
        },
        problems: [],
      },
      {
        kind: 'doctor',
        fields: {
          name: '김라온',
          licenceNumber: '12345',
          specialty: '14',
          hospitalBusinessNumber: '1208147521',
        },
        problems: [],
      },
      {
        kind: 'doctor',
        fields: {
          name: '이가람',
          licenceNumber: '23456',
          isSpecialist: false,
          hospitalBusinessNumber: '1208147521',
        },
        problems: [],
      },
      {
        kind: 'event',
        fields: {
          ...{ title: '보톡스', priceAfter: 50_000, startsOn: '2026-12-01', endsOn: '2026-12-31' },
          hospitalBusinessNumber: '1208147521',
        },
        low: ['startsOn', 'endsOn'],
        problems: ['vatIncluded VAT_EXCLUDED'],
      },
    ],
  },
  {
    name: 'form whose first column names the section',
    message: mail(
      '등록 신청',
      table([
        ['병원', '병원명', '라온의원'],
        ['병원', '대표자', '김라온'],
        ['병원', '사업자번호', '120-81-47521'],
        ['병원', '주소', '서울 강남구 테헤란로 1'],
        ['병원', '전화', '02-555-0101'],
        ['의사1', '성명', '김라온'],
        ['의사1', '면허번호', '12345'],
        ['의사1', '전문의', '피부과'],
        ['의사2', '성명', '이가람'],
        ['의사2', '면허번호', '23456'],
        ['의사2', '전문의', '해당없음'],
      ]),
    ),
    expected: [
      { kind: 'hospital', fields: { name: '라온의원', representative: '김라온', phone: '+8225550101' } },
      { kind: 'doctor', fields: { name: '김라온', specialty: '14', hospitalBusinessNumber: '1208147521' } },
      { kind: 'doctor', fields: { name: '이가람', isSpecialist: false, hospitalName: '라온의원' } },
    ],
  },
];

const changes: CorpusMail[] = [
  {
    name: 'reply with labels',
    message: mail('[DP-20261121-0003] 회신', '안녕하세요.\n면허번호: 12345\n요청하신 면허증 첨부합니다.'),
    expected: [{ kind: 'doctor', intent: 'change', fields: { licenceNumber: '12345' }, problems: [] }],
  },
  {
    name: 'arrow and sentence',
    message: mail(
      '병원 정보 변경 요청',
      '진료시간을 평일 10:00~20:00로 변경 부탁드립니다.\n주소: 서울 서초구 강남대로 1 → 서울 강남구 테헤란로 5',
    ),
    expected: [
      {
        kind: 'hospital',
        intent: 'change',
        fields: {
          ...{ address: '서울 강남구 테헤란로 5', region: '서울', district: '강남구' },
          openingHours: { ...weekdays('10:00-20:00'), ...unsaidHours },
        },
      },
    ],
  },
  {
    name: 'before and after side by side',
    message: mail(
      '변경 요청드립니다',
      table([
        ['항목', '변경 전', '변경 후'],
        ['대표전화', '02-555-0101', '02-555-0199'],
        ['대표자', '김라온', '이가람'],
      ]),
    ),
    expected: [
      {
        kind: 'hospital',
        intent: 'change',
        fields: { phone: '+8225550199', representative: '이가람' },
        problems: [],
      },
    ],
  },
];

const further: CorpusMail[] = [
  {
    name: 'circles, areas and a twelve-hour clock',
    message: mail(
      '입점신청합니다',
      '◎ 의료기관명 : 소망안과의원\n◎ 대표원장 : 최소망\n◎ 사업자 번호 : 220 81 62517\n◎ 소재지 : 경기도 성남시 분당구 판교역로 10, 5층 501호 (백현동)\n◎ 연락처 : 031)705-1234\n◎ 진료과 : 안과\n◎ 요양기관 기호 : 41234567\n◎ 홈페이지 : somang-eye.example\n◎ 운영시간 : 평일 오전 9시 30분 ~ 오후 6시 30분 / 토요일 오전 9시 30분 ~ 오후 2시 (점심시간 없음) / 일요일, 공휴일 휴진',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '소망안과의원',
          representative: '최소망',
          businessNumber: '2208162517',
          region: '경기',
          district: '성남시',
          phone: '+82317051234',
          departments: ['12'],
          careInstitutionNumber: '41234567',
          homepage: 'https://somang-eye.example',
          openingHours: {
            ...weekdays('09:30-18:30'),
            sat: '09:30-14:00',
            sun: 'closed',
            holiday: 'closed',
            lunch: null,
          },
        },
        problems: [],
      },
    ],
  },
  {
    name: 'labels parted by a space',
    message: mail(
      '병원등록',
      '병원명 라온의원\n대표자 김라온\n사업자등록번호 120-81-47521\n주소 서울 강남구 테헤란로 1\n전화 1588-1234\n진료과목 성형외과 피부과',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...raon,
          address: '서울 강남구 테헤란로 1',
          phone: '15881234',
          departments: ['08', '14'],
        },
      },
    ],
  },
  {
    name: 'pipes between label and value',
    message: mail(
      '[신규 병원 등록 요청] 미소치과의원',
      '병원명 | 미소치과의원\n대표자 | 한미소\n사업자번호 | 124-81-00998\n주소 | 세종특별자치시 한누리대로 10\n전화 | 044-123-4567\n종별 | 치과의원\n진료과목 | 치과',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '미소치과의원',
          representative: '한미소',
          businessNumber: '1248100998',
          region: '세종',
          district: '세종시',
          phone: '+82441234567',
          type: '치과의원',
          departments: ['49'],
        },
      },
    ],
  },
  {
    name: 'a numbered letter, weekdays without commas',
    message: mail(
      '병원 등록 신청드려요',
      '안녕하세요~\n저희 병원 정보 보내드립니다!\n\n1. 병원 이름: 봄날의원 (강남점)\n2. 원장님 성함: 이봄날 원장님\n3. 사업자등록번호: 1208801280\n4. 병원 주소: 서울 강남구 강남대로 396 (역삼동, 강남빌딩) 10층\n5. 대표번호: 02.555.0101\n6. 진료과목: 피부과\n7. 진료시간: 월화목금 10:00-19:00, 수 10:00-21:00, 토 10:00-15:00\n8. 주차 가능 여부: 가능\n9. 인스타그램: @bomnal',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '봄날의원',
          representative: '이봄날',
          businessNumber: '1208801280',
          district: '강남구',
          phone: '+8225550101',
          departments: ['14'],
          openingHours: {
            mon: '10:00-19:00',
            tue: '10:00-19:00',
            wed: '10:00-21:00',
            thu: '10:00-19:00',
            fri: '10:00-19:00',
            sat: '10:00-15:00',
            sun: null,
            holiday: null,
            lunch: null,
          },
        },
        problems: [],
        extra: ['주차 가능 여부', '인스타그램'],
      },
    ],
  },
  {
    name: 'form with a column of examples',
    message: mail(
      '병원 정보',
      table([
        ['항목', '내용', '작성 예시'],
        ['병원명', '라온의원', '○○의원'],
        ['대표자명', '김라온', '홍길동'],
        ['사업자등록번호', '120-81-47521', '000-00-00000'],
        ['주소', '서울 강남구 테헤란로 1', '서울시 …'],
        ['대표번호', '02-555-0101', '02-000-0000'],
      ]),
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...raon,
          phone: '+8225550101',
          address: '서울 강남구 테헤란로 1',
        },
      },
    ],
  },
  {
    name: 'everything on one line',
    message: mail(
      '병원 등록',
      '상호: 라온의원, 대표: 김라온, 사업자번호: 120-81-47521, 전화: 02-555-0101, 주소: 서울 강남구 테헤란로 1, 진료과목: 피부과',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...raon,
          phone: '+8225550101',
          address: '서울 강남구 테헤란로 1',
          departments: ['14'],
        },
      },
    ],
  },
  {
    name: 'a greeting, then brackets for colons',
    message: mail(
      '신규 입점 문의',
      '안녕하세요. 부산 해운대 다온성형외과의원 김실장입니다.\n입점하려면 어떻게 해야 하나요?\n주소: 부산광역시 해운대구 해운대로 100\n대표자: 정다온\n사업자: 2208162517\nTel) 051-700-1234\nFax) 051-700-1235\nE-mail) desk@daon.example',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '다온성형외과의원',
          representative: '정다온',
          businessNumber: '2208162517',
          phone: '+82517001234',
          region: '부산',
          district: '해운대구',
        },
        low: ['name'],
      },
    ],
  },
  {
    name: 'career as a list, boxes to tick',
    message: mail(
      '의료진 등록 요청의 건',
      '[의료진 정보]\n○ 의료진명: 김라온\n○ 직책: 대표원장\n○ 면허번호: 제12345호\n○ 전문의 여부: ■ 예 □ 아니오\n○ 전문과목: 피부과\n○ 전문의 자격번호: 4567\n○ 약력\n- 가나대학교 의과대학 졸업\n- 現) 라온의원 대표원장\n- 前) 다라병원 피부과 과장\n○ 소속병원: 라온의원\n○ 사업자등록번호: 120-81-47521',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          name: '김라온',
          licenceNumber: '12345',
          isSpecialist: true,
          specialty: '14',
          specialistNumber: '4567',
          hospitalName: '라온의원',
          hospitalBusinessNumber: '1208147521',
          career: ['가나대학교 의과대학 졸업', '現) 라온의원 대표원장', '前) 다라병원 피부과 과장'],
        },
        problems: [],
        extra: ['직책'],
      },
    ],
  },
  {
    name: 'short labels, an X for no specialist',
    message: mail(
      '원장님 프로필 등록',
      '성함 : 이가람 원장\n의사면허 : 23456번\n전문의 : X\n주요시술 : 보톡스, 필러, 리프팅\n소속 : 라온의원(120-81-47521)',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          name: '이가람',
          licenceNumber: '23456',
          isSpecialist: false,
          focus: ['보톡스', '필러', '리프팅'],
          hospitalName: '라온의원',
          hospitalBusinessNumber: '1208147521',
        },
      },
    ],
  },
  {
    name: 'two sentences',
    message: mail(
      '의사 추가 등록',
      '안녕하세요. 라온의원입니다. 새로 오신 이가람 원장님 등록 부탁드립니다.\n면허번호는 34567이고 성형외과 전문의입니다. 전문의 자격번호는 1234입니다.\n감사합니다.',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          name: '이가람',
          licenceNumber: '34567',
          isSpecialist: true,
          specialty: '08',
          specialistNumber: '1234',
          hospitalName: '라온의원',
        },
        low: ['name', 'isSpecialist'],
      },
    ],
  },
  {
    name: 'career with years and colons',
    message: mail(
      '의사등록',
      '의사명: 남궁민수 (Namgung Minsu)\n면허번호: No. 98765\n전문의: 아니요\n학력: 가나대 의대\n경력: 2010~2015: 가나병원 근무\n2016~2020: 다라의원 원장\n사업자번호: 120-81-47521',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          name: '남궁민수',
          licenceNumber: '98765',
          isSpecialist: false,
          career: ['가나대 의대', '2010~2015: 가나병원 근무', '2016~2020: 다라의원 원장'],
        },
      },
    ],
  },
  {
    name: 'an impossible licence and a resident',
    message: mail(
      '의사 등록 2명',
      '■ 의사 1\n이름 : 김라온\n면허번호 : 11111\n전문의 : 피부과 전문의\n\n■ 의사 2\n이름 : 박하늘\n면허번호 : 1234567\n전문의 : 전공의 3년차\n\n소속 : 라온의원 / 사업자번호 : 120-81-47521',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          name: '김라온',
          licenceNumber: '11111',
          hospitalBusinessNumber: '1208147521',
          hospitalName: '라온의원',
        },
      },
      {
        kind: 'doctor',
        fields: {
          name: '박하늘',
          licenceNumber: null,
          isSpecialist: null,
          hospitalBusinessNumber: '1208147521',
        },
        problems: ['licenceNumber UNREADABLE', 'isSpecialist UNREADABLE'],
      },
    ],
  },
  {
    name: 'sheet of doctors with yes and no',
    message: mail(
      '의사 명단',
      table(
        [
          ['의료진 등록 양식', '', ''],
          ['소속병원', '이름', '면허번호', '전문의 여부', '전문과목'],
          ['라온의원', '김라온', '제 000123 호', 'O', '성형외과'],
          ['라온의원', '이가람', '제 000456 호', 'X', '-'],
        ],
        '의료진',
        'sheet',
      ),
    ),
    expected: [
      {
        kind: 'doctor',
        row: 3,
        fields: {
          name: '김라온',
          licenceNumber: '123',
          isSpecialist: true,
          specialty: '08',
          hospitalName: '라온의원',
        },
      },
      {
        kind: 'doctor',
        row: 4,
        fields: { name: '이가람', licenceNumber: '456', isSpecialist: false, hospitalName: '라온의원' },
      },
    ],
  },
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
    name: 'two fields of a ticket',
    message: mail(
      'Re: Re: [DP-20261121-0007] 이벤트 등록 안내',
      '기간 2026.12.10 ~ 2026.12.31 로 변경합니다.\n할인가: 89만원',
    ),
    expected: [
      {
        kind: 'event',
        intent: 'change',
        fields: { startsOn: '2026-12-10', endsOn: '2026-12-31', priceAfter: 890000 },
      },
    ],
  },
  {
    name: 'an answer in a sentence',
    message: mail('RE: [DP-20261121-0002]', '네 주소는 서울 강남구 테헤란로 10 입니다. 우편번호 06234'),
    expected: [
      { kind: 'hospital', intent: 'change', fields: { address: '서울 강남구 테헤란로 10', zip: '06234' } },
    ],
  },
  {
    name: 'something has changed',
    message: mail('안녕하세요', '라온의원입니다. 대표전화가 02-555-0199로 변경되었습니다. 수정 부탁드려요.'),
    expected: [{ kind: 'hospital', intent: 'change', fields: { phone: '+8225550199' } }],
  },
  {
    name: 'a home page',
    message: mail('홈페이지 주소 변경', '홈페이지를 https://new-raon.example 로 변경해주세요'),
    expected: [{ kind: 'hospital', intent: 'change', fields: { homepage: 'https://new-raon.example' } }],
  },
  {
    name: 'numbered sections',
    message: mail(
      '병원 및 의료진 등록',
      '1. 병원정보\n - 병원명: 라온의원\n - 대표자: 김라온\n - 사업자번호: 120-81-47521\n - 주소: 서울 강남구 테헤란로 1\n - 전화: 02-555-0101\n - 진료과목: 피부과\n2. 의료진정보\n - 성명: 김라온 / 면허번호: 12345 / 전문의: 피부과\n - 성명: 이가람 / 면허번호: 23456 / 전문의: 없음',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: { name: '라온의원', representative: '김라온', departments: ['14'] },
        problems: [],
      },
      { kind: 'doctor', fields: { name: '김라온', licenceNumber: '12345', specialty: '14' } },
      { kind: 'doctor', fields: { name: '이가람', licenceNumber: '23456', isSpecialist: false } },
    ],
  },
  {
    name: 'blocks without headings',
    message: mail(
      '등록 요청',
      '병원명: 라온의원\n대표자: 김라온\n사업자번호: 120-81-47521\n주소: 서울 강남구 테헤란로 1\n전화: 02-555-0101\n\n의사명: 김라온\n면허번호: 12345\n전문의: 피부과 전문의\n\n의사명: 이가람\n면허번호: 23456\n전문의: 없음\n\n이벤트명: 보톡스\n정상가: 10만원\n할인가: 8만원\n기간: 2026.12.1~2026.12.31\nVAT: 포함',
    ),
    expected: [
      { kind: 'hospital', fields: { name: '라온의원', representative: '김라온' } },
      { kind: 'doctor', fields: { name: '김라온', licenceNumber: '12345' } },
      { kind: 'doctor', fields: { name: '이가람', licenceNumber: '23456' } },
      {
        kind: 'event',
        fields: { title: '보톡스', priceAfter: 80000, vatIncluded: true, hospitalName: '라온의원' },
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
];

const letters: CorpusMail[] = [
  {
    name: 'an official letter',
    message: mail(
      '안녕하세요 병원 등록 부탁드립니다',
      '수고하십니다.\n아래와 같이 병원 정보 송부드리오니 등록 부탁드립니다.\n\n- 아 래 -\n\n가. 병원명 : 푸른솔의원\n나. 대표자 : 송푸른\n다. 사업자등록번호 : 124-81-00998\n라. 소재지 : 대전광역시 서구 둔산로 100, 3층\n마. 전화번호 : 042-123-4567\n바. 진료과목 : 피부과, 가정의학과\n사. 진료시간 : 평일 09:30~18:30 / 토요일 09:30~14:00 / 일요일, 공휴일 휴무\n\n끝.',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '푸른솔의원',
          representative: '송푸른',
          businessNumber: '1248100998',
          address: '대전광역시 서구 둔산로 100, 3층',
          district: '서구',
          phone: '+82421234567',
          departments: ['14', '23'],
        },
        problems: [],
      },
    ],
  },
  {
    name: 'a former name in brackets, short labels',
    message: mail(
      '의원 등록',
      '병원명: 연세라온의원(구 라온의원)\n원장: 김라온\n등록번호: 1208147521\n위치: 서울 마포구 양화로 45 2F\n예약문의: 02-333-0101\n종류: 의원\n과목: 성형외과\n시간: 10~19시 (주말 휴무)',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '연세라온의원',
          representative: '김라온',
          businessNumber: '1208147521',
          address: '서울 마포구 양화로 45 2F',
          phone: '+8223330101',
        },
      },
    ],
  },
  {
    name: 'a profile under each name',
    message: mail(
      '의사 프로필 전달드립니다',
      '<의료진 소개>\n\n김라온 대표원장\n- 성형외과 전문의\n- 면허번호 12345\n- 가나대학교 의과대학 졸업\n- 대한성형외과학회 정회원\n\n이가람 원장\n- 피부과 전문의\n- 면허번호 23456\n- 다라대학교 의과대학 졸업\n\n라온의원 (사업자번호 120-81-47521)',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          ...kim,
          hospitalBusinessNumber: '1208147521',
        },
        low: ['name'],
      },
      {
        kind: 'doctor',
        fields: {
          name: '이가람',
          licenceNumber: '23456',
          isSpecialist: true,
          specialty: '14',
          hospitalBusinessNumber: '1208147521',
        },
      },
    ],
  },
  {
    name: 'two names and two licences on one line',
    message: mail(
      '의사 등록 요청',
      '안녕하세요, 라온의원입니다.\n신규 원장님 두 분 등록 부탁드립니다.\n\n성명: 김라온 / 이가람\n면허번호: 12345 / 23456',
    ),
    expected: [{ kind: 'doctor', fields: { name: null }, problems: ['name SEVERAL_NAMES'] }],
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
  {
    name: 'a number without its label',
    message: mail(
      'Re: [DP-20261121-0009] 서류 보완 요청',
      '안녕하세요\n사업자등록번호 오타였습니다. 120-81-47521 입니다.\n진료과목: 피부과 추가해주세요',
    ),
    expected: [
      { kind: 'hospital', intent: 'change', fields: { businessNumber: '1208147521', departments: ['14'] } },
    ],
  },
  {
    name: 'changed: so and so',
    message: mail(
      '병원 정보 수정',
      '영업시간 변경: 평일 10:00~20:00\n대표자 변경: 이가람\n전화번호 변경 → 02-555-0199',
    ),
    expected: [
      {
        kind: 'hospital',
        intent: 'change',
        fields: { hours: '평일 10:00~20:00', representative: '이가람', phone: '+8225550199' },
      },
    ],
  },
  {
    name: 'English labels, several ticks',
    message: mail(
      '병원 신규등록',
      'Hospital: 라온의원\nCEO: 김라온\nAddress: 서울 강남구 테헤란로 1\nPhone: +82-2-555-0101\n사업자등록번호(필수) 120-81-47521\n진료과목(복수선택): ☑ 성형외과 ☐ 피부과 ☑ 안과',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '라온의원',
          representative: '김라온',
          phone: '+8225550101',
          businessNumber: '1208147521',
          departments: ['08', '12'],
        },
      },
    ],
  },
  {
    name: 'numbered form, a value over two rows',
    message: mail(
      '입점',
      table([
        ['1', '병원명', '라온의원'],
        ['2', '대표자', '김라온'],
        ['3', '사업자번호', '120-81-47521'],
        ['4', '대표전화', '02-555-0101'],
        ['5', '진료시간', '평일 10:00~19:00'],
        ['', '', '토 10:00~15:00'],
      ]),
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...raon,
          phone: '+8225550101',
          hours: '평일 10:00~19:00 / 토 10:00~15:00',
        },
      },
    ],
  },
  {
    name: 'one long sentence',
    message: mail(
      '신규 의료진',
      '의사 이름은 김라온이고 면허번호는 제12345호입니다. 피부과 전문의(자격번호 999)이고 소속은 라온의원(사업자번호 120-81-47521)입니다.',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          name: '김라온',
          licenceNumber: '12345',
          isSpecialist: true,
          specialty: '14',
          specialistNumber: '999',
          hospitalName: '라온의원',
          hospitalBusinessNumber: '1208147521',
        },
      },
    ],
  },
];

const none: CorpusMail[] = [
  {
    name: 'a proposal that registers nothing',
    message: mail('안녕하세요', '제휴 제안드립니다. 저희는 광고대행사입니다. 연락처 010-1234-5678'),
    expected: [],
  },
  { name: 'an empty mail', message: mail('', ''), expected: [] },
];

export const mailCorpus: readonly CorpusMail[] = [
  ...hospitals,
  ...doctors,
  ...events,
  ...mixed,
  ...changes,
  ...further,
  ...letters,
  ...none,
];
