/**
 * What arrived by mail: `inboundMails` proves that a message came (its bytes are in Storage) and tells what became of
 * it; `inboundKeys` are how a delivery that is repeated is recognised.
 */
import { z } from 'zod';
import { count, id, instant, oneOf } from '../kernel/fields.ts';
import { type CollectionModel, operatorsOnly, serverOnly } from '../kernel/model.ts';

export const inboundMailStates = ['RECEIVED', 'READ', 'UNREADABLE', 'PARKED'] as const;
export const inboundProviders = ['raw', 'postmark', 'mailgun', 'sendgrid'] as const;
export const spfResults = ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror'] as const;
const envelopeAddress = z.string().max(320);
export const inboundAnswers = ['none', 'due', 'queued'] as const;

export const mailOutcomes = ['created', 'merged', 'unchanged', 'published'] as const;
export const mailOutcomeSchema = z.object({
  outcome: oneOf(
    mailOutcomes,
    'created: a registration of its own; merged: changes one; unchanged: one says so already; published: a page does',
    'created',
  ),
  registrationId: id('which one; null when the page was not made of one', '9f2c…-1').nullable(),
  name: z.string().max(120).meta({ description: 'of what, for the answer', example: '라온뷰티의원' }),
});
export type MailOutcome = z.infer<typeof mailOutcomeSchema>;

export const inboundMailSchema = z.object({
  state: oneOf(
    inboundMailStates,
    'RECEIVED until it has been read; an operator may set a PARKED one back to RECEIVED: read again by the next sweep',
    'READ',
  ),
  provider: oneOf(inboundProviders, 'how it came', 'mailgun'),
  providerMessageId: z
    .string()
    .nullable()
    .meta({ description: 'its id at the provider, to find it there', example: null }),
  rfcMessageId: z
    .string()
    .nullable()
    .meta({ description: 'Message-ID header', example: '<20261121.1@raon.example>' }),
  envelopeFrom: envelopeAddress
    .nullable()
    .meta({ description: 'sender of the envelope; null when not told', example: 'desk@raon.example' }),
  envelopeTo: z
    .array(envelopeAddress)
    .meta({ description: 'recipients of the envelope', example: ['regist@doctorpitch.example'] }),
  spf: oneOf(spfResults, 'as the provider found it', 'pass').nullable(),
  dkim: z
    .array(z.string())
    .meta({ description: '`domain=result`, as the provider found it', example: ['raon.example=pass'] }),
  spamScore: z.number().nullable().meta({ description: 'of the provider', example: 0.1 }),
  rawPath: z.string().meta({ description: 'its bytes in Storage', example: 'inbound/9f2c….eml' }),
  rawPurgedAt: instant('when its bytes were deleted; null while they are there').nullable().default(null),
  size: z.int().meta({ description: 'bytes', unit: 'bytes', example: 48211 }),
  registrationIds: z.array(z.string()).meta({ description: 'what it became', example: ['9f2c…-1'] }),
  sender: z
    .string()
    .max(320)
    .nullable()
    .default(null)
    .meta({ description: 'From address, lower case; null until read', example: 'desk@raon.example' }),
  subject: z
    .string()
    .max(300)
    .default('')
    .meta({ description: 'subject, redacted; empty until read', example: '[병원 등록] 라온뷰티의원' }),
  outcomes: z
    .array(mailOutcomeSchema)
    .max(400)
    .default([])
    .meta({ description: 'what became of what it asked for, in its order', example: [] }),
  answer: oneOf(
    inboundAnswers,
    'none: nobody is answered; due: waits until its sender may be answered again; queued: in the outbox',
    'queued',
  ).default('none'),
  answerDueAt: instant('while due: from when it is answered').nullable().default(null),
  answerId: z
    .string()
    .nullable()
    .default(null)
    .meta({ description: 'outbox document that answers it', example: 'answer-9f2c…' }),
  failure: z
    .string()
    .regex(/^[A-Z0-9_]{1,40}$/)
    .nullable()
    .meta({ description: 'why it could not be read', example: null }),
  attempts: count('attempts at reading begun; counted anew when an operator asks again'),
  nextAttemptAt: instant('from when the sweep takes it while RECEIVED; null once read').nullable(),
  parkedAt: instant('when it was parked; null when it is not').nullable(),
  receivedAt: instant('when it came'),
  updatedAt: instant('last change'),
});
export type InboundMail = z.infer<typeof inboundMailSchema>;

/** `inboundKeys/{key}`: what tells one mail or one delivery again. */
export const inboundKeySchema = z.object({
  mailId: id('mail it belongs to', '9f2c…'),
  purgeAt: instant('deleted by Firestore’s TTL policy after this'),
});

/** `retryMail`: a parked mail is read again. */
export const retryMailInput = z.strictObject({ mailId: id('which mail', '9f2c…') });
export const retryMailOutput = z.object(retryMailInput.shape);

/** What the queue hands to `readMail`. */
export const readMailTask = z.object({ mailId: id('which mail', '9f2c…') });

export const inboundModels: readonly CollectionModel[] = [
  {
    path: 'inboundMails/{mailId}',
    purpose: 'Every message that arrived. Id: the first 40 hex digits of the SHA-256 of its bytes.',
    stored: inboundMailSchema,
    access: operatorsOnly,
    withdrawal: 'a hospital’s correspondence: not touched',
    queries: [
      {
        screen: 'waiting to be read, longest waiting first (sweepInbound)',
        where: [{ field: 'state', op: '==' }],
        orderBy: [{ field: 'nextAttemptAt', direction: 'asc' }],
        limit: 50,
      },
      {
        screen: 'parked, oldest first',
        where: [{ field: 'state', op: '==' }],
        orderBy: [{ field: 'receivedAt', direction: 'asc' }],
        limit: 50,
      },
      {
        screen: 'answers that may be sent now (server)',
        where: [{ field: 'answer', op: '==' }],
        orderBy: [{ field: 'answerDueAt', direction: 'asc' }],
        limit: 50,
      },
      {
        screen: 'what one sender waits to be answered (server)',
        where: [
          { field: 'sender', op: '==' },
          { field: 'answer', op: '==' },
        ],
        limit: 20,
      },
      {
        screen: 'raw messages whose term is over (server, nightly)',
        where: [{ field: 'rawPurgedAt', op: '==' }],
        orderBy: [{ field: 'receivedAt', direction: 'asc' }],
        limit: 100,
      },
    ],
  },
  {
    path: 'inboundKeys/{key}',
    purpose:
      'Digests by which a mail that is delivered again is recognised, and tokens of Mailgun that were used.',
    stored: inboundKeySchema,
    access: serverOnly,
    withdrawal: 'digests of a hospital’s correspondence: not touched',
    queries: [],
  },
];
