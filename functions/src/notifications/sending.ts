/**
 * Sending pushes. A worker leases a push, sends batch by batch, and writes down after each whom it has dealt with. So two
 * workers never send at once, and one that takes over from a dead one repeats at most the batch that was under way: there
 * is no way to know what FCM took of it. On a device the repetition replaces what is there (message.ts): it is seen once.
 */
import type { Timestamp as Moment } from 'firebase-admin/firestore';
import { mailReplyAddress, mailSender } from '../platform/config.ts';
import { isAlreadyThere, isStale, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { adText } from './adHours.ts';
import { forgetDevices } from './devices.ts';
import { type Fcm, openFcm } from './fcm.ts';
import { messageFor } from './message.ts';
import { newPush, pushes, queueSending } from './push.ts';
import { type Delivery, readReceivers } from './receivers.ts';
import type { NewPush, Push, PushSettings } from './schema.ts';
import { claim, leaseMs, nextAfter, type Reached, sendingMs } from './sendingPlan.ts';
import type { Verdict } from './verdict.ts';

export type Outcome = 'left' | 'early' | 'sent' | 'again' | 'failed';
type Clock = () => number;

/** Members of a batch: with five devices each they are the 500 messages FCM’s own clients send at once. */
const batchSize = 100;
/** Requests at once. FCM has no call for several devices. */
const connections = 100;

/** A push in this worker’s hands, as it is stored. */
interface Held {
  readonly id: string;
  readonly push: Push;
  readonly updateTime: Moment;
}

const at = (ms: number) => Timestamp.fromMillis(ms);

/**
 * Writes what a worker found, unless the push is another’s by now or was erased: null. Members taken off meanwhile stay
 * off.
 */
async function record({ id, push, updateTime }: Held, change: Partial<Push>): Promise<Held | null> {
  const ref = pushes().doc(id);
  const write = async (fence: Moment, now: Partial<Push>) => {
    const { writeTime } = await ref.update(now, { lastUpdateTime: fence });
    return { id, push: { ...push, ...now }, updateTime: writeTime };
  };
  try {
    return await write(updateTime, change);
  } catch (error) {
    if (!isStale(error)) throw error;
    const snapshot = await ref.get();
    const current = snapshot.data();
    if (current?.state !== 'SENDING' || current.attempts !== push.attempts || !snapshot.updateTime)
      return null;
    const waiting = (change.waiting ?? push.waiting).filter((uid) => current.uids.includes(uid));
    return write(snapshot.updateTime, { ...change, waiting });
  }
}

/** Leases a push for an attempt. */
async function lease(id: string, now: number): Promise<Held | Outcome> {
  const snapshot = await pushes().doc(id).get();
  const push = snapshot.data();
  if (!push || !snapshot.updateTime) return 'left';
  const claimed = claim(push, now);
  if (claimed === 'leave') return 'left';
  if (claimed === 'early') return 'early';
  const change =
    claimed === 'giveUp'
      ? { state: 'FAILED' as const, dueAt: null, failure: 'UNFINISHED' }
      : { state: 'SENDING' as const, dueAt: at(now + leaseMs), attempts: push.attempts + 1 };
  try {
    const fence = { lastUpdateTime: snapshot.updateTime };
    const { writeTime } = await snapshot.ref.update({ ...change, updatedAt: at(now) }, fence);
    if (claimed === 'giveUp') return 'failed';
    return { id, push: { ...push, ...change }, updateTime: writeTime };
  } catch (error) {
    if (isStale(error)) return 'left';
    throw error;
  }
}

async function inParallel<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
}

type Again = Extract<Verdict, { do: 'again' }>;

/** What was found of a batch, or of several. */
class Findings {
  /** Devices that need nothing more. */
  readonly final = new Set<string>();
  /** Members who need nothing more. */
  readonly finished = new Set<string>();
  /** Devices that need nothing more of members who do. */
  readonly settled: string[] = [];
  readonly forgotten = new Map<string, string[]>();
  readonly tally = { sent: 0, dead: 0, refused: 0, unwanted: 0 };
  again: Again | null = null;
  halted = false;
  morning = false;
  foreign = 0;
  refusedFor: string | null = null;

  add({ uid, deviceId }: Delivery, verdict: Verdict): void {
    if (verdict.do === 'again') {
      this.halted ||= verdict.halt;
      if (this.again === null || verdict.ours || verdict.waitMs > this.again.waitMs) this.again = verdict;
      return;
    }
    this.final.add(deviceId);
    if (verdict.do === 'done') this.tally.sent += 1;
    if (verdict.do === 'giveUp') {
      this.tally.refused += 1;
      this.refusedFor = verdict.failure;
    }
    if (verdict.do === 'forget') {
      this.tally.dead += 1;
      this.foreign += verdict.alarm ? 1 : 0;
      this.forgotten.set(uid, [...(this.forgotten.get(uid) ?? []), deviceId]);
    }
  }
}

interface Work {
  readonly held: Held;
  readonly text: { readonly title: string; readonly body: string };
  readonly fcm: Fcm;
  readonly clock: Clock;
  readonly known: PushSettings | undefined;
}

async function deliver(delivery: Delivery, { held, text, fcm, clock }: Work, found: Findings): Promise<void> {
  if (found.halted) return;
  const now = clock();
  if (delivery.permission(now) !== 'now') {
    found.morning = true;
    return;
  }
  const { id: pushId, push } = held;
  const shown = { pushId, push, text, badge: delivery.badge, now };
  found.add(delivery, await fcm.send(messageFor(delivery.device, shown)));
}

async function forgetAll(pushId: string, { forgotten, foreign }: Findings): Promise<void> {
  await inParallel([...forgotten], connections, async ([uid, ids]) => {
    // Found dead again with the next push, should it not be possible now.
    await forgetDevices(uid, ids).catch((error: unknown) =>
      log.error('push.notForgotten', { pushId, ...errorFields(error) }),
    );
  });
  if (foreign > 0) log.error('push.foreignTokens', { pushId, count: foreign });
}

async function sendBatch(uids: readonly string[], work: Work): Promise<Findings> {
  const { push, id } = work.held;
  const found = new Findings();
  const { deliveries, unreachable, unwilling } = await readReceivers(uids, push, work.clock(), work.known);
  await inParallel(deliveries, connections, (delivery) => deliver(delivery, work, found));
  await forgetAll(id, found);
  const open = new Set(deliveries.filter(({ deviceId }) => !found.final.has(deviceId)).map(({ uid }) => uid));
  for (const { uid, deviceId } of deliveries)
    if (open.has(uid) && found.final.has(deviceId)) found.settled.push(deviceId);
  for (const uid of uids) if (!open.has(uid)) found.finished.add(uid);
  found.tally.unwanted += unwilling.length;
  if (unreachable.length > 0) log.info('push.unreachable', { pushId: id, count: unreachable.length });
  return found;
}

/** The push after a batch: whom it still waits for, and which of their devices need nothing more. */
function progressed(
  { waiting, settled, tally }: Push,
  found: Findings,
): Pick<Push, 'waiting' | 'settled' | 'tally'> {
  return {
    waiting: waiting.filter((uid) => !found.finished.has(uid)),
    settled: [...new Set([...settled, ...found.settled])],
    tally: {
      sent: tally.sent + found.tally.sent,
      dead: tally.dead + found.tally.dead,
      refused: tally.refused + found.tally.refused,
      unwanted: tally.unwanted + found.tally.unwanted,
    },
  };
}

function advertiser() {
  const { name, address } = mailSender();
  return { name, contact: mailReplyAddress()?.address ?? address };
}

async function workOn(given: Held, clock: Clock, known?: PushSettings): Promise<Outcome> {
  const began = performance.now();
  const { title, body, advertising } = given.push;
  const text = advertising ? adText({ title, body }, advertiser()) : { title, body };
  const fcm = await openFcm();
  const queue = [...given.push.waiting];
  let held = given;
  let reached: Reached = { waiting: queue.length, again: null, morning: false, cut: false, gotOn: false };
  let refusedFor: string | null = null;
  for (;;) {
    const found = await sendBatch(queue.splice(0, batchSize), { held, text, fcm, clock, known });
    refusedFor ??= found.refusedFor;
    const progress = progressed(held.push, found);
    reached = {
      waiting: progress.waiting.length,
      again: found.again ?? reached.again,
      morning: reached.morning || found.morning,
      cut: queue.length > 0,
      gotOn: reached.gotOn || found.finished.size > 0,
    };
    const now = clock();
    const isLast = queue.length === 0 || found.halted || performance.now() - began > sendingMs;
    const next = nextAfter(reached, held.push.attempts, now);
    const change = isLast
      ? { ...next, failure: next.failure ?? refusedFor, dueAt: next.dueAt === null ? null : at(next.dueAt) }
      : { dueAt: at(now + leaseMs) };
    const recorded = await record(held, { ...progress, ...change, updatedAt: at(now) });
    if (!recorded) return 'left';
    held = recorded;
    if (isLast) return ended(held, found.again);
  }
}

async function ended({ id, push }: Held, again: Again | null): Promise<Outcome> {
  const { kind, state, attempts, failure, dueAt, tally } = push;
  const fields = { pushId: id, kind, state, attempts, failure, waiting: push.waiting.length, ...tally };
  const level = again?.ours || state === 'FAILED' || tally.refused > 0 ? 'error' : failure ? 'warn' : 'info';
  log[level]('push.sent', fields);
  if (dueAt !== null) await queueSending(id, dueAt.toMillis());
  if (state === 'SENT') return 'sent';
  return state === 'FAILED' ? 'failed' : 'again';
}

/** Sends a push that is due to those of its receivers who have not been dealt with. */
export async function sendPush(id: string, clock: Clock = Date.now): Promise<Outcome> {
  const held = await lease(id, clock());
  return typeof held === 'string' ? held : workOn(held, clock);
}

/**
 * Writes a new push down in this worker’s hands and sends it, without a task: for one member whose settings are known.
 * Its cause once only.
 */
export async function sendAtOnce(
  given: NewPush,
  known: PushSettings,
  clock: Clock = Date.now,
): Promise<Outcome> {
  const now = clock();
  const push: Push = { ...newPush(given, now), state: 'SENDING', attempts: 1, dueAt: at(now + leaseMs) };
  const created = await pushes()
    .doc(given.cause)
    .create(push)
    .catch((error: unknown) => {
      if (!isAlreadyThere(error)) throw error;
    });
  if (!created) return 'left';
  return workOn({ id: given.cause, push, updateTime: created.writeTime }, clock, known);
}

const sweepLimit = 50;
const workers = 5;
/** A sweep takes nothing new after this. */
const sweepMs = 2 * 60_000;

export type PushSweep = Readonly<Record<Outcome | 'broken', number>>;

/**
 * Sends what is due at `now` (epoch ms) and no task has taken: pushes whose task was lost, and those whose worker died. At
 * most 50, longest waiting first.
 */
export async function sweepPushes(now: number): Promise<PushSweep> {
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  const clock = () => now + Math.floor(elapsed());
  const due = await pushes().where('dueAt', '<=', at(now)).orderBy('dueAt').limit(sweepLimit).select().get();
  const report = { left: 0, early: 0, sent: 0, again: 0, failed: 0, broken: 0 };
  await inParallel(due.docs, workers, async ({ id }) => {
    if (elapsed() > sweepMs) return;
    const outcome = await sendPush(id, clock).catch((error: unknown) => {
      log.error('push.sweepBroken', { pushId: id, ...errorFields(error) });
      return 'broken' as const;
    });
    report[outcome] += 1;
  });
  log.info('push.swept', report);
  return report;
}
