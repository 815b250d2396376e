/**
 * Forms nobody wrote by hand: what is true is invented, written down in the ways clinics write, and read again from the
 * bytes of a mail. A value may be missed, or be read wrongly with a mark; it may never be wrong and believed.
 * `FORMS_RUNS` says how many of each nature are made (150).
 */
import fc from 'fast-check';
import { scoreOf, shareRight } from '../../../../tools/bench/extraction.ts';
import { judged } from '../../../test/mail/measure.ts';
import { outcomeOf } from '../../../test/mail/outcome.ts';
import { Chance } from '../../../test/support/forms/chance.ts';
import { natures } from '../../../test/support/forms/mails.ts';

const runs = Number(process.env.FORMS_RUNS ?? '150');
const seeds = fc.sample(fc.nat(), { seed: 20_261_121, numRuns: runs });

describe.each(Object.entries(natures))('%s', (_, make) => {
  const reading = (async () => {
    const read = [];
    for (const seed of seeds) {
      const { raw, wanted, intent } = make(new Chance(seed));
      const outcome = await outcomeOf(raw);
      read.push({ seed, intent, outcome, findings: judged(wanted, outcome) });
    }
    return read;
  })();
  it('is read right for 98 of 100 fields', async () => {
    const score = scoreOf((await reading).flatMap(({ findings }) => findings));
    expect(shareRight(score)).toBeGreaterThanOrEqual(0.98);
  });
  it('is never wrong without a mark', async () => {
    const wrong = (await reading).flatMap(({ seed, findings }) =>
      findings.flatMap(({ verdict, field, wanted, read }) =>
        verdict === 'wrong' || verdict === 'invented' ? [{ seed, field, wanted, read }] : [],
      ),
    );
    expect(wrong).toEqual([]);
  });
  it('is a registration where one is asked for, and a change where a change is', async () => {
    const other = (await reading).filter(({ intent, outcome }) =>
      outcome.items.some((item) => item.intent !== intent),
    );
    expect(other.map(({ seed }) => seed)).toEqual([]);
  });
});
