/** What we take from Toss's answers (contracts sheet §2.3). Lenient: fields, states and codes may be added at any time. */
import { z } from 'zod';

const moment = z.iso.datetime({ offset: true });

const cancelShape = z.object({
  transactionKey: z.string().max(64),
  cancelAmount: z.int().min(0),
  cancelReason: z.string().nullish(),
  canceledAt: moment,
});

export const tossPaymentShape = z.object({
  paymentKey: z.string().min(1).max(200),
  orderId: z.string().min(1).max(64),
  status: z.string().min(1).max(60),
  method: z.string().nullish(),
  totalAmount: z.int().min(0),
  balanceAmount: z.int().min(0),
  secret: z.string().max(50).nullish(),
  lastTransactionKey: z.string().max(64).nullish(),
  approvedAt: moment.nullish(),
  cancels: z.array(cancelShape).nullish(),
  virtualAccount: z
    .object({
      bankCode: z.string().max(4),
      accountNumber: z.string().max(40),
      dueDate: moment,
      expired: z.boolean().optional(),
    })
    .nullish(),
});
export type TossPayment = z.infer<typeof tossPaymentShape>;

/** Whether money lies at Toss for it. */
export const isMoney = ({ status }: Pick<TossPayment, 'status'>) =>
  status === 'DONE' || status === 'PARTIAL_CANCELED';

/**
 * Whether money has come for it and was not taken back by a bank. An account is approved by its deposit only: what was
 * cancelled without one has returned nothing.
 */
export const hasCome = (
  payment: Pick<TossPayment, 'status'> & {
    readonly virtualAccount?: unknown;
    readonly approvedAt?: unknown;
  },
): boolean =>
  isMoney(payment) ||
  (payment.status === 'CANCELED' && (!payment.virtualAccount || Boolean(payment.approvedAt)));

export const tossErrorShape = z.object({ code: z.string().min(1).max(120) });

export const tossBillingShape = z.object({
  billingKey: z.string().min(1).max(200),
  customerKey: z.string().min(1).max(300),
  card: z.object({ issuerCode: z.string().nullish(), number: z.string().max(40) }).nullish(),
});
export type TossBilling = z.infer<typeof tossBillingShape>;

export const tossSettlementShape = z.object({
  paymentKey: z.string(),
  transactionKey: z.string(),
  orderId: z.string(),
  amount: z.int(),
  payOutAmount: z.int(),
  soldDate: z.string(),
  paidOutDate: z.string(),
  cancel: z.unknown().optional(),
});
export type TossSettlement = z.infer<typeof tossSettlementShape>;
