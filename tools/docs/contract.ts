/** The part of docs/data-model.md an app needs besides documents: ids, files, the callable, mail. Pure. */
import type { z } from 'zod';
import * as access from '../../functions/src/access/schema.ts';
import * as accounts from '../../functions/src/accounts/schema.ts';
import * as appointments from '../../functions/src/appointments/schema.ts';
import * as chat from '../../functions/src/chat/calls.ts';
import * as community from '../../functions/src/community/schema.ts';
import * as directory from '../../functions/src/directory/schema.ts';
import * as inbound from '../../functions/src/inbound/schema.ts';
import * as moderation from '../../functions/src/moderation/schema.ts';
import * as notifications from '../../functions/src/notifications/schema.ts';
import * as operators from '../../functions/src/operators/schema.ts';
import { internalRefusal, type Refusal, reasons } from '../../functions/src/platform/reasons.ts';
import { region } from '../../functions/src/platform/region.ts';
import * as prepays from '../../functions/src/prepays/schema.ts';
import * as refunds from '../../functions/src/refunds/schema.ts';
import * as registrations from '../../functions/src/registrations/calls.ts';
import * as receipts from '../../functions/src/reviews/receiptSchema.ts';
import * as reviews from '../../functions/src/reviews/schema.ts';
import * as search from '../../functions/src/search/schema.ts';
import * as settlement from '../../functions/src/settlement/schema.ts';
import * as subscriptions from '../../functions/src/subscriptions/schema.ts';
import * as withdrawal from '../../functions/src/withdrawal/schema.ts';
import { alternativesOf, type Field } from './fields.ts';
import { code, table } from './markdown.ts';

const ids: readonly (readonly [string, string])[] = [
  ['member uid; `users`, `standings`', '`kakao:{Kakao member number}`, or Firebase’s for members by e-mail'],
  ['`logins`', '`kakao:{Kakao member number}`'],
  ['`nicknames`', 'the nickname with case, width and spacing folded'],
  ['`users/{uid}/private`', '`account`, `likes`, `blocks`, `inbox`'],
  ['`users/{uid}/private`', '`account`, `likes`, `push`'],
  ['`Hospitals`, `Doctors`, `Events`', '`h-`, `d-`, `e-` and the registration’s id'],
  ['`Hospitals/…/private`, `Doctors/…/private`', '`registration`, `licence`'],
  ['`reviews`', '`{authorUid}_{hospitalId}_{visitDate}`: one per member, hospital and day'],
  ['`reviews/…/followUps`', '`d1`, `d7`, `d30`, `d90`: one each, when its day has come'],
  ['`reviews/…/helpful`', 'the voter’s uid'],
  ['`reviews/…/hospitalReply`, `receipts`, `visits`', '`reply`; the review’s id; the review’s id'],
  ['`Chatting` (consultation)', '`{uid}_{hospitalId}`: one room for both'],
  ['`Chatting` (group)', 'chosen by the app that makes it, letters, digits and dashes'],
  ['`desks`', 'the hospital’s id'],
  ['`FreeTalks`, `TempReplies`, `Chatting/…/messages`', 'Firestore’s automatic id'],
  ['`offers`, `stocks`', 'the event’s id; `{eventId}~{optionId}`'],
  [
    '`orders`, `prepays`',
    '`dp-` and 32 hex digits, a keyed digest of member and request; the voucher has the order’s',
  ],
  ['`prepays/…/sessions`', 'the half minute (epoch ms / 30,000) of the code'],
  [
    '`paymentAttempts`, `reversals`, `paymentAlerts`',
    'the order’s id, `~`, and moment, digest of the payment, or code',
  ],
  ['`tossHints`, `gifts`', 'keyed digest of what was told, of the code'],
  ['`refundAccounts`', 'the order’s id'],
  ['`FreeTalks/…/likes`, `TempReplies/…/likes`', 'the voter’s uid: one like each'],
  ['`users/{uid}/notifications`', 'the cause, such as `reply-{replyId}`'],
  ['`pushes`', 'the cause: `{uid}~{notificationId}`, `campaign-{campaignId}-{page}`, or its caller’s'],
  ['`devices`', 'first 32 hex digits of the SHA-256 of the token'],
  ['`campaigns`, `Chatting/…/appointments`', 'made by the caller: the same again is the same'],
  ['`adConsents`', 'the member’s uid'],
  ['`bylines`', '`FreeTalks-` or `TempReplies-` and the id of what is anonymous'],
  ['`anonymousThreads`', 'the id of the post'],
  ['`ledger`', '`{kind}~{cause}`'],
  ['`refunds`', '`{voucherId}~{sessions returned before}`'],
  ['`settlements`, `hospitalDays`', '`{hospitalId}~{Monday}`, `{hospitalId}~{day}`'],
  ['`inboundMails`', 'first 40 hex digits of the SHA-256 of the message'],
  ['`inboundKeys`', '`message-` or `token-` and 40 hex digits'],
  ['`registrations`', '`{mailId}-{n}`'],
  ['`mailSenders`', 'keyed digest of the address'],
  ['`claims`', 'digest of the claim'],
  [
    '`identityKeys`',
    '`hospital-{businessNumber}`, `doctor-{licenceNumber}`, `event-{hospitalId}-{startsOn}-{title}`',
  ],
  ['`tickets`', '`DP-YYYYMMDD-NNNN`, the day (KST) and a number that is drawn'],
  ['`reviews` of somebody who left', '`withdrawn-…_{hospitalId}_{visitDate}`'],
  ['`search`', '`{collection}-{document id}`'],
  ['`moderationQueue`', '`{collection}-{document id}`'],
  ['`reports`', '`{collection}_{document id}_{reporterUid}`: one per member and content'],
  ['`blocks`', 'both uids, sorted, joined by `~`'],
  ['`webhookEvents`', 'keyed digest of the event: Kakao telling it again finds it there'],
  ['`outbox`', 'the cause of the mail, such as `verifyEmail-{uid}-{n}`'],
];

const files: readonly (readonly [string, string, string])[] = [
  ['profiles/{uid}/{file}', 'signed-in members', 'its owner: create, replace, delete; picture up to 5 MiB'],
  [
    'reviews/{uid}/{file}',
    'its owner, operators; shown are the copies in `photos` and `beforeAfter`',
    'its owner: create, delete; picture up to 10 MiB',
  ],
  ['receipts/{uid}/{file}', 'operators', 'its owner: create; picture up to 10 MiB'],
  [
    'freetalks/{uid}/{file}',
    'its owner and operators (everybody sees the copies below `public/freetalks/`)',
    'its owner: create, delete; picture up to 10 MiB',
  ],
  [
    'chats/{roomId}/{uid}/{file}',
    'operators (those in the room see the copies below `chatMedia/`)',
    'who is in the open room, into a folder of their own: create; picture up to 10 MiB, PDF up to 20 MiB',
  ],
  [
    'chatMedia/{roomId}/{messageId}/{file}',
    'members of a group, operators; of a consultation nobody: `openAttachment` gives links that end',
    'server only',
  ],
  [
    'public/{path=**}',
    'everybody',
    'server only: `{kind}s/{pageId}/{digest}-full.webp` and `…-thumb.webp`; what is at a path never changes; `reviews/{reviewId}/…` as long as a review shows it',
  ],
  ['registrations/{path=**}', 'operators', 'server only'],
  ['inbound/{path=**}', 'operators', 'server only'],
];

const mailPaths: readonly (readonly [string, string, string])[] = [
  [
    '/raw',
    'INBOUND_MAIL_SECRET',
    'body `message/rfc822`, `Authorization: Bearer …`; optional `X-Envelope-From`, `X-Envelope-To`, `X-Envelope-Spf` (`pass`, `fail`, …)',
  ],
  [
    '/postmark',
    'POSTMARK_INBOUND_LOGIN',
    'inbound webhook with "Include raw email content in JSON payload"; Basic credentials in the URL',
  ],
  [
    '/mailgun/mime',
    'MAILGUN_SIGNING_KEY',
    'route `forward`; fresh by two minutes, a token serves one message',
  ],
  [
    '/sendgrid',
    'SENDGRID_INBOUND_KEY',
    'Inbound Parse with "POST the raw, full MIME message" and a signature policy; fresh by five minutes',
  ],
];

const mailAnswers: readonly (readonly [string, string, string])[] = [
  [
    '200',
    '',
    'stored; body `{mailId, isNew}`. `isNew` is false for a mail seen before. What it becomes stands in `inboundMails/{mailId}.registrationIds` once it is read',
  ],
  ['400; 403 to Postmark, 406 to Mailgun', 'EMPTY', 'no body'],
  ['401', 'UNAUTHENTICATED', 'no or wrong secret or signature'],
  ['401; 503 to SendGrid', 'STALE', 'signed too long ago, or by a clock that is wrong'],
  ['401', 'REPLAYED', 'a token of Mailgun that came with another message before'],
  ['404', 'NOT_FOUND', 'another path, or one that is not configured'],
  ['405', 'METHOD_NOT_ALLOWED', 'not POST'],
  ['413; 403 to Postmark, 406 to Mailgun', 'TOO_LARGE', 'a message of more than 30 MiB'],
  ['415', 'NOT_RFC822', '`/raw`: content type is not `message/rfc822`'],
  ['503', 'TRY_AGAIN', 'could not be stored; deliver again after `Retry-After` seconds'],
];

function fieldTable(fields: readonly Field[]): string {
  const rows = fields.map(({ name, type, description }) => [code(name), type, description]);
  return table(['field', 'type', 'description'], rows);
}

function refusalRows(): string[][] {
  const all: Readonly<Record<string, Refusal>> = { ...reasons, INTERNAL: internalRefusal };
  return Object.entries(all).map(([reason, refusal]) => [
    code(reason),
    code(refusal.code),
    refusal.message,
    refusal.when,
    refusal.details ?? '',
  ]);
}

interface Callable {
  readonly name: string;
  readonly who: string;
  readonly does: string;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}

const callables: readonly Callable[] = [
  {
    name: 'startKakaoSignIn',
    who: 'everybody',
    does: 'Gives the nonce for an OIDC log-in at Kakao.',
    input: accounts.nothingInput,
    output: accounts.startKakaoSignInOutput,
  },
  {
    name: 'kakaoSignIn',
    who: 'everybody',
    does: 'Takes what Kakao Login gave the app, an access token or an id_token with its nonce; answers with a Firebase custom token. Who is new joins with `join`; without it the answer is JOIN_REQUIRED and nothing is stored.',
    input: accounts.kakaoSignInInput,
    output: accounts.kakaoSignInOutput,
  },
  {
    name: 'changeNickname',
    who: 'verified members',
    does: 'Nicknames are unique whatever case, width and spacing, and change at most once in seven days.',
    input: accounts.changeNicknameInput,
    output: accounts.changeNicknameOutput,
  },
  {
    name: 'recordConsents',
    who: 'members',
    does: 'Adds to the ledger of consents. Refusing `adPush` refuses `nightPush` too.',
    input: accounts.recordConsentsInput,
    output: accounts.recordConsentsOutput,
  },
  {
    name: 'signUpWithEmail',
    who: 'everybody',
    does: 'Joins by e-mail and password. Always answers the same; a mail brings a link and a code, or says that the address is taken. Then `signInWithEmailAndPassword`. Until the address is confirmed the member reads but does not write.',
    input: accounts.signUpWithEmailInput,
    output: accounts.acceptedOutput,
  },
  {
    name: 'resendVerification',
    who: 'members',
    does: 'Another link and code to the caller’s own address, once a minute.',
    input: accounts.nothingInput,
    output: accounts.acceptedOutput,
  },
  {
    name: 'confirmEmail',
    who: 'members',
    does: 'Confirms the address by the code instead of the link: five tries within five minutes. Refresh the ID token afterwards.',
    input: accounts.confirmEmailInput,
    output: accounts.acceptedOutput,
  },
  {
    name: 'requestPasswordReset',
    who: 'everybody',
    does: 'Mails a link to set another password if somebody has the address. Always answers the same.',
    input: accounts.requestPasswordResetInput,
    output: accounts.acceptedOutput,
  },
  {
    name: 'linkEmail',
    who: 'verified members, signed in within ten minutes',
    does: 'Sends a code to an address that shall open the profile as well.',
    input: accounts.linkEmailInput,
    output: accounts.acceptedOutput,
  },
  {
    name: 'confirmLinkedEmail',
    who: 'verified members, signed in within ten minutes',
    does: 'With that code: from now on address and password open the profile.',
    input: accounts.confirmLinkedEmailInput,
    output: accounts.acceptedOutput,
  },
  {
    name: 'linkKakao',
    who: 'verified members, signed in within ten minutes',
    does: 'Lets a Kakao account open the profile of a member by e-mail.',
    input: accounts.linkKakaoInput,
    output: accounts.acceptedOutput,
  },
  {
    name: 'setOffer',
    who: 'operators',
    does: 'Puts options of an event up for sale in the app, or closes them. `left` of a limited option is what may still be ordered from now on.',
    input: prepays.setOfferInput,
    output: prepays.setOfferOutput,
  },
  {
    name: 'createPrepayOrder',
    who: 'verified members',
    does: 'Orders an option. The server computes the price and sets stock aside for 40 minutes; open the payment window with what it answers. Sending the same `requestId` again answers the same order. May answer EVENT_NOT_FOR_SALE, EVENT_ENDED, PRICE_CHANGED, SOLD_OUT, TOO_MANY_ORDERS.',
    input: prepays.createPrepayOrderInput,
    output: prepays.createPrepayOrderOutput,
  },
  {
    name: 'confirmPrepay',
    who: 'who ordered',
    does: 'Charges what the buyer agreed to in the payment window; within 30 s. `CONFIRMING` means that Toss has not said yet: listen to the order, do not pay again. Sending it again charges nothing more.',
    input: prepays.confirmPrepayInput,
    output: prepays.orderOutput,
  },
  {
    name: 'issuePrepayAccount',
    who: 'who ordered',
    does: 'Issues a virtual account to pay the order into within 24 hours; its number is in the order.',
    input: prepays.issueAccountInput,
    output: prepays.orderOutput,
  },
  {
    name: 'cancelPrepayOrder',
    who: 'who ordered',
    does: 'Gives up an order that is not paid.',
    input: prepays.cancelOrderInput,
    output: prepays.orderOutput,
  },
  {
    name: 'setRefundAccount',
    who: 'who ordered',
    does: 'Where money paid into a virtual account goes back to. Encrypted; erased once it has.',
    input: prepays.setRefundAccountInput,
    output: prepays.setRefundAccountOutput,
  },
  {
    name: 'voucherCode',
    who: 'the holder',
    does: 'The key the app makes the codes of a voucher with (docs/payments.md), to be kept in the phone’s key store. Another holder has another key.',
    input: prepays.voucherCodeInput,
    output: prepays.voucherCodeOutput,
  },
  {
    name: 'useVoucher',
    who: 'staff of the hospital',
    does: 'Uses a session with the code the member shows. A code older than two minutes and no older than three days is put to the member first, and keeps a session back until then, for ten days at most. Sending the same code again answers the same. May answer VOUCHER_CODE_REFUSED, VOUCHER_NOT_FOUND, VOUCHER_NOT_USABLE, USE_UNANSWERED.',
    input: prepays.useVoucherInput,
    output: prepays.useVoucherOutput,
  },
  {
    name: 'answerVoucherUse',
    who: 'the holder',
    does: 'Says whether a session took place that the hospital sent late.',
    input: prepays.answerUseInput,
    output: prepays.answerUseOutput,
  },
  {
    name: 'giveVoucher',
    who: 'the holder',
    does: 'Offers an unused voucher for seven days to whoever has the code; meanwhile it cannot be used. Refunds of a gift go to who paid. May answer VOUCHER_NOT_FOUND, VOUCHER_NOT_USABLE, USE_UNANSWERED.',
    input: prepays.giveVoucherInput,
    output: prepays.giveVoucherOutput,
  },
  {
    name: 'keepVoucher',
    who: 'the holder',
    does: 'Takes the offer back, if nobody has taken it.',
    input: prepays.giveVoucherInput,
    output: prepays.takeGiftOutput,
  },
  {
    name: 'takeGift',
    who: 'verified members',
    does: 'Takes a voucher that was offered.',
    input: prepays.takeGiftInput,
    output: prepays.takeGiftOutput,
  },
  {
    name: 'withdrawAccount',
    who: 'members, suspended ones too, signed in within the last ten minutes',
    does: 'The member leaves. From then on nothing can be written; a few minutes later nothing of them is left but what others or the law depend on. Rejoining is possible then, and restores nothing. Whoever holds vouchers with sessions left is asked first. May answer VOUCHERS_LEFT, USE_UNANSWERED, REFUND_ACCOUNT_NEEDED.',
    input: withdrawal.withdrawAccountInput,
    output: withdrawal.withdrawalOutput,
  },
  {
    name: 'withdrawUser',
    who: 'operators',
    does: 'Lets a member leave, at the member’s wish.',
    input: withdrawal.withdrawUserInput,
    output: withdrawal.withdrawalOutput,
  },
  {
    name: 'suspendUser',
    who: 'operators',
    does: 'From the next request on the person can write and call nothing, and refresh no token.',
    input: access.suspendUserInput,
    output: access.doneOutput,
  },
  {
    name: 'liftSuspension',
    who: 'operators',
    does: 'Ends a suspension before its time.',
    input: access.liftSuspensionInput,
    output: access.doneOutput,
  },
  {
    name: 'grantRole',
    who: 'owners',
    does: 'Gives a role in place of the one held. The person refreshes the ID token, or signs in again when something was taken away. May answer NOT_ALLOW_LISTED, TARGET_SUSPENDED, LAST_OWNER.',
    input: access.grantRoleInput,
    output: access.doneOutput,
  },
  {
    name: 'revokeRole',
    who: 'owners',
    does: 'Ends a role, from the next request on, also for ID tokens given before. May answer LAST_OWNER.',
    input: access.revokeRoleInput,
    output: access.doneOutput,
  },
  {
    name: 'setAllowedOperator',
    who: 'owners',
    does: 'Says which Google accounts may be given a role. Taking one off ends the role it has; `uid` is whose. May answer LAST_OWNER.',
    input: access.setAllowedOperatorInput,
    output: access.doneOutput,
  },
  {
    name: 'findUsers',
    who: 'operators',
    does: 'Finds members by whole e-mail address, phone number or uid. Each search is in the audit log, without what was looked for.',
    input: operators.findUsersInput,
    output: operators.findUsersOutput,
  },
  {
    name: 'editUser',
    who: 'operators',
    does: 'Changes a member on their behalf. An address somebody signs in with is changed at Firebase Auth too and has to be confirmed anew. May answer USER_NOT_FOUND, EMAIL_TAKEN, NICKNAME_TAKEN, NICKNAME_RESERVED.',
    input: operators.editUserInput,
    output: operators.editUserOutput,
  },
  {
    name: 'createGroup',
    who: 'verified members',
    does: 'Makes a group with the caller as owner and invites. An app that repeats the call with the same `roomId` makes nothing new. On the first day after joining nobody is invited. May answer INVITATION_REFUSED, ROOM_NOT_FOUND, TOO_MANY_REQUESTS.',
    input: chat.createGroupInput,
    output: chat.invitedOutput,
  },
  {
    name: 'inviteToGroup',
    who: 'members of the group',
    does: 'Invites; they are told once a day and room. May answer ROOM_NOT_FOUND, ROOM_CLOSED, INVITATION_REFUSED, TOO_MANY_REQUESTS.',
    input: chat.inviteInput,
    output: chat.invitedOutput,
  },
  {
    name: 'answerInvitation',
    who: 'who is invited',
    does: 'Joins, and sees from then on, or refuses. May answer ROOM_NOT_FOUND, ROOM_CLOSED, INVITATION_REFUSED.',
    input: chat.answerInvitationInput,
    output: chat.roomOutput,
  },
  {
    name: 'leaveGroup',
    who: 'members of the group',
    does: 'Leaves. A group of the owner who leaves is the longest member’s. May answer ROOM_NOT_FOUND.',
    input: chat.roomInput,
    output: chat.roomOutput,
  },
  {
    name: 'removeFromGroup',
    who: 'owner of the group',
    does: 'Removes a member, who reads nothing from then on, or takes an invitation back. May answer ROOM_NOT_FOUND, NOT_ALLOWED.',
    input: chat.removeInput,
    output: chat.roomOutput,
  },
  {
    name: 'closeRoom',
    who: 'owner of a group; member and hospital of a consultation',
    does: 'No more messages. The hospital may say what a consultation came to. May answer ROOM_NOT_FOUND, NOT_ALLOWED.',
    input: chat.closeRoomInput,
    output: chat.roomOutput,
  },
  {
    name: 'reopenRoom',
    who: 'owner of a group; member and hospital of a consultation',
    does: 'Messages again. What the member closed the hospital does not open. May answer ROOM_NOT_FOUND, NOT_ALLOWED.',
    input: chat.roomInput,
    output: chat.roomOutput,
  },
  {
    name: 'openConsult',
    who: 'staff of the hospital',
    does: 'Opens the room with a member who has booked; one that is there is answered. May answer CONSULT_REFUSED, PAGE_NOT_FOUND, USER_NOT_FOUND.',
    input: chat.openConsultInput,
    output: chat.roomOutput,
  },
  {
    name: 'takeConsult',
    who: 'staff of the hospital',
    does: 'Takes part in a consultation: only then may one write in it. Whoever is first looks after it. May answer ROOM_NOT_FOUND.',
    input: chat.roomInput,
    output: chat.roomOutput,
  },
  {
    name: 'assignConsult',
    who: 'staff of the hospital',
    does: 'Hands a consultation to somebody who takes part, or to nobody. May answer ROOM_NOT_FOUND, CONSULT_REFUSED.',
    input: chat.assignConsultInput,
    output: chat.roomOutput,
  },
  {
    name: 'saveDesk',
    who: 'staff of the hospital',
    does: 'Saves what the desk answers by itself outside opening hours, the days it is closed, and quick replies.',
    input: chat.saveDeskInput,
    output: chat.deskOutput,
  },
  {
    name: 'setDeskPerson',
    who: 'staff of the hospital for themselves; operators',
    does: 'As whom somebody appears in consultations, from the next `takeConsult` on. Who a doctor is, operators say. May answer NOT_ALLOWED, PAGE_NOT_FOUND.',
    input: chat.setDeskPersonInput,
    output: chat.deskOutput,
  },
  {
    name: 'sendMessage',
    who: 'who may write in the room',
    does: 'Writes what the rules do not let pass: words with seven digits or more in a row. Resident and card numbers and mobile numbers that are not the caller’s own are blacked out before it is stored. The same `messageId` again is the same message. May answer ROOM_NOT_FOUND, ROOM_CLOSED, MESSAGE_REFUSED, TOO_MANY_REQUESTS.',
    input: chat.sendMessageInput,
    output: chat.messageOutput,
  },
  {
    name: 'editMessage',
    who: 'the sender',
    does: 'The same of an own message of the last five minutes. May answer ROOM_NOT_FOUND, ROOM_CLOSED, MESSAGE_REFUSED.',
    input: chat.editMessageInput,
    output: chat.messageOutput,
  },
  {
    name: 'openAttachment',
    who: 'who reads the room',
    does: 'A link to a picture or file, for ten minutes: `GET {functions’ base URL}{path}`. The only way to what was sent in a consultation. May answer ROOM_NOT_FOUND, ATTACHMENT_NOT_FOUND.',
    input: chat.openAttachmentInput,
    output: chat.linkOutput,
  },
  {
    name: 'quoteRefund',
    who: 'verified members',
    does: 'What would come back of a voucher of one’s own, in lines with the law they rest on. Decides nothing. May answer VOUCHER_NOT_FOUND, REFUND_REFUSED.',
    input: refunds.quoteRefundInput,
    output: refunds.quoteRefundOutput,
  },
  {
    name: 'requestRefund',
    who: 'verified members',
    does: 'Gives back sessions that were not used, if the refund is still what was shown; whole or in parts. Asked again with the same `sessionsReturned` it answers with the same refund. DUE is carried out by the server. May answer VOUCHER_NOT_FOUND, REFUND_REFUSED, REFUND_CHANGED, USE_UNANSWERED, REFUND_ACCOUNT_NEEDED.',
    input: refunds.requestRefundInput,
    output: refunds.refundOutput,
  },
  {
    name: 'decideRefund',
    who: 'operators',
    does: 'Refunds what was found to be misdescribed, or the hospital’s fault. Asked again with the same `sessionsReturned` it answers with the same refund. May answer VOUCHER_NOT_FOUND, REFUND_REFUSED, REFUND_CHANGED, USE_UNANSWERED.',
    input: refunds.decideRefundInput,
    output: refunds.refundOutput,
  },
  {
    name: 'payCompensation',
    who: 'operators',
    does: 'Enters that what a hospital at fault adds was transferred. May answer REFUND_NOT_FOUND.',
    input: refunds.payCompensationInput,
    output: refunds.payCompensationOutput,
  },
  {
    name: 'payInterest',
    who: 'operators',
    does: 'Enters that the interest of a refund that came back late was transferred. May answer REFUND_NOT_FOUND.',
    input: refunds.payInterestInput,
    output: refunds.payInterestOutput,
  },
  {
    name: 'closeHospital',
    who: 'operators',
    does: 'A hospital has closed: what is left of all its vouchers goes back, in runs of the server.',
    input: refunds.closeHospitalInput,
    output: refunds.closeHospitalOutput,
  },
  {
    name: 'paySettlement',
    who: 'operators',
    does: 'Enters that a weekly batch was paid. The amount must be what is payable now. May answer SETTLEMENT_NOT_FOUND, SETTLEMENT_NOT_DUE.',
    input: settlement.paySettlementInput,
    output: settlement.paySettlementOutput,
  },
  {
    name: 'stopSettlement',
    who: 'operators',
    does: 'Keeps a batch from being paid, or lets it be paid again. May answer SETTLEMENT_NOT_FOUND, SETTLEMENT_NOT_DUE.',
    input: settlement.stopSettlementInput,
    output: settlement.stopSettlementOutput,
  },
  {
    name: 'holdSession',
    who: 'operators',
    does: 'Keeps back what a hospital would be paid for a session in dispute. May answer SESSION_NOT_USED.',
    input: settlement.holdSessionInput,
    output: settlement.holdOutput,
  },
  {
    name: 'settleDispute',
    who: 'operators',
    does: 'Ends a dispute: the hospital is paid, or the session is refunded. May answer SESSION_NOT_HELD, REFUND_REFUSED.',
    input: settlement.settleDisputeInput,
    output: settlement.holdOutput,
  },
  {
    name: 'setPlan',
    who: 'operators',
    does: 'Makes an advertising plan or changes it. Running subscriptions are asked for consent to a rise; a fall holds from their next month.',
    input: subscriptions.setPlanInput,
    output: subscriptions.setPlanOutput,
  },
  {
    name: 'cardWindow',
    who: 'staff of the hospital',
    does: 'The `customerKey` the card window of Toss is opened with.',
    input: subscriptions.cardWindowInput,
    output: subscriptions.cardWindowOutput,
  },
  {
    name: 'startSubscription',
    who: 'staff of the hospital',
    does: 'Begins a plan: registers the card and charges the first month. `ended`: the card was refused. May answer PLAN_CHANGED, SUBSCRIPTION_RUNNING, CARD_REFUSED.',
    input: subscriptions.startSubscriptionInput,
    output: subscriptions.subscriptionOutput,
  },
  {
    name: 'changeCard',
    who: 'staff of the hospital',
    does: 'Pays with another card from now on; what is owed is charged at once. May answer SUBSCRIPTION_NOT_FOUND, CARD_REFUSED.',
    input: subscriptions.changeCardInput,
    output: subscriptions.subscriptionOutput,
  },
  {
    name: 'cancelSubscription',
    who: 'staff of the hospital, operators',
    does: 'Ends the plan when what is paid ends. May answer SUBSCRIPTION_NOT_FOUND.',
    input: subscriptions.cancelSubscriptionInput,
    output: subscriptions.subscriptionOutput,
  },
  {
    name: 'keepSubscription',
    who: 'staff of the hospital',
    does: 'Takes a cancellation back before the plan has ended. May answer SUBSCRIPTION_NOT_FOUND.',
    input: subscriptions.keepSubscriptionInput,
    output: subscriptions.subscriptionOutput,
  },
  {
    name: 'answerRise',
    who: 'staff of the hospital',
    does: 'Agrees to a new price, or does not; silence ends the plan. May answer SUBSCRIPTION_NOT_FOUND.',
    input: subscriptions.answerRiseInput,
    output: subscriptions.subscriptionOutput,
  },
  {
    name: 'askRiseAgain',
    who: 'operators',
    does: 'Asks a hospital again that has said no, a week after it did. May answer SUBSCRIPTION_NOT_FOUND.',
    input: subscriptions.askRiseAgainInput,
    output: subscriptions.subscriptionOutput,
  },
  {
    name: 'search',
    who: 'everybody',
    does: 'Finds hospitals, doctors, events or posts by words, parts of words, initial consonants (ㅆㄲㅍ) and synonyms (쌍수 finds 쌍꺼풀). All words must fit. At most forty candidates are looked at for a page; with a cursor there may be more.',
    input: search.searchInput,
    output: search.searchOutput,
  },
  {
    name: 'appealModeration',
    who: 'verified members',
    does: 'Objects to what was done to one’s own review, post or reply, once to each decision; operators look again. May answer CONTENT_NOT_FOUND, NOT_MODERATED, APPEAL_USED.',
    input: moderation.appealInput,
    output: moderation.moderationOutput,
  },
  {
    name: 'decideModeration',
    who: 'operators',
    does: 'Shows content again as it was, or removes it, as `decision` in the console does. The author is told. May answer CONTENT_NOT_FOUND, NOT_MODERATED.',
    input: moderation.decideModerationInput,
    output: moderation.moderationOutput,
  },
  {
    name: 'imposeMeasure',
    who: 'operators',
    does: 'Hides content for 30 days on a claim of rights (정보통신망법 제44조의2). The author is told and may object; afterwards it is shown again unless decided otherwise. May answer CONTENT_NOT_FOUND, MEASURE_RUNNING.',
    input: moderation.imposeMeasureInput,
    output: moderation.moderationOutput,
  },
  {
    name: 'blockMember',
    who: 'verified members',
    does: 'Hides the two from each other. Lists are filtered by the app with `users/{uid}/private/blocks`; by id, content is refused. May answer USER_NOT_FOUND, BLOCK_REFUSED.',
    input: moderation.blockInput,
    output: moderation.blockOutput,
  },
  {
    name: 'unblockMember',
    who: 'verified members',
    does: 'Ends the caller’s block. The two stay hidden from each other while the other blocks too.',
    input: moderation.blockInput,
    output: moderation.blockOutput,
  },
  {
    name: 'writeAnonymously',
    who: 'verified members',
    does: 'Writes a post, or a reply to a post, whose public document does not say whose it is: 익명 for a post, 글쓴이 or 익명 N within its thread. Calling again with the same `id` writes nothing twice. Fails with WRITING_NOT_FOUND where the post or the reply answered is not to be seen.',
    input: community.writeAnonymouslyInput,
    output: community.writtenOutput,
  },
  {
    name: 'editAnonymously',
    who: 'verified members',
    does: 'Changes what the caller wrote anonymously: edits, takes back, puts a post up again.',
    input: community.editAnonymouslyInput,
    output: community.writtenOutput,
  },
  {
    name: 'acceptAnswer',
    who: 'verified members',
    does: 'Accepts an answer to the caller’s own question, where one of the two is anonymous; otherwise the app writes `acceptedReplyId` itself. An accepted reply that is gone is shown as none.',
    input: community.acceptAnswerInput,
    output: community.acceptAnswerOutput,
  },
  {
    name: 'countViews',
    who: 'everybody',
    does: 'Notes that posts were opened; the app gathers some before it calls. View counts are approximate: gathered in memory, and what an instance has not written when it ends is lost.',
    input: community.countViewsInput,
    output: community.countViewsOutput,
  },
  {
    name: 'pinTalk',
    who: 'operators',
    does: 'Puts a post on top of the board as a notice, or takes it down; audited.',
    input: community.pinTalkInput,
    output: community.pinTalkOutput,
  },
  {
    name: 'decideRegistration',
    who: 'operators',
    does: 'Approves or rejects a registration, as `decision` in the console does. May answer REGISTRATION_NOT_FOUND, REGISTRATION_SETTLED, DECISION_REFUSED.',
    input: registrations.decideRegistrationInput,
    output: registrations.decideRegistrationOutput,
  },
  {
    name: 'correctRegistration',
    who: 'operators',
    does: 'Corrects what was understood of a mail. Values are read like those of a mail (`02-555-0199`, `99만원`); everything is checked again. May answer REGISTRATION_NOT_FOUND, REGISTRATION_SETTLED.',
    input: registrations.correctRegistrationInput,
    output: registrations.correctRegistrationOutput,
  },
  {
    name: 'confirmRegistration',
    who: 'operators',
    does: 'Records a call to the number on file, without which money, licence, owner and e-mail cannot be approved. May answer REGISTRATION_NOT_FOUND, REGISTRATION_SETTLED.',
    input: registrations.confirmRegistrationInput,
    output: registrations.confirmRegistrationOutput,
  },
  {
    name: 'retryMail',
    who: 'operators',
    does: 'Has a parked mail read again. May answer MAIL_NOT_PARKED.',
    input: inbound.retryMailInput,
    output: inbound.retryMailOutput,
  },
  {
    name: 'submitReceipt',
    who: 'verified members',
    does: 'Hands in a receipt for a review of one’s own, after uploading its picture. A picture serves once; numbers of cards, phones and people in `note` are masked. An operator decides. May answer REVIEW_NOT_FOUND, RECEIPT_REFUSED.',
    input: receipts.submitReceiptInput,
    output: receipts.receiptOutput,
  },
  {
    name: 'decideReceipt',
    who: 'operators',
    does: 'Accepts or refuses a receipt, as `decision` in the console does; may be decided otherwise later. The evidence of the review follows. May answer RECEIPT_NOT_FOUND, DECISION_REFUSED.',
    input: receipts.decideReceiptInput,
    output: receipts.receiptOutput,
  },
  {
    name: 'replyToReview',
    who: 'staff of the hospital reviewed',
    does: 'Answers a published review, or changes the answer; what was said before is kept. May answer NOT_ALLOWED, REVIEW_NOT_FOUND, REPLY_REFUSED.',
    input: reviews.replyToReviewInput,
    output: reviews.replyToReviewOutput,
  },
  {
    name: 'registerDevice',
    who: 'verified members',
    does: 'Notes at every start of the app that the member is signed in on this device, under its present token: pushes go there, and to nobody else who was signed in on it before. Five devices at most; the one not seen for longest goes.',
    input: notifications.registerDeviceInput,
    output: notifications.doneOutput,
  },
  {
    name: 'unregisterDevice',
    who: 'members, suspended or not',
    does: 'Before signing out: nothing goes to this device any more.',
    input: notifications.unregisterDeviceInput,
    output: notifications.doneOutput,
  },
  {
    name: 'sendCampaign',
    who: 'operators',
    does: 'Advertises by push to members who agreed to it, page by page from the next five minutes on. Whether a member may be sent it is looked at in the moment of sending: by night (21:00–08:00 KST) only those who agreed to that, the others from 08:00 on. The same `campaignId` again sends nothing more. An operator stops it by typing `STOPPED` into `campaigns/{campaignId}.state`.',
    input: notifications.sendCampaignInput,
    output: notifications.campaignOutput,
  },
  {
    name: 'retryPush',
    who: 'operators',
    does: 'Has a push that was given up sent again, to those only who have not been dealt with. May answer PUSH_NOT_FAILED.',
    input: notifications.retryPushInput,
    output: notifications.doneOutput,
  },
  {
    name: 'proposeAppointment',
    who: 'staff of the hospital consulted',
    does: 'Proposes a visit in an open consultation; the member is told. May answer NOT_ALLOWED, APPOINTMENT_NOT_FOUND, APPOINTMENT_REFUSED.',
    input: appointments.proposeAppointmentInput,
    output: appointments.appointmentOutput,
  },
  {
    name: 'answerAppointment',
    who: 'the member of the consultation',
    does: 'Accepts or declines a proposed visit, as its time was shown (`revision`). Who accepts is reminded a day before, or two hours before when it is nearer. May answer APPOINTMENT_NOT_FOUND, APPOINTMENT_REFUSED, APPOINTMENT_MOVED.',
    input: appointments.answerAppointmentInput,
    output: appointments.appointmentOutput,
  },
  {
    name: 'moveAppointment',
    who: 'staff of the hospital consulted',
    does: 'Moves a visit. One that was accepted stays so; the member is told, and the reminder moves along. May answer NOT_ALLOWED, APPOINTMENT_NOT_FOUND, APPOINTMENT_REFUSED.',
    input: appointments.moveAppointmentInput,
    output: appointments.appointmentOutput,
  },
  {
    name: 'cancelAppointment',
    who: 'the member, or staff of the hospital consulted',
    does: 'Calls a visit off; there is no reminder. May answer NOT_ALLOWED, APPOINTMENT_NOT_FOUND, APPOINTMENT_REFUSED.',
    input: appointments.appointmentInput,
    output: appointments.appointmentOutput,
  },
  {
    name: 'keepAppointment',
    who: 'the member, or staff of the hospital consulted',
    does: 'Says that the visit took place, once its time has come. When both have said so it is `kept`, and proves the member’s review of that day. May answer NOT_ALLOWED, APPOINTMENT_NOT_FOUND, APPOINTMENT_REFUSED.',
    input: appointments.appointmentInput,
    output: appointments.appointmentOutput,
  },
  {
    name: 'setPagePublished',
    who: 'operators',
    does: 'Withdraws a hospital, doctor or event, or shows it again. What is wanted holds even where it cannot be shown now: the answer says why, and it appears once that is over. Doctors and events follow their hospital. May answer PAGE_NOT_FOUND.',
    input: directory.setPagePublishedInput,
    output: directory.setPagePublishedOutput,
  },
];

/** The shapes a value may have: those of a union apart. */
function shapes(schema: z.ZodType): string {
  return alternativesOf(schema)
    .map((fields) => (fields.length === 0 ? 'Nothing.' : fieldTable(fields)))
    .join('\n\nor\n\n');
}

function callable({ name, who, does, input, output }: Callable): string {
  return [
    `#### \`${name}\``,
    `For ${who}. ${does}`,
    'Input, exactly:',
    shapes(input),
    'Answer:',
    shapes(output),
  ].join('\n\n');
}

function callableChapter(): string {
  return [
    '### Callables',
    `Region \`${region}\`. Errors are \`HttpsError\`s. Branch on \`details.reason\`, never on the message; the message may be\n` +
      'shown to people. Every callable may also answer INVALID_INPUT, APP_CHECK_REQUIRED, TOO_MANY_REQUESTS and INTERNAL; those\n' +
      'for members SIGN_IN_REQUIRED, SUSPENDED and EMAIL_NOT_VERIFIED; those for operators NOT_ALLOWED.',
    ...callables.map(callable),
    '#### Reasons',
    table(['`details.reason`', 'code', 'message', 'when', 'other details'], refusalRows()),
  ].join('\n\n');
}

function mail(): string {
  return [
    '### HTTP `inboundMail`',
    'For mail providers, not for the app: `POST {function URL}{path}`. A path is there when its secret or parameter is set.\n' +
      'A mail may be delivered any number of times: it is known by its bytes, or by Message-ID, recipients and body when the\n' +
      'header has changed. Refusals answer `{"error": {"reason": …}}` with the status the provider understands.',
    table(
      ['path', 'configured by', 'how'],
      mailPaths.map(([path, key, how]) => [code(path), code(key), how]),
    ),
    table(
      ['status', 'reason', 'meaning'],
      mailAnswers.map(([status, reason, meaning]) => [status, code(reason), meaning]),
    ),
  ].join('\n\n');
}

const webhookAnswers: readonly (readonly [string, string, string])[] = [
  ['`/unlink`', '200', 'stored, whether or not the user is known; also when it could not be stored'],
  ['`/unlink`', '401', 'no or wrong admin key; nothing is stored'],
  ['`/account`', '202', 'genuine and stored; empty body'],
  [
    '`/account`',
    '400',
    '`{"err", "description"}` (RFC 8935): `invalid_request`, `invalid_key`, `invalid_issuer`, `invalid_audience`; nothing is stored',
  ],
  ['`/account`', '503', 'Kakao’s keys or our store cannot be reached'],
  ['any other', '404, 405', 'another path, another method'],
];

function kakaoWebhook(): string {
  return [
    '### HTTP `kakaoWebhook`',
    '`GET|POST {function URL}/unlink` with `Authorization: KakaoAK {admin key}` and a form or query (`app_id`, `user_id`,\n' +
      '`referrer_type`); `POST {function URL}/account` with a security event token as body. For Kakao, not for the app. Answers\n' +
      'come at once; what was told is acted upon afterwards, and may be told any number of times.',
    table(['path', 'status', 'meaning'], webhookAnswers),
  ].join('\n\n');
}

/** The last chapter of docs/data-model.md. */
export function appContract(): string {
  return [
    '## App contract',
    'What an app relies on besides the documents above.',
    '### Ids',
    table(['what', 'id'], ids),
    '### Files in Cloud Storage',
    'Pictures are JPEG, PNG, WebP or HEIC, never empty; suspended members upload nothing. Documents hold paths, not URLs.',
    table(
      ['path', 'read', 'write'],
      files.map(([path, read, write]) => [code(path), read, write]),
    ),
    callableChapter(),
    mail(),
    kakaoWebhook(),
  ].join('\n\n');
}
