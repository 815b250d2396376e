/** The sales of a day, counted from its entries in the books. Pure. */
import type { LedgerEntry } from '../ledger/schema.ts';
import type { Sales } from './schema.ts';

type Entry = Pick<LedgerEntry, 'kind' | 'hospitalId' | 'amounts'>;

const noSales = { count: 0, sum: 0 };
export const emptySales: Sales = {
  ...{
    sold: noSales,
    used: noSales,
    refunded: noSales,
    kept: noSales,
    corrected: noSales,
    interest: noSales,
  },
};

/** Under which headings an entry counts, with its won. */
function countsOf({ kind, amounts }: Entry): readonly (readonly [keyof Sales, number])[] {
  if (kind === 'payment') return [['sold', -amounts.vouchers]];
  if (kind === 'use') return [['used', -amounts.hospital]];
  if (kind === 'reversal') return [['corrected', -(amounts.vouchers + amounts.hospital)]];
  if (kind === 'lateInterest') return [['interest', amounts.interest]];
  if (kind !== 'refund' && kind !== 'recovery') return [];
  const refunded = ['refunded', -amounts.refunds] as const;
  return amounts.hospital === 0 ? [refunded] : [refunded, ['kept', -amounts.hospital]];
}

export function addSale(sales: Sales, entry: Entry): Sales {
  const sum = { ...sales };
  for (const [heading, amount] of countsOf(entry)) {
    sum[heading] = { count: sum[heading].count + 1, sum: sum[heading].sum + amount };
  }
  return sum;
}

export const salesOf = (entries: Iterable<Entry>): Sales => [...entries].reduce(addSale, emptySales);

const isMedical = ({ kind, amounts }: Entry) => countsOf({ kind, hospitalId: null, amounts }).length > 0;

/** The sales of each hospital that had any. */
export function salesByHospital(entries: Iterable<Entry>): ReadonlyMap<string, Sales> {
  const byHospital = new Map<string, Sales>();
  for (const entry of entries) {
    if (entry.hospitalId === null || !isMedical(entry)) continue;
    byHospital.set(entry.hospitalId, addSale(byHospital.get(entry.hospitalId) ?? emptySales, entry));
  }
  return byHospital;
}
