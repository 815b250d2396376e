/**
 * What each screen and action of the app is billed: ours through the client SDK under rules, with the functions its writes
 * start and what the rules read; beside it the samples’ way (naive.ts), beside that the least one could think of; and what
 * a thousand members a day cost in won.
 */
import { table } from '../../docs/markdown.ts';
import { number } from '../report.ts';
import * as money from './money.ts';
import { type Row, rows } from './rows.ts';
import { onScreens } from './stage.ts';

interface Measured {
  readonly row: Row;
  readonly ours: money.Spent;
  readonly naive: money.Spent;
}

async function measureAll(): Promise<Measured[]> {
  return onScreens(async (screens) => {
    const all: Measured[] = [];
    for (const row of rows) {
      all.push({ row, ours: await row.ours(screens), naive: await row.naive(screens) });
    }
    return all;
  });
}

/** Whether a target is met; counts of a burst are shares of one. */
export function verdictOf({ target }: Pick<Row, 'target'>, ours: money.Spent): string {
  if (!target) return '';
  const ofFunctions = target.of === 'functions';
  const reads = ofFunctions ? ours.serverReads : ours.reads;
  const writes = ofFunctions ? ours.serverWrites : ours.writes;
  const meets = reads <= (target.reads ?? reads) && writes <= (target.writes ?? writes);
  const exactly = (value: number) => String(Math.round(value * 10_000) / 10_000);
  const measured = ofFunctions ? ` (${exactly(reads)} / ${exactly(writes)})` : '';
  return `${target.says}: ${meets ? 'met' : '**not met**'}${measured}`;
}

const counts = ({ reads, writes, deletes, calls }: money.Spent) =>
  [reads, writes, deletes, calls].map(number).join(' / ');

const screensTable = (all: readonly Measured[]): string =>
  table(
    ['screen or action', 'ours', 'of the reads, rules', 'samples', 'least', 'target'],
    all.map(({ row, ours, naive }) => [
      ...[row.what, counts(ours), number(ours.ruleReads), counts(naive)],
      ...[`${number(row.least.reads)} / ${number(row.least.writes ?? 0)}`, verdictOf(row, ours)],
    ]),
  );

const leastTable = (all: readonly Measured[]): string =>
  table(
    ['screen or action', 'least', 'why not less'],
    all.map(({ row: { what, least } }) => [
      ...[what, `${number(least.reads)} / ${number(least.writes ?? 0)}`, least.why],
    ]),
  );

const members = 1_000;

const dayOf = (all: readonly Measured[], whose: 'ours' | 'naive'): money.Spent =>
  all.reduce((sum, { row, [whose]: spent }) => {
    const times = row.daily === undefined ? 0 : money.perDay[row.daily] * members;
    return money.summed(sum, money.scaled(spent, times));
  }, money.spentNothing);

const won = (dollars: number): string => Math.round(dollars * money.wonPerDollar).toLocaleString('en');
const whole = (value: number): string => Math.round(value).toLocaleString('en');

function moneyTable(all: readonly Measured[]): string {
  const [ours, naive] = [dayOf(all, 'ours'), dayOf(all, 'naive')];
  const [bill, naiveBill] = [money.billOf(ours), money.billOf(naive)];
  const [due, naiveDue] = [money.dueAfterFree(ours), money.dueAfterFree(naive)];
  const mebibytes = (bytes: number) => `${whole(bytes / 2 ** 20)} MiB`;
  const line = (what: string, ...cells: readonly string[]) => [what, ...cells];
  return table(
    [`${whole(members)} members, one day`, 'ours', 'won', 'samples', 'won'],
    [
      line('reads', whole(ours.reads), won(bill.reads), whole(naive.reads), won(naiveBill.reads)),
      line('writes', whole(ours.writes), won(bill.writes), whole(naive.writes), won(naiveBill.writes)),
      line('deletes', whole(ours.deletes), won(bill.deletes), whole(naive.deletes), won(naiveBill.deletes)),
      line('calls', whole(ours.calls), won(bill.calls), whole(naive.calls), won(naiveBill.calls)),
      line(
        'to phones',
        mebibytes(ours.bytes),
        won(bill.egress),
        mebibytes(naive.bytes),
        won(naiveBill.egress),
      ),
      line('**a day**', '', won(money.dollarsOf(bill)), '', won(money.dollarsOf(naiveBill))),
      line('thirty days', '', won(money.dollarsOf(bill) * 30), '', won(money.dollarsOf(naiveBill) * 30)),
      line(
        'thirty days, beyond what is free',
        '',
        won(money.dollarsOf(due)),
        '',
        won(money.dollarsOf(naiveDue)),
      ),
    ],
  );
}

function usageTable(all: readonly Measured[]): string {
  const used = all.flatMap(({ row, ours, naive }) => {
    if (row.daily === undefined) return [];
    const times = money.perDay[row.daily];
    const dollars = (spent: money.Spent) => money.dollarsOf(money.billOf(spent)) * times * members;
    const exactly = (spent: money.Spent) => number(dollars(spent) * money.wonPerDollar);
    return [[row.what, String(times), exactly(ours), exactly(naive)]];
  });
  return table(['a member a day', 'times', `won for ${whole(members)}, ours`, 'samples'], used);
}

export async function screens(): Promise<string> {
  const all = await measureAll();
  return [
    moneyTable(all),
    'Billed reads / writes / deletes / function calls of everything that follows, per screen or action; of the least, reads / writes:',
    screensTable(all),
    '### Who does what, and why not less',
    usageTable(all),
    leastTable(all),
  ].join('\n\n');
}
