/**
 * Writes the seed into running emulators: `node seed/load.ts [--small] [--quiet]`. Refuses anything else, checks
 * every document before it writes one, and may be run again: the same documents are set to the same values.
 */
import { auth, db } from '../functions/src/platform/firebase.ts';
import { type SeedAccount, seedAccounts } from './accounts.ts';
import { buildSeed, type SeedDocument } from './build.ts';
import { faultsOf, modelOf } from './check.ts';

const batchSize = 400;
const atOnce = 6;

/** What is said to whoever started this; the stack is of no use to them. */
class Refusal extends Error {}

const say = process.argv.includes('--quiet') ? () => undefined : (line: string) => console.log(line);

function refuseWithoutEmulator(): void {
  if (process.env.FIRESTORE_EMULATOR_HOST) return;
  throw new Refusal('The seed goes into an emulator only: FIRESTORE_EMULATOR_HOST is not set.');
}

function refuseFaults(documents: readonly SeedDocument[]): void {
  const faults = documents.flatMap(faultsOf);
  if (faults.length === 0) return;
  const shown = faults.slice(0, 20).join('\n');
  throw new Refusal(`Nothing was written: ${faults.length} fields do not fit their schemas.\n${shown}`);
}

function byCollection(documents: readonly SeedDocument[]): Map<string, SeedDocument[]> {
  const groups = new Map<string, SeedDocument[]>();
  for (const document of documents) {
    const name = modelOf(document.path)?.path.replace(/\/\{[^/]*\}$/, '') ?? document.path;
    const group = groups.get(name);
    if (group) group.push(document);
    else groups.set(name, [document]);
  }
  return groups;
}

async function writeBatch(documents: readonly SeedDocument[]): Promise<void> {
  const batch = db().batch();
  for (const { path, data } of documents) batch.set(db().doc(path), data);
  await batch.commit();
}

async function writeAll(documents: readonly SeedDocument[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(documents.length / batchSize) }, (_, index) =>
    documents.slice(index * batchSize, (index + 1) * batchSize),
  );
  const writer = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) await writeBatch(batch);
  };
  await Promise.all(Array.from({ length: atOnce }, writer));
}

/** Tells the functions emulator whether to run triggers. The seed's counts are exact already. */
async function switchTriggers(word: 'disable' | 'enable'): Promise<void> {
  const hub = process.env.FIREBASE_EMULATOR_HUB;
  if (!hub) return;
  const running: unknown = await (await fetch(`http://${hub}/emulators`)).json();
  if (typeof running !== 'object' || running === null || !('functions' in running)) return;
  const answer = await fetch(`http://${hub}/functions/${word}BackgroundTriggers`, { method: 'PUT' });
  if (!answer.ok)
    throw new Refusal(`The emulator hub did not ${word} background triggers: ${answer.status}.`);
}

const isUnknownUser = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'auth/user-not-found';

async function ensureAccount(account: SeedAccount): Promise<void> {
  const { uid, email, password, displayName, role, hospitalIds = [] } = account;
  const properties = { email, displayName, emailVerified: true, ...(password ? { password } : {}) };
  await auth()
    .updateUser(uid, properties)
    .catch((error: unknown) => {
      if (!isUnknownUser(error)) throw error;
      return auth().createUser({ uid, ...properties });
    });
  if (!role) return;
  await auth().updateUser(uid, { providerToLink: { providerId: 'google.com', uid: `google-${uid}`, email } });
  await auth().setCustomUserClaims(uid, { role, hospitalIds });
}

async function load(): Promise<void> {
  const started = Date.now();
  refuseWithoutEmulator();
  process.env.GCLOUD_PROJECT ??= 'demo-doctor-pitch';
  process.env.METADATA_SERVER_DETECTION ??= 'none'; // an emulator needs no Google credentials
  const documents = buildSeed(process.argv.includes('--small') ? 'small' : 'full');
  refuseFaults(documents);
  await switchTriggers('disable');
  try {
    await writeAll(documents);
  } finally {
    await switchTriggers('enable');
  }
  for (const [name, { length }] of byCollection(documents)) say(`${String(length).padStart(6)}  ${name}`);
  if (process.env.FIREBASE_AUTH_EMULATOR_HOST) {
    await Promise.all(seedAccounts.map(ensureAccount));
    say(`${String(seedAccounts.length).padStart(6)}  accounts to sign in with`);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say(`Seed: ${documents.length} documents in ${seconds} s`);
}

try {
  await load();
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}
