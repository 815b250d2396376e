/** The eighth lot of mails written before the reader had seen anything of them. */
import { file, html, multipart, text, words, xlsx } from '../../build.ts';
import { at, caseOf, change, doctor, event, hospital, letter, week } from '../case.ts';

const excelType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const eighth = [
  caseOf('html', 'naver-form-with-label-rows-shaded', {
    subject: '[입점신청] 솔빛성형외과의원',
    headers: { From: `${words('솔빛성형외과')} <solbit@mail-n.example>` },
    part: html(
      `<div style="font-family:나눔고딕">안녕하세요. 솔빛성형외과의원입니다.<br>입점신청서 작성하여 보내드립니다.</div><div><br></div><table style="border-collapse:collapse" width="700"><tbody><tr><td style="background:#f2f2f2">1. 상호명</td><td>솔빛성형외과의원</td></tr><tr><td style="background:#f2f2f2">2. 대표자명 / 연락처</td><td>소하람 / 010-3333-4444</td></tr><tr><td style="background:#f2f2f2">3. 사업자등록번호</td><td>314-81-57721</td></tr><tr><td style="background:#f2f2f2">4. 병원 주소</td><td>[48060] 부산광역시 해운대구 센텀남대로 35, 7층</td></tr><tr><td style="background:#f2f2f2">5. 예약 전화</td><td>051.731.5500</td></tr><tr><td style="background:#f2f2f2">6. 진료과목</td><td>성형외과/피부과</td></tr><tr><td style="background:#f2f2f2">7. 영업시간</td><td><p>월화수목 10:00~19:00</p><p>금 10:00~20:30</p><p>토 10:00~16:00</p><p>일/공휴일 휴진</p></td></tr></tbody></table>`,
    ),
    items: [
      hospital(
        {
          ...{
            name: '솔빛성형외과의원',
            representative: '소하람',
            businessNumber: '3148157721',
            type: '의원',
          },
          ...{ address: '부산광역시 해운대구 센텀남대로 35, 7층', zip: '48060', ...at('부산', '해운대구') },
          ...{ phone: '+82517315500', departments: ['08', '14'] },
          openingHours: week({
            ...{ mon: '10:00-19:00', tue: '10:00-19:00', wed: '10:00-19:00', thu: '10:00-19:00' },
            ...{ fri: '10:00-20:30', sat: '10:00-16:00', sun: 'closed', holiday: 'closed' },
          }),
        },
        { problems: ['bizRegistration MISSING_PAPER', 'openingCertificate MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('prose', 'doctor-in-arrows', {
    subject: '의료진등록 요청_솔빛성형외과의원',
    part: letter(`병원명 → 솔빛성형외과의원
사업자번호 → 314-81-57721
이름 → 소하람
면허번호 → 제77001호
전문의 여부 → 성형외과 전문의
전문의 번호 → 제3301호
주력분야 → 안면윤곽, 눈성형`),
    items: [
      doctor(
        {
          ...{
            name: '소하람',
            licenceNumber: '77001',
            isSpecialist: true,
            specialty: '08',
            specialistNumber: '3301',
          },
          ...{
            hospitalName: '솔빛성형외과의원',
            hospitalBusinessNumber: '3148157721',
            focus: ['안면윤곽', '눈성형'],
          },
        },
        { problems: ['medicalLicense MISSING_PAPER', 'specialistCert MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('prose', 'event-with-a-price-table-in-text', {
    subject: '이벤트 신청합니다 (솔빛)',
    part: letter(`안녕하세요 솔빛성형외과의원입니다!

◈ 이벤트 제목
연말 눈성형 패키지

◈ 금액
정상가 250만원 / 이벤트가 190만원 (부가세 포함)

◈ 이벤트 기간
2026.12.01(화) ~ 2027.01.31(일)

◈ 대상
12월 예약 고객

◈ 심의번호
261030-중-400120

◈ 부작용 및 주의사항
출혈, 염증, 비대칭이 발생할 수 있습니다.

감사합니다 :)`),
    items: [
      event(
        {
          ...{
            title: '연말 눈성형 패키지',
            priceBefore: 2_500_000,
            priceAfter: 1_900_000,
            vatIncluded: true,
          },
          ...{
            startsOn: '2026-12-01',
            endsOn: '2027-01-31',
            target: '12월 예약 고객',
            adReviewNumber: '261030-중-400120',
          },
          ...{ sideEffects: '출혈, 염증, 비대칭이 발생할 수 있습니다.', hospitalName: '솔빛성형외과의원' },
        },
        { problems: ['main MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('sheet', 'events-with-notes-and-options-below', {
    subject: '12월 이벤트 리스트 전달',
    part: multipart(
      'mixed',
      text('안녕하세요, 하늘결피부과의원입니다.\n이벤트 리스트 첨부드립니다.'),
      file(
        '하늘결_12월.xlsx',
        xlsx({
          name: '12월',
          merges: ['A1:G1'],
          rows: [
            ['하늘결피부과의원 12월 이벤트'],
            [],
            ['순번', '시술명', '정상가(VAT포함)', '이벤트가(VAT포함)', '이벤트기간', '대상', '광고심의번호'],
            [1, '인모드 FX 1회', 300_000, 210_000, '26.12.01~27.01.31', '신규', '261102-중-500001'],
            [2, '아쿠아필 3회', '15만원', '9만 9천원', '26.12.01~27.01.31', '전체', '261102-중-500002'],
            ['※ 모든 시술은 원장님이 직접 진행합니다'],
          ],
        }),
        { type: excelType },
      ),
    ),
    papers: ['other'],
    items: [
      event(
        {
          ...{
            title: '인모드 FX 1회',
            priceBefore: 300_000,
            priceAfter: 210_000,
            vatIncluded: true,
            target: '신규',
          },
          ...{ startsOn: '2026-12-01', endsOn: '2027-01-31', adReviewNumber: '261102-중-500001' },
          hospitalName: '하늘결피부과의원',
        },
        { problems: ['main MISSING_PAPER'] },
      ),
      event(
        {
          ...{
            title: '아쿠아필 3회',
            priceBefore: 150_000,
            priceAfter: 99_000,
            vatIncluded: true,
            target: '전체',
          },
          ...{ startsOn: '2026-12-01', endsOn: '2027-01-31', adReviewNumber: '261102-중-500002' },
          hospitalName: '하늘결피부과의원',
        },
        { problems: ['main MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('forward', 'two-doctors-in-a-table-handed-on', {
    subject: '[전달] 의사등록',
    headers: { From: `${words('온커뮤니케이션 정대리')} <jung@oncomm.example>` },
    part: html(
      `<p>안녕하세요 온커뮤니케이션입니다. 하늘결피부과의원 의료진 등록 요청드립니다. (담당 010-9999-8888)</p><hr><p><b>보낸사람:</b> "하늘결피부과" &lt;sky@haneul.example&gt;<br><b>보낸날짜:</b> 2026-11-17 09:30<br><b>받는사람:</b> jung@oncomm.example<br><b>제목:</b> 의사등록</p><p>하늘결피부과의원 (사업자등록번호 : 124-81-00998)</p><table border=1><tr><th>성 명</th><th>면허번호</th><th>전문과목</th><th>전문의번호</th></tr><tr><td>탁현서</td><td>제 45,678 호</td><td>피부과</td><td>2002</td></tr><tr><td>하봄이</td><td>제 98001 호</td><td>-</td><td>-</td></tr></table>`,
      { charset: 'cp949', declared: 'euc-kr', encoding: '8bit' },
    ),
    items: [
      doctor(
        {
          ...{
            name: '탁현서',
            licenceNumber: '45678',
            isSpecialist: true,
            specialty: '14',
            specialistNumber: '2002',
          },
          ...{ hospitalName: '하늘결피부과의원', hospitalBusinessNumber: '1248100998' },
        },
        {
          problems: ['medicalLicense MISSING_PAPER', 'specialistCert MISSING_PAPER', 'mandate MISSING_PAPER'],
        },
      ),
      doctor(
        {
          name: '하봄이',
          licenceNumber: '98001',
          isSpecialist: false,
          hospitalName: '하늘결피부과의원',
          hospitalBusinessNumber: '1248100998',
        },
        { problems: ['medicalLicense MISSING_PAPER', 'mandate MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('prose', 'hospital-in-one-breath', {
    subject: '등록 부탁드려요',
    part: letter(
      `안녕하세요 광교에 있는 봄결의원입니다 사업자번호 120-81-47521 대표원장 옥지안이고요 주소는 경기도 수원시 영통구 광교중앙로 140 4층이에요 전화는 031-888-1234 진료과는 피부과랑 가정의학과 봅니다 잘 부탁드려요~`,
    ),
    items: [
      hospital(
        {
          ...{ name: '봄결의원', type: '의원', businessNumber: '1208147521', representative: '옥지안' },
          ...{
            address: '경기도 수원시 영통구 광교중앙로 140 4층',
            ...at('경기', '수원시'),
            phone: '+82318881234',
          },
          departments: ['14', '23'],
        },
        { problems: ['bizRegistration MISSING_PAPER', 'openingCertificate MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('reply', 'answers-beside-numbered-questions', {
    subject: 'Re: [DP-20261118-0003] 이벤트 등록 보완 요청',
    headers: { 'In-Reply-To': '<answer-3@drpitch.example>' },
    part: letter(`안녕하세요.

1) 부가세 : 포함된 금액입니다.
2) 종료일 : 2027.02.28 로 부탁드립니다.
3) 할인대상 : 신규 고객

> 1) 부가세 포함 여부를 알려 주세요.
> 2) 종료일이 정해져 있지 않습니다.
> 3) 할인 대상을 적어 주세요.`),
    items: [change('event', { vatIncluded: true, endsOn: '2027-02-28', target: '신규 고객' })],
  }),
  caseOf('change', 'moved-to-a-new-address', {
    subject: '병원 이전 안내 및 주소 변경 요청',
    part: letter(`안녕하세요 봄결의원입니다.
저희 병원이 이전하게 되어 주소 변경 요청드립니다.

변경 전 : 경기도 수원시 영통구 광교중앙로 140, 4층
변경 후 : 경기도 수원시 영통구 도청로 65, 2층`),
    items: [change('hospital', { address: '경기도 수원시 영통구 도청로 65, 2층', ...at('경기', '수원시') })],
  }),
  caseOf('prose', 'two-events-with-headings', {
    subject: '이벤트 2건 등록 요청',
    part: letter(`봄결의원 (120-81-47521)

[이벤트1]
시술명: 제모 5회
정가: 250,000원
할인가: 175,000원
[이벤트2]
시술명: 여드름 압출
정가: 80,000원
할인가: 56,000원

공통사항
기간: 2026.12.01 ~ 2026.12.31
VAT 포함 / 신규 고객 대상`),
    items: (
      [
        ['제모 5회', 250_000, 175_000],
        ['여드름 압출', 80_000, 56_000],
      ] as const
    ).map(([title, priceBefore, priceAfter]) =>
      event(
        {
          ...{
            title,
            priceBefore,
            priceAfter,
            vatIncluded: true,
            startsOn: '2026-12-01',
            endsOn: '2026-12-31',
          },
          ...{ target: '신규 고객 대상', hospitalName: '봄결의원', hospitalBusinessNumber: '1208147521' },
        },
        { problems: ['main MISSING_PAPER'] },
      ),
    ),
  }),
  caseOf('charset', 'outlook-doctor-in-four-columns', {
    subject: '의료진 등록',
    part: html(
      `<table class=MsoNormalTable border=1><tr><td><p class=MsoNormal><b>소속<o:p></o:p></b></p></td><td colspan=3><p class=MsoNormal>뷁봄의원<o:p></o:p></p></td></tr><tr><td><p><b>성함</b></p></td><td><p>모지후 대표원장</p></td><td><p><b>면허번호</b></p></td><td><p>60001</p></td></tr><tr><td><p><b>전문의</b></p></td><td><p>정형외과</p></td><td><p><b>자격번호</b></p></td><td><p>5005</p></td></tr><tr><td><p><b>학력/경력</b></p></td><td colspan=3><p>가나의대 졸업</p><p>前 다라병원 과장</p></td></tr></table>`,
      { charset: 'cp949', declared: 'ks_c_5601-1987' },
    ),
    items: [
      doctor(
        {
          ...{
            name: '모지후',
            licenceNumber: '60001',
            isSpecialist: true,
            specialty: '05',
            specialistNumber: '5005',
          },
          ...{ hospitalName: '뷁봄의원', career: ['가나의대 졸업', '前 다라병원 과장'] },
        },
        {
          problems: [
            'hospitalBusinessNumber MISSING',
            'medicalLicense MISSING_PAPER',
            'specialistCert MISSING_PAPER',
          ],
        },
      ),
    ],
  }),
  caseOf('english', 'bilingual-hospital-form', {
    subject: 'Clinic registration / 병원 등록',
    part: letter(`병원명 (Clinic Name): 한미르의원 / Hanmir Clinic
대표자 (Representative): 편도현
사업자등록번호 (Business No.): 220-81-62517
주소 (Address): 서울특별시 용산구 이태원로 200, 2층
전화 (Tel): +82-2-790-1100
진료과목 (Departments): 피부과
홈페이지 (Website): www.hanmir.example`),
    items: [
      hospital(
        {
          ...{ name: '한미르의원', representative: '편도현', businessNumber: '2208162517', type: '의원' },
          ...{
            address: '서울특별시 용산구 이태원로 200, 2층',
            ...at('서울', '용산구'),
            phone: '+8227901100',
          },
          ...{ departments: ['14'], homepage: 'https://www.hanmir.example' },
        },
        { problems: ['bizRegistration MISSING_PAPER', 'openingCertificate MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('change', 'event-stops-early', {
    subject: '[한미르의원] 이벤트 조기 종료 요청',
    part: letter('안녕하세요 한미르의원입니다.\n물량 소진으로 리프팅 이벤트 조기 종료 요청드립니다.'),
    items: [change('event', { withdraw: true })],
  }),
];
