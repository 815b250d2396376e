/**
 * Answers to mails: one for each, at most one an hour to a sender. What may not be answered yet is marked, and a sweep
 * answers all of a sender's mails in one letter with what has become of them by then. A mail and what answers it are
 * written in one transaction, so that it is answered once, whoever dies or runs twice.
 */
import type { DocumentReference } from 'firebase-admin/firestore';
import { type InboundMail, inboundMailSchema } from '../inbound/schema.ts';
import { messageIdFor, outbox, queueMail } from '../outbox/queue.ts';
import { mailAddress } from '../outbox/schema.ts';
import { mailReplyAddress, mailSender } from '../platform/config.ts';
import { digest } from '../platform/digest.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { eachSender, type SenderSweep } from './eachSender.ts';
import { followUp } from './followUp.ts';
import { answerLetter, type Entry } from './letters.ts';
import { mailSenderSchema } from './models.ts';
import { type Registration, registrationSchema } from './schema.ts';

const hourMs = 3_600_000;
const senderKeptMs = 24 * hourMs;
/** Mails one letter answers, and registrations it tells of. */
const mostMails = 20;
const mostTold = 400;
/** Message-IDs of our letters a registration keeps. */
const mostLetters = 20;

const at = (ms: number) => Timestamp.fromMillis(ms);
const mails = () => collection('inboundMails', inboundMailSchema);
const registrations = () => collection('registrations', registrationSchema);
const senderRef = (address: string) =>
  collection('mailSenders', mailSenderSchema).doc(digest('mailSender', address));

const lower = (address: string) => address.trim().toLowerCase();

/** Whom to answer; null where it would be ourselves, or no address at all. */
export function addressee(from: string | undefined, envelopeTo: readonly string[]): string | null {
  const to = mailAddress.safeParse(lower(from ?? ''));
  if (!to.success) return null;
  const own = [mailSender().address, mailReplyAddress()?.address ?? '', ...envelopeTo].map(lower);
  return own.includes(to.data) ? null : to.data;
}

export const answerIdOf = (mailId: string) => `answer-${mailId}`;
export const isAnswerable = () => mailReplyAddress() !== null;

/** Message-IDs with that of a letter now written. */
export const withLetter = ({ letters }: Pick<Registration, 'letters'>, outboxId: string): string[] =>
  [...new Set([...letters, messageIdFor(outboxId)])].slice(-mostLetters);

/** The registration's share of being answered now. */
export function answered(
  registration: Pick<Registration, 'letters' | 'state' | 'remindedAt'>,
  outboxId: string,
  now: number,
): Pick<Registration, 'letters' | 'replyBy' | 'followUpAt'> {
  return { letters: withLetter(registration, outboxId), ...waiting(registration, now) };
}

/** Until when a registration waits for its sender. */
export function waiting(
  { state, remindedAt }: Pick<Registration, 'state' | 'remindedAt'>,
  now: number,
): Pick<Registration, 'replyBy' | 'followUpAt'> {
  if (state !== 'NEEDS_INFO') return { replyBy: null, followUpAt: null };
  const { replyBy, followUpAt } = followUp(now, remindedAt !== null);
  return { replyBy, followUpAt: at(followUpAt) };
}

export interface Permission {
  readonly isAllowed: boolean;
  /** Epoch ms from which an answer may be sent. */
  readonly from: number;
  readonly ref: DocumentReference;
}

/** Whether a sender may be answered now. One read. */
export async function permission(tx: Transaction, address: string, now: number): Promise<Permission> {
  const ref = senderRef(address);
  const next = (await tx.get(ref)).data()?.nextAnswerAt.toMillis() ?? 0;
  return { isAllowed: next <= now, from: next, ref };
}

/** Notes that a sender is answered now. */
export function useUp(tx: Transaction, { ref }: Permission, now: number): void {
  tx.set(ref, { nextAnswerAt: at(now + hourMs), purgeAt: at(now + senderKeptMs) });
}

export interface Answering {
  readonly outboxId: string;
  readonly to: string;
  readonly subject: string;
  readonly references: readonly string[];
  readonly entries: readonly Entry[];
}

export function queueAnswer(tx: Transaction, answering: Answering, now: number): void {
  const { outboxId, entries, ...rest } = answering;
  const { replyBy } = followUp(now, false);
  queueMail(tx, outboxId, answerLetter(entries, { ...rest, replyBy, answerable: isAnswerable() }));
}

interface Due {
  readonly id: string;
  readonly mail: InboundMail;
}

const gravity: readonly Entry['outcome'][] = ['created', 'merged', 'unchanged', 'published'];

/** What the mails are about, each registration once, the gravest of what they did to it. */
export function entriesOf(due: readonly Due[], found: ReadonlyMap<string, Registration>): Entry[] {
  const entries = new Map<string, Entry>();
  for (const { id, mail } of due) {
    for (const { outcome, registrationId, name } of mail.outcomes) {
      const registration = registrationId === null ? null : (found.get(registrationId) ?? null);
      if (registration?.state === 'QUARANTINED') continue;
      const key = registrationId ?? `${outcome} ${name}`;
      const before = entries.get(key);
      const isGraver = before && gravity.indexOf(before.outcome) < gravity.indexOf(outcome);
      const graver = isGraver ? before.outcome : outcome;
      entries.set(key, { outcome: graver, name, registration, mailIds: [...(before?.mailIds ?? []), id] });
    }
  }
  return [...entries.values()];
}

async function dueOf(tx: Transaction, sender: string): Promise<Due[]> {
  const waitingMails = mails().where('sender', '==', sender).where('answer', '==', 'due').limit(mostMails);
  // Found outside of the transaction, so that no mail that comes in waits for it; looked at again within.
  const found = (await waitingMails.select().get()).docs.map(({ id }) => mails().doc(id));
  const all = (found.length > 0 ? await tx.getAll(...found) : []).flatMap((doc) => {
    const mail = doc.data();
    return mail?.answer === 'due' ? [{ id: doc.id, mail }] : [];
  });
  const ordered = all.toSorted((a, b) => a.mail.receivedAt.toMillis() - b.mail.receivedAt.toMillis());
  let told = 0;
  return ordered.filter(({ mail }, index) => {
    told += mail.outcomes.length;
    return index === 0 || told <= mostTold;
  });
}

async function registrationsOf(tx: Transaction, due: readonly Due[]): Promise<Map<string, Registration>> {
  const ids = new Set(due.flatMap(({ mail }) => mail.outcomes.flatMap((one) => one.registrationId ?? [])));
  if (ids.size === 0) return new Map();
  const docs = await tx.getAll(...[...ids].map((id) => registrations().doc(id)));
  return new Map(
    docs.flatMap((doc) => {
      const data = doc.data();
      return data ? [[doc.id, data] as const] : [];
    }),
  );
}

type Sent = 'sent' | 'left';

async function answerSender(sender: string, now: number): Promise<Sent> {
  return db().runTransaction(async (tx) => {
    const due = await dueOf(tx, sender);
    const [first] = due;
    if (!first) return 'left';
    const outboxId = answerIdOf(first.id);
    const [allowed, found, queued] = await Promise.all([
      permission(tx, sender, now),
      registrationsOf(tx, due),
      tx.get(outbox().doc(outboxId)),
    ]);
    if (!allowed.isAllowed) {
      for (const { id } of due) tx.update(mails().doc(id), { answerDueAt: at(allowed.from) });
      return 'left';
    }
    const entries = entriesOf(due, found);
    const references = due.flatMap(({ mail }) => mail.rfcMessageId ?? []);
    const subject = due.at(-1)?.mail.subject ?? '';
    const isTold = entries.length > 0 && !queued.exists;
    if (isTold) {
      queueAnswer(tx, { outboxId, to: sender, subject, references, entries }, now);
      useUp(tx, allowed, now);
    }
    const answer = entries.length > 0 ? 'queued' : 'none';
    for (const { id } of due)
      tx.update(mails().doc(id), {
        ...{ answer, answerDueAt: null, answerId: answer === 'queued' ? outboxId : null },
        updatedAt: at(now),
      });
    for (const [id, registration] of found)
      if (registration.state !== 'QUARANTINED')
        tx.update(registrations().doc(id), { ...answered(registration, outboxId, now) });
    return 'sent';
  });
}

export type AnswerSweep = SenderSweep<Sent>;

/** Answers the mails that wait for it and may be answered at `now` (epoch ms): one letter a sender, at most 50. */
export function answerDue(now: number): Promise<AnswerSweep> {
  const due = mails().where('answer', '==', 'due').where('answerDueAt', '<=', at(now)).orderBy('answerDueAt');
  return eachSender('answers', { due, sender: 'sender' }, { sent: 0, left: 0, broken: 0 }, (sender) =>
    answerSender(sender, now),
  );
}
