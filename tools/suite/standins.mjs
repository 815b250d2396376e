import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOGS, ROOT } from './paths.mjs';
import { childEnv, start } from './procs.mjs';

/**
 * Local doubles of outside services: standins/<name>.ts, its port in `npm start`, the variable that tells our
 * tools where it is, and those that point the functions at it.
 */
export const STANDINS = [
  {
    name: 'kakao',
    port: 9801,
    env: 'STANDIN_KAKAO_URL',
    functionsEnv: ['KAKAO_API_BASE', 'KAKAO_AUTH_BASE'],
  },
];

/**
 * @param {Record<string, number>} ports by name
 * @returns {{ forUs: Record<string, string>, forFunctions: Record<string, string> }}
 */
export function standinEnv(ports) {
  /** @type {Record<string, string>} */
  const forUs = {};
  /** @type {Record<string, string>} */
  const forFunctions = {};
  for (const { name, env, functionsEnv } of STANDINS) {
    const url = `http://127.0.0.1:${ports[name]}`;
    forUs[env] = url;
    for (const each of functionsEnv) forFunctions[each] = url;
  }
  return { forUs, forFunctions };
}

/** @param {string} name @param {number} port @param {string} log */
async function startOne(name, port, log) {
  const args = ['--disable-warning=ExperimentalWarning', join(ROOT, `standins/${name}.ts`)];
  const child = start(process.execPath, args, { log, env: childEnv({ PORT: String(port) }) });
  for (let waited = 0; waited < 20_000; waited += 50) {
    const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
    if (text.includes('listening')) return child;
    if (child.exitCode !== null) throw new Error(`the stand-in ${name} did not start:\n${text.trim()}`);
    await sleep(50);
  }
  throw new Error(`the stand-in ${name} said nothing for 20 s (log: ${log})`);
}

/** @param {Record<string, number>} ports @param {string} tag for the log's name */
export function startStandins(ports, tag) {
  return Promise.all(
    STANDINS.map(({ name }) => startOne(name, ports[name] ?? 0, join(LOGS, `${tag}-${name}.log`))),
  );
}
