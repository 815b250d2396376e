/** Workbooks and lists in files. */
import { encodeText, file, multipart, type SheetContent, text, xlsx } from '../build.ts';
import { at, caseOf, doctor, event, hospital, hospitalPapers, hospitalRoles, letter, png } from './case.ts';

const excelType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const workbook = (name: string, ...sheets: SheetContent[]) =>
  file(name, xlsx(...sheets), { type: excelType });
const day = (iso: string) => new Date(`${iso}T00:00:00Z`);

export const sheets = [
  caseOf('sheet', 'title-row-header-in-row-3', {
    subject: '이벤트 일괄 등록 요청',
    part: letter(
      '안녕하세요. 첨부파일로 이벤트 3건 보내드립니다. 확인 부탁드립니다.',
      workbook('12월이벤트_별빛의원.xlsx', {
        name: '이벤트',
        merges: ['A1:I1'],
        rows: [
          ['별빛의원 12월 이벤트 리스트'],
          ['작성일: 2026-11-10'],
          [
            '번호',
            '병원명',
            '이벤트명',
            '정상가',
            '이벤트가',
            '시작일',
            '종료일',
            '부가세',
            '할인대상',
            '심의번호',
          ],
          [
            1,
            '별빛의원',
            '리쥬란힐러 2cc',
            350000,
            250000,
            day('2026-12-01'),
            day('2026-12-31'),
            '포함',
            '전 고객',
            '261020-중-123456',
          ],
          [2, '별빛의원', '백옥주사 10회', '50만원', '35만원', 46357, 46418, '포함', '신규고객', null],
          [
            3,
            '별빛의원',
            '콜라겐 부스터',
            200000,
            150000,
            '26.12.1',
            '26.12.24',
            '별도',
            '재방문 고객',
            null,
          ],
        ],
      }),
      png('메인.png'),
    ),
    papers: ['other', 'main'],
    items: [
      event({
        ...{ title: '리쥬란힐러 2cc', hospitalName: '별빛의원', priceBefore: 350_000, priceAfter: 250_000 },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2026-12-31', target: '전 고객' },
        adReviewNumber: '261020-중-123456',
      }),
      event({
        ...{ title: '백옥주사 10회', hospitalName: '별빛의원', priceBefore: 500_000, priceAfter: 350_000 },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2027-01-31', target: '신규고객' },
      }),
      event(
        {
          ...{ title: '콜라겐 부스터', hospitalName: '별빛의원', priceBefore: 200_000, priceAfter: 150_000 },
          ...{ vatIncluded: false, startsOn: '2026-12-01', endsOn: '2026-12-24', target: '재방문 고객' },
        },
        { problems: ['vatIncluded VAT_EXCLUDED'] },
      ),
    ],
  }),
  caseOf('sheet', 'a-sheet-for-each-kind', {
    subject: '등록 양식 제출합니다',
    part: letter(
      '등록 양식 작성하여 제출합니다.',
      workbook(
        '닥터피치_등록양식(나래의원).xlsx',
        {
          name: '병원정보',
          rows: [
            ['병원명', '나래의원'],
            ['대표자명', '경나래'],
            ['사업자등록번호', '129-87-00170'],
            ['요양기관기호', '31234567'],
            ['의료기관 종별', '의원'],
            ['주소', '경기도 고양시 일산동구 중앙로 1200, 501호'],
            ['대표전화', '031-900-0200'],
            ['진료과목', '피부과, 가정의학과'],
          ],
        },
        {
          name: '의료진',
          rows: [
            ['성명', '면허번호', '전문의 여부', '전문과목', '전문의 자격번호'],
            ['경나래', 34567, 'O', '가정의학과', 2345],
            ['봉수아', 87654, 'X', null, null],
          ],
        },
        {
          name: '작성요령',
          rows: [
            ['성명', '면허번호'],
            ['홍길동', 12345],
          ],
        },
      ),
      ...hospitalPapers,
    ),
    papers: ['other', ...hospitalRoles],
    items: [
      hospital({
        ...{ name: '나래의원', representative: '경나래', businessNumber: '1298700170', type: '의원' },
        ...{ careInstitutionNumber: '31234567', phone: '+82319000200', departments: ['14', '23'] },
        address: '경기도 고양시 일산동구 중앙로 1200, 501호',
        ...at('경기', '고양시'),
      }),
      doctor(
        {
          ...{ name: '경나래', licenceNumber: '34567', isSpecialist: true, specialty: '23' },
          ...{ specialistNumber: '2345', hospitalName: '나래의원', hospitalBusinessNumber: '1298700170' },
        },
        { problems: ['medicalLicense MISSING_PAPER', 'specialistCert MISSING_PAPER'] },
      ),
      doctor(
        {
          ...{ name: '봉수아', licenceNumber: '87654', isSpecialist: false },
          ...{ hospitalName: '나래의원', hospitalBusinessNumber: '1298700170' },
        },
        { problems: ['medicalLicense MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('sheet', 'formulas-and-units', {
    subject: '1월 프로모션',
    part: letter(
      '1월 프로모션 파일 첨부합니다. 새움의원 드림',
      workbook('1월.xlsx', {
        name: 'Sheet1',
        rows: [
          ['시술명', '정상가(만원)', '할인율', '할인가(만원)', '기간', 'VAT 포함여부', '대상'],
          [
            '프락셀 3회',
            60,
            0.3,
            { formula: 'B2*(1-C2)', value: 42 },
            '2027.01.02~2027.01.31',
            'O',
            '신규 3회 패키지',
          ],
          [
            'LDM 5회',
            40,
            0.25,
            { formula: 'B3*(1-C3)', value: 30 },
            '2027.01.02~2027.01.31',
            'O',
            '신규 5회 패키지',
          ],
        ],
      }),
      png('대표이미지.png'),
    ),
    papers: ['other', 'main'],
    items: (
      [
        ['프락셀 3회', 600_000, 420_000, '신규 3회 패키지'],
        ['LDM 5회', 400_000, 300_000, '신규 5회 패키지'],
      ] as const
    ).map(([title, priceBefore, priceAfter, target]) =>
      event({
        ...{ title, priceBefore, priceAfter, target, vatIncluded: true, hospitalName: '새움의원' },
        ...{ startsOn: '2027-01-02', endsOn: '2027-01-31' },
      }),
    ),
  }),
  caseOf('sheet', 'merged-hospital-over-rows', {
    subject: '의사 등록 3명',
    part: letter(
      '첨부 참고 바랍니다.',
      workbook('의료진명단.xlsx', {
        name: '명단',
        merges: ['A2:A4', 'B2:B4'],
        rows: [
          ['병원명', '사업자번호', '이름', '의사면허번호', '전문과목', '전문의번호'],
          ['참좋은의원', '134-82-00181', '감태윤', '제60001호', '정형외과 전문의', 1101],
          [null, null, '석보라', '제60002호', '해당없음', null],
          [null, null, '제갈민', '제60003호', '일반의', null],
        ],
      }),
    ),
    papers: ['other'],
    items: (
      [
        [
          {
            name: '감태윤',
            licenceNumber: '60001',
            isSpecialist: true,
            specialty: '05',
            specialistNumber: '1101',
          },
          true,
        ],
        [{ name: '석보라', licenceNumber: '60002', isSpecialist: false }, false],
        [{ name: '제갈민', licenceNumber: '60003', isSpecialist: false }, false],
      ] as const
    ).map(([fields, isSpecialist]) =>
      doctor(
        { ...fields, hospitalName: '참좋은의원', hospitalBusinessNumber: '1348200181' },
        {
          problems: [
            'medicalLicense MISSING_PAPER',
            ...(isSpecialist ? ['specialistCert MISSING_PAPER'] : []),
          ],
        },
      ),
    ),
  }),
  caseOf('sheet', 'csv-in-cp949', {
    subject: '이벤트등록',
    part: multipart(
      'mixed',
      text('csv 파일로 보내드립니다 확인해주세요'),
      file(
        'event.csv',
        encodeText(
          '병원명,이벤트명,정상가,할인가,시작일,종료일,부가세,대상\r\n뷰티샾의원,"눈밑지방재배치, 1회","1,800,000","1,450,000",2026-12-01,2027-01-31,포함,"신규, 수술비에 한함"\r\n뷰티샾의원,코필러 1cc,"300,000","220,000",2026-12-01,2027-01-31,포함,신규 1cc\r\n',
          'cp949',
        ),
        { type: 'text/csv' },
      ),
      png('메인사진.png'),
    ),
    papers: ['other', 'main'],
    items: [
      event({
        ...{ title: '눈밑지방재배치, 1회', hospitalName: '뷰티샾의원', priceBefore: 1_800_000 },
        ...{ priceAfter: 1_450_000, vatIncluded: true, startsOn: '2026-12-01', endsOn: '2027-01-31' },
        target: '신규, 수술비에 한함',
      }),
      event({
        ...{ title: '코필러 1cc', hospitalName: '뷰티샾의원', priceBefore: 300_000, priceAfter: 220_000 },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2027-01-31', target: '신규 1cc' },
      }),
    ],
  }),
  caseOf('sheet', 'form-in-a-sheet-nothing-in-the-body', {
    subject: '',
    part: multipart(
      'mixed',
      text(''),
      workbook('병원등록신청서.xlsx', {
        name: '신청서',
        merges: ['A1:D1', 'B4:D4'],
        rows: [
          ['병원 등록 신청서'],
          ['상호', '온마음치과의원', '대표자', '함온유'],
          ['사업자번호', '138-81-00191', '대표전화', '02-2100-0210'],
          ['주소', '서울시 종로구 새문안로 5, 2층'],
          ['종별', '치과의원', '진료과목', '치과'],
        ],
      }),
      ...hospitalPapers,
    ),
    papers: ['other', ...hospitalRoles],
    items: [
      hospital({
        ...{
          name: '온마음치과의원',
          representative: '함온유',
          businessNumber: '1388100191',
          type: '치과의원',
        },
        ...{ address: '서울시 종로구 새문안로 5, 2층', phone: '+82221000210', departments: ['49'] },
        ...at('서울', '종로구'),
      }),
    ],
  }),
];
