/** Tables and layouts of HTML mail: forms, lists, Word, web mails. */
import { html, multipart } from '../build.ts';
import {
  at,
  caseOf,
  doctor,
  event,
  hospital,
  hospitalPapers,
  hospitalRoles,
  pdf,
  png,
  week,
} from './case.ts';

const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

export const htmls = [
  caseOf('html', 'word-form-with-spans', {
    subject: '병원등록신청서',
    part: multipart(
      'mixed',
      html(`<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body lang=KO>
<p class=MsoNormal>안녕하세요?<o:p></o:p></p>
<table class=MsoTableGrid border=1><tr><td colspan=4><p align=center><b>병원 등록 신청서</b></p></td></tr>
<tr><td rowspan=3><p>기본<br>정보</p></td><td><p><span>병&nbsp;&nbsp;원&nbsp;&nbsp;명</span></p></td><td colspan=2><p>산들바람한의원<o:p></o:p></p></td></tr>
<tr><td><p>대 표 자</p></td><td colspan=2><p>금산들<o:p></o:p></p></td></tr>
<tr><td><p>사업자등록번호</p></td><td colspan=2><p>616-81-00143</p></td></tr>
<tr><td rowspan=3><p>연락처</p></td><td><p>주&nbsp;&nbsp;소</p></td><td colspan=2><p>경남 창원시 성산구 중앙대로 100, 3층</p></td></tr>
<tr><td><p>전화번호</p></td><td colspan=2><p>055-280-0180</p></td></tr>
<tr><td><p>홈페이지</p></td><td colspan=2><p><a href="https://sandeul.example">https://sandeul.example</a></p></td></tr>
<tr><td rowspan=3><p>진료</p></td><td><p>종별</p></td><td colspan=2><p>한의원</p></td></tr>
<tr><td><p>진료과목</p></td><td colspan=2><p>한방내과</p></td></tr>
<tr><td><p>진료시간</p></td><td colspan=2><p>월~금 09:00~18:00<br>토 09:00~13:00<br>일요일 및 공휴일 휴진</p></td></tr>
</table></body></html>`),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '산들바람한의원', representative: '금산들', businessNumber: '6168100143', type: '한의원' },
        ...{ address: '경남 창원시 성산구 중앙대로 100, 3층', phone: '+82552800180', departments: ['80'] },
        ...at('경남', '창원시'),
        homepage: 'https://sandeul.example',
        openingHours: week({ weekdays: '09:00-18:00', sat: '09:00-13:00', sun: 'closed', holiday: 'closed' }),
      }),
    ],
  }),
  caseOf('html', 'naver-table-of-doctors', {
    subject: '의료진 명단 등록 요청',
    part: multipart(
      'mixed',
      html(`<div style="font-family:'나눔고딕'"><p>안녕하세요. <b>청아의원</b>(사업자번호 707-88-00152) 입니다.</p><p><br></p>
<table class="__se_tbl"><tbody>
<tr><td>순번</td><td>성 명</td><td>직 책</td><td>면허번호</td><td>전문의</td><td>자격번호</td></tr>
<tr><td>1</td><td>인청아</td><td>대표원장</td><td>55210</td><td>성형외과</td><td>1205</td></tr>
<tr><td>2</td><td>도가람</td><td>원장</td><td>91077</td><td>없음</td><td>-</td></tr>
</tbody></table><p><br></p><p>감사합니다.</p></div><table style="display:none"><tr><td><img src="https://mail.naver.example/readReceipt"></td></tr></table>`),
      pdf('인청아_의사면허증.pdf'),
      pdf('인청아_전문의자격증.pdf'),
    ),
    papers: ['medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{
          name: '인청아',
          licenceNumber: '55210',
          isSpecialist: true,
          specialty: '08',
          specialistNumber: '1205',
        },
        ...{ hospitalName: '청아의원', hospitalBusinessNumber: '7078800152' },
      }),
      doctor({
        ...{ name: '도가람', licenceNumber: '91077', isSpecialist: false },
        ...{ hospitalName: '청아의원', hospitalBusinessNumber: '7078800152' },
      }),
    ],
  }),
  caseOf('html', 'daum-layout-of-nested-tables', {
    subject: '12월 이벤트 신청',
    part: multipart(
      'mixed',
      html(`<table width="100%"><tr><td><table><tr><td style="padding:10px"><p>이벤트 신청합니다</p>
<table border="1">${row('<b>이벤트명</b>', '물광주사 3회')}${row('<b>시술부위</b>', '얼굴')}${row('<b>정상가</b>', '450,000원')}${row('<b>할인가</b>', '330,000원')}${row('<b>VAT</b>', '포함')}${row('<b>기간</b>', '2026.12.10(목) ~ 2027.01.09(토)')}${row('<b>할인대상</b>', '여성 고객, 얼굴 전체 3회')}${row('<b>병원</b>', '은빛나래의원')}</table>
</td></tr></table></td></tr><tr><td style="color:#999;font-size:11px">Daum 메일앱에서 보냄</td></tr></table>`),
      png('main_물광.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{ title: '물광주사 3회', category: '얼굴', priceBefore: 450_000, priceAfter: 330_000 },
        ...{ vatIncluded: true, startsOn: '2026-12-10', endsOn: '2027-01-09' },
        ...{ target: '여성 고객, 얼굴 전체 3회', hospitalName: '은빛나래의원' },
      }),
    ],
  }),
  caseOf('html', 'list-of-events-with-shared-cells', {
    subject: '이벤트 등록 요청드립니다',
    part: multipart(
      'mixed',
      html(`<p>가온누리의원 이벤트입니다 (VAT 포함 금액입니다)</p><table>
<tr><th>구분</th><th>시술명</th><th>정가</th><th>할인가</th><th>이벤트 기간</th><th>대상</th></tr>
<tr><td rowspan="2">리프팅</td><td>인모드 FX 1회</td><td>30만원</td><td>19만 9천원</td><td rowspan="3">2026.12.01~2027.02.28</td><td rowspan="3">신규 고객 1회</td></tr>
<tr><td>울쎄라 200샷</td><td>120만원</td><td>85만원</td></tr>
<tr><td>제모</td><td>겨드랑이 제모 5회</td><td>5만원</td><td>39,000원</td></tr></table>`),
      png('메인사진.png'),
    ),
    papers: ['main'],
    items: (
      [
        ['인모드 FX 1회', 300_000, 199_000],
        ['울쎄라 200샷', 1_200_000, 850_000],
        ['겨드랑이 제모 5회', 50_000, 39_000],
      ] as const
    ).map(([title, priceBefore, priceAfter]) =>
      event({
        ...{ title, priceBefore, priceAfter, vatIncluded: true, hospitalName: '가온누리의원' },
        ...{ startsOn: '2026-12-01', endsOn: '2027-02-28', target: '신규 고객 1회' },
      }),
    ),
  }),
  caseOf('html', 'divs-and-line-breaks-only', {
    subject: '의원 등록',
    part: multipart(
      'mixed',
      html(
        `<div>안녕하세요</div><div><br></div><div>&lt;병원정보&gt;</div><div>* 상호&nbsp;: 다솜이비인후과의원<br>* 대표원장&nbsp;: 편다솜<br>* 사업자등록번호&nbsp;: 801-86-00163<br>* 주소&nbsp;: 강원특별자치도 춘천시 중앙로 20<br>* 대표전화&nbsp;: 033-250-0190<br>* 진료과목&nbsp;: 이비인후과<br>* 종별&nbsp;: 의원</div><div><br></div><div>감사합니다&nbsp;:)</div>`,
      ),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{
          name: '다솜이비인후과의원',
          representative: '편다솜',
          businessNumber: '8018600163',
          type: '의원',
        },
        ...{ address: '강원특별자치도 춘천시 중앙로 20', phone: '+82332500190', departments: ['13'] },
        ...at('강원', '춘천시'),
      }),
    ],
  }),
];
