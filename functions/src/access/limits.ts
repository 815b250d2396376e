/**
 * Rate limits. Two kinds: `here` counts in the memory of an instance, costs nothing and blunts floods (with n
 * instances up to n times as much passes); `everywhere` counts in Firestore, exactly, for one read and one write,
 * and guards what is rare and dear: codes, sign-ups, searches.
 */
import type { CallableRequest } from 'firebase-functions/v2/https';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import { digest } from '../platform/digest.ts';
import { AppError } from '../platform/errors.ts';
import { db, Timestamp, type Transaction } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { addressOf } from './access.ts';
import { rateLimitSchema } from './schema.ts';

interface Limit {
  readonly most: number;
  readonly perSeconds: number;
}

/** Addresses are generous: Korean carriers put thousands of phones behind one. */
export const limitsHere = {
  signInByAddress: { most: 300, perSeconds: 60 },
  callByPerson: { most: 60, perSeconds: 60 },
  searchByAddress: { most: 300, perSeconds: 60 },
  searchByPerson: { most: 60, perSeconds: 60 },
  viewByAddress: { most: 600, perSeconds: 60 },
  webhookByAddress: { most: 600, perSeconds: 60 },
} as const satisfies Record<string, Limit>;

export const limitsEverywhere = {
  signUpByAddress: { most: 100, perSeconds: 3600 },
  codeByAddress: { most: 300, perSeconds: 3600 },
  mailToPerson: { most: 6, perSeconds: 3600 },
  mailToPersonDaily: { most: 15, perSeconds: 86_400 },
  orderByPerson: { most: 30, perSeconds: 3600 },
  searchByOperator: { most: 300, perSeconds: 3600 },
  inviteByPerson: { most: 50, perSeconds: 86_400 },
} as const satisfies Record<string, Limit>;

const limiters = new Map<string, Promise<RateLimiterMemory>>();

async function makeLimiter({ most, perSeconds }: Limit): Promise<RateLimiterMemory> {
  const { RateLimiterMemory } = await import('rate-limiter-flexible');
  return new RateLimiterMemory({ points: most, duration: perSeconds });
}

/** One limiter per name: those who come while it is being made share it. */
function limiterFor(name: keyof typeof limitsHere): Promise<RateLimiterMemory> {
  const limiter = limiters.get(name) ?? makeLimiter(limitsHere[name]);
  limiters.set(name, limiter);
  return limiter;
}

const tooMany = (retryAfterMs: number) =>
  new AppError('TOO_MANY_REQUESTS', { retryAfterMs: Math.max(1_000, Math.ceil(retryAfterMs)) });

/** The address of a callable's caller. */
export const callerAddress = ({ rawRequest }: CallableRequest<unknown>): string =>
  addressOf(rawRequest.get('x-forwarded-for'), rawRequest.socket?.remoteAddress);

/** Takes one use in this instance; TOO_MANY_REQUESTS when there is none left. */
export async function limitHere(name: keyof typeof limitsHere, key: string): Promise<void> {
  const limiter = await limiterFor(name);
  await limiter.consume(key).catch((refused: unknown) => {
    if (refused instanceof Error) throw refused;
    const wait =
      typeof refused === 'object' && refused !== null && 'msBeforeNext' in refused
        ? Number(refused.msBeforeNext)
        : 60_000;
    throw tooMany(wait);
  });
}

/** Takes one use across all instances; TOO_MANY_REQUESTS when there is none left. One read, one write. */
export async function limitEverywhere(
  name: keyof typeof limitsEverywhere,
  key: string,
  now = Date.now(),
): Promise<void> {
  const { most, perSeconds } = limitsEverywhere[name];
  const ref = collection('rateLimits', rateLimitSchema).doc(digest('rateLimit', `${name}\n${key}`));
  const count = async (tx: Transaction) => {
    const used = (await tx.get(ref)).data();
    const running = used && used.resetsAt.toMillis() > now ? used : null;
    if (running && running.count >= most) throw tooMany(running.resetsAt.toMillis() - now);
    const resetsAt = running?.resetsAt.toMillis() ?? now + perSeconds * 1000;
    tx.set(ref, {
      count: (running?.count ?? 0) + 1,
      resetsAt: Timestamp.fromMillis(resetsAt),
      purgeAt: Timestamp.fromMillis(resetsAt + 86_400_000),
    });
  };
  // A flood on one key contends for one document: whoever comes too late is to hear of the limit, not of a failure.
  await db().runTransaction(count, { maxAttempts: 20 });
}
