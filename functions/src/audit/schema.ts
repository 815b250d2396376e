/** Who did what to what, when and why. Entries are added by the server and never changed; kept two years. */
import { z } from 'zod';
import { instant } from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';

/** Values before or after, as text; addresses and numbers are masked before they come here. */
const values = (description: string) =>
  z.record(z.string(), z.string().nullable()).meta({ description, example: { nickname: '민지' } });

export const auditEntrySchema = z.object({
  action: z.string().meta({ description: 'what was done', example: 'registration.approve' }),
  target: z.string().meta({ description: 'path', example: 'registrations/9f2c-1' }),
  by: z.string().meta({
    description: 'uid of the operator or member; `console`, `kakao` or `system` where nobody of ours acted',
    example: 'operator-1',
  }),
  result: z.string().meta({ description: 'path or code', example: 'Hospitals/h-9f2c-1' }),
  note: z.string().nullable().meta({ description: 'why, in the operator’s words', example: null }),
  before: values('what was changed, as it was; personal values masked'),
  after: values('what was changed, as it is now; personal values masked'),
  at: instant('when'),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Access to personal data is to be told for two years (PIPA safety measures, domain sheet §3.2). */
export const auditKeptDays = 730;

export const auditModels: readonly CollectionModel[] = [
  {
    path: 'auditLog/{entryId}',
    purpose: 'Who decided, searched or changed what.',
    stored: auditEntrySchema,
    access: { get: 'operators', list: 'operators', write: 'server only' },
    withdrawal: 'kept: the law wants access to personal data to be told for two years',
    queries: [
      {
        screen: 'what is due today (server, nightly)',
        where: [],
        orderBy: [{ field: 'at', direction: 'asc' }],
        limit: 300,
      },
    ],
  },
];
