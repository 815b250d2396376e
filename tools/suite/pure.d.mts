export type Wanted = 'official' | 'hidane' | undefined;

export interface Found {
  wanted: Wanted;
  /** firebase-tools' own downloaded jar */
  jar: string | undefined;
  gcloudJar: string | undefined;
  /** a Java that is new enough */
  java: string | undefined;
  hidane: string | undefined;
  downloadFailed: boolean;
  canInstallHidane: boolean;
}

export interface Choice {
  kind: 'jar' | 'gcloud' | 'hidane' | 'download' | 'install-hidane' | 'none';
  why: string;
}

export interface LockPackage {
  version?: string;
  link?: boolean;
  optional?: boolean;
  devOptional?: boolean;
}

export interface Lock {
  packages?: Record<string, LockPackage>;
}

export interface JestReport {
  success?: boolean;
  numPassedTests?: number;
  numFailedTests?: number;
  numPendingTests?: number;
  numTodoTests?: number;
  numRuntimeErrorTestSuites?: number;
  testResults?: {
    name?: string;
    status?: string;
    message?: string;
    assertionResults?: { fullName?: string; status?: string; failureMessages?: string[] }[];
  }[];
}

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed, for the end of the log. */
  failures?: string[];
}

export const JAVA_NEEDED: number;
export function javaMajor(text: string): number;
export function manifestLine(line: string): string;
export function chooseFirestore(found: Found): Choice;
export function installedMatches(lock: Lock, hidden: Lock): boolean;
export function tallyJest(report: JestReport | undefined, exitCode: number): Tally;
export function failuresOf(report: JestReport | undefined): string[];
export function closingLine(tallies: Tally[]): string;
