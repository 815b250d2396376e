import { ensureDeps } from './deps.mjs';
import { foreground } from './exec.mjs';
import { childEnv } from './procs.mjs';
import { runningSuite } from './start.mjs';

/** @param {string[]} args */
function meansCloud(args) {
  const project = args[args.indexOf('--project') + 1];
  return args.includes('--project') && project !== undefined && !project.startsWith('demo-');
}

/** Scripts that look at the sources only. @param {string} script @param {string[]} args */
function needsNoSuite(script, args) {
  return args.includes('--offline') || script.endsWith('tools/docs/write.ts');
}

/** @param {string} script @param {string[]} args */
function envFor(script, args) {
  // Inside `npm run exec` the variables are there already, and that suite is meant.
  if (process.env.FIRESTORE_EMULATOR_HOST) return process.env;
  // Credentials for the cloud, which childEnv would keep from a suite, are what such a script works with.
  if (meansCloud(args)) return process.env;
  if (needsNoSuite(script, args)) return childEnv();
  const suite = runningSuite();
  if (suite === undefined) {
    throw new Error('no suite is running: start one with `npm start` in another terminal, then try again.');
  }
  return childEnv(suite.env);
}

/** @param {string[]} args @returns {Promise<number>} */
export async function runMode([script, ...args]) {
  if (script === undefined) throw new Error('usage: node tools/suite/main.mjs run <script.ts> [...args]');
  const env = envFor(script, args);
  await ensureDeps();
  return await foreground(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], env);
}
