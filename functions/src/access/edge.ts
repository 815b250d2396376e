/** Where suspensions and roles meet their callers and events. */
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { CallableRequest } from 'firebase-functions/v2/https';
import { tidyEmail } from '../accounts/accounts.ts';
import { forgetFormerHolder } from '../notifications/devices.ts';
import { answerCall } from '../platform/call.ts';
import { answerStanding } from './console.ts';
import { distinct } from './granting.ts';
import { requireOperator, requireOwner } from './guard.ts';
import { answerAllowed, answerRole } from './roleConsole.ts';
import * as roles from './roles.ts';
import {
  grantRoleInput,
  liftSuspensionInput,
  revokeRoleInput,
  setAllowedOperatorInput,
  suspendUserInput,
} from './schema.ts';
import { lift, suspend } from './suspension.ts';

type Call = CallableRequest<unknown>;
type Done = Promise<{ uid: string }>;
type Written<Params> = FirestoreEvent<Change<DocumentSnapshot> | undefined, Params>;

/** Callable (operators): nothing can be written or called by the person until the end given. */
export function suspendUser(request: Call): Done {
  return answerCall('suspendUser', suspendUserInput, request, async ({ uid, until, reason }) => {
    const { uid: by } = await requireOperator(request);
    await suspend({ uid, until: Date.parse(until), reason, by });
    return { uid };
  });
}

/** Callable (operators): ends a suspension now. */
export function liftSuspension(request: Call): Done {
  return answerCall('liftSuspension', liftSuspensionInput, request, async ({ uid, reason }) => {
    const { uid: by } = await requireOperator(request);
    await lift(uid, reason, by);
    return { uid };
  });
}

/** `standings/{uid}` was written or deleted: checks edits by hand, makes Auth and the login cards follow. */
export async function onStandingWritten(event: Written<{ uid: string }>): Promise<void> {
  if (event.data) await answerStanding(event.id, event.params.uid, event.data);
}

/** Callable (owners): makes somebody with a Google account on the allow-list owner, operator or hospital staff. */
export function grantRole(request: Call): Done {
  return answerCall('grantRole', grantRoleInput, request, async ({ email, role, hospitalIds, reason }) => {
    const { uid: by } = await requireOwner(request);
    const wish = { email: tidyEmail(email), role, hospitalIds: distinct(hospitalIds) };
    return { uid: await roles.grantRole(wish, { by, note: reason }) };
  });
}

/** Callable (owners): ends a role now, also in tokens given before. */
export function revokeRole(request: Call): Done {
  return answerCall('revokeRole', revokeRoleInput, request, async ({ uid, reason }) => {
    const { uid: by } = await requireOwner(request);
    await roles.revokeRole(uid, { by, note: reason });
    return { uid };
  });
}

/** Callable (owners): puts a Google account on the allow-list, or takes it off and ends the role it has. */
export function setAllowedOperator(request: Call): Promise<{ uid: string | null }> {
  return answerCall('setAllowedOperator', setAllowedOperatorInput, request, async (input) => {
    const { uid: by } = await requireOwner(request);
    const email = tidyEmail(input.email);
    const decision = { by, note: input.reason };
    if (!input.allowed) return { uid: await roles.disallowOperator(email, decision) };
    await roles.allowOperator(email, decision);
    return { uid: null };
  });
}

/** `roles/{uid}` was written or deleted: checks edits by hand, makes the custom claims follow. */
export async function onRoleWritten(event: Written<{ uid: string }>): Promise<void> {
  if (!event.data) return;
  await answerRole(event.id, event.params.uid, event.data);
  await forgetFormerHolder(event.params.uid);
}

/** `allowedOperators/{email}` was written or deleted: checks edits by hand, ends the role of who was taken off. */
export async function onAllowedOperatorWritten(event: Written<{ email: string }>): Promise<void> {
  if (event.data) await answerAllowed(event.id, event.params.email, event.data);
}
