/** What benches say: numbers as Markdown, and docs/costs.md, where each bench owns the text between its markers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

export const COSTS = 'docs/costs.md';

export interface Latency {
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** The value that `share` (0–1) of the samples do not exceed, by nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export const latencyOf = (samples: readonly number[]): Latency => ({
  p50: percentile(samples, 0.5),
  p95: percentile(samples, 0.95),
  p99: percentile(samples, 0.99),
});

/** At most two decimals, without trailing zeros. */
export const number = (value: number): string => String(Math.round(value * 100) / 100);
export const whole = (value: number): string => String(Math.round(value));

const beginOf = (name: string) => `<!-- bench:${name} -->`;
const endOf = (name: string) => `<!-- /bench:${name} -->`;

/** The document with the text between the markers of `name` replaced. Throws where it has no such place. */
export function placed(document: string, name: string, text: string): string {
  const begin = document.indexOf(beginOf(name));
  const end = document.indexOf(endOf(name));
  if (begin < 0 || end < begin) {
    throw new Error(`${COSTS} has no place for the bench ${name}: add ${beginOf(name)} and ${endOf(name)}`);
  }
  return `${document.slice(0, begin + beginOf(name).length)}\n\n${text.trim()}\n\n${document.slice(end)}`;
}

export function writeCosts(name: string, text: string): void {
  writeFileSync(COSTS, placed(readFileSync(COSTS, 'utf8'), name, text));
}

/** Where and when, beside every time: a time compares with others of the same run only. */
export function machine(): string {
  const day = new Date().toISOString().slice(0, 10);
  return `on one machine of ${cpus().length} cores with everything on it, ${day}`;
}
