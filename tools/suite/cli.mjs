import { benchMode } from './bench.mjs';
import { end, watchEnd } from './ending.mjs';
import { execMode } from './exec.mjs';
import { say } from './paths.mjs';
import { runMode } from './run.mjs';
import { startMode } from './start.mjs';
import { testMode } from './test.mjs';

const USAGE = `usage: node tools/suite/main.mjs
  start [--keep]                emulators, stand-ins and seeded data, until Ctrl-C
  exec [--no-seed] "<command>"  a command with a seeded suite of its own on free ports
  run <script.ts> [...]         a script against the running suite
  test [unit|rules|flows]       checks and tests; what follows -- goes to jest
  bench [name ...]              measures into docs/costs.md, with a suite of its own`;

/** A mode gives its exit code, or nothing when it stays. @type {Record<string, (args: string[]) => Promise<number | void>>} */
const MODES = { start: startMode, exec: execMode, run: runMode, test: testMode, bench: benchMode };

/** @param {string[]} args */
export async function cli([mode = '', ...args]) {
  const work = MODES[mode];
  if (work === undefined) {
    console.error(USAGE);
    process.exit(2);
  }
  watchEnd();
  try {
    const code = await work(args);
    if (code !== undefined) await end(code);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    await end(1);
  }
}
