// Which Firestore emulator runs: Google's where it is at hand, else hidane, which needs no Java.
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { launcherJar } from './jar.mjs';
import { findJava, onPath, works } from './java.mjs';
import { withLock } from './lock.mjs';
import { CACHE, FIREBASE_CLI, LOGS, made, say } from './paths.mjs';
import { caught, childEnv } from './procs.mjs';
import { chooseFirestore, JAVA_NEEDED } from './pure.mjs';

/** @typedef {{ kind: 'official' | 'hidane', run: string, java?: string, line: string }} Firestore `run`: the jar or the program */

const VERSION = '0.6.0';
const DAY = 24 * 60 * 60 * 1000;
const FAILED = join(CACHE, 'firestore-download-failed');
const MAIN = 'com.google.cloud.datastore.emulator.firestore.CloudFirestore';

/** @param {RegExp} name @returns {string | undefined} the newest such file of firebase-tools' cache */
export function cachedJar(name) {
  const dir = process.env.FIREBASE_EMULATORS_PATH ?? join(homedir(), '.cache/firebase/emulators');
  if (!existsSync(dir)) return undefined;
  const jars = readdirSync(dir).filter((file) => name.test(file));
  const newest = jars.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  return newest === undefined ? undefined : join(dir, newest);
}

/** @returns {string | undefined} */
function gcloudJar() {
  const gcloud = onPath('gcloud');
  const roots = [
    gcloud === undefined ? '' : dirname(dirname(gcloud)),
    join(homedir(), 'google-cloud-sdk'),
    '/usr/lib/google-cloud-sdk',
    '/opt/homebrew/share/google-cloud-sdk',
    '/snap/google-cloud-cli/current',
  ];
  const jars = roots.map((root) =>
    join(root, 'platform/cloud-firestore-emulator/cloud-firestore-emulator.jar'),
  );
  return jars.find((jar, index) => roots[index] !== '' && existsSync(jar));
}

/** @returns {string | undefined} */
function presentHidane() {
  const own = [join(CACHE, 'hidane/bin/hidane'), join(CACHE, 'hidane-npm/node_modules/.bin/hidane')];
  return onPath('hidane') ?? own.find((file) => existsSync(file));
}

function look() {
  const asked = process.env.EMULATOR;
  if (asked && asked !== 'official' && asked !== 'hidane') {
    throw new Error(`EMULATOR is "official" or "hidane", not "${asked}".`);
  }
  return {
    wanted: /** @type {import('./pure.mjs').Wanted} */ (asked || undefined),
    jar: cachedJar(/^cloud-firestore-emulator-v.*\.jar$/),
    gcloudJar: gcloudJar(),
    java: findJava()?.bin,
    hidane: presentHidane(),
    downloadFailed: existsSync(FAILED) && Date.now() - statSync(FAILED).mtimeMs < DAY,
    canInstallHidane: onPath('cargo') !== undefined || onPath('npm') !== undefined,
  };
}

/** One try of 60 s; a machine without the internet is not asked again for a day. */
async function download() {
  say("trying to download Google's Firestore emulator (60 s at most)");
  rmSync(FAILED, { force: true });
  const env = childEnv({ CI: '1', NO_UPDATE_NOTIFIER: '1' });
  const args = [FIREBASE_CLI, 'setup:emulators:firestore'];
  const { code } = await caught(process.execPath, args, { env, cwd: made(LOGS), limit: 60_000 });
  if (code === 0 && look().jar !== undefined) return;
  writeFileSync(FAILED, '');
  say('no download possible');
}

async function installHidane() {
  await withLock('hidane', async () => {
    if (presentHidane()) return;
    const prefix = made(join(CACHE, 'hidane-npm'));
    const npm = [
      'install',
      '--prefix',
      prefix,
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `hidane@${VERSION}`,
    ];
    say(`installing the Firestore emulator hidane ${VERSION} into .cache`);
    await caught('npm', npm, { cwd: prefix, limit: 120_000 });
    if (works(join(prefix, 'node_modules/.bin/hidane'), ['--version'])) return;
    rmSync(prefix, { recursive: true, force: true });
    if (onPath('cargo') === undefined) return;
    say('not on this npm registry: building it with cargo, about 4 minutes, once');
    const cargo = ['install', 'hidane', '--version', VERSION, '--locked', '--root', join(CACHE, 'hidane')];
    const { code, output } = await caught('cargo', cargo);
    if (code !== 0) say(`cargo failed:\n${output.split('\n').slice(-15).join('\n')}`);
  });
}

/** @param {ReturnType<typeof look>} found @param {import('./pure.mjs').Choice} choice @returns {Firestore} */
function settled(found, { kind, why }) {
  if (kind === 'hidane' && found.hidane) {
    return { kind, run: found.hidane, java: found.java, line: `Firestore emulator: hidane (${why})` };
  }
  const line = `Firestore emulator: official (${why})`;
  if (kind === 'jar' && found.jar) return { kind: 'official', run: found.jar, java: found.java, line };
  const jar = join(made(join(CACHE, 'shim')), 'firestore-launcher.jar');
  writeFileSync(jar, launcherJar(found.gcloudJar ?? '', MAIN));
  return { kind: 'official', run: jar, java: found.java, line };
}

/** @returns {Promise<Firestore>} */
export async function pickFirestore() {
  let found = look();
  let choice = chooseFirestore(found);
  if (choice.kind === 'download') {
    await download();
    found = look();
    choice = chooseFirestore({ ...found, downloadFailed: true });
  }
  if (choice.kind === 'install-hidane') {
    await installHidane();
    found = look();
    choice = chooseFirestore({ ...found, downloadFailed: true, canInstallHidane: false });
  }
  if (choice.kind === 'none' || choice.kind === 'download') {
    const why =
      choice.kind === 'none' ? choice.why : 'The official Firestore emulator could not be downloaded.';
    throw new Error(why || `Install a Java ${JAVA_NEEDED}+ or Rust.`);
  }
  return settled(found, choice);
}
