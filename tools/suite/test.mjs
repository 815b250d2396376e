import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDeps } from './deps.mjs';
import { FULL, RULES_ONLY } from './emulators.mjs';
import { foreground } from './exec.mjs';
import { CACHE, made, ROOT, say } from './paths.mjs';
import { caught, childEnv } from './procs.mjs';
import { closingLine, tallyJest } from './pure.mjs';
import { up } from './suite.mjs';

/** @typedef {import('./pure.mjs').Tally} Tally */

const PROJECTS = ['unit', 'rules', 'flows'];

/** @param {string} name @param {string[]} args @returns {Promise<Tally[]>} */
async function check(name, args) {
  const { code, output } = await caught(process.execPath, args);
  say(`${name}: ${code === 0 ? 'fine' : 'FAILED'}`);
  if (code === 0) return [];
  console.log(output);
  return [{ passed: 0, failed: 1, skipped: 0 }];
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
  // A flow owns the suite while it runs; a pattern on the command line may mean the tests of one project only.
  if (project === 'flows') args.push('--runInBand');
  if (more.length > 0) args.push('--passWithNoTests');
  const code = await foreground(process.execPath, args, childEnv(env));
  return tallyJest(report(file), code);
}

/** @param {string[]} projects @param {string[]} more @returns {Promise<Tally[]>} */
async function inSuite(projects, more) {
  /** @type {import('./suite.mjs').Suite} */
  let suite;
  try {
    suite = await up({ only: projects.includes('flows') ? FULL : RULES_ONLY });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return projects.map(() => ({ passed: 0, failed: 1, skipped: 0 }));
  }
  const tallies = [];
  for (const project of projects) tallies.push(await jest(project, more, suite.env));
  await suite.down();
  return tallies;
}

/** @param {string[]} args @returns {Promise<number>} */
export async function testMode(args) {
  const [first, ...others] = args;
  const one = first !== undefined && PROJECTS.includes(first) ? first : undefined;
  const more = (one === undefined ? args : others).filter((arg) => arg !== '--');
  await ensureDeps();
  const tallies = one === undefined ? await staticChecks() : [];
  const projects = one === undefined ? PROJECTS : [one];
  if (projects.includes('unit')) tallies.push(await jest('unit', more));
  const emulated = projects.filter((project) => project !== 'unit');
  if (emulated.length > 0) tallies.push(...(await inSuite(emulated, more)));
  console.log(closingLine(tallies));
  return tallies.some(({ failed }) => failed > 0) ? 1 : 0;
}
