/**
 * From the pieces that speak of one hospital, doctor or event to its fields, each with where it came from. What was not
 * said is absent; what was said twice differently, or could not be read, is a problem that names the field.
 */
import { readDay, tidy } from '../../kernel/korean.ts';
import type { Problem, Reading } from '../schema.ts';
import { clinicsIn } from './clinics.ts';
import type { Draft } from './drafts.ts';
import { readOpeningHours } from './hours.ts';
import { type Context, ItemReader, isProse, maxCommon } from './itemReader.ts';
import { isWeakLabel, type LabelledKind } from './labels.ts';
import type { Pair, Prose } from './lines.ts';
import * as offers from './offerValues.ts';
import * as values from './values.ts';

export interface ReadItem {
  readonly readings: Record<string, Reading>;
  readonly fields: Record<string, unknown>;
  readonly problems: Problem[];
  readonly extra: { label: string; value: string }[];
}

const inLine = (max: number) => (value: string) => values.plainText(max)(value.replace(/\n/g, ' / '));

/** The kind of institution a registered name ends with. Shown as unsure: nobody said it. */
function typeFromName(r: ItemReader): void {
  const { name, type } = r.readings;
  if (typeof name?.value !== 'string' || type) return;
  const { value } = values.institutionType(name.value.replace(/\s\S*점$/, '').slice(-6));
  if (value !== null) r.readings.type = { ...name, value, label: null, confidence: 'low' };
}

function readHours(r: ItemReader): void {
  const text = r.takeAll('hours', inLine(500));
  const said = r.readings.hours;
  if (text === null || !said) return;
  const read = readOpeningHours(text);
  if (!read) return;
  const isSure = read.complete && said.confidence === 'high';
  r.readings.openingHours = { ...said, value: read.hours, confidence: isSure ? 'high' : 'low' };
}

function readHospital(r: ItemReader): Record<string, unknown> {
  r.take('hospitalName', values.hospitalName);
  r.take('representative', values.person);
  r.take('businessNumber', values.businessNumber);
  r.take('careInstitutionNumber', values.careInstitutionNumber);
  r.take('type', values.institutionType);
  typeFromName(r);
  const place = r.take('address', values.place);
  const addressed = r.readings.address;
  const [detail] = r.pairs('addressDetail');
  const whole = place && detail ? `${place.address}, ${tidy(detail.value)}`.slice(0, 200) : place?.address;
  if (addressed) r.readings.address = { ...addressed, value: whole ?? null };
  r.take('zip', values.zip);
  if (addressed && place?.zip && !r.readings.zip) r.readings.zip = { ...addressed, value: place.zip };
  r.take('phone', values.phone);
  r.take('homepage', values.homepage);
  r.takeAll('departments', values.departments);
  readHours(r);
  return place ? { region: place.region, district: place.district } : {};
}

/** `전문의 여부: O` and `전문과목: 피부과` are one answer, told in two places. */
function joinAnswers(r: ItemReader): void {
  const said = r.pairs('specialist');
  const told = said.length > 1 ? said.filter((pair) => !/^[-–—\s]*$/.test(pair.value)) : said;
  const read = told.map((pair) => ({ pair, value: values.specialist(pair.value).value }));
  const yesNo = read.find(({ pair, value }) => pair.firm && value && value.specialty === null);
  const named = read.find(({ pair, value }) => pair.firm && value?.specialty && pair !== yesNo?.pair);
  const contradicts = !yesNo?.value?.is && /전문의/.test(named?.pair.value ?? '');
  if (!yesNo || !named || contradicts) r.only('specialist', told);
  else r.only('specialist', [yesNo.value?.is ? named.pair : yesNo.pair]);
}

function readSpecialist(r: ItemReader): void {
  joinAnswers(r);
  const said = r.take('specialist', (value, pair) => {
    const read = values.specialist(value);
    const isMajor = pair.label !== null && isWeakLabel(pair.label) && !/전문의/.test(value);
    return isMajor ? { ...read, sure: false } : read;
  });
  const reading = r.readings.isSpecialist;
  if (!reading) return;
  r.readings.isSpecialist = { ...reading, value: said?.is ?? null };
  if (said?.is) r.readings.specialty = { ...reading, value: said.specialty };
  const number = /제\s?\d{1,6}\s?호|(?:번호|No\.?)\s?:?\s?\d{1,6}(?!\d)/i.exec(tidy(reading.raw))?.[0];
  if (said?.is && number && !r.readings.specialistNumber) {
    const read = values.licenceNumber(number);
    if (read.value !== null) r.readings.specialistNumber = { ...reading, value: read.value };
  }
}

function readDoctor(r: ItemReader): Record<string, unknown> {
  r.take('name', values.person);
  r.take('licenceNumber', values.licenceNumber);
  r.take('specialistNumber', values.licenceNumber);
  readSpecialist(r);
  r.take('businessNumber', values.businessNumber);
  r.take('hospitalName', values.hospitalName);
  r.take('phone', values.phone);
  r.takeAll('career', (value) => ({ value: values.lines(value), sure: true }));
  r.takeAll('focus', (value) => ({ value: values.words(value), sure: true }));
  return {};
}

const unitOf = (label: string | null) =>
  /만\s?원/.test(label ?? '') ? 10_000 : /천\s?원/.test(label ?? '') ? 1_000 : 1;

/** Both prices, from their own labels or from `가격: 132만원 → 99만원`. */
function readPrices(r: ItemReader): void {
  for (const field of ['priceBefore', 'priceAfter'])
    r.take(field, (value, pair) => offers.price(value, unitOf(pair.label)));
  const arrow = ['prices', 'priceAfter']
    .flatMap((field) => r.pairs(field))
    .find(({ value }) => offers.pricesIn(value));
  const both = arrow && offers.pricesIn(arrow.value);
  if (arrow && both) {
    r.readings.priceBefore ??= readingOf(arrow, both.before);
    r.readings.priceAfter = r.readings.priceAfter?.value
      ? r.readings.priceAfter
      : readingOf(arrow, both.after);
  }
  const [single] = r.pairs('prices');
  if (single && !arrow && !r.readings.priceAfter) {
    const read = offers.price(single.value, unitOf(single.label));
    r.note('priceAfter', single, { ...read, sure: false });
  }
}

const readingOf = (pair: Pair, value: unknown): Reading => ({
  value,
  raw: tidy(pair.value).slice(0, 200),
  label: pair.label,
  source: pair.source,
  confidence: pair.firm && pair.label !== null ? 'high' : 'low',
});

function readVat(r: ItemReader, prose: readonly Prose[]): void {
  const own = r.pairs('vat').map((pair) => {
    const read = pair.label === null ? { value: offers.vatIn(pair.value) } : offers.vat(pair.value);
    const isReversed = /별도|제외/.test(pair.label ?? '') && /^\s*(?:o|y|예|네|해당)/i.test(pair.value);
    return { pair, value: isReversed ? false : read.value };
  });
  const beside = ['priceAfter', 'priceBefore', 'prices', 'target', 'scope', 'discount', 'period'].flatMap(
    (field) =>
      r.pairs(field).map((pair) => ({ pair, value: offers.vatIn(`${pair.value} ${pair.label ?? ''}`) })),
  );
  const running = prose.map(({ text, source }) => {
    const pair: Pair = { type: 'pair', label: null, value: text, source, firm: false };
    return { pair, value: offers.vatIn(text) };
  });
  const said = [...own, ...beside, ...running].filter(({ value }) => value !== null);
  const [first] = said;
  const [unread] = own.filter(({ pair }) => !values.isNothing(pair.value));
  if (!first && unread) r.note('vatIncluded', unread.pair, offers.vat(unread.pair.value));
  if (!first) return;
  const other = said.find(({ value }) => value !== first.value);
  r.note('vatIncluded', first.pair, { value: first.value, sure: other === undefined });
  if (other)
    r.problem(
      'vatIncluded',
      'CONFLICT',
      '서로 다른 값이 적혀 있습니다',
      `${first.pair.value}", "${other.pair.value}`,
    );
  if (first.value === false)
    r.problem('vatIncluded', 'VAT_EXCLUDED', '부가세(VAT)를 포함한 금액으로 알려 주세요', first.pair.value);
}

function checkDiscount(r: ItemReader): void {
  const [before, after] = [r.readings.priceBefore, r.readings.priceAfter];
  const stated = ['discount', 'priceAfter', 'prices', 'priceBefore'].flatMap((field) =>
    r.pairs(field).flatMap((pair) => {
      const percent = field === 'discount' ? offers.discount(pair.value) : offers.discountIn(pair.value);
      return percent === null ? [] : [{ pair, percent }];
    }),
  )[0];
  if (!stated || typeof before?.value !== 'number' || typeof after?.value !== 'number' || before.value === 0)
    return;
  const computed = ((before.value - after.value) / before.value) * 100;
  if (Math.abs(computed - stated.percent) < 1) return;
  r.readings.priceBefore = { ...before, confidence: 'low' };
  r.readings.priceAfter = { ...after, confidence: 'low' };
  const why = `적힌 할인율 ${stated.percent}%가 금액으로 계산한 ${Math.floor(computed)}%와 다릅니다`;
  r.problem('priceAfter', 'DISCOUNT_MISMATCH', why, stated.pair.value);
}

function readDays(r: ItemReader): void {
  const { days } = r.context;
  const spans = r.pairs('period').map((pair) => ({ pair, span: offers.period(pair.value, days) }));
  const labelled = spans.find(({ pair }) => pair.firm) ?? spans[0];
  r.take('startsOn', (value) => offers.day(value, days));
  if (labelled?.span.start && !r.readings.startsOn) r.note('startsOn', labelled.pair, labelled.span.start);
  const start = typeof r.readings.startsOn?.value === 'string' ? r.readings.startsOn.value : null;
  r.take('endsOn', (value) => offers.endDay(value, days, start));
  const end = r.readings.endsOn;
  if (end && r.readings.startsOn?.confidence === 'low' && readDay(end.raw.replace(/\s?까지$/, '')) === null)
    r.readings.endsOn = { ...end, confidence: 'low' };
  if (labelled?.span.end && !r.readings.endsOn) r.note('endsOn', labelled.pair, labelled.span.end);
  const key = (span: offers.Period) => `${span.start?.value}/${span.end?.value}`;
  const rival = spans.find(({ pair, span }) => labelled && pair.firm && key(span) !== key(labelled.span));
  if (!labelled || !rival || rival.span.start?.value === null) return;
  for (const field of ['startsOn', 'endsOn']) {
    const reading = r.readings[field];
    if (reading) r.readings[field] = { ...reading, confidence: 'low' };
  }
  const both = `${tidy(labelled.pair.value).slice(0, 28)}", "${tidy(rival.pair.value).slice(0, 28)}`;
  r.problem('startsOn', 'CONFLICT', '서로 다른 기간이 적혀 있습니다', both);
}

/** How long the review holds, under a label of its own or behind the number. */
function readValidity(r: ItemReader): void {
  const { days } = r.context;
  r.take('adReviewValidUntil', (value) => offers.validUntil(value, days));
  const behind = r.pairs('adReviewNumber').find(({ value }) => offers.validityIn(value));
  if (!behind || r.readings.adReviewValidUntil) return;
  const read = offers.validUntil(offers.validityIn(behind.value) ?? '', days);
  if (read.value !== null) r.note('adReviewValidUntil', behind, read);
}

function readEvent(r: ItemReader, prose: readonly Prose[]): Record<string, unknown> {
  r.take('title', values.plainText(100));
  r.take('category', values.plainText(60));
  r.take('businessNumber', values.businessNumber);
  r.take('hospitalName', values.hospitalName);
  // A number in the signature is the writer's.
  const called = r.pairs('phone').filter(({ label }) => label !== null);
  if (called.length > 0) {
    r.only('phone', called);
    r.take('phone', values.phone);
  }
  readPrices(r);
  readVat(r, prose);
  checkDiscount(r);
  readDays(r);
  r.takeAll('target', inLine(300), ['target', 'scope']);
  r.take('adReviewNumber', offers.reviewNumber);
  readValidity(r);
  r.takeAll('sideEffects', inLine(1000));
  return {};
}

/** What the fields of a kind hold where nothing was said: null, or nothing of a list or text that may be empty. */
const unsaid: Readonly<Record<LabelledKind, Readonly<Record<string, unknown>>>> = {
  hospital: {
    ...{ name: null, representative: null, businessNumber: null, careInstitutionNumber: null, type: null },
    ...{ region: null, district: null, address: null, zip: null, phone: null, homepage: null },
    ...{ departments: null, hours: '', openingHours: null },
  },
  doctor: {
    ...{ name: null, licenceNumber: null, isSpecialist: null, specialty: null, specialistNumber: null },
    ...{ hospitalBusinessNumber: null, hospitalName: null, career: [], focus: [] },
  },
  event: {
    ...{ title: null, hospitalBusinessNumber: null, hospitalName: null, category: '', priceBefore: null },
    ...{
      priceAfter: null,
      vatIncluded: null,
      startsOn: null,
      endsOn: null,
      target: null,
      adReviewNumber: null,
    },
    sideEffects: '',
  },
};

/** A hospital's name that stands only in the subject. */
function nameFromSubject(r: ItemReader): void {
  const field = r.kind === 'hospital' ? 'name' : 'hospitalName';
  const names = r.readings[field] ? [] : clinicsIn(r.context.subject);
  const [name] = names;
  if (names.length !== 1 || name === undefined) return;
  const pair: Pair = { type: 'pair', label: null, value: name, source: 'subject', firm: false };
  r.note(field, pair, { value: name, sure: false });
}

/** Reads a draft. A change holds nothing but what was named; a registration holds every field of its kind. */
export function readItem(draft: Draft, intent: 'register' | 'change', context: Context): ReadItem {
  const reader = new ItemReader(draft, context);
  const prose = [...draft.pieces, ...draft.common.slice(0, maxCommon)].filter(isProse);
  const derived = {
    hospital: () => readHospital(reader),
    doctor: () => readDoctor(reader),
    event: () => readEvent(reader, prose),
  }[draft.kind]();
  if (intent === 'register') nameFromSubject(reader);
  for (const { label, value } of reader.pairs('discount')) if (label !== null) reader.addExtra(label, value);
  const { readings, problems, extra } = reader;
  const said = Object.fromEntries(Object.entries(readings).map(([field, { value }]) => [field, value]));
  const fields = { ...(intent === 'register' ? unsaid[draft.kind] : {}), ...said, ...derived };
  return { readings, fields, problems, extra };
}
