/** The third lot of mails written before the reader had seen anything of them: events, answers and changes. */
import { file, html, multipart, text, words, xlsx } from '../../build.ts';
import { caseOf, change, event, letter, pdf, png, week } from '../case.ts';

const excelType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const thirdOffers = [
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
