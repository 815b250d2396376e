/**
 * A fresh process that loads modules as an instance does when it starts: `node coldLoad.ts time|list <file>…`, in this
 * order. Prints as JSON how much CPU time it took, ms, and how much memory the process holds then, MiB; or every file loaded,
 * with its size, which takes longer.
 */
import { statSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [mode, ...modules] = process.argv.slice(2);
const files: { path: string; bytes: number }[] = [];

if (mode === 'list') {
  registerHooks({
    load(url, context, next) {
      if (url.startsWith('file:')) {
        const path = fileURLToPath(url);
        files.push({ path, bytes: statSync(path).size });
      }
      return next(url, context);
    },
  });
}

const before = process.cpuUsage();
for (const module of modules) await import(join(process.cwd(), module));
const { user, system } = process.cpuUsage(before);
const told = { cpuMs: (user + system) / 1_000, rssMiB: process.memoryUsage().rss / 2 ** 20, files };
process.stdout.write(JSON.stringify(told), () =>
  // Some packages keep timers.
  process.exit(0),
);
