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

/** The documents a report shows as read by the rules of which it is, each once. Pure. */
export function documentsRead(report: readonly RuleExpression[], rules: string): string[] {
  const lines = rules.split('\n');
  const values = report
    .filter((expression) => isLookedUp(lines, expression))
    .flatMap(({ values = [] }) => values.filter(({ count = 0 }) => count > 0));
  return [...new Set(values.flatMap(({ value }) => documentOf(value)))].sort();
}

const RULES = 'firestore.rules';

/** Loads the rules into a project anew, which empties its report: that of a crowd is of hundreds of megabytes. */
export async function forgetRuleReads(projectId: string): Promise<void> {
  const url = `http://${process.env.FIRESTORE_EMULATOR_HOST}/emulator/v1/projects/${projectId}:securityRules`;
  const files = [{ name: RULES, content: readFileSync(RULES, 'utf8') }];
  const response = await fetch(url, { method: 'PUT', body: JSON.stringify({ rules: { files } }) });
  if (!response.ok) throw new Error(`the rules were not loaded: ${await response.text()}`);
}

/** The documents firestore.rules have read since they were loaded. */
export const ruleReadsSince = async (projectId: string): Promise<string[]> =>
  documentsRead(await fetchRuleReport(projectId), readFileSync(RULES, 'utf8'));

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
    return await ruleReadsSince(projectId);
  } finally {
    await world.env.cleanup();
  }
}
