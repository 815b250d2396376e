/**
 * Members' reports. A report brings content before the operators; three people who are usually right hold it back. What
 * operators find makes the reporters' next reports weigh more or less. Everything is recounted, nothing added up.
 */
import { AggregateField } from 'firebase-admin/firestore';
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { z } from 'zod';
import { db, isAlreadyThere, isStale, type Timestamp } from '../platform/firebase.ts';
import { changedAt, type Recount, recount } from '../platform/recount.ts';
import { collection } from '../platform/store.ts';
import { raise } from './acts.ts';
import { type QueueItem, type Report, reporterSchema, reportSchema, type TargetType } from './schema.ts';
import { pathOf, placeOf, queueIdOf, type Target, targetOf } from './targets.ts';
import { answers, groundOf, isEnough } from './weighing.ts';

const reports = () => collection('reports', reportSchema);
const reporters = () => collection('reporters', reporterSchema);

const reportsLookedAt = 30;
const perPage = 50;
const weighed =
  '여러 회원이 신고했습니다. 운영자가 확인할 때까지 보이지 않습니다. 이의가 있으면 이의 제기를 해 주세요.';
const noted = '회원이 신고했습니다. 운영자가 확인합니다.';

const about = (type: TargetType, id: string) =>
  reports().where('targetType', '==', type).where('targetId', '==', id);

const staffSchema = z.object({
  holds: z.object({ role: z.literal('hospitalStaff'), hospitalIds: z.array(z.string()) }),
});

/** Whether a reporter speaks for the hospital that content is about. */
async function isOfHospital(uid: string, hospitalId: string | null): Promise<boolean> {
  if (hospitalId === null) return false;
  const role = staffSchema.safeParse((await db().doc(`roles/${uid}`).get()).data());
  return role.success && role.data.holds.hospitalIds.includes(hospitalId);
}

/** Of those who have named a ground that counts and have not been told otherwise. */
async function isReportedEnough({ type, id }: Target): Promise<boolean> {
  const found = (await about(type, id).limit(reportsLookedAt).get()).docs.map((report) => report.data());
  const open = found.filter((report) => report.upheld + report.dismissed === 0 && report.answer === null);
  const uids = open
    .filter(({ reason }) => groundOf(reason, 'member') === 'counts')
    .map((report) => report.reporterUid);
  if (uids.length < 3) return false;
  const known = await db().getAll(...uids.map((uid) => reporters().doc(uid)));
  const unknown = { upheld: 0, dismissed: 0 };
  return isEnough(known.map((reporter) => reporterSchema.safeParse(reporter.data()).data ?? unknown));
}

function countReports({ type, id }: Target, needed: Timestamp | undefined): Promise<unknown> {
  const job: Recount = {
    target: db().doc(`moderationQueue/${queueIdOf({ type, id })}`),
    aggregate: about(type, id).aggregate({ count: AggregateField.count() }),
    asOfField: 'reportsAsOf',
    fields: (values, asOf) => ({ reportCount: values.count ?? 0, reportsAsOf: asOf }),
  };
  return recount(job, needed);
}

async function note(report: DocumentSnapshot, change: Partial<Report>): Promise<void> {
  const fence = report.updateTime ? { lastUpdateTime: report.updateTime } : {};
  const answered = db().doc(report.ref.path).update(change, fence);
  // Answered by another delivery, or gone.
  await answered.catch((error: unknown) => {
    if (!isStale(error)) throw error;
  });
}

async function weigh(
  snapshot: DocumentSnapshot,
  report: Report,
  needed: Timestamp | undefined,
): Promise<void> {
  const { targetType: type, targetId: id, reason, reporterUid } = report;
  const content = await db().doc(pathOf({ type, id })).get();
  const target = targetOf(type, id, content.data());
  if (!content.exists || target.state === 'gone') return;
  const by = (await isOfHospital(reporterUid, target.hospitalId)) ? 'hospital' : 'member';
  const ground = groundOf(reason, by);
  if (ground === 'none') return note(snapshot, { dismissed: 1, answer: answers.none });
  if (by === 'hospital') await note(snapshot, { answer: answers.hospital });
  const holds = ground === 'counts' && (await isReportedEnough(target));
  const reasons = [holds ? 'REPORTED' : `REPORT_${reason}`];
  await raise(target, { reasons, message: holds ? weighed : noted, hide: holds });
  await countReports(target, needed);
}

async function recountReporter(uid: string, needed: Timestamp | undefined): Promise<void> {
  const target = db().doc(`reporters/${uid}`);
  await target.create({ upheld: 0, dismissed: 0, asOf: null }).catch((error: unknown) => {
    if (!isAlreadyThere(error)) throw error;
  });
  await recount(
    {
      target,
      aggregate: reports()
        .where('reporterUid', '==', uid)
        .aggregate({ upheld: AggregateField.sum('upheld'), dismissed: AggregateField.sum('dismissed') }),
      asOfField: 'asOf',
      fields: ({ upheld, dismissed }, asOf) => ({ upheld: upheld ?? 0, dismissed: dismissed ?? 0, asOf }),
    },
    needed,
  );
}

/** A report was made: it is weighed. It was answered: the reporter's next one weighs differently. */
export async function reportWritten({ before, after }: Change<DocumentSnapshot>): Promise<void> {
  const report = reportSchema.safeParse(after.data()).data;
  if (!report) return;
  const needed = changedAt({ after });
  const isAnswered = report.upheld + report.dismissed > 0;
  if (isAnswered) await recountReporter(report.reporterUid, needed);
  else if (!before.exists) await weigh(after, report, needed);
}

/** Answers the reports that led to a decision, and those only: what is reported later waits for the next one. */
export async function answerReports({ path, type, state, decidedAt }: QueueItem): Promise<void> {
  if (state === 'open' || decidedAt === null) return;
  const id = placeOf(path)?.id ?? '';
  const answer = state === 'removed' ? 'upheld' : 'dismissed';
  for (;;) {
    const open = about(type, id).where('upheld', '==', 0).where('dismissed', '==', 0);
    const found = (await open.where('createdAt', '<=', decidedAt).orderBy('createdAt').limit(perPage).get())
      .docs;
    const batch = db().batch();
    for (const { ref } of found) batch.update(ref, { [answer]: 1, answer: answers[answer] });
    if (found.length > 0) await batch.commit();
    if (found.length < perPage) return;
  }
}
