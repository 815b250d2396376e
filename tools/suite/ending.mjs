import { constants } from 'node:os';
import { watchParent } from './node22.mjs';
import { say } from './paths.mjs';
import { sweepUp } from './procs.mjs';

/** @type {(() => unknown)[]} */
const cleanups = [];
/** @type {Promise<void> | undefined} */
let ending;
let signalled = 0;

/** Called last in, first out when the launcher ends, however it ends. @param {() => unknown} work */
export function atEnd(work) {
  cleanups.push(work);
}

async function clearUp() {
  for (const work of cleanups.reverse()) {
    try {
      await work();
    } catch (error) {
      say(`while stopping: ${error instanceof Error ? error.message : error}`);
    }
  }
  await sweepUp();
}

/**
 * Takes everything down and exits; the first caller's code counts.
 * @param {number} code
 * @returns {Promise<never>}
 */
export async function end(code) {
  if (ending === undefined) {
    process.exitCode = code;
    ending = clearUp();
  }
  await ending;
  process.exit();
}

/** @param {'SIGINT' | 'SIGTERM' | 'SIGHUP'} signal */
function onSignal(signal) {
  const now = Date.now();
  if (signalled === 0) {
    signalled = now;
    void end(128 + constants.signals[signal]);
    return;
  }
  // One Ctrl-C arrives up to three times: from the terminal, from npm and from the old Node above us. Only one that
  // comes later is somebody's impatience: leave the rest to the reaper.
  if (signal === 'SIGINT' && now - signalled > 1500) process.exit();
}

export function watchEnd() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => onSignal(signal));
  }
  watchParent(() => onSignal('SIGTERM'));
  if (process.channel) {
    process.channel.unref();
    process.on('disconnect', () => onSignal('SIGTERM'));
  }
  // A reader that goes away (`| head`) must not keep us from clearing up.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', (error) => {
    say(error.stack ?? error.message);
    void end(1);
  });
}
