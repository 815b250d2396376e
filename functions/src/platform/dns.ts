/**
 * DNS over HTTPS, as JSON: https://developers.google.com/speed/public-dns/docs/doh/json (Cloudflare answers the same).
 * Answers are kept for their time to live, five minutes at most; that there is none, for one. Trouble is tried once
 * more; after five failures in a row an instance stops asking for ten seconds and says so at once.
 */
import axios from 'axios';
import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  ConstantBackoff,
  circuitBreaker,
  handleAll,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel';
import { z } from 'zod';
import { dnsUrl } from './config.ts';

const perCallMs = 3_000;
const maxKept = 500;
const keptMs = 300_000;
const keptMissingMs = 60_000;

/** What could not be looked up. The codes are those of node:dns, which libraries go by. */
export class DnsError extends Error {
  readonly code: 'ENOTFOUND' | 'ENODATA' | 'ESERVFAIL' | 'ETIMEOUT';

  constructor(code: DnsError['code']) {
    super(code);
    this.name = 'DnsError';
    this.code = code;
  }
}

const types: Readonly<Record<string, number>> = { A: 1, CNAME: 5, TXT: 16 };

const answer = z.object({
  Status: z.int(),
  Answer: z.array(z.object({ type: z.int(), TTL: z.int().catch(0), data: z.string() })).default([]),
});

/** Strings of a TXT record: quoted, one after another, with escapes; or bare, joined already. */
export function textsOf(data: string): string[] {
  if (!data.startsWith('"')) return [data];
  return [...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, quoted = '']) =>
    quoted.replace(/\\(\d{3}|.)/g, (_, escaped: string) =>
      escaped.length === 3 ? String.fromCharCode(Number(escaped)) : escaped,
    ),
  );
}

interface Kept {
  readonly until: number;
  readonly records: string[][] | DnsError;
}
const kept = new Map<string, Kept>();

function keep(key: string, records: Kept): void {
  const oldest = kept.keys().next().value;
  if (kept.size >= maxKept && oldest !== undefined) kept.delete(oldest);
  kept.set(key, records);
}

/** About the way to the service only: a domain whose own servers are broken must not keep others from being asked. */
const policy = wrap(
  retry(
    handleWhen((error) => !(error instanceof BrokenCircuitError)),
    { maxAttempts: 1, backoff: new ConstantBackoff(100) },
  ),
  circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) }),
);

async function ask(name: string, type: string, signal: AbortSignal): Promise<z.infer<typeof answer>> {
  const response = await axios.get<unknown>('/resolve', {
    baseURL: dnsUrl(),
    params: { name, type },
    headers: { accept: 'application/dns-json, application/json' },
    timeout: perCallMs,
    signal,
    maxRedirects: 0,
    maxContentLength: 200_000,
  });
  return answer.parse(response.data);
}

/** A name that cannot exist does not; services answer it with trouble, which somebody might want to cause. */
const isName = (name: string): boolean => name.length <= 253 && /^[\w-]{1,63}(\.[\w-]{1,63})*\.?$/.test(name);

async function lookUpAnew(name: string, type: string, number: number, signal: AbortSignal): Promise<Kept> {
  const { Status, Answer } = await policy
    .execute(() => ask(name, type, signal))
    .catch(() => {
      throw new DnsError('ETIMEOUT');
    });
  if (Status !== 0 && Status !== 3) throw new DnsError('ESERVFAIL');
  const found = Answer.filter((record) => record.type === number);
  if (found.length === 0) {
    const missing = new DnsError(Status === 3 ? 'ENOTFOUND' : 'ENODATA');
    return { until: Date.now() + keptMissingMs, records: missing };
  }
  const forMs = Math.min(keptMs, ...found.map(({ TTL }) => TTL * 1000));
  const records = found.map(({ data }) => (type === 'TXT' ? textsOf(data) : [data]));
  return { until: Date.now() + forMs, records };
}

async function lookUp(name: string, type: string, signal: AbortSignal): Promise<string[][]> {
  const number = types[type];
  if (number === undefined || !isName(name)) throw new DnsError('ENOTFOUND');
  const key = `${type} ${name.toLowerCase()}`;
  const known = kept.get(key);
  const isFresh = known !== undefined && known.until > Date.now();
  const found = isFresh ? known : await lookUpAnew(name, type, number, signal);
  if (!isFresh) keep(key, found);
  if (found.records instanceof DnsError) throw found.records;
  return found.records;
}

/** A resolver that gives up, for all it is asked, after so many ms. Rejects with DnsError only. */
export function resolver(withinMs: number): (name: string, type: string) => Promise<string[][]> {
  const signal = AbortSignal.timeout(withinMs);
  return (name, type) => lookUp(name, type, signal);
}
