/**
 * Taking events into a document that only grows: each event is a change that is joined to what is stored, and joining it
 * again, later or in another order gives the same. So nothing has to be remembered between events, and what an instance
 * remembers of its own last write only saves a look. Events for one document that wait are written together: a burst of n
 * costs far fewer than n writes. Every write is fenced by the state it was made from.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentData, DocumentReference, UpdateData } from 'firebase-admin/firestore';
import { isContended, isStale, type Timestamp } from './firebase.ts';

/** The fields that changes add to a stored document; null where they add nothing. */
export type Join<C> = (
  stored: DocumentData,
  changes: readonly C[],
) => Promise<UpdateData<DocumentData> | null>;

/** Between two writes of a document by one instance: longer when one serves many events. */
const spacingMs = { least: 400, crowded: 1_500 };
const crowd = 10;
const attempts = 40;
const mostRemembered = 2_000;

interface Known {
  readonly updateTime: Timestamp;
  readonly data: DocumentData;
}
interface Batch<C> {
  readonly changes: C[];
  readonly done: Promise<DocumentData | null>;
}

export class Merging<C> {
  readonly #join: Join<C>;
  readonly #known = new Map<string, Known>();
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #waiting = new Map<string, Batch<C>>();

  constructor(join: Join<C>) {
    this.#join = join;
  }

  #remember(path: string, known: Known): DocumentData {
    this.#known.delete(path);
    this.#known.set(path, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostRemembered && oldest !== undefined) this.#known.delete(oldest);
    return known.data;
  }

  async #look(target: DocumentReference): Promise<Known | null> {
    const found = await target.get();
    return found.exists && found.updateTime
      ? { updateTime: found.updateTime, data: found.data() ?? {} }
      : null;
  }

  /** The document with the changes in it; null where there is none. */
  async #merge(target: DocumentReference, changes: readonly C[]): Promise<DocumentData | null> {
    const { path } = target;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const known = this.#known.get(path) ?? (await this.#look(target));
      if (!known) return null;
      const fields = await this.#join(known.data, changes);
      if (!fields) return this.#remember(path, known);
      try {
        const { writeTime } = await target.update(fields, { lastUpdateTime: known.updateTime });
        return this.#remember(path, { updateTime: writeTime, data: { ...known.data, ...fields } });
      } catch (error) {
        const wasRemembered = this.#known.delete(path);
        if (!isStale(error) && !isContended(error)) throw error;
        if (!wasRemembered) await sleep(Math.random() * Math.min(50 * 2 ** attempt, 1_000));
      }
    }
    throw new Error(`merging into ${path} did not settle`);
  }

  #run(target: DocumentReference, changes: readonly C[]): Promise<DocumentData | null> {
    const { path } = target;
    const running = this.#merge(target, changes).finally(() => {
      if (this.#running.get(path) === running) this.#running.delete(path);
    });
    this.#running.set(path, running);
    return running;
  }

  #queue(target: DocumentReference): Batch<C> {
    const { path } = target;
    const changes: C[] = [];
    const run = async () => {
      await this.#running.get(path)?.catch(() => undefined);
      const spacing = changes.length >= crowd ? spacingMs.crowded : spacingMs.least;
      await sleep(spacing * (0.75 + Math.random() / 2));
      this.#waiting.delete(path);
      return this.#run(target, changes);
    };
    const batch: Batch<C> = { changes, done: Promise.resolve().then(run) };
    this.#waiting.set(path, batch);
    return batch;
  }

  /**
   * Takes a change in. Resolves when it is stored, so the caller’s event is acknowledged by nothing less, with the
   * document as it then was, or null where there is none. Rejects when it could not, and the platform delivers again.
   */
  take(target: DocumentReference, change: C): Promise<DocumentData | null> {
    const { path } = target;
    if (!this.#running.has(path) && !this.#waiting.has(path)) return this.#run(target, [change]);
    const batch = this.#waiting.get(path) ?? this.#queue(target);
    batch.changes.push(change);
    return batch.done;
  }
}
