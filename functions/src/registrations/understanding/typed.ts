/** What an operator typed into one field, read like what a clinic writes there. Pure. */
import { redact } from '../../kernel/redact.ts';
import { readItem } from './item.ts';
import type { LabelledKind } from './labels.ts';

/** What the readers call a field, where that is something else. */
const readAs: Readonly<Record<LabelledKind, Readonly<Record<string, string>>>> = {
  hospital: { name: 'hospitalName' },
  doctor: { isSpecialist: 'specialist', specialty: 'specialist', hospitalBusinessNumber: 'businessNumber' },
  event: { vatIncluded: 'vat', hospitalBusinessNumber: 'businessNumber' },
};

/**
 * The field and what follows from it, in the form they are kept in: `02-555-0101` as E.164; an address with its region
 * and district. What cannot be read stays as it was typed, for the schema to refuse. Today (KST) settles days without a
 * year.
 */
export function readTyped(
  kind: LabelledKind,
  field: string,
  typed: string,
  today: string,
): Record<string, unknown> {
  const { text } = redact(typed);
  const value = text.trim();
  if (value === '') return { [field]: null };
  const said = {
    ...({ type: 'pair', label: null, field: readAs[kind][field] ?? field, value } as const),
    ...({ source: 'body', firm: true } as const),
  };
  const draft = { kind, pieces: [said], common: [], row: null };
  const { fields } = readItem(draft, 'change', { days: { year: null, sentOn: today }, subject: '' });
  const read = fields[field];
  // A name's ending also tells a kind of institution; only what was typed is meant.
  const { type: _guessed, ...meant } = field === 'type' ? { type: null, ...fields } : fields;
  return read === null || read === undefined ? { [field]: value } : { ...meant, [field]: read };
}
