/** Charsets: wrongly declared, not declared, and those that only Korean mail programs use. */
import { file, html, multipart, rawHeader, text, words } from '../build.ts';
import {
  at,
  caseOf,
  doctor,
  event,
  hospital,
  hospitalPapers,
  hospitalRoles,
  pdf,
  png,
  week,
} from './case.ts';

const papers = [
  file('사업자등록증.pdf', Buffer.from('%PDF-1.4\n'), { type: 'application/pdf', naming: 'rfc2047Cp949' }),
  file('개설신고증명서.pdf', Buffer.from('%PDF-1.4\n'), { type: 'application/pdf', naming: 'rawCp949' }),
];

export const charsets = [
  caseOf('charset', 'cp949-called-ks-c-5601', {
    subject: '',
    headers: { Subject: words('[병원 등록] 믜샾뷁의원', { charset: 'ks_c_5601-1987', every: 13 }) },
    part: multipart(
      'mixed',
      text(
        `안녕하세요, 믜샾뷁의원입니다. 이번에 개원하게 됬습니다.

병원명 : 믜샾뷁의원
대표원장 : 설믜진
사업자등록번호 : 110-82-00017
요양기관기호 : 11234567
종별 : 의원
주소 : 서울특별시 마포구 양화로 45, 6층 (서교동)
우편번호 : 04036
대표전화 : 02-333-0110
진료과목 : 피부과

서류 첨부했습니다. 됬으면 회신 부탁드려요.`,
        { charset: 'cp949', declared: 'ks_c_5601-1987', encoding: '8bit' },
      ),
      ...papers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '믜샾뷁의원', representative: '설믜진', businessNumber: '1108200017' },
        ...{ careInstitutionNumber: '11234567', type: '의원', zip: '04036', phone: '+8223330110' },
        ...{ address: '서울특별시 마포구 양화로 45, 6층 (서교동)', departments: ['14'] },
        ...at('서울', '마포구'),
      }),
    ],
  }),
  caseOf('charset', 'euc-kr-8bit-no-encoding-header', {
    subject: '',
    headers: {
      Subject: rawHeader('의사등록 신청합니다', 'cp949'),
      From: `${rawHeader('푸른의원', 'cp949')} <a@blue.example>`,
    },
    part: multipart(
      'mixed',
      {
        headers: [['Content-Type', 'text/plain; charset="EUC-KR"']],
        body: text(
          `수고하십니다. 푸른의원 원무과입니다.
의사명: 남궁서
면허번호: 제 45678 호
전문의: 해당없음
소속병원: 푸른의원
사업자번호: 123-86-00025`,
          { charset: 'euc-kr', encoding: '8bit' },
        ).body,
      },
      file('면허증_남궁서.pdf', Buffer.from('%PDF-1.4\n'), {
        type: 'application/pdf',
        naming: 'rawUnquoted',
      }),
    ),
    papers: ['medicalLicense'],
    items: [
      doctor({
        ...{ name: '남궁서', licenceNumber: '45678', isSpecialist: false },
        ...{ hospitalName: '푸른의원', hospitalBusinessNumber: '1238600025' },
      }),
    ],
  }),
  caseOf('charset', 'iso-2022-kr', {
    subject: '',
    headers: { Subject: words('의료진 등록 요청', { charset: 'iso-2022-kr', every: 200 }) },
    part: multipart(
      'mixed',
      text(
        `원장님 등록 부탁드립니다.
성함: 표나리 원장
의사면허번호: 98012
전문과목: 안과 전문의
전문의자격번호: 3321
병원 사업자등록번호: 135-91-00037`,
        { charset: 'iso-2022-kr', encoding: '8bit' },
      ),
      pdf('의사면허증.pdf'),
      pdf('전문의 자격증.pdf'),
    ),
    papers: ['medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{ name: '표나리', licenceNumber: '98012', isSpecialist: true, specialty: '12' },
        ...{ specialistNumber: '3321', hospitalBusinessNumber: '1359100037' },
      }),
    ],
  }),
  caseOf('charset', 'cp949-undeclared-everywhere', {
    subject: '',
    headers: { Subject: rawHeader('[이벤트] 뾰족턱 윤곽주사', 'cp949') },
    part: multipart(
      'mixed',
      {
        headers: [],
        body: text(
          `이벤트명 : 뾰족턱 윤곽주사 3회
병원명 : 샾앤봄의원
정상가 : 300,000원
할인가 : 210,000원 (부가세 포함)
기간 : 2026.12.05 ~ 2027.01.10
대상 : 신규 고객, 3회 패키지에 한함`,
          { charset: 'cp949', encoding: '8bit' },
        ).body,
      },
      png('main.png'),
    ),
    papers: ['main'],
    warnings: ['CHARSET_GUESSED'],
    items: [
      event({
        ...{ title: '뾰족턱 윤곽주사 3회', hospitalName: '샾앤봄의원', priceBefore: 300_000 },
        ...{ priceAfter: 210_000, vatIncluded: true, startsOn: '2026-12-05', endsOn: '2027-01-10' },
        target: '신규 고객, 3회 패키지에 한함',
      }),
    ],
  }),
  caseOf('charset', 'utf-8-called-euc-kr', {
    subject: '병원 등록 신청 - 햇살가득의원',
    part: multipart(
      'mixed',
      text(
        `○ 기관명: 햇살가득의원
○ 대표자명: 햇님이
○ 사업자번호: 143-88-00042
○ 소재지: 대구광역시 수성구 달구벌대로 2450
○ TEL: 053-755-0120
○ 진료과: 가정의학과
○ 종별: 의원`,
        { charset: 'utf-8', declared: 'euc-kr', encoding: '8bit' },
      ),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    warnings: ['CHARSET_GUESSED'],
    items: [
      hospital({
        ...{ name: '햇살가득의원', representative: '햇님이', businessNumber: '1438800042', type: '의원' },
        ...{ address: '대구광역시 수성구 달구벌대로 2450', phone: '+82537550120', departments: ['23'] },
        ...at('대구', '수성구'),
      }),
    ],
  }),
  caseOf('charset', 'utf-16', {
    subject: '이벤트 등록',
    part: multipart(
      'mixed',
      text(
        `상품명 : 아쿠아필링 1회
시술병원 : 맑은피부과의원
정가 : 120000원
이벤트가 : 79000원(부가세포함)
진행기간 : 2026-12-01 ~ 2026-12-31
할인대상 : 첫 방문 고객`,
        { charset: 'utf-16le', declared: 'utf-16le' },
      ),
      png('썸네일.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{ title: '아쿠아필링 1회', hospitalName: '맑은피부과의원', priceBefore: 120_000 },
        ...{ priceAfter: 79_000, vatIncluded: true, startsOn: '2026-12-01', endsOn: '2026-12-31' },
        target: '첫 방문 고객',
      }),
    ],
  }),
  caseOf('charset', 'gb18030', {
    subject: '병원 입점 신청',
    part: multipart(
      'mixed',
      text(
        `상호명: 상해봄의원
대표: 조은봄
사업자등록번호: 211-87-00052
병원주소: 인천광역시 연수구 송도과학로 32
전화번호: 032-831-0130
진료과목: 성형외과, 피부과
의료기관종별: 의원`,
        { charset: 'gb18030', declared: 'gb18030' },
      ),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '상해봄의원', representative: '조은봄', businessNumber: '2118700052', type: '의원' },
        ...{ address: '인천광역시 연수구 송도과학로 32', phone: '+82328310130', departments: ['08', '14'] },
        ...at('인천', '연수구'),
      }),
    ],
  }),
  caseOf('charset', 'html-cp949-in-its-meta', {
    subject: '진료시간 포함 병원등록',
    part: multipart(
      'mixed',
      html(
        `<html><head><meta http-equiv="Content-Type" content="text/html; charset=euc-kr"></head><body>
<p>병원명 : 똠방뷰티의원</p><p>대표자 : 방똠이</p><p>사업자번호 : 214-86-00068</p>
<p>주소 : 경기도 수원시 팔달구 효원로 1, 2층</p><p>전화 : 031-222-0140</p><p>진료과목 : 피부과</p>
<p>진료시간 : 평일 09:30~18:30, 토요일 09:30~13:00, 일요일 휴진</p></body></html>`,
        { charset: 'cp949', declared: null, encoding: 'quoted-printable' },
      ),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '똠방뷰티의원', representative: '방똠이', businessNumber: '2148600068', type: '의원' },
        ...{ address: '경기도 수원시 팔달구 효원로 1, 2층', phone: '+82312220140', departments: ['14'] },
        ...at('경기', '수원시'),
        openingHours: week({ weekdays: '09:30-18:30', sat: '09:30-13:00', sun: 'closed' }),
      }),
    ],
  }),
];
