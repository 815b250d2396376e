/**
 * The values rules compute with, and how they arrive: from firebase-tools' request variables and from
 * Firestore's REST documents.
 *
 * Promise: rules integers are bigint, floats are number, timestamps are Date, maps are Map (so no key of a
 * document can reach an object's prototype), durations are cel-js's own. Anything this module does not know is
 * refused with a RulesError, which denies the request it belongs to.
 */
import { parse } from '@marcbachmann/cel-js';

/** What a rule meets when it goes wrong while being evaluated: the rule then grants nothing. */
export class RulesError extends Error {}

/** A path such as /databases/(default)/documents/users/u1, or what a {name=**} wildcard caught. */
export class RulesPath {
  readonly segments: readonly string[];
  constructor(segments: readonly string[]) {
    this.segments = segments;
  }
  static from(text: string): RulesPath {
    return new RulesPath(text.split('/').filter((segment) => segment !== ''));
  }
  toString(): string {
    return `/${this.segments.join('/')}`;
  }
}

export type RulesMap = ReadonlyMap<unknown, unknown>;

/** The result of `after.diff(before)`. */
export class MapDiff {
  readonly after: RulesMap;
  readonly before: RulesMap;
  constructor(after: RulesMap, before: RulesMap) {
    this.after = after;
    this.before = before;
  }
}

export interface Duration {
  readonly seconds: bigint;
  readonly nanos: number;
}

const parseDuration = parse('duration(text)');
const durationClass: unknown = parseDuration({ text: '0s' }).constructor;

export function durationOfNanos(nanos: bigint): Duration {
  return parseDuration({ text: `${nanos}ns` });
}

export function isDuration(value: unknown): value is Duration {
  return typeof value === 'object' && value !== null && value.constructor === durationClass;
}

/** The name `is` knows a value by. A float holding a whole number stays a float. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'float';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Map) return 'map';
  if (value instanceof Set) return 'set';
  if (value instanceof Date) return 'timestamp';
  if (value instanceof RulesPath) return 'path';
  if (value instanceof MapDiff) return 'map_diff';
  if (value instanceof Uint8Array) return 'bytes';
  return isDuration(value) ? 'duration' : 'unknown';
}

const namesForIs = ['bool', 'bytes', 'float', 'int', 'list', 'latlng', 'number', 'path', 'map', 'string'];
export const typeNames: ReadonlySet<string> = new Set([
  ...namesForIs,
  'duration',
  'timestamp',
  'set',
  'map_diff',
]);

export function isOfType(value: unknown, name: string): boolean {
  const actual = typeName(value);
  return name === 'number' ? actual === 'int' || actual === 'float' : actual === name;
}

/** Equality as `==` has it: by content, and 1 equals 1.0. */
export function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left === 'bigint' && typeof right === 'number') return Number(left) === right;
  if (typeof left === 'number' && typeof right === 'bigint') return left === Number(right);
  if (typeName(left) !== typeName(right)) return false;
  if (left instanceof Date && right instanceof Date) return left.getTime() === right.getTime();
  if (left instanceof RulesPath && right instanceof RulesPath) return `${left}` === `${right}`;
  if (isDuration(left) && isDuration(right))
    return left.seconds === right.seconds && left.nanos === right.nanos;
  if (left instanceof Uint8Array && right instanceof Uint8Array)
    return Buffer.from(left).equals(Buffer.from(right));
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => isSame(item, right[index]));
  if (left instanceof Set && right instanceof Set)
    return left.size === right.size && [...left].every((item) => includes([...right], item));
  if (left instanceof Map && right instanceof Map)
    return (
      left.size === right.size && [...left].every(([key, v]) => right.has(key) && isSame(v, right.get(key)))
    );
  return false;
}

export function includes(items: readonly unknown[], wanted: unknown): boolean {
  return items.some((item) => isSame(item, wanted));
}

export type Json = { readonly [key: string]: unknown };

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Decoder = (content: unknown) => unknown;

function text(content: unknown): string {
  if (typeof content !== 'string') throw new RulesError('A text was expected in a value');
  return content;
}

function integer(content: unknown): bigint {
  if (typeof content === 'string' || typeof content === 'number') return BigInt(content);
  throw new RulesError('A whole number was expected in a value');
}

function moment(content: unknown): Date {
  const date = new Date(text(content));
  if (Number.isNaN(date.getTime())) throw new RulesError(`Not a time: ${text(content)}`);
  return date;
}

function items(content: unknown, decode: Decoder): unknown[] {
  const values = isJson(content) ? content.values : undefined;
  return Array.isArray(values) ? values.map(decode) : [];
}

function fields(content: unknown, decode: Decoder): RulesMap {
  const entries = isJson(content) && isJson(content.fields) ? Object.entries(content.fields) : [];
  return new Map(entries.map(([key, value]) => [key, decode(value)]));
}

function segments(content: unknown): RulesPath {
  const list = isJson(content) ? content.segments : undefined;
  if (!Array.isArray(list)) throw new RulesError('A path was expected in a value');
  return new RulesPath(list.map((segment: unknown) => text(isJson(segment) ? segment.simple : segment)));
}

/** Reads a one-key object such as {"string_value": "x"} with the decoder its key names. */
function decodeTagged(value: unknown, decoders: Readonly<Record<string, Decoder>>): unknown {
  const [entry] = isJson(value) ? Object.entries(value) : [];
  const decode = entry && Object.hasOwn(decoders, entry[0]) ? decoders[entry[0]] : undefined;
  if (!entry || !decode) throw new RulesError(`A value of an unknown kind: ${JSON.stringify(value)}`);
  return decode(entry[1]);
}

const wireDecoders: Readonly<Record<string, Decoder>> = {
  null_value: () => null,
  string_value: text,
  bool_value: (content) => content === true,
  int_value: integer,
  float_value: Number,
  timestamp_value: moment,
  path_value: segments,
  list_value: (content) => items(content, fromWire),
  set_value: (content) => new Set(items(content, fromWire)),
  map_value: (content) => fields(content, fromWire),
};

/** A variable as firebase-tools writes it for the rules runtime. */
export function fromWire(value: unknown): unknown {
  return decodeTagged(value, wireDecoders);
}

const firestoreDecoders: Readonly<Record<string, Decoder>> = {
  nullValue: () => null,
  stringValue: text,
  booleanValue: (content) => content === true,
  integerValue: integer,
  doubleValue: Number,
  timestampValue: moment,
  bytesValue: (content) => new Uint8Array(Buffer.from(text(content), 'base64')),
  referenceValue: (content) => RulesPath.from(text(content).replace(/^projects\/[^/]+/, '')),
  geoPointValue: (content) => new Map(Object.entries(isJson(content) ? content : {})),
  arrayValue: (content) => items(content, fromFirestore),
  mapValue: (content) => fields(content, fromFirestore),
};

function fromFirestore(value: unknown): unknown {
  return decodeTagged(value, firestoreDecoders);
}

/** The data of a document as Firestore's REST interface returns it: {"name": …, "fields": {…}}. */
export function documentData(document: unknown): RulesMap {
  return fields(document, fromFirestore);
}
