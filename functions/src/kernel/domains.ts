/** Domains of addresses, and who owns them. */
import { domainToUnicode } from 'node:url';

// Two-label public suffixes clinics register under; a full list would be a dependency for one question.
const secondLevel = /\.(co|or|go|ac|re|ne|pe|hs|ms|es|sc|kg|mil|seoul|busan|com|net|org)\.[a-z]{2}$/;

const localAndDomain = /^[^\s@<>]+@([^\s@<>]+)$/;

const inUnicode = (domain: string): string => domainToUnicode(domain) || domain;

/** The domain of an address, in Unicode, lower case; null when it is no address. */
export function domainOf(address: string | null | undefined): string | null {
  const domain = localAndDomain.exec((address ?? '').trim().toLowerCase())?.[1]?.replace(/\.+$/, '');
  return domain ? inUnicode(domain.normalize('NFKC')) : null;
}

/** `mail.raon.co.kr` → `raon.co.kr`: what somebody registered. */
export function registered(domain: string): string {
  const labels = domain.split('.');
  return labels.slice(secondLevel.test(domain) ? -3 : -2).join('.');
}

/** Same owner: equal, or one below the other's registered domain (DMARC's relaxed alignment). */
export const isSameOwner = (a: string, b: string): boolean =>
  registered(inUnicode(a.toLowerCase())) === registered(inUnicode(b.toLowerCase()));
