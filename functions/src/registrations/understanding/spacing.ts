/** Forms that part labels from values by spaces alone: `병원명  라온의원`. */
import { tidy } from '../../kernel/korean.ts';
import { canonical, isKnownLabel, isPlainLabel, isWeakLabel } from './labels.ts';
import {
  bullet,
  courtesy,
  fieldsOf,
  isSentence,
  isWhole,
  looksLike,
  plainLength,
  type Told,
} from './lineShapes.ts';

const told = new Set(['sideEffects', 'target', 'scope', 'career', 'focus']);

/** `병원명  라온의원` in a letter that sets all its values behind a space: its longest label and the rest. */
export function setApart(line: string): Told | null {
  if (courtesy.test(line)) return null;
  for (let at = Math.min(line.length - 1, 30); at > 0; at -= 1) {
    const label = line[at] === ' ' ? line.slice(0, at) : '';
    if (plainLength(label) < 2 || /[:=]|\d{2}/.test(label) || !isWhole(label) || !isKnownLabel(label))
      continue;
    const value = line
      .slice(at + 1)
      .replace(/^\s*(?:[([]\s?(?:필수|선택)[^)\]]{0,6}[)\]]|\*)\s*/, '')
      .trim();
    if (!/^[\p{L}\p{N}₩￦@+'‘(]/u.test(value) || isPlainLabel(value)) continue;
    const fields = fieldsOf(label);
    if (!isPlainLabel(label) && !fields.some((field) => looksLike[field]?.(value))) continue;
    const isName = /명$/.test(canonical(label) ?? '');
    if (isWeakLabel(label) && !isName && !fields.some((field) => looksLike[field]?.(value))) return null;
    return isSentence(value) && !fields.some((field) => told.has(field)) ? null : [label, value, true];
  }
  return null;
}

/** The label a line begins with, without anything but a space behind it; null when it begins with none. */
export function labelSetApart(raw: string): string | null {
  const line = tidy(raw).replace(bullet, '');
  const pair = /[:=]/.test(line.slice(0, 30)) ? null : setApart(line);
  return pair?.[0] ? canonical(pair[0]) : null;
}
