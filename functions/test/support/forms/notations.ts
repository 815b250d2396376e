/** The ways people write one and the same number, day, price or time. */
import type { Chance } from './chance.ts';
import type { HoursTruth, Phone } from './truths.ts';

export function businessNumberWritten(chance: Chance, number: string): string {
  const parts = [number.slice(0, 3), number.slice(3, 5), number.slice(5)];
  return chance.pick([
    parts.join('-'),
    parts.join('-'),
    number,
    parts.join(' - '),
    parts.join(' '),
    parts.join('.'),
  ]);
}

export function phoneWritten(chance: Chance, { parts, e164 }: Phone): string {
  const [area = '', ...rest] = parts;
  return chance.pick([
    parts.join('-'),
    parts.join('-'),
    `${area})${rest.join('-')}`,
    `(${area}) ${rest.join('-')}`,
    parts.join('.'),
    parts.join(' '),
    parts.join(''),
    `+82-${area.slice(1)}-${rest.join('-')}`,
    `+82 (0)${area.slice(1)}-${rest.join('-')}`,
    `${area}-${rest.join('-')}(대표)`,
    e164,
  ]);
}

const grouped = (won: number) => won.toLocaleString('en-US');

export function priceWritten(chance: Chance, won: number): string {
  const inTens =
    won % 10_000 === 0 ? [`${won / 10_000}만원`, `${won / 10_000}만 원`, `${won / 10_000}만`] : [];
  const withThousands =
    won % 10_000 !== 0 && won % 1_000 === 0
      ? [`${Math.floor(won / 10_000)}만 ${(won % 10_000) / 1_000}천원`, `${won / 10_000}만원`]
      : [];
  return chance.pick([
    `${grouped(won)}원`,
    `${grouped(won)} 원`,
    grouped(won),
    `₩${grouped(won)}`,
    `${won}원`,
    `${grouped(won)}원(VAT 포함)`.replace('(VAT 포함)', ''),
    ...inTens,
    ...withThousands,
  ]);
}

export function dayWritten(chance: Chance, day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const [m, d] = [Number(month), Number(date)];
  const weekday = '일월화수목금토'[new Date(`${day}T00:00:00Z`).getUTCDay()];
  return chance.pick([
    day,
    `${year}.${month}.${date}`,
    `${year}.${m}.${d}`,
    `${year}. ${m}. ${d}.`,
    `${year}/${month}/${date}`,
    `${year.slice(2)}.${month}.${date}`,
    `'${year.slice(2)}.${m}.${d}`,
    `${year}년 ${m}월 ${d}일`,
    `${year}년${m}월${d}일`,
    `${year}.${month}.${date}(${weekday})`,
    `${year}${month}${date}`,
  ]);
}

/** Both days; the second may leave out its year only where that is the first's. */
export function periodWritten(chance: Chance, from: string, to: string): string {
  const [a, b] = [dayWritten(chance, from), dayWritten(chance, to)];
  return chance.pick([`${a} ~ ${b}`, `${a}~${b}`, `${a} ~ ${b}까지`, `${a}부터 ${b}까지`, `${a} - ${b}`]);
}

export function licenceWritten(chance: Chance, number: string): string {
  return chance.pick([
    number,
    number,
    `제 ${number} 호`,
    `제${number}호`,
    `제 ${number.padStart(6, '0')} 호`,
    `${number}호`,
  ]);
}

const two = (value: number) => String(value).padStart(2, '0');
const clock = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

function timesOf(chance: Chance): (minutes: number) => string {
  const inWords = (minutes: number) =>
    `${Math.floor(minutes / 60)}시${minutes % 60 ? ` ${minutes % 60}분` : ''}`;
  const withHalf = (minutes: number) => {
    const hour = Math.floor(minutes / 60);
    const half = minutes % 60 ? ' 30분' : '';
    return hour < 12 ? `오전 ${hour}시${half}` : `오후 ${hour === 12 ? 12 : hour - 12}시${half}`;
  };
  return chance.pick([clock, clock, clock, inWords, withHalf]);
}

/** Parts of opening hours as clinics write them, to be joined by ` / ` or line breaks. */
export function hoursWritten(chance: Chance, hours: HoursTruth): string[] {
  const time = timesOf(chance);
  const tilde = chance.pick(['~', ' ~ ', '-', ' - ', '~']);
  const span = (open: number, close: number) => `${time(open)}${tilde}${time(close)}`;
  const colon = chance.pick([' ', ' ', ': ', ' : ']);
  const weekdays = chance.pick(['평일', '평일', '월~금', '월-금', '평일(월~금)', '월요일~금요일']);
  const { late, saturday, lunch } = hours;
  const lateDay = late ? '월화수목금'[late.day] : '';
  const lateWritten = late
    ? chance.pick([
        `${lateDay}요일${colon}${span(hours.open, late.close)}`,
        `${lateDay}요일 야간진료${colon}${span(hours.open, late.close)}`,
        `(${lateDay} ~${clock(late.close)})`,
      ])
    : null;
  const usual = `${weekdays}${colon}${span(hours.open, hours.close)}`;
  const weekend = chance.pick([
    '일요일·공휴일 휴진',
    '일/공휴일 휴무',
    '일요일, 공휴일 휴진',
    '휴진: 일요일, 공휴일',
    '일·공휴일 휴진',
  ]);
  return [
    ...(lateWritten?.startsWith('(')
      ? [`${usual} ${lateWritten}`]
      : [usual, ...(lateWritten ? [lateWritten] : [])]),
    ...(saturday ? [`${chance.pick(['토', '토요일'])}${colon}${span(saturday.open, saturday.close)}`] : []),
    ...(lunch ? [`${chance.pick(['점심', '점심시간'])}${colon}${span(lunch.open, lunch.close)}`] : []),
    ...(hours.isSundayClosed ? [weekend] : []),
  ];
}

const week = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

/** What the hours mean, day by day. */
export function hoursMeant({ open, close, late, saturday, lunch, isSundayClosed }: HoursTruth) {
  const span = (from: number, to: number) => `${clock(from)}-${clock(to)}`;
  const weekdays = week.map((day, at) => [day, span(open, late?.day === at ? late.close : close)] as const);
  return {
    ...Object.fromEntries(weekdays),
    sat: saturday ? span(saturday.open, saturday.close) : null,
    sun: isSundayClosed ? 'closed' : null,
    holiday: isSundayClosed ? 'closed' : null,
    lunch: lunch ? span(lunch.open, lunch.close) : null,
  };
}
