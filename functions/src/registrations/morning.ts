/** The daily mail to the operators: counted, queued once a Korean day whatever is repeated. */
import { koreanDayOf } from '../kernel/korean.ts';
import { queueMailNow } from '../outbox/queue.ts';
import { mailAddress } from '../outbox/schema.ts';
import { operatorsMail } from '../platform/config.ts';
import { db } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { digestLetter, openStates, type Waits } from './digestLetter.ts';
import { registrationSchema } from './schema.ts';

const hourMs = 3_600_000;
const mostListed = 20;

/** Billed one read per thousand. */
async function countOf(path: string, field: string, value: string): Promise<number> {
  return (await db().collection(path).where(field, '==', value).count().get()).data().count;
}

async function oldestOf(state: (typeof openStates)[number], now: number): Promise<Waits['oldest']> {
  const found = await collection('registrations', registrationSchema)
    .where('state', '==', state)
    .orderBy('receivedAt')
    .limit(mostListed)
    .get();
  return found.docs.map((doc) => {
    const { ticket, kind, receivedAt } = doc.data();
    return { ticket, kind, state, hours: Math.floor((now - receivedAt.toMillis()) / hourMs) };
  });
}

async function waitsAt(now: number): Promise<Waits> {
  const [counts, lists, parked, unanswered, failedMails] = await Promise.all([
    Promise.all(openStates.map(async (state) => [state, await countOf('registrations', 'state', state)])),
    // What lacks something waits for its sender, not for an operator.
    Promise.all([oldestOf('PENDING_REVIEW', now), oldestOf('QUARANTINED', now)]),
    countOf('inboundMails', 'state', 'PARKED'),
    countOf('inboundMails', 'answer', 'due'),
    countOf('outbox', 'state', 'FAILED'),
  ]);
  return {
    day: koreanDayOf(now),
    counts: { PENDING_REVIEW: 0, NEEDS_INFO: 0, QUARANTINED: 0, ...Object.fromEntries(counts) },
    oldest: lists
      .flat()
      .toSorted((a, b) => b.hours - a.hours)
      .slice(0, mostListed),
    ...{ parked, unanswered, failedMails },
  };
}

/** Queues the day's mail to each of the operators' addresses. Resolves to how many are new. */
export async function sendDigest(now: number): Promise<number> {
  const addresses = operatorsMail().filter((address) => mailAddress.safeParse(address).success);
  if (addresses.length === 0) return 0;
  const waits = await waitsAt(now);
  const id = `digest-${waits.day.replaceAll('-', '')}`;
  const queued = await Promise.all(
    addresses.map((to, index) =>
      queueMailNow(index === 0 ? id : `${id}-${index + 1}`, digestLetter(to, waits)),
    ),
  );
  const sent = queued.filter((isNew) => isNew).length;
  log.info('digest.queued', { sent });
  return sent;
}
