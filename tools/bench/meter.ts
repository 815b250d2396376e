/**
 * A Firestore emulator with a meter before it: passes every gRPC call on, byte for byte, and counts what Firestore
 * would bill (billing.ts). Both SDKs speak nothing but gRPC in Node; the emulator's HTTP routes are not passed on.
 * Reads made by security rules are no traffic: see ruleReads.ts.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Client,
  credentials,
  type handleBidiStreamingCall,
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type StatusObject,
  status,
} from '@grpc/grpc-js';
import { added, type Bill, nothing, openBill } from './billing.ts';
import { methodNames, pathOf } from './protos.ts';
import { documentsIn, unlimitedQueries } from './requests.ts';

export interface MethodCount extends Bill {
  readonly calls: number;
}

export interface Counts extends MethodCount {
  /** Bytes of Firestore's answers, as messages, without what HTTP adds or compression takes. */
  readonly bytes: number;
  /** Only methods that were called. */
  readonly byMethod: Readonly<Record<string, MethodCount>>;
}

export interface Meter {
  /** `host:port` for clients, in place of the emulator's own. */
  readonly host: string;
  /** What was billed since the start or the last reset. */
  snapshot(): Counts;
  /** Resolves when every call but streams that stay open has ended: some are billed by how they end. */
  settled(): Promise<void>;
  reset(): void;
  /** Tells of the documents of every write that was answered, whether or not it changed them: `users/u1`. */
  onWrite(listener: (paths: readonly string[]) => void): void;
  /** Streams open now, and queries listened to or asked so far without a limit. */
  streams(): { readonly listening: number; readonly unlimited: number };
  close(): Promise<void>;
}

const unlimited = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };
const asIs = (bytes: Buffer): Buffer => bytes;

/** Streams that stay open as long as their client. */
const lasting: ReadonlySet<string> = new Set(['Listen', 'Write']);

class Tally {
  readonly #methods = new Map<string, MethodCount>();
  readonly #listeners: ((paths: readonly string[]) => void)[] = [];
  #open = 0;
  #listening = 0;
  #unlimited = 0;
  #bytes = 0;

  begins(method: string): void {
    if (method === 'Listen') this.#listening += 1;
    if (!lasting.has(method)) this.#open += 1;
  }

  ends(method: string): void {
    if (method === 'Listen') this.#listening -= 1;
    if (!lasting.has(method)) this.#open -= 1;
  }

  asked(method: string, message: Uint8Array): void {
    this.#unlimited += unlimitedQueries(method, message);
  }

  answered(message: Uint8Array): void {
    this.#bytes += message.length;
  }

  wrote(paths: readonly string[]): void {
    if (paths.length > 0) for (const listener of this.#listeners) listener(paths);
  }

  onWrite(listener: (paths: readonly string[]) => void): void {
    this.#listeners.push(listener);
  }

  streams() {
    return { listening: this.#listening, unlimited: this.#unlimited };
  }

  async settled(): Promise<void> {
    while (this.#open > 0) await sleep(1);
  }

  add(method: string, bill: Bill, calls = 0): void {
    if (bill.reads + bill.writes + bill.deletes + calls === 0) return;
    const before = this.#methods.get(method) ?? { ...nothing, calls: 0 };
    this.#methods.set(method, { ...added(before, bill), calls: before.calls + calls });
  }

  snapshot(): Counts {
    const all = [...this.#methods.values()];
    const calls = all.reduce((sum, each) => sum + each.calls, 0);
    const bill = all.reduce<Bill>(added, nothing);
    return { ...bill, calls, bytes: this.#bytes, byMethod: Object.fromEntries(this.#methods) };
  }

  reset(): void {
    this.#methods.clear();
    this.#bytes = 0;
  }
}

/** On the wire every kind of call is messages both ways, so one definition serves all of them. */
function definitionOf(method: string): MethodDefinition<Buffer, Buffer> {
  return {
    path: pathOf(method),
    requestStream: true,
    responseStream: true,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  };
}

function finish(call: ServerDuplexStream<Buffer, Buffer>, end: StatusObject): void {
  if (end.code === status.OK) call.end(end.metadata);
  else call.emit('error', Object.assign(new Error(end.details), end));
}

function passOn(upstream: Client, method: string, tally: Tally): handleBidiStreamingCall<Buffer, Buffer> {
  return (call) => {
    const bill = openBill(method);
    // A stream of writes answers them in order; anything else is one request.
    const writing: (readonly string[])[] = [];
    tally.add(method, nothing, 1);
    tally.begins(method);
    const onward = upstream.makeBidiStreamRequest(pathOf(method), asIs, asIs, call.metadata, {
      deadline: call.getDeadline(),
    });
    call.on('data', (message: Buffer) => {
      tally.add(method, bill.asked(message));
      tally.asked(method, message);
      const paths = documentsIn(method, message);
      if (paths.length > 0) writing.push(paths);
      onward.write(message);
    });
    call.on('end', () => onward.end());
    call.on('cancelled', () => onward.cancel());
    onward.on('metadata', (metadata) => call.sendMetadata(metadata));
    onward.on('data', (message: Buffer) => {
      const billed = bill.answered(message);
      tally.add(method, billed);
      tally.answered(message);
      call.write(message);
      if (method === 'Write' && billed.writes + billed.deletes > 0) tally.wrote(writing.shift() ?? []);
    });
    // A status follows every error, and says the same.
    onward.on('error', () => undefined);
    onward.on('status', (end) => {
      tally.add(method, bill.ended(end.code));
      tally.ends(method);
      finish(call, end);
      tally.wrote(writing.flat());
    });
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

/** Lets calls come to their end, but waits no longer than a second for those that never do. */
async function shutDown(server: Server): Promise<void> {
  const force = setTimeout(() => server.forceShutdown(), 1_000);
  await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  clearTimeout(force);
}

/** Starts a meter before the emulator at `target` (`host:port`), on a free port of this machine. */
export async function startMeter(target: string): Promise<Meter> {
  const tally = new Tally();
  const upstream = new Client(target, credentials.createInsecure(), unlimited);
  const server = new Server(unlimited);
  const methods = methodNames();
  server.addService(
    Object.fromEntries(methods.map((method) => [method, definitionOf(method)])),
    Object.fromEntries(methods.map((method) => [method, passOn(upstream, method, tally)])),
  );
  const port = await listen(server);
  return {
    host: `127.0.0.1:${port}`,
    snapshot: () => tally.snapshot(),
    settled: () => tally.settled(),
    reset: () => tally.reset(),
    onWrite: (listener) => tally.onWrite(listener),
    streams: () => tally.streams(),
    close: async () => {
      await shutDown(server);
      upstream.close();
    },
  };
}
