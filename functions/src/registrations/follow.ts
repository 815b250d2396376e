/**
 * Following up what lacks something: reminded of once, closed after its term. One letter a sender and sweep, however
 * many registrations it is about; written with what it tells in one transaction.
 */
import { audit } from '../audit/audit.ts';
import { type InboundMail, inboundMailSchema } from '../inbound/schema.ts';
import { outbox, queueMail } from '../outbox/queue.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { addressee, isAnswerable, withLetter } from './answers.ts';
import { eachSender, type SenderSweep } from './eachSender.ts';
import { closesAt, dueNow } from './followUp.ts';
import { closingLetter, reminderLetter, type Thread } from './letters.ts';
import { type Registration, registrationSchema } from './schema.ts';

/** Of one sender in one letter. */
const mostTold = 200;
const closedNote = '기한까지 회신이 없어 종료';

const at = (ms: number) => Timestamp.fromMillis(ms);
const registrations = () => collection('registrations', registrationSchema);
const mails = () => collection('inboundMails', inboundMailSchema);

export interface Waiting {
  readonly id: string;
  readonly registration: Registration;
}

async function waitingOf(tx: Transaction, sender: string, now: number): Promise<Waiting[]> {
  const due = registrations()
    .where('senderAddress', '==', sender)
    .where('state', '==', 'NEEDS_INFO')
    .where('followUpAt', '<=', at(now))
    .orderBy('followUpAt')
    .limit(mostTold);
  // Found outside of the transaction, so that no mail that comes in waits for it; looked at again within.
  const found = (await due.select().get()).docs.map(({ id }) => registrations().doc(id));
  return (found.length > 0 ? await tx.getAll(...found) : []).flatMap((doc) => {
    const registration = doc.data();
    const isDue =
      registration?.state === 'NEEDS_INFO' && (registration.followUpAt?.toMillis() ?? now + 1) <= now;
    return registration && isDue ? [{ id: doc.id, registration }] : [];
  });
}

const todo = ({ registration: { replyBy, remindedAt } }: Waiting, now: number) =>
  dueNow({ replyBy, remindedAt: remindedAt?.toMillis() ?? null }, now);

/** The correspondence a letter about several registrations belongs to. */
export function threadOf(to: string, waiting: readonly Waiting[], mail: InboundMail | undefined): Thread {
  const told = waiting.flatMap(({ registration }) => registration);
  const replyBy = told.map((one) => one.replyBy ?? '').toSorted()[0] ?? '';
  const letters = told.flatMap((one) => one.letters);
  return {
    to,
    subject: told[0]?.subject ?? '',
    references: [...new Set([...(mail?.rfcMessageId ? [mail.rfcMessageId] : []), ...letters])],
    answerable: isAnswerable(),
    replyBy,
  };
}

function remind(tx: Transaction, waiting: readonly Waiting[], outboxId: string, now: number): void {
  for (const { id, registration } of waiting)
    tx.update(registrations().doc(id), {
      remindedAt: at(now),
      followUpAt: registration.replyBy === null ? null : at(closesAt(registration.replyBy)),
      letters: withLetter(registration, outboxId),
      updatedAt: at(now),
    });
}

function close(tx: Transaction, waiting: readonly Waiting[], outboxId: string, now: number): void {
  for (const { id, registration } of waiting) {
    tx.update(registrations().doc(id), {
      ...{ state: 'REJECTED', decision: null, decisionNote: closedNote, decisionProblems: [] },
      ...{ decidedAt: at(now), updatedAt: at(now), followUpAt: null },
      letters: withLetter(registration, outboxId),
    });
    const fact = { action: 'registration.reject', target: `registrations/${id}`, by: 'system' };
    // One that was opened again may be closed again.
    const entry = `registration-${id}-CLOSED-${registration.replyBy}`;
    audit(tx, { ...fact, result: 'REJECTED', note: closedNote }, entry);
  }
}

type Followed = 'reminded' | 'closed' | 'left';

/** Reminds a sender of what waits, or closes it when its time is over: one of both a sweep. */
async function followSender(sender: string, now: number): Promise<Followed> {
  return db().runTransaction(async (tx) => {
    const due = await waitingOf(tx, sender, now);
    const closing = due.filter((one) => todo(one, now) === 'close');
    const reminding = due.filter((one) => todo(one, now) === 'remind');
    const told = closing.length > 0 ? closing : reminding;
    const [first] = told;
    if (!first) return 'left';
    const isClosing = told === closing;
    const outboxId = isClosing
      ? `closed-${first.id}-${first.registration.replyBy}`
      : `reminder-${first.id}-1`;
    const [mail, queued] = await Promise.all([
      tx.get(mails().doc(first.registration.mailId)),
      tx.get(outbox().doc(outboxId)),
    ]);
    const to = addressee(sender, mail.data()?.envelopeTo ?? []);
    if (to !== null && !queued.exists) {
      const thread = threadOf(to, told, mail.data());
      const all = told.map(({ registration }) => registration);
      queueMail(tx, outboxId, isClosing ? closingLetter(all, thread) : reminderLetter(all, thread));
    }
    (isClosing ? close : remind)(tx, told, outboxId, now);
    return isClosing ? 'closed' : 'reminded';
  });
}

export type FollowSweep = SenderSweep<Followed>;

/** Follows up what has been due at `now` (epoch ms). At most 50 registrations' senders; the next sweep goes on. */
export function followUpDue(now: number): Promise<FollowSweep> {
  const due = registrations()
    .where('state', '==', 'NEEDS_INFO')
    .where('followUpAt', '<=', at(now))
    .orderBy('followUpAt');
  const none = { reminded: 0, closed: 0, left: 0, broken: 0 };
  return eachSender('followUp', { due, sender: 'senderAddress' }, none, (sender) =>
    followSender(sender, now),
  );
}
