/** Mails of several kinds at once, in English, and those no person waits for an answer to. */
import { multipart, text } from '../build.ts';
import { at, caseOf, change, doctor, event, hospital, hospitalPapers, letter, pdf, png } from './case.ts';

const biz = { hospitalName: '소담의원', hospitalBusinessNumber: '2208800072' };

export const others = [
  caseOf('mixed', 'hospital-two-doctors-and-an-event', {
    subject: '소담의원 병원/의료진/이벤트 등록 요청',
    part: letter(
      `안녕하세요, 소담의원 총괄실장입니다. 한 번에 등록 부탁드립니다.

■ 병원 정보
- 병원명 : 소담의원
- 대표자 : 임소담
- 사업자등록번호 : 220-88-00072
- 종별 : 의원
- 주소 : 서울특별시 송파구 올림픽로 300, 9층
- 대표전화 : 02-420-0310
- 진료과목 : 피부과, 성형외과

■ 의료진 정보
1. 성명 : 임소담 / 면허번호 : 72345 / 전문의 : 피부과
2. 성명 : 천유리 / 면허번호 : 93456 / 전문의 : 해당없음

■ 이벤트 정보
- 이벤트명 : 울트라셀 300샷
- 정상가 : 50만원
- 할인가 : 38만원 (VAT포함)
- 기간 : 2026.12.01 ~ 2027.01.31
- 대상 : 신규 고객 300샷`,
      ...hospitalPapers,
      pdf('임소담_면허증.pdf'),
      pdf('임소담_전문의자격증.pdf'),
      png('이벤트_메인.png'),
    ),
    papers: ['bizRegistration', 'openingCertificate', 'medicalLicense', 'specialistCert', 'main'],
    items: [
      hospital({
        ...{ name: '소담의원', representative: '임소담', businessNumber: '2208800072', type: '의원' },
        ...{
          address: '서울특별시 송파구 올림픽로 300, 9층',
          phone: '+8224200310',
          departments: ['08', '14'],
        },
        ...at('서울', '송파구'),
      }),
      doctor({ name: '임소담', licenceNumber: '72345', isSpecialist: true, specialty: '14', ...biz }),
      doctor({ name: '천유리', licenceNumber: '93456', isSpecialist: false, ...biz }),
      event({
        ...{ title: '울트라셀 300샷', priceBefore: 500_000, priceAfter: 380_000, vatIncluded: true },
        ...{ startsOn: '2026-12-01', endsOn: '2027-01-31', target: '신규 고객 300샷', ...biz },
      }),
    ],
  }),
  caseOf('mixed', 'two-events-and-a-greeting', {
    subject: '[소담의원] 신규 이벤트 2건',
    part: letter(
      `안녕하세요 소담의원(사업자번호 : 220-88-00072)입니다.
아래 이벤트 두 건 등록 부탁드립니다. 두 건 모두 VAT 포함이고 기간은 2026.12.01 ~ 2026.12.31 입니다.

<이벤트 1>
이벤트명 : 이마보톡스 1회
정상가 : 70,000원
할인가 : 49,000원
대상 : 신규 고객 1회

<이벤트 2>
이벤트명 : 입술필러 1cc
정상가 : 300,000원
할인가 : 220,000원
대상 : 신규 고객 1cc`,
      png('메인.png'),
    ),
    papers: ['main'],
    items: (
      [
        ['이마보톡스 1회', 70_000, 49_000, '신규 고객 1회'],
        ['입술필러 1cc', 300_000, 220_000, '신규 고객 1cc'],
      ] as const
    ).map(([title, priceBefore, priceAfter, target]) =>
      event({
        ...{ title, priceBefore, priceAfter, target, vatIncluded: true, ...biz },
        ...{ startsOn: '2026-12-01', endsOn: '2026-12-31' },
      }),
    ),
  }),
  caseOf('english', 'hospital-in-english-labels', {
    subject: 'Registration request - Seoul Bloom Clinic',
    part: letter(
      `Hello,

We would like to register our clinic.

Hospital: 서울블룸의원
Representative: 마이클
Business Registration No.: 261-81-00088
Address: 서울특별시 용산구 이태원로 200, 3F
Phone: +82-2-790-0320
Website: https://bloom.example
Departments: 피부과, 성형외과

Best regards,
Kim`,
      ...hospitalPapers,
    ),
    papers: ['bizRegistration', 'openingCertificate'],
    items: [
      hospital({
        ...{ name: '서울블룸의원', representative: '마이클', businessNumber: '2618100088', type: '의원' },
        ...{ address: '서울특별시 용산구 이태원로 200, 3F', phone: '+8227900320', departments: ['08', '14'] },
        ...{ homepage: 'https://bloom.example', ...at('서울', '용산구') },
      }),
    ],
  }),
  caseOf('english', 'doctor-with-a-latin-name', {
    subject: 'Doctor registration',
    part: letter(
      `Name: Jane Park
License No.: 78123
Specialist: 성형외과 전문의
Hospital: 서울블룸의원
사업자번호: 261-81-00088`,
      pdf('medical_license.pdf'),
      pdf('specialist_certificate.pdf'),
    ),
    papers: ['medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{ name: 'Jane Park', licenceNumber: '78123', isSpecialist: true, specialty: '08' },
        ...{ hospitalName: '서울블룸의원', hospitalBusinessNumber: '2618100088' },
      }),
    ],
  }),
  caseOf('machine', 'out-of-office', {
    subject: '자동응답: [DP-20261116-0009] 병원 등록 접수 안내',
    headers: { 'Auto-Submitted': 'auto-replied' },
    part: text('안녕하세요. 11월 16일~20일 휴가로 부재중입니다. 급한 용무는 02-555-0101로 연락 바랍니다.'),
    automatic: 'auto',
    items: [change('hospital', {})],
  }),
  caseOf('machine', 'bounce', {
    subject: 'Undelivered Mail Returned to Sender',
    headers: { From: 'MAILER-DAEMON@mx.example', 'Return-Path': '<>', 'Auto-Submitted': 'auto-replied' },
    part: multipart(
      'report; report-type=delivery-status',
      text('This is the mail system.\n\n<desk@raon.example>: user unknown'),
      {
        headers: [['Content-Type', 'message/delivery-status']],
        body: Buffer.from('Action: failed\r\nStatus: 5.1.1\r\n'),
      },
      {
        headers: [['Content-Type', 'message/rfc822']],
        body: Buffer.from(
          'Subject: answer\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n병원명: 라온의원\r\n대표전화: 02-555-0101\r\n',
        ),
      },
    ),
    automatic: 'bounce',
    items: [],
  }),
  caseOf('machine', 'newsletter', {
    subject: '(광고) 병원 마케팅 12월 이벤트 안내',
    headers: { 'List-Unsubscribe': '<https://news.example/u>', Precedence: 'bulk' },
    part: text(
      '이번 달 추천 상품을 소개합니다! 무선 이어폰 99,000원 → 79,000원. 자세한 내용은 www.news.example 에서 확인하세요.',
    ),
    automatic: 'bulk',
    items: [],
  }),
  caseOf('machine', 'a-question-of-a-person', {
    subject: '문의드립니다',
    part: text(
      '안녕하세요. 병원 등록하려면 어떤 서류가 필요한가요? 수수료도 궁금합니다. 연락처는 010-7777-8888 입니다.',
    ),
    items: [],
  }),
];
