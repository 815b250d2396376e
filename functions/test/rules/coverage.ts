/** Every `allow` of firestore.rules was seen true and seen refused by the tests before this. */
import { readFileSync } from 'node:fs';
import { fetchRuleReport, type RuleExpression } from '../support/ruleReport.ts';

interface Seen {
  true: boolean;
  refused: boolean;
}

function verdictsAt(nodes: readonly RuleExpression[], line: number): Seen {
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
    let nodes: RuleExpression[] = [];

    beforeAll(async () => {
      nodes = await fetchRuleReport(projectId);
    });

    it.each(allows)('line $line was granted and refused: $text', ({ line }) => {
      expect(verdictsAt(nodes, line)).toEqual({ true: true, refused: true });
    });
  });
}
