/**
 * One instance of the functions, as the platform would run it: a process that takes any number of requests at once.
 * Started by mount.ts as `node instance.ts <module>…`; serves every function the modules export as `POST /<name>`,
 * tells its port through the ipc channel, and ends when that closes. A Firestore trigger takes what was written as
 * `{data: {id, before, after, at, params}}`, plain documents or null, the time of the write and what the path says, and answers 204, or 500 when the platform would deliver again.
 */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isRecord, numberOf } from '../../standins/control.ts';

type Middleware = (...args: never[]) => void;

/** What is used here of express: the framework under the functions, a package of firebase-functions. */
interface Express {
  (): RequestListener & { use(...handlers: (string | Middleware)[]): void };
  json(options: BodyOptions): Middleware;
  text(options: BodyOptions): Middleware;
  urlencoded(options: BodyOptions & { extended: boolean }): Middleware;
  raw(options: BodyOptions & { type: string }): Middleware;
}

interface BodyOptions {
  limit: string;
  verify(request: IncomingMessage & { rawBody?: Buffer }, response: unknown, body: Buffer): void;
}

/** The bytes as they came stay beside the parsed body, as the functions framework leaves them. */
const body: BodyOptions = {
  limit: '32mb',
  verify: (request, _response, bytes) => {
    request.rawBody = bytes;
  },
};

interface Trigger {
  readonly __endpoint?: unknown;
  run(event: unknown): Promise<unknown>;
}

const isHandler = (value: unknown): value is Middleware => typeof value === 'function';

/** What firebase-functions makes of a trigger. HTTP functions and callables say so themselves; others have no endpoint. */
function isTrigger(value: unknown): value is Trigger {
  const endpoint: unknown = isHandler(value) && '__endpoint' in value ? value.__endpoint : undefined;
  return isRecord(endpoint) && 'eventTrigger' in endpoint;
}

/** Whether its event carries one snapshot instead of the document before and after. */
function isOfCreation(trigger: Trigger): boolean {
  const endpoint: unknown = Object.assign({}, trigger).__endpoint;
  const { eventTrigger } = isRecord(endpoint) ? endpoint : {};
  return isRecord(eventTrigger) && String(eventTrigger.eventType).endsWith('.created');
}

const ofFunctions = createRequire(join(process.cwd(), 'functions/package.json'));
const { Timestamp }: typeof import('../../functions/src/platform/firebase.ts') =
  ofFunctions('firebase-admin/firestore');

/** A moment is a Timestamp again: as JSON it is `{_seconds, _nanoseconds}`. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (!isRecord(value)) return value;
  const [seconds, nanoseconds] = [numberOf(value._seconds), numberOf(value._nanoseconds)];
  if (seconds !== undefined && nanoseconds !== undefined) return new Timestamp(seconds, nanoseconds);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, revived(part)]));
}

const snapshotOf = (path: string, told: unknown, updateTime?: unknown) => {
  const document = revived(told);
  return {
    exists: isRecord(document),
    data: () => document ?? undefined,
    get: (field: string) => (isRecord(document) ? document[field] : undefined),
    ...{ id: path.split('/').at(-1) ?? '', ref: { path }, updateTime },
  };
};

/** `{seconds, nanoseconds}` as the platform would tell it. */
function timeOf(told: unknown) {
  if (!isRecord(told)) return undefined;
  return new Timestamp(numberOf(told.seconds) ?? 0, numberOf(told.nanoseconds) ?? 0);
}

function delivered(trigger: Trigger) {
  return async (request: IncomingMessage & { body?: unknown }, response: ServerResponse): Promise<void> => {
    const written = isRecord(request.body) && isRecord(request.body.data) ? request.body.data : {};
    const path = typeof written.path === 'string' ? written.path : '';
    const after = snapshotOf(path, written.after, timeOf(written.at));
    const data = isOfCreation(trigger) ? after : { before: snapshotOf(path, written.before), after };
    const params = isRecord(written.params) ? written.params : {};
    const done = await trigger.run({ data, params }).then(
      () => true,
      () => false,
    );
    response.writeHead(done ? 204 : 500).end();
  };
}

async function functionsOf(module: string): Promise<[string, Middleware][]> {
  const exported: unknown = await import(join(process.cwd(), module));
  return Object.entries(Object.assign({}, exported)).flatMap(([name, value]): [string, Middleware][] => {
    if (isTrigger(value)) return [[name, delivered(value)]];
    return isHandler(value) ? [[name, value]] : [];
  });
}

async function serve(modules: readonly string[]): Promise<void> {
  const express: Express = ofFunctions('express');
  const app = express();
  app.use(express.json(body));
  app.use(express.text(body));
  app.use(express.urlencoded({ ...body, extended: true }));
  app.use(express.raw({ ...body, type: '*/*' }));
  for (const module of modules) {
    for (const [name, handler] of await functionsOf(module)) app.use(`/${name}`, handler);
  }
  const server = createServer(app).listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.({ port: isRecord(address) ? address.port : undefined });
  });
}

process.on('disconnect', () => process.exit(0));
await serve(process.argv.slice(2));
