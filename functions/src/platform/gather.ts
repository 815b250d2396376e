/** Work that is cheaper done for many at once. */

/**
 * What `work` is asked for while it runs is done together in its next run. Each call resolves when the run it was part of
 * has ended, and rejects when that failed.
 */
export function gathering<T>(work: (items: readonly T[]) => Promise<void>): (item: T) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting: { readonly items: T[]; readonly done: Promise<void> } | undefined;
  return (item) => {
    if (!waiting) {
      const items: T[] = [];
      const run = () => {
        waiting = undefined;
        return work(items);
      };
      const done = last.then(run, run);
      waiting = { items, done };
      last = done;
    }
    waiting.items.push(item);
    return waiting.done;
  };
}
