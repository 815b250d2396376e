/**
 * Many phones that only read, light enough for thousands on one machine: `node lightReader.ts <host:port> <phones> <seconds>
 * <path>…`. Each has a connection and a member of its own, begins at a moment of its own within the time, and asks for
 * the documents one after the other as the client SDK does: a target added to a Listen stream, waited for until it is
 * current, and removed. Rules apply. Prints as JSON how long each document took each phone, ms, and what went wrong.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { idTokenOf } from './phones.ts';
import { integers, parts, pathOf } from './protos.ts';

const [host = '', phones = '0', seconds = '0', ...paths] = process.argv.slice(2);
const database = `projects/${process.env.GCLOUD_PROJECT}/databases/(default)`;
const CURRENT = 3;
const limitMs = 60_000;

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 0x80))];
}
/** A field that holds bytes, and one that holds a number, in protobuf’s wire format. */
const held = (id: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([(id << 3) | 2, ...varint(bytes.length)]), bytes]);
const numbered = (id: number, value: number): Buffer => Buffer.from([id << 3, ...varint(value)]);
const named = (id: number, text: string): Buffer => held(id, Buffer.from(text));

// ListenRequest: database 1, add_target 2, remove_target 3. Target: documents 3, target_id 5. DocumentsTarget: documents 2.
const added = (path: string, target: number): Buffer => {
  const documents = held(3, named(2, `${database}/documents/${path}`));
  return Buffer.concat([named(1, database), held(2, Buffer.concat([documents, numbered(5, target)]))]);
};
const removed = (target: number): Buffer => Buffer.concat([named(1, database), numbered(3, target)]);

const isCurrent = (answer: Uint8Array): boolean =>
  parts(answer, 'ListenResponse', 'targetChange').some((change) =>
    integers(change, 'TargetChange', 'targetChangeType').includes(CURRENT),
  );
const hasDocument = (answer: Uint8Array): boolean =>
  parts(answer, 'ListenResponse', 'documentChange').length > 0;

/** How long each document took, ms. */
async function read(uid: string): Promise<number[]> {
  const client = new Client(host, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 });
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${idTokenOf(uid)}`);
  metadata.set('google-cloud-resource-prefix', database);
  const bytes = (message: Buffer) => message;
  const stream = client.makeBidiStreamRequest(pathOf('Listen'), bytes, bytes, metadata, {
    deadline: Date.now() + limitMs,
  });
  const one = (path: string, target: number) =>
    new Promise<void>((resolve, reject) => {
      let isThere = false;
      const hear = (answer: Buffer) => {
        isThere ||= hasDocument(answer);
        if (!isCurrent(answer)) return;
        stream.off('data', hear);
        stream.off('error', reject);
        stream.write(removed(target));
        if (isThere) resolve();
        else reject(new Error(`there is no ${path}`));
      };
      stream.on('data', hear).once('error', reject);
      stream.write(added(path, target));
    });
  try {
    const took: number[] = [];
    for (const [n, path] of paths.entries()) {
      const begun = performance.now();
      await one(path, n + 1);
      took.push(performance.now() - begun);
    }
    return took;
  } finally {
    stream.on('error', () => undefined);
    stream.end();
    // Until the other side has heard that nobody listens any more.
    await new Promise((resolve) => stream.once('status', resolve).once('close', resolve));
    client.close();
  }
}

const took: number[][] = [];
const errors: string[] = [];
const one = async (n: number): Promise<void> => {
  await sleep(((n + 0.5) / Number(phones)) * Number(seconds) * 1_000);
  try {
    took.push(await read(`kakao:${7_000_000_000 + n}`));
  } catch (error) {
    errors.push(error instanceof Error ? error.message : String(error));
  }
};
await Promise.all(Array.from({ length: Number(phones) }, (_, n) => one(n)));
process.stdout.write(JSON.stringify({ took, errors }), () => process.exit(0));
