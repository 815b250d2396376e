/**
 * What a written review means for the rating of its hospital and doctor. Pure: knows no Firebase.
 *
 * Promise: a rating equals what a recount of the published reviews would give.
 */
import type { Rating } from '../directory/schema.ts';
import type { Instant } from '../kernel/fields.ts';

/** The fields of a review that a rating depends on. */
export interface RatedFields {
  readonly hospitalId: string;
  readonly doctorId: string | null;
  readonly rating: number;
  readonly status: string;
}

export interface StaleRatings {
  readonly hospitals: readonly string[];
  readonly doctors: readonly string[];
}

function countsAlike(a: RatedFields | null, b: RatedFields | null): boolean {
  if (!a || !b) return a === b;
  return (
    a.hospitalId === b.hospitalId &&
    a.doctorId === b.doctorId &&
    a.status === b.status &&
    a.rating === b.rating
  );
}

/** Whose rating a change may have made stale; nobody's when nothing that counts has changed. */
export function staleRatings(before: RatedFields | null, after: RatedFields | null): StaleRatings {
  if (countsAlike(before, after)) return { hospitals: [], doctors: [] };
  const sides = [before, after].filter((side) => side !== null);
  return {
    hospitals: [...new Set(sides.map((side) => side.hospitalId))],
    doctors: [...new Set(sides.map((side) => side.doctorId).filter((doctorId) => doctorId !== null))],
  };
}

/** A rating from an aggregation over published reviews: `count` and how many gave one to four stars (`s1`…`s4`). */
export function ratingFrom(values: Readonly<Record<string, number | null>>, asOf: Instant): Rating {
  const value = (name: string) => values[name] ?? 0;
  const count = value('count');
  const [s1, s2, s3, s4] = [value('s1'), value('s2'), value('s3'), value('s4')];
  const s5 = count - s1 - s2 - s3 - s4;
  const sum = s1 + 2 * s2 + 3 * s3 + 4 * s4 + 5 * s5;
  const average = count === 0 ? 0 : Math.round((sum / count) * 100) / 100;
  return { count, sum, average, stars: { s1, s2, s3, s4, s5 }, asOf };
}
