/** The decisions of chat, without Firebase. */
import fc from 'fast-check';
import { Timestamp } from 'firebase-admin/firestore';
import { maskMessage } from '../kernel/maskNumbers.ts';
import { awaySince, type Hours, openMinutes, scheduleOf } from './hours.ts';
import { linkMs, pathOfToken, tokenFor } from './links.ts';
import { hasLongNumber } from './numbers.ts';
import { emptyRoom, type Message } from './schema.ts';
import { joined, previewOf, type Seen, type Tallied } from './tally.ts';
import { othersIn, unreadIn } from './unread.ts';

const at = (ms: number) => Timestamp.fromMillis(ms);
const message = (change: Partial<Message>): Message => ({
  ...{
    senderUid: 'a',
    senderName: '민지',
    senderRole: 'member',
    senderTitle: '',
    aboutUid: null,
    kind: 'text',
  },
  ...{ text: '안녕', uploadPath: null, fileName: null, place: null, nth: 1, deleted: false, hidden: false },
  ...{ attachment: null, editedAt: null, sentAt: at(0), ...change },
});
const room = (kind: 'consult' | 'group'): Tallied => ({ ...emptyRoom, kind, lastMessageAt: at(0) });
const minutes = (from: number, to: number) => Math.floor((to - from) / 60_000);
const taken = (into: Tallied, seen: readonly Seen[]): Tallied => ({
  ...into,
  ...joined(into, seen, minutes, at),
});

const speaker = fc.constantFrom('a', 'b', 'c');
/** A talk as it happened: each sender counts up, some messages are changed or taken back later. */
const talk = fc
  .array(fc.record({ who: speaker, gapMs: fc.integer({ min: 0, max: 90_000 }), later: fc.nat(2) }), {
    maxLength: 25,
  })
  .map((steps) => {
    const sent: Record<string, number> = {};
    let now = 1_000_000;
    const states = steps.flatMap(({ who, gapMs, later }, index): Seen[] => {
      now += gapMs;
      sent[who] = (sent[who] ?? 0) + 1;
      const id = `m${String(index).padStart(3, '0')}`;
      const senderRole = who === 'c' ? 'staff' : 'member';
      const said = message({
        senderUid: who,
        senderRole,
        nth: sent[who],
        sentAt: at(now),
        text: `말 ${index}`,
      });
      const first: Seen = { id, message: said, asOf: at(now) };
      const changed: Seen = { id, message: { ...said, text: `고친 말 ${index}` }, asOf: at(now + 1_000) };
      const back: Seen = { id, message: { ...said, text: '', deleted: true }, asOf: at(now + 2_000) };
      return [first, changed, back].slice(0, later + 1);
    });
    return { states, sent };
  });

describe('what a room keeps of its messages', () => {
  it('is the same however their events come: twice, late, reordered, a few or all at once', () => {
    const events = talk.chain(({ states, sent }) =>
      fc.record({
        states: fc.constant(states),
        sent: fc.constant(sent),
        order: fc.shuffledSubarray([...states, ...states], { minLength: states.length * 2 }),
        cut: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 30 }),
        kind: fc.constantFrom('consult' as const, 'group' as const),
      }),
    );
    fc.assert(
      fc.property(events, ({ states, sent, order, cut, kind }) => {
        let result = room(kind);
        let from = 0;
        for (const size of [...cut, order.length]) {
          result = taken(result, order.slice(from, from + size));
          from += size;
        }
        const expected = taken(room(kind), states);
        expect({ ...result, firstReply: null }).toEqual({ ...expected, firstReply: null });
        expect(result.sent).toEqual(sent);
        expect(result.count).toBe(Object.values(sent).reduce((sum, each) => sum + each, 0));
      }),
    );
  });
  it('takes what it has already for nothing new', () => {
    fc.assert(
      fc.property(talk, ({ states }) => {
        const once = taken(room('group'), states);
        expect(joined(once, states, minutes, at)).toBeNull();
      }),
    );
  });
  it('knows how long the first question waited, and nothing where the hospital spoke first', () => {
    const asks = { id: 'q', message: message({ sentAt: at(0) }), asOf: at(0) };
    const answers = (ms: number) => ({
      id: 'r',
      message: message({ senderUid: 'c', senderRole: 'doctor', sentAt: at(ms) }),
      asOf: at(ms),
    });
    const wait = (ms: number) => taken(room('consult'), [asks, answers(ms)]).firstReply;
    expect(wait(9 * 60_000)).toEqual({ minutes: 9, answered: 1, within10m: 1, within1h: 1, within1d: 1 });
    expect(wait(61 * 60_000)).toMatchObject({ within10m: 0, within1h: 0, within1d: 1 });
    expect(wait(1_441 * 60_000)).toMatchObject({ within1d: 0 });
    expect(taken(room('consult'), [asks]).firstReply).toBeNull();
    const late = { ...asks, message: message({ sentAt: at(60_000) }) };
    expect(taken(room('consult'), [answers(0), late]).firstReply).toBeNull();
    // An answer that arrives before its question is measured when both are there.
    expect(taken(taken(room('consult'), [answers(60_000)]), [asks]).firstReply).toMatchObject({ minutes: 1 });
  });
  it('shows first words, never half an emoji', () => {
    expect(previewOf(message({ text: `${'가'.repeat(99)}😀` }))).toBe('가'.repeat(99));
    expect(previewOf(message({ kind: 'image', text: '' }))).toBe('사진');
    expect(previewOf(message({ hidden: true, text: '오픈채팅' }))).not.toContain('오픈');
  });
});

describe('unread', () => {
  it('is what others wrote since one last looked: own messages never count', () => {
    const script = fc.array(fc.record({ who: speaker, reads: fc.boolean() }), { maxLength: 40 });
    fc.assert(
      fc.property(script, speaker, (steps, me) => {
        const at = {
          kind: 'group' as const,
          memberUids: ['a', 'b', 'c'],
          sent: {} as Record<string, number>,
        };
        let [seen, truth] = [0, 0];
        for (const { who, reads } of steps) {
          at.sent[who] = (at.sent[who] ?? 0) + 1;
          if (who !== me) truth += 1;
          if (reads) {
            seen = othersIn(at, me);
            truth = 0;
          }
          expect(unreadIn(at, me, seen)).toBe(truth);
        }
      }),
    );
  });
  it('has two sides in a consultation, however many speak for the hospital', () => {
    const at = { kind: 'consult' as const, memberUids: ['m'], sent: { m: 4, s1: 2, s2: 1 } };
    expect([othersIn(at, 'm'), othersIn(at, 's1'), othersIn(at, 's3')]).toEqual([3, 4, 4]);
  });
});

const monday = Date.parse('2026-11-23T00:00:00+09:00');
const hour = 3_600_000;
const hours = (change: Partial<Hours>): Hours => ({
  ...{ mon: '10:00-19:00', tue: '10:00-19:00', wed: '10:00-19:00', thu: '10:00-19:00', fri: '10:00-21:00' },
  ...{ sat: '10:00-16:00', sun: 'closed', holiday: 'closed', lunch: '13:00-14:00', ...change },
});

describe('a hospital’s hours', () => {
  const schedule = scheduleOf(hours({}), ['2026-11-25']);
  if (!schedule) throw new Error('no schedule');

  it.each([
    ['before opening', monday + 9 * hour, monday - 32 * hour],
    ['at opening', monday + 10 * hour, null],
    ['over lunch', monday + 13.5 * hour, null],
    ['just before closing', monday + 19 * hour - 1, null],
    ['at closing', monday + 19 * hour, monday + 19 * hour],
    ['the next morning', monday + 33 * hour, monday + 19 * hour],
    ['on a day it named', monday + 60 * hour, monday + 43 * hour],
    ['on Christmas', Date.parse('2026-12-25T12:00:00+09:00'), Date.parse('2026-12-24T19:00:00+09:00')],
  ])('%s', (_when, now, since) => {
    expect(awaySince(schedule, now)).toBe(since);
  });
  it('may run beyond midnight', () => {
    const night = scheduleOf(hours({ mon: '18:00-02:00' }), []);
    if (!night) throw new Error('no schedule');
    expect(awaySince(night, monday + 25 * hour)).toBeNull();
    expect(awaySince(night, monday + 26 * hour)).toBe(monday + 26 * hour);
  });
  it('are not known where nothing is said', () => {
    const nothing = { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null };
    expect(scheduleOf(hours(nothing), [])).toBeNull();
    expect(scheduleOf(null, [])).toBeNull();
  });
  it('are one stretch of absence: it began at one moment for all of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 * 24 * 60 }), (minute) => {
        const now = monday + minute * 60_000;
        const since = awaySince(schedule, now);
        if (since === null) return;
        expect(since).toBeLessThanOrEqual(now);
        expect(awaySince(schedule, since)).toBe(since);
        expect(awaySince(schedule, since - 1)).toBeNull();
      }),
    );
  });
  it('count only opening minutes, and add up', () => {
    expect(openMinutes(schedule, monday + 18.5 * hour, monday + 34.5 * hour)).toBe(60);
    expect(openMinutes(null, 0, 90_000)).toBe(1);
    const moment = fc.integer({ min: 0, max: 20 * 24 * 60 }).map((minute) => monday + minute * 60_000);
    fc.assert(
      fc.property(moment, moment, moment, (...three) => {
        const [a = 0, b = 0, c = 0] = [...three].sort((x, y) => x - y);
        expect(openMinutes(schedule, a, b) + openMinutes(schedule, b, c)).toBe(openMinutes(schedule, a, c));
      }),
    );
  });
});

describe('numbers', () => {
  const digits = fc.array(fc.constantFrom(...'0123456789０５９'), { minLength: 7, maxLength: 19 });
  const sign = fc.constantFrom('', ' ', '-', '.', ' - ', '·', '\n', '\u200b', '~', '/', '★');
  it('of seven digits are found whatever signs stand between them', () => {
    const spelt = fc.tuple(digits, fc.array(sign, { minLength: 20, maxLength: 20 }));
    fc.assert(
      fc.property(spelt, fc.string(), ([run, signs], rest) => {
        const number = run.map((digit, index) => `${digit}${signs[index] ?? ''}`).join('');
        expect(hasLongNumber(`${rest} ${number} ${rest}`)).toBe(true);
      }),
    );
  });
  it('of a price, a day and an hour are none', () => {
    for (const text of ['1,320,000원', '12월 3일 14시 30분', '3.5cc 2회 120만원', '2026년 11월'])
      expect(hasLongNumber(text)).toBe(false);
  });
  it('that would be masked are always found first, but for those announced in few digits', () => {
    const pieces = fc.array(
      fc.constantFrom(
        ...['010', '1234', '5678', '-', ' ', '900101', '1234567', '4111', '１１１１', '상담', '원'],
      ),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        if (maskMessage(text, null).isMasked) expect(hasLongNumber(text)).toBe(true);
      }),
    );
  });
  it('are masked, but for one’s own; masking again changes nothing', () => {
    const text = '제 번호 010-1234-5678 친구 ０１０ ９８７６ ５４３２ 주민 900101-1234567';
    const masked = maskMessage(text, '+821012345678');
    expect(masked.text).toBe('제 번호 010-1234-5678 친구 ***5432 주민 ******-*******');
    expect(maskMessage(masked.text, '+821012345678')).toEqual({ text: masked.text, isMasked: false });
    expect(maskMessage('병원 02-555-0101, 1588-1234, 0507-1234-5678', null).isMasked).toBe(false);
  });
});

describe('a link to a picture', () => {
  beforeAll(() => {
    process.env.IDENTITY_SECRET = 'unit-identity-secret';
  });
  const path = 'chatMedia/kakao:1_h1/m1/full.webp';

  it('leads there until its last millisecond, and nowhere after', () => {
    const token = tokenFor(path, 1_000 + linkMs);
    expect(pathOfToken(token, 999 + linkMs)).toBe(path);
    expect(pathOfToken(token, 1_000 + linkMs)).toBeNull();
  });
  it('cannot be made longer, or made to lead elsewhere', () => {
    const [body = '', signature = ''] = tokenFor(path, 2_000).split('.');
    const forged = (change: object) =>
      Buffer.from(
        JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), ...change }),
      ).toString('base64url');
    for (const other of [forged({ end: 9e15 }), forged({ path: 'receipts/x' }), '', 'x'])
      expect(pathOfToken(`${other}.${signature}`, 1_000)).toBeNull();
    for (const token of ['', '.', body, `${body}.`, `${body}.${signature}0`])
      expect(pathOfToken(token, 1_000)).toBeNull();
  });
});
