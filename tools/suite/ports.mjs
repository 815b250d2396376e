import { createServer } from 'node:net';
import { EMULATORS, firebaseJson, HOST, WEBSOCKET } from './config.mjs';
import { STANDIN_PORTS } from './standins.mjs';

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

/** @returns {Promise<Record<string, number>>} by name, those of the stand-ins too */
export async function freePortsByName() {
  const names = [...EMULATORS, WEBSOCKET, ...STANDIN_PORTS.map(({ name }) => name)];
  const found = await freePorts(names.length);
  return Object.fromEntries(names.map((name, index) => [name, found[index] ?? 0]));
}

/** @returns {Promise<Record<string, number>>} those of firebase.json and the stand-ins' own, if all are free */
export async function fixedPortsByName() {
  const { emulators } = firebaseJson();
  /** @type {Record<string, number>} */
  const ports = {};
  for (const name of EMULATORS) if (emulators[name]?.port) ports[name] = emulators[name].port;
  for (const { name, port } of STANDIN_PORTS) ports[name] = port;
  for (const [name, port] of Object.entries(ports)) {
    try {
      await closed(await listenOn(port));
    } catch {
      throw new Error(`port ${port} (${name}) is taken by another program: end it, or change firebase.json.`);
    }
  }
  return ports;
}
