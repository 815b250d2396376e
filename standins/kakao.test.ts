import { createHmac, createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isRecord, type JsonRecord, parseJson, type RunningStandin, readRecord } from './control.ts';
import { startKakao } from './kakao.ts';

let kakao: RunningStandin;

beforeAll(async () => {
  kakao = await startKakao({ port: 0, slowMs: 150 });
});
afterAll(() => kakao.close());
beforeEach(() => control('POST', 'reset'));

interface Answer {
  status: number;
  type: string | null;
  body: string;
}

async function call(
  method: string,
  path: string,
  authorization?: string,
  form?: JsonRecord,
): Promise<Answer> {
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  const init: RequestInit = { method, headers };
  if (form) init.body = new URLSearchParams(Object.entries(form).map(([key, value]) => [key, String(value)]));
  const response = await fetch(kakao.url + path, init);
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

async function control(method: string, path: string, body?: unknown): Promise<JsonRecord> {
  const init: RequestInit = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(`${kakao.url}/__control/${path}`, init);
  return readRecord(await response.text());
}

const json = 'application/json;charset=UTF-8';
const deadToken = { status: 401, type: json, body: '{"msg":"this access token does not exist","code":-401}' };
const notLinked = {
  status: 400,
  type: json,
  body: '{"msg":"this user is not linked to the app","code":-101}',
};
const adminKey = 'KakaoAK local-kakao-admin-key';
const minjiById = { target_id_type: 'user_id', target_id: 9000000001 };
const tokenInfo = (token: string): Promise<Answer> =>
  call('GET', '/v1/user/access_token_info', `Bearer ${token}`);

describe('GET /v1/user/access_token_info', () => {
  it('tells whose token it is, for which app and for how long', async () => {
    expect(await tokenInfo('kakao-token-minji')).toEqual({
      status: 200,
      type: json,
      body: '{"id":9000000001,"expires_in":21000,"app_id":123456}',
    });
  });

  it('names the other app for a token issued to another app', async () => {
    const { body } = await tokenInfo('kakao-token-other-app');
    expect(body).toBe('{"id":9000000005,"expires_in":21000,"app_id":654321}');
  });

  it.each(['kakao-token-nobody', 'kakao-token-expired'])('does not know %s', async (token) => {
    expect(await tokenInfo(token)).toEqual(deadToken);
  });

  it('refuses a missing header with -2', async () => {
    const { status, body } = await call('GET', '/v1/user/access_token_info');
    expect([status, readRecord(body).code]).toEqual([400, -2]);
  });

  it('counts down and then forgets a token as the clock is moved ahead', async () => {
    await control('POST', 'clock', { now: Date.now() + 20_000_000 });
    expect(readRecord((await tokenInfo('kakao-token-minji')).body).expires_in).toBe(1_000);
    await control('POST', 'clock', { now: Date.now() + 22_000_000 });
    expect(await tokenInfo('kakao-token-minji')).toEqual(deadToken);
  });
});

describe('/v2/user/me', () => {
  it('shows agreement flags and nothing else for a person who agreed to nothing', async () => {
    const { status, body } = await call('GET', '/v2/user/me', 'Bearer kakao-token-seojun');
    expect(status).toBe(200);
    expect(body).toBe(
      '{"id":9000000002,"connected_at":"2026-01-02T03:04:05Z","kakao_account":{' +
        '"profile_needs_agreement":true,"profile_nickname_needs_agreement":true,' +
        '"profile_image_needs_agreement":true,"name_needs_agreement":true,"email_needs_agreement":true,' +
        '"age_range_needs_agreement":true,"birthyear_needs_agreement":true,"birthday_needs_agreement":true,' +
        '"gender_needs_agreement":true,"phone_number_needs_agreement":true}}',
    );
  });

  it('keeps only the groups named in property_keys, with their agreement flags', async () => {
    const keys = encodeURIComponent('["kakao_account.email","kakao_account.phone_number"]');
    const { body } = await call('GET', `/v2/user/me?property_keys=${keys}`, 'Bearer kakao-token-minji');
    expect(body).toBe(
      '{"id":9000000001,"connected_at":"2026-01-02T03:04:05Z","kakao_account":{' +
        '"email_needs_agreement":false,"is_email_valid":true,"is_email_verified":true,' +
        '"email":"minji@example.com","phone_number_needs_agreement":false,"phone_number":"+82 10-0000-0001"}}',
    );
  });

  it('refuses an unknown property key with -201 and keys that are no JSON array with -2', async () => {
    const ask = (keys: string) =>
      call('POST', '/v2/user/me', 'Bearer kakao-token-minji', { property_keys: keys });
    expect(readRecord((await ask('["kakao_account.salary"]')).body).code).toBe(-201);
    expect(readRecord((await ask('kakao_account.email')).body).code).toBe(-2);
  });

  it('turns image addresses to https with secure_resource', async () => {
    const { body } = await call('POST', '/v2/user/me', 'Bearer kakao-token-minji', { secure_resource: true });
    expect(body).toContain('"profile_image_url":"https://k.kakaocdn.net/dn/minji/img_640x640.jpg"');
    expect(body).not.toContain('http://');
  });

  it('says when an e-mail address is not verified', async () => {
    const { body } = await call('GET', '/v2/user/me', 'Bearer kakao-token-unverified');
    expect(body).toContain('"is_email_verified":false,"email":"haeun@example.com"');
  });

  it('answers the admin key for a linked person and refuses the wrong key and unknown people', async () => {
    const found = await call('POST', '/v2/user/me', adminKey, minjiById);
    expect(readRecord(found.body).id).toBe(9000000001);
    const query = '/v2/user/me?target_id_type=user_id&target_id=9000000099';
    expect(readRecord((await call('GET', query, adminKey)).body).id).toBe(9000000099);
    const refused = await call('POST', '/v2/user/me', 'KakaoAK another-key', minjiById);
    expect([refused.status, readRecord(refused.body).code]).toEqual([401, -401]);
    for (const target_id of [9111111111, 9000000005]) {
      expect(await call('POST', '/v2/user/me', adminKey, { ...minjiById, target_id })).toEqual(notLinked);
    }
    expect(readRecord((await call('POST', '/v2/user/me', adminKey, {})).body).code).toBe(-2);
  });
});

describe('unlink and logout', () => {
  it('unlinks by token, after which the token is dead and the person not linked', async () => {
    const unlinked = await call('POST', '/v1/user/unlink', 'Bearer kakao-token-minji');
    expect(unlinked).toEqual({ status: 200, type: json, body: '{"id":9000000001}' });
    expect(await tokenInfo('kakao-token-minji')).toEqual(deadToken);
    expect(await call('POST', '/v2/user/me', adminKey, minjiById)).toEqual(notLinked);
  });

  it('unlinks by admin key once and answers -101 the second time', async () => {
    const unlinked = await call('POST', '/v1/user/unlink', adminKey, minjiById);
    expect(unlinked.body).toBe('{"id":9000000001}');
    expect(await call('POST', '/v1/user/unlink', adminKey, minjiById)).toEqual(notLinked);
  });

  it('logs out without unlinking', async () => {
    const out = await call('POST', '/v1/user/logout', 'Bearer kakao-token-minji');
    expect(out.body).toBe('{"id":9000000001}');
    expect(await tokenInfo('kakao-token-minji')).toEqual(deadToken);
    expect((await call('POST', '/v2/user/me', adminKey, minjiById)).status).toBe(200);
  });
});

describe('failing on purpose', () => {
  it('answers the fault tokens as their names say', async () => {
    expect(readRecord((await tokenInfo('fault-1-x')).body).code).toBe(-1);
    expect(await tokenInfo('fault-10-x')).toEqual({
      status: 400,
      type: json,
      body: '{"msg":"API limit has been exceeded.","code":-10}',
    });
    const page = await tokenInfo('fault-html502-x');
    expect([page.status, page.type]).toEqual([502, 'text/html;charset=UTF-8']);
    await expect(tokenInfo('fault-reset-x')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  });

  it('answers a slow token late, for the token named after the prefix', async () => {
    const startedAt = performance.now();
    const { body } = await tokenInfo('fault-slow-kakao-token-seojun');
    expect(performance.now() - startedAt).toBeGreaterThan(140);
    expect(readRecord(body).id).toBe(9000000002);
  });

  it('applies a control fault to matching requests as often as asked', async () => {
    const match = { method: 'get', path: '/v1/user/*', token: 'kakao-token-minji' };
    const body = { msg: 'off', code: -3 };
    await control('POST', 'fault', { match, kind: 'status', status: 403, body, times: 1 });
    expect((await tokenInfo('kakao-token-seojun')).status).toBe(200);
    expect(await tokenInfo('kakao-token-minji')).toMatchObject({
      status: 403,
      body: '{"msg":"off","code":-3}',
    });
    expect((await tokenInfo('kakao-token-minji')).status).toBe(200);
  });

  it('can lose the answer after the request took effect', async () => {
    await control('POST', 'fault', { match: { path: '/v1/user/unlink' }, kind: 'reset', after: true });
    await expect(call('POST', '/v1/user/unlink', adminKey, minjiById)).rejects.toThrow();
    await control('DELETE', 'faults');
    expect(await call('POST', '/v1/user/unlink', adminKey, minjiById)).toEqual(notLinked);
  });

  it('refuses a fault, a clock and a seed it cannot read', async () => {
    expect(await control('POST', 'fault', { kind: 'explode' })).toHaveProperty('error');
    expect(await control('POST', 'clock', { now: 'soon' })).toHaveProperty('error');
    expect(await control('POST', 'seed', { tokens: [{ token: 'x' }] })).toHaveProperty('error');
  });
});

describe('control', () => {
  it('journals vendor requests with headers, body and status, and forgets them on reset', async () => {
    await call('POST', '/v1/user/logout', adminKey, minjiById);
    const journal = async () => parseJson(await (await fetch(`${kakao.url}/__control/journal`)).text());
    expect(await journal()).toEqual([
      {
        at: expect.any(String),
        method: 'POST',
        path: '/v1/user/logout',
        query: '',
        headers: expect.objectContaining({ authorization: adminKey }),
        body: 'target_id_type=user_id&target_id=9000000001',
        status: 200,
      },
    ]);
    await control('POST', 'reset');
    expect(await journal()).toEqual([]);
  });

  it('takes seeded people and tokens until the next reset', async () => {
    await control('POST', 'seed', {
      people: [{ id: 9000000300, properties: { nickname: '한지민' } }],
      tokens: [{ token: 'seeded', id: 9000000300, expires_in: 60 }],
    });
    expect((await tokenInfo('seeded')).body).toBe('{"id":9000000300,"expires_in":60,"app_id":123456}');
    await control('POST', 'reset');
    expect(await tokenInfo('seeded')).toEqual(deadToken);
  });
});

interface PublishedKey {
  kid: string;
  alg: string;
  n: string;
  e: string;
}

function isPublishedKey(value: unknown): value is PublishedKey {
  return isRecord(value) && ['kid', 'alg', 'n', 'e'].every((name) => typeof value[name] === 'string');
}

async function publishedKeys(): Promise<PublishedKey[]> {
  const { keys } = readRecord((await call('GET', '/.well-known/jwks.json')).body);
  return Array.isArray(keys) ? keys.filter(isPublishedKey) : [];
}

function decodeJwt(token: string): { header: JsonRecord; claims: JsonRecord; signature: string } {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const read = (part: string) => readRecord(Buffer.from(part, 'base64url').toString());
  return { header: read(header), claims: read(claims), signature };
}

/** Whether a published key of the token's kid made its RS256 signature. */
async function isSignedByPublishedKey(token: string): Promise<boolean> {
  const { header, signature } = decodeJwt(token);
  const key = (await publishedKeys()).find(({ kid }) => kid === header.kid);
  if (!key || header.alg !== 'RS256') return false;
  const publicKey = createPublicKey({ key: { kty: 'RSA', n: key.n, e: key.e }, format: 'jwk' });
  const content = Buffer.from(token.slice(0, token.lastIndexOf('.')));
  return verify('RSA-SHA256', content, publicKey, Buffer.from(signature, 'base64url'));
}

async function idToken(order: JsonRecord): Promise<string> {
  return String((await control('POST', 'id-token', { id: 9000000001, ...order })).id_token);
}

describe('OpenID Connect', () => {
  it('publishes Kakao as issuer and two RSA keys where discovery says', async () => {
    const metadata = readRecord((await call('GET', '/.well-known/openid-configuration')).body);
    expect(metadata).toMatchObject({
      issuer: 'https://kauth.kakao.com',
      jwks_uri: `${kakao.url}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ['RS256'],
    });
    const keys = await publishedKeys();
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig' });
  });

  it('issues a right id_token with the claims the person agreed to', async () => {
    await control('POST', 'clock', { now: '2026-03-01T00:00:00Z' });
    const token = await idToken({ nonce: 'n-1' });
    const iat = Date.parse('2026-03-01T00:00:00Z') / 1000;
    expect(decodeJwt(token).claims).toEqual({
      iss: 'https://kauth.kakao.com',
      aud: 'local-kakao-native-key',
      sub: '9000000001',
      iat,
      auth_time: iat,
      exp: iat + 43_199,
      nonce: 'n-1',
      nickname: '김민지',
      picture: 'http://k.kakaocdn.net/dn/minji/img_110x110.jpg',
      email: 'minji@example.com',
    });
    expect(await isSignedByPublishedKey(token)).toBe(true);
    const sparse = decodeJwt(await idToken({ id: 9000000002, aud: 'local-kakao-rest-key' })).claims;
    expect(Object.keys(sparse)).toEqual(['iss', 'aud', 'sub', 'iat', 'auth_time', 'exp']);
  });

  it.each([
    ['wrong-aud', 'aud'],
    ['wrong-iss', 'iss'],
    ['wrong-nonce', 'nonce'],
    ['expired', 'exp'],
    ['not-yet', 'iat'],
  ])('issues on demand %s: well signed, but wrong in %s', async (kind, claim) => {
    const right = decodeJwt(await idToken({ nonce: 'n-1' })).claims;
    const token = await idToken({ kind, nonce: 'n-1' });
    expect(decodeJwt(token).claims[claim]).not.toEqual(right[claim]);
    expect(await isSignedByPublishedKey(token)).toBe(true);
  });

  it.each(['wrong-signature', 'unknown-kid', 'hs256', 'none'])(
    'issues on demand %s: signed by no published key',
    async (kind) => {
      expect(await isSignedByPublishedKey(await idToken({ kind }))).toBe(false);
    },
  );

  it('signs the hs256 forgery with the published key as the secret', async () => {
    const token = await idToken({ kind: 'hs256' });
    const { header, signature } = decodeJwt(token);
    const key = (await publishedKeys()).find(({ kid }) => kid === header.kid);
    const publicKey = createPublicKey({
      key: { kty: 'RSA', n: key?.n ?? '', e: key?.e ?? '' },
      format: 'jwk',
    });
    const secret = publicKey.export({ type: 'spki', format: 'pem' });
    const content = token.slice(0, token.lastIndexOf('.'));
    expect(createHmac('sha256', secret).update(content).digest('base64url')).toBe(signature);
    expect(decodeJwt(await idToken({ kind: 'none' }))).toMatchObject({
      header: { alg: 'none' },
      signature: '',
    });
  });

  it('rotates: new tokens use a new kid, old ones hold until their key is dropped', async () => {
    const before = await idToken({});
    const knownKids = (await publishedKeys()).map(({ kid }) => kid);
    await control('POST', 'rotate');
    const after = await idToken({});
    expect(knownKids).not.toContain(decodeJwt(after).header.kid);
    expect(await isSignedByPublishedKey(before)).toBe(true);
    await control('POST', 'rotate');
    expect(await isSignedByPublishedKey(before)).toBe(false);
    expect(await isSignedByPublishedKey(after)).toBe(true);
  });

  it('trades an authorisation code once', async () => {
    const trade = () =>
      call('POST', '/oauth/token', undefined, {
        grant_type: 'authorization_code',
        client_id: 'local-kakao-rest-key',
        code: 'code-for-kakao-token-minji',
      });
    expect(readRecord((await trade()).body)).toEqual({
      token_type: 'bearer',
      access_token: 'kakao-token-minji',
      id_token: expect.any(String),
      expires_in: 21_599,
      refresh_token: 'refresh-for-kakao-token-minji',
      refresh_token_expires_in: 5_183_999,
      scope: 'openid',
    });
    expect(await trade()).toEqual({
      status: 400,
      type: json,
      body:
        '{"error":"invalid_grant","error_description":"authorization code not found for ' +
        'code=code-for-kakao-token-minji","error_code":"KOE320"}',
    });
  });
});

interface Received {
  method: string;
  url: string;
  authorization: string | undefined;
  type: string | undefined;
  body: string;
}

/** Runs the work against a receiver that answers every webhook with the status given. */
async function withReceiver(
  status: number,
  work: (url: string, received: Received[]) => Promise<void>,
): Promise<void> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({
        method,
        url,
        authorization: headers.authorization,
        type: headers['content-type'],
        body,
      });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('webhooks', () => {
  it('posts an unlink form with the admin key, after the unlinking took effect', async () => {
    await withReceiver(200, async (url, received) => {
      const order = { url, user_id: 9000000001, referrer_type: 'ACCOUNT_DELETE', times: 2 };
      const { accepted, deliveries } = await control('POST', 'webhook/unlink', order);
      expect([accepted, deliveries]).toEqual([
        true,
        Array(2).fill({ status: 200, body: '', ms: expect.any(Number) }),
      ]);
      const sent = {
        method: 'POST',
        url: '/hook',
        authorization: adminKey,
        type: 'application/x-www-form-urlencoded;charset=utf-8',
        body: 'app_id=123456&user_id=9000000001&referrer_type=ACCOUNT_DELETE',
      };
      expect(received).toEqual([sent, sent]);
      expect(await tokenInfo('kakao-token-minji')).toEqual(deadToken);
    });
  });

  it('sends forged unlinks with a wrong or missing key, which change nothing at Kakao', async () => {
    await withReceiver(401, async (url, received) => {
      for (const key of ['wrong', 'missing']) {
        const order = { url, user_id: 9000000001, key };
        expect((await control('POST', 'webhook/unlink', order)).accepted).toBe(false);
      }
      expect(received.map(({ authorization }) => authorization)).toEqual([
        'KakaoAK not-the-admin-key',
        undefined,
      ]);
      expect((await tokenInfo('kakao-token-minji')).status).toBe(200);
    });
  });

  it('sends the unlink as a query string when the console says GET', async () => {
    await withReceiver(200, async (url, received) => {
      await control('POST', 'webhook/unlink', { url, user_id: '9111111111', method: 'GET' });
      expect(received[0]).toMatchObject({
        method: 'GET',
        url: '/hook?app_id=123456&user_id=9111111111&referrer_type=UNLINK_FROM_APPS',
        body: '',
      });
    });
  });

  it('pushes a bare signed security event token and asks for 202', async () => {
    await withReceiver(202, async (url, received) => {
      const order = { url, user_id: 9000000001, event: 'tokens-revoked', jti: 'j-1' };
      expect((await control('POST', 'webhook/account', order)).accepted).toBe(true);
      const token = received[0]?.body ?? '';
      expect(received[0]?.type).toBe('application/secevent+jwt');
      expect(await isSignedByPublishedKey(token)).toBe(true);
      const { header, claims } = decodeJwt(token);
      expect(header.typ).toBe('secevent+jwt');
      const subject = { subject_type: 'iss-sub', iss: 'https://kauth.kakao.com', sub: '9000000001' };
      expect(claims).toMatchObject({
        iss: 'https://kauth.kakao.com',
        aud: 'local-kakao-rest-key',
        jti: 'j-1',
        events: { 'https://schemas.openid.net/secevent/oauth/event-type/tokens-revoked': { subject } },
      });
      expect(await tokenInfo('kakao-token-minji')).toEqual(deadToken);
    });
  });

  it('reports a receiver that cannot be reached, and refuses an order without an address', async () => {
    const order = { url: 'http://127.0.0.1:1/hook', user_id: 9111111111 };
    const { accepted, deliveries } = await control('POST', 'webhook/unlink', order);
    expect([accepted, deliveries]).toMatchObject([false, [{ status: 0, error: expect.any(String) }]]);
    expect(await control('POST', 'webhook/unlink', { user_id: 1 })).toHaveProperty('error');
  });
});
