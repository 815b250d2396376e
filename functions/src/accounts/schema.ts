/**
 * People: the public profile, what only its owner and operators may see, the logins that open it, nicknames, and
 * consents. A profile is made by the server when somebody joins; its owner may change photo and introduction
 * directly and the nickname by a callable, because it is unique.
 */
import { z } from 'zod';
import {
  id,
  instant,
  koreanDay,
  oneOf,
  optionalText,
  phone,
  problemsField,
  stampedNow,
  storagePath,
  text,
} from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';

export const providers = ['kakao', 'email'] as const;
export const consentTypes = [
  'terms',
  'privacy',
  'sensitiveHealth',
  'thirdParty',
  'adPush',
  'nightPush',
] as const;
export type ConsentType = (typeof consentTypes)[number];
export const channels = ['app', 'web', 'operator'] as const;

const nickname = text(20, 'shown beside what the member writes; unique', '민지', 2);
const introduction = optionalText(200, 'a line about oneself', '피부과 좋아해요');
const photoPath = storagePath('profiles', 'Storage path of the picture').nullable();
const consentType = oneOf(consentTypes, 'what is agreed to', 'terms');
const consentVersion = z
  .int()
  .min(1)
  .max(10_000)
  .meta({ description: 'version of the text shown', example: 1 });
const granted = z.boolean().meta({ description: 'agreed, or refused or withdrawn', example: true });
const channel = oneOf(channels, 'where it was said', 'app');

export const userSchema = z.object({
  nickname,
  photoPath,
  introduction,
  createdAt: instant('when the member joined'),
  updatedAt: instant('last change of the profile'),
});
export type User = z.infer<typeof userSchema>;

export const userEdit = z.strictObject({
  photoPath,
  introduction,
  updatedAt: stampedNow('last change of the profile'),
});

const consentState = z.object({ version: consentVersion, granted, at: instant('when it was said') });

export const accountSchema = z.object({
  provider: oneOf(providers, 'how the member joined', 'kakao'),
  email: z.email().nullable().meta({
    description: 'in small letters; of Kakao only when verified there',
    example: 'minji@mail.example',
  }),
  phone: phone('mobile').nullable(),
  kakaoId: z
    .int()
    .positive()
    .nullable()
    .meta({ description: 'Kakao member number, when linked', example: 9000000001 }),
  consents: z
    .partialRecord(z.enum(consentTypes), consentState)
    .meta({ description: 'what holds now, by type; the ledger tells how it came about' }),
  rejoined: z
    .boolean()
    .meta({ description: 'was a member before: first-time benefits are not given again', example: false }),
  nicknameChangedAt: instant('last change of the nickname by the member').nullable(),
  problems: problemsField,
  createdAt: instant('when the member joined'),
  updatedAt: instant('last change'),
});
export type Account = z.infer<typeof accountSchema>;

export const consentEntrySchema = z.object({
  decisions: z
    .array(z.object({ type: consentType, version: consentVersion, granted }))
    .min(1)
    .meta({ description: 'what was said at this moment' }),
  channel,
  at: instant('when it was said'),
});

/** What signing in has to know, in one read. */
export const loginSchema = z.object({
  uid: id('whose profile it opens', 'kakao:9000000001'),
  suspendedUntil: instant('follows the standing').nullable(),
  withdrawing: z.boolean().meta({ description: 'the account is being erased', example: false }),
  agreedVersions: z
    .partialRecord(z.enum(consentTypes), consentVersion)
    .meta({ description: 'versions of required consents agreed to', example: { terms: 1, privacy: 1 } }),
  createdAt: instant('when it was joined or linked'),
  checkedAt: instant('when Kakao was last asked whether it is still linked').nullable().default(null),
});
export type Login = z.infer<typeof loginSchema>;

export const nicknameSchema = z.object({ uid: id('who has it', 'kakao:9000000001') });

export const emailCodeSchema = z.object({
  codeDigest: z.string().meta({ description: 'keyed digest of the six digits' }),
  email: z.email().meta({ description: 'address the code proves', example: 'minji@mail.example' }),
  triesLeft: z.int().min(0).max(5).meta({ description: 'wrong answers still allowed', example: 5 }),
  expiresAt: instant('five minutes after sending'),
  sentAt: instant('when it was sent'),
  purgeAt: instant('deleted by Firestore’s TTL policy after this'),
});
export type EmailCode = z.infer<typeof emailCodeSchema>;

export const usedNonceSchema = z.object({ purgeAt: instant('deleted by Firestore’s TTL policy after this') });

/** What is known of somebody who left, without knowing who it was. */
export const formerMemberSchema = z.object({
  withdrawnAt: instant('when the account was erased'),
  suspendedUntil: instant('a suspension outlives the account').nullable(),
  purgeOn: koreanDay('forgotten on this day', '2027-11-21'),
});
export type FormerMember = z.infer<typeof formerMemberSchema>;

/** What somebody says to join. The birth date is looked at and not kept. */
export const joinInput = z.strictObject({
  birthDate: z
    .string()
    .regex(/^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/)
    .meta({ description: 'to refuse those under 14; not stored', unit: 'KST date', example: '1999-01-31' }),
  nickname: nickname.optional(),
  consents: z
    .array(z.strictObject({ type: consentType, version: consentVersion, granted }))
    .min(1)
    .max(consentTypes.length)
    .meta({ description: 'one per type shown' }),
  channel,
});
export type Join = z.infer<typeof joinInput>;

const accessToken = z
  .string()
  .min(1)
  .max(4096)
  .meta({ description: 'Kakao access token of the app user', example: 'kakao-token-minji' });
const idToken = z.string().min(1).max(8192).meta({ description: 'OIDC id_token of Kakao', example: 'eyJ…' });
const nonce = z.string().min(1).max(200).meta({ description: 'from `startKakaoSignIn`', example: 'n1…' });

/** Input of `kakaoSignIn`: a native access token, or an id_token with its nonce. The uid is never the caller's to name. */
export const kakaoSignInInput = z.union([
  z.strictObject({ accessToken, join: joinInput.optional() }),
  z.strictObject({ idToken, nonce, join: joinInput.optional() }),
]);
export type KakaoSignInInput = z.infer<typeof kakaoSignInInput>;

const consentsNeeded = z
  .array(z.enum(consentTypes))
  .meta({ description: 'required consents whose text has changed since: ask again', example: [] });

export const kakaoSignInOutput = z.strictObject({
  customToken: z.string().meta({ description: 'for `signInWithCustomToken`', example: 'eyJ…' }),
  uid: z.string().meta({ description: 'of the member', example: 'kakao:9000000001' }),
  isNewMember: z.boolean().meta({ description: 'joined with this call', example: true }),
  consentsNeeded,
});
export type KakaoSignInOutput = z.infer<typeof kakaoSignInOutput>;

export const nothingInput = z.strictObject({}).nullish();
export const startKakaoSignInOutput = z.strictObject({
  nonce,
  expiresAt: z.iso
    .datetime()
    .meta({ description: 'ten minutes from now', example: '2026-11-21T03:10:00.000Z' }),
});

const emailAddress = z
  .email()
  .max(254)
  .meta({ description: 'e-mail address', example: 'minji@mail.example' });
const password = z.string().min(1).max(128).meta({ description: 'new password', example: 'pa55-phrase' });

export const signUpWithEmailInput = z.strictObject({ email: emailAddress, password, join: joinInput });
export const requestPasswordResetInput = z.strictObject({ email: emailAddress });
/** Says the same whoever has the address, so that nobody learns who is a member. */
export const acceptedOutput = z.strictObject({
  accepted: z.literal(true).meta({ description: 'a mail tells the rest', example: true }),
});

const code = z
  .string()
  .regex(/^[0-9]{6}$/)
  .meta({ description: 'six digits of the mail', example: '204815' });
export const confirmEmailInput = z.strictObject({ code });
export const linkEmailInput = z.strictObject({ email: emailAddress });
export const confirmLinkedEmailInput = z.strictObject({ code, password });
export const linkKakaoInput = z.strictObject({ accessToken });

export const changeNicknameInput = z.strictObject({ nickname });
export const changeNicknameOutput = z.strictObject({ nickname });

export const recordConsentsInput = joinInput.pick({ consents: true, channel: true });
export const recordConsentsOutput = z.strictObject({ consentsNeeded });

const ownerAndOperators = { get: 'the owner and operators', list: 'nobody', write: 'server only' };
const serverOnly = { get: 'nobody', list: 'nobody', write: 'server only' };

export const accountModels: readonly CollectionModel[] = [
  {
    path: 'users/{uid}',
    purpose: 'Public profiles.',
    stored: userSchema,
    access: {
      get: 'signed-in members, unless suspended',
      list: 'nobody (operators)',
      write: 'created by the server; the owner changes photoPath and introduction unless suspended',
    },
    withdrawal: 'deleted, with everything below',
    client: { edit: userEdit },
    queries: [],
  },
  {
    path: 'users/{uid}/private/{document}',
    purpose: 'E-mail, phone, login and consents of a member (one document: `account`).',
    stored: accountSchema,
    access: { ...ownerAndOperators, write: 'server only (operators in the console)' },
    withdrawal: 'deleted',
    queries: [
      {
        screen: 'members by e-mail (operators, callable)',
        where: [{ field: 'email', op: '==' }],
        limit: 20,
        group: true,
      },
      {
        screen: 'members by phone (operators, callable)',
        where: [{ field: 'phone', op: '==' }],
        limit: 20,
        group: true,
      },
      {
        screen: 'members who agreed to advertising (server, sendCampaigns)',
        where: [{ field: 'consents.adPush.granted', op: '==' }],
        limit: 200,
        group: true,
      },
    ],
  },
  {
    path: 'users/{uid}/consents/{entryId}',
    purpose: 'The ledger of consents: only ever added to.',
    stored: consentEntrySchema,
    access: { get: 'the owner and operators', list: 'the owner and operators', write: 'server only' },
    withdrawal: 'moved to `retained`: advertising consents for six months, the others for five years',
    queries: [{ screen: 'my consents', where: [], orderBy: [{ field: 'at', direction: 'desc' }], limit: 50 }],
  },
  {
    path: 'logins/{loginId}',
    purpose: 'Which profile a login at Kakao opens, and all that signing in must know (one read).',
    stored: loginSchema,
    access: serverOnly,
    withdrawal: '`withdrawing` from the request on; deleted last',
    queries: [
      { screen: 'logins of a member (server)', where: [{ field: 'uid', op: '==' }], limit: 5 },
      {
        screen: 'asked about longest ago (server, nightly)',
        where: [],
        orderBy: [{ field: 'checkedAt', direction: 'asc' }],
        limit: 100,
      },
    ],
  },
  {
    path: 'nicknames/{key}',
    purpose: 'Who has a nickname; the key is the nickname with case, width and spacing folded.',
    stored: nicknameSchema,
    access: serverOnly,
    withdrawal: 'deleted: free for others',
    queries: [{ screen: 'nicknames of a member (server)', where: [{ field: 'uid', op: '==' }], limit: 10 }],
  },
  {
    path: 'emailCodes/{codeId}',
    purpose: 'Six-digit codes that wait for their answer, one per member and purpose.',
    stored: emailCodeSchema,
    access: serverOnly,
    withdrawal: 'deleted',
    queries: [],
  },
  {
    path: 'usedNonces/{digest}',
    purpose: 'Nonces of id_tokens that have signed somebody in.',
    stored: usedNonceSchema,
    access: serverOnly,
    withdrawal: 'names nobody',
    queries: [],
  },
  {
    path: 'formerMembers/{digest}',
    purpose:
      'Keyed digests of logins and addresses that left, so that rejoining restores no benefit and escapes no suspension.',
    stored: formerMemberSchema,
    access: serverOnly,
    withdrawal: 'written by it, as keyed digests; forgotten after a year, or when a suspension has ended',
    queries: [
      {
        screen: 'what is forgotten today (server, nightly)',
        where: [],
        orderBy: [{ field: 'purgeOn', direction: 'asc' }],
        limit: 300,
      },
    ],
  },
];
