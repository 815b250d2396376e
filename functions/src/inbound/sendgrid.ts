/**
 * `/sendgrid`: Inbound Parse with "POST the raw, full MIME message" on and a signature policy. A form with the message
 * in `email`; signed is the timestamp with the whole body, by ECDSA (P-256, SHA-256). Pure.
 * https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/securing-your-parse-webhooks
 */
import { createPublicKey, createVerify } from 'node:crypto';
import { z } from 'zod';
import { type Adapter, addresses, genuine, refuse, scoreOf, signedAt, spfOf } from './delivery.ts';
import { readForm } from './form.ts';

const windowMs = 300_000;
const signatureHeader = 'x-twilio-email-event-webhook-signature';
const timestampHeader = 'x-twilio-email-event-webhook-timestamp';

function isSigned(body: Buffer, timestamp: string, signature: string, key: string): boolean {
  const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
  try {
    return createVerify('sha256').update(timestamp).update(body).verify(publicKey, signature, 'base64');
  } catch {
    return false;
  }
}

const people = z.object({ to: z.array(z.string()).catch([]), from: z.string().catch('') });

function peopleOf(envelope: string): z.infer<typeof people> {
  try {
    return people.parse(JSON.parse(envelope));
  } catch {
    return { to: [], from: '' };
  }
}

/** `{@raon.example : pass, @mailer.example : fail}` */
function dkimOf(said: string): string[] {
  return [...said.matchAll(/@([a-z0-9.-]{1,253})\s*:\s*([a-z]{1,20})/gi)]
    .slice(0, 10)
    .map(([, domain, result]) => `${domain}=${result}`.toLowerCase());
}

export const verifySendgrid: Adapter = async ({ header, body }, key, now) => {
  const timestamp = header(timestampHeader);
  const at = signedAt(timestamp);
  if (at === null || !isSigned(body, timestamp, header(signatureHeader), key)) {
    return refuse('UNAUTHENTICATED');
  }
  if (Math.abs(now - at) > windowMs) return refuse('STALE');
  const form = await readForm(body, header('content-type'));
  const field = (name: string) => form?.get(name)?.toString() ?? '';
  const { from, to } = peopleOf(field('envelope'));
  const message = form?.get('email');
  return genuine({
    provider: 'sendgrid',
    providerMessageId: null,
    envelopeFrom: addresses([from])[0] ?? null,
    envelopeTo: addresses(to),
    spf: spfOf(field('SPF')),
    dkim: dkimOf(field('dkim')),
    spamScore: scoreOf(field('spam_score')),
    raw: message && message.length > 0 ? message : null,
  });
};
