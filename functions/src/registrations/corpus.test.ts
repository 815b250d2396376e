/**
 * Mails as clinics write them, from their bytes to where they go, beside what a person would make of them. The cases
 * stand in functions/test/mail/cases; `npm run docs` makes the files from them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { scoreOf, shareRight } from '../../../tools/bench/extraction.ts';
import { corpusFiles, corpusFolder } from '../../test/mail/makeCorpus.ts';
import { committedEntries, measureCorpus } from '../../test/mail/measure.ts';

const entries = committedEntries();
const measuring = measureCorpus();
const measuredOf = async (name: string) => {
  const measured = (await measuring).find((one) => one.name === name);
  if (!measured) throw new Error(`no mail ${name}`);
  return measured;
};
/** Codes the corpus speaks of; others say nothing it could judge. */
const warningsOfCorpus = new Set(entries.flatMap(({ expected }) => expected.warnings));
const inOrder = (words: readonly string[]) => [...new Set(words)].sort();

describe('the corpus', () => {
  it('is what its script makes', () => {
    const made = corpusFiles();
    expect(readdirSync(corpusFolder).sort()).toEqual([...made.keys()].sort());
    const stale = [...made].filter(([name, bytes]) => !readFileSync(`${corpusFolder}/${name}`).equals(bytes));
    expect(stale.map(([name]) => `${name} is stale: run \`npm run docs\``)).toEqual([]);
  });
  it('holds every mail once, sixty at least', () => {
    const names = entries.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(60);
  });
});

describe('what is understood of the corpus', () => {
  it('is right for 98 of 100 fields', async () => {
    const score = scoreOf((await measuring).flatMap(({ findings }) => findings));
    expect(shareRight(score)).toBeGreaterThanOrEqual(0.98);
  });
  it('is never wrong without being marked as uncertain', async () => {
    const wrong = (await measuring).flatMap(({ name, findings }) =>
      findings.flatMap(({ verdict, field }) =>
        verdict === 'wrong' || verdict === 'invented' ? [`${name}: ${field} ${verdict}`] : [],
      ),
    );
    expect(wrong).toEqual([]);
  });
});

describe.each(entries.map((entry) => [entry.name, entry.expected] as const))('%s', (name, expected) => {
  it('gives these registrations', async () => {
    const { outcome } = await measuredOf(name);
    const made = outcome.items.map(({ kind, intent, problems, route }) => ({
      ...{ kind, intent, state: route.state },
      problems: inOrder(problems.map(({ field, reason }) => `${field} ${reason}`)),
    }));
    expect(made).toEqual(
      expected.items.map(({ kind, intent, state, problems }) => {
        return { kind, intent, state, problems: inOrder(problems) };
      }),
    );
  });
  it('is judged so as a letter', async () => {
    const { message, items, papers } = (await measuredOf(name)).outcome;
    const warnings: string[] = message.warnings.filter((code) => warningsOfCorpus.has(code));
    expect({
      ...{ papers, automatic: message.automatic, warnings: inOrder(warnings) },
      answers: inOrder(items.map(({ route }) => route.answer)),
    }).toEqual({
      ...{ papers: expected.papers, automatic: expected.automatic, warnings: inOrder(expected.warnings) },
      answers: items.length > 0 ? [expected.answer] : [],
    });
  });
});
