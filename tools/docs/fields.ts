/** What a zod schema says of its fields, as rows. Pure. */
import type { z } from 'zod';

/** The part of JSON Schema, with our own meta keys, that zod makes of the schemas in functions/src. */
export interface SchemaNode {
  /** Several for a nullable type without bounds: `['string', 'null']`. */
  readonly type?: string | readonly string[];
  readonly kind?: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly unit?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
}

export interface Field {
  /** Dotted; elements of an array as `[]`. */
  readonly name: string;
  readonly type: string;
  readonly unit: string;
  readonly description: string;
  /** JSON of an example; empty where there is none. */
  readonly example: string;
  readonly maxLength: number | undefined;
}

/** JSON Schema of what may be stored or sent; timestamps, which JSON cannot say, keep their `kind`. */
export function nodeOf(schema: z.ZodType): SchemaNode {
  return schema.toJSONSchema({ unrepresentable: 'any', io: 'input' }) as SchemaNode;
}

/** The alternatives of a node: several for unions, itself otherwise. */
export function optionsOf(node: SchemaNode): readonly SchemaNode[] {
  if (typeof node.type === 'object') return node.type.map((type) => ({ ...node, type }));
  return node.anyOf ?? node.oneOf ?? [node];
}

const isNull = (node: SchemaNode) => node.type === 'null';
const code = (value: unknown) => `\`${JSON.stringify(value)}\``;

/** What is there when a nullable node is not null. */
function solid(node: SchemaNode): SchemaNode {
  const rest = optionsOf(node).filter((option) => !isNull(option));
  return rest.length === 1 && rest[0] ? rest[0] : node;
}

function range(min: number | undefined, max: number | undefined): string {
  const least = min !== undefined && min > Number.MIN_SAFE_INTEGER ? String(min) : '…';
  const most = max !== undefined && max < Number.MAX_SAFE_INTEGER ? String(max) : '…';
  if (least === '…' && most === '…') return '';
  return least === most ? ` ${least}` : ` ${least}–${most}`;
}

/** Patterns with a shorter name than themselves. */
const patternNames: Readonly<Record<string, string>> = { '\\S': 'not blank', '^[^/]+$': 'without `/`' };

function stringType({ minLength, maxLength, pattern, format }: SchemaNode): string {
  const least = pattern ? 1 : 0;
  const length = maxLength === undefined ? range(minLength, undefined) : range(minLength ?? least, maxLength);
  const shape = pattern && !format ? `, ${patternNames[pattern] ?? `\`${pattern}\``}` : '';
  return `string${length}${format ? ` (${format})` : ''}${shape}`;
}

function solidType(node: SchemaNode): string {
  if (node.kind === 'timestamp' || node.kind === 'serverTimestamp') return 'timestamp';
  if ('const' in node) return `always ${code(node.const)}`;
  if (node.enum) return `one of ${node.enum.map(code).join(', ')}`;
  if (node.type === 'string') return stringType(node);
  if (node.type === 'integer') return `int${range(node.minimum, node.maximum)}`;
  if (node.type === 'number') return `number${range(node.minimum, node.maximum)}`;
  if (node.type === 'array') return `array${range(node.minItems ?? 0, node.maxItems)}`;
  if (node.type === 'object') return node.properties ? 'map' : 'map, any keys';
  return node.type?.toString() ?? 'any';
}

export function typeOf(node: SchemaNode): string {
  const nullable = optionsOf(node).length > 1 && optionsOf(node).some(isNull);
  return `${nullable ? 'nullable ' : ''}${solidType(solid(node))}`;
}

function exampleOf(node: SchemaNode): string {
  const inner = solid(node);
  if ('example' in node) return JSON.stringify(node.example);
  return 'example' in inner ? JSON.stringify(inner.example) : '';
}

function rowsOf(name: string, node: SchemaNode): Field[] {
  const inner = solid(node);
  const row: Field = {
    name,
    type: typeOf(node),
    unit: node.unit ?? inner.unit ?? '',
    description: node.description ?? inner.description ?? '',
    example: exampleOf(node),
    maxLength: inner.maxLength,
  };
  const below = Object.entries(inner.properties ?? {}).flatMap(([key, child]) =>
    rowsOf(`${name}.${key}`, child),
  );
  const elements = inner.items ? rowsOf(`${name}[]`, inner.items) : [];
  return [row, ...below, ...elements];
}

const rowsBelow = (node: SchemaNode): Field[] =>
  Object.entries(node.properties ?? {}).flatMap(([key, child]) => rowsOf(key, child));

/** A row per field of an object schema, nested ones after what holds them. */
export function fieldsOf(schema: z.ZodType): Field[] {
  return rowsBelow(nodeOf(schema));
}

/** The same for each of the shapes a value may have; none where it may only be left out. */
export function alternativesOf(schema: z.ZodType): Field[][] {
  return optionsOf(nodeOf(schema))
    .filter((option) => !isNull(option))
    .map(rowsBelow);
}

/** Names of the top-level fields a client may send; of a union, those of every alternative. Sorted. */
export function keysOf(schema: z.ZodType | undefined): string[] {
  if (!schema) return [];
  const keys = optionsOf(nodeOf(schema)).flatMap((option) => Object.keys(option.properties ?? {}));
  return [...new Set(keys)].sort();
}
