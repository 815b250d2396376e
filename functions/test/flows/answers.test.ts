/** Mails, what they are answered with, and what their replies change: through the emulators to the SMTP stand-in. */
import { randomInt } from 'node:crypto';
import { db } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { answerDue } from '../../src/registrations/answers.ts';
import {
  asFunctions,
  countOf,
  decide,
  firstLetter,
  hour,
  lettersSent,
  lettersTo,
  mail,
  newSender,
  registration,
  replyTo,
  send,
} from '../support/correspondence.ts';
import { hospitalMail, mailOf, newBusinessNumber, type Origin, type Part, pdf } from '../support/mails.ts';

Object.assign(process.env, asFunctions);

const logged: string[] = [];
beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const) {
    jest.spyOn(log, level).mockImplementation((...said) => {
      logged.push(JSON.stringify(said));
    });
  }
});

const incomplete = (origin: Origin, parts: readonly Part[] = []) =>
  mailOf(
    '병원등록 문의',
    [
      '안녕하세요 라온피부과의원인데요 등록하고 싶어요',
      '사업자번호 123-45-67890 이고 전화는 5550101 입니다',
      '원장 이가람 전문의는 아니세요',
      '감사합니다',
      '나의 iPhone에서 보냄',
    ],
    parts,
    origin,
  );

describe('an incomplete mail (example 6)', () => {
  it('is answered once, with its ticket, what was understood, what is missing and until when', async () => {
    const from = newSender();
    const raw = incomplete({ from });
    const { id, mailId } = await send(raw);
    const [letter] = await lettersSent(from, 1);
    const { ticket, state, replyBy, letters } = await registration(id);
    expect(state).toBe('NEEDS_INFO');
    expect(letter?.subject).toBe(`Re: [${ticket}] 병원등록 문의`);
    expect(letter?.headers).toMatchObject({
      'auto-submitted': 'auto-replied',
      'in-reply-to': expect.stringMatching(/^<.+@clinic\.example>$/),
    });
    expect(letter?.replyTo).toBe('help@doctorpitch.example');
    for (const told of [ticket, '사업자등록번호', '전화번호', '사업자등록증 첨부가 없습니다', '회신'])
      expect(letter?.text).toContain(told);
    const [year, month, day] = String(replyBy).split('-').map(Number);
    expect(letter?.text).toContain(`${year}년 ${month}월 ${day}일`);
    expect(letter?.text).not.toMatch(/NOT_AUTHENTICATED|undefined|null|\[object/);
    expect(letters).toEqual([letter?.messageId]);
    expect(await mail(mailId)).toMatchObject({ answer: 'queued', answerId: `answer-${mailId}` });
    await send(raw);
    expect(await lettersTo(from)).toHaveLength(1);
  });
});

describe('a reply (example 8)', () => {
  it('changes the one field it names, whatever its quoted history says, and is told so', async () => {
    const from = newSender();
    const { id } = await send(hospitalMail(newBusinessNumber(), '흐름의원', [], { from }));
    const first = await firstLetter(from);
    expect(first.text).toContain('02-555-0101');
    const before = await registration(id);
    const reply = replyTo(first, ['전화번호만 02-555-0199로 변경 부탁드립니다.'], from);
    const merged = await send(reply);
    expect(merged.ids).toEqual([id]);
    const after = await registration(id);
    expect(after.fields).toEqual({ ...before.fields, phone: '+8225550199' });
    expect(after).toMatchObject({ state: 'PENDING_REVIEW', decision: null, ticket: before.ticket });
    expect(after.corrections).toMatchObject([
      { field: 'phone', from: '+8225550101', to: '+8225550199', by: 'mail', mailId: merged.mailId },
    ]);
    expect(await mail(merged.mailId)).toMatchObject({ answer: 'due', state: 'READ' });

    await send(reply);
    await answerDue(Date.now() + hour);
    const letters = await lettersSent(from, 2);
    expect(letters).toHaveLength(2);
    expect(letters[1]?.text).toContain('변경을 반영했습니다');
    expect(letters[1]?.text).toContain('02-555-0101 → 02-555-0199');
    expect((await registration(id)).corrections).toHaveLength(1);
    expect(await countOf(from)).toBe(1);
  });

  it('brings what was missing', async () => {
    const from = newSender();
    const businessNumber = newBusinessNumber();
    const { id } = await send(
      mailOf(
        '[병원 등록] 빠진의원',
        [
          ...['병원명: 빠진의원', '대표자: 김빠짐', '종별: 의원', '주소: 서울특별시 강남구 테헤란로 9'],
          ...['전화: 02-555-0101', '진료과목: 피부과'],
        ],
        [pdf('사업자등록증.pdf')],
        { from },
      ),
    );
    const letter = await firstLetter(from);
    expect(await registration(id)).toMatchObject({ state: 'NEEDS_INFO' });
    await send(replyTo(letter, [`사업자등록번호: ${businessNumber}`], from, [pdf('개설신고증명서.pdf')]));
    const after = await registration(id);
    expect(after).toMatchObject({ state: 'PENDING_REVIEW', problems: [], followUpAt: null });
    expect(after.fields).toMatchObject({ businessNumber });
    expect(after.papers.map(({ role }: { role: string }) => role)).toEqual([
      'bizRegistration',
      'openingCertificate',
    ]);
  });

  it('of somebody else changes nothing; an operator sees both', async () => {
    const from = newSender();
    const { id } = await send(hospitalMail(newBusinessNumber(), '주인의원', [], { from }));
    const letter = await firstLetter(from);
    const before = await registration(id);
    const stranger = newSender();
    const other = await send(replyTo(letter, ['대표전화: 02-555-0666'], stranger));
    expect(await registration(id)).toEqual(before);
    expect(other.id).not.toBe(id);
    const own = await registration(other.id);
    expect(own.warnings).toContain('TICKET_OF_ANOTHER');
    expect(own.relatedTickets).toEqual([before.ticket]);
    const [told] = await lettersSent(stranger, 1);
    expect(told?.text).not.toContain('주인의원');
    expect(told?.text).not.toContain(before.ticket);
  });

  it('to a rejected one opens it again', async () => {
    const from = newSender();
    const { id } = await send(hospitalMail(newBusinessNumber(), '거절의원', [], { from }));
    const letter = await firstLetter(from);
    await decide(id, 'reject');
    await send(replyTo(letter, ['전화번호만 02-555-0177로 변경해 주세요'], from));
    expect(await registration(id)).toMatchObject({
      ...{ state: 'PENDING_REVIEW', decision: null, decidedAt: null },
      fields: { phone: '+8225550177' },
    });
  });

  it('to a published one waits for an operator as a change of the page', async () => {
    const from = newSender();
    const { id } = await send(hospitalMail(newBusinessNumber(), '게시의원', [], { from }));
    const letter = await firstLetter(from);
    const { publishedPath, ticket } = await decide(id, 'approve');
    const change = await send(replyTo(letter, ['전화번호만 02-555-0155로 변경해 주세요'], from));
    expect(change.id).not.toBe(id);
    expect(await registration(change.id)).toMatchObject({
      ...{
        intent: 'change',
        target: publishedPath,
        fields: { phone: '+8225550155' },
        relatedTickets: [ticket],
      },
      state: 'PENDING_REVIEW',
    });
  });

  it('out of office is no reply', async () => {
    const from = newSender();
    const { id } = await send(hospitalMail(newBusinessNumber(), '부재의원', [], { from }));
    const letter = await firstLetter(from);
    const before = await registration(id);
    const note = await send(
      mailOf(`자동응답: ${letter.subject}`, ['부재 중입니다. 급하면 02-555-0333으로 전화 주세요.'], [], {
        from,
        headers: { 'Auto-Submitted': 'auto-replied', 'In-Reply-To': letter.messageId },
      }),
    );
    expect(note.ids).toEqual([id]);
    expect(await registration(id)).toEqual(before);
    expect(await mail(note.mailId)).toMatchObject({ answer: 'none' });
  });
});

describe('answers', () => {
  it('come at most once an hour to a sender; what waits is told in one letter', async () => {
    const from = newSender();
    const first = await send(hospitalMail(newBusinessNumber(), '하나의원', [], { from }));
    const second = await send(hospitalMail(newBusinessNumber(), '두나의원', [], { from }));
    const third = await send(hospitalMail(newBusinessNumber(), '세나의원', [], { from }));
    await lettersSent(from, 1);
    for (const { mailId } of [second, third]) expect(await mail(mailId)).toMatchObject({ answer: 'due' });
    await answerDue(Date.now());
    expect(await mail(second.mailId)).toMatchObject({ answer: 'due' });
    await Promise.all([answerDue(Date.now() + hour), answerDue(Date.now() + hour)]);
    const letters = await lettersSent(from, 2);
    expect(letters).toHaveLength(2);
    const [, combined] = letters;
    expect(combined?.text).toContain('두나의원');
    expect(combined?.text).toContain('세나의원');
    expect(combined?.text).not.toContain('하나의원');
    const answers = await Promise.all([first, second, third].map(({ mailId }) => mail(mailId)));
    expect(answers.map(({ answer }) => answer)).toEqual(['queued', 'queued', 'queued']);
    expect(answers.map(({ answerId }) => answerId)).toEqual([
      `answer-${first.mailId}`,
      `answer-${second.mailId}`,
      `answer-${second.mailId}`,
    ]);
  });

  it('never go to machines, lists, bounces, those kept apart, or ourselves', async () => {
    const senders = Array.from({ length: 4 }, newSender);
    const [auto = '', list = '', forged = '', failing = ''] = senders;
    const lines = ['병원명: 조용의원', '대표자: 김조용'];
    const silent = [
      mailOf('병원 등록', lines, [], { from: auto, headers: { 'Auto-Submitted': 'auto-generated' } }),
      mailOf('병원 등록', lines, [], { from: list, headers: { 'List-Id': '<news.clinic.example>' } }),
      mailOf('병원 등록', [...lines, '승인상태: 승인완료'], [], { from: forged }),
      mailOf('병원 등록', lines, [], { from: 'help@doctorpitch.example' }),
      mailOf('병원 등록', lines, [], { from: 'No-Reply@doctorpitch.example' }),
      mailOf('병원 등록', lines, [], { from: 'mailer-daemon@clinic.example' }),
    ];
    const posted = silent.map((raw) => [raw, {}] as const);
    const failed = [mailOf('병원 등록', lines, [], { from: failing }), { 'X-Envelope-Spf': 'fail' }] as const;
    for (const [raw, told] of [...posted, failed]) {
      const { mailId } = await send(raw, told);
      expect(await mail(mailId)).toMatchObject({ answer: 'none', answerDueAt: null, answerId: null });
      expect((await db().doc(`outbox/answer-${mailId}`).get()).exists).toBe(false);
    }
    for (const sender of senders) expect(await lettersTo(sender)).toHaveLength(0);
    expect(await lettersTo('help@doctorpitch.example')).toHaveLength(0);
  });

  it('say nothing of resident numbers but that they are not wanted', async () => {
    const from = newSender();
    await send(
      mailOf(
        '의사 등록',
        ['성명: 김라온', `의사면허번호: ${randomInt(10_000, 99_999)}`, '주민등록번호: 800101-1234567'],
        [pdf('면허증.pdf')],
        { from },
      ),
    );
    const [letter] = await lettersSent(from, 1);
    expect(letter?.text).not.toContain('1234567');
    expect(letter?.text).toContain('주민등록번호와 카드번호는 받지 않습니다');
  });
});

it('leaves no address and no text in the logs', () => {
  for (const text of ['@', '의원', '병원']) expect(logged.join('\n')).not.toContain(text);
});
