/** The fourth lot of mails written before the reader had seen anything of them: events, answers and changes. */
import { file, html, multipart, words, xlsx } from '../../build.ts';
import { caseOf, change, event, letter, pdf, png } from '../case.ts';

export const fourthOffers = [
  caseOf('prose', 'event-with-price-lines-of-several-parts', {
    subject: '이벤트 신청 - 안다미로의원',
    part: letter(
      `안다미로의원 이벤트 신청합니다.

▣ 이벤트명
   안면거상 리프트
▣ 정상가
   550만원
▣ 이벤트가
   440만원 (부가세 포함, 마취비 별도)
▣ 이벤트 기간
   2026년 12월 1일 ~ 2027년 2월 28일
▣ 대상
   40세 이상 신규 고객, 수술비에 한함
▣ 부작용
   출혈, 감염, 신경손상, 비대칭 등이 발생할 수 있음
▣ 심의번호
   제 261120-중-170001 호 (유효기간 ~ 2029.11.19)`,
      png('메인.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{
          title: '안면거상 리프트',
          hospitalName: '안다미로의원',
          priceBefore: 5_500_000,
          priceAfter: 4_400_000,
        },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2027-02-28' },
        ...{ target: '40세 이상 신규 고객, 수술비에 한함' },
        sideEffects: '출혈, 감염, 신경손상, 비대칭 등이 발생할 수 있음',
        ...{ adReviewNumber: '261120-중-170001', adReviewValidUntil: '2029-11-19' },
      }),
    ],
  }),
  caseOf('sheet', 'two-headers-and-empty-rows', {
    subject: '12월 이벤트 리스트 송부',
    part: letter(
      '이벤트 리스트 송부드립니다. (도란도란의원 / 사업자번호 707-88-00152)',
      file(
        '이벤트_도란도란.xlsx',
        xlsx({
          name: '12월',
          merges: ['A1:G1', 'C3:D3', 'E3:F3'],
          rows: [
            ['도란도란의원 12월 EVENT'],
            [],
            ['NO', '시술명', '가격(원, VAT포함)', null, '이벤트 기간', null, '대상'],
            [null, null, '정상가', '이벤트가', '시작', '종료', null],
            [1, '슈퍼핏 1회', 330000, 231000, '2026-12-01', '2026-12-31', '신규 1회'],
            [],
            [2, '실펌X 2회', 700000, 490000, '2026-12-01', '2027-01-31', '전체 2회'],
            ['※ 모든 시술은 상담 후 진행됩니다.'],
          ],
        }),
        { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
      ),
      png('메인.png'),
    ),
    papers: ['other', 'main'],
    items: (
      [
        ['슈퍼핏 1회', 330_000, 231_000, '2026-12-31', '신규 1회'],
        ['실펌X 2회', 700_000, 490_000, '2027-01-31', '전체 2회'],
      ] as const
    ).map(([title, priceBefore, priceAfter, endsOn, target]) =>
      event({
        ...{ title, priceBefore, priceAfter, endsOn, target, startsOn: '2026-12-01', vatIncluded: true },
        ...{ hospitalName: '도란도란의원', hospitalBusinessNumber: '7078800152' },
      }),
    ),
  }),
  caseOf('forward', 'daum-forward-of-an-event', {
    subject: 'FW:이벤트 요청드려요',
    headers: { From: `${words('꽃길의원')} <kkotgil@hanmail.net>` },
    part: multipart(
      'mixed',
      html(
        `<div>이벤트 등록 부탁드립니다</div><div>--------- 원본 메일 ---------</div><div><b>보낸사람</b>: 꽃길의원 원장 &lt;dr@kkotgil.example&gt;</div><div><b>받는사람</b>: 꽃길의원 &lt;kkotgil@hanmail.net&gt;</div><div><b>날짜</b>: 26.11.14 18:02 GMT +0900</div><div><b>제목</b>: 이벤트 요청드려요</div><div><br></div><div>이벤트명은 슈링크 400샷이고 정상가 40만원, 할인가 29만원(부가세 포함)으로 진행합니다.</div><div>기간은 12월 1일~12월 31일입니다.</div><div>대상: 신규 고객 400샷</div>`,
      ),
      png('메인.png'),
    ),
    papers: ['main'],
    items: [
      event(
        {
          ...{ title: '슈링크 400샷', priceBefore: 400_000, priceAfter: 290_000, vatIncluded: true },
          ...{ startsOn: '2026-12-01', endsOn: '2026-12-31', target: '신규 고객 400샷' },
        },
        // Its hospital stands only in the name of the sender, which is no data.
        { problems: ['hospital MISSING'] },
      ),
    ],
  }),
  caseOf('reply', 'only-numbers-below-each-other', {
    subject: 'Re: [DP-20261120-0041] 의사 등록 보완 요청',
    headers: { 'In-Reply-To': '<e@drpitch.example>' },
    part: letter(
      `답변이 늦어 죄송합니다.

면허번호 53210
전문의 자격번호 1999
사업자번호 120-81-47521

면허증도 같이 보냅니다.`,
      pdf('면허증.pdf'),
    ),
    papers: ['medicalLicense'],
    items: [
      change('doctor', {
        licenceNumber: '53210',
        specialistNumber: '1999',
        hospitalBusinessNumber: '1208147521',
      }),
    ],
  }),
  caseOf('change', 'event-extended', {
    subject: '이벤트 기간 연장 요청',
    part: letter(`안녕하세요. 꽃길의원입니다.
'슈링크 400샷' 이벤트 기간을 2027년 1월 31일까지로 연장 부탁드립니다.`),
    items: [change('event', { endsOn: '2027-01-31' })],
  }),
  caseOf('change', 'doctor-got-a-qualification', {
    subject: '의료진 정보 수정 요청',
    part: letter(
      `한별의원 유한별 원장님 전문의 취득하셔서 정보 수정 요청드립니다.
성명: 유한별
전문의: 피부과 전문의
자격번호: 2501`,
      pdf('전문의자격증.pdf'),
    ),
    papers: ['specialistCert'],
    items: [
      change('doctor', { name: '유한별', isSpecialist: true, specialty: '14', specialistNumber: '2501' }),
    ],
  }),
  caseOf('negation', 'price-without-tax-and-no-discount-for-others', {
    subject: '이벤트등록 부탁드립니다(나무의원)',
    part: letter(
      `이벤트명 : 리쥬란 HB 1cc
정상가 : 33만원(VAT 포함)
할인가 : 23만원(VAT 포함) * 추가 비용 없음
기간 : 2026.12.01~2026.12.31 (휴진일 제외)
대상 : 신규 고객 1cc (타 이벤트 중복 할인 불가)
부작용 : 없음이라고 말씀드릴 수 없으며 멍, 부종이 있을 수 있습니다
병원 : 나무의원`,
      png('메인.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{ title: '리쥬란 HB 1cc', hospitalName: '나무의원', priceBefore: 330_000, priceAfter: 230_000 },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2026-12-31' },
        target: '신규 고객 1cc (타 이벤트 중복 할인 불가)',
        sideEffects: '없음이라고 말씀드릴 수 없으며 멍, 부종이 있을 수 있습니다',
      }),
    ],
  }),
  caseOf('money', 'prices-behind-the-title', {
    subject: '이벤트 2건 신청합니다',
    part: letter(
      `하늬의원 이벤트 2건 신청합니다. VAT 포함, 12월 한달간, 신규고객 대상입니다.

■ 엘란쎄 1cc : 60만원 -> 45만원
■ 스컬트라 1병 : 90만원 -> 69만원`,
      png('메인.png'),
    ),
    papers: ['main'],
    items: (
      [
        ['엘란쎄 1cc', 600_000, 450_000],
        ['스컬트라 1병', 900_000, 690_000],
      ] as const
    ).map(([title, priceBefore, priceAfter]) =>
      event({
        ...{ title, priceBefore, priceAfter, vatIncluded: true, hospitalName: '하늬의원' },
        ...{ startsOn: '2026-12-01', endsOn: '2026-12-31', target: '신규고객 대상' },
      }),
    ),
  }),
];
