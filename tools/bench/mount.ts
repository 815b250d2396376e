/**
 * The built functions in processes of their own, without the functions emulator, whose workers take one request at a
 * time. Requests go to the instances in turn, as a load balancer would send them.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { isRecord, numberOf } from '../../standins/control.ts';

export const FUNCTIONS = 'functions/lib/index.js';

export interface MountOptions {
  /** ES modules whose functions are served, as paths from the project's root. */
  readonly modules: readonly string[];
  /** `host:port` of Firestore, as a rule of a meter. */
  readonly firestoreHost: string;
  /** Values beside those of functions/.env.demo-doctor-pitch, such as the addresses of stand-ins. */
  readonly params?: Readonly<Record<string, string>>;
  readonly instances?: number;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly ms: number;
}

export interface Mounted {
  /**
   * `POST /<name>` as the client SDK calls a callable: the input under `data`, whatever comes back. For a Firestore
   * trigger the input is `{path, before, after, at}`: path, plain documents or null, and when it was written.
   */
  call(name: string, data: unknown, from?: string): Promise<Answer>;
  /** `POST /<path>` with bytes, as a mail provider or the task queue calls an HTTP function. */
  post(path: string, headers: Readonly<Record<string, string>>, body: Uint8Array): Promise<Answer>;
  /** The most memory an instance has held so far, in MiB; null where the system does not tell. */
  peakMiB(): number | null;
  close(): Promise<void>;
}

const startLimitMs = 30_000;

/** Values of a file in .env format; none where there is no such file. */
function valuesIn(file: string): Readonly<Record<string, string | undefined>> {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/** What the emulator would set for a worker, and the deployment's parameters and secrets. */
function environment({ firestoreHost, params = {} }: MountOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...valuesIn('functions/.env.demo-doctor-pitch'),
    // One's own may be older than the newest secret.
    ...valuesIn('functions/.secret.local.example'),
    ...valuesIn('functions/.secret.local'),
    ...params,
    FIRESTORE_EMULATOR_HOST: firestoreHost,
    // Never asked by itself: with an address here custom tokens are made without Google's signing service.
    FIREBASE_AUTH_EMULATOR_HOST: process.env.FIREBASE_AUTH_EMULATOR_HOST ?? '127.0.0.1:9',
    FUNCTIONS_EMULATOR: 'true',
    FIREBASE_DEBUG_MODE: 'true',
    FIREBASE_DEBUG_FEATURES: JSON.stringify({ skipTokenVerification: true }),
    TZ: 'UTC',
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  return await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('an instance did not start')), startLimitMs);
    child.once('exit', (code) => reject(new Error(`an instance ended while starting (${code})`)));
    child.once('message', (message: unknown) => {
      clearTimeout(late);
      const port = isRecord(message) ? numberOf(message.port) : undefined;
      if (port === undefined) reject(new Error('an instance did not say its port'));
      else resolve(port);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/** Linux tells it; elsewhere benches do without. */
function peakOf({ pid }: ChildProcess): number | null {
  const file = `/proc/${pid}/status`;
  const peak = existsSync(file) && /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8'))?.[1];
  return peak ? Number(peak) / 1024 : null;
}

async function posted(
  url: string,
  headers: Readonly<Record<string, string>>,
  bytes: string | Uint8Array<ArrayBuffer>,
): Promise<Answer> {
  const begun = performance.now();
  const response = await fetch(url, { method: 'POST', headers, body: bytes });
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, body, ms: performance.now() - begun };
}

/** Starts the instances, two unless said otherwise. They end with this process whatever happens to it. */
export async function mount(options: MountOptions): Promise<Mounted> {
  const { modules, instances = 2 } = options;
  const children = Array.from({ length: instances }, () =>
    fork('tools/bench/instance.ts', modules, {
      env: environment(options),
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // The functions' own log lines are of no use here.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
  );
  const close = async () => {
    await Promise.all(children.map(end));
  };
  try {
    const ports = await Promise.all(children.map(portOf));
    let turn = 0;
    const next = () => `http://127.0.0.1:${ports[turn++ % ports.length]}`;
    return {
      call: (name, data, from = '127.0.0.1') => {
        const headers = { 'content-type': 'application/json', 'x-forwarded-for': from };
        return posted(`${next()}/${name}`, headers, JSON.stringify({ data }));
      },
      post: (path, headers, body) => posted(`${next()}/${path}`, headers, new Uint8Array(body)),
      peakMiB: () => {
        const peaks = children.map(peakOf).filter((peak) => peak !== null);
        return peaks.length > 0 ? Math.max(...peaks) : null;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
