import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BUCKET, CACHE, FIREBASE_CLI, KEEP_DIR, made, PROJECT, REGION, ROOT, SUITE_DIR } from './paths.mjs';
import { childEnv, start } from './procs.mjs';

export const FULL = ['auth', 'functions', 'firestore', 'storage', 'tasks', 'hosting'];
export const RULES_ONLY = ['firestore', 'storage'];

const START_LIMIT = 120_000;
const FAILED = /Failed to load function definition|Could not start|port taken|has exited with code|^Error:/m;

/** @param {string} shimDir @param {string} runDir @param {Record<string, string>} extra */
function firebaseEnv(shimDir, runDir, extra) {
  return childEnv({
    PATH: [shimDir, process.env.PATH ?? ''].join(delimiter),
    // No message of the day, no look for updates, nobody's login, nothing written to the home folder.
    CI: '1',
    NO_UPDATE_NOTIFIER: '1',
    XDG_CONFIG_HOME: made(join(CACHE, 'config')),
    // Both only for speed: compiled code kept between starts, and functions found without a server that
    // firebase-tools then waits 3 s for.
    NODE_COMPILE_CACHE: made(join(CACHE, 'compiled')),
    FIREBASE_FUNCTIONS_DISCOVERY_OUTPUT_PATH: runDir,
    // Seconds in which an instance is up, on a slow machine too.
    FUNCTIONS_DISCOVERY_TIMEOUT: '120',
    // The emulator hub's whereabouts go to a file there, one per project: a second suite's would replace ours, and
    // --keep would then save the data of that one.
    TMPDIR: runDir,
    ...extra,
  });
}

/**
 * @param {{ only: string[], config: string, log: string, keep: boolean, shimDir: string, runDir: string,
 *   env: Record<string, string> }} options
 */
export function startEmulators({ only, config, log, keep, shimDir, runDir, env }) {
  const args = [FIREBASE_CLI, 'emulators:start', '--project', PROJECT, '--config', config];
  args.push('--only', only.join(','));
  if (only.includes('auth')) args.unshift('--require', join(SUITE_DIR, 'lazy-auth.cjs'));
  if (only.includes('functions')) args.unshift('--require', join(SUITE_DIR, 'instances.cjs'));
  if (keep) {
    if (existsSync(join(KEEP_DIR, 'firebase-export-metadata.json'))) args.push('--import', KEEP_DIR);
    args.push('--export-on-exit', KEEP_DIR);
  }
  // firebase-tools leaves its debug logs in the folder it runs in.
  return start(process.execPath, args, { cwd: runDir, log, env: firebaseEnv(shimDir, runDir, env) });
}

/**
 * @param {import('./procs.mjs').Child} child
 * @param {string} log
 */
export async function untilReady(child, log) {
  const until = Date.now() + START_LIMIT;
  while (Date.now() < until) {
    const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
    const failed = FAILED.exec(text);
    if (failed) await sleep(500); // for the rest of the message
    if (failed || child.exitCode !== null || child.signalCode !== null) throw new NotUp(log);
    if (text.includes('All emulators ready')) return;
    await sleep(50);
  }
  throw new NotUp(log);
}

/** The emulators did not come up; its message holds the end of their log. */
export class NotUp extends Error {
  /** @param {string} log */
  constructor(log) {
    const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
    // They may call themselves ready without the functions: what went wrong stands before.
    const before = text.split(/^.*┌─+┐/m)[0] ?? text;
    const lines = before.trimEnd().split('\n').slice(-60).join('\n');
    super(`the emulators did not come up. The end of ${log.replace(`${ROOT}/`, '')}:\n${lines}`);
    this.portTaken = /port taken|EADDRINUSE|already in use/.test(text);
  }
}

/** @param {number} hubPort @param {string[]} only @returns {Promise<Record<string, string>>} host:port by name */
async function listed(hubPort, only) {
  const response = await fetch(`http://127.0.0.1:${hubPort}/emulators`);
  /** @type {Record<string, { host: string, port: number }>} */
  const all = await response.json();
  const missing = only.filter((name) => all[name] === undefined);
  if (missing.length > 0)
    throw new Error(`these emulators did not start: ${missing.join(', ')} (see firebase.json)`);
  return Object.fromEntries(Object.entries(all).map(([name, { host, port }]) => [name, `${host}:${port}`]));
}

/**
 * What programs need to find the suite: the variables that Google's libraries look at, and ours.
 * @param {number} hubPort
 * @param {string[]} only
 */
export async function suiteEnv(hubPort, only) {
  const hosts = await listed(hubPort, only);
  /** @type {Record<string, string>} */
  const env = {
    GCLOUD_PROJECT: PROJECT,
    GOOGLE_CLOUD_PROJECT: PROJECT,
    FIREBASE_CONFIG: JSON.stringify({ projectId: PROJECT, storageBucket: BUCKET }),
    FIREBASE_EMULATOR_HUB: `127.0.0.1:${hubPort}`,
    FIRESTORE_EMULATOR_HOST: hosts.firestore ?? '',
    FIREBASE_STORAGE_EMULATOR_HOST: hosts.storage ?? '',
    STORAGE_EMULATOR_HOST: `http://${hosts.storage}`,
  };
  if (hosts.auth) env.FIREBASE_AUTH_EMULATOR_HOST = hosts.auth;
  if (hosts.tasks) env.CLOUD_TASKS_EMULATOR_HOST = hosts.tasks;
  if (hosts.functions) env.FUNCTIONS_BASE_URL = `http://${hosts.functions}/${PROJECT}/${REGION}`;
  if (hosts.hosting) env.HOSTING_URL = `http://${hosts.hosting}`;
  return env;
}
