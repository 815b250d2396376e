/** What operators do to members by callables: finding and editing them. No documents of its own. */
import { z } from 'zod';
import { roles } from '../access/schema.ts';
import { accountSchema, userSchema } from '../accounts/schema.ts';
import { id, text } from '../kernel/fields.ts';

const uid = id('whom', 'kakao:9000000001');
const iso = z.iso.datetime();

export const findUsersInput = z.strictObject({
  query: z.string().trim().min(1).max(254).meta({
    description: 'whole e-mail address, phone number in any Korean spelling, or uid',
    example: '010-1234-5678',
  }),
});

export const foundUser = z.object({
  uid: z.string().meta({ description: 'of the member', example: 'kakao:9000000001' }),
  nickname: z.string().meta({ description: 'shown beside what the member writes', example: '민지' }),
  email: z.string().nullable().meta({ description: 'address', example: 'minji@mail.example' }),
  phone: z.string().nullable().meta({ description: 'E.164', example: '+821012345678' }),
  provider: accountSchema.shape.provider,
  kakaoId: z.int().nullable().meta({ description: 'Kakao member number, when linked', example: 9000000001 }),
  suspendedUntil: iso.nullable().meta({ description: 'end of a suspension that holds', example: null }),
  role: z.enum(roles).nullable().meta({ description: 'role held', example: null }),
  createdAt: iso.meta({ description: 'when the member joined', example: '2026-11-20T03:00:00.000Z' }),
});
export type FoundUser = z.infer<typeof foundUser>;

/** An address or number is of one person, or of a family; whatever has more is not looked up by it. */
export const mostFound = 20;
export const findUsersOutput = z.strictObject({
  users: z.array(foundUser).max(mostFound).meta({ description: 'members found' }),
});

const changes = z
  .strictObject({
    nickname: userSchema.shape.nickname.optional(),
    email: z
      .email()
      .max(254)
      .nullish()
      .meta({ description: 'null: none; never for who signs in by it', example: 'minji@mail.example' }),
    phone: z
      .string()
      .min(1)
      .max(40)
      .nullish()
      .meta({ description: 'in any Korean spelling; null: none', example: '010-1234-5678' }),
    introduction: userSchema.shape.introduction.optional(),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), {
    error: '바꿀 것이 없습니다',
  })
  .meta({ description: 'what to change; at least one' });

export const editUserInput = z.strictObject({
  uid,
  changes,
  reason: text(500, 'why; goes into the audit log', '회원 요청 (문의 1234)'),
});
export type EditUser = z.infer<typeof editUserInput>;
export type Changes = EditUser['changes'];

export const editUserOutput = z.strictObject({
  uid,
  changed: z.array(z.string()).meta({ description: 'fields that are different now', example: ['phone'] }),
});
