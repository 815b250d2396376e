/** Opening hours from how clinics write them: `평일 10:00~19:00 (금 ~21:00) / 토 10시~16시 / 점심 13:00~14:00 / 일·공휴일 휴진`. */
import { tidy } from '../../kernel/korean.ts';
import type { OpeningHours } from '../schema.ts';

const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const letters = '월화수목금토일';
type Day = (typeof week)[number] | 'holiday';

const time =
  '(?:(?:오전|오후|저녁|밤|낮|AM|PM)\\s?)?\\d{1,2}(?:\\s?:\\s?\\d{2}|\\s?시(?:\\s?(?:\\d{1,2}\\s?분|반))?)?(?:\\s?(?:AM|PM))?';
const dayWord = '[월화수목금토일](?:요일)?';
const particle = '(?:에는|에도|은|는|엔|에|도|이|과)?';
const tokens = new RegExp(
  [
    `(?<lunch>점심(?:\\s?시간)?|휴게(?:\\s?시간)?|브레이크\\s?타임)`,
    `(?<range>${time}\\s?(?:[~〜∼\\-–—]|부터|에서)\\s?${time})`,
    `(?<until>[~〜∼]\\s?${time}|${time}\\s?까지)`,
    `(?<all>24\\s?시간)`,
    `(?<none>연중\\s?무휴|(?:휴진|휴무|점심(?:\\s?시간)?)\\s?없(?:음|이))`,
    `(?<closed>정기\\s?휴[진무]일?|휴[진무]일?|쉽니다|쉬는\\s?날|진료\\s?없음|OFF|CLOSED)`,
    `(?<vague>격주|(?:첫|둘|셋|넷)째|[1-5]\\s?[,·]?\\s?[1-5]?\\s?째\\s?주|짝수|홀수|예약)`,
    `(?<days>평일|주중|주말|매일|법정\\s?공휴일|공휴일|휴일|(?<![가-힣])${dayWord}(?:\\s?(?:[~〜∼\\-–]|부터)\\s?${dayWord}(?:까지)?|(?:\\s?(?:[,/·및&]|요일과\\s)?\\s?${dayWord})*)${particle}(?![가-힣]))`,
  ].join('|'),
  'giu',
);

interface Clock {
  readonly minutes: number;
  /** Said with 오전, 오후 or as more than twelve hours. */
  readonly certain: boolean;
}

function clockOf(words: string): Clock | null {
  const match =
    /(오전|오후|저녁|밤|낮|AM|PM)?\s?(\d{1,2})(?:\s?:\s?(\d{2})|\s?시\s?(?:(\d{1,2})\s?분|(반))?)?\s?(AM|PM)?/i.exec(
      words,
    );
  if (!match?.[2]) return null;
  const half = (match[1] ?? match[6] ?? '').toUpperCase();
  const isLate = /오후|저녁|밤|낮|PM/.test(half) && Number(match[2]) < 12;
  const isMidnight = /오전|AM/.test(half) && Number(match[2]) === 12;
  const hour = Number(match[2]) + (isLate ? 12 : 0) - (isMidnight ? 12 : 0);
  const minute = match[5] ? 30 : Number(match[3] ?? match[4] ?? 0);
  if (hour > 24 || minute > 59) return null;
  return { minutes: hour * 60 + minute, certain: half !== '' || Number(match[2]) > 12 };
}

const two = (value: number) => String(value).padStart(2, '0');
const written = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** `10:00-19:00`; a close before the open on a twelve-hour clock (`10시~7시`) is the evening's. */
function rangeOf(open: Clock | null, close: Clock | null): string | null {
  if (!open || !close) return null;
  const evening = close.minutes <= open.minutes && !close.certain ? close.minutes + 720 : close.minutes;
  return evening > open.minutes && evening <= 1440 ? `${written(open.minutes)}-${written(evening)}` : null;
}

function daysOf(words: string): Day[] {
  const bare = words
    .replace(/\s/g, '')
    .replace(/부터/, '~')
    .replace(/(?<=요일|[~-][월화수목금토일])까지|(?<=요일)(?:에는|에도|은|는|엔|에|도|이|과)$/g, '');
  if (/^(평일|주중)$/.test(bare)) return [...week.slice(0, 5)];
  if (bare === '주말') return ['sat', 'sun'];
  if (bare === '매일') return [...week];
  if (/휴일$/.test(bare)) return ['holiday'];
  const named = [...bare.replace(/요일/g, '')].map((letter) => letters.indexOf(letter));
  const at = named.filter((index) => index >= 0);
  const [first = 0, last = 0] = at;
  if (/[~〜∼\-–]/.test(bare) && at.length === 2 && first <= last) return [...week.slice(first, last + 1)];
  return at.flatMap((index) => week[index] ?? []);
}

interface State {
  hours: { -readonly [K in keyof OpeningHours]: OpeningHours[K] };
  pending: Day[];
  /** `휴진:` came before the days it speaks of. */
  closing: boolean;
  lunch: boolean;
  complete: boolean;
  wroteLast: boolean;
}

function assign(state: State, value: string | null): void {
  if (value === null) {
    state.complete = false;
    return;
  }
  if (state.lunch) state.hours.lunch = value;
  else if (state.pending.length === 0) state.complete = false;
  else for (const day of state.pending) state.hours[day] = value;
  state.lunch = false;
  state.wroteLast = true;
}

function takeDays(state: State, days: readonly Day[]): void {
  if (state.closing) {
    for (const day of days) state.hours[day] = 'closed';
    return;
  }
  state.pending = state.wroteLast ? [...days] : [...state.pending, ...days];
  state.wroteLast = false;
}

function takeRange(state: State, words: string): void {
  const [open = '', close = ''] = words.split(/[~〜∼\-–—]|부터|에서/);
  state.closing = false;
  const [from, to] = [clockOf(open), clockOf(close)];
  // Lunch at `1시~2시` is never at night.
  const noon = (clock: Clock | null) =>
    clock && clock.minutes < 600 && !clock.certain ? { ...clock, minutes: clock.minutes + 720 } : clock;
  assign(state, state.lunch ? rangeOf(noon(from), noon(to)) : rangeOf(from, to));
}

function takeUntil(state: State, words: string): void {
  const before = state.pending.map((day) => state.hours[day]).find((value) => value && value !== 'closed');
  const usual = before ?? week.map((day) => state.hours[day]).find((value) => value && value !== 'closed');
  assign(state, usual ? rangeOf(clockOf(usual.slice(0, 5)), clockOf(words)) : null);
}

function takeClosed(state: State): void {
  if (state.pending.length > 0 && !state.wroteLast) {
    for (const day of state.pending) state.hours[day] = 'closed';
    state.wroteLast = true;
  } else state.closing = true;
}

/**
 * Hours of each day as `HH:MM-HH:MM` or `closed`; null for what is not said. `complete` is false when something in the
 * words (every other week, a time without day) has no place in that shape. Null when nothing could be read.
 */
export function readOpeningHours(value: string): { hours: OpeningHours; complete: boolean } | null {
  const nothing = { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null };
  const state: State = {
    hours: { ...nothing, holiday: null, lunch: null },
    ...{ pending: [], closing: false, lunch: false, complete: true, wroteLast: false },
  };
  for (const { groups = {} } of tidy(value.slice(0, 1_000)).matchAll(tokens)) {
    if (groups.lunch) state.lunch = true;
    else if (groups.range) takeRange(state, groups.range);
    else if (groups.until) takeUntil(state, groups.until);
    else if (groups.all) assign(state, '00:00-24:00');
    else if (groups.none) state.lunch = false;
    else if (groups.closed) takeClosed(state);
    else if (groups.days) takeDays(state, daysOf(groups.days));
    else state.complete = false;
  }
  const said = Object.values(state.hours).some((hours) => hours !== null);
  return said ? { hours: state.hours, complete: state.complete } : null;
}
