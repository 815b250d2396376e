import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runConfigFile, writeRunConfig } from './config.mjs';
import { buildFunctions, ensureDeps } from './deps.mjs';
import { FULL, NotUp, startEmulators, suiteEnv, untilReady } from './emulators.mjs';
import { atEnd, end } from './ending.mjs';
import { pickFirestore } from './firestore.mjs';
import { LOGS, made, say } from './paths.mjs';
import { fixedPortsByName, freePortsByName } from './ports.mjs';
import { stop, tellReaper } from './procs.mjs';
import { writeShim } from './shim.mjs';
import { standinEnv, startStandins } from './standins.mjs';

/** @typedef {{ env: Record<string, string>, lines: string[], down: () => Promise<void> }} Suite */
/** @typedef {{ fixed?: boolean, keep?: boolean, only?: string[] }} Options */

const WEEK = 7 * 24 * 60 * 60 * 1000;
let attempts = 0;

function forgetOldLogs() {
  for (const name of readdirSync(made(LOGS))) {
    const file = join(LOGS, name);
    if (Date.now() - statSync(file).mtimeMs > WEEK) rmSync(file, { recursive: true, force: true });
  }
}

/** Takes one set of emulators down, however far it came. */
class Takedown {
  #done = false;
  /** @type {import('./procs.mjs').Child | undefined} */
  #emulators;
  ready = false;

  /** @param {string[]} files to be removed then @param {boolean} keep */
  constructor(files, keep) {
    this.files = files;
    this.keep = keep;
    atEnd(() => this.down());
  }

  /** @param {import('./procs.mjs').Child} child @param {string} log */
  owns(child, log) {
    this.#emulators = child;
    child.once('exit', () => {
      // Nothing is of use without them. While they come up, untilReady says it.
      if (this.#done || !this.ready) return;
      say(`the emulators ended by themselves (log: ${log})`);
      void end(1);
    });
  }

  async down() {
    if (this.#done) return;
    this.#done = true;
    // A clean end takes half a second (the export of --keep longer). Half started they would only wait for each other.
    const first = /** @type {const} */ (['SIGINT', this.keep ? 30_000 : 4000]);
    const clean = this.ready ? [[...first]] : [];
    const steps = /** @type {[NodeJS.Signals, number][]} */ ([...clean, ['SIGTERM', 500], ['SIGKILL', 1000]]);
    if (this.#emulators) await stop(this.#emulators, steps, this.ready);
    for (const file of this.files) rmSync(file, { recursive: true, force: true });
  }
}

/** @param {Required<Options>} options @param {{ dir: string, env: Record<string, string>, lines: string[] }} shim */
async function attempt({ fixed, keep, only }, shim) {
  const ports = fixed ? await fixedPortsByName() : await freePortsByName();
  // Short, because it takes Unix sockets, whose paths may have 104 characters.
  const runDir = mkdtempSync(join(tmpdir(), 'dp-'));
  const files = [runDir, runConfigFile(runDir)];
  for (const file of files) tellReaper(`file ${file}`);
  const takedown = new Takedown(files, keep);
  const tag = `${fixed ? 'start' : 'suite'}-${process.pid}-${++attempts}`;
  const log = join(LOGS, `${tag}.log`);
  if (existsSync(log)) rmSync(log);
  const withStandins = only.includes('functions');
  const { forUs, forFunctions, secrets } = standinEnv(ports);
  const config = writeRunConfig({ ports, runDir, params: forFunctions, secrets });
  const child = startEmulators({ only, config, log, keep, shimDir: shim.dir, runDir, env: shim.env });
  takedown.owns(child, log);
  try {
    await Promise.all([untilReady(child, log), withStandins ? startStandins(ports, tag) : []]);
    takedown.ready = true;
    const found = await suiteEnv(ports.hub ?? 4400, only);
    return {
      env: { ...found, ...(withStandins ? forUs : {}) },
      lines: shim.lines,
      down: () => takedown.down(),
    };
  } catch (error) {
    await takedown.down();
    throw error;
  }
}

/**
 * Set-up and build, done once; what it resolves to brings suites up: emulators and stand-ins, as many as wanted.
 * @param {Options} [options]
 * @returns {Promise<() => Promise<Suite>>}
 */
export async function prepare({ fixed = false, keep = false, only = FULL } = {}) {
  await ensureDeps();
  forgetOldLogs();
  const [firestore] = await Promise.all([
    pickFirestore(),
    only.includes('functions') ? buildFunctions() : undefined,
  ]);
  const { dir, env, line } = writeShim(firestore);
  const lines = [firestore.line, line];
  for (const each of lines) say(each);
  const run = () => attempt({ fixed, keep, only }, { dir, env, lines });
  return async () => {
    const began = Date.now();
    // Between choosing a free port and using it another program may have taken it: once more, with others.
    const suite = await run().catch((error) => {
      if (fixed || !(error instanceof NotUp) || !error.portTaken) throw error;
      return run();
    });
    say(`up in ${((Date.now() - began) / 1000).toFixed(1)} s: ${only.join(', ')}`);
    return suite;
  };
}

/** Brings one suite up, set-up included. @param {Options} [options] */
export async function up(options) {
  return await (await prepare(options))();
}
