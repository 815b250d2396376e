/** Korean phone numbers. Apart from korean.ts: the numbering plans of the world are half as much code as zod. Pure. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { tidy } from './korean.ts';

/** A Korean phone number: E.164, or a nationwide number (1588-0000) as its eight digits. */
export function readPhone(value: string): string | null {
  const cleaned = tidy(value).replace(/\(0\)/, '').replace(/[).]/g, '-').replace(/[(\s]/g, '');
  const digits = cleaned.replace(/\D/g, '');
  if (/^1[568]\d{6}$/.test(digits)) return digits;
  // Eight digits of Seoul without their 02 would pass for another number.
  if (/^[2-9]\d{6,7}$/.test(digits)) return null;
  const parsed = parsePhoneNumberFromString(cleaned, 'KR');
  if (!parsed?.isValid() || parsed.country !== 'KR') return null;
  return parsed.number;
}
