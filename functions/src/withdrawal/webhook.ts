/**
 * Kakao’s webhooks (contracts sheet §1.5): `/unlink`, a form or a query with our admin key, and `/account`, a signed
 * security event token. Kakao waits three seconds and tells once: what is genuine is stored and answered, and acted upon
 * by the trigger on what was stored. The nightly reconciliation finds what was never told.
 */
import type { Response } from 'express';
import type { Request } from 'firebase-functions/v2/https';
import { decodeJwt, type JWTPayload } from 'jose';
import { z } from 'zod';
import { kakaoClaims, kakaoIssuer } from '../accounts/oidc.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { kakaoAdminKey, kakaoAppIds } from '../platform/config.ts';
import { digest, sameSecret } from '../platform/digest.ts';
import { AppError } from '../platform/errors.ts';
import { db, isAlreadyThere, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { purgeOn } from '../retention/retention.ts';
import { type WebhookEvent, webhookEventSchema } from './schema.ts';

export const webhookEvents = () => collection('webhookEvents', webhookEventSchema);

type Told = Pick<WebhookEvent, 'kind' | 'kakaoId' | 'fields'> & {
  /** What makes the event the same when it is told again. */
  readonly key: string;
  readonly occurredAt: number;
};

/** Stores what was told. Told again after it was acted upon, it is acted upon again: that changes nothing by itself. */
async function store({ key, kind, kakaoId, fields, occurredAt }: Told): Promise<void> {
  const now = Timestamp.now();
  const ref = webhookEvents().doc(digest('webhook', key));
  const event: WebhookEvent = {
    ...{ provider: 'kakao', kind, kakaoId, fields, state: 'RECEIVED', outcome: null, receivedAt: now },
    occurredAt: Timestamp.fromMillis(occurredAt),
    purgeOn: purgeOn('visit', koreanDayOf(now.toMillis())),
  };
  await ref.create(event).catch(async (error: unknown) => {
    if (!isAlreadyThere(error)) throw error;
    await db().runTransaction(async (tx) => {
      if ((await tx.get(ref)).data()?.state !== 'RECEIVED') tx.set(ref, event);
    });
  });
}

const shortText = z.string().max(300).optional().catch(undefined);
const formSchema = z.object({
  app_id: shortText,
  user_id: shortText,
  referrer_type: shortText,
  group_user_token: shortText,
});

const memberNumber = (value: unknown): number | null =>
  typeof value === 'string' && /^[1-9]\d{0,15}$/.test(value) ? Number(value) : null;

function unlinkTold(request: Request): Told {
  const raw: unknown = request.method === 'GET' ? request.query : request.body;
  const form = formSchema.catch({}).parse(raw);
  const now = Date.now();
  const isOurs = form.app_id !== undefined && kakaoAppIds.value().includes(form.app_id);
  const fields = { app_id: form.app_id ?? '', referrer_type: form.referrer_type ?? '' };
  return {
    key: `unlink\n${form.user_id ?? ''}\n${fields.app_id}\n${fields.referrer_type}\n${koreanDayOf(now)}`,
    kind: isOurs ? 'unlink' : 'unlink-of-another-app',
    kakaoId: memberNumber(form.user_id),
    fields,
    occurredAt: now,
  };
}

/** 200 whatever becomes of it, as Kakao asks; 401 to whoever does not know our admin key. */
async function answerUnlink(request: Request, response: Response): Promise<void> {
  const key = /^KakaoAK (\S+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
  if (!sameSecret(key, kakaoAdminKey.value())) {
    log.warn('kakaoWebhook.refused', { reason: 'UNAUTHENTICATED' });
    response.status(401).json({ error: { reason: 'UNAUTHENTICATED' } });
    return;
  }
  await store(unlinkTold(request)).catch((error: unknown) => {
    log.error('kakaoWebhook.lost', errorFields(error));
  });
  response.status(200).end();
}

const maxTokenLength = 16_384;
const oldestMs = 12 * 3_600_000;
const newestMs = 60_000;

const eventSchema = z.looseObject({ subject: z.looseObject({ sub: z.string() }).optional() });
const eventsSchema = z.record(z.string(), z.unknown());

function accountTold(claims: JWTPayload): Told | null {
  const issuedAt = (claims.iat ?? 0) * 1000;
  const now = Date.now();
  const [type, detail] = Object.entries(eventsSchema.catch({}).parse(claims.events))[0] ?? [];
  if (type === undefined || issuedAt < now - oldestMs || issuedAt > now + newestMs) return null;
  const parsed = eventSchema.safeParse(detail);
  const sub = (parsed.success ? parsed.data.subject?.sub : undefined) ?? claims.sub;
  const toe = z.number().safeParse(claims.toe);
  return {
    key: `account\n${claims.jti}`,
    kind: (type.split('/').at(-1) ?? type).slice(0, 60),
    kakaoId: memberNumber(sub),
    fields: { type: type.slice(0, 300), jti: String(claims.jti).slice(0, 300) },
    occurredAt: toe.success ? toe.data * 1000 : issuedAt,
  };
}

interface Rejection {
  readonly err: 'invalid_request' | 'invalid_key' | 'invalid_issuer' | 'invalid_audience';
  readonly description: string;
}

const rejections = {
  request: { err: 'invalid_request', description: 'The body is not a current security event token.' },
  key: { err: 'invalid_key', description: 'The signature is not by a key of the issuer.' },
  issuer: { err: 'invalid_issuer', description: 'The issuer is not Kakao.' },
  audience: { err: 'invalid_audience', description: 'The audience is not an app of ours.' },
} as const satisfies Record<string, Rejection>;

/** What was wrong with a token that could not be trusted, for the sender alone. */
function rejectionOf(token: string, error: AppError): Rejection {
  if (error.reason === 'KAKAO_WRONG_APP') return rejections.audience;
  try {
    return decodeJwt(token).iss === kakaoIssuer ? rejections.key : rejections.issuer;
  } catch {
    return rejections.request;
  }
}

async function readToken(token: string): Promise<Told | Rejection> {
  if (token === '' || token.length > maxTokenLength) return rejections.request;
  try {
    return accountTold(await kakaoClaims(token, 'secevent+jwt')) ?? rejections.request;
  } catch (error) {
    if (!(error instanceof AppError) || error.reason === 'KAKAO_UNAVAILABLE') throw error;
    return rejectionOf(token, error);
  }
}

/** 202 once stored; 400 as RFC 8935 has it; 503 when Kakao’s keys or our store cannot be reached. */
async function answerAccount(request: Request, response: Response): Promise<void> {
  try {
    const read = await readToken((request.rawBody ?? Buffer.alloc(0)).toString('utf8').trim());
    if ('err' in read) {
      log.warn('kakaoWebhook.refused', { reason: read.err });
      response.status(400).json(read);
      return;
    }
    await store(read);
    response.status(202).end();
  } catch (error) {
    log.error('kakaoWebhook.lost', errorFields(error));
    response.status(503).set('Retry-After', '60').end();
  }
}

interface Route {
  readonly methods: readonly string[];
  readonly answer: (request: Request, response: Response) => Promise<void>;
}
const routes: Readonly<Record<string, Route>> = {
  '/unlink': { methods: ['GET', 'POST'], answer: answerUnlink },
  '/account': { methods: ['POST'], answer: answerAccount },
};

/** `GET|POST /kakaoWebhook/unlink` and `POST /kakaoWebhook/account`. */
export async function kakaoWebhook(request: Request, response: Response): Promise<void> {
  const route = routes[request.path];
  if (!route) response.status(404).json({ error: { reason: 'NOT_FOUND' } });
  else if (!route.methods.includes(request.method)) {
    response.status(405).json({ error: { reason: 'METHOD_NOT_ALLOWED' } });
  } else await route.answer(request, response);
}
