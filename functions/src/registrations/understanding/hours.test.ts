import { readOpeningHours } from './hours.ts';

const unsaid = {
  ...{ mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null },
  ...{ holiday: null, lunch: null },
};
const every = (hours: string, ...days: (keyof typeof unsaid)[]) =>
  Object.fromEntries(days.map((day) => [day, hours]));
const weekdays = (hours: string) => every(hours, 'mon', 'tue', 'wed', 'thu', 'fri');

describe('opening hours', () => {
  it.each<[string, Record<string, string>]>([
    ['평일 10:00~19:00', weekdays('10:00-19:00')],
    ['월~금 10:00 - 19:00', weekdays('10:00-19:00')],
    ['월-금 10시~19시', weekdays('10:00-19:00')],
    ['평일 오전 10시 ~ 오후 7시 30분', weekdays('10:00-19:30')],
    ['평일 오전 9시 반부터 오후 6시까지', weekdays('09:30-18:00')],
    ['평일 AM 10:00 ~ PM 7:00', weekdays('10:00-19:00')],
    ['평일 10시~7시', weekdays('10:00-19:00')],
    ['평일 10-19', weekdays('10:00-19:00')],
    ['매일 24시간', every('00:00-24:00', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')],
    ['월·수·금 10:00-19:00', every('10:00-19:00', 'mon', 'wed', 'fri')],
    ['월수금 10:00-19:00', every('10:00-19:00', 'mon', 'wed', 'fri')],
    ['월요일, 수요일 10:00-19:00', every('10:00-19:00', 'mon', 'wed')],
    ['토 10시~16시', { sat: '10:00-16:00' }],
    ['주말 10:00~15:00', every('10:00-15:00', 'sat', 'sun')],
    ['일·공휴일 휴진', every('closed', 'sun', 'holiday')],
    ['일요일/공휴일 휴무', every('closed', 'sun', 'holiday')],
    ['휴진: 일요일, 공휴일', every('closed', 'sun', 'holiday')],
    ['정기휴무 수요일', { wed: 'closed' }],
    ['점심 13:00~14:00', { lunch: '13:00-14:00' }],
    ['점심시간 : 1시~2시', { lunch: '13:00-14:00' }],
    ['평일 10:00~19:00 (금 ~21:00)', { ...weekdays('10:00-19:00'), fri: '10:00-21:00' }],
    ['평일 10:00~19:00, 야간진료 목 21:00까지', { ...weekdays('10:00-19:00'), thu: '10:00-21:00' }],
    [
      '평일 10:00~19:00 (점심시간 13:00~14:00) 토 10:00~15:00 (점심시간 없음)',
      {
        ...weekdays('10:00-19:00'),
        ...{ sat: '10:00-15:00', lunch: '13:00-14:00' },
      },
    ],
    [
      '화-금 11:00-20:00, 토 10:00-17:00, 일·월 휴진',
      {
        ...every('11:00-20:00', 'tue', 'wed', 'thu', 'fri'),
        ...{ sat: '10:00-17:00', sun: 'closed', mon: 'closed' },
      },
    ],
    [
      '평일 10시부터 19시까지, 토요일은 10시부터 15시까지이고 일요일과 공휴일은 휴진',
      { ...weekdays('10:00-19:00'), ...{ sat: '10:00-15:00', sun: 'closed', holiday: 'closed' } },
    ],
    ['월~금 9시~18시 (수요일은 13시까지)', { ...weekdays('09:00-18:00'), wed: '09:00-13:00' }],
    ['평일 9시30분~18시30분, 일요일은 쉽니다', { ...weekdays('09:30-18:30'), sun: 'closed' }],
  ])('%s', (words, hours) =>
    expect(readOpeningHours(words)).toEqual({ hours: { ...unsaid, ...hours }, complete: true }),
  );
  it.each(['격주 토요일 10:00~15:00', '10:00~19:00, 토 10:00~15:00', '예약제, 평일 10:00~19:00'])(
    '%s has more to it than the table can hold',
    (words) => expect(readOpeningHours(words)?.complete).toBe(false),
  );
  it.each(['', '문의 바랍니다', '주차 가능', '19:00~10:00시'])('%j says none', (words) =>
    expect(readOpeningHours(words)).toBeNull(),
  );
});
