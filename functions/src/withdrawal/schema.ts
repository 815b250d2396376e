/**
 * Leaving. A `withdrawals` document is both the order and its progress: a worker takes it, goes through the erasers of
 * all domains, and writes down below it, page by page, what it has touched. When all is done the document knows nobody
 * any more: it is the proof. `webhookEvents` are what Kakao has told us, until that has been acted upon.
 */
import { z } from 'zod';
import { count, id, instant, koreanDay, oneOf, problemsField, text } from '../kernel/fields.ts';
import { type CollectionModel, serverOnly } from '../kernel/model.ts';
import { erasureActions } from '../platform/erasing.ts';

export const requesters = ['member', 'operator', 'kakao', 'console'] as const;
export type Requester = (typeof requesters)[number];
export const withdrawalStates = ['REQUESTED', 'RUNNING', 'DONE', 'REFUSED', 'PARKED'] as const;

const kakaoId = z
  .int()
  .positive()
  .nullable()
  .meta({ description: 'Kakao member number to unlink; null once done', example: 9000000001 });
const failureCode = z
  .string()
  .nullable()
  .meta({ description: 'why the last run did not finish', example: 'KAKAO_UNAVAILABLE' });

const stepSchema = z.object({
  doneAt: instant('when nothing was left').nullable(),
  pages: count('pages of the report'),
  touched: count('paths touched'),
});
export type Step = z.infer<typeof stepSchema>;

export const withdrawalSchema = z.object({
  uid: id('who leaves; null once done or refused', 'kakao:9000000001').nullable(),
  kakaoId,
  requestedBy: oneOf(requesters, 'who asked for it', 'member'),
  by: id('uid of the operator; `member`, `kakao` or `console`', 'member'),
  reason: text(500, 'why; emptied once done', '더 이상 이용하지 않아요').nullable(),
  state: oneOf(
    withdrawalStates,
    'PARKED: gave up after a day; an operator may set it back to REQUESTED in the console',
    'DONE',
  ),
  alias: id('takes the place of the uid in content that stays', 'withdrawn-6vQk2mX0bPq1'),
  steps: z
    .record(z.string(), stepSchema)
    .meta({ description: 'how far each step has come', example: { reviews: { pages: 1, touched: 3 } } }),
  attempts: count('runs begun since it was last asked for'),
  nextAttemptAt: instant(
    'nobody works on it before: a lease while one does, a pause after a failure',
  ).nullable(),
  parkAt: instant('gives up when it fails after this').nullable(),
  failure: failureCode,
  problems: problemsField,
  requestedAt: instant('when it was asked for'),
  updatedAt: instant('last change'),
  finishedAt: instant('when nothing was left').nullable(),
  purgeOn: koreanDay('the proof itself goes on this day', '2029-11-22').nullable(),
});
export type Withdrawal = z.infer<typeof withdrawalSchema>;

/** `planned` pages are erased again by whoever goes on after a crash; `done` is what has happened. */
export const reportPageSchema = z.object({
  step: z.string().meta({ description: 'eraser', example: 'reviews' }),
  state: oneOf(['planned', 'done'] as const, 'written down before, or done', 'done'),
  entries: z
    .array(
      z.object({
        action: oneOf(erasureActions, 'what happened to it', 'anonymised'),
        path: z.string().meta({
          description: 'with `{uid}`, `{kakaoId}` and `{nickname}` where these stood',
          example: 'reviews/{uid}_h1_2026-11-10',
        }),
      }),
    )
    .meta({ description: 'what was touched' }),
  at: instant('when'),
});
export type ReportPage = z.infer<typeof reportPageSchema>;

export const eventStates = ['RECEIVED', 'DONE', 'IGNORED', 'FAILED'] as const;

export const webhookEventSchema = z.object({
  provider: oneOf(['kakao'] as const, 'who told', 'kakao'),
  kind: z.string().max(60).meta({ description: 'what it tells', example: 'unlink' }),
  kakaoId: z
    .int()
    .positive()
    .nullable()
    .meta({ description: 'whom it is about; null once acted upon', example: 9000000001 }),
  fields: z
    .record(z.string(), z.string().max(300))
    .meta({ description: 'as received, without the person', example: { referrer_type: 'UNLINK_FROM_APPS' } }),
  occurredAt: instant('when it happened, if told, else when it was received'),
  state: oneOf(eventStates, 'RECEIVED until it has been acted upon', 'DONE'),
  outcome: z.string().nullable().meta({ description: 'what came of it', example: 'WITHDRAWAL' }),
  receivedAt: instant('when it was received'),
  purgeOn: koreanDay('deleted on this day', '2027-02-22'),
});
export type WebhookEvent = z.infer<typeof webhookEventSchema>;

const reason = text(500, 'why', '더 이상 이용하지 않아요');
export const withdrawAccountInput = z
  .strictObject({
    reason: reason.optional(),
    refundVouchers: z
      .boolean()
      .meta({ description: 'whether what is left of vouchers is refunded; see VOUCHERS_LEFT', example: true })
      .optional(),
  })
  .nullish();
export const withdrawUserInput = z.strictObject({
  uid: id('whom', 'kakao:9000000001'),
  reason: text(500, 'why; goes into the audit log', '본인 요청(고객센터)'),
});
export const withdrawalOutput = z.strictObject({
  state: z.enum(withdrawalStates).meta({
    description: 'asking again answers with the withdrawal that runs already',
    example: 'REQUESTED',
  }),
  requestedAt: z.iso
    .datetime()
    .meta({ description: 'when it was asked for', example: '2026-11-21T03:00:00.000Z' }),
});
export type WithdrawalOutput = z.infer<typeof withdrawalOutput>;

const due = { orderBy: [{ field: 'purgeOn', direction: 'asc' }], where: [], limit: 300 } as const;

export const withdrawalModels: readonly CollectionModel[] = [
  {
    path: 'withdrawals/{withdrawalId}',
    purpose:
      'Members who leave: the order, how far it has come, and in the end the proof. An operator may add one in the console with `uid` and `reason`.',
    stored: withdrawalSchema,
    access: { get: 'operators', list: 'operators', write: 'server only (operators in the console)' },
    withdrawal: 'the order itself; without the person once done or refused',
    queries: [
      {
        screen: 'those to be gone on with (server, every five minutes)',
        where: [],
        orderBy: [{ field: 'nextAttemptAt', direction: 'asc' }],
        limit: 20,
      },
      { screen: 'withdrawal of a member (server)', where: [{ field: 'uid', op: '==' }], limit: 10 },
      { screen: 'what is due today (server, nightly)', ...due },
    ],
  },
  {
    path: 'withdrawals/{withdrawalId}/report/{page}',
    purpose: 'The proof: every path a withdrawal has touched. Holds nothing that names the person.',
    stored: reportPageSchema,
    access: { get: 'operators', list: 'operators', write: 'server only' },
    withdrawal: 'written by it; goes with the withdrawal after three years',
    queries: [
      {
        screen: 'pages a worker left unfinished (server)',
        where: [
          { field: 'step', op: '==' },
          { field: 'state', op: '==' },
        ],
        limit: 20,
      },
    ],
  },
  {
    path: 'webhookEvents/{digest}',
    purpose: 'What Kakao has told us. The id is a keyed digest of the event.',
    stored: webhookEventSchema,
    access: serverOnly,
    withdrawal: 'names nobody once acted upon; deleted after three months',
    queries: [
      { screen: 'not yet acted upon (server)', where: [{ field: 'state', op: '==' }], limit: 50 },
      { screen: 'what is due today (server, nightly)', ...due },
    ],
  },
];
