/**
 * Drawing up the batches of the weeks that are over. Every step finds again what it has done: pages are the same when
 * they are written twice, a batch is created under its own id, and the round remembers only weeks that are complete.
 */
import type { Query, QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { contactOf } from '../directory/contact.ts';
import { daysAfter, mondayOf, startOfKoreanDay } from '../kernel/days.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { ledger } from '../ledger/post.ts';
import type { LedgerEntry } from '../ledger/schema.ts';
import { queueMail } from '../outbox/queue.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { batchIdOf, batchOf, statementLines } from './batch.ts';
import {
  type Settlement,
  type StatementLine,
  settlementRoundSchema,
  settlementSchema,
  statementPageSchema,
} from './schema.ts';
import { statementLetter } from './statementLetter.ts';

const perPage = 500;
/** A transaction begun before midnight has ended long before. */
const restMs = 3_600_000;

export const settlements = () => collection('settlements', settlementSchema);
const round = () => collection('settlementRounds', settlementRoundSchema).doc('current');

/** All entries a query finds, in the order they were entered. */
export async function allEntries(query: Query<LedgerEntry>): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  let last: QueryDocumentSnapshot<LedgerEntry> | undefined;
  do {
    const ordered = query.orderBy('at').limit(perPage);
    const { docs } = await (last ? ordered.startAfter(last) : ordered).get();
    entries.push(...docs.map((doc) => doc.data()));
    last = docs.length < perPage ? undefined : docs.at(-1);
  } while (last);
  return entries;
}

/** The hospital with entries in a week that comes after another ('' for the first), or null. One read. */
async function nextHospital(week: string, after: string): Promise<string | null> {
  const later = ledger().where('week', '==', week).where('hospitalId', '>', after);
  const { docs } = await later.orderBy('hospitalId').limit(1).get();
  return docs[0]?.data().hospitalId ?? null;
}

async function writePages(batchId: string, hospitalId: string, lines: readonly StatementLine[]) {
  const pages = collection(`settlements/${batchId}/pages`, statementPageSchema);
  const count = Math.ceil(lines.length / perPage);
  for (let page = 0; page < count; page += 1) {
    const some = lines.slice(page * perPage, (page + 1) * perPage);
    await pages.doc(String(page + 1).padStart(4, '0')).set({ hospitalId, lines: some });
  }
  return count;
}

const isOpen = ({ state }: Settlement) => state === 'due' || state === 'stopped';

/** Adds the batch behind the one before, which it takes over if that was not paid, and its letter. False when it is there already. */
function addBatch(
  hospitalId: string,
  week: string,
  lines: readonly StatementLine[],
  pages: number,
): Promise<boolean> {
  return db().runTransaction(async (tx) => {
    const ofHospital = settlements().where('hospitalId', '==', hospitalId);
    const { docs } = await tx.get(ofHospital.orderBy('week', 'desc').limit(1));
    const before = docs[0];
    if (before && before.data().week >= week) return false;
    const opening = before?.data().closing ?? 0;
    const batch = batchOf({ hospitalId, week, opening }, lines);
    const to = await contactOf(tx, hospitalId);
    const running = batch.due > 0 ? ('due' as const) : ('nothing' as const);
    // Also where nothing is due: what comes after it waits, too, until an operator lets it be paid.
    const state = before?.data().state === 'stopped' ? ('stopped' as const) : running;
    tx.create(settlements().doc(batchIdOf(hospitalId, week)), {
      ...batch,
      ...{ pages, state, paid: null, reference: null },
      ...{ closedAt: Timestamp.now(), paidAt: null },
    });
    if (to !== null)
      queueMail(tx, `settlement-${batchIdOf(hospitalId, week)}`, statementLetter(to, batch, lines));
    if (before && isOpen(before.data())) tx.update(before.ref, { state: 'carried' });
    return true;
  });
}

/** Draws up the batch of a hospital, if anything moved on its account. */
async function drawUp(hospitalId: string, week: string): Promise<boolean> {
  const ofWeek = ledger().where('hospitalId', '==', hospitalId).where('week', '==', week);
  const lines = statementLines(await allEntries(ofWeek));
  if (lines.length === 0) return false;
  const pages = await writePages(batchIdOf(hospitalId, week), hospitalId, lines);
  return addBatch(hospitalId, week, lines, pages);
}

async function closeWeek(week: string): Promise<number> {
  let batches = 0;
  for (let id = await nextHospital(week, ''); id !== null; id = await nextHospital(week, id)) {
    if (await drawUp(id, week)) batches += 1;
  }
  await round().set({ week, asOf: Timestamp.now() });
  log.info('settlement.closed', { week, batches });
  return batches;
}

async function firstOpenWeek(): Promise<string | null> {
  const done = (await round().get()).data();
  if (done) return daysAfter(done.week, 7);
  const { docs } = await ledger().orderBy('at').limit(1).get();
  return docs[0]?.data().week ?? null;
}

/** The nightly job: the batches of every week that is over and not drawn up yet. Resolves to how many are new. */
export async function closeWeeks(now: number): Promise<number> {
  const running = mondayOf(koreanDayOf(now));
  let batches = 0;
  let week = await firstOpenWeek();
  while (week !== null && week < running && now >= startOfKoreanDay(daysAfter(week, 7)) + restMs) {
    batches += await closeWeek(week);
    week = daysAfter(week, 7);
  }
  return batches;
}
