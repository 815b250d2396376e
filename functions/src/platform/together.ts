/** Several parts of one event's work. */
import { errorFields, log } from './log.ts';

/** Lets every part finish, whatever becomes of the others; rejects with the first failure, so that the event comes again. */
export async function together(...parts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const settled = await Promise.allSettled(parts.map((part) => part()));
  for (const result of settled) if (result.status === 'rejected') throw result.reason;
}

/** The same of works that have begun; what the first of them failed with is logged as `event`. */
export async function allSettled(event: string, works: readonly Promise<unknown>[]): Promise<void> {
  await together(...works.map((work) => () => work)).catch((error: unknown) => {
    log.error(event, errorFields(error));
    throw error;
  });
}
