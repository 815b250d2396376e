/**
 * A local stand-in for FCM HTTP v1 (`fcm.googleapis.com`): takes messages and delivers none. What becomes of a message is
 * in its token; everything that cannot be a message is refused as FCM does.
 */
import {
  authorizationOf,
  isRecord,
  type JsonRecord,
  json,
  type RunningStandin,
  readRecord,
  StandinClock,
  serveStandin,
  startWhenMain,
  textOf,
  type WireReply,
  type WireRequest,
} from './control.ts';

const mostBytes = 4096;
const longestTtlSeconds = 28 * 86_400;
const busySeconds = 90;
const flakyTimes = 2;

interface Taken {
  readonly at: string;
  readonly message: JsonRecord;
}

interface Desk {
  readonly clock: StandinClock;
  readonly taken: Taken[];
  readonly dead: Set<string>;
  /** When a busy token has quota again, ms. */
  readonly busyUntil: Map<string, number>;
  readonly flaked: Map<string, number>;
}

const fcmError = (errorCode: string) => ({
  '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError',
  errorCode,
});
const badRequest = (field: string, description: string) => ({
  '@type': 'type.googleapis.com/google.rpc.BadRequest',
  fieldViolations: [{ field, description }],
});

function refusal(code: number, status: string, message: string, ...details: JsonRecord[]): WireReply {
  return json(code, { error: { code, message, status, ...(details.length > 0 ? { details } : {}) } });
}

const invalid = (field: string, message: string) =>
  refusal(400, 'INVALID_ARGUMENT', message, badRequest(field, message), fcmError('INVALID_ARGUMENT'));

const recordAt = (value: unknown, key: string): JsonRecord => {
  const found = isRecord(value) ? value[key] : undefined;
  return isRecord(found) ? found : {};
};

const isReserved = (key: string) => key === 'from' || key === 'message_type' || /^(google\.|gcm\.)/.test(key);

function faultInData(data: JsonRecord): string | undefined {
  const wrong = Object.entries(data).find(([, value]) => typeof value !== 'string');
  if (wrong) return `Invalid value at 'message.data[0].value' (TYPE_STRING), ${String(wrong[1])}`;
  const reserved = Object.keys(data).find(isReserved);
  return reserved === undefined ? undefined : `Invalid data payload key: ${reserved}`;
}

function faultInAndroid(android: JsonRecord): string | undefined {
  const ttl = textOf(android.ttl);
  if (ttl === undefined) return undefined;
  const seconds = /^\d+(\.\d+)?s$/.test(ttl) ? Number.parseFloat(ttl) : Number.NaN;
  return seconds <= longestTtlSeconds ? undefined : `Invalid value at 'message.android.ttl', ${ttl}`;
}

function faultInApns(apns: JsonRecord): string | undefined {
  const headers = recordAt(apns, 'headers');
  if (Object.values(headers).some((value) => typeof value !== 'string'))
    return "Invalid value at 'message.apns.headers'";
  const collapseId = textOf(headers['apns-collapse-id']) ?? '';
  return Buffer.byteLength(collapseId) > 64 ? 'apns-collapse-id is longer than 64 bytes' : undefined;
}

/** Why FCM would refuse the message whoever it is for. */
function faultIn(message: JsonRecord): WireReply | undefined {
  const targets = ['token', 'topic', 'condition'].filter((key) => message[key] !== undefined);
  if (targets.length !== 1 || !textOf(message.token))
    return invalid('message', 'Exactly one of token, topic or condition is required');
  const fault =
    faultInData(recordAt(message, 'data')) ??
    faultInAndroid(recordAt(message, 'android')) ??
    faultInApns(recordAt(message, 'apns'));
  if (fault !== undefined) return invalid('message', fault);
  const payload = JSON.stringify([message.notification ?? {}, message.data ?? {}]);
  return Buffer.byteLength(payload) > mostBytes ? invalid('message', 'Message is too big') : undefined;
}

const unregistered = () =>
  refusal(404, 'NOT_FOUND', 'Requested entity was not found.', fcmError('UNREGISTERED'));
const unclear = () =>
  refusal(400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.', fcmError('INVALID_ARGUMENT'));

function whenBusy({ clock, busyUntil }: Desk, token: string): WireReply | undefined {
  const until = busyUntil.get(token) ?? clock.now() + busySeconds * 1000;
  busyUntil.set(token, until);
  if (clock.now() >= until) return undefined;
  const reply = refusal(
    429,
    'RESOURCE_EXHAUSTED',
    'Quota exceeded for quota metric.',
    fcmError('QUOTA_EXCEEDED'),
  );
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(busySeconds) } };
}

function whenFlaky({ flaked }: Desk, token: string): WireReply | undefined {
  const times = flaked.get(token) ?? 0;
  flaked.set(token, times + 1);
  return times >= flakyTimes
    ? undefined
    : refusal(503, 'UNAVAILABLE', 'The service is currently unavailable.', fcmError('UNAVAILABLE'));
}

type Manner = (desk: Desk, token: string, isProbe: boolean) => WireReply | undefined;

/** What the beginning of a token means. */
const manners: Readonly<Record<string, Manner>> = {
  'dead-': unregistered,
  'gone-': () => refusal(404, 'NOT_FOUND', 'Requested entity was not found.'),
  'bad-': () => invalid('message.token', 'The registration token is not a valid FCM registration token'),
  'odd-': unclear,
  'picky-': (_desk, _token, isProbe) => (isProbe ? undefined : unclear()),
  'other-': () => refusal(403, 'PERMISSION_DENIED', 'SenderId mismatch', fcmError('SENDER_ID_MISMATCH')),
  'denied-': () =>
    refusal(403, 'PERMISSION_DENIED', "Permission 'cloudmessaging.messages.create' denied on resource"),
  'busy-': whenBusy,
  'flaky-': whenFlaky,
  'broken-': () => refusal(500, 'INTERNAL', 'Internal error encountered.', fcmError('INTERNAL')),
  'apns-': () =>
    refusal(
      401,
      'UNAUTHENTICATED',
      'Auth error from APNS or Web Push Service',
      fcmError('THIRD_PARTY_AUTH_ERROR'),
    ),
};

function send(desk: Desk, request: WireRequest): WireReply {
  const { scheme, credential } = authorizationOf(request.headers);
  if (scheme !== 'Bearer' || credential === '')
    return refusal(401, 'UNAUTHENTICATED', 'Request is missing required authentication credential.');
  const { message, validate_only: isProbe } = readRecord(request.body);
  if (!isRecord(message)) return invalid('message', 'The message is missing');
  const fault = faultIn(message);
  if (fault) return fault;
  const token = textOf(message.token) ?? '';
  const prefix = Object.keys(manners).find((each) => token.startsWith(each)) ?? '';
  const refused = desk.dead.has(token) ? unregistered() : manners[prefix]?.(desk, token, isProbe === true);
  if (refused) return refused;
  const project = `projects/${request.params.project}/messages`;
  if (isProbe === true) return json(200, { name: `${project}/fake_message_id` });
  desk.taken.push({ at: new Date(desk.clock.now()).toISOString(), message });
  return json(200, { name: `${project}/0:${desk.taken.length}` });
}

function takenFor({ taken }: Desk, { query }: WireRequest): WireReply {
  const token = query.get('token');
  return json(200, token === null ? taken : taken.filter(({ message }) => message.token === token));
}

export interface FcmOptions {
  port?: number;
}

export async function startFcm(options: FcmOptions = {}): Promise<RunningStandin> {
  const clock = new StandinClock();
  const desk: Desk = { clock, taken: [], dead: new Set(), busyUntil: new Map(), flaked: new Map() };
  return await serveStandin({
    name: 'FCM stand-in',
    routes: {
      'POST /v1/projects/:project/messages:send': (request) => send(desk, request),
      'GET /__control/messages': (request) => takenFor(desk, request),
    },
    reset: () => {
      desk.taken.length = 0;
      for (const each of [desk.dead, desk.busyUntil, desk.flaked]) each.clear();
    },
    seed: (data) => {
      if (!isRecord(data) || !Array.isArray(data.dead)) throw new Error('the seed must be {dead: [token]}');
      for (const token of data.dead) desk.dead.add(String(token));
    },
    clock,
    port: options.port,
    defaultPort: 9805,
  });
}

startWhenMain('standins/fcm.ts', startFcm);
