/** Asking Toss every night what it has settled, and whether the books say the same. */
import { auditAlone } from '../audit/audit.ts';
import { daysAfter } from '../kernel/days.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { LedgerError } from '../ledger/ledger.ts';
import { ledger, postOnce } from '../ledger/post.ts';
import { Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { settlementsOf } from '../toss/client.ts';
import type { TossSettlement } from '../toss/schema.ts';
import { compareDay, payoutEntries, payoutsOf } from './compare.ts';
import { comparisonSchema } from './schema.ts';
import { allEntries } from './weeks.ts';

/** A day is compared when the one after it is over too: what happened at midnight may be of either. */
const lagDays = 2;
/** Payouts of so many days are entered, from what was sold in so many: what was sold before has been paid out before. */
const payoutDays = 14;
const soldWithinDays = 31;
const mostPages = 100;
const perPage = 1_000;
const mostTold = 200;

/** All rows of the days of sale, or null when Toss did not answer them all: a part would look like losses. */
export async function rowsOf(from: string, to: string): Promise<TossSettlement[] | null> {
  const rows: TossSettlement[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await settlementsOf(from, to, page);
    if (answer.kind !== 'ok') return null;
    rows.push(...answer.value);
    if (answer.value.length < perPage) return rows;
  }
  return null;
}

const entriesOf = async (from: string, to: string) => {
  const days: string[] = [];
  for (let day = from; day <= to; day = daysAfter(day, 1)) days.push(day);
  return (await Promise.all(days.map((day) => allEntries(ledger().where('day', '==', day))))).flat();
};

/** Enters what came to our bank, and tells operators of days after which Toss keeps something back. */
async function enterPayouts(rows: readonly TossSettlement[], today: string): Promise<void> {
  for (const payout of payoutsOf(rows)) {
    const { day, carried } = payout;
    if (day >= today || day < daysAfter(today, -payoutDays)) continue;
    if (carried < 0) log.warn('payout.carried', { day, carried });
    for (const entry of payoutEntries(payout)) {
      await postOnce(entry).catch((error: unknown) => {
        if (!(error instanceof LedgerError)) throw error;
        // Toss says another amount than it said before: an operator looks.
        log.error('payout.changed', { day });
      });
    }
  }
}

type Compared = ReturnType<typeof compareDay>;

/** What the books and these rows of Toss say differently of a day of sale, all of it. */
export async function comparedOn(day: string, rows: readonly TossSettlement[]): Promise<Compared> {
  const [from, to] = [daysAfter(day, -1), daysAfter(day, 1)];
  const near = rows.filter(({ soldDate }) => soldDate >= from && soldDate <= to);
  return compareDay(day, await entriesOf(from, to), near);
}

const comparisons = () => collection('tossComparisons', comparisonSchema);

/** Compares one day of sale and keeps what differs. Resolves to how much does. */
async function compareOne(day: string, rows: readonly TossSettlement[]): Promise<number> {
  const { compared, differences } = await comparedOn(day, rows);
  const total = differences.length;
  const told = differences.slice(0, mostTold);
  await comparisons().doc(day).set({ day, compared, total, differences: told, comparedAt: Timestamp.now() });
  if (total > 0) {
    log.error('toss.differs', { day, total });
    const target = `tossComparisons/${day}`;
    await auditAlone({ action: 'toss.differs', target, by: 'system', result: `differences:${total}` });
  }
  return total;
}

/** The days to compare, oldest first: the newest is the mark, so that a night on which Toss did not answer is made good for. */
async function daysToCompare(today: string): Promise<string[]> {
  const newest = (await comparisons().orderBy('day', 'desc').limit(1).get()).docs[0]?.data().day;
  const last = daysAfter(today, -lagDays);
  // Rows of the day before are needed, too. The first time there is nothing to make good for.
  const earliest = daysAfter(today, 1 - soldWithinDays);
  const next = newest === undefined ? last : daysAfter(newest, 1);
  const [, from = last] = [next, earliest].sort();
  const days: string[] = [];
  for (let day = from; day < last; day = daysAfter(day, 1)) days.push(day);
  return [...days, last];
}

/** The nightly job. Resolves to how many differences there are, or null when Toss could not be asked. */
export async function compareWithToss(now: number): Promise<number | null> {
  const today = koreanDayOf(now);
  const rows = await rowsOf(daysAfter(today, -soldWithinDays), daysAfter(today, -1));
  if (rows === null) {
    log.warn('toss.unsettled', { day: daysAfter(today, -lagDays) });
    return null;
  }
  let total = 0;
  for (const day of await daysToCompare(today)) total += await compareOne(day, rows);
  await enterPayouts(rows, today);
  return total;
}
