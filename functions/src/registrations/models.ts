/** The collections of registration by mail, and what tells things that were seen before. */
import { z } from 'zod';
import { id, instant } from '../kernel/fields.ts';
import { type CollectionModel, operatorsOnly, serverOnly } from '../kernel/model.ts';
import { registrationSchema } from './schema.ts';

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

/**
 * `claims/{claim}`: a document and no query, so that of two mails with one claim at once the second meets the first,
 * and mails with different claims never wait for each other.
 */
export const claimSchema = z.object({
  registrationIds: z.array(z.string()).meta({ description: 'oldest first', example: ['9f2c…-1'] }),
  updatedAt: instant('last change'),
});

/** `mailSenders/{digest}`: nobody is sent more than one answer an hour. */
export const mailSenderSchema = z.object({
  nextAnswerAt: instant('from when an answer may be sent'),
  purgeAt: instant('deleted by Firestore’s TTL policy after this'),
});

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
      {
        screen: 'what the letter a message replies to was about (server)',
        where: [{ field: 'letters', op: 'array-contains' }],
        limit: 20,
      },
      {
        screen: 'what came with the same mail (server)',
        where: [{ field: 'mailId', op: '==' }],
        limit: 200,
      },
      {
        screen: 'what a reply was merged into (server)',
        where: [{ field: 'mergedMailIds', op: 'array-contains' }],
        limit: 20,
      },
      {
        screen: 'open changes of a page (server)',
        where: [
          { field: 'target', op: '==' },
          { field: 'state', op: '==' },
        ],
        limit: 5,
      },
      {
        screen: 'what a page was published from (server)',
        where: [{ field: 'publishedPath', op: '==' }],
        limit: 5,
      },
      {
        screen: 'due for a reminder or for closing (server)',
        where: [{ field: 'state', op: '==' }],
        orderBy: [{ field: 'followUpAt', direction: 'asc' }],
        limit: 50,
      },
      {
        screen: 'the same of one sender (server)',
        where: [
          { field: 'senderAddress', op: '==' },
          { field: 'state', op: '==' },
        ],
        orderBy: [{ field: 'followUpAt', direction: 'asc' }],
        limit: 200,
      },
      {
        screen: 'rejected ones whose papers are due for deletion (server, nightly)',
        where: [
          { field: 'state', op: '==' },
          { field: 'papersPurgedAt', op: '==' },
        ],
        orderBy: [{ field: 'decidedAt', direction: 'asc' }],
        limit: 100,
      },
    ],
  },
  {
    path: 'claims/{claim}',
    purpose: 'Which registrations claim to be the same. Id: a digest of the claim.',
    stored: claimSchema,
    access: serverOnly,
    withdrawal: 'names nobody',
    queries: [],
  },
  {
    path: 'mailSenders/{digest}',
    purpose: 'When a sender may be answered again. Id: a keyed digest of the address.',
    stored: mailSenderSchema,
    access: serverOnly,
    withdrawal: 'a digest of a hospital’s address: goes within a day',
    queries: [],
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
