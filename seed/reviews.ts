/** Reviews, and the ratings a recount of them gives. */
import type { Rating } from '../functions/src/directory/schema.ts';
import { koreanDayOf } from '../functions/src/kernel/korean.ts';
import { ratingFrom } from '../functions/src/reviews/reviews.ts';
import { type Review, starsOf } from '../functions/src/reviews/schema.ts';
import { Dice } from './dice.ts';
import { type Directory, roundPrice, type SeedDoctor, type SeedHospital } from './directory.ts';
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

function reviewOf({ hospital, hospitalIndex, doctor, user }: Visit, dice: Dice): SeedReview {
  const group = dice.pick(hospital.kind.groups);
  const [treatment, from, to] = dice.pick(at(words.treatments, group).list);
  const written = soonAfter(dice, user.data.createdAt.toMillis() + 3_600_000, 600);
  const visitDate = koreanDayOf(written - dice.whole(0, 35) * dayMs);
  const rating = starsFor(dice, hospitalIndex);
  const slots = { area: hospital.area.name, t: treatment, d: doctor?.data.name ?? '대표' };
  const edited = dice.chance(0.08) ? soonAfter(dice, written, 20) : written;
  const data: Review = {
    authorUid: user.id,
    authorNickname: user.data.nickname,
    hospitalId: hospital.id,
    hospitalName: hospital.data.name,
    visitDate,
    doctorId: doctor?.id ?? null,
    rating,
    stars: starsOf(rating),
    text: sentencesOf(dice, moodOf(rating), group, slots),
    treatments: [treatment],
    paidPrice: dice.chance(0.7) ? roundPrice(from + (to - from) * dice.next()) : null,
    photoPaths: [],
    evidence: evidenceOf(dice),
    status: statusOf(dice),
    replyCount: 0,
    replyCountAsOf: null,
    createdAt: atMillis(written),
    updatedAt: atMillis(edited),
  };
  return { id: `${user.id}_${hospital.id}_${visitDate}`, data };
}

export function makeReviews(size: SeedSize, directory: Directory, users: readonly SeedUser[]): SeedReview[] {
  const dice = new Dice('reviews');
  const { hospitals, doctors } = directory;
  const authors = users.filter(({ id }) => id !== 'operator-1');
  const made = new Map<string, SeedReview>();
  for (let turn = 0; made.size < sizes[size].reviews; turn++) {
    // Every third review is of one of the first hospitals: some are busier than others.
    const hospitalIndex =
      turn % 3 === 0 ? Math.floor(turn / 3) % Math.min(8, hospitals.length) : turn % hospitals.length;
    const hospital = nth(hospitals, hospitalIndex);
    const own = doctors.filter(({ data }) => data.hospitalId === hospital.id);
    const doctor = dice.chance(0.7) ? dice.pick(own) : null;
    const review = reviewOf({ hospital, hospitalIndex, doctor, user: dice.pick(authors) }, dice);
    if (!made.has(review.id)) made.set(review.id, review);
  }
  return [...made.values()];
}

/** The rating a recount of the published reviews among these gives. */
export function ratingOf(reviews: readonly SeedReview[]): Rating {
  const counted = reviews.filter(({ data }) => data.status === 'published').map(({ data }) => data);
  const sum = (value: (review: Review) => number) =>
    counted.reduce((total, review) => total + value(review), 0);
  const values = {
    count: counted.length,
    sum: sum((review) => review.rating),
    s1: sum((review) => review.stars.s1),
    s2: sum((review) => review.stars.s2),
    s3: sum((review) => review.stars.s3),
    s4: sum((review) => review.stars.s4),
    s5: sum((review) => review.stars.s5),
  };
  return ratingFrom(values, seedTime);
}

export function rateDirectory({ hospitals, doctors }: Directory, reviews: readonly SeedReview[]): void {
  for (const hospital of hospitals) {
    const rating = ratingOf(reviews.filter(({ data }) => data.hospitalId === hospital.id));
    hospital.data = { ...hospital.data, rating };
  }
  for (const doctor of doctors) {
    const rating = ratingOf(reviews.filter(({ data }) => data.doctorId === doctor.id));
    doctor.data = { ...doctor.data, rating };
  }
}
