/**
 * The texts this instance knows: its own, and those others have written down. Written down are 200 at once, or what
 * has waited five minutes: in a crowd a copy costs a two-hundredth of a write, and nearly no read. An instance that ends loses what waits,
 * and instances learn of each other's texts with that delay: a memory that helps, nothing anything else rests on.
 */
import { db, Timestamp } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { fingerprintsSchema } from './schema.ts';
import { type Copies, type KnownText, pack, Texts, unpack } from './texts.ts';

const writtenDownAt = 200;
const longestWaitMs = 300_000;
const readAgainMs = 600_000;
const blocksRead = 10;
const keptMs = 180 * 86_400_000;

const blocks = () => collection('fingerprints', fingerprintsSchema);

const known = new Texts();
let waiting: KnownText[] = [];
let waitingSince = 0;
let newestRead = Timestamp.fromMillis(0);
let readAt = 0;
let reading: Promise<void> | null = null;

async function readBlocks(now: number): Promise<void> {
  const newer = blocks().where('newestAt', '>', newestRead).orderBy('newestAt', 'desc').limit(blocksRead);
  const found = (await newer.get()).docs.map((block) => block.data()).reverse();
  for (const { texts } of found) for (const text of unpack(texts)) known.add(text);
  const newest = found.at(-1)?.newestAt;
  if (newest) newestRead = Timestamp.fromMillis(newest.toMillis());
  readAt = now;
}

/** Those who come while it is being read share the reading. */
async function ensureRead(now: number): Promise<void> {
  if (readAt > 0 && now - readAt < readAgainMs) return;
  reading ??= readBlocks(now).finally(() => {
    reading = null;
  });
  await reading;
}

async function writeDown(now: number): Promise<void> {
  if (waiting.length < writtenDownAt && now - waitingSince < longestWaitMs) return;
  const texts = waiting;
  waiting = [];
  const at = { newestAt: Timestamp.fromMillis(now), purgeAt: Timestamp.fromMillis(now + keptMs) };
  try {
    await db()
      .collection('fingerprints')
      .add({ count: texts.length, texts: pack(texts), ...at });
  } catch (error) {
    waiting = [...texts, ...waiting];
    throw error;
  }
}

/** How many texts said nearly the same before; this one is known from now on. */
export async function remember(text: KnownText, now: number): Promise<Copies> {
  await ensureRead(now);
  const copies = known.copiesOf(text);
  known.add(text);
  if (waiting.length === 0) waitingSince = now;
  waiting = [...waiting.filter(({ key }) => key !== text.key), text];
  await writeDown(now);
  return copies;
}
