/**
 * Receipts that prove a visit: handed in by the author of a review, looked at by an operator. A picture serves once,
 * whoever hands it in.
 */
import { z } from 'zod';
import { id, instant, koreanDay, krw, oneOf, optionalText, sized, text } from '../kernel/fields.ts';
import { type CollectionModel, serverOnly } from '../kernel/model.ts';

export const receiptStates = ['PENDING', 'ACCEPTED', 'REFUSED'] as const;
export type ReceiptState = (typeof receiptStates)[number];
export const receiptDecisions = ['accept', 'refuse'] as const;
export type ReceiptDecision = (typeof receiptDecisions)[number];

const reviewId = sized(1, 128)
  .regex(/^(?!\.{1,2}$)(?!__.*__$)[^/]+$/)
  .meta({ description: 'the review it proves', example: 'kakao:9000000001_h1_2026-11-10' });
const path = z
  .string()
  .max(300)
  .regex(/^receipts\/[^/]+\/[^/]+$/)
  .meta({ description: 'picture in Storage', example: 'receipts/kakao:9000000001/1.jpg' });
const said = {
  amount: krw('amount on it', 990000),
  day: koreanDay('day on it', '2026-11-10'),
  note: optionalText(200, 'what the member adds; numbers of cards and people masked', '카드 영수증입니다.'),
};

export const receiptSchema = z.object({
  uid: id('who handed it in', 'kakao:9000000001'),
  hospitalId: id('hospital of the review', 'h1'),
  path,
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ description: 'digest of the picture', example: '9f2c…' }),
  ...said,
  remarks: z.array(z.string()).meta({
    description: 'what does not fit the review, in Korean',
    example: ['영수증 날짜와 방문일이 다릅니다.'],
  }),
  state: oneOf(receiptStates, 'waits for an operator, proves the visit, or does not', 'PENDING'),
  decision: z.string().max(20).nullable().meta({
    description: 'written by an operator: `accept` or `refuse`; may be changed later',
    example: null,
  }),
  decisionNote: optionalText(500, 'why; a refusal needs it, the member reads it', ''),
  decisionProblems: z
    .array(z.string())
    .meta({ description: 'why the decision could not be carried out, in Korean', example: [] }),
  submittedAt: instant('when handed in'),
  decidedAt: instant('when decided').nullable(),
  updatedAt: instant('last change by the server'),
});
export type Receipt = z.infer<typeof receiptSchema>;

export const receiptHashSchema = z.object({ at: instant('when a receipt with this picture was handed in') });

export const submitReceiptInput = z.strictObject({ reviewId, path, ...said, note: said.note.optional() });
export type SubmitReceipt = z.infer<typeof submitReceiptInput>;
export const receiptOutput = z.strictObject({
  state: oneOf(receiptStates, 'how it stands', 'PENDING'),
});
export type ReceiptStanding = z.infer<typeof receiptOutput>;

export const decideReceiptInput = z.strictObject({
  reviewId,
  decision: oneOf(receiptDecisions, 'whether it proves the visit', 'accept'),
  note: text(500, 'why; the member reads it', '금액과 날짜가 확인되었습니다.').optional(),
});

export const receiptModels: readonly CollectionModel[] = [
  {
    path: 'receipts/{reviewId}',
    purpose: 'Receipts handed in to prove the visit of a review; the id is the review’s.',
    stored: receiptSchema,
    access: {
      get: 'whoever handed it in, operators',
      list: 'operators',
      write: 'server only (operators decide in the console)',
    },
    withdrawal: 'deleted with the picture',
    queries: [
      {
        screen: 'receipts that wait (operators)',
        where: [{ field: 'state', op: '==' }],
        orderBy: [{ field: 'submittedAt', direction: 'asc' }],
        limit: 50,
      },
      { screen: 'receipts of a member who leaves (server)', where: [{ field: 'uid', op: '==' }], limit: 100 },
    ],
  },
  {
    path: 'receiptHashes/{sha256}',
    purpose: 'Digests of pictures that have been handed in as receipts.',
    stored: receiptHashSchema,
    access: serverOnly,
    withdrawal: 'kept: names nobody, and a picture serves nobody a second time',
    queries: [],
  },
];
