import type { Found } from './pure.mjs';
import {
  chooseFirestore,
  closingLine,
  failuresOf,
  installedMatches,
  javaMajor,
  manifestLine,
  tallyJest,
} from './pure.mjs';

const nothing: Found = {
  wanted: undefined,
  jar: undefined,
  gcloudJar: undefined,
  java: undefined,
  hidane: undefined,
  downloadFailed: false,
  canInstallHidane: false,
};

describe('javaMajor', () => {
  test.each([
    ['25.0.3', 25],
    ['21-ea', 21],
    ['1.8.0_392', 8],
    ['openjdk version "17.0.12" 2024-07-16', 17],
    ['java version "1.7.0"', 7],
    ['', 0],
    ['no java here', 0],
  ])('%j is %i', (text, major) => expect(javaMajor(text)).toBe(major));
});

describe('manifestLine', () => {
  test('leaves a short line alone', () => expect(manifestLine('A: b')).toBe('A: b\r\n'));

  test('folds at 72 bytes and loses nothing', () => {
    const line = `Class-Path: file:///${'a/'.repeat(100)}x.jar`;
    const lines = manifestLine(line).split('\r\n').slice(0, -1);
    expect(Math.max(...lines.map((each) => Buffer.byteLength(each)))).toBe(72);
    expect(lines.map((each, index) => (index === 0 ? each : each.slice(1))).join('')).toBe(line);
  });

  test('does not cut a Korean character', () => {
    const line = `X: ${'가'.repeat(60)}`;
    const lines = manifestLine(line).split('\r\n').slice(0, -1);
    expect(lines.every((each) => Buffer.byteLength(each) <= 72 && !each.includes('\ufffd'))).toBe(true);
  });
});

describe('chooseFirestore', () => {
  const java = '/jdk/bin/java';
  test.each<[string, Partial<Found>, string]>([
    ['the cached jar before all', { java, jar: 'j', gcloudJar: 'g', hidane: 'h' }, 'jar'],
    ['the Cloud CLI before hidane', { java, gcloudJar: 'g', hidane: 'h' }, 'gcloud'],
    ['hidane without a Java', { jar: 'j', hidane: 'h' }, 'hidane'],
    ['hidane before a download', { java, hidane: 'h', canInstallHidane: true }, 'hidane'],
    ['a download before an installation', { java, canInstallHidane: true }, 'download'],
    [
      'no second try of a failed download',
      { java, downloadFailed: true, canInstallHidane: true },
      'install-hidane',
    ],
    ['nothing', {}, 'none'],
    [
      'official on request, again after a failure',
      { wanted: 'official', java, downloadFailed: true },
      'download',
    ],
    ['official cannot do without Java', { wanted: 'official', jar: 'j', hidane: 'h' }, 'none'],
    ['hidane on request', { wanted: 'hidane', java, jar: 'j', hidane: 'h' }, 'hidane'],
    [
      'hidane on request, to be installed',
      { wanted: 'hidane', java, jar: 'j', canInstallHidane: true },
      'install-hidane',
    ],
  ])('%s', (_name, found, kind) => expect(chooseFirestore({ ...nothing, ...found }).kind).toBe(kind));

  test('says what to install', () => {
    expect(chooseFirestore(nothing).why).toContain('Java 21+');
    expect(chooseFirestore({ ...nothing, java, downloadFailed: true }).why).not.toContain('Java 21+');
  });
});

describe('installedMatches', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0', optional: true },
    },
  };
  test('an optional package may be absent', () => {
    expect(installedMatches(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
  });
  test('another version or a missing package is a difference', () => {
    expect(installedMatches(lock, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe(false);
    expect(installedMatches(lock, {})).toBe(false);
  });
});

describe('the closing line', () => {
  test('sums the runs', () => {
    const unit = tallyJest({ success: true, numPassedTests: 10, numPendingTests: 1, numTodoTests: 1 }, 0);
    const flows = tallyJest(
      { success: false, numPassedTests: 3, numFailedTests: 2, numRuntimeErrorTestSuites: 1 },
      1,
    );
    expect(closingLine([unit, flows])).toBe('13 passed, 3 failed, 2 skipped');
  });
  test('names no skipped ones when there are none', () => {
    expect(closingLine([tallyJest({ success: true, numPassedTests: 1 }, 0)])).toBe('1 passed, 0 failed');
  });
  test.each([
    ['no report', undefined, 0],
    ['a bad exit code', { success: true, numPassedTests: 0 }, 1],
    ['no success', { success: false }, 0],
  ])('%s counts as a failure', (_name, report, code) => expect(tallyJest(report, code).failed).toBe(1));
  test('comes after each failed test with the beginning of its message, and after files that did not run', () => {
    const why = `\u001b[31mexpected 1\u001b[39m\n${'at …\n'.repeat(40)}`;
    const assertionResults = [
      { fullName: 'a sum is exact', status: 'failed', failureMessages: [why] },
      { fullName: 'a sum is a number', status: 'passed' },
    ];
    const testResults = [
      { name: '/somewhere/sums.test.ts', status: 'failed', assertionResults },
      {
        name: '/somewhere/broken.test.ts',
        status: 'failed',
        message: 'no such module',
        assertionResults: [],
      },
    ];
    const [sum = '', broken] = failuresOf({ testResults });
    expect(sum.split('\n').slice(0, 2)).toEqual(['FAILED sums.test.ts: a sum is exact', '    expected 1']);
    expect(sum.split('\n')).toHaveLength(16);
    expect(broken).toBe('FAILED broken.test.ts: the file itself\n    no such module');
    expect(failuresOf(undefined)).toEqual([]);
  });
});
