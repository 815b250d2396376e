/**
 * The account of a hospital over a week, drawn up from its entries in the books. Pure. Only used sessions, and what the
 * law lets a hospital keep, are ever in its favour: what a voucher still holds is not on this account.
 */
import { daysAfter } from '../kernel/days.ts';
import type { LedgerEntry } from '../ledger/schema.ts';
import type { Heading, Headings, Settlement, StatementLine } from './schema.ts';

type Entry = Pick<LedgerEntry, 'kind' | 'of' | 'day' | 'amounts'>;

const headingOf: Readonly<Partial<Record<LedgerEntry['kind'], Heading>>> = {
  ...{ use: 'used', refund: 'kept', hold: 'held', release: 'released' },
  ...{ compensation: 'compensation', settlement: 'paid', reversal: 'corrected' },
};

const noTally = { count: 0, sum: 0 };
const noHeadings: Headings = {
  ...{ used: noTally, kept: noTally, held: noTally, released: noTally },
  ...{ compensation: noTally, corrected: noTally, paid: noTally },
};

/** The line of an entry on its hospital’s statement; null when it does not touch the hospital’s account. */
export function statementLine({ kind, of, day, amounts }: Entry): StatementLine | null {
  const heading = headingOf[kind];
  if (amounts.hospital === 0 || heading === undefined) return null;
  return { heading, kind, of, day, amount: -amounts.hospital };
}

export function statementLines(entries: readonly Entry[]): StatementLine[] {
  return entries.map(statementLine).filter((line) => line !== null);
}

function moved(lines: readonly StatementLine[]): Headings {
  const sums = { ...noHeadings };
  for (const { heading, amount } of lines) {
    sums[heading] = { count: sums[heading].count + 1, sum: sums[heading].sum + amount };
  }
  return sums;
}

export const batchIdOf = (hospitalId: string, week: string): string => `${hospitalId}~${week}`;

export type Batch = Pick<
  Settlement,
  'hospitalId' | 'week' | 'until' | 'payOn' | 'opening' | 'moved' | 'closing' | 'due'
>;

/** The batch of a week, from its lines and what stood open before (won, in the hospital’s favour). */
export function batchOf(
  account: { readonly hospitalId: string; readonly week: string; readonly opening: number },
  lines: readonly StatementLine[],
): Batch {
  const { hospitalId, week, opening } = account;
  const closing = lines.reduce((sum, { amount }) => sum + amount, opening);
  return {
    ...{ hospitalId, week, opening, closing },
    ...{ until: daysAfter(week, 6), payOn: daysAfter(week, 9) },
    ...{ moved: moved(lines), due: Math.max(0, closing) },
  };
}

/** What lessens a batch, and what makes that undone. New uses, and what is kept of new refunds, are of the next one. */
export const adjusting = ['hold', 'release', 'compensation', 'settlement', 'reversal'] as const;

/** The entry of the use that an entry is about; null when it is about no single use. */
export function useOf({ kind, of }: Pick<Entry, 'kind' | 'of'>): string | null {
  if (kind === 'hold' || kind === 'release') return `use~${of.slice(0, of.lastIndexOf('~'))}`;
  return kind === 'reversal' && of.startsWith('use~') ? of : null;
}

/**
 * What has moved of a batch since its week, of the entries that adjust (won, in the hospital’s favour). What they say about a
 * use after that week is of the next batch.
 */
export function movedSince(entries: readonly Entry[], isLater: (use: string) => boolean): number {
  const ofBatch = entries.filter((entry) => {
    const use = useOf(entry);
    return use === null || !isLater(use);
  });
  return statementLines(ofBatch).reduce((sum, { amount }) => sum + amount, 0);
}

/** What may be paid for a batch now: never more than was due, than is left of that since, or than is owed in all. */
export const payableNow = (due: number, since: number, owedNow: number): number =>
  Math.max(0, Math.min(due, due + since, owedNow));
