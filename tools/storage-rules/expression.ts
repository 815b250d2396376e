/**
 * Translates one rules expression to CEL, whose operators, precedence and error absorption in && and || rules
 * share, and lists the names and functions it uses so that they can be checked before any request comes.
 *
 *   userId                 lookup(scope, "userId")
 *   isOwner(userId)        call(scope, "isOwner", [lookup(scope, "userId")])
 *   name.matches('a')      lookup(scope, "name").invoke("matches", [dyn('a')])
 *   x is string            lookup(scope, "x") in is_type("string")
 *   /users/$(uid)          call(scope, "/", [dyn("users"), lookup(scope, "uid")])
 *
 * Literals are wrapped in dyn() because rules, unlike CEL, do not refuse `1 == 'a'` before running it. Known
 * limit: the arguments of a function are evaluated before it is called, used or not.
 */
import { namespaces } from './builtins.ts';
import type { Scanner } from './scanner.ts';
import { typeNames } from './values.ts';

export interface Use {
  readonly name: string;
  readonly line: number;
}

export interface Call extends Use {
  readonly argumentCount: number;
}

export interface Expression {
  readonly cel: string;
  readonly line: number;
  readonly variables: readonly Use[];
  readonly calls: readonly Call[];
}

interface Writer {
  readonly scanner: Scanner;
  readonly variables: Use[];
  readonly calls: Call[];
}

const BINARY = new Set(['&&', '||', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%', 'in']);
const RESERVED = new Set(['in', 'is', 'let', 'return', 'if', 'allow', 'match', 'function']);
const CONSTANT = /^(?:\d.*|[br]?['"][\s\S]+|true|false|null)$/;

export function readExpression(scanner: Scanner): Expression {
  const writer: Writer = { scanner, variables: [], calls: [] };
  const line = scanner.line();
  return { cel: writeExpression(writer), line, variables: writer.variables, calls: writer.calls };
}

/** Writes operands and operators flat, in the order they stand: CEL gives them the same precedence. */
function writeExpression(writer: Writer): string {
  const { scanner } = writer;
  let cel = writeOperand(writer);
  let openConditions = 0;
  for (;;) {
    const token = scanner.peek();
    if (token === 'is') {
      cel += writeTypeTest(scanner);
      continue;
    }
    if (token === '?') openConditions += 1;
    else if (token === ':' && openConditions > 0) openConditions -= 1;
    else if (!BINARY.has(token)) break;
    scanner.take();
    cel += ` ${token} ${writeOperand(writer)}`;
  }
  if (openConditions > 0) throw scanner.unexpected("':'");
  return cel;
}

function writeTypeTest(scanner: Scanner): string {
  scanner.expect('is');
  const type = scanner.name();
  if (!typeNames.has(type)) throw scanner.issue(`Unknown type '${type}' after is`);
  return ` in is_type("${type}")`;
}

function writeOperand(writer: Writer): string {
  const { scanner } = writer;
  const token = scanner.peek();
  if (token !== '!' && token !== '-') return writeSuffixes(writer, writePrimary(writer, token));
  scanner.take();
  return `${token}${writeOperand(writer)}`;
}

function writePrimary(writer: Writer, token: string): string {
  const { scanner } = writer;
  if (token === '/') return writePath(writer);
  if (token === '[') return `[${writeList(writer, '[', ']').join(', ')}]`;
  if (token === '{') return `call(scope, "{}", [${writeEntries(writer).join(', ')}])`;
  if (CONSTANT.test(token)) return `dyn(${scanner.take()})`;
  if (scanner.accept('(')) {
    const inner = writeExpression(writer);
    scanner.expect(')');
    return `(${inner})`;
  }
  if (token === '' || RESERVED.has(token)) throw scanner.unexpected('a value');
  return writeName(writer);
}

function writeName(writer: Writer): string {
  const { scanner } = writer;
  const line = scanner.line();
  if (!/^[A-Za-z_]/.test(scanner.peek())) throw scanner.unexpected('a value');
  let name = scanner.name();
  if (namespaces.has(name) && scanner.accept('.')) name += `.${scanner.name()}`;
  if (scanner.peek() !== '(') {
    writer.variables.push({ name, line });
    return `lookup(scope, "${name}")`;
  }
  const args = writeList(writer, '(', ')');
  writer.calls.push({ name, line, argumentCount: args.length });
  return `call(scope, "${name}", [${args.join(', ')}])`;
}

function writeList(writer: Writer, open: string, close: string): string[] {
  const { scanner } = writer;
  const items: string[] = [];
  scanner.expect(open);
  if (scanner.accept(close)) return items;
  do items.push(writeExpression(writer));
  while (scanner.accept(','));
  scanner.expect(close);
  return items;
}

function writeEntries(writer: Writer): string[] {
  const { scanner } = writer;
  const items: string[] = [];
  scanner.expect('{');
  if (scanner.accept('}')) return items;
  do {
    items.push(writeExpression(writer));
    scanner.expect(':');
    items.push(writeExpression(writer));
  } while (scanner.accept(','));
  scanner.expect('}');
  return items;
}

const PATH_TEXT = /\((?:[\w-]+)\)|[^\s/,;:()[\]{}$]+/y;

function writePath(writer: Writer): string {
  const { scanner } = writer;
  const segments: string[] = [];
  while (scanner.raw(/\//y)) {
    if (scanner.raw(/\$\(/y)) {
      segments.push(writeExpression(writer));
      scanner.expect(')');
    } else {
      const text = scanner.raw(PATH_TEXT)?.[0];
      if (text === undefined) throw scanner.unexpected('a path segment');
      segments.push(`dyn(${JSON.stringify(text)})`);
    }
  }
  return `call(scope, "/", [${segments.join(', ')}])`;
}

function writeSuffixes(writer: Writer, operand: string): string {
  const { scanner } = writer;
  if (scanner.peek() === '[') return writeSuffixes(writer, operand + writeIndex(writer));
  if (!scanner.accept('.')) return operand;
  const name = scanner.name();
  const suffix =
    scanner.peek() === '('
      ? `.invoke("${name}", [${writeList(writer, '(', ')').join(', ')}])`
      : `["${name}"]`;
  return writeSuffixes(writer, operand + suffix);
}

function writeIndex(writer: Writer): string {
  const { scanner } = writer;
  scanner.expect('[');
  const from = writeExpression(writer);
  const to = scanner.accept(':') ? writeExpression(writer) : undefined;
  scanner.expect(']');
  return to === undefined ? `.invoke("[]", [${from}])` : `.invoke("[:]", [${from}, ${to}])`;
}
