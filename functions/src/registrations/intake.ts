/**
 * What a stored message becomes: its attachments in Storage, registrations an operator sees, and an answer. Ids and
 * paths are made from the mail's, and everything else is one transaction that begins by asking whether the mail has
 * been read: doing it again changes nothing.
 */
import { step } from '../inbound/attempts.ts';
import { type InboundMail, inboundMailSchema, type MailOutcome } from '../inbound/schema.ts';
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
import type { Entry } from './letters.ts';
import { type Decided, decideAll, type Taken } from './placing.ts';
import { type Paper, type Registration, registrationSchema, ticketCounterSchema } from './schema.ts';
import { type NewRegistration, unreadable } from './settle.ts';

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

/** Gives out the day's next tickets. */
class Tickets {
  private readonly day: string;
  private readonly before: number;
  private last: number;

  constructor(day: string, last: number) {
    this.day = day;
    this.before = last;
    this.last = last;
  }

  next(): string {
    this.last += 1;
    return `DP-${this.day}-${String(this.last).padStart(4, '0')}`;
  }

  get given(): number | null {
    return this.last > this.before ? this.last : null;
  }
}

const counterOf = (day: string) => collection('counters', ticketCounterSchema).doc(`tickets-${day}`);

interface Numbered {
  readonly id: string;
  readonly registration: Registration;
  readonly isNew: boolean;
}

/** The registrations as they are to be written, new ones with their tickets, each once. */
function numbered(mailId: string, decided: readonly Decided[], tickets: Tickets): Map<Decided, Numbered> {
  let created = 0;
  const latest = new Map<string, Registration>();
  const all = decided.flatMap((one): [Decided, string, boolean][] => {
    if (one.outcome === 'created') {
      created += 1;
      const id = `${mailId}-${created}`;
      latest.set(id, { ...one.registration, ticket: tickets.next() });
      return [[one, id, true]];
    }
    if (one.outcome === 'merged') latest.set(one.id, one.registration);
    return one.outcome === 'merged' ? [[one, one.id, false]] : [];
  });
  return new Map(
    all.flatMap(([one, id, isNew]) => {
      const registration = latest.get(id);
      return registration ? [[one, { id, registration, isNew }] as const] : [];
    }),
  );
}

function outcomeOf(one: Decided, written: Numbered | undefined): MailOutcome {
  const { outcome, name } = one;
  return { outcome, name, registrationId: written?.id ?? (one.outcome === 'created' ? null : one.id) };
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
    if (isNew) tx.create(registrations().doc(id), data);
    else tx.update(registrations().doc(id), data);
  }
}

async function write(tx: Transaction, taken: Written): Promise<void> {
  const { mailId, mail, message, decided, now } = taken;
  const day = koreanDayOf(now).replaceAll('-', '');
  const [counted, plan] = await Promise.all([tx.get(counterOf(day)), answering(tx, taken)]);
  const tickets = new Tickets(day, counted.data()?.last ?? 0);
  const written = numbered(mailId, decided, tickets);
  const outcomes = decided.map((one) => outcomeOf(one, written.get(one)));
  writeRegistrations(tx, written.values(), plan, now);
  if (tickets.given !== null) tx.set(counterOf(day), { last: tickets.given });
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

async function record(mailId: string, taken: Omit<Taken, 'mailId' | 'now'>): Promise<void> {
  await db().runTransaction(async (tx) => {
    const mail = await unread(tx, mailId);
    if (!mail) return;
    const now = Date.now();
    const decided = await decideAll(tx, { ...taken, mailId, now: Timestamp.fromMillis(now) });
    await write(tx, { mailId, mail, message: taken.message, decided, now });
  });
}

async function recordUnreadable(mailId: string): Promise<void> {
  await db().runTransaction(async (tx) => {
    if (!(await unread(tx, mailId))) return;
    const now = Timestamp.now();
    const day = koreanDayOf(now.toMillis()).replaceAll('-', '');
    const tickets = new Tickets(day, (await tx.get(counterOf(day))).data()?.last ?? 0);
    const id = `${mailId}-1`;
    const registration: NewRegistration = unreadable(mailId, now);
    tx.create(registrations().doc(id), { ...registration, ticket: tickets.next() });
    if (tickets.given !== null) tx.set(counterOf(day), { last: tickets.given });
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
  const message = await readMessage(raw).catch((error: unknown) => {
    log.error('readMail.unreadable', { mailId, ...errorFields(error) });
    return null;
  });
  if (!message) {
    await step('DATABASE', () => recordUnreadable(mailId));
    return;
  }
  const { files, kept } = lookedAt(message);
  const papers = await step('STORAGE', () => storePapers(mailId, kept));
  await step('DATABASE', () => record(mailId, { message, files, papers }));
}
