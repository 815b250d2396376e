/**
 * What a mail of the corpus is and what a person who reads it would write down. Names and addresses are invented;
 * business numbers have the right check digit and belong to nobody we know.
 */
import { file, mail, multipart, type Part, text } from '../build.ts';

export const traps = [
  'sample',
  'charset',
  'headers',
  'forward',
  'html',
  'sheet',
  'prose',
  'negation',
  'reply',
  'change',
  'hidden',
  'secret',
  'money',
  'period',
  'phone',
  'address',
  'hours',
  'review',
  'identity',
  'files',
  'mixed',
  'english',
  'machine',
] as const;
export type Trap = (typeof traps)[number];

export type State = 'NEEDS_INFO' | 'PENDING_REVIEW' | 'QUARANTINED';
type Fields = Readonly<Record<string, unknown>>;

export interface ExpectedItem {
  /** Null: a change that does not say of what. */
  readonly kind: 'hospital' | 'doctor' | 'event' | null;
  readonly intent: 'register' | 'change';
  readonly state: State;
  /** Every field the mail speaks of; null: spoken of, with nothing that may be taken. */
  readonly fields: Fields;
  /** `field REASON`, all of them, in any order. */
  readonly problems: readonly string[];
}

export interface Expected {
  readonly items: readonly ExpectedItem[];
  readonly warnings: readonly string[];
  /** Of the files handed in, in order. */
  readonly papers: readonly string[];
  readonly automatic: 'auto' | 'bulk' | 'bounce' | null;
  readonly answer: 'understood' | 'none';
}

export interface MailCase {
  readonly name: string;
  readonly trap: Trap;
  /** Its place, seen from the folder of the corpus. */
  readonly file: string;
  readonly raw: Buffer;
  readonly expected: Expected;
}

interface Told {
  readonly subject: string;
  readonly part: Part;
  readonly headers?: Readonly<Record<string, string>>;
  readonly items: readonly ExpectedItem[];
  readonly warnings?: readonly string[];
  readonly papers?: readonly string[];
  readonly automatic?: Expected['automatic'];
  readonly answer?: Expected['answer'];
}

/** A mail of the corpus; unless it says otherwise a person wrote it who is answered, and nothing is remarkable. */
export function caseOf(trap: Trap, name: string, told: Told): MailCase {
  const { subject, part, headers, items, warnings = [], papers = [], automatic = null } = told;
  const answer = told.answer ?? (automatic === null ? 'understood' : 'none');
  return {
    name,
    trap,
    file: `${trap}-${name}.eml`,
    raw: mail(subject, part, { 'Message-ID': `<${name}@clinic.example>`, ...headers }),
    expected: { items, warnings, papers, automatic, answer },
  };
}

interface More {
  readonly problems?: readonly string[];
  readonly state?: State;
}
const item =
  (kind: ExpectedItem['kind'], intent: ExpectedItem['intent']) =>
  (fields: Fields, { problems = [], state }: More = {}): ExpectedItem => ({
    ...{ kind, intent, fields, problems },
    state: state ?? (problems.length > 0 ? 'NEEDS_INFO' : 'PENDING_REVIEW'),
  });
export const hospital = item('hospital', 'register');
export const doctor = item('doctor', 'register');
export const event = item('event', 'register');
export const change = (kind: ExpectedItem['kind'], fields: Fields, more: More = {}): ExpectedItem =>
  item(kind, 'change')(fields, more);

export const pdf = (name: string): Part =>
  file(name, Buffer.from('%PDF-1.4\n%%EOF\n'), { type: 'application/pdf' });
/** One white dot. */
export const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==',
  'base64',
);
export const png = (name: string): Part => file(name, dot, { type: 'image/png' });

/** The papers of a hospital, and what they are. */
export const hospitalPapers = [pdf('사업자등록증.pdf'), pdf('의료기관개설신고증명서.pdf')];
export const hospitalRoles = ['bizRegistration', 'openingCertificate'];

/** A letter in plain text with what is attached to it. */
export const letter = (words: string, ...files: readonly Part[]): Part =>
  files.length > 0 ? multipart('mixed', text(words), ...files) : text(words);

export const at = (region: string, district: string) => ({ region, district });
export const noHospitalPapers = ['bizRegistration MISSING_PAPER', 'openingCertificate MISSING_PAPER'];
export const noPlace = ['address MISSING', 'region MISSING', 'district MISSING'];

interface Week {
  readonly weekdays?: string;
  readonly [day: string]: string | null | undefined;
}
/** Opening hours of each day; days that are not named are not said. */
export function week({ weekdays, ...days }: Week): Fields {
  const every = weekdays ?? null;
  return {
    ...{ mon: every, tue: every, wed: every, thu: every, fri: every },
    ...{ sat: null, sun: null, holiday: null, lunch: null },
    ...days,
  };
}
