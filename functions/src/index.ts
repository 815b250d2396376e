/**
 * Every deployed function, on one screen. Bindings only: name, trigger, options. A domain's code is loaded when
 * one of its functions first runs, so a cold start pays only for what it serves.
 */
import './platform/options.ts';
import { onDocumentCreated, onDocumentUpdated, onDocumentWritten } from 'firebase-functions/v2/firestore';
import { onCall, onRequest } from 'firebase-functions/v2/https';
import { inboundMailSecret, smtpSecret } from './platform/config.ts';

const accounts = () => import('./accounts/edge.ts');
const registrations = () => import('./registrations/edge.ts');
const reviews = () => import('./reviews/edge.ts');
const community = () => import('./community/edge.ts');
const outbox = () => import('./outbox/edge.ts');

// accounts
export const kakaoSignIn = onCall(async (request) => (await accounts()).kakaoSignIn(request));

// registrations
export const inboundMail = onRequest(
  { memory: '1GiB', secrets: [inboundMailSecret] },
  async (request, response) => (await registrations()).inboundMail(request, response),
);
export const onRegistrationDecided = onDocumentUpdated(
  { document: 'registrations/{registrationId}', retry: true },
  async (event) => (await registrations()).onRegistrationDecided(event),
);

// reviews
export const onReviewWritten = onDocumentWritten(
  { document: 'reviews/{reviewId}', retry: true },
  async (event) => (await reviews()).onReviewWritten(event),
);

// community
export const onReplyWritten = onDocumentWritten(
  { document: 'TempReplies/{replyId}', retry: true },
  async (event) => (await community()).onReplyWritten(event),
);

// outbox
export const onMailQueued = onDocumentCreated(
  { document: 'outbox/{mailId}', retry: true, secrets: [smtpSecret] },
  async (event) => (await outbox()).onMailQueued(event),
);
