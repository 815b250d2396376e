/**
 * The decisions of a registration. Pure: what must hold before it may be published, what is missing, and which
 * documents an approval makes.
 */
import type { z } from 'zod';
import {
  type Doctor,
  type DoctorPrivate,
  type Event,
  emptyRating,
  type Hospital,
  type HospitalPrivate,
} from '../directory/schema.ts';
import type { Instant } from '../kernel/fields.ts';
import { choseongOf, tidy } from '../kernel/korean.ts';
import {
  type DoctorFields,
  doctorFields,
  type EventFields,
  eventFields,
  type HospitalFields,
  hospitalFields,
  type Paper,
  type PaperRole,
  type Problem,
  type Registration,
  type RegistrationKind,
} from './schema.ts';

/** Korean names of fields and papers, for people. */
export const fieldNames: Readonly<Record<string, string>> = {
  kind: '등록 종류',
  name: '이름(병원명/의사명)',
  representative: '대표자',
  businessNumber: '사업자등록번호',
  careInstitutionNumber: '요양기관기호',
  type: '의료기관 종별',
  region: '시·도',
  district: '시·군·구',
  address: '주소',
  zip: '우편번호',
  phone: '전화번호',
  homepage: '홈페이지',
  departments: '진료과목',
  hours: '진료시간',
  licenceNumber: '면허번호',
  isSpecialist: '전문의 여부',
  specialty: '전문과목',
  specialistNumber: '전문의 자격번호',
  hospitalBusinessNumber: '소속 병원 사업자등록번호',
  hospitalName: '병원명',
  career: '경력',
  focus: '주진료',
  title: '이벤트명',
  category: '시술분류',
  priceBefore: '정상가',
  priceAfter: '할인가',
  vatIncluded: 'VAT 포함 여부',
  startsOn: '시작일',
  endsOn: '종료일',
  target: '할인 대상·범위',
  adReviewNumber: '심의번호',
  sideEffects: '부작용',
  hospital: '병원',
  bizRegistration: '사업자등록증',
  openingCertificate: '의료기관 개설신고증명서',
  medicalLicense: '의사면허증 사본',
  specialistCert: '전문의 자격증 사본',
  main: '이벤트 메인사진',
};

const requiredPapers: Record<Exclude<RegistrationKind, 'unknown'>, readonly PaperRole[]> = {
  hospital: ['bizRegistration', 'openingCertificate'],
  doctor: ['medicalLicense'],
  event: ['main'],
};

const paperWords: readonly [PaperRole, RegExp][] = [
  ['bizRegistration', /사업자/],
  ['openingCertificate', /개설|신고증명|신고필증|개설허가/],
  ['specialistCert', /전문의|자격증/],
  ['medicalLicense', /면허/],
  ['adReview', /심의/],
  ['main', /메인|대표이미지|대표사진|썸네일|main/i],
  ['detail', /상세|detail/i],
  ['profile', /프로필|profile|증명사진/i],
  ['logo', /로고|logo/i],
];

/** What an attachment is, by its file name. */
export function paperRole(fileName: string): PaperRole {
  const name = tidy(fileName);
  return paperWords.find(([, words]) => words.test(name))?.[0] ?? 'other';
}

const shapes = { hospital: hospitalFields, doctor: doctorFields, event: eventFields };

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

function valueProblems(kind: keyof typeof shapes, fields: Readonly<Record<string, unknown>>): Problem[] {
  const parsed = shapes[kind].safeParse(fields);
  if (parsed.success) return [];
  const first = new Map(
    parsed.error.issues.map((issue) => [String(issue.path[0]), issue] as const).reverse(),
  );
  return [...first.values()].reverse().map((issue) => {
    const field = String(issue.path[0] ?? 'kind');
    const name = fieldNames[field] ?? field;
    const absent = isAbsent(fields[field]);
    const korean = /[가-힣]/.test(issue.message);
    const message = absent
      ? `${name} 정보가 없습니다`
      : korean
        ? `${name}: ${issue.message}`
        : `${name} 값이 올바르지 않습니다`;
    return { field, reason: absent ? 'MISSING' : 'INVALID', message };
  });
}

function specialistProblems(
  kind: RegistrationKind,
  fields: Readonly<Record<string, unknown>>,
  roles: Set<PaperRole>,
): Problem[] {
  if (kind !== 'doctor' || fields.isSpecialist !== true) return [];
  const problems: Problem[] = [];
  if (isAbsent(fields.specialty))
    problems.push({ field: 'specialty', reason: 'MISSING', message: '전문과목 정보가 없습니다' });
  if (!roles.has('specialistCert')) {
    problems.push({
      field: 'specialistCert',
      reason: 'MISSING_PAPER',
      message: `${fieldNames.specialistCert} 첨부가 없습니다`,
    });
  }
  return problems;
}

function eventProblems(kind: RegistrationKind, fields: Readonly<Record<string, unknown>>): Problem[] {
  if (kind !== 'event' || !isAbsent(fields.hospitalBusinessNumber) || !isAbsent(fields.hospitalName))
    return [];
  return [{ field: 'hospital', reason: 'MISSING', message: '병원명 또는 사업자등록번호가 없습니다' }];
}

/** Everything that stands between a registration and its publication, in words for people. */
export function problemsOf(
  kind: RegistrationKind,
  fields: Readonly<Record<string, unknown>>,
  papers: readonly Pick<Paper, 'role'>[],
): Problem[] {
  if (kind === 'unknown') {
    return [
      {
        field: 'kind',
        reason: 'UNKNOWN_KIND',
        message: '병원·의사·이벤트 중 무엇을 등록하는 메일인지 알 수 없습니다',
      },
    ];
  }
  const roles = new Set(papers.map((paper) => paper.role));
  const missing = requiredPapers[kind]
    .filter((role) => !roles.has(role))
    .map((role) => ({
      field: role,
      reason: 'MISSING_PAPER',
      message: `${fieldNames[role] ?? role} 첨부가 없습니다`,
    }));
  return [
    ...valueProblems(kind, fields),
    ...eventProblems(kind, fields),
    ...missing,
    ...specialistProblems(kind, fields, roles),
  ];
}

/** Problems of reading and of checking together; of a field that could not be read it is not also said to be missing or invalid. */
export function mergeProblems(reading: readonly Problem[], checking: readonly Problem[]): Problem[] {
  const unreadable = new Set(reading.map((problem) => problem.field));
  return [
    ...reading,
    ...checking.filter(
      (problem) =>
        !(unreadable.has(problem.field) && (problem.reason === 'MISSING' || problem.reason === 'INVALID')),
    ),
  ];
}

export const identityKey = {
  hospital: (businessNumber: string) => `hospital-${businessNumber}`,
  doctor: (licenceNumber: string) => `doctor-${licenceNumber}`,
  event: (hospitalId: string, title: string, startsOn: string) =>
    `event-${hospitalId}-${startsOn}-${tidy(title).replace(/[\s/]/g, '').toLowerCase()}`,
};

export type Decided =
  | { readonly do: 'nothing' }
  | { readonly do: 'reject' }
  | { readonly do: 'approve' }
  | { readonly do: 'refuse'; readonly reasons: readonly string[] };

/** What a decision typed into a registration leads to. Decisions on settled registrations change nothing. */
export function decide(
  registration: Pick<Registration, 'kind' | 'state' | 'decision' | 'fields'> & {
    readonly papers: readonly Pick<Paper, 'role'>[];
  },
): Decided {
  const { decision, state, kind, fields, papers } = registration;
  if (decision === null || state === 'APPROVED' || state === 'REJECTED') return { do: 'nothing' };
  const word = decision.trim().toLowerCase();
  if (word === 'reject') return { do: 'reject' };
  if (word !== 'approve')
    return {
      do: 'refuse',
      reasons: [`decision에는 approve 또는 reject만 쓸 수 있습니다: "${decision.slice(0, 40)}"`],
    };
  const problems = problemsOf(kind, fields, papers);
  return problems.length > 0
    ? { do: 'refuse', reasons: problems.map((problem) => problem.message) }
    : { do: 'approve' };
}

/** The hospital page and its private part. */
export function hospitalFrom(
  fields: HospitalFields,
  contactEmail: string,
  registrationId: string,
  now: Instant,
): { page: Hospital; hidden: HospitalPrivate } {
  const { businessNumber, careInstitutionNumber, ...shown } = fields;
  return {
    page: {
      ...shown,
      nameChoseong: choseongOf(fields.name),
      location: null,
      introduction: '',
      imagePaths: [],
      rating: emptyRating,
      published: true,
      createdAt: now,
      updatedAt: now,
    },
    hidden: { businessNumber, careInstitutionNumber, contactEmail, registrationId },
  };
}

/** The doctor page and its private part. */
export function doctorFrom(
  fields: DoctorFields,
  hospital: { id: string; name: string; region: Hospital['region'] },
  imagePath: string | null,
  registrationId: string,
  now: Instant,
): { page: Doctor; hidden: DoctorPrivate } {
  return {
    page: {
      name: fields.name,
      nameChoseong: choseongOf(fields.name),
      hospitalId: hospital.id,
      hospitalName: hospital.name,
      region: hospital.region,
      isSpecialist: fields.isSpecialist,
      specialty: fields.specialty,
      career: fields.career,
      focus: fields.focus,
      imagePath,
      rating: emptyRating,
      published: true,
      createdAt: now,
      updatedAt: now,
    },
    hidden: {
      licenceNumber: fields.licenceNumber,
      specialistNumber: fields.specialistNumber,
      registrationId,
    },
  };
}

/** The event page. The discount is computed from the prices, never taken from the mail. */
export function eventFrom(
  fields: EventFields,
  hospital: { id: string; name: string; region: Hospital['region'] },
  imagePath: string | null,
  now: Instant,
): Event {
  const { hospitalBusinessNumber: _number, vatIncluded: _vat, ...shown } = fields;
  return {
    ...shown,
    hospitalId: hospital.id,
    hospitalName: hospital.name,
    region: hospital.region,
    discountPercent: Math.floor(((fields.priceBefore - fields.priceAfter) / fields.priceBefore) * 100),
    imagePath,
    rating: emptyRating,
    published: true,
    createdAt: now,
    updatedAt: now,
  };
}

/** Shapes by kind, for the edge to parse fields with once `decide` said approve. */
export const fieldShapes = shapes satisfies Record<string, z.ZodType>;
