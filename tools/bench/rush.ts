/** A hospital everybody reviews at once: what each review costs, how often its document is written, and whether it is exact. */
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyRating, noCards } from '../../functions/src/directory/schema.ts';
import { db, Timestamp } from '../../functions/src/platform/firebase.ts';
import { newReviewFields } from '../../functions/src/reviews/schema.ts';
import { table } from '../docs/markdown.ts';
import { elapsedMs } from './load.ts';
import { FUNCTIONS } from './mount.ts';
import { number, percentile, whole } from './report.ts';
import { metered, onStage, type Stage } from './stage.ts';

const reviews = 2_000;
/** Of a few hundredths the thousandths matter. */
const precise = (value: number) => value.toFixed(3);

const written = {
  ...newReviewFields,
  ...{ authorNickname: '민지', text: '친절하게 상담해 주셨어요.', treatments: [], visitDate: '2026-11-10' },
  ...{ authorUid: 'u', hospitalId: 'hot', hospitalName: '병원', doctorId: null, eventId: null },
  ...{ advertisedPrice: null, rating: 5, paidPrice: 100_000, consulted: false },
};

/** Writes reviews evenly over so many seconds, and delivers the event of each; how long each took to be counted, ms. */
async function rush({ functions }: Stage, seconds: number): Promise<number[]> {
  const one = async (index: number): Promise<number> => {
    await sleep((index / reviews) * seconds * 1000);
    const path = `reviews/rush-${index}`;
    const after = { ...written, createdAt: Timestamp.now() };
    const { writeTime } = await db().doc(path).set(after);
    const at = { seconds: writeTime.seconds, nanoseconds: writeTime.nanoseconds };
    return elapsedMs(async () => {
      const { status } = await functions.call('onReviewWritten', { path, before: null, after, at });
      if (status !== 204) throw new Error('a review was not counted');
    });
  };
  return Promise.all(Array.from({ length: reviews }, (_, index) => one(index)));
}

async function measure(instances: number, seconds: number): Promise<string[]> {
  return onStage({ modules: [FUNCTIONS], instances }, async (stage) => {
    const hospital = db().doc('Hospitals/hot');
    await hospital.set({ ...noCards, rating: emptyRating, reviewCardsAsOf: Timestamp.now() });
    let lags: number[] = [];
    let ms = 0;
    const counts = await metered(stage.meter, async () => {
      ms = await elapsedMs(async () => {
        lags = await rush(stage, seconds);
      });
    });
    const page = await hospital.get();
    const counted = page.get('rating.all');
    const newest = await db().collection('reviews').orderBy('createdAt', 'desc').limit(5).get();
    const shown: readonly { readonly id: string }[] = page.get('reviewCards');
    const isShown = newest.docs.every((review, index) => review.id === shown[index]?.id);
    return [
      ...[
        whole(instances),
        whole(seconds),
        precise(counts.reads / reviews),
        precise(counts.writes / reviews),
      ],
      ...[number(counts.writes / (ms / 1000)), whole(percentile(lags, 0.5)), whole(percentile(lags, 0.95))],
      counted === reviews ? 'yes' : `no: ${String(counted)}`,
      isShown ? 'yes' : 'no',
    ];
  });
}

export async function rushOfReviews(): Promise<string> {
  const rows = [await measure(1, 60), await measure(3, 60)];
  const head = ['instances', 'seconds', 'reads per review', 'writes per review', 'writes/s on the hospital'];
  return table([...head, 'counted after, ms, p50', 'p95', 'exact', 'newest shown'], rows);
}
