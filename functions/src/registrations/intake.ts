/**
 * What a stored message becomes: its attachments in Storage, and a registration an operator sees, also when the message
 * cannot be read. Ids and paths are made from the mail's, so that doing it again changes nothing.
 */

import { hospitalPrivateSchema } from '../directory/schema.ts';
import { step } from '../inbound/attempts.ts';
import { inboundMailSchema } from '../inbound/schema.ts';
import { proveSender } from '../inbound/senderProof.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { readMessage } from '../mail/mail.ts';
import type { Message } from '../mail/message.ts';
import { bucket, db, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { type Assessment, assess, type JudgedFile, judgeFiles, papersAmong } from './assess.ts';
import { identityKey } from './identity.ts';
import { identityKeySchema, type Paper, type Registration, registrationSchema } from './schema.ts';
import { drawTickets } from './tickets.ts';
import { domainOf, isFreeMail, type SenderFacts } from './trust.ts';
import { type Item, understand } from './understanding/understand.ts';

const mails = () => collection('inboundMails', inboundMailSchema);
const registrations = () => collection('registrations', registrationSchema);

function extensionOf(fileName: string): string {
  return /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1]?.toLowerCase() ?? 'bin';
}

async function storePapers(registrationId: string, files: readonly JudgedFile[]): Promise<Paper[]> {
  return Promise.all(
    papersAmong(files).map(async ({ file, role }, index) => {
      const { fileName, contentType, content, sha256 } = file;
      const path = `registrations/${registrationId}/${index}-${role}.${extensionOf(fileName)}`;
      await bucket().file(path).save(content, { resumable: false, contentType });
      return { path, fileName, role, contentType, size: content.length, sha256 };
    }),
  );
}

type Draft = Omit<Registration, 'ticket' | 'receivedAt' | 'updatedAt'>;

const untouched = {
  target: null,
  corrections: [],
  confirmed: {},
  decision: null,
  decisionNote: null,
  decidedAt: null,
  decisionProblems: [],
  publishedPath: null,
};

/** Addresses and domains of the hospital an item names by its business number. At most two reads. */
async function onFileFor({ fields }: Item): Promise<SenderFacts['onFile']> {
  const number = fields.businessNumber ?? fields.hospitalBusinessNumber;
  if (typeof number !== 'string') return { emails: [], domains: [] };
  const key = collection('identityKeys', identityKeySchema).doc(identityKey.hospital(number));
  const path = (await key.get()).data()?.path;
  if (!path) return { emails: [], domains: [] };
  const hidden = collection(`${path}/private`, hospitalPrivateSchema).doc('registration');
  const email = (await hidden.get()).data()?.contactEmail;
  const domain = domainOf(email);
  return {
    emails: email ? [email] : [],
    domains: domain !== null && !isFreeMail(domain) ? [domain] : [],
  };
}

const nothingSaid: Item = {
  ...{ kind: null, intent: 'register', readings: {}, fields: {}, problems: [], extra: [], row: null },
};

function draftFrom(
  mailId: string,
  message: Message,
  item: Item,
  papers: Paper[],
  { problems, route }: Assessment,
): Draft {
  const { fields, readings, extra, row, intent } = item;
  const told = new Set(problems.map(({ reason }) => reason));
  return {
    mailId,
    kind: item.kind ?? 'unknown',
    state: route.state,
    ...{ fields, readings: { ...readings }, extra: [...extra], row, intent },
    problems: [...problems],
    warnings: route.reasons.filter((reason) => !told.has(reason)),
    confirmationsNeeded: [...route.confirmationsNeeded],
    papers,
    senderAddress: message.from?.address ?? '',
    subject: message.subject,
    ...untouched,
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
    confirmationsNeeded: [],
    papers: [],
    senderAddress: '',
    subject: '',
    ...untouched,
  };
}

/** Writes the registrations, each with a ticket, and marks the mail read, at once or not at all. */
async function record(mailId: string, drafts: readonly Draft[], failure: string | null): Promise<void> {
  const refs = drafts.map((_, index) => registrations().doc(`${mailId}-${index + 1}`));
  const registrationIds = refs.map(({ id }) => id);
  await db().runTransaction(async (tx) => {
    const existing = await tx.getAll(...refs);
    const isNew = (id: string) => !existing.some((stored) => stored.id === id && stored.exists);
    const now = Timestamp.now();
    const fresh = registrationIds.filter(isNew);
    const { tickets, write } = await drawTickets(tx, fresh, koreanDayOf(now.toMillis()));
    const state = failure ? 'UNREADABLE' : 'READ';
    const read = { state, failure, registrationIds, nextAttemptAt: null, updatedAt: now } as const;
    tx.update(mails().doc(mailId), read);
    write();
    for (const [index, draft] of drafts.entries()) {
      const ref = refs[index];
      const ticket = ref && tickets.get(ref.id);
      if (ticket) tx.create(ref, { ...draft, ticket, receivedAt: now, updatedAt: now });
    }
  });
}

/** One registration per item; a mail of which nothing was understood still is one. */
async function draftsFrom(
  mailId: string,
  message: Message,
  files: readonly JudgedFile[],
  papers: Paper[],
): Promise<Draft[]> {
  const items = understand(message);
  return Promise.all(
    (items.length > 0 ? items : [nothingSaid]).map(async (item) =>
      draftFrom(mailId, message, item, papers, assess(message, item, files, await onFileFor(item))),
    ),
  );
}

/** Makes registrations of a stored message and marks the mail read. Throws ReadingFailed. */
export async function takeIn(mailId: string, raw: Buffer): Promise<void> {
  const read = await readMessage(raw).catch((error: unknown) => {
    log.error('readMail.unreadable', { mailId, ...errorFields(error) });
    return null;
  });
  if (!read) {
    await step('DATABASE', () => record(mailId, [unreadableDraft(mailId)], 'MIME'));
    return;
  }
  const authentication = await step('DATABASE', () => proveSender(mailId, raw, Date.now()));
  const message: Message = { ...read, authentication };
  const files = judgeFiles(message);
  const papers = await step('STORAGE', () => storePapers(`${mailId}-1`, files));
  const drafts = await step('UNDERSTANDING', () => draftsFrom(mailId, message, files, papers));
  await step('DATABASE', () => record(mailId, drafts, null));
}
