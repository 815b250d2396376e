import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { CACHE, ROOT, say } from './paths.mjs';
import { caught } from './procs.mjs';
import { installedMatches } from './pure.mjs';

/** @param {string} dir */
function stampOf(dir) {
  const hash = createHash('sha256')
    .update(readFileSync(join(dir, 'package-lock.json')))
    .digest('hex');
  return `${hash} node${process.versions.node.split('.')[0]}`;
}

/** @param {string} file @returns {string | undefined} */
function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** A developer's own `npm install` left everything in place: no need to do it again. @param {string} dir */
function installedAlready(dir) {
  const hidden = read(join(dir, 'node_modules/.package-lock.json'));
  if (hidden === undefined) return false;
  return installedMatches(
    JSON.parse(readFileSync(join(dir, 'package-lock.json'), 'utf8')),
    JSON.parse(hidden),
  );
}

/** @param {string} dir @param {string} name */
async function installed(dir, name) {
  const flags = ['--no-audit', '--no-fund', '--loglevel=error'];
  const clean = await caught('npm', ['ci', ...flags], { cwd: dir });
  if (clean.code === 0) return;
  // A lock file made where the registry lacks other platforms' optional packages is out of step for `npm ci`, and
  // for it only. This installs the same versions and leaves the lock file alone.
  const plain = await caught('npm', ['install', '--no-save', ...flags], { cwd: dir });
  if (plain.code !== 0) throw new Error(`npm could not install the packages of ${name}:\n${clean.output}`);
}

/** @param {string} dir @param {string} name */
async function install(dir, name) {
  const stamp = join(dir, 'node_modules/.stamp');
  const wanted = stampOf(dir);
  if (read(stamp) === wanted) return;
  if (!installedAlready(dir)) {
    say(`installing the packages of ${name} (npm, a minute or two)`);
    await installed(dir, name);
  }
  writeFileSync(stamp, wanted);
}

/** node_modules of the root and of functions/, when their lock files have changed. */
export async function ensureDeps() {
  const folders = [
    [ROOT, 'the tools'],
    [join(ROOT, 'functions'), 'functions/'],
  ];
  const stale = folders.filter(([dir]) => read(join(dir, 'node_modules/.stamp')) !== stampOf(dir));
  if (stale.length === 0) return;
  await withLock('setup', async () => {
    for (const [dir, name] of stale) await install(dir, name);
  });
}

/** @param {string} dir */
function sourcesHash(dir) {
  const hash = createHash('sha256');
  const src = join(dir, 'src');
  const names = existsSync(src) ? readdirSync(src, { recursive: true }).map(String).sort() : [];
  const files = names.map((name) => join(src, name)).filter((file) => statSync(file).isFile());
  for (const file of [...files, join(dir, 'build.mjs'), join(dir, 'package-lock.json')]) {
    hash.update(`${file}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Only when a source changed: a running suite watches functions/lib and would load it again. */
export async function buildFunctions() {
  const dir = join(ROOT, 'functions');
  const secrets = join(dir, '.secret.local');
  if (!existsSync(secrets) && existsSync(`${secrets}.example`)) {
    copyFileSync(`${secrets}.example`, secrets);
    say('wrote functions/.secret.local from its example');
  }
  const stamp = join(CACHE, 'functions-built');
  await withLock('build', async () => {
    const wanted = sourcesHash(dir);
    if (read(stamp) === wanted && existsSync(join(dir, 'lib/index.js'))) return;
    const { code, output } = await caught(process.execPath, [join(dir, 'build.mjs')], { cwd: dir });
    if (code !== 0) throw new Error(`building functions/ failed:\n${output}`);
    writeFileSync(stamp, wanted);
    say('built functions/');
  });
}
