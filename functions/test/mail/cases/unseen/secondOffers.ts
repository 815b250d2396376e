/** The second lot of mails written before the reader had seen anything of them: events, answers and changes. */
import { html, multipart, words } from '../../build.ts';
import { caseOf, change, event, letter, pdf, png, week } from '../case.ts';

export const secondOffers = [
  caseOf('html', 'outlook-list-of-events', {
    subject: '라움의원 12월 이벤트 등록 요청의 건',
    part: multipart(
      'mixed',
      html(
        `<html><body><p class=MsoNormal>안녕하세요. 라움의원(135-91-00037) 마케팅팀입니다.</p><p class=MsoNormal>아래 이벤트 등록 부탁드립니다. (전 상품 부가세 포함)</p>
<table class=MsoNormalTable border=0><tr><td><p class=MsoNormal><b>No.</b></p></td><td><p><b>상품명</b></p></td><td><p><b>정상가격</b></p></td><td><p><b>이벤트 가격</b></p></td><td><p><b>할인율</b></p></td><td><p><b>진행 기간</b></p></td><td><p><b>할인 대상</b></p></td></tr>
<tr><td>1</td><td><p>아이리쥬란 1cc</p></td><td><p>250,000원</p></td><td><p>190,000원</p></td><td>24%</td><td><p>12/1(화)~12/31(목)</p></td><td>신규 고객 1cc</td></tr>
<tr><td>2</td><td><p>스킨보톡스 1회</p></td><td><p>200,000원</p></td><td><p>150,000원</p></td><td>25%</td><td><p>12/1(화)~1/15(금)</p></td><td>전체 고객 1회</td></tr></table></body></html>`,
        { charset: 'cp949', declared: 'ks_c_5601-1987' },
      ),
      png('메인_라움.png'),
    ),
    papers: ['main'],
    items: (
      [
        ['아이리쥬란 1cc', 250_000, 190_000, '2026-12-31', '신규 고객 1cc'],
        ['스킨보톡스 1회', 200_000, 150_000, '2027-01-15', '전체 고객 1회'],
      ] as const
    ).map(([title, priceBefore, priceAfter, endsOn, target]) =>
      event({
        ...{ title, priceBefore, priceAfter, target, endsOn, startsOn: '2026-12-01', vatIncluded: true },
        ...{ hospitalName: '라움의원', hospitalBusinessNumber: '1359100037' },
      }),
    ),
  }),
  caseOf('reply', 'answers-between-the-quoted-lines', {
    subject: 'Re: [DP-20261119-0021] 이벤트 등록 보완 요청',
    headers: { 'In-Reply-To': '<b@drpitch.example>' },
    part: letter(`> 1. 종료일이 없습니다. 종료일을 알려 주세요.
종료일: 2027-02-28

> 2. 할인 대상이 없습니다.
할인대상: 신규 고객, 1회 한정

> 할인가: 300,000원
`),
    items: [change('event', { endsOn: '2027-02-28', target: '신규 고객, 1회 한정' })],
  }),
  caseOf('reply', 'bare-values-in-a-sentence', {
    subject: 'RE: RE: [DP-20261119-0022] 병원 등록 보완 요청',
    headers: { 'In-Reply-To': '<c@drpitch.example>' },
    part: letter(`네 확인했습니다.
사업자번호 120-81-47521 이 맞습니다. 앞서 보낸 번호는 오타였어요.
그리고 대표전화는 02-6000-0530 로 등록해주세요.

나의 갤럭시에서 보냄`),
    items: [change('hospital', { businessNumber: '1208147521', phone: '+82260000530' })],
  }),
  caseOf('change', 'table-of-before-and-after', {
    subject: '[라온의원] 병원 정보 변경 요청의 건',
    part: html(
      `<p>라온의원입니다. 아래와 같이 변경 요청드립니다.</p><table border=1><tr><td>구분</td><td>기존</td><td>변경</td></tr><tr><td>대표전화</td><td>02-555-0101</td><td>02-6000-0540</td></tr><tr><td>진료시간</td><td>평일 10:00~19:00</td><td>평일 10:00~20:00 / 토 10:00~16:00</td></tr></table>`,
    ),
    items: [
      change('hospital', {
        phone: '+82260000540',
        openingHours: week({ weekdays: '10:00-20:00', sat: '10:00-16:00' }),
      }),
    ],
  }),
  caseOf('money', 'tax-exempt-and-dotted-thousands', {
    subject: '이벤트 신청드립니다.',
    part: letter(
      `♥ 이벤트명 ♥ 하이코 10줄
♥ 병원명 ♥ 제이미의원
♥ 정상가 ♥ 1,200,000 won
♥ 할인가 ♥ 890,000 won (VAT inc.)
♥ 기간 ♥ 2026/12/01-2026/12/31
♥ 대상 ♥ 신규 고객 10줄 기준`,
      png('main_hico.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{ title: '하이코 10줄', hospitalName: '제이미의원', priceBefore: 1_200_000, priceAfter: 890_000 },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2026-12-31', target: '신규 고객 10줄 기준' },
      }),
    ],
  }),
  caseOf('period', 'from-next-week', {
    subject: '이벤트 등록 문의',
    part: letter(
      `병원 : 소유의원
이벤트 : 브이라인 주사 5회
가격 : 정상가 50만원 / 할인가 35만원 (부가세 포함)
기간 : 12월 1일부터 2개월간
대상 : 누구나 5회 패키지`,
      png('메인사진.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{
          title: '브이라인 주사 5회',
          hospitalName: '소유의원',
          priceBefore: 500_000,
          priceAfter: 350_000,
        },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2027-01-31', target: '누구나 5회 패키지' },
      }),
    ],
  }),
  caseOf('english', 'event-in-two-languages', {
    subject: 'Event registration / 이벤트 등록',
    headers: { From: `${words('Bloom Clinic')} <marketing@bloom.example>` },
    part: letter(
      `Dear team,

이벤트명(Event): 리프팅 실 20줄
병원명(Hospital): 서울블룸의원
정상가(Regular price): KRW 1,000,000
할인가(Event price): KRW 750,000 (VAT included)
기간(Period): 2026-12-01 ~ 2027-01-31
대상(Target): 신규 고객 20줄

Thanks,
Amy`,
      png('main.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{
          title: '리프팅 실 20줄',
          hospitalName: '서울블룸의원',
          priceBefore: 1_000_000,
          priceAfter: 750_000,
        },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2027-01-31', target: '신규 고객 20줄' },
      }),
    ],
  }),
  caseOf('review', 'validity-on-the-next-line', {
    subject: '이벤트등록 (심의완료)',
    part: letter(
      `이벤트명: 윤곽 3종
병원명: 아름의원
정상가: 6,000,000원
할인가: 4,200,000원 (부가세포함)
이벤트기간: 2026.12.01 ~ 2027.02.28
할인대상: 신규 고객, 수술비용
의료광고심의필번호: 제261025-중-150001호
유효기간: 2029.10.24까지`,
      png('메인.png'),
      pdf('심의필증.pdf'),
    ),
    papers: ['main', 'adReview'],
    items: [
      event({
        ...{ title: '윤곽 3종', hospitalName: '아름의원', priceBefore: 6_000_000, priceAfter: 4_200_000 },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2027-02-28', target: '신규 고객, 수술비용' },
        ...{ adReviewNumber: '261025-중-150001', adReviewValidUntil: '2029-10-24' },
      }),
    ],
  }),
];
