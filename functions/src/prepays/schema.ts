/** Prepaid vouchers. Only the server writes them (after a confirmed payment); owners and the hospital read. */
import { z } from 'zod';
import { id, instant, krw, oneOf, text } from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';

export const voucherStates = ['active', 'used', 'refunded', 'expired'] as const;

export const prepaySchema = z.object({
  ownerUid: id('member who holds it', 'kakao:9000000001'),
  hospitalId: id('where it is used', 'h1'),
  hospitalName: text(60, 'denormalised from the hospital', '라온뷰티의원'),
  eventId: id('event it was bought from', 'e1'),
  eventTitle: text(100, 'denormalised from the event', '자연유착 쌍꺼풀'),
  paid: krw('what the member paid, VAT included', 990000),
  sessionsTotal: z.int().min(1).max(50).meta({ description: 'sessions bought', example: 1 }),
  sessionsUsed: z.int().min(0).max(50).meta({ description: 'sessions used', example: 0 }),
  state: oneOf(voucherStates, 'state of the voucher', 'active'),
  expiresAt: instant('a year after purchase or later'),
  createdAt: instant('when paid'),
  updatedAt: instant('last change'),
});
export type Prepay = z.infer<typeof prepaySchema>;

export const prepayModels: readonly CollectionModel[] = [
  {
    path: 'prepays/{prepayId}',
    purpose: 'Prepaid vouchers (시술권).',
    stored: prepaySchema,
    access: {
      get: 'its owner, staff of the hospital, operators',
      list: 'one’s own; staff: those of their hospital; at most 50',
      write: 'server only',
    },
    withdrawal: 'moved to `retained` for five years from the last change',
    queries: [
      {
        screen: 'my vouchers',
        where: [{ field: 'ownerUid', op: '==' }],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'vouchers of a hospital (staff)',
        where: [{ field: 'hospitalId', op: '==' }],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 20,
      },
    ],
  },
];
