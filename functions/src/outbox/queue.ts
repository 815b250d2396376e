/** Queueing a mail. Its id is its cause (`verifyEmail-{uid}-{codeId}`), so that one cause makes one letter. */
import type { DocumentReference } from 'firebase-admin/firestore';
import { mailSender } from '../platform/config.ts';
import { isAlreadyThere, Timestamp } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { keptMs, messageIdOf } from './outbox.ts';
import { type NewMail, newMailSchema, type OutboxMail, outboxMailSchema } from './schema.ts';

/** A WriteBatch or a Transaction. */
export interface MailWriter {
  create(ref: DocumentReference<OutboxMail>, data: OutboxMail): unknown;
}

export const outbox = () => collection('outbox', outboxMailSchema);

/** The Message-ID a mail of that id has, also before it is queued: what answers it will name. */
export const messageIdFor = (id: string): string => messageIdOf(id, mailSender().address);

function queued(id: string, mail: NewMail): OutboxMail {
  const now = Timestamp.now();
  const { headers = {}, ...rest } = newMailSchema.parse(mail);
  return {
    ...rest,
    headers,
    state: 'PENDING',
    attempts: 0,
    leaseUntil: null,
    nextAttemptAt: now,
    failure: null,
    messageId: messageIdFor(id),
    createdAt: now,
    updatedAt: now,
    sentAt: null,
    purgeAt: Timestamp.fromMillis(now.toMillis() + keptMs),
  };
}

/**
 * Queues a mail with its cause, in the caller's batch or transaction: both are written, or neither. A cause queued
 * before makes the whole commit fail with ALREADY_EXISTS. Throws a ZodError for what cannot be a mail.
 */
export function queueMail(writer: MailWriter, id: string, mail: NewMail): void {
  writer.create(outbox().doc(id), queued(id, mail));
}

/** Queues a mail by itself. Resolves to whether it is new; one queued before is left as it is. */
export async function queueMailNow(id: string, mail: NewMail): Promise<boolean> {
  try {
    await outbox().doc(id).create(queued(id, mail));
    return true;
  } catch (error) {
    if (isAlreadyThere(error)) return false;
    throw error;
  }
}
