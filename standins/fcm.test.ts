import type { RunningStandin } from './control.ts';
import { startFcm } from './fcm.ts';

let fcm: RunningStandin;
beforeAll(async () => {
  fcm = await startFcm({ port: 0 });
});
afterAll(() => fcm.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${fcm.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });

async function send(message: unknown, more: Record<string, unknown> = {}, bearer = 'owner') {
  const headers: Record<string, string> = bearer === '' ? {} : { authorization: `Bearer ${bearer}` };
  const response = await post('/v1/projects/p/messages:send', { message, ...more }, headers);
  const answer: unknown = await response.json();
  return { status: response.status, retryAfter: response.headers.get('retry-after'), answer };
}

const errorCode = (answer: unknown) => /"errorCode":"([A-Z_]+)"/.exec(JSON.stringify(answer))?.[1] ?? 'none';

describe('the stand-in of FCM', () => {
  it('takes a message and shows it', async () => {
    const message = {
      token: 'phone-1',
      notification: { title: '안녕', body: '하세요' },
      data: { kind: 'reply' },
    };
    expect(await send(message)).toMatchObject({
      status: 200,
      answer: { name: expect.stringMatching(/^projects\/p\/messages\//) },
    });
    const taken = await (await fetch(`${fcm.url}/__control/messages?token=phone-1`)).json();
    expect(taken).toMatchObject([{ message }]);
  });

  it.each([
    ['dead-1', 404, 'UNREGISTERED'],
    ['gone-1', 404, 'none'],
    ['bad-1', 400, 'INVALID_ARGUMENT'],
    ['odd-1', 400, 'INVALID_ARGUMENT'],
    ['other-1', 403, 'SENDER_ID_MISMATCH'],
    ['denied-1', 403, 'none'],
    ['broken-1', 500, 'INTERNAL'],
    ['apns-1', 401, 'THIRD_PARTY_AUTH_ERROR'],
  ])('answers the token %s with %i %s', async (token, status, code) => {
    const answered = await send({ token });
    expect(answered.status).toBe(status);
    expect(errorCode(answered.answer)).toBe(code);
  });

  it('has no quota for a busy token until its clock has passed Retry-After', async () => {
    expect(await send({ token: 'busy-1' })).toMatchObject({ status: 429, retryAfter: '90' });
    await post('/__control/clock', { now: Date.now() + 91_000 });
    expect((await send({ token: 'busy-1' })).status).toBe(200);
    await post('/__control/clock', { now: null });
  });
  it('fails a flaky token twice', async () => {
    const statuses = [];
    for (let times = 0; times < 3; times += 1) statuses.push((await send({ token: 'flaky-1' })).status);
    expect(statuses).toEqual([503, 503, 200]);
  });
  it('lets a picky token pass a probe, and takes no probe for a message', async () => {
    expect((await send({ token: 'picky-1' })).status).toBe(400);
    expect((await send({ token: 'picky-1' }, { validate_only: true })).status).toBe(200);
    expect(await (await fetch(`${fcm.url}/__control/messages?token=picky-1`)).json()).toEqual([]);
  });
  it('unregisters what it is told to', async () => {
    await post('/__control/seed', { dead: ['phone-9'] });
    expect((await send({ token: 'phone-9' })).status).toBe(404);
  });

  it.each([
    ['no token', {}],
    ['two targets', { token: 't', topic: 'x' }],
    ['data that is no text', { token: 't', data: { n: 1 } }],
    ['a reserved key', { token: 't', data: { from: 'x' } }],
    ['a key of Google’s', { token: 't', data: { 'google.x': 'x' } }],
    ['more than 4 KB', { token: 't', data: { a: '가'.repeat(1500) } }],
    ['a bad time to live', { token: 't', android: { ttl: '5 minutes' } }],
    ['a long collapse id', { token: 't', apns: { headers: { 'apns-collapse-id': 'x'.repeat(65) } } }],
    ['a header that is no text', { token: 't', apns: { headers: { 'apns-priority': 5 } } }],
  ])('refuses %s', async (_name, message) => {
    expect((await send(message)).status).toBe(400);
  });
  it('refuses who does not say who they are', async () => {
    expect((await send({ token: 't' }, {}, '')).status).toBe(401);
  });
});
