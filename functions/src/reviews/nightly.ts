/**
 * Every night: the usual scores are taken anew, and ratings are recounted, page by page and as far as one night goes;
 * the next goes on there. A rating that was wrong is put right and told of: exactness is checked, not believed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { auditAlone } from '../audit/audit.ts';
import { type Rating, ratingSchema } from '../directory/schema.ts';
import { sameValue } from '../kernel/same.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { goRound } from '../platform/round.ts';
import { ratingMeansRef, rememberMeans, usualScoreOf } from './means.ts';
import { aggregated, publishedReviews, recountRating, reviewsOf } from './rating.ts';
import { type RatedPage, ratedPageNames, ratedPages, ratingFrom } from './reviews.ts';
import type { RatingMeans } from './schema.ts';

const pagesPerNight = 2_000;

const counted = ({ count, sum, all, stars, honesty }: Rating) => ({ count, sum, all, stars, honesty });

/** The mean of the evidenced reviews that name a page of a kind; what was usual where there are none. */
async function meanOf(page: RatedPage, means: RatingMeans | undefined): Promise<number> {
  // Every review names a hospital; '' comes before every id, and null before ''.
  const named =
    page === 'Hospitals' ? publishedReviews() : publishedReviews().where(ratedPages[page], '>', '');
  const counts = await aggregated(named).get();
  const { count, sum } = ratingFrom(counts.data(), counts.readTime, 0);
  return count === 0 ? usualScoreOf(means, page) : Math.round((sum / count) * 1000) / 1000;
}

/** Whether a page shows what a recount gives. One read for each thousand reviews. */
async function isRight(page: RatedPage, id: string, shown: unknown): Promise<boolean> {
  const counts = await aggregated(reviewsOf(page, id)).get();
  const truth = ratingFrom(counts.data(), counts.readTime, 0);
  const rating = ratingSchema.safeParse(shown).data;
  return rating !== undefined && sameValue(counted(rating), counted(truth));
}

const settlingMs = 5_000;

/** Whether a page is wrong, and stays so: what was written this moment may still be on its way. */
async function hasDrifted(page: RatedPage, id: string, shown: unknown): Promise<boolean> {
  if (await isRight(page, id, shown)) return false;
  await sleep(settlingMs);
  return !(await isRight(page, id, (await db().collection(page).doc(id).get()).get('rating')));
}

interface Night {
  readonly checked: number;
  readonly repaired: number;
}

/** Recounts pages of a kind from where the last night ended. Empty `next`: all have been done. */
async function recountPages(page: RatedPage, from: string): Promise<Night & { readonly next: string }> {
  let repaired = 0;
  const { visited, next } = await goRound(page, { from, most: pagesPerNight }, async (stored) => {
    const isWrong = await hasDrifted(page, stored.id, stored.get('rating'));
    // What is ranked by the usual score is written anew with it.
    if (isWrong || stored.get('rating.count') > 0) await recountRating(page, stored.id);
    if (!isWrong) return;
    repaired += 1;
    // Whoever looks for what has changed looks at hospitals.
    const hospitalId: unknown = stored.get('hospitalId');
    if (typeof hospitalId === 'string' && hospitalId !== '') await recountRating('Hospitals', hospitalId);
    log.warn('ratings.drift', { page, id: stored.id });
  });
  return { checked: visited, repaired, next };
}

/** The nightly job. Audited once when anything was put right. */
export async function recountRatings(now: number): Promise<Night> {
  const known = (await ratingMeansRef().get()).data();
  const [Hospitals, Doctors, Events] = await Promise.all(ratedPageNames.map((page) => meanOf(page, known)));
  const start = { Hospitals: '', Doctors: '', Events: '', ...known?.next };
  const usual = {
    Hospitals: Hospitals ?? usualScoreOf(known, 'Hospitals'),
    Doctors: Doctors ?? usualScoreOf(known, 'Doctors'),
    Events: Events ?? usualScoreOf(known, 'Events'),
  };
  rememberMeans({ ...usual, next: start, asOf: Timestamp.fromMillis(now) }, now);
  let night: Night = { checked: 0, repaired: 0 };
  const next = { ...start };
  for (const page of ratedPageNames) {
    const done = await recountPages(page, start[page]);
    next[page] = done.next;
    night = { checked: night.checked + done.checked, repaired: night.repaired + done.repaired };
  }
  await ratingMeansRef().set({ ...usual, next, asOf: Timestamp.fromMillis(now) });
  log.info('ratings.recounted', { checked: night.checked, repaired: night.repaired });
  if (night.repaired > 0) {
    const result = `repaired ${night.repaired} of ${night.checked}`;
    await auditAlone({ action: 'ratings.repair', target: 'ratingMeans/current', by: 'system', result });
  }
  return night;
}
