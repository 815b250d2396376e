/** The third lot of mails written before the reader had seen anything of them: hospitals and doctors. */
import { file, html, multipart, text } from '../../build.ts';
import { at, caseOf, doctor, hospital, hospitalPapers, hospitalRoles, letter, pdf } from '../case.ts';

/** As much of a 한글 document as its bytes are told by. */
const hwp = Buffer.concat([
  Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  Buffer.alloc(504),
  Buffer.from('FileHeader\0DocInfo\0', 'utf16le'),
]);

export const thirdClinics = [
  caseOf('html', 'each-field-in-a-table-of-its-own', {
    subject: '[등록신청] 초롱안과의원',
    part: multipart(
      'mixed',
      html(`<div>안녕하세요 초롱안과의원입니다. 등록신청드립니다.</div>
${[
  ['기관명칭', '초롱안과의원'],
  ['대표자(성명)', '민초롱'],
  ['사업자등록번호(10자리)', '410-82-00111'],
  ['요양기관기호(8자리)', '11112222'],
  ['소재지(도로명)', '인천 부평구 부평대로 30, 6층'],
  ['연락처(대표)', '032-500-0600'],
  ['진료과목', '안과'],
]
  .map(([label, value]) => `<table><tr><td width=120>${label}</td><td>${value}</td></tr></table>`)
  .join('<br>')}`),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '초롱안과의원', representative: '민초롱', businessNumber: '4108200111', type: '의원' },
        ...{ careInstitutionNumber: '11112222', phone: '+82325000600', departments: ['12'] },
        ...{ address: '인천 부평구 부평대로 30, 6층', ...at('인천', '부평구') },
      }),
    ],
  }),
  caseOf('html', 'card-per-doctor', {
    subject: '의료진 소개 페이지 등록 부탁드립니다',
    part: multipart(
      'mixed',
      html(`<p>시온의원(사업자등록번호 105-87-00214) 의료진입니다.</p>
<table><tr><td rowspan=4><img src="cid:p1"></td><td>성명</td><td>염시온 대표원장</td></tr><tr><td>면허번호</td><td>제62345호</td></tr><tr><td>전문의</td><td>정형외과 전문의 (제3003호)</td></tr><tr><td>약력</td><td>가나대 의대 졸업<br>다라병원 정형외과 수련</td></tr></table>
<hr><table><tr><td rowspan=4><img src="cid:p2"></td><td>성명</td><td>추라희 원장</td></tr><tr><td>면허번호</td><td>제81234호</td></tr><tr><td>전문의</td><td>해당 없음</td></tr><tr><td>약력</td><td>마바대 의대 졸업</td></tr></table>`),
      pdf('염시온 의사면허증.pdf'),
      pdf('추라희 의사면허증.pdf'),
      pdf('염시온 전문의자격증.pdf'),
    ),
    papers: ['medicalLicense', 'medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{
          name: '염시온',
          licenceNumber: '62345',
          isSpecialist: true,
          specialty: '05',
          specialistNumber: '3003',
        },
        ...{ hospitalName: '시온의원', hospitalBusinessNumber: '1058700214' },
        career: ['가나대 의대 졸업', '다라병원 정형외과 수련'],
      }),
      doctor({
        ...{ name: '추라희', licenceNumber: '81234', isSpecialist: false, career: ['마바대 의대 졸업'] },
        ...{ hospitalName: '시온의원', hospitalBusinessNumber: '1058700214' },
      }),
    ],
  }),
  caseOf('prose', 'dashes-tildes-and-typos', {
    subject: '병원 등룍 부탁드려여',
    part: letter(
      `안녕하세여~~ 달콤의원 이에여

병원 이름 ) 달콤의원
대표 원장 ) 나달콤
사업자 번호 ) 117-91-00228
주소 ) 서울 은평구 통일로 800 3층
전화 번호 ) 02-380-0610
진료 과목 ) 피부과

서류는 첨부햇어여 감사합니당~~`,
      pdf('사업자 등록증.pdf'),
      pdf('개설신고증.pdf'),
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '달콤의원', representative: '나달콤', businessNumber: '1179100228', type: '의원' },
        ...{ address: '서울 은평구 통일로 800 3층', phone: '+8223800610', departments: ['14'] },
        ...at('서울', '은평구'),
      }),
    ],
  }),
  caseOf('prose', 'question-and-answer-form', {
    subject: '등록 양식 회신',
    part: letter(
      `보내주신 양식 작성하여 회신드립니다.

Q1. 병원명을 적어주세요.
A1. 새로움의원
Q2. 대표자 성함을 적어주세요.
A2. 기새롬
Q3. 사업자등록번호를 적어주세요.
A3. 120-86-00235
Q4. 병원 주소를 적어주세요.
A4. 경기 성남시 분당구 황새울로 300, 5층
Q5. 대표 전화번호를 적어주세요.
A5. 031-700-0620
Q6. 진료과목을 적어주세요.
A6. 피부과, 가정의학과`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '새로움의원', representative: '기새롬', businessNumber: '1208600235', type: '의원' },
        ...{
          address: '경기 성남시 분당구 황새울로 300, 5층',
          phone: '+82317000620',
          departments: ['14', '23'],
        },
        ...at('경기', '성남시'),
      }),
    ],
  }),
  caseOf('mixed', 'hospital-with-its-head-as-doctor', {
    subject: '병원 및 원장 등록 요청',
    part: letter(
      `[병원]
상호: 다움의원
대표자: 표다움
사업자등록번호: 206-86-00204
종별: 의원
소재지: 서울특별시 노원구 동일로 1400, 4층
대표전화: 02-930-0630
진료과목: 산부인과

[원장]
성함: 표다움
면허번호: 47001
전문과목: 산부인과 전문의
자격번호: 5120
학력: 가나대학교 의과대학 졸업
주진료: 여성성형, 질환검사`,
      ...hospitalPapers,
      pdf('의사면허증_표다움.pdf'),
      pdf('전문의자격증_표다움.pdf'),
    ),
    papers: [...hospitalRoles, 'medicalLicense', 'specialistCert'],
    items: [
      hospital({
        ...{ name: '다움의원', representative: '표다움', businessNumber: '2068600204', type: '의원' },
        ...{ address: '서울특별시 노원구 동일로 1400, 4층', phone: '+8229300630', departments: ['10'] },
        ...at('서울', '노원구'),
      }),
      doctor({
        ...{
          name: '표다움',
          licenceNumber: '47001',
          isSpecialist: true,
          specialty: '10',
          specialistNumber: '5120',
        },
        ...{ career: ['가나대학교 의과대학 졸업'], focus: ['여성성형', '질환검사'] },
        ...{ hospitalName: '다움의원', hospitalBusinessNumber: '2068600204' },
      }),
    ],
  }),
  caseOf('prose', 'doctor-in-the-third-person', {
    subject: '신규 원장님 등록',
    part: letter(
      `안녕하세요. 예담의원 행정실입니다.

12월 1일자로 새로 부임하시는 방예린 원장님 등록을 부탁드립니다. 방예린 원장님은 이비인후과 전문의이시며, 의사면허번호는 제 59021호, 전문의 자격번호는 제 4411호입니다. 저희 병원 사업자등록번호는 801-86-00163입니다.

첨부 : 면허증, 자격증 각 1부`,
      pdf('면허증.pdf'),
      pdf('자격증.pdf'),
    ),
    papers: ['medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{
          name: '방예린',
          licenceNumber: '59021',
          isSpecialist: true,
          specialty: '13',
          specialistNumber: '4411',
        },
        ...{ hospitalName: '예담의원', hospitalBusinessNumber: '8018600163' },
      }),
    ],
  }),
  caseOf('files', 'only-a-hwp-form', {
    subject: '병원 등록 신청서 제출 - 단아의원',
    part: letter(
      '안녕하세요, 단아의원입니다. 병원 등록 신청서 한글파일로 제출합니다.',
      file('병원등록신청서.hwp', hwp, { type: 'application/x-hwp' }),
    ),
    papers: ['other'],
    items: [
      hospital(
        { name: '단아의원', type: '의원' },
        {
          problems: [
            ...['representative MISSING', 'businessNumber MISSING', 'region MISSING', 'district MISSING'],
            ...['address MISSING', 'phone MISSING', 'departments MISSING'],
            ...['bizRegistration MISSING_PAPER', 'openingCertificate MISSING_PAPER'],
          ],
        },
      ),
    ],
  }),
  caseOf('charset', 'flowed-and-wrapped-lines', {
    subject: '의료기관 등록 신청',
    part: multipart(
      'mixed',
      text(
        '의료기관명: 사랑빛의원\n대표자명: 간사랑\n사업자등록번호: 134-82-00181\n주소: 서울특별시 동작구 사당로 \n300, 2층 201호\n전화번호: 02-580-0640\n진료과목: 내과, 가정의학과, \n피부과\n',
        { parameters: '; format=flowed', encoding: 'quoted-printable' },
      ),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '사랑빛의원', representative: '간사랑', businessNumber: '1348200181', type: '의원' },
        ...{ address: '서울특별시 동작구 사당로 300, 2층 201호', phone: '+8225800640' },
        ...{ departments: ['01', '14', '23'], ...at('서울', '동작구') },
      }),
    ],
  }),
];
