/** What is believed of each provider, against requests as the stand-in senders make them. */
import fc from 'fast-check';
import {
  inboundKeys,
  type Posting,
  type Provider,
  type WireRequest,
  wireRequest,
} from '../../../standins/inbound.ts';
import { type Adapter, type Delivery, type Genuine, isRefusal, type Refusal } from './delivery.ts';
import { verifyMailgun } from './mailgun.ts';
import { verifyPostmark } from './postmark.ts';
import { verifyRaw } from './rawMail.ts';
import { verifySendgrid } from './sendgrid.ts';

const now = Date.UTC(2026, 10, 21, 3);
const raw = Buffer.from('From: desk@clinic.example\r\nMessage-ID: <1@clinic.example>\r\n\r\n안녕하세요\r\n');
const adapters: Readonly<Record<Provider, readonly [Adapter, string]>> = {
  raw: [verifyRaw, inboundKeys.INBOUND_MAIL_SECRET],
  postmark: [verifyPostmark, inboundKeys.POSTMARK_INBOUND_LOGIN],
  mailgun: [verifyMailgun, inboundKeys.MAILGUN_SIGNING_KEY],
  sendgrid: [verifySendgrid, inboundKeys.SENDGRID_INBOUND_KEY],
};
const all: readonly Provider[] = ['raw', 'postmark', 'mailgun', 'sendgrid'];

function parsedJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return {};
  }
}
const deliveryOf = ({ headers, body }: WireRequest): Delivery => ({
  header: (name) => headers[name] ?? '',
  body,
  json: parsedJson(body),
});
const judge = (provider: Provider, request: WireRequest, at = now): Promise<Genuine | Refusal> => {
  const [verify, key] = adapters[provider];
  return verify(deliveryOf(request), key, at);
};
const wire = (posting: Omit<Posting, 'raw'>): WireRequest => wireRequest({ now, raw, ...posting });
async function genuineOf(posting: Omit<Posting, 'raw'>, at = now): Promise<Genuine> {
  const verdict = await judge(posting.provider, wire(posting), at);
  if (isRefusal(verdict)) throw new Error(`refused: ${verdict.refused}`);
  return verdict;
}

describe.each(all)('%s', (provider) => {
  it('hands over the message byte by byte, with its envelope', async () => {
    const { envelope } = await genuineOf({ provider, from: 'Desk@clinic.example', to: ['b@x.example'] });
    expect(envelope).toMatchObject({
      provider,
      envelopeFrom: 'desk@clinic.example',
      envelopeTo: ['b@x.example'],
    });
    expect(envelope.raw).toEqual(raw);
  });
  it('is not believed without its key, or with another', async () => {
    expect(await judge(provider, wire({ provider, variant: 'forged' }))).toEqual({
      refused: 'UNAUTHENTICATED',
    });
    const { path, body, headers } = wire({ provider });
    const signedInBody = provider === 'mailgun';
    const without = signedInBody
      ? { path, headers, body: Buffer.alloc(0) }
      : { path, headers: { 'content-type': headers['content-type'] ?? '' }, body };
    expect(await judge(provider, without)).toEqual({ refused: 'UNAUTHENTICATED' });
  });
});

describe.each(['postmark', 'mailgun', 'sendgrid'] as const)(
  '%s, not set up to send the message itself',
  (provider) => {
    it('is believed all the same, without a message', async () => {
      expect((await genuineOf({ provider, isParsed: true })).envelope.raw).toBeNull();
    });
  },
);

describe('messages in any charset', () => {
  it.each([
    { provider: 'mailgun' },
    { provider: 'mailgun', isMultipart: true },
    { provider: 'sendgrid' },
  ] as const)('come out of %j as they went in', async (how) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        const verdict = await judge(how.provider, wireRequest({ now, ...how, raw: bytes }));
        expect(isRefusal(verdict) || verdict.envelope.raw).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 50 },
    );
  });
});

describe('findings of providers', () => {
  it('are SendGrid’s fields', async () => {
    const { envelope } = await genuineOf({ provider: 'sendgrid' });
    expect(envelope).toMatchObject({ spf: 'pass', dkim: ['clinic.example=pass'], spamScore: 0.1 });
  });
  it('are the headers Postmark put before those of the message', async () => {
    const { envelope } = await genuineOf({ provider: 'postmark' });
    expect(envelope).toMatchObject({ spf: 'pass', dkim: ['clinic.example=pass'], spamScore: -0.1 });
    expect(envelope.providerMessageId).toMatch(/^[0-9a-f-]{36}$/);
  });
  it('are a header of the request where a relay of ours has any', async () => {
    const { headers, ...request } = wire({ provider: 'raw' });
    const told = { ...headers, 'x-envelope-spf': 'Fail (not our client)' };
    expect(await judge('raw', { ...request, headers: told })).toMatchObject({ envelope: { spf: 'fail' } });
    expect((await genuineOf({ provider: 'raw' })).envelope.spf).toBeNull();
  });
  it('of Postmark do not make an author the sender of the envelope', async () => {
    const { headers, path } = wire({ provider: 'postmark' });
    const mail = { From: 'a@b.example', RawEmail: 'x', Headers: [{ Name: 'Received-SPF', Value: 'Pass' }] };
    const verdict = await judge('postmark', { path, headers, body: Buffer.from(JSON.stringify(mail)) });
    expect(verdict).toMatchObject({ envelope: { spf: 'pass', envelopeFrom: null } });
  });
  it('are not believed when the sender may have written them', async () => {
    const { headers, path } = wire({ provider: 'postmark' });
    const forged = { From: 'a@b.example', RawEmail: 'x', Headers: [{ Name: 'Subject', Value: 'x' }] };
    forged.Headers.push(
      { Name: 'Received-SPF', Value: 'Pass' },
      { Name: 'X-Spam-Tests', Value: 'DKIM_VALID_AU' },
    );
    const verdict = await judge('postmark', { path, headers, body: Buffer.from(JSON.stringify(forged)) });
    expect(verdict).toMatchObject({ envelope: { spf: null, dkim: [], spamScore: null } });
  });
});

describe('the time of a signature', () => {
  const seconds = (count: number) => now + count * 1000;
  it.each([
    [-121, true],
    [-119, false],
    [119, false],
    [121, true],
  ])('at Mailgun %i s away is stale: %s', async (away, isStale) => {
    const { token } = await genuineOf({ provider: 'mailgun', now: seconds(away), token: 't0' });
    expect(token).toEqual({ value: 't0', isStale });
  });
  it.each([
    [-301, { refused: 'STALE' }],
    [-299, { token: null }],
    [299, { token: null }],
    [301, { refused: 'STALE' }],
  ])('at SendGrid %i s away gives %j', async (away, expected) => {
    expect(await judge('sendgrid', wire({ provider: 'sendgrid', now: seconds(away) }))).toMatchObject(
      expected,
    );
  });
});

/** Changes one byte, always to another one. */
const flipped = (bytes: Buffer, at: number, by: number) => {
  const changed = Buffer.from(bytes);
  const index = at % bytes.length;
  changed[index] = ((changed[index] ?? 0) + 1 + (by % 255)) % 256;
  return changed;
};
const anywhere = fc.tuple(fc.nat(), fc.nat(254));

describe('tampering', () => {
  it('with any byte of a SendGrid delivery is noticed', async () => {
    const request = wire({ provider: 'sendgrid' });
    await fc.assert(
      fc.asyncProperty(anywhere, async ([at, by]) => {
        const verdict = await judge('sendgrid', { ...request, body: flipped(request.body, at, by) });
        expect(verdict).toEqual({ refused: 'UNAUTHENTICATED' });
      }),
    );
  });
  it('with SendGrid’s signature or timestamp is noticed', async () => {
    const request = wire({ provider: 'sendgrid' });
    const name = 'x-twilio-email-event-webhook-signature';
    const signature = Buffer.from(request.headers[name] ?? '', 'base64');
    await fc.assert(
      fc.asyncProperty(anywhere, async ([at, by]) => {
        const changed = { ...request.headers, [name]: flipped(signature, at, by).toString('base64') };
        expect(await judge('sendgrid', { ...request, headers: changed })).toEqual({
          refused: 'UNAUTHENTICATED',
        });
      }),
    );
    for (const timestamp of ['', 'now', '-1', '1e9', String(now / 1000 + 1), `${now / 1000} `]) {
      const headers = { ...request.headers, 'x-twilio-email-event-webhook-timestamp': timestamp };
      expect(await judge('sendgrid', { ...request, headers })).toEqual({ refused: 'UNAUTHENTICATED' });
    }
  });
  it('with Mailgun’s timestamp, token or signature is noticed', async () => {
    const form = new URLSearchParams(wire({ provider: 'mailgun', token: 'abc123' }).body.toString());
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const hex = fc.constantFrom(...'0123456789abcdef');
    const name = fc.constantFrom('timestamp', 'token', 'signature');
    await fc.assert(
      fc.asyncProperty(name, fc.nat(), hex, async (field, at, digit) => {
        const value = form.get(field) ?? '';
        const index = at % value.length;
        fc.pre(value[index] !== digit);
        const changed = new URLSearchParams(form);
        changed.set(field, `${value.slice(0, index)}${digit}${value.slice(index + 1)}`);
        const verdict = await judge('mailgun', { path: '', headers, body: Buffer.from(changed.toString()) });
        expect(verdict).toEqual({ refused: 'UNAUTHENTICATED' });
      }),
    );
    for (const field of ['timestamp', 'token', 'signature']) {
      const without = new URLSearchParams(form);
      without.delete(field);
      const verdict = await judge('mailgun', { path: '', headers, body: Buffer.from(without.toString()) });
      expect(verdict).toEqual({ refused: 'UNAUTHENTICATED' });
    }
  });
  it('with a secret of /raw or Postmark is noticed', async () => {
    const secret = fc.string({ unit: 'binary', maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(secret, async (guess) => {
        fc.pre(guess !== inboundKeys.INBOUND_MAIL_SECRET && guess !== inboundKeys.POSTMARK_INBOUND_LOGIN);
        const bearer = { ...wire({ provider: 'raw' }), headers: { authorization: `Bearer ${guess}` } };
        expect(await judge('raw', bearer)).toEqual({ refused: 'UNAUTHENTICATED' });
        const basic = `Basic ${Buffer.from(guess).toString('base64')}`;
        const login = { ...wire({ provider: 'postmark' }), headers: { authorization: basic } };
        expect(await judge('postmark', login)).toEqual({ refused: 'UNAUTHENTICATED' });
      }),
    );
  });
});

describe('what is no request of theirs', () => {
  it.each(all)('never makes the adapter of %s throw', async (provider) => {
    const request = wire({ provider });
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.uint8Array({ maxLength: 200 }), async (json, bytes) => {
        await judge(provider, { ...request, body: Buffer.from(json) });
        await judge(provider, { ...request, body: Buffer.from(bytes) });
      }),
    );
  });
  it('is refused by /raw when it is not declared as a message', async () => {
    const request = wire({ provider: 'raw' });
    const headers = { ...request.headers, 'content-type': 'text/plain' };
    expect(await judge('raw', { ...request, headers })).toEqual({ refused: 'NOT_RFC822' });
  });
  it('tells a key of SendGrid that is unusable from a wrong signature', async () => {
    await expect(verifySendgrid(deliveryOf(wire({ provider: 'sendgrid' })), 'AAAA', now)).rejects.toThrow();
  });
});
