import {
  addresses,
  type Envelope,
  mailIdOf,
  messageKey,
  providerAt,
  type RefusalReason,
  rfcMessageIdOf,
  scoreOf,
  spfOf,
  statusOf,
} from './delivery.ts';

const mail = (head: string, body = '안녕하세요') => Buffer.from(`${head}\r\n\r\n${body}\r\n`);
const envelopeOf = (raw: Buffer | null, more: Partial<Envelope> = {}): Envelope => ({
  provider: 'mailgun',
  providerMessageId: null,
  envelopeFrom: 'desk@clinic.example',
  envelopeTo: ['regist@doctorpitch.example'],
  spf: null,
  dkim: [],
  spamScore: null,
  raw,
  ...more,
});

describe('the Message-ID', () => {
  it.each([
    ['Subject: x\r\nMessage-ID: <a@b.example>', '<a@b.example>'],
    ['message-id:<a@b.example>', '<a@b.example>'],
    ['Message-Id:\r\n <folded@b.example>', '<folded@b.example>'],
    ['Message-ID: bare@b.example', 'bare@b.example'],
    ['Message-ID: <a b@c>', null],
    ['Message-ID: ', null],
    ['X-Message-ID: <not@this.example>', null],
    ['Subject: x', null],
  ])('of %j is %j', (head, id) => {
    expect(rfcMessageIdOf(mail(head))).toBe(id);
  });
  it('is never taken from the body', () => {
    expect(rfcMessageIdOf(mail('Subject: x', 'Message-ID: <forwarded@b.example>'))).toBeNull();
    expect(rfcMessageIdOf(Buffer.from('Subject: x\n\nMessage-ID: <forwarded@b.example>\n'))).toBeNull();
  });
});

describe('a mail that is delivered again', () => {
  const raw = mail('Message-ID: <1@b.example>');
  const key = messageKey(envelopeOf(raw));
  it('is known by its bytes', () => {
    expect(mailIdOf(raw)).toBe(mailIdOf(Buffer.from(raw)));
    expect(mailIdOf(raw)).toMatch(/^[0-9a-f]{40}$/);
  });
  it('is known when its header has grown', () => {
    const again = mail('Received: from mx2.example\r\nMessage-ID: <1@b.example>\r\nX-Spam: no');
    expect(mailIdOf(again)).not.toBe(mailIdOf(raw));
    expect(messageKey(envelopeOf(again))).toBe(key);
  });
  it('is another one with another body, recipient or Message-ID', () => {
    for (const other of [
      envelopeOf(mail('Message-ID: <1@b.example>', '다른 병원')),
      envelopeOf(raw, { envelopeTo: ['regist+2@doctorpitch.example'] }),
      envelopeOf(mail('Message-ID: <2@b.example>')),
    ]) {
      expect(messageKey(other)).not.toBe(key);
    }
  });
  it('is known by the provider’s id when there is no message in it, and by its bytes alone when nothing names it', () => {
    const posted = envelopeOf(null, { providerMessageId: 'guid' });
    expect(messageKey(posted)).toBe(messageKey({ ...posted }));
    expect(messageKey(posted)).not.toBe(messageKey(envelopeOf(null, { providerMessageId: 'other' })));
    expect(messageKey(envelopeOf(null))).toBeNull();
    expect(messageKey(envelopeOf(mail('Subject: x')))).toBeNull();
  });
});

describe('the status a provider is told', () => {
  it.each<[RefusalReason, readonly [number, number, number, number]]>([
    ['NOT_FOUND', [404, 404, 404, 404]],
    ['METHOD_NOT_ALLOWED', [405, 405, 405, 405]],
    ['UNAUTHENTICATED', [401, 401, 401, 401]],
    ['STALE', [401, 401, 401, 503]],
    ['REPLAYED', [401, 401, 401, 401]],
    ['EMPTY', [400, 403, 406, 400]],
    ['TOO_LARGE', [413, 403, 406, 413]],
    ['NOT_RFC822', [415, 415, 415, 415]],
  ])('for %s to raw, Postmark, Mailgun and SendGrid is %j', (reason, expected) => {
    const providers = ['raw', 'postmark', 'mailgun', 'sendgrid'] as const;
    expect(providers.map((provider) => statusOf(reason, provider))).toEqual(expected);
  });
  it('is the common one where no provider is known', () => {
    expect(statusOf('NOT_FOUND', null)).toBe(404);
  });
});

describe('small things', () => {
  it.each([
    ['/raw', 'raw'],
    ['/postmark/', 'postmark'],
    ['/mailgun/mime', 'mailgun'],
    ['/sendgrid', 'sendgrid'],
    ['/', null],
    ['/raw/x', null],
    ['/constructor', null],
  ])('%s is %s', (path, provider) => {
    expect(providerAt(path)).toBe(provider);
  });
  it('addresses come sorted, once each, in small letters', () => {
    expect(addresses(['B@x.example, <a@x.example>', '접수 <b@X.example>', ' '])).toEqual([
      'a@x.example',
      'b@x.example',
    ]);
  });
  it('verdicts are one of SPF’s words, scores are numbers', () => {
    expect([spfOf('Pass (sender authorized)'), spfOf('SOFTFAIL'), spfOf('maybe'), spfOf(undefined)]).toEqual([
      'pass',
      'softfail',
      null,
      null,
    ]);
    expect([scoreOf('-0.1'), scoreOf('many'), scoreOf(undefined)]).toEqual([-0.1, null, null]);
  });
});
