/**
 * What is blacked out of a message before it is stored: resident and card numbers, and mobile numbers that are not the
 * writer’s own. Pure.
 */
import { foldedNumbers, redact } from './redact.ts';

const mobile = /(?<![\d-])(?:\+?82[-. )]*)?\(?0?1[016789]\)?[-. ]*\d{3,4}[-. ]*\d{4}(?!\d)/g;

/** The nine digits or so by which two spellings of a mobile number are one. */
const core = (phone: string) => phone.replace(/\D/g, '').replace(/^82/, '').replace(/^0/, '');

export interface Masked {
  readonly text: string;
  /** Whether anything was blacked out. */
  readonly isMasked: boolean;
}

/** `ownPhone` as E.164, or null. */
export function maskMessage(text: string, ownPhone: string | null): Masked {
  const { text: redacted, found } = redact(text);
  const plain = foldedNumbers(redacted);
  const own = ownPhone === null ? null : core(ownPhone);
  const parts: string[] = [];
  let at = 0;
  for (const match of plain.matchAll(mobile)) {
    if (core(match[0]) === own) continue;
    parts.push(redacted.slice(at, match.index), `***${match[0].replace(/\D/g, '').slice(-4)}`);
    at = match.index + match[0].length;
  }
  return {
    text: [...parts, redacted.slice(at)].join(''),
    isMasked: found.length > 0 || parts.length > 0,
  };
}
