/** What is easily overlooked: cells nobody sees, answers that say nothing, requests to take something down. */
import { file, multipart, text, words, xlsx } from '../build.ts';
import {
  caseOf,
  change,
  doctor,
  event,
  hospital,
  letter,
  noHospitalPapers,
  noPlace,
  pdf,
  png,
} from './case.ts';

const excelType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const reply = { 'In-Reply-To': '<answer-1@drpitch.example>', References: '<answer-1@drpitch.example>' };

export const gaps = [
  caseOf('hidden', 'sheet-with-hidden-rows-columns-and-a-sheet', {
    subject: '이벤트 등록 요청',
    part: multipart(
      'mixed',
      text('첨부 확인 부탁드립니다.'),
      file(
        '이벤트.xlsx',
        xlsx(
          {
            name: '12월',
            hiddenRows: [3],
            hiddenColumns: [4],
            rows: [
              ['병원명', '이벤트명', '정상가', '할인가', '이벤트가', '부가세', '시작일', '종료일', '대상'],
              [
                '라온의원',
                '보톡스',
                100_000,
                10_000,
                70_000,
                '포함',
                '2026-12-01',
                '2026-12-31',
                '신규 고객',
              ],
              [
                '라온의원',
                '지난 이벤트',
                100_000,
                10_000,
                60_000,
                '포함',
                '2025-12-01',
                '2025-12-31',
                '신규 고객',
              ],
            ],
          },
          {
            name: '원본',
            isHidden: true,
            rows: [
              ['이벤트명', '정상가', '할인가'],
              ['숨긴 이벤트', 200_000, 150_000],
            ],
          },
        ),
        { type: excelType },
      ),
      png('메인.png'),
    ),
    papers: ['other', 'main'],
    warnings: ['HIDDEN_TEXT'],
    items: [
      event({
        ...{
          title: '보톡스',
          hospitalName: '라온의원',
          priceBefore: 100_000,
          priceAfter: 70_000,
          vatIncluded: true,
        },
        ...{ startsOn: '2026-12-01', endsOn: '2026-12-31', target: '신규 고객' },
      }),
    ],
  }),
  caseOf('reply', 'an-answer-that-says-nothing', {
    subject: 'Re: [DP-20261116-0009] 병원 등록 보완 요청',
    headers: reply,
    part: letter('네 감사합니다.\n확인했습니다.'),
    items: [change('hospital', {}, { problems: ['kind NOTHING_SAID'] })],
  }),
  caseOf('reply', 'an-answer-that-hands-in-a-paper', {
    subject: 'Re: [DP-20261116-0010] 의사 등록 보완 요청',
    headers: reply,
    part: letter('면허증 다시 첨부드립니다.', pdf('의사면허증.pdf')),
    papers: ['medicalLicense'],
    items: [change('doctor', {})],
  }),
  caseOf('change', 'an-event-to-be-taken-down', {
    subject: '이벤트 게시 중단 요청드립니다',
    part: letter('안녕하세요 라온의원입니다.\n현재 게시 중인 인모드 이벤트를 내려주세요.\n감사합니다.'),
    items: [change('event', { withdraw: true })],
  }),
  caseOf('change', 'a-doctor-who-left', {
    subject: '라온의원 의료진 문의',
    part: letter('안녕하세요.\n김라온 원장님이 퇴사하셔서 의료진 페이지에서 빼주세요.'),
    items: [change('doctor', { withdraw: true })],
  }),
  caseOf('prose', 'a-new-event-for-an-old-one', {
    subject: '이벤트 등록 요청',
    part: letter(
      '병원명: 라온의원\n이벤트명: 슈링크 300샷\n정상가: 30만원\n할인가: 20만원 (VAT 포함)\n기간: 2026.12.01~2026.12.31\n대상: 신규 고객\n\n기존 슈링크 이벤트는 내려주세요.',
      png('메인.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{ title: '슈링크 300샷', hospitalName: '라온의원', priceBefore: 300_000, priceAfter: 200_000 },
        ...{ vatIncluded: true, startsOn: '2026-12-01', endsOn: '2026-12-31', target: '신규 고객' },
      }),
    ],
  }),
  caseOf('headers', 'a-clinic-named-only-by-its-sender', {
    subject: '의사 등록',
    headers: { From: `${words('새봄의원')} <desk@saebom.example>` },
    part: letter('성명: 정새봄\n면허번호: 12345\n전문의: 해당없음', pdf('면허증.pdf')),
    papers: ['medicalLicense'],
    items: [
      doctor(
        { name: '정새봄', licenceNumber: '12345', isSpecialist: false, hospitalName: '새봄의원' },
        { problems: ['hospitalBusinessNumber MISSING'] },
      ),
    ],
  }),
  caseOf('headers', 'a-hospital-named-only-by-its-sender', {
    subject: '병원 등록 신청',
    headers: { From: `${words('새봄의원')} <desk@saebom.example>` },
    part: letter('대표자: 정새봄\n사업자등록번호: 120-81-47521\n전화: 02-555-0101\n진료과목: 피부과'),
    items: [
      hospital(
        {
          ...{ name: '새봄의원', type: '의원', representative: '정새봄', businessNumber: '1208147521' },
          ...{ phone: '+8225550101', departments: ['14'] },
        },
        { problems: [...noHospitalPapers, ...noPlace] },
      ),
    ],
  }),
];
