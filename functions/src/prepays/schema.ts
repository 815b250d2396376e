/**
 * Prepaid vouchers (시술권): what is for sale, orders and their payments, vouchers and their sessions. Only the server
 * writes here; owners and the hospital read. What Toss says and what fails is for operators.
 */
import { z } from 'zod';
import { count, id, instant, koreanDay, krw, oneOf, text } from '../kernel/fields.ts';
import { type CollectionModel, serverOnly } from '../kernel/model.ts';
import { alertCodes, orderStates, paymentMethods, reversalReasons } from './order.ts';
import { voucherStates } from './voucher.ts';

export { voucherStates };

const sessions = (description: string, example: number, min = 0) =>
  z.int().min(min).max(50).meta({ description, example });
const optionId = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/)
  .meta({ description: 'option of the event', example: 'three' });
const orderId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{6,64}$/)
  .meta({ description: 'the order, as Toss knows it', example: 'dp-0a1b2c3d4e5f60718293a4b5c6d7e8f9' });
const requestId = z
  .string()
  .regex(/^[A-Za-z0-9-]{8,64}$/)
  .meta({
    description: 'made by the app for one press of the button: asking again changes nothing',
    example: 'b1a0c6de-4f0e-4a52-9d2a-6a1f7c1d2e3f',
  });
const paymentKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/)
  .meta({ description: 'key of the payment, from the payment window', example: 'pk_example_1' });
const bank = z
  .string()
  .regex(/^[0-9A-Z]{2}$/)
  .meta({ description: 'code of the bank', example: '20' });

// ── What is for sale ────────────────────────────────────────────────────────────────────────────────────────────────

export const optionSchema = z.object({
  id: optionId,
  name: text(60, 'what the option is', '3회'),
  price: krw('full price, VAT included', 990000).min(1000),
  sessions: sessions('sessions it has', 3, 1),
  limited: z
    .boolean()
    .meta({ description: 'whether there is a limited number, see `stocks`', example: false }),
});
export type Option = z.infer<typeof optionSchema>;

export const offerSchema = z.object({
  hospitalId: id('whose event it is', 'h1'),
  isOpen: z.boolean().meta({ description: 'whether it may be bought in the app', example: true }),
  eventPrice: krw('`priceAfter` of the event when the offer was made: another price there closes the offer'),
  options: z
    .array(optionSchema)
    .min(1)
    .max(20)
    .meta({ description: 'what may be bought; the first one’s price is the event’s' }),
  updatedAt: instant('last change'),
});
export type Offer = z.infer<typeof offerSchema>;

export const stockSchema = z.object({
  left: z.int().min(0).max(1_000_000).meta({ description: 'how many may still be ordered', example: 20 }),
  updatedAt: instant('last change'),
});

// ── Orders and payments ─────────────────────────────────────────────────────────────────────────────────────────────

export const orderSchema = z.object({
  ownerUid: id('member who pays; an alias once the member has left', 'kakao:9000000001'),
  ownerLeft: z.boolean().meta({ description: 'the member has left', example: false }),
  eventId: id('event', 'e1'),
  eventTitle: text(100, 'denormalised from the event', '자연유착 쌍꺼풀'),
  hospitalId: id('where it is used', 'h1'),
  hospitalName: text(60, 'denormalised from the event', '라온뷰티의원'),
  optionId,
  optionName: text(60, 'denormalised from the offer', '3회'),
  sessions: sessions('sessions bought', 3, 1),
  amount: krw('what is to be paid, computed by the server'),
  state: oneOf(orderStates, 'CONFIRMING: the outcome is being found out', 'PAID'),
  method: z.enum(paymentMethods).nullable().meta({ description: 'how it is paid', example: 'CARD' }),
  paymentKey: paymentKey.nullable(),
  account: z
    .object({
      bank,
      accountNumber: z.string().max(40).meta({ description: 'to pay into', example: 'X6505200000001' }),
      dueAt: instant('until when'),
    })
    .nullable()
    .meta({ description: 'virtual account issued for it' }),
  stockId: id('limited stock it takes one of', 'e1~three').nullable(),
  holdsStock: z.boolean().meta({ description: 'whether one of it is set aside', example: false }),
  deposits: count('how often money for it has come'),
  voucherId: id('what it became', 'dp-0a1b2c3d').nullable(),
  refunded: krw('given back by refunds of the voucher', 0),
  confirmingAt: instant('since when the outcome is unknown').nullable(),
  seenAt: instant('when Toss had told that it is paid, or that the bank has taken that back').nullable(),
  expiresAt: instant('until when a payment may be begun, or deposited'),
  nextLookAt: instant('when the reconciling job looks at it').nullable(),
  looks: count('looks in this state'),
  createdAt: instant('when it was ordered'),
  updatedAt: instant('last change'),
});
export type Order = z.infer<typeof orderSchema>;

export const orderSecretSchema = z.object({
  secret: z.string().max(50).meta({ description: 'what Toss proves a deposit with', example: 'ps_example' }),
});

export const attemptSchema = z.object({
  orderId,
  action: oneOf(['confirm', 'account'] as const, 'what was asked of Toss', 'confirm'),
  amount: krw('won'),
  outcome: oneOf(['REFUSED', 'UNKNOWN'] as const, 'UNKNOWN: found out later', 'REFUSED'),
  code: z
    .string()
    .max(120)
    .meta({ description: 'code of Toss, or of the network', example: 'REJECT_CARD_COMPANY' }),
  at: instant('when'),
  purgeAt: instant('deleted by Firestore’s TTL policy after this'),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const reversalStates = ['DUE', 'DONE'] as const;
export const reversalSchema = z.object({
  orderId,
  paymentKey,
  hospitalId: id('of the order', 'h1'),
  reason: oneOf(reversalReasons, 'why no voucher was made', 'SECOND_PAYMENT'),
  amount: krw('what goes back; 0: an account that nobody may pay into any more', 990000),
  state: oneOf(reversalStates, 'DUE until Toss has carried it out', 'DONE'),
  failure: z.string().max(120).nullable().meta({ description: 'what Toss said last', example: 'NO_ANSWER' }),
  tries: count('tries'),
  nextTryAt: instant('when it is tried next').nullable(),
  createdAt: instant('when it was found'),
  updatedAt: instant('last change'),
});
export type Reversal = z.infer<typeof reversalSchema>;

export const paymentAlertCodes = [
  ...alertCodes,
  ...(['TOSS_REFUSES', 'STUCK', 'REFUND_ACCOUNT_NEEDED', 'INTEREST_OWED', 'LEFT_UNANSWERED'] as const),
] as const;
export const paymentAlertSchema = z.object({
  orderId,
  code: oneOf(paymentAlertCodes, 'what operators must look at', 'CANCELED_ELSEWHERE'),
  detail: z.string().max(120).nullable().meta({ description: 'code of Toss', example: 'UNAUTHORIZED_KEY' }),
  at: instant('when it was first found'),
});
export type PaymentAlert = z.infer<typeof paymentAlertSchema>;

export const hintStates = ['RECEIVED', 'DONE', 'IGNORED'] as const;
export const tossHintSchema = z.object({
  kind: oneOf(['payment', 'deposit', 'billing', 'other'] as const, 'what was told', 'payment'),
  orderId: orderId.nullable(),
  paymentKey: paymentKey.nullable(),
  secret: z
    .string()
    .max(64)
    .nullable()
    .meta({ description: 'digest of the secret, or of the billing key, told', example: '9f…' }),
  state: oneOf(hintStates, 'RECEIVED until it has been acted upon', 'DONE'),
  outcome: z.string().max(60).nullable().meta({ description: 'what came of it', example: 'LOOKED_UP' }),
  receivedAt: instant('when'),
  purgeAt: instant('deleted by Firestore’s TTL policy after this'),
});
export type TossHint = z.infer<typeof tossHintSchema>;

export const refundAccountSchema = z.object({
  ownerUid: id('whose', 'kakao:9000000001'),
  sealed: z.string().max(2000).meta({ description: 'bank, number and holder, AES-256-GCM', example: 'v1.…' }),
  createdAt: instant('when it was given'),
  purgeAt: instant('deleted by Firestore’s TTL policy after this, used or not'),
});

// ── Vouchers ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const prepaySchema = z.object({
  ownerUid: id('member who holds it', 'kakao:9000000001'),
  orderId: id('order it was bought with', 'dp-0a1b2c3d'),
  hospitalId: id('where it is used', 'h1'),
  hospitalName: text(60, 'denormalised from the hospital', '라온뷰티의원'),
  eventId: id('event it was bought from', 'e1'),
  eventTitle: text(100, 'denormalised from the event', '자연유착 쌍꺼풀'),
  optionId,
  optionName: text(60, 'denormalised from the order', '3회'),
  paid: krw('what was paid for it, VAT included', 990000),
  sessionsTotal: sessions('sessions bought', 1, 1),
  sessionsUsed: sessions('sessions used', 0),
  sessionsReturned: sessions('sessions refunded', 0),
  state: oneOf(voucherStates, 'state of the voucher', 'active'),
  codeStep: z.int().min(0).meta({ description: 'half minute of the code used last; 0: none', example: 0 }),
  isGift: z.boolean().meta({ description: 'whether somebody else has paid for it', example: false }),
  giftUntil: instant('offered as a gift until then; meanwhile it cannot be used').nullable(),
  expiresAt: instant('a year after purchase or later'),
  nextNoticeAt: instant('when its holder is told of its end next').nullable(),
  createdAt: instant('when paid'),
  updatedAt: instant('last change'),
});
export type Prepay = z.infer<typeof prepaySchema>;

export const sessionStates = ['CLAIMED', 'USED', 'DENIED'] as const;
export const sessionSchema = z.object({
  voucherId: id('voucher', 'dp-0a1b2c3d'),
  ownerUid: id('who held it then', 'kakao:9000000001'),
  hospitalId: id('where', 'h1'),
  step: z.int().min(0).meta({ description: 'half minute of the code', example: 59012345 }),
  state: oneOf(sessionStates, 'CLAIMED: sent late, the member is asked', 'USED'),
  session: sessions('which session it was; null until it counts', 1, 1).nullable(),
  value: krw('its share of what was paid; 0 until it counts', 330000),
  day: koreanDay('the day it was shown'),
  staffUid: id('who confirmed it', 'google-1'),
  shownAt: instant('when the code was shown'),
  usedAt: instant('when both had confirmed').nullable(),
});
export type Session = z.infer<typeof sessionSchema>;

export const giftSchema = z.object({
  voucherId: id('voucher', 'dp-0a1b2c3d'),
  fromUid: id('who gives', 'kakao:9000000001'),
  takenBy: id('who has taken it', 'kakao:9000000002').nullable(),
  until: instant('until when it may be taken'),
  createdAt: instant('when it was offered'),
  purgeAt: instant('deleted by Firestore’s TTL policy after this; then it is void'),
});

// ── Callables ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const setOfferInput = z.strictObject({
  eventId: id('event', 'e1'),
  isOpen: z.boolean().meta({ description: 'whether it may be bought', example: true }),
  options: z
    .array(
      z.strictObject({
        id: optionId,
        name: text(60, 'what the option is', '3회'),
        price: krw('full price, VAT included', 990000).min(1000),
        sessions: sessions('sessions', 3, 1),
        left: z
          .int()
          .min(0)
          .max(1_000_000)
          .nullable()
          .meta({ description: 'how many may still be ordered; null: any number', example: 20 }),
      }),
    )
    .min(1)
    .max(20)
    .meta({ description: 'options; the first one’s price is `priceAfter` of the event' }),
  reason: text(500, 'why, for the audit log', '병원 요청 (문의 1234)'),
});
export const setOfferOutput = z.strictObject({ eventId: id('event', 'e1') });

export const createPrepayOrderInput = z.strictObject({
  eventId: id('event', 'e1'),
  optionId,
  price: krw('price the member was shown', 990000),
  requestId,
});
export const createPrepayOrderOutput = z.strictObject({
  orderId,
  orderName: z.string().meta({ description: 'for the payment window', example: '자연유착 쌍꺼풀 3회' }),
  amount: krw('for the payment window'),
  expiresAt: z.iso
    .datetime()
    .meta({ description: 'until when it may be paid', example: '2026-12-01T03:40:00.000Z' }),
});
export type OrderOffered = z.infer<typeof createPrepayOrderOutput>;

export const confirmPrepayInput = z.strictObject({
  orderId,
  paymentKey,
  amount: krw('as the payment window returned it'),
});
export const issueAccountInput = z.strictObject({
  orderId,
  bank,
  payerName: text(30, 'name the deposit is made under', '김민지'),
});
export const cancelOrderInput = z.strictObject({ orderId });
export const orderOutput = z.strictObject({
  state: z.enum(orderStates).meta({
    description: 'CONFIRMING: not known yet; listen to `orders/{orderId}`',
    example: 'PAID',
  }),
  voucherId: id('voucher, once paid', 'dp-0a1b2c3d').nullable(),
});
export type OrderOutput = z.infer<typeof orderOutput>;

export const setRefundAccountInput = z.strictObject({
  orderId,
  bank,
  accountNumber: z
    .string()
    .regex(/^[0-9]{6,20}$/)
    .meta({ description: 'digits', example: '1002345678901' }),
  holderName: text(60, 'holder', '김민지'),
});
export const setRefundAccountOutput = z.strictObject({ orderId });

const voucherId = id('voucher', 'dp-0a1b2c3d');
export const voucherCodeInput = z.strictObject({ voucherId });
export const voucherCodeOutput = z.strictObject({
  secret: z
    .string()
    .meta({ description: '64 hex digits: key of the codes, see docs/payments.md', example: '0a1b…' }),
  now: z.int().meta({ description: 'the server’s clock, epoch ms', example: 1796094000000 }),
});
export const useVoucherInput = z.strictObject({
  hospitalId: id('hospital the caller works for', 'h1'),
  code: z
    .string()
    .min(1)
    .max(200)
    .meta({ description: 'what the QR code holds', example: 'DPV1.v.1.ABCDEFGHJK' }),
});
export const useVoucherOutput = z.strictObject({
  state: z.enum(sessionStates).meta({ description: 'CLAIMED: the member is asked first', example: 'USED' }),
  voucherId,
  eventTitle: z.string().meta({ description: 'what it is for', example: '자연유착 쌍꺼풀' }),
  optionName: z.string().meta({ description: 'option', example: '3회' }),
  sessionsLeft: sessions('sessions left', 2),
});
export type UseOutput = z.infer<typeof useVoucherOutput>;
export const answerUseInput = z.strictObject({
  voucherId,
  step: z.int().min(0).meta({ description: 'id of the session asked about', example: 59012345 }),
  agreed: z.boolean().meta({ description: 'whether the session took place', example: true }),
});
export const answerUseOutput = z.strictObject({
  state: z.enum(sessionStates).meta({ description: 'what it is now', example: 'USED' }),
});
export const giveVoucherInput = z.strictObject({ voucherId });
export const giveVoucherOutput = z.strictObject({
  giftCode: z.string().meta({ description: 'whoever has it may take the voucher, once', example: 'k3v…' }),
  until: z.iso.datetime().meta({ description: 'until when', example: '2026-12-08T03:00:00.000Z' }),
});
export const takeGiftInput = z.strictObject({
  giftCode: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .meta({ description: 'code of the gift', example: 'k3v…' }),
});
export const takeGiftOutput = z.strictObject({ voucherId });

// ── Collections ─────────────────────────────────────────────────────────────────────────────────────────────────────

const operatorsRead = { get: 'operators', list: 'operators', write: 'server only' };
const kept = 'moved to `retained` for five years from the last change';
const due = (field: string, screen: string) =>
  ({ screen, where: [], orderBy: [{ field, direction: 'asc' }], limit: 50 }) as const;

export const prepayModels: readonly CollectionModel[] = [
  {
    path: 'offers/{eventId}',
    purpose: 'What of an event may be bought in the app, and for how much.',
    stored: offerSchema,
    access: { get: 'everybody, when open; operators', list: 'nobody', write: 'server only (setOffer)' },
    withdrawal: 'about hospitals: not touched',
    queries: [],
  },
  {
    path: 'stocks/{stockId}',
    purpose: 'How many of a limited option are left. The id is `{eventId}~{optionId}`.',
    stored: stockSchema,
    access: { get: 'who is signed in', list: 'nobody', write: 'server only' },
    withdrawal: 'about hospitals: not touched',
    queries: [],
  },
  {
    path: 'orders/{orderId}',
    purpose: 'Orders of vouchers, written before the payment window opens. No history: members see vouchers.',
    stored: orderSchema,
    access: { get: 'who ordered, operators', list: 'operators', write: 'server only' },
    withdrawal: `${kept}; one whose outcome is open, or whose voucher was given away, stays under an alias`,
    queries: [
      due('nextLookAt', 'those to be looked at (server, every five minutes)'),
      {
        screen: 'open orders of a member (server)',
        where: [
          { field: 'ownerUid', op: '==' },
          { field: 'state', op: '==' },
        ],
        limit: 3,
      },
      {
        screen: 'orders of a member who leaves (server)',
        where: [{ field: 'ownerUid', op: '==' }],
        limit: 50,
      },
    ],
  },
  {
    path: 'orders/{orderId}/private/{document}',
    purpose: 'What proves a deposit of the order (one document: `payment`).',
    stored: orderSecretSchema,
    access: serverOnly,
    withdrawal: 'names no person; of no use without the order',
    queries: [],
  },
  {
    path: 'paymentAttempts/{attemptId}',
    purpose:
      'Tries to pay that did not succeed at once, for operators and for a short time: no history of a member.',
    stored: attemptSchema,
    access: operatorsRead,
    withdrawal: 'names no person; deleted by Firestore’s TTL policy after ninety days',
    queries: [
      {
        screen: 'tries of an order (operators)',
        where: [{ field: 'orderId', op: '==' }],
        orderBy: [{ field: 'at', direction: 'desc' }],
        limit: 20,
      },
    ],
  },
  {
    path: 'reversals/{reversalId}',
    purpose: 'Payments that came for nothing and go back in full; the id is order and digest of the payment.',
    stored: reversalSchema,
    access: operatorsRead,
    withdrawal: 'names no person: a record of payment',
    queries: [due('nextTryAt', 'those to be carried out (server, every five minutes)')],
  },
  {
    path: 'paymentAlerts/{alertId}',
    purpose: 'What operators must look at; the id is the cause. Deleted by them when done.',
    stored: paymentAlertSchema,
    access: { ...operatorsRead, write: 'server only (operators in the console)' },
    withdrawal: 'names no person',
    queries: [
      {
        screen: 'alerts, latest first (operators)',
        where: [],
        orderBy: [{ field: 'at', direction: 'desc' }],
        limit: 50,
      },
    ],
  },
  {
    path: 'tossHints/{digest}',
    purpose: 'What Toss, or somebody in its name, has told: never believed, only a reason to ask.',
    stored: tossHintSchema,
    access: serverOnly,
    withdrawal: 'names no person; deleted by Firestore’s TTL policy after a week',
    queries: [{ screen: 'not yet acted upon (server)', where: [{ field: 'state', op: '==' }], limit: 50 }],
  },
  {
    path: 'refundAccounts/{orderId}',
    purpose:
      'Bank accounts for refunds of what was paid into a virtual account: encrypted, erased after use.',
    stored: refundAccountSchema,
    access: serverOnly,
    withdrawal: 'deleted; one that money is on its way to stays under an alias, sealed, until it has arrived',
    queries: [
      { screen: 'of a member who leaves (server)', where: [{ field: 'ownerUid', op: '==' }], limit: 50 },
    ],
  },
  {
    path: 'prepays/{prepayId}',
    purpose: 'Prepaid vouchers (시술권).',
    stored: prepaySchema,
    access: {
      get: 'its owner, staff of the hospital, operators',
      list: 'one’s own; staff: those of their hospital; at most 50',
      write: 'server only',
    },
    withdrawal: `what is left of it is refunded; then ${kept}`,
    queries: [
      {
        screen: 'my vouchers',
        where: [{ field: 'ownerUid', op: '==' }],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'open vouchers of a member who leaves (server)',
        where: [
          { field: 'ownerUid', op: '==' },
          { field: 'state', op: '==' },
        ],
        limit: 200,
      },
      {
        screen: 'vouchers of a hospital (staff)',
        where: [{ field: 'hospitalId', op: '==' }],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 20,
      },
      due('nextNoticeAt', 'those whose holder is to be told (server, every five minutes)'),
    ],
  },
  {
    path: 'prepays/{prepayId}/sessions/{step}',
    purpose: 'Uses of a voucher, confirmed by both sides; the id is the half minute of the code.',
    stored: sessionSchema,
    access: {
      get: 'who held the voucher, staff of the hospital, operators',
      list: 'the same; at most 50',
      write: 'server only',
    },
    withdrawal: kept,
    queries: [
      {
        screen: 'sessions of my voucher',
        where: [{ field: 'ownerUid', op: '==' }],
        orderBy: [{ field: 'shownAt', direction: 'desc' }],
        limit: 50,
      },
      {
        screen: 'sessions of a voucher (staff)',
        where: [{ field: 'hospitalId', op: '==' }],
        orderBy: [{ field: 'shownAt', direction: 'desc' }],
        limit: 50,
      },
    ],
  },
  {
    path: 'gifts/{digest}',
    purpose: 'Vouchers offered as gifts; the id is a keyed digest of the code.',
    stored: giftSchema,
    access: serverOnly,
    withdrawal: 'deleted',
    queries: [
      { screen: 'gifts offered of a voucher (server)', where: [{ field: 'voucherId', op: '==' }], limit: 10 },
      { screen: 'of a member who leaves (server)', where: [{ field: 'fromUid', op: '==' }], limit: 50 },
      { screen: 'taken by a member who leaves (server)', where: [{ field: 'takenBy', op: '==' }], limit: 50 },
    ],
  },
];
