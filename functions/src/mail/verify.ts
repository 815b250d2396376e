/**
 * Whether a message was signed by its author's domain (DKIM, RFC 6376), and what that domain wants done with mail that
 * was not (DMARC, RFC 9989). mailauth does both; ours is what may be asked of it, as a message is written by anybody:
 * every signature costs a pass over the body and a look-up.
 */

import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { dmarc } from 'mailauth/lib/dmarc/index.js';
import { domainOf, isSameOwner } from '../kernel/domains.ts';
import { headerValues, type RawHeader } from './headers.ts';
import type { Verified } from './proof.ts';

/** Records of a name, each as its strings. Rejects with a code: ENOTFOUND and ENODATA are answers, all else trouble. */
export type Resolve = (name: string, type: string) => Promise<string[][]>;

const maxSignatures = 5;
/** mailauth takes time that grows with the square of a line, and with every line. Mail that passes through servers has
 * lines of at most 1,000 bytes; 25 MB of attachments have 350,000. */
const maxLine = 500_000;
const maxLines = 2_000_000;
/** Of which a second, written above the signed one, would be the one that is read. */
const singular = ['from', 'subject', 'reply-to', 'content-type', 'content-transfer-encoding', 'mime-version'];

const isAmbiguous = (headers: readonly RawHeader[]): boolean =>
  singular.some((name) => headerValues(headers, name).length > 1);

/** Whether a signature over the message can be verified in a few seconds. */
function isPlausible(raw: Buffer): boolean {
  let from = 0;
  for (let lines = 0; lines < maxLines; lines += 1) {
    const end = raw.indexOf(0x0a, from);
    if ((end === -1 ? raw.length : end) - from > maxLine) return false;
    if (end === -1) return true;
    from = end + 1;
  }
  return false;
}

interface Signatures {
  readonly passed: readonly string[];
  /** One that may be the author's could not be looked up. */
  readonly isOpen: boolean;
}

async function signaturesOf(
  raw: Buffer,
  headers: readonly RawHeader[],
  author: string,
  resolve: Resolve,
  now: number,
): Promise<Signatures> {
  const count = headerValues(headers, 'dkim-signature').length;
  const isWorthIt = count > 0 && count <= maxSignatures && !isAmbiguous(headers) && isPlausible(raw);
  if (!isWorthIt) return { passed: [], isOpen: false };
  const { results } = await dkimVerify(raw, {
    resolver: resolve,
    curTime: new Date(now),
    rejectRsaSha1: true,
  }).catch(() => ({ results: [] }));
  const of = (wanted: string) =>
    results.filter(({ status, signingDomain }) => status.result === wanted && signingDomain);
  // What a signature with a length leaves out, anybody may have added.
  const passed = of('pass').filter(({ canonBodyLengthLimited }) => !canonBodyLengthLimited);
  return {
    passed: passed.map(({ signingDomain = '' }) => signingDomain.toLowerCase()),
    isOpen: of('temperror').some(({ signingDomain = '' }) => isSameOwner(signingDomain, author)),
  };
}

/** What the domain wants: `fail` only where it asks for mail that fails to be refused or set aside. */
async function policyOf(
  from: string,
  signers: readonly string[],
  resolve: Resolve,
): Promise<Verified['dmarc']> {
  const dkimDomains = signers.map((domain) => ({ domain }));
  const found = await dmarc({ headerFrom: [from], dkimDomains, resolver: resolve });
  if (!found) return null;
  const { result } = found.status;
  if (result === 'fail') return found.policy === 'none' ? 'none' : 'fail';
  return result === 'pass' || result === 'temperror' ? result : 'none';
}

/**
 * Verifies what a message says of its author `from`, its only one. DMARC can fail a mail only when SPF is known not to
 * speak for it (`isSpfOut`): we never see the client it came from. `now`: epoch ms. Never rejects over the message or
 * over DNS: what could not be looked up is `temperror`.
 */
export async function verify(
  raw: Buffer,
  headers: readonly RawHeader[],
  from: string,
  { isSpfOut, resolve, now }: { readonly isSpfOut: boolean; readonly resolve: Resolve; readonly now: number },
): Promise<Verified> {
  const author = domainOf(from);
  if (author === null) return { dkim: [], dmarc: null };
  const { passed, isOpen } = await signaturesOf(raw, headers, author, resolve, now);
  if (passed.some((signer) => isSameOwner(signer, author))) return { dkim: passed, dmarc: 'pass' };
  if (isOpen) return { dkim: passed, dmarc: 'temperror' };
  return { dkim: passed, dmarc: isSpfOut ? await policyOf(from, passed, resolve) : null };
}
