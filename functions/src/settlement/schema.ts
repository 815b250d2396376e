/**
 * What hospitals are paid, and how the days went. All of it is read off the books: a batch is the account of one hospital
 * over one week, so that it can be drawn up again at any time with the same result.
 */
import { z } from 'zod';
import { count, id, instant, koreanDay, oneOf, text } from '../kernel/fields.ts';
import { type CollectionModel, serverOnly } from '../kernel/model.ts';
import { entryKinds } from '../ledger/schema.ts';

const owed = (description: string, example = 990000) =>
  z.int().meta({ description: `${description}; positive: in the hospital’s favour`, unit: 'KRW', example });

const tally = (what: string) =>
  z.object({ count: count('how many'), sum: owed('won') }).meta({ description: what });

/** What changed the account of a hospital, under the headings of its statement. */
export const headings = ['used', 'kept', 'held', 'released', 'compensation', 'corrected', 'paid'] as const;
export type Heading = (typeof headings)[number];

export const headingsSchema = z.object({
  used: tally('sessions used'),
  kept: tally('what the law lets it keep of refunds'),
  held: tally('sessions in dispute, held back'),
  released: tally('disputes settled for the hospital'),
  compensation: tally('what it adds to refunds at its own fault'),
  corrected: tally('entries undone'),
  paid: tally('paid to it'),
});
export type Headings = z.infer<typeof headingsSchema>;

export const settlementStates = ['due', 'stopped', 'paid', 'carried', 'nothing'] as const;

export const settlementSchema = z.object({
  hospitalId: id('whose account it is', 'h1208147521'),
  week: koreanDay('its Monday', '2026-11-30'),
  until: koreanDay('its Sunday', '2026-12-06'),
  payOn: koreanDay('when it is paid: the Wednesday after', '2026-12-09'),
  opening: owed('what stood open when the week began', 0),
  moved: headingsSchema.meta({ description: 'the week, by heading' }),
  closing: owed('opening and all that moved'),
  due: z
    .int()
    .min(0)
    .meta({ description: 'what is to be paid: closing, if it is positive', unit: 'KRW', example: 990000 }),
  pages: count('documents of lines below it'),
  state: oneOf(
    settlementStates,
    '`carried`: not paid by the next closing, so the next batch holds it; `stopped`: an operator said why in the audit log',
    'due',
  ),
  paid: z.int().min(0).nullable().meta({
    description: 'what was paid: less than due when sessions were held since',
    unit: 'KRW',
    example: null,
  }),
  reference: text(100, 'what the transfer is called at the bank', '1130 라온뷰티 0042').nullable(),
  closedAt: instant('when it was drawn up'),
  paidAt: instant('when it was paid').nullable(),
});
export type Settlement = z.infer<typeof settlementSchema>;

export const statementLineSchema = z.object({
  heading: oneOf(headings, 'under which it stands', 'used'),
  kind: oneOf(entryKinds, 'kind of the entry', 'use'),
  of: z
    .string()
    .meta({ description: 'what it happened to: voucher and session, refund, batch', example: 'v1~1' }),
  day: koreanDay('when', '2026-12-01'),
  amount: owed('won'),
});
export type StatementLine = z.infer<typeof statementLineSchema>;

export const statementPageSchema = z.object({
  hospitalId: id('whose account it is', 'h1208147521'),
  lines: z
    .array(statementLineSchema)
    .max(500)
    .meta({ description: 'in the order they were entered', example: [] }),
});

export const settlementRoundSchema = z.object({
  week: koreanDay('the last week of which all batches are drawn up', '2026-11-30'),
  asOf: instant('when'),
});

export const holdStates = ['held', 'released', 'recovered'] as const;
export const holdSchema = z.object({
  hospitalId: id('which hospital', 'h1208147521'),
  voucherId: id('which voucher', 'v1'),
  session: z.int().min(1).max(50).meta({ description: 'which session, from 1', example: 1 }),
  amount: z.int().min(1).meta({ description: 'what it is worth', unit: 'KRW', example: 99000 }),
  round: z.int().min(1).meta({ description: 'how often it has been held', example: 1 }),
  state: oneOf(holdStates, '`released`: for the hospital; `recovered`: for the member', 'held'),
  heldAt: instant('when it was held last'),
  settledAt: instant('when it was settled').nullable(),
});
export type Hold = z.infer<typeof holdSchema>;

const sales = (what: string) =>
  z
    .object({
      count: count('how many'),
      sum: z.int().meta({ description: 'won', unit: 'KRW', example: 990000 }),
    })
    .meta({ description: what });

export const salesSchema = z
  .object({
    sold: sales('vouchers paid'),
    used: sales('sessions used'),
    refunded: sales('refunds decided'),
    kept: sales('what hospitals kept of refunds'),
    corrected: sales('entries undone'),
    interest: sales('interest on refunds that came back late, owed by the platform; of no hospital'),
  })
  .meta({ description: 'what was sold, used and returned' });
export type Sales = z.infer<typeof salesSchema>;

export const hospitalDaySchema = z.object({
  hospitalId: id('whose day', 'h1208147521'),
  day: koreanDay('the day', '2026-12-01'),
  sales: salesSchema,
  countedAt: instant('when it was counted'),
});
export type HospitalDay = z.infer<typeof hospitalDaySchema>;

export const salesDaySchema = z.object({
  day: koreanDay('the day', '2026-12-01'),
  sales: salesSchema,
  hospitals: count('hospitals with movements'),
  countedAt: instant('when it was counted'),
});

export const differenceKinds = ['notInBooks', 'notAtToss', 'otherAmount'] as const;
export const comparisonSchema = z.object({
  day: koreanDay('day of sale', '2026-12-01'),
  compared: count('movements that agree'),
  differences: z
    .array(
      z.object({
        what: oneOf(differenceKinds, 'what is wrong', 'otherAmount'),
        key: z.string().meta({ description: 'order, or transaction of a cancel', example: 'order_1' }),
        ours: z.int().nullable().meta({ description: 'in the books', unit: 'KRW', example: 990000 }),
        theirs: z.int().nullable().meta({ description: 'at Toss', unit: 'KRW', example: 99000 }),
      }),
    )
    .max(200)
    .meta({ description: 'what does not agree, the first 200', example: [] }),
  total: count('differences'),
  comparedAt: instant('when'),
});
export type Comparison = z.infer<typeof comparisonSchema>;

export const settlementIdInput = z.string().regex(/^[^/]{1,128}~20\d{2}-\d{2}-\d{2}$/);

export const paySettlementInput = z.strictObject({
  batchId: settlementIdInput.meta({ description: 'the batch', example: 'h1208147521~2026-11-30' }),
  amount: z
    .int()
    .min(1)
    .meta({ description: 'what was transferred: must be what is payable now', unit: 'KRW', example: 990000 }),
  reference: text(100, 'what the transfer is called at the bank', '1130 라온뷰티 0042'),
});
export const paySettlementOutput = z.strictObject({ paid: z.int() });

export const stopSettlementInput = z.strictObject({
  batchId: paySettlementInput.shape.batchId,
  stop: z.boolean().meta({ description: 'true: not to be paid for now; false: due again', example: true }),
  reason: text(500, 'why, for the audit log', '분쟁 접수 3건, 확인 중'),
});
export const stopSettlementOutput = z.strictObject({ state: z.enum(settlementStates) });

const oneSession = {
  voucherId: id('the voucher', 'v1'),
  session: holdSchema.shape.session,
  reason: text(500, 'why, for the audit log', '회원이 시술을 받지 않았다고 신고'),
};
export const holdSessionInput = z.strictObject(oneSession);
export const settleDisputeInput = z.strictObject({
  ...oneSession,
  inFavourOf: oneOf(['hospital', 'member'], 'who was right', 'hospital'),
});
export const holdOutput = z.strictObject({ state: z.enum(holdStates) });

const staffRead = {
  get: 'staff of the hospital, operators',
  list: 'staff: those of their hospital; operators',
  write: 'server only',
};
const operatorsRead = { get: 'operators', list: 'operators', write: 'server only' };
const ofHospitals = 'about hospitals: names no member';

export const settlementModels: readonly CollectionModel[] = [
  {
    path: 'settlements/{batchId}',
    purpose:
      'Weekly batches (정산서), one for each hospital and week with movements. Id: `{hospitalId}~{Monday}`.',
    stored: settlementSchema,
    access: staffRead,
    withdrawal: ofHospitals,
    queries: [
      {
        screen: 'settlements of a hospital, latest first (staff); the one before (closeWeeks)',
        where: [{ field: 'hospitalId', op: '==' }],
        orderBy: [{ field: 'week', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'what is to be paid (operators)',
        where: [{ field: 'state', op: '==' }],
        orderBy: [{ field: 'payOn', direction: 'asc' }],
        limit: 50,
      },
    ],
  },
  {
    path: 'settlements/{batchId}/pages/{number}',
    purpose: 'The lines of a statement, at most 500 in each.',
    stored: statementPageSchema,
    access: staffRead,
    withdrawal: ofHospitals,
    queries: [],
  },
  {
    path: 'settlementRounds/{round}',
    purpose: 'How far the batches are drawn up (one document: `current`).',
    stored: settlementRoundSchema,
    access: serverOnly,
    withdrawal: 'holds nothing of anybody',
    queries: [],
  },
  {
    path: 'settlementHolds/{holdId}',
    purpose: 'Used sessions in dispute. Id: `{voucherId}~{session}`.',
    stored: holdSchema,
    access: staffRead,
    withdrawal: 'names no person, only vouchers',
    queries: [
      {
        screen: 'disputes of a hospital, latest first (staff)',
        where: [{ field: 'hospitalId', op: '==' }],
        orderBy: [{ field: 'heldAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'open disputes, oldest first (operators)',
        where: [{ field: 'state', op: '==' }],
        orderBy: [{ field: 'heldAt', direction: 'asc' }],
        limit: 50,
      },
    ],
  },
  {
    path: 'hospitalDays/{dayId}',
    purpose:
      'The sales page of a hospital: one document for each day with movements. Id: `{hospitalId}~{day}`.',
    stored: hospitalDaySchema,
    access: staffRead,
    withdrawal: ofHospitals,
    queries: [
      {
        screen: 'days of a hospital, latest first (staff)',
        where: [{ field: 'hospitalId', op: '==' }],
        orderBy: [{ field: 'day', direction: 'desc' }],
        limit: 31,
      },
    ],
  },
  {
    path: 'salesDays/{day}',
    purpose: 'Sales of all hospitals, one document for each day.',
    stored: salesDaySchema,
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
  {
    path: 'tossComparisons/{day}',
    purpose: 'Whether the books and the settlements of Toss agree, by day of sale.',
    stored: comparisonSchema,
    access: operatorsRead,
    withdrawal: 'names no person',
    queries: [
      {
        screen: 'comparisons, latest first (operators)',
        where: [],
        orderBy: [{ field: 'day', direction: 'desc' }],
        limit: 31,
      },
    ],
  },
];
