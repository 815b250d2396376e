import { join } from 'node:path';
import { buildFunctions } from './deps.mjs';
import { foreground } from './exec.mjs';
import { ROOT } from './paths.mjs';
import { childEnv } from './procs.mjs';
import { up } from './suite.mjs';

/**
 * Benches need the emulators of Auth, Firestore and Storage: they mount the built functions themselves, because the
 * functions emulator lets a worker take one request at a time.
 * @param {string[]} args names of benches
 * @returns {Promise<number>}
 */
export async function benchMode(args) {
  const { env } = await up({ only: ['auth', 'firestore', 'storage'] });
  await buildFunctions();
  const script = join(ROOT, 'tools/bench/bench.ts');
  const flags = ['--disable-warning=ExperimentalWarning'];
  return await foreground(process.execPath, [...flags, script, ...args], childEnv(env));
}
