/**
 * Firestore's transactions and the bucket's files with a moment before and after each use, at which this process may
 * be killed: of everything the server does with a mail, whatever is behind that moment never happens. Not within a
 * transaction: nothing is written there, and the emulator holds on to a dead client's locks for half a minute.
 */
import { bucket, db } from '../../src/platform/firebase.ts';

/** The how manieth moment of this process is its last; 0: it lives. Call once. */
export function makeMortal(killAt: number): void {
  let moments = 0;
  const moment = () => {
    moments += 1;
    if (moments === killAt) process.kill(process.pid, 'SIGKILL');
  };
  const firestore = db();
  const run = firestore.runTransaction.bind(firestore);
  firestore.runTransaction = async (update, options) => {
    moment();
    const result = await run(update, options);
    moment();
    return result;
  };
  const prototype: unknown = Object.getPrototypeOf(bucket().file('any'));
  for (const verb of ['save', 'download'] as const) {
    const original: unknown = Reflect.get(Object(prototype), verb);
    if (typeof original !== 'function') throw new Error(`no ${verb} on files`);
    Reflect.set(Object(prototype), verb, async function (this: unknown, ...given: unknown[]) {
      moment();
      const result: unknown = await Reflect.apply(original, this, given);
      moment();
      return result;
    });
  }
}

/** The same of every look at and write to one document: a moment before and after each. Call once. */
export function makeWritesMortal(killAt: number): void {
  let moments = 0;
  const moment = () => {
    moments += 1;
    if (moments === killAt) process.kill(process.pid, 'SIGKILL');
  };
  const prototype: unknown = Object.getPrototypeOf(db().doc('any/one'));
  for (const verb of ['get', 'create', 'set', 'update'] as const) {
    const original: unknown = Reflect.get(Object(prototype), verb);
    if (typeof original !== 'function') throw new Error(`no ${verb} on documents`);
    Reflect.set(Object(prototype), verb, async function (this: unknown, ...given: unknown[]) {
      moment();
      const result: unknown = await Reflect.apply(original, this, given);
      moment();
      return result;
    });
  }
}

/** Requests over HTTP with a moment behind each answer. Call once. */
export function makeMortalFetch(killAt: number): void {
  let moments = 0;
  const ask = globalThis.fetch;
  globalThis.fetch = async (...given) => {
    const response = await ask(...given);
    moments += 1;
    if (moments === killAt) process.kill(process.pid, 'SIGKILL');
    return response;
  };
}
