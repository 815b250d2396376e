/**
 * Mails of the corpus, damaged at random, through everything that is pure: reading, understanding, judging.
 * `MAIL_FUZZ_RUNS` sets how many (`npm run fuzz:mail` takes 10,000); a failure names its seed.
 */
import fc from 'fast-check';
import { damages, spliced } from '../../test/mail/corrupt.ts';
import { committedEntries, committedMail } from '../../test/mail/measure.ts';
import { type Outcome, outcomeOf } from '../../test/mail/outcome.ts';
import { redact } from '../kernel/redact.ts';
import { NotAMessage } from '../mail/mail.ts';
import { judgeFiles, papersAmong } from './assess.ts';
import { problemsOf } from './checks.ts';

const runs = Number(process.env.MAIL_FUZZ_RUNS ?? 300);
const limitMs = 5_000;
const mails = committedEntries().map(committedMail);

const damaged: fc.Arbitrary<Buffer> = fc
  .record({
    one: fc.constantFrom(...mails),
    other: fc.constantFrom(...mails),
    join: fc.option(spliced),
    damage: damages,
  })
  .map(({ one, other, join, damage }) => damage(join ? join(one, other) : one));

/** Everything of a mail that is kept outside its raw bytes. */
const kept = ({ message, items }: Outcome): string =>
  JSON.stringify([
    ...[message.subject, message.from?.name, message.files.map(({ fileName }) => fileName), message.blocks],
    items.map(({ readings, fields, extra, problems }) => [readings, fields, extra, problems]),
  ]);

function stateOf({ message }: Outcome, item: Outcome['items'][number]): string {
  const { route, kind, fields, extra, intent } = item;
  if (route.state !== 'PENDING_REVIEW' || intent === 'change') return route.state;
  const papers = papersAmong(judgeFiles(message)).map(({ role }) => ({ role }));
  const problems = problemsOf(kind ?? 'unknown', fields, papers, { extra });
  return problems.length === 0 && item.problems.length === 0 ? route.state : 'PENDING_REVIEW with problems';
}

const allowed: readonly string[] = ['NEEDS_INFO', 'PENDING_REVIEW', 'QUARANTINED'];

test(
  `${runs} damaged mails are read in time, publish nothing and give nothing away`,
  async () => {
    // A counterexample is bytes nobody reads: seed and path bring it back.
    const { failed, seed, counterexamplePath, errorInstance } = await fc.check(
      fc.asyncProperty(damaged, async (raw) => {
        const began = performance.now();
        const outcome = await outcomeOf(raw).catch((error: unknown) => {
          if (error instanceof NotAMessage) return null;
          throw error;
        });
        expect(performance.now() - began).toBeLessThan(limitMs);
        if (!outcome) return;
        const states = outcome.items.map((item) => stateOf(outcome, item));
        expect(states.filter((state) => !allowed.includes(state))).toEqual([]);
        expect(redact(kept(outcome)).found).toEqual([]);
      }),
      { numRuns: runs },
    );
    if (failed) throw new Error(`seed ${seed}, path ${counterexamplePath}`, { cause: errorInstance });
  },
  Math.max(60_000, runs * 100),
);
