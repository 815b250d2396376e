/** The second lot of mails written before the reader had seen anything of them: hospitals and doctors. */
import { encodeText, file, multipart, text, xlsx } from '../../build.ts';
import {
  at,
  caseOf,
  doctor,
  hospital,
  hospitalPapers,
  hospitalRoles,
  letter,
  noHospitalPapers,
  pdf,
  week,
} from '../case.ts';

const excelType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const secondClinics = [
  caseOf('identity', 'typed-off-the-tax-paper', {
    subject: '병원등록요청',
    part: letter(
      `사업자등록증 내용입니다.

등록번호 : 110-82-00017
법인명(단체명) : 의료법인 다온의료재단
상호 : 다온플러스의원
성명(대표자) : 마다온
개업연월일 : 2021년 03월 02일
사업장 소재지 : 경상북도 포항시 북구 중앙로 300, 2층(죽도동)
업태 : 보건업   종목 : 일반의원
전화 : 054-240-0500
표시과목 : 피부과`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '다온플러스의원', representative: '마다온', businessNumber: '1108200017', type: '의원' },
        ...{
          address: '경상북도 포항시 북구 중앙로 300, 2층(죽도동)',
          phone: '+82542400500',
          departments: ['14'],
        },
        ...at('경북', '포항시'),
      }),
    ],
  }),
  caseOf('prose', 'doctors-in-one-sentence-each', {
    subject: '의료진 등록 요청드립니다 - 이든의원',
    part: letter(
      `안녕하세요 이든의원입니다. (사업자번호 123-86-00025)

의료진 등록 요청드려요.
- 하이든 대표원장 (피부과 전문의, 면허번호 51234, 전문의번호 1501)
- 주세라 원장 (일반의, 면허번호 93210)

면허증은 첨부파일 참고 부탁드립니다.`,
      pdf('면허증_하이든.pdf'),
      pdf('면허증_주세라.pdf'),
      pdf('전문의자격증_하이든.pdf'),
    ),
    papers: ['medicalLicense', 'medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{
          name: '하이든',
          licenceNumber: '51234',
          isSpecialist: true,
          specialty: '14',
          specialistNumber: '1501',
        },
        ...{ hospitalName: '이든의원', hospitalBusinessNumber: '1238600025' },
      }),
      doctor({
        ...{ name: '주세라', licenceNumber: '93210', isSpecialist: false },
        ...{ hospitalName: '이든의원', hospitalBusinessNumber: '1238600025' },
      }),
    ],
  }),
  caseOf('prose', 'phone-mail-of-a-clinic-with-holes', {
    subject: '입점',
    part: letter(`병원이름 하람의원이고요 원장님은 석하람 원장님이세요
위치는 홍대입구역 근처구요 번호는 070-8888-0510 입니다
사업자번호는 아직 안나왔어요 나오면 보내드릴게요~`),
    items: [
      hospital(
        { name: '하람의원', representative: '석하람', phone: '+827088880510', type: '의원', address: null },
        {
          problems: [
            ...['businessNumber MISSING', 'address UNREADABLE', 'region MISSING', 'district MISSING'],
            ...['departments MISSING', ...noHospitalPapers],
          ],
        },
      ),
    ],
  }),
  caseOf('sheet', 'doctors-with-many-columns', {
    subject: '의사 등록(엑셀첨부)',
    part: letter(
      '엑셀 파일 첨부합니다. 확인 부탁드립니다.',
      file(
        '의사등록.xlsx',
        xlsx({
          name: 'Sheet1',
          merges: ['A1:H1'],
          rows: [
            ['의료진 등록 신청'],
            [],
            [
              'NO',
              '소속기관',
              '사업자등록번호',
              '의사명',
              '의사면허\n번호',
              '전문의\n여부',
              '전문\n과목',
              '자격\n번호',
              '주요 약력',
            ],
            [
              1,
              '초록의원',
              2118700052,
              '우초록',
              71234,
              '예',
              '성형외과',
              1777,
              '가나대학교 의과대학 졸업\n前 다라병원 전임의',
            ],
            [2, '초록의원', 2118700052, '연두리', 98123, '아니오', '', '', '마바대학교 의학전문대학원 졸업'],
          ],
        }),
        { type: excelType },
      ),
      pdf('면허증(우초록,연두리).pdf'),
      pdf('전문의자격증(우초록).pdf'),
    ),
    papers: ['other', 'medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{
          name: '우초록',
          licenceNumber: '71234',
          isSpecialist: true,
          specialty: '08',
          specialistNumber: '1777',
        },
        ...{ hospitalName: '초록의원', hospitalBusinessNumber: '2118700052' },
        career: ['가나대학교 의과대학 졸업', '前 다라병원 전임의'],
      }),
      doctor({
        ...{ name: '연두리', licenceNumber: '98123', isSpecialist: false, hospitalName: '초록의원' },
        ...{ hospitalBusinessNumber: '2118700052', career: ['마바대학교 의학전문대학원 졸업'] },
      }),
    ],
  }),
  caseOf('sheet', 'hospital-row-in-csv-with-semicolons', {
    subject: '지점 2곳 등록 요청',
    part: multipart(
      'mixed',
      text('지점 2곳 등록 요청드립니다.'),
      file(
        '지점.csv',
        encodeText(
          '병원명;대표자명;사업자번호;종별;병원주소;대표전화;진료과목\r\n톡톡의원 강남점;하나라;214-86-00068;의원;서울 강남구 강남대로 400, 5층;02-555-0520;피부과\r\n톡톡의원 부산점;두나라;220-88-00072;의원;부산 부산진구 중앙대로 700;051-555-0520;피부과, 성형외과\r\n',
          'utf-8',
        ),
        { type: 'text/csv' },
      ),
      ...hospitalPapers,
    ),
    papers: ['other', ...hospitalRoles],
    items: [
      hospital({
        ...{ name: '톡톡의원 강남점', representative: '하나라', businessNumber: '2148600068', type: '의원' },
        ...{ address: '서울 강남구 강남대로 400, 5층', phone: '+8225550520', departments: ['14'] },
        ...at('서울', '강남구'),
      }),
      hospital({
        ...{ name: '톡톡의원 부산점', representative: '두나라', businessNumber: '2208800072', type: '의원' },
        ...{ address: '부산 부산진구 중앙대로 700', phone: '+82515550520', departments: ['08', '14'] },
        ...at('부산', '부산진구'),
      }),
    ],
  }),
  caseOf('negation', 'no-parking-no-tax-no-weekend', {
    subject: '의원 등록 신청 (노을의원)',
    part: letter(
      `병원명 - 노을의원
대표원장 - 방노을
사업자등록번호 - 261-81-00088
주소 - 전북 군산시 수송로 100, 4층
전화 - 063-460-0550
진료과목 - 산부인과 (분만은 하지 않습니다)
진료시간 - 평일 9:00~18:00, 주말 휴진, 야간진료 없음
주차 - 불가`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '노을의원', representative: '방노을', businessNumber: '2618100088', type: '의원' },
        ...{ address: '전북 군산시 수송로 100, 4층', phone: '+82634600550', departments: ['10'] },
        ...at('전북', '군산시'),
        openingHours: week({ weekdays: '09:00-18:00', sat: 'closed', sun: 'closed' }),
      }),
    ],
  }),
  caseOf('address', 'written-without-spaces', {
    subject: '병원 등록',
    part: letter(
      `병원명:강한의원
대표자:강인해
사업자등록번호:3019100099
종별:한의원
주소:서울시강남구논현로500,3층
전화:025550560
진료과목:한방내과`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '강한의원', representative: '강인해', businessNumber: '3019100099', type: '한의원' },
        ...{ address: '서울시강남구논현로500,3층', phone: '+8225550560', departments: ['80'] },
        ...at('서울', '강남구'),
      }),
    ],
  }),
  caseOf('phone', 'mobile-of-the-desk-beside-the-number', {
    subject: '병원 등록 신청합니다',
    part: letter(
      `병원명: 한빛누리의원
대표자: 소한빛
사업자번호: 314-86-00107
주소: 대전 유성구 대학로 99
대표번호: 042-820-0570
담당자 연락처: 010-3333-0570 (이실장)
팩스번호: 042-820-0571
진료과: 피부과
이메일: desk@hanbit.example`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '한빛누리의원', representative: '소한빛', businessNumber: '3148600107', type: '의원' },
        ...{ address: '대전 유성구 대학로 99', phone: '+82428200570', departments: ['14'] },
        ...at('대전', '유성구'),
      }),
    ],
  }),
];
