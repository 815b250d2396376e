/**
 * The books: what was paid, owed and paid out, as entries of two or more sides that sum to nothing. An entry is written
 * once, under the id of its cause, and never changed; a mistake is answered by the reverse entry and the right one.
 *
 * Every account is a column of every entry, so that Firestore itself can sum it. Debit is positive, credit negative.
 */
import { z } from 'zod';
import { id, instant, koreanDay, oneOf } from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';

/** What each account holds, and on which side its balance normally is. `hospital` is one account per hospital. */
export const accounts = {
  toss: { side: 'debit', what: 'what Toss has collected for us and not yet paid out' },
  bank: { side: 'debit', what: 'our bank account' },
  vouchers: { side: 'credit', what: 'owed to members: paid sessions not yet used or returned' },
  unassigned: {
    side: 'credit',
    what: 'owed to payers: money that came and for which no voucher could be made',
  },
  refunds: { side: 'credit', what: 'owed to members: returns decided, not yet carried out by Toss' },
  compensations: {
    side: 'credit',
    what: 'owed to members by bank transfer: what a hospital at fault adds, interest on what comes back late',
  },
  hospital: {
    side: 'credit',
    what: 'owed to the hospital of the entry: used sessions, and what the law lets it keep',
  },
  held: {
    side: 'credit',
    what: 'owed to a hospital or a member: used sessions in dispute, until it is settled',
  },
  subscriptions: {
    side: 'credit',
    what: 'income of the platform: advertising plans of hospitals, nothing else',
  },
  fees: { side: 'debit', what: 'expense of the platform: fees of Toss' },
  interest: { side: 'debit', what: 'expense of the platform: interest on refunds carried out late' },
} as const satisfies Record<string, { readonly side: 'debit' | 'credit'; readonly what: string }>;
export type Account = keyof typeof accounts;

export const accountNames = [
  'toss',
  'bank',
  'vouchers',
  'unassigned',
  'refunds',
  'compensations',
  'hospital',
  'held',
  'subscriptions',
  'fees',
  'interest',
] as const satisfies readonly Account[];

const balance = (account: Account) =>
  z.int().meta({
    description: `${accounts[account].what}; debit positive, credit negative`,
    unit: 'KRW',
    example: 0,
  });

export const amountsSchema = z
  .object({
    toss: balance('toss'),
    bank: balance('bank'),
    vouchers: balance('vouchers'),
    unassigned: balance('unassigned'),
    refunds: balance('refunds'),
    compensations: balance('compensations'),
    hospital: balance('hospital'),
    held: balance('held'),
    subscriptions: balance('subscriptions'),
    fees: balance('fees'),
    interest: balance('interest'),
  })
  .meta({ description: 'debit positive, credit negative; together nothing' });
export type Amounts = z.infer<typeof amountsSchema>;

type Sides = Partial<Record<Account, 'debit' | 'credit'>>;

/**
 * Everything that may happen to money, and the sides it may touch. No kind has both a hospital’s or a member’s money and
 * an income of the platform (의료법 제27조③: no share of a medical price), so no entry can hold a commission.
 */
export const movements = {
  payment: { toss: 'debit', vouchers: 'credit' },
  strayDeposit: { toss: 'debit', unassigned: 'credit' },
  use: { vouchers: 'debit', hospital: 'credit' },
  refund: { vouchers: 'debit', refunds: 'credit', hospital: 'credit' },
  strayRefund: { unassigned: 'debit', refunds: 'credit' },
  refundPaid: { refunds: 'debit', toss: 'credit' },
  hold: { hospital: 'debit', held: 'credit' },
  release: { held: 'debit', hospital: 'credit' },
  recovery: { held: 'debit', refunds: 'credit' },
  compensation: { hospital: 'debit', compensations: 'credit' },
  compensationPaid: { compensations: 'debit', bank: 'credit' },
  settlement: { hospital: 'debit', bank: 'credit' },
  payout: { bank: 'debit', fees: 'debit', toss: 'credit' },
  feeReturn: { toss: 'debit', fees: 'credit' },
  lateInterest: { interest: 'debit', compensations: 'credit' },
  interestPaid: { compensations: 'debit', bank: 'credit' },
  charge: { toss: 'debit', subscriptions: 'credit' },
  chargeRefund: { subscriptions: 'debit', refunds: 'credit' },
} as const satisfies Record<string, Sides>;
export type MovementKind = keyof typeof movements;

export const movementKinds = [
  'payment',
  'strayDeposit',
  'use',
  'refund',
  'strayRefund',
  'refundPaid',
  'hold',
  'release',
  'recovery',
  'compensation',
  'compensationPaid',
  'settlement',
  'payout',
  'feeReturn',
  'lateInterest',
  'interestPaid',
  'charge',
  'chargeRefund',
] as const satisfies readonly MovementKind[];
export const entryKinds = [...movementKinds, 'reversal'] as const;

export const ledgerEntrySchema = z.object({
  kind: oneOf(entryKinds, 'what happened', 'payment'),
  of: id('what it happened to: an order, a session, a refund, a batch', 'order-1'),
  hospitalId: id('whose patients’ or whose own money it is', 'h1208147521').nullable(),
  amounts: amountsSchema,
  day: koreanDay('the day it was entered', '2026-12-01'),
  week: koreanDay('the Monday of that day: the week it is settled with', '2026-11-30'),
  at: instant('when it was entered'),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

export const ledgerDaySchema = z.object({
  day: koreanDay('the day', '2026-12-01'),
  entries: z.int().min(0).meta({ description: 'entries of the day', example: 12 }),
  moved: amountsSchema.meta({ description: 'sums of the day' }),
  balances: amountsSchema.meta({ description: 'sums of everything up to the end of the day' }),
  closedAt: instant('when it was summed'),
});
export type LedgerDay = z.infer<typeof ledgerDaySchema>;

/** Firestore sums five fields in a query at most. */
const summed = accountNames.map((account) => `amounts.${account}`);
const operatorsRead = { get: 'operators', list: 'operators', write: 'server only' };

export const ledgerModels: readonly CollectionModel[] = [
  {
    path: 'ledger/{entryId}',
    purpose: 'The books, append-only. The id is the cause, `{kind}~{of}`: one cause makes one entry.',
    stored: ledgerEntrySchema,
    access: operatorsRead,
    withdrawal: 'kept: names no person, only orders and vouchers',
    queries: [
      {
        screen: 'entries, latest first (operators)',
        where: [],
        orderBy: [{ field: 'at', direction: 'desc' }],
        limit: 50,
      },
      {
        screen: 'entries of a hospital, latest first (operators)',
        where: [{ field: 'hospitalId', op: '==' }],
        orderBy: [{ field: 'at', direction: 'desc' }],
        limit: 50,
      },
      {
        screen: 'hospitals with entries in a week, one after the other (closeWeeks)',
        where: [{ field: 'week', op: '==' }],
        orderBy: [{ field: 'hospitalId', direction: 'asc' }],
        limit: 1,
      },
      {
        screen: 'entries of a hospital in a week (closeWeeks)',
        where: [
          { field: 'hospitalId', op: '==' },
          { field: 'week', op: '==' },
        ],
        orderBy: [{ field: 'at', direction: 'asc' }],
        limit: 500,
      },
      {
        screen: 'entries of a day (countSales, compareWithToss)',
        where: [{ field: 'day', op: '==' }],
        orderBy: [{ field: 'at', direction: 'asc' }],
        limit: 500,
      },
      {
        screen: 'what a hospital is owed (paySettlement)',
        where: [{ field: 'hospitalId', op: '==' }],
        limit: 1,
        aggregates: ['amounts.hospital'],
      },
      {
        screen: 'what has moved of a batch since (paySettlement)',
        where: [
          { field: 'hospitalId', op: '==' },
          { field: 'kind', op: '==' },
        ],
        orderBy: [{ field: 'week', direction: 'asc' }],
        limit: 300,
      },
      {
        screen: 'sums of a day (closeDays)',
        where: [{ field: 'day', op: '==' }],
        limit: 1,
        aggregates: summed.slice(0, 5),
      },
      {
        screen: 'sums of a day, the next five accounts (closeDays)',
        where: [{ field: 'day', op: '==' }],
        limit: 1,
        aggregates: summed.slice(5, 10),
      },
      {
        screen: 'sums of a day, the last accounts (closeDays)',
        where: [{ field: 'day', op: '==' }],
        limit: 1,
        aggregates: summed.slice(10),
      },
    ],
  },
  {
    path: 'ledgerDays/{day}',
    purpose: 'What each day moved and where each account stood at its end; written once the day is over.',
    stored: ledgerDaySchema,
    access: operatorsRead,
    withdrawal: 'names no person',
    queries: [
      {
        screen: 'days, latest first (operators)',
        where: [],
        orderBy: [{ field: 'day', direction: 'desc' }],
        limit: 31,
      },
    ],
  },
];
