import fc from 'fast-check';
import { acceptSmtpUrl, readMailbox } from '../platform/config.ts';
import { letter } from './letter.ts';
import {
  type Claim,
  claim,
  giveUpAfterMs,
  leaseMs,
  messageIdOf,
  nextAttempt,
  readFailure,
  sendingMs,
  waitAfter,
} from './outbox.ts';
import { type MailState, mailStates, newMailSchema } from './schema.ts';

const minute = 60_000;
const hour = 60 * minute;
const at = (ms: number) => ({
  seconds: Math.floor(ms / 1000),
  nanoseconds: 0,
  toMillis: () => ms,
  toDate: () => new Date(ms),
});
const mail = {
  kind: 'verifyEmail',
  uid: 'kakao:9000000001',
  to: 'minji@example.com',
  subject: '이메일 주소를 확인해 주세요',
  text: '안녕하세요.',
  html: null,
};

describe('what may be queued', () => {
  it('is a letter to one address', () => {
    expect(newMailSchema.parse(mail)).toEqual(mail);
    const headers = { 'Auto-Submitted': 'auto-replied', 'In-Reply-To': '<a@b.example>' };
    expect(newMailSchema.parse({ ...mail, headers }).headers).toEqual(headers);
  });

  it('never holds a line end or control character in what becomes a header', () => {
    const breaking = fc.constantFrom('\r', '\n', '\r\n', '\0', '\t', '\u2028', '\u2029', '\u0085', '\u007f');
    const around = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(around, breaking, around, (before, sign, after) => {
        const value = `${before}${sign}${after}`;
        for (const changed of [
          { subject: value },
          { to: `${value}@example.com` },
          { to: `minji@example.com${sign}Bcc: other@example.com` },
          { headers: { 'In-Reply-To': value } },
          { headers: { References: value } },
        ])
          expect(newMailSchema.safeParse({ ...mail, ...changed }).success).toBe(false);
      }),
    );
  });

  it.each([
    'minji@example.com, seojun@example.com',
    'Minji <minji@example.com>',
    'minji@example',
    'minji',
    '@example.com',
    '',
    `${'a'.repeat(250)}@example.com`,
  ])('never goes to %j', (to) => expect(newMailSchema.safeParse({ ...mail, to }).success).toBe(false));

  it.each(['Bcc', 'To', 'From', 'Message-ID', 'X-Anything'])('cannot set the header %s', (name) => {
    expect(newMailSchema.safeParse({ ...mail, headers: { [name]: 'a@b.example' } }).success).toBe(false);
  });
});

describe('the Message-ID', () => {
  it('is the same for the same mail, another for another, and names nobody', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
        const made = messageIdOf(one, 'no-reply@doctorpitch.example');
        expect(made).toMatch(/^<[0-9a-f]{40}@doctorpitch\.example>$/);
        expect(messageIdOf(one, 'no-reply@doctorpitch.example')).toBe(made);
        expect(messageIdOf(other, 'no-reply@doctorpitch.example') === made).toBe(one === other);
      }),
    );
  });
});

describe('trying again', () => {
  it('waits longer and longer: 1, 5, 15 minutes, 1, 3, 6, 6 … hours', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 50].map((attempts) => waitAfter(attempts) / minute);
    expect(waits).toEqual([1, 5, 15, 60, 180, 360, 360, 360]);
  });

  it('gives up within a day, after nine attempts when each fails at once', () => {
    let attempts = 1;
    for (let now: number | null = 0; now !== null; attempts++) {
      now = nextAttempt(now, 0, attempts);
      if (now === null) break;
      expect(now).toBeLessThanOrEqual(giveUpAfterMs);
    }
    expect(attempts).toBe(9);
  });

  it('never plans an attempt in the past, nor later than a day after the mail was queued', () => {
    fc.assert(
      fc.property(fc.nat(48 * hour), fc.integer({ min: 1, max: 30 }), (age, attempts) => {
        const next = nextAttempt(age, 0, attempts);
        if (next !== null) expect(next > age && next <= giveUpAfterMs).toBe(true);
        else expect(age + waitAfter(attempts)).toBeGreaterThan(giveUpAfterMs);
      }),
    );
  });
});

describe('who may send a mail', () => {
  const now = 100 * hour;
  const found = (state: MailState, changes: Partial<Parameters<typeof claim>[0]> = {}): Claim =>
    claim(
      {
        state,
        text: '안녕하세요.',
        attempts: 1,
        createdAt: at(now - hour),
        leaseUntil: state === 'SENDING' ? at(now) : null,
        nextAttemptAt: at(now),
        ...changes,
      },
      now,
    );

  it.each<[string, Claim, Claim]>([
    ['what waits and is due', found('PENDING'), 'send'],
    ['what waits and is not due', found('PENDING', { nextAttemptAt: at(now + 1) }), 'leave'],
    [
      'a new one, whatever the clock of who queued it',
      found('PENDING', { attempts: 0, nextAttemptAt: at(now + minute) }),
      'send',
    ],
    ['what a dead worker left', found('SENDING'), 'send'],
    ['what a worker is at', found('SENDING', { leaseUntil: at(now + 1) }), 'leave'],
    ['what a dead worker left, too soon', found('SENDING', { nextAttemptAt: at(now + 1) }), 'leave'],
    ['what workers have died at for a day', found('SENDING', { createdAt: at(now - 25 * hour) }), 'giveUp'],
    ['what an operator wants again, days later', found('PENDING', { createdAt: at(0) }), 'send'],
    ['what has no text any more', found('PENDING', { text: '' }), 'refuseEmpty'],
    ['what is sent', found('SENT'), 'leave'],
    ['what has failed', found('FAILED'), 'leave'],
  ])('%s: %s', (_what, claimed, expected) => expect(claimed).toBe(expected));

  it('is one worker: a lease outlasts a sending, and a leased mail is nobody else’s', () => {
    expect(sendingMs).toBeLessThan(leaseMs);
    const moment = fc.nat(48 * hour);
    fc.assert(
      fc.property(
        moment,
        moment,
        moment,
        fc.constantFrom(...mailStates),
        (time, leaseUntil, nextAttemptAt, state) => {
          const claimed = claim(
            {
              state,
              text: 'x',
              attempts: 3,
              createdAt: at(0),
              leaseUntil: at(leaseUntil),
              nextAttemptAt: at(nextAttemptAt),
            },
            time,
          );
          if (state === 'SENDING' && leaseUntil > time) expect(claimed).toBe('leave');
          if (state === 'SENT' || state === 'FAILED') expect(claimed).toBe('leave');
        },
      ),
    );
  });
});

describe('what an error means', () => {
  const again = { again: true, ours: false };
  const never = { again: false, ours: false };
  const ours = { again: true, ours: true };
  it.each([
    [{ code: 'ECONNECTION' }, { ...again, failure: 'UNREACHABLE' }],
    [
      { code: 'ESOCKET', originalCode: 'ECONNREFUSED' },
      { ...again, failure: 'UNREACHABLE' },
    ],
    [{ code: 'EDNS' }, { ...again, failure: 'DNS' }],
    [{ code: 'ETIMEDOUT' }, { ...again, failure: 'TIMEOUT' }],
    [{ code: 'EABORT' }, { ...again, failure: 'TIMEOUT' }],
    [
      { code: 'EPROTOCOL', responseCode: 421, command: 'CONN' },
      { ...again, failure: 'SMTP_421' },
    ],
    [
      { code: 'EPROTOCOL', responseCode: 554, command: 'CONN' },
      { ...ours, failure: 'SMTP_554' },
    ],
    [
      { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' },
      { ...ours, failure: 'AUTH' },
    ],
    [
      { code: 'EAUTH', responseCode: 454, command: 'AUTH PLAIN' },
      { ...ours, failure: 'AUTH' },
    ],
    [
      { code: 'EENVELOPE', responseCode: 530, command: 'MAIL FROM' },
      { ...ours, failure: 'AUTH' },
    ],
    [
      { code: 'EENVELOPE', responseCode: 550, command: 'MAIL FROM' },
      { ...ours, failure: 'SMTP_550' },
    ],
    [{ code: 'ECONFIG' }, { ...ours, failure: 'CONFIG' }],
    [
      { code: 'EENVELOPE', responseCode: 451, command: 'RCPT TO' },
      { ...again, failure: 'SMTP_451' },
    ],
    [
      { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' },
      { ...never, failure: 'SMTP_550' },
    ],
    [
      { code: 'EENVELOPE', command: 'API' },
      { ...never, failure: 'BAD_ADDRESS' },
    ],
    [
      { code: 'EMESSAGE', responseCode: 554, command: 'DATA' },
      { ...never, failure: 'SMTP_554' },
    ],
    [
      { code: 'EENVELOPE', responseCode: 552, command: 'MAIL FROM' },
      { ...never, failure: 'SMTP_552' },
    ],
    [
      { code: 'ECONNECTION', command: 'CONN' },
      { ...again, failure: 'UNREACHABLE' },
    ],
    [new TypeError('boom'), { ...again, failure: 'UNKNOWN' }],
  ])('%o', (error, verdict) => expect(readFailure(error)).toEqual(verdict));

  it('is always a stable code the schema takes, whatever is thrown', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.oneof(fc.anything(), fc.double()),
        fc.anything(),
        (code, responseCode, command) => {
          expect(readFailure({ code, responseCode, command }).failure).toMatch(/^[A-Z0-9_]{1,40}$/);
        },
      ),
    );
    fc.assert(
      fc.property(fc.anything(), (error) => {
        expect(readFailure(error).again).toBe(true);
      }),
    );
  });
});

describe('a letter', () => {
  const content = {
    greeting: '민지님, 안녕하세요.',
    paragraphs: ['이메일 주소를 확인해 주세요.'],
    action: { label: '확인하기', url: 'https://doctorpitch.example/verify?code=a&lang=ko' },
    code: '123456',
    footer: '요청하지 않으셨다면 이 메일을 무시해 주세요.',
  };

  it('says the same as text and as HTML, and who sends it', () => {
    const { text, html } = letter(content);
    for (const said of [content.greeting, ...content.paragraphs, '123456', '확인하기', content.footer]) {
      expect(text).toContain(said);
      expect(html).toContain(said);
    }
    expect(text).toContain('\nhttps://doctorpitch.example/verify?code=a&lang=ko');
    expect(html).toContain('href="https://doctorpitch.example/verify?code=a&amp;lang=ko"');
    for (const said of ['발신 전용', '닥터피치']) expect(text).toContain(said);
    expect(html).toContain('<html lang="ko">');
  });

  it('does not call itself send-only where answers are read', () => {
    const { text, html } = letter({ ...content, answerable: true });
    expect(text + html).not.toContain('발신 전용');
    expect(text).toContain('닥터피치 드림');
  });

  it('lets nothing it quotes become markup', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('<', '>', '"', "'", '&', '=', '\n', ' ', 'script', '/', '가'),
    });
    const tags = (html: string) => html.match(/<[^>]*>/g)?.filter((tag) => tag !== '<br>');
    const plain = letter({ greeting: '', paragraphs: [''], code: '', footer: 'x' });
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (greeting, body, code, footer) => {
        const { html } = letter({ greeting, paragraphs: [body], code, footer: `x${footer}` });
        expect(tags(html)).toEqual(tags(plain.html));
      }),
    );
    const url = 'https://doctorpitch.example/?q="><script>alert(1)</script>';
    expect(letter({ ...content, action: { label: '<b>', url } }).html).not.toMatch(/<script|<b>/);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '/verify', ''])('has no button to %j', (url) => {
    expect(() => letter({ ...content, action: { label: '확인', url } })).toThrow(TypeError);
  });
});

describe('the settings of mail', () => {
  it('name a relay with TLS on a public host', () => {
    expect(acceptSmtpUrl('smtps://user%40a.example:p%3Aw@smtp.example.com', false)).toEqual({
      host: 'smtp.example.com',
      port: 465,
      secure: true,
      auth: { user: 'user@a.example', pass: 'p:w' },
    });
    expect(acceptSmtpUrl('smtps://smtp.example.com:1465', false)).toEqual({
      host: 'smtp.example.com',
      port: 1465,
      secure: true,
    });
  });

  it.each([
    'smtp://user:s3cret@smtp.example.com:587',
    'smtps://user:s3cret@localhost:465',
    'smtps://user:s3cret@127.0.0.1',
    'smtps://user:s3cret@127.1',
    'smtps://user:s3cret@[::1]',
    'https://user:s3cret@smtp.example.com',
    'smtps://user:s3cret@',
    's3cret',
    '',
  ])('production refuses %s, without quoting the password', (url) => {
    expect(() => acceptSmtpUrl(url, false)).toThrow(/^Refusing (?!.*s3cret)/);
  });

  it('reach the stand-in from the emulator', () => {
    expect(acceptSmtpUrl('smtp://doctorpitch:local-smtp@127.0.0.1:9803', true)).toMatchObject({
      host: '127.0.0.1',
      port: 9803,
      secure: false,
    });
  });

  it.each([
    [
      '닥터피치 <no-reply@doctorpitch.example>',
      { name: '닥터피치', address: 'no-reply@doctorpitch.example' },
    ],
    ['"닥터피치" <a@b.example>', { name: '닥터피치', address: 'a@b.example' }],
    ['a@b.example', { name: '', address: 'a@b.example' }],
  ])('read the sender %s', (value, mailbox) => expect(readMailbox(value)).toEqual(mailbox));

  it.each(['', '닥터피치', 'a@b.example, c@d.example', 'x\n<a@b.example>', '<a b@c>'])(
    'refuse the sender %j',
    (value) => expect(() => readMailbox(value)).toThrow(/MAIL_FROM/),
  );
});
