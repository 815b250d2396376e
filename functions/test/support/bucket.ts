/**
 * The bucket over plain HTTP, for handlers that run inside jest, where the admin SDK's transport cannot be loaded; and
 * the point at which a test makes it fail or hang.
 */
import { env, isStored } from './app.ts';

export type StorageVerb = 'save' | 'download' | 'delete';
type Fault = (verb: StorageVerb, path: string) => Promise<void> | void;

const none: Fault = () => undefined;
let before: Fault = none;
let after: Fault = none;

/** From now on these run before and after every use of the bucket; without arguments nothing does. */
export function interfere(faults: { readonly before?: Fault; readonly after?: Fault } = {}): void {
  before = faults.before ?? none;
  after = faults.after ?? none;
}

const origin = () => `http://${env('FIREBASE_STORAGE_EMULATOR_HOST')}`;
const objects = () => `storage/v1/b/${env('GCLOUD_PROJECT')}.appspot.com/o`;

class StorageError extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`storage answered ${code}`);
    this.code = code;
  }
}

async function ask(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) throw new StorageError(response.status);
  return response;
}

const file = (path: string) => ({
  exists: async (): Promise<[boolean]> => [await isStored(path)],
  save: async (bytes: Buffer, { contentType }: { contentType: string }): Promise<void> => {
    await before('save', path);
    const url = `${origin()}/upload/${objects()}?uploadType=media&name=${encodeURIComponent(path)}`;
    const headers = { 'content-type': contentType };
    await ask(url, { method: 'POST', headers, body: new Uint8Array(bytes) });
    await after('save', path);
  },
  delete: async (): Promise<void> => {
    await before('delete', path);
    const response = await fetch(`${origin()}/${objects()}/${encodeURIComponent(path)}`, {
      method: 'DELETE',
    });
    if (!response.ok && response.status !== 404) throw new StorageError(response.status);
    await after('delete', path);
  },
  download: async (): Promise<[Buffer]> => {
    await before('download', path);
    const response = await ask(`${origin()}/${objects()}/${encodeURIComponent(path)}?alt=media`);
    const bytes = Buffer.from(await response.arrayBuffer());
    await after('download', path);
    return [bytes];
  },
});

export const bucketOverHttp = () => ({ file });

/** The paths below a folder. */
export async function storedBelow(folder: string): Promise<string[]> {
  const response = await ask(`${origin()}/${objects()}?prefix=${encodeURIComponent(folder)}`);
  const listed: { items?: { name: string }[] } = await response.json();
  return (listed.items ?? []).map(({ name }) => name).sort();
}
