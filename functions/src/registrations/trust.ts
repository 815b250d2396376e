/**
 * Who a mail is really from, as far as what was proven of it (mail/proof.ts) and the addresses in it tell. Pure. A level is no
 * permission: whatever is about money, licences, owners or e-mail is confirmed by telephone all the same (route.ts).
 */
import { domainToUnicode } from 'node:url';
import { domainOf, isSameOwner, registered } from '../kernel/domains.ts';

export { domainOf };

/**
 * From the most to the least: an authenticated address we have on file; the answer to one of our tickets; a mailbox
 * anyone can open; an authenticated domain nobody has vouched for; no proof of the sender; somebody else's name.
 */
export const trustLevels = ['onFile', 'ticketReply', 'freeMail', 'aligned', 'unaligned', 'forged'] as const;
export type TrustLevel = (typeof trustLevels)[number];

export const trustSignals = [
  'NO_SENDER',
  'NOT_AUTHENTICATED',
  'SPF_FAIL',
  'DMARC_FAIL',
  'ON_FILE_BUT_NOT_ALIGNED',
  'LOOKALIKE_DOMAIN',
  'LOOKALIKE_FREE_MAIL',
  'REPLY_TO_OTHER_DOMAIN',
  'REPLY_TO_LOOKALIKE',
  'NAME_SHOWS_OTHER_ADDRESS',
  'FORWARDED_BY_OTHER',
] as const;
export type TrustSignal = (typeof trustSignals)[number];

export interface SenderFacts {
  readonly from: { readonly address: string; readonly name: string } | null;
  readonly replyTo: string | null;
  /** What was proven; `dkim` holds the domains whose signature passed. */
  readonly authentication: {
    readonly spf: string | null;
    readonly dkim: readonly string[];
    readonly dmarc: string | null;
  };
  /** Sender of the innermost forwarded message. */
  readonly forwardedFrom: string | null;
  /** The mail bears a ticket of ours that was sent to this address. */
  readonly isTicketReply: boolean;
  /** Addresses and domains of the clinic it speaks for. */
  readonly onFile: { readonly emails: readonly string[]; readonly domains: readonly string[] };
}

export interface Trust {
  readonly level: TrustLevel;
  readonly signals: readonly TrustSignal[];
}

const freeMailDomains: ReadonlySet<string> = new Set([
  ...['naver.com', 'hanmail.net', 'daum.net', 'kakao.com', 'nate.com', 'gmail.com', 'googlemail.com'],
  ...[
    'outlook.com',
    'outlook.kr',
    'hotmail.com',
    'live.com',
    'msn.com',
    'yahoo.com',
    'yahoo.co.kr',
    'icloud.com',
  ],
  ...['me.com', 'mac.com', 'empas.com', 'lycos.co.kr', 'hanmir.com', 'korea.com', 'dreamwiz.com', 'chol.com'],
  ...['paran.com', 'freechal.com', 'proton.me', 'protonmail.com', 'zoho.com', 'mail.com', 'gmx.com'],
]);

/** Whether anyone can open a mailbox there. */
export const isFreeMail = (domain: string): boolean => freeMailDomains.has(registered(domain));

const confusable: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'l', '5': 's', i: 'l', '|': 'l', ı: 'l', ł: 'l' },
  // Cyrillic and Greek letters drawn like Latin ones.
  ...{
    а: 'a',
    в: 'b',
    е: 'e',
    ё: 'e',
    һ: 'h',
    і: 'l',
    ј: 'j',
    к: 'k',
    ӏ: 'l',
    м: 'm',
    н: 'h',
    о: 'o',
    р: 'p',
  },
  ...{ с: 'c', ѕ: 's', т: 't', у: 'y', х: 'x', ԁ: 'd', ԛ: 'q', ԝ: 'w', г: 'r', п: 'n' },
  ...{ α: 'a', ο: 'o', ν: 'v', ρ: 'p', τ: 't', υ: 'u', ι: 'l', κ: 'k', χ: 'x', ɡ: 'g', ɑ: 'a' },
};

/** What a name looks like at a glance: `raon-clinlc` and `raоn-clinic` are both `raoncllnlc`. */
function skeleton(name: string): string {
  const letters = [...name.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase()];
  return letters
    .map((letter) => confusable[letter] ?? letter)
    .join('')
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
    .replace(/cl/g, 'd')
    .replace(/[-_]/g, '');
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const nameOf = (domain: string) => registered(domain).split('.')[0] ?? '';

/** A name that only looks the same, or ours as the beginning of somebody else's: `raon.kr.evil.example`. */
function isDisguised(domain: string, real: string): boolean {
  if (isSameOwner(domain, real)) return false;
  const [name, realName] = [skeleton(nameOf(domain)), skeleton(nameOf(real))];
  const isEmbedded = realName.length >= 4 && domain.startsWith(`${registered(real)}.`);
  const looksEqual = name === realName && nameOf(domain) !== nameOf(real);
  return looksEqual || isEmbedded;
}

/** Whether `domain` could be taken for `real` without being it: look-alikes, misspellings, other endings, additions. */
export function isLookAlike(domain: string, real: string): boolean {
  if (isSameOwner(domain, real)) return false;
  if (isDisguised(domain, real)) return true;
  const [name, realName] = [skeleton(nameOf(domain)), skeleton(nameOf(real))];
  if (realName.length < 4) return false;
  const allowed = realName.length >= 9 ? 2 : realName.length >= 5 ? 1 : 0;
  return editDistance(name, realName) <= allowed || name.startsWith(realName) || name.endsWith(realName);
}

const addressIn = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;

interface Addresses {
  readonly address: string;
  readonly domain: string;
  /** Domains of the clinic that are its own, of its file and of this mail. */
  readonly ownDomains: readonly string[];
  readonly isOnFile: boolean;
}

function addressesOf(facts: SenderFacts): Addresses | null {
  const address = facts.from?.address.trim().toLowerCase() ?? '';
  const domain = domainOf(address);
  if (!domain) return null;
  const emails = facts.onFile.emails.map((email) => email.trim().toLowerCase());
  const known = [...facts.onFile.domains, ...emails.map((email) => domainOf(email) ?? '')];
  const ownDomains = known
    .map((each) => domainToUnicode(each.toLowerCase()))
    .filter((each) => each !== '' && !isFreeMail(each));
  const isOnFile = emails.includes(address) || ownDomains.some((own) => isSameOwner(own, domain));
  return { address, domain, ownDomains, isOnFile };
}

type Alignment = 'aligned' | 'failed' | 'unknown';

function alignmentOf({ authentication: { spf, dkim, dmarc } }: SenderFacts, domain: string): Alignment {
  const verdict = dmarc?.toLowerCase() ?? null;
  if (verdict === 'fail') return 'failed';
  if (verdict === 'pass' || dkim.some((signer) => isSameOwner(signer, domain))) return 'aligned';
  // A signature that could not be looked up may be genuine: that proves nothing, for it or against.
  if (verdict === 'temperror') return 'unknown';
  return /fail/i.test(spf ?? '') ? 'failed' : 'unknown';
}

function signalsOf(facts: SenderFacts, who: Addresses, alignment: Alignment): TrustSignal[] {
  const { domain, address, ownDomains, isOnFile } = who;
  const reply = domainOf(facts.replyTo);
  const shown = addressIn.exec(facts.from?.name.toLowerCase() ?? '')?.[0];
  const forwarded = domainOf(facts.forwardedFrom);
  const forwardedByOther =
    forwarded !== null &&
    (isFreeMail(forwarded) || isFreeMail(domain)
      ? facts.forwardedFrom?.trim().toLowerCase() !== address
      : !isSameOwner(forwarded, domain));
  const isDiverted = reply !== null && !isSameOwner(reply, domain);
  const signals: (TrustSignal | false)[] = [
    alignment === 'unknown' && 'NOT_AUTHENTICATED',
    /fail/i.test(facts.authentication.spf ?? '') && 'SPF_FAIL',
    facts.authentication.dmarc?.toLowerCase() === 'fail' && 'DMARC_FAIL',
    isOnFile && alignment === 'failed' && 'ON_FILE_BUT_NOT_ALIGNED',
    ownDomains.some((own) => isLookAlike(domain, own)) && 'LOOKALIKE_DOMAIN',
    [...freeMailDomains].some((free) => isDisguised(domain, free)) && 'LOOKALIKE_FREE_MAIL',
    isDiverted && 'REPLY_TO_OTHER_DOMAIN',
    isDiverted && [domain, ...ownDomains].some((real) => isLookAlike(reply, real)) && 'REPLY_TO_LOOKALIKE',
    shown !== undefined && shown !== address && 'NAME_SHOWS_OTHER_ADDRESS',
    forwardedByOther && !isOnFile && 'FORWARDED_BY_OTHER',
  ];
  return signals.filter((signal) => signal !== false);
}

/** Whether the mail pretends to be from a clinic it is not from. */
function isForged(facts: SenderFacts, who: Addresses, signals: readonly TrustSignal[]): boolean {
  if (signals.includes('ON_FILE_BUT_NOT_ALIGNED') || signals.includes('REPLY_TO_LOOKALIKE')) return true;
  // Two clinics may have like names; only a domain that is drawn the same is a disguise.
  if (who.ownDomains.some((own) => isDisguised(who.domain, own))) return true;
  const shown = addressIn.exec(facts.from?.name.toLowerCase() ?? '')?.[0];
  const shownDomain = domainOf(shown);
  return (
    !who.isOnFile &&
    ((shown !== undefined && facts.onFile.emails.some((email) => email.toLowerCase() === shown)) ||
      (shownDomain !== null && who.ownDomains.some((own) => isSameOwner(own, shownDomain))))
  );
}

/** How far a mail's sender is to be believed, and what speaks against it. */
export function judgeSender(facts: SenderFacts): Trust {
  const who = addressesOf(facts);
  if (!who) return { level: 'unaligned', signals: ['NO_SENDER'] };
  const alignment = alignmentOf(facts, who.domain);
  const signals = signalsOf(facts, who, alignment);
  const level = (): TrustLevel => {
    if (isForged(facts, who, signals)) return 'forged';
    if (alignment !== 'aligned') return 'unaligned';
    if (who.isOnFile) return 'onFile';
    if (facts.isTicketReply) return 'ticketReply';
    return isFreeMail(who.domain) ? 'freeMail' : 'aligned';
  };
  return { level: level(), signals };
}
