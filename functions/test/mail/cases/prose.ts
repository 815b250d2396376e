/** Running text: polite letters, telephones, messengers; what is denied in it. */
import {
  at,
  caseOf,
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

export const prose = [
  caseOf('prose', 'polite-letter', {
    subject: '입점 신청 관련하여 연락드립니다',
    part: letter(
      `안녕하세요, 닥터피치 담당자님.

저희는 부산 서면에 위치한 마루피부과의원입니다. 이번에 닥터피치에 입점하고자 메일 드립니다.
대표자는 어마루이고, 사업자등록번호는 206-86-00204입니다.
주소는 부산광역시 부산진구 서면로 68, 7층이며 대표전화는 051-800-0220입니다.
진료과목은 피부과입니다. 필요한 서류 두 가지 함께 첨부해 드립니다.

추가로 필요한 부분이 있으시면 말씀 부탁드리겠습니다.
감사합니다.
마루피부과의원 상담실장 드림`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '마루피부과의원', representative: '어마루', businessNumber: '2068600204', type: '의원' },
        ...{ address: '부산광역시 부산진구 서면로 68, 7층', phone: '+82518000220', departments: ['14'] },
        ...at('부산', '부산진구'),
      }),
    ],
  }),
  caseOf('prose', 'iphone-in-one-breath', {
    subject: '의사등록이요',
    part: letter(
      `안녕하세요 별하의원인데요 새로오신 원장님 등록 부탁드려요~ 성함은 국별하 원장님이시고 면허번호 70123이에요 성형외과 전문의세요 자격번호는 1987입니다 사업자번호 105-87-00214 입니당 면허증이랑 자격증 사진 첨부했어요!!

나의 iPhone에서 보냄`,
      png('IMG_면허증.png'),
      png('IMG_자격증.png'),
    ),
    papers: ['medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{ name: '국별하', licenceNumber: '70123', isSpecialist: true, specialty: '08' },
        ...{ specialistNumber: '1987', hospitalName: '별하의원', hospitalBusinessNumber: '1058700214' },
      }),
    ],
  }),
  caseOf('prose', 'copied-from-kakaotalk', {
    subject: '이벤트 등록 요청',
    part: letter(
      `아래 카톡 내용대로 등록해주세요

[다은실장] [오전 10:21] 이벤트명: 애교필러 1cc
[다은실장] [오전 10:21] 병원: 다은의원
[다은실장] [오전 10:22] 정상가 25만원
[다은실장] [오전 10:22] 할인가 17만원 부가세 포함이요
[다은실장] [오전 10:23] 기간: 2026.12.01~2026.12.31
[다은실장] [오전 10:23] 대상: 신규고객 1cc 기준`,
      png('메인 이미지.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{ title: '애교필러 1cc', hospitalName: '다은의원', priceBefore: 250_000, priceAfter: 170_000 },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2026-12-31', target: '신규고객 1cc 기준' },
      }),
    ],
  }),
  caseOf('prose', 'full-width-and-emojis', {
    subject: '🏥병원등록🏥 부탁드립니다😊',
    part: letter(
      `🌸 병원명 ： 벚꽃의원
👩‍⚕️ 대표원장 ： 옥벚나
📌사업자번호 ： １１７－９１－００２２８
📍 주소 ： 서울 영등포구 국제금융로 ２０, １１층
☎️ 전화 ： ０２）７８０－０２３０
💉 진료과목 ： 피부과 / 성형외과
🕙 진료시간 ： 평일 １０：００～１９：００ / 토 １０：００～１５：００`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '벚꽃의원', representative: '옥벚나', businessNumber: '1179100228', type: '의원' },
        ...{ address: '서울 영등포구 국제금융로 20, 11층', phone: '+8227800230', departments: ['08', '14'] },
        ...at('서울', '영등포구'),
        openingHours: week({ weekdays: '10:00-19:00', sat: '10:00-15:00' }),
      }),
    ],
  }),
  caseOf('prose', 'spaced-out-labels-under-circled-numbers', {
    subject: '병원 등록 요청 (한결같은의원)',
    part: letter(
      `① 병 원 명 : 한결같은의원
② 대 표 자 : 육 한 결
③ 사업자 번호 : 120 86 00235
④ 주    소 : 광주광역시 서구 상무중앙로 61 (치평동)
⑤ 전    화 : 062.380.0240
⑥ 팩    스 : 062.380.0241
⑦ 진료 과목 : 내과, 가정의학과
⑧ 종    별 : 의원
⑨ 담 당 자 : 주임 나은별 (010-2222-3333)`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '한결같은의원', representative: '육한결', businessNumber: '1208600235', type: '의원' },
        ...{
          address: '광주광역시 서구 상무중앙로 61 (치평동)',
          phone: '+82623800240',
          departments: ['01', '23'],
        },
        ...at('광주', '서구'),
      }),
    ],
  }),
  caseOf('prose', 'event-in-sentences', {
    subject: '이벤트 진행 문의드립니다',
    part: letter(
      `안녕하세요 담소의원 홍보담당자입니다.
12월 한 달간 진행할 이벤트 등록하려고 합니다. 이벤트명은 팔자필러 1cc이고, 정상가는 28만원, 할인가는 19만원입니다.
부가세는 포함된 금액이고, 이벤트 기간은 2026년 12월 1일부터 2026년 12월 31일까지입니다.
대상은 처음 방문하시는 고객입니다. 메인 이미지 첨부드려요.`,
      png('이벤트_메인.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{ title: '팔자필러 1cc', hospitalName: '담소의원', priceBefore: 280_000, priceAfter: 190_000 },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2026-12-31' },
        target: '처음 방문하시는 고객',
      }),
    ],
  }),
  caseOf('negation', 'not-a-specialist', {
    subject: '원장 등록 건',
    part: letter(
      `성명: 형도윤
면허번호: 83321
전문의 여부: 전문의는 아니시고 일반의이십니다
소속병원: 도담의원
사업자등록번호: 201-88-00241`,
      pdf('면허증사본.pdf'),
    ),
    papers: ['medicalLicense'],
    items: [
      doctor({
        ...{ name: '형도윤', licenceNumber: '83321', isSpecialist: false },
        ...{ hospitalName: '도담의원', hospitalBusinessNumber: '2018800241' },
      }),
    ],
  }),
  caseOf('negation', 'sentence-denies-department', {
    subject: '의사 등록 신청',
    part: letter(
      `안녕하세요 도담의원입니다. 피부과 진료를 보시지만 피부과 전문의는 아니세요. 참고 부탁드립니다.
의사명: 강나현 원장
의사면허번호: 제 91234 호
사업자번호: 201-88-00241`,
      pdf('강나현 면허증.pdf'),
    ),
    papers: ['medicalLicense'],
    items: [
      doctor({
        ...{ name: '강나현', licenceNumber: '91234', isSpecialist: false },
        ...{ hospitalName: '도담의원', hospitalBusinessNumber: '2018800241' },
      }),
    ],
  }),
  caseOf('negation', 'vat-apart-and-not-reviewed', {
    subject: '이벤트 등록',
    part: letter(
      `이벤트명: 입꼬리 보톡스
병원명: 도담의원
정상가: 80,000원
할인가: 60,000원 *부가세 별도입니다
기간: 2026.12.01 ~ 2026.12.31
대상: 누구나, 1회
심의번호: 심의 안 받음`,
      png('메인.png'),
    ),
    papers: ['main'],
    items: [
      event(
        {
          ...{ title: '입꼬리 보톡스', hospitalName: '도담의원', priceBefore: 80_000, priceAfter: 60_000 },
          ...{ vatIncluded: false, startsOn: '2026-12-01', endsOn: '2026-12-31', target: '누구나, 1회' },
          adReviewNumber: null,
        },
        { problems: ['vatIncluded VAT_EXCLUDED', 'adReviewNumber UNREADABLE'] },
      ),
    ],
  }),
  caseOf('negation', 'never-closed-no-lunch', {
    subject: '병원 등록 - 쉼없는의원',
    part: letter(
      `병원명: 쉼없는의원
대표자: 계쉼표
사업자등록번호: 110-82-00017
종별: 의원
주소: 제주특별자치도 제주시 연북로 100
전화번호: 064-740-0250
진료과목: 피부과
진료시간: 매일 10:00~20:00, 점심시간 없이 진료, 휴진 없음`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '쉼없는의원', representative: '계쉼표', businessNumber: '1108200017', type: '의원' },
        ...{ address: '제주특별자치도 제주시 연북로 100', phone: '+82647400250', departments: ['14'] },
        ...at('제주', '제주시'),
        openingHours: week({ weekdays: '10:00-20:00', sat: '10:00-20:00', sun: '10:00-20:00' }),
      }),
    ],
  }),
];
