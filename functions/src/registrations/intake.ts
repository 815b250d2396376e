/**
 * What a stored message becomes: its attachments in Storage, and a registration an operator sees, also when the message
 * cannot be read. Ids and paths are made from the mail's, so that doing it again changes nothing.
 */

import { koreanDayOf } from '../kernel/korean.ts';
import { bucket, db, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import type { ReadingFailure } from './attempts.ts';
import { readMessage } from './mail.ts';
import type { Message } from './message.ts';
import { mergeProblems, paperRole, problemsOf } from './registrations.ts';
import {
  inboundMailSchema,
  type Paper,
  type Registration,
  registrationSchema,
  ticketCounterSchema,
} from './schema.ts';
import { type Item, understand } from './understand.ts';

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
    message.files.map(async (file, index) => {
      const { fileName, contentType, content, sha256 } = file;
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

const nothingSaid: Item = {
  ...{ kind: null, intent: 'register', readings: {}, fields: {}, problems: [], extra: [], row: null },
};

function draftFrom(mailId: string, message: Message, item: Item, papers: Paper[]): Draft {
  const kind = item.kind ?? 'unknown';
  const { fields, readings, extra, row, intent } = item;
  // A change names a few fields of what is registered: the others are not missing from it.
  const checks = intent === 'change' ? [] : problemsOf(kind, fields, papers);
  const problems = mergeProblems(item.problems, checks);
  return {
    mailId,
    kind,
    state: problems.length > 0 ? 'NEEDS_INFO' : 'PENDING_REVIEW',
    ...{ fields, readings: { ...readings }, extra: [...extra], row, intent },
    problems,
    warnings: [...message.warnings],
    papers,
    senderAddress: message.from?.address ?? '',
    subject: message.subject,
    ...undecided,
  };
}

function unreadableDraft(mailId: string): Draft {
  return {
    mailId,
    kind: 'unknown',
    state: 'NEEDS_INFO',
    ...{ fields: {}, readings: {}, extra: [], row: null, intent: 'register' },
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

/** Writes the registrations with the day's next tickets, and marks the mail read, at once or not at all. */
async function record(mailId: string, drafts: readonly Draft[], failure: string | null): Promise<void> {
  const day = koreanDayOf(Date.now()).replaceAll('-', '');
  const counter = collection('counters', ticketCounterSchema).doc(`tickets-${day}`);
  const refs = drafts.map((_, index) => registrations().doc(`${mailId}-${index + 1}`));
  const registrationIds = refs.map(({ id }) => id);
  await db().runTransaction(async (tx) => {
    const [counted, ...existing] = await Promise.all([tx.get(counter), ...refs.map((ref) => tx.get(ref))]);
    const now = Timestamp.now();
    let last = counted.data()?.last ?? 0;
    tx.update(mails().doc(mailId), {
      state: failure ? 'UNREADABLE' : 'READ',
      failure,
      registrationIds,
      nextAttemptAt: null,
      updatedAt: now,
    });
    for (const [index, draft] of drafts.entries()) {
      const ref = refs[index];
      if (!ref || existing[index]?.exists) continue;
      last += 1;
      const ticket = `DP-${day}-${String(last).padStart(4, '0')}`;
      tx.create(ref, { ...draft, ticket, receivedAt: now, updatedAt: now });
    }
    if (last > (counted.data()?.last ?? 0)) tx.set(counter, { last });
  });
}

/** One registration per item; a mail of which nothing was understood still is one. */
function draftsFrom(mailId: string, message: Message, papers: Paper[]): Draft[] {
  const items = understand(message);
  return (items.length > 0 ? items : [nothingSaid]).map((item) => draftFrom(mailId, message, item, papers));
}

/** Makes registrations of a stored message and marks the mail read. Throws ReadingFailed. */
export async function takeIn(mailId: string, raw: Buffer): Promise<void> {
  const message = await readMessage(raw).catch((error: unknown) => {
    log.error('readMail.unreadable', { mailId, ...errorFields(error) });
    return null;
  });
  if (!message) {
    await step('DATABASE', () => record(mailId, [unreadableDraft(mailId)], 'MIME'));
    return;
  }
  const papers = await step('STORAGE', () => storePapers(`${mailId}-1`, message));
  const drafts = await step('UNDERSTANDING', () => draftsFrom(mailId, message, papers));
  await step('DATABASE', () => record(mailId, drafts, null));
}
