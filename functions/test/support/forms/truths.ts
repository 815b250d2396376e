/** What is true of invented hospitals, doctors and events, before anybody writes it down. */
import { departmentNames } from '../../../src/directory/schema.ts';
import type { Chance } from './chance.ts';

const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
/** A business number with the right check digit. */
function businessNumber(chance: Chance): string {
  const nine = `${chance.int(101, 899)}${chance.pick(['81', '86', '88', '91', '12'])}${chance.digits(4)}`;
  const sum =
    weights.reduce((s, weight, at) => s + weight * Number(nine[at]), 0) +
    Math.floor((5 * Number(nine[8])) / 10);
  return `${nine}${(10 - (sum % 10)) % 10}`;
}

const names =
  '라온 다온 새봄 샾뷰티 연세맑은 강남미소 더예쁨 뷁스킨 오늘의 서울바른 예그리나 청담윤 모아 데이지 휴먼 아이디얼 리더스 톡스앤필 글로우 한결 봄날 미앤미 온유 클린업 가람 비너스 압구정수 더샘 루미 에버린'.split(
    ' ',
  );
const endings = [
  '의원',
  '의원',
  '의원',
  '성형외과의원',
  '피부과의원',
  '성형외과',
  '피부과',
  '병원',
  '클리닉의원',
];
const surnames = '김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 홍 남궁'.split(' ');
const givenNames =
  '라온 새봄 지훈 민서 서연 하늘 도윤 예린 준호 수아 은지 태민 유진 현우 가람 다은 세영 보람 성재 나래 별 민'.split(
    ' ',
  );

export const hospitalName = (chance: Chance): string => `${chance.pick(names)}${chance.pick(endings)}`;
export const personName = (chance: Chance): string => `${chance.pick(surnames)}${chance.pick(givenNames)}`;

const places = [
  ['서울', '서울특별시', '강남구', '테헤란로'],
  ['서울', '서울', '서초구', '강남대로'],
  ['서울', '서울시', '마포구', '양화로'],
  ['부산', '부산광역시', '부산진구', '서면로'],
  ['부산', '부산', '해운대구', '해운대로'],
  ['대구', '대구광역시', '중구', '동성로'],
  ['인천', '인천시', '남동구', '예술로'],
  ['경기', '경기도', '성남시 분당구', '황새울로'],
  ['경기', '경기', '수원시 팔달구', '권광로'],
  ['강원', '강원특별자치도', '춘천시', '금강로'],
  ['전북', '전북특별자치도', '전주시 완산구', '백제대로'],
  ['충남', '충청남도', '천안시 서북구', '불당대로'],
  ['경남', '경상남도', '창원시 성산구', '상남로'],
  ['제주', '제주특별자치도', '제주시', '노형로'],
] as const;

export interface Phone {
  readonly parts: readonly string[];
  readonly e164: string;
}
export function phoneOf(chance: Chance, areas: readonly string[]): Phone {
  const area = chance.pick(areas);
  const middle = /^(010|0507|070)$/.test(area) ? chance.digits(4) : `${chance.int(200, 899)}`;
  const middleOf2 = area === '02' && chance.happens(0.3) ? `${chance.int(2000, 6999)}` : middle;
  const parts = [area, middleOf2, chance.digits(4)];
  return { parts, e164: `+82${parts.join('').slice(1)}` };
}

export interface HospitalTruth {
  readonly name: string;
  /** Null: neither said nor part of the name. */
  readonly type: string | null;
  readonly representative: string;
  readonly businessNumber: string;
  readonly careInstitutionNumber: string;
  readonly region: string;
  readonly district: string;
  readonly address: string;
  readonly zip: string;
  readonly phone: Phone;
  readonly departments: readonly string[];
  readonly homepage: string;
  readonly hours: HoursTruth;
}

/** Hours in whole and half hours, in minutes after midnight. Late: the one weekday that closes later. */
export interface HoursTruth {
  readonly open: number;
  readonly close: number;
  readonly late: { readonly day: number; readonly close: number } | null;
  readonly saturday: { readonly open: number; readonly close: number } | null;
  readonly lunch: { readonly open: number; readonly close: number } | null;
  readonly isSundayClosed: boolean;
}

function hoursTruth(chance: Chance): HoursTruth {
  const open = chance.pick([540, 570, 600, 630]);
  const close = chance.pick([1080, 1110, 1140, 1170, 1200]);
  const lunch = chance.pick([720, 750, 780, 840]);
  return {
    ...{ open, close },
    late: chance.happens(0.4) ? { day: chance.int(0, 4), close: chance.pick([1230, 1260]) } : null,
    saturday: chance.happens(0.8) ? { open, close: chance.pick([840, 900, 960, 1020]) } : null,
    lunch: chance.happens(0.7) ? { open: lunch, close: lunch + 60 } : null,
    isSundayClosed: chance.happens(0.8),
  };
}

const codesShown = ['01', '05', '08', '10', '12', '13', '14', '23'] as const;

export function hospitalTruth(chance: Chance): HospitalTruth {
  const name = hospitalName(chance);
  const [region, province, city, road] = chance.pick(places);
  const floor = chance.pick([
    '',
    `, ${chance.int(2, 9)}층`,
    `, ${chance.int(2, 9)}층 ${chance.int(201, 909)}호`,
  ]);
  const dong = chance.pick(['', ' (역삼동)', ' (서초동, 라온빌딩)']);
  return {
    name,
    type: name.endsWith('병원') ? '병원' : name.endsWith('의원') ? '의원' : null,
    representative: personName(chance),
    businessNumber: businessNumber(chance),
    careInstitutionNumber: chance.digits(8),
    region,
    district: city.split(' ')[0] ?? city,
    address: `${province} ${city} ${road} ${chance.int(1, 399)}${chance.pick(['', '-7'])}${floor}${dong}`,
    zip: `0${chance.digits(4)}`,
    phone: phoneOf(chance, ['02', '02', '031', '051', '053', '032', '0507', '070', '010']),
    departments: chance.some(codesShown, chance.int(1, 3)),
    homepage: `https://${chance.pick(['raon-clinic', 'www.daon', 'saebom'])}.example`,
    hours: hoursTruth(chance),
  };
}

export interface DoctorTruth {
  readonly name: string;
  readonly licenceNumber: string;
  /** Department code; null: no specialist. */
  readonly specialty: string | null;
  readonly specialistNumber: string;
  readonly career: readonly string[];
  readonly focus: readonly string[];
}

const careers = [
  '가나대학교 의과대학 졸업',
  '가나대학교병원 성형외과 전공의 수료',
  '前 한빛의원 원장',
  '現 라온의원 원장',
  '대한성형외과학회 정회원',
  '대한미용피부외과학회 회원',
  '나다대학교 의학박사',
];
const treatments = ['눈성형', '코성형', '리프팅', '보톡스', '필러', '여드름', '색소', '가슴성형', '지방흡입'];

export function doctorTruth(chance: Chance): DoctorTruth {
  return {
    name: personName(chance),
    licenceNumber: chance.digits(chance.int(3, 6)),
    specialty: chance.happens(0.75) ? chance.pick(codesShown) : null,
    specialistNumber: chance.digits(chance.int(3, 5)),
    career: chance.some(careers, chance.int(1, 4)),
    focus: chance.some(treatments, chance.int(1, 3)),
  };
}

export interface EventTruth {
  readonly title: string;
  readonly category: string;
  readonly priceBefore: number;
  readonly priceAfter: number;
  readonly vatIncluded: boolean;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly target: string;
  readonly adReviewNumber: string;
  readonly validUntil: string;
  readonly sideEffects: string;
}

const titles =
  '자연유착 쌍꺼풀|콧대 필러 1cc|울쎄라 300샷|인모드 FX 리프팅|슈링크 유니버스|사각턱 보톡스|연말 리쥬란 힐러 2cc|써마지 FLX 600샷|아쿠아필 + LED|제모 5회 패키지|눈밑지방재배치|스킨부스터'.split(
    '|',
  );
const twoDigits = (value: number) => String(value).padStart(2, '0');

export function eventTruth(chance: Chance): EventTruth {
  const before = chance.int(6, 260) * 10_000 + chance.pick([0, 0, 0, 5_000, 9_000]);
  const share = chance.int(55, 90) / 100;
  const step = before > 500_000 ? 10_000 : 1_000;
  return {
    title: chance.pick(titles),
    category: chance.pick(['눈성형 > 쌍꺼풀', '피부 > 리프팅', '쁘띠', '코성형', '제모']),
    priceBefore: before,
    priceAfter: Math.max(10_000, Math.floor((before * share) / step) * step),
    vatIncluded: chance.happens(0.9),
    startsOn: `2026-12-${twoDigits(chance.int(1, 28))}`,
    endsOn: `2027-${twoDigits(chance.int(1, 6))}-${twoDigits(chance.int(1, 28))}`,
    target: chance.pick([
      '신규 고객',
      '첫 방문 고객에 한함',
      '전체 고객',
      '수험생 및 학부모',
      '신규 및 재방문 고객',
    ]),
    adReviewNumber: `26${twoDigits(chance.int(1, 11))}01-중-${twoDigits(chance.int(0, 99))}${chance.digits(4)}`,
    validUntil: `2029-${twoDigits(chance.int(1, 12))}-${twoDigits(chance.int(1, 28))}`,
    sideEffects: chance.pick([
      '출혈, 감염, 비대칭, 흉터 등이 발생할 수 있습니다.',
      '붓기, 멍, 통증',
      '시술 후 일시적으로 붉어짐이 있을 수 있음',
    ]),
  };
}

export const departmentsNamed = (codes: readonly string[]): string[] =>
  Object.entries(departmentNames).flatMap(([code, name]) => (codes.includes(code) ? [name] : []));
