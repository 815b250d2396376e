import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, relative } from 'node:path';
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

/** The name of a suite's own firebase.json: in the root, because its paths are relative to its folder. @param {string} runDir */
export function runConfigFile(runDir) {
  return join(ROOT, `.firebase.run-${basename(runDir)}.json`);
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
  writeFileSync(join(runDir, '.env.local'), merged([join(source, '.env.local')], values));
}

/**
 * The text of .env files one after the other (of two lines with the same name the later counts), without what the
 * given values replace, and then these.
 * @param {string[]} files that may be missing @param {Record<string, string>} values
 */
function merged(files, values) {
  const lines = files.flatMap((file) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []));
  const others = lines.filter((line) => !Object.keys(values).some((key) => line.startsWith(`${key}=`)));
  const ours = Object.entries(values).map(([key, value]) => `${key}=${value}`);
  return `${[...others, ...ours].join('\n')}\n`;
}

/**
 * Secrets come from `.secret.local` in the functions' source folder only, and one of them holds a port of this run.
 * So the run has a source folder of its own: links to what was built, and its secrets. The example stands below a
 * developer's own file: a secret that came with a later version is never looked for in the cloud.
 * @param {string} runDir @param {Record<string, string>} values that are this run's
 * @returns {string} the folder
 */
function writeSource(runDir, values) {
  const source = join(ROOT, 'functions');
  const dir = join(runDir, 'functions');
  mkdirSync(dir);
  for (const name of ['package.json', 'lib', 'node_modules'])
    symlinkSync(join(source, name), join(dir, name));
  const files = [join(source, '.secret.local.example'), join(source, '.secret.local')];
  writeFileSync(join(dir, '.secret.local'), merged(files, values), { mode: 0o600 });
  return dir;
}

/**
 * @param {{ ports: Record<string, number>, runDir: string, params: Record<string, string>,
 *   secrets: Record<string, string> }} run `params` and `secrets`: those that are this run's
 * @returns {string} the file
 */
export function writeRunConfig({ ports, runDir, params, secrets }) {
  const json = firebaseJson();
  json.emulators = { ...json.emulators, ui: { enabled: false } };
  for (const name of EMULATORS) {
    if (ports[name]) json.emulators[name] = { ...json.emulators[name], host: HOST, port: ports[name] };
  }
  if (ports[WEBSOCKET]) json.emulators.firestore.websocketPort = ports[WEBSOCKET];
  writeParams(runDir, params);
  const own = { source: relative(ROOT, writeSource(runDir, secrets)), configDir: relative(ROOT, runDir) };
  const functions = [json.functions ?? []].flat();
  json.functions = functions.map((each) => ({ ...each, ...own }));
  const file = runConfigFile(runDir);
  writeFileSync(file, JSON.stringify(json, null, 2));
  return file;
}
