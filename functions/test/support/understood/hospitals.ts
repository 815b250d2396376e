/** Hospitals, as forms and letters tell of them. */
import { type CorpusMail, mail, raon, table, weekdays } from './said.ts';

export const hospitals: readonly CorpusMail[] = [
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
