/**
 * The usual score of each kind of page, which ratings for ranking lean on: one small document, refreshed every night,
 * remembered by each instance for an hour.
 */
import { collection } from '../platform/store.ts';
import type { RatedPage } from './reviews.ts';
import { type RatingMeans, ratingMeansSchema } from './schema.ts';

/** Until the first night has passed. Source: the worked example of the domain sheet, §4. */
const presumed = 4.2;

export const ratingMeansRef = () => collection('ratingMeans', ratingMeansSchema).doc('current');

const hourMs = 3_600_000;
let known: { readonly means: Promise<RatingMeans | undefined>; readonly at: number } | undefined;

async function read(): Promise<RatingMeans | undefined> {
  return (await ratingMeansRef().get()).data();
}

/** The usual score of a kind of page. One read an hour and instance. */
export async function usualScore(page: RatedPage, now = Date.now()): Promise<number> {
  if (!known || now - known.at > hourMs) {
    const means = read().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    known = { means, at: now };
  }
  return (await known.means)?.[page] ?? presumed;
}

/** From now on these hold in this instance. */
export function rememberMeans(means: RatingMeans, now: number): void {
  known = { means: Promise.resolve(means), at: now };
}

export const usualScoreOf = (means: RatingMeans | undefined, page: RatedPage) => means?.[page] ?? presumed;
