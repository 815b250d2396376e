/** What the law finds in a registration, and the few questions every part of it asks of a field. Pure. */
import { type Folded, fold } from '../kernel/folding.ts';
import type { Severity } from './lawRules.ts';

export interface Finding {
  /** Stable, e.g. `DISCOUNT_OVER_50`. */
  readonly code: string;
  readonly field: string;
  /** What was written, at most 60 characters; empty when it is about something missing. */
  readonly excerpt: string;
  /** The article, e.g. `의료법 제27조 제3항`. */
  readonly rule: string;
  readonly severity: Severity;
  /** In Korean: what is wrong and what to change. */
  readonly message: string;
}

export type Fields = Readonly<Record<string, unknown>>;

/** What was said in a field. */
export interface Said {
  readonly field: string;
  readonly folded: Folded;
}

const longestList = 50;

/** The texts of a field: itself, or those of a list. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.slice(0, longestList).filter((item) => typeof item === 'string') : [];
}

/** Neither a letter nor a digit, e.g. `-`. */
export const isBlank = (value: unknown) =>
  value === null || value === undefined || (typeof value === 'string' && !/[\p{L}\p{N}]/u.test(value));
const saysNone = /^(해당|특이)?(사항)?(없(음|습니다|어요|다)?|무|x|none|na|nil)$/;
/** Blank, or says that there is none: `해당 없음`. */
export const isNone = (value: unknown) =>
  isBlank(value) || (typeof value === 'string' && saysNone.test(fold(value).text));

/** A finding about something that is not there. */
export function missing(
  code: string,
  field: string,
  rule: string,
  message: string,
  severity: Severity = 'block',
): Finding {
  return { code, field, excerpt: '', rule, severity, message: `${message} (${rule})` };
}

/** Days since 1970 of `YYYY-MM-DD`; null for anything else. */
export const dayOf = (value: unknown): number | null => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const at = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(at) ? null : at / 86_400_000;
};
