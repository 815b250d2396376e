/**
 * Mail from four providers, as the stand-in senders post it: through the functions emulator to its queue and what is
 * read of it; and the handlers themselves, here, where storage fails and workers die.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { z } from 'zod';
import { deliver, inboundKeys, newToken, type Posting, post, providers } from '../../../standins/inbound.ts';
import { mailIdOf } from '../../src/inbound/delivery.ts';
import { inboundMail } from '../../src/inbound/edge.ts';
import { sweepInbound } from '../../src/inbound/queue.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { queueTask } from '../../src/platform/tasks.ts';
import { readMail } from '../../src/registrations/edge.ts';
import { env, eventually, isStored, type MailReceipt, readAs, receiptOf } from '../support/app.ts';
import { interfere, storedBelow } from '../support/bucket.ts';
import { hospitalMail, newBusinessNumber } from '../support/mails.ts';

jest.mock('../../src/platform/firebase.ts', () => ({
  ...jest.requireActual<object>('../../src/platform/firebase.ts'),
  bucket: () =>
    jest.requireActual<typeof import('../support/bucket.ts')>('../support/bucket.ts').bucketOverHttp(),
}));
jest.mock('../../src/platform/tasks.ts', () => ({ queueTask: jest.fn() }));

const queue = jest.mocked(queueTask);
const { queueTask: reallyQueue } = jest.requireActual<typeof import('../../src/platform/tasks.ts')>(
  '../../src/platform/tasks.ts',
);

const minute = 60_000;
const deployed = () => `${env('FUNCTIONS_BASE_URL')}/inboundMail`;
const mailAt = (mailId: string) => db().doc(`inboundMails/${mailId}`);
const mail = async (mailId: string) => (await mailAt(mailId).get()).data();
const registrationsOf = async (mailId: string) =>
  (await db().collection('registrations').where('mailId', '==', mailId).get()).docs;

const posted = async (posting: Posting): Promise<MailReceipt> => receiptOf(await post(deployed(), posting));
const refusedWith = async (posting: Posting, base = deployed()) => {
  const response = await post(base, posting);
  const { error } = z.object({ error: z.object({ reason: z.string() }) }).parse(await response.json());
  return [response.status, error.reason];
};

/** The same message with what a provider may add on its way to us. */
const rerouted = (raw: Buffer) =>
  Buffer.concat([Buffer.from(`Received: from mx.example by us; ${new Date().toUTCString()}\r\n`), raw]);

const logged: string[] = [];
beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const) {
    jest.spyOn(log, level).mockImplementation((...said) => {
      logged.push(JSON.stringify(said));
    });
  }
});

describe.each(providers)('mail by %s', (provider) => {
  it('becomes a registration, with what is known of its envelope', async () => {
    const raw = hospitalMail();
    const { mailId, isNew } = await posted({ provider, raw, to: ['regist@doctorpitch.example'] });
    expect(isNew).toBe(true);
    const [registrationId = ''] = await readAs(mailId);
    expect((await db().doc(`registrations/${registrationId}`).get()).data()).toMatchObject({
      kind: 'hospital',
      state: 'PENDING_REVIEW',
    });
    expect(await mail(mailId)).toMatchObject({
      state: 'READ',
      provider,
      envelopeFrom: 'desk@clinic.example',
      envelopeTo: ['regist@doctorpitch.example'],
      rfcMessageId: expect.stringMatching(/^<.+@clinic\.example>$/),
      size: raw.length,
      failure: null,
      attempts: 1,
      nextAttemptAt: null,
      parkedAt: null,
    });
    expect(await isStored(`inbound/${mailId}.eml`)).toBe(true);
  });

  it('changes nothing when it is delivered again', async () => {
    const raw = hospitalMail();
    const { mailId } = await posted({ provider, raw });
    await readAs(mailId);
    const [before, [registration]] = [await mail(mailId), await registrationsOf(mailId)];
    for (const again of [raw, rerouted(raw)]) {
      expect(await posted({ provider, raw: again })).toEqual({ mailId, isNew: false });
    }
    expect(await mail(mailId)).toEqual(before);
    const [after, second] = await registrationsOf(mailId);
    expect([after?.data(), second]).toEqual([registration?.data(), undefined]);
    expect(await isStored(`inbound/${mailIdOf(rerouted(raw))}.eml`)).toBe(false);
  });

  it('is not believed, and nothing of it kept, when it is forged', async () => {
    const raw = hospitalMail();
    expect(await refusedWith({ provider, raw, variant: 'forged' })).toEqual([401, 'UNAUTHENTICATED']);
    expect(await mail(mailIdOf(raw))).toBeUndefined();
    expect(await isStored(`inbound/${mailIdOf(raw)}.eml`)).toBe(false);
  });

  it('may have 29 MB', async () => {
    // Percent-encoded, a form of that size would not fit through the platform.
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const content = Buffer.concat([png, randomBytes(20_900_000 - png.length)]);
    const part = { name: '수술실사진.png', type: 'image/png', content };
    const raw = hospitalMail(newBusinessNumber(), '큰첨부의원', [part]);
    expect(raw.length).toBeGreaterThan(28_500_000);
    const { mailId } = await posted({ provider, raw, isMultipart: true });
    const [registrationId = ''] = await readAs(mailId);
    const papers = (await db().doc(`registrations/${registrationId}`).get()).get('papers');
    expect(papers.map(({ size }: { size: number }) => size)).toContain(20_900_000);
  });
});

describe('a signature', () => {
  it('that is an hour old is not believed', async () => {
    const raw = hospitalMail();
    expect(await refusedWith({ provider: 'mailgun', raw, variant: 'stale' })).toEqual([401, 'STALE']);
    expect(await refusedWith({ provider: 'sendgrid', raw, variant: 'stale' })).toEqual([503, 'STALE']);
    expect(await mail(mailIdOf(raw))).toBeUndefined();
  });

  it('of Mailgun serves one message only, whichever instance sees it', async () => {
    const [token, now, raw, other] = [newToken(), Date.now(), hospitalMail(), hospitalMail()];
    const { mailId } = await posted({ provider: 'mailgun', raw, token, now });
    expect(await refusedWith({ provider: 'mailgun', raw: other, token, now })).toEqual([401, 'REPLAYED']);
    const late = now - 3 * minute;
    expect(await refusedWith({ provider: 'mailgun', raw: other, token, now: late })).toEqual([
      401,
      'REPLAYED',
    ]);
    expect(await mail(mailIdOf(other))).toBeUndefined();
    // A provider who got no answer repeats the message, maybe with the signature of the first attempt.
    const again = { provider: 'mailgun', raw, token } as const;
    expect(await posted({ ...again, now })).toEqual({ mailId, isNew: false });
    expect(await posted({ ...again, now: late })).toEqual({ mailId, isNew: false });
  });
});

describe('what is kept', () => {
  it('once, however it comes and however many deliveries meet', async () => {
    const raw = hospitalMail();
    const receipts = await Promise.all(
      [raw, raw, rerouted(raw), rerouted(raw)].map((bytes) => posted({ provider: 'sendgrid', raw: bytes })),
    );
    const [first] = receipts;
    expect(new Set(receipts.map(({ mailId }) => mailId)).size).toBe(1);
    expect(receipts.filter(({ isNew }) => isNew)).toHaveLength(1);
    for (const provider of providers) {
      expect(await posted({ provider, raw })).toEqual({ mailId: first?.mailId, isNew: false });
    }
    await readAs(first?.mailId ?? '');
    expect(await registrationsOf(first?.mailId ?? '')).toHaveLength(1);
  });

  it('is every mail of a program that gives all of them one Message-ID', async () => {
    const mails = [hospitalMail(), hospitalMail()].map((raw) =>
      Buffer.from(raw.toString().replace(/^Message-ID: .*$/m, 'Message-ID: <form@clinic.example>')),
    );
    for (const raw of mails)
      expect(await posted({ provider: 'mailgun', raw })).toMatchObject({ isNew: true });
  });

  it.each(['postmark', 'mailgun', 'sendgrid'] as const)(
    'is a delivery of %s without a message, where an operator sees it',
    async (provider) => {
      const posting = { provider, raw: Buffer.from(randomUUID()), isParsed: true };
      const { mailId, isNew } = await posted(posting);
      expect(isNew).toBe(true);
      const parked = { state: 'PARKED', failure: 'NO_RAW_MESSAGE', rawPath: `inbound/${mailId}.posted` };
      expect(await mail(mailId)).toMatchObject(parked);
      expect(await isStored(`inbound/${mailId}.posted`)).toBe(true);
      await mailAt(mailId).update({ state: 'RECEIVED' });
      queue.mockImplementation(reallyQueue);
      await sweepInbound(Date.now());
      expect(
        await eventually(
          'it is parked again',
          async () => (await mail(mailId))?.state === 'PARKED' && mail(mailId),
        ),
      ).toMatchObject({ ...parked, attempts: 1 });
    },
  );

  it('is nothing of what is too large or empty; providers are told not to come again', async () => {
    const huge = Buffer.alloc(30 * 1024 * 1024 + 1, 'a');
    const large = { raw: huge, isMultipart: true };
    expect(await refusedWith({ provider: 'raw', ...large })).toEqual([413, 'TOO_LARGE']);
    expect(await refusedWith({ provider: 'sendgrid', ...large })).toEqual([413, 'TOO_LARGE']);
    expect(await deliver(deployed(), { provider: 'mailgun', ...large })).toMatchObject({ statuses: [406] });
    expect(await deliver(deployed(), { provider: 'postmark', ...large })).toMatchObject({ statuses: [403] });
    expect(await refusedWith({ provider: 'raw', raw: Buffer.alloc(0) })).toEqual([400, 'EMPTY']);
  });
});

/** The handler in this process, behind the body parsers of the platform. */
describe('inboundMail', () => {
  let server: Server;
  let here = '';
  beforeAll(async () => {
    Object.assign(process.env, inboundKeys, {
      MAIL_FROM: '닥터피치 <no-reply@doctorpitch.example>',
      IDENTITY_SECRET: 'local-identity-secret',
    });
    const app = express();
    const verify = (request: object, _response: unknown, rawBody: Buffer) =>
      Object.assign(request, { rawBody });
    app.use(express.json({ limit: '32mb', verify }));
    app.use(express.urlencoded({ limit: '32mb', verify, extended: true }));
    app.use(express.raw({ limit: '32mb', verify, type: '*/*' }));
    app.use((request, response) => {
      // The platform's request differs from express's by rawBody only, which `verify` has added.
      void inboundMail(request as Parameters<typeof inboundMail>[0], response);
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    queue.mockReset().mockResolvedValue();
    interfere();
  });

  it.each(providers)('knows no path of %s when it is not configured', async (provider) => {
    const name = {
      raw: 'INBOUND_MAIL_SECRET',
      postmark: 'POSTMARK_INBOUND_LOGIN',
      mailgun: 'MAILGUN_SIGNING_KEY',
      sendgrid: 'SENDGRID_INBOUND_KEY',
    } as const;
    for (const unset of ['', 'off', ' OFF\n']) {
      process.env[name[provider]] = unset;
      expect(await refusedWith({ provider, raw: hospitalMail() }, here)).toEqual([404, 'NOT_FOUND']);
    }
    process.env[name[provider]] = inboundKeys[name[provider]];
  });

  it('takes nothing but POST', async () => {
    expect((await fetch(`${here}/raw`)).status).toBe(405);
    expect((await fetch(`${here}/constructor`)).status).toBe(404);
  });

  it('asks to come again when our own key is unusable', async () => {
    process.env.SENDGRID_INBOUND_KEY = 'not a key';
    expect(await refusedWith({ provider: 'sendgrid', raw: hospitalMail() }, here)).toEqual([
      503,
      'TRY_AGAIN',
    ]);
    process.env.SENDGRID_INBOUND_KEY = inboundKeys.SENDGRID_INBOUND_KEY;
  });

  const keeping = providers.flatMap((provider) =>
    [false, true].map((keepsSignature) => ({ provider, keepsSignature })),
  );
  it.each(keeping)('takes a mail as soon as storage is back: %j', async ({ provider, keepsSignature }) => {
    let failures = 2;
    interfere({
      before: () => {
        failures -= 1;
        if (failures >= 0) throw new Error('storage is away');
      },
    });
    const raw = hospitalMail();
    const course = await deliver(here, { provider, raw }, { minuteMs: 1, keepsSignature });
    expect(course).toEqual({ outcome: 'accepted', statuses: [503, 503, 200] });
    expect(await mail(mailIdOf(raw))).toMatchObject({ state: 'RECEIVED' });
    expect(queue).toHaveBeenCalledWith('readMail', mailIdOf(raw), { mailId: mailIdOf(raw) });
  });

  it('goes on where a delivery broke off', async () => {
    const raw = hospitalMail();
    interfere({
      after: () => {
        throw new Error('the worker dies with the bytes stored');
      },
    });
    expect((await post(here, { provider: 'raw', raw })).status).toBe(503);
    expect(await mail(mailIdOf(raw))).toBeUndefined();
    interfere();
    queue.mockImplementationOnce(() => Promise.reject(new Error('no queue')));
    expect(await receiptOf(await post(here, { provider: 'raw', raw }))).toEqual({
      mailId: mailIdOf(raw),
      isNew: true,
    });
    // Not queued, but kept: the answer does not depend on the queue, and the sweep finds the mail.
    await post(here, { provider: 'raw', raw });
    expect(queue).toHaveBeenCalledTimes(2);
  });

  /** A mail that is kept and that no queue knows. */
  async function kept(raw = hospitalMail()): Promise<string> {
    const { mailId } = await receiptOf(await post(here, { provider: 'raw', raw }));
    return mailId;
  }

  describe('reading', () => {
    const read = (mailId: string) => readMail({ data: { mailId } });
    const never = () => new Promise<never>(() => undefined);

    let transactions: jest.SpyInstance | null = null;

    /** Begins to read, and stops for ever where `hang` says; whatever is behind it never happens. */
    async function dieAt(mailId: string, install: (died: () => Promise<never>) => void): Promise<void> {
      await new Promise<void>((resolve, reject) => {
        install(() => {
          resolve();
          return never();
        });
        read(mailId).then(() => reject(new Error('it did not die')), reject);
      });
      interfere();
      transactions?.mockRestore();
      transactions = null;
    }

    /** The nth transaction from now is committed, and the worker dies before it learns of it. */
    const afterTransaction = (nth: number) => (died: () => Promise<never>) => {
      const commit = db().runTransaction.bind(db());
      let seen = 0;
      transactions = jest.spyOn(db(), 'runTransaction').mockImplementation(async (update) => {
        const result = await commit(update);
        seen += 1;
        return seen === nth ? died() : result;
      });
    };
    const afterStorage = (verb: string, nth: number) => (died: () => Promise<never>) => {
      let seen = 0;
      interfere({
        after: (used) => {
          if (used !== verb) return;
          seen += 1;
          if (seen === nth) return died();
        },
      });
    };

    it.each([
      ['its attempt was counted', afterTransaction(1), 2],
      ['its bytes were loaded', afterStorage('download', 1), 2],
      ['its first attachment was stored', afterStorage('save', 1), 2],
      ['its attachments were stored', afterStorage('save', 2), 2],
      ['it was recorded', afterTransaction(2), 1],
    ])('goes over the same ground when a worker died after %s', async (_what, point, attempts) => {
      const mailId = await kept();
      await dieAt(mailId, point);
      await read(mailId);
      await read(mailId);
      const [registration, second] = await registrationsOf(mailId);
      expect(second).toBeUndefined();
      expect(await mail(mailId)).toMatchObject({
        state: 'READ',
        attempts,
        failure: null,
        registrationIds: [registration?.id],
      });
      expect(await storedBelow(`registrations/${registration?.id}/`)).toEqual(
        registration?.get('papers').map(({ path }: { path: string }) => path),
      );
      const ticket: string = registration?.get('ticket');
      const same = await db().collection('registrations').where('ticket', '==', ticket).get();
      expect(same.size).toBe(1);
    });

    it('gives one ticket to a mail two workers read at once', async () => {
      const mailId = await kept();
      await Promise.all([read(mailId), read(mailId)]);
      expect(await registrationsOf(mailId)).toHaveLength(1);
      expect(await mail(mailId)).toMatchObject({ state: 'READ' });
    });

    it('is parked with a code after five failures, and read when an operator asks again', async () => {
      const mailId = await kept();
      const away = () => {
        throw new Error('storage is away');
      };
      interfere({ before: away });
      for (const attempt of [1, 2, 3, 4]) {
        await expect(read(mailId)).rejects.toMatchObject({ code: 'unavailable', message: 'STORAGE' });
        expect(await mail(mailId)).toMatchObject({
          state: 'RECEIVED',
          attempts: attempt,
          failure: 'STORAGE',
        });
      }
      await read(mailId);
      expect(await mail(mailId)).toMatchObject({ state: 'PARKED', attempts: 5, failure: 'STORAGE' });
      interfere();
      await read(mailId);
      queue.mockImplementation(reallyQueue);
      await sweepInbound(Date.now() + minute);
      expect(await registrationsOf(mailId)).toHaveLength(0);

      await mailAt(mailId).update({ state: 'RECEIVED' });
      await sweepInbound(Date.now());
      await readAs(mailId);
      expect(await mail(mailId)).toMatchObject({ state: 'READ', attempts: 1, failure: null, parkedAt: null });
      expect(await registrationsOf(mailId)).toHaveLength(1);
    });

    it('is parked at once when the bytes are gone', async () => {
      const mailId = await kept();
      await mailAt(mailId).update({ rawPath: 'inbound/gone.eml' });
      await read(mailId);
      expect(await mail(mailId)).toMatchObject({ state: 'PARKED', failure: 'RAW_MISSING', attempts: 1 });
    });

    it('is parked when workers have died at it five times', async () => {
      const mailId = await kept();
      await mailAt(mailId).update({ attempts: 5 });
      await read(mailId);
      expect(await mail(mailId)).toMatchObject({ state: 'PARKED', failure: 'UNFINISHED' });
    });

    it('leaves alone what is not there, and tasks it cannot read', async () => {
      await read('no-such-mail');
      await readMail({ data: 'nonsense' });
      expect(await mail('no-such-mail')).toBeUndefined();
    });
  });

  describe('the sweep', () => {
    it('leaves young mails to their task, and queues older ones once', async () => {
      const mailId = await kept();
      queue.mockClear();
      const mine = () => queue.mock.calls.filter(([, , data]) => data.mailId === mailId);
      await sweepInbound(Date.now() + 2 * minute);
      expect(mine()).toHaveLength(0);
      const later = Date.now() + 4 * minute;
      await Promise.all([sweepInbound(later), sweepInbound(later)]);
      const ids = new Set(mine().map(([, id]) => id));
      expect(ids.size).toBe(1);
      await sweepInbound(later + minute);
      expect(new Set(mine().map(([, id]) => id))).toEqual(ids);
      await sweepInbound(later + 11 * minute);
      expect(new Set(mine().map(([, id]) => id)).size).toBe(2);
      await mailAt(mailId).delete();
    });

    it('goes on when one mail cannot be queued', async () => {
      const [first, second] = [await kept(), await kept()];
      queue.mockImplementation(async (_name, id) => {
        if (id.startsWith(first)) throw new Error('no queue');
      });
      const report = await sweepInbound(Date.now() + 4 * minute);
      expect(report.broken).toBe(1);
      expect(queue.mock.calls.some(([, id]) => id.startsWith(second))).toBe(true);
      const due = Timestamp.fromMillis(Date.now() + 9 * minute);
      expect((await mailAt(second).get()).get('nextAttemptAt').toMillis()).toBeGreaterThan(due.toMillis());
      await Promise.all([mailAt(first).delete(), mailAt(second).delete()]);
    });
  });

  it('leaves ids, codes and counts in the logs, and nothing of the mails', () => {
    const all = logged.join('\n');
    for (const event of [
      'inboundMail.taken',
      'inboundMail.refused',
      'inboundMail.failed',
      'inboundMail.notQueued',
      'inboundMail.swept',
      'inboundMail.sweepBroken',
      'readMail.read',
      'readMail.failed',
      'readMail.parked',
    ])
      expect(all).toContain(event);
    for (const text of ['@', '흐름', ...Object.values(inboundKeys)]) expect(all).not.toContain(text);
  });
});
