/**
 * Who vouches for the sender of a mail that was stored: its provider, our servers, DNS. What the message says of itself
 * is only looked at where one of ours must have written it.
 */
import { addressesOf, headerValues, type RawHeader } from '../mail/headers.ts';
import type { Authentication } from '../mail/message.ts';
import { headersOf } from '../mail/mime.ts';
import { authenticationOf, nobodysWord } from '../mail/origin.ts';
import { isSettled, spfSpeaksFor, vouchedFor, withOwn } from '../mail/proof.ts';
import { verify } from '../mail/verify.ts';
import { trustedServers } from '../platform/config.ts';
import { resolver } from '../platform/dns.ts';
import { log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { inboundMailSchema } from './schema.ts';

/** A header that is larger has been blown up by somebody who is not worth the time of reading it. */
const maxHeader = 256 * 1024;
const dnsWithinMs = 12_000;

/** The only author; null when there are several, as nobody can vouch for all. */
function authorOf(headers: readonly RawHeader[]): string | null {
  const [author, ...others] = addressesOf(headers, 'from');
  return headerValues(headers, 'from').length === 1 && others.length === 0 ? (author?.address ?? null) : null;
}

/** What is proven of the sender of a stored mail. Rejects when Firestore does; trouble with DNS proves nothing. */
export async function proveSender(mailId: string, raw: Buffer, now: number): Promise<Authentication> {
  const told = (await collection('inboundMails', inboundMailSchema).doc(mailId).get()).data();
  const headers = headersOf(raw, maxHeader);
  const from = headers && authorOf(headers);
  if (!told || !from) return { ...nobodysWord, spf: told?.spf ?? null };
  const others = vouchedFor(from, told, authenticationOf(headers, trustedServers()));
  if (isSettled(others, from)) return others;
  const isSpfOut = spfSpeaksFor(from, told) === false;
  const own = await verify(raw, headers, from, { isSpfOut, resolve: resolver(dnsWithinMs), now });
  if (own.dmarc === 'temperror') log.warn('readMail.unproven', { mailId });
  return withOwn(from, others, own);
}
