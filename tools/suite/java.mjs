import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { JAVA_NEEDED, javaMajor } from './pure.mjs';

/** @param {string} name @returns {string | undefined} the real path of a command on PATH */
export function onPath(name) {
  for (const dir of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(dir, name);
    if (dir !== '' && existsSync(file)) return realpathSync(file);
  }
  return undefined;
}

/** @param {string} dir @param {string} [inner] @returns {string[]} homes below a folder, newest name first */
function homesIn(dir, inner = '') {
  if (!existsSync(dir)) return [];
  const names = readdirSync(dir).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return names.map((name) => join(dir, name, inner));
}

/** @param {string} java */
function majorOf(java) {
  // Every JDK since 8 has this file; asking the program itself costs half a second.
  const release = join(dirname(dirname(realpathSync(java))), 'release');
  if (existsSync(release)) {
    const major = javaMajor(/^JAVA_VERSION="(.*)"/m.exec(readFileSync(release, 'utf8'))?.[1] ?? '');
    if (major > 0) return major;
  }
  const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8', timeout: 10_000 });
  return javaMajor(/version "[^"]*"/.exec(stderr ?? '')?.[0] ?? '');
}

/** @returns {{ bin: string, major: number } | undefined} the first Java that is new enough */
export function findJava() {
  const onThePath = onPath('java');
  const homes = [
    process.env.JAVA_HOME ?? '',
    onThePath === undefined ? '' : dirname(dirname(onThePath)),
    ...homesIn('/usr/lib/jvm'),
    ...homesIn('/Library/Java/JavaVirtualMachines', 'Contents/Home'),
    ...homesIn(join(homedir(), '.sdkman/candidates/java')),
    '/opt/homebrew/opt/openjdk',
    '/usr/local/opt/openjdk',
  ];
  for (const home of homes) {
    const bin = join(home, 'bin', 'java');
    if (home === '' || !existsSync(bin)) continue;
    const major = majorOf(bin);
    if (major >= JAVA_NEEDED) return { bin, major };
  }
  return undefined;
}

/** @param {string} command @param {string[]} args @returns {boolean} */
export function works(command, args) {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}
