// First step: runs under whatever Node the machine has (18+), so nothing newer than that here.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { withLock } from './lock.mjs';
import { CACHE, say } from './paths.mjs';

/** Type stripping without a flag came with 22.18. @param {string} version like 'v22.18.0' */
function newEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

/** @param {string} bin */
function runs(bin) {
  if (!existsSync(bin)) return false;
  const { status, stdout } = spawnSync(bin, ['--version'], { encoding: 'utf8' });
  return status === 0 && newEnough(stdout.trim());
}

/** @returns {Promise<string>} a Node 22 of the project's own */
async function ownNode() {
  const prefix = join(CACHE, 'node22');
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const bin = join(prefix, 'node_modules', name, 'bin', 'node');
  if (runs(bin)) return bin;
  await withLock('node22', () => {
    if (runs(bin)) return;
    say(`Node ${process.version} is older than 22.18: getting ${name}@22 from npm into .cache/node22`);
    mkdirSync(prefix, { recursive: true });
    const args = [
      'install',
      '--prefix',
      prefix,
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `${name}@22`,
    ];
    try {
      execFileSync('npm', args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: prefix });
    } catch (error) {
      say(`npm could not install it: ${String(error.stderr ?? error.message).trim()}`);
    }
  });
  if (runs(bin)) return bin;
  say('Node 22.18 or newer is needed: install it (https://nodejs.org) and try again.');
  process.exit(1);
}

/**
 * True when this process may go on. Otherwise the launcher has been run again under Node 22 and this old
 * process only passes signals down and the exit code up.
 * @param {string[]} args
 */
export async function ensureNode(args) {
  const here = newEnough(process.version);
  const bin = here ? process.execPath : await ownNode();
  const path = (process.env.PATH ?? '').split(delimiter);
  if (path[0] !== dirname(bin)) process.env.PATH = [dirname(bin), ...path].join(delimiter);
  if (here) return true;
  // The ipc channel tells the child when this process is gone, even by SIGKILL.
  const child = spawn(bin, [process.argv[1], ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  watchParent(() => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
  return false;
}

/** @param {number} pid @returns {{ name: string, parent: number } | undefined} */
function procInfo(pid) {
  try {
    const [, name, parent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return { name: name ?? '', parent: Number(parent) };
  } catch {
    return undefined; // Gone, or not a Linux.
  }
}

/**
 * `npm start` killed outright leaves its script running: when npm was our parent, directly or through its shell,
 * and is gone, stop too. (Without npm a parent that ends is normal: `node … start &` in a shell.)
 * @param {() => void} gone
 */
export function watchParent(gone) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const shell = procInfo(parent);
  const npm = shell && /^(sh|bash|dash|ash|zsh|ksh)$/.test(shell.name) ? shell.parent : undefined;
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || procInfo(parent)?.parent === npm)) return;
    clearInterval(timer);
    gone();
  }, 500);
  timer.unref();
}
