/**
 * Set up in every test. Properties try the same examples in each run of the tests, so that what passes here passes
 * elsewhere; `PROPERTY_SEED=random` looks for others, and a number is one such search again. One that fails says first what
 * went wrong, then how to run it again, then its example, cut: a history of ninety steps would push all of it out of a log.
 */
import { randomInt } from 'node:crypto';
import fc, { type RunDetails } from 'fast-check';

const USUAL_SEED = 20_261_122;
const CHARACTERS_OF_AN_EXAMPLE = 1_500;

export function seedFrom(asked: string | undefined): number {
  if (asked === undefined) return USUAL_SEED;
  if (asked === 'random') return randomInt(2 ** 31);
  if (!/^-?\d+$/.test(asked)) throw new Error(`PROPERTY_SEED is a number, or "random": not ${asked}`);
  return Number(asked);
}

export function throwBriefly<T>(run: RunDetails<T>): void {
  if (!run.failed) return;
  const { counterexample, counterexamplePath: path, errorInstance: cause, numRuns, seed } = run;
  const why =
    cause instanceof Error ? (cause.stack ?? cause.message) : 'no run could be made, or it was interrupted';
  const example = fc.stringify(counterexample);
  const isCut = example.length > CHARACTERS_OF_AN_EXAMPLE;
  throw new Error(
    [
      `after ${numRuns} runs, seed ${seed}, path "${path}": ${why}`,
      `Example: ${example.slice(0, CHARACTERS_OF_AN_EXAMPLE)}${isCut ? ` … (${example.length} characters)` : ''}`,
    ].join('\n'),
  );
}

fc.configureGlobal({ seed: seedFrom(process.env.PROPERTY_SEED), reporter: throwBriefly });
