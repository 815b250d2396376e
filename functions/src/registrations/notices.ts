/**
 * Telling senders what was decided: some minutes after, so that one letter tells of all that an operator settles at a
 * sitting. Only those are told whom we have written to before; a letter and what it tells are written together.
 */
import { inboundMailSchema } from '../inbound/schema.ts';
import { outbox, queueMail } from '../outbox/queue.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { addressee, withLetter } from './answers.ts';
import { eachSender, type SenderSweep } from './eachSender.ts';
import { threadOf, type Waiting } from './follow.ts';
import { decisionLetter } from './letters.ts';
import { type Registration, registrationSchema } from './schema.ts';

const pauseMs = 10 * 60_000;
/** Of one sender in one letter. */
const mostTold = 200;

const at = (ms: number) => Timestamp.fromMillis(ms);
const registrations = () => collection('registrations', registrationSchema);
const mails = () => collection('inboundMails', inboundMailSchema);

/** When the sender of what is settled `now` is told; null for whom we have never written to. */
export const noticeDueAt = ({ letters }: Pick<Registration, 'letters'>, now: number): Timestamp | null =>
  letters.length > 0 ? at(now + pauseMs) : null;

const isTold = ({ state }: Registration) => state === 'APPROVED' || state === 'REJECTED';

/** What is to be told to a sender, also what has been settled within the last minutes. */
async function settledFor(tx: Transaction, sender: string): Promise<Waiting[]> {
  const found = await registrations()
    .where('senderAddress', '==', sender)
    .where('noticeDueAt', '>', at(0))
    .orderBy('noticeDueAt')
    .limit(mostTold)
    .select()
    .get();
  const refs = found.docs.map(({ id }) => registrations().doc(id));
  const docs = refs.length > 0 ? await tx.getAll(...refs) : [];
  return docs.flatMap((doc) => {
    const registration = doc.data();
    return registration?.noticeDueAt ? [{ id: doc.id, registration }] : [];
  });
}

async function tellSender(sender: string, now: number): Promise<'told' | 'left'> {
  return db().runTransaction(async (tx) => {
    const due = await settledFor(tx, sender);
    // Opened again since: there is nothing decided to tell.
    const told = due.filter(({ registration }) => isTold(registration));
    const [first] = told;
    const outboxId = first ? `decided-${first.id}-${first.registration.noticeDueAt?.toMillis()}` : '';
    const [mail, queued] = first
      ? await Promise.all([tx.get(mails().doc(first.registration.mailId)), tx.get(outbox().doc(outboxId))])
      : [];
    const to = first ? addressee(sender, mail?.data()?.envelopeTo ?? []) : null;
    if (to !== null && !queued?.exists) {
      const all = told.map(({ registration }) => registration);
      queueMail(tx, outboxId, decisionLetter(all, threadOf(to, told, mail?.data())));
    }
    for (const { id, registration } of due)
      tx.update(registrations().doc(id), {
        noticeDueAt: null,
        letters:
          isTold(registration) && to !== null ? withLetter(registration, outboxId) : registration.letters,
        updatedAt: at(now),
      });
    return to === null ? 'left' : 'told';
  });
}

export type NoticeSweep = SenderSweep<'told' | 'left'>;

/** Tells what has been due at `now` (epoch ms). At most 50 registrations' senders; the next sweep goes on. */
export function tellDecisions(now: number): Promise<NoticeSweep> {
  const due = registrations().where('noticeDueAt', '<=', at(now)).orderBy('noticeDueAt');
  return eachSender('notices', { due, sender: 'senderAddress' }, { told: 0, left: 0, broken: 0 }, (sender) =>
    tellSender(sender, now),
  );
}
