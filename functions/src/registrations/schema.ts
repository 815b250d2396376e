/**
 * Registrations by e-mail. `inboundMails` proves that a message arrived (its bytes are in Storage); a
 * `registrations` document is what was understood of it, what is missing, and an operator's decision.
 * `hospitalFields`, `doctorFields` and `eventFields` are what must hold before anything may be published.
 */
import { z } from 'zod';
import { departmentCodes, hospitalTypes, openingHoursSchema, regions } from '../directory/schema.ts';
import { id, instant, koreanDay, krw, oneOf, optionalText, phone, sized, text } from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';

export const registrationKinds = ['hospital', 'doctor', 'event', 'unknown'] as const;
export type RegistrationKind = (typeof registrationKinds)[number];
export const registrationStates = [
  'NEEDS_INFO',
  'PENDING_REVIEW',
  'QUARANTINED',
  'APPROVED',
  'REJECTED',
] as const;
/** What is confirmed by a call to the number on file, whoever wrote. */
export const confirmations = ['money', 'licence', 'owner', 'email'] as const;
export type Confirmation = (typeof confirmations)[number];
/** What an operator notes of a call: who was reached, on which number. */
export const confirmation = text(500, 'the call', '11/21 15:20 대표번호 02-555-0101, 김실장 확인', 10);
export const decisions = ['approve', 'reject'] as const;
export const paperRoles = [
  'bizRegistration',
  'openingCertificate',
  'medicalLicense',
  'specialistCert',
  'adReview',
  'mandate',
  'bankAccount',
  'main',
  'detail',
  'profile',
  'logo',
  'other',
] as const;
export type PaperRole = (typeof paperRoles)[number];

const businessNumber = z
  .string()
  .regex(/^\d{10}$/, { error: '사업자등록번호가 올바르지 않습니다' })
  .meta({ description: '사업자등록번호, checked', example: '1208147521' });
const licenceNumber = z
  .string()
  .regex(/^[1-9]\d{0,5}$/, { error: '면허번호는 숫자 1~6자리입니다' })
  .meta({ description: 'without leading zeros', example: '123' });

/** What a hospital must have told before it is published. */
export const hospitalFields = z.object({
  name: text(60, 'registered name', '라온뷰티의원'),
  representative: text(40, 'representative', '김라온'),
  businessNumber,
  careInstitutionNumber: z
    .string()
    .regex(/^\d{8}$/)
    .nullable()
    .meta({ description: '요양기관기호', example: '12345678' }),
  type: oneOf(hospitalTypes, 'kind of institution', '의원'),
  region: oneOf(regions, '시도', '서울'),
  district: text(20, '시군구', '강남구'),
  address: text(200, 'road-name address', '서울특별시 강남구 테헤란로 123'),
  zip: z
    .string()
    .regex(/^\d{5}$/)
    .nullable()
    .meta({ description: 'post code', example: '06000' }),
  phone: phone('reception'),
  homepage: z.url().nullable().meta({ description: 'home page', example: 'https://raon.example' }),
  departments: z
    .array(z.enum(departmentCodes))
    .min(1)
    .max(10)
    .meta({ description: 'HIRA codes', example: ['08'] }),
  hours: optionalText(500, 'opening hours', '평일 10:00-19:00'),
  openingHours: openingHoursSchema.nullable().default(null),
});

/** What a doctor's registration must hold. */
export const doctorFields = z.object({
  name: text(40, 'name', '김라온'),
  licenceNumber,
  isSpecialist: z.boolean().meta({ description: 'whether a specialist', example: true }),
  specialty: z
    .enum(departmentCodes)
    .nullable()
    .meta({ description: 'department of the qualification', example: '08' }),
  specialistNumber: licenceNumber.nullable(),
  hospitalBusinessNumber: businessNumber,
  career: z.array(z.string().min(1).max(200)).max(30).meta({ description: 'career lines', example: [] }),
  focus: z
    .array(z.string().min(1).max(40))
    .max(10)
    .meta({ description: 'main treatments', example: ['쌍꺼풀'] }),
});

/** What an event must hold. */
export const eventFields = z
  .object({
    title: text(100, 'title', '자연유착 쌍꺼풀'),
    hospitalBusinessNumber: businessNumber.nullable(),
    hospitalName: text(60, 'hospital as written', '라온뷰티의원').nullable(),
    category: optionalText(60, 'body part and treatment', '눈성형 > 쌍꺼풀'),
    priceBefore: krw('before', 1320000),
    priceAfter: krw('after', 990000),
    vatIncluded: z
      .literal(true, { error: '부가세(VAT)를 포함한 금액이어야 합니다' })
      .meta({ description: 'prices include VAT', example: true }),
    startsOn: koreanDay('first day', '2026-12-01'),
    endsOn: koreanDay('last day', '2027-01-31'),
    target: text(300, 'who and what the price is for', '신규 고객, 수술비에 한함'),
    adReviewNumber: text(60, 'review number', '261101-중-000001').nullable(),
    adReviewValidUntil: koreanDay('last day of the review', '2029-10-31').nullable().default(null),
    sideEffects: optionalText(1000, 'side effects', '붓기, 멍'),
  })
  .refine((e) => e.priceAfter < e.priceBefore, {
    error: '할인가는 정상가보다 낮아야 합니다',
    path: ['priceAfter'],
  })
  .refine((e) => e.endsOn >= e.startsOn, { error: '종료일이 시작일보다 빠릅니다', path: ['endsOn'] });

export type OpeningHours = z.infer<typeof openingHoursSchema>;
export type HospitalFields = z.infer<typeof hospitalFields>;
export type DoctorFields = z.infer<typeof doctorFields>;
export type EventFields = z.infer<typeof eventFields>;

export const problemSchema = z.object({
  field: z.string().meta({ description: 'field or paper', example: 'businessNumber' }),
  reason: z.string().meta({ description: 'stable code', example: 'MISSING' }),
  message: z.string().meta({ description: 'in Korean, for people', example: '사업자등록번호가 없습니다' }),
});
export type Problem = z.infer<typeof problemSchema>;

/** Parts of a message, and an operator. */
export const sources = ['subject', 'body', 'forwarded', 'sheet', 'attachedText', 'operator'] as const;

/** Where one field came from, shown to the operator beside the value. */
export const readingSchema = z.object({
  value: z
    .unknown()
    .meta({ description: 'normalised; null when it was said but not readable', example: 123 }),
  raw: z
    .string()
    .meta({ description: 'as written, redacted, at most 200 characters', example: '제 000123 호' }),
  label: z
    .string()
    .nullable()
    .meta({ description: 'label as written; null when found in running text', example: '의사면허번호' }),
  source: oneOf(sources, 'part of the message; `operator` when corrected', 'body'),
  confidence: oneOf(
    ['high', 'low'],
    'high: labelled and read completely; low: anything else, to be looked at',
    'high',
  ),
});
export type Reading = z.infer<typeof readingSchema>;

export const paperSchema = z.object({
  path: z
    .string()
    .meta({ description: 'Storage path, operators only', example: 'registrations/mail_1/0-main.jpg' }),
  fileName: z.string().meta({ description: 'as sent, NFC', example: '메인사진.jpg' }),
  role: oneOf(paperRoles, 'what it is', 'main'),
  contentType: z.string().meta({ description: 'as declared', example: 'image/jpeg' }),
  size: z.int().meta({ description: 'bytes', unit: 'bytes', example: 20481 }),
  sha256: z.string().meta({ description: 'of the bytes', example: 'ab12…' }),
});
export type Paper = z.infer<typeof paperSchema>;

/** What became of a picture of a registration that is to be published. */
export const pictureSchema = z.object({
  sha256: z.string().meta({ description: 'the paper it is made of', example: 'ab12…' }),
  full: z.string().nullable().meta({
    description: 'public Storage path, at most 1600 px',
    example: 'public/events/e1/ab12cd34-full.webp',
  }),
  thumb: z
    .string()
    .nullable()
    .meta({ description: 'public Storage path, small', example: 'public/events/e1/ab12cd34-thumb.webp' }),
  problem: z.string().nullable().meta({ description: 'why there is none, in Korean', example: null }),
});
export type Picture = z.infer<typeof pictureSchema>;

/** One value that was changed after the mail had been read: by a reply, by an operator, or by the console. */
export const correctionSchema = z.object({
  field: z.string().meta({ description: 'our field name', example: 'phone' }),
  from: z.unknown().meta({ description: 'what stood there; null when nothing did', example: '+8225550101' }),
  to: z.unknown().meta({ description: 'what stands there now', example: '+8225550199' }),
  by: z.string().meta({ description: '`mail`, `console`, or the operator’s uid', example: 'mail' }),
  mailId: z.string().nullable().meta({ description: 'the reply that asked for it', example: '9f2c…' }),
  at: instant('when'),
});
export type Correction = z.infer<typeof correctionSchema>;
/** What is kept of a registration’s history in its document; the audit log keeps all of it. */
export const maxCorrections = 100;

export const registrationSchema = z.object({
  ticket: z
    .string()
    .meta({ description: 'DP-YYYYMMDD-NNNN, told to the sender', example: 'DP-20261121-0001' }),
  mailId: id('inboundMails document it came from', '9f2c…'),
  kind: oneOf(registrationKinds, 'what is to be registered', 'hospital'),
  state: oneOf(registrationStates, 'where it stands', 'PENDING_REVIEW'),
  fields: z
    .record(z.string(), z.unknown())
    .meta({ description: 'what was understood; an operator may correct it', example: {} }),
  readings: z
    .record(z.string(), readingSchema)
    .meta({ description: 'per field: how it was written, where, and how far it is believed', example: {} }),
  extra: z
    .array(
      z.object({
        label: z.string().meta({ description: 'as written', example: '주차' }),
        value: z.string().meta({ description: 'as written', example: '건물 뒤 2시간 무료' }),
      }),
    )
    .meta({ description: 'labels we have no field for, for the operator', example: [] }),
  row: z.int().nullable().meta({ description: 'row of a sheet or list, from 1', example: 4 }),
  intent: oneOf(
    ['register', 'change'],
    'change: the mail names only fields to change of what is registered',
    'register',
  ),
  target: z
    .string()
    .nullable()
    .meta({ description: 'of a change: the page it is to be made on', example: 'Hospitals/h-9f2c' }),
  corrections: z
    .array(correctionSchema)
    .max(maxCorrections)
    .meta({ description: 'what was changed since the mail was read, oldest first', example: [] }),
  problems: z.array(problemSchema).meta({ description: 'what is missing or wrong', example: [] }),
  warnings: z
    .array(z.string())
    .meta({ description: 'codes an operator should see', example: ['RRN_REDACTED'] }),
  confirmationsNeeded: z.array(z.enum(confirmations)).meta({
    description: 'what must be confirmed by a call to the number on file before it may be approved',
    example: [],
  }),
  confirmed: z.partialRecord(z.enum(confirmations), confirmation).meta({
    description: 'per matter: whom the operator called, on which number on file, and what they said',
    example: {},
  }),
  papers: z.array(paperSchema).meta({ description: 'attachments', example: [] }),
  pictures: z
    .array(pictureSchema)
    .optional()
    .meta({ description: 'made at approval from those papers that are shown', example: [] }),
  senderAddress: z.string().meta({ description: 'who wrote', example: 'desk@raon.example' }),
  subject: z.string().meta({ description: 'subject, redacted', example: '[병원 등록] 라온뷰티의원' }),
  decision: z
    .string()
    .nullable()
    .meta({ description: '`approve` or `reject`, set by an operator in the console', example: null }),
  decisionNote: z.string().nullable().meta({ description: 'reason, for the file', example: null }),
  decidedAt: instant('when the decision took effect').nullable(),
  decisionProblems: z
    .array(z.string())
    .meta({ description: 'why an approval was refused, in Korean', example: [] }),
  publishedPath: z.string().nullable().meta({ description: 'what it became', example: 'Hospitals/h-9f2c' }),
  receivedAt: instant('when the mail came'),
  updatedAt: instant('last change'),
});
export type Registration = z.infer<typeof registrationSchema>;

const registrationId = id('which registration', '9f2c…-1');

/** `decideRegistration`: what an operator types into `decision` and `decisionNote` in the console. */
export const decideRegistrationInput = z.strictObject({
  registrationId,
  decision: z.enum(decisions).meta({ description: 'what to do with it', example: 'approve' }),
  note: text(
    2000,
    'reason, for the file; `CODE: reason` lets a finding of judgement pass',
    '서류 확인',
  ).optional(),
});
/** `correctRegistration`: fields as an operator would type them in the console; null empties one. */
export const correctRegistrationInput = z.strictObject({
  registrationId,
  kind: oneOf(
    registrationKinds,
    'what is to be registered, when it was taken for something else',
    'doctor',
  ).optional(),
  fields: z
    .record(
      sized(1, 40),
      z.union([sized(0, 2000), z.number(), z.boolean(), z.null(), z.array(sized(1, 300)).max(30)]),
    )
    .meta({ description: 'values by field', example: { phone: '02-555-0199' } }),
});
/** `confirmRegistration`: a call to the number on file. */
export const confirmRegistrationInput = z.strictObject({
  registrationId,
  matter: oneOf(confirmations, 'what was confirmed', 'money'),
  note: confirmation,
});

export const decideRegistrationOutput = z.object({
  state: registrationSchema.shape.state,
  publishedPath: registrationSchema.shape.publishedPath,
});
export const correctRegistrationOutput = registrationSchema.pick({ state: true, problems: true });
export const confirmRegistrationOutput = z.object({ confirmed: confirmRegistrationInput.shape.matter });

/** `identityKeys/{key}`: who already holds a business number, licence or event, so that none is published twice. */
export const identityKeySchema = z.object({
  path: z.string().meta({ description: 'document that holds it', example: 'Hospitals/h-9f2c' }),
  createdAt: instant('since when'),
});
/** `tickets/{ticket}`: whose it is. */
export const ticketSchema = z.object({
  registrationId: id('the registration it was given to', '9f2c…-1'),
  createdAt: instant('since when'),
});

const operatorsOnly = {
  get: 'operators',
  list: 'operators',
  write: 'server only (operators in the console)',
};
const serverOnly = { get: 'nobody', list: 'nobody', write: 'server only' };

export const registrationModels: readonly CollectionModel[] = [
  {
    path: 'registrations/{registrationId}',
    purpose: 'What was understood of a registration mail, and what an operator decided.',
    stored: registrationSchema,
    access: operatorsOnly,
    withdrawal: 'a hospital’s correspondence: not touched',
    queries: [
      {
        screen: 'waiting for a decision, oldest first',
        where: [{ field: 'state', op: '==' }],
        orderBy: [{ field: 'receivedAt', direction: 'asc' }],
        limit: 50,
      },
    ],
  },
  {
    path: 'identityKeys/{key}',
    purpose: 'Uniqueness of business numbers, licences and events.',
    stored: identityKeySchema,
    access: serverOnly,
    withdrawal: 'names no member',
    queries: [],
  },
  {
    path: 'tickets/{ticket}',
    purpose: 'Tickets given out, `DP-YYYYMMDD-NNNN`: whose each is.',
    stored: ticketSchema,
    access: serverOnly,
    withdrawal: 'names nobody',
    queries: [],
  },
];
