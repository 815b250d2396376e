/**
 * What security rules read for one client write. Firestore bills these reads, but they are no traffic: the emulator
 * looks them up inside. Its coverage report shows them: every path that was handed to `get`, `exists`, `getAfter` or
 * `existsAfter`. A document asked for several times within one request is billed once.
 */
import { readFileSync } from 'node:fs';
import { fetchRuleReport, type RuleExpression } from '../../functions/test/support/ruleReport.ts';
import { openWorld, type World } from '../../functions/test/support/rulesWorld.ts';
import { isRecord, textOf } from '../../standins/control.ts';

const lookup = /\b(get|exists|getAfter|existsAfter)\($/;

/** A path as `standings/kakao:1`, from the segments of the report, which begin with the database. */
function documentOf(value: unknown): string[] {
  const path = isRecord(value) && isRecord(value.pathValue) ? value.pathValue.segments : undefined;
  if (!Array.isArray(path)) return [];
  const segments = path.map((segment: unknown) => (isRecord(segment) ? textOf(segment.simple) : undefined));
  return [segments.slice(segments.indexOf('documents') + 1).join('/')];
}

function isLookedUp(lines: readonly string[], { sourcePosition }: RuleExpression): boolean {
  const { line = 0, column = 0 } = sourcePosition ?? {};
  return lookup.test((lines[line - 1] ?? '').slice(0, column - 1));
}

/** How often a report shows each document handed to the rules of which it is. Pure. */
function lookups(report: readonly RuleExpression[], rules: string): Map<string, number> {
  const lines = rules.split('\n');
  const counts = new Map<string, number>();
  const values = report
    .filter((expression) => isLookedUp(lines, expression))
    .flatMap(({ values = [] }) => values.filter(({ count = 0 }) => count > 0));
  for (const { value, count = 0 } of values) {
    for (const path of documentOf(value)) counts.set(path, (counts.get(path) ?? 0) + count);
  }
  return counts;
}

/** The documents a report shows as read by the rules of which it is, each once. Pure. */
export const documentsRead = (report: readonly RuleExpression[], rules: string): string[] =>
  [...lookups(report, rules).keys()].sort();

/** How often firestore.rules looked each document up so far, in a project. */
export const lookupsIn = async (projectId: string): Promise<ReadonlyMap<string, number>> =>
  lookups(await fetchRuleReport(projectId), readFileSync('firestore.rules', 'utf8'));

/** What was looked up between the two: what one request was billed for. */
export const lookedUpSince = (
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): string[] => [...after].filter(([path, count]) => count > (before.get(path) ?? 0)).map(([path]) => path);

/**
 * The documents that firestore.rules read to decide about `write`, in the world of the rules tests. Each
 * measurement needs a project of its own, because a report covers everything asked in its project.
 */
export async function ruleReadsOf(
  projectId: string,
  write: (world: World) => Promise<unknown>,
): Promise<string[]> {
  const world = await openWorld(projectId);
  try {
    await world.reset();
    await write(world);
    return documentsRead(await fetchRuleReport(projectId), readFileSync('firestore.rules', 'utf8'));
  } finally {
    await world.env.cleanup();
  }
}
