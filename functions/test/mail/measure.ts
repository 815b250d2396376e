/** Measures what is understood of the committed corpus. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, judge, type ReadItem } from '../../../tools/bench/extraction.ts';
import { corpusFolder, type Entry, expectedFile } from './makeCorpus.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

export interface Measured extends Entry {
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
}

/** Fields with how far each is believed; what follows from another field is believed as far as that. */
function asRead({ kind, readings, fields }: Outcome['items'][number]): ReadItem {
  const read = Object.entries(readings).map(([field, { value, confidence }]) => {
    return [field, { value, isLow: confidence === 'low' }] as const;
  });
  const derived = (['region', 'district'] as const).map((field) => {
    return [field, { value: fields[field], isLow: readings.address?.confidence === 'low' }] as const;
  });
  return { kind, fields: new Map([...derived, ...read]) };
}

export async function measure({ name, trap, file, expected }: Entry, raw: Buffer): Promise<Measured> {
  const outcome = await outcomeOf(raw);
  return { name, trap, file, expected, outcome, findings: judge(expected.items, outcome.items.map(asRead)) };
}

export const committedEntries = (): Entry[] =>
  JSON.parse(readFileSync(join(corpusFolder, expectedFile), 'utf8'));
export const committedMail = ({ file }: Pick<Entry, 'file'>): Buffer =>
  readFileSync(join(corpusFolder, file));

export async function measureCorpus(): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const entry of committedEntries()) measured.push(await measure(entry, committedMail(entry)));
  return measured;
}
