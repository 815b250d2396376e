// Every process the suite starts is in a process group of its own and carries this run's mark in its
// environment, so that all of them, grandchildren in other groups included (Java, functions workers), can be
// found again and ended. Nothing else is ever touched.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { openSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT, SUITE_DIR } from './paths.mjs';
import { MARK, sweep } from './sweep.mjs';

/** @typedef {import('node:child_process').ChildProcess} Child */
/** @typedef {Record<string, string | undefined>} Env */

const RUN = `${process.pid}-${randomBytes(4).toString('hex')}`;

/** Outside credentials and settings which must not reach an emulator or a test. */
const OUTSIDE = [
  'GOOGLE_APPLICATION_CREDENTIALS',
  'GOOGLE_CLOUD_QUOTA_PROJECT',
  'GOOGLE_API_KEY',
  'FIREBASE_TOKEN',
  'FIREBASE_CONFIG',
  'GCLOUD_PROJECT',
  'GOOGLE_CLOUD_PROJECT',
  'CLOUDSDK_AUTH_ACCESS_TOKEN',
  'DEBUG',
  'NODE_ENV',
  'NODE_OPTIONS',
  'NODE_CHANNEL_FD',
];

/** @param {Env} [extra] @returns {Env} */
export function childEnv(extra = {}) {
  /** @type {Env} */
  const env = { ...process.env };
  for (const name of OUTSIDE) delete env[name];
  for (const name of Object.keys(env)) if (/_EMULATOR(_HOST|_HUB|_BINARY_PATH)$/.test(name)) delete env[name];
  // Google's libraries otherwise look for a metadata server of the cloud.
  return { ...env, METADATA_SERVER_DETECTION: 'none', ...extra, [MARK]: RUN };
}

/** @type {import('node:stream').Writable | undefined} */
let reaper;

/** The reaper clears up when this process cannot: it waits for the end of this pipe. @param {string} line */
export function tellReaper(line) {
  if (reaper === undefined) {
    const child = spawn(process.execPath, [join(SUITE_DIR, 'reaper.mjs'), RUN], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      cwd: '/',
    });
    child.unref();
    reaper = child.stdin;
    reaper.on('error', () => undefined);
    reaper.unref?.();
  }
  reaper.write(`${line}\n`);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Env, cwd?: string, log?: string, stdio?: import('node:child_process').StdioOptions }} [options]
 *   `log`: a file that takes the output
 * @returns {Child}
 */
export function start(command, args, { env = childEnv(), cwd = ROOT, log, stdio } = {}) {
  const out = log === undefined ? undefined : openSync(log, 'a');
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: stdio ?? (out === undefined ? 'inherit' : ['ignore', out, out]),
  });
  if (child.pid !== undefined) tellReaper(`group ${child.pid}`);
  return child;
}

/** @param {Child} child @returns {Promise<number>} the exit code as a shell would give it */
export function ended(child) {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  if (child.signalCode !== null) return Promise.resolve(128 + constants.signals[child.signalCode]);
  return new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
  });
}

/**
 * Runs to the end with its output caught.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Env, cwd?: string, limit?: number }} [options] limit in ms
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function caught(command, args, { env, cwd, limit } = {}) {
  const child = start(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  const timer =
    limit === undefined ? undefined : setTimeout(() => void stop(child, [['SIGKILL', 500]]), limit);
  // The output may come after the end; but a grandchild that lives on could hold it open for ever.
  const flushed = new Promise((resolve) => {
    child.once('close', resolve);
  });
  const code = await ended(child);
  clearTimeout(timer);
  await Promise.race([flushed, sleep(2000, undefined, { ref: false })]);
  return { code, output: output.trimEnd() };
}

/** @param {Child} child @param {NodeJS.Signals} signal @param {boolean} group */
function signalTo(child, signal, group) {
  if (child.pid === undefined) return;
  try {
    process.kill(group ? -child.pid : child.pid, signal);
  } catch {
    // Already gone.
  }
}

/**
 * @param {Child} child
 * @param {[NodeJS.Signals, number][]} steps signal and how long to wait for its effect
 * @param {boolean} [gentle] the first signal goes to the leader only, which takes its children down itself
 */
export async function stop(child, steps, gentle = false) {
  for (const [index, [signal, wait]] of steps.entries()) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    signalTo(child, signal, !(gentle && index === 0));
    await Promise.race([ended(child), sleep(wait, undefined, { ref: false })]);
  }
}

/** Ends whatever this run left behind. */
export async function sweepUp() {
  await sweep(RUN);
  if (reaper !== undefined) reaper.end('done\n');
}
