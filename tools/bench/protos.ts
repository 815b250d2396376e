/**
 * Firestore's messages as they travel: which methods there are, and parts of a message by the names that the
 * protos shipped with @google-cloud/firestore give them. Messages are not decoded whole: the meter passes them on
 * as bytes and looks at a few fields only, so that measuring costs little of what is measured.
 */
import { readFileSync } from 'node:fs';
import { isRecord, numberOf } from '../../standins/control.ts';

const PROTOS = 'functions/node_modules/@google-cloud/firestore/build/protos/v1.json';
const SERVICE = 'google.firestore.v1.Firestore';

function child(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}

/** The description of a dotted name such as `google.firestore.v1.Write`. */
function described(name: string): unknown {
  const root: unknown = JSON.parse(readFileSync(PROTOS, 'utf8'));
  return name.split('.').reduce((at: unknown, part) => child(child(at, 'nested'), part), root);
}

let known: unknown;
function messages(): unknown {
  known ??= described('google.firestore.v1');
  return known;
}

/** Names of all methods, such as `Commit`. */
export function methodNames(): string[] {
  const methods = child(described(SERVICE), 'methods');
  if (!isRecord(methods)) throw new Error(`${PROTOS} does not describe ${SERVICE}`);
  return Object.keys(methods);
}

export const pathOf = (method: string): string => `/${SERVICE}/${method}`;

const ids = new Map<string, number>();

/** The number of `field` in a message; nested messages are dotted: `StructuredAggregationQuery.Aggregation`. */
function fieldId(message: string, field: string): number {
  const key = `${message}#${field}`;
  const cached = ids.get(key);
  if (cached !== undefined) return cached;
  const description = message
    .split('.')
    .reduce((at: unknown, part) => child(child(at, 'nested'), part), messages());
  const id = numberOf(child(child(child(description, 'fields'), field), 'id'));
  if (id === undefined) throw new Error(`${PROTOS} has no ${field} in ${message}`);
  ids.set(key, id);
  return id;
}

export interface WireField {
  readonly id: number;
  /** A number for varints, the bytes for everything else. */
  readonly value: number | Uint8Array;
}

/** A varint and where it ends. Signed: a negative int32 travels as 64 bits. */
function varintAt(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0n;
  let end = start;
  for (let shift = 0n; ; shift += 7n) {
    const byte = bytes[end];
    if (byte === undefined) throw new Error('the message ends inside a varint');
    end += 1;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return { value: Number(BigInt.asIntN(64, value)), end };
  }
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** The fields of a message in protobuf's wire format, in order. */
export function fieldsIn(message: Uint8Array): WireField[] {
  const fields: WireField[] = [];
  for (let at = 0; at < message.length; ) {
    const tag = varintAt(message, at);
    const id = tag.value >>> 3;
    const kind = tag.value & 7;
    if (kind === VARINT) {
      const { value, end } = varintAt(message, tag.end);
      fields.push({ id, value });
      at = end;
      continue;
    }
    const length = { [FIXED64]: 8, [FIXED32]: 4 }[kind];
    const size = kind === BYTES ? varintAt(message, tag.end) : { value: length ?? -1, end: tag.end };
    const end = size.end + size.value;
    if (size.value < 0 || end > message.length) throw new Error('not a protobuf message');
    fields.push({ id, value: message.subarray(size.end, end) });
    at = end;
  }
  return fields;
}

function valuesOf(message: Uint8Array, type: string, field: string): (number | Uint8Array)[] {
  const id = fieldId(type, field);
  return fieldsIn(message)
    .filter((each) => each.id === id)
    .map(({ value }) => value);
}

/** Every occurrence of a field that holds a message, text or bytes. */
export function parts(message: Uint8Array, type: string, field: string): Uint8Array[] {
  return valuesOf(message, type, field).filter((value) => typeof value !== 'number');
}

function unpacked(bytes: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { value, end } = varintAt(bytes, at);
    found.push(value);
    at = end;
  }
  return found;
}

/** Every value of an integer or enum field, packed or not. A field left at 0 does not travel. */
export function integers(message: Uint8Array, type: string, field: string): number[] {
  return valuesOf(message, type, field).flatMap((value) =>
    typeof value === 'number' ? [value] : unpacked(value),
  );
}

export function texts(message: Uint8Array, type: string, field: string): string[] {
  return parts(message, type, field).map((bytes) => Buffer.from(bytes).toString('utf8'));
}

/** The value under a key of a `map<string, message>` field. Keys are field 1, values field 2, in every map. */
export function mapEntries(message: Uint8Array, type: string, field: string): [string, Uint8Array][] {
  return parts(message, type, field).map((entry) => {
    const [key, value] = [1, 2].map((id) => fieldsIn(entry).find((each) => each.id === id)?.value);
    return [
      key instanceof Uint8Array ? Buffer.from(key).toString('utf8') : '',
      value instanceof Uint8Array ? value : new Uint8Array(),
    ];
  });
}
