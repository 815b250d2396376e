import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CACHE, say } from './paths.mjs';

/** @param {number} pid */
export function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** @param {string} file @returns {boolean} whether the lock is ours now */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    // A launcher that was killed leaves its lock behind.
    const pid = Number(readFileSync(file, 'utf8'));
    if (pid > 0 && !alive(pid)) rmSync(file, { force: true });
  } catch {
    // Released between the two calls: the next round takes it.
  }
  return false;
}

/**
 * Two launchers may start at once (`npm start` and `npm test`): only one may install.
 * @template T
 * @param {string} name
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  mkdirSync(CACHE, { recursive: true });
  const file = join(CACHE, `${name}.lock`);
  for (let round = 0; !take(file); round++) {
    if (round === 20) say(`waiting for another launcher to finish its set-up (${name})`);
    await sleep(100);
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}
