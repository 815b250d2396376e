/**
 * People: the public profile, what only its owner and operators may see, and suspensions. A profile is made by
 * the server at sign-in; its owner may change nickname, photo and introduction, nothing else.
 */
import { z } from 'zod';
import { id, instant, oneOf, optionalText, phone, stampedNow, storagePath, text } from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';

export const providers = ['kakao', 'email'] as const;

const nickname = text(20, 'shown beside what the member writes', '민지', 2);
const introduction = optionalText(200, 'a line about oneself', '피부과 좋아해요');
const photoPath = storagePath('profiles', 'Storage path of the picture').nullable();

export const userSchema = z.object({
  nickname,
  photoPath,
  introduction,
  createdAt: instant('first sign-in'),
  updatedAt: instant('last change of the profile'),
});
export type User = z.infer<typeof userSchema>;

export const userEdit = z.strictObject({
  nickname,
  photoPath,
  introduction,
  updatedAt: stampedNow('last change of the profile'),
});

export const accountSchema = z.object({
  provider: oneOf(providers, 'how the member signs in', 'kakao'),
  email: z
    .email()
    .nullable()
    .meta({ description: 'only when its provider verified it', example: 'minji@mail.example' }),
  phone: phone('mobile').nullable(),
  createdAt: instant('first sign-in'),
  updatedAt: instant('last change'),
});
export type Account = z.infer<typeof accountSchema>;

export const suspensionSchema = z.object({
  reason: text(500, 'why, for operators', '광고성 후기 반복'),
  until: instant('end; from then on the member may write again'),
  by: id('operator', 'operator-1'),
  createdAt: instant('since when'),
});
export type Suspension = z.infer<typeof suspensionSchema>;

/** Input of the callable `kakaoSignIn`. The uid is never the caller's to name. */
export const kakaoSignInInput = z.strictObject({
  accessToken: z.string().min(1).max(4096).meta({ description: 'Kakao access token of the app user' }),
});

/** Answer of `kakaoSignIn`. */
export const kakaoSignInOutput = z.strictObject({
  customToken: z.string(),
  uid: z.string(),
  isNewMember: z.boolean(),
});
export type KakaoSignInOutput = z.infer<typeof kakaoSignInOutput>;

export const accountModels: readonly CollectionModel[] = [
  {
    path: 'users/{uid}',
    purpose: 'Public profiles.',
    stored: userSchema,
    access: {
      get: 'signed-in members',
      list: 'nobody (operators)',
      write: 'created by the server; the owner changes nickname, photoPath and introduction unless suspended',
    },
    client: { edit: userEdit },
    queries: [],
  },
  {
    path: 'users/{uid}/private/{document}',
    purpose: 'E-mail, phone and provider (one document: `account`).',
    stored: accountSchema,
    access: { get: 'the owner and operators', list: 'nobody', write: 'server only' },
    queries: [],
  },
  {
    path: 'suspensions/{uid}',
    purpose: 'Who may not write, until when. Its existence takes effect with the next request.',
    stored: suspensionSchema,
    access: { get: 'operators', list: 'operators', write: 'server only (operators in the console)' },
    queries: [],
  },
];
