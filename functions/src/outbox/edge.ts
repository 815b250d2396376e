/**
 * Where the outbox meets Firestore events and SMTP. Whoever wants to send a mail leases it first, in a transaction:
 * however many events and sweeps meet at one mail, one of them sends it. A worker that dies leaves its lease behind,
 * and the sweep takes the mail over once that has run out.
 */
import type { DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { db, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { claim, leaseMs, nextAttempt, readFailure, type Verdict, waitAfter } from './outbox.ts';
import { outbox } from './queue.ts';
import type { MailState, OutboxMail } from './schema.ts';
import { sendBySmtp } from './transport.ts';

export type Outcome = 'left' | 'sent' | 'again' | 'failed';
type Clock = () => number;
/** What a worker writes: its own fields of the document. */
type Change = Partial<Omit<OutboxMail, 'to' | 'kind'>> & { readonly state: MailState };

const sweepLimit = 50;
const workers = 5;
/** A sweep takes nothing new after this; with the last sending it ends within five minutes. */
const sweepMs = 4 * 60_000;

const gone = { text: '', html: null } as const;

function changed(now: number, change: Change): Change {
  return { leaseUntil: null, updatedAt: Timestamp.fromMillis(now), ...change };
}

/** `nextAttemptAt` lies in the past, so that an operator has only the state to change. */
function failed(now: number, failure: string): Change {
  return changed(now, { state: 'FAILED', failure, nextAttemptAt: Timestamp.fromMillis(now) });
}

/** Leases a mail. Resolves to it as leased, or to what became of it instead. */
async function lease(id: string, now: number): Promise<OutboxMail | 'left' | 'failed'> {
  const ref = outbox().doc(id);
  return db().runTransaction(async (tx) => {
    const mail = (await tx.get(ref)).data();
    const claimed = mail ? claim(mail, now) : 'leave';
    if (!mail || claimed === 'leave') return 'left';
    if (claimed !== 'send') {
      tx.update(ref, failed(now, claimed === 'giveUp' ? 'UNFINISHED' : 'NO_BODY'));
      return 'failed';
    }
    const attempts = mail.attempts + 1;
    const leased = {
      state: 'SENDING',
      attempts,
      leaseUntil: Timestamp.fromMillis(now + leaseMs),
      nextAttemptAt: Timestamp.fromMillis(now + waitAfter(attempts)),
      updatedAt: Timestamp.fromMillis(now),
    } as const;
    tx.update(ref, leased);
    return { ...mail, ...leased };
  });
}

/** Writes how an attempt ended, unless the mail was erased or another worker has taken it over. */
async function settle(id: string, attempts: number, change: Change): Promise<void> {
  const ref = outbox().doc(id);
  await db().runTransaction(async (tx) => {
    const mail = (await tx.get(ref)).data();
    const isOurs = mail?.state === 'SENDING' && mail.attempts === attempts;
    // A mail the relay has is sent, whoever holds it by now.
    if (mail && (isOurs || change.state === 'SENT')) tx.update(ref, change);
  });
}

function afterFailure(mail: OutboxMail, verdict: Verdict, now: number): Change {
  const { failure } = verdict;
  if (!verdict.again) return { ...failed(now, failure), ...gone };
  const next = nextAttempt(now, mail.createdAt.toMillis(), mail.attempts);
  if (next === null) return failed(now, failure);
  return changed(now, { state: 'PENDING', failure, nextAttemptAt: Timestamp.fromMillis(next) });
}

async function recordFailure(id: string, mail: OutboxMail, error: unknown, now: number): Promise<Outcome> {
  const verdict = readFailure(error);
  const change = afterFailure(mail, verdict, now);
  await settle(id, mail.attempts, change);
  const outcome = change.state === 'FAILED' ? 'failed' : 'again';
  const { failure, ours } = verdict;
  const level = ours || outcome === 'failed' ? 'error' : 'warn';
  log[level]('outbox.notSent', {
    mailId: id,
    kind: mail.kind,
    outcome,
    failure,
    ours,
    attempts: mail.attempts,
  });
  return outcome;
}

async function deliver(id: string, clock: Clock): Promise<Outcome> {
  const mail = await lease(id, clock());
  if (typeof mail === 'string') return mail;
  try {
    await sendBySmtp(mail);
  } catch (error) {
    return recordFailure(id, mail, error, clock());
  }
  const now = clock();
  const sentAt = Timestamp.fromMillis(now);
  await settle(
    id,
    mail.attempts,
    changed(now, { state: 'SENT', sentAt, nextAttemptAt: null, failure: null, ...gone }),
  );
  log.info('outbox.sent', { mailId: id, kind: mail.kind, attempts: mail.attempts });
  return 'sent';
}

/** `outbox/{mailId}` created: tries to send it at once. What fails is the sweep's to repeat, not the event's. */
export async function onMailQueued(event: FirestoreEvent<DocumentSnapshot | undefined>): Promise<void> {
  if (event.data) await deliver(event.data.id, Date.now);
}

async function dueIds(state: MailState, now: number): Promise<string[]> {
  const due = await outbox()
    .where('state', '==', state)
    .where('nextAttemptAt', '<=', Timestamp.fromMillis(now))
    .orderBy('nextAttemptAt')
    .limit(sweepLimit)
    .select()
    .get();
  return due.docs.map((each) => each.id);
}

export type SweepReport = Readonly<Record<Outcome | 'broken', number>>;

/**
 * Sends what is due at `now` (epoch ms): mails whose event never came, those to be tried again, those an operator
 * has set back to PENDING, and those whose worker died. At most 50 of either kind; takes up to five minutes.
 */
export async function sweepOutbox(now: number): Promise<SweepReport> {
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  const clock = () => now + Math.floor(elapsed());
  const ids = (await Promise.all([dueIds('PENDING', now), dueIds('SENDING', now)])).flat();
  const report = { left: 0, sent: 0, again: 0, failed: 0, broken: 0 };
  const work = async () => {
    for (let id = ids.shift(); id !== undefined && elapsed() < sweepMs; id = ids.shift()) {
      const outcome = await deliver(id, clock).catch((error: unknown) => {
        log.error('outbox.sweepBroken', { mailId: id, ...errorFields(error) });
        return 'broken' as const;
      });
      report[outcome] += 1;
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  log.info('outbox.swept', report);
  return report;
}
