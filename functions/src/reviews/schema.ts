/**
 * Reviews. The author writes the document directly; the rules hold every field to the shapes below. The id says
 * that there is one review per member, hospital and day of visit: `{uid}_{hospitalId}_{visitDate}`. A review is never
 * deleted by its author but taken back: what remains holds the id, so that one visit is not reviewed twice.
 */
import { z } from 'zod';
import {
  count,
  id,
  instant,
  koreanDay,
  krw,
  oneOf,
  optionalText,
  sized,
  stampedNow,
  text,
} from '../kernel/fields.ts';
import { type CollectionModel, serverOnly } from '../kernel/model.ts';
import { moderationField } from '../moderation/schema.ts';

export const evidenceLevels = ['none', 'consultation', 'receipt', 'visit'] as const;
export type Evidence = (typeof evidenceLevels)[number];
export const reviewStatuses = ['published', 'held', 'hidden', 'deleted'] as const;
export const priceHonesties = ['asAdvertised', 'above', 'below'] as const;
export type PriceHonesty = (typeof priceHonesties)[number];

const aspect = (what: string) =>
  z
    .int()
    .min(1)
    .max(5)
    .nullable()
    .meta({ description: `${what}; null when not judged`, example: 4 });

const aspects = z
  .strictObject({
    explanation: aspect('how well things were explained'),
    result: aspect('the result'),
    kindness: aspect('kindness'),
    waiting: aspect('waiting'),
    price: aspect('price as it was told'),
  })
  .meta({ description: 'stars by aspect' });
const noAspects = z.strictObject({
  explanation: z.null(),
  result: z.null(),
  kindness: z.null(),
  waiting: z.null(),
  price: z.null(),
});

/**
 * What a review adds to ratings, two counts in each number (the second in units of 2^26): Firestore takes five
 * aggregations in a query, and so count, histogram and price honesty of a rating cost one read. See reviews.ts.
 */
export const tallySchema = z
  .object({
    low: count('one star + 2^26 × two stars'),
    mid: count('three stars + 2^26 × four'),
    high: count('five stars + 2^26 × price as advertised'),
    paid: count('price above + 2^26 × price below what was advertised'),
  })
  .meta({ description: 'what it adds to ratings; all 0 without evidence (receipt, visit)' });
const noTally = z.strictObject({
  low: z.literal(0),
  mid: z.literal(0),
  high: z.literal(0),
  paid: z.literal(0),
});

const pictures = (description: string) =>
  z
    .array(
      sized(1, 300)
        .regex(/^reviews\/[^/]+\/[^/,]{1,200}$/u)
        .meta({ description: 'Storage path', example: 'reviews/kakao:9000000001/photo.jpg' }),
    )
    .max(5)
    .meta({ description, example: [] });

const authored = {
  doctorId: id('doctor seen, of the same hospital', 'd1').nullable(),
  rating: z.int().min(1).max(5).meta({ description: 'stars', example: 5 }),
  aspects,
  text: text(3000, 'the review', '상담부터 수술까지 친절했어요. 붓기도 금방 빠졌습니다.', 10),
  sideEffects: optionalText(1000, 'side effects; no hospital can hide this', '이틀 동안 멍이 있었어요.'),
  treatments: z
    .array(sized(1, 20))
    .max(5)
    .meta({ description: 'treatments, as tags', example: ['쌍꺼풀'] }),
  paidPrice: krw('what was really paid, VAT included', 990000).nullable(),
  photoPaths: pictures("originals below the author's own folder, private; shown are `photos`"),
  beforeAfterPaths: pictures('the same of before and after; shown are `beforeAfter`'),
  beforeAfterPublic: z
    .boolean()
    .meta({ description: 'whether the author shows before and after to everybody', example: false }),
};

const fixed = {
  authorUid: id('who wrote it', 'kakao:9000000001'),
  authorNickname: text(20, 'denormalised from the profile', '민지', 2),
  hospitalId: id('hospital reviewed', 'h1'),
  hospitalName: text(60, 'denormalised from the hospital', '라온뷰티의원'),
  visitDate: koreanDay('day of the visit, not in the future'),
  eventId: id('event of that hospital that was bought', 'e1').nullable(),
  advertisedPrice: krw('its `priceAfter` when the review was written; null without event', 990000).nullable(),
  consulted: z.boolean().meta({
    description: 'the author says they consulted in a chat, or came by appointment: looked up once',
    example: false,
  }),
};

export const shownPictureSchema = z.object({
  path: z
    .string()
    .meta({ description: 'at most 1600 px', example: 'public/reviews/r1/0a1b2c3d4e5f6a7b-full.webp' }),
  thumbPath: z
    .string()
    .meta({ description: 'at most 400 px', example: 'public/reviews/r1/0a1b2c3d4e5f6a7b-thumb.webp' }),
});
export type ShownPicture = z.infer<typeof shownPictureSchema>;

const replyText = text(1000, 'what the hospital says', '소중한 의견 감사합니다.');

export const reviewSchema = z.object({
  ...fixed,
  ...authored,
  text: optionalText(3000, 'the review; empty when taken back', '상담부터 수술까지 친절했어요.'),
  evidence: oneOf(evidenceLevels, 'what proves the visit', 'none'),
  status: oneOf(
    reviewStatuses,
    'published, held for an operator, hidden, or taken back by the author',
    'published',
  ),
  priceHonesty: z
    .enum(priceHonesties)
    .nullable()
    .meta({ description: 'what was paid, beside the advertised price (±3 %)', example: 'asAdvertised' }),
  tally: tallySchema,
  photos: z.array(shownPictureSchema).meta({ description: 'pictures everybody may see', example: [] }),
  beforeAfter: z
    .array(shownPictureSchema)
    .meta({ description: 'before and after, once the author publishes them', example: [] }),
  picturesOf: z
    .array(z.string())
    .meta({ description: 'originals that `photos` and `beforeAfter` were made of', example: [] }),
  reply: z
    .object({
      text: replyText,
      at: instant('when, or last changed'),
    })
    .nullable()
    .meta({ description: 'answer of the hospital', example: null }),
  helpfulCount: count('members who found it helpful, kept by onHelpfulWritten'),
  helpfulAsOf: instant('read time of that recount').nullable(),
  replyCount: count('visible replies, kept by onReplyWritten'),
  replyCountAsOf: instant('read time of that recount').nullable(),
  moderation: moderationField.optional(),
  createdAt: instant('when written'),
  updatedAt: instant('last change by the author'),
});
export type Review = z.infer<typeof reviewSchema>;

const priceFollowsEvent = (review: { eventId: string | null; advertisedPrice: number | null }) =>
  (review.eventId === null) === (review.advertisedPrice === null);

/** What a client sends for the server's fields of a new review. */
export const newReviewFields = {
  evidence: 'none',
  status: 'published',
  priceHonesty: null,
  tally: { low: 0, mid: 0, high: 0, paid: 0 },
  photos: [],
  beforeAfter: [],
  picturesOf: [],
  reply: null,
  helpfulCount: 0,
  helpfulAsOf: null,
  replyCount: 0,
  replyCountAsOf: null,
} as const;

const none = z.array(z.never()).max(0);
export const reviewCreate = z
  .strictObject({
    ...fixed,
    ...authored,
    evidence: z.literal('none'),
    status: z.literal('published'),
    priceHonesty: z.null(),
    tally: noTally,
    photos: none,
    beforeAfter: none,
    picturesOf: none,
    reply: z.null(),
    helpfulCount: z.literal(0),
    helpfulAsOf: z.null(),
    replyCount: z.literal(0),
    replyCountAsOf: z.null(),
    createdAt: stampedNow('when written'),
    updatedAt: stampedNow('when written'),
  })
  .refine(priceFollowsEvent, { error: 'advertisedPrice stands with eventId' });

/** The fields an author may change within 72 hours. */
export const reviewEdit = z.strictObject({
  ...authored,
  updatedAt: stampedNow('last change by the author'),
});

/** At any time: showing before and after, or no longer. */
export const reviewPicturesEdit = reviewEdit.pick({ beforeAfterPublic: true, updatedAt: true });

/** At any time: taking the review back. Its stars stay, and count for nobody. */
export const reviewTombstone = z.strictObject({
  status: z.literal('deleted'),
  aspects: noAspects,
  text: z.literal(''),
  sideEffects: z.literal(''),
  treatments: none,
  paidPrice: z.null(),
  photoPaths: none,
  beforeAfterPaths: none,
  beforeAfterPublic: z.literal(false),
  updatedAt: stampedNow('when taken back'),
});

export const hospitalReplySchema = z.object({
  hospitalId: id('whose answer it is', 'h1'),
  text: replyText,
  versions: z
    .array(z.object({ text: replyText, at: instant('when it was said') }))
    .max(20)
    .meta({ description: 'everything that was said, oldest first' }),
  createdAt: instant('when first said'),
  updatedAt: instant('when last changed'),
});

export const replyToReviewInput = z.strictObject({
  reviewId: sized(1, 128)
    .regex(/^(?!\.{1,2}$)(?!__.*__$)[^/]+$/)
    .meta({ description: 'the review answered', example: 'kakao:9000000001_h1_2026-11-10' }),
  text: replyText,
});
export type ReplyToReview = z.infer<typeof replyToReviewInput>;
export const replyToReviewOutput = z.strictObject({
  versions: z.int().min(1).meta({ description: 'how often it has been said', example: 1 }),
});

const followUp = {
  authorUid: id('who wrote the review', 'kakao:9000000001'),
  text: text(1000, 'how it goes', '일주일째, 붓기가 거의 빠졌어요.'),
  sideEffects: optionalText(1000, 'side effects; no hospital can hide this', ''),
};
export const followUpSchema = z.object({ ...followUp, createdAt: instant('when written') });
export const followUpCreate = z.strictObject({ ...followUp, createdAt: stampedNow('when written') });

const vote = { uid: id('who found it helpful', 'kakao:9000000001') };
export const helpfulSchema = z.object({ ...vote, at: instant('when') });
export const helpfulCreate = z.strictObject({ ...vote, at: stampedNow('when') });

/** A visit no review has been written of yet. */
export const visitSchema = z.object({
  uid: id('who came', 'kakao:9000000001'),
  hospitalId: id('where', 'h1'),
  day: koreanDay('when'),
  purgeAt: instant('deleted by Firestore’s TTL policy after this: nobody can review it any more'),
});

/** What ratings for ranking lean on, and where the nightly recount goes on. */
const mean = (what: string) =>
  z
    .number()
    .min(0)
    .max(5)
    .meta({ description: `mean of all evidenced reviews of ${what}`, example: 4.21 });

export const ratingMeansSchema = z.object({
  Hospitals: mean('hospitals'),
  Doctors: mean('doctors'),
  Events: mean('events'),
  next: z
    .object({ Hospitals: z.string(), Doctors: z.string(), Events: z.string() })
    .meta({ description: 'last page recounted; empty: from the beginning' }),
  asOf: instant('when they were taken'),
});
export type RatingMeans = z.infer<typeof ratingMeansSchema>;

export const reviewModels: readonly CollectionModel[] = [
  {
    path: 'reviews/{reviewId}',
    purpose: 'Reviews of hospitals, doctors and events. Id: `{authorUid}_{hospitalId}_{visitDate}`.',
    stored: reviewSchema,
    access: {
      get: 'everybody, when published; the author and operators always',
      list: 'everybody, published only, at most 50; an author lists their own',
      write:
        'the author creates (day of the visit to 180 days after), edits within 72 hours, shows before and after or no longer, takes back (status `deleted`, content emptied) unless suspended; evidence, pictures shown, the hospital’s reply and counters are the server’s',
    },
    withdrawal: 'kept as 탈퇴한 회원 under another id, so that ratings stay; pictures deleted',
    client: { create: reviewCreate, edit: reviewEdit },
    queries: [
      {
        screen: 'reviews of a hospital, newest first',
        where: [
          { field: 'status', op: '==' },
          { field: 'hospitalId', op: '==' },
        ],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 10,
      },
      {
        screen: 'reviews of a doctor, newest first',
        where: [
          { field: 'status', op: '==' },
          { field: 'doctorId', op: '==' },
        ],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 10,
      },
      {
        screen: 'my reviews',
        where: [{ field: 'authorUid', op: '==' }],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'reviews of an event, newest first',
        where: [
          { field: 'status', op: '==' },
          { field: 'eventId', op: '==' },
        ],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 10,
      },
      {
        screen: 'rating of a hospital (onReviewWritten)',
        where: [
          { field: 'status', op: '==' },
          { field: 'hospitalId', op: '==' },
        ],
        limit: 0,
        aggregates: ['tally.low', 'tally.mid', 'tally.high', 'tally.paid'],
      },
      {
        screen: 'rating of a doctor (onReviewWritten)',
        where: [
          { field: 'status', op: '==' },
          { field: 'doctorId', op: '==' },
        ],
        limit: 0,
        aggregates: ['tally.low', 'tally.mid', 'tally.high', 'tally.paid'],
      },
      {
        screen: 'rating of an event (onReviewWritten)',
        where: [
          { field: 'status', op: '==' },
          { field: 'eventId', op: '==' },
        ],
        limit: 0,
        aggregates: ['tally.low', 'tally.mid', 'tally.high', 'tally.paid'],
      },
      {
        screen: 'mean of all reviews (server, nightly)',
        where: [{ field: 'status', op: '==' }],
        limit: 0,
        aggregates: ['tally.low', 'tally.mid', 'tally.high', 'tally.paid'],
      },
    ],
  },
  {
    path: 'reviews/{reviewId}/followUps/{step}',
    purpose: 'How it went on after 1, 7, 30 and 90 days (`d1`, `d7`, `d30`, `d90`): added, never changed.',
    stored: followUpSchema,
    access: {
      get: 'everybody, when the review is published; its author and operators always',
      list: 'the same',
      write: 'the author of a published review adds each once, when its day has come, unless suspended',
    },
    withdrawal: 'moves with its review, without the person',
    client: { create: followUpCreate },
    queries: [
      {
        screen: 'diary of a review',
        where: [],
        orderBy: [{ field: 'createdAt', direction: 'asc' }],
        limit: 4,
      },
    ],
  },
  {
    path: 'reviews/{reviewId}/helpful/{uid}',
    purpose: 'Who found a review helpful: one vote each.',
    stored: helpfulSchema,
    access: {
      get: 'oneself, operators',
      list: 'nobody',
      write: 'oneself, for published reviews of others, unless suspended: gives the vote, takes it back',
    },
    withdrawal: 'own votes deleted; votes of others move with the review',
    client: { create: helpfulCreate },
    queries: [
      {
        screen: 'votes of a member who leaves (server)',
        where: [{ field: 'uid', op: '==' }],
        limit: 100,
        group: true,
      },
    ],
  },
  {
    path: 'reviews/{reviewId}/hospitalReply/{document}',
    purpose:
      'Everything a hospital has answered to a review (one document: `reply`); shown is `reply` of the review.',
    stored: hospitalReplySchema,
    access: {
      get: 'staff of the hospital, operators',
      list: 'nobody',
      write: 'server only (`replyToReview`)',
    },
    withdrawal: 'moves with its review; names nobody',
    queries: [],
  },
  {
    path: 'visits/{reviewId}',
    purpose:
      'Visits the platform knows of (a voucher used, an appointment kept) and nobody has reviewed; the id is that of the review.',
    stored: visitSchema,
    access: serverOnly,
    withdrawal: 'deleted',
    queries: [{ screen: 'of a member who leaves (server)', where: [{ field: 'uid', op: '==' }], limit: 100 }],
  },
  {
    path: 'ratingMeans/{document}',
    purpose: 'The usual score of each kind of page (one document: `current`), refreshed every night.',
    stored: ratingMeansSchema,
    access: serverOnly,
    withdrawal: 'names nobody',
    queries: [],
  },
];
