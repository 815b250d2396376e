/** What senders are told, and what they are not. */
import fc from 'fast-check';
import { newMailSchema } from '../outbox/schema.ts';
import { answerLetter, closingLetter, type Entry, reminderLetter, type Thread } from './letters.ts';
import { wordsFor } from './wording.ts';

type Told = NonNullable<Entry['registration']>;

const thread: Thread = {
  ...{ to: 'desk@raon.example', subject: '[병원 등록] 라온의원', references: ['<1@raon.example>'] },
  ...{ answerable: true, replyBy: '2026-12-05' },
};
const told: Told = {
  ...{ ticket: 'DP-20261121-0001', kind: 'event', state: 'NEEDS_INFO', intent: 'register' },
  fields: {
    ...{ title: '자연유착 쌍꺼풀', priceBefore: 1320000, priceAfter: 990000, vatIncluded: true },
    ...{ hospitalBusinessNumber: '1208147521', adReviewNumber: '261101-중-000001', sideEffects: '' },
  },
  readings: {
    priceAfter: { value: 990000, raw: '99만', label: null, source: 'body', confidence: 'low' },
  },
  problems: [{ field: 'main', reason: 'MISSING_PAPER', message: '이벤트 메인사진 첨부가 없습니다' }],
  papers: [
    {
      ...{ path: 'registrations/m-1/0-detail.jpg', fileName: '상세.jpg', role: 'detail' },
      ...{ contentType: 'image/jpeg', size: 1, sha256: 'a' },
    },
  ],
  ...{ corrections: [], warnings: ['NOT_AUTHENTICATED', 'REPLY_TO_LOOKALIKE'], confirmationsNeeded: [] },
};
const entry = (change: Partial<Told> = {}, outcome: Entry['outcome'] = 'created'): Entry => ({
  ...{ outcome, name: '자연유착 쌍꺼풀', mailIds: ['m-1'], registration: { ...told, ...change } },
});
const textOf = (...entries: Entry[]) => answerLetter(entries, thread).text;

describe('an answer', () => {
  it('tells what was understood as people write it, and what to look at', () => {
    const text = textOf(entry());
    for (const line of [
      '접수번호 [DP-20261121-0001] 이벤트 · 자연유착 쌍꺼풀',
      '- 정상가: 1,320,000원',
      '- 할인가: 990,000원 ← 확인해 주세요',
      '- VAT 포함 여부: 예',
      '- 소속 병원 사업자등록번호: 120-81-47521',
      '- 이벤트 메인사진 첨부가 없습니다',
      '- 이벤트 상세 이미지 (상세.jpg)',
      '의료광고 심의필증: 있으면',
      '2026년 12월 5일까지',
    ])
      expect(text).toContain(line);
    expect(text).not.toContain('부작용');
  });
  it('tells nothing of why its sender is mistrusted, nor where papers are', () => {
    const text = textOf(entry());
    for (const hidden of ['NOT_AUTHENTICATED', 'LOOKALIKE', 'registrations/', 'MISSING_PAPER', 'null'])
      expect(text).not.toContain(hidden);
  });
  it('keeps their thread', () => {
    const answer = answerLetter([entry()], { ...thread, subject: 'RE: Re: [DP-20261120-0009] 문의' });
    expect(answer.subject).toBe('Re: [DP-20261121-0001] 문의');
    expect(answer.headers).toEqual({
      ...{ 'Auto-Submitted': 'auto-replied', 'In-Reply-To': '<1@raon.example>' },
      References: '<1@raon.example>',
    });
  });
  it('invites to reply only where replies are read', () => {
    expect(textOf(entry())).toContain('이 메일에 회신해');
    const sendOnly = answerLetter([entry()], { ...thread, answerable: false }).text;
    expect(sendOnly).not.toContain('이 메일에 회신해');
    expect(sendOnly).toContain('발신 전용');
  });
  it('tells what a reply has changed', () => {
    const at = { seconds: 0, nanoseconds: 0, toMillis: () => 0, toDate: () => new Date(0) };
    const change = { field: 'priceAfter', from: 1000000, to: 990000, by: 'mail', mailId: 'm-1', at };
    const older = { ...change, mailId: 'm-0', from: 1, to: 2 };
    const text = textOf(entry({ state: 'PENDING_REVIEW', corrections: [older, change] }, 'merged'));
    expect(text).toContain('변경을 반영했습니다');
    expect(text).toContain('- 할인가: 1,000,000원 → 990,000원');
    expect(text).not.toContain('2원');
    expect(text).not.toContain('첨부가 없습니다');
  });
  it('says of what is published that it is', () => {
    const published: Entry = { ...entry(), outcome: 'published', registration: null };
    expect(textOf(published)).toContain('이미 등록되어 있는 내용과 같아');
  });
  it('of two hundred rows fits, all problems first', () => {
    const rows = Array.from({ length: 200 }, (_, index) =>
      entry({
        ticket: `DP-20261121-${String(index).padStart(4, '0')}`,
        ...(index % 10 === 0 ? {} : { state: 'PENDING_REVIEW' as const, problems: [] }),
      }),
    );
    const answer = answerLetter(rows, thread);
    expect(() => newMailSchema.parse(answer)).not.toThrow();
    expect(answer.text.match(/이벤트 메인사진 첨부가 없습니다/g)).toHaveLength(20);
    expect(answer.text.indexOf('DP-20261121-0190')).toBeLessThan(answer.text.indexOf('DP-20261121-0001'));
  });
});

describe('other letters', () => {
  it('remind and close by ticket', () => {
    expect(reminderLetter([told], thread).text).toContain('다시 알려 드립니다');
    const closing = closingLetter([told], thread);
    expect(closing.text).toContain('접수번호 [DP-20261121-0001]');
    expect(closing.text).toContain('다시 엽니다');
  });
});

describe('values', () => {
  it.each([
    ['phone', '+8225550101', '02-555-0101'],
    ['phone', '+821012345678', '010-1234-5678'],
    ['phone', '15880000', '1588-0000'],
    ['departments', ['08', '14'], '성형외과, 피부과'],
    ['isSpecialist', false, '아니요'],
    ['homepage', 'https://raon.example/a?b', 'raon.example'],
    ['target', '여기 https://evil.example/x 참고', '여기 (링크) 참고'],
    ['openingHours', { mon: 'closed' }, null],
    ['career', [], null],
    ['zip', null, null],
  ])('%s %j are shown as %s', (field, value, shown) => expect(wordsFor(field, value)).toBe(shown));
});

it('whatever was read, a letter can be queued', () => {
  const value = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.array(fc.string()),
    fc.constant(null),
  );
  const field = fc.constantFrom('name', 'title', 'phone', 'homepage', 'departments', 'hours', 'priceAfter');
  const problem = fc.record({ field, reason: fc.constant('X'), message: fc.string({ maxLength: 5000 }) });
  const any = fc.record({
    fields: fc.dictionary(field, value),
    problems: fc.array(problem, { maxLength: 60 }),
    state: fc.constantFrom('NEEDS_INFO', 'PENDING_REVIEW', 'REJECTED', 'APPROVED'),
  } as const);
  const subject = fc.string({ unit: 'grapheme', maxLength: 300 });
  const references = fc.array(
    fc.oneof(
      fc.string(),
      fc.emailAddress().map((id) => `<${id}>`),
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 30 }), subject, references, (all, words, ids) => {
      const entries = all.map((change) => entry(change));
      const told = { ...thread, subject: words, references: ids };
      const letters = [
        answerLetter(entries, told),
        reminderLetter(
          entries.flatMap(({ registration }) => registration ?? []),
          told,
        ),
        closingLetter(
          entries.flatMap(({ registration }) => registration ?? []),
          told,
        ),
      ];
      for (const letter of letters) expect(newMailSchema.safeParse(letter).success).toBe(true);
    }),
    { numRuns: 60 },
  );
});
