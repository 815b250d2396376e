/**
 * Cuts a rules text into tokens, on demand, so that paths can be read character by character where they stand.
 *
 * Promise: blanks and both kinds of comment are skipped; every issue carries the line it was met on.
 */

export interface Issue {
  readonly line: number;
  readonly message: string;
}

/** Thrown for a text that cannot be used as rules. */
export class RulesRejected extends Error {
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[]) {
    super(issues.map(({ line, message }) => `line ${line}: ${message}`).join('\n'));
    this.issues = issues;
  }
}

const BLANK = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const TOKEN =
  /[br]?'(?:[^'\\\n]|\\.)*'|[br]?"(?:[^"\\\n]|\\.)*"|[A-Za-z_]\w*|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|&&|\|\||[=!<>]=|[\s\S]/y;
const NAME = /^[A-Za-z_]\w*$/;

export interface Scanner {
  /** The next token, left in place; empty at the end of the text. */
  peek(): string;
  take(): string;
  accept(token: string): boolean;
  expect(token: string): void;
  name(): string;
  skipBlank(): void;
  /** Takes what a sticky pattern finds right here, blanks included. */
  raw(pattern: RegExp): RegExpExecArray | null;
  line(): number;
  issue(message: string): RulesRejected;
  unexpected(wanted: string): RulesRejected;
}

export function scan(source: string): Scanner {
  let position = 0;

  function raw(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = position;
    const found = pattern.exec(source);
    if (found) position = pattern.lastIndex;
    return found;
  }
  function skipBlank(): void {
    raw(BLANK);
  }
  function take(): string {
    skipBlank();
    return raw(TOKEN)?.[0] ?? '';
  }
  function peek(): string {
    skipBlank();
    const start = position;
    const token = take();
    position = start;
    return token;
  }
  function line(): number {
    skipBlank();
    return source.slice(0, position).split('\n').length;
  }
  const issue = (message: string) => new RulesRejected([{ line: line(), message }]);
  const unexpected = (wanted: string) =>
    issue(`Expected ${wanted}, found ${peek() === '' ? 'the end of the file' : `'${peek()}'`}`);
  function accept(token: string): boolean {
    if (peek() !== token) return false;
    take();
    return true;
  }
  function expect(token: string): void {
    if (!accept(token)) throw unexpected(`'${token}'`);
  }
  function name(): string {
    if (!NAME.test(peek())) throw unexpected('a name');
    return take();
  }
  return { peek, take, accept, expect, name, skipBlank, raw, line, issue, unexpected };
}
