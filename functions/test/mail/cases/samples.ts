/** The five mails handed to us with the task, as they are in ../samples. */
import { readFileSync } from 'node:fs';
import {
  at,
  doctor,
  type Expected,
  type ExpectedItem,
  event,
  hospital,
  type MailCase,
  week,
} from './case.ts';

// Seen from the root of the project, where every command starts.
const folder = 'functions/test/mail/samples';
const sample = (name: string, more: Partial<Expected>, ...items: ExpectedItem[]): MailCase => ({
  name: `sample-${name.toLowerCase()}`,
  trap: 'sample',
  file: `../samples/${name}.eml`,
  raw: readFileSync(`${folder}/${name}.eml`),
  expected: { items, warnings: [], papers: [], automatic: null, answer: 'understood', ...more },
});

const daon = { hospitalName: '다온피부과의원', startsOn: '2026-12-01' };
const noPicture = 'main MISSING_PAPER';

export const samples = [
  sample(
    '01_hospital_outlook_cp949_table',
    { papers: ['bizRegistration', 'openingCertificate'] },
    hospital({
      ...{ name: '라온뷰티샾의원', representative: '김라온', businessNumber: '9998800014', type: '의원' },
      ...{ careInstitutionNumber: '99123456', zip: '06000', phone: '+8225550101', departments: ['08', '14'] },
      ...{ address: '서울특별시 강남구 테헤란로 0길 12, 3층 (역삼동)', ...at('서울', '강남구') },
      homepage: 'https://raon-clinic.example',
      openingHours: week({
        ...{ weekdays: '10:00-19:00', fri: '10:00-21:00', sat: '10:00-16:00' },
        ...{ sun: 'closed', holiday: 'closed', lunch: '13:00-14:00' },
      }),
    }),
  ),
  sample(
    '02_doctor_naver_utf8_rrn',
    { papers: ['medicalLicense', 'specialistCert', 'profile'], warnings: ['RRN_REDACTED'] },
    doctor({
      ...{ name: '김라온', licenceNumber: '123', isSpecialist: true, specialty: '08' },
      ...{ specialistNumber: '4567', hospitalBusinessNumber: '9998800014', hospitalName: '라온뷰티샾의원' },
      phone: '+821000002222',
      focus: ['눈성형', '코성형'],
      career: [
        '가나대학교 의과대학 졸업',
        '가나대학교병원 성형외과 전공의 수료',
        '前 다라성형외과 원장',
        '대한성형외과학회 정회원',
      ],
    }),
  ),
  sample(
    '03_event_gmail_utf8_nfd',
    { papers: ['main', 'detail'] },
    event({
      ...{ title: '자연유착 쌍꺼풀', category: '눈성형 > 쌍꺼풀', hospitalName: '라온뷰티샾의원' },
      ...{ priceBefore: 1_320_000, priceAfter: 990_000, vatIncluded: true },
      ...{ startsOn: '2026-12-01', endsOn: '2027-01-31', adReviewNumber: '261101-중-000001' },
      adReviewValidUntil: '2029-10-31',
      target: '신규 고객, 수술비에 한함(마취비 별도 100,000원)',
      sideEffects: '출혈, 감염, 비대칭, 흉터 등 부작용이 발생할 수 있으며 개인차가 있습니다.',
    }),
  ),
  sample(
    '05_events_excel_bulk',
    { papers: ['other'], warnings: ['LINKED_FILES'] },
    event(
      {
        ...{ ...daon, title: '슈링크 300샷', category: '리프팅', priceBefore: 400_000, priceAfter: 290_000 },
        ...{ vatIncluded: true, endsOn: '2027-01-31', adReviewNumber: '261102-중-000002' },
      },
      { problems: ['target NO_TARGET', noPicture] },
    ),
    event(
      {
        ...{ ...daon, title: '보톡스 사각턱', category: '보톡스', priceBefore: 150_000, priceAfter: 49_000 },
        ...{ vatIncluded: false, endsOn: null },
      },
      {
        problems: [
          ...['vatIncluded VAT_EXCLUDED', 'endsOn NO_END_DATE', 'priceAfter DISCOUNT_OVER_50'],
          ...['extra FIRST_COME_INDUCEMENT', 'target NO_TARGET', noPicture],
        ],
      },
    ),
    event(
      {
        ...{
          ...daon,
          title: '여드름 압출+LED',
          category: '스킨케어',
          priceBefore: 80_000,
          priceAfter: 50_000,
        },
        ...{ vatIncluded: true, endsOn: '2027-02-28' },
      },
      { problems: ['target NO_TARGET', noPicture] },
    ),
  ),
  sample(
    '06_incomplete_freetext_phone',
    {},
    doctor(
      {
        ...{ name: '정새봄', isSpecialist: false, hospitalName: '새봄의원', phone: null },
        hospitalBusinessNumber: null,
      },
      {
        problems: [
          ...['hospitalBusinessNumber BIZNO_CHECKSUM', 'phone PHONE_NO_AREA_CODE'],
          ...['licenceNumber MISSING', 'medicalLicense MISSING_PAPER'],
        ],
      },
    ),
  ),
];
