/** Comparing values as documents hold them. */

/** The same text for the same value: moments as numbers, maps whatever the order of their keys, what is missing as null. */
export function comparable(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    if ('toMillis' in part && typeof part.toMillis === 'function') return part.toMillis();
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Whether two values, as documents hold them, are the same. */
export const sameValue = (a: unknown, b: unknown): boolean => comparable(a) === comparable(b);
