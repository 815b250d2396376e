/**
 * Papers of rejected registrations and bytes of old mails are deleted when their term is over. Papers of what is
 * published stay with its page. The file goes first and the mark after it: whoever dies in between does it again.
 */
import { auditAlone } from '../audit/audit.ts';
import { inboundMailSchema } from '../inbound/schema.ts';
import { daysAfter, startOfKoreanDay } from '../kernel/days.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { bucket, db, isStale, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { purgeOn, type TermName } from '../retention/retention.ts';
import { type Registration, registrationSchema } from './schema.ts';

const perPage = 100;
const defaultBudgetMs = 300_000;

const registrations = () => collection('registrations', registrationSchema);
const mails = () => collection('inboundMails', inboundMailSchema);

/** The moment (ms) before which something of a term is due on a day. */
export function dueBefore(term: TermName, today: string): number {
  let day = daysAfter(today, -1);
  while (purgeOn(term, day) > today) day = daysAfter(day, -1);
  return startOfKoreanDay(daysAfter(day, 1));
}

const deleteFile = (path: string) => bucket().file(path).delete({ ignoreNotFound: true });

/** Mails whose files a registration lists: its own, and the replies merged into it. */
const mailOf = (path: string) => /^registrations\/(.+)-\d+\/[^/]+$/.exec(path)?.[1] ?? null;

/** Papers of one mail may be listed by several registrations: those any other still needs stay. */
async function neededElsewhere(id: string, { papers }: Registration): Promise<Set<string>> {
  const mailIds = new Set(papers.flatMap(({ path }) => mailOf(path) ?? []));
  const needed = new Set<string>();
  for (const mailId of mailIds) {
    const [same, merged] = await Promise.all([
      registrations().where('mailId', '==', mailId).limit(200).get(),
      registrations().where('mergedMailIds', 'array-contains', mailId).limit(20).get(),
    ]);
    for (const doc of [...same.docs, ...merged.docs])
      if (doc.id !== id) for (const { path } of doc.data().papers) needed.add(path);
  }
  return needed;
}

/** Deletes the papers of one registration. What another lists goes with the last that does. */
async function purgePapers(id: string, registration: Registration, lastUpdateTime: Timestamp, now: number) {
  const needed = await neededElsewhere(id, registration);
  const own = registration.papers.map(({ path }) => path).filter((path) => !needed.has(path));
  await Promise.all(own.map(deleteFile));
  const at = Timestamp.fromMillis(now);
  const purged = { papers: [], papersPurgedAt: at, updatedAt: at };
  // One that was opened again meanwhile asks for its papers anew.
  await registrations()
    .doc(id)
    .update(purged, { lastUpdateTime })
    .catch((error: unknown) => {
      if (!isStale(error)) throw error;
    });
  return own.length;
}

async function purgeRejected(now: number, endsAt: number): Promise<number> {
  const before = Timestamp.fromMillis(dueBefore('rejectedPapers', koreanDayOf(now)));
  const due = registrations()
    .where('state', '==', 'REJECTED')
    .where('papersPurgedAt', '==', null)
    .where('decidedAt', '<', before)
    .orderBy('decidedAt')
    .limit(perPage);
  let gone = 0;
  while (Date.now() <= endsAt) {
    const page = await due.get();
    for (const doc of page.docs) gone += await purgePapers(doc.id, doc.data(), doc.updateTime, now);
    if (page.size < perPage) break;
  }
  return gone;
}

async function purgeRaw(now: number, endsAt: number): Promise<number> {
  const before = Timestamp.fromMillis(dueBefore('rawMail', koreanDayOf(now)));
  const due = mails()
    .where('rawPurgedAt', '==', null)
    .where('receivedAt', '<', before)
    .orderBy('receivedAt')
    .limit(perPage);
  let gone = 0;
  while (Date.now() <= endsAt) {
    const page = await due.get();
    await Promise.all(page.docs.map((doc) => deleteFile(doc.data().rawPath)));
    const batch = db().batch();
    for (const { ref } of page.docs) batch.update(ref, { rawPurgedAt: Timestamp.fromMillis(now) });
    await batch.commit();
    gone += page.size;
    if (page.size < perPage) break;
  }
  return gone;
}

export interface PurgedFiles {
  readonly papers: number;
  readonly rawMails: number;
}

/** Deletes the files that are due on the Korean day of `now` (ms), until none is left or time is up. */
export async function purgeMailFiles(now: number, budgetMs = defaultBudgetMs): Promise<PurgedFiles> {
  const endsAt = Date.now() + budgetMs;
  const counted = async (what: string, work: Promise<number>) =>
    work.catch((error: unknown) => {
      log.error('purge.filesBroken', { what, ...errorFields(error) });
      return 0;
    });
  const papers = await counted('papers', purgeRejected(now, endsAt));
  const rawMails = await counted('rawMails', purgeRaw(now, endsAt));
  log.info('purge.files', { papers, rawMails });
  if (papers + rawMails > 0) {
    const result = `papers:${papers} rawMails:${rawMails}`;
    await auditAlone({ action: 'retention.purge', target: 'registrations', by: 'system', result });
  }
  return { papers, rawMails };
}
