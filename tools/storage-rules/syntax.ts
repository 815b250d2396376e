/**
 * Reads the text of a rules file: rules_version, one service block, nested matches, allows, functions.
 *
 * Promise: a text that does not follow the grammar is refused with the line where it stops making sense.
 * Expressions are not interpreted here; expression.ts turns each into CEL while this module reads on.
 */
import { type Expression, readExpression } from './expression.ts';
import { type Scanner, scan } from './scanner.ts';

export const methods = ['get', 'list', 'create', 'update', 'delete'] as const;
export type Method = (typeof methods)[number];

export type PatternSegment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'one' | 'rest'; readonly name: string };

export interface RulesFunction {
  readonly name: string;
  readonly line: number;
  readonly parameters: readonly string[];
  readonly lets: readonly { readonly name: string; readonly value: Expression }[];
  readonly result: Expression;
}

export interface Allow {
  readonly methods: ReadonlySet<Method>;
  readonly line: number;
  readonly condition: Expression | undefined;
}

/** A match block; the service itself is one with an empty pattern. */
export interface Block {
  readonly line: number;
  readonly pattern: readonly PatternSegment[];
  readonly allows: readonly Allow[];
  readonly functions: readonly RulesFunction[];
  readonly children: readonly Block[];
}

export interface RulesFile {
  readonly version: 1 | 2;
  readonly service: Block;
}

const verbs: ReadonlyMap<string, readonly Method[]> = new Map<string, readonly Method[]>([
  ...methods.map((method): [string, readonly Method[]] => [method, [method]]),
  ['read', ['get', 'list']],
  ['write', ['create', 'update', 'delete']],
]);

export function readRules(source: string): RulesFile {
  const scanner = scan(source);
  const version = readVersion(scanner);
  scanner.expect('service');
  const name = `${scanner.name()}${scanner.accept('.') ? `.${scanner.name()}` : ''}`;
  if (name !== 'firebase.storage')
    throw scanner.issue(`Expected service firebase.storage, found service ${name}`);
  const service = readBlock(scanner, version, []);
  if (scanner.peek() !== '') throw scanner.issue(`Unexpected '${scanner.peek()}' after the service`);
  return { version, service };
}

function readVersion(scanner: Scanner): 1 | 2 {
  if (!scanner.accept('rules_version')) return 1;
  scanner.expect('=');
  const version = scanner.take().slice(1, -1);
  if (version !== '1' && version !== '2') throw scanner.issue(`Unknown rules_version '${version}'`);
  scanner.accept(';');
  return version === '2' ? 2 : 1;
}

function readBlock(scanner: Scanner, version: 1 | 2, pattern: readonly PatternSegment[]): Block {
  const line = scanner.line();
  const allows: Allow[] = [];
  const functions: RulesFunction[] = [];
  const children: Block[] = [];
  scanner.expect('{');
  while (!scanner.accept('}')) {
    if (scanner.accept('match')) children.push(readBlock(scanner, version, readPattern(scanner, version)));
    else if (scanner.accept('allow')) allows.push(readAllow(scanner));
    else if (scanner.accept('function')) functions.push(readFunction(scanner));
    else throw scanner.unexpected("match, allow, function or '}'");
  }
  return { line, pattern, allows, functions, children };
}

const SEGMENT = /\/(?:\{\s*([A-Za-z_]\w*)\s*(=\s*\*\*)?\s*\}|([^\s/{}]+))/y;

function readPattern(scanner: Scanner, version: 1 | 2): PatternSegment[] {
  const pattern: PatternSegment[] = [];
  scanner.skipBlank();
  for (let found = scanner.raw(SEGMENT); found; found = scanner.raw(SEGMENT)) {
    const [, wildcard, stars, text = ''] = found;
    if (wildcard === undefined) pattern.push({ kind: 'literal', text });
    else pattern.push({ kind: stars === undefined ? 'one' : 'rest', name: wildcard });
  }
  if (pattern.length === 0 || scanner.peek() !== '{') throw scanner.unexpected('a path such as /a/{b}');
  const rest = pattern.flatMap((segment, index) => (segment.kind === 'rest' ? [index] : []));
  if (rest.length > 1) throw scanner.issue('A path has more than one {name=**}');
  if (version === 1 && rest[0] !== undefined && rest[0] < pattern.length - 1)
    throw scanner.issue('In rules_version 1 a {name=**} must end its path');
  return pattern;
}

function readAllow(scanner: Scanner): Allow {
  const line = scanner.line();
  const granted = new Set<Method>();
  do {
    const verb = scanner.name();
    const meant = verbs.get(verb);
    if (!meant) throw scanner.issue(`Unknown method '${verb}' in allow`);
    for (const method of meant) granted.add(method);
  } while (scanner.accept(','));
  let condition: Expression | undefined;
  if (scanner.accept(':')) {
    scanner.expect('if');
    condition = readExpression(scanner);
  }
  scanner.expect(';');
  return { methods: granted, line, condition };
}

function readFunction(scanner: Scanner): RulesFunction {
  const line = scanner.line();
  const name = scanner.name();
  const parameters = readParameters(scanner);
  const lets: { name: string; value: Expression }[] = [];
  scanner.expect('{');
  while (scanner.accept('let')) {
    const variable = scanner.name();
    scanner.expect('=');
    lets.push({ name: variable, value: readExpression(scanner) });
    scanner.expect(';');
  }
  scanner.expect('return');
  const result = readExpression(scanner);
  scanner.accept(';');
  scanner.expect('}');
  return { name, line, parameters, lets, result };
}

function readParameters(scanner: Scanner): string[] {
  const parameters: string[] = [];
  scanner.expect('(');
  if (scanner.accept(')')) return parameters;
  do parameters.push(scanner.name());
  while (scanner.accept(','));
  scanner.expect(')');
  return parameters;
}
