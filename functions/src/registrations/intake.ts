/**
 * What a stored message becomes: its attachments in Storage, and a registration an operator sees, also when the message
 * cannot be read. Ids and paths are made from the mail's, so that doing it again changes nothing.
 */

import { koreanDayOf } from '../kernel/korean.ts';
import { bucket, db, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import type { ReadingFailure } from './attempts.ts';
import { type Message, readMessage } from './mail.ts';
import { mergeProblems, paperRole, problemsOf } from './registrations.ts';
import {
  inboundMailSchema,
  type Paper,
  type Registration,
  registrationSchema,
  ticketCounterSchema,
} from './schema.ts';
import { understand } from './understand.ts';

const mails = () => collection('inboundMails', inboundMailSchema);
const registrations = () => collection('registrations', registrationSchema);

/** A step of reading that could not be done. */
export class ReadingFailed extends Error {
  readonly failure: ReadingFailure;

  constructor(failure: ReadingFailure, cause?: unknown) {
    super(failure, { cause });
    this.failure = failure;
  }
}

/** Gives what goes wrong in a step the step's name. */
export async function step<T>(failure: ReadingFailure, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ReadingFailed ? error : new ReadingFailed(failure, error);
  }
}

function extensionOf(fileName: string): string {
  return /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1]?.toLowerCase() ?? 'bin';
}

async function storePapers(registrationId: string, message: Message): Promise<Paper[]> {
  return Promise.all(
    message.attachments.map(async (attachment, index) => {
      const { fileName, contentType, content, sha256 } = attachment;
      const role = paperRole(fileName);
      const path = `registrations/${registrationId}/${index}-${role}.${extensionOf(fileName)}`;
      await bucket().file(path).save(content, { resumable: false, contentType });
      return { path, fileName, role, contentType, size: content.length, sha256 };
    }),
  );
}

type Draft = Omit<Registration, 'ticket' | 'receivedAt' | 'updatedAt'>;

const undecided = {
  decision: null,
  decisionNote: null,
  decidedAt: null,
  decisionProblems: [],
  publishedPath: null,
};

function draftFrom(mailId: string, message: Message, papers: Paper[]): Draft {
  const said = understand(message.subject, message.body);
  const kind = said.kind ?? 'unknown';
  const problems = mergeProblems(said.problems, problemsOf(kind, said.fields, papers));
  return {
    mailId,
    kind,
    state: problems.length > 0 ? 'NEEDS_INFO' : 'PENDING_REVIEW',
    fields: said.fields,
    problems,
    warnings: message.found.map((what) => `${what}_REDACTED`),
    papers,
    senderAddress: message.senderAddress,
    subject: message.subject,
    ...undecided,
  };
}

function unreadableDraft(mailId: string): Draft {
  return {
    mailId,
    kind: 'unknown',
    state: 'NEEDS_INFO',
    fields: {},
    problems: [
      { field: 'kind', reason: 'UNREADABLE_MAIL', message: '메일을 읽지 못했습니다. 원본을 확인해 주세요.' },
    ],
    warnings: [],
    papers: [],
    senderAddress: '',
    subject: '',
    ...undecided,
  };
}

/** Writes the registration with the day's next ticket, and marks the mail read, at once or not at all. */
async function record(registrationId: string, draft: Draft, failure: string | null): Promise<void> {
  const day = koreanDayOf(Date.now()).replaceAll('-', '');
  const counter = collection('counters', ticketCounterSchema).doc(`tickets-${day}`);
  const registration = registrations().doc(registrationId);
  await db().runTransaction(async (tx) => {
    const [existing, counted] = await Promise.all([tx.get(registration), tx.get(counter)]);
    const now = Timestamp.now();
    const read = {
      state: failure ? 'UNREADABLE' : 'READ',
      failure,
      registrationIds: [registrationId],
      nextAttemptAt: null,
      updatedAt: now,
    } as const;
    tx.update(mails().doc(draft.mailId), read);
    if (existing.exists) return;
    const last = (counted.data()?.last ?? 0) + 1;
    tx.set(counter, { last });
    tx.create(registration, {
      ...draft,
      ticket: `DP-${day}-${String(last).padStart(4, '0')}`,
      receivedAt: now,
      updatedAt: now,
    });
  });
}

/** Makes a registration of a stored message and marks the mail read. Throws ReadingFailed. */
export async function takeIn(mailId: string, raw: Buffer): Promise<void> {
  const registrationId = `${mailId}-1`;
  const message = await readMessage(raw).catch((error: unknown) => {
    log.error('readMail.unreadable', { mailId, ...errorFields(error) });
    return null;
  });
  if (!message) {
    await step('DATABASE', () => record(registrationId, unreadableDraft(mailId), 'MIME'));
    return;
  }
  const papers = await step('STORAGE', () => storePapers(registrationId, message));
  const draft = await step('UNDERSTANDING', () => draftFrom(mailId, message, papers));
  await step('DATABASE', () => record(registrationId, draft, null));
}
