import { atEnd } from './ending.mjs';
import { childEnv, ended, start, stop } from './procs.mjs';
import { seed } from './seed.mjs';
import { up } from './suite.mjs';

/**
 * Runs a program with the suite's variables; it gets our stdin, stdout and stderr.
 * @param {string} command @param {string[]} args @param {import('./procs.mjs').Env} env
 * @returns {Promise<number>}
 */
export async function foreground(command, args, env) {
  const child = start(command, args, { env });
  atEnd(() =>
    stop(child, [
      ['SIGINT', 3000],
      ['SIGTERM', 2000],
      ['SIGKILL', 1000],
    ]),
  );
  return await ended(child);
}

/** @param {string[]} args @returns {Promise<number>} */
export async function execMode(args) {
  const words = args[0] === '--no-seed' ? args.slice(1) : args;
  if (words.length === 0) throw new Error('usage: npm run exec -- [--no-seed] "<command>"');
  const { env } = await up();
  if (words.length === args.length) await seed(env);
  return await foreground('sh', ['-c', words.join(' ')], childEnv(env));
}
