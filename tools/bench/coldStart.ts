/**
 * What an instance loads before it can serve: for each function the index, which the platform loads for all of them, and
 * the domains its handler asks for when it first runs; beside it an index that imports every domain, as one writes at first.
 * Functions that ask for the same domains load the same code and share a row.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { code, table } from '../docs/markdown.ts';
import { FUNCTIONS } from './mount.ts';
import { machine, number, percentile, whole } from './report.ts';

const run = promisify(execFile);
const runs = 5;

const loadedShape = z.object({
  cpuMs: z.number(),
  rssMiB: z.number(),
  files: z.array(z.object({ path: z.string(), bytes: z.number() })),
});
type Loaded = z.infer<typeof loadedShape>;

async function load(mode: 'time' | 'list', modules: readonly string[]): Promise<Loaded> {
  // A cache of compiled code is no part of a deployment.
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  const flags = ['--disable-warning=ExperimentalWarning'];
  const args = [...flags, 'tools/bench/coldLoad.ts', mode, ...modules];
  const { stdout } = await run(process.execPath, args, { env, maxBuffer: 2 ** 24 });
  return loadedShape.parse(JSON.parse(stdout));
}

export interface Lazy {
  readonly name: string;
  /** Files of the domains its handler imports. */
  readonly chunks: readonly string[];
}

/** The functions a built index declares, and what each imports when it first runs. Pure. */
export function lazyFunctions(index: string): Lazy[] {
  const domains = new Map(
    [...index.matchAll(/^(?:var|const|let) (\w+) = \(\) => import\("\.\/([^"]+)"\)/gm)].map(
      ([, name = '', chunk = '']) => [name, chunk],
    ),
  );
  const exported = /export \{([^}]*)\}/.exec(index)?.[1] ?? '';
  const names = new Set(exported.split(',').map((name) => name.trim()));
  return index.split(/^(?=(?:var|const|let) )/m).flatMap((declared) => {
    const name = /^\w+ (\w+) = on\w+\(/.exec(declared)?.[1];
    if (name === undefined || !names.has(name)) return [];
    const asked = [...declared.matchAll(/await (\w+)\(\)/g)].flatMap(
      ([, domain = '']) => domains.get(domain) ?? [],
    );
    return [{ name, chunks: [...new Set(asked)] }];
  });
}

function grouped(functions: readonly Lazy[]): Lazy[] {
  const groups = new Map<string, Lazy>();
  for (const { name, chunks } of functions) {
    const key = chunks.join(' ');
    const known = groups.get(key);
    groups.set(key, { name: known ? `${known.name}, ${name}` : name, chunks });
  }
  return [...groups.values()];
}

/** `…/node_modules/@scope/name/…` is `@scope/name`; our own files are ''. */
function packageOf(path: string): string {
  const [, ...below] = path.split('/node_modules/');
  const [first = '', second = ''] = (below.at(-1) ?? '').split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

interface Sizes {
  readonly ownKb: number;
  /** KB by package. */
  readonly packages: ReadonlyMap<string, number>;
}

function sizesOf({ files }: Loaded): Sizes {
  const sizes = new Map<string, number>();
  for (const { path, bytes } of files) {
    const name = packageOf(path);
    if (name !== '' || path.includes('/functions/lib/'))
      sizes.set(name, (sizes.get(name) ?? 0) + bytes / 1024);
  }
  const ownKb = sizes.get('') ?? 0;
  sizes.delete('');
  return { ownKb, packages: sizes };
}

const sumOf = (sizes: ReadonlyMap<string, number>): number => [...sizes.values()].reduce((a, b) => a + b, 0);

/** The largest packages that the index does not load, with their KB. */
function beyond({ packages }: Sizes, index: Sizes): string {
  const more = [...packages].filter(([name, kb]) => kb > 50 && !index.packages.has(name));
  return more
    .sort(([, one], [, other]) => other - one)
    .slice(0, 4)
    .map(([name, kb]) => `${name} ${whole(kb)}`)
    .join(', ');
}

interface Measured extends Sizes {
  readonly cpuMs: number;
  readonly rssMiB: number;
}

/** Medians; the runs of all are interleaved, so that a busy moment of the machine falls on all alike. */
async function measureAll(all: readonly (readonly string[])[]): Promise<Measured[]> {
  const sizes: Sizes[] = [];
  for (const modules of all) sizes.push(sizesOf(await load('list', modules)));
  const timed: Loaded[][] = all.map(() => []);
  for (let turn = 0; turn < runs; turn += 1) {
    for (const [n, modules] of all.entries()) timed[n]?.push(await load('time', modules));
  }
  return sizes.map((size, n) => ({
    ...size,
    cpuMs: percentile(timed[n]?.map(({ cpuMs }) => cpuMs) ?? [], 0.5),
    rssMiB: percentile(timed[n]?.map(({ rssMiB }) => rssMiB) ?? [], 0.5),
  }));
}

const head = [
  'function',
  'ms',
  'of everything',
  'our code, KB',
  'packages, KB',
  'the largest',
  'memory, MiB',
];

export async function coldStart(): Promise<string> {
  const groups = grouped(lazyFunctions(readFileSync(FUNCTIONS, 'utf8')));
  const file = (chunk: string) => join(dirname(FUNCTIONS), chunk);
  const everything = [...new Set(groups.flatMap(({ chunks }) => chunks))].map(file);
  const [naive, index, ...measured] = await measureAll([
    [FUNCTIONS, ...everything],
    [FUNCTIONS],
    ...groups.map(({ chunks }) => [FUNCTIONS, ...chunks.map(file)]),
  ]);
  if (!naive || !index) throw new Error('nothing was measured');
  const row = (what: string, one: Measured) => [
    ...[what, whole(one.cpuMs), number(one.cpuMs / naive.cpuMs), whole(one.ownKb)],
    ...[whole(sumOf(one.packages)), beyond(one, index), whole(one.rssMiB)],
  ];
  const named = groups.map(({ name }) => name.split(', ').map(code).join(', '));
  return [
    table(head, [
      row('**an index that imports everything**', naive),
      row('the index alone', index),
      ...measured.map((one, n) => row(named[n] ?? '', one)),
    ]),
    `Medians of ${runs} fresh processes each, ${machine()}; files are in the page cache, compiled code is not kept. CPU time, which other work on the machine disturbs least.`,
  ].join('\n\n');
}
