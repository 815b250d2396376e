/** Values of offers: VAT, prices, discounts, days, periods and review numbers, as clinics write them. */
import { readDay, readEnd, readKrw, splitPeriod, tidy } from '../../kernel/korean.ts';
import { failed, sure, ticks, unreadable, unsure, type Value } from './values.ts';

const tax = '(?:V\\.?A\\.?T\\.?|부가(?:가치)?세)';
const included = new RegExp(
  `${tax}[^가-힣]{0,4}(?:는|은|가|까지|금액)?\\s?(?:모두|전부|10%)?\\s?(?:포함|inc)`,
  'i',
);
const without = new RegExp(
  `${tax}[^가-힣]{0,4}(?:는|은|가)?\\s?(?:모두|전부|10%)?\\s?(?:별도|미포함|불포함|제외|비포함|추가|\\+|ex)|\\+\\s?${tax}|(?:별도|제외)\\s?${tax}|${tax}\\s?(?:를|을)\\s?(?:제외|뺀)`,
  'i',
);

/** `VAT 포함` true, `부가세 별도` false; null when the words do not speak of VAT. */
export function vatIn(words: string): boolean | null {
  if (!/V\.?A\.?T|부가/i.test(words)) return null;
  if (without.test(words)) return false;
  return included.test(words) ? true : null;
}

/** What stands under a VAT label. */
export function vat(value: string): Value<boolean> {
  const chosen = ticks(value);
  if (chosen === null) return { value: null, sure: false };
  if (/별도|미포함|불포함|비포함|제외|추가|^(?:x|n|no|아니|무)/i.test(chosen)) return sure(false);
  return /포함|^(?:o|y|yes|예|네|유)(?![가-힣a-z])/i.test(chosen) ? sure(true) : unreadable();
}

const amount =
  '[₩￦]?\\s?\\d[\\d,]{0,14}(?:\\.\\d{1,4})?\\s?(?:억|천만|백만|십만|만|천)?(?:\\s?\\d[\\d,]{0,6}\\s?천?)?\\s?원?';
const arrow = '(?:→|⇒|➡|▶|->|=>|>>|에서|>)';
const hasArrow = new RegExp(arrow);
const range = new RegExp(`^(${amount})\\s?[~〜∼\\-–]\\s?(${amount})`);
const arrowed = new RegExp(
  `(${amount})\\s?(?:\\([^)]{0,30}\\)\\s?)?${arrow}\\s?(?:[가-힣]{1,6}\\s)?(${amount})`,
);

const named = new RegExp(
  `(?:정상가|정가|원가|기존가|할인\\s?전|원래)\\s?:?\\s?(${amount})[^\\d]{1,20}?(?:할인가|이벤트가|행사가|특가|할인\\s?후)\\s?:?\\s?(${amount})`,
);

/** `132만원 → 99만원`, `정상가 132만원 / 할인가 99만원`: what it was and what it is. */
export function pricesIn(words: string): { before: number; after: number } | null {
  const tidied = tidy(words);
  const match = (hasArrow.test(tidied) ? arrowed.exec(tidied) : null) ?? named.exec(tidied);
  const [before, after] = [readKrw(match?.[1] ?? ''), readKrw(match?.[2] ?? '')];
  return before !== null && after !== null && after >= 1_000 && before >= 1_000 ? { before, after } : null;
}

/**
 * One amount of money. `unit` is what the label says of small numbers (`정상가(만원)`). A range is read as its lower
 * end, unsurely; a number under 1,000 without unit is no price.
 */
export function price(value: string, unit = 1): Value<number> {
  const words = tidy(value)
    .replace(/\([^)]{0,200}\)/g, ' ')
    .replace(/\bKRW\s?/gi, '')
    .replace(/\s?won\b/gi, '원')
    .replace(/(?:V\.?A\.?T\.?|부가(?:가치)?세)\s?(?:는|은)?\s?(?:포함|별도|제외|미포함|불포함)/gi, ' ')
    .replace(
      /^(?:\d{1,4}\s?(?:샷|회|cc|ml|개|줄|유닛|부위|병|팩)\s?(?:당|기준|에)?|(?:회|샷|부위|cc)당)\s(?=[₩￦\d])/i,
      '',
    )
    .replace(/(?:약|단|총|각|1회|회당|이벤트가|할인가|정상가)\s?(?=[₩￦\d])/g, '')
    .trim();
  const arrows = pricesIn(words);
  if (arrows) return unsure(arrows.after);
  const between = range.exec(words);
  if (between) {
    const low = readKrw(between[1] ?? '') ?? 0;
    const high = readKrw(between[2] ?? '');
    const scaled =
      low < 1_000 && high !== null && high >= 1_000 && /만/.test(between[2] ?? '')
        ? low * 10_000
        : low * unit;
    return scaled >= 1_000
      ? { ...unsure(scaled), reason: 'PRICE_RANGE', why: '범위로 적혀 있습니다. 하나의 금액을 알려 주세요' }
      : unreadable('금액으로 읽을 수 없습니다');
  }
  const first = new RegExp(`^${amount}`).exec(words)?.[0] ?? '';
  const won = readKrw(first);
  if (won === null) return unreadable('금액으로 읽을 수 없습니다');
  const isBare = !/[억만천원₩￦]/.test(first);
  const scaled = isBare && unit > 1 && won < 100_000 ? Math.round(won * unit) : won;
  if (isBare && scaled < 1_000) return unreadable('금액의 단위를 알 수 없습니다');
  const rest = words.slice(first.length).trim();
  if (/^(?:~|부터|이상|이하|이내)/.test(rest))
    return {
      ...unsure(scaled),
      reason: 'PRICE_RANGE',
      why: '범위로 적혀 있습니다. 하나의 금액을 알려 주세요',
    };
  return {
    value: scaled,
    sure: /^(?:[,/|]?\s?(?:원|정|\d{1,2}\s?%\s?(?:할인|↓|OFF)?|할인|적용|부가세|VAT)?)*$/i.test(rest),
  };
}

/** Per cent of discount somebody states: `25% 할인`, `할인율 25%`. */
export function discountIn(words: string): number | null {
  const match =
    /(\d{1,2}(?:\.\d+)?)\s?%\s?(?:할인|↓|OFF|DC|세일)|할인율?\s?:?\s?(\d{1,2}(?:\.\d+)?)\s?%/i.exec(
      tidy(words),
    );
  const percent = match?.[1] ?? match?.[2];
  return percent === undefined ? null : Number(percent);
}

/** The value of a discount label. */
export function discount(value: string): number | null {
  const words = tidy(value);
  const percent =
    discountIn(words) ?? Number(/(\d{1,2}(?:\.\d+)?)\s?(?:%|퍼센트|프로)/.exec(words)?.[1] ?? Number.NaN);
  if (!Number.isNaN(percent)) return percent;
  return /^0\.\d+$/.test(words) ? Number(words) * 100 : null;
}

/** What days without a year may be read by. */
export interface DayContext {
  /** Year the message itself names. */
  readonly year: number | null;
  /** Day it was sent, `YYYY-MM-DD`. */
  readonly sentOn: string | null;
}

const openEnd = /상시|무기한|별도\s?(?:공지|안내)|소진|종료\s?시|미정|계속|until further/i;

function yearOf(context: DayContext, written: string): number | null {
  if (context.year !== null) return context.year;
  if (context.sentOn === null) return null;
  const year = Number(context.sentOn.slice(0, 4));
  return (
    [year, year + 1].find((candidate) => (readDay(written, candidate) ?? '') >= (context.sentOn ?? '')) ??
    null
  );
}

/** One day; a year that is not written is taken from the context, unsurely. */
export function day(value: string, context: DayContext): Value<string> {
  const words = tidy(value).replace(/\s?(?:부터|까지|예정|한)$|^[~〜∼]\s?|\s?[~〜∼]$/g, '');
  const written = readDay(words);
  if (written) return sure(written);
  const year = yearOf(context, words);
  const guessed = year === null ? null : readDay(words, year);
  if (guessed) return unsure(guessed);
  if (year === null && readDay(words, 2024)) return failed('NO_YEAR', '연도가 없습니다');
  return unreadable('날짜로 읽을 수 없습니다');
}

/** The last day; one that is left open (`상시`) is a reason of its own. */
export function endDay(value: string, context: DayContext, start: string | null): Value<string> {
  if (openEnd.test(value)) return failed('NO_END_DATE', '종료일이 정해져 있지 않습니다');
  const words = tidy(value).replace(/\s?까지$|^[~〜∼]\s?/g, '');
  const afterStart = start && !readDay(words) ? readEnd(words, start) : null;
  return afterStart ? sure(afterStart) : day(words, context);
}

export interface Period {
  readonly start: Value<string> | null;
  readonly end: Value<string> | null;
}

function wholeMonth(words: string, context: DayContext): Period | null {
  const match = /^(?:(20\d{2}|\d{2})\s?[년.]\s?)?(\d{1,2})\s?월\s?(?:한\s?달(?:\s?간)?|중|동안|간|달)?$/.exec(
    words,
  );
  if (!match) return null;
  const month = (match[2] ?? '').padStart(2, '0');
  const written = match[1] ? Number(match[1].length === 2 ? `20${match[1]}` : match[1]) : null;
  const year = written ?? yearOf(context, `${month}/28`);
  if (year === null) return { start: failed('NO_YEAR', '연도가 없습니다'), end: null };
  const last = new Date(Date.UTC(year, Number(month), 0)).getUTCDate();
  if (Number.isNaN(last) || Number(month) > 12) return null;
  const of = written === null ? unsure<string> : sure<string>;
  return { start: of(`${year}-${month}-01`), end: of(`${year}-${month}-${last}`) };
}

/** The last day of `2개월간`, `한 달`, `2주` from `start`; null when the words are no such span. */
function spanEnd(words: string, start: string): string | null {
  const [, count = '', unit = ''] =
    /^(\d{1,2}|한|두|세)\s?(개월|달|주일?|일)\s?(?:간|동안)?$/.exec(words) ?? [];
  const amount = { 한: 1, 두: 2, 세: 3 }[count] ?? Number(count);
  if (unit === '' || amount < 1) return null;
  const [year = 0, month = 1, date = 1] = start.split('-').map(Number);
  const isMonths = unit === '개월' || unit === '달';
  const days = isMonths ? 0 : amount * (unit.startsWith('주') ? 7 : 1);
  const end = new Date(Date.UTC(year, month - 1 + (isMonths ? amount : 0), date + days - 1));
  return end.toISOString().slice(0, 10);
}

/** `A ~ B`, `A ~`, `~ B`, `12월 한 달`, `상시`. A missing year comes from the other side, else from the context. */
export function period(value: string, context: DayContext): Period {
  const words = tidy(value)
    .replace(/\((?![월화수목금토일](?:요일)?\))[^)]{0,80}\)/g, '')
    // What stands behind is said of something else: `/ 시술은 2월까지 가능`.
    .replace(/^([^/|]*[~〜∼][^/|]*\d[^/|]*?)\s[/|※*]\s?\D.*$/, '$1')
    .replace(/\s?(?:까지|동안|한정|진행|예정)$/g, '')
    .trim();
  const month = wholeMonth(words, context);
  if (month) return month;
  const sides = splitPeriod(words);
  if (!sides) {
    if (openEnd.test(words))
      return { start: null, end: failed('NO_END_DATE', '종료일이 정해져 있지 않습니다') };
    const only = day(words, context);
    if (/까지$|^[~〜∼]/.test(tidy(value))) return { start: null, end: only };
    return {
      start: only.value === null ? unreadable('기간으로 읽을 수 없습니다') : unsure(only.value),
      end: null,
    };
  }
  const [from, to] = sides;
  const endYear = Number(readDay(to)?.slice(0, 4) ?? Number.NaN);
  const fromEnd = [endYear, endYear - 1]
    .map((year) => readDay(from, year))
    .find((d) => d && d <= (readDay(to) ?? ''));
  const start = from === '' ? null : fromEnd && !readDay(from) ? sure(fromEnd) : day(from, context);
  if (to === '') return { start, end: failed('NO_END_DATE', '종료일이 정해져 있지 않습니다') };
  const span = start?.value ? spanEnd(to, start.value) : null;
  const end = span ? sure(span) : endDay(to, context, start?.value ?? null);
  return { start, end: start && !start.sure && end.value && !readDay(to) ? unsure(end.value) : end };
}

/** The last day a review holds: `유효기간 2028.11.01까지`, `2025.11.02 ~ 2028.11.01`. */
export function validUntil(value: string, context: DayContext): Value<string> {
  const words = tidy(value)
    .replace(/^.{0,12}?유효\s?(?:기간)?\s?:?\s?/, '')
    .replace(/[)\]]\s?$/, '');
  const sides = splitPeriod(words);
  return endDay(sides?.[1] ? sides[1] : words, context, null);
}

/** What a review number says of how long it holds: `(유효 2029.10.31까지)`. */
export const validityIn = (words: string): string | null =>
  /(?:유효\s?(?:기간|기한)?|만료일?)\s?:?\s?(?:20)?\d{2}\s?[년.\-/][^)]{2,40}|[~〜∼]\s?20\d{2}\s?[년.\-/][^)]{3,20}|20\d{2}\s?[년.\-/][^)~]{3,16}까지/.exec(
    tidy(words),
  )?.[0] ?? null;

/** A review number, opaque: `제 261101-중-000001 호 (유효 2029.10.31까지)` → `261101-중-000001`. */
export function reviewNumber(value: string): Value<string> {
  const words = tidy(value);
  const usual = /\d{4,8}\s?-\s?[가-힣A-Z]{1,4}\s?-\s?\d{2,8}/i.exec(words)?.[0];
  if (usual) return sure(usual.replace(/\s/g, ''));
  const numbered = /제\s?([^\s()]{1,40}(?:\s[^\s()]{1,20}){0,2}?)\s?호/.exec(words)?.[1];
  const rest = (numbered ?? words.replace(/\([^)]*\)/g, '')).trim();
  return /\d/.test(rest) && rest.length <= 60 ? sure(rest) : unreadable('심의번호가 적혀 있지 않습니다');
}
