// The one entry of the local suite. Plain enough for Node 18: it only makes sure of Node 22 and hands on.
import { ensureNode } from './node22.mjs';

const args = process.argv.slice(2);

if (process.platform === 'win32') {
  console.error('The local suite needs a POSIX shell: run it inside WSL.');
  process.exit(1);
}

if (await ensureNode(args)) {
  const { cli } = await import('./cli.mjs');
  await cli(args);
}
