/**
 * A local stand-in for DNS over HTTPS as JSON, as `dns.google` speaks it. It knows what it was seeded with and nothing
 * else: no name of the real world is ever asked for.
 */
import {
  isRecord,
  type JsonRecord,
  json,
  numberOf,
  type RunningStandin,
  serveStandin,
  startWhenMain,
  textOf,
  type WireReply,
  type WireRequest,
} from './control.ts';

const typeNumbers: Readonly<Record<string, number>> = { A: 1, CNAME: 5, TXT: 16 };
const noError = 0;
const nxDomain = 3;

interface DnsRecord {
  readonly name: string;
  readonly type: number;
  readonly data: string;
  readonly ttl: number;
  /** Of the answer; 0 when all is well. */
  readonly status: number;
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

function dataOf(data: unknown): string {
  if (!Array.isArray(data)) return textOf(data) ?? '';
  return data.map((each) => quoted(String(each))).join(' ');
}

const nameOf = (name: string): string => name.toLowerCase().replace(/\.$/, '');

function readDnsRecord(data: unknown): DnsRecord {
  if (!isRecord(data) || !textOf(data.name)) throw new Error('a record needs a name');
  const type = typeNumbers[textOf(data.type) ?? 'TXT'];
  if (type === undefined) throw new Error('type must be TXT, A or CNAME');
  return {
    name: nameOf(textOf(data.name) ?? ''),
    type,
    data: dataOf(data.data),
    ttl: numberOf(data.ttl) ?? 300,
    status: numberOf(data.status) ?? noError,
  };
}

/** Names `dns.google` answers with 400. */
const isName = (name: string): boolean =>
  name.length <= 253 && name.split('.').every((label) => label.length > 0 && label.length <= 63);

function resolve(records: readonly DnsRecord[], { query }: WireRequest): WireReply {
  const name = nameOf(query.get('name') ?? '');
  const asked = query.get('type') ?? 'A';
  const type = typeNumbers[asked.toUpperCase()] ?? Number(asked);
  if (!isName(name) || !Number.isInteger(type)) return json(400, { error: 'Invalid name or type' });
  const named = records.filter((record) => record.name === name);
  const status = named.find((record) => record.status !== noError)?.status;
  const found = status === undefined ? named.filter((record) => record.type === type) : [];
  const answer = found.map(({ data, ttl }): JsonRecord => ({ name: `${name}.`, type, TTL: ttl, data }));
  return json(200, {
    Status: status ?? (named.length > 0 ? noError : nxDomain),
    ...{ TC: false, RD: true, RA: true, AD: false, CD: false },
    Question: [{ name: `${name}.`, type }],
    ...(answer.length > 0 ? { Answer: answer } : {}),
  });
}

export interface DnsOptions {
  port?: number;
}

export async function startDns(options: DnsOptions = {}): Promise<RunningStandin> {
  const records: DnsRecord[] = [];
  return await serveStandin({
    name: 'DNS stand-in',
    routes: { 'GET /resolve': (request) => resolve(records, request) },
    reset: () => {
      records.length = 0;
    },
    seed: (data) => {
      if (!isRecord(data) || !Array.isArray(data.records)) throw new Error('the seed must be {records}');
      records.push(...data.records.map(readDnsRecord));
    },
    port: options.port,
    defaultPort: 9804,
  });
}

startWhenMain('standins/dns.ts', startDns);
