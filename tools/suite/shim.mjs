// firebase-tools starts `java … -jar <file> …` for Firestore and for the Storage rules. A `java` of ours, first on
// PATH, hands each file to what really runs: hidane, our Storage rules stand-in, or the Java that was found.
import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachedJar } from './firestore.mjs';
import { CACHE, made, ROOT } from './paths.mjs';

/** @param {string} text */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Others may be running the old one. @param {string} file @param {string} text */
function writeWhole(file, text) {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, text);
  chmodSync(fresh, 0o755);
  renameSync(fresh, file);
}

/** For a server that lives minutes on few cores: compile quickly rather than best, and collect garbage on one thread. */
const shortLived = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto';

/**
 * @param {import('./firestore.mjs').Firestore} firestore
 * @returns {{ dir: string, env: Record<string, string>, line: string }} the folder for PATH, and what to tell
 */
export function writeShim(firestore) {
  const rulesJar =
    firestore.java === undefined ? undefined : cachedJar(/^cloud-storage-rules-runtime-v.*\.jar$/);
  const rules = rulesJar === undefined ? 'standin' : 'official';
  const dir = made(join(CACHE, 'shim', `${firestore.kind}-${rules}`));
  const marks = {
    firestore: join(dir, 'firestore-hidane.jar'),
    rules: join(dir, 'storage-rules-standin.jar'),
  };
  for (const file of Object.values(marks)) writeWhole(file, '');
  const server = join(ROOT, 'tools/storage-rules/server.ts');
  const java = firestore.java === undefined ? 'exit 1' : `exec ${quoted(firestore.java)} ${shortLived} "$@"`;
  const lines = [
    '#!/bin/sh',
    // Asked by firebase-tools at each start; a real Java takes half a second to say it.
    'case "$*" in *-version) echo \'openjdk version "21.0.0"\' >&2; exit 0;; esac',
    'case "$*" in',
    `  *${quoted(marks.rules)}*) exec ${quoted(process.execPath)} --disable-warning=ExperimentalWarning ${quoted(server)};;`,
    `  *${quoted(marks.firestore)}*)`,
    '    while [ "$1" != "-jar" ]; do shift; done',
    '    shift 2',
    `    exec ${quoted(firestore.kind === 'hidane' ? firestore.run : 'false')} "$@";;`,
    'esac',
    // firebase-tools asks for a log of every request and every rule evaluated, which nobody reads and costs a third.
    'for arg do',
    '  shift',
    '  case "$arg" in -Dgoogle.cloud_firestore.debug_log_level=*) ;; *) set -- "$@" "$arg";; esac',
    'done',
    java,
    '',
  ];
  writeWhole(join(dir, 'java'), lines.join('\n'));
  return {
    dir,
    env: {
      FIRESTORE_EMULATOR_BINARY_PATH: firestore.kind === 'hidane' ? marks.firestore : firestore.run,
      STORAGE_EMULATOR_BINARY_PATH: rulesJar ?? marks.rules,
    },
    line: `Storage rules: ${rules === 'official' ? "official (in firebase-tools' cache)" : 'our stand-in (tools/storage-rules)'}`,
  };
}
