/**
 * The functions rules bring along: conversions, `duration.value(…)`, `timestamp.date(…)`, `math.abs(…)`.
 *
 * Promise: a function that is not listed here, or gets an argument of the wrong type, is a RulesError. Known limit:
 * hashing.* and latlng.* are absent.
 */
import { type Arguments, asDuration, asInt, asNumber, asText, toText, wrongType } from './guards.ts';
import { type Duration, durationOfNanos, RulesError, type RulesMap, RulesPath } from './values.ts';

function toInt(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return BigInt(Math.trunc(value));
  if (typeof value === 'string' && /^[-+]?\d+$/.test(value)) return BigInt(value);
  throw wrongType(value, 'a whole number');
}

function toFloat(value: unknown): number {
  if (typeof value === 'bigint' || typeof value === 'number') return Number(value);
  if (typeof value === 'string' && /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(value)) return Number(value);
  throw wrongType(value, 'a number');
}

function toBool(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw wrongType(value, 'true or false');
}

function pathOf(args: Arguments): RulesPath {
  return new RulesPath(
    args.map((segment) => {
      if (asText(segment) === '') throw new RulesError('A path segment is empty');
      return asText(segment);
    }),
  );
}

function mapOf(args: Arguments): RulesMap {
  const pairs = args.flatMap((key, index) => (index % 2 === 0 ? [[key, args[index + 1]] as const] : []));
  return new Map(pairs);
}

const NANOS: ReadonlyMap<unknown, bigint> = new Map([
  ['w', 604_800_000_000_000n],
  ['d', 86_400_000_000_000n],
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
  ['ns', 1n],
]);

function durationOf([amount, unit]: Arguments): Duration {
  const nanos = NANOS.get(unit);
  if (nanos === undefined) throw new RulesError(`Not a unit of time: ${String(unit)}`);
  return durationOfNanos(asInt(amount) * nanos);
}

function durationOfClock([hours, minutes, seconds, nanos]: Arguments): Duration {
  const total = (asInt(hours) * 60n + asInt(minutes)) * 60n + asInt(seconds);
  return durationOfNanos(total * 1_000_000_000n + asInt(nanos));
}

function absoluteDuration(value: unknown): Duration {
  const { seconds, nanos } = asDuration(value);
  const total = seconds * 1_000_000_000n + BigInt(nanos);
  return durationOfNanos(total < 0n ? -total : total);
}

function absolute(value: unknown): bigint | number {
  if (typeof value === 'bigint') return value < 0n ? -value : value;
  return Math.abs(asNumber(value));
}

const rounded = (round: (value: number) => number) => (args: Arguments) => BigInt(round(asNumber(args[0])));

const builtins: Readonly<Record<string, (args: Arguments) => unknown>> = {
  // Written by the translator for `/a/$(b)` and `{a: b}`; their names cannot be written in a rules file.
  '/': pathOf,
  '{}': mapOf,
  debug: ([value]) => value,
  int: ([value]) => toInt(value),
  float: ([value]) => toFloat(value),
  string: ([value]) => toText(value),
  bool: ([value]) => toBool(value),
  path: ([value]) => RulesPath.from(asText(value)),
  'duration.value': durationOf,
  'duration.time': durationOfClock,
  'duration.abs': ([value]) => absoluteDuration(value),
  'timestamp.value': ([millis]) => new Date(Number(asInt(millis))),
  'timestamp.date': ([year, month, day]) =>
    new Date(Date.UTC(Number(asInt(year)), Number(asInt(month)) - 1, Number(asInt(day)))),
  'math.abs': ([value]) => absolute(value),
  'math.ceil': rounded(Math.ceil),
  'math.floor': rounded(Math.floor),
  'math.round': rounded(Math.round),
  'math.sqrt': ([value]) => Math.sqrt(asNumber(value)),
  'math.pow': ([base, exponent]) => asNumber(base) ** asNumber(exponent),
  'math.isNaN': ([value]) => Number.isNaN(asNumber(value)),
  'math.isInfinite': ([value]) => Math.abs(asNumber(value)) === Number.POSITIVE_INFINITY,
};

export const namespaces: ReadonlySet<string> = new Set(['duration', 'timestamp', 'math', 'firestore']);

export function isBuiltin(name: string): boolean {
  return Object.hasOwn(builtins, name);
}

export function callBuiltin(name: string, args: Arguments): unknown {
  const builtin = isBuiltin(name) ? builtins[name] : undefined;
  if (!builtin) throw new RulesError(`There is no function ${name}`);
  return builtin(args);
}
