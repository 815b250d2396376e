// Started by the launcher with a pipe. When the pipe ends without a 'done', the launcher was killed in a way it
// could not answer: end its processes and remove its files for it.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { sweep } from './sweep.mjs';

const run = process.argv[2] ?? '';
/** @type {number[]} */
const groups = [];
/** @type {string[]} */
const files = [];

/** @param {NodeJS.Signals} signal */
function signalGroups(signal) {
  for (const pid of groups) {
    try {
      process.kill(-pid, signal);
    } catch {
      // That group is gone.
    }
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  const [, word, rest] = /^(\w+) ?(.*)$/.exec(line) ?? [];
  if (word === 'done') process.exit(0);
  if (word === 'group') groups.push(Number(rest));
  if (word === 'file') files.push(rest ?? '');
}

signalGroups('SIGTERM');
await sleep(700);
await sweep(run);
signalGroups('SIGKILL');
for (const file of files) rmSync(file, { recursive: true, force: true });
