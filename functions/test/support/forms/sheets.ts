/** Lists of events as clinics keep them in Excel: a title, perhaps notes, a row of labels, a row per event. */
import type { SheetContent } from '../../mail/build.ts';
import type { Chance } from './chance.ts';
import { dayWritten, periodWritten, priceWritten } from './notations.ts';
import { type EventTruth, eventTruth, type HospitalTruth } from './truths.ts';

type Cell = string | number | Date | null;
interface Column {
  readonly label: string;
  readonly cell: (event: EventTruth, at: number) => Cell;
}

const serialOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569;

function dayColumn(chance: Chance, label: string, day: (event: EventTruth) => string): Column {
  const habit = chance.pick<(day: string) => Cell>([
    serialOf,
    serialOf,
    (one) => new Date(`${one}T00:00:00Z`),
    (one) => dayWritten(chance, one),
  ]);
  return { label, cell: (event) => habit(day(event)) };
}

function moneyColumn(chance: Chance, label: string, won: (event: EventTruth) => number): Column {
  return chance.pick<Column>([
    { label, cell: (event) => won(event) },
    { label, cell: (event) => (chance.happens(0.5) ? won(event) : priceWritten(chance, won(event))) },
    { label: `${label}(만원)`, cell: (event) => won(event) / 10_000 },
    { label: `${label}(원)`, cell: (event) => won(event).toLocaleString('en-US') },
  ]);
}

export function sheetOfEvents(
  chance: Chance,
  clinic: HospitalTruth,
  isSaidInLetter: boolean,
): { content: SheetContent; fields: Readonly<Record<string, unknown>>[] } {
  const events = Array.from({ length: chance.int(2, 4) }, (_, at) => {
    const event = eventTruth(chance);
    return { ...event, title: `${event.title} ${'ABCD'[at]}` };
  });
  const label = (labels: string) => chance.pick(labels.split(' '));
  const names = chance.happens(0.6);
  const inOne = chance.happens(0.3);
  const days = inOne
    ? [
        {
          label: label('기간 이벤트기간'),
          cell: (e: EventTruth) => periodWritten(chance, e.startsOn, e.endsOn),
        },
      ]
    : [
        dayColumn(chance, label('시작일 이벤트시작일 시작'), (e) => e.startsOn),
        dayColumn(chance, label('종료일 마감일 종료'), (e) => e.endsOn),
      ];
  const [wantsTarget, wantsNumber, wantsCategory] = [0.7, 0.6, 0.4].map((share) => chance.happens(share));
  const columns: Column[] = [
    ...(chance.happens(0.5)
      ? [{ label: label('No. 번호 순번'), cell: (_: EventTruth, at: number) => at + 1 }]
      : []),
    ...(names ? [{ label: label('병원명 의원명'), cell: () => clinic.name }] : []),
    { label: label('이벤트명 시술명 상품명'), cell: (e) => e.title },
    ...(wantsCategory ? [{ label: label('시술분류 카테고리'), cell: (e: EventTruth) => e.category }] : []),
    moneyColumn(chance, label('정상가 정가 원가'), (e) => e.priceBefore),
    moneyColumn(chance, label('할인가 이벤트가 행사가'), (e) => e.priceAfter),
    { label: label('VAT 부가세 VAT포함여부'), cell: (e) => (e.vatIncluded ? '포함' : '별도') },
    ...days,
    ...(wantsTarget ? [{ label: label('대상 할인대상'), cell: (e: EventTruth) => e.target }] : []),
    ...(wantsNumber
      ? [{ label: label('심의번호 광고심의번호'), cell: (e: EventTruth) => e.adReviewNumber }]
      : []),
    ...(chance.happens(0.4) ? [{ label: '비고', cell: () => null }] : []),
  ];
  const heads = columns.map((column) => `${column.label}${chance.happens(0.1) ? '*' : ''}`);
  const isTitled = !names && chance.happens(0.6);
  const rows: Cell[][] = [
    ...(isTitled ? [[`${clinic.name} 12월 이벤트 리스트`]] : []),
    ...(names && chance.happens(0.5) ? [['12월 이벤트 리스트']] : []),
    ...(chance.happens(0.3) ? [[]] : []),
    ...(chance.happens(0.2) ? [['* 표시는 필수 입력입니다']] : []),
    heads,
    ...events.map((event, at) => columns.map(({ cell }) => cell(event, at))),
  ];
  const fields = events.map((event) => ({
    ...{ title: event.title, priceBefore: event.priceBefore, priceAfter: event.priceAfter },
    ...{ vatIncluded: event.vatIncluded, startsOn: event.startsOn, endsOn: event.endsOn },
    ...(names || isTitled || isSaidInLetter ? { hospitalName: clinic.name } : {}),
    ...(wantsTarget ? { target: event.target } : {}),
    ...(wantsNumber ? { adReviewNumber: event.adReviewNumber } : {}),
    ...(wantsCategory ? { category: event.category } : {}),
  }));
  return { content: { name: chance.pick(['Sheet1', '이벤트', '12월']), rows }, fields };
}
