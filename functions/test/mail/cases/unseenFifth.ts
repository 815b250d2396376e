/** The fifth lot of mails written before the reader had seen anything of them. */
import { file, html, multipart, text, words, xlsx } from '../build.ts';
import {
  at,
  caseOf,
  change,
  doctor,
  event,
  hospital,
  hospitalPapers,
  hospitalRoles,
  letter,
  pdf,
  png,
  week,
} from './case.ts';

export const unseenFifth = [
  caseOf('prose', 'short-hospital-list-with-commas', {
    subject: '병원 등록 부탁드립니다_모란의원',
    part: letter(
      `모란의원, 대표 천모란, 사업자번호 129-87-00170, 전화 031-750-0800
주소 경기도 성남시 중원구 산성대로 300, 2층
진료과목 피부과, 종별 의원
진료시간 월-금 10:00-19:00 토 10:00-14:00 일 휴진`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '모란의원', representative: '천모란', businessNumber: '1298700170', type: '의원' },
        ...{ address: '경기도 성남시 중원구 산성대로 300, 2층', phone: '+82317500800', departments: ['14'] },
        ...at('경기', '성남시'),
        openingHours: week({ weekdays: '10:00-19:00', sat: '10:00-14:00', sun: 'closed' }),
      }),
    ],
  }),
  caseOf('html', 'hours-in-a-table-of-days', {
    subject: '병원 정보 등록 요청',
    part: multipart(
      'mixed',
      html(
        `<p>병원명: 햇귀의원</p><p>대표자: 도햇귀</p><p>사업자등록번호: 410-82-00111</p><p>주소: 서울 도봉구 도봉로 500, 3층</p><p>전화: 02-950-0810</p><p>진료과목: 내과</p><p>진료시간</p><table border=1><tr><td>월요일</td><td>09:00 ~ 18:00</td></tr><tr><td>화요일</td><td>09:00 ~ 18:00</td></tr><tr><td>수요일</td><td>09:00 ~ 13:00</td></tr><tr><td>목요일</td><td>09:00 ~ 18:00</td></tr><tr><td>금요일</td><td>09:00 ~ 20:00</td></tr><tr><td>토요일</td><td>09:00 ~ 13:00</td></tr><tr><td>일요일</td><td>휴진</td></tr><tr><td>점심시간</td><td>13:00 ~ 14:00</td></tr></table>`,
      ),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '햇귀의원', representative: '도햇귀', businessNumber: '4108200111', type: '의원' },
        ...{ address: '서울 도봉구 도봉로 500, 3층', phone: '+8229500810', departments: ['01'] },
        ...at('서울', '도봉구'),
        openingHours: week({
          ...{ mon: '09:00-18:00', tue: '09:00-18:00', wed: '09:00-13:00', thu: '09:00-18:00' },
          ...{ fri: '09:00-20:00', sat: '09:00-13:00', sun: 'closed', lunch: '13:00-14:00' },
        }),
      }),
    ],
  }),
  caseOf('sheet', 'doctors-with-the-hospital-above', {
    subject: '의료진 등록 요청드립니다',
    part: letter(
      '안녕하세요, 첨부 파일로 의료진 명단 보내드립니다.',
      file(
        '명단.xlsx',
        xlsx({
          name: '의료진',
          rows: [
            ['병원명', '마중의원', null, '사업자등록번호', '261-81-00088'],
            ['대표전화', '02-430-0820', null, '담당자', '손실장'],
            [],
            ['번호', '의료진', '면허번호', '전문분야', '전문의 여부', '비고'],
            ['1', '설마중', '41234', '눈, 코', '성형외과 전문의', '대표원장'],
            ['2', '마루비', '97654', '피부', '-', '봉직의'],
          ],
        }),
        { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
      ),
      pdf('면허증_설마중.pdf'),
      pdf('면허증_마루비.pdf'),
      pdf('전문의자격증_설마중.pdf'),
    ),
    papers: ['other', 'medicalLicense', 'medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{
          name: '설마중',
          licenceNumber: '41234',
          isSpecialist: true,
          specialty: '08',
          focus: ['눈', '코'],
        },
        ...{ hospitalName: '마중의원', hospitalBusinessNumber: '2618100088' },
      }),
      doctor({
        ...{ name: '마루비', licenceNumber: '97654', isSpecialist: false, focus: ['피부'] },
        ...{ hospitalName: '마중의원', hospitalBusinessNumber: '2618100088' },
      }),
    ],
  }),
  caseOf('prose', 'event-with-a-menu-of-prices', {
    subject: '이벤트 등록요청 - 소나무의원',
    part: letter(
      `소나무의원 12월 이벤트 등록 부탁드립니다.
사업자번호 314-86-00107

이벤트 기간 : 2026.12.01 ~ 2026.12.31
대상 : 신규 고객
부가세 포함

* 사각턱보톡스(국산) : 정상가 69,000원 / 이벤트가 49,000원
* 이마보톡스(국산) : 정상가 59,000원 / 이벤트가 39,000원`,
      png('메인.png'),
    ),
    papers: ['main'],
    items: (
      [
        ['사각턱보톡스(국산)', 69_000, 49_000],
        ['이마보톡스(국산)', 59_000, 39_000],
      ] as const
    ).map(([title, priceBefore, priceAfter]) =>
      event({
        ...{ title, priceBefore, priceAfter, vatIncluded: true, target: '신규 고객' },
        ...{ startsOn: '2026-12-01', endsOn: '2026-12-31' },
        ...{ hospitalName: '소나무의원', hospitalBusinessNumber: '3148600107' },
      }),
    ),
  }),
  caseOf('period', 'bracketed-weekdays-and-reservation-days', {
    subject: '이벤트 신규 등록',
    part: letter(
      `[이벤트명] 목주름 보톡스
[병원명] 가람솔의원
[정상가] 12만원
[할인가] 8.9만원 (VAT포함)
[기간] 26.12.01(화) ~ 27.01.31(일) / 시술은 27.02.28까지 가능
[대상] 신규고객 1회`,
      png('메인.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{ title: '목주름 보톡스', hospitalName: '가람솔의원', priceBefore: 120_000, priceAfter: 89_000 },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2027-01-31', target: '신규고객 1회' },
      }),
    ],
  }),
  caseOf('forward', 'mobile-forward-with-english-marks', {
    subject: 'Fwd: 의사등록',
    headers: { From: 'sarang.desk@gmail.com' },
    part: letter(
      `등록 부탁드려요!

Begin forwarded message:

From: 진사랑 <jin@naver.com>
Subject: 의사등록
Date: November 14, 2026 at 8:21:10 PM GMT+9
To: sarang.desk@gmail.com

이름 진사랑
면허번호 66123
전문의 산부인과 전문의 (자격번호 2777)
병원 사랑담은의원
사업자번호 201-88-00241`,
      pdf('면허증.pdf'),
      pdf('전문의.pdf'),
    ),
    papers: ['medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{
          name: '진사랑',
          licenceNumber: '66123',
          isSpecialist: true,
          specialty: '10',
          specialistNumber: '2777',
        },
        ...{ hospitalName: '사랑담은의원', hospitalBusinessNumber: '2018800241' },
      }),
    ],
  }),
  caseOf('reply', 'yes-and-one-value', {
    subject: '회신: [DP-20261121-0051] 병원 등록 보완 요청',
    headers: { 'In-Reply-To': '<f@drpitch.example>' },
    part: letter(`네 맞습니다. 진료과목은 피부과, 성형외과이고 주소는 서울특별시 강동구 천호대로 1000, 4층입니다.
확인 부탁드립니다.`),
    items: [
      change('hospital', {
        ...{ departments: ['08', '14'], address: '서울특별시 강동구 천호대로 1000, 4층' },
        ...at('서울', '강동구'),
      }),
    ],
  }),
  caseOf('change', 'two-doctors-numbers', {
    subject: '안녕하세요. 정보 변경 요청드립니다.',
    part: letter(`병원명 : 라온의원
변경사항
 - 대표전화 : 02-555-0101 → 02-555-7777
 - 주소 : 서울 강남구 테헤란로 1 → 서울 강남구 테헤란로 77, 7층
적용일 : 2026.12.01`),
    items: [
      change('hospital', {
        ...{ name: '라온의원', phone: '+8225557777', address: '서울 강남구 테헤란로 77, 7층' },
        ...at('서울', '강남구'),
      }),
    ],
  }),
  caseOf('charset', 'euc-kr-words-cut-and-html', {
    subject: '',
    headers: {
      Subject: words('이벤트 등록 요청 건 (맑은샘의원)', { charset: 'euc-kr', every: 5, between: ' ' }),
    },
    part: multipart(
      'mixed',
      multipart(
        'alternative',
        text('이 메일은 HTML 형식입니다.', { charset: 'euc-kr' }),
        html(
          `<ul><li>이벤트명 : 모공레이저 5회</li><li>병원명 : 맑은샘의원</li><li>정상가 : 100만원</li><li>할인가 : 75만원 (부가세 포함)</li><li>기간 : 2026.12.01 ~ 2027.02.28</li><li>대상 : 신규 고객 5회</li></ul>`,
          { charset: 'cp949', declared: 'euc-kr', encoding: 'base64' },
        ),
      ),
      png('main.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{
          title: '모공레이저 5회',
          hospitalName: '맑은샘의원',
          priceBefore: 1_000_000,
          priceAfter: 750_000,
        },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2027-02-28', target: '신규 고객 5회' },
      }),
    ],
  }),
  caseOf('negation', 'qualification-under-way', {
    subject: '의사 등록 요청(다솜의원)',
    part: letter(
      `성명: 복다솜
면허번호: 103456
전문의 자격: 없음 (가정의학과 수련 중)
소속: 다솜의원 / 110-82-00017`,
      pdf('면허증.pdf'),
    ),
    papers: ['medicalLicense'],
    items: [
      doctor({
        ...{ name: '복다솜', licenceNumber: '103456', isSpecialist: false },
        ...{ hospitalName: '다솜의원', hospitalBusinessNumber: '1108200017' },
      }),
    ],
  }),
  caseOf('identity', 'dental-clinic-with-a-floor-and-licence-numbers', {
    subject: '치과 등록 신청',
    part: letter(
      `치과명 : 이바른치과의원
원장님 : 이바른
사업자등록번호 : 123-86-00025
요양기관번호 : 41112223
주소 : 경기 의정부시 시민로 80 (의정부동) 센트럴타워 5층
연락처 : 031-840-0850
진료과목 : 치과
면허번호 : 치과의사 제 23456호`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{
          name: '이바른치과의원',
          representative: '이바른',
          businessNumber: '1238600025',
          type: '치과의원',
        },
        ...{ careInstitutionNumber: '41112223', phone: '+82318400850', departments: ['49'] },
        ...{ address: '경기 의정부시 시민로 80 (의정부동) 센트럴타워 5층', ...at('경기', '의정부시') },
      }),
    ],
  }),
];
