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
  hospitalTypes,
} from '../directory/schema.ts';
import type { Instant } from '../kernel/fields.ts';
import { fold } from '../kernel/folding.ts';
import { choseongOf, tidy } from '../kernel/korean.ts';
import {
  applyOverrides,
  discountPercentOf,
  type Finding,
  isOverridable,
  type LintOptions,
  lintAdvertising,
  overridesIn,
} from './law.ts';
import { hospitalNameFindings } from './names.ts';
import { type PaperCircumstances, paperNames, wantedPapers } from './papers.ts';
import {
  type DoctorFields,
  doctorFields,
  type EventFields,
  eventFields,
  type HospitalFields,
  hospitalFields,
  type Paper,
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
  extra: '그 밖의 내용',
  papers: '첨부 파일',
  ...paperNames,
};

export { paperRole } from './papers.ts';

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

function specialtyProblems(kind: RegistrationKind, fields: Readonly<Record<string, unknown>>): Problem[] {
  if (kind !== 'doctor' || fields.isSpecialist !== true || !isAbsent(fields.specialty)) return [];
  return [{ field: 'specialty', reason: 'MISSING', message: '전문과목 정보가 없습니다' }];
}

function eventProblems(kind: RegistrationKind, fields: Readonly<Record<string, unknown>>): Problem[] {
  if (kind !== 'event' || !isAbsent(fields.hospitalBusinessNumber) || !isAbsent(fields.hospitalName))
    return [];
  return [{ field: 'hospital', reason: 'MISSING', message: '병원명 또는 사업자등록번호가 없습니다' }];
}

type Papers = readonly Pick<Paper, 'role'>[];
export type CheckOptions = LintOptions & PaperCircumstances;

/** What the law has to say: block and warn, words, numbers and the hospital's name. */
export function findingsOf(
  kind: RegistrationKind,
  fields: Readonly<Record<string, unknown>>,
  papers: Papers,
  options: CheckOptions = {},
): Finding[] {
  if (kind === 'unknown') return [];
  const names =
    kind === 'hospital' && typeof fields.name === 'string'
      ? hospitalNameFindings({
          name: fields.name,
          type: hospitalTypes.find((type) => type === fields.type) ?? null,
          // Doctors are registered after their hospital; the operator compares the certificate.
          specialists: null,
          hasSpecialistPaper: papers.some(({ role }) => role === 'specialistCert'),
        })
      : [];
  return [...lintAdvertising(kind, fields, options), ...applyOverrides(names, options.overrides ?? [])];
}

function paperProblems(
  kind: RegistrationKind,
  fields: Readonly<Record<string, unknown>>,
  papers: Papers,
  options: CheckOptions,
): Problem[] {
  const given = new Set(papers.map(({ role }) => role));
  return wantedPapers(kind, fields, options)
    .filter(({ role, isRequired }) => isRequired && !given.has(role))
    .map(({ role, name }) => ({ field: role, reason: 'MISSING_PAPER', message: `${name} 첨부가 없습니다` }));
}

/** Everything that stands between a registration and its publication, in words for people. */
export function problemsOf(
  kind: RegistrationKind,
  fields: Readonly<Record<string, unknown>>,
  papers: Papers,
  options: CheckOptions = {},
  findings: readonly Finding[] = findingsOf(kind, fields, papers, options),
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
  const unlawful = findings
    .filter(({ severity }) => severity === 'block')
    .map(({ field, code, message }) => ({ field, reason: code, message }));
  const lawful = new Set(unlawful.map(({ field }) => field));
  return [
    // The law says more exactly what a field lacks.
    ...valueProblems(kind, fields).filter(({ field }) => !lawful.has(field)),
    ...eventProblems(kind, fields),
    ...unlawful,
    ...specialtyProblems(kind, fields),
    ...paperProblems(kind, fields, papers, options),
  ];
}

/** Reasons that say no more than that nothing usable is there. */
const absences: ReadonlySet<string> = new Set([
  'MISSING',
  'INVALID',
  'NO_PRICE_BEFORE',
  'NO_PRICE_AFTER',
  'NO_START_DATE',
  'NO_TARGET',
]);

/** Problems of reading and of checking together; of a field that could not be read it is not also said to be missing or invalid. */
export function mergeProblems(reading: readonly Problem[], checking: readonly Problem[]): Problem[] {
  const unreadable = new Set(reading.map((problem) => problem.field));
  return [
    ...reading,
    ...checking.filter((problem) => !(unreadable.has(problem.field) && absences.has(problem.reason))),
  ];
}

export const identityKey = {
  hospital: (businessNumber: string) => `hospital-${businessNumber}`,
  doctor: (licenceNumber: string) => `doctor-${licenceNumber}`,
  event: (hospitalId: string, title: string, startsOn: string) =>
    `event-${hospitalId}-${startsOn}-${tidy(title).replace(/[\s/]/g, '').toLowerCase()}`,
};

/**
 * What a registration claims to be, for finding another one that claims the same before either is approved: by
 * business number, licence number, or clinic, period and title. Null while too little is known.
 */
export function claimKey(
  kind: RegistrationKind | null,
  fields: Readonly<Record<string, unknown>>,
): string | null {
  const said = (field: string) => {
    const value = fields[field];
    return typeof value === 'string' && value !== '' ? fold(value).text : null;
  };
  const parts: Readonly<Record<string, readonly (string | null)[]>> = {
    hospital: [said('businessNumber')],
    doctor: [said('licenceNumber')],
    event: [
      said('hospitalBusinessNumber') ?? said('hospitalName'),
      said('startsOn'),
      said('endsOn'),
      said('title'),
    ],
  };
  const known = parts[kind ?? 'unknown'] ?? [null];
  return known.includes(null) ? null : [kind, ...known].join('-');
}

export type Decided =
  | { readonly do: 'nothing' }
  | { readonly do: 'reject' }
  | { readonly do: 'approve' }
  | { readonly do: 'refuse'; readonly reasons: readonly string[] };

/** Why an approval is refused; what is a matter of judgement comes with the way to approve it all the same. */
function refusalsOf(problems: readonly Problem[], findings: readonly Finding[]): string[] {
  const judged = new Set(findings.map(({ code }) => code).filter(isOverridable));
  return problems.map(({ reason, message }) =>
    judged.has(reason)
      ? `${message} 그래도 승인하려면 decisionNote에 "${reason}: 사유"를 적어 주세요.`
      : message,
  );
}

/**
 * What a decision typed into a registration leads to. Decisions on settled registrations change nothing. A finding
 * of judgement is let pass by a line `CODE: reason` in `decisionNote`, which the audit log keeps.
 */
export function decide(
  registration: Pick<Registration, 'kind' | 'state' | 'decision' | 'fields'> &
    Partial<Pick<Registration, 'decisionNote' | 'confirmationsNeeded'>> & { readonly papers: Papers },
): Decided {
  const { decision, state, kind, fields, papers, decisionNote, confirmationsNeeded = [] } = registration;
  if (decision === null || state === 'APPROVED' || state === 'REJECTED') return { do: 'nothing' };
  const word = decision.trim().toLowerCase();
  if (word === 'reject') return { do: 'reject' };
  if (word !== 'approve')
    return {
      do: 'refuse',
      reasons: [`decision에는 approve 또는 reject만 쓸 수 있습니다: "${decision.slice(0, 40)}"`],
    };
  if (state === 'QUARANTINED' && (decisionNote ?? '').trim().length < 4)
    return {
      do: 'refuse',
      reasons: ['격리된 메일입니다. 확인한 내용을 decisionNote에 적어야 승인할 수 있습니다.'],
    };
  if (confirmationsNeeded.length > 0 && !/통화|전화|확인/.test(decisionNote ?? ''))
    return {
      do: 'refuse',
      reasons: [
        `등록된 번호로 전화해 확인한 내용을 decisionNote에 적어 주세요: ${confirmationsNeeded.join(', ')}`,
      ],
    };
  const options = { overrides: overridesIn(decisionNote) };
  const findings = findingsOf(kind, fields, papers, options);
  const problems = problemsOf(kind, fields, papers, options, findings);
  return problems.length > 0 ? { do: 'refuse', reasons: refusalsOf(problems, findings) } : { do: 'approve' };
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
    discountPercent: discountPercentOf(fields.priceBefore, fields.priceAfter) ?? 0,
    imagePath,
    rating: emptyRating,
    published: true,
    createdAt: now,
    updatedAt: now,
  };
}

/** Shapes by kind, for the edge to parse fields with once `decide` said approve. */
export const fieldShapes = shapes satisfies Record<string, z.ZodType>;
