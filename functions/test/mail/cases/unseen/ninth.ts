/** The ninth lot of mails written before the reader had seen anything of them. */
import { file, html, multipart, text, words, xlsx } from '../../build.ts';
import { at, caseOf, change, doctor, event, hospital, letter, week } from '../case.ts';

const excelType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const ninth = [
  caseOf('html', 'gmail-list-with-bold-labels', {
    subject: '병원등록 요청 (포근한의원)',
    part: html(
      `<div dir="ltr"><div>안녕하세요, 포근한의원 실장 유다미입니다.</div><div>등록 요청드립니다.</div><br><ul><li><b>병원명</b>: 포근한의원</li><li><b>대표원장</b>: 계하준 원장</li><li><b>사업자등록번호</b>: 124-81-00998</li><li><b>주소</b>: 대구 수성구 달구벌대로 2300, 3층 (범어동)</li><li><b>대표전화</b>: 053-755-2020</li><li><b>진료과</b>: 피부과</li><li><b>진료시간</b><ul><li>월~금 10:00 – 19:00</li><li>토 10:00 – 15:00</li><li>점심 13:00 – 14:00</li><li>일/공휴일 휴무</li></ul></li></ul><div>감사합니다.</div><div>--<br>유다미 실장<br>M 010-7777-1212</div></div>`,
    ),
    items: [
      hospital(
        {
          ...{ name: '포근한의원', representative: '계하준', businessNumber: '1248100998', type: '의원' },
          ...{
            address: '대구 수성구 달구벌대로 2300, 3층 (범어동)',
            ...at('대구', '수성구'),
            phone: '+82537552020',
          },
          departments: ['14'],
          openingHours: week({
            ...{
              weekdays: '10:00-19:00',
              sat: '10:00-15:00',
              lunch: '13:00-14:00',
              sun: 'closed',
              holiday: 'closed',
            },
          }),
        },
        { problems: ['bizRegistration MISSING_PAPER', 'openingCertificate MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('prose', 'doctor-in-a-naver-letter', {
    subject: '[의사등록] 포근한의원 / 계하준',
    part: letter(`닥터피치 담당자님 안녕하세요.
포근한의원입니다.

아래 의료진 등록 부탁드립니다.

▣ 소속 의료기관 : 포근한의원 [124-81-00998]
▣ 성       명 : 계하준 (男)
▣ 면 허 번 호 : 제 81234호 (2009.03.01 취득)
▣ 전 문 의 : 피부과 (전문의번호 : 제1777호)
▣ 주요 진료 : 기미/색소, 여드름, 리프팅
▣ 학   력 : 마바대학교 의과대학 졸업
▣ 경   력 : 마바대학교병원 피부과 전공의
             현) 포근한의원 대표원장

이상입니다. 감사합니다.`),
    items: [
      doctor(
        {
          ...{
            name: '계하준',
            licenceNumber: '81234',
            isSpecialist: true,
            specialty: '14',
            specialistNumber: '1777',
          },
          ...{
            hospitalName: '포근한의원',
            hospitalBusinessNumber: '1248100998',
            focus: ['기미', '색소', '여드름', '리프팅'],
          },
          career: ['마바대학교 의과대학 졸업', '마바대학교병원 피부과 전공의', '현) 포근한의원 대표원장'],
        },
        { problems: ['medicalLicense MISSING_PAPER', 'specialistCert MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('prose', 'event-with-equal-signs-and-dates-apart', {
    subject: '이벤트신청서',
    part: letter(`이벤트명 = 겨울 보습 스킨케어 3회
병원 = 포근한의원
시작 = 2026-12-10
마감 = 2027-02-10
정상가 = 330000
이벤트가 = 231000
부가세 = 포함
심의필 = 제 261111-중-610022 호
조건 = 1인 1회
부작용 = 일시적 홍조`),
    items: [
      event(
        {
          ...{
            title: '겨울 보습 스킨케어 3회',
            priceBefore: 330_000,
            priceAfter: 231_000,
            vatIncluded: true,
          },
          ...{
            startsOn: '2026-12-10',
            endsOn: '2027-02-10',
            target: '1인 1회',
            adReviewNumber: '261111-중-610022',
          },
          ...{ sideEffects: '일시적 홍조', hospitalName: '포근한의원' },
        },
        { problems: ['main MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('sheet', 'branches-in-one-sheet', {
    subject: '지점 등록 요청',
    part: multipart(
      'mixed',
      text('첨부파일 확인 부탁드립니다.'),
      file(
        '지점현황.xlsx',
        xlsx({
          name: '지점',
          rows: [
            ['※ 지점별 기본정보'],
            ['지점명', '상호', '대표자', '사업자번호', '주소', '대표번호', '진료과목'],
            [
              '강남점',
              '미담의원 강남점',
              '예서준',
              '120-81-47521',
              '서울특별시 강남구 강남대로 390',
              '02-6011-1000',
              '피부과',
            ],
            [
              '부산점',
              '미담의원 부산점',
              '국서아',
              '220-81-62517',
              '부산광역시 부산진구 중앙대로 700',
              '051-800-1000',
              '피부과, 성형외과',
            ],
          ],
        }),
        { type: excelType },
      ),
    ),
    papers: ['other'],
    items: [
      hospital(
        {
          ...{
            name: '미담의원 강남점',
            representative: '예서준',
            businessNumber: '1208147521',
            type: '의원',
          },
          ...{
            address: '서울특별시 강남구 강남대로 390',
            ...at('서울', '강남구'),
            phone: '+82260111000',
            departments: ['14'],
          },
        },
        { problems: ['bizRegistration MISSING_PAPER', 'openingCertificate MISSING_PAPER'] },
      ),
      hospital(
        {
          ...{
            name: '미담의원 부산점',
            representative: '국서아',
            businessNumber: '2208162517',
            type: '의원',
          },
          ...{
            address: '부산광역시 부산진구 중앙대로 700',
            ...at('부산', '부산진구'),
            phone: '+82518001000',
          },
          departments: ['08', '14'],
        },
        { problems: ['bizRegistration MISSING_PAPER', 'openingCertificate MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('forward', 'a-clinic-forwards-its-own-form', {
    subject: 'FW: 입점 서류',
    headers: { From: `${words('미담의원')} <info@midam.example>` },
    part: letter(`전달드립니다. 확인 부탁드려요.

-----Original Message-----
From: 원장실 <ceo@midam.example>
Sent: Tuesday, November 17, 2026 9:12 AM
To: info@midam.example
Subject: 입점 서류

상호 : 미담의원
대표 : 예서준
사업자등록번호 : 120-81-47521
소재지 : 서울특별시 강남구 강남대로 390
전화 : 02-6011-1000
표시과목 : 피부과`),
    items: [
      hospital(
        {
          ...{ name: '미담의원', representative: '예서준', businessNumber: '1208147521', type: '의원' },
          ...{
            address: '서울특별시 강남구 강남대로 390',
            ...at('서울', '강남구'),
            phone: '+82260111000',
            departments: ['14'],
          },
        },
        { problems: ['bizRegistration MISSING_PAPER', 'openingCertificate MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('prose', 'event-from-a-phone', {
    subject: '이벤트요',
    part: letter(`안녕하세요 미담의원이에요
12월 이벤트 하나 올려주세요!!

써마지 600샷
정상가 300만 이벤트가 220만 부가세포함이요
12월 1일부터 31일까지 하구요
신규고객만요

사진은 내일 보낼게요

나의 iPhone에서 보냄`),
    items: [
      event(
        {
          ...{ title: '써마지 600샷', priceBefore: 3_000_000, priceAfter: 2_200_000, vatIncluded: true },
          ...{ startsOn: '2026-12-01', endsOn: '2026-12-31', target: '신규고객만', hospitalName: '미담의원' },
        },
        { problems: ['main MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('reply', 'correction-with-thanks-and-card', {
    subject: 'RE: RE: [DP-20261118-0021] 의사 등록 보완 요청 안내',
    headers: { 'In-Reply-To': '<answer-21@drpitch.example>' },
    part: letter(`안녕하세요 담당자님,
말씀하신 자격번호는 1777이 아니라 1778입니다. 수정 부탁드립니다.

감사합니다.
유다미 드림
------------------------
포근한의원 | T 053-755-2020 | F 053-755-2021

보낸 사람: 닥터피치 <regist@drpitch.example>
보낸 날짜: 2026년 11월 18일 수요일 오후 2:10
받는 사람: info@pogeun.example
제목: [DP-20261118-0021] 의사 등록 보완 요청 안내

자격번호: 1777`),
    items: [change('doctor', { specialistNumber: '1778' })],
  }),
  caseOf('change', 'new-phone-and-hours', {
    subject: '병원정보 수정 요청드립니다 (포근한의원)',
    part: letter(`안녕하세요 포근한의원입니다. 아래와 같이 수정 부탁드립니다.

- 대표전화 : 053-755-2020 → 053-755-3030
- 진료시간 : 평일 09:30~18:30 / 토 09:30~14:00 / 일 휴진`),
    items: [
      change('hospital', {
        phone: '+82537553030',
        openingHours: week({ weekdays: '09:30-18:30', sat: '09:30-14:00', sun: 'closed' }),
      }),
    ],
  }),
  caseOf('html', 'nested-tables-with-spacers', {
    subject: '의료진 등록신청',
    part: html(
      `<table width="100%" cellpadding="0"><tr><td align="center"><table width="600"><tr><td colspan="3" height="20">&nbsp;</td></tr><tr><td width="120">의사성명</td><td width="10">:</td><td>봉가은</td></tr><tr><td>의사면허번호</td><td>:</td><td>91919</td></tr><tr><td>전문과목</td><td>:</td><td>안과 전문의</td></tr><tr><td>소속병원</td><td>:</td><td>밝은빛안과의원</td></tr><tr><td>병원 사업자번호</td><td>:</td><td>220-81-62517</td></tr></table></td></tr></table>`,
    ),
    items: [
      doctor(
        {
          ...{ name: '봉가은', licenceNumber: '91919', isSpecialist: true, specialty: '12' },
          ...{ hospitalName: '밝은빛안과의원', hospitalBusinessNumber: '2208162517' },
        },
        { problems: ['medicalLicense MISSING_PAPER', 'specialistCert MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('html', 'event-cards-in-paragraphs', {
    subject: '이벤트 2건 신청',
    part: html(
      `<p>밝은빛안과의원입니다.</p><p><b>1. 스마일라식 이벤트</b><br>정상가 250만원 → 할인가 198만원 (VAT 포함)<br>기간: 2026.12.01 ~ 2027.01.31<br>대상: 수험생</p><p><b>2. 라섹 이벤트</b><br>정상가 180만원 → 할인가 145만원 (VAT 포함)<br>기간: 2026.12.15 ~ 2027.02.28<br>대상: 신규 고객</p>`,
    ),
    items: [
      event(
        {
          ...{ title: '스마일라식 이벤트', priceBefore: 2_500_000, priceAfter: 1_980_000, vatIncluded: true },
          ...{
            startsOn: '2026-12-01',
            endsOn: '2027-01-31',
            target: '수험생',
            hospitalName: '밝은빛안과의원',
          },
        },
        { problems: ['main MISSING_PAPER'] },
      ),
      event(
        {
          ...{ title: '라섹 이벤트', priceBefore: 1_800_000, priceAfter: 1_450_000, vatIncluded: true },
          ...{
            startsOn: '2026-12-15',
            endsOn: '2027-02-28',
            target: '신규 고객',
            hospitalName: '밝은빛안과의원',
          },
        },
        { problems: ['main MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('charset', 'euc-kr-hospital-with-underscored-labels', {
    subject: '병원등록신청',
    part: text(
      `병원_이름 : 샾라인의원
대표_원장 : 설아린
사업자_번호 : 1208147521
병원_주소 : (06236) 서울 강남구 테헤란로 129
전화_번호 : 0225559900
진료_과목 : 성형외과
주_차 : 가능
`,
      { charset: 'cp949', declared: 'euc-kr', encoding: '8bit' },
    ),
    items: [
      hospital(
        {
          ...{ name: '샾라인의원', representative: '설아린', businessNumber: '1208147521', type: '의원' },
          ...{
            address: '서울 강남구 테헤란로 129',
            zip: '06236',
            ...at('서울', '강남구'),
            phone: '+82225559900',
          },
          departments: ['08'],
        },
        { problems: ['bizRegistration MISSING_PAPER', 'openingCertificate MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('mixed', 'doctor-and-event-of-one-clinic', {
    subject: '의료진 및 이벤트 등록 요청',
    part: letter(`안녕하세요 샾라인의원입니다. (사업자등록번호 120-81-47521)

■ 의료진
성명 : 설아린
면허번호 : 70707
전문의 : 성형외과 전문의

■ 이벤트
이벤트명 : 눈재수술 상담 이벤트
정상가 : 300만원
할인가 : 240만원 (VAT 포함)
기간 : 2026.12.01 ~ 2026.12.31
대상 : 재수술 고객`),
    items: [
      doctor(
        {
          ...{ name: '설아린', licenceNumber: '70707', isSpecialist: true, specialty: '08' },
          ...{ hospitalName: '샾라인의원', hospitalBusinessNumber: '1208147521' },
        },
        { problems: ['medicalLicense MISSING_PAPER', 'specialistCert MISSING_PAPER'] },
      ),
      event(
        {
          ...{
            title: '눈재수술 상담 이벤트',
            priceBefore: 3_000_000,
            priceAfter: 2_400_000,
            vatIncluded: true,
          },
          ...{ startsOn: '2026-12-01', endsOn: '2026-12-31', target: '재수술 고객' },
          ...{ hospitalName: '샾라인의원', hospitalBusinessNumber: '1208147521' },
        },
        { problems: ['main MISSING_PAPER'] },
      ),
    ],
  }),
];
