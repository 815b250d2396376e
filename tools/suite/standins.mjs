import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOGS, ROOT } from './paths.mjs';
import { childEnv, start } from './procs.mjs';

/**
 * Local doubles of outside services: standins/<name>.ts, its port in `npm start`, the variable that tells our
 * tools where it is, and those that point the functions at it. One that speaks something else than HTTP has a
 * `wire` besides: that protocol's port, the variable that tells the stand-in of it, and the secret that holds its
 * address, `PORT` being the port.
 *
 * @typedef {{ port: number, env: string, secret: string, address: string }} Wire
 * @type {{ name: string, port: number, env: string, functionsEnv: string[], wire?: Wire }[]}
 */
export const STANDINS = [
  {
    name: 'kakao',
    port: 9801,
    env: 'STANDIN_KAKAO_URL',
    functionsEnv: ['KAKAO_API_BASE', 'KAKAO_AUTH_BASE'],
  },
  {
    name: 'smtp',
    port: 9802,
    env: 'STANDIN_SMTP_URL',
    functionsEnv: [],
    wire: {
      port: 9803,
      env: 'SMTP_PORT',
      secret: 'SMTP_URL',
      address: 'smtp://doctorpitch:local-smtp@127.0.0.1:PORT',
    },
  },
  {
    name: 'dns',
    port: 9804,
    env: 'STANDIN_DNS_URL',
    functionsEnv: ['DNS_API_BASE'],
  },
  {
    name: 'fcm',
    port: 9805,
    env: 'STANDIN_FCM_URL',
    functionsEnv: ['FCM_API_BASE'],
  },
  {
    name: 'toss',
    port: 9806,
    env: 'STANDIN_TOSS_URL',
    functionsEnv: ['TOSS_BASE'],
  },
];

/** @param {string} name of a stand-in @returns {string} under which its wire's port is kept */
const wireName = (name) => `${name}.wire`;

/** Every port the stand-ins take: its name, and its number in `npm start`. */
export const STANDIN_PORTS = STANDINS.flatMap(({ name, port, wire }) => [
  { name, port },
  ...(wire ? [{ name: wireName(name), port: wire.port }] : []),
]);

/**
 * @param {Record<string, number>} ports by name
 * @returns {{ forUs: Record<string, string>, forFunctions: Record<string, string>, secrets: Record<string, string> }}
 */
export function standinEnv(ports) {
  /** @type {Record<string, string>} */
  const forUs = {};
  /** @type {Record<string, string>} */
  const forFunctions = {};
  /** @type {Record<string, string>} */
  const secrets = {};
  for (const { name, env, functionsEnv, wire } of STANDINS) {
    const url = `http://127.0.0.1:${ports[name]}`;
    forUs[env] = url;
    for (const each of functionsEnv) forFunctions[each] = url;
    if (wire) secrets[wire.secret] = wire.address.replace('PORT', String(ports[wireName(name)]));
  }
  return { forUs: { ...forUs, ...secrets }, forFunctions, secrets };
}

/** @param {typeof STANDINS[number]} standin @param {Record<string, number>} ports @param {string} log */
async function startOne({ name, wire }, ports, log) {
  const args = ['--disable-warning=ExperimentalWarning', join(ROOT, `standins/${name}.ts`)];
  const portsEnv = {
    PORT: String(ports[name]),
    ...(wire ? { [wire.env]: String(ports[wireName(name)]) } : {}),
  };
  const child = start(process.execPath, args, { log, env: childEnv(portsEnv) });
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
    STANDINS.map((standin) => startOne(standin, ports, join(LOGS, `${tag}-${standin.name}.log`))),
  );
}
