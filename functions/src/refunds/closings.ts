/**
 * A hospital has closed: its plan is cancelled, and everything its vouchers still hold goes back, from the money kept for
 * them. What is paid while it is gone through is found by the next run, and a run that died is taken up where vouchers are
 * still open.
 */
import { audit } from '../audit/audit.ts';
import { eachDue } from '../platform/due.ts';
import { AppError } from '../platform/errors.ts';
import { db, FieldValue, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { vouchersOf } from '../prepays/returns.ts';
import { cancelPlanOf } from '../subscriptions/cancelling.ts';
import { decide } from './deciding.ts';
import { hospitalClosingSchema } from './schema.ts';

const perPage = 50;
const perRun = 200;
const dayMs = 86_400_000;
const open = ['active', 'expired'] as const;

const closings = () => collection('hospitalClosings', hospitalClosingSchema);

/** Enters that a hospital has closed, once. */
export async function enterClosing(hospitalId: string, reason: string, by: string): Promise<void> {
  await db().runTransaction(async (tx) => {
    const ref = closings().doc(hospitalId);
    if ((await tx.get(ref)).exists) return;
    const now = Timestamp.now();
    tx.create(ref, { refunds: 0, nextRunAt: now, createdAt: now, updatedAt: now });
    audit(tx, { action: 'hospital.close', target: `hospitalClosings/${hospitalId}`, by, note: reason });
  });
}

async function giveBack(voucherId: string): Promise<boolean> {
  const wish = { voucherId, sessions: null, because: 'hospitalClosed', knownOn: null } as const;
  try {
    await decide(wish, { holder: null, expected: null, by: 'system', reason: null });
    return true;
  } catch (error) {
    // Used up or returned this moment: nothing is left to give back.
    if (!(error instanceof AppError)) log.error('closing.unrefunded', { voucherId, ...errorFields(error) });
    return false;
  }
}

/** Goes through the open vouchers of a hospital. Resolves to how many were refunded, and whether any may be left. */
async function goThrough(
  hospitalId: string,
): Promise<{ readonly refunded: number; readonly isMore: boolean }> {
  let refunded = 0;
  for (const state of open) {
    let last = '';
    for (let seen = 0; seen < perRun; seen += perPage) {
      const ids = await vouchersOf(hospitalId, state, last, perPage);
      for (const id of ids) if (await giveBack(id)) refunded += 1;
      last = ids.at(-1) ?? '';
      if (ids.length < perPage) break;
      if (seen + perPage >= perRun) return { refunded, isMore: true };
    }
  }
  return { refunded, isMore: false };
}

/** Resolves to whether the hospital will be charged for no other month. */
async function endPlan(hospitalId: string): Promise<boolean> {
  try {
    await cancelPlanOf(hospitalId);
    return true;
  } catch (error) {
    log.error('closing.uncancelled', { hospitalId, ...errorFields(error) });
    return false;
  }
}

/** One run for one hospital. */
export async function runClosing(hospitalId: string): Promise<number> {
  const isCancelled = await endPlan(hospitalId);
  const { refunded, isMore } = await goThrough(hospitalId);
  const now = Timestamp.now();
  // Orders that were open when it closed may still be paid, and a plan kept on: it is looked again every day.
  const nextRunAt = isMore || !isCancelled ? now : Timestamp.fromMillis(now.toMillis() + dayMs);
  const refunds = FieldValue.increment(refunded);
  await closings().doc(hospitalId).update({ refunds, nextRunAt, updatedAt: now });
  return (await closings().doc(hospitalId).get()).data()?.refunds ?? refunded;
}

/** The job: hospitals whose vouchers are to be looked for. Resolves to how many were gone through. */
export async function refundClosed(now: number): Promise<number> {
  const due = closings().where('nextRunAt', '<=', Timestamp.fromMillis(now)).orderBy('nextRunAt').limit(10);
  return eachDue(due, { field: 'nextRunAt', failed: 'closing.failed' }, ({ id }) => runClosing(id));
}
