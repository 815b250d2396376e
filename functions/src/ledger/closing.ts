/**
 * The end of each day in the books: what moved and where every account stands, by Firestore’s own sums. A day that is over
 * does not change (`postEntry` gives an entry the day it is entered), so a day is closed once and stays right.
 */
import { AggregateField, type Query, type Transaction } from 'firebase-admin/firestore';
import { auditAlone } from '../audit/audit.ts';
import { daysAfter } from '../kernel/days.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { db, isAlreadyThere, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { addAmounts, isBalanced, noAmounts } from './ledger.ts';
import { ledger } from './post.ts';
import { type Amounts, accountNames, type LedgerDay, ledgerDaySchema } from './schema.ts';

const daysOfBooks = () => collection('ledgerDays', ledgerDaySchema);

/** Firestore sums five fields in a query. */
const perQuery = 5;

export interface Summed {
  readonly amounts: Amounts;
  readonly entries: number;
}

/** The sums of entries, as of one moment: a read for each thousand of them and each five accounts. */
export async function sumsOf(tx: Transaction, entries: Query): Promise<Summed> {
  const amounts = { ...noAmounts };
  for (let from = 0; from < accountNames.length; from += perQuery) {
    const names = accountNames.slice(from, from + perQuery);
    const fields = names.map((name) => [name, AggregateField.sum(`amounts.${name}`)] as const);
    const sums = (await tx.get(entries.aggregate(Object.fromEntries(fields)))).data();
    for (const name of names) amounts[name] = sums[name] ?? 0;
  }
  return { amounts, entries: (await tx.get(entries.count())).data().count };
}

const atOnce = <T>(read: (tx: Transaction) => Promise<T>) => db().runTransaction(read, { readOnly: true });
const ofDay = (day: string) => ledger().where('day', '==', day);

async function lastClosed(): Promise<LedgerDay | undefined> {
  const { docs } = await daysOfBooks().orderBy('day', 'desc').limit(1).get();
  return docs[0]?.data();
}

async function firstDay(): Promise<string | undefined> {
  const { docs } = await ledger().orderBy('at').limit(1).get();
  return docs[0]?.data().day;
}

async function closeDay(day: string, before: Amounts): Promise<LedgerDay> {
  const { amounts, entries } = await atOnce((tx) => sumsOf(tx, ofDay(day)));
  const balances = addAmounts(before, amounts);
  const closed = { day, entries, moved: amounts, balances, closedAt: Timestamp.now() };
  // Another run may have closed it: it has seen the same.
  await daysOfBooks()
    .doc(day)
    .create(closed)
    .catch((error: unknown) => {
      if (!isAlreadyThere(error)) throw error;
    });
  return closed;
}

/** Whether all entries there are sum to what was closed and what has moved since. */
async function isRight({ day, balances }: LedgerDay, now: number): Promise<boolean> {
  return atOnce(async (tx) => {
    const all = await sumsOf(tx, ledger());
    let expected = balances;
    for (let since = daysAfter(day, 1); since <= koreanDayOf(now); since = daysAfter(since, 1)) {
      expected = addAmounts(expected, (await sumsOf(tx, ofDay(since))).amounts);
    }
    return isBalanced(all.amounts) && accountNames.every((name) => all.amounts[name] === expected[name]);
  });
}

/** The nightly job: closes every day that is over, then sums the whole books anew. Books that are wrong are told of. */
export async function closeDays(now: number): Promise<number> {
  let last = await lastClosed();
  let day = last ? daysAfter(last.day, 1) : await firstDay();
  let closed = 0;
  for (; day !== undefined && day < koreanDayOf(now); day = daysAfter(day, 1)) {
    last = await closeDay(day, last?.balances ?? noAmounts);
    closed += 1;
  }
  if (last && !(await isRight(last, now))) {
    log.error('books.drift', { day: last.day });
    const target = `ledgerDays/${last.day}`;
    await auditAlone({ action: 'books.drift', target, by: 'system', result: 'sums differ' });
  }
  log.info('books.closed', { closed });
  return closed;
}
