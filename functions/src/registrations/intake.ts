/**
 * What a stored message becomes: its attachments in Storage, registrations an operator sees, and an answer. Ids and
 * paths are made from the mail's, and everything else is one transaction that begins by asking whether the mail has
 * been read: doing it again changes nothing.
 */
import { step } from '../inbound/attempts.ts';
import { type InboundMail, inboundMailSchema, type MailOutcome } from '../inbound/schema.ts';
import { proveSender } from '../inbound/senderProof.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { readMessage } from '../mail/mail.ts';
import type { Message } from '../mail/message.ts';
import { outbox } from '../outbox/queue.ts';
import { bucket, db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import {
  type Answering,
  addressee,
  answered,
  answerIdOf,
  permission,
  queueAnswer,
  useUp,
  waiting,
} from './answers.ts';
import { type JudgedFile, judgeFiles, papersAmong } from './assess.ts';
import { noteClaim } from './known.ts';
import type { Entry } from './letters.ts';
import { type Decided, decideAll, type Taken } from './placing.ts';
import { type Paper, type Registration, registrationSchema } from './schema.ts';
import { checkSettings } from './settings.ts';
import { type NewRegistration, unreadable } from './settle.ts';
import { drawTickets } from './tickets.ts';

const mails = () => collection('inboundMails', inboundMailSchema);
const registrations = () => collection('registrations', registrationSchema);

function extensionOf(fileName: string): string {
  return /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1]?.toLowerCase() ?? 'bin';
}

/** Stores what may be papers, once each, whichever registrations it concerns. */
async function storePapers(mailId: string, files: readonly JudgedFile[]): Promise<Map<JudgedFile, Paper>> {
  const stored = await Promise.all(
    files.map(async (judged, index): Promise<[JudgedFile, Paper]> => {
      const { file, role } = judged;
      const { fileName, contentType, content, sha256 } = file;
      const path = `registrations/${mailId}-1/${index}-${role}.${extensionOf(fileName)}`;
      await bucket().file(path).save(content, { resumable: false, contentType });
      return [judged, { path, fileName, role, contentType, size: content.length, sha256 }];
    }),
  );
  return new Map(stored);
}

interface Numbered {
  readonly id: string;
  readonly registration: Registration;
  readonly isNew: boolean;
}

/** The ids of the new ones, in order. */
function newIds(mailId: string, decided: readonly Decided[]): Map<Decided, string> {
  const created = decided.filter(({ outcome }) => outcome === 'created');
  return new Map(created.map((one, index) => [one, `${mailId}-${index + 1}`]));
}

/** The registrations as they are to be written, new ones with their tickets, each as it is in the end. */
function numbered(
  decided: readonly Decided[],
  ids: ReadonlyMap<Decided, string>,
  tickets: ReadonlyMap<string, string>,
): Map<Decided, Numbered> {
  const latest = new Map<string, Registration>();
  const idOf = (one: Decided) => (one.outcome === 'merged' ? one.id : ids.get(one));
  for (const one of decided) {
    const id = idOf(one);
    const ticket = id && tickets.get(id);
    if (one.outcome === 'merged') latest.set(one.id, one.registration);
    else if (one.outcome === 'created' && id && ticket) latest.set(id, { ...one.registration, ticket });
  }
  return new Map(
    decided.flatMap((one) => {
      const id = idOf(one);
      const registration = id && latest.get(id);
      return registration ? [[one, { id, registration, isNew: one.outcome === 'created' }] as const] : [];
    }),
  );
}

function outcomeOf(one: Decided, written: Numbered | undefined): MailOutcome {
  const { outcome, name } = one;
  return {
    outcome,
    name: name.slice(0, 120),
    registrationId: written?.id ?? (one.outcome === 'created' ? null : one.id),
  };
}

function entryOf(one: Decided, written: Numbered | undefined, mailId: string): Entry {
  const standing = one.outcome === 'created' ? null : one.registration;
  return {
    ...{ outcome: one.outcome, name: one.name, mailIds: [mailId] },
    registration: written?.registration ?? standing,
  };
}

interface Written {
  readonly mailId: string;
  readonly mail: InboundMail;
  readonly message: Message;
  readonly decided: readonly Decided[];
  readonly now: number;
}

/** Reads what answering needs, and says how to. Null: nobody is answered. */
async function answering(tx: Transaction, { mailId, mail, message, decided, now }: Written) {
  const isWanted = decided.length > 0 && decided.every(({ isAnswered }) => isAnswered);
  const to = isWanted ? addressee(message.from?.address, mail.envelopeTo) : null;
  if (to === null) return null;
  const outboxId = answerIdOf(mailId);
  const [allowed, queued] = await Promise.all([permission(tx, to, now), tx.get(outbox().doc(outboxId))]);
  return { to, outboxId, allowed, isQueued: queued.exists };
}

type Plan = Awaited<ReturnType<typeof answering>>;

const answerFields = (plan: Plan): Pick<InboundMail, 'answer' | 'answerDueAt' | 'answerId'> => {
  if (plan === null) return { answer: 'none', answerDueAt: null, answerId: null };
  if (plan.isQueued || plan.allowed.isAllowed)
    return { answer: 'queued', answerDueAt: null, answerId: plan.outboxId };
  return { answer: 'due', answerDueAt: Timestamp.fromMillis(plan.allowed.from), answerId: null };
};

function writeRegistrations(tx: Transaction, written: Iterable<Numbered>, plan: Plan, now: number): void {
  const isNow = plan !== null && !plan.isQueued && plan.allowed.isAllowed;
  const byId = new Map([...written].map((one) => [one.id, one] as const));
  for (const { id, registration, isNew } of byId.values()) {
    const share = isNow ? answered(registration, plan.outboxId, now) : plan && waiting(registration, now);
    const data = { ...registration, ...share };
    if (registration.claim !== null) noteClaim(tx, registration.claim, id, Timestamp.fromMillis(now));
    if (isNew) tx.create(registrations().doc(id), data);
    else tx.update(registrations().doc(id), data);
  }
}

async function write(tx: Transaction, taken: Written): Promise<void> {
  const { mailId, mail, message, decided, now } = taken;
  const ids = newIds(mailId, decided);
  const [drawn, plan] = await Promise.all([
    drawTickets(tx, [...ids.values()], koreanDayOf(now)),
    answering(tx, taken),
  ]);
  const written = numbered(decided, ids, drawn.tickets);
  const outcomes = decided.map((one) => outcomeOf(one, written.get(one)));
  writeRegistrations(tx, written.values(), plan, now);
  drawn.write();
  if (plan && !plan.isQueued && plan.allowed.isAllowed) {
    const entries = decided.map((one) => entryOf(one, written.get(one), mailId));
    const references = [...message.inReplyTo, ...(message.messageId ? [message.messageId] : [])];
    const asked: Answering = { ...plan, subject: message.subject, references, entries };
    queueAnswer(tx, asked, now);
    useUp(tx, plan.allowed, now);
  }
  tx.update(mails().doc(mailId), {
    ...{ state: 'READ', failure: null, nextAttemptAt: null, outcomes },
    registrationIds: [...new Set(outcomes.flatMap(({ registrationId }) => registrationId ?? []))],
    sender: message.from?.address.toLowerCase().slice(0, 320) ?? null,
    subject: message.subject,
    ...answerFields(plan),
    rfcMessageId: mail.rfcMessageId ?? message.messageId,
    updatedAt: Timestamp.fromMillis(now),
  });
}

/** The mail, as long as nobody has read it. */
async function unread(tx: Transaction, mailId: string): Promise<InboundMail | null> {
  const mail = (await tx.get(mails().doc(mailId))).data();
  return mail?.state === 'RECEIVED' && mail.outcomes.length === 0 ? mail : null;
}

async function record(mailId: string, taken: Omit<Taken, 'mailId' | 'now' | 'settings'>): Promise<void> {
  await db().runTransaction(async (tx) => {
    const mail = await unread(tx, mailId);
    if (!mail) return;
    const now = Date.now();
    const decided = await decideAll(tx, {
      ...{ ...taken, mailId, now: Timestamp.fromMillis(now), settings: checkSettings(now) },
    });
    await write(tx, { mailId, mail, message: taken.message, decided, now });
  });
}

async function recordUnreadable(mailId: string): Promise<void> {
  await db().runTransaction(async (tx) => {
    if (!(await unread(tx, mailId))) return;
    const now = Timestamp.now();
    const id = `${mailId}-1`;
    const { tickets, write: writeTickets } = await drawTickets(tx, [id], koreanDayOf(now.toMillis()));
    const registration: NewRegistration = unreadable(mailId, now);
    tx.create(registrations().doc(id), { ...registration, ticket: tickets.get(id) ?? '' });
    writeTickets();
    tx.update(mails().doc(mailId), {
      ...{ state: 'UNREADABLE', failure: 'MIME', registrationIds: [id], nextAttemptAt: null, updatedAt: now },
      outcomes: [{ outcome: 'created', registrationId: id, name: '' }],
    });
  });
}

/** What of a message's files is looked at: papers, as many as are kept, and what is none. */
function lookedAt(message: Message): { files: JudgedFile[]; kept: JudgedFile[] } {
  const all = judgeFiles(message);
  const kept = papersAmong(all);
  return { kept, files: all.filter((file) => file.judged.verdict !== 'accepted' || kept.includes(file)) };
}

/** Makes registrations of a stored message and marks the mail read. Throws ReadingFailed. */
export async function takeIn(mailId: string, raw: Buffer): Promise<void> {
  const read = await readMessage(raw).catch((error: unknown) => {
    log.error('readMail.unreadable', { mailId, ...errorFields(error) });
    return null;
  });
  if (!read) {
    await step('DATABASE', () => recordUnreadable(mailId));
    return;
  }
  const authentication = await step('DATABASE', () => proveSender(mailId, raw, Date.now()));
  const message: Message = { ...read, authentication };
  const { files, kept } = lookedAt(message);
  const papers = await step('STORAGE', () => storePapers(mailId, kept));
  await step('DATABASE', () => record(mailId, { message, files, papers }));
}
