/**
 * Keeps a value that is computed from many documents exact, without counters.
 *
 * Level-triggered: an event only says that a target is stale. The value is taken anew from one aggregation query
 * and written with a fence (the target must not have changed since it was last known), together with the query's read
 * time (`asOf`). So duplicated, late, reordered and concurrent events all end in the same value, and nothing has to be
 * remembered between events. What an instance remembers of its own last write only saves money: the look at the target
 * before the next write, and everything for an event that write has covered. Events for one target that wait are served
 * by one recount: a burst of n costs far fewer than n.
 *
 * Something that single events bring may ride along (`Riding`): it is merged into what the target holds, under the same
 * fence and in the same write.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AggregateField, AggregateQuery, DocumentReference } from 'firebase-admin/firestore';
import type { DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { db, type Timestamp, type Transaction } from './firebase.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What an event means for what rides along.
 * `covered`: it is in there, and stays. `outside`: it is not to be in what is there now. `changed`: the fields with it.
 * `ask`: only a look at everything can tell.
 */
export type Ridden =
  | { readonly is: 'covered' | 'outside' | 'ask' }
  | { readonly is: 'changed'; readonly fields: Fields };

export interface Riding {
  /** Fields of the target it is kept in. */
  readonly kept: readonly string[];
  /** Pure: may be asked more than once, of different states. */
  readonly merge: (kept: Fields) => Ridden;
  /** The fields from everything there is, read in the transaction that writes them. */
  readonly anew: (tx: Transaction, kept: Fields) => Promise<Record<string, unknown>>;
}

export interface Recount {
  /** The document that carries the value. */
  readonly target: DocumentReference;
  /** What it counts, it calls `count`. */
  readonly aggregate: AggregateQuery<Record<string, AggregateField<number | null>>>;
  /** Field path of the stored read time. */
  readonly asOfField: string;
  /** Other fields of the target that the write is made from. The fence holds for them too. */
  readonly beside?: readonly string[];
  /** Fields to write, from what the aggregation returned, when it was read, and the fields `beside` it. */
  readonly fields: (
    values: Readonly<Record<string, number | null>>,
    asOf: Timestamp,
    beside: Fields,
  ) => Record<string, unknown>;
  readonly riding?: Riding;
}

const attempts = 40;
/**
 * How long events of one target wait for each other. In a crowd until there are 90 for each document the recount reads, so
 * that it costs each of them next to nothing; a crowd is more than five a second.
 */
const waits = { leastMs: 500, msForEach: 200, mostMs: 20_000, eventsPerRead: 90 };
const entriesPerRead = 1_000;
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
  readonly fields: Fields;
  /** Read after the events it is asked about; what is only remembered may have changed since. */
  readonly isFresh: boolean;
}
const remembered = new Map<string, Known>();

/** What is asked of a target at once. All are about the same one. */
interface Turn {
  readonly jobs: readonly [Recount, ...Recount[]];
  /** Whether the value may be stale, and for the latest of which change; undefined where one is not known. */
  readonly isStale: boolean;
  readonly needed: Timestamp | undefined;
}

const neededFields = ({ jobs }: Turn): string[] => [
  ...new Set(
    jobs.flatMap(({ asOfField, beside = [], riding }) => [asOfField, ...beside, ...(riding?.kept ?? [])]),
  ),
];

const asOfIn = ({ jobs: [{ asOfField }] }: Turn, fields: Fields): Timestamp | null => {
  const { [asOfField]: asOf } = fields;
  return isTimestamp(asOf) ? asOf : null;
};

function remember(key: string, known: Known): void {
  remembered.delete(key);
  remembered.set(key, known);
  const [oldest] = remembered.keys();
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
}

/** What is remembered of the target, when that is all the turn needs. */
function recall(turn: Turn): Known | undefined {
  const known = remembered.get(turn.jobs[0].target.path);
  return known && neededFields(turn).every((field) => field in known.fields) ? known : undefined;
}

const fieldsIn = (turn: Turn, snapshot: DocumentSnapshot | FirebaseFirestore.DocumentSnapshot): Fields =>
  Object.fromEntries(neededFields(turn).map((field) => [field, snapshot.get(field) ?? null]));

async function look(turn: Turn): Promise<Known | null> {
  const [{ target }] = turn.jobs;
  const snapshot = await target.get();
  if (!snapshot.exists || !snapshot.updateTime) return null;
  // What another recount knows of the same state still holds.
  const known = remembered.get(target.path);
  const others = known?.updateTime.isEqual(snapshot.updateTime) ? known.fields : {};
  const fields = { ...others, ...fieldsIn(turn, snapshot) };
  return { updateTime: snapshot.updateTime, fields, isFresh: true };
}

/** When the change happened that an event tells of. Of a deletion it does not say: undefined. */
export const changedAt = ({ after }: { readonly after: DocumentSnapshot }): Timestamp | undefined =>
  after.updateTime;

const keyOf = ({ target, asOfField }: Recount) => `${target.path}#${asOfField}`;

/** What all that rides along makes of the fields, one after another. */
function ride({ jobs }: Turn, kept: Fields): Ridden {
  let [changes, isOutside]: [Fields, boolean] = [{}, false];
  for (const { riding } of jobs) {
    const ridden = riding?.merge({ ...kept, ...changes });
    if (ridden?.is === 'ask') return ridden;
    if (ridden?.is === 'changed') changes = { ...changes, ...ridden.fields };
    isOutside ||= ridden?.is === 'outside';
  }
  if (Object.keys(changes).length > 0) return { is: 'changed', fields: changes };
  return { is: isOutside ? 'outside' : 'covered' };
}

type Counted = Awaited<ReturnType<Recount['aggregate']['get']>>;

/** Documents the last turn of a target was billed. */
const reads = new Map<string, number>();
const readsFor = (counted: Counted | undefined) =>
  Math.max(1, Math.ceil((counted?.data().count ?? 0) / entriesPerRead));

/**
 * Everything looked at and written in one transaction: no change of what is looked at comes between. Resolves to the read
 * time the value then has; null when the target is gone.
 */
async function lookAtEverything(turn: Turn): Promise<Timestamp | null> {
  const [job] = turn.jobs;
  const riding = turn.jobs.find((one) => one.riding)?.riding;
  return db().runTransaction(async (tx) => {
    const snapshot = await tx.get(job.target);
    if (!snapshot.exists) return null;
    const kept = fieldsIn(turn, snapshot);
    const stored = asOfIn(turn, kept);
    const counted = turn.isStale ? await tx.get(job.aggregate) : undefined;
    const ridden = (await riding?.anew(tx, kept)) ?? {};
    const value = counted ? job.fields(counted.data(), counted.readTime, kept) : {};
    tx.update(job.target, { ...value, ...ridden });
    return counted?.readTime ?? stored;
  });
}

/**
 * One turn, repeated until its write stands or another has covered it. A target that is gone is left alone. Resolves to
 * the read time the value has.
 */
async function take(turn: Turn): Promise<Timestamp | null> {
  const [job] = turn.jobs;
  const { path } = job.target;
  let counted: Counted | undefined;
  let looks = 0;
  let known = recall(turn);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (!known) {
      known = (await look(turn)) ?? undefined;
      looks += 1;
    }
    if (!known) return null;
    reads.set(keyOf(job), looks + readsFor(counted));
    const stored = asOfIn(turn, known.fields);
    const isCounted = !turn.isStale || (turn.needed !== undefined && isAtLeast(stored, turn.needed));
    const ridden = ride(turn, known.fields);
    if (ridden.is === 'ask') {
      remembered.delete(path);
      return await lookAtEverything(turn);
    }
    // What is outside of a state that is only remembered may be inside by now.
    const isSettled = isCounted && (ridden.is === 'covered' || (ridden.is === 'outside' && known.isFresh));
    if (isSettled) {
      remember(path, { ...known, isFresh: false });
      return stored;
    }
    if (isCounted && ridden.is === 'outside') {
      known = undefined;
      continue;
    }
    if (!isCounted) counted ??= await job.aggregate.get();
    const asOf = counted?.readTime;
    const isNews = asOf !== undefined && !isAtLeast(stored, asOf);
    const value = counted && isNews ? job.fields(counted.data(), asOf, known.fields) : {};
    const fields = { ...value, ...(ridden.is === 'changed' ? ridden.fields : {}) };
    if (Object.keys(fields).length === 0) {
      remember(path, { ...known, isFresh: false });
      return stored;
    }
    try {
      const { writeTime } = await job.target.update(fields, { lastUpdateTime: known.updateTime });
      const written = { ...known.fields, ...fields, ...(isNews ? { [job.asOfField]: asOf } : {}) };
      reads.set(keyOf(job), looks + readsFor(counted));
      remember(path, { updateTime: writeTime, fields: written, isFresh: false });
      return isNews ? asOf : stored;
    } catch (error) {
      remembered.delete(path);
      if (codeOf(error) === notFound) return null;
      if (!contention.includes(codeOf(error))) throw error;
      known = undefined;
      if (looks > 0) await sleep(Math.random() * Math.min(50 * 2 ** attempt, 1_000));
    }
  }
  throw new Error(`recount of ${path} did not settle`);
}

interface Waiting {
  readonly done: Promise<Timestamp | null>;
  turn: Turn;
}
interface Line {
  readonly running: Promise<Timestamp | null>;
  waiting: Waiting | undefined;
}
const lines = new Map<string, Line>();

function start(turn: Turn): Promise<Timestamp | null> {
  const key = keyOf(turn.jobs[0]);
  const end = () => {
    const line = lines.get(key);
    if (line?.running !== running || line.waiting) return;
    lines.delete(key);
    reads.delete(key);
  };
  const running = take(turn).finally(() => {
    // Whoever comes next so soon is not served at once: more may be coming.
    setTimeout(end, waits.leastMs).unref();
  });
  lines.set(key, { running, waiting: lines.get(key)?.waiting });
  return running;
}

/** Until enough have come, or too few come to wait for. Not in step with other instances. */
async function gather(key: string, served: () => number): Promise<void> {
  const begun = Date.now();
  const pace = 0.75 + Math.random() / 2;
  const enough = waits.eventsPerRead * (reads.get(key) ?? 1);
  for (;;) {
    const crowded = served() < enough ? Math.min(served() * waits.msForEach, waits.mostMs) : 0;
    const left = Math.max(crowded, waits.leastMs) * pace - (Date.now() - begun);
    if (left <= 0) return;
    const before = served();
    await sleep(Math.min(left, waits.leastMs));
    // The crowd is gone.
    if (left > waits.leastMs && served() === before) return;
  }
}

function waitBehind(line: Line, turn: Turn): Waiting {
  const key = keyOf(turn.jobs[0]);
  const run = async () => {
    await line.running.catch(() => undefined);
    await gather(key, () => waiting.turn.jobs.length);
    const current = lines.get(key);
    if (current) current.waiting = undefined;
    return start(waiting.turn);
  };
  const waiting: Waiting = { turn, done: Promise.resolve().then(run) };
  return waiting;
}

function joined(one: Turn, other: Turn): Turn {
  const jobs: Turn['jobs'] = [...one.jobs, ...other.jobs];
  if (!one.isStale || !other.isStale) return { ...(one.isStale ? one : other), jobs };
  const [a, b] = [one.needed, other.needed];
  const later = a && b && (isAtLeast(a, b) ? a : b);
  return { jobs, isStale: true, needed: later };
}

function queue(turn: Turn): Promise<Timestamp | null> {
  const line = lines.get(keyOf(turn.jobs[0]));
  if (!line) return start(turn);
  if (line.waiting) line.waiting.turn = joined(line.waiting.turn, turn);
  else line.waiting = waitBehind(line, turn);
  return line.waiting.done;
}

/**
 * Brings the target up to date with a change (`changedAt`), or with everything committed before this call where its time
 * is not known. Resolves only then, so the caller's event is acknowledged by nothing less, to the read time the value has
 * (null: there is no target); rejects when it could not, and the platform delivers the event again.
 */
export function recount(job: Recount, needed?: Timestamp): Promise<Timestamp | null> {
  return queue({ jobs: [job], isStale: true, needed });
}

/** The same for what only rides along: the value is as it was. */
export function rideAlong(job: Recount): Promise<Timestamp | null> {
  return queue({ jobs: [job], isStale: false, needed: undefined });
}
