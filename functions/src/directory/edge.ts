/** Where the directory meets its callers and events. */
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { CallableRequest } from 'firebase-functions/v2/https';
import { requireOperator } from '../access/guard.ts';
import { answerCall } from '../platform/call.ts';
import { changedFields } from '../platform/handEdit.ts';
import * as hands from './console.ts';
import { followHospital } from './follow.ts';
import { type Shown, setPagePublishedInput } from './schema.ts';

type Written = FirestoreEvent<Change<DocumentSnapshot> | undefined>;

/** `Hospitals/{hospitalId}` was written: judged when by hand; doctors and events follow what concerns them. */
export async function onHospitalWritten(event: Written): Promise<void> {
  if (!event.data) return;
  const now = Date.now();
  const { before, after } = event.data;
  await hands.answerPage('hospital', event.id, event.data, now);
  const concerns = changedFields(before, after, ['name', 'region', 'published']);
  if (concerns.length > 0) await followHospital(after.ref.id, now);
}

/** `Doctors/{doctorId}` was written: judged when by hand. */
export async function onDoctorWritten(event: Written): Promise<void> {
  if (event.data) await hands.answerPage('doctor', event.id, event.data, Date.now());
}

/** `Events/{eventId}` was written: judged when by hand. */
export async function onEventWritten(event: Written): Promise<void> {
  if (event.data) await hands.answerPage('event', event.id, event.data, Date.now());
}

/** Callable (operators): withdraws a page, or shows it again if it may be shown. */
export function setPagePublished(request: CallableRequest<unknown>): Promise<Shown> {
  return answerCall('setPagePublished', setPagePublishedInput, request, async (input) => {
    const { uid: by } = await requireOperator(request);
    return hands.setPagePublished(input, by, Date.now());
  });
}
