/**
 * A local stand-in for Kakao Login: kapi.kakao.com and kauth.kakao.com on one port.
 *
 * Tokens that fail on purpose, by their beginning (Bearer only):
 *   fault-1-…        400 {"msg":…,"code":-1}: Kakao's temporary failure
 *   fault-10-…       400 {"msg":…,"code":-10}: quota used up
 *   fault-slow-T     answers for the token T after 5.5 s, just past a client that waits 5 s
 *   fault-reset-…    the connection is reset
 *   fault-html502-…  502 with an HTML page
 *
 * Beyond the shared control routes of control.ts:
 *   POST /__control/rotate            drops the older signing key and adds a new one; the newer always signs
 *   POST /__control/id-token          {id, kind?, aud?, nonce?} -> {id_token}; kinds: see kakao-jwts.ts
 *   POST /__control/webhook/unlink    {url, user_id, referrer_type?, key?: right|wrong|missing, method?, times?}
 *   POST /__control/webhook/account   {url, user_id, event?, kind?, jti?, times?}
 * Both webhook routes answer {accepted, deliveries: [{status, body, ms}]}. As at Kakao, a genuine unlink is
 * already in effect when its webhook goes out. A reset keeps the signing keys: a receiver may have cached them.
 */
import {
  authorizationOf,
  badGatewayPage,
  type Handler,
  json,
  type Routes,
  type RunningStandin,
  readRecord,
  StandinClock,
  serveStandin,
  startWhenMain,
  textOf,
  type WireReply,
  type WireRequest,
} from './control.ts';
import { KakaoAccounts, type LiveToken } from './kakao-accounts.ts';
import {
  consentedClaims,
  eventTokenClaims,
  idTokenClaims,
  isEventName,
  isJwtKind,
  issueJwt,
  issuer,
} from './kakao-jwts.ts';
import { type KakaoPerson, kakaoApp } from './kakao-people.ts';
import { refusals, userMeReply } from './kakao-replies.ts';
import { KeyRing } from './kakao-signing.ts';
import { sendAccountWebhook, sendUnlinkWebhook, webhookTargetOf } from './kakao-webhooks.ts';

interface Kakao {
  accounts: KakaoAccounts;
  clock: StandinClock;
  keys: KeyRing;
  slowMs: number;
}

const slowerThanClientsWaitMs = 5_500;

const failingTokens: readonly { prefix: string; reply: WireReply }[] = [
  { prefix: 'fault-1-', reply: refusals.temporary },
  { prefix: 'fault-10-', reply: refusals.quota },
  { prefix: 'fault-reset-', reply: { status: 0, cut: true } },
  { prefix: 'fault-html502-', reply: badGatewayPage },
];
const slowPrefix = 'fault-slow-';

function withTokenFaults(kakao: Kakao, handler: Handler): Handler {
  return async (request) => {
    const { scheme, credential } = authorizationOf(request.headers);
    if (scheme !== 'Bearer') return await handler(request);
    const failing = failingTokens.find(({ prefix }) => credential.startsWith(prefix));
    if (failing) return failing.reply;
    if (!credential.startsWith(slowPrefix)) return await handler(request);
    const authorization = `Bearer ${credential.slice(slowPrefix.length)}`;
    const reply = await handler({ ...request, headers: { ...request.headers, authorization } });
    return { ...reply, delayMs: kakao.slowMs };
  };
}

function fieldsOf(request: WireRequest): URLSearchParams {
  return request.method === 'POST' ? new URLSearchParams(request.body) : request.query;
}

/** Answers for the token's owner, or refuses as Kakao does. */
function forToken(kakao: Kakao, request: WireRequest, answer: (live: LiveToken) => WireReply): WireReply {
  const { scheme, credential } = authorizationOf(request.headers);
  if (scheme !== 'Bearer' || credential === '')
    return refusals.badParameter('the Authorization header is wrong');
  const live = kakao.accounts.liveToken(credential);
  return live ? answer(live) : refusals.deadToken;
}

function forAdminTarget(
  kakao: Kakao,
  request: WireRequest,
  answer: (person: KakaoPerson) => WireReply,
): WireReply {
  if (authorizationOf(request.headers).credential !== kakaoApp.adminKey) return refusals.wrongAppKey;
  const fields = fieldsOf(request);
  const targetId = fields.get('target_id') ?? '';
  if (fields.get('target_id_type') !== 'user_id' || !/^\d+$/.test(targetId)) {
    return refusals.badParameter('target_id_type and target_id are required');
  }
  const person = kakao.accounts.memberOfOurApp(Number(targetId));
  return person ? answer(person) : refusals.notLinked;
}

/** Answers for whoever a Bearer token or the admin key with its target points at. */
function forUser(
  kakao: Kakao,
  request: WireRequest,
  answer: (person: KakaoPerson, token?: string) => WireReply,
): WireReply {
  if (authorizationOf(request.headers).scheme === 'KakaoAK') {
    return forAdminTarget(kakao, request, (person) => answer(person));
  }
  return forToken(kakao, request, ({ person, token }) => answer(person, token));
}

function tokenInfo(kakao: Kakao, request: WireRequest): WireReply {
  return forToken(kakao, request, ({ person, expiresIn }) =>
    json(200, { id: person.id, expires_in: expiresIn, app_id: person.appId }),
  );
}

function userMe(kakao: Kakao, request: WireRequest): WireReply {
  return forUser(kakao, request, (person) => userMeReply(person, fieldsOf(request)));
}

function unlink(kakao: Kakao, request: WireRequest): WireReply {
  return forUser(kakao, request, ({ id }) => {
    kakao.accounts.unlink(id);
    return json(200, { id });
  });
}

/** With a token only that token dies; with the admin key all tokens of the person do. */
function logout(kakao: Kakao, request: WireRequest): WireReply {
  return forUser(kakao, request, ({ id }, token) => {
    if (token === undefined) kakao.accounts.revokeTokensOf(id);
    else kakao.accounts.revokeToken(token);
    return json(200, { id });
  });
}

function userinfo(kakao: Kakao, request: WireRequest): WireReply {
  return forToken(kakao, request, ({ person }) =>
    json(200, { sub: String(person.id), ...consentedClaims(person) }),
  );
}

/** The issuer is Kakao's own; the addresses are this server's, so that a client following them stays here. */
function discovery({ origin }: WireRequest): WireReply {
  return json(200, {
    issuer,
    authorization_endpoint: `${origin}/oauth/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    userinfo_endpoint: `${origin}/v1/oidc/userinfo`,
    jwks_uri: `${origin}/.well-known/jwks.json`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  });
}

function oauthError(status: number, error: string, description: string, code: string): WireReply {
  return json(status, { error, error_description: description, error_code: code });
}

/** Trades the code `code-for-<access token>`, once, for the tokens of that token's owner. */
function oauthToken(kakao: Kakao, request: WireRequest): WireReply {
  const fields = fieldsOf(request);
  const clientId = fields.get('client_id') ?? '';
  if (clientId !== kakaoApp.restKey && clientId !== kakaoApp.nativeKey) {
    return oauthError(401, 'invalid_client', 'no app has this client_id', 'KOE101');
  }
  if (fields.get('grant_type') !== 'authorization_code') {
    return oauthError(400, 'invalid_request', 'this grant_type is not supported here', 'KOE001');
  }
  const code = fields.get('code') ?? '';
  const live = kakao.accounts.redeemCode(code);
  if (!live) {
    return oauthError(400, 'invalid_grant', `authorization code not found for code=${code}`, 'KOE320');
  }
  return json(200, {
    token_type: 'bearer',
    access_token: live.token,
    id_token: issueJwt('right', kakao.keys, idTokenClaims(live.person, kakao.clock.now(), clientId)),
    expires_in: clientId === kakaoApp.restKey ? 21_599 : 43_199,
    refresh_token: `refresh-for-${live.token}`,
    refresh_token_expires_in: 5_183_999,
    scope: 'openid',
  });
}

function issueIdToken(kakao: Kakao, request: WireRequest): WireReply {
  const { id, kind = 'right', aud, nonce } = readRecord(request.body);
  const person = kakao.accounts.memberOfOurApp(Number(id));
  if (!person || !isJwtKind(kind))
    return json(400, { error: 'id must be a linked member and kind a known kind' });
  const claims = idTokenClaims(person, kakao.clock.now(), textOf(aud), textOf(nonce));
  return json(200, { id_token: issueJwt(kind, kakao.keys, claims) });
}

function badWebhookOrder(): WireReply {
  return json(400, { error: 'url and user_id are required; key, event and kind must be known ones' });
}

async function orderUnlinkWebhook(kakao: Kakao, request: WireRequest): Promise<WireReply> {
  const order = readRecord(request.body);
  const target = webhookTargetOf(order);
  const { key = 'right' } = order;
  if (!target || (key !== 'right' && key !== 'wrong' && key !== 'missing')) return badWebhookOrder();
  if (key === 'right') kakao.accounts.unlink(Number(target.userId));
  return await sendUnlinkWebhook(order, target);
}

async function orderAccountWebhook(kakao: Kakao, request: WireRequest): Promise<WireReply> {
  const order = readRecord(request.body);
  const target = webhookTargetOf(order);
  const { event = 'user-unlinked', kind = 'right' } = order;
  if (!target || !isEventName(event) || !isJwtKind(kind)) return badWebhookOrder();
  if (kind === 'right' && event === 'user-unlinked') kakao.accounts.unlink(Number(target.userId));
  if (kind === 'right' && event === 'tokens-revoked') kakao.accounts.revokeTokensOf(Number(target.userId));
  const claims = eventTokenClaims(target.userId, event, kakao.clock.now(), textOf(order.jti));
  const token = issueJwt(kind, kakao.keys, claims, { typ: 'secevent+jwt' });
  return await sendAccountWebhook(order, target.url, token);
}

function rotateKeys(kakao: Kakao): WireReply {
  kakao.keys.rotate();
  return json(200, { kids: kakao.keys.kids() });
}

function routesOf(kakao: Kakao): Routes {
  const userRoute = (answer: (kakao: Kakao, request: WireRequest) => WireReply): Handler =>
    withTokenFaults(kakao, (request) => answer(kakao, request));
  return {
    'GET /v1/user/access_token_info': userRoute(tokenInfo),
    'POST /v1/user/access_token_info': userRoute(tokenInfo),
    'GET /v2/user/me': userRoute(userMe),
    'POST /v2/user/me': userRoute(userMe),
    'POST /v1/user/unlink': userRoute(unlink),
    'POST /v1/user/logout': userRoute(logout),
    'GET /v1/oidc/userinfo': userRoute(userinfo),
    'GET /.well-known/openid-configuration': discovery,
    'GET /.well-known/jwks.json': () => json(200, kakao.keys.publicKeySet()),
    'POST /oauth/token': (request) => oauthToken(kakao, request),
    'POST /__control/rotate': () => rotateKeys(kakao),
    'POST /__control/id-token': (request) => issueIdToken(kakao, request),
    'POST /__control/webhook/unlink': (request) => orderUnlinkWebhook(kakao, request),
    'POST /__control/webhook/account': (request) => orderAccountWebhook(kakao, request),
  };
}

export interface KakaoOptions {
  port?: number;
  /** How long a `fault-slow-` token takes. */
  slowMs?: number;
}

export async function startKakao(options: KakaoOptions = {}): Promise<RunningStandin> {
  const clock = new StandinClock();
  const accounts = new KakaoAccounts(clock);
  const slowMs = options.slowMs ?? slowerThanClientsWaitMs;
  return await serveStandin({
    name: 'kakao stand-in',
    routes: routesOf({ accounts, clock, keys: new KeyRing(), slowMs }),
    reset: () => accounts.reset(),
    seed: (data) => accounts.seed(data),
    clock,
    port: options.port,
    defaultPort: 9410,
  });
}

startWhenMain('standins/kakao.ts', startKakao);
