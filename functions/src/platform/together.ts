/** Several parts of one event's work. */

/** Lets every part finish, whatever becomes of the others; rejects with the first failure, so that the event comes again. */
export async function together(...parts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const settled = await Promise.allSettled(parts.map((part) => part()));
  for (const result of settled) if (result.status === 'rejected') throw result.reason;
}
