/**
 * A process that is killed at any moment of reading, answering or sending: every mail still ends where somebody sees
 * it, as one registration with one ticket, and is answered once.
 */
import { receive } from '../../src/inbound/receive.ts';
import { sweepOutbox } from '../../src/outbox/edge.ts';
import { db } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { answerDue } from '../../src/registrations/answers.ts';
import { readMail } from '../../src/registrations/edge.ts';
import { env } from '../support/app.ts';
import {
  asFunctions,
  hour,
  lettersSent,
  lettersTo,
  mail,
  newSender,
  registration,
  send,
} from '../support/correspondence.ts';
import { work } from '../support/leaver.ts';
import { hospitalMail, newBusinessNumber } from '../support/mails.ts';

jest.mock('../../src/platform/firebase.ts', () => ({
  ...jest.requireActual<object>('../../src/platform/firebase.ts'),
  bucket: () =>
    jest.requireActual<typeof import('../support/bucket.ts')>('../support/bucket.ts').bucketOverHttp(),
}));
jest.mock('../../src/platform/tasks.ts', () => ({ queueTask: jest.fn().mockResolvedValue(undefined) }));

Object.assign(process.env, asFunctions);
beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(log, level).mockImplementation();
});

// Every moment takes processes of its own.
jest.setTimeout(400_000);

/** A mail that is stored and that no queue knows. */
async function stored(from: string, name: string): Promise<string> {
  const raw = hospitalMail(newBusinessNumber(), name, [], { from });
  const received = await receive(
    {
      envelope: {
        ...{ raw, provider: 'raw', providerMessageId: null, envelopeFrom: from, spf: null, dkim: [] },
        ...{ envelopeTo: ['regist@doctorpitch.example'], spamScore: null },
      },
      token: null,
    },
    { body: raw, header: () => 'message/rfc822' },
    Date.now(),
  );
  if (!('mailId' in received)) throw new Error('refused');
  return received.mailId;
}

async function registrationsOf(mailId: string) {
  return (await db().collection('registrations').where('mailId', '==', mailId).get()).docs;
}

async function expectOne(mailId: string, from: string): Promise<void> {
  const [only, second] = await registrationsOf(mailId);
  expect(second).toBeUndefined();
  expect(await mail(mailId)).toMatchObject({
    ...{ state: 'READ', answer: 'queued', answerId: `answer-${mailId}`, registrationIds: [only?.id] },
  });
  const letters = await lettersSent(from, 1);
  expect(letters).toHaveLength(1);
  expect(letters[0]?.text).toContain(only?.get('ticket'));
  const same = await db().collection('registrations').where('ticket', '==', only?.get('ticket')).get();
  expect(same.size).toBe(1);
}

describe('reading a mail', () => {
  it('is gone through again from wherever its process was killed', async () => {
    let killAt = 1;
    for (; killAt < 30; killAt += 1) {
      const from = newSender();
      const mailId = await stored(from, '끊김의원');
      const first = await work('readMail', { id: mailId, killAt });
      if (!first.killed) {
        await expectOne(mailId, from);
        break;
      }
      await readMail({ data: { mailId } });
      await expectOne(mailId, from);
    }
    // Beginning, loading, two papers, recording: each with a moment on either side.
    expect(killAt).toBeGreaterThan(10);
    expect(killAt).toBeLessThan(30);
  });

  it('by two processes at once makes one registration and one answer', async () => {
    const from = newSender();
    const mailId = await stored(from, '동시의원');
    await Promise.all([work('readMail', { id: mailId }), work('readMail', { id: mailId })]);
    await expectOne(mailId, from);
  });
});

describe('answering what waited', () => {
  it('is one letter, from wherever its process was killed', async () => {
    let killAt = 1;
    for (; killAt < 10; killAt += 1) {
      const from = newSender();
      await send(hospitalMail(newBusinessNumber(), '먼저의원', [], { from }));
      const { mailId } = await send(hospitalMail(newBusinessNumber(), '나중의원', [], { from }));
      expect(await mail(mailId)).toMatchObject({ answer: 'due' });
      const { killed } = await work('answerDue', { now: Date.now() + hour, killAt });
      await answerDue(Date.now() + hour);
      expect(await mail(mailId)).toMatchObject({ answer: 'queued', answerId: `answer-${mailId}` });
      expect(await lettersSent(from, 2)).toHaveLength(2);
      if (!killed) break;
    }
    expect(killAt).toBeGreaterThan(2);
  });
});

/** Background triggers are off, so that who sends is the process that is killed. */
describe('sending an answer', () => {
  const hub = (verb: string) =>
    fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });
  beforeAll(() => hub('disable'));
  afterAll(() => hub('enable'));

  it('that the relay took before its process was killed comes again under the same Message-ID, or not at all', async () => {
    const from = newSender();
    const mailId = await stored(from, '보냄의원');
    await work('readMail', { id: mailId });
    const id = `answer-${mailId}`;
    // Leasing has two moments; the third is the first after the relay has taken the mail.
    expect(await work('sendMail', { id, killAt: 3 })).toEqual({ killed: true });
    expect(await lettersTo(from)).toHaveLength(1);
    await work('sendMail', { id });
    expect(await lettersTo(from)).toHaveLength(1);
    await sweepOutbox(Date.now() + 10 * 60_000);
    const letters = await lettersTo(from);
    expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(1);
    expect((await db().doc(`outbox/${id}`).get()).get('state')).toBe('SENT');
    const [only] = await registrationsOf(mailId);
    expect((await registration(only?.id ?? '')).letters).toEqual([letters[0]?.messageId]);
  });
});
