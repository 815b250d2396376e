import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDeps } from './deps.mjs';
import { FULL, RULES_ONLY } from './emulators.mjs';
import { foreground } from './exec.mjs';
import { CACHE, made, ROOT, say } from './paths.mjs';
import { caught, childEnv } from './procs.mjs';
import { closingLine, failuresOf, tallyJest } from './pure.mjs';
import { prepare, up } from './suite.mjs';

/** @typedef {import('./pure.mjs').Tally} Tally */

const PROJECTS = ['unit', 'rules', 'flows'];

/** @param {string} name @param {string[]} args @returns {Promise<Tally[]>} */
async function check(name, args) {
  const { code, output } = await caught(process.execPath, args);
  say(`${name}: ${code === 0 ? 'fine' : 'FAILED'}`);
  if (code === 0) return [];
  console.log(output);
  return [{ passed: 0, failed: 1, skipped: 0, failures: [`FAILED ${name}`] }];
}

/** @returns {Promise<Tally[]>} */
async function staticChecks() {
  const module = (/** @type {string} */ path) => join(ROOT, 'node_modules', path);
  const results = await Promise.all([
    check('biome', [module('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']),
    check('tsc', [module('typescript/bin/tsc'), '--noEmit']),
  ]);
  return results.flat();
}

/** @param {string} file @returns {import('./pure.mjs').JestReport | undefined} */
function report(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} project @param {string[]} more @param {Record<string, string>} [env]
 * @returns {Promise<Tally>}
 */
async function jest(project, more, env = {}) {
  const file = join(made(join(CACHE, 'results')), `${project}.json`);
  rmSync(file, { force: true });
  const args = [join(ROOT, 'node_modules/jest/bin/jest.js'), '--selectProjects', project];
  args.push('--json', '--outputFile', file, ...more);
  // A pattern on the command line may mean the tests of one project only.
  if (more.length > 0) args.push('--passWithNoTests');
  const code = await foreground(process.execPath, args, childEnv(env));
  const results = report(file);
  return { ...tallyJest(results, code), failures: failuresOf(results) };
}

/** @param {unknown} error @returns {Tally[]} */
function notUp(error) {
  const why = error instanceof Error ? error.message : String(error);
  say(why);
  return [{ passed: 0, failed: 1, skipped: 0, failures: [`FAILED ${why}`] }];
}

/** @param {string[]} more @returns {Promise<Tally[]>} */
async function rules(more) {
  try {
    const suite = await up({ only: RULES_ONLY });
    const tally = await jest('rules', more, suite.env);
    await suite.down();
    return [tally];
  } catch (error) {
    return notUp(error);
  }
}

/**
 * A file of flows owns its suite while it runs: as many suites as workers (test/support/ownSuite.ts picks the worker's).
 * @param {string[]} more @param {number} count of suites @param {ReturnType<typeof prepare>} prepared
 * @param {Promise<unknown>} [before] what the tests wait for
 * @returns {Promise<Tally[]>}
 */
async function flows(more, count, prepared, before) {
  try {
    const another = await prepared;
    const suites = [];
    // One after the other: they choose free ports.
    while (suites.length < count) suites.push(await another());
    await before;
    const SUITES = JSON.stringify(suites.map(({ env }) => env));
    const tally = await jest('flows', ['--maxWorkers', String(count), ...more], {
      ...suites[0]?.env,
      SUITES,
    });
    await Promise.all(suites.map((suite) => suite.down()));
    return [tally];
  } catch (error) {
    return notUp(error);
  }
}

/** Most of a flow is waiting: two keep two cores busy, and each suite takes about a gigabyte. */
const SUITES_AT_ONCE = 2;

/** @returns {Promise<Tally[]>} */
async function everything() {
  const prepared = prepare({ only: FULL });
  const checks = (async () => [...(await staticChecks()), await jest('unit', [])])();
  // What one sets up on a new machine, such as an emulator to be built, the other finds.
  const others = Promise.allSettled([checks, prepared]).then(async () => [
    ...(await checks),
    ...(await rules([])),
  ]);
  return [...(await flows([], SUITES_AT_ONCE, prepared, others)), ...(await others)];
}

/** @param {string} project @param {string[]} more @returns {Promise<Tally[]>} */
async function only(project, more) {
  if (project === 'unit') return [await jest('unit', more)];
  if (project === 'rules') return await rules(more);
  return await flows(more, more.length > 0 ? 1 : SUITES_AT_ONCE, prepare({ only: FULL }));
}

/** @param {string[]} args @returns {Promise<number>} */
export async function testMode(args) {
  const [first, ...others] = args;
  const one = first !== undefined && PROJECTS.includes(first) ? first : undefined;
  const more = (one === undefined ? args : others).filter((arg) => arg !== '--');
  await ensureDeps();
  const tallies = [];
  if (one === undefined && more.length === 0) tallies.push(...(await everything()));
  else {
    if (one === undefined) tallies.push(...(await staticChecks()));
    for (const project of one === undefined ? PROJECTS : [one]) tallies.push(...(await only(project, more)));
  }
  for (const failure of tallies.flatMap(({ failures = [] }) => failures)) console.log(failure);
  console.log(closingLine(tallies));
  return tallies.some(({ failed }) => failed > 0) ? 1 : 0;
}
