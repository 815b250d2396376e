/**
 * This process's Firestore with a moment before and after each write, at which it may fail: as when an instance dies there, or
 * when what it wrote stands and the answer is lost. Whoever delivers events delivers again.
 */
import { db } from '../../src/platform/firebase.ts';

/** Failures from now on, each with this chance. */
export interface Unsteady {
  chance: number;
}

class Lost extends Error {}

export function makeUnsteady(): Unsteady {
  const unsteady: Unsteady = { chance: 0 };
  const moment = () => {
    if (Math.random() < unsteady.chance) throw new Lost('the instance is gone');
  };
  const firestore = db();
  const run = firestore.runTransaction.bind(firestore);
  firestore.runTransaction = async (update, options) => {
    moment();
    const result = await run(update, options);
    moment();
    return result;
  };
  const prototype: unknown = Object.getPrototypeOf(firestore.doc('any/one'));
  const original: unknown = Reflect.get(Object(prototype), 'update');
  if (typeof original !== 'function') throw new Error('no update on documents');
  Reflect.set(Object(prototype), 'update', async function (this: unknown, ...given: unknown[]) {
    moment();
    const result: unknown = await Reflect.apply(original, this, given);
    moment();
    return result;
  });
  return unsteady;
}

/** Delivers until it is taken. */
export async function delivered(handle: () => Promise<unknown>): Promise<void> {
  for (let time = 1; ; time += 1) {
    try {
      await handle();
      return;
    } catch (error) {
      if (time === 50) throw error;
    }
  }
}
