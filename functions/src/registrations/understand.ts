/**
 * From the words of a mail to fields. Pure. Reads `label: value` lines; what a line does not say is not guessed.
 * Every value that was given but could not be read becomes a problem that names the field and what was wrong.
 */
import { departmentNames, hospitalTypes } from '../directory/schema.ts';
import {
  readAddress,
  readBusinessNumber,
  readCareInstitutionNumber,
  readDay,
  readKrw,
  readLicenceNumber,
  readPeriod,
  readPhone,
  tidy,
} from '../kernel/korean.ts';
import { fieldOf, kindOf, type LabelledKind } from './labels.ts';
import type { Problem } from './schema.ts';

export interface Understood {
  readonly kind: LabelledKind | null;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

/** What stands under each label, several lines joined. */
type Labelled = ReadonlyMap<string, string>;

const quotedHistory = /^(>|-{2,}\s*(Original Message|원본 메시지|전달된 메시지)|보낸사람:|From:\s.+@)/i;
const signature = /^--\s*$/;

/** `label: value` pairs of a text, up to quoted history or a signature. A line without label continues the last. */
export function readLabels(text: string): [label: string, value: string][] {
  const pairs: [string, string][] = [];
  let open = false;
  for (const raw of text.replace(/\r/g, '').split('\n')) {
    if (quotedHistory.test(raw.trim()) || signature.test(raw)) break;
    const line = tidy(raw);
    const match = /^([^:]{1,20}?)\s*:\s*(.*)$/.exec(line);
    const last = pairs.at(-1);
    if (match && !/^https?$/i.test(match[1] ?? '')) {
      pairs.push([match[1] ?? '', match[2] ?? '']);
      open = true;
    } else if (line === '') open = false;
    else if (open && last)
      last[1] = `${last[1]}
${line}`.trim();
  }
  return pairs;
}

function labelled(kind: LabelledKind, pairs: readonly [string, string][]): Labelled {
  const found = new Map<string, string>();
  for (const [label, value] of pairs) {
    const field = fieldOf(kind, label);
    if (!field || value === '') continue;
    const before = found.get(field);
    found.set(field, before && field === 'career' ? `${before}\n${value}` : (before ?? value));
  }
  return found;
}

/** Collects fields and the problems met on the way. */
class Reading {
  readonly fields: Record<string, unknown> = {};
  readonly problems: Problem[] = [];
  private readonly from: Labelled;

  constructor(from: Labelled) {
    this.from = from;
  }

  /** Takes a labelled value through `read`; one that cannot be read is a problem and stays null. */
  take<T>(field: string, name: string, read: (value: string) => T | null, source = field): T | null {
    const raw = this.from.get(source);
    const value = raw === undefined ? null : read(raw);
    if (raw !== undefined && value === null) {
      this.problems.push({
        field,
        reason: 'UNREADABLE',
        message: `${name} 값을 읽을 수 없습니다: "${raw.slice(0, 60)}"`,
      });
    }
    this.fields[field] = value;
    return value;
  }

  raw(source: string): string | undefined {
    return this.from.get(source);
  }
}

const asText = (value: string): string | null => tidy(value) || null;
const asLines = (value: string): string[] =>
  value
    .split('\n')
    .flatMap((line) => line.split(/\s[/|]\s/))
    .map((line) => tidy(line).slice(0, 200))
    .filter((line) => line !== '');
const asWords = (value: string): string[] =>
  value
    .split(/[,/·\n]/)
    .map((word) => tidy(word).slice(0, 40))
    .filter((word) => word !== '')
    .slice(0, 10);

function readDepartments(value: string): string[] | null {
  const found = Object.entries(departmentNames).filter(([, name]) => value.replace(/\s/g, '').includes(name));
  return found.length > 0 ? found.map(([code]) => code).sort() : null;
}

function readType(value: string): string | null {
  return [...hospitalTypes].sort((a, b) => b.length - a.length).find((type) => value.includes(type)) ?? null;
}

function readHomepage(value: string): string | null {
  const url = /(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+\S*/.exec(tidy(value))?.[0];
  if (!url) return null;
  const full = url.startsWith('http') ? url : `https://${url}`;
  return URL.canParse(full) ? full : null;
}

function understandHospital(r: Reading): void {
  r.take('name', '병원명', asText);
  r.take('representative', '대표자', asText);
  r.take('businessNumber', '사업자등록번호', readBusinessNumber);
  r.take('careInstitutionNumber', '요양기관기호', readCareInstitutionNumber);
  const name = r.raw('name');
  r.take('type', '종별', readType);
  if (r.fields.type === null && name) r.fields.type = readType(name.slice(-6));
  const address = r.take('address', '주소', readAddress);
  r.fields.address = address?.address ?? null;
  r.fields.region = address?.region ?? null;
  r.fields.district = address?.district ?? null;
  const zip = r.take('zip', '우편번호', (value) => /\d{5}/.exec(value)?.[0] ?? null);
  r.fields.zip = zip ?? address?.zip ?? null;
  r.take('phone', '전화번호', readPhone);
  r.take('homepage', '홈페이지', readHomepage);
  r.take('departments', '진료과목', readDepartments);
  r.fields.hours = tidy((r.raw('hours') ?? '').replace(/\n/g, ' / ')).slice(0, 500);
}

/** `성형외과 전문의`, `해당 없음`, `전문의는 아니세요`: null when the words do not say. */
function readSpecialist(value: string): { is: boolean; specialty: string | null } | null {
  const words = tidy(value);
  if (/아니|없음|해당\s*없|일반의|비전문의|^x$|^무$/i.test(words)) return { is: false, specialty: null };
  const specialty = readDepartments(words)?.[0] ?? null;
  return specialty ? { is: true, specialty } : null;
}

function understandDoctor(r: Reading): void {
  r.take('name', '의사명', (value) => asText(value.replace(/\s*(원장님?|선생님|의사)$/, '')));
  r.take('licenceNumber', '면허번호', readLicenceNumber);
  const specialist = r.take('isSpecialist', '전문의 여부', readSpecialist, 'specialist');
  const numberInText = /제?\s*(\d{1,6})\s*호/.exec(r.raw('specialist') ?? '')?.[0];
  const number = r.take('specialistNumber', '전문의 자격번호', readLicenceNumber);
  r.fields.specialistNumber = number ?? (numberInText ? readLicenceNumber(numberInText) : null);
  r.fields.isSpecialist = r.raw('specialist') === undefined ? null : (specialist?.is ?? null);
  r.fields.specialty = specialist?.specialty ?? null;
  r.take('hospitalBusinessNumber', '소속 병원 사업자등록번호', readBusinessNumber, 'businessNumber');
  r.take('hospitalName', '소속 병원', asText);
  r.fields.career = asLines(r.raw('career') ?? '').slice(0, 30);
  r.fields.focus = asWords(r.raw('focus') ?? '');
}

function readVat(r: Reading): boolean | null {
  const words = [r.raw('vat'), r.raw('priceAfter'), r.raw('priceBefore')]
    .filter((w) => w !== undefined)
    .join(' ');
  if (/(VAT|부가세)?\s*(별도|미포함|제외)/i.test(words)) return false;
  return /포함/.test(words) ? true : null;
}

function understandEvent(r: Reading): void {
  r.take('title', '이벤트명', asText);
  r.take('category', '시술분류', asText);
  r.fields.category ??= '';
  r.take('hospitalBusinessNumber', '사업자등록번호', readBusinessNumber, 'businessNumber');
  r.take('hospitalName', '병원명', asText);
  r.take('priceBefore', '정상가', readKrw);
  r.take('priceAfter', '할인가', readKrw);
  r.fields.vatIncluded = readVat(r);
  const period = r.take('period', '이벤트 기간', readPeriod);
  delete r.fields.period;
  const start = r.take('startsOn', '시작일', readDay);
  const end = r.take('endsOn', '종료일', readDay);
  r.fields.startsOn = period?.start ?? start;
  r.fields.endsOn = period?.end ?? end;
  const target = [r.raw('target'), r.raw('scope')].filter((part) => part !== undefined).join(' / ');
  r.fields.target = tidy(target).slice(0, 300) || null;
  r.take('adReviewNumber', '심의번호', asText);
  r.fields.sideEffects = tidy(r.raw('sideEffects') ?? '').slice(0, 1000);
}

const readers = { hospital: understandHospital, doctor: understandDoctor, event: understandEvent };

/** What a mail says: its kind, its fields, and what was given but could not be read. Input must be redacted. */
export function understand(subject: string, body: string): Understood {
  const pairs = readLabels(body);
  const kind = kindOf(
    pairs.map(([label]) => label),
    tidy(subject),
  );
  if (!kind) return { kind: null, fields: {}, problems: [] };
  const reading = new Reading(labelled(kind, pairs));
  readers[kind](reading);
  return { kind, fields: reading.fields, problems: reading.problems };
}
