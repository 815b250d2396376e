/** Further doctors, told in every way we have seen. */
import { type CorpusMail, kim, mail, table } from './said.ts';

export const moreDoctors: readonly CorpusMail[] = [
  {
    name: 'career as a list, boxes to tick',
    message: mail(
      '의료진 등록 요청의 건',
      '[의료진 정보]\n○ 의료진명: 김라온\n○ 직책: 대표원장\n○ 면허번호: 제12345호\n○ 전문의 여부: ■ 예 □ 아니오\n○ 전문과목: 피부과\n○ 전문의 자격번호: 4567\n○ 약력\n- 가나대학교 의과대학 졸업\n- 現) 라온의원 대표원장\n- 前) 다라병원 피부과 과장\n○ 소속병원: 라온의원\n○ 사업자등록번호: 120-81-47521',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          name: '김라온',
          licenceNumber: '12345',
          isSpecialist: true,
          specialty: '14',
          specialistNumber: '4567',
          hospitalName: '라온의원',
          hospitalBusinessNumber: '1208147521',
          career: ['가나대학교 의과대학 졸업', '現) 라온의원 대표원장', '前) 다라병원 피부과 과장'],
        },
        problems: [],
        extra: ['직책'],
      },
    ],
  },
  {
    name: 'short labels, an X for no specialist',
    message: mail(
      '원장님 프로필 등록',
      '성함 : 이가람 원장\n의사면허 : 23456번\n전문의 : X\n주요시술 : 보톡스, 필러, 리프팅\n소속 : 라온의원(120-81-47521)',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          name: '이가람',
          licenceNumber: '23456',
          isSpecialist: false,
          focus: ['보톡스', '필러', '리프팅'],
          hospitalName: '라온의원',
          hospitalBusinessNumber: '1208147521',
        },
      },
    ],
  },
  {
    name: 'two sentences',
    message: mail(
      '의사 추가 등록',
      '안녕하세요. 라온의원입니다. 새로 오신 이가람 원장님 등록 부탁드립니다.\n면허번호는 34567이고 성형외과 전문의입니다. 전문의 자격번호는 1234입니다.\n감사합니다.',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          name: '이가람',
          licenceNumber: '34567',
          isSpecialist: true,
          specialty: '08',
          specialistNumber: '1234',
          hospitalName: '라온의원',
        },
        low: ['name', 'isSpecialist'],
      },
    ],
  },
  {
    name: 'career with years and colons',
    message: mail(
      '의사등록',
      '의사명: 남궁민수 (Namgung Minsu)\n면허번호: No. 98765\n전문의: 아니요\n학력: 가나대 의대\n경력: 2010~2015: 가나병원 근무\n2016~2020: 다라의원 원장\n사업자번호: 120-81-47521',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          name: '남궁민수',
          licenceNumber: '98765',
          isSpecialist: false,
          career: ['가나대 의대', '2010~2015: 가나병원 근무', '2016~2020: 다라의원 원장'],
        },
      },
    ],
  },
  {
    name: 'an impossible licence and a resident',
    message: mail(
      '의사 등록 2명',
      '■ 의사 1\n이름 : 김라온\n면허번호 : 11111\n전문의 : 피부과 전문의\n\n■ 의사 2\n이름 : 박하늘\n면허번호 : 1234567\n전문의 : 전공의 3년차\n\n소속 : 라온의원 / 사업자번호 : 120-81-47521',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          name: '김라온',
          licenceNumber: '11111',
          hospitalBusinessNumber: '1208147521',
          hospitalName: '라온의원',
        },
      },
      {
        kind: 'doctor',
        fields: {
          name: '박하늘',
          licenceNumber: null,
          isSpecialist: null,
          hospitalBusinessNumber: '1208147521',
        },
        problems: ['licenceNumber UNREADABLE', 'isSpecialist UNREADABLE'],
      },
    ],
  },
  {
    name: 'sheet of doctors with yes and no',
    message: mail(
      '의사 명단',
      table(
        [
          ['의료진 등록 양식', '', ''],
          ['소속병원', '이름', '면허번호', '전문의 여부', '전문과목'],
          ['라온의원', '김라온', '제 000123 호', 'O', '성형외과'],
          ['라온의원', '이가람', '제 000456 호', 'X', '-'],
        ],
        '의료진',
        'sheet',
      ),
    ),
    expected: [
      {
        kind: 'doctor',
        row: 3,
        fields: {
          name: '김라온',
          licenceNumber: '123',
          isSpecialist: true,
          specialty: '08',
          hospitalName: '라온의원',
        },
      },
      {
        kind: 'doctor',
        row: 4,
        fields: { name: '이가람', licenceNumber: '456', isSpecialist: false, hospitalName: '라온의원' },
      },
    ],
  },
  {
    name: 'a profile under each name',
    message: mail(
      '의사 프로필 전달드립니다',
      '<의료진 소개>\n\n김라온 대표원장\n- 성형외과 전문의\n- 면허번호 12345\n- 가나대학교 의과대학 졸업\n- 대한성형외과학회 정회원\n\n이가람 원장\n- 피부과 전문의\n- 면허번호 23456\n- 다라대학교 의과대학 졸업\n\n라온의원 (사업자번호 120-81-47521)',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          ...kim,
          hospitalBusinessNumber: '1208147521',
        },
        low: ['name'],
      },
      {
        kind: 'doctor',
        fields: {
          name: '이가람',
          licenceNumber: '23456',
          isSpecialist: true,
          specialty: '14',
          hospitalBusinessNumber: '1208147521',
        },
      },
    ],
  },
  {
    name: 'two names and two licences on one line',
    message: mail(
      '의사 등록 요청',
      '안녕하세요, 라온의원입니다.\n신규 원장님 두 분 등록 부탁드립니다.\n\n성명: 김라온 / 이가람\n면허번호: 12345 / 23456',
    ),
    expected: [{ kind: 'doctor', fields: { name: null }, problems: ['name SEVERAL_NAMES'] }],
  },
  {
    name: 'one long sentence',
    message: mail(
      '신규 의료진',
      '의사 이름은 김라온이고 면허번호는 제12345호입니다. 피부과 전문의(자격번호 999)이고 소속은 라온의원(사업자번호 120-81-47521)입니다.',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          name: '김라온',
          licenceNumber: '12345',
          isSpecialist: true,
          specialty: '14',
          specialistNumber: '999',
          hospitalName: '라온의원',
          hospitalBusinessNumber: '1208147521',
        },
      },
    ],
  },
];
