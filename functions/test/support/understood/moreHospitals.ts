/** Further hospitals, told in every way we have seen. */
import { type CorpusMail, mail, raon, table, weekdays } from './said.ts';

export const moreHospitals: readonly CorpusMail[] = [
  {
    name: 'circles, areas and a twelve-hour clock',
    message: mail(
      '입점신청합니다',
      '◎ 의료기관명 : 소망안과의원\n◎ 대표원장 : 최소망\n◎ 사업자 번호 : 220 81 62517\n◎ 소재지 : 경기도 성남시 분당구 판교역로 10, 5층 501호 (백현동)\n◎ 연락처 : 031)705-1234\n◎ 진료과 : 안과\n◎ 요양기관 기호 : 41234567\n◎ 홈페이지 : somang-eye.example\n◎ 운영시간 : 평일 오전 9시 30분 ~ 오후 6시 30분 / 토요일 오전 9시 30분 ~ 오후 2시 (점심시간 없음) / 일요일, 공휴일 휴진',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '소망안과의원',
          representative: '최소망',
          businessNumber: '2208162517',
          region: '경기',
          district: '성남시',
          phone: '+82317051234',
          departments: ['12'],
          careInstitutionNumber: '41234567',
          homepage: 'https://somang-eye.example',
          openingHours: {
            ...weekdays('09:30-18:30'),
            sat: '09:30-14:00',
            sun: 'closed',
            holiday: 'closed',
            lunch: null,
          },
        },
        problems: [],
      },
    ],
  },
  {
    name: 'labels parted by a space',
    message: mail(
      '병원등록',
      '병원명 라온의원\n대표자 김라온\n사업자등록번호 120-81-47521\n주소 서울 강남구 테헤란로 1\n전화 1588-1234\n진료과목 성형외과 피부과',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...raon,
          address: '서울 강남구 테헤란로 1',
          phone: '15881234',
          departments: ['08', '14'],
        },
      },
    ],
  },
  {
    name: 'pipes between label and value',
    message: mail(
      '[신규 병원 등록 요청] 미소치과의원',
      '병원명 | 미소치과의원\n대표자 | 한미소\n사업자번호 | 124-81-00998\n주소 | 세종특별자치시 한누리대로 10\n전화 | 044-123-4567\n종별 | 치과의원\n진료과목 | 치과',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '미소치과의원',
          representative: '한미소',
          businessNumber: '1248100998',
          region: '세종',
          district: '세종시',
          phone: '+82441234567',
          type: '치과의원',
          departments: ['49'],
        },
      },
    ],
  },
  {
    name: 'a numbered letter, weekdays without commas',
    message: mail(
      '병원 등록 신청드려요',
      '안녕하세요~\n저희 병원 정보 보내드립니다!\n\n1. 병원 이름: 봄날의원 (강남점)\n2. 원장님 성함: 이봄날 원장님\n3. 사업자등록번호: 1208801280\n4. 병원 주소: 서울 강남구 강남대로 396 (역삼동, 강남빌딩) 10층\n5. 대표번호: 02.555.0101\n6. 진료과목: 피부과\n7. 진료시간: 월화목금 10:00-19:00, 수 10:00-21:00, 토 10:00-15:00\n8. 주차 가능 여부: 가능\n9. 인스타그램: @bomnal',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '봄날의원',
          representative: '이봄날',
          businessNumber: '1208801280',
          district: '강남구',
          phone: '+8225550101',
          departments: ['14'],
          openingHours: {
            mon: '10:00-19:00',
            tue: '10:00-19:00',
            wed: '10:00-21:00',
            thu: '10:00-19:00',
            fri: '10:00-19:00',
            sat: '10:00-15:00',
            sun: null,
            holiday: null,
            lunch: null,
          },
        },
        problems: [],
        extra: ['주차 가능 여부', '인스타그램'],
      },
    ],
  },
  {
    name: 'form with a column of examples',
    message: mail(
      '병원 정보',
      table([
        ['항목', '내용', '작성 예시'],
        ['병원명', '라온의원', '○○의원'],
        ['대표자명', '김라온', '홍길동'],
        ['사업자등록번호', '120-81-47521', '000-00-00000'],
        ['주소', '서울 강남구 테헤란로 1', '서울시 …'],
        ['대표번호', '02-555-0101', '02-000-0000'],
      ]),
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...raon,
          phone: '+8225550101',
          address: '서울 강남구 테헤란로 1',
        },
      },
    ],
  },
  {
    name: 'everything on one line',
    message: mail(
      '병원 등록',
      '상호: 라온의원, 대표: 김라온, 사업자번호: 120-81-47521, 전화: 02-555-0101, 주소: 서울 강남구 테헤란로 1, 진료과목: 피부과',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...raon,
          phone: '+8225550101',
          address: '서울 강남구 테헤란로 1',
          departments: ['14'],
        },
      },
    ],
  },
  {
    name: 'a greeting, then brackets for colons',
    message: mail(
      '신규 입점 문의',
      '안녕하세요. 부산 해운대 다온성형외과의원 김실장입니다.\n입점하려면 어떻게 해야 하나요?\n주소: 부산광역시 해운대구 해운대로 100\n대표자: 정다온\n사업자: 2208162517\nTel) 051-700-1234\nFax) 051-700-1235\nE-mail) desk@daon.example',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '다온성형외과의원',
          representative: '정다온',
          businessNumber: '2208162517',
          phone: '+82517001234',
          region: '부산',
          district: '해운대구',
        },
        low: ['name'],
      },
    ],
  },
  {
    name: 'an official letter',
    message: mail(
      '안녕하세요 병원 등록 부탁드립니다',
      '수고하십니다.\n아래와 같이 병원 정보 송부드리오니 등록 부탁드립니다.\n\n- 아 래 -\n\n가. 병원명 : 푸른솔의원\n나. 대표자 : 송푸른\n다. 사업자등록번호 : 124-81-00998\n라. 소재지 : 대전광역시 서구 둔산로 100, 3층\n마. 전화번호 : 042-123-4567\n바. 진료과목 : 피부과, 가정의학과\n사. 진료시간 : 평일 09:30~18:30 / 토요일 09:30~14:00 / 일요일, 공휴일 휴무\n\n끝.',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '푸른솔의원',
          representative: '송푸른',
          businessNumber: '1248100998',
          address: '대전광역시 서구 둔산로 100, 3층',
          district: '서구',
          phone: '+82421234567',
          departments: ['14', '23'],
        },
        problems: [],
      },
    ],
  },
  {
    name: 'a former name in brackets, short labels',
    message: mail(
      '의원 등록',
      '병원명: 연세라온의원(구 라온의원)\n원장: 김라온\n등록번호: 1208147521\n위치: 서울 마포구 양화로 45 2F\n예약문의: 02-333-0101\n종류: 의원\n과목: 성형외과\n시간: 10~19시 (주말 휴무)',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '연세라온의원',
          representative: '김라온',
          businessNumber: '1208147521',
          address: '서울 마포구 양화로 45 2F',
          phone: '+8223330101',
        },
      },
    ],
  },
  {
    name: 'English labels, several ticks',
    message: mail(
      '병원 신규등록',
      'Hospital: 라온의원\nCEO: 김라온\nAddress: 서울 강남구 테헤란로 1\nPhone: +82-2-555-0101\n사업자등록번호(필수) 120-81-47521\n진료과목(복수선택): ☑ 성형외과 ☐ 피부과 ☑ 안과',
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          name: '라온의원',
          representative: '김라온',
          phone: '+8225550101',
          businessNumber: '1208147521',
          departments: ['08', '12'],
        },
      },
    ],
  },
  {
    name: 'numbered form, a value over two rows',
    message: mail(
      '입점',
      table([
        ['1', '병원명', '라온의원'],
        ['2', '대표자', '김라온'],
        ['3', '사업자번호', '120-81-47521'],
        ['4', '대표전화', '02-555-0101'],
        ['5', '진료시간', '평일 10:00~19:00'],
        ['', '', '토 10:00~15:00'],
      ]),
    ),
    expected: [
      {
        kind: 'hospital',
        fields: {
          ...raon,
          phone: '+8225550101',
          hours: '평일 10:00~19:00 / 토 10:00~15:00',
        },
      },
    ],
  },
];
