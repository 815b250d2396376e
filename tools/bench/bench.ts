/**
 * `npm run bench [-- name…]`: runs the benches named, or all, prints what they measured and writes it into
 * docs/costs.md. A further bench is a file here and a line below; its place in the document are its two markers.
 */

import { chat } from './chat.ts';
import { mail } from './mail.ts';
import { pushes } from './pushes.ts';
import { COSTS, writeCosts } from './report.ts';
import { ruleCosts } from './ruleCosts.ts';
import { rushOfReviews } from './rush.ts';
import { signIn } from './signIn.ts';
import { triggers } from './triggers.ts';

/** Each gives its report as Markdown, and leaves nothing running. */
const benches: Readonly<Record<string, () => Promise<string>>> = {
  signIn,
  ruleCosts,
  triggers,
  rush: rushOfReviews,
  mail,
  chat,
  pushes,
};

const limitMs = 300_000;

async function run(name: string): Promise<void> {
  const bench = benches[name];
  if (bench === undefined) throw new Error(`no bench ${name}; there are ${Object.keys(benches).join(', ')}`);
  const text = await bench();
  console.log(`\n${name}\n\n${text}`);
  writeCosts(name, text);
}

async function main(names: readonly string[]): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(benches)) await run(name);
  console.log(`\nwritten into ${COSTS}`);
}

setTimeout(() => {
  console.error(`the benches did not end within ${limitMs / 1000} s`);
  process.exit(1);
}, limitMs).unref();

main(process.argv.slice(2)).then(
  // The SDKs keep idle connections, which would hold the process.
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
