/**
 * Keeps a value that is computed from many documents exact, without counters.
 *
 * Level-triggered: an event only says that a target is stale. The value is taken anew from one aggregation query
 * and written with a fence (the target must not have changed since it was last known), together with the query's read
 * time (`asOf`). So duplicated, late, reordered and concurrent events all end in the same value, and nothing has to be
 * remembered between events. What an instance remembers of its own last write only saves money: the look at the target
 * before the next write, and everything for an event that write has covered. Events for one target that wait are served
 * by one recount: a burst of n costs far fewer than n.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AggregateField, AggregateQuery, DocumentReference } from 'firebase-admin/firestore';
import type { DocumentSnapshot } from 'firebase-functions/v2/firestore';
import type { Timestamp } from './firebase.ts';

export interface Recount {
  /** The document that carries the value. */
  readonly target: DocumentReference;
  readonly aggregate: AggregateQuery<Record<string, AggregateField<number | null>>>;
  /** Field path of the stored read time. */
  readonly asOfField: string;
  /** Other fields of the target that the write is made from. The fence holds for them too. */
  readonly beside?: readonly string[];
  /** Fields to write, from what the aggregation returned, when it was read, and the fields `beside` it. */
  readonly fields: (
    values: Readonly<Record<string, number | null>>,
    asOf: Timestamp,
    beside: Readonly<Record<string, unknown>>,
  ) => Record<string, unknown>;
}

const attempts = 40;
/**
 * Between two recounts of a target by one instance: longer in a burst, when one serves many events (`crowd`), and the more
 * other instances write the same target, to leave it in peace.
 */
const spacingMs = { least: 500, crowded: 2_000, most: 8_000 };
const crowd = 10;
const mostRemembered = 5_000;

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
const notFound = 5;
const contention: readonly unknown[] = [9, 10];

const isTimestamp = (value: unknown): value is Timestamp =>
  typeof value === 'object' && value !== null && 'toMillis' in value && 'valueOf' in value;

const isAtLeast = (one: Timestamp | null, other: Timestamp) =>
  one !== null && one.valueOf() >= other.valueOf();

/** What is known of a target as it was when it last changed, for all recounts that write it. */
interface Known {
  readonly updateTime: Timestamp;
  readonly fields: Readonly<Record<string, unknown>>;
}
const remembered = new Map<string, Known>();

const neededFields = ({ asOfField, beside = [] }: Recount) => [asOfField, ...beside];

const asOfIn = ({ asOfField }: Recount, { fields }: Known): Timestamp | null => {
  const { [asOfField]: asOf } = fields;
  return isTimestamp(asOf) ? asOf : null;
};

function remember(key: string, known: Known): void {
  remembered.delete(key);
  remembered.set(key, known);
  const [oldest] = remembered.keys();
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
}

/** What is remembered of the target, when that is all the job needs. */
function recall(job: Recount): Known | undefined {
  const known = remembered.get(job.target.path);
  return known && neededFields(job).every((field) => field in known.fields) ? known : undefined;
}

async function look(job: Recount): Promise<Known | null> {
  const snapshot = await job.target.get();
  if (!snapshot.exists || !snapshot.updateTime) return null;
  const fields = neededFields(job).map((field): [string, unknown] => [field, snapshot.get(field) ?? null]);
  // What another recount knows of the same state still holds.
  const known = remembered.get(job.target.path);
  const others = known?.updateTime.isEqual(snapshot.updateTime) ? known.fields : {};
  return { updateTime: snapshot.updateTime, fields: { ...others, ...Object.fromEntries(fields) } };
}

const spacings = new Map<string, number>();
const spacingOf = (key: string) => spacings.get(key) ?? spacingMs.least;

function widen(key: string, most: number): void {
  spacings.set(key, Math.max(spacingOf(key), Math.min(spacingOf(key) * 2, most)));
}
function narrow(key: string): void {
  const spacing = spacingOf(key) * 0.75;
  if (spacing > spacingMs.least) spacings.set(key, spacing);
  else spacings.delete(key);
}

/** When the change happened that an event tells of. Of a deletion it does not say: undefined. */
export const changedAt = ({ after }: { readonly after: DocumentSnapshot }): Timestamp | undefined =>
  after.updateTime;

const keyOf = ({ target, asOfField }: Recount) => `${target.path}#${asOfField}`;

/** One recount, repeated until its write stands or another has covered it. A target that is gone is left alone. */
async function recountOnce(job: Recount, needed: Timestamp | undefined): Promise<void> {
  const { path } = job.target;
  let counted: Awaited<ReturnType<typeof job.aggregate.get>> | undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const known = recall(job) ?? (await look(job));
    if (!known) return;
    const stored = asOfIn(job, known);
    if (needed && isAtLeast(stored, needed)) return remember(path, known);
    counted ??= await job.aggregate.get();
    const asOf = counted.readTime;
    if (isAtLeast(stored, asOf)) return remember(path, known);
    try {
      const fence = { lastUpdateTime: known.updateTime };
      const fields = job.fields(counted.data(), asOf, known.fields);
      const { writeTime } = await job.target.update(fields, fence);
      if (attempt === 0) narrow(keyOf(job));
      const written = { ...known.fields, ...fields, [job.asOfField]: asOf };
      return remember(path, { updateTime: writeTime, fields: written });
    } catch (error) {
      const wasRemembered = remembered.delete(path);
      if (codeOf(error) === notFound) return;
      if (!contention.includes(codeOf(error))) throw error;
      widen(keyOf(job), spacingMs.most);
      if (!wasRemembered) await sleep(Math.random() * Math.min(50 * 2 ** attempt, 1_000));
    }
  }
  throw new Error(`recount of ${job.target.path} did not settle`);
}

interface Waiting {
  readonly done: Promise<void>;
  /** The latest change it is to cover; undefined when one of them is not known. */
  needed: Timestamp | undefined;
  /** How many events it serves. */
  served: number;
}
interface Line {
  readonly running: Promise<void>;
  waiting: Waiting | undefined;
}
const lines = new Map<string, Line>();

function start(job: Recount, needed: Timestamp | undefined): Promise<void> {
  const key = keyOf(job);
  const running = recountOnce(job, needed).finally(() => {
    const line = lines.get(key);
    if (line?.running === running && !line.waiting) lines.delete(key);
  });
  lines.set(key, { running, waiting: lines.get(key)?.waiting });
  return running;
}

function waitBehind(line: Line, job: Recount, needed: Timestamp | undefined): Waiting {
  const run = async () => {
    await line.running.catch(() => undefined);
    // Not in step with other instances.
    await sleep(spacingOf(keyOf(job)) * (0.75 + Math.random() / 2));
    const current = lines.get(keyOf(job));
    if (current) current.waiting = undefined;
    if (waiting.served >= crowd) widen(keyOf(job), spacingMs.crowded);
    return start(job, waiting.needed);
  };
  const waiting: Waiting = { needed, served: 0, done: Promise.resolve().then(run) };
  return waiting;
}

/**
 * Brings the target up to date with a change (`changedAt`), or with everything committed before this call where its time
 * is not known. Resolves only then, so the caller's event is acknowledged by nothing less; rejects when it could not,
 * and the platform delivers the event again.
 */
export function recount(job: Recount, needed?: Timestamp): Promise<void> {
  const line = lines.get(keyOf(job));
  if (!line) return start(job, needed);
  if (!line.waiting) line.waiting = waitBehind(line, job, needed);
  else if (!needed || !line.waiting.needed) line.waiting.needed = undefined;
  else if (isAtLeast(needed, line.waiting.needed)) line.waiting.needed = needed;
  line.waiting.served += 1;
  return line.waiting.done;
}
