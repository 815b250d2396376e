/**
 * Every deployed function, on one screen. Bindings only: name, trigger, options. A domain's code is loaded when
 * one of its functions first runs, so a cold start pays only for what it serves.
 */
import './platform/options.ts';
import { onDocumentCreated, onDocumentUpdated, onDocumentWritten } from 'firebase-functions/v2/firestore';
import { onCall, onRequest } from 'firebase-functions/v2/https';
import { onSchedule } from 'firebase-functions/v2/scheduler';
import { onTaskDispatched } from 'firebase-functions/v2/tasks';
import { mostAttempts } from './inbound/attempts.ts';
import {
  identitySecret,
  inboundMailSecret,
  kakaoAdminKey,
  mailgunSigningKey,
  postmarkInboundLogin,
  refundAccountKey,
  smtpSecret,
  tossSecretKey,
} from './platform/config.ts';
import { together } from './platform/together.ts';

const usesIdentity = { secrets: [identitySecret] };

const access = () => import('./access/edge.ts');
const accounts = () => import('./accounts/edge.ts');
const operators = () => import('./operators/edge.ts');
const inbound = () => import('./inbound/edge.ts');
const registrations = () => import('./registrations/edge.ts');
const directory = () => import('./directory/edge.ts');
const holders = () => import('./registrations/holders.ts');
const reviews = () => import('./reviews/edge.ts');
const community = () => import('./community/edge.ts');
const moderation = () => import('./moderation/edge.ts');
const finding = () => import('./search/edge.ts');
const chat = () => import('./chat/edge.ts');
const notifications = () => import('./notifications/edge.ts');
const appointments = () => import('./appointments/edge.ts');
const feeds = () => import('./feeds/edge.ts');
const refunding = () => import('./refunds/edge.ts');
const settlement = () => import('./settlement/edge.ts');
const plans = () => import('./subscriptions/edge.ts');
const outbox = () => import('./outbox/edge.ts');
const withdrawal = () => import('./withdrawal/edge.ts');
const kakaoWebhooks = () => import('./withdrawal/webhook.ts');
const kakaoEvents = () => import('./withdrawal/kakaoEdge.ts');
const prepays = () => import('./prepays/edge.ts');
const tossWebhooks = () => import('./prepays/webhook.ts');
const jobs = () => import('./jobs.ts');

// accounts
export const startKakaoSignIn = onCall(usesIdentity, async (request) =>
  (await accounts()).startKakaoSignIn(request),
);
export const kakaoSignIn = onCall({ secrets: [identitySecret, kakaoAdminKey] }, async (request) =>
  (await accounts()).kakaoSignIn(request),
);
export const changeNickname = onCall(async (request) => (await accounts()).changeNickname(request));
export const recordConsents = onCall(async (request) => (await accounts()).recordConsents(request));
export const signUpWithEmail = onCall(usesIdentity, async (request) =>
  (await accounts()).signUpWithEmail(request),
);
export const resendVerification = onCall(usesIdentity, async (request) =>
  (await accounts()).resendVerification(request),
);
export const confirmEmail = onCall(usesIdentity, async (request) => (await accounts()).confirmEmail(request));
export const requestPasswordReset = onCall(usesIdentity, async (request) =>
  (await accounts()).requestPasswordReset(request),
);
export const linkEmail = onCall(usesIdentity, async (request) => (await accounts()).linkEmail(request));
export const confirmLinkedEmail = onCall(usesIdentity, async (request) =>
  (await accounts()).confirmLinkedEmail(request),
);
export const linkKakao = onCall(usesIdentity, async (request) => (await accounts()).linkKakao(request));

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
export const findUsers = onCall(usesIdentity, async (request) => (await operators()).findUsers(request));
export const editUser = onCall(async (request) => (await operators()).editUser(request));
export const onUserWritten = onDocumentUpdated({ document: 'users/{uid}', retry: true }, async (event) =>
  together(
    async () => (await operators()).onUserWritten(event),
    async () => (await chat()).followInRooms(event),
  ),
);
export const onAccountWritten = onDocumentUpdated(
  { document: 'users/{uid}/private/account', retry: true },
  async (event) => (await operators()).onAccountWritten(event),
);

// registrations
// Room for four messages of 30 MB at once while they are received, for one while it is read: docs/costs.md.
export const inboundMail = onRequest(
  { memory: '1GiB', concurrency: 4, secrets: [inboundMailSecret, postmarkInboundLogin, mailgunSigningKey] },
  async (request, response) => (await inbound()).inboundMail(request, response),
);
export const readMail = onTaskDispatched(
  {
    memory: '1GiB',
    concurrency: 1,
    maxInstances: 5,
    timeoutSeconds: 300,
    retryConfig: { maxAttempts: mostAttempts, minBackoffSeconds: 5, maxBackoffSeconds: 60, maxDoublings: 4 },
    rateLimits: { maxConcurrentDispatches: 5, maxDispatchesPerSecond: 10 },
    ...usesIdentity,
  },
  async (request) => (await registrations()).readMail(request),
);
// Pictures are made here: up to 50 megapixels each, a few registrations at once.
const makesPictures = { memory: '1GiB', concurrency: 4, timeoutSeconds: 120 } as const;
export const onRegistrationWritten = onDocumentUpdated(
  { document: 'registrations/{registrationId}', retry: true, ...makesPictures },
  async (event) => (await registrations()).onRegistrationWritten(event),
);
export const decideRegistration = onCall(makesPictures, async (request) =>
  (await registrations()).decideRegistration(request),
);
export const correctRegistration = onCall(async (request) =>
  (await registrations()).correctRegistration(request),
);
export const confirmRegistration = onCall(async (request) =>
  (await registrations()).confirmRegistration(request),
);
export const retryMail = onCall(async (request) => (await registrations()).retryMail(request));

// directory
export const setPagePublished = onCall(async (request) => (await directory()).setPagePublished(request));
export const onHospitalWritten = onDocumentWritten(
  { document: 'Hospitals/{hospitalId}', retry: true, timeoutSeconds: 300 },
  async (event) => {
    await together(
      async () => (await directory()).onHospitalWritten(event),
      async () => (await finding()).followInSearch('Hospitals', event),
    );
    // Afterwards: it writes the same documents, and would only be in the way.
    await (await feeds()).followHospitalFeeds(event);
  },
);
export const onHospitalPrivateWritten = onDocumentWritten(
  { document: 'Hospitals/{hospitalId}/private/{document}', retry: true },
  async (event) => (await holders()).onNumberWritten(event),
);
export const onDoctorPrivateWritten = onDocumentWritten(
  { document: 'Doctors/{doctorId}/private/{document}', retry: true },
  async (event) => (await holders()).onNumberWritten(event),
);
export const onDoctorWritten = onDocumentWritten(
  { document: 'Doctors/{doctorId}', retry: true },
  async (event) => {
    await together(
      async () => (await directory()).onDoctorWritten(event),
      async () => (await finding()).followInSearch('Doctors', event),
    );
    // Afterwards: it writes the same documents, and would only be in the way.
    await (await feeds()).followDoctorFeeds(event);
  },
);
export const onEventWritten = onDocumentWritten(
  { document: 'Events/{eventId}', retry: true },
  async (event) => {
    await together(
      async () => (await directory()).onEventWritten(event),
      async () => (await finding()).followInSearch('Events', event),
    );
    // Afterwards: it writes the same documents, and would only be in the way.
    await (await feeds()).followEventFeeds(event);
  },
);

// reviews
// In a crowd its events wait for each other: one instance is to take them all.
export const onReviewWritten = onDocumentWritten(
  { document: 'reviews/{reviewId}', retry: true, concurrency: 500, timeoutSeconds: 120 },
  async (event) =>
    together(
      async () => (await reviews()).onReviewWritten(event),
      async () => (await moderation()).judgeReview(event),
    ),
);
export const onReviewPictures = onDocumentWritten(
  { document: 'reviews/{reviewId}', retry: true, ...makesPictures },
  async (event) =>
    together(
      async () => (await reviews()).onReviewPictures(event),
      async () => (await moderation()).judgeReviewPictures(event),
    ),
);
export const onHelpfulWritten = onDocumentWritten(
  { document: 'reviews/{reviewId}/helpful/{uid}', retry: true },
  async (event) => (await reviews()).onHelpfulWritten(event),
);
export const replyToReview = onCall(async (request) => (await reviews()).replyToReview(request));
export const submitReceipt = onCall(async (request) => (await reviews()).submitReceipt(request));
export const decideReceipt = onCall(async (request) => (await reviews()).decideReceipt(request));
export const onReceiptWritten = onDocumentUpdated(
  { document: 'receipts/{reviewId}', retry: true },
  async (event) => (await reviews()).onReceiptWritten(event),
);

// community
export const onReplyWritten = onDocumentWritten(
  { document: 'TempReplies/{replyId}', retry: true },
  async (event) =>
    together(
      async () => (await community()).onReplyWritten(event),
      async () => (await moderation()).judgeReply(event),
    ),
);
export const onTalkWritten = onDocumentWritten(
  { document: 'FreeTalks/{talkId}', retry: true, ...makesPictures },
  async (event) => {
    await together(
      async () => (await community()).onTalkWritten(event),
      async () => (await moderation()).judgeTalk(event),
      async () => (await moderation()).judgeTalkPictures(event),
      async () => (await finding()).followInSearch('FreeTalks', event),
    );
    await (await feeds()).followTalkFeeds(event);
  },
);

export const writeAnonymously = onCall(async (request) => (await community()).writeAnonymously(request));
export const editAnonymously = onCall(async (request) => (await community()).editAnonymously(request));
export const acceptAnswer = onCall(async (request) => (await community()).acceptAnswer(request));
export const pinTalk = onCall(async (request) => (await community()).pinTalk(request));
export const countViews = onCall(async (request) => (await community()).countViews(request));
export const onTalkLiked = onDocumentWritten(
  { document: 'FreeTalks/{talkId}/likes/{uid}', retry: true },
  async (event) => (await community()).onTalkLiked(event),
);
export const onReplyLiked = onDocumentWritten(
  { document: 'TempReplies/{replyId}/likes/{uid}', retry: true },
  async (event) => (await community()).onReplyLiked(event),
);

// moderation
export const onReportWritten = onDocumentWritten(
  { document: 'reports/{reportId}', retry: true },
  async (event) => (await moderation()).onReportWritten(event),
);
export const onModerationQueueWritten = onDocumentWritten(
  { document: 'moderationQueue/{targetId}', retry: true },
  async (event) => (await moderation()).onModerationQueueWritten(event),
);
export const appealModeration = onCall(async (request) => (await moderation()).appealModeration(request));
export const decideModeration = onCall(async (request) => (await moderation()).decideModeration(request));
export const imposeMeasure = onCall(async (request) => (await moderation()).imposeMeasure(request));
export const blockMember = onCall(async (request) => (await moderation()).blockMember(request));
export const unblockMember = onCall(async (request) => (await moderation()).unblockMember(request));

// chat
export const onMessageWritten = onDocumentWritten(
  { document: 'Chatting/{roomId}/messages/{messageId}', retry: true },
  async (event) =>
    together(
      async () => (await chat()).onMessageWritten(event),
      async () => (await moderation()).judgeMessage(event),
    ),
);
export const attachMedia = onTaskDispatched(
  {
    ...makesPictures,
    retryConfig: { maxAttempts: 8, minBackoffSeconds: 5, maxBackoffSeconds: 300, maxDoublings: 4 },
    rateLimits: { maxConcurrentDispatches: 8 },
  },
  async (request) => (await chat()).attachMedia(request),
);
export const createGroup = onCall(usesIdentity, async (request) => (await chat()).createGroup(request));
export const inviteToGroup = onCall(usesIdentity, async (request) => (await chat()).inviteToGroup(request));
export const answerInvitation = onCall(async (request) => (await chat()).answerInvitation(request));
export const leaveGroup = onCall(async (request) => (await chat()).leaveGroup(request));
export const removeFromGroup = onCall(async (request) => (await chat()).removeFromGroup(request));
export const closeRoom = onCall(async (request) => (await chat()).closeRoom(request));
export const reopenRoom = onCall(async (request) => (await chat()).reopenRoom(request));
export const openConsult = onCall(async (request) => (await chat()).openConsult(request));
export const takeConsult = onCall(async (request) => (await chat()).takeConsult(request));
export const assignConsult = onCall(async (request) => (await chat()).assignConsult(request));
export const saveDesk = onCall(async (request) => (await chat()).saveDesk(request));
export const setDeskPerson = onCall(async (request) => (await chat()).setDeskPerson(request));
export const sendMessage = onCall(async (request) => (await chat()).sendMessage(request));
export const editMessage = onCall(async (request) => (await chat()).editMessage(request));
export const openAttachment = onCall(usesIdentity, async (request) => (await chat()).openAttachment(request));
export const chatAttachment = onRequest(usesIdentity, async (request, response) =>
  (await chat()).chatAttachment(request, response),
);

// search
export const search = onCall(async (request) => (await finding()).search(request));

// notifications
// What a push could not do it does later by itself; tasks are repeated only where a worker could not even begin.
export const sendPush = onTaskDispatched(
  {
    timeoutSeconds: 300,
    retryConfig: { maxAttempts: 3, minBackoffSeconds: 10 },
    rateLimits: { maxConcurrentDispatches: 20, maxDispatchesPerSecond: 50 },
  },
  async (request) => (await notifications()).sendPush(request),
);
export const onNotificationCreated = onDocumentCreated(
  { document: 'users/{uid}/notifications/{notificationId}', retry: true },
  async (event) => (await notifications()).onNotificationCreated(event),
);
export const onConsentsRecorded = onDocumentCreated(
  { document: 'users/{uid}/consents/{entryId}', retry: true },
  async (event) => (await notifications()).onConsentsRecorded(event),
);
export const registerDevice = onCall(async (request) => (await notifications()).registerDevice(request));
export const unregisterDevice = onCall(async (request) => (await notifications()).unregisterDevice(request));
export const retryPush = onCall(async (request) => (await notifications()).retryPush(request));
export const sendCampaign = onCall(async (request) => (await notifications()).sendCampaign(request));

// appointments
export const remindOfAppointment = onTaskDispatched(
  { retryConfig: { maxAttempts: 5, minBackoffSeconds: 10 }, rateLimits: { maxConcurrentDispatches: 20 } },
  async (request) => (await appointments()).remindOfAppointment(request),
);
export const proposeAppointment = onCall(async (request) =>
  (await appointments()).proposeAppointment(request),
);
export const moveAppointment = onCall(async (request) => (await appointments()).moveAppointment(request));
export const answerAppointment = onCall(async (request) => (await appointments()).answerAppointment(request));
export const cancelAppointment = onCall(async (request) => (await appointments()).cancelAppointment(request));
export const keepAppointment = onCall(async (request) => (await appointments()).keepAppointment(request));
// refunds
const givesBack = { secrets: [tossSecretKey, refundAccountKey, identitySecret], timeoutSeconds: 120 };
export const quoteRefund = onCall(async (request) => (await refunding()).quoteRefund(request));
export const requestRefund = onCall(givesBack, async (request) => (await refunding()).requestRefund(request));
export const decideRefund = onCall(givesBack, async (request) => (await refunding()).decideRefund(request));
export const payCompensation = onCall(async (request) => (await refunding()).payCompensation(request));
export const payInterest = onCall(async (request) => (await refunding()).payInterest(request));
export const closeHospital = onCall({ timeoutSeconds: 300 }, async (request) =>
  (await refunding()).closeHospital(request),
);

// prepays
// The app waits 30 s for a payment; Toss may need most of them.
const asksToss = { secrets: [identitySecret, tossSecretKey], timeoutSeconds: 60 };
export const setOffer = onCall(async (request) => (await prepays()).setOffer(request));
export const createPrepayOrder = onCall(usesIdentity, async (request) =>
  (await prepays()).createPrepayOrder(request),
);
export const confirmPrepay = onCall(asksToss, async (request) => (await prepays()).confirmPrepay(request));
export const issuePrepayAccount = onCall(asksToss, async (request) =>
  (await prepays()).issuePrepayAccount(request),
);
export const cancelPrepayOrder = onCall(asksToss, async (request) =>
  (await prepays()).cancelPrepayOrder(request),
);
export const setRefundAccount = onCall({ secrets: [refundAccountKey] }, async (request) =>
  (await prepays()).setRefundAccount(request),
);
export const voucherCode = onCall(usesIdentity, async (request) => (await prepays()).voucherCode(request));
export const useVoucher = onCall(usesIdentity, async (request) => (await prepays()).useVoucher(request));
export const answerVoucherUse = onCall(async (request) => (await prepays()).answerVoucherUse(request));
export const giveVoucher = onCall(usesIdentity, async (request) => (await prepays()).giveVoucher(request));
export const keepVoucher = onCall(async (request) => (await prepays()).keepVoucher(request));
export const takeGift = onCall(usesIdentity, async (request) => (await prepays()).takeGift(request));
export const tossWebhook = onRequest(usesIdentity, async (request, response) =>
  (await tossWebhooks()).tossWebhook(request, response),
);
export const onTossHintWritten = onDocumentWritten(
  { document: 'tossHints/{digest}', retry: true, ...asksToss },
  async (event) => (await tossWebhooks()).onTossHintWritten(event),
);

// settlement
export const paySettlement = onCall(async (request) => (await settlement()).paySettlement(request));
export const stopSettlement = onCall(async (request) => (await settlement()).stopSettlement(request));
export const holdSession = onCall(async (request) => (await settlement()).holdSession(request));
export const settleDispute = onCall(async (request) => (await settlement()).settleDispute(request));

// subscriptions
const chargesCards = { secrets: [identitySecret, tossSecretKey, refundAccountKey], timeoutSeconds: 120 };
export const setPlan = onCall(chargesCards, async (request) => (await plans()).setPlan(request));
export const cardWindow = onCall(usesIdentity, async (request) => (await plans()).cardWindow(request));
export const startSubscription = onCall(chargesCards, async (request) =>
  (await plans()).startSubscription(request),
);
export const changeCard = onCall(chargesCards, async (request) => (await plans()).changeCard(request));
export const cancelSubscription = onCall(chargesCards, async (request) =>
  (await plans()).cancelSubscription(request),
);
export const keepSubscription = onCall(chargesCards, async (request) =>
  (await plans()).keepSubscription(request),
);
export const answerRise = onCall(chargesCards, async (request) => (await plans()).answerRise(request));
export const askRiseAgain = onCall(chargesCards, async (request) => (await plans()).askRiseAgain(request));

// outbox
export const onMailQueued = onDocumentCreated(
  { document: 'outbox/{mailId}', retry: true, secrets: [smtpSecret] },
  async (event) => (await outbox()).onMailQueued(event),
);

// withdrawal
const asksKakao = { secrets: [identitySecret, kakaoAdminKey] };
export const withdrawAccount = onCall(usesIdentity, async (request) =>
  (await withdrawal()).withdrawAccount(request),
);
export const withdrawUser = onCall(usesIdentity, async (request) =>
  (await withdrawal()).withdrawUser(request),
);
export const onWithdrawalWritten = onDocumentWritten(
  { document: 'withdrawals/{withdrawalId}', retry: true, timeoutSeconds: 540, ...asksKakao },
  async (event) => (await withdrawal()).onWithdrawalWritten(event),
);
export const kakaoWebhook = onRequest(asksKakao, async (request, response) =>
  (await kakaoWebhooks()).kakaoWebhook(request, response),
);
export const onWebhookStored = onDocumentWritten(
  { document: 'webhookEvents/{digest}', retry: true, ...asksKakao },
  async (event) => (await kakaoEvents()).onWebhookStored(event),
);

// schedules
export const everyFiveMinutes = onSchedule(
  {
    // Wall clock: events appear and vanish at midnight.
    schedule: '*/5 * * * *',
    timeZone: 'Asia/Seoul',
    timeoutSeconds: 900,
    secrets: [identitySecret, kakaoAdminKey, refundAccountKey, smtpSecret, tossSecretKey],
  },
  async () => {
    const { everyFiveMinutes: due, runJobs } = await jobs();
    await runJobs(due, Date.now());
  },
);
export const nightly = onSchedule(
  {
    schedule: 'every day 03:20',
    timeZone: 'Asia/Seoul',
    timeoutSeconds: 1800,
    secrets: [identitySecret, kakaoAdminKey, tossSecretKey],
  },
  async () => {
    const { nightly: due, runJobs } = await jobs();
    await runJobs(due, Date.now());
  },
);
export const everyMorning = onSchedule(
  { schedule: 'every day 09:00', timeZone: 'Asia/Seoul', retryCount: 3 },
  async () => {
    const { everyMorning: due, runJobs } = await jobs();
    await runJobs(due, Date.now());
  },
);
