/**
 * What stands between a registration and its publication: shapes, law and papers, in words for people. Pure.
 */
import type { z } from 'zod';
import { applyOverrides, type Finding, type LintOptions, lintAdvertising } from '../advertising/law.ts';
import { hospitalNameFindings } from '../advertising/names.ts';
import { hospitalTypes } from '../directory/schema.ts';
import { fieldNames } from './fieldNames.ts';
import { type PaperCircumstances, wantedPapers } from './papers.ts';
import {
  doctorFields,
  eventFields,
  hospitalFields,
  type Paper,
  type Problem,
  type RegistrationKind,
} from './schema.ts';

/** Shapes by kind: what must hold before anything may be published. */
export const fieldShapes = {
  hospital: hospitalFields,
  doctor: doctorFields,
  event: eventFields,
} satisfies Record<string, z.ZodType>;

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

const unknownKind: Problem = {
  field: 'kind',
  reason: 'UNKNOWN_KIND',
  message: '병원·의사·이벤트 중 무엇을 등록하는 메일인지 알 수 없습니다',
};

/** What the schema says against a value, in words for people; the schema's own words when they are Korean. */
function problemOf(field: string, value: unknown, said: string): Problem {
  const name = fieldNames[field] ?? field;
  if (isAbsent(value)) return { field, reason: 'MISSING', message: `${name} 정보가 없습니다` };
  const message = /[가-힣]/.test(said) ? `${name}: ${said}` : `${name} 값이 올바르지 않습니다`;
  return { field, reason: 'INVALID', message };
}

function valueProblems(kind: keyof typeof fieldShapes, fields: Readonly<Record<string, unknown>>): Problem[] {
  const parsed = fieldShapes[kind].safeParse(fields);
  if (parsed.success) return [];
  const first = new Map(
    parsed.error.issues.map((issue) => [String(issue.path[0] ?? 'kind'), issue] as const).reverse(),
  );
  return [...first].reverse().map(([field, { message }]) => problemOf(field, fields[field], message));
}

/** What is wrong with the few fields a change names; the page they are for is checked when they are put there. */
export function problemsOfChange(
  kind: RegistrationKind,
  fields: Readonly<Record<string, unknown>>,
): Problem[] {
  if (kind === 'unknown') return [unknownKind];
  const shape: Readonly<Record<string, z.ZodType>> = fieldShapes[kind].shape;
  return Object.entries(fields).flatMap(([field, value]) => {
    const parsed = shape[field]?.safeParse(value);
    if (!parsed || parsed.success) return [];
    return [problemOf(field, value, parsed.error.issues[0]?.message ?? '')];
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

export type Papers = readonly Pick<Paper, 'role'>[];
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
  if (kind === 'unknown') return [unknownKind];
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
  const isSaid = ({ field, reason }: Problem) =>
    reading.some((known) => known.field === field && known.reason === reason);
  return [
    ...reading,
    ...checking.filter(
      (problem) => !isSaid(problem) && !(unreadable.has(problem.field) && absences.has(problem.reason)),
    ),
  ];
}
