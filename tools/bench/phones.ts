/** The app on phones for benches: the client SDK, under rules, through a meter. Nobody signs in: the emulator takes tokens unsigned. */
import { randomUUID } from 'node:crypto';
import { deleteApp, initializeApp } from 'firebase/app';
import { connectFirestoreEmulator, type Firestore, getFirestore, setLogLevel } from 'firebase/firestore';

export interface Phone {
  readonly uid: string;
  readonly firestore: Firestore;
  close(): Promise<void>;
}

const custom = { sign_in_provider: 'custom', identities: {} } as const;

interface PhoneOptions {
  readonly projectId?: string;
  /** Whether the rules are not asked. */
  readonly pastRules?: boolean;
}

/** A phone whose owner is signed in with a custom token. */
export function phoneOf(uid: string, host: string, options: PhoneOptions = {}): Phone {
  const { projectId = process.env.GCLOUD_PROJECT ?? '', pastRules = false } = options;
  setLogLevel('silent');
  const app = initializeApp({ projectId, apiKey: 'local' }, randomUUID());
  const firestore = getFirestore(app);
  const [name = '', port = ''] = host.split(':');
  const mockUserToken = pastRules ? 'owner' : { sub: uid, user_id: uid, firebase: custom };
  connectFirestoreEmulator(firestore, name, Number(port), { mockUserToken });
  return { uid, firestore, close: () => deleteApp(app) };
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The unsigned ID token of a member, or of whoever the claims say, as emulators take it. */
export function idTokenOf(uid: string, more: Readonly<Record<string, unknown>> = {}): string {
  const projectId = process.env.GCLOUD_PROJECT ?? '';
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...{ iss: `https://securetoken.google.com/${projectId}`, aud: projectId, sub: uid, user_id: uid },
    ...{ auth_time: now, iat: now, exp: now + 3600, firebase: custom },
    ...more,
  };
  return `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims)}.`;
}
