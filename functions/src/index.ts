/**
 * Every deployed function, on one screen. Bindings only: name, trigger, options. A domain's code is loaded when
 * one of its functions first runs, so a cold start pays only for what it serves.
 */
import './platform/options.ts';
import { onDocumentUpdated, onDocumentWritten } from 'firebase-functions/v2/firestore';
import { onCall, onRequest } from 'firebase-functions/v2/https';
import { identitySecret, inboundMailSecret, kakaoAdminKey } from './platform/config.ts';

const access = () => import('./access/edge.ts');
const accounts = () => import('./accounts/edge.ts');
const operators = () => import('./operators/edge.ts');
const registrations = () => import('./registrations/edge.ts');
const reviews = () => import('./reviews/edge.ts');
const community = () => import('./community/edge.ts');

// accounts
export const startKakaoSignIn = onCall({ secrets: [identitySecret] }, async (request) =>
  (await accounts()).startKakaoSignIn(request),
);
export const kakaoSignIn = onCall({ secrets: [identitySecret, kakaoAdminKey] }, async (request) =>
  (await accounts()).kakaoSignIn(request),
);
export const changeNickname = onCall(async (request) => (await accounts()).changeNickname(request));
export const recordConsents = onCall(async (request) => (await accounts()).recordConsents(request));

// access
export const suspendUser = onCall(async (request) => (await access()).suspendUser(request));
export const liftSuspension = onCall(async (request) => (await access()).liftSuspension(request));
export const onStandingWritten = onDocumentWritten(
  { document: 'standings/{uid}', retry: true },
  async (event) => (await access()).onStandingWritten(event),
);
export const grantRole = onCall(async (request) => (await access()).grantRole(request));
export const revokeRole = onCall(async (request) => (await access()).revokeRole(request));
export const setAllowedOperator = onCall(async (request) => (await access()).setAllowedOperator(request));
export const onRoleWritten = onDocumentWritten({ document: 'roles/{uid}', retry: true }, async (event) =>
  (await access()).onRoleWritten(event),
);
export const onAllowedOperatorWritten = onDocumentWritten(
  { document: 'allowedOperators/{email}', retry: true },
  async (event) => (await access()).onAllowedOperatorWritten(event),
);

// operators
export const findUsers = onCall({ secrets: [identitySecret] }, async (request) =>
  (await operators()).findUsers(request),
);
export const editUser = onCall(async (request) => (await operators()).editUser(request));
export const onUserWritten = onDocumentUpdated({ document: 'users/{uid}', retry: true }, async (event) =>
  (await operators()).onUserWritten(event),
);
export const onAccountWritten = onDocumentUpdated(
  { document: 'users/{uid}/private/account', retry: true },
  async (event) => (await operators()).onAccountWritten(event),
);

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
