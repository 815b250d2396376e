/** Where advertising plans meet the hospitals that pay them, and the operators who set them. */
import type { CallableRequest } from 'firebase-functions/v2/https';
import { requireOperator, requireStaffOf } from '../access/guard.ts';
import { audit } from '../audit/audit.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { answerCall } from '../platform/call.ts';
import { happen } from './applying.ts';
import {
  answerRiseInput,
  askRiseAgainInput,
  cancelSubscriptionInput,
  cardWindowInput,
  changeCardInput,
  keepSubscriptionInput,
  type Stand,
  type SubscriptionOutput,
  setPlanInput,
  startSubscriptionInput,
} from './schema.ts';
import * as starting from './starting.ts';
import { customerKeyOf } from './vault.ts';

type Call = CallableRequest<unknown>;

const today = () => koreanDayOf(Date.now());
const outputOf = ({ phase, paidUntil }: Stand): SubscriptionOutput => ({ phase, paidUntil });

/** Callable (operators): makes a plan, changes it, or closes it to new subscriptions. */
export function setPlan(request: Call): Promise<{ planId: string; subscriptions: number }> {
  return answerCall('setPlan', setPlanInput, request, async ({ reason, ...plan }) => {
    const { uid: by } = await requireOperator(request);
    return { planId: plan.planId, subscriptions: await starting.setPlan(plan, reason, by) };
  });
}

/** Callable (staff of the hospital): how Toss is to know the hospital when its card window opens. */
export function cardWindow(request: Call): Promise<{ customerKey: string }> {
  return answerCall('cardWindow', cardWindowInput, request, async ({ hospitalId }) => {
    await requireStaffOf(request, hospitalId);
    return { customerKey: customerKeyOf(hospitalId) };
  });
}

/** Callable (staff of the hospital): begins a subscription; its first month is charged at once. */
export function startSubscription(request: Call): Promise<SubscriptionOutput> {
  return answerCall('startSubscription', startSubscriptionInput, request, async (input) => {
    await requireStaffOf(request, input.hospitalId);
    return outputOf(await starting.start(input));
  });
}

/** Callable (staff of the hospital): pays with another card from now on. */
export function changeCard(request: Call): Promise<SubscriptionOutput> {
  return answerCall('changeCard', changeCardInput, request, async ({ hospitalId, authKey }) => {
    await requireStaffOf(request, hospitalId);
    return outputOf(await starting.changeCard(hospitalId, authKey));
  });
}

/** Callable (staff of the hospital; operators): ends the subscription when what is paid ends. Asks for nothing else. */
export function cancelSubscription(request: Call): Promise<SubscriptionOutput> {
  return answerCall('cancelSubscription', cancelSubscriptionInput, request, async ({ hospitalId }) => {
    const cancelled = { kind: 'cancelled', on: today() } as const;
    if (request.auth?.token.role === 'hospitalStaff') {
      await requireStaffOf(request, hospitalId);
      return outputOf(await happen(hospitalId, cancelled));
    }
    const { uid: by } = await requireOperator(request);
    const entry = { action: 'plan.cancel', target: `subscriptions/${hospitalId}`, by };
    return outputOf(await happen(hospitalId, cancelled, (tx) => audit(tx, entry)));
  });
}

/** Callable (staff of the hospital): takes a cancellation back, as long as it has not ended. */
export function keepSubscription(request: Call): Promise<SubscriptionOutput> {
  return answerCall('keepSubscription', keepSubscriptionInput, request, async ({ hospitalId }) => {
    await requireStaffOf(request, hospitalId);
    return outputOf(await happen(hospitalId, { kind: 'keptOn', on: today() }));
  });
}

/** Callable (staff of the hospital): agrees to a new price, or does not. */
export function answerRise(request: Call): Promise<SubscriptionOutput> {
  return answerCall('answerRise', answerRiseInput, request, async ({ hospitalId, answer }) => {
    await requireStaffOf(request, hospitalId);
    return outputOf(await happen(hospitalId, { kind: 'answered', on: today(), answer }));
  });
}

/** Callable (operators): asks a hospital again that has said no to a new price, a week after it did. */
export function askRiseAgain(request: Call): Promise<SubscriptionOutput> {
  return answerCall('askRiseAgain', askRiseAgainInput, request, async ({ hospitalId }) => {
    await requireOperator(request);
    return outputOf(await happen(hospitalId, { kind: 'askedAgain', on: today() }));
  });
}
