/** Who a message comes from and how far that is vouched for; whether a machine wrote it. */
import { addressesOf, headerValue, headerValues, parseParameters, type RawHeader } from './headers.ts';
import type { Authentication, Message } from './message.ts';

/** Without comments, however deep they nest. */
function uncommented(value: string): string {
  let [before, after] = ['', value.slice(0, 20_000)];
  while (before !== after) [before, after] = [after, after.replace(/\([^()]*\)/g, ' ')];
  return after;
}

const isOneOf = (server: string, servers: readonly string[]): boolean =>
  servers.some((each) => server === each || server.endsWith(`.${each}`));

/** Headers from the top down to where a server that is not ours took the mail in: below, a sender may have written. */
function ownBlock(headers: readonly RawHeader[], servers: readonly string[]): readonly RawHeader[] {
  const isForeign = ({ name, value }: RawHeader) =>
    name === 'received' &&
    !isOneOf(/\bby\s+([^\s;]+)/i.exec(uncommented(value))?.[1]?.toLowerCase() ?? '', servers);
  const end = headers.findIndex(isForeign);
  return end === -1 ? headers : headers.slice(0, end);
}

/** Nobody has vouched for anything. */
export const nobodysWord: Authentication = { server: null, spf: null, dkim: [], dmarc: null };

/**
 * What servers of ours (their authserv-ids, lower case) wrote into Authentication-Results. Only the topmost is read,
 * and only above what others may have written: anybody can write any number of them, in anybody's name.
 */
export function authenticationOf(headers: readonly RawHeader[], servers: readonly string[]): Authentication {
  const written = headerValue(ownBlock(headers, servers), 'authentication-results') ?? '';
  const [id = '', ...results] = uncommented(written).split(';');
  const server = id.trim().split(/\s/)[0]?.toLowerCase() ?? '';
  if (!servers.includes(server)) return nobodysWord;
  const verdicts = results.map((result) => ({
    verdict: /^\s*([a-z]+)(?:\/\d+)?\s*=\s*([a-z]+)/i.exec(result),
    domain: /\bheader\.(?:d\s*=\s*|i\s*=\s*[^\s@]*@)([\w.-]+)/i.exec(result)?.[1]?.toLowerCase(),
  }));
  const of = (method: string) => verdicts.filter(({ verdict }) => verdict?.[1]?.toLowerCase() === method);
  const first = (method: string) => of(method)[0]?.verdict?.[2]?.toLowerCase() ?? null;
  const passed = of('dkim').filter(({ verdict }) => verdict?.[2]?.toLowerCase() === 'pass');
  return {
    server,
    spf: first('spf'),
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
