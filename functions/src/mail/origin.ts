/** Who a message comes from and how far that is vouched for; whether a machine wrote it. */
import { addressesOf, headerValue, headerValues, parseParameters, type RawHeader } from './headers.ts';
import type { Authentication, Message } from './message.ts';

const uncommented = (value: string): string => value.replace(/\([^()]*\)/g, ' ');

/**
 * What our receiving provider checked. Only the topmost Authentication-Results is read: providers put theirs above
 * what the sender sent, and the sender can write any number of them below.
 */
export function authenticationOf(headers: readonly RawHeader[]): Authentication {
  const [server = '', ...results] = uncommented(headerValue(headers, 'authentication-results') ?? '').split(
    ';',
  );
  const verdicts = results.map((result) => ({
    verdict: /^\s*([a-z]+)(?:\/\d+)?\s*=\s*([a-z]+)/i.exec(result),
    domain: /\bheader\.(?:d\s*=\s*|i\s*=\s*[^\s@]*@)([\w.-]+)/i.exec(result)?.[1]?.toLowerCase(),
  }));
  const of = (method: string) => verdicts.filter(({ verdict }) => verdict?.[1]?.toLowerCase() === method);
  const first = (method: string) => of(method)[0]?.verdict?.[2]?.toLowerCase() ?? null;
  const passed = of('dkim').filter(({ verdict }) => verdict?.[2]?.toLowerCase() === 'pass');
  const receivedSpf = /^[a-z]+/i.exec(headerValue(headers, 'received-spf') ?? '')?.[0].toLowerCase() ?? null;
  return {
    server: server.trim().split(/\s/)[0] || null,
    spf: first('spf') ?? receivedSpf,
    dkim: [...new Set(passed.flatMap(({ domain }) => (domain ? [domain] : [])))],
    dmarc: first('dmarc'),
  };
}

const machineNames = /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|auto-?reply|bounces?)([+=_-].*)?@/;

/** Whether a person waits for an answer. Null: as far as we can tell, yes. */
export function automaticOf(headers: readonly RawHeader[]): Message['automatic'] {
  const value = (name: string) => (headerValue(headers, name) ?? '').trim().toLowerCase();
  const type = parseParameters(value('content-type'));
  const sender = addressesOf(headers, 'from')[0]?.address ?? '';
  const isReport = type.value === 'multipart/report' && !value('auto-submitted').startsWith('auto-replied');
  if (isReport || /^(mailer-daemon|postmaster)@/.test(sender) || value('x-failed-recipients'))
    return 'bounce';
  const submitted = value('auto-submitted');
  const precedence = value('precedence');
  const isAuto =
    (submitted !== '' && !submitted.startsWith('no')) ||
    /auto.?reply/.test(precedence) ||
    /\b(all|autoreply)\b/.test(value('x-auto-response-suppress')) ||
    ['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) => value(name) !== '') ||
    machineNames.test(sender);
  if (isAuto) return 'auto';
  const isList = ['list-id', 'list-unsubscribe', 'list-post'].some(
    (name) => headerValues(headers, name).length > 0,
  );
  if (isList || /^(bulk|list|junk)/.test(precedence)) return 'bulk';
  return /^<\s*>$/.test(value('return-path')) ? 'bounce' : null;
}
