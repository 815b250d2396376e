/** The app as a phone has it: the client SDK against the running suite; and the server's own view, for looking. */
import { randomUUID } from 'node:crypto';
import { deleteApp, type FirebaseApp, initializeApp } from 'firebase/app';
import {
  type Auth,
  connectAuthEmulator,
  GoogleAuthProvider,
  initializeAuth,
  inMemoryPersistence,
  signInWithCredential,
  signInWithCustomToken,
} from 'firebase/auth';
import { connectFirestoreEmulator, type Firestore, getFirestore, setLogLevel } from 'firebase/firestore';
import {
  connectFunctionsEmulator,
  type Functions,
  FunctionsError,
  getFunctions,
  httpsCallable,
} from 'firebase/functions';
import { z } from 'zod';
import { consentsAsked } from '../../src/accounts/consents.ts';
import type { ConsentType, Join } from '../../src/accounts/schema.ts';
import { auth as adminAuth, db } from '../../src/platform/firebase.ts';
import { region } from '../../src/platform/region.ts';

export function env(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the suite first (npm start), or use npm run exec`);
  return value;
}

function hostAndPort(address: string): [string, number] {
  const { hostname, port } = new URL(address.startsWith('http') ? address : `http://${address}`);
  return [hostname, Number(port)];
}

export interface Phone {
  readonly app: FirebaseApp;
  readonly auth: Auth;
  readonly firestore: Firestore;
  readonly functions: Functions;
  call<Out>(name: string, input: unknown): Promise<Out>;
  close(): Promise<void>;
}

/** A fresh, signed-out phone. */
export function newPhone(): Phone {
  setLogLevel('silent');
  const app = initializeApp({ projectId: env('GCLOUD_PROJECT'), apiKey: 'local' }, randomUUID());
  const auth = initializeAuth(app, { persistence: inMemoryPersistence });
  connectAuthEmulator(auth, `http://${env('FIREBASE_AUTH_EMULATOR_HOST')}`, { disableWarnings: true });
  const firestore = getFirestore(app);
  connectFirestoreEmulator(firestore, ...hostAndPort(env('FIRESTORE_EMULATOR_HOST')));
  const functions = getFunctions(app, region);
  connectFunctionsEmulator(functions, ...hostAndPort(env('FUNCTIONS_BASE_URL')));
  return {
    app,
    auth,
    firestore,
    functions,
    call: async <Out>(name: string, input: unknown) =>
      (await httpsCallable<unknown, Out>(functions, name)(input)).data,
    close: () => deleteApp(app),
  };
}

/** What somebody of age says who agrees to what is required and to `more`. */
export function joining(...more: ConsentType[]): Join {
  const consents = consentsAsked
    .filter(({ type, required }) => required || more.includes(type))
    .map(({ type, version }) => ({ type, version, granted: true }));
  return { birthDate: '1999-01-31', consents, channel: 'app' };
}

/** Signs a phone in as the holder of a Kakao access token, joining when new; returns the uid. */
export async function signInWithKakao(phone: Phone, accessToken: string): Promise<string> {
  const input = { accessToken, join: joining() };
  const { customToken } = await phone.call<{ customToken: string }>('kakaoSignIn', input);
  return (await signInWithCustomToken(phone.auth, customToken)).user.uid;
}

/** Gives the Kakao accounts that will join an age of two months: what new accounts are limited to is not theirs. */
export async function joinedLongAgo(...kakaoIds: readonly number[]): Promise<void> {
  const creationTime = new Date(Date.now() - 60 * 86_400_000).toUTCString();
  const users = kakaoIds.map((kakaoId) => ({ uid: `kakao:${kakaoId}`, metadata: { creationTime } }));
  const { errors } = await adminAuth().importUsers(users);
  if (errors.length > 0) throw new Error(errors.map(({ error }) => error.message).join(' '));
}

/** Signs a phone in with a Google account, as the emulator knows them; returns the uid. */
export async function signInWithGoogle(phone: Phone, email: string): Promise<string> {
  const said = JSON.stringify({ sub: `google-${email}`, email, email_verified: true });
  return (await signInWithCredential(phone.auth, GoogleAuthProvider.credential(said))).user.uid;
}

/** Posts a raw message as the mail provider would: on a connection of its own, which nobody closes meanwhile. */
export function postMail(
  raw: Uint8Array,
  bearer = 'local-inbound',
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${env('FUNCTIONS_BASE_URL')}/inboundMail/raw`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'message/rfc822', authorization: `Bearer ${bearer}` },
      ...more,
      connection: 'close',
    },
    body: Buffer.from(raw),
  });
}

const receiptShape = z.object({ mailId: z.string(), isNew: z.boolean() });
export type MailReceipt = z.infer<typeof receiptShape>;

/** What `inboundMail` answered to a mail it took. */
export async function receiptOf(response: Response): Promise<MailReceipt> {
  if (response.status !== 200) throw new Error(`not taken: ${response.status} ${await response.text()}`);
  return receiptShape.parse(await response.json());
}

/** Waits until a mail has been read; the ids of what it became. */
export function readAs(mailId: string): Promise<string[]> {
  return eventually(`mail ${mailId} is read`, async () => {
    const ids = z
      .array(z.string())
      .parse((await db().doc(`inboundMails/${mailId}`).get()).get('registrationIds'));
    return ids.length > 0 && ids;
  });
}

/** Waits until `look` returns something, asking every 100 ms. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  timeoutMs = 60_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Whether a file is in the bucket. Over HTTP: the admin SDK's transport cannot be loaded inside jest. */
export async function isStored(path: string): Promise<boolean> {
  const bucket = `${env('GCLOUD_PROJECT')}.appspot.com`;
  const url = `http://${env('FIREBASE_STORAGE_EMULATOR_HOST')}/storage/v1/b/${bucket}/o/${encodeURIComponent(path)}`;
  return (await fetch(url)).status === 200;
}

export interface RefusedCall {
  readonly code: string;
  readonly reason: unknown;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What a callable refused an input with; throws when it did not. */
export async function refusal(phone: Phone, name: string, input: unknown): Promise<RefusedCall> {
  const failed = await phone.call(name, input).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failed instanceof FunctionsError)) throw new Error(`${name} was not refused: ${String(failed)}`);
  const details = z.record(z.string(), z.unknown()).catch({}).parse(failed.details);
  return { code: failed.code, reason: details.reason, message: failed.message, details };
}

/** Asks a stand-in for something beyond what the service itself offers; answers its JSON. */
export async function control(standin: string, route: string, body: unknown = {}): Promise<unknown> {
  const response = await fetch(`${env(standin)}/__control/${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
  const text = await response.text();
  return text === '' ? null : JSON.parse(text);
}

/** Lets a person and a token exist at Kakao; the token signs them in. */
export async function knownToKakao(id: number, account: Record<string, unknown> = {}): Promise<string> {
  const token = `kakao-token-${id}`;
  await control('STANDIN_KAKAO_URL', 'seed', {
    people: [{ id, kakao_account: account }],
    tokens: [{ token, id }],
  });
  return token;
}
