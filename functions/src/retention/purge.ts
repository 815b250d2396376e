/** The nightly purge: whatever’s day has come goes, whoever wrote it. */
import type { DocumentReference, Query } from 'firebase-admin/firestore';
import { auditAlone } from '../audit/audit.ts';
import { daysAfter, startOfKoreanDay } from '../kernel/days.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { purgeOn } from './retention.ts';

const perPage = 300;
const defaultBudgetMs = 400_000;

export interface Purged {
  retained: number;
  formerMembers: number;
  webhookEvents: number;
  withdrawals: number;
  auditLog: number;
  /** False when time was up before all was gone: the next night goes on. */
  complete: boolean;
}

type Kind = Exclude<keyof Purged, 'complete'>;

/** The moment before which an entry of the audit log is due on a day: all days whose purge day has come. */
export function auditDueBefore(today: string): number {
  let day = daysAfter(today, -1);
  while (purgeOn('audit', day) > today) day = daysAfter(day, -1);
  return startOfKoreanDay(daysAfter(day, 1));
}

function queries(today: string): Readonly<Record<Kind, Query>> {
  const byDay = (name: string) => db().collection(name).where('purgeOn', '<=', today).orderBy('purgeOn');
  const auditedBefore = Timestamp.fromMillis(auditDueBefore(today));
  return {
    retained: byDay('retained'),
    formerMembers: byDay('formerMembers'),
    webhookEvents: byDay('webhookEvents'),
    withdrawals: byDay('withdrawals'),
    auditLog: db().collection('auditLog').where('at', '<', auditedBefore).orderBy('at'),
  };
}

async function deleteAll(refs: readonly DocumentReference[]): Promise<void> {
  const batch = db().batch();
  for (const ref of refs) batch.delete(ref);
  await batch.commit();
}

/** What is below goes before its document, so that nothing is left that no query finds. */
async function deleteWithPages(withdrawal: DocumentReference): Promise<void> {
  for (;;) {
    const pages = await withdrawal.collection('report').limit(perPage).get();
    if (pages.empty) break;
    await deleteAll(pages.docs.map(({ ref }) => ref));
  }
  await withdrawal.delete();
}

async function purgePage(kind: Kind, query: Query): Promise<number> {
  const due = await query.limit(perPage).get();
  const refs = due.docs.map(({ ref }) => ref);
  if (kind === 'withdrawals') for (const ref of refs) await deleteWithPages(ref);
  else if (refs.length > 0) await deleteAll(refs);
  return refs.length;
}

async function purgeKind(kind: Kind, query: Query, endsAt: number) {
  let gone = 0;
  while (Date.now() <= endsAt) {
    const page = await purgePage(kind, query);
    if (page === 0) return { gone, complete: true };
    gone += page;
  }
  return { gone, complete: false };
}

/** Deletes all that is due on the Korean day of `now` (ms), page by page, until nothing is left or time is up. */
export async function purgeDue(now: number, budgetMs = defaultBudgetMs): Promise<Purged> {
  const endsAt = Date.now() + budgetMs;
  const due = queries(koreanDayOf(now));
  const purged: Purged = {
    ...{ retained: 0, formerMembers: 0, webhookEvents: 0, withdrawals: 0, auditLog: 0 },
    complete: true,
  };
  for (const kind of ['retained', 'formerMembers', 'webhookEvents', 'withdrawals', 'auditLog'] as const) {
    const { gone, complete } = await purgeKind(kind, due[kind], endsAt);
    purged[kind] = gone;
    purged.complete &&= complete;
  }
  const { complete, ...counts } = purged;
  log.info('purge.done', { ...counts, complete });
  if (Object.values(counts).some((count) => count > 0)) {
    const result = Object.entries(counts).map(([kind, count]) => `${kind}:${count}`);
    await auditAlone({
      action: 'retention.purge',
      target: 'retained',
      by: 'system',
      result: result.join(' '),
    });
  }
  return purged;
}
