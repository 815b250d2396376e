/** Doctors, one and several. */
import { type CorpusMail, kim, mail, table, text } from './said.ts';

export const doctors: readonly CorpusMail[] = [
  {
    name: 'sections for two doctors, the hospital once',
    message: mail(
      'FW: 라온성형외과 등록 요청',
      '--- 의사 1 ---\n성명: 김라온\n면허번호: 12345\n전문의: 성형외과 전문의\n--- 의사 2 ---\n성명: 이가람\n면허번호: 23456\n전문의: 해당없음\n\n소속병원: 라온성형외과의원\n사업자등록번호: 120-81-47521',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          ...{ name: '김라온', licenceNumber: '12345', isSpecialist: true, specialty: '08' },
          ...{ hospitalBusinessNumber: '1208147521', hospitalName: '라온성형외과의원' },
        },
        problems: [],
      },
      {
        kind: 'doctor',
        fields: {
          ...{ name: '이가람', licenceNumber: '23456', isSpecialist: false },
          hospitalBusinessNumber: '1208147521',
        },
        problems: [],
      },
    ],
  },
  {
    name: 'an agency forwards: its own number is nobody’s',
    message: {
      ...mail(
        'Fwd: 의사 등록',
        '안녕하세요 메디에이전시 최대리입니다. 아래 내용 등록 부탁드립니다. 문의 010-9999-8888',
        text(
          '안녕하세요 라온의원입니다\n의사 1\n성명 : 김라온\n의사면허번호 : 12345\n전문의 : 성형외과\n\n의사 2\n성명 : 이가람\n의사면허번호 : 23456\n전문의 : 없음\n\n사업자번호 : 120-81-47521',
          'forwarded',
        ),
      ),
      forwardedFrom: 'desk@raon.example',
    },
    expected: [
      {
        kind: 'doctor',
        fields: {
          ...{ name: '김라온', licenceNumber: '12345', isSpecialist: true, phone: undefined },
          ...{ hospitalBusinessNumber: '1208147521', hospitalName: '라온의원' },
        },
      },
      {
        kind: 'doctor',
        fields: {
          name: '이가람',
          licenceNumber: '23456',
          isSpecialist: false,
          hospitalBusinessNumber: '1208147521',
        },
      },
    ],
  },
  {
    name: 'a doctor per line',
    message: mail(
      '의료진 2명 등록',
      '1) 김라온 원장 / 면허번호 12345 / 성형외과 전문의(제4567호)\n2) 이가람 원장 / 면허번호 23456 / 일반의\n소속: 라온의원 (120-81-47521)',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: {
          ...{
            ...kim,
            specialistNumber: '4567',
          },
          ...{ hospitalName: '라온의원', hospitalBusinessNumber: '1208147521' },
        },
        low: ['name', 'isSpecialist'],
      },
      {
        kind: 'doctor',
        fields: {
          name: '이가람',
          licenceNumber: '23456',
          isSpecialist: false,
          hospitalBusinessNumber: '1208147521',
        },
      },
    ],
  },
  {
    name: 'sheet with numbering; the hospital in the greeting',
    message: mail(
      '의료진 명단 송부',
      '안녕하세요 라온의원입니다. 사업자번호 120-81-47521 입니다.\n의료진 명단 첨부합니다.',
      table(
        [
          ['연번', '성명', '직위', '면허번호', '전문과목', '전문의자격번호', '연락처'],
          ['1', '김라온', '대표원장', '12345', '성형외과', '4567', '010-1234-5678'],
          ['2', '이가람', '원장', '23456', '-', '-', '010-1111-2222'],
        ],
        '의료진',
        'sheet',
      ),
    ),
    expected: [
      {
        kind: 'doctor',
        row: 2,
        fields: {
          ...{ name: '김라온', licenceNumber: '12345', specialty: '08', specialistNumber: '4567' },
          ...{ hospitalName: '라온의원', hospitalBusinessNumber: '1208147521' },
        },
        low: ['hospitalName'],
        extra: ['직위'],
      },
      {
        kind: 'doctor',
        row: 3,
        fields: { name: '이가람', licenceNumber: '23456', isSpecialist: false, specialistNumber: undefined },
      },
    ],
  },
  {
    name: 'table written with tabs',
    message: mail(
      '의사 등록',
      '의사 2명 등록 요청드립니다\n성명\t면허번호\t전문의\t자격번호\n김라온\t12345\t성형외과\t555\n이가람\t23456\t해당없음\t-\n\n소속: 라온의원\n사업자번호 120-81-47521',
    ),
    expected: [
      {
        kind: 'doctor',
        row: 2,
        fields: {
          name: '김라온',
          specialty: '08',
          specialistNumber: '555',
          hospitalBusinessNumber: '1208147521',
        },
      },
      {
        kind: 'doctor',
        row: 3,
        fields: { name: '이가람', isSpecialist: false, hospitalBusinessNumber: '1208147521' },
      },
    ],
  },
  {
    name: 'labels, and a sentence for the qualification',
    message: mail(
      '의사 등록',
      '이름: 박하늘\n면허번호: 12345\n성형외과 전문의이시고 10년 경력이십니다.\n사업자번호: 120-81-47521',
    ),
    expected: [
      {
        kind: 'doctor',
        fields: { name: '박하늘', licenceNumber: '12345', isSpecialist: true, specialty: '08' },
        low: ['isSpecialist', 'specialty'],
        problems: [],
      },
    ],
  },
  {
    name: 'two names under one label',
    message: mail('의사 등록합니다', '의사명: 김라온, 이가람\n면허번호: 12345'),
    expected: [
      { kind: 'doctor', fields: { name: null, licenceNumber: '12345' }, problems: ['name SEVERAL_NAMES'] },
    ],
  },
];
