/**
 * Resident registration numbers and card numbers must not outlive the raw message that carried them (PIPA 24-2).
 * The RRN's old check digit is no longer assigned (since October 2020), so it never decides against redaction.
 */

const residentNumber = /(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-\s.–]?[1-8]\d{6}(?!\d)/g;
const cardLike = /(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])/g;

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

export interface Redacted {
  readonly text: string;
  /** What was found, never what it was. */
  readonly found: readonly ('RRN' | 'CARD')[];
}

/** The text with resident and card numbers blacked out, and which kinds there were. */
export function redact(text: string): Redacted {
  const found = new Set<'RRN' | 'CARD'>();
  const withoutResidents = text.replace(residentNumber, () => {
    found.add('RRN');
    return '******-*******';
  });
  const clean = withoutResidents.replace(cardLike, (match) => {
    if (!passesLuhn(match.replace(/\D/g, ''))) return match;
    found.add('CARD');
    return '****-****-****-****';
  });
  return { text: clean, found: [...found] };
}
