import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './paths.mjs';

export const HOST = '127.0.0.1';
export const EMULATORS = [
  'auth',
  'functions',
  'firestore',
  'storage',
  'tasks',
  'eventarc',
  'hosting',
  'hub',
  'logging',
];
/** Firestore's second port, for the emulator UI. */
export const WEBSOCKET = 'firestore.websocket';

/** @returns {any} */
export function firebaseJson() {
  return JSON.parse(readFileSync(join(ROOT, 'firebase.json'), 'utf8'));
}

/** The name of a run's own firebase.json: in the root, because its paths are relative to its folder. */
export function runConfigFile() {
  return join(ROOT, `.firebase.run-${process.pid}.json`);
}

/**
 * The functions' parameters come from .env files only, and firebase-tools writes defaults it had to assume into
 * them. A folder of the run's own keeps both away from functions/ and from other suites.
 * @param {string} runDir @param {Record<string, string>} values that are this run's
 */
function writeParams(runDir, values) {
  const source = join(ROOT, 'functions');
  const names = readdirSync(source).filter((name) => /^\.env(\..+)?$/.test(name) && !name.endsWith('.local'));
  for (const name of names) copyFileSync(join(source, name), join(runDir, name));
  const local = join(source, '.env.local');
  const lines = existsSync(local) ? readFileSync(local, 'utf8').split('\n') : [];
  const others = lines.filter((line) => !Object.keys(values).some((key) => line.startsWith(`${key}=`)));
  const ours = Object.entries(values).map(([key, value]) => `${key}=${value}`);
  writeFileSync(join(runDir, '.env.local'), `${[...others, ...ours].join('\n')}\n`);
}

/**
 * @param {{ ports: Record<string, number>, runDir: string, params: Record<string, string> }} run
 * @returns {string} the file
 */
export function writeRunConfig({ ports, runDir, params }) {
  const json = firebaseJson();
  json.emulators = { ...json.emulators, ui: { enabled: false } };
  for (const name of EMULATORS) {
    if (ports[name]) json.emulators[name] = { ...json.emulators[name], host: HOST, port: ports[name] };
  }
  if (ports[WEBSOCKET]) json.emulators.firestore.websocketPort = ports[WEBSOCKET];
  writeParams(runDir, params);
  const functions = [json.functions ?? []].flat();
  json.functions = functions.map((each) => ({ ...each, configDir: relative(ROOT, runDir) }));
  const file = runConfigFile();
  writeFileSync(file, JSON.stringify(json, null, 2));
  return file;
}
