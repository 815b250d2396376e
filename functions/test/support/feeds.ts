/** Pages, reviews and posts as feeds need them, and the truth about feeds, by reading all there is. */

import { emptyRating, noCards } from '../../src/directory/schema.ts';
import { doctorCardOf, eventCardOf, hospitalCardOf, talkOf } from '../../src/feeds/cards.ts';
import { allLists } from '../../src/feeds/lists.ts';
import { newestFirst } from '../../src/kernel/fields.ts';
import { db, Timestamp } from '../../src/platform/firebase.ts';
import { cardedReview } from '../../src/reviews/cards.ts';

type Fields = Record<string, unknown>;
const day = Timestamp.fromMillis(Date.UTC(2027, 0, 31, 15));
const page = { published: true, thumbPath: null, rating: emptyRating };

export const hospitalOf = (change: Fields = {}): Fields => ({
  ...{ ...page, ...noCards, name: '두레의원', type: '의원', region: '서울', district: '강남구' },
  ...{ departments: ['08'], createdAt: Timestamp.now(), updatedAt: Timestamp.now(), ...change },
});
export const doctorAt = (hospitalId: string, change: Fields = {}): Fields => ({
  ...{ ...page, name: '김두레', hospitalId, isSpecialist: false, specialty: null, focus: ['쌍꺼풀'] },
  ...{ createdAt: Timestamp.now(), updatedAt: Timestamp.now(), ...change },
});
export const eventAt = (hospitalId: string, change: Fields = {}): Fields => ({
  ...{
    ...page,
    title: '자연유착 쌍꺼풀',
    hospitalId,
    hospitalName: '두레의원',
    region: '서울',
    category: '',
  },
  ...{ priceBefore: 1_320_000, priceAfter: 990_000, discountPercent: 25 },
  ...{ startsOn: '2026-01-01', endsOn: '2099-12-31', adReviewValidUntil: null },
  ...{ vanishesAt: day, createdAt: Timestamp.now(), updatedAt: Timestamp.now(), ...change },
});
export const talkBy = (authorUid: string, change: Fields = {}): Fields => ({
  ...{ authorUid, authorNickname: '민지', anonymous: false, category: 'question', title: '붓기 질문' },
  ...{ body: '아침마다 더 부어요.', imagePaths: [], images: [], status: 'published', pinned: false },
  ...{ acceptedReplyId: null, viewCount: 0, likeCount: 0, likeCountAsOf: null, replyCount: 0 },
  ...{ replyCountAsOf: null, hotScore: 0, createdAt: Timestamp.now(), updatedAt: Timestamp.now(), ...change },
});

const allOf = async (collection: string) => (await db().collection(collection).get()).docs;
const createdMs = (at: unknown) => (at instanceof Timestamp ? at.toMillis() : 0);
const isCard = <T>(card: T | null): card is T => card !== null;
const byMillis = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, part: unknown) =>
      part instanceof Timestamp || (typeof part === 'object' && part !== null && '_seconds' in part)
        ? `${Reflect.get(part, '_seconds')}.${Reflect.get(part, '_nanoseconds')}`
        : part,
    ),
  );
const withoutVersion = (cards: unknown) =>
  Array.isArray(cards) ? cards.map(({ version: _, ...card }: Fields) => card) : cards;

/** What is kept, without when it was looked at. */
export async function keptFeeds(): Promise<unknown> {
  const feeds = (await allOf('feeds')).map((feed): [string, unknown] => {
    const { numbersAsOf: _, ...shown } = feed.data();
    return [feed.id, shown];
  });
  const pages = (await allOf('Hospitals')).map((hospital): [string, unknown] => {
    const { doctorCards = [], eventCards = [], reviewCards = [] } = hospital.data();
    return [hospital.id, { doctorCards, eventCards, reviewCards: withoutVersion(reviewCards) }];
  });
  return byMillis({ feeds: Object.fromEntries(feeds), pages: Object.fromEntries(pages) });
}

/** What ought to be, read from pages, reviews and posts alone. */
export async function trueFeeds(): Promise<unknown> {
  const [hospitals, doctors, events, reviews, talks] = await Promise.all(
    ['Hospitals', 'Doctors', 'Events', 'reviews', 'FreeTalks'].map(allOf),
  );
  const eventCards = (events ?? [])
    .map((event) => eventCardOf(event.id, event.data()))
    .filter(isCard)
    .sort(newestFirst);
  const shownReviews = (reviews ?? []).map((one) => cardedReview(one.id, one.data())).filter(isCard);
  const shownDoctors = (doctors ?? []).map((one) => doctorCardOf(one.id, one.data())).filter(isCard);
  const published = (talks ?? []).filter((one) => one.get('status') === 'published');
  /** The first by a number, and of these what is a card: one that is none takes a place all the same. */
  const firstTalks = (all: typeof published, by: (one: (typeof published)[number]) => number, most: number) =>
    [...all]
      .sort((a, b) => by(b) - by(a) || (a.id < b.id ? 1 : -1))
      .slice(0, most)
      .map((one) => talkOf(one.id, one.data()))
      .filter(isCard);
  const millis = ({ createdAt }: { readonly createdAt: { toMillis(): number } }) => createdAt.toMillis();
  const pages = (hospitals ?? []).map(({ id }): [string, unknown] => [
    id,
    {
      doctorCards: shownDoctors
        .filter(({ hospitalId }) => hospitalId === id)
        .map(({ card }) => card)
        .sort((a, b) => millis(a) - millis(b) || (a.id < b.id ? -1 : 1))
        .slice(0, 30),
      eventCards: eventCards.filter(({ hospitalId }) => hospitalId === id).slice(0, 20),
      reviewCards: shownReviews
        .filter(({ hospitalId }) => hospitalId === id)
        .map(({ card }) => card)
        .sort(newestFirst)
        .slice(0, 5),
    },
  ]);
  const home = {
    events: eventCards.slice(0, 20),
    hospitals: (hospitals ?? [])
      .map((one) => hospitalCardOf(one.id, one.data()))
      .filter(isCard)
      .sort((a, b) => b.rating.bayes - a.rating.bayes || (a.id < b.id ? 1 : -1))
      .slice(0, 20),
    talks: firstTalks(published, (one) => Number(one.get('hotScore')), 10)
      .filter(({ hotScore }) => hotScore > 0)
      .map(({ card }) => card),
    notices: firstTalks(
      published.filter((one) => one.get('pinned') === true),
      (one) => createdMs(one.get('createdAt')),
      3,
    ).map(({ card }) => card),
  };
  const lists = Object.fromEntries(allLists(eventCards));
  return byMillis({ feeds: { home, ...lists }, pages: Object.fromEntries(pages) });
}
