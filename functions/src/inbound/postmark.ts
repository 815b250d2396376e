/**
 * `/postmark`: JSON with the message in `RawEmail` ("Include raw email content in JSON payload" must be on). Postmark
 * signs nothing: the URL holds user and password, which arrive as Basic credentials. Pure.
 * https://postmarkapp.com/developer/webhooks/inbound-webhook
 */
import { z } from 'zod';
import { sameSecret } from '../platform/digest.ts';
import { type Adapter, addresses, genuine, refuse, scoreOf, spfOf } from './delivery.ts';

const word = z.string().optional().catch(undefined);
const posted = z
  .object({
    MessageID: word,
    From: word,
    OriginalRecipient: word,
    RawEmail: word,
    Headers: z.array(z.object({ Name: z.string(), Value: z.string() })).catch([]),
  })
  .catch({ Headers: [] });

const ownHeaders = /^(X-Spam-[a-z-]+|Received-SPF)$/i;

/**
 * What Postmark found out stands in headers, above those of the message. Whoever writes a mail may write such headers
 * too: they are believed only as long as nothing else has come before them.
 */
function findings(headers: readonly { readonly Name: string; readonly Value: string }[]) {
  const end = headers.findIndex(({ Name }) => !ownHeaders.test(Name));
  const found = new Map<string, string>();
  for (const { Name, Value } of headers.slice(0, end < 0 ? headers.length : end)) {
    if (!found.has(Name.toLowerCase())) found.set(Name.toLowerCase(), Value);
  }
  return found;
}

/** SpamAssassin names no domain except by `_AU`: signed by the author's. */
function dkimOf(tests: string, from: string | null): string[] {
  const domain = from?.split('@')[1];
  if (!domain) return [];
  if (/\bDKIM_VALID_AU\b/.test(tests)) return [`${domain}=pass`];
  return /\bDKIM_INVALID\b/.test(tests) ? [`${domain}=fail`] : [];
}

export const verifyPostmark: Adapter = async ({ header, json }, key) => {
  const encoded = /^Basic ([A-Za-z0-9+/=_-]+)$/i.exec(header('authorization'))?.[1] ?? '';
  if (!sameSecret(Buffer.from(encoded, 'base64').toString(), key)) return refuse('UNAUTHENTICATED');
  const mail = posted.parse(json);
  const found = findings(mail.Headers);
  const spf = found.get('received-spf');
  const author = addresses([mail.From ?? ''])[0] ?? null;
  return genuine({
    provider: 'postmark',
    providerMessageId: mail.MessageID?.slice(0, 200) || null,
    envelopeFrom: addresses([/\benvelope-from=([^;\s]+)/i.exec(spf ?? '')?.[1] ?? ''])[0] ?? null,
    envelopeTo: addresses([mail.OriginalRecipient ?? '']),
    spf: spfOf(spf),
    dkim: dkimOf(found.get('x-spam-tests') ?? '', author),
    spamScore: scoreOf(found.get('x-spam-score')),
    raw: mail.RawEmail ? Buffer.from(mail.RawEmail) : null,
  });
};
