/** Reviews, and the ratings a recount of them gives. */
import type { Rating } from '../functions/src/directory/schema.ts';
import { koreanDayOf } from '../functions/src/kernel/korean.ts';
import { usualScoreOf } from '../functions/src/reviews/means.ts';
import {
  honestyOf,
  type RatedPage,
  ratedPages,
  ratingFrom,
  tallyOf,
} from '../functions/src/reviews/reviews.ts';
import { newReviewFields, type Review } from '../functions/src/reviews/schema.ts';
import { Dice } from './dice.ts';
import {
  type Directory,
  roundPrice,
  type SeedDoctor,
  type SeedEvent,
  type SeedHospital,
} from './directory.ts';
import { atMillis, dayMs, nth, type SeedSize, seedTime, sizes, soonAfter } from './frame.ts';
import type { SeedUser } from './people.ts';
import { at, fill, type Mood, words } from './words.ts';

export interface SeedReview {
  readonly id: string;
  data: Review;
}

const moodOf = (rating: number): Mood => (rating >= 4 ? 'good' : rating === 3 ? 'mixed' : 'bad');

/** Stars, with hospitals that are liked more and less. */
function starsFor(dice: Dice, hospitalIndex: number): number {
  const liked = 0.62 + ((hospitalIndex * 7) % 10) * 0.025;
  if (dice.chance(liked)) return dice.chance(0.62) ? 5 : 4;
  return dice.chance(0.58) ? 3 : dice.chance(0.55) ? 2 : 1;
}

/** Sentences that only one treatment can mean stand under its name, the others under its group. */
function sentencesOf(dice: Dice, mood: Mood, group: string, slots: Record<string, string>): string {
  const sentences = words.reviews[mood];
  const own = sentences[at(slots, 't')] ?? [];
  const about = [...dice.shuffled(own).slice(0, 1), ...dice.shuffled(at(sentences, group))];
  const parts = [
    dice.pick(at(sentences, 'openings')),
    ...about.slice(0, dice.chance(0.45) ? 2 : 1),
    ...dice.shuffled(at(sentences, 'service')).slice(0, dice.whole(0, 2)),
    dice.pick(at(sentences, 'closings')),
  ];
  return parts.map((part) => fill(part, slots)).join(dice.chance(0.25) ? '\n' : ' ');
}

interface Visit {
  readonly hospital: SeedHospital;
  readonly event: SeedEvent | null;
  readonly hospitalIndex: number;
  readonly doctor: SeedDoctor | null;
  readonly user: SeedUser;
}

function statusOf(dice: Dice): Review['status'] {
  if (dice.chance(0.95)) return 'published';
  return dice.chance(0.6) ? 'held' : 'hidden';
}

function evidenceOf(dice: Dice): Review['evidence'] {
  return dice.pick(['none', 'none', 'none', 'consultation', 'receipt', 'receipt', 'visit'] as const);
}

/** Mostly what was advertised; sometimes something was added, sometimes let off. */
function paidFor(dice: Dice, event: SeedEvent | null, usualPrice: number): number {
  if (!event) return usualPrice;
  const factor = dice.chance(0.75) ? 1 : dice.chance(0.7) ? 1.15 : 0.9;
  return Math.round(event.data.priceAfter * factor);
}

/** Fields of a new review, its own lists each time. */
const newFields = () => ({
  ...{
    ...newReviewFields,
    photos: [],
    beforeAfter: [],
    picturesOf: [],
    photoPaths: [],
    beforeAfterPaths: [],
  },
  ...{ beforeAfterPublic: false, sideEffects: '' },
});

function reviewOf({ hospital, hospitalIndex, doctor, event, user }: Visit, dice: Dice): SeedReview {
  const group = dice.pick(hospital.kind.groups);
  const [treatment, from, to] = dice.pick(at(words.treatments, group).list);
  const written = soonAfter(dice, user.data.createdAt.toMillis() + 3_600_000, 600);
  const visitDate = koreanDayOf(written - dice.whole(0, 35) * dayMs);
  const rating = starsFor(dice, hospitalIndex);
  const slots = { area: hospital.area.name, t: treatment, d: doctor?.data.name ?? '대표' };
  const edited = dice.chance(0.08) ? soonAfter(dice, written, 20) : written;
  const aspect = () => (dice.chance(0.6) ? Math.min(5, Math.max(1, rating + dice.whole(-1, 1))) : null);
  const usualPrice = roundPrice(from + (to - from) * dice.next());
  const paid = {
    advertisedPrice: event?.data.priceAfter ?? null,
    paidPrice: dice.chance(0.7) ? paidFor(dice, event, usualPrice) : null,
    evidence: evidenceOf(dice),
  };
  const data: Review = {
    ...newFields(),
    authorUid: user.id,
    authorNickname: user.data.nickname,
    hospitalId: hospital.id,
    hospitalName: hospital.data.name,
    visitDate,
    doctorId: doctor?.id ?? null,
    eventId: event?.id ?? null,
    rating,
    aspects: {
      ...{ explanation: aspect(), result: aspect(), kindness: aspect() },
      ...{ waiting: aspect(), price: aspect() },
    },
    text: sentencesOf(dice, moodOf(rating), group, slots),
    treatments: [treatment],
    ...paid,
    consulted: paid.evidence === 'consultation',
    status: statusOf(dice),
    priceHonesty: honestyOf(paid),
    tally: tallyOf({ rating, ...paid }),
    createdAt: atMillis(written),
    updatedAt: atMillis(edited),
  };
  return { id: `${user.id}_${hospital.id}_${visitDate}`, data };
}

export function makeReviews(size: SeedSize, directory: Directory, users: readonly SeedUser[]): SeedReview[] {
  const dice = new Dice('reviews');
  const { hospitals, doctors, events } = directory;
  const authors = users.filter(({ id }) => id !== 'operator-1');
  const made = new Map<string, SeedReview>();
  for (let turn = 0; made.size < sizes[size].reviews; turn++) {
    // Every third review is of one of the first hospitals: some are busier than others.
    const hospitalIndex =
      turn % 3 === 0 ? Math.floor(turn / 3) % Math.min(8, hospitals.length) : turn % hospitals.length;
    const hospital = nth(hospitals, hospitalIndex);
    const own = doctors.filter(({ data }) => data.hospitalId === hospital.id);
    const doctor = dice.chance(0.7) ? dice.pick(own) : null;
    const offers = events.filter(({ data }) => data.hospitalId === hospital.id);
    const event = offers.length > 0 && dice.chance(0.4) ? dice.pick(offers) : null;
    const visit = { hospital, hospitalIndex, doctor, event, user: dice.pick(authors) };
    const review = reviewOf(visit, dice);
    if (!made.has(review.id)) made.set(review.id, review);
  }
  return [...made.values()];
}

/** The rating a recount of the published reviews among these gives. */
export function ratingOf(page: RatedPage, reviews: readonly SeedReview[]): Rating {
  const counted = reviews.filter(({ data }) => data.status === 'published').map(({ data }) => data);
  const sum = (name: keyof Review['tally']) => counted.reduce((total, { tally }) => total + tally[name], 0);
  const sums = { low: sum('low'), mid: sum('mid'), high: sum('high'), paid: sum('paid') };
  return ratingFrom({ count: counted.length, ...sums }, seedTime, usualScoreOf(undefined, page));
}

export function rateDirectory(
  { hospitals, doctors, events }: Directory,
  reviews: readonly SeedReview[],
): void {
  const rating = (page: RatedPage, id: string) =>
    ratingOf(
      page,
      reviews.filter(({ data }) => data[ratedPages[page]] === id),
    );
  for (const hospital of hospitals)
    hospital.data = { ...hospital.data, rating: rating('Hospitals', hospital.id) };
  for (const doctor of doctors) doctor.data = { ...doctor.data, rating: rating('Doctors', doctor.id) };
  for (const event of events) event.data = { ...event.data, rating: rating('Events', event.id) };
}
