/** How posts are ranked by what they stir. Pure. */

/** Twelve and a half hours: so much younger is worth ten times the reactions. */
const secondsPerTenfold = 45_000;
/** Keeps the score a small number. 2026-01-01 in Korea. */
const beginning = Date.UTC(2025, 11, 31, 15);

export interface Stir {
  readonly likes: number;
  readonly replies: number;
  /** When the post was written, ms. */
  readonly writtenAt: number;
}

/**
 * A score that never has to be taken anew for time passing: the age is in it as the moment of writing, so younger posts
 * come in higher instead of older ones sinking. A reply counts like two likes.
 */
export function hotScore({ likes, replies, writtenAt }: Stir): number {
  const reactions = Math.log10(Math.max(1, likes + 2 * replies));
  return reactions + (writtenAt - beginning) / 1000 / secondsPerTenfold;
}
