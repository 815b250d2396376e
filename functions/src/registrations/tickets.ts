/**
 * Tickets, `DP-YYYYMMDD-NNNN`. A counter would be one document that every mail of the day waits for; so a ticket is
 * drawn instead, by the registration's id, and belongs to who is first to write its document. They do not tell how
 * many came before, nor can the next one be guessed.
 */
import { createHash } from 'node:crypto';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { ticketSchema } from './models.ts';

/** Numbers of four digits first; where those of a day run out, longer ones. */
const digitsAt = (draw: number) => (draw < 4 ? 4 : draw < 8 ? 5 : 8);

/** The ticket of a registration's n-th draw (from 0) on a Korean day. Pure. */
export function drawn(registrationId: string, day: string, draw: number): string {
  const digits = digitsAt(draw);
  const hash = createHash('sha256').update(`${registrationId}\n${draw}`).digest();
  const number = (hash.readUIntBE(0, 6) % (10 ** digits - 1)) + 1;
  return `DP-${day.replaceAll('-', '')}-${String(number).padStart(digits, '0')}`;
}

const tickets = () => collection('tickets', ticketSchema);

/**
 * Draws a ticket for each registration; reads only (one document each, more where another has the number). The writes
 * are for the caller to let follow: a transaction reads before it writes.
 */
export async function drawTickets(
  tx: Transaction,
  registrationIds: readonly string[],
  day: string,
): Promise<{ readonly tickets: ReadonlyMap<string, string>; readonly write: () => void }> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  let waiting = [...registrationIds];
  for (let draw = 0; waiting.length > 0; draw += 1) {
    const candidates = waiting.map((id) => [id, drawn(id, day, draw)] as const);
    const stored = await tx.getAll(...candidates.map(([, ticket]) => tickets().doc(ticket)));
    for (const { id, exists } of stored) if (exists) taken.add(id);
    for (const [id, ticket] of candidates) {
      if (taken.has(ticket)) continue;
      taken.add(ticket);
      found.set(id, ticket);
    }
    waiting = waiting.filter((id) => !found.has(id));
  }
  const write = () => {
    const createdAt = Timestamp.now();
    for (const [registrationId, ticket] of found)
      tx.create(tickets().doc(ticket), { registrationId, createdAt });
  };
  return { tickets: found, write };
}

/** The registration a ticket was given to; one read. */
export async function registrationOf(ticket: string): Promise<string | null> {
  const stored = await db().doc(`tickets/${ticket}`).get();
  return ticketSchema.safeParse(stored.data()).data?.registrationId ?? null;
}
