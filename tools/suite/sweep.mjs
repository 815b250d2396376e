import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Name of the environment variable that marks the processes of one run. */
export const MARK = 'DP_SUITE_RUN';

/** @param {string} run @returns {number[]} */
function markedByProc(run) {
  const needle = `\0${MARK}=${run}\0`;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => holds(`/proc/${pid}/environ`, needle)).map(Number);
}

/** @param {string} file @param {string} needle */
function holds(file, needle) {
  try {
    return `\0${readFileSync(file, 'latin1')}\0`.includes(needle);
  } catch {
    return false; // Somebody else's process, or one that has just ended.
  }
}

/** @param {string} run @returns {number[]} */
function markedByPs(run) {
  const listed = execFileSync('ps', ['-A', '-E', '-ww', '-o', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const lines = listed.split('\n').filter((line) => line.includes(`${MARK}=${run}`));
  return lines.map((line) => Number.parseInt(line, 10)).filter((pid) => pid > 1);
}

/** @param {string} run @returns {number[]} */
function marked(run) {
  try {
    const pids = process.platform === 'linux' ? markedByProc(run) : markedByPs(run);
    return pids.filter((pid) => pid !== process.pid);
  } catch {
    return [];
  }
}

/**
 * Ends all processes that carry the mark: first asked, then made to.
 * @param {string} run
 * @param {[NodeJS.Signals, number][]} [steps]
 */
export async function sweep(
  run,
  steps = [
    ['SIGINT', 700],
    ['SIGTERM', 700],
    ['SIGKILL', 1000],
  ],
) {
  for (const [signal, wait] of steps) {
    const until = Date.now() + wait;
    for (const pid of marked(run)) {
      try {
        process.kill(pid, signal);
      } catch {
        // Gone meanwhile.
      }
    }
    while (Date.now() < until && marked(run).length > 0) await sleep(50);
    if (marked(run).length === 0) return;
  }
}
