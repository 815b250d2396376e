/**
 * Decides Storage requests by a storage.rules text: compile once, then ask for each request.
 *
 * Promise: a request is permitted only when an allow for its method, in a match whose whole path fits, evaluates
 * to true; an error in a condition grants nothing and is handed back as a warning; no more than two Firestore
 * documents are read for a request, as in production.
 *
 * Known limits against production (this was never compared with Google's own runtime): RegExp stands for RE2;
 * arguments are evaluated even if unused and `let` only when used; there is no cap on the number of expressions;
 * hashing.*, latlng.* and their literals are missing; firestore.get of a missing document is null; a `list` of a
 * folder is also granted by the match of the files in it (`match /folder/{file}`), where {file} then has no value;
 * unknown names refuse the file instead of warning.
 */
import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import { callBuiltin } from './builtins.ts';
import type { Expression } from './expression.ts';
import { fitPattern, type Segment } from './matching.ts';
import { callMethod } from './methods.ts';
import { documentFunctions, findNameIssues, globals } from './names.ts';
import { type Issue, RulesRejected } from './scanner.ts';
import {
  type Allow,
  type Block,
  type Method,
  methods,
  type RulesFile,
  type RulesFunction,
  readRules,
} from './syntax.ts';
import { isOfType, isSame, MapDiff, RulesError, type RulesMap, RulesPath } from './values.ts';

export { type Issue, type Method, methods, RulesRejected };

export interface StorageRequest {
  readonly method: Method;
  /** Such as /b/bucket/o/folder/file.png. */
  readonly path: string;
  /** `request` and `resource`, as values.ts has them. */
  readonly variables: RulesMap;
}

/** The data of the Firestore document at /databases/(default)/documents/…, or undefined when there is none. */
export type FetchDocument = (path: RulesPath) => Promise<RulesMap | undefined>;

export interface Verdict {
  readonly permitted: boolean;
  /** Why conditions could not be evaluated; empty when the request is permitted. */
  readonly warnings: readonly string[];
}

export interface Ruleset {
  readonly version: 1 | 2;
  permits(request: StorageRequest, fetchDocument: FetchDocument): Promise<Verdict>;
}

/** Compiles a rules text, or throws RulesRejected with every issue and its line. */
export function compile(source: string): Ruleset {
  const file = readRules(source);
  const issues = [...findNameIssues(file.service), ...findTranslationIssues(file.service)];
  if (issues.length > 0) throw new RulesRejected(issues);
  return {
    version: file.version,
    permits: (request, fetchDocument) => decide(file, request, fetchDocument),
  };
}

const DOCUMENT_LIMIT = 2;

/** The Firestore documents one request may see: what is missing is noted, fetched, and the rules start over. */
class Documents {
  wanted: RulesPath | undefined;
  readonly known = new Map<string, RulesMap | undefined>();

  read(path: unknown): RulesMap | undefined {
    if (!(path instanceof RulesPath)) throw new RulesError('Expected the path of a document');
    if (this.known.has(`${path}`)) return this.known.get(`${path}`);
    if (this.known.size >= DOCUMENT_LIMIT)
      throw new RulesError(`More than ${DOCUMENT_LIMIT} Firestore documents are read for one request`);
    this.wanted ??= path;
    throw new RulesError(`${path} is being fetched`);
  }
}

/** What a place in the rules sees: its own names, then those of the blocks around it. */
class Scope {
  readonly documents: Documents;
  readonly outer: Scope | undefined;
  readonly variables = new Map<string, () => unknown>();
  readonly functions: ReadonlyMap<string, RulesFunction>;

  constructor(documents: Documents, outer?: Scope, functions: readonly RulesFunction[] = []) {
    this.documents = documents;
    this.outer = outer;
    this.functions = new Map(functions.map((declared) => [declared.name, declared]));
  }

  lookup(name: string): unknown {
    const read = this.variables.get(name);
    if (read) return read();
    if (this.outer) return this.outer.lookup(name);
    throw new RulesError(`${name} has no value here`);
  }

  call(name: string, args: readonly unknown[]): unknown {
    const declared = this.functions.get(name);
    if (declared) return this.callDeclared(declared, args);
    if (this.outer) return this.outer.call(name, args);
    if (!documentFunctions.has(name)) return callBuiltin(name, args);
    const data = this.documents.read(args[0]);
    return name === 'firestore.exists' ? data !== undefined : resourceOf(args[0], data);
  }

  private callDeclared(declared: RulesFunction, args: readonly unknown[]): unknown {
    const inside = new Scope(this.documents, this);
    declared.parameters.forEach((parameter, index) => {
      inside.variables.set(parameter, () => args[index]);
    });
    for (const { name, value } of declared.lets)
      inside.variables.set(
        name,
        once(() => run(value, inside)),
      );
    return run(declared.result, inside);
  }
}

function once(compute: () => unknown): () => unknown {
  let kept: { readonly value: unknown } | undefined;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}

function resourceOf(path: unknown, data: RulesMap | undefined): RulesMap | null {
  if (!data || !(path instanceof RulesPath)) return null;
  return new Map<string, unknown>([
    ['data', data],
    ['id', path.segments.at(-1)],
    ['__name__', path],
  ]);
}

/** The right-hand side of `is`. */
class TypeTest {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const now = { async: false };
const environment = new Environment({ homogeneousAggregateLiterals: false })
  .registerType('Scope', { ctor: Scope, fields: {} })
  .registerType('TypeTest', { ctor: TypeTest, fields: {} })
  .registerType('RulesPath', { ctor: RulesPath, fields: {} })
  .registerType('MapDiff', { ctor: MapDiff, fields: {} })
  .registerVariable('scope', 'Scope')
  .registerFunction('lookup(Scope, string): dyn', (scope: Scope, name: string) => scope.lookup(name), now)
  .registerFunction(
    'call(Scope, string, list): dyn',
    (scope: Scope, name: string, args: unknown[]) => scope.call(name, args),
    now,
  )
  .registerFunction(
    'dyn.invoke(string, list): dyn',
    (self: unknown, name: string, args: unknown[]) => callMethod(self, name, args),
    now,
  )
  .registerFunction('is_type(string): TypeTest', (name: string) => new TypeTest(name), now)
  .registerOperator('dyn in TypeTest', (value: unknown, test: TypeTest) => isOfType(value, test.name))
  .registerOperator('RulesPath == RulesPath', isSame);

const translated = new WeakMap<Expression, ParseResult>();

function translate(expression: Expression): ParseResult {
  const known = translated.get(expression) ?? environment.parse(expression.cel);
  translated.set(expression, known);
  return known;
}

function run(expression: Expression, scope: Scope): unknown {
  return translate(expression)({ scope });
}

function summary(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/** What CEL itself refuses, such as a bad escape in a text. */
function findTranslationIssues(block: Block): Issue[] {
  const expressions = [
    ...block.allows.flatMap(({ condition }) => condition ?? []),
    ...block.functions.flatMap(({ lets, result }) => [...lets.map(({ value }) => value), result]),
  ];
  const own = expressions.flatMap((expression) => {
    try {
      const { valid, error } = translate(expression).check();
      return valid ? [] : [{ line: expression.line, message: summary(error) }];
    } catch (error) {
      return [{ line: expression.line, message: summary(error) }];
    }
  });
  return [...own, ...block.children.flatMap(findTranslationIssues)];
}

async function decide(file: RulesFile, request: StorageRequest, fetchDocument: FetchDocument) {
  const documents = new Documents();
  for (;;) {
    documents.wanted = undefined;
    const verdict = evaluate(file, request, documents);
    const missing: RulesPath | undefined = documents.wanted;
    if (verdict.permitted || missing === undefined) return verdict;
    documents.known.set(`${missing}`, await fetchDocument(missing));
  }
}

function evaluate(file: RulesFile, request: StorageRequest, documents: Documents): Verdict {
  const scope = new Scope(documents);
  for (const name of globals) scope.variables.set(name, () => request.variables.get(name) ?? null);
  const warnings: string[] = [];
  for (const path of candidatePaths(request)) {
    for (const rule of matchingRules(file, file.service, path, scope)) {
      if (!rule.allow.methods.has(request.method)) continue;
      const outcome = holds(rule.allow, rule.scope);
      if (outcome === true) return { permitted: true, warnings: [] };
      if (outcome !== false) warnings.push(outcome);
    }
  }
  return { permitted: false, warnings };
}

/** True, false, or why it is neither. */
function holds({ condition, line }: Allow, scope: Scope): boolean | string {
  if (!condition) return true;
  try {
    const outcome = run(condition, scope);
    return typeof outcome === 'boolean' ? outcome : `storage.rules line ${line}: not true or false`;
  } catch (error) {
    return `storage.rules line ${line}: ${summary(error)}`;
  }
}

function candidatePaths({ method, path }: StorageRequest): Segment[][] {
  const segments = [...RulesPath.from(path).segments];
  return method === 'list' ? [segments, [...segments, undefined]] : [segments];
}

interface MatchedRule {
  readonly allow: Allow;
  readonly scope: Scope;
}

function* matchingRules(
  file: RulesFile,
  block: Block,
  path: readonly Segment[],
  outer: Scope,
): Generator<MatchedRule> {
  for (const { caught, left } of fitPattern(block.pattern, path, file.version)) {
    const scope = new Scope(outer.documents, outer, block.functions);
    for (const [name, value] of caught) scope.variables.set(name, () => value);
    if (left.length === 0) for (const allow of block.allows) yield { allow, scope };
    for (const child of block.children) yield* matchingRules(file, child, left, scope);
  }
}
