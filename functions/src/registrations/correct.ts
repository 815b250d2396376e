/** What an operator's corrections make of a registration. Pure. */

import type { z } from 'zod';
import type { Instant } from '../kernel/fields.ts';
import { redact } from '../kernel/redact.ts';
import { comparable, sameValue } from '../kernel/same.ts';
import { fieldShapes } from './checks.ts';
import { type CheckSettings, recheck, stateWith } from './recheck.ts';
import { type Correction, maxCorrections, type Problem, type Reading, type Registration } from './schema.ts';
import { readTyped } from './understanding/typed.ts';

/** Whose correction it is. */
export interface Corrector {
  /** `console`, or the operator's uid. */
  readonly by: string;
  readonly at: Instant;
}

type Fields = Readonly<Record<string, unknown>>;
type Kind = Registration['kind'];
export type Corrected = Pick<
  Registration,
  'kind' | 'fields' | 'readings' | 'problems' | 'state' | 'corrections'
>;

/** Fields whose values differ. */
export function editedFields(before: Fields, after: Fields): string[] {
  const all = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...all].filter((field) => !sameValue(before[field], after[field]));
}

const shapeOf = (kind: Exclude<Kind, 'unknown'>): Readonly<Record<string, z.ZodType>> =>
  fieldShapes[kind].shape;

/** What follows from a field, so that one typed at the same time is not overwritten by it. */
function settled(
  kind: Kind,
  field: string,
  typed: unknown,
  edited: readonly string[],
  today: string,
): Fields {
  if (kind === 'unknown' || typeof typed !== 'string') return { [field]: typed ?? null };
  const read = readTyped(kind, field, typed, today);
  return Object.fromEntries(
    Object.entries(read).filter(([name]) => name === field || !edited.includes(name)),
  );
}

/** What nothing of its kind is called: a slip of the pen in the console. */
function unknownFields(kind: Kind, edited: readonly string[], fields: Fields): Problem[] {
  if (kind === 'unknown') return [];
  return edited
    .filter((field) => !(field in shapeOf(kind)) && fields[field] !== undefined)
    .map((field) => ({ field, reason: 'UNKNOWN_FIELD', message: `"${field}"라는 항목은 없습니다` }));
}

const asTyped = (typed: unknown): Reading['raw'] =>
  redact(typeof typed === 'string' ? typed : comparable(typed)).text.slice(0, 200);

function readingsOf(typed: Fields, values: Fields, edited: readonly string[]): Record<string, Reading> {
  const read = (field: string): [string, Reading] => [
    field,
    { value: values[field], raw: asTyped(typed[field]), label: null, source: 'operator', confidence: 'high' },
  ];
  return Object.fromEntries(edited.map(read));
}

export interface Edit {
  readonly kind: Kind;
  readonly fields: Fields;
}

/**
 * A registration with an operator's edit: typed values brought into the form they are kept in, everything checked
 * again, the fields' history lengthened. Null when the edit changes nothing.
 */
export function corrected(
  registration: Registration,
  edit: Edit,
  { by, at }: Corrector,
  settings: CheckSettings & { readonly today: string },
): Corrected | null {
  const { kind, fields: typed } = edit;
  const edited = editedFields(registration.fields, typed);
  if (edited.length === 0 && kind === registration.kind) return null;
  const values: Record<string, unknown> = { ...typed };
  for (const field of edited)
    Object.assign(values, settled(kind, field, typed[field], edited, settings.today));
  const changed = editedFields(registration.fields, values);
  const after = { ...registration, kind, fields: values };
  const problems = [
    ...unknownFields(kind, edited, typed),
    ...recheck(registration, after, [...new Set([...edited, ...changed])], settings),
  ];
  const history = changed.map((field): Correction => {
    const [from, to] = [registration.fields[field] ?? null, values[field] ?? null];
    return { field, from, to, by, mailId: null, at };
  });
  return {
    kind,
    fields: values,
    readings: { ...registration.readings, ...readingsOf(typed, values, edited) },
    problems,
    state: stateWith(registration.state, problems),
    corrections: [...registration.corrections, ...history].slice(-maxCorrections),
  };
}
