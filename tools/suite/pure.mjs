// The parts of the launcher without side effects, for suite.test.ts. Types: pure.d.mts.

import { basename } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** "25.0.3" -> 25, "1.8.0_392" -> 8, 'openjdk version "21-ea"' -> 21; 0 when it is no version. */
export function javaMajor(text) {
  const found = /(?:^|version ")(\d+)(?:\.(\d+))?/.exec(text.trim());
  if (found === null) return 0;
  return Number(found[1] === '1' ? (found[2] ?? 0) : found[1]);
}

/** A manifest line holds at most 72 bytes; what is over goes on in lines that begin with a space. */
export function manifestLine(line) {
  const bytes = Buffer.from(line, 'utf8');
  let at = 0;
  let folded = '';
  while (at < bytes.length) {
    let to = Math.min(bytes.length, at + (at === 0 ? 72 : 71));
    // Never inside a character of several bytes: those bytes are 10xxxxxx.
    while (to < bytes.length && ((bytes[to] ?? 0) & 0xc0) === 0x80) to--;
    folded += `${at === 0 ? '' : ' '}${bytes.toString('utf8', at, to)}\r\n`;
    at = to;
  }
  return folded;
}

export const JAVA_NEEDED = 21;

/** Whatever needs no download comes first. */
export function chooseFirestore(found) {
  const { wanted, jar, gcloudJar, java, hidane, downloadFailed, canInstallHidane } = found;
  const official = wanted !== 'hidane';
  const other = wanted !== 'official';
  const asked = wanted === undefined ? '' : 'asked for by EMULATOR, ';
  if (official && java && jar) return { kind: 'jar', why: `${asked}in firebase-tools' cache` };
  if (official && java && gcloudJar) return { kind: 'gcloud', why: `${asked}from the Google Cloud CLI` };
  if (other && hidane) return { kind: 'hidane', why: `${asked}${noOfficial(found)}` };
  if (official && java && (!downloadFailed || !other))
    return { kind: 'download', why: 'not on this machine yet' };
  if (other && canInstallHidane) return { kind: 'install-hidane', why: `${asked}${noOfficial(found)}` };
  return { kind: 'none', why: missing(found) };
}

function noOfficial({ wanted, java, jar, gcloudJar }) {
  if (wanted === 'hidane') return '0.6.0';
  if (!java) return `no Java ${JAVA_NEEDED}+ for the official one`;
  return jar || gcloudJar ? '' : 'no official one on this machine';
}

function missing({ wanted, java }) {
  const jdk = `a Java ${JAVA_NEEDED}+ (https://adoptium.net)`;
  const rust = 'Rust (https://rustup.rs), with which the launcher builds the emulator "hidane"';
  if (wanted === 'official') return `The official Firestore emulator needs ${java ? 'a download' : jdk}.`;
  if (wanted === 'hidane') return `The Firestore emulator "hidane" is not installed: install ${rust}.`;
  return `No Firestore emulator can run here: install ${java ? '' : `${jdk} or `}${rust}.`;
}

/**
 * Whether node_modules is what the lock file says, by npm's own record of what it installed. Optional packages
 * (other platforms' binaries) may be absent.
 */
export function installedMatches(lock, hidden) {
  for (const [path, wanted] of Object.entries(lock.packages ?? {})) {
    if (path === '' || wanted.link) continue;
    const have = hidden.packages?.[path];
    if (have === undefined ? !(wanted.optional || wanted.devOptional) : have.version !== wanted.version) {
      return false;
    }
  }
  return true;
}

/** What one jest run adds to the closing line. `report`: its --json file, undefined when there is none. */
export function tallyJest(report, exitCode) {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
  const failed = (report.numFailedTests ?? 0) + (report.numRuntimeErrorTestSuites ?? 0);
  // Also a run that ends badly with no failed test, such as one with nothing to run or a missed threshold.
  const other = failed === 0 && (exitCode !== 0 || report.success === false) ? 1 : 0;
  return { passed: report.numPassedTests ?? 0, failed: failed + other, skipped };
}

const LINES_OF_A_FAILURE = 15;

/** Each failed test with the beginning of its message, to stand at the end where a cut log still shows it. */
export function failuresOf(report) {
  return (report?.testResults ?? []).flatMap(({ name = '', status, message = '', assertionResults = [] }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    const told = failed.map((test) => [test.fullName ?? '', (test.failureMessages ?? []).join('\n')]);
    if (status === 'failed' && failed.length === 0) told.push(['the file itself', message]);
    return told.map(([test, why]) => {
      const lines = stripVTControlCharacters(why).trim().split('\n').slice(0, LINES_OF_A_FAILURE);
      return [`FAILED ${basename(name)}: ${test}`, ...lines.map((line) => `    ${line}`)].join('\n');
    });
  });
}

export function closingLine(tallies) {
  const sum = (key) => tallies.reduce((total, tally) => total + tally[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
