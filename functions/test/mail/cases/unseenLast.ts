/** The third lot of mails written before the reader had seen anything of them. */
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

const excelType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** As much of a 한글 document as its bytes are told by. */
const hwp = Buffer.concat([
  Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  Buffer.alloc(504),
  Buffer.from('FileHeader\0DocInfo\0', 'utf16le'),
]);

export const unseenLast = [
  caseOf('html', 'each-field-in-a-table-of-its-own', {
    subject: '[등록신청] 초롱안과의원',
    part: multipart(
      'mixed',
      html(`<div>안녕하세요 초롱안과의원입니다. 등록신청드립니다.</div>
${[
  ['기관명칭', '초롱안과의원'],
  ['대표자(성명)', '민초롱'],
  ['사업자등록번호(10자리)', '410-82-00111'],
  ['요양기관기호(8자리)', '11112222'],
  ['소재지(도로명)', '인천 부평구 부평대로 30, 6층'],
  ['연락처(대표)', '032-500-0600'],
  ['진료과목', '안과'],
]
  .map(([label, value]) => `<table><tr><td width=120>${label}</td><td>${value}</td></tr></table>`)
  .join('<br>')}`),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '초롱안과의원', representative: '민초롱', businessNumber: '4108200111', type: '의원' },
        ...{ careInstitutionNumber: '11112222', phone: '+82325000600', departments: ['12'] },
        ...{ address: '인천 부평구 부평대로 30, 6층', ...at('인천', '부평구') },
      }),
    ],
  }),
  caseOf('html', 'card-per-doctor', {
    subject: '의료진 소개 페이지 등록 부탁드립니다',
    part: multipart(
      'mixed',
      html(`<p>시온의원(사업자등록번호 105-87-00214) 의료진입니다.</p>
<table><tr><td rowspan=4><img src="cid:p1"></td><td>성명</td><td>염시온 대표원장</td></tr><tr><td>면허번호</td><td>제62345호</td></tr><tr><td>전문의</td><td>정형외과 전문의 (제3003호)</td></tr><tr><td>약력</td><td>가나대 의대 졸업<br>다라병원 정형외과 수련</td></tr></table>
<hr><table><tr><td rowspan=4><img src="cid:p2"></td><td>성명</td><td>추라희 원장</td></tr><tr><td>면허번호</td><td>제81234호</td></tr><tr><td>전문의</td><td>해당 없음</td></tr><tr><td>약력</td><td>마바대 의대 졸업</td></tr></table>`),
      pdf('염시온 의사면허증.pdf'),
      pdf('추라희 의사면허증.pdf'),
      pdf('염시온 전문의자격증.pdf'),
    ),
    papers: ['medicalLicense', 'medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{
          name: '염시온',
          licenceNumber: '62345',
          isSpecialist: true,
          specialty: '05',
          specialistNumber: '3003',
        },
        ...{ hospitalName: '시온의원', hospitalBusinessNumber: '1058700214' },
        career: ['가나대 의대 졸업', '다라병원 정형외과 수련'],
      }),
      doctor({
        ...{ name: '추라희', licenceNumber: '81234', isSpecialist: false, career: ['마바대 의대 졸업'] },
        ...{ hospitalName: '시온의원', hospitalBusinessNumber: '1058700214' },
      }),
    ],
  }),
  caseOf('prose', 'dashes-tildes-and-typos', {
    subject: '병원 등룍 부탁드려여',
    part: letter(
      `안녕하세여~~ 달콤의원 이에여

병원 이름 ) 달콤의원
대표 원장 ) 나달콤
사업자 번호 ) 117-91-00228
주소 ) 서울 은평구 통일로 800 3층
전화 번호 ) 02-380-0610
진료 과목 ) 피부과

서류는 첨부햇어여 감사합니당~~`,
      pdf('사업자 등록증.pdf'),
      pdf('개설신고증.pdf'),
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '달콤의원', representative: '나달콤', businessNumber: '1179100228', type: '의원' },
        ...{ address: '서울 은평구 통일로 800 3층', phone: '+8223800610', departments: ['14'] },
        ...at('서울', '은평구'),
      }),
    ],
  }),
  caseOf('prose', 'question-and-answer-form', {
    subject: '등록 양식 회신',
    part: letter(
      `보내주신 양식 작성하여 회신드립니다.

Q1. 병원명을 적어주세요.
A1. 새로움의원
Q2. 대표자 성함을 적어주세요.
A2. 기새롬
Q3. 사업자등록번호를 적어주세요.
A3. 120-86-00235
Q4. 병원 주소를 적어주세요.
A4. 경기 성남시 분당구 황새울로 300, 5층
Q5. 대표 전화번호를 적어주세요.
A5. 031-700-0620
Q6. 진료과목을 적어주세요.
A6. 피부과, 가정의학과`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '새로움의원', representative: '기새롬', businessNumber: '1208600235', type: '의원' },
        ...{
          address: '경기 성남시 분당구 황새울로 300, 5층',
          phone: '+82317000620',
          departments: ['14', '23'],
        },
        ...at('경기', '성남시'),
      }),
    ],
  }),
  caseOf('sheet', 'event-form-one-sheet-per-event', {
    subject: '[이로운의원] 이벤트 2건 신청',
    part: letter(
      '안녕하세요. 이로운의원입니다. 이벤트 신청서 송부드립니다.',
      file(
        '이벤트신청서.xlsx',
        xlsx(
          ...(
            [
              ['이벤트1', '튠페이스 60kj', 900000, 650000, '신규 고객 60kj'],
              ['이벤트2', '포텐자 1회', '45만원', '32만원', '재방문 고객 1회'],
            ] as const
          ).map(([name, title, before, after, target]) => ({
            name,
            merges: ['A1:B1'],
            rows: [
              ['이벤트 신청서'],
              ['병원명', '이로운의원'],
              ['이벤트명', title],
              ['정상가', before],
              ['할인가', after],
              ['부가세 포함 여부', '포함'],
              ['시작일', new Date('2026-12-01T00:00:00Z')],
              ['종료일', new Date('2027-01-31T00:00:00Z')],
              ['할인 대상', target],
            ],
          })),
        ),
        { type: excelType },
      ),
      png('이벤트1_메인.png'),
    ),
    papers: ['other', 'main'],
    items: (
      [
        ['튠페이스 60kj', 900_000, 650_000, '신규 고객 60kj'],
        ['포텐자 1회', 450_000, 320_000, '재방문 고객 1회'],
      ] as const
    ).map(([title, priceBefore, priceAfter, target]) =>
      event({
        ...{ title, priceBefore, priceAfter, target, vatIncluded: true, hospitalName: '이로운의원' },
        ...{ startsOn: '2026-12-01', endsOn: '2027-01-31' },
      }),
    ),
  }),
  caseOf('prose', 'numbered-events-with-slashes', {
    subject: '12월 이벤트 등록 요청 - 미소온의원',
    part: letter(
      `안녕하세요 미소온의원 입니다.
12월 이벤트 등록 요청드립니다.

병원명 : 미소온의원 / 사업자번호 : 138-81-00191
기간 : 2026.12.01 ~ 2026.12.31 / VAT : 포함 / 대상 : 신규 고객

1) 볼뉴머 300샷 / 정상가 800,000원 / 할인가 550,000원
2) 온다 리프팅 40kj / 정상가 600,000원 / 할인가 420,000원
3) 쥬베룩 볼륨 1회 / 정상가 450,000원 / 할인가 330,000원

감사합니다.`,
      png('메인이미지.png'),
    ),
    papers: ['main'],
    items: (
      [
        ['볼뉴머 300샷', 800_000, 550_000],
        ['온다 리프팅 40kj', 600_000, 420_000],
        ['쥬베룩 볼륨 1회', 450_000, 330_000],
      ] as const
    ).map(([title, priceBefore, priceAfter]) =>
      event({
        ...{ title, priceBefore, priceAfter, vatIncluded: true, target: '신규 고객' },
        ...{ hospitalName: '미소온의원', hospitalBusinessNumber: '1388100191' },
        ...{ startsOn: '2026-12-01', endsOn: '2026-12-31' },
      }),
    ),
  }),
  caseOf('mixed', 'hospital-with-its-head-as-doctor', {
    subject: '병원 및 원장 등록 요청',
    part: letter(
      `[병원]
상호: 다움의원
대표자: 표다움
사업자등록번호: 206-86-00204
종별: 의원
소재지: 서울특별시 노원구 동일로 1400, 4층
대표전화: 02-930-0630
진료과목: 산부인과

[원장]
성함: 표다움
면허번호: 47001
전문과목: 산부인과 전문의
자격번호: 5120
학력: 가나대학교 의과대학 졸업
주진료: 여성성형, 질환검사`,
      ...hospitalPapers,
      pdf('의사면허증_표다움.pdf'),
      pdf('전문의자격증_표다움.pdf'),
    ),
    papers: [...hospitalRoles, 'medicalLicense', 'specialistCert'],
    items: [
      hospital({
        ...{ name: '다움의원', representative: '표다움', businessNumber: '2068600204', type: '의원' },
        ...{ address: '서울특별시 노원구 동일로 1400, 4층', phone: '+8229300630', departments: ['10'] },
        ...at('서울', '노원구'),
      }),
      doctor({
        ...{
          name: '표다움',
          licenceNumber: '47001',
          isSpecialist: true,
          specialty: '10',
          specialistNumber: '5120',
        },
        ...{ career: ['가나대학교 의과대학 졸업'], focus: ['여성성형', '질환검사'] },
        ...{ hospitalName: '다움의원', hospitalBusinessNumber: '2068600204' },
      }),
    ],
  }),
  caseOf('prose', 'doctor-in-the-third-person', {
    subject: '신규 원장님 등록',
    part: letter(
      `안녕하세요. 예담의원 행정실입니다.

12월 1일자로 새로 부임하시는 방예린 원장님 등록을 부탁드립니다. 방예린 원장님은 이비인후과 전문의이시며, 의사면허번호는 제 59021호, 전문의 자격번호는 제 4411호입니다. 저희 병원 사업자등록번호는 801-86-00163입니다.

첨부 : 면허증, 자격증 각 1부`,
      pdf('면허증.pdf'),
      pdf('자격증.pdf'),
    ),
    papers: ['medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{
          name: '방예린',
          licenceNumber: '59021',
          isSpecialist: true,
          specialty: '13',
          specialistNumber: '4411',
        },
        ...{ hospitalName: '예담의원', hospitalBusinessNumber: '8018600163' },
      }),
    ],
  }),
  caseOf('reply', 'polite-correction-of-two', {
    subject: 'Re: Re: [DP-20261120-0031] 이벤트 등록 보완 요청',
    headers: { 'In-Reply-To': '<d@drpitch.example>', From: `${words('박실장')} <park@raon.example>` },
    part: letter(`안녕하세요 담당자님, 회신 감사합니다.

말씀해주신 부분 수정하여 다시 보내드립니다.
- 정상가: 120만원 → 110만원
- 심의번호: 제261110-중-300001호 (2029.11.09까지 유효)

그럼 수고하세요.
박실장 드림

-----------------------------
라온의원 | 02-555-0101 | 서울 강남구 테헤란로 1
-----------------------------

> 정상가: 1,200,000원
> 심의번호: 없음`),
    items: [
      change('event', {
        ...{ priceBefore: 1_100_000, adReviewNumber: '261110-중-300001', adReviewValidUntil: '2029-11-09' },
      }),
    ],
  }),
  caseOf('change', 'holiday-hours-and-closing-day', {
    subject: '휴진일 변경 부탁드립니다',
    part: letter(`안녕하세요 온빛의원입니다. 사업자번호 211-87-00052
휴진일이 일요일에서 수요일로 변경되어 진료시간 수정 부탁드립니다.
진료시간: 월화목금 10:00-19:00, 토일 10:00-15:00, 수요일 휴진`),
    items: [
      change('hospital', {
        businessNumber: '2118700052',
        openingHours: week({
          ...{ mon: '10:00-19:00', tue: '10:00-19:00', thu: '10:00-19:00', fri: '10:00-19:00' },
          ...{ wed: 'closed', sat: '10:00-15:00', sun: '10:00-15:00' },
        }),
      }),
    ],
  }),
  caseOf('change', 'name-of-the-hospital', {
    subject: '상호 변경 안내',
    part: letter(
      `안녕하세요. 병원 상호가 "늘찬의원"에서 "늘찬웰의원"으로 변경되었습니다.
사업자등록증 첨부드리오니 수정 부탁드립니다. (사업자번호 동일: 213-00-00000 아님, 301-91-00099)`,
      pdf('사업자등록증_변경.pdf'),
    ),
    papers: ['bizRegistration'],
    items: [change('hospital', { name: '늘찬웰의원', businessNumber: '3019100099' })],
  }),
  caseOf('files', 'only-a-hwp-form', {
    subject: '병원 등록 신청서 제출 - 단아의원',
    part: letter(
      '안녕하세요, 단아의원입니다. 병원 등록 신청서 한글파일로 제출합니다.',
      file('병원등록신청서.hwp', hwp, { type: 'application/x-hwp' }),
    ),
    papers: ['other'],
    items: [
      hospital(
        { name: '단아의원', type: '의원' },
        {
          problems: [
            ...['representative MISSING', 'businessNumber MISSING', 'region MISSING', 'district MISSING'],
            ...['address MISSING', 'phone MISSING', 'departments MISSING'],
            ...['bizRegistration MISSING_PAPER', 'openingCertificate MISSING_PAPER'],
          ],
        },
      ),
    ],
  }),
  caseOf('secret', 'card-in-a-table', {
    subject: '이벤트 등록 및 결제 정보',
    part: multipart(
      'mixed',
      html(
        `<table><tr><td>이벤트명</td><td>여드름 PDT 3회</td></tr><tr><td>병원명</td><td>피움의원</td></tr><tr><td>정상가</td><td>36만원</td></tr><tr><td>할인가</td><td>27만원(VAT포함)</td></tr><tr><td>기간</td><td>2026.12.01~2027.02.28</td></tr><tr><td>대상</td><td>신규 고객 3회</td></tr><tr><td>결제카드</td><td>5555 5555 5555 4444</td></tr></table>`,
      ),
      png('main.png'),
    ),
    papers: ['main'],
    warnings: ['CARD_REDACTED'],
    items: [
      event({
        ...{ title: '여드름 PDT 3회', hospitalName: '피움의원', priceBefore: 360_000, priceAfter: 270_000 },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2027-02-28', target: '신규 고객 3회' },
      }),
    ],
  }),
  caseOf('charset', 'flowed-and-wrapped-lines', {
    subject: '의료기관 등록 신청',
    part: multipart(
      'mixed',
      text(
        '의료기관명: 사랑빛의원\n대표자명: 간사랑\n사업자등록번호: 134-82-00181\n주소: 서울특별시 동작구 사당로 \n300, 2층 201호\n전화번호: 02-580-0640\n진료과목: 내과, 가정의학과, \n피부과\n',
        { parameters: '; format=flowed', encoding: 'quoted-printable' },
      ),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '사랑빛의원', representative: '간사랑', businessNumber: '1348200181', type: '의원' },
        ...{ address: '서울특별시 동작구 사당로 300, 2층 201호', phone: '+8225800640' },
        ...{ departments: ['01', '14', '23'], ...at('서울', '동작구') },
      }),
    ],
  }),
  caseOf('machine', 'vacation-answer-with-signature', {
    subject: 'Re: 부재중 자동회신',
    headers: { 'X-Autoreply': 'yes' },
    part: text(
      '안녕하세요. 라온의원 김라온입니다. 11/20까지 휴가입니다. 급하신 분은 02-555-0101로 전화주세요.',
    ),
    automatic: 'auto',
    items: [],
  }),
];
