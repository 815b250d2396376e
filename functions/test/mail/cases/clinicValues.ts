/** Values of hospitals as they are really written: telephones, addresses, hours, names and numbers. */
import { at, caseOf, hospital, hospitalPapers, hospitalRoles, letter, noPlace, week } from './case.ts';

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
