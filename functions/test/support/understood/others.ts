/** Mails of several kinds, changes, and mails that ask for nothing. */
import { type CorpusMail, mail, raon, table, unsaidHours, weekdays } from './said.ts';

export const others: readonly CorpusMail[] = [
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
  {
    name: 'a proposal that registers nothing',
    message: mail('안녕하세요', '제휴 제안드립니다. 저희는 광고대행사입니다. 연락처 010-1234-5678'),
    expected: [],
  },
  { name: 'an empty mail', message: mail('', ''), expected: [] },
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
];
