/** The Firestore emulator's report of every rule expression it has evaluated in a project, and what came out. */
import { z } from 'zod';

const count = z.union([z.number(), z.string()]).transform(Number).optional();
const value = z.object({ value: z.record(z.string(), z.unknown()).optional(), count });

/** An expression with its place in the rules; `line` and `column` count from 1. */
export interface RuleExpression {
  sourcePosition?: { line?: number | undefined; column?: number | undefined } | undefined;
  /** What it came out as, each with how often; none where it was never evaluated. */
  values?: z.infer<typeof value>[] | undefined;
  children?: RuleExpression[] | undefined;
}

const expression: z.ZodType<RuleExpression> = z.lazy(() =>
  z.object({
    sourcePosition: z.object({ line: z.number().optional(), column: z.number().optional() }).optional(),
    values: z.array(value).optional(),
    children: z.array(expression).optional(),
  }),
);
const reportSchema = z.object({ report: z.array(expression) });

function flatten(expressions: readonly RuleExpression[]): RuleExpression[] {
  return expressions.flatMap((one) => [one, ...flatten(one.children ?? [])]);
}

/** Every expression of the rules loaded for a project, outer ones before those inside them. */
export async function fetchRuleReport(projectId: string): Promise<RuleExpression[]> {
  const url = `http://${process.env.FIRESTORE_EMULATOR_HOST}/emulator/v1/projects/${projectId}:ruleCoverage`;
  const body: unknown = await (await fetch(url)).json();
  return flatten(reportSchema.parse(body).report);
}
