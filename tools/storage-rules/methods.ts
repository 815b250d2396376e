/**
 * What rules may call on values, such as `name.matches(…)` or `data.keys()`.
 *
 * Promise: a method that is not listed here, or gets an argument of the wrong type, is a RulesError. `matches`
 * covers the whole text. Known limits: patterns run as JavaScript's with the `u` flag, after refusing what RE2
 * has not (look-around, back-references); texts are measured in UTF-16 units.
 */
import { type Arguments, asInt, asItems, asMap, asText, toText } from './guards.ts';
import {
  type Duration,
  durationOfNanos,
  includes,
  isDuration,
  isSame,
  MapDiff,
  RulesError,
  type RulesMap,
  RulesPath,
  typeName,
} from './values.ts';

type Methods<T> = Readonly<Record<string, (self: T, args: Arguments) => unknown>>;

function regularExpression(pattern: string, wrap: (body: string) => string, flags = ''): RegExp {
  if (/\(\?<?[=!]|\\[1-9]/.test(pattern))
    throw new RulesError(`Production's RE2 has no look-around or back-reference: ${pattern}`);
  const [, leadingFlags = '', body = ''] = /^(?:\(\?([ims]+)\))?([\s\S]*)$/.exec(pattern) ?? [];
  try {
    return new RegExp(wrap(body), `u${flags}${leadingFlags}`);
  } catch {
    throw new RulesError(`Not a pattern this stand-in understands: ${pattern}`);
  }
}

function elementAt<T>(list: readonly T[], index: unknown): T {
  const position = Number(asInt(index));
  const element = list[position];
  if (position < 0 || position >= list.length || element === undefined)
    throw new RulesError(`No element at index ${position}`);
  return element;
}

function slice<T extends string | readonly unknown[]>(sequence: T, args: Arguments): ReturnType<T['slice']> {
  const [from, to] = [Number(asInt(args[0])), Number(asInt(args[1]))];
  if (from < 0 || to < from || to > sequence.length) throw new RulesError(`No range ${from}:${to}`);
  return sequence.slice(from, to) as ReturnType<T['slice']>;
}

function unique(values: readonly unknown[]): Set<unknown> {
  const kept: unknown[] = [];
  for (const value of values) if (!includes(kept, value)) kept.push(value);
  return new Set(kept);
}

const textMethods: Methods<string> = {
  size: (self) => BigInt(self.length),
  lower: (self) => self.toLowerCase(),
  upper: (self) => self.toUpperCase(),
  trim: (self) => self.trim(),
  matches: (self, [pattern]) => regularExpression(asText(pattern), (body) => `^(?:${body})$`).test(self),
  split: (self, [pattern]) => self.split(regularExpression(asText(pattern), (body) => body)),
  replace: (self, [pattern, by]) =>
    self.replace(
      regularExpression(asText(pattern), (body) => body, 'g'),
      asText(by),
    ),
  toUtf8: (self) => new Uint8Array(Buffer.from(self, 'utf8')),
  '[]': (self, [index]) => elementAt([...self], index),
  '[:]': slice,
};

const collectionMethods: Methods<readonly unknown[]> = {
  size: (self) => BigInt(self.length),
  hasAll: (self, [other]) => asItems(other).every((item) => includes(self, item)),
  hasAny: (self, [other]) => asItems(other).some((item) => includes(self, item)),
  hasOnly: (self, [other]) => {
    const allowed = asItems(other);
    return self.every((item) => includes(allowed, item));
  },
};

const listMethods: Methods<readonly unknown[]> = {
  ...collectionMethods,
  concat: (self, [other]) => [...self, ...asItems(other)],
  join: (self, [separator]) => self.map(toText).join(asText(separator)),
  removeAll: (self, [other]) => self.filter((item) => !includes(asItems(other), item)),
  toSet: (self) => unique(self),
  '[]': (self, [index]) => elementAt(self, index),
  '[:]': slice,
};

const setMethods: Methods<readonly unknown[]> = {
  ...collectionMethods,
  union: (self, [other]) => unique([...self, ...asItems(other)]),
  difference: (self, [other]) => new Set(self.filter((item) => !includes(asItems(other), item))),
  intersection: (self, [other]) => new Set(self.filter((item) => includes(asItems(other), item))),
};

/** `data.get('a', fallback)`, or `data.get(['a', 'b'], fallback)` for a nested key. */
function getOrFallback(self: RulesMap, [key, fallback]: Arguments): unknown {
  let found: unknown = self;
  for (const step of Array.isArray(key) ? key : [key]) {
    if (!(found instanceof Map) || !found.has(step)) return fallback;
    found = found.get(step);
  }
  return found;
}

const mapMethods: Methods<RulesMap> = {
  size: (self) => BigInt(self.size),
  keys: (self) => new Set(self.keys()),
  values: (self) => [...self.values()],
  get: getOrFallback,
  diff: (self, [other]) => new MapDiff(self, asMap(other)),
  '[]': (self, [key]) => {
    if (!self.has(key)) throw new RulesError(`No such key: ${String(key)}`);
    return self.get(key);
  },
};

function keysWhere(diff: MapDiff, isWanted: (inAfter: boolean, inBefore: boolean, same: boolean) => boolean) {
  const keys = new Set([...diff.after.keys(), ...diff.before.keys()]);
  const { after, before } = diff;
  return new Set(
    [...keys].filter((k) => isWanted(after.has(k), before.has(k), isSame(after.get(k), before.get(k)))),
  );
}

const diffMethods: Methods<MapDiff> = {
  addedKeys: (self) => keysWhere(self, (inAfter, inBefore) => inAfter && !inBefore),
  removedKeys: (self) => keysWhere(self, (inAfter, inBefore) => !inAfter && inBefore),
  changedKeys: (self) => keysWhere(self, (inAfter, inBefore, same) => inAfter && inBefore && !same),
  unchangedKeys: (self) => keysWhere(self, (inAfter, inBefore, same) => inAfter && inBefore && same),
  affectedKeys: (self) => keysWhere(self, (inAfter, inBefore, same) => inAfter !== inBefore || !same),
};

const DAY_MS = 86_400_000;
const midnight = (time: Date) => Math.floor(time.getTime() / DAY_MS) * DAY_MS;

const timestampMethods: Methods<Date> = {
  toMillis: (self) => BigInt(self.getTime()),
  year: (self) => BigInt(self.getUTCFullYear()),
  month: (self) => BigInt(self.getUTCMonth() + 1),
  day: (self) => BigInt(self.getUTCDate()),
  hours: (self) => BigInt(self.getUTCHours()),
  minutes: (self) => BigInt(self.getUTCMinutes()),
  seconds: (self) => BigInt(self.getUTCSeconds()),
  nanos: (self) => BigInt(self.getUTCMilliseconds()) * 1_000_000n,
  dayOfWeek: (self) => BigInt(self.getUTCDay() || 7),
  dayOfYear: (self) => BigInt((midnight(self) - Date.UTC(self.getUTCFullYear(), 0, 1)) / DAY_MS + 1),
  date: (self) => new Date(midnight(self)),
  time: (self) => durationOfNanos(BigInt(self.getTime() - midnight(self)) * 1_000_000n),
};

const durationMethods: Methods<Duration> = {
  seconds: (self) => self.seconds,
  nanos: (self) => BigInt(self.nanos),
};

const bytesMethods: Methods<Uint8Array> = {
  size: (self) => BigInt(self.length),
  toBase64: (self) => Buffer.from(self).toString('base64'),
  toHexString: (self) => Buffer.from(self).toString('hex'),
};

const pathMethods: Methods<RulesPath> = {
  '[]': (self, [index]) => elementAt(self.segments, index),
  bind: (self, [names]) =>
    new RulesPath(
      self.segments.map((segment) => {
        const bound = asMap(names).get(segment.replace(/^\$\((.*)\)$/, '$1'));
        return segment.startsWith('$(') ? asText(bound) : segment;
      }),
    ),
};

function apply<T>(methods: Methods<T>, self: T, name: string, args: Arguments): unknown {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) throw new RulesError(`${typeName(self)} has no method ${name}`);
  return method(self, args);
}

/** Calls `self.name(args)`; an index is the method `[]` and a range the method `[:]`. */
export function callMethod(self: unknown, name: string, args: Arguments): unknown {
  if (typeof self === 'string') return apply(textMethods, self, name, args);
  if (Array.isArray(self)) return apply(listMethods, self, name, args);
  if (self instanceof Set) return apply(setMethods, [...self], name, args);
  if (self instanceof Map) return apply(mapMethods, self, name, args);
  if (self instanceof MapDiff) return apply(diffMethods, self, name, args);
  if (self instanceof Date) return apply(timestampMethods, self, name, args);
  if (self instanceof Uint8Array) return apply(bytesMethods, self, name, args);
  if (self instanceof RulesPath) return apply(pathMethods, self, name, args);
  if (isDuration(self)) return apply(durationMethods, self, name, args);
  throw new RulesError(`${typeName(self)} has no method ${name}`);
}
