/** The fourth lot of mails written before the reader had seen anything of them: hospitals and doctors. */
import { html, multipart, text } from '../../build.ts';
import { at, caseOf, doctor, hospital, hospitalPapers, hospitalRoles, letter, pdf, week } from '../case.ts';

export const fourthClinics = [
  caseOf('html', 'label-above-value-in-a-grid', {
    subject: '의원 등록 신청서',
    part: multipart(
      'mixed',
      html(
        `<table border=1><tr><th>의원명</th><th>대표원장</th><th>사업자번호</th></tr><tr><td>봄빛의원</td><td>남봄빛</td><td>502-88-00125</td></tr><tr><th>대표전화</th><th>진료과목</th><th>종별</th></tr><tr><td>02-830-0700</td><td>피부과</td><td>의원</td></tr><tr><th colspan=3>주소</th></tr><tr><td colspan=3>서울특별시 구로구 디지털로 300, 10층</td></tr></table>`,
      ),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '봄빛의원', representative: '남봄빛', businessNumber: '5028800125', type: '의원' },
        ...{ address: '서울특별시 구로구 디지털로 300, 10층', phone: '+8228300700', departments: ['14'] },
        ...at('서울', '구로구'),
      }),
    ],
  }),
  caseOf('prose', 'bold-markdown-and-tabs', {
    subject: '입점 등록 정보 전달',
    part: letter(
      `**병원명** : 루루의원
**대표자** : 하루루
**사업자등록번호** : 605-86-00134
**주소** : 광주 남구 봉선로 100, 3층
**전화** : 062-670-0710
**진료과목** : 성형외과
**진료시간**
- 평일 10:00 - 19:00
- 수요일 14:00 - 21:00
- 토요일 10:00 - 15:00
- 일/공휴일 휴무`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '루루의원', representative: '하루루', businessNumber: '6058600134', type: '의원' },
        ...{ address: '광주 남구 봉선로 100, 3층', phone: '+82626700710', departments: ['08'] },
        ...at('광주', '남구'),
        openingHours: week({
          ...{
            weekdays: '10:00-19:00',
            wed: '14:00-21:00',
            sat: '10:00-15:00',
            sun: 'closed',
            holiday: 'closed',
          },
        }),
      }),
    ],
  }),
  caseOf('prose', 'doctors-in-plain-lines', {
    subject: '의료진 등록 (물결의원)',
    part: letter(
      `물결의원 의료진입니다. 사업자번호 616-81-00143

성물결 / 대표원장 / 성형외과 전문의 / 면허 43210 / 자격 1888
노을빛 / 원장 / 일반의 / 면허 95432`,
      pdf('면허증모음.pdf'),
      pdf('자격증.pdf'),
    ),
    papers: ['medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{
          name: '성물결',
          licenceNumber: '43210',
          isSpecialist: true,
          specialty: '08',
          specialistNumber: '1888',
        },
        ...{ hospitalName: '물결의원', hospitalBusinessNumber: '6168100143' },
      }),
      doctor({
        ...{ name: '노을빛', licenceNumber: '95432', isSpecialist: false },
        ...{ hospitalName: '물결의원', hospitalBusinessNumber: '6168100143' },
      }),
    ],
  }),
  caseOf('prose', 'hospital-in-a-signature-style-block', {
    subject: '병원 신규 입점 요청',
    part: letter(
      `안녕하세요, 신규 입점 요청드립니다.
병원 정보는 아래와 같습니다.

다정한의원 | 대표 곽다정
사업자등록번호 801-86-00163
경기도 부천시 원미구 길주로 200, 4층
T 032-320-0720 / F 032-320-0721
종별 한의원 / 진료과목 한방내과`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '다정한의원', representative: '곽다정', businessNumber: '8018600163', type: '한의원' },
        ...{ address: '경기도 부천시 원미구 길주로 200, 4층', phone: '+82323200720', departments: ['80'] },
        ...at('경기', '부천시'),
      }),
    ],
  }),
  caseOf('english', 'fully-english-hospital', {
    subject: 'New clinic registration',
    part: multipart(
      'mixed',
      text(`Clinic name: 글로벌미의원
Representative: 진소라
Business registration number: 138-81-00191
Address: 서울특별시 중구 명동길 30, 5층
Tel: 02-770-0730
Department: 성형외과
Type: 의원`),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '글로벌미의원', representative: '진소라', businessNumber: '1388100191', type: '의원' },
        ...{ address: '서울특별시 중구 명동길 30, 5층', phone: '+8227700730', departments: ['08'] },
        ...at('서울', '중구'),
      }),
    ],
  }),
  caseOf('address', 'label-and-post-code-apart', {
    subject: '병원 등록 요청',
    part: letter(
      `병원명: 들꽃의원
대표자: 우들꽃
사업자등록번호: 134-82-00181
우편번호: 28644
병원주소: 충청북도 청주시 서원구 1순환로 627
상세주소: 메디컬센터 3층
대표전화: 043-270-0740
진료과목: 내과`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '들꽃의원', representative: '우들꽃', businessNumber: '1348200181', type: '의원' },
        ...{ address: '충청북도 청주시 서원구 1순환로 627, 메디컬센터 3층', zip: '28644' },
        ...{ phone: '+82432700740', departments: ['01'], ...at('충북', '청주시') },
      }),
    ],
  }),
];
