/**
 * Reviews. The author writes the document directly; the rules hold every field to the shapes below. The id says
 * that there is one review per member, hospital and day of visit: `{uid}_{hospitalId}_{visitDate}`.
 */
import { z } from 'zod';
import {
  count,
  id,
  instant,
  koreanDay,
  krw,
  oneOf,
  sized,
  stampedNow,
  storagePath,
  text,
} from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';
import { moderationField } from '../moderation/schema.ts';

export const evidenceLevels = ['none', 'consultation', 'receipt', 'visit'] as const;
export const reviewStatuses = ['published', 'held', 'hidden'] as const;

const oneHot = (n: number) =>
  z
    .int()
    .min(0)
    .max(1)
    .meta({ description: `1 when rating is ${n}, else 0`, example: n === 5 ? 1 : 0 });

/** One-hot copy of `rating`: lets one aggregation query give count, sum and histogram (1 read per 1,000 entries). */
const starFlags = z
  .strictObject({ s1: oneHot(1), s2: oneHot(2), s3: oneHot(3), s4: oneHot(4), s5: oneHot(5) })
  .meta({ description: 'one-hot copy of rating' });

const authored = {
  doctorId: id('doctor seen, of the same hospital', 'd1').nullable(),
  rating: z.int().min(1).max(5).meta({ description: 'stars', example: 5 }),
  stars: starFlags,
  text: text(3000, 'the review', '상담부터 수술까지 친절했어요. 붓기도 금방 빠졌습니다.', 10),
  treatments: z
    .array(sized(1, 20))
    .max(5)
    .meta({ description: 'treatments, as tags', example: ['쌍꺼풀'] }),
  paidPrice: krw('what was really paid, VAT included', 990000).nullable(),
  photoPaths: z
    .array(storagePath('reviews', 'Storage path'))
    .max(5)
    .meta({ description: "pictures below the author's own folder", example: [] }),
};

const fixed = {
  authorUid: id('who wrote it', 'kakao:9000000001'),
  authorNickname: text(20, 'denormalised from the profile', '민지', 2),
  hospitalId: id('hospital reviewed', 'h1'),
  hospitalName: text(60, 'denormalised from the hospital', '라온뷰티의원'),
  visitDate: koreanDay('day of the visit, not in the future'),
};

export const reviewSchema = z.object({
  ...fixed,
  ...authored,
  evidence: oneOf(evidenceLevels, 'what proves the visit', 'none'),
  status: oneOf(reviewStatuses, 'published, held for an operator, or hidden', 'published'),
  replyCount: count('visible replies, kept by onReplyWritten'),
  replyCountAsOf: instant('read time of that recount').nullable(),
  moderation: moderationField.optional(),
  createdAt: instant('when written'),
  updatedAt: instant('last change by the author'),
});
export type Review = z.infer<typeof reviewSchema>;

function starsFollowRating(review: { rating?: number; stars?: Record<string, number> }): boolean {
  return [1, 2, 3, 4, 5].every((n) => review.stars?.[`s${n}`] === (review.rating === n ? 1 : 0));
}

/** The one-hot flags that belong to a rating from 1 to 5. */
export function starsOf(rating: number): Review['stars'] {
  const flag = (n: number) => (rating === n ? 1 : 0);
  return { s1: flag(1), s2: flag(2), s3: flag(3), s4: flag(4), s5: flag(5) };
}

export const reviewCreate = z
  .strictObject({
    ...fixed,
    ...authored,
    evidence: z.literal('none'),
    status: z.literal('published'),
    replyCount: z.literal(0),
    replyCountAsOf: z.null(),
    createdAt: stampedNow('when written'),
    updatedAt: stampedNow('when written'),
  })
  .refine(starsFollowRating, { error: 'stars must be the one-hot copy of rating' });

/** The fields an author may change; rating and stars change together. */
export const reviewEdit = z
  .strictObject({ ...authored, updatedAt: stampedNow('last change by the author') })
  .refine(starsFollowRating, { error: 'stars must be the one-hot copy of rating' });

export const reviewModels: readonly CollectionModel[] = [
  {
    path: 'reviews/{reviewId}',
    purpose: 'Reviews of hospitals and doctors. Id: `{authorUid}_{hospitalId}_{visitDate}`.',
    stored: reviewSchema,
    access: {
      get: 'everybody, when published; the author and operators always',
      list: 'everybody, published only, at most 50; an author lists their own',
      write:
        'the author creates, edits and deletes unless suspended; evidence, status and counters are the server’s',
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
        screen: 'rating of a hospital (onReviewWritten)',
        where: [
          { field: 'status', op: '==' },
          { field: 'hospitalId', op: '==' },
        ],
        limit: 0,
        aggregates: ['stars.s1', 'stars.s2', 'stars.s3', 'stars.s4'],
      },
      {
        screen: 'rating of a doctor (onReviewWritten)',
        where: [
          { field: 'status', op: '==' },
          { field: 'doctorId', op: '==' },
        ],
        limit: 0,
        aggregates: ['stars.s1', 'stars.s2', 'stars.s3', 'stars.s4'],
      },
    ],
  },
];
