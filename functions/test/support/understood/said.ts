/**
 * Mails of the kinds clinics send, already read into blocks, and what must be understood of each. Addresses, names and
 * numbers are invented; business numbers are those the tax office publishes as examples or of the 999 range.
 */
import type { Block, Source, TableBlock } from '../../../src/mail/message.ts';
import type { Understandable } from '../../../src/registrations/understanding/understand.ts';

export interface ExpectedItem {
  readonly kind: 'hospital' | 'doctor' | 'event' | null;
  readonly intent?: 'change';
  readonly row?: number;
  /** Fields that must be read so; null: said, not readable. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Fields that must not be certain. */
  readonly low?: readonly string[];
  /** `field REASON`, all of them. */
  readonly problems?: readonly string[];
  /** Labels that must be kept for the operator. */
  readonly extra?: readonly string[];
}
export interface CorpusMail {
  readonly name: string;
  readonly message: Understandable;
  readonly expected: readonly ExpectedItem[];
}

export const sentAt = Date.parse('2026-11-21T00:00:00Z');
export const text = (words: string, source: Source = 'body'): Block => ({
  kind: 'text',
  source,
  text: words,
});
export const table = (rows: string[][], name = '', source: Source = 'body'): TableBlock => ({
  ...{ kind: 'table', source, name, rows },
});
export const mail = (subject: string, ...blocks: (Block | string)[]): Understandable => ({
  subject,
  blocks: blocks.map((block) => (typeof block === 'string' ? text(block) : block)),
  forwardedFrom: null,
  sentAt,
});

export const raon = { name: '라온의원', representative: '김라온', businessNumber: '1208147521' };
export const kim = { name: '김라온', licenceNumber: '12345', isSpecialist: true, specialty: '08' };
export const weekdays = (hours: string) => ({ mon: hours, tue: hours, wed: hours, thu: hours, fri: hours });
export const unsaidHours = { sat: null, sun: null, holiday: null, lunch: null };
