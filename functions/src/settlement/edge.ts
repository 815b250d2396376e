/** Where settlements meet the operators who pay them. */
import type { CallableRequest } from 'firebase-functions/v2/https';
import { requireOperator } from '../access/guard.ts';
import { answerCall } from '../platform/call.ts';
import * as paying from './paying.ts';
import {
  type Hold,
  holdSessionInput,
  paySettlementInput,
  type Settlement,
  settleDisputeInput,
  stopSettlementInput,
} from './schema.ts';

type Call = CallableRequest<unknown>;

/** Callable (operators): enters that a batch has been paid. */
export function paySettlement(request: Call): Promise<{ paid: number }> {
  return answerCall('paySettlement', paySettlementInput, request, async (input) => {
    const { uid: by } = await requireOperator(request);
    return { paid: await paying.paySettlement(input, by) };
  });
}

/** Callable (operators): keeps a batch from being paid, or lets it be paid again. */
export function stopSettlement(request: Call): Promise<{ state: Settlement['state'] }> {
  return answerCall('stopSettlement', stopSettlementInput, request, async (input) => {
    const { uid: by } = await requireOperator(request);
    return { state: await paying.stopSettlement(input, by) };
  });
}

/** Callable (operators): keeps back what a hospital would be paid for a session in dispute. */
export function holdSession(request: Call): Promise<{ state: Hold['state'] }> {
  return answerCall('holdSession', holdSessionInput, request, async ({ reason, ...session }) => {
    const { uid: by } = await requireOperator(request);
    return { state: await paying.holdSession(session, reason, by) };
  });
}

/** Callable (operators): ends a dispute. */
export function settleDispute(request: Call): Promise<{ state: Hold['state'] }> {
  return answerCall(
    'settleDispute',
    settleDisputeInput,
    request,
    async ({ reason, inFavourOf, ...session }) => {
      const { uid: by } = await requireOperator(request);
      return { state: await paying.settleDispute(session, inFavourOf, reason, by) };
    },
  );
}
