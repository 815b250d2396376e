/**
 * `npm run rebuild -- <part>…`: makes what is derived anew from its sources, in the running suite, or in a project of the cloud
 * with `--project <id>` and Application Default Credentials. May be run at any time, and again.
 */
import { parseArgs } from 'node:util';
import { rebuildFeeds } from '../../functions/src/feeds/rebuild.ts';
import { firestoreEngine } from '../../functions/src/search/firestoreEngine.ts';
import { rebuildSearch } from '../../functions/src/search/rebuild.ts';

const parts: Readonly<Record<string, () => Promise<object>>> = {
  search: () => rebuildSearch(firestoreEngine),
  feeds: rebuildFeeds,
};

const usage = `usage: npm run rebuild -- [--project <project id>] ${Object.keys(parts).join(' | ')}`;

async function rebuild(): Promise<void> {
  const options = { project: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const local = process.env.FIRESTORE_EMULATOR_HOST !== undefined;
  if (values.project !== undefined && values.project.startsWith('demo-') !== local) throw new Error(usage);
  if (values.project !== undefined) process.env.GCLOUD_PROJECT = values.project;
  const chosen = positionals.map((name) => ({ name, run: parts[name] }));
  if (chosen.length === 0) throw new Error(usage);
  for (const { name, run } of chosen) {
    if (!run) throw new Error(usage);
    console.log(name, JSON.stringify(await run()));
  }
}

try {
  await rebuild();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
