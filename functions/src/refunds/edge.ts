/** Where refunds meet members, and operators who find something. */
import type { CallableRequest } from 'firebase-functions/v2/https';
import { requireMember, requireOperator } from '../access/guard.ts';
import { answerCall } from '../platform/call.ts';
import { refundNow } from './carrying.ts';
import { enterClosing, runClosing } from './closings.ts';
import {
  type Decided,
  decide,
  payCompensation as enterCompensation,
  payInterest as enterInterest,
  quote,
  refunds,
} from './deciding.ts';
import type { Refund } from './refund.ts';
import {
  closeHospitalInput,
  decideRefundInput,
  payCompensationInput,
  payInterestInput,
  type Quote,
  quoteRefundInput,
  type RefundOutput,
  requestRefundInput,
} from './schema.ts';

type Call = CallableRequest<unknown>;

const sumsOf = ({ lines, refund, kept, compensation, dueOn }: Refund) => ({
  ...{ lines: [...lines], refund, kept, compensation, dueOn },
});

/** Asks Toss at once; what does not succeed now is for the job, whose next try nobody puts off by pressing again. */
async function carriedOut({ refundId, record }: Decided): Promise<RefundOutput> {
  const isDue = record.nextTryAt !== null && record.nextTryAt.toMillis() <= Date.now();
  if (isDue) await refundNow(refundId, record);
  const state = (await refunds().doc(refundId).get()).data()?.state ?? record.state;
  return { refundId, state, ...sumsOf(record) };
}

/** Callable (members): what would come back, and why. */
export function quoteRefund(request: Call): Promise<Quote> {
  return answerCall('quoteRefund', quoteRefundInput, request, async ({ voucherId, sessions }) => {
    const { uid } = await requireMember(request);
    const wish = { voucherId, sessions, because: 'changeOfMind', knownOn: null } as const;
    const quoted = await quote(wish, uid);
    return { ...sumsOf(quoted), sessionsReturned: quoted.sessionsReturned };
  });
}

/** Callable (members): gives back sessions that were not used; asked again, tells of the same refund. */
export function requestRefund(request: Call): Promise<RefundOutput> {
  return answerCall('requestRefund', requestRefundInput, request, async (input) => {
    const { uid } = await requireMember(request);
    const { voucherId, sessions, sessionsReturned, refund: expected } = input;
    const wish = { voucherId, sessions, because: 'changeOfMind', knownOn: null } as const;
    return carriedOut(await decide(wish, { holder: uid, expected, sessionsReturned, by: uid, reason: null }));
  });
}

/** Callable (operators): refunds on what was found. */
export function decideRefund(request: Call): Promise<RefundOutput> {
  return answerCall('decideRefund', decideRefundInput, request, async (input) => {
    const { uid: by } = await requireOperator(request);
    const { reason, sessionsReturned, ...wish } = input;
    return carriedOut(await decide(wish, { holder: null, expected: null, sessionsReturned, by, reason }));
  });
}

/** Callable (operators): enters that a compensation was transferred. */
export function payCompensation(request: Call): Promise<{ paid: number }> {
  return answerCall('payCompensation', payCompensationInput, request, async ({ refundId, reference }) => {
    const { uid: by } = await requireOperator(request);
    return { paid: await enterCompensation(refundId, reference, by) };
  });
}

/** Callable (operators): enters that the interest of a late refund was transferred. */
export function payInterest(request: Call): Promise<{ paid: number }> {
  return answerCall('payInterest', payInterestInput, request, async ({ refundId, reference }) => {
    const { uid: by } = await requireOperator(request);
    return { paid: await enterInterest(refundId, reference, by) };
  });
}

/** Callable (operators): a hospital has closed, everybody gets back what is left. */
export function closeHospital(request: Call): Promise<{ refunds: number }> {
  return answerCall('closeHospital', closeHospitalInput, request, async ({ hospitalId, reason }) => {
    const { uid: by } = await requireOperator(request);
    await enterClosing(hospitalId, reason, by);
    return { refunds: await runClosing(hospitalId) };
  });
}
