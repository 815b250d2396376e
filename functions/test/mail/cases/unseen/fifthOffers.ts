/** The fifth lot of mails written before the reader had seen anything of them: events, answers and changes. */
import { html, multipart, text, words } from '../../build.ts';
import { at, caseOf, change, event, letter, png } from '../case.ts';

export const fifthOffers = [
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
];
