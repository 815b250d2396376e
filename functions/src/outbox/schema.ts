/**
 * Mail to be sent. What must be told to somebody is written down in the same transaction as its cause, and sent
 * from there: a letter is neither lost with a crash nor sent for something that did not happen.
 */
import { z } from 'zod';
import { count, id, instant, oneOf, optionalText, sized, text } from '../kernel/fields.ts';
import { type CollectionModel, serverOnly } from '../kernel/model.ts';

export const mailStates = ['PENDING', 'SENDING', 'SENT', 'FAILED'] as const;
export type MailState = (typeof mailStates)[number];

/** Headers a letter may set; all others are the sender's. */
export const mailHeaders = ['Auto-Submitted', 'In-Reply-To', 'References', 'List-Unsubscribe'] as const;

/** Without line ends or other controls: text that stays in its header. */
const oneLine = /^[^\p{Cc}\u2028\u2029]*$/u;

export const mailAddress = z
  .email({ error: '이메일 주소가 올바르지 않습니다' })
  .max(254)
  .meta({ description: 'the one recipient', example: 'minji@example.com' });

const headerValue = z.string().min(1).max(900).regex(oneLine);

const letterFields = {
  kind: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]{0,39}$/)
    .meta({ description: 'which letter', example: 'verifyEmail' }),
  uid: id('the member it concerns, so that it goes when they go', 'kakao:9000000001').nullable(),
  to: mailAddress,
  subject: text(200, 'subject', '[닥터피치] 이메일 주소를 확인해 주세요').regex(oneLine),
  text: text(20_000, 'plain text', '안녕하세요, 민지님.'),
  html: sized(1, 100_000)
    .nullable()
    .meta({ description: 'the same as HTML; emptied with the text', example: null }),
  headers: z
    .partialRecord(z.enum(mailHeaders), headerValue)
    .meta({ description: `some of ${mailHeaders.join(', ')}`, example: {} }),
};

/** What a domain hands over. Refuses line ends in what becomes a header. */
export const newMailSchema = z.strictObject({ ...letterFields, headers: letterFields.headers.optional() });
export type NewMail = z.infer<typeof newMailSchema>;

export const outboxMailSchema = z.object({
  ...letterFields,
  text: optionalText(20_000, 'plain text; emptied once sent or refused for good', '안녕하세요, 민지님.'),
  state: oneOf(
    mailStates,
    'an operator may set it back to PENDING in the console: sent again by the next sweep',
    'SENT',
  ),
  attempts: count('attempts begun'),
  leaseUntil: instant('while SENDING: until when the worker may be at it').nullable(),
  nextAttemptAt: instant('from when the sweep takes it; null once sent').nullable(),
  failure: z
    .string()
    .regex(/^[A-Z0-9_]{1,40}$/)
    .nullable()
    .meta({ description: 'why the last attempt failed, never a server’s words', example: 'SMTP_451' }),
  messageId: z.string().meta({
    description: 'Message-ID, the same at every attempt',
    example: '<9f2c41d0…@doctorpitch.example>',
  }),
  createdAt: instant('when queued'),
  updatedAt: instant('last change'),
  sentAt: instant('when the relay took it').nullable(),
  purgeAt: instant('when it may be deleted'),
});
export type OutboxMail = z.infer<typeof outboxMailSchema>;

export const outboxModels: readonly CollectionModel[] = [
  {
    path: 'outbox/{mailId}',
    purpose: 'Mail to be sent. Id: the cause, so that one cause makes one letter.',
    stored: outboxMailSchema,
    access: serverOnly,
    withdrawal: 'deleted',
    queries: [
      {
        screen: 'due for sending, longest waiting first (sweepOutbox)',
        where: [{ field: 'state', op: '==' }],
        orderBy: [{ field: 'nextAttemptAt', direction: 'asc' }],
        limit: 50,
      },
      {
        screen: 'mails that concern a member (withdrawal)',
        where: [{ field: 'uid', op: '==' }],
        limit: 50,
      },
    ],
  },
];
