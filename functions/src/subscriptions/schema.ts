/**
 * Advertising plans of hospitals: the platform’s only income. What is charged is a fixed price for a month, never a function
 * of treatments or patients (의료법 제27조③).
 */
import { z } from 'zod';
import { count, id, instant, koreanDay, krw, oneOf, text } from '../kernel/fields.ts';

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
  nextOn: day('when something is to be done next').nullable(),
  createdAt: instant('when it was started'),
  updatedAt: instant('last change'),
});
export type Subscription = z.infer<typeof subscriptionSchema>;
