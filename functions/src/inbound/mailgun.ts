/**
 * `/mailgun/mime`: a route's `forward("…/mime")` posts a form with the message in `body-mime`. Signed is
 * `timestamp + token` only, not the message: hence the two minutes, and hence a token serves one message. Pure.
 * https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/receive-http
 */
import { createHmac } from 'node:crypto';
import { sameSecret } from '../platform/digest.ts';
import { type Adapter, addresses, genuine, refuse, signedAt } from './delivery.ts';
import { readForm } from './form.ts';

const freshMs = 120_000;

export const verifyMailgun: Adapter = async ({ header, body }, key, now) => {
  const form = await readForm(body, header('content-type'));
  const field = (name: string) => form?.get(name)?.toString() ?? '';
  const [timestamp, token] = [field('timestamp'), field('token')];
  const at = signedAt(timestamp);
  const signature = createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex');
  const isSigned = sameSecret(field('signature').toLowerCase(), signature);
  if (at === null || token === '' || !isSigned) return refuse('UNAUTHENTICATED');
  const message = form?.get('body-mime');
  return genuine(
    {
      provider: 'mailgun',
      providerMessageId: null,
      envelopeFrom: addresses([field('sender')])[0] ?? null,
      envelopeTo: addresses([field('recipient')]),
      // Mailgun writes its findings into the header of the message, where the sender may have written them.
      spf: null,
      dkim: [],
      spamScore: null,
      raw: message && message.length > 0 ? message : null,
    },
    { value: token, isStale: Math.abs(now - at) > freshMs },
  );
};
