import { join } from 'node:path';
import { ROOT, say } from './paths.mjs';
import { caught, childEnv } from './procs.mjs';

/** @param {Record<string, string>} env */
export async function seed(env) {
  const args = ['--disable-warning=ExperimentalWarning', join(ROOT, 'seed/load.ts')];
  const { code, output } = await caught(process.execPath, args, { env: childEnv(env) });
  if (code !== 0) throw new Error(`seeding the data failed:\n${output}`);
  const last = output.split('\n').at(-1);
  if (last) say(last);
}
