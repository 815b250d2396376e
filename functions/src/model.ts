/** Every collection of the product, for docs, indexes, seed and rule tests. Not loaded by any function. */
import { accessModels } from './access/schema.ts';
import { accountModels } from './accounts/schema.ts';
import { appointmentModels } from './appointments/schema.ts';
import { auditModels } from './audit/schema.ts';
import { chatModels } from './chat/schema.ts';
import { communityModels } from './community/schema.ts';
import { directoryModels } from './directory/schema.ts';
import { feedModels } from './feeds/schema.ts';
import { inboundModels } from './inbound/schema.ts';
import type { CollectionModel } from './kernel/model.ts';
import { ledgerModels } from './ledger/schema.ts';
import { moderationModels } from './moderation/schema.ts';
import { notificationModels } from './notifications/schema.ts';
import { outboxModels } from './outbox/schema.ts';
import { prepayModels } from './prepays/schema.ts';
import { refundModels } from './refunds/schema.ts';
import { registrationModels } from './registrations/models.ts';
import { retentionModels } from './retention/schema.ts';
import { receiptModels } from './reviews/receiptSchema.ts';
import { reviewModels } from './reviews/schema.ts';
import { searchModels } from './search/schema.ts';
import { settlementModels } from './settlement/schema.ts';
import { subscriptionModels } from './subscriptions/schema.ts';
import { withdrawalModels } from './withdrawal/schema.ts';

export const models: readonly CollectionModel[] = [
  ...accountModels,
  ...accessModels,
  ...inboundModels,
  ...registrationModels,
  ...directoryModels,
  ...reviewModels,
  ...receiptModels,
  ...communityModels,
  ...moderationModels,
  ...searchModels,
  ...feedModels,
  ...chatModels,
  ...appointmentModels,
  ...prepayModels,
  ...ledgerModels,
  ...refundModels,
  ...settlementModels,
  ...subscriptionModels,
  ...withdrawalModels,
  ...retentionModels,
  ...auditModels,
  ...outboxModels,
  ...notificationModels,
];
