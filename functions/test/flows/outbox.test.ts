/** Mail, from the document that asks for it to the relay, which is the SMTP stand-in. */
import { randomUUID } from 'node:crypto';
import type { DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { onMailQueued, sweepOutbox } from '../../src/outbox/edge.ts';
import { letter } from '../../src/outbox/letter.ts';
import { queueMail, queueMailNow } from '../../src/outbox/queue.ts';
import type { OutboxMail } from '../../src/outbox/schema.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { env, eventually } from '../support/app.ts';

// Sweeps run in this process: it is configured as the functions are. SMTP_URL comes from the suite.
process.env.FUNCTIONS_EMULATOR = 'true';
process.env.MAIL_FROM = '닥터피치 <no-reply@doctorpitch.example>';

const logged: string[] = [];
beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const) {
    jest.spyOn(log, level).mockImplementation((...said) => {
      logged.push(JSON.stringify(said));
    });
  }
});

const minute = 60_000;
const hour = 60 * minute;

interface Taken {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const init: RequestInit = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(`${env('STANDIN_SMTP_URL')}/__control/${path}`, init);
  expect(response.status).toBe(200);
  return response.json();
}

async function takenBy(to: string): Promise<Taken[]> {
  const found = await control('GET', `messages?to=${encodeURIComponent(to)}`);
  return Array.isArray(found) ? found : [];
}

const fault = (step: string, rest: object) => control('POST', 'fault', { match: { step }, ...rest });
const faultFor = (to: string, step: string, rest: object) =>
  control('POST', 'fault', { match: { step, to }, ...rest });
afterEach(() => control('DELETE', 'faults'));

const code = '482913';
const written = letter({
  greeting: '민지님, 안녕하세요.',
  paragraphs: ['이메일 주소를 확인해 주세요. 똠얌꿍 — 🍑'],
  code,
  footer: '요청하지 않으셨다면 이 메일을 무시해 주세요.',
});

/** A letter nobody else gets, and its id. */
function newLetter() {
  const key = randomUUID();
  const to = `minji-${key}@example.com`;
  const mail = {
    kind: 'verifyEmail',
    uid: 'kakao:9000000001',
    to,
    subject: '[닥터피치] 이메일 주소를 확인해 주세요',
    ...written,
  };
  return { id: `verifyEmail-${key}`, to, mail };
}

const stored = async (id: string) => (await db().doc(`outbox/${id}`).get()).data();
const settled = (id: string, state: OutboxMail['state'], attempts = 1) =>
  eventually(`${id} is ${state}`, async () => {
    const mail = await stored(id);
    return mail?.state === state && mail.attempts >= attempts && mail;
  });

describe('a queued mail', () => {
  it('is sent, in Korean as it was written, and keeps no body', async () => {
    const { id, to, mail } = newLetter();
    expect(await queueMailNow(id, mail)).toBe(true);
    const sent = await settled(id, 'SENT');
    expect(sent).toMatchObject({ text: '', html: null, failure: null, attempts: 1, leaseUntil: null });
    expect(JSON.stringify(sent)).not.toContain(code);
    const [message, second] = await takenBy(to);
    expect(second).toBeUndefined();
    expect(message).toMatchObject({
      from: '"닥터피치" <no-reply@doctorpitch.example>',
      to,
      replyTo: 'help@doctorpitch.example',
      subject: mail.subject,
      messageId: sent.messageId,
      headers: { 'auto-submitted': 'auto-generated' },
    });
    expect(message?.text.trim()).toBe(written.text.trim());
    expect(message?.html?.trim()).toBe(written.html.trim());
  });

  it('is sent once, however often its cause is queued', async () => {
    const { id, to, mail } = newLetter();
    const news = await Promise.all([1, 2, 3].map(() => queueMailNow(id, mail)));
    expect(news.filter((isNew) => isNew)).toHaveLength(1);
    await settled(id, 'SENT');
    expect(await queueMailNow(id, mail)).toBe(false);
    const batch = db().batch();
    queueMail(batch, id, mail);
    await expect(batch.commit()).rejects.toMatchObject({ code: 6 });
    expect(await takenBy(to)).toHaveLength(1);
  });

  it('stands or falls with its cause', async () => {
    const { id, to, mail } = newLetter();
    const cause = db().doc(`counters/${id}`);
    const half = db().batch();
    queueMail(half, id, mail);
    half.update(cause, { last: 2 });
    await expect(half.commit()).rejects.toMatchObject({ code: 5 });
    expect(await stored(id)).toBeUndefined();
    await db().runTransaction(async (tx) => {
      tx.set(cause, { last: 1 });
      queueMail(tx, id, mail);
    });
    await settled(id, 'SENT');
    expect(await takenBy(to)).toHaveLength(1);
    await cause.delete();
  });

  it('waits when the relay cannot take it now, and goes out with a later sweep', async () => {
    const { id, to, mail } = newLetter();
    await faultFor(to, 'rcpt', { kind: 'status', status: 451, times: 1 });
    await queueMailNow(id, mail);
    const waiting = await settled(id, 'PENDING');
    expect(waiting).toMatchObject({ failure: 'SMTP_451', text: mail.text, leaseUntil: null });
    await sweepOutbox(Date.now());
    expect(await takenBy(to)).toHaveLength(0);
    await sweepOutbox(Date.now() + 2 * minute);
    expect(await stored(id)).toMatchObject({ state: 'SENT', attempts: 2, failure: null });
    expect(await takenBy(to)).toHaveLength(1);
  });

  it('is given up at once when its recipient is refused for good; why is there to see, what it said is not', async () => {
    const { id, to, mail } = newLetter();
    await faultFor(to, 'rcpt', { kind: 'status', status: 550 });
    await queueMailNow(id, mail);
    expect(await settled(id, 'FAILED')).toMatchObject({ failure: 'SMTP_550', text: '', html: null });
    await sweepOutbox(Date.now() + 23 * hour);
    expect(await stored(id)).toMatchObject({ state: 'FAILED', attempts: 1 });
  });
});

/** The handlers themselves. Background triggers are off, so that what is seen is these deliveries' doing. */
describe('delivering a mail', () => {
  const hub = (verb: string) =>
    fetch(`http://${env('FIREBASE_EMULATOR_HUB')}/functions/${verb}BackgroundTriggers`, { method: 'PUT' });
  beforeAll(() => hub('disable'));
  afterAll(() => hub('enable'));

  /** Queues a mail, changed as if something had happened to it, and gives the event of its creation. */
  async function queued(changes: (now: number) => Record<string, unknown> = () => ({})) {
    const { id, to, mail } = newLetter();
    await queueMailNow(id, mail);
    const ref = db().doc(`outbox/${id}`);
    await ref.update({ kind: mail.kind, ...changes(Date.now()) });
    // Only `data` is read by the handler; the rest of a CloudEvent is not needed to deliver it.
    const event = { data: await ref.get() } as unknown as FirestoreEvent<DocumentSnapshot | undefined>;
    return { id, to, mail, ref, event };
  }
  const time = (ms: number) => Timestamp.fromMillis(ms);

  it('happens once for an event delivered twice', async () => {
    const { id, to, event } = await queued();
    await onMailQueued(event);
    await onMailQueued(event);
    expect(await takenBy(to)).toHaveLength(1);
    expect(await stored(id)).toMatchObject({ state: 'SENT', attempts: 1 });
  });

  it('happens once when events and sweeps meet', async () => {
    const { id, to, event } = await queued();
    await faultFor(to, 'rcpt', { kind: 'delay', ms: 500 });
    const now = Date.now() + 100;
    await Promise.all([onMailQueued(event), sweepOutbox(now), onMailQueued(event), sweepOutbox(now)]);
    expect(await takenBy(to)).toHaveLength(1);
    expect(await stored(id)).toMatchObject({ state: 'SENT', attempts: 1 });
  });

  it('is the sweep’s when the event never comes', async () => {
    const { id, to } = await queued();
    await sweepOutbox(Date.now() + 100);
    expect(await takenBy(to)).toHaveLength(1);
    expect(await stored(id)).toMatchObject({ state: 'SENT' });
  });

  it('repeats a mail whose answer was lost under the same Message-ID', async () => {
    const { id, to, event } = await queued();
    await faultFor(to, 'data', { kind: 'reset', after: true, times: 1 });
    await onMailQueued(event);
    expect(await stored(id)).toMatchObject({ state: 'PENDING', failure: 'UNREACHABLE' });
    await sweepOutbox(Date.now() + 2 * minute);
    expect(await stored(id)).toMatchObject({ state: 'SENT', attempts: 2 });
    const [first, second] = await takenBy(to);
    expect(second?.messageId).toBe((await stored(id))?.messageId);
    expect(first?.messageId).toBe(second?.messageId);
  });

  it('takes over from a worker that died, once its lease has run out', async () => {
    const { id, to, event } = await queued((now) => ({
      state: 'SENDING',
      attempts: 1,
      leaseUntil: time(now + minute),
      nextAttemptAt: time(now + minute),
    }));
    await onMailQueued(event);
    await sweepOutbox(Date.now());
    expect(await takenBy(to)).toHaveLength(0);
    await sweepOutbox(Date.now() + 2 * minute);
    expect(await takenBy(to)).toHaveLength(1);
    expect(await stored(id)).toMatchObject({ state: 'SENT', attempts: 2 });
  });

  it.each([
    ['does not answer', 'connect', { kind: 'reset' }, 'UNREACHABLE'],
    ['is busy', 'connect', { kind: 'status', status: 421 }, 'SMTP_421'],
    ['refuses our login', 'auth', { kind: 'status', status: 535 }, 'AUTH'],
    ['refuses our sender', 'mail', { kind: 'status', status: 550 }, 'SMTP_550'],
  ])('keeps the mail when the relay %s', async (_what, step, reply, failure) => {
    const { id, to, mail, event } = await queued();
    await fault(step, reply);
    await onMailQueued(event);
    expect(await stored(id)).toMatchObject({ state: 'PENDING', failure, text: mail.text });
    await control('DELETE', 'faults');
    await sweepOutbox(Date.now() + 2 * minute);
    expect(await takenBy(to)).toHaveLength(1);
  });

  it('keeps the mail when the settings are unusable', async () => {
    const { id, ref, event } = await queued();
    const right = env('SMTP_URL');
    process.env.SMTP_URL = 'somewhere';
    await onMailQueued(event).finally(() => {
      process.env.SMTP_URL = right;
    });
    expect(await stored(id)).toMatchObject({ state: 'PENDING', failure: 'CONFIG' });
    await ref.delete();
  });

  it('is given up after a day, and taken up again when an operator says so', async () => {
    const { id, to, mail, ref } = await queued((now) => ({ createdAt: time(now - 25 * hour), attempts: 8 }));
    await faultFor(to, 'rcpt', { kind: 'status', status: 452 });
    await sweepOutbox(Date.now() + 100);
    expect(await stored(id)).toMatchObject({ state: 'FAILED', failure: 'SMTP_452', text: mail.text });
    await control('DELETE', 'faults');
    await sweepOutbox(Date.now() + 100);
    expect(await takenBy(to)).toHaveLength(0);
    await ref.update({ state: 'PENDING' });
    await sweepOutbox(Date.now() + 100);
    expect(await takenBy(to)).toHaveLength(1);
    expect(await stored(id)).toMatchObject({ state: 'SENT', text: '' });
  });

  it('never sends an empty mail when an operator repeats one whose body is gone', async () => {
    const { id, to, ref, event } = await queued();
    await faultFor(to, 'data', { kind: 'status', status: 554, times: 1 });
    await onMailQueued(event);
    await ref.update({ state: 'PENDING' });
    await sweepOutbox(Date.now() + 100);
    expect(await stored(id)).toMatchObject({ state: 'FAILED', failure: 'NO_BODY' });
    expect(await takenBy(to)).toHaveLength(0);
  });

  it('ends when workers have died at a mail for a day', async () => {
    const { id, to } = await queued((now) => ({
      state: 'SENDING',
      attempts: 9,
      createdAt: time(now - 25 * hour),
      leaseUntil: time(now - hour),
      nextAttemptAt: time(now - hour),
    }));
    await sweepOutbox(Date.now());
    expect(await stored(id)).toMatchObject({ state: 'FAILED', failure: 'UNFINISHED' });
    expect(await takenBy(to)).toHaveLength(0);
  });

  it('does not bring a mail back that was erased meanwhile', async () => {
    const waiting = await queued();
    await waiting.ref.delete();
    await onMailQueued(waiting.event);
    expect(await takenBy(waiting.to)).toHaveLength(0);
    const sending = await queued();
    await faultFor(sending.to, 'rcpt', { kind: 'delay', ms: 1_000 });
    await Promise.all([
      onMailQueued(sending.event),
      eventually('it is being sent', async () => (await stored(sending.id))?.state === 'SENDING').then(() =>
        sending.ref.delete(),
      ),
    ]);
    expect(await stored(sending.id)).toBeUndefined();
  });

  it('is not held up by a document an operator has spoilt', async () => {
    const spoilt = await queued(() => ({ attempts: 'three' }));
    const { to } = await queued();
    expect(await sweepOutbox(Date.now() + 100)).toMatchObject({ broken: 1 });
    expect(await takenBy(to)).toHaveLength(1);
    await spoilt.ref.delete();
  });

  it('sends at most fifty waiting mails a sweep, the rest with the next', async () => {
    const mails = await Promise.all(Array.from({ length: 60 }, () => queued()));
    const first = await sweepOutbox(Date.now() + 100);
    expect(first.sent).toBe(50);
    await sweepOutbox(Date.now() + 100);
    const taken = await Promise.all(mails.map(({ to }) => takenBy(to)));
    expect(taken.every((messages) => messages.length === 1)).toBe(true);
  });

  it('leaves ids, codes and counts in the logs, and nothing of the letters', () => {
    const all = logged.join('\n');
    for (const event of ['outbox.sent', 'outbox.notSent', 'outbox.swept', 'outbox.sweepBroken'])
      expect(all).toContain(event);
    for (const secret of ['@', '닥터피치', code, 'local-smtp']) expect(all).not.toContain(secret);
  });
});
