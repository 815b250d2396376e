/**
 * A review number is for the words and pictures that were reviewed (의료법 제57조): an event keeps a digest of them beside
 * it, so that a change of either is noticed by whatever way it comes. Pure.
 */
import { createHash } from 'node:crypto';

const reviewedFields = ['title', 'priceBefore', 'priceAfter', 'target', 'imagePath', 'detailPaths'] as const;
export type Advertised = Readonly<Record<string, unknown>>;

/** The digest of what is advertised, and its review number; null where there is none. */
export function reviewedAs(event: Advertised): string | null {
  const { adReviewNumber } = event;
  if (typeof adReviewNumber !== 'string') return null;
  const said = JSON.stringify(reviewedFields.map((field) => event[field] ?? null));
  return `${createHash('sha256').update(said).digest('hex').slice(0, 16)} ${adReviewNumber}`;
}

/** Whether what is advertised is what `stored` says was reviewed, or under a number that is new to it. */
export function isReviewedText(event: Advertised, stored: unknown): boolean {
  if (typeof stored !== 'string' || typeof event.adReviewNumber !== 'string') return true;
  return stored.slice(17) !== event.adReviewNumber || stored === reviewedAs(event);
}
