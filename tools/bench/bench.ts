/**
 * `npm run bench [-- name…]`: runs the benches named, or all, prints what they measured and writes it into
 * docs/costs.md. A further bench is a file here and a line below; its place in the document are its two markers.
 */

import { burst } from './burst.ts';
import { chat } from './chat.ts';
import { coldStart } from './coldStart.ts';
import { mail } from './mail.ts';
import { payments } from './payments.ts';
import { pushes } from './pushes.ts';
import { COSTS, writeCosts } from './report.ts';
import { ruleCosts } from './ruleCosts.ts';
import { rushOfReviews } from './rush.ts';
import { screens } from './screens/screens.ts';
import { signIn } from './signIn.ts';
import { triggers } from './triggers.ts';

/** Each gives its report as Markdown, and leaves nothing running. */
const benches: Readonly<Record<string, () => Promise<string>>> = {
  screens,
  signIn,
  ruleCosts,
  triggers,
  rush: rushOfReviews,
  mail,
  coldStart,
  burst,
  chat,
  pushes,
  payments,
};

/** For each bench. */
const limitMs = 300_000;

function tooLong(name: string): void {
  console.error(`the bench ${name} did not end within ${limitMs / 1000} s`);
  process.exit(1);
}

async function run(name: string): Promise<void> {
  const bench = benches[name];
  if (bench === undefined) throw new Error(`no bench ${name}; there are ${Object.keys(benches).join(', ')}`);
  const limit = setTimeout(tooLong, limitMs, name);
  const text = await bench();
  clearTimeout(limit);
  console.log(`\n${name}\n\n${text}`);
  writeCosts(name, text);
}

async function main(names: readonly string[]): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(benches)) await run(name);
  console.log(`\nwritten into ${COSTS}`);
}

main(process.argv.slice(2)).then(
  // The SDKs keep idle connections, which would hold the process.
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
