/** Where registrations meet HTTP and Firestore events. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Response } from 'express';
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import type { Request } from 'firebase-functions/v2/https';
import { inboundMailSecret } from '../platform/config.ts';
import { errorFields, log } from '../platform/log.ts';
import { carryOutDecision } from './approval.ts';
import { takeIn } from './intake.ts';

const maxBytes = 30 * 1024 * 1024;

function matches(given: string, expected: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return expected !== '' && timingSafeEqual(digest(given), digest(expected));
}

interface Refused {
  readonly status: number;
  readonly reason: string;
}

function refusalOf(request: Request): Refused | null {
  if (request.path !== '/raw') return { status: 404, reason: 'NOT_FOUND' };
  if (request.method !== 'POST') return { status: 405, reason: 'METHOD_NOT_ALLOWED' };
  const bearer = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
  if (!matches(bearer, inboundMailSecret.value())) return { status: 401, reason: 'UNAUTHENTICATED' };
  if (!request.is('message/rfc822')) return { status: 415, reason: 'NOT_RFC822' };
  if (!request.rawBody || request.rawBody.length === 0) return { status: 400, reason: 'EMPTY' };
  return request.rawBody.length > maxBytes ? { status: 413, reason: 'TOO_LARGE' } : null;
}

/** `POST /inboundMail/raw`, body `message/rfc822`. 200 once stored; 503 means: deliver again. */
export async function inboundMail(request: Request, response: Response): Promise<void> {
  const refused = refusalOf(request);
  if (refused) {
    log.warn('inboundMail.refused', { reason: refused.reason });
    response.status(refused.status).json({ error: { reason: refused.reason } });
    return;
  }
  try {
    const receipt = await takeIn(request.rawBody);
    log.info('inboundMail.taken', { mailId: receipt.mailId, isNew: receipt.isNew });
    response.status(200).json(receipt);
  } catch (error) {
    log.error('inboundMail.failed', errorFields(error));
    response
      .status(503)
      .set('Retry-After', '60')
      .json({ error: { reason: 'TRY_AGAIN' } });
  }
}

/** `registrations/{registrationId}` changed: acts only when `decision` did. */
export async function onRegistrationDecided(
  event: FirestoreEvent<Change<DocumentSnapshot> | undefined>,
): Promise<void> {
  const before: unknown = event.data?.before.get('decision') ?? null;
  const after: unknown = event.data?.after.get('decision') ?? null;
  const id = event.data?.after.id;
  if (!id || after === null || before === after) return;
  await carryOutDecision(id);
}
