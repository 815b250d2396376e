/**
 * Who may do what: suspensions and ended roles (`standings`), roles, the accounts that may hold one, rate limits.
 * Operators work on these with callables or by editing the documents in the Firebase console; triggers make
 * Firebase Auth follow, and write into `problems` what they could not accept.
 */
import { z } from 'zod';
import { id, instant, oneOf, problemsField, text } from '../kernel/fields.ts';
import { type CollectionModel, operatorsOnly, serverOnly } from '../kernel/model.ts';

export const roles = ['owner', 'operator', 'hospitalStaff'] as const;
export type Role = (typeof roles)[number];

const by = (description: string) => id(description, 'operator-1');

export const standingSchema = z.object({
  suspendedUntil: instant('until when the person may write and call nothing; null: not suspended').nullable(),
  reason: text(500, 'why, for operators', '광고성 후기 반복').nullable(),
  rolesEndedAt: instant('roles in tokens of sign-ins before this hold no longer').nullable(),
  by: by('uid of the operator; `console`, `system` or `withdrawal`'),
  problems: problemsField,
  updatedAt: instant('last change'),
});
export type Standing = z.infer<typeof standingSchema>;

/** At most fifteen hospitals: custom claims hold 1,000 characters. */
const hospitalIds = z
  .array(id('hospital', 'h-1'))
  .max(15)
  .meta({
    description: 'hospitals a `hospitalStaff` works for; empty for the other roles',
    example: ['h-1'],
  });

export const heldSchema = z.object({ role: oneOf(roles, 'role in the claims', 'operator'), hospitalIds });
/** What somebody may do, as the server has accepted it. */
export type Held = z.infer<typeof heldSchema>;

/** `role` and `hospitalIds` are what was asked for, also by hand; `holds` is what was accepted of it. */
export const roleSchema = z.object({
  role: oneOf(roles, 'what the person is to be', 'operator'),
  hospitalIds,
  email: z.email().meta({ description: 'Google account', example: 'jiwoo@doctorpitch.example' }),
  holds: heldSchema.nullable().meta({
    description:
      'what the server has accepted, which the custom claims follow; null: nothing, see `problems`',
  }),
  grantedBy: by('uid of the owner, `console` or `bootstrap`'),
  problems: problemsField,
  updatedAt: instant('last change by the server'),
});
export type RoleHolder = z.infer<typeof roleSchema>;

export const allowedOperatorSchema = z.object({
  addedBy: by('uid of the owner, `console` or `bootstrap`'),
  addedAt: instant('since when'),
  problems: problemsField,
});
export type AllowedOperator = z.infer<typeof allowedOperatorSchema>;

export const rateLimitSchema = z.object({
  count: z.int().min(1).meta({ description: 'uses in the running window', example: 3 }),
  resetsAt: instant('end of the window'),
  purgeAt: instant('deleted by Firestore’s TTL policy after this'),
});

const reason = text(500, 'why; goes into the audit log', '광고성 후기 반복');
const uid = id('whom', 'kakao:9000000001');

export const suspendUserInput = z.strictObject({
  uid,
  until: z.iso.datetime({ offset: true }).meta({
    description: 'end, ISO 8601 with offset; in the future',
    example: '2026-12-31T00:00:00+09:00',
  }),
  reason,
});
export const liftSuspensionInput = z.strictObject({ uid, reason });
export const grantRoleInput = z.strictObject({
  email: z
    .email()
    .meta({ description: 'Google account, on the allow-list', example: 'jiwoo@doctorpitch.example' }),
  role: oneOf(roles, 'what the person becomes', 'operator'),
  hospitalIds,
  reason,
});
export const revokeRoleInput = z.strictObject({ uid, reason });
export const setAllowedOperatorInput = z.strictObject({
  email: z.email().meta({ description: 'Google account', example: 'jiwoo@doctorpitch.example' }),
  allowed: z
    .boolean()
    .meta({ description: 'true adds, false removes (and ends a role held)', example: true }),
  reason,
});
export const doneOutput = z.strictObject({
  uid: z.string().nullable().meta({ description: 'whom it was done to', example: 'kakao:9000000001' }),
});

export const accessModels: readonly CollectionModel[] = [
  {
    path: 'standings/{uid}',
    purpose:
      'What stands against a person: a suspension, roles that ended. Read by every rule that grants a write, so it takes effect with the next request.',
    stored: standingSchema,
    access: operatorsOnly,
    withdrawal:
      'a running suspension is copied to `retained`; the standing then bars writing for two hours and is deleted by the sweep',
    queries: [
      {
        screen: 'suspensions that have ended (server, every five minutes)',
        where: [],
        orderBy: [{ field: 'suspendedUntil', direction: 'asc' }],
        limit: 100,
      },
    ],
  },
  {
    path: 'roles/{uid}',
    purpose: 'Owners, operators and hospital staff. The custom claims follow this document.',
    stored: roleSchema,
    access: operatorsOnly,
    withdrawal: 'who holds a role cannot leave until it is revoked',
    queries: [
      {
        screen: 'owners left (server)',
        where: [{ field: 'holds.role', op: '==' }],
        limit: 2,
      },
      {
        screen: 'roles of a Google account (server)',
        where: [{ field: 'email', op: '==' }],
        limit: 5,
      },
      {
        screen: 'staff of a hospital whose consultation nobody has taken (server)',
        where: [{ field: 'holds.hospitalIds', op: 'array-contains' }],
        limit: 20,
      },
    ],
  },
  {
    path: 'allowedOperators/{email}',
    purpose: 'Google accounts that may be given a role; the id is the address in small letters.',
    stored: allowedOperatorSchema,
    access: operatorsOnly,
    withdrawal: 'the operators’ own list: not touched',
    queries: [],
  },
  {
    path: 'rateLimits/{digest}',
    purpose: 'Uses of what is limited across all instances. The id is a keyed digest of who and what.',
    stored: rateLimitSchema,
    access: serverOnly,
    withdrawal: 'a keyed digest; deleted by Firestore’s TTL policy within two days',
    queries: [],
  },
];
