/** Refunds of vouchers: what was decided, by which lines, and how far Toss has carried it out. */
import { z } from 'zod';
import { count, id, instant, koreanDay, krw, oneOf, text } from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';
import { refundReasons } from './refund.ts';

const voucherId = id('the voucher', 'dp-0a1b2c3d');

const lineSchema = z.object({
  label: z
    .string()
    .max(200)
    .meta({ description: 'what it is, in Korean', example: '사용한 2회 (계약 단가 330,000원)' }),
  amount: z.int().meta({ description: 'won; what is taken off is negative', unit: 'KRW', example: -660000 }),
  basis: z
    .string()
    .max(200)
    .meta({ description: 'the law, the dispute table or our promise', example: '전자상거래법 제17조①' }),
});
const lines = z
  .array(lineSchema)
  .max(10)
  .meta({ description: 'the computation; sums to refund, compensation and interest', example: [] });

const sums = {
  lines,
  refund: krw('what goes back through Toss', 330000),
  kept: krw('what the hospital keeps of the returned sessions', 0),
  compensation: krw('what a hospital at fault adds, by bank transfer', 0),
  dueOn: koreanDay('by when it must be carried out', '2026-12-04'),
};

export const refundStates = ['DUE', 'DONE', 'VOID'] as const;
export const storedRefundSchema = z.object({
  voucherId,
  orderId: id('order it was bought with', 'dp-0a1b2c3d'),
  hospitalId: id('where it would have been used', 'h1'),
  paymentKey: z.string().max(200).meta({ description: 'payment it goes back to', example: 'pk_example_1' }),
  because: oneOf(refundReasons, 'why', 'changeOfMind'),
  sessions: z.int().min(1).max(50).meta({ description: 'sessions returned', example: 1 }),
  ...sums,
  state: oneOf(
    refundStates,
    'DUE until Toss has carried it out; VOID: the bank had taken the deposit back, nothing was there to return',
    'DONE',
  ),
  failure: z.string().max(120).nullable().meta({ description: 'what Toss said last', example: 'NO_ANSWER' }),
  wishes: count('times it was asked for anew, after a refusal'),
  tries: count('tries'),
  nextTryAt: instant('when it is tried next').nullable(),
  transactionKey: z
    .string()
    .max(64)
    .nullable()
    .meta({ description: 'of the cancel at Toss', example: 'txn_1' }),
  compensatedAt: instant('when the compensation was transferred').nullable(),
  hinderedOn: koreanDay(
    'the last day it could not go back for want of an account, or of the deposit',
    '2026-12-04',
  ).nullable(),
  interest: krw('what the platform adds because it came back late, by bank transfer', 0),
  interestOwed: krw('what of it was not transferred yet', 0),
  createdAt: instant('when it was decided'),
  updatedAt: instant('last change'),
});
export type StoredRefund = z.infer<typeof storedRefundSchema>;

export const hospitalClosingSchema = z.object({
  refunds: count('vouchers refunded so far'),
  nextRunAt: instant('when it is looked for vouchers again'),
  createdAt: instant('when the closing was entered'),
  updatedAt: instant('last change'),
});

const howMany = z
  .int()
  .min(1)
  .max(50)
  .nullable()
  .meta({ description: 'sessions to return; null: all that are left', example: null });

const sessionsReturned = (description: string) =>
  z.int().min(0).max(50).meta({ description, unit: 'sessions', example: 0 });

export const quoteRefundInput = z.strictObject({ voucherId, sessions: howMany });
export const quoteRefundOutput = z.strictObject({
  ...sums,
  sessionsReturned: sessionsReturned('sessions that have gone back: to be said to requestRefund'),
});
export type Quote = z.infer<typeof quoteRefundOutput>;

export const requestRefundInput = z.strictObject({
  voucherId,
  sessions: howMany,
  sessionsReturned: sessionsReturned('what quoteRefund told: the same wish again is the same refund'),
  refund: krw('what the member was shown by quoteRefund', 330000),
});
export const refundOutput = z.strictObject({
  refundId: z.string().meta({ description: 'the refund', example: 'dp-0a1b2c3d~0' }),
  state: z
    .enum(refundStates)
    .meta({ description: 'DUE: under way; VOID: there was no money', example: 'DONE' }),
  ...sums,
});
export type RefundOutput = z.infer<typeof refundOutput>;

export const decideRefundInput = z.strictObject({
  voucherId,
  sessions: howMany,
  sessionsReturned: sessionsReturned(
    'what the voucher said when it was decided: the same again is the same refund',
  ),
  because: oneOf(refundReasons, 'what was found', 'misdescribed'),
  knownOn: koreanDay('the day the member learned of it; null: not told').nullable(),
  reason: text(500, 'why, for the audit log', '광고와 다른 시술로 확인 (문의 1234)'),
});

export const payCompensationInput = z.strictObject({
  refundId: id('the refund', 'dp-0a1b2c3d~0'),
  reference: text(100, 'what the transfer is called at the bank', '배상 0042'),
});
export const payCompensationOutput = z.strictObject({ paid: krw('won') });

export const payInterestInput = payCompensationInput;
export const payInterestOutput = z.strictObject({ paid: krw('won') });

export const closeHospitalInput = z.strictObject({
  hospitalId: id('hospital that has closed', 'h1208147521'),
  reason: text(500, 'why, for the audit log', '폐업 신고 확인'),
});
export const closeHospitalOutput = z.strictObject({ refunds: count('vouchers refunded so far') });

const operatorsRead = { get: 'operators', list: 'operators', write: 'server only' };

export const refundModels: readonly CollectionModel[] = [
  {
    path: 'refunds/{refundId}',
    purpose:
      'Refunds of vouchers. Id: `{voucherId}~{sessions returned before}`: the same sessions go back once.',
    stored: storedRefundSchema,
    access: { get: 'who holds the voucher, operators', list: 'operators', write: 'server only' },
    withdrawal: 'names no person: a record of payment',
    queries: [
      {
        screen: 'those to be carried out (server, every five minutes)',
        where: [],
        orderBy: [{ field: 'nextTryAt', direction: 'asc' }],
        limit: 20,
      },
      {
        screen: 'under way for an order (server)',
        where: [
          { field: 'orderId', op: '==' },
          { field: 'state', op: '==' },
        ],
        limit: 50,
      },
      {
        screen: 'what else of a voucher is to be carried out (server)',
        where: [
          { field: 'voucherId', op: '==' },
          { field: 'state', op: '==' },
        ],
        limit: 2,
      },
      {
        screen: 'interest that is owed, the most first (operators)',
        where: [],
        orderBy: [{ field: 'interestOwed', direction: 'desc' }],
        limit: 50,
      },
      {
        screen: 'open refunds, those due first (operators)',
        where: [{ field: 'state', op: '==' }],
        orderBy: [{ field: 'dueOn', direction: 'asc' }],
        limit: 50,
      },
    ],
  },
  {
    path: 'hospitalClosings/{hospitalId}',
    purpose: 'Hospitals that have closed: what is left of their vouchers goes back.',
    stored: hospitalClosingSchema,
    access: operatorsRead,
    withdrawal: 'about hospitals: names no member',
    queries: [
      {
        screen: 'those to be gone through (server, every five minutes)',
        where: [],
        orderBy: [{ field: 'nextRunAt', direction: 'asc' }],
        limit: 10,
      },
    ],
  },
];
