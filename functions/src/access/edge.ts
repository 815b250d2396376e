/** Where suspensions meet their callers and events. */
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { CallableRequest } from 'firebase-functions/v2/https';
import { answerCall } from '../platform/call.ts';
import { answerStanding } from './console.ts';
import { requireOperator } from './guard.ts';
import { liftSuspensionInput, suspendUserInput } from './schema.ts';
import { lift, suspend } from './suspension.ts';

type Call = CallableRequest<unknown>;
type Done = Promise<{ uid: string }>;

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
export async function onStandingWritten(
  event: FirestoreEvent<Change<DocumentSnapshot> | undefined, { uid: string }>,
): Promise<void> {
  if (event.data) await answerStanding(event.id, event.params.uid, event.data);
}
