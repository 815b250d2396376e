/**
 * Checks, before any request, that every name a rules file uses exists where it is used.
 *
 * Promise: unknown variables, unknown functions, wrong numbers of arguments, functions declared twice and
 * functions that call themselves, however indirectly, are reported with their lines. Production only warns about
 * the first two; here they refuse the file, because a mistyped name is a rule that never grants.
 */

import { isBuiltin } from './builtins.ts';
import type { Expression } from './expression.ts';
import type { Issue } from './scanner.ts';
import type { Block, RulesFunction } from './syntax.ts';

interface Surroundings {
  readonly variables: ReadonlySet<string>;
  readonly functions: ReadonlyMap<string, RulesFunction>;
}

interface Findings {
  readonly issues: Issue[];
  readonly calls: Map<RulesFunction, Set<RulesFunction>>;
}

export const globals = ['request', 'resource'] as const;
export const documentFunctions: ReadonlySet<string> = new Set(['firestore.get', 'firestore.exists']);

export function findNameIssues(service: Block): Issue[] {
  const findings: Findings = { issues: [], calls: new Map() };
  checkBlock(service, { variables: new Set(globals), functions: new Map() }, findings);
  for (const declared of findings.calls.keys()) {
    if (reaches(declared, declared, findings.calls, new Set()))
      findings.issues.push({ line: declared.line, message: `Function ${declared.name} calls itself` });
  }
  return findings.issues.sort((left, right) => left.line - right.line);
}

function checkBlock(block: Block, outer: Surroundings, findings: Findings): void {
  const wildcards = block.pattern.flatMap((segment) => (segment.kind === 'literal' ? [] : [segment.name]));
  const own = new Map<string, RulesFunction>();
  for (const declared of block.functions) {
    if (own.has(declared.name))
      findings.issues.push({ line: declared.line, message: `Function ${declared.name} is declared twice` });
    own.set(declared.name, declared);
  }
  const inner: Surroundings = {
    variables: new Set([...outer.variables, ...wildcards]),
    functions: new Map([...outer.functions, ...own]),
  };
  for (const declared of block.functions) checkFunction(declared, inner, findings);
  for (const { condition } of block.allows) if (condition) checkExpression(condition, inner, findings);
  for (const child of block.children) checkBlock(child, inner, findings);
}

function checkFunction(declared: RulesFunction, outer: Surroundings, findings: Findings): void {
  const variables = new Set([...outer.variables, ...declared.parameters]);
  const called = new Set<RulesFunction>();
  const check = (expression: Expression) => {
    for (const used of checkExpression(expression, { ...outer, variables }, findings)) called.add(used);
  };
  for (const { name, value } of declared.lets) {
    check(value);
    variables.add(name);
  }
  check(declared.result);
  findings.calls.set(declared, called);
}

function checkExpression(expression: Expression, around: Surroundings, findings: Findings): RulesFunction[] {
  const called: RulesFunction[] = [];
  for (const { name, line } of expression.variables) {
    if (!around.variables.has(name)) findings.issues.push({ line, message: `Unknown variable ${name}` });
  }
  for (const { name, line, argumentCount } of expression.calls) {
    const declared = around.functions.get(name);
    if (declared) called.push(declared);
    else if (!isBuiltin(name) && !documentFunctions.has(name))
      findings.issues.push({ line, message: `Unknown function ${name}` });
    const wanted = declared?.parameters.length ?? argumentCount;
    if (wanted !== argumentCount)
      findings.issues.push({ line, message: `Function ${name} takes ${wanted} arguments` });
  }
  return called;
}

function reaches(
  from: RulesFunction,
  wanted: RulesFunction,
  calls: Findings['calls'],
  seen: Set<RulesFunction>,
): boolean {
  for (const called of calls.get(from) ?? []) {
    if (called === wanted) return true;
    if (seen.has(called)) continue;
    seen.add(called);
    if (reaches(called, wanted, calls, seen)) return true;
  }
  return false;
}
