import { createRequire } from 'node:module';
import { isRecord, type JsonRecord, parseJson } from './control.ts';
import { type RunningSmtp, startSmtp } from './smtp.ts';

const { createTransport }: typeof import('nodemailer') = createRequire(
  new URL('../functions/package.json', import.meta.url),
)('nodemailer');

let smtp: RunningSmtp;

beforeAll(async () => {
  smtp = await startSmtp({ port: 0, smtpPort: 0 });
});
afterAll(() => smtp.close());
beforeEach(() => control('POST', 'reset'));

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const init: RequestInit = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  return parseJson(await (await fetch(`${smtp.url}/__control/${path}`, init)).text());
}

async function list(path: string): Promise<JsonRecord[]> {
  const found = await control('GET', path);
  return Array.isArray(found) ? found.filter(isRecord) : [];
}

const messages = () => list('messages');

function send(to = 'minji@example.com', url = smtp.smtpUrl): Promise<JsonRecord> {
  return createTransport({ url, socketTimeout: 1_000 })
    .sendMail({
      from: '닥터피치 <no-reply@doctorpitch.example>',
      to,
      subject: '이메일 주소를 확인해 주세요',
      text: '안녕하세요.\n확인 번호는 123456입니다.',
      html: '<p>안녕하세요.</p>',
      messageId: '<fixed@doctorpitch.example>',
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    .then(
      () => ({}),
      (error: unknown) => (isRecord(error) ? error : {}),
    );
}

describe('the SMTP stand-in', () => {
  it('takes a message and shows it as its reader sees it', async () => {
    expect(await send()).toEqual({});
    expect(await messages()).toMatchObject([
      {
        envelope: { from: 'no-reply@doctorpitch.example', to: ['minji@example.com'] },
        from: '"닥터피치" <no-reply@doctorpitch.example>',
        to: 'minji@example.com',
        subject: '이메일 주소를 확인해 주세요',
        text: expect.stringContaining('확인 번호는 123456입니다.'),
        html: expect.stringContaining('<p>안녕하세요.</p>'),
        messageId: '<fixed@doctorpitch.example>',
        headers: { 'auto-submitted': 'auto-generated' },
      },
    ]);
  });

  it('shows the messages of one recipient', async () => {
    await send('minji@example.com');
    await send('seojun@example.com');
    expect(await list('messages?to=seojun@example.com')).toHaveLength(1);
  });

  it('refuses another login, as relays do', async () => {
    const wrong = smtp.smtpUrl.replace('local-smtp', 'wrong');
    expect(await send('minji@example.com', wrong)).toMatchObject({ code: 'EAUTH', responseCode: 535 });
    expect(await messages()).toEqual([]);
  });

  it.each([
    [
      'a greeting of 421',
      { match: { step: 'connect' }, kind: 'status', status: 421 },
      { responseCode: 421 },
      0,
    ],
    ['no greeting', { match: { step: 'connect' }, kind: 'reset' }, { command: 'CONN' }, 0],
    ['a refused login', { match: { step: 'auth' }, kind: 'status', status: 535 }, { code: 'EAUTH' }, 0],
    [
      'a full mailbox',
      { match: { step: 'rcpt', to: 'minji@example.com' }, kind: 'status', status: 452 },
      { code: 'EENVELOPE', responseCode: 452 },
      0,
    ],
    [
      'an unknown recipient',
      { match: { step: 'rcpt' }, kind: 'status', status: 550 },
      { code: 'EENVELOPE', responseCode: 550 },
      0,
    ],
    [
      'refused content',
      { match: { step: 'data' }, kind: 'status', status: 554 },
      { code: 'EMESSAGE', responseCode: 554 },
      0,
    ],
    ['a lost answer', { match: { step: 'data' }, kind: 'reset', after: true }, { command: 'CONN' }, 1],
    [
      'a late answer',
      { match: { step: 'data' }, kind: 'delay', ms: 1_500, after: true },
      { code: 'ETIMEDOUT' },
      1,
    ],
  ])('plays %s', async (_what, fault, error, taken) => {
    await control('POST', 'fault', { ...fault, times: 1 });
    expect(await send()).toMatchObject(error);
    expect(await messages()).toHaveLength(taken);
    expect(await send()).toEqual({});
    expect(await messages()).toHaveLength(taken + 1);
  });

  it('spares other recipients, and everybody once the faults are off', async () => {
    await control('POST', 'fault', {
      match: { step: 'rcpt', to: 'gone@example.com' },
      kind: 'status',
      status: 550,
    });
    expect(await send('minji@example.com')).toEqual({});
    expect(await send('gone@example.com')).toMatchObject({ responseCode: 550 });
    await control('DELETE', 'faults');
    expect(await send('gone@example.com')).toEqual({});
  });

  it.each([
    { match: { step: 'nowhere' }, kind: 'status' },
    { match: { step: 'rcpt' }, kind: 'html502' },
    { match: { step: 'rcpt' }, kind: 'status', status: 250 },
    { match: { step: 'connect', to: 'minji@example.com' }, kind: 'reset' },
    { match: { step: 'rcpt' }, kind: 'reset', after: true },
  ])('refuses the fault %j', async (fault) => {
    expect(await control('POST', 'fault', fault)).toHaveProperty('error');
  });

  it('journals each step with its answer', async () => {
    await send();
    const steps = (await list('journal')).map(({ step, detail, reply }) => [step, detail, reply]);
    expect(steps).toEqual([
      ['connect', '', 220],
      ['auth', 'doctorpitch', 235],
      ['mail', 'no-reply@doctorpitch.example', 250],
      ['rcpt', 'minji@example.com', 250],
      ['data', 'minji@example.com', 250],
    ]);
  });
});
