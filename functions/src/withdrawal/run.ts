/**
 * Carrying out a withdrawal. A worker takes it for ten minutes, goes through the erasers, and leaves it finished, or to
 * be gone on with: at once (time was up), later (something failed), or when people have looked (it failed for a day).
 *
 * Nothing is remembered but what is in the document and its report. A page of Firestore changes is one batch with its
 * page of the report; a page of anything else is written down, erased, and marked done. So a worker may die anywhere:
 * the next one finds what is left, and erases again only what was written down and not marked. Of two workers at once
 * one fails to create the next page of the report, and stops.
 */

import { standingSchema } from '../access/schema.ts';
import { loginSchema } from '../accounts/schema.ts';
import { audit } from '../audit/audit.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import type { Change, Eraser, Leaver, OutsideEraser } from '../platform/erasing.ts';
import { AppError } from '../platform/errors.ts';
import { db, isAlreadyThere, isStale, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { purgeOn } from '../retention/retention.ts';
import { barUntil, withdrawals } from './request.ts';
import { type ReportPage, reportPageSchema, type Step, type Withdrawal } from './schema.ts';
import { barredMs, isDue, leaseMs, masked, pauseMs, unmasked } from './withdrawal.ts';

export interface Workshop {
  readonly erasers: readonly Eraser[];
  readonly now: () => number;
  readonly budgetMs: number;
}

export type Outcome = 'NOT_DUE' | 'DONE' | 'TIME_UP' | 'FAILED' | 'PARKED' | 'OTHERS_TURN';

/** Another worker has gone on with it meanwhile. */
class OthersTurn extends Error {}
class TimeUp extends Error {}

interface Run {
  readonly id: string;
  readonly leaver: Leaver;
  readonly steps: Record<string, Step>;
  readonly workshop: Workshop;
  readonly endsAt: number;
}

const staleReads = 5;
const reportOf = (id: string) => collection(`withdrawals/${id}/report`, reportPageSchema);
const stepOf = (run: Run, name: string): Step => run.steps[name] ?? { doneAt: null, pages: 0, touched: 0 };

async function take(id: string, now: number): Promise<Withdrawal | null> {
  const ref = withdrawals().doc(id);
  return db().runTransaction(async (tx) => {
    const found = (await tx.get(ref)).data();
    if (!found || found.uid === null || !isDue(found, now)) return null;
    const standing = collection('standings', standingSchema).doc(found.uid);
    const bar = await tx.get(db().doc(standing.path));
    if (!bar.exists || bar.get('by') === 'withdrawal') tx.set(standing, barUntil(now + barredMs));
    const taken = {
      state: 'RUNNING' as const,
      attempts: found.attempts + 1,
      nextAttemptAt: Timestamp.fromMillis(now + leaseMs),
      updatedAt: Timestamp.now(),
    };
    tx.update(ref, taken);
    return { ...found, ...taken };
  });
}

function requireTime(run: Run): void {
  if (run.workshop.now() > run.endsAt) throw new TimeUp();
}

type Entries = readonly ReportPage['entries'][number][];

/** Commits a page of the report with what it tells of. */
async function commitPage(
  run: Run,
  name: string,
  state: ReportPage['state'],
  entries: Entries,
  changes: readonly Change[],
): Promise<string> {
  const before = stepOf(run, name);
  const step = { ...before, pages: before.pages + 1, touched: before.touched + entries.length };
  const page = `${name}-${String(step.pages).padStart(5, '0')}`;
  const batch = db().batch();
  const shown = entries.map(({ action, path }) => ({ action, path: masked(path, run.leaver) }));
  batch.create(reportOf(run.id).doc(page), { step: name, state, entries: shown, at: Timestamp.now() });
  batch.update(withdrawals().doc(run.id), { [`steps.${name}`]: step, updatedAt: Timestamp.now() });
  for (const change of changes) change.apply(batch);
  try {
    await batch.commit();
  } catch (error) {
    // A change may be a creation, too: whose page it is tells who was first.
    const isTaken = isAlreadyThere(error) && (await reportOf(run.id).doc(page).get()).exists;
    throw isTaken ? new OthersTurn() : error;
  }
  run.steps[name] = step;
  return page;
}

async function eraseDocuments(run: Run, eraser: Eraser & { kind: 'documents' }): Promise<void> {
  let stale = 0;
  for (;;) {
    requireTime(run);
    const changes = await eraser.nextPage(run.leaver);
    if (changes.length === 0) return;
    try {
      await commitPage(run, eraser.name, 'done', changes, changes);
      stale = 0;
    } catch (error) {
      // Somebody else wrote to one of them in between: it is read again.
      if (!isStale(error) || ++stale > staleReads) throw error;
    }
  }
}

async function markDone(run: Run, page: string): Promise<void> {
  await reportOf(run.id).doc(page).update({ state: 'done', at: Timestamp.now() });
}

/** What a worker before wrote down and did not live to mark. */
async function erasePlanned(run: Run, eraser: OutsideEraser): Promise<void> {
  const planned = reportOf(run.id).where('step', '==', eraser.name).where('state', '==', 'planned');
  for (const page of (await planned.get()).docs) {
    const paths = page.data().entries.map(({ path }) => unmasked(path, run.leaver));
    await eraser.erase(run.leaver, paths);
    await markDone(run, page.id);
  }
}

async function eraseOutside(run: Run, eraser: OutsideEraser): Promise<void> {
  await erasePlanned(run, eraser);
  for (;;) {
    requireTime(run);
    const paths = await eraser.find(run.leaver);
    if (paths.length === 0) return;
    const { action } = eraser;
    const entries = paths.map((path) => ({ action, path }));
    const page = await commitPage(run, eraser.name, 'planned', entries, []);
    await eraser.erase(run.leaver, paths);
    await markDone(run, page);
  }
}

async function erase(run: Run, eraser: Eraser): Promise<void> {
  if (eraser.kind === 'documents') await eraseDocuments(run, eraser);
  else await eraseOutside(run, eraser);
}

/** A step that found nothing is not written down: finding nothing again costs less than a write and its event. */
async function finishStep(run: Run, eraser: Eraser): Promise<void> {
  await erase(run, eraser);
  const step = { ...stepOf(run, eraser.name), doneAt: Timestamp.fromMillis(run.workshop.now()) };
  const update = { [`steps.${eraser.name}`]: step, updatedAt: Timestamp.now() };
  if (step.pages > 0) await withdrawals().doc(run.id).update(update);
  run.steps[eraser.name] = step;
}

const isDone = (run: Run, name: string): boolean => stepOf(run, name).doneAt !== null;

interface Failure {
  readonly step: string;
  readonly code: string;
}

function failureOf(step: string, error: unknown): Failure {
  const { errorName, errorCode } = errorFields(error);
  return { step, code: error instanceof AppError ? error.reason : String(errorCode ?? errorName) };
}

/** Every step that is not done and whose way is free. What fails holds up only what comes after it. */
async function goOn(run: Run): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const eraser of run.workshop.erasers) {
    const isFree = (eraser.after ?? []).every((name) => isDone(run, name));
    if (isDone(run, eraser.name) || !isFree) continue;
    try {
      await finishStep(run, eraser);
    } catch (error) {
      if (error instanceof TimeUp || error instanceof OthersTurn) throw error;
      failures.push(failureOf(eraser.name, error));
      log.warn('withdrawal.stepFailed', { withdrawalId: run.id, step: eraser.name, ...errorFields(error) });
    }
  }
  return failures;
}

/** What was under way when leaving was asked for (a message, an upload) has arrived by now. */
async function lookAgain(run: Run): Promise<void> {
  for (const eraser of run.workshop.erasers) {
    if (eraser.kind === 'documents' || !eraser.once) await erase(run, eraser);
  }
}

/** Takes away what barred signing in, and with it all that the withdrawal knows of the person. */
async function finish(run: Run): Promise<void> {
  const logins = collection('logins', loginSchema).where('uid', '==', run.leaver.uid);
  const cards = (await logins.get()).docs.map(({ ref }) => ref);
  const now = Timestamp.fromMillis(run.workshop.now());
  const change = (): Change => ({
    action: 'deleted',
    path: 'logins',
    apply: (batch) => {
      for (const card of cards) batch.delete(card);
      batch.update(withdrawals().doc(run.id), {
        ...{ uid: null, kakaoId: null, reason: null, state: 'DONE', nextAttemptAt: null, parkAt: null },
        ...{ failure: null, problems: [], finishedAt: now },
        purgeOn: purgeOn('withdrawal', koreanDayOf(now.toMillis())),
      });
      audit(batch, { action: 'withdrawal.done', target: `withdrawals/${run.id}`, by: 'system' });
    },
  });
  const entries = cards.map(({ path }) => ({ action: 'deleted' as const, path }));
  await commitPage(run, 'logins', 'done', entries, [change()]);
}

const advice: Readonly<Record<string, string>> = {
  kakao: '카카오 연결을 끊지 못했습니다. 카카오 상태를 확인한 뒤 state를 REQUESTED로 바꿔 주세요.',
};
const generalAdvice = '이 단계를 끝내지 못했습니다. 원인을 없앤 뒤 state를 REQUESTED로 바꿔 주세요.';

async function putOff(run: Run, taken: Withdrawal, failures: readonly Failure[]): Promise<Outcome> {
  const now = run.workshop.now();
  const isParked = now > (taken.parkAt?.toMillis() ?? 0);
  await withdrawals()
    .doc(run.id)
    .update({
      state: isParked ? 'PARKED' : 'RUNNING',
      nextAttemptAt: isParked ? null : Timestamp.fromMillis(now + pauseMs(taken.attempts)),
      failure: failures[0]?.code ?? null,
      problems: failures.map(({ step, code }) => ({
        field: `steps.${step}`,
        message: `${advice[step] ?? generalAdvice} (${code})`,
      })),
      updatedAt: Timestamp.now(),
    });
  log.error(isParked ? 'withdrawal.parked' : 'withdrawal.putOff', {
    withdrawalId: run.id,
    failed: failures.map(({ step }) => step).join(','),
    failure: failures[0]?.code ?? null,
  });
  return isParked ? 'PARKED' : 'FAILED';
}

async function carryOut(run: Run, taken: Withdrawal): Promise<Outcome> {
  const failures = await goOn(run);
  if (failures.length > 0) return putOff(run, taken, failures);
  try {
    await lookAgain(run);
    await finish(run);
  } catch (error) {
    if (error instanceof TimeUp || error instanceof OthersTurn) throw error;
    return putOff(run, taken, [failureOf('finish', error)]);
  }
  log.info('withdrawal.done', { withdrawalId: run.id });
  return 'DONE';
}

async function goOnAtOnce(run: Run): Promise<Outcome> {
  await withdrawals()
    .doc(run.id)
    .update({ nextAttemptAt: Timestamp.fromMillis(run.workshop.now()), updatedAt: Timestamp.now() });
  log.info('withdrawal.timeUp', { withdrawalId: run.id });
  return 'TIME_UP';
}

/** Works on a withdrawal until it is done, something fails, or time is up. May be called at any time, by anybody. */
export async function runWithdrawal(id: string, workshop: Workshop): Promise<Outcome> {
  const begun = workshop.now();
  const taken = await take(id, begun);
  if (!taken || taken.uid === null) return 'NOT_DUE';
  const { uid, kakaoId, alias, requestedAt } = taken;
  const run: Run = {
    id,
    leaver: { uid, kakaoId, alias, leftAt: requestedAt.toMillis() },
    steps: { ...taken.steps },
    workshop,
    endsAt: begun + workshop.budgetMs,
  };
  try {
    return await carryOut(run, taken);
  } catch (error) {
    if (error instanceof TimeUp) return goOnAtOnce(run);
    if (error instanceof OthersTurn) return 'OTHERS_TURN';
    throw error;
  }
}
