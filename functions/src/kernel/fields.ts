/**
 * The field kinds every schema is built from. Each carries what people need to know about it (`description`,
 * `example`, `unit`), so that docs/data-model.md and the generated rule tests come from the same source.
 *
 * Bounds here must be expressible in firestore.rules, because the parity tests require both to agree.
 */
import { z } from 'zod';

/** A Firestore Timestamp as either SDK (admin or client) hands it over. */
export interface Instant {
  readonly seconds: number;
  readonly nanoseconds: number;
  toMillis(): number;
  toDate(): Date;
}

export function isInstant(value: unknown): value is Instant {
  return (
    typeof value === 'object' && value !== null && 'toMillis' in value && typeof value.toMillis === 'function'
  );
}

/** Below zero when `a` comes first. */
export const compareInstants = (a: Instant, b: Instant): number =>
  a.seconds - b.seconds || a.nanoseconds - b.nanoseconds;

interface Made {
  readonly id: string;
  readonly createdAt: Instant;
}
/** Newest first, as Firestore orders: among those of one moment the greater id first. */
export const newestFirst = (a: Made, b: Made): number =>
  compareInstants(b.createdAt, a.createdAt) || (a.id < b.id ? 1 : -1);

/** A moment stored as a Firestore Timestamp. */
export const instant = (description: string) =>
  z.custom<Instant>(isInstant, { error: '시각이 아닙니다' }).meta({
    description,
    kind: 'timestamp',
    unit: 'UTC',
    example: '2026-11-20T03:00:00Z',
  });

/** A moment the client must stamp with `serverTimestamp()`; the rules require it to equal `request.time`. */
export const stampedNow = (description: string) =>
  z.custom<Instant>(isInstant, { error: '서버 시각이어야 합니다' }).meta({
    description,
    kind: 'serverTimestamp',
    unit: 'UTC',
    example: 'serverTimestamp()',
  });

/**
 * A string of `min` to `max` UTF-16 units. zod counts code points and the rules' `size()` UTF-16 units: an emoji is
 * one for the first and two for the second, so the bounds are checked the rules' way.
 */
export const sized = (min: number, max: number) =>
  z
    .string()
    .refine((value) => value.length >= min && value.length <= max, { error: `${min}~${max}자여야 합니다` })
    .meta({ minLength: min, maxLength: max });

/** Text with at least one character that is not white space. */
export const text = (max: number, description: string, example: string, min = 1) =>
  sized(min, max).regex(/\S/, { error: '빈칸만으로는 쓸 수 없습니다' }).meta({ description, example });

/** Text that may be empty. */
export const optionalText = (max: number, description: string, example: string) =>
  sized(0, max).meta({ description, example });

/** A document id: no slash, at most 128 characters. */
export const id = (description: string, example: string) =>
  sized(1, 128)
    .regex(/^[^/]+$/)
    .meta({ description, example });

/** Whole Korean won, never negative. */
export const krw = (description: string, example = 990000) =>
  z.int().min(0).max(1_000_000_000).meta({ description, unit: 'KRW', example });

/** A count kept by the server. */
export const count = (description: string) => z.int().min(0).meta({ description, example: 0 });

/** A calendar day in Korea, `YYYY-MM-DD`. */
export const koreanDay = (description: string, example = '2026-11-20') =>
  z
    .string()
    .regex(/^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/)
    .meta({ description, unit: 'KST date', example });

/** A phone number as E.164, or a Korean nationwide number (15xx/16xx/18xx-xxxx) as its eight digits. */
export const phone = (description: string) =>
  z
    .string()
    .regex(/^(\+[1-9][0-9]{7,14}|1[568][0-9]{6})$/)
    .meta({ description, example: '+8225550101' });

/** A path in Cloud Storage below `folder`, two segments deep (`folder/owner/file`). */
export const storagePath = (folder: string, description: string) =>
  sized(1, 300)
    .regex(new RegExp(`^${folder}/[^/]+/[^/]+$`))
    .meta({ description, example: `${folder}/kakao:9000000001/photo.jpg` });

/** One of a fixed set of words. */
export const oneOf = <const T extends readonly [string, ...string[]]>(
  words: T,
  description: string,
  example: T[number],
) => z.enum(words).meta({ description, example });

/** A point on the map, WGS84 degrees. */
export const coordinates = z
  .object({
    lat: z.number().min(32).max(39.5).meta({ description: 'latitude', example: 37.4979 }),
    lng: z.number().min(124).max(132).meta({ description: 'longitude', example: 127.0276 }),
  })
  .meta({ description: 'where it is (WGS84, within Korea)', unit: 'degrees' });

/** What a trigger found wrong with a document edited by hand, for the person who edited it. */
export const problemsField = z
  .array(
    z.object({
      field: z.string().meta({ description: 'what it is about', example: 'suspendedUntil' }),
      message: z.string().meta({ description: 'what is wrong, in Korean', example: '날짜가 아닙니다.' }),
    }),
  )
  .meta({ description: 'what the server could not accept of an edit by hand; empty when all is well' });
export type Problem = z.infer<typeof problemsField>[number];
