/**
 * Whose word a mail's sender rests on. Pure. A message says what it likes of itself; believed is, in this order, the
 * provider that handed it to us, outside the message; a server of ours that wrote above it; and what we verify
 * ourselves (verify.ts).
 */
import { domainOf, isSameOwner } from '../kernel/domains.ts';
import type { Authentication } from './message.ts';

/** What a provider told beside the message. */
export interface Handover {
  readonly provider: string;
  /** RFC 7208's words. */
  readonly spf: string | null;
  /** `domain=result`. */
  readonly dkim: readonly string[];
  readonly envelopeFrom: string | null;
}

/** What we found out ourselves; `dkim` holds the domains whose signature passed. */
export type Verified = Pick<Authentication, 'dkim' | 'dmarc'>;

const union = (...lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())];

/**
 * Whether SPF speaks for the domain of `from`; null when that cannot be known, because nobody looked or the look-up
 * failed. A sender of the envelope from elsewhere cannot speak for it, whatever was found.
 */
export function spfSpeaksFor(from: string, { spf, envelopeFrom }: Handover): boolean | null {
  const [author, sender] = [domainOf(from), domainOf(envelopeFrom)];
  if (author === null || (sender !== null && !isSameOwner(sender, author))) return false;
  if (spf === 'pass') return sender === null ? null : true;
  return spf === null || spf === 'temperror' ? null : false;
}

const isSignedBy = (dkim: readonly string[], from: string): boolean => {
  const author = domainOf(from);
  return author !== null && dkim.some((signer) => isSameOwner(signer, author));
};

/** Whether nothing we could find out would change what is known of the sender. */
export const isSettled = ({ dkim, dmarc }: Authentication, from: string): boolean =>
  dmarc === 'pass' || dmarc === 'fail' || isSignedBy(dkim, from);

/** What others vouch for. `written` is what our servers wrote into the message; `from` the only author. */
export function vouchedFor(from: string, told: Handover, written: Authentication): Authentication {
  const signers = told.dkim.flatMap((each) => /^(.+)=pass$/.exec(each)?.[1] ?? []);
  const passes = isSignedBy(signers, from) || spfSpeaksFor(from, told) === true;
  const hasTold = told.spf !== null || told.dkim.length > 0;
  return {
    server: hasTold && (passes || written.server === null) ? told.provider : written.server,
    spf: told.spf ?? written.spf,
    dkim: union(signers, written.dkim),
    dmarc: passes ? 'pass' : written.dmarc,
  };
}

/** Adds what we found out where others have left it open. */
export function withOwn(from: string, others: Authentication, own: Verified): Authentication {
  const isDecisive = isSignedBy(own.dkim, from) || own.dmarc === 'pass' || own.dmarc === 'fail';
  return {
    ...others,
    server: isDecisive || (others.server === null && own.dmarc !== null) ? 'self' : others.server,
    dkim: union(others.dkim, own.dkim),
    dmarc: own.dmarc ?? others.dmarc,
  };
}
