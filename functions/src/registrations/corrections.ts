/** An operator's corrections and notes of calls, by callable: the same as typing them into the document. */
import type { z } from 'zod';
import { audit } from '../audit/audit.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import type { confirmRegistrationInput, correctRegistrationInput } from './calls.ts';
import { corrected } from './correct.ts';
import { type Problem, type Registration, registrationSchema } from './schema.ts';
import { checkSettings } from './settings.ts';

const registration = (id: string) => collection('registrations', registrationSchema).doc(id);

async function undecided(tx: Transaction, id: string): Promise<Registration> {
  const stored = (await tx.get(registration(id))).data();
  if (!stored) throw new AppError('REGISTRATION_NOT_FOUND');
  if (stored.state === 'APPROVED' || stored.state === 'REJECTED') throw new AppError('REGISTRATION_SETTLED');
  return stored;
}

export interface Standing {
  readonly state: Registration['state'];
  readonly problems: readonly Problem[];
}

/** Corrects fields; resolves to where the registration stands then. Errors: REGISTRATION_NOT_FOUND, REGISTRATION_SETTLED. */
export async function correct(
  { registrationId, kind, fields }: z.infer<typeof correctRegistrationInput>,
  by: string,
): Promise<Standing> {
  return db().runTransaction(async (tx) => {
    const stored = await undecided(tx, registrationId);
    const at = Timestamp.now();
    const edit = { kind: kind ?? stored.kind, fields: { ...stored.fields, ...fields } };
    const result = corrected(stored, edit, { by, at }, checkSettings(at.toMillis()));
    if (!result) return stored;
    tx.update(registration(registrationId), { ...result, decisionProblems: [], updatedAt: at });
    const changed = Object.keys(fields).join(',');
    const target = `registrations/${registrationId}`;
    audit(tx, { action: 'registration.correct', target, by, result: changed });
    return result;
  });
}

/** Records a call to the number on file. Errors: REGISTRATION_NOT_FOUND, REGISTRATION_SETTLED. */
export async function confirm(
  { registrationId, matter, note }: z.infer<typeof confirmRegistrationInput>,
  by: string,
): Promise<void> {
  await db().runTransaction(async (tx) => {
    const { confirmed } = await undecided(tx, registrationId);
    const target = `registrations/${registrationId}`;
    tx.update(registration(registrationId), {
      confirmed: { ...confirmed, [matter]: note },
      updatedAt: Timestamp.now(),
    });
    audit(tx, { action: 'registration.confirm', target, by, result: matter, note });
  });
}
