/**
 * Malformed shapes of a valid document, derived from its zod schema: each field missing, null, of another type,
 * out of its bounds, not one of its words; one field too many. What is right is not said here: zod and the rules
 * are both asked, and must agree.
 */
import { z } from 'zod';

type Sample = Record<string, unknown>;
export interface Mutation {
  readonly name: string;
  readonly document: Sample;
}

interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly anyOf?: readonly Shape[];
}

const wrongTypes: readonly [string, unknown][] = [
  ['null', null],
  ['a map', { a: 1 }],
  ['a list', ['x']],
  ['a number', 7],
  ['a fraction', 1.5],
  ['a string', 'x'],
  ['a boolean', true],
  ['a date of its own', new Date('2026-01-01T00:00:00Z')],
];

function stringCases(shape: Shape, value: string): [string, unknown][] {
  const cases: [string, unknown][] = [
    ['empty', ''],
    ['blank', '    '],
    ['blank in other scripts', '\u3000\u00a0\u2028\ufeff\v'],
  ];
  if (shape.maxLength !== undefined) {
    cases.push(['as long as may be', 'ㄱ'.repeat(shape.maxLength)]);
    cases.push(['one too long', 'ㄱ'.repeat(shape.maxLength + 1)]);
    cases.push(['of emoji, as long as may be', '😀'.repeat(shape.maxLength)]);
  }
  if (shape.minLength !== undefined && shape.minLength > 0)
    cases.push(['one too short', 'ㄱ'.repeat(shape.minLength - 1)]);
  if (shape.pattern)
    cases.push(['with a tail', `${value}/x`], ['with a head', `x/${value}`], ['two lines', `${value}\n`]);
  if (shape.enum || shape.const !== undefined) cases.push(['another word', `${value}X`]);
  return cases;
}

function numberCases(shape: Shape, value: number): [string, unknown][] {
  const cases: [string, unknown][] = [
    ['negative', -1],
    ['a little more', value + 0.5],
    ['plus one', value + 1],
  ];
  if (shape.maximum !== undefined) cases.push(['above the maximum', shape.maximum + 1]);
  if (shape.minimum !== undefined) cases.push(['below the minimum', shape.minimum - 1]);
  return cases;
}

function listCases(shape: Shape, value: readonly unknown[]): [string, unknown][] {
  const item = value[0] ?? 'x';
  const cases: [string, unknown][] = [
    ['empty', []],
    ['with a number in it', [...value, 7]],
    ['with null in it', [null]],
  ];
  if (shape.maxItems !== undefined)
    cases.push(['one too many', Array.from({ length: shape.maxItems + 1 }, () => item)]);
  const element = shape.items;
  if (element && typeof item === 'string') {
    cases.push(
      ...stringCases(element, item).map(([name, broken]): [string, unknown] => [`item ${name}`, [broken]]),
    );
  }
  return cases;
}

function mapCases(shape: Shape, value: Sample): [string, unknown][] {
  const inner = Object.keys(shape.properties ?? {}).flatMap((key): [string, unknown][] => {
    const { [key]: _gone, ...without } = value;
    return [
      [`without ${key}`, without],
      [`with ${key} null`, { ...value, [key]: null }],
      [`with ${key} a string`, { ...value, [key]: '1' }],
      [`with ${key} plus one`, { ...value, [key]: Number(value[key]) + 1 }],
    ];
  });
  return [['with one key more', { ...value, extra: 1 }], ['empty', {}], ...inner];
}

function casesOf(shape: Shape, value: unknown): [string, unknown][] {
  const own = shape.anyOf?.find((branch) => branch.type !== 'null') ?? shape;
  if (typeof value === 'string') return stringCases(own, value);
  if (typeof value === 'number') return numberCases(own, value);
  if (Array.isArray(value)) return listCases(own, value);
  if (typeof value === 'object' && value !== null) return mapCases(own, value as Sample);
  return typeof value === 'boolean' ? [['the other boolean', !value]] : [];
}

function shapeOf(schema: z.ZodType, field: string): Shape {
  const json = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Shape & {
    oneOf?: readonly Shape[];
  };
  const objects = [json, ...(json.anyOf ?? []), ...(json.oneOf ?? [])];
  return objects.find((object) => object.properties?.[field])?.properties?.[field] ?? {};
}

/** All single-field mutations of `sample`. With `partial`, a missing field is no mutation (updates). */
export function mutationsOf(schema: z.ZodType, sample: Sample, partial = false): Mutation[] {
  const fields = Object.keys(sample).flatMap((field): Mutation[] => {
    const { [field]: value, ...without } = sample;
    const broken = [...wrongTypes, ...casesOf(shapeOf(schema, field), value)].map(([name, mutated]) => ({
      name: `${field}: ${name}`,
      document: { ...sample, [field]: mutated },
    }));
    return partial ? broken : [{ name: `${field}: missing`, document: without }, ...broken];
  });
  return [{ name: 'one field more', document: { ...sample, isAdmin: true } }, ...fields];
}
