/**
 * Keeps a value that is computed from many documents exact, without counters.
 *
 * Level-triggered: an event only says that a target is stale. The value is taken anew from one aggregation query
 * and written with a fence (the target must not have changed since it was read), together with the query's read
 * time (`asOf`). So duplicated, late, reordered and concurrent events all end in the same value, an event already
 * covered by a newer recount costs one read, and nothing has to be remembered between events. Within an instance,
 * events for one target that wait are served by one recount: a burst of n costs far fewer than n.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AggregateField, AggregateQuery, DocumentReference } from 'firebase-admin/firestore';
import type { Timestamp } from './firebase.ts';

export interface Recount {
  /** The document that carries the value. */
  readonly target: DocumentReference;
  readonly aggregate: AggregateQuery<Record<string, AggregateField<number | null>>>;
  /** Field path of the stored read time. */
  readonly asOfField: string;
  /** Fields to write, from what the aggregation returned and when it was read. */
  readonly fields: (
    values: Readonly<Record<string, number | null>>,
    asOf: Timestamp,
  ) => Record<string, unknown>;
}

const attempts = 40;
const spacingMs = 500;
const failedPrecondition = 9;
const aborted = 10;

function isContention(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    (error.code === failedPrecondition || error.code === aborted)
  );
}

function isTimestamp(value: unknown): value is Timestamp {
  return typeof value === 'object' && value !== null && 'toMillis' in value && 'valueOf' in value;
}

/** One recount, repeated until its write stands or another has covered it. A target that is gone is left alone. */
async function recountOnce(job: Recount): Promise<void> {
  let needed: Timestamp | undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const snapshot = await job.target.get();
    if (!snapshot.exists || !snapshot.updateTime) return;
    needed ??= snapshot.readTime;
    const asOf: unknown = snapshot.get(job.asOfField);
    if (isTimestamp(asOf) && asOf.valueOf() >= needed.valueOf()) return;
    const counted = await job.aggregate.get();
    try {
      await job.target.update(job.fields(counted.data(), counted.readTime), {
        lastUpdateTime: snapshot.updateTime,
      });
      return;
    } catch (error) {
      if (!isContention(error)) throw error;
      await sleep(Math.random() * Math.min(50 * 2 ** attempt, 1_000));
    }
  }
  throw new Error(`recount of ${job.target.path} did not settle`);
}

interface Line {
  running: Promise<void>;
  waiting: Promise<void> | undefined;
}
const lines = new Map<string, Line>();

async function runNext(key: string, job: Recount, after: Promise<void>): Promise<void> {
  await after.catch(() => undefined);
  await sleep(spacingMs);
  const line = lines.get(key);
  if (line) line.waiting = undefined;
  return start(key, job);
}

function start(key: string, job: Recount): Promise<void> {
  const running = recountOnce(job).finally(() => {
    const line = lines.get(key);
    if (line?.running === running && !line.waiting) lines.delete(key);
  });
  lines.set(key, { running, waiting: lines.get(key)?.waiting });
  return running;
}

/**
 * Brings the target up to date with everything committed before this call. Resolves only then, so the caller's
 * event is acknowledged by nothing less; rejects when it could not, and the platform delivers the event again.
 */
export function recount(job: Recount): Promise<void> {
  const key = `${job.target.path}#${job.asOfField}`;
  const line = lines.get(key);
  if (!line) return start(key, job);
  line.waiting ??= runNext(key, job, line.running);
  return line.waiting;
}
