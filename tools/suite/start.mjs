import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atEnd } from './ending.mjs';
import { alive } from './lock.mjs';
import { KEEP_DIR, ROOT, SUITE_FILE, say } from './paths.mjs';
import { tellReaper } from './procs.mjs';
import { seed } from './seed.mjs';
import { up } from './suite.mjs';

/** @returns {{ pid: number, env: Record<string, string> } | undefined} the suite of a running `npm start` */
export function runningSuite() {
  if (!existsSync(SUITE_FILE)) return undefined;
  try {
    const suite = JSON.parse(readFileSync(SUITE_FILE, 'utf8'));
    return alive(suite.pid) ? suite : undefined;
  } catch {
    return undefined;
  }
}

/** @returns {[string, string][]} */
function accounts() {
  const file = join(ROOT, 'seed/accounts.json');
  if (!existsSync(file)) return [];
  /** @type {{ who: string, how: string }[]} */
  const listed = JSON.parse(readFileSync(file, 'utf8'));
  return listed.map(({ who, how }) => [who, how]);
}

/** Hangul takes two columns in a terminal. @param {string} text */
function columns(text) {
  return text.length + (text.match(/[\u1100-\u11ff\u3000-\ud7a3]/g)?.length ?? 0);
}

/** @param {string} title @param {[string, string | undefined][]} rows @returns {string[]} */
function table(title, rows) {
  const shown = rows.filter((row) => row[1] !== undefined);
  if (shown.length === 0) return [];
  const width = Math.max(...shown.map(([name]) => columns(name)));
  return [
    '',
    title,
    ...shown.map(([name, text]) => `  ${name}${' '.repeat(width - columns(name))}  ${text}`),
  ];
}

/** @param {Record<string, string>} env */
function overview(env) {
  const lines = [
    ...table('Listening', [
      ['functions', env.FUNCTIONS_BASE_URL],
      ['hosting', env.HOSTING_URL],
      ['auth', env.FIREBASE_AUTH_EMULATOR_HOST],
      ['firestore', env.FIRESTORE_EMULATOR_HOST],
      ['storage', env.FIREBASE_STORAGE_EMULATOR_HOST],
      ['tasks', env.CLOUD_TASKS_EMULATOR_HOST],
      ['kakao stand-in', env.STANDIN_KAKAO_URL],
      ['DNS stand-in', env.STANDIN_DNS_URL],
      ['FCM stand-in', env.STANDIN_FCM_URL],
      ['mail (SMTP stand-in)', env.STANDIN_SMTP_URL && `${env.STANDIN_SMTP_URL}/__control/messages`],
    ]),
    ...table('Accounts', accounts()),
    ...table('Try, in another terminal', [
      ['npm run demo', 'a tour against this suite'],
      ['npm test', 'all checks and tests (its own suite, other ports)'],
      ['npm run exec -- "<command>"', 'a command with a suite of its own'],
    ]),
  ];
  return lines.join('\n');
}

/** @param {string[]} args */
export async function startMode(args) {
  const running = runningSuite();
  if (running) throw new Error(`a suite is running already (process ${running.pid}).`);
  const keep = args.includes('--keep');
  const restored = keep && existsSync(join(KEEP_DIR, 'firebase-export-metadata.json'));
  const { env } = await up({ fixed: true, keep });
  if (restored) say('data restored from .cache/data');
  else await seed(env);
  const forget = () => rmSync(SUITE_FILE, { force: true });
  tellReaper(`file ${SUITE_FILE}`);
  atEnd(forget);
  writeFileSync(SUITE_FILE, JSON.stringify({ pid: process.pid, env }, null, 2));
  console.log(`${overview(env)}\n\nThe suite is ready. Ctrl-C ends it.`);
}
