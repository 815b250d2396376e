/**
 * Documents as the cards of lists, home and hospital pages. Pure: knows no Firebase. What is not shown to everybody, or has
 * another shape than its collection promises, is no card.
 */
import { z } from 'zod';
import { freeTalkSchema } from '../community/schema.ts';
import {
  type DoctorCard,
  doctorCardSchema,
  doctorSchema,
  type EventCard,
  eventCardSchema,
  eventSchema,
  type HospitalCard,
  hospitalCardSchema,
  hospitalSchema,
} from '../directory/schema.ts';
import { type TalkCard, talkCardSchema } from './schema.ts';

const isShown = z.object({ published: z.literal(true) });

/** A card with its numbers, which lag behind, and what else of it there is, which does not. */
type Numbers = 'rating' | 'likeCount' | 'replyCount';
const numbers: readonly string[] = ['rating', 'likeCount', 'replyCount'] satisfies Numbers[];

const ofHospital = { hospitalId: eventSchema.shape.hospitalId };

const doctorPage = doctorCardSchema.omit({ id: true }).extend(ofHospital);
const eventPage = eventCardSchema.omit({ id: true });
const hospitalPage = hospitalCardSchema.omit({ id: true });
const rating = { rating: eventSchema.shape.rating };
const pages = {
  Doctors: doctorPage.extend({ rating: doctorSchema.shape.rating }),
  Events: eventPage.extend(rating),
  Hospitals: hospitalPage.extend({ rating: hospitalSchema.shape.rating }),
};

/** Whose doctor it is, and the card. */
export function doctorCardOf(id: string, data: unknown): { hospitalId: string; card: DoctorCard } | null {
  const doctor = isShown.safeParse(data).success ? pages.Doctors.safeParse(data).data : undefined;
  if (!doctor) return null;
  const { hospitalId, rating: all, ...rest } = doctor;
  return { hospitalId, card: { ...rest, id, rating: { count: all.count, average: all.average } } };
}

export function eventCardOf(id: string, data: unknown): EventCard | null {
  const event = isShown.safeParse(data).success ? pages.Events.safeParse(data).data : undefined;
  if (!event) return null;
  const { rating: all, ...rest } = event;
  return { ...rest, id, rating: { count: all.count, average: all.average } };
}

export function hospitalCardOf(id: string, data: unknown): HospitalCard | null {
  const hospital = isShown.safeParse(data).success ? pages.Hospitals.safeParse(data).data : undefined;
  if (!hospital) return null;
  const { rating: all, ...rest } = hospital;
  const { count, average, bayes } = all;
  return { ...rest, id, rating: { count, average, bayes } };
}

const talk = freeTalkSchema
  .pick({ status: true, pinned: true, images: true, hotScore: true })
  .extend(talkCardSchema.omit({ id: true, thumbPath: true }).shape);

export interface ShownTalk {
  readonly card: TalkCard;
  readonly pinned: boolean;
  readonly hotScore: number;
}

export function talkOf(id: string, data: unknown): ShownTalk | null {
  const parsed = talk.safeParse(data).data;
  if (parsed?.status !== 'published') return null;
  const { status: _, pinned, images, hotScore, ...rest } = parsed;
  const [first] = images;
  // The id, too, is as home promises it.
  const card = talkCardSchema.safeParse({ ...rest, id, thumbPath: first?.thumbPath ?? null }).data;
  return card ? { pinned, hotScore, card } : null;
}

/** Whether two cards differ in more than numbers: what is seen of them is to change at once. */
export function differs(one: object | null, other: object | null): boolean {
  return textOf(one) !== textOf(other);
}

function textOf(card: object | null): string {
  const still = Object.entries(card ?? {}).filter(([field]) => !numbers.includes(field));
  return JSON.stringify(
    still.sort(([a], [b]) => (a < b ? -1 : 1)),
    (_key, part: unknown) => {
      if (typeof part !== 'object' || part === null || !('toMillis' in part)) return part;
      return typeof part.toMillis === 'function' ? part.toMillis() : part;
    },
  );
}
