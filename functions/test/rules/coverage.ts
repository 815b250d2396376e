/** Every `allow` of firestore.rules was seen true and seen refused by the tests before this. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const count = z.union([z.number(), z.string()]).transform(Number).optional();
const value = z.object({ value: z.record(z.string(), z.unknown()).optional(), count });
interface Node {
  sourcePosition?:
    | { line?: number | undefined; currentOffset?: number | undefined; endOffset?: number | undefined }
    | undefined;
  values?: z.infer<typeof value>[] | undefined;
  children?: Node[] | undefined;
}
const node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    sourcePosition: z
      .object({
        line: z.number().optional(),
        currentOffset: z.number().optional(),
        endOffset: z.number().optional(),
      })
      .optional(),
    values: z.array(value).optional(),
    children: z.array(node).optional(),
  }),
);
const reportSchema = z.object({ report: z.array(node) });

interface Seen {
  true: boolean;
  refused: boolean;
}

function flatten(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((one) => [one, ...flatten(one.children ?? [])]);
}

function verdictsAt(nodes: readonly Node[], line: number): Seen {
  const values = nodes.filter((one) => one.sourcePosition?.line === line).flatMap((one) => one.values ?? []);
  const counted = values.filter((one) => (one.count ?? 0) > 0);
  return {
    true: counted.some((one) => one.value?.boolValue === true),
    refused: counted.some((one) => one.value?.boolValue === false || one.value?.boolValue === undefined),
  };
}

export function describeCoverage(projectId: string): void {
  describe('coverage of firestore.rules', () => {
    const lines = readFileSync('firestore.rules', 'utf8').split('\n');
    const allows = lines
      .map((text, index) => ({ text: text.trim(), line: index + 1 }))
      .filter(({ text }) => text.startsWith('allow '));
    let nodes: Node[] = [];

    beforeAll(async () => {
      const url = `http://${process.env.FIRESTORE_EMULATOR_HOST}/emulator/v1/projects/${projectId}:ruleCoverage`;
      const body: unknown = await (await fetch(url)).json();
      nodes = flatten(reportSchema.parse(body).report);
    });

    it.each(allows)('line $line was granted and refused: $text', ({ line }) => {
      expect(verdictsAt(nodes, line)).toEqual({ true: true, refused: true });
    });
  });
}
