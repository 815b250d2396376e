/** Answers to our letters and requests to change something, with their history and signatures. */
import { html, multipart, text } from '../build.ts';
import { caseOf, change, letter, pdf } from './case.ts';

const reply = { 'In-Reply-To': '<answer-1@drpitch.example>', References: '<answer-1@drpitch.example>' };

export const replies = [
  caseOf('reply', 'quoted-history-with-the-old-number', {
    subject: 'Re: [DP-20261116-0001] 병원 등록 접수 안내',
    headers: reply,
    part: letter(`안녕하세요. 전화번호만 02-555-0199로 바꿔주세요.

감사합니다.
--
라온의원 박실장
T. 02-555-0101 | M. 010-1234-5678

2026년 11월 16일 (월) 오후 1:10, 닥터피치 <regist@drpitch.example>님이 작성:
> 병원명: 라온의원
> 대표전화: 02-555-0101
> 주소: 서울 강남구 테헤란로 1
`),
    items: [change('hospital', { phone: '+8225550199' })],
  }),
  caseOf('reply', 'outlook-answer-above-history', {
    subject: 'RE: [DP-20261116-0002] 의사 등록 서류 보완 요청',
    headers: reply,
    part: multipart(
      'mixed',
      text(
        `면허번호가 잘못 적혔네요. 면허번호: 54312 입니다. 면허증 다시 첨부드립니다.

From: 닥터피치 <regist@drpitch.example>
Sent: Monday, November 16, 2026 1:10 PM
To: desk@raon.example
Subject: [DP-20261116-0002] 의사 등록 서류 보완 요청

면허번호: 1234567 (읽을 수 없습니다)
성명: 김라온`,
        { charset: 'cp949', declared: 'ks_c_5601-1987' },
      ),
      pdf('면허증_재발급.pdf'),
    ),
    papers: ['medicalLicense'],
    items: [change('doctor', { licenceNumber: '54312' })],
  }),
  caseOf('reply', 'html-answer-over-a-blockquote', {
    subject: 'Re: [DP-20261116-0003] 이벤트 등록 보완 요청',
    headers: reply,
    part: html(
      `<div dir="ltr">네 종료일은 2027년 1월 31일로 해주시고, 부가세 포함 금액 맞습니다.</div><br><div class="gmail_quote"><div class="gmail_attr">2026년 11월 16일 (월) 오후 2:00, 닥터피치 &lt;<a href="mailto:regist@drpitch.example">regist@drpitch.example</a>&gt;님이 작성:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex">종료일: 상시<br>부가세: 별도<br>할인가: 59,000원</blockquote></div>`,
    ),
    items: [change('event', { endsOn: '2027-01-31', vatIncluded: true })],
  }),
  caseOf('reply', 'several-fields-one-per-line', {
    subject: '답장: [DP-20261116-0004] 병원 등록',
    headers: reply,
    part: letter(`요청하신 내용 보내드립니다.

요양기관번호 : 12345678
종별 : 의원
진료과목 : 피부과, 성형외과

수고하세요^^`),
    items: [
      change('hospital', { careInstitutionNumber: '12345678', type: '의원', departments: ['08', '14'] }),
    ],
  }),
  caseOf('change', 'moved', {
    subject: '병원 이전으로 인한 주소 변경 요청',
    part: letter(`안녕하세요. 라온의원입니다.
병원이 이전하여 주소 변경 요청드립니다.

변경 전: 서울 서초구 강남대로 1
변경 후: 서울특별시 강남구 봉은사로 100, 5층

감사합니다.`),
    items: [
      change('hospital', {
        ...{ address: '서울특별시 강남구 봉은사로 100, 5층' },
        ...{ region: '서울', district: '강남구' },
      }),
    ],
  }),
  caseOf('change', 'price-from-to', {
    subject: '이벤트 수정 요청',
    part: letter(`사각턱 보톡스 이벤트 할인가를 59,000원에서 49,000원으로 변경 부탁드립니다.
종료일도 2027.02.28로 수정해주세요.`),
    items: [change('event', { priceAfter: 49_000, endsOn: '2027-02-28' })],
  }),
  caseOf('change', 'hours-from-january', {
    subject: '진료시간 변경 안내드립니다',
    part: letter(`안녕하세요 라온의원 (120-81-47521) 입니다.
진료시간이 아래와 같이 변경되어 수정 요청드립니다.

진료시간: 평일 09:30~18:30, 토요일 09:30~14:00, 일요일·공휴일 휴진`),
    items: [
      change('hospital', {
        businessNumber: '1208147521',
        openingHours: {
          ...{
            mon: '09:30-18:30',
            tue: '09:30-18:30',
            wed: '09:30-18:30',
            thu: '09:30-18:30',
            fri: '09:30-18:30',
          },
          ...{ sat: '09:30-14:00', sun: 'closed', holiday: 'closed', lunch: null },
        },
      }),
    ],
  }),
  caseOf('change', 'bank-account', {
    subject: '정산계좌 변경 요청드립니다',
    part: letter(
      `라온의원입니다. 정산계좌 변경 요청드립니다.
은행명: 가나은행
계좌번호: 123-456-789012
예금주: 김라온`,
      pdf('통장사본.pdf'),
    ),
    papers: ['bankAccount'],
    items: [change(null, {}, { state: 'NEEDS_INFO' })],
  }),
  caseOf('change', 'new-head', {
    subject: '대표자 변경 신고',
    part: letter(
      `안녕하세요, 라온의원입니다.
대표자가 김라온에서 이가람으로 변경되었습니다. 사업자등록증 첨부드립니다.`,
      pdf('사업자등록증(변경).pdf'),
    ),
    papers: ['bizRegistration'],
    items: [change('hospital', { representative: '이가람' })],
  }),
];
