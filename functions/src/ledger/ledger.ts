/** Entries of the books, made and summed. Pure. */
import {
  type Account,
  type Amounts,
  accountNames,
  type LedgerEntry,
  type MovementKind,
  movements,
} from './schema.ts';

/** What happened, to what: makes the id of the entry. `of` is an order, a session, a refund, a batch. */
export interface Cause {
  readonly kind: MovementKind;
  readonly of: string;
  /** Whose patients’ or whose own money it is; null where no hospital is concerned. */
  readonly hospitalId: string | null;
}

/** One side: won, more than nothing, on the debit or on the credit of an account. */
export type Line =
  | { readonly account: Account; readonly debit: number }
  | { readonly account: Account; readonly credit: number };

/** An entry before it is posted: when that is decides its day. */
export type NewEntry = Omit<LedgerEntry, 'day' | 'week' | 'at'>;

/** An entry that is none. Says which rule it breaks. */
export class LedgerError extends Error {
  constructor(cause: Pick<LedgerEntry, 'kind' | 'of'>, rule: string) {
    super(`${cause.kind} ${cause.of}: ${rule}`);
    this.name = 'LedgerError';
  }
}

export const noAmounts: Amounts = {
  ...{ toss: 0, bank: 0, vouchers: 0, unassigned: 0, refunds: 0, compensations: 0 },
  ...{ hospital: 0, held: 0, subscriptions: 0, fees: 0, interest: 0 },
};

export const addAmounts = (one: Amounts, other: Amounts): Amounts => {
  const sum = { ...one };
  for (const account of accountNames) sum[account] += other[account];
  return sum;
};

/** What stands on each account after these entries. The sum over all accounts is nothing. */
export const balancesOf = (entries: Iterable<Pick<LedgerEntry, 'amounts'>>): Amounts =>
  [...entries].reduce((sum, { amounts }) => addAmounts(sum, amounts), noAmounts);

export const isBalanced = (amounts: Amounts): boolean =>
  accountNames.reduce((sum, account) => sum + amounts[account], 0) === 0;

const sideOf = (line: Line) => ('debit' in line ? 'debit' : 'credit');
const wonOf = (line: Line) => ('debit' in line ? line.debit : line.credit);
const signed = (line: Line) => ('debit' in line ? line.debit : -line.credit);

function refuseLine(cause: Cause, line: Line): void {
  const sides: Partial<Record<Account, 'debit' | 'credit'>> = movements[cause.kind];
  if (!Number.isSafeInteger(wonOf(line)) || wonOf(line) < 0) {
    throw new LedgerError(cause, 'amounts are whole won, never negative');
  }
  if (wonOf(line) > 0 && sides[line.account] !== sideOf(line)) {
    throw new LedgerError(cause, `does not ${sideOf(line)} ${line.account}`);
  }
}

const ofPatients = (amounts: Amounts) =>
  amounts.vouchers !== 0 || amounts.hospital !== 0 || amounts.held !== 0;

/** The one way to make an entry: lines of nothing count for nothing. Throws LedgerError unless the rest is a balanced movement. */
export function entryOf(cause: Cause, lines: readonly Line[]): NewEntry {
  const amounts = { ...noAmounts };
  for (const line of lines) {
    refuseLine(cause, line);
    amounts[line.account] += signed(line);
  }
  if (!isBalanced(amounts)) throw new LedgerError(cause, 'debit and credit differ');
  if (accountNames.every((account) => amounts[account] === 0)) throw new LedgerError(cause, 'moves nothing');
  if (ofPatients(amounts) && cause.hospitalId === null) throw new LedgerError(cause, 'names no hospital');
  const { kind, of, hospitalId } = cause;
  return { kind, of, hospitalId, amounts };
}

/** The id of an entry: its cause. */
export const entryIdOf = ({ kind, of }: Pick<LedgerEntry, 'kind' | 'of'>): string => `${kind}~${of}`;

/** What undoes an entry that was made by mistake. There is one at most, and none of a reversal. */
export function reversalOf(entry: NewEntry): NewEntry {
  if (entry.kind === 'reversal') throw new LedgerError(entry, 'a reversal is not reversed');
  const amounts = { ...noAmounts };
  for (const account of accountNames)
    amounts[account] = entry.amounts[account] === 0 ? 0 : -entry.amounts[account];
  return { kind: 'reversal', of: entryIdOf(entry), hospitalId: entry.hospitalId, amounts };
}

/** Whether two entries say the same: a cause that comes again must. */
export const isSameEntry = (one: NewEntry, other: NewEntry): boolean =>
  entryIdOf(one) === entryIdOf(other) &&
  one.hospitalId === other.hospitalId &&
  accountNames.every((account) => one.amounts[account] === other.amounts[account]);
