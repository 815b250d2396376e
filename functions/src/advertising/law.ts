/**
 * The advertising law of a registration. Pure and deterministic: every finding names its article and says in
 * Korean what to change. It reads words and numbers, never pictures, and it decides nothing: a `block` asks the
 * sender, and an operator may override what is a matter of judgement with a reason that stays on file.
 *
 * Sources: 의료법 제27조·제45조·제56조·제57조, 의료법 시행령 제23조, 전자상거래법 제21조의2 (2025-02-14).
 */

import { departmentNames } from '../directory/schema.ts';
import { excerptOf, type Folded, fold, type Hit, hitsOf } from '../kernel/folding.ts';
import { eventFindings } from './eventLaw.ts';
import { dayOf, type Fields, type Finding, isBlank, isNone, missing, type Said, textsOf } from './finding.ts';
import { type AdvertisedKind, article, type WordRule, wordRules } from './lawRules.ts';

export { discountPercentOf } from './eventLaw.ts';
export type { Finding } from './finding.ts';

/** An operator's decision that a finding does not stand in the way, with the reason. */
export interface Override {
  readonly code: string;
  readonly reason: string;
}

export interface LintOptions {
  /** The product counts as a medium whose advertisements must be reviewed first (의료법 제57조: 100,000 users a day). */
  readonly adReviewRequired?: boolean;
  /** Korean day `YYYY-MM-DD`; when given, what has ended is found. */
  readonly today?: string;
  /** What was said under labels we do not know. */
  readonly extra?: readonly { readonly label: string; readonly value: string }[];
  /** Names of pictures handed in. */
  readonly fileNames?: readonly string[];
  readonly overrides?: readonly Override[];
}

/** What is not advertising: identifiers, and the particulars 의료법 제57조 제3항 exempts from review. */
const exempt = new Set([
  ...[
    'kind',
    'name',
    'representative',
    'businessNumber',
    'careInstitutionNumber',
    'type',
    'region',
    'district',
  ],
  ...['address', 'zip', 'phone', 'fax', 'email', 'contactEmail', 'homepage', 'departments', 'licenceNumber'],
  ...[
    'specialty',
    'specialistNumber',
    'hospitalBusinessNumber',
    'hospitalName',
    'adReviewNumber',
    'startsOn',
  ],
  ...['endsOn', 'adReviewValidUntil', 'isSpecialist', 'openedOn'],
]);

function saidIn(fields: Fields, { extra = [], fileNames = [] }: LintOptions): Said[] {
  const texts = Object.entries(fields)
    .filter(([field]) => !exempt.has(field))
    .flatMap(([field, value]) => textsOf(value).map((text) => ({ field, text })));
  const others = extra.map(({ label, value }) => ({ field: 'extra', text: `${label}\n${value}` }));
  const names = fileNames.map((text) => ({ field: 'papers', text }));
  return [...texts, ...others, ...names].map(({ field, text }) => ({ field, folded: fold(text) }));
}

/** The folded text with innocent phrases struck out, position by position. */
function without(folded: Folded, innocent: RegExp | undefined): Folded {
  if (!innocent) return folded;
  return { ...folded, text: folded.text.replace(innocent, (phrase) => '\n'.repeat(phrase.length)) };
}

function findingOf(rule: WordRule, field: string, excerpt: string, raw: string): Finding {
  const { code, severity, rule: cited, advice } = rule;
  const quoted = raw.replace(/\s+/g, ' ').slice(0, 30);
  return { code, field, excerpt, rule: cited, severity, message: `"${quoted}": ${advice} (${cited})` };
}

function wordFindings(kind: AdvertisedKind, said: readonly Said[]): Finding[] {
  return wordRules
    .filter((rule) => rule.kinds?.includes(kind) ?? true)
    .flatMap((rule) =>
      said.flatMap(({ field, folded }) =>
        [...hitsOf(without(folded, rule.innocent), rule.pattern)]
          .filter((hit) => !rule.unless?.test(hit.raw))
          .map((hit) => findingOf(rule, field, excerptOf(folded, hit), hit.raw)),
      ),
    );
}

const specialistWord: Pick<WordRule, 'pattern' | 'innocent'> = {
  pattern: /과?전문의/g,
  innocent:
    /전문의(가|는|은)?아(니|닙|님)|비전문의|전문의(자격)?(시험|과정|없|취득예정|준비)|전문의원(?!장|내|스)|전문의약/g,
};
// `방문 전 문의`: ask before you come. Taken apart letter by letter, or after a department, it is the title.
const askBefore = /^전\s+문의$/;

const departments = Object.entries(departmentNames);

function specialistFinding(fields: Fields, { field, folded }: Said, hit: Hit): Finding[] {
  const rule = `${article.title}, 의료법 제77조 제2항`;
  const found = { field, excerpt: excerptOf(folded, hit), rule };
  if (fields.isSpecialist !== true) {
    const message = `전문의가 아니면 "전문의"라고 쓸 수 없습니다. 표현을 빼거나 전문의 자격증을 보내 주세요 (${rule})`;
    const severity = fields.isSpecialist === false ? 'block' : 'warn';
    return [{ ...found, code: 'SPECIALIST_UNPROVEN', severity, message }];
  }
  const before = folded.text.slice(Math.max(0, hit.start - 6), hit.end);
  const named = departments.find(([, name]) => before.includes(`${name}전문의`))?.[0];
  if (named === undefined || typeof fields.specialty !== 'string' || named === fields.specialty) return [];
  const message = `전문의 자격과 다른 과목의 "전문의"입니다. 해당 과목의 자격증이 있는지 확인이 필요합니다 (${rule})`;
  return [{ ...found, code: 'SPECIALTY_MISMATCH', severity: 'warn', message }];
}

/** `전문의` is a title of law (의료법 제77조): only for who is one, and only for the department of the qualification. */
function specialistFindings(kind: AdvertisedKind, fields: Fields, said: readonly Said[]): Finding[] {
  if (kind !== 'doctor') return [];
  return said.flatMap((each) =>
    [...hitsOf(without(each.folded, specialistWord.innocent), specialistWord.pattern)]
      .filter((hit) => !askBefore.test(hit.raw))
      .flatMap((hit) => specialistFinding(fields, each, hit)),
  );
}

const comparedPictures =
  /전후(사진|비교|모습|이미지|컷|변화)|비포(앤|&)?애프터|before(and)?after|(수술|시술|성형)(전|후)사진|(?<![a-z])b&?a(사진|컷)/g;
const elapsedTime = /\d{1,3}(일|주|주일|개월|달|년)(후|뒤|차|경과|째)/;

/** Pictures of before and after say how long after. */
function beforeAfterFindings(said: readonly Said[]): Finding[] {
  if (said.some(({ folded }) => elapsedTime.test(folded.text))) return [];
  return said.flatMap(({ field, folded }) =>
    [...hitsOf(folded, comparedPictures)].map((hit) => ({
      code: 'BEFORE_AFTER_WITHOUT_TIME',
      field,
      excerpt: excerptOf(folded, hit),
      rule: article.testimonial,
      severity: 'block' as const,
      message: `전후 사진에는 시술 후 경과 기간(예: 수술 3개월 후)을 적어 주세요 (${article.testimonial})`,
    })),
  );
}

/**
 * Fields of a registration that go beyond what 의료법 제57조 제3항 lets anyone advertise without review (name,
 * address, phone, departments, doctors, home page, days and hours, designations, specialists).
 */
export function fieldsNeedingReview(kind: AdvertisedKind, fields: Fields): string[] {
  const free = new Set([...exempt, 'hours', 'vatIncluded']);
  return kind === 'event'
    ? ['title']
    : Object.entries(fields)
        .filter(([field, value]) => !free.has(field) && textsOf(value).some((text) => !isBlank(text)))
        .map(([field]) => field);
}

function reviewFindings(kind: AdvertisedKind, fields: Fields, options: LintOptions): Finding[] {
  const { adReviewNumber, adReviewValidUntil } = fields;
  const [until, now] = [dayOf(adReviewValidUntil), dayOf(options.today)];
  if (!isNone(adReviewNumber)) {
    return until !== null && now !== null && until < now
      ? [
          missing(
            'AD_REVIEW_EXPIRED',
            'adReviewNumber',
            article.preReview,
            '심의 유효기간이 지났습니다. 새 심의번호를 적어 주세요',
          ),
        ]
      : [];
  }
  if (options.adReviewRequired !== true || fieldsNeedingReview(kind, fields).length === 0) return [];
  return kind === 'event'
    ? [missing('NO_AD_REVIEW_NO', 'adReviewNumber', article.preReview, '의료광고 심의번호를 적어 주세요')]
    : [
        missing(
          'NO_AD_REVIEW_NO',
          'adReviewNumber',
          article.preReview,
          '경력·주진료 등은 심의를 받은 내용인지 확인이 필요합니다',
          'warn',
        ),
      ];
}

/** Facts, not judgements: no reason makes up for what is missing. */
const neverOverridden = new Set([
  ...['NO_PRICE_BEFORE', 'NO_PRICE_AFTER', 'NO_START_DATE', 'NO_END_DATE', 'NO_TARGET', 'VAT_EXCLUDED'],
  ...['NO_AD_REVIEW_NO', 'AD_REVIEW_EXPIRED', 'PERIOD_ENDED', 'DISCOUNT_MISSTATED'],
]);

/** Whether an operator may let a finding pass with a reason. */
export const isOverridable = (code: string): boolean => !neverOverridden.has(code);

/** Overrides an operator typed into a note, a line each: `DISCOUNT_OVER_50: 협회 질의 회신 확인`. */
export function overridesIn(note: string | null | undefined): Override[] {
  return [...(note ?? '').normalize('NFC').matchAll(/^\s*([A-Z][A-Z0-9_]{2,40})\s*[:：]\s*(\S.{3,})$/gm)].map(
    ([, code = '', reason = '']) => ({ code, reason: reason.trim() }),
  );
}

function overridden(finding: Finding, overrides: readonly Override[]): Finding {
  const override = overrides.find(({ code }) => code === finding.code);
  if (!override || finding.severity === 'warn' || !isOverridable(finding.code)) return finding;
  return {
    ...finding,
    severity: 'warn',
    message: `${finding.message} [운영자 승인: ${override.reason.slice(0, 200)}]`,
  };
}

/** Findings of judgement with an override become remarks that carry its reason. */
export const applyOverrides = (findings: readonly Finding[], overrides: readonly Override[]): Finding[] =>
  findings.map((finding) => overridden(finding, overrides));

/** One finding per code and field: the first. */
function once(findings: readonly Finding[]): Finding[] {
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.code} ${finding.field}`;
    if (!first.has(key)) first.set(key, finding);
  }
  return [...first.values()];
}

/** What the advertising law has to say about a registration. Never throws, whatever `fields` holds. */
export function lintAdvertising(kind: AdvertisedKind, fields: Fields, options: LintOptions = {}): Finding[] {
  const said = saidIn(fields, options);
  const findings = [
    ...(kind === 'event' ? eventFindings(fields, said, options.today) : []),
    ...reviewFindings(kind, fields, options),
    ...wordFindings(kind, said),
    ...specialistFindings(kind, fields, said),
    ...beforeAfterFindings(said),
  ];
  return applyOverrides(once(findings), options.overrides ?? []);
}
