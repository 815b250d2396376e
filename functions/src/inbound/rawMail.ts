/**
 * `/raw`: a relay of our own posts the message itself, `Content-Type: message/rfc822`, with a shared secret as bearer.
 * It may tell the envelope in `X-Envelope-From` and `X-Envelope-To` (addresses, separated by commas), and in
 * `X-Envelope-Spf` what SPF said of it (`pass`, `fail`, …). Pure.
 */
import { sameSecret } from '../platform/digest.ts';
import { type Adapter, addresses, genuine, refuse, spfOf } from './delivery.ts';

export const verifyRaw: Adapter = async ({ header, body }, key) => {
  const bearer = /^Bearer (.+)$/.exec(header('authorization'))?.[1] ?? '';
  if (!sameSecret(bearer, key)) return refuse('UNAUTHENTICATED');
  if (!/^message\/rfc822\b/i.test(header('content-type'))) return refuse('NOT_RFC822');
  return genuine({
    provider: 'raw',
    providerMessageId: null,
    envelopeFrom: addresses([header('x-envelope-from')])[0] ?? null,
    envelopeTo: addresses([header('x-envelope-to')]),
    spf: spfOf(header('x-envelope-spf')),
    dkim: [],
    spamScore: null,
    raw: body,
  });
};
