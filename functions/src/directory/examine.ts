/**
 * Whether a page somebody typed or edited by hand may be shown, and what to tell them if not. Pure. The same shapes and
 * the same law as for registrations by mail.
 */
import {
  applyOverrides,
  discountPercentOf,
  type Finding,
  isOverridable,
  lintAdvertising,
  type Override,
} from '../advertising/law.ts';
import { hospitalNameFindings } from '../advertising/names.ts';
import type { Instant, Problem } from '../kernel/fields.ts';
import { isRealDay } from '../kernel/korean.ts';
import { isReviewedText, reviewedAs } from './reviewed.ts';
import {
  doctorSchema,
  emptyRating,
  eventSchema,
  type HiddenBecause,
  hospitalSchema,
  hospitalTypes,
  noCards,
  ratingSchema,
  type regions,
} from './schema.ts';
import { type PageKind, readTyped, type Typed, typedFields } from './typed.ts';
import { isWanted, momentsOf, nextNotice, visibilityOf } from './visibility.ts';

/** What pages of doctors and events take from their hospital; null where its own page is badly typed. */
export interface Clinic {
  readonly name: string | null;
  readonly region: (typeof regions)[number] | null;
  readonly published: boolean;
}

export interface Clock {
  /** Epoch ms. */
  readonly now: number;
  readonly at: (millis: number) => Instant;
}

export interface Examination {
  /** Whose page it is; null when there is no such hospital. Not asked of hospitals. */
  readonly clinic: Clinic | null;
  readonly clock: Clock;
  /** What was let pass when the page was last accepted; see `toleratedIn`. */
  readonly tolerated?: ReadonlySet<string>;
  readonly overrides?: readonly Override[];
  /** Where an operator writes overrides. */
  readonly overrideField?: string;
}

const shapes = { hospital: hospitalSchema, doctor: doctorSchema, event: eventSchema };
const cards = ['doctorCards', 'eventCards', 'reviewCards', 'reviewCardsAsOf'];
const kept = [
  ...cards,
  'rating',
  'takedowns',
  'published',
  'hiddenBecause',
  'problems',
  'createdAt',
  'updatedAt',
];
const computed = [
  ...['nameChoseong', 'thumbPath', 'hospitalName', 'region', 'discountPercent', 'appearsAt', 'vanishesAt'],
  ...['reviewedAs', 'reviewNoticeAt'],
];
const known: ReadonlySet<string> = new Set([...kept, ...computed, 'override']);

const hints: Readonly<Record<string, string>> = {
  name: '이름을 적어 주세요. 병원은 60자, 의사는 40자까지입니다.',
  type: `의료기관 종별은 다음 중 하나입니다: ${hospitalTypes.join(', ')}`,
  representative: '대표자를 적어 주세요.',
  region: '시·도를 서울, 부산, 경기처럼 적어 주세요. 주소를 시·도부터 적으면 자동으로 채워집니다.',
  district: '시·군·구를 적어 주세요. 주소를 시·도부터 적으면 자동으로 채워집니다.',
  address: '도로명 주소를 시·도부터 적어 주세요.',
  zip: '우편번호는 숫자 다섯 자리입니다.',
  location: '위치는 한국 안의 좌표여야 합니다(lat, lng 또는 geopoint).',
  phone: '전화번호를 지역번호까지 적어 주세요. 예: 02-555-0101',
  homepage: '홈페이지는 https://로 시작하는 주소로 적어 주세요.',
  departments: '진료과목을 이름이나 코드로 적어 주세요. 예: 성형외과, 피부과',
  hours: '진료시간은 500자까지입니다.',
  openingHours: '요일별 진료시간의 형식이 올바르지 않습니다. 지우면 비워 둡니다.',
  introduction: '소개는 2,000자까지입니다.',
  imagePaths: '사진은 Storage의 public/ 아래 경로만 쓸 수 있습니다. 20장까지입니다.',
  imagePath: '사진은 Storage의 public/ 아래 경로만 쓸 수 있습니다.',
  detailPaths: '사진은 Storage의 public/ 아래 경로만 쓸 수 있습니다. 10장까지입니다.',
  hospitalId: 'Hospitals에 있는 병원 문서의 ID를 적어 주세요.',
  isSpecialist: '전문의이면 true, 아니면 false로 적어 주세요.',
  specialty: '전문과목을 이름이나 코드로 적어 주세요. 예: 성형외과',
  career: '경력은 한 줄에 하나씩, 200자까지 30줄을 적을 수 있습니다.',
  focus: '주진료는 40자까지 10개를 적을 수 있습니다.',
  title: '이벤트명을 적어 주세요. 100자까지입니다.',
  category: '시술분류는 60자까지입니다.',
  priceBefore: '정상가를 원 단위로 적어 주세요. 예: 1320000 또는 132만원',
  priceAfter: '할인가를 원 단위로 적어 주세요. 정상가보다 낮아야 합니다.',
  startsOn: '시작일을 적어 주세요. 예: 2026-12-01',
  endsOn: '종료일을 적어 주세요. 시작일보다 빠를 수 없습니다. 예: 2027-01-31',
  target: '할인 대상과 범위를 적어 주세요. 300자까지입니다.',
  adReviewNumber: '심의번호는 60자까지입니다.',
  adReviewValidUntil: '심의 유효기간의 마지막 날을 적어 주세요. 예: 2029-10-31',
  sideEffects: '부작용은 1,000자까지입니다.',
};
const told = (field: string): Problem => ({ field, message: hints[field] ?? '값이 올바르지 않습니다.' });

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && isRealDay(value);
}

/** What follows from the hospital, the prices and the days. */
function followed(kind: PageKind, read: Typed, page: Typed, examination: Examination): Typed {
  const { clinic, clock } = examination;
  if (kind === 'hospital') return {};
  const ofClinic = {
    hospitalName: clinic?.name ?? page.hospitalName ?? '',
    region: clinic?.region ?? page.region ?? '서울',
  };
  if (kind === 'doctor') return ofClinic;
  const { priceBefore, priceAfter, startsOn, endsOn, adReviewValidUntil } = read;
  const discountPercent = discountPercentOf(priceBefore, priceAfter) ?? 0;
  const until = isDay(adReviewValidUntil) ? adReviewValidUntil : null;
  // Where the days are wrong the page is hidden, and these are never looked at.
  const isPeriod = isDay(startsOn) && isDay(endsOn);
  const moments = isPeriod ? momentsOf({ startsOn, endsOn, adReviewValidUntil: until }) : null;
  const notice = nextNotice(until, millisOf(page.reviewNoticeAt), clock.now);
  return {
    ...ofClinic,
    discountPercent,
    appearsAt: clock.at(moments?.appearsAt ?? clock.now),
    vanishesAt: clock.at(moments?.vanishesAt ?? clock.now),
    reviewedAs: isAsReviewed(read, page, examination) ? reviewedAs(read) : page.reviewedAs,
    reviewNoticeAt: notice === null ? null : clock.at(notice),
  };
}

const reviewedTextChanged = 'REVIEWED_TEXT_CHANGED';

/** What was reviewed is advertised, or an operator lets it pass that something else is. */
const isAsReviewed = (read: Typed, page: Typed, { overrides = [] }: Examination): boolean =>
  isReviewedText(read, page.reviewedAs) || overrides.some(({ code }) => code === reviewedTextChanged);

/** Epoch ms of a stored moment; null for anything else. */
export function millisOf(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('toMillis' in value)) return null;
  return typeof value.toMillis === 'function' ? Number(value.toMillis()) : null;
}

function shapeProblems(kind: PageKind, candidate: Typed, clinic: Clinic | null): Problem[] {
  const parsed = shapes[kind].safeParse(candidate);
  const fields = new Set(parsed.error?.issues.map(({ path }) => String(path[0])) ?? []);
  if (kind !== 'hospital' && clinic === null) fields.add('hospitalId');
  if (kind === 'doctor' && candidate.isSpecialist === true && candidate.specialty === null)
    fields.add('specialty');
  if (kind === 'event') {
    const { priceBefore, priceAfter, startsOn, endsOn, adReviewValidUntil } = candidate;
    if (Number(priceAfter) >= Number(priceBefore)) fields.add('priceAfter');
    for (const field of ['startsOn', 'endsOn']) if (!isDay(candidate[field])) fields.add(field);
    if (String(endsOn) < String(startsOn)) fields.add('endsOn');
    if (adReviewValidUntil !== null && !isDay(adReviewValidUntil)) fields.add('adReviewValidUntil');
  }
  const typed = new Set(typedFields(kind));
  return [...fields].filter((field) => typed.has(field)).map(told);
}

const pictures: ReadonlySet<string> = new Set(['imagePath', 'imagePaths', 'detailPaths', 'location']);

function findingsIn(kind: PageKind, candidate: Typed, overrides: readonly Override[] = []): Finding[] {
  const shown = typedFields(kind).filter((field) => !pictures.has(field) && field !== 'hospitalId');
  const fields = Object.fromEntries(shown.map((field) => [field, candidate[field]]));
  const type = hospitalTypes.find((each) => each === candidate.type) ?? null;
  const names =
    kind === 'hospital' && typeof candidate.name === 'string'
      ? hospitalNameFindings({ name: candidate.name, type, specialists: null })
      : [];
  const law = lintAdvertising(kind, fields, { overrides });
  return [...law, ...applyOverrides(names, overrides)].filter(({ severity }) => severity === 'block');
}

/** The words count: other prices, or the same word elsewhere in a text, are another finding. */
const nameOf = ({ code, field, excerpt }: Finding) => `${code} ${field} ${excerpt}`;

/** What the law says of a page that was accepted as it is: an operator has let it pass, and need not again. */
export function toleratedIn(kind: PageKind, page: Typed | undefined): ReadonlySet<string> {
  if (!page || !Array.isArray(page.problems) || page.problems.length > 0) return new Set();
  return new Set(findingsIn(kind, readTyped(kind, page)).map(nameOf));
}

function lawProblems(kind: PageKind, candidate: Typed, examination: Examination): Problem[] {
  const { tolerated, overrides, overrideField = 'override' } = examination;
  const way = (code: string) => `그래도 공개하려면 ${overrideField}에 "${code}: 사유"를 적어 주세요.`;
  return findingsIn(kind, candidate, overrides)
    .filter((finding) => tolerated?.has(nameOf(finding)) !== true)
    .map(({ field, code, message }) => ({
      field,
      message: isOverridable(code) ? `${message} ${way(code)}` : message,
    }));
}

function reviewProblems(kind: PageKind, read: Typed, page: Typed, examination: Examination): Problem[] {
  if (kind !== 'event' || isAsReviewed(read, page, examination)) return [];
  const { overrideField = 'override' } = examination;
  const message =
    '심의받은 내용(이벤트명, 가격, 대상, 사진)이 바뀌었습니다. 새 심의번호를 적거나 원래대로 되돌려 주세요. ' +
    `심의받은 내용과 같다면 ${overrideField}에 "${reviewedTextChanged}: 사유"를 적어 주세요.`;
  return [{ field: 'adReviewNumber', message }];
}

function remarks(kind: PageKind, page: Typed): Problem[] {
  const typed = new Set(typedFields(kind));
  return Object.keys(page)
    .filter((field) => !typed.has(field) && !known.has(field))
    .map((field) => ({ field, message: '쓰이지 않는 필드입니다. 철자를 확인해 주세요.' }));
}

/** At most one of a field: what its shape lacks is said before what the law says of it. */
function firstOfEach(problems: readonly Problem[]): Problem[] {
  const first = new Map<string, Problem>();
  for (const problem of problems) if (!first.has(problem.field)) first.set(problem.field, problem);
  return [...first.values()];
}

/** Cards nobody has looked up yet are none. */
const cardsOf = (stored: Typed) =>
  Object.fromEntries(Object.entries(noCards).map(([field, none]) => [field, stored[field] ?? none]));

export interface Examined {
  /** Every field of the page but `updatedAt`, as it is to be stored. */
  readonly page: Readonly<Record<string, unknown>>;
  readonly hiddenBecause: HiddenBecause | null;
  /** What is wrong, then what is merely odd. */
  readonly problems: readonly Problem[];
  readonly blocking: readonly Problem[];
}

/** Judges a page as it stands in its document, half-typed or finished. */
export function examine(kind: PageKind, stored: Typed, examination: Examination): Examined {
  const { clinic, clock } = examination;
  const read = readTyped(kind, stored);
  const rating = ratingSchema.safeParse(stored.rating).data;
  const own = {
    // A rating nobody counted was typed.
    rating: rating?.asOf ? rating : emptyRating,
    createdAt: millisOf(stored.createdAt) === null ? clock.at(clock.now) : stored.createdAt,
    ...(kind === 'hospital' ? cardsOf(stored) : {}),
  };
  const candidate = { ...read, ...followed(kind, read, stored, examination), ...own };
  const shape = shapeProblems(
    kind,
    {
      ...candidate,
      ...{ published: true, hiddenBecause: null, problems: [], updatedAt: own.createdAt },
    },
    clinic,
  );
  const blocking = firstOfEach([
    ...shape,
    ...lawProblems(kind, candidate, examination),
    ...reviewProblems(kind, read, stored, examination),
  ]);
  const { published, hiddenBecause: because } = stored;
  const wanted = isWanted({ published: published === 'true' ? true : published, hiddenBecause: because });
  const { startsOn, endsOn, adReviewValidUntil } = read;
  const days =
    kind === 'event' && isDay(startsOn) && isDay(endsOn)
      ? { startsOn, endsOn, adReviewValidUntil: isDay(adReviewValidUntil) ? adReviewValidUntil : null }
      : undefined;
  const judged = { isWanted: wanted, isValid: blocking.length === 0, ...(days ? { days } : {}) };
  const place = kind === 'hospital' ? { published: true } : clinic;
  const hiddenBecause = visibilityOf(judged, place, clock.now);
  const problems = [...blocking, ...remarks(kind, stored)];
  const shown = { published: hiddenBecause === null, hiddenBecause, problems };
  return { page: { ...candidate, ...shown }, hiddenBecause, problems, blocking };
}
