/** What becomes of a registration nobody answers for, what operators are told every morning, and what is deleted. */
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { answerDue } from '../../src/registrations/answers.ts';
import { purgeMailFiles } from '../../src/registrations/expiry.ts';
import { followUpDue } from '../../src/registrations/follow.ts';
import { sendDigest } from '../../src/registrations/morning.ts';
import { tellDecisions } from '../../src/registrations/notices.ts';
import { isStored } from '../support/app.ts';
import {
  asFunctions,
  day,
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
import { hospitalMail, mailOf, newBusinessNumber, pdf } from '../support/mails.ts';

jest.mock('../../src/platform/firebase.ts', () => ({
  ...jest.requireActual<object>('../../src/platform/firebase.ts'),
  bucket: () =>
    jest.requireActual<typeof import('../support/bucket.ts')>('../support/bucket.ts').bucketOverHttp(),
}));

Object.assign(process.env, asFunctions);
beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(log, level).mockImplementation();
});

/** Other tests leave registrations behind: sweeps until nothing is due. */
async function followAll(now: number): Promise<void> {
  for (let sweep = 0; sweep < 20; sweep += 1) {
    const { reminded, closed } = await followUpDue(now);
    if (reminded + closed === 0) return;
  }
}

const lacking = (from: string, name: string) =>
  mailOf('병원 등록', [`병원명: ${name}`, '대표자: 김느림', '전화: 02-555-0101'], [pdf('사업자등록증.pdf')], {
    from,
  });

describe('what an operator has decided', () => {
  it('is told some minutes later, all of a sitting in one letter, with what the operator wants told', async () => {
    const from = newSender();
    const good = await send(hospitalMail(newBusinessNumber(), '통보의원', [], { from }));
    const bad = await send(lacking(from, '거절의원'));
    await firstLetter(from);
    // The second mail came within the hour: it is answered first, or its sender would not know of it.
    await answerDue(Date.now() + 2 * hour);
    await lettersSent(from, 2);
    await db().doc(`registrations/${bad.id}`).update({ senderNote: '폐업 신고된 사업자번호입니다.' });
    await Promise.all([decide(good.id, 'approve'), decide(bad.id, 'reject')]);
    await tellDecisions(Date.now());
    expect(await lettersTo(from)).toHaveLength(2);
    const later = Date.now() + hour;
    await Promise.all([tellDecisions(later), tellDecisions(later)]);
    const [, , told, ...more] = await lettersSent(from, 3);
    expect(more).toEqual([]);
    expect(told?.text).toContain('통보의원\n승인되었습니다.');
    expect(told?.text).toContain('거절의원\n등록하지 못했습니다.\n폐업 신고된 사업자번호입니다.');
    expect(told?.text).not.toContain('서류 확인');
    expect(await registration(good.id)).toMatchObject({ noticeDueAt: null, state: 'APPROVED' });
    await tellDecisions(later + hour);
    expect(await lettersTo(from)).toHaveLength(3);
  });
});

describe('a registration that lacks something', () => {
  it('is reminded of once after 48 hours, closed after its term, and opened again by a reply', async () => {
    const from = newSender();
    const { id } = await send(lacking(from, '느린의원'));
    await firstLetter(from);
    const now = Date.now();
    await followAll(now + 47 * hour);
    expect(await registration(id)).toMatchObject({ remindedAt: null });

    await Promise.all([followAll(now + 49 * hour), followAll(now + 49 * hour)]);
    await followAll(now + 72 * hour);
    const [answer, reminder, ...more] = await lettersSent(from, 2);
    expect(more).toEqual([]);
    expect((await db().doc(`outbox/reminder-${id}-1`).get()).get('state')).toBe('SENT');
    expect(reminder?.text).toContain('다시 알려 드립니다');
    expect(reminder?.text).toContain((await registration(id)).ticket);
    expect(reminder?.headers.references).toContain(answer?.messageId);

    await followAll(now + 14 * day);
    expect(await registration(id)).toMatchObject({ state: 'NEEDS_INFO' });
    await followAll(now + 16 * day);
    await followAll(now + 17 * day);
    expect(await registration(id)).toMatchObject({
      ...{ state: 'REJECTED', decision: null, decisionNote: '기한까지 회신이 없어 종료', followUpAt: null },
    });
    const [, , closing, fourth] = await lettersSent(from, 3);
    expect(fourth).toBeUndefined();
    expect(closing?.text).toContain('종료했습니다');
    const { replyBy } = await registration(id);
    expect((await db().doc(`auditLog/registration-${id}-CLOSED-${replyBy}`).get()).data()).toMatchObject({
      ...{ action: 'registration.reject', by: 'system', result: 'REJECTED' },
    });

    if (!closing) throw new Error('no letter');
    const reopening = await send(replyTo(closing, [`사업자등록번호: ${newBusinessNumber()}`], from));
    expect(reopening.ids).toEqual([id]);
    expect(await registration(id)).toMatchObject({ state: 'NEEDS_INFO', decidedAt: null });
  });

  it('is one of many of a sender: they are reminded of in one letter', async () => {
    const from = newSender();
    const ids: string[] = [];
    for (const name of ['가의원', '나의원', '다의원']) ids.push((await send(lacking(from, name))).id);
    await firstLetter(from);
    await followAll(Date.now() + 49 * hour);
    const [, reminder] = await lettersSent(from, 2);
    for (const name of ['가의원', '나의원', '다의원']) expect(reminder?.text).toContain(name);
    for (const id of ids) expect(await registration(id)).toMatchObject({ state: 'NEEDS_INFO' });
    expect(await lettersTo(from)).toHaveLength(2);
  });
});

describe('the operators’ morning mail', () => {
  it('counts what waits, names nobody’s address, and comes once a day', async () => {
    const [one, other] = [newSender(), newSender()];
    process.env.OPERATORS_MAIL = JSON.stringify([one, other]);
    const from = newSender();
    const { id } = await send(hospitalMail(newBusinessNumber(), '기다림의원', [], { from }));
    const old = Timestamp.fromMillis(Date.now() - 400 * day);
    await db().doc(`registrations/${id}`).update({ receivedAt: old });
    // A day of its own: the suite may have others.
    const now = Date.parse('2031-03-01T00:00:00Z');
    expect(await sendDigest(now)).toBe(2);
    expect(await sendDigest(now + hour)).toBe(0);
    const { ticket } = await registration(id);
    for (const to of [one, other]) {
      const letter = await firstLetter(to);
      expect(letter.subject).toContain('2031년 3월 1일');
      expect(letter.text).toContain(`${ticket} 병원 · 검토 대기`);
      expect(letter.text).toMatch(/검토 대기: \d+건/);
      expect(letter.text).not.toContain('clinic.example');
    }
    expect((await db().doc('outbox/digest-20310301').get()).exists).toBe(true);
    process.env.OPERATORS_MAIL = '[]';
    expect(await sendDigest(now + day)).toBe(0);
    await db().doc(`registrations/${id}`).delete();
  });
});

describe('files', () => {
  const paths = async (id: string): Promise<string[]> =>
    (await registration(id)).papers.map(({ path }: { path: string }) => path);
  const stored = async (all: readonly string[]) => (await Promise.all(all.map(isStored))).every(Boolean);

  it('of a rejected registration go after 90 days, of a published one they stay', async () => {
    const from = newSender();
    const rejected = await send(hospitalMail(newBusinessNumber(), '반려의원', [], { from }));
    const kept = await send(hospitalMail(newBusinessNumber(), '남는의원', [], { from }));
    const [gone, staying] = [await paths(rejected.id), await paths(kept.id)];
    await decide(rejected.id, 'reject');
    await decide(kept.id, 'approve');
    await purgeMailFiles(Date.now() + 89 * day);
    expect(await stored(gone)).toBe(true);
    await purgeMailFiles(Date.now() + 92 * day);
    expect((await Promise.all(gone.map(isStored))).some(Boolean)).toBe(false);
    expect(await stored(staying)).toBe(true);
    expect(await registration(rejected.id)).toMatchObject({ papers: [] });
    const { papers } = await purgeMailFiles(Date.now() + 93 * day);
    expect(papers).toBe(0);
  });

  it('of one mail stay while another registration of it needs them', async () => {
    const from = newSender();
    const { ids } = await send(
      mailOf(
        '의사 등록',
        ['[의료진 1]', '성명: 김하나', '면허번호: 700123', '[의료진 2]', '성명: 이두나', '면허번호: 700456'],
        [pdf('면허증_김하나.pdf'), pdf('면허증_이두나.pdf'), pdf('위임장.pdf')],
        { from },
      ),
    );
    const [first = '', second = ''] = ids;
    const names = async (id: string) =>
      (await registration(id)).papers.map(({ fileName }: { fileName: string }) => fileName);
    expect(await names(first)).toEqual(['면허증_김하나.pdf', '위임장.pdf']);
    expect(await names(second)).toEqual(['면허증_이두나.pdf', '위임장.pdf']);
    const [own = '', shared = ''] = await paths(first);
    await decide(first, 'reject');
    await purgeMailFiles(Date.now() + 92 * day);
    expect([await isStored(own), await isStored(shared)]).toEqual([false, true]);
  });

  it('of mails go after a year; what was understood of them stays', async () => {
    const { mailId, id } = await send(
      hospitalMail(newBusinessNumber(), '오랜의원', [], { from: newSender() }),
    );
    const { rawPath } = await mail(mailId);
    const old = Timestamp.fromMillis(Date.now() - 3 * day);
    await db().doc(`inboundMails/${mailId}`).update({ receivedAt: old });
    await purgeMailFiles(Date.now() + 361 * day);
    expect(await isStored(rawPath)).toBe(true);
    await db()
      .doc(`inboundMails/${mailId}`)
      .update({ receivedAt: Timestamp.fromMillis(Date.now() - 367 * day) });
    await purgeMailFiles(Date.now());
    expect(await isStored(rawPath)).toBe(false);
    expect((await mail(mailId)).rawPurgedAt).not.toBeNull();
    expect(await registration(id)).toMatchObject({ kind: 'hospital' });
  });
});
