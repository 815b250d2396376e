/** Where mail comes in over HTTP. */
import type { Response } from 'express';
import type { Request } from 'firebase-functions/v2/https';
import { providerKey } from '../platform/config.ts';
import { errorFields, log } from '../platform/log.ts';
import {
  type Adapter,
  type Delivery,
  isRefusal,
  providerAt,
  type Refusal,
  refuse,
  statusOf,
} from './delivery.ts';
import { verifyMailgun } from './mailgun.ts';
import { verifyPostmark } from './postmark.ts';
import { verifyRaw } from './rawMail.ts';
import { type Receipt, receive } from './receive.ts';
import type { InboundMail } from './schema.ts';
import { verifySendgrid } from './sendgrid.ts';

type Provider = InboundMail['provider'];

const maxBytes = 30 * 1024 * 1024;

const adapters: Readonly<Record<Provider, Adapter>> = {
  raw: verifyRaw,
  postmark: verifyPostmark,
  mailgun: verifyMailgun,
  sendgrid: verifySendgrid,
};

const deliveryFrom = (request: Request): Delivery => ({
  header: (name) => request.get(name) ?? '',
  body: request.rawBody ?? Buffer.alloc(0),
  json: request.body,
});

async function take(provider: Provider | null, request: Request, now: number): Promise<Receipt | Refusal> {
  const key = provider && providerKey(provider);
  if (!key) return refuse('NOT_FOUND');
  if (request.method !== 'POST') return refuse('METHOD_NOT_ALLOWED');
  const delivery = deliveryFrom(request);
  const verdict = await adapters[provider](delivery, key, now);
  if (isRefusal(verdict)) return verdict;
  if (delivery.body.length === 0) return refuse('EMPTY');
  if ((verdict.envelope.raw ?? delivery.body).length > maxBytes) return refuse('TOO_LARGE');
  return receive(verdict, delivery, now);
}

/**
 * `POST /inboundMail/{provider}`. 200 once the message is stored; 503 means: deliver again. Everything else is a
 * refusal in the provider's terms, see delivery.ts.
 */
export async function inboundMail(request: Request, response: Response): Promise<void> {
  const provider = providerAt(request.path);
  try {
    const taken = await take(provider, request, Date.now());
    if (isRefusal(taken)) {
      log.warn('inboundMail.refused', { provider, reason: taken.refused });
      response.status(statusOf(taken.refused, provider)).json({ error: { reason: taken.refused } });
      return;
    }
    log.info('inboundMail.taken', { provider, ...taken });
    response.status(200).json(taken);
  } catch (error) {
    log.error('inboundMail.failed', { provider, ...errorFields(error) });
    response
      .status(503)
      .set('Retry-After', '60')
      .json({ error: { reason: 'TRY_AGAIN' } });
  }
}
