/** The sixth lot of mails written before the reader had seen anything of them; half of them ask for nothing of ours. */
import { html, multipart, text } from '../../build.ts';
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

export const sixth = [
  caseOf('machine', 'an-offer-of-advertising', {
    subject: '병원 마케팅 제휴 제안드립니다',
    part: letter(`안녕하세요. 병원 전문 광고대행사 애드플러스입니다.
귀사 플랫폼과 제휴하여 병원 이벤트 광고를 함께 진행하고 싶어 연락드렸습니다.
관심 있으시면 회신 부탁드립니다.

애드플러스 이팀장
T. 02-3333-4444 | M. 010-2222-3333
서울 마포구 월드컵북로 100`),
    items: [],
  }),
  caseOf('machine', 'an-invoice', {
    subject: '[세금계산서] 11월분 전자세금계산서 발행 안내',
    part: letter(`전자세금계산서가 발행되었습니다.
공급자: (주)클라우드서비스
사업자등록번호: 220-81-62517
공급가액: 1,000,000원
세액: 100,000원
합계금액: 1,100,000원
발행일: 2026-11-10`),
    items: [],
  }),
  caseOf('machine', 'a-patient-complains', {
    subject: '라온의원 시술 관련 문의',
    part: letter(`안녕하세요. 지난달 라온의원에서 보톡스 시술을 받은 김고객입니다.
이벤트 가격이 5만원이라고 했는데 실제로는 부가세 별도로 55,000원을 결제했습니다.
환불 받을 수 있을까요? 연락처는 010-5555-6666입니다.`),
    items: [],
  }),
  caseOf('machine', 'a-job-application', {
    subject: '상담실장 채용 공고 보고 지원합니다',
    part: letter(`안녕하세요. 채용 공고 보고 지원합니다.
성명: 배지원
연락처: 010-7777-1234
경력: 다라의원 상담실장 5년
학력: 가나대학교 졸업
희망연봉: 4,000만원`),
    items: [],
  }),
  caseOf('prose', 'hospital-with-labels-in-english-brackets', {
    subject: '[병원등록] 소을의원',
    part: letter(
      `※ 병원 등록 정보 ※
1. 병원명(상호) : 소을의원
2. 대표자(원장) : 안소을
3. 사업자등록번호(-포함) : 220-88-00072
4. 병원 종별 : 의원급
5. 병원 주소(도로명) : 서울특별시 금천구 가산디지털1로 100, 201호
6. 병원 대표 전화 : 02-850-0900
7. 주 진료과목 : 피부과
8. 진료 시간(평일/토/점심) : 평일 10시~19시 / 토 10시~15시 / 점심 13시~14시
9. 휴진일 : 일요일, 공휴일
10. 홈페이지/블로그 : https://soeul.example`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '소을의원', representative: '안소을', businessNumber: '2208800072', type: '의원' },
        ...{
          address: '서울특별시 금천구 가산디지털1로 100, 201호',
          phone: '+8228500900',
          departments: ['14'],
        },
        ...{ homepage: 'https://soeul.example', ...at('서울', '금천구') },
        openingHours: week({
          ...{
            weekdays: '10:00-19:00',
            sat: '10:00-15:00',
            lunch: '13:00-14:00',
            sun: 'closed',
            holiday: 'closed',
          },
        }),
      }),
    ],
  }),
  caseOf('prose', 'doctor-with-a-long-career', {
    subject: '의료진 등록 - 봄여름의원 신임 원장',
    part: letter(
      `소속 : 봄여름의원 (502-88-00125)
성명 : 장여름
직위 : 원장
면허번호 : 의사 제 72999 호
전문과목 : 외과 전문의 아님 / 일반의
약력 :
 · 2012 가나대학교 의과대학 졸업
 · 2013~2017 다라대학교병원 근무
 · (현) 봄여름의원 원장
관심분야 : 리프팅, 필러, 보톡스
비고 : 12월 1일부터 근무 예정`,
      pdf('면허증 사본.pdf'),
    ),
    papers: ['medicalLicense'],
    items: [
      doctor({
        ...{ name: '장여름', licenceNumber: '72999', isSpecialist: false },
        ...{ hospitalName: '봄여름의원', hospitalBusinessNumber: '5028800125' },
        career: ['2012 가나대학교 의과대학 졸업', '2013~2017 다라대학교병원 근무', '(현) 봄여름의원 원장'],
        focus: ['리프팅', '필러', '보톡스'],
      }),
    ],
  }),
  caseOf('html', 'event-page-with-struck-price', {
    subject: '이벤트 업로드 요청',
    part: multipart(
      'mixed',
      html(
        `<h3>하늘정원의원 이벤트</h3><p><b>시술명</b> 레이저 리프팅 100샷</p><p><b>가격</b> <s>300,000원</s> → <b style="color:red">210,000원</b> (VAT 포함)</p><p><b>기간</b> 2026-12-01 ~ 2026-12-31</p><p><b>대상</b> 신규 고객 100샷</p>`,
      ),
      png('메인.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{
          title: '레이저 리프팅 100샷',
          hospitalName: '하늘정원의원',
          priceBefore: 300_000,
          priceAfter: 210_000,
        },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2026-12-31', target: '신규 고객 100샷' },
      }),
    ],
  }),
  caseOf('money', 'price-per-part', {
    subject: '이벤트 신규 등록 요청드립니다.',
    part: letter(
      `이벤트명 : 제로 지방흡입 복부
시행병원 : 라인업의원
정상가 : 3,300,000원(VAT포함)
이벤트가 : 2,310,000원(VAT포함, 30%▼)
이벤트기간 : 2026년 12월 01일 ~ 2027년 02월 28일
이벤트대상 : 신규고객에 한함, 수술비 기준
담당의료진 : 변라인 대표원장
심의번호 : 제261101-중-210001호`,
      png('main.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{
          title: '제로 지방흡입 복부',
          hospitalName: '라인업의원',
          priceBefore: 3_300_000,
          priceAfter: 2_310_000,
        },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2027-02-28' },
        ...{ target: '신규고객에 한함, 수술비 기준', adReviewNumber: '261101-중-210001' },
      }),
    ],
  }),
  caseOf('reply', 'thanks-and-nothing', {
    subject: 'Re: [DP-20261121-0061] 병원 등록 접수 안내',
    headers: { 'In-Reply-To': '<g@drpitch.example>' },
    part: text('네 감사합니다! 빠른 처리 부탁드려요. 문의는 010-1111-2222 로 주세요.'),
    items: [change('hospital', {})],
  }),
];
