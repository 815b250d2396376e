/** Where withdrawals meet their callers, events and schedules. */
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { CallableRequest } from 'firebase-functions/v2/https';
import { requireLeaver, requireOperator, requireRecent } from '../access/guard.ts';
import { erasers } from '../erasers.ts';
import { answerCall } from '../platform/call.ts';
import { Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { requireVouchersSettled } from '../refunds/leaving.ts';
import { answerHandEdit } from './console.ts';
import { type Leaving, requestWithdrawal, withdrawals } from './request.ts';
import { runWithdrawal, type Workshop } from './run.ts';
import {
  type WithdrawalOutput,
  withdrawAccountInput,
  withdrawalSchema,
  withdrawUserInput,
} from './schema.ts';
import { isDue } from './withdrawal.ts';

type Call = CallableRequest<unknown>;

/** The platform ends an instance after 540 s; a page takes seconds. */
const budgetMs = 400_000;
const workshop = (now: () => number): Workshop => ({ erasers, now, budgetMs });

async function noted(leaving: Leaving): Promise<WithdrawalOutput> {
  const output = await requestWithdrawal(leaving);
  if (!output) throw new Error('only what was typed by hand can be answered already');
  return output;
}

/** Callable: the caller leaves. Suspended members and those with an unconfirmed address may, too. */
export function withdrawAccount(request: Call): Promise<WithdrawalOutput> {
  return answerCall('withdrawAccount', withdrawAccountInput, request, async (input) => {
    const caller = await requireLeaver(request);
    requireRecent(caller);
    const reason = input?.reason ?? null;
    await requireVouchersSettled(caller.uid, input?.refundVouchers ?? false);
    return noted({ uid: caller.uid, requestedBy: 'member', by: 'member', reason });
  });
}

/** Callable (operators): lets a member leave, at the member’s wish. */
export function withdrawUser(request: Call): Promise<WithdrawalOutput> {
  return answerCall('withdrawUser', withdrawUserInput, request, async ({ uid, reason }) => {
    const { uid: by } = await requireOperator(request);
    return noted({ uid, requestedBy: 'operator', by, reason });
  });
}

/** `withdrawals/{withdrawalId}` was written: answers edits by hand, and goes on with what is due. */
export async function onWithdrawalWritten(
  event: FirestoreEvent<Change<DocumentSnapshot> | undefined, { withdrawalId: string }>,
): Promise<void> {
  if (!event.data?.after.exists || (await answerHandEdit(event.data))) return;
  const written = withdrawalSchema.safeParse(event.data.after.data());
  if (!written.success || !isDue(written.data, Date.now())) return;
  await runWithdrawal(event.params.withdrawalId, workshop(Date.now));
}

/** Goes on with what a dead worker or a failure has left behind. Returns how many it looked at. */
export async function resumeWithdrawals(now: number): Promise<number> {
  const begun = Date.now();
  const clock = () => now + (Date.now() - begun);
  const due = await withdrawals()
    .where('nextAttemptAt', '<=', Timestamp.fromMillis(now))
    .orderBy('nextAttemptAt')
    .limit(20)
    .get();
  for (const { id } of due.docs) {
    if (Date.now() - begun > budgetMs) break;
    await runWithdrawal(id, workshop(clock)).catch((error: unknown) => {
      log.error('withdrawal.resumeFailed', { withdrawalId: id, ...errorFields(error) });
    });
  }
  return due.size;
}
