/** The first lot of mails written before the reader had seen anything of them: hospitals and doctors. */
import { attachedMail, file, html, mail, multipart, text, words } from '../../build.ts';
import { at, caseOf, doctor, hospital, hospitalPapers, hospitalRoles, letter, pdf, week } from '../case.ts';

export const firstClinics = [
  caseOf('prose', 'bank-clerk-style-letter', {
    subject: '[협조요청] 플랫폼 신규 등록 관련 자료 송부',
    part: letter(
      `수신 : 닥터피치 입점담당
발신 : 의료법인 한울의료재단 한울병원 기획팀
제목 : 신규 등록 자료 송부

1. 귀사의 무궁한 발전을 기원합니다.
2. 당 병원의 신규 등록을 위하여 아래와 같이 자료를 송부하오니 처리하여 주시기 바랍니다.

   - 아    래 -

   가. 의료기관명 : 한울병원
   나. 개설자 : 의료법인 한울의료재단 (이사장 김한울)
   다. 사업자등록번호 : 502-88-00125
   라. 소재지 : 대구광역시 달서구 월배로 200
   마. 대표전화 : 053-600-1000
   바. 종별 : 병원
   사. 개설 진료과목 : 정형외과, 내과

붙임 : 1. 사업자등록증 사본 1부.
       2. 의료기관 개설허가증 사본 1부.  끝.`,
      pdf('1. 사업자등록증 사본.pdf'),
      pdf('2. 의료기관 개설허가증 사본.pdf'),
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '한울병원', representative: '김한울', businessNumber: '5028800125', type: '병원' },
        ...{ address: '대구광역시 달서구 월배로 200', phone: '+82536001000', departments: ['01', '05'] },
        ...at('대구', '달서구'),
      }),
    ],
  }),
  caseOf('html', 'two-column-pairs-with-empty-cells', {
    subject: '신규 의원 등록 요청서',
    part: multipart(
      'mixed',
      html(`<p>등록요청서 드립니다.</p><table border=1 cellspacing=0>
<tr><th bgcolor=#ddd>병원명(한글)</th><td>파란하늘의원</td><th bgcolor=#ddd>병원명(영문)</th><td>Blue Sky Clinic</td></tr>
<tr><th>대표자명</th><td>서하늘</th><th>생년월일</th><td></td></tr>
<tr><th>사업자번호</th><td>605-86-00134</td><th>요양기관번호</th><td>21345678</td></tr>
<tr><th>주소</th><td colspan=3>(48094) 부산광역시 해운대구 센텀중앙로 90, 9층 902호</td></tr>
<tr><th>대표번호</th><td>051-741-0400</td><th>팩스번호</th><td>051-741-0401</td></tr>
<tr><th>종별구분</th><td>의원</td><th>진료과목</th><td>피부과 외 성형외과</td></tr>
<tr><th>진료시간</th><td colspan=3>월~금: 10:00 ~ 19:00<br>토요일: 10:00 ~ 16:00<br>점심시간: 13:00 ~ 14:00</td></tr>
<tr><th>담당자</th><td>하실장</td><th>연락처</th><td>010-9876-5432</td></tr></table>`),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '파란하늘의원', representative: '서하늘', businessNumber: '6058600134', type: '의원' },
        ...{ careInstitutionNumber: '21345678', zip: '48094', phone: '+82517410400' },
        ...{ departments: ['08', '14'], ...at('부산', '해운대구') },
        address: '부산광역시 해운대구 센텀중앙로 90, 9층 902호',
        openingHours: week({ weekdays: '10:00-19:00', sat: '10:00-16:00', lunch: '13:00-14:00' }),
      }),
    ],
  }),
  caseOf('forward', 'agency-in-euc-kr-for-two-doctors', {
    subject: '',
    headers: {
      Subject: words('[전달] 라온성형외과 의료진 등록 요청', { charset: 'euc-kr', every: 10 }),
      From: `${words('뷰티메이트 컴퍼니', { charset: 'euc-kr' })} <ad@beautymate.example>`,
    },
    part: multipart(
      'mixed',
      text(
        `안녕하세요. 뷰티메이트 정과장입니다.
아래 병원 의료진 등록 부탁드립니다. (담당 010-1111-9999)

----- 원본 메시지 -----
보낸사람 : 라온성형외과 <raonps@hanmail.net>
받는사람 : 뷰티메이트 <ad@beautymate.example>
날짜 : 2026년 11월 10일 화요일, 14시 02분 11초 +0900
제목 : 의료진 등록 요청

원장님 두 분입니다.

[원장 1]
성함: 유라온
면허: 제 55123호
전문의: 성형외과(자격 제 2089호)
경력: 前 가나병원 성형외과 과장

[원장 2]
성함: 지바다
면허: 제 61234호
전문의: 아니오

라온성형외과의원 / 사업자번호 616-81-00143`,
        { charset: 'euc-kr', encoding: '8bit' },
      ),
      file('유라온면허증.pdf', Buffer.from('%PDF-1.4\n'), { type: 'application/pdf', naming: 'rawCp949' }),
    ),
    papers: ['medicalLicense'],
    items: [
      doctor(
        {
          ...{ name: '유라온', licenceNumber: '55123', isSpecialist: true, specialty: '08' },
          ...{ specialistNumber: '2089', career: ['前 가나병원 성형외과 과장'] },
          ...{ hospitalName: '라온성형외과의원', hospitalBusinessNumber: '6168100143' },
        },
        { problems: ['specialistCert MISSING_PAPER', 'mandate MISSING_PAPER'] },
      ),
      doctor(
        {
          ...{ name: '지바다', licenceNumber: '61234', isSpecialist: false },
          ...{ hospitalName: '라온성형외과의원', hospitalBusinessNumber: '6168100143' },
        },
        { problems: ['mandate MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('mixed', 'attached-mails-for-two-kinds', {
    subject: '등록 요청 2건 전달드립니다',
    part: multipart(
      'mixed',
      text('첨부 메일 2건 확인 부탁드립니다.'),
      attachedMail(
        mail(
          '병원정보',
          letter(
            '병원이름 : 미래로의원\n대표원장님 : 엄미래\n사업자등록번호 : 707-88-00152\n병원위치 : 경기 용인시 수지구 풍덕천로 100\n예약전화 : 031-260-0410\n진료과 : 산부인과\n병원종류 : 의원',
            ...hospitalPapers,
          ),
          { 'Message-ID': '<h@mirae.example>' },
        ),
      ),
      attachedMail(
        mail(
          '원장님 정보',
          letter(
            '원장님 성함 : 엄미래\n의사면허번호 : 58213\n전문의 : 산부인과 전문의 / 자격번호 : 3456',
            pdf('엄미래 면허증.pdf'),
            pdf('엄미래 전문의 자격증.pdf'),
          ),
          { 'Message-ID': '<d@mirae.example>' },
        ),
      ),
    ),
    papers: ['bizRegistration', 'openingCertificate', 'medicalLicense', 'specialistCert'],
    items: [
      hospital({
        ...{ name: '미래로의원', representative: '엄미래', businessNumber: '7078800152', type: '의원' },
        ...{ address: '경기 용인시 수지구 풍덕천로 100', phone: '+82312600410', departments: ['10'] },
        ...at('경기', '용인시'),
      }),
      doctor({
        ...{
          name: '엄미래',
          licenceNumber: '58213',
          isSpecialist: true,
          specialty: '10',
          specialistNumber: '3456',
        },
        ...{ hospitalName: '미래로의원', hospitalBusinessNumber: '7078800152' },
      }),
    ],
  }),
  caseOf('negation', 'a-doctor-without-and-one-preparing', {
    subject: '의료진 2인 등록요청',
    part: letter(
      `소속병원 : 바른결의원 (사업자등록번호 801-86-00163)

1) 이름 : 문바른
   면허번호 : 48123
   피부과 전문의 아닙니다

2) 이름 : 공결
   면허번호 : 102345
   전문의 여부 : N`,
      pdf('면허증 2부.pdf'),
    ),
    papers: ['medicalLicense'],
    items: [
      doctor({
        ...{ name: '문바른', licenceNumber: '48123', isSpecialist: false },
        ...{ hospitalName: '바른결의원', hospitalBusinessNumber: '8018600163' },
      }),
      doctor({
        ...{ name: '공결', licenceNumber: '102345', isSpecialist: false },
        ...{ hospitalName: '바른결의원', hospitalBusinessNumber: '8018600163' },
      }),
    ],
  }),
  caseOf('hours', 'alternating-saturdays', {
    subject: '병원 등록해주세요',
    part: letter(
      `병원: 두리의원
원장: 백두리
사업자: 129-87-00170
주소: 서울시 관악구 남부순환로 1800 2층
전화: 02 880 0430
과목: 내과
진료시간: 월~금 9시~18시 (수요일은 13시까지), 토 격주 9시~13시, 일 휴진, 점심 12시30분~1시30분`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '두리의원', representative: '백두리', businessNumber: '1298700170', type: '의원' },
        ...{ address: '서울시 관악구 남부순환로 1800 2층', phone: '+8228800430', departments: ['01'] },
        ...at('서울', '관악구'),
        openingHours: week({
          ...{ weekdays: '09:00-18:00', wed: '09:00-13:00', sat: '09:00-13:00' },
          ...{ sun: 'closed', lunch: '12:30-13:30' },
        }),
      }),
    ],
  }),
  caseOf('secret', 'resident-number-spaced-and-account', {
    subject: '신규 의사 등록 및 정산 계좌',
    part: letter(
      `의사 성명: 여름
주민번호 8 0 0 1 0 1 - 1 2 3 4 5 6 7
면허번호: 40404
전문의: 가정의학과 전문의
근무병원: 여름의원 (사업자등록번호 201-88-00241)
정산계좌: 가나은행 123-45-678901 여름`,
      pdf('의사면허증.pdf'),
      pdf('전문의자격증.pdf'),
    ),
    papers: ['medicalLicense', 'specialistCert'],
    warnings: ['RRN_REDACTED'],
    items: [
      doctor({
        ...{ name: '여름', licenceNumber: '40404', isSpecialist: true, specialty: '23' },
        ...{ hospitalName: '여름의원', hospitalBusinessNumber: '2018800241' },
      }),
    ],
  }),
  caseOf('charset', 'quoted-printable-euc-kr-table', {
    subject: '',
    headers: {
      Subject: words('의원 등록 신청합니다.', { charset: 'ks_c_5601-1987', encoding: 'Q', every: 9 }),
    },
    part: multipart(
      'mixed',
      html(
        `<table><tr><td>의원명</td><td>펲시클의원</td></tr><tr><td>원장님 성함</td><td>구똠이</td></tr><tr><td>사업자등록번호</td><td>1388100191</td></tr><tr><td>병원 주소</td><td>충남 천안시 서북구 불당대로 50</td></tr><tr><td>병원 전화</td><td>041-550-0440</td></tr><tr><td>진료과목</td><td>이비인후과</td></tr><tr><td>의료기관 종류</td><td>의원</td></tr></table>`,
        { charset: 'cp949', declared: 'ks_c_5601-1987', encoding: 'quoted-printable' },
      ),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '펲시클의원', representative: '구똠이', businessNumber: '1388100191', type: '의원' },
        ...{ address: '충남 천안시 서북구 불당대로 50', phone: '+82415500440', departments: ['13'] },
        ...at('충남', '천안시'),
      }),
    ],
  }),
  caseOf('prose', 'hospital-in-two-paragraphs', {
    subject: '입점 신청합니다',
    part: letter(
      `안녕하세요. 경기도 하남시에 개원한 가람휴의원 원장 태가람입니다.
지인 소개로 알게 되어 입점 신청드립니다. 병원 전화번호는 031-790-0450이고요, 주소는 경기도 하남시 미사강변대로 100 5층이에요. 사업자번호는 134-82-00181입니다. 피부과랑 성형외과 진료하고 있습니다.
진료시간은 평일 10시부터 19시까지, 토요일은 10시부터 15시까지이고 일요일과 공휴일은 휴진입니다.`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '가람휴의원', representative: '태가람', businessNumber: '1348200181', type: '의원' },
        ...{
          address: '경기도 하남시 미사강변대로 100 5층',
          phone: '+82317900450',
          departments: ['08', '14'],
        },
        ...at('경기', '하남시'),
        openingHours: week({ weekdays: '10:00-19:00', sat: '10:00-15:00', sun: 'closed', holiday: 'closed' }),
      }),
    ],
  }),
];
