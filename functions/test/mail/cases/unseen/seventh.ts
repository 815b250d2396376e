/** The seventh lot of mails written before the reader had seen anything of them. */
import { file, html, multipart, text, xlsx } from '../../build.ts';
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
} from '../case.ts';

const excelType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const seventh = [
  caseOf('html', 'registration-form-with-section-rows', {
    subject: '[신규입점] 물빛의원 등록 신청서',
    part: multipart(
      'mixed',
      html(
        `<p>안녕하세요 물빛의원 총무팀입니다.</p><table border="1"><tr><td colspan="4" style="text-align:center"><b>의료기관 등록 신청서</b></td></tr><tr><td rowspan="3">기관<br>정보</td><td>의료기관명</td><td colspan="2">물빛의원</td></tr><tr><td>사업자등록번호</td><td colspan="2">218-81-37295</td></tr><tr><td>개설자</td><td colspan="2">문하늘</td></tr><tr><td rowspan="2">연락<br>정보</td><td>대표전화</td><td colspan="2">031-711-2200</td></tr><tr><td>소재지</td><td colspan="2">경기도 성남시 분당구 판교역로 146, 3층</td></tr><tr><td rowspan="2">진료</td><td>표시과목</td><td colspan="2">피부과, 성형외과</td></tr><tr><td>진료시간</td><td colspan="2">평일 09:30~18:30<br>토요일 09:30~14:00<br>점심시간 13:00~14:00<br>일요일 및 공휴일 휴진</td></tr></table><p>감사합니다.</p>`,
      ),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '물빛의원', businessNumber: '2188137295', representative: '문하늘', type: '의원' },
        ...{
          phone: '+82317112200',
          address: '경기도 성남시 분당구 판교역로 146, 3층',
          ...at('경기', '성남시'),
        },
        departments: ['08', '14'],
        openingHours: week({
          weekdays: '09:30-18:30',
          sat: '09:30-14:00',
          lunch: '13:00-14:00',
          sun: 'closed',
          holiday: 'closed',
        }),
      }),
    ],
  }),
  caseOf('html', 'two-doctors-side-by-side', {
    subject: '의료진 등록 요청드립니다 (물빛의원)',
    part: html(
      `<div>안녕하세요. 물빛의원입니다. 사업자번호 218-81-37295</div><table><tr><th>구분</th><th>의료진 1</th><th>의료진 2</th></tr><tr><th>성명</th><td>문하늘</td><td>기소연</td></tr><tr><th>면허번호</th><td>98765</td><td>112233</td></tr><tr><th>전문의 여부</th><td>피부과 전문의</td><td>해당없음</td></tr><tr><th>주요경력</th><td>라마대학교병원 피부과 전공의</td><td>바사의원 부원장</td></tr></table>`,
    ),
    items: [
      doctor(
        {
          ...{ name: '문하늘', licenceNumber: '98765', isSpecialist: true, specialty: '14' },
          ...{
            hospitalName: '물빛의원',
            hospitalBusinessNumber: '2188137295',
            career: ['라마대학교병원 피부과 전공의'],
          },
        },
        { problems: ['medicalLicense MISSING_PAPER', 'specialistCert MISSING_PAPER'] },
      ),
      doctor(
        {
          ...{ name: '기소연', licenceNumber: '112233', isSpecialist: false },
          ...{ hospitalName: '물빛의원', hospitalBusinessNumber: '2188137295', career: ['바사의원 부원장'] },
        },
        { problems: ['medicalLicense MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('prose', 'event-told-in-polite-sentences', {
    subject: '12월 프로모션 등록 부탁드립니다',
    part: letter(
      `안녕하세요, 가온피부과의원 마케팅 담당 이주임입니다.

12월에 진행할 프로모션 등록 요청드려요.
시술명은 "피코토닝 5회"이고, 정상가 50만원에서 이벤트가 35만원으로 할인합니다(부가세 포함).
기간은 2026년 12월 1일부터 2026년 12월 31일까지이며, 신규 고객 대상입니다.
광고심의번호는 제 261015-중-204511호 입니다.

메인 이미지 첨부합니다.
감사합니다.
이주임 드림`,
      png('main_피코토닝.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{ title: '피코토닝 5회', priceBefore: 500_000, priceAfter: 350_000, vatIncluded: true },
        ...{ startsOn: '2026-12-01', endsOn: '2026-12-31', target: '신규 고객 대상' },
        ...{ adReviewNumber: '261015-중-204511', hospitalName: '가온피부과의원' },
      }),
    ],
  }),
  caseOf('prose', 'fields-parted-by-slashes-on-two-lines', {
    subject: '병원등록',
    part: letter(
      `달빛의원 / 대표 한결 / 사업자 119-86-21507 / 요양기관번호 31245678
부산 해운대구 센텀중앙로 90, 5층 / 051-746-8800 / 성형외과
평일 10-19, 토 10-15, 일 휴무`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{
          name: '달빛의원',
          representative: '한결',
          businessNumber: '1198621507',
          careInstitutionNumber: '31245678',
        },
        ...{ type: '의원', address: '부산 해운대구 센텀중앙로 90, 5층', ...at('부산', '해운대구') },
        ...{ phone: '+82517468800', departments: ['08'] },
        openingHours: week({ weekdays: '10:00-19:00', sat: '10:00-15:00', sun: 'closed' }),
      }),
    ],
  }),
  caseOf('sheet', 'doctors-in-a-sheet-with-merged-clinic', {
    subject: '의료진 명단 송부',
    part: letter(
      '의료진 명단 송부드립니다.',
      file(
        '의료진명단.xlsx',
        xlsx({
          name: '명단',
          merges: ['A3:A4'],
          rows: [
            ['의료진 명단'],
            ['소속병원', '성명', '의사면허번호', '전문과목', '자격번호', '휴대폰'],
            ['달빛의원', '한결', 54321, '성형외과 전문의', 1234, '010-2222-3333'],
            [null, '차민준', '제 654 호', '해당없음', '-', '010-4444-5555'],
          ],
        }),
        { type: excelType },
      ),
    ),
    papers: ['other'],
    items: [
      doctor(
        {
          ...{
            name: '한결',
            licenceNumber: '54321',
            isSpecialist: true,
            specialty: '08',
            specialistNumber: '1234',
          },
          ...{ phone: '+821022223333', hospitalName: '달빛의원' },
        },
        {
          problems: [
            'hospitalBusinessNumber MISSING',
            'medicalLicense MISSING_PAPER',
            'specialistCert MISSING_PAPER',
          ],
        },
      ),
      doctor(
        {
          name: '차민준',
          licenceNumber: '654',
          isSpecialist: false,
          phone: '+821044445555',
          hospitalName: '달빛의원',
        },
        { problems: ['hospitalBusinessNumber MISSING', 'medicalLicense MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('forward', 'agency-forwards-an-event-in-html', {
    subject: 'Fwd: 이벤트 등록 요청의 건',
    headers: { From: 'Adbridge <pm@adbridge.example>' },
    part: html(
      `<div>안녕하세요, 애드브릿지 김PM입니다. 고객사 이벤트 등록 대행 요청드립니다.<br>문의: 02-333-4444</div><br><div class="gmail_quote"><div>---------- Forwarded message ---------<br>보낸사람: <b>새론의원</b> &lt;mkt@saeron.example&gt;<br>Date: 2026년 11월 17일 (화) 오전 10:12<br>Subject: 이벤트 등록 요청의 건<br>To: &lt;pm@adbridge.example&gt;<br></div><br><p>안녕하세요 새론의원입니다.</p><p><b>이벤트명</b> 스킨보톡스 2cc<br><b>정상가</b> 220,000<br><b>이벤트가</b> 154,000 (VAT포함)<br><b>기간</b> 26.12.05 ~ 27.02.28<br><b>대상</b> 첫 방문 고객<br><b>심의번호</b> 261020-중-300111</p></div>`,
    ),
    items: [
      event(
        {
          ...{ title: '스킨보톡스 2cc', priceBefore: 220_000, priceAfter: 154_000, vatIncluded: true },
          ...{
            startsOn: '2026-12-05',
            endsOn: '2027-02-28',
            target: '첫 방문 고객',
            adReviewNumber: '261020-중-300111',
          },
          hospitalName: '새론의원',
        },
        { problems: ['main MISSING_PAPER', 'mandate MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('reply', 'two-corrections-in-a-list', {
    subject: 'RE: [DP-20261117-0007] 병원 등록 보완 요청',
    headers: { 'In-Reply-To': '<answer-7@drpitch.example>' },
    part: letter(`안녕하세요 물빛의원입니다.
요청하신 사항 회신드립니다.

1. 요양기관기호 => 31990011
2. 우편번호 => 13529

확인 부탁드립니다.`),
    items: [change('hospital', { careInstitutionNumber: '31990011', zip: '13529' })],
  }),
  caseOf('change', 'end-of-an-event-moved', {
    subject: '이벤트 기간 연장 요청 - 새론의원 스킨보톡스',
    part: letter(`안녕하세요 새론의원입니다.
현재 진행중인 스킨보톡스 2cc 이벤트의 종료일을 2027년 3월 31일로 연장 부탁드립니다.`),
    items: [change('event', { endsOn: '2027-03-31' })],
  }),
  caseOf('prose', 'doctor-from-a-phone-with-nicknames', {
    subject: '원장님 추가',
    part: letter(
      `안녕하세요 달빛의원인데요~ 이번에 새로 오신 원장님 추가 부탁드려요
성함 - 나윤슬
면허 - 130221
전문의 - 가정의학과
병원 사업자번호 119-86-21507 이에요
사진이랑 면허증 보내드려요!`,
      pdf('면허증.pdf'),
      png('profile.png'),
    ),
    papers: ['medicalLicense', 'profile'],
    items: [
      doctor(
        {
          ...{ name: '나윤슬', licenceNumber: '130221', isSpecialist: true, specialty: '23' },
          ...{ hospitalName: '달빛의원', hospitalBusinessNumber: '1198621507' },
        },
        { problems: ['specialistCert MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('charset', 'outlook-event-table-labels-on-top', {
    subject: '이벤트 등록',
    part: multipart(
      'alternative',
      text('이벤트 등록 요청드립니다.', { charset: 'cp949', declared: 'ks_c_5601-1987' }),
      html(
        `<html><body><p class=MsoNormal>이벤트 등록 요청드립니다. 병원명: 뷁온의원</p><table class=MsoTableGrid border=1><tr><td>상품명</td><td>정상가</td><td>행사가</td><td>기간</td><td>VAT</td></tr><tr><td><p>리쥬란 힐러 2cc</p></td><td>40만</td><td>29만</td><td>2026.12.01~2027.02.28</td><td>포함</td></tr><tr><td>물광주사</td><td>20만</td><td>15만</td><td>2026.12.01~2027.02.28</td><td>포함</td></tr></table></body></html>`,
        { charset: 'cp949', declared: 'ks_c_5601-1987', encoding: 'quoted-printable' },
      ),
    ),
    items: (
      [
        ['리쥬란 힐러 2cc', 400_000, 290_000],
        ['물광주사', 200_000, 150_000],
      ] as const
    ).map(([title, priceBefore, priceAfter]) =>
      event(
        {
          title,
          priceBefore,
          priceAfter,
          vatIncluded: true,
          startsOn: '2026-12-01',
          endsOn: '2027-02-28',
          hospitalName: '뷁온의원',
        },
        { problems: ['target NO_TARGET', 'main MISSING_PAPER'] },
      ),
    ),
  }),
  caseOf('prose', 'hospital-with-comments-in-brackets', {
    subject: '입점신청합니다',
    part: letter(
      `* 병원 이름 : 라벤더의원 (구 라벤더클리닉)
* 대표원장 : 표지수 (1인 원장)
* 사업자번호 : 214-88-65430 (첨부 참조)
* 위치 : 서울 마포구 양화로 45 메세나폴리스 2층 (합정역 10번 출구)
* 전화 : 02-6010-7788 (상담 10시~19시)
* 과목 : 피부과(주), 가정의학과
* 진료시간 : 월,화,목,금 10:30-19:30 / 수 휴진 / 토 10:00-16:00 / 일, 공휴일 휴진 (점심시간 없음)`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '라벤더의원', representative: '표지수', businessNumber: '2148865430', type: '의원' },
        ...{ address: '서울 마포구 양화로 45 메세나폴리스 2층 (합정역 10번 출구)', ...at('서울', '마포구') },
        ...{ phone: '+82260107788', departments: ['14', '23'] },
        openingHours: week({
          ...{
            mon: '10:30-19:30',
            tue: '10:30-19:30',
            thu: '10:30-19:30',
            fri: '10:30-19:30',
            wed: 'closed',
          },
          ...{ sat: '10:00-16:00', sun: 'closed', holiday: 'closed' },
        }),
      }),
    ],
  }),
  caseOf('mixed', 'hospital-and-its-doctor-in-one-letter', {
    subject: '병원 및 의료진 등록',
    part: letter(
      `[병원]
상호: 온결의원
사업자등록번호: 220-88-43218
대표자: 어진
주소: 대전광역시 서구 둔산로 100, 8층
전화: 042-488-7700

[의료진]
이름: 어진 (대표원장)
면허번호: 88123
전문의: 성형외과 전문의 (제2211호)

첨부: 사업자등록증, 개설신고증, 면허증, 전문의자격증`,
      ...hospitalPapers,
      pdf('면허증_어진.pdf'),
      pdf('전문의자격증_어진.pdf'),
    ),
    papers: [...hospitalRoles, 'medicalLicense', 'specialistCert'],
    items: [
      hospital(
        {
          ...{ name: '온결의원', businessNumber: '2208843218', representative: '어진', type: '의원' },
          ...{ address: '대전광역시 서구 둔산로 100, 8층', ...at('대전', '서구'), phone: '+82424887700' },
        },
        { problems: ['departments MISSING'] },
      ),
      doctor({
        ...{
          name: '어진',
          licenceNumber: '88123',
          isSpecialist: true,
          specialty: '08',
          specialistNumber: '2211',
        },
        ...{ hospitalName: '온결의원', hospitalBusinessNumber: '2208843218' },
      }),
    ],
  }),
];
