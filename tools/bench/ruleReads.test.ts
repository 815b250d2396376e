import { documentsRead } from './ruleReads.ts';

const rules = `allow create: if exists(/databases/x/documents/standings/a)
  && get(/databases/x/documents/standings/a).data.suspendedUntil > request.time
  && target(/databases/x/documents/users/a);`;

const path = (...segments: string[]) => ({
  value: {
    pathValue: { segments: ['databases', 'x', 'documents', ...segments].map((simple) => ({ simple })) },
  },
  count: 1,
});
const at = (line: number, column: number) => ({ sourcePosition: { line, column } });

describe('reads of the rules', () => {
  it('are the documents looked up, each once', () => {
    const report = [
      { ...at(1, 25), values: [path('standings', 'a')] },
      { ...at(2, 10), values: [path('standings', 'a'), { value: { undefined: {} }, count: 2 }] },
    ];
    expect(documentsRead(report, rules)).toEqual(['standings/a']);
  });
  it('are not paths that are no look-up, nor look-ups never come to', () => {
    const report = [
      { ...at(3, 13), values: [path('users', 'a')] },
      { ...at(1, 25), values: [{ ...path('standings', 'a'), count: 0 }] },
      at(2, 10),
    ];
    expect(documentsRead(report, rules)).toEqual([]);
  });
});
