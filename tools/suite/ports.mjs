import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { STANDINS } from './standins.mjs';

const NAMES = ['auth', 'functions', 'firestore', 'storage', 'tasks', 'eventarc', 'hosting', 'hub', 'logging'];
const HOST = '127.0.0.1';

/** @param {number} port @returns {Promise<import('node:net').Server>} */
function listenOn(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(server));
  });
}

/** @param {import('node:net').Server} server @returns {Promise<void>} */
function closed(server) {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

/** All held at the same time, so that no port comes twice. @param {number} count @returns {Promise<number[]>} */
async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => listenOn(0)));
  const ports = servers.map((server) => Number(/** @type {{ port: number }} */ (server.address()).port));
  await Promise.all(servers.map(closed));
  return ports;
}

/** @returns {any} firebase.json */
function config() {
  return JSON.parse(readFileSync(join(ROOT, 'firebase.json'), 'utf8'));
}

/**
 * A firebase.json on free ports. It lies in the root because its paths are relative to its folder.
 * @returns {Promise<{ file: string, ports: Record<string, number> }>} ports of the stand-ins too
 */
export async function onFreePorts() {
  const found = await freePorts(NAMES.length + 1 + STANDINS.length);
  const next = () => found.pop() ?? 0;
  const json = config();
  /** @type {Record<string, number>} */
  const ports = {};
  json.emulators = { ...json.emulators, ui: { enabled: false } };
  for (const name of NAMES) {
    ports[name] = next();
    json.emulators[name] = { ...json.emulators[name], host: HOST, port: ports[name] };
  }
  json.emulators.firestore.websocketPort = next();
  for (const { name } of STANDINS) ports[name] = next();
  const file = join(ROOT, `.firebase.run-${process.pid}.json`);
  writeFileSync(file, JSON.stringify(json, null, 2));
  return { file, ports };
}

/** @returns {Promise<{ file: string, ports: Record<string, number> }>} the ports of firebase.json, if all are free */
export async function onFixedPorts() {
  const { emulators } = config();
  /** @type {Record<string, number>} */
  const ports = {};
  for (const name of NAMES) if (emulators[name]?.port) ports[name] = emulators[name].port;
  for (const { name, port } of STANDINS) ports[name] = port;
  for (const [name, port] of Object.entries(ports)) {
    try {
      await closed(await listenOn(port));
    } catch {
      throw new Error(`port ${port} (${name}) is taken by another program: end it, or change firebase.json.`);
    }
  }
  return { file: join(ROOT, 'firebase.json'), ports };
}
