/** Where registrations meet operators, the task queue and Firestore events. */
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { CallableRequest } from 'firebase-functions/v2/https';
import { requireOperator } from '../access/guard.ts';
import { readMailTask, retryMailInput } from '../inbound/schema.ts';
import { answerCall } from '../platform/call.ts';
import { AppError } from '../platform/errors.ts';
import { log } from '../platform/log.ts';
import { confirmRegistrationInput, correctRegistrationInput, decideRegistrationInput } from './calls.ts';

type Call = CallableRequest<unknown>;

/** A task of the queue: reads one mail. What reads mail is loaded here, so that the rest starts without. */
export async function readMail({ data }: { readonly data: unknown }): Promise<void> {
  const task = readMailTask.safeParse(data);
  if (!task.success) {
    log.error('readMail.badTask');
    return;
  }
  const [{ read }, { takeIn }] = await Promise.all([import('../inbound/reading.ts'), import('./intake.ts')]);
  await read(task.data.mailId, takeIn, Date.now());
}

/** `registrations/{registrationId}` was changed: what was typed in the console is answered. */
export async function onRegistrationWritten(
  event: Pick<FirestoreEvent<Change<DocumentSnapshot> | undefined>, 'id' | 'data'>,
): Promise<void> {
  if (!event.data) return;
  const { answerRegistration } = await import('./console.ts');
  await answerRegistration(event.id, event.data);
}

/** Callable (operators): decides, as `decision` in the console does. DECISION_REFUSED says why it cannot be approved. */
export function decideRegistration(request: Call): Promise<{ state: string; publishedPath: string | null }> {
  return answerCall('decideRegistration', decideRegistrationInput, request, async (input) => {
    const { uid: by } = await requireOperator(request);
    const { registrationId, decision, note = null, message = null } = input;
    const { carryOut } = await import('./approval.ts');
    const outcome = await carryOut(registrationId, { by, decision, note, message });
    if (!outcome) throw new AppError('REGISTRATION_NOT_FOUND');
    if (outcome.did === 'nothing') throw new AppError('REGISTRATION_SETTLED');
    if (outcome.did === 'refuse') throw new AppError('DECISION_REFUSED', { problems: outcome.reasons });
    return { state: outcome.state, publishedPath: outcome.publishedPath };
  });
}

/** Callable (operators): corrects fields, as typing them in the console does. */
export function correctRegistration(request: Call): Promise<{ state: string; problems: unknown[] }> {
  return answerCall('correctRegistration', correctRegistrationInput, request, async (input) => {
    const { uid: by } = await requireOperator(request);
    const { correct } = await import('./corrections.ts');
    const { state, problems } = await correct(input, by);
    return { state, problems: [...problems] };
  });
}

/** Callable (operators): records a call to the number on file. */
export function confirmRegistration(request: Call): Promise<{ confirmed: string }> {
  return answerCall('confirmRegistration', confirmRegistrationInput, request, async (input) => {
    const { uid: by } = await requireOperator(request);
    const { confirm } = await import('./corrections.ts');
    await confirm(input, by);
    return { confirmed: input.matter };
  });
}

/** Callable (operators): has a parked mail read again. */
export function retryMail(request: Call): Promise<{ mailId: string }> {
  return answerCall('retryMail', retryMailInput, request, async ({ mailId }) => {
    const { uid: by } = await requireOperator(request);
    const { retryReading } = await import('../inbound/queue.ts');
    await retryReading(mailId, by, Date.now());
    return { mailId };
  });
}
