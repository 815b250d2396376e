/**
 * What every stand-in shares: an HTTP server that speaks a vendor's wire format from a table of routes,
 * journals every vendor request, and can be driven from outside under `/__control`.
 *
 *   POST   /__control/reset    back to the seed: journal, faults, clock and the stand-in's own state
 *   POST   /__control/seed     JSON handed to the stand-in
 *   POST   /__control/fault    {match: {method?, path?, token?}, kind, ms?, status?, body?, times?, after?}
 *   DELETE /__control/faults   all faults off
 *   GET    /__control/journal  what was asked and how it was answered
 *   POST   /__control/clock    {now: ISO text or epoch ms}: time stands still there; {now: null} lets it run
 *
 * A fault's path is exact, or a beginning when it ends with `*`; its token is the credential in Authorization.
 * Without `times` it stays until it is taken off. With `after` the request takes effect before the fault hits,
 * so the caller loses only the answer. Control requests are neither journaled nor faulted. A stand-in whose vendor
 * speaks something else than HTTP keeps faults and journal of its own behind the same routes (`Wire`).
 */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export type JsonRecord = Record<string, unknown>;

export interface WireRequest {
  method: string;
  /** The address the caller used, such as `http://127.0.0.1:9410`. */
  origin: string;
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  raw: Buffer;
}

export interface WireReply {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
  delayMs?: number;
  /** Break the connection instead of answering. */
  cut?: boolean;
}

export type Handler = (request: WireRequest) => WireReply | Promise<WireReply>;

/** Keys are `METHOD /path/:name`; the names arrive decoded in `params`. */
export type Routes = Record<string, Handler>;

export class StandinClock {
  #still: number | undefined;
  #aheadMs = 0;

  now(): number {
    return this.#still ?? Date.now();
  }

  /** How far a test has moved time ahead of the real clock; 0 while time runs by itself or was set back. */
  aheadMs(): number {
    return Math.max(0, this.#aheadMs);
  }

  standAt(ms: number): void {
    this.#still = ms;
    this.#aheadMs = ms - Date.now();
  }

  run(): void {
    this.#still = undefined;
    this.#aheadMs = 0;
  }
}

/** What a stand-in for a protocol other than HTTP puts behind the shared control routes. */
export interface Wire {
  /** What is wrong with the fault; nothing when it is set. */
  addFault: (data: JsonRecord) => string | undefined;
  clearFaults: () => void;
  journal: () => unknown;
  close: () => Promise<void>;
}

export interface StandinOptions {
  name: string;
  routes: Routes;
  reset: () => void;
  /** Throws an Error to refuse the seed with 400. */
  seed?: (data: unknown) => void;
  clock?: StandinClock;
  wire?: Wire;
  /** Given when started inside a test: then nothing is printed and signals are left alone. */
  port?: number | undefined;
  /** Used when neither `port` nor the variable PORT says otherwise. */
  defaultPort?: number;
}

export interface RunningStandin {
  url: string;
  close: () => Promise<void>;
}

export interface JournalEntry {
  at: string;
  method: string;
  path: string;
  query: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** 0 when the connection was broken without an answer. */
  status: number;
}

type FaultKind = 'delay' | 'reset' | 'html502' | 'status';

interface Fault {
  method: string | undefined;
  path: string | undefined;
  token: string | undefined;
  kind: FaultKind;
  ms: number;
  status: number;
  body: string;
  timesLeft: number;
  after: boolean;
}

interface Desk {
  name: string;
  routes: Routes;
  faults: Fault[];
  journal: JournalEntry[];
  clock: StandinClock;
  reset: () => void;
  seed: (data: unknown) => void;
  wire: Wire | undefined;
  closing: AbortController;
}

const JOURNAL_LIMIT = 2_000;
const DEFAULT_DELAY_MS = 5_000;

export const badGatewayPage: WireReply = {
  status: 502,
  headers: { 'content-type': 'text/html;charset=UTF-8' },
  body: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
};

export function json(status: number, value: unknown): WireReply {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: JSON.stringify(value),
  };
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON in the text, or undefined where it is not JSON. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The JSON object in the text; an empty one where there is none. */
export function readRecord(body: string): JsonRecord {
  const value = parseJson(body);
  return isRecord(value) ? value : {};
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Splits `Authorization: Scheme credential`; both parts are empty where the header is missing. */
export function authorizationOf(headers: IncomingHttpHeaders): { scheme: string; credential: string } {
  const [scheme = '', credential = ''] = (headers.authorization ?? '').trim().split(/\s+/, 2);
  return { scheme, credential };
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const origin = `http://${incoming.headers.host ?? '127.0.0.1'}`;
  const target = incoming.url ?? '/';
  const queryStart = target.indexOf('?');
  const raw = await readBody(incoming);
  return {
    method: incoming.method ?? 'GET',
    origin,
    path: queryStart < 0 ? target : target.slice(0, queryStart),
    params: {},
    query: new URLSearchParams(queryStart < 0 ? '' : target.slice(queryStart + 1)),
    headers: incoming.headers,
    body: raw.toString('utf8'),
    raw,
  };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The named segments where the path fits the pattern, undefined where it does not. */
function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const expected = pattern.split('/');
  const given = path.split('/');
  if (expected.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const segment = given[index] ?? '';
    if (part.startsWith(':') && segment !== '') params[part.slice(1)] = decodeSegment(segment);
    else if (part !== segment) return undefined;
  }
  return params;
}

async function answerFromRoutes(desk: Desk, request: WireRequest): Promise<WireReply> {
  for (const [key, handler] of Object.entries(desk.routes)) {
    const [method = '', pattern = ''] = key.split(' ', 2);
    const params = method === request.method ? matchPath(pattern, request.path) : undefined;
    if (params) return await handler({ ...request, params });
  }
  return json(404, { error: `${desk.name} has no ${request.method} ${request.path}` });
}

const isFaultKind = (value: unknown): value is FaultKind =>
  value === 'delay' || value === 'reset' || value === 'html502' || value === 'status';

function readFault(data: JsonRecord): Fault | undefined {
  if (!isFaultKind(data.kind)) return undefined;
  const match = isRecord(data.match) ? data.match : {};
  return {
    method: textOf(match.method)?.toUpperCase(),
    path: textOf(match.path),
    token: textOf(match.token),
    kind: data.kind,
    ms: numberOf(data.ms) ?? DEFAULT_DELAY_MS,
    status: numberOf(data.status) ?? 500,
    body: textOf(data.body) ?? JSON.stringify(data.body ?? {}),
    timesLeft: numberOf(data.times) ?? Number.POSITIVE_INFINITY,
    after: data.after === true,
  };
}

function pathFits(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : pattern === path;
}

/** The first fault set for this request, counted as used once. */
function takeFault(desk: Desk, request: WireRequest): Fault | undefined {
  const { credential } = authorizationOf(request.headers);
  const fault = desk.faults.find(
    ({ method, path, token, timesLeft }) =>
      timesLeft > 0 &&
      (method === undefined || method === request.method) &&
      (path === undefined || pathFits(path, request.path)) &&
      (token === undefined || token === credential),
  );
  if (fault) fault.timesLeft -= 1;
  return fault;
}

function replyOfFault(fault: Fault): WireReply {
  if (fault.kind === 'reset') return { status: 0, cut: true };
  if (fault.kind === 'html502') return badGatewayPage;
  return {
    status: fault.status,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: fault.body,
  };
}

async function answerVendorRequest(desk: Desk, request: WireRequest): Promise<WireReply> {
  const fault = takeFault(desk, request);
  if (!fault) return await answerFromRoutes(desk, request);
  if (fault.kind === 'delay') {
    if (!fault.after) await wait(fault.ms, undefined, { signal: desk.closing.signal });
    const reply = await answerFromRoutes(desk, request);
    return fault.after ? { ...reply, delayMs: (reply.delayMs ?? 0) + fault.ms } : reply;
  }
  if (fault.after) await answerFromRoutes(desk, request);
  return replyOfFault(fault);
}

function clearFaults(desk: Desk): void {
  desk.faults.length = 0;
  desk.wire?.clearFaults();
}

function resetDesk(desk: Desk): void {
  clearFaults(desk);
  desk.journal.length = 0;
  desk.clock.run();
  desk.reset();
}

function setClock(desk: Desk, now: unknown): WireReply {
  const at = typeof now === 'string' ? Date.parse(now) : numberOf(now);
  if (now === null) desk.clock.run();
  else if (at !== undefined && !Number.isNaN(at)) desk.clock.standAt(at);
  else return json(400, { error: 'now must be an ISO date-time, epoch milliseconds or null' });
  return json(200, { now: new Date(desk.clock.now()).toISOString() });
}

function seedDesk(desk: Desk, body: string): WireReply {
  const data = parseJson(body);
  if (data === undefined) return json(400, { error: 'the seed must be JSON' });
  try {
    desk.seed(data);
  } catch (error) {
    return json(400, { error: describeError(error) });
  }
  return json(200, { ok: true });
}

function addFault(desk: Desk, body: string): WireReply {
  if (desk.wire) {
    const error = desk.wire.addFault(readRecord(body));
    return error === undefined ? json(200, { ok: true }) : json(400, { error });
  }
  const fault = readFault(readRecord(body));
  if (!fault) return json(400, { error: 'kind must be delay, reset, html502 or status' });
  desk.faults.push(fault);
  return json(200, { ok: true });
}

async function answerControl(desk: Desk, request: WireRequest): Promise<WireReply> {
  switch (`${request.method} ${request.path}`) {
    case 'POST /__control/reset':
      resetDesk(desk);
      return json(200, { ok: true });
    case 'POST /__control/seed':
      return seedDesk(desk, request.body);
    case 'POST /__control/fault':
      return addFault(desk, request.body);
    case 'DELETE /__control/faults':
      clearFaults(desk);
      return json(200, { ok: true });
    case 'GET /__control/journal':
      return json(200, desk.wire?.journal() ?? desk.journal);
    case 'POST /__control/clock':
      return setClock(desk, readRecord(request.body).now);
    default:
      return await answerFromRoutes(desk, request);
  }
}

/** Written down on arrival, so that a request answered late or never still shows. */
function journalRequest(desk: Desk, request: WireRequest): JournalEntry {
  const { method, path, query, headers, body } = request;
  const at = new Date().toISOString();
  const entry: JournalEntry = { at, method, path, query: query.toString(), headers, body, status: 0 };
  desk.journal.push(entry);
  if (desk.journal.length > JOURNAL_LIMIT) desk.journal.shift();
  return entry;
}

async function send(desk: Desk, reply: WireReply, outgoing: ServerResponse): Promise<void> {
  if (reply.delayMs) await wait(reply.delayMs, undefined, { signal: desk.closing.signal });
  if (reply.cut) {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  outgoing.writeHead(reply.status, reply.headers ?? {});
  outgoing.end(reply.body);
}

async function answer(desk: Desk, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    const request = await readRequest(incoming);
    if (request.path.startsWith('/__control/')) {
      await send(desk, await answerControl(desk, request), outgoing);
      return;
    }
    const entry = journalRequest(desk, request);
    const reply = await answerVendorRequest(desk, request);
    if (!reply.cut) entry.status = reply.status;
    await send(desk, reply, outgoing);
  } catch (error) {
    if (outgoing.destroyed || outgoing.headersSent || desk.closing.signal.aborted) return;
    outgoing.writeHead(500, { 'content-type': 'application/json;charset=UTF-8' });
    outgoing.end(JSON.stringify({ error: `${desk.name} failed: ${describeError(error)}` }));
  }
}

function refuseSeed(): void {
  throw new Error('this stand-in takes no seed');
}

function openDesk(options: StandinOptions): Desk {
  return {
    name: options.name,
    routes: options.routes,
    faults: [],
    journal: [],
    clock: options.clock ?? new StandinClock(),
    reset: options.reset,
    seed: options.seed ?? refuseSeed,
    wire: options.wire,
    closing: new AbortController(),
  };
}

function portOf({ port, defaultPort = 0 }: StandinOptions): number {
  const asked = process.env.PORT;
  return port ?? (asked === undefined || asked === '' ? defaultPort : Number(asked));
}

function closeOnSignals(close: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close());
}

/** Starts a stand-in on HOST (127.0.0.1) and PORT, or on the port given. */
export async function serveStandin(options: StandinOptions): Promise<RunningStandin> {
  const desk = openDesk(options);
  const server = createServer((incoming, outgoing) => void answer(desk, incoming, outgoing));
  const host = process.env.HOST || '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(portOf(options), host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${host}:${port}`;
  const close = async (): Promise<void> => {
    desk.closing.abort();
    await desk.wire?.close();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  if (options.port === undefined) {
    process.stdout.write(`${options.name} listening on ${url}\n`);
    closeOnSignals(close);
  }
  return { url, close };
}

/** Starts the stand-in when its own file is what node was asked to run, as opposed to being imported. */
export function startWhenMain(file: string, start: () => Promise<unknown>): void {
  if (!process.argv[1]?.replaceAll('\\', '/').endsWith(file)) return;
  start().catch((error: unknown) => {
    process.stderr.write(`${file}: ${describeError(error)}\n`);
    process.exitCode = 1;
  });
}
