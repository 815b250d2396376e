/** What becomes of everything kept of a person who leaves, domain by domain, in order. */
import { accountErasers } from './accounts/erasure.ts';
import { chatErasers } from './chat/erasure.ts';
import { communityErasers } from './community/erasure.ts';
import { moderationErasers } from './moderation/erasure.ts';
import { notificationErasers } from './notifications/erasure.ts';
import { type Eraser, ownedDocuments } from './platform/erasing.ts';
import { prepayErasers } from './prepays/erasure.ts';
import { reviewErasers } from './reviews/erasure.ts';

export const erasers: readonly Eraser[] = [
  ...reviewErasers,
  ...communityErasers,
  ...chatErasers,
  ...prepayErasers,
  ...moderationErasers,
  ...notificationErasers,
  ownedDocuments('outbox', 'outbox', 'uid'),
  ...accountErasers,
];
