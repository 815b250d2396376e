/** What the law wants kept of people who left, apart from everything else, until its day has come. */
import { z } from 'zod';
import { instant, koreanDay, oneOf } from '../kernel/fields.ts';
import { type CollectionModel, serverOnly } from '../kernel/model.ts';

export const retainedKinds = ['contract', 'payment', 'dispute', 'advertising', 'tax'] as const;

export const retainedSchema = z.object({
  kind: oneOf(retainedKinds, 'which term of retention/retention.ts holds', 'payment'),
  path: z.string().meta({ description: 'where it was', example: 'prepays/p-1' }),
  data: z.record(z.string(), z.unknown()).meta({ description: 'the document as it was', example: {} }),
  purgeOn: koreanDay('deleted on this day', '2031-11-22'),
  retainedAt: instant('when it was moved here'),
});
export type Retained = z.infer<typeof retainedSchema>;

export const retentionModels: readonly CollectionModel[] = [
  {
    path: 'retained/{recordId}',
    purpose:
      'The locked store: records the law wants kept of people who left. No rule reads it and no function but the nightly purge.',
    stored: retainedSchema,
    access: serverOnly,
    withdrawal: 'written by it; each record goes on its own day',
    queries: [
      {
        screen: 'what is due today (server, nightly)',
        where: [],
        orderBy: [{ field: 'purgeOn', direction: 'asc' }],
        limit: 300,
      },
    ],
  },
];
