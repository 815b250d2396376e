/**
 * Advertising plans of hospitals: the platform’s only income. What is charged is a fixed price for a month, never a function
 * of treatments or patients (의료법 제27조③).
 */
import { z } from 'zod';
import { count, id, instant, koreanDay, krw, oneOf, text } from '../kernel/fields.ts';
import { type CollectionModel, serverOnly } from '../kernel/model.ts';

export const phases = ['active', 'pastDue', 'paused', 'ended'] as const;
export const endings = ['cancelled', 'noConsent', 'unpaid'] as const;
const day = (description: string) => koreanDay(description, '2026-12-01');

const riseSchema = z
  .object({
    price: krw('the price it rises to', 129000),
    from: day('first day of the period from which it holds'),
    askedOn: day('when consent was asked for last').nullable(),
    answer: z
      .enum(['yes', 'no'])
      .nullable()
      .meta({ description: 'what the hospital said; null: nothing', example: null }),
    answeredOn: day('when it said so').nullable(),
  })
  .meta({ description: 'a rise that was announced; holds only with consent in the thirty days before it' });

const pendingSchema = z
  .object({
    orderId: z.string().meta({ description: 'the order it is charged under', example: 'plan_h1208147521_4' }),
    amount: krw('what is charged', 99000),
    on: day('when it was begun'),
  })
  .meta({ description: 'a charge whose outcome is not known yet: nothing else is charged until it is' });

/** What the machine decides by. */
export const standSchema = z.object({
  phase: oneOf(
    phases,
    '`pastDue`: a charge failed and is tried again; `paused`: no advertising until a card works',
    'active',
  ),
  price: krw('what a month costs, VAT included', 99000),
  anchor: day('the first day of the first month: others begin on the same day of the month, or on its last'),
  months: z.int().min(0).meta({ description: 'months paid since the anchor', example: 3 }),
  paidUntil: day('the day the month begins that is not paid yet'),
  charges: count('charges begun, ever: numbers their orders'),
  failures: z.int().min(0).max(4).meta({ description: 'charges refused for that month', example: 0 }),
  firstFailedOn: day('when the first of them was refused').nullable(),
  pending: pendingSchema.nullable(),
  noticedOn: day('when the hospital was told of the next charge').nullable(),
  rise: riseSchema.nullable(),
  cancelledOn: day('when it was cancelled: it ends when what is paid ends').nullable(),
  endedOn: day('when it ended').nullable(),
  endedBecause: z
    .enum(endings)
    .nullable()
    .meta({ description: 'why it ended; `unpaid`: its first month was refused', example: null }),
});
export type Stand = z.infer<typeof standSchema>;

export const subscriptionSchema = z.object({
  ...standSchema.shape,
  planId: id('which plan', 'basic'),
  planName: text(60, 'what it is called', '기본 광고 플랜'),
  card: z
    .string()
    .max(40)
    .nullable()
    .meta({ description: 'the card, masked by Toss', example: '12345678****000*' }),
  cardMark: z
    .string()
    .max(64)
    .nullable()
    .meta({ description: 'keyed digest of its billing key: by this a deleted key is found', example: '9f…' }),
  nextOn: day('when something is to be done next; null: nothing').nullable(),
  createdAt: instant('when it was started'),
  updatedAt: instant('last change'),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

export const planSchema = z.object({
  name: text(60, 'what it is called', '기본 광고 플랜'),
  price: krw('what a month costs, VAT included', 99000),
  isOpen: z.boolean().meta({ description: 'whether it can be started', example: true }),
  updatedAt: instant('last change'),
});
export type Plan = z.infer<typeof planSchema>;

export const billingSchema = z.object({
  sealed: z.string().max(2000).meta({ description: 'billing key of Toss, AES-256-GCM', example: 'v1.…' }),
  updatedAt: instant('last change'),
});

/** It is part of the orders Toss charges. */
const hospitalId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,48}$/)
  .meta({ description: 'the hospital', example: 'h1208147521' });
const planId = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/)
  .meta({ description: 'which plan', example: 'basic' });
const authKey = z
  .string()
  .min(1)
  .max(300)
  .meta({ description: 'from the card window of Toss, for once', example: 'auth_example_1' });
const price = krw('won a month, VAT included', 99000).max(10_000_000);

export const setPlanInput = z.strictObject({
  planId,
  name: planSchema.shape.name,
  price,
  isOpen: planSchema.shape.isOpen,
  reason: text(500, 'why, for the audit log', '2027년 요금 조정'),
});
export const setPlanOutput = z.strictObject({ planId, subscriptions: count('subscriptions that were told') });

export const cardWindowInput = z.strictObject({ hospitalId });
export const cardWindowOutput = z.strictObject({
  customerKey: z.string().meta({ description: 'for the card window of Toss', example: '0a1b…' }),
});
export const startSubscriptionInput = z.strictObject({ hospitalId, planId, price, authKey });
export const changeCardInput = z.strictObject({ hospitalId, authKey });
export const cancelSubscriptionInput = z.strictObject({ hospitalId });
export const keepSubscriptionInput = z.strictObject({ hospitalId });
export const answerRiseInput = z.strictObject({
  hospitalId,
  answer: oneOf(['yes', 'no'], 'whether the new price is agreed to', 'yes'),
});
export const askRiseAgainInput = z.strictObject({ hospitalId });
export const subscriptionOutput = z.strictObject({
  phase: z.enum(phases).meta({ description: 'where it stands', example: 'active' }),
  paidUntil: day('the day the month begins that is not paid yet'),
});
export type SubscriptionOutput = z.infer<typeof subscriptionOutput>;

const staffOwn = { get: 'staff of the hospital, operators', list: 'operators', write: 'server only' };
const ofHospitals = 'about hospitals: names no member';

export const subscriptionModels: readonly CollectionModel[] = [
  {
    path: 'plans/{planId}',
    purpose: 'Advertising plans (광고 플랜) and what they cost.',
    stored: planSchema,
    access: {
      get: 'hospital staff, operators',
      list: 'hospital staff, operators',
      write: 'server only (setPlan)',
    },
    withdrawal: ofHospitals,
    queries: [],
  },
  {
    path: 'subscriptions/{hospitalId}',
    purpose: 'The plan of a hospital: the machine of subscriptions/machine.ts. Id: the hospital.',
    stored: subscriptionSchema,
    access: staffOwn,
    withdrawal: ofHospitals,
    queries: [
      {
        screen: 'those something is to be done about (server, every five minutes)',
        where: [],
        orderBy: [{ field: 'nextOn', direction: 'asc' }],
        limit: 50,
      },
      {
        screen: 'the subscription of a card that was deleted at Toss (server)',
        where: [{ field: 'cardMark', op: '==' }],
        limit: 1,
      },
      {
        screen: 'subscriptions of a plan, when its price changes (server)',
        where: [{ field: 'planId', op: '==' }],
        limit: 100,
      },
    ],
  },
  {
    path: 'subscriptions/{hospitalId}/private/{document}',
    purpose: 'The billing key of its card (one document: `billing`).',
    stored: billingSchema,
    access: serverOnly,
    withdrawal: ofHospitals,
    queries: [],
  },
];
