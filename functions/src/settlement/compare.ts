/** Whether the books and what Toss settles say the same. Pure. */
import type { NewEntry } from '../ledger/ledger.ts';
import { feeReturnEntry, payoutEntry } from '../ledger/movements.ts';
import type { LedgerEntry } from '../ledger/schema.ts';
import type { TossSettlement } from '../toss/schema.ts';
import type { Comparison } from './schema.ts';

type Entry = Pick<LedgerEntry, 'kind' | 'of' | 'day' | 'amounts'>;
type Row = Pick<TossSettlement, 'orderId' | 'transactionKey' | 'amount' | 'soldDate' | 'cancel'>;
type Difference = Comparison['differences'][number];

const incoming: readonly LedgerEntry['kind'][] = ['payment', 'strayDeposit', 'charge'];

/** The order an entry is of: a second payment of it is entered under `{orderId}~…`. */
const orderOf = (of: string) => of.split('~')[0] ?? of;

/** What Toss would call an entry: the order, or of a cancel its transaction. Null for what is not between us and the payer. */
function keyOfEntry({ kind, of }: Pick<Entry, 'kind' | 'of'>): string | null {
  if (incoming.includes(kind)) return orderOf(of);
  if (kind === 'refundPaid') return `cancel ${of}`;
  // Of what was undone, `of` is the id of its entry.
  const undone = kind === 'reversal' ? incoming.find((one) => of.startsWith(`${one}~`)) : undefined;
  return undone ? orderOf(of.slice(undone.length + 1)) : null;
}

const keyOfRow = ({ orderId, transactionKey, cancel }: Row) =>
  cancel ? `cancel ${transactionKey}` : orderId;

/** Rows of cancels are negative in some versions and not in others. */
const amountOf = ({ amount, cancel }: Row) => (cancel ? -Math.abs(amount) : amount);

/** What was moved under a key, in all, and on which days. */
interface Side {
  readonly days: readonly string[];
  readonly amount: number;
}

function sumUp(
  moves: readonly { readonly key: string | null; readonly day: string; readonly amount: number }[],
) {
  const byKey = new Map<string, Side>();
  for (const { key, day, amount } of moves) {
    if (key === null) continue;
    const { days, amount: before } = byKey.get(key) ?? { days: [], amount: 0 };
    byKey.set(key, { days: [...days, day], amount: before + amount });
  }
  return byKey;
}

const ours = (entries: readonly Entry[]) =>
  sumUp(entries.map((entry) => ({ key: keyOfEntry(entry), day: entry.day, amount: entry.amounts.toss })));
const theirs = (rows: readonly Row[]) =>
  sumUp(rows.map((row) => ({ key: keyOfRow(row), day: row.soldDate, amount: amountOf(row) })));

function difference(key: string, mine: Side | undefined, its: Side | undefined): Difference | null {
  if ((mine?.amount ?? 0) === (its?.amount ?? 0)) return null;
  const amounts = { key, ours: mine?.amount ?? null, theirs: its?.amount ?? null };
  if (!mine) return { what: 'notInBooks', ...amounts };
  return { what: its ? 'otherAmount' : 'notAtToss', ...amounts };
}

/**
 * Compares a day of sale. `entries` and `rows` are of that day and its neighbours: what happened at midnight may be
 * of another day there than here, and is looked for on both sides.
 */
export function compareDay(
  day: string,
  entries: readonly Entry[],
  rows: readonly Row[],
): { readonly compared: number; readonly differences: readonly Difference[] } {
  const [mine, its] = [ours(entries), theirs(rows)];
  const keys = new Set(
    [...mine.keys(), ...its.keys()].filter((key) =>
      [mine, its].some((side) => side.get(key)?.days.includes(day)),
    ),
  );
  const found = [...keys].map((key) => difference(key, mine.get(key), its.get(key)));
  const differences = found.filter((one) => one !== null);
  return { compared: keys.size - differences.length, differences };
}

export interface Payout {
  readonly day: string;
  /** What came to our bank. */
  readonly received: number;
  /** What Toss kept; negative when it gave more fees back than it took. */
  readonly fees: number;
  /** What Toss keeps of its next payouts, never positive: a day on which more went back than came pays nothing out. */
  readonly carried: number;
}

/**
 * What Toss has paid to our bank, by day. It does not ask for money back: a day below nothing is taken off the next ones.
 * `rows` must reach back to before the first day that is of interest by as long as that may take.
 */
export function payoutsOf(
  rows: readonly Pick<TossSettlement, 'paidOutDate' | 'payOutAmount' | 'amount' | 'cancel'>[],
): readonly Payout[] {
  const byDay = new Map<string, { net: number; fees: number }>();
  for (const row of rows) {
    const before = byDay.get(row.paidOutDate) ?? { net: 0, fees: 0 };
    const gross = row.cancel ? -Math.abs(row.amount) : row.amount;
    const net = row.cancel ? -Math.abs(row.payOutAmount) : row.payOutAmount;
    byDay.set(row.paidOutDate, { net: before.net + net, fees: before.fees + (gross - net) });
  }
  const payouts: Payout[] = [];
  let carried = 0;
  for (const [day, { net, fees }] of [...byDay].sort(([one], [other]) => one.localeCompare(other))) {
    const received = Math.max(0, carried + net);
    carried = Math.min(0, carried + net);
    payouts.push({ day, received, fees, carried });
  }
  return payouts;
}

/** The entries of a payout; none when nothing was moved. */
export function payoutEntries({ day, received, fees }: Payout): NewEntry[] {
  const kept = Math.max(0, fees);
  return [
    ...(received + kept > 0 ? [payoutEntry(day, received, kept)] : []),
    ...(fees < 0 ? [feeReturnEntry(day, -fees)] : []),
  ];
}
