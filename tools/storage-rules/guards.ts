/**
 * Takes the arguments of calls in rules for what they must be, or refuses them with a RulesError.
 */
import { type Duration, isDuration, RulesError, type RulesMap, typeName } from './values.ts';

export type Arguments = readonly unknown[];

export function wrongType(value: unknown, wanted: string): RulesError {
  return new RulesError(`Expected ${wanted}, got ${typeName(value)}`);
}

export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  throw wrongType(value, 'string');
}

export function asInt(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  throw wrongType(value, 'int');
}

export function asNumber(value: unknown): number {
  if (typeof value === 'bigint' || typeof value === 'number') return Number(value);
  throw wrongType(value, 'number');
}

export function asItems(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Set) return [...value];
  throw wrongType(value, 'list or set');
}

export function asMap(value: unknown): RulesMap {
  if (value instanceof Map) return value;
  throw wrongType(value, 'map');
}

export function asDuration(value: unknown): Duration {
  if (isDuration(value)) return value;
  throw wrongType(value, 'duration');
}

/** The text string() and join() write for a value. */
export function toText(value: unknown): string {
  if (['string', 'bool', 'int', 'float', 'null', 'path'].includes(typeName(value))) return String(value);
  throw wrongType(value, 'something that has a text');
}
