/** Where registrations meet the task queue and Firestore events. */
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { readMailTask } from '../inbound/schema.ts';
import { log } from '../platform/log.ts';
import { carryOutDecision } from './approval.ts';

/** A task of the queue: reads one mail. What reads mail is loaded here, so that receiving it starts without. */
export async function readMail({ data }: { readonly data: unknown }): Promise<void> {
  const task = readMailTask.safeParse(data);
  if (!task.success) {
    log.error('readMail.badTask');
    return;
  }
  const [{ read }, { takeIn }] = await Promise.all([import('../inbound/reading.ts'), import('./intake.ts')]);
  await read(task.data.mailId, takeIn, Date.now());
}

/** `registrations/{registrationId}` changed: acts only when `decision` did. */
export async function onRegistrationDecided(
  event: FirestoreEvent<Change<DocumentSnapshot> | undefined>,
): Promise<void> {
  const before: unknown = event.data?.before.get('decision') ?? null;
  const after: unknown = event.data?.after.get('decision') ?? null;
  const id = event.data?.after.id;
  if (!id || after === null || before === after) return;
  await carryOutDecision(id);
}
