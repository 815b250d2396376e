/**
 * One table of what can go wrong: a stable machine-readable reason, the canonical code it travels as, what a person
 * is told in Korean, and for developers when it happens and what `details` holds besides the reason. Clients branch
 * on `details.reason`, never on the message. docs/data-model.md is generated from it.
 */
export interface Refusal {
  /** A canonical gRPC code, as `HttpsError` names it. */
  readonly code:
    | 'invalid-argument'
    | 'unauthenticated'
    | 'permission-denied'
    | 'not-found'
    | 'already-exists'
    | 'failed-precondition'
    | 'resource-exhausted'
    | 'unavailable'
    | 'internal';
  readonly message: string;
  readonly when: string;
  readonly details?: string;
}

const retryAfter = '`retryAfterMs`: number';

export const reasons = {
  INVALID_INPUT: {
    code: 'invalid-argument',
    message: '입력값을 확인해 주세요.',
    when: 'the input has another shape',
    details: '`fields`: list of `{field, code}`',
  },
  SIGN_IN_REQUIRED: {
    code: 'unauthenticated',
    message: '로그인이 필요합니다.',
    when: 'the caller is not signed in',
  },
  RECENT_SIGN_IN_REQUIRED: {
    code: 'unauthenticated',
    message: '안전을 위해 다시 로그인한 뒤 시도해 주세요.',
    when: 'the operation needs a sign-in of the last ten minutes',
  },
  APP_CHECK_REQUIRED: {
    code: 'permission-denied',
    message: '공식 앱에서 이용해 주세요.',
    when: 'App Check is enforced and the call has no valid App Check token',
  },
  NOT_ALLOWED: {
    code: 'permission-denied',
    message: '권한이 없습니다.',
    when: 'the caller does not hold the role the operation needs, or holds it no longer',
  },
  EMAIL_NOT_VERIFIED: {
    code: 'permission-denied',
    message: '이메일 인증을 마친 뒤 이용할 수 있습니다.',
    when: 'the member signed in by e-mail and has not confirmed the address',
  },
  TOO_MANY_REQUESTS: {
    code: 'resource-exhausted',
    message: '요청이 많습니다. 잠시 후 다시 시도해 주세요.',
    when: 'a rate limit is used up',
    details: retryAfter,
  },
  SUSPENDED: {
    code: 'permission-denied',
    message: '이용이 정지된 계정입니다. 고객센터로 문의해 주세요.',
    when: 'the member is suspended',
    details: '`until`: ISO 8601, or null where no time is known',
  },
  JOIN_REQUIRED: {
    code: 'failed-precondition',
    message: '회원가입 동의가 필요합니다.',
    when: 'nobody has joined with this login yet, and `join` is missing; nothing was stored',
    details: '`consents`: list of `{type, version, required}`',
  },
  UNDER_14: {
    code: 'failed-precondition',
    message: '만 14세 미만은 가입할 수 없습니다.',
    when: 'the birth date is less than 14 years ago (KST)',
  },
  CONSENT_REQUIRED: {
    code: 'failed-precondition',
    message: '필수 약관에 동의해 주세요.',
    when: 'a required consent is missing or refused, or one that another needs',
    details: '`missing`: list of types',
  },
  CONSENT_OUTDATED: {
    code: 'failed-precondition',
    message: '약관이 변경되었습니다. 새 약관을 확인해 주세요.',
    when: 'a consent names another version than the one in force',
    details: '`consents`: list of `{type, version, required}`',
  },
  NICKNAME_TAKEN: {
    code: 'already-exists',
    message: '이미 사용 중인 닉네임입니다.',
    when: 'another member has the nickname, in whatever case, width or spacing',
  },
  NICKNAME_RESERVED: {
    code: 'invalid-argument',
    message: '사용할 수 없는 닉네임입니다.',
    when: 'the nickname is a reserved word or passes for the operators',
  },
  NICKNAME_TOO_SOON: {
    code: 'failed-precondition',
    message: '닉네임은 7일에 한 번만 바꿀 수 있습니다.',
    when: 'the member changed it less than seven days ago',
    details: retryAfter,
  },
  WEAK_PASSWORD: {
    code: 'invalid-argument',
    message: '비밀번호는 8자 이상이며 이메일 주소를 포함할 수 없고, 글자와 숫자 또는 기호를 섞어야 합니다.',
    when: 'the password is short, of one kind of character, or holds the address',
  },
  CODE_WRONG: {
    code: 'invalid-argument',
    message: '인증번호가 올바르지 않습니다.',
    when: 'the code is not the one sent',
    details: '`triesLeft`: number',
  },
  CODE_EXPIRED: {
    code: 'failed-precondition',
    message: '인증번호가 만료되었습니다. 다시 요청해 주세요.',
    when: 'no code waits, it is older than five minutes, used, or was tried five times',
  },
  EMAIL_TAKEN: {
    code: 'already-exists',
    message: '다른 계정에서 사용 중인 이메일입니다.',
    when: 'the address, proven by its code, belongs to another account',
  },
  NONCE_INVALID: {
    code: 'unauthenticated',
    message: '로그인 요청이 만료되었습니다. 다시 시도해 주세요.',
    when: 'the nonce was not issued by `startKakaoSignIn`, is older than ten minutes, was used, or is not the token’s',
  },
  KAKAO_TOKEN_INVALID: {
    code: 'unauthenticated',
    message: '카카오 로그인이 만료되었습니다. 다시 로그인해 주세요.',
    when: 'Kakao does not know the token, it is not genuine, or it has expired: log in with Kakao again',
  },
  KAKAO_WRONG_APP: {
    code: 'permission-denied',
    message: '다른 앱에서 발급된 카카오 로그인입니다.',
    when: 'the token was issued for another app',
  },
  KAKAO_REFUSED: {
    code: 'permission-denied',
    message: '이 카카오 계정으로는 로그인할 수 없습니다.',
    when: 'Kakao refuses this account',
    details: '`kakaoCode`: number',
  },
  KAKAO_BUSY: {
    code: 'resource-exhausted',
    message: '지금은 카카오 로그인 요청이 많습니다. 잠시 후 다시 시도해 주세요.',
    when: 'Kakao’s quota is used up',
    details: retryAfter,
  },
  KAKAO_UNAVAILABLE: {
    code: 'unavailable',
    message: '카카오 로그인이 원활하지 않습니다. 잠시 후 다시 시도해 주세요.',
    when: 'Kakao does not answer, or not sensibly',
    details: retryAfter,
  },
  KAKAO_ALREADY_LINKED: {
    code: 'already-exists',
    message: '이미 다른 회원과 연결된 카카오 계정입니다.',
    when: 'the Kakao account opens another profile, or the member has linked another one',
  },
  USER_NOT_FOUND: {
    code: 'not-found',
    message: '회원을 찾을 수 없습니다.',
    when: 'an operator names a uid or address nobody has',
  },
  NOT_ALLOW_LISTED: {
    code: 'failed-precondition',
    message: '허용 목록에 있는 구글 계정만 운영자가 될 수 있습니다.',
    when: 'the account is not on the allow-list, or has not signed in with Google',
  },
  LAST_OWNER: {
    code: 'failed-precondition',
    message: '마지막 소유자는 해제할 수 없습니다. 먼저 다른 소유자를 지정해 주세요.',
    when: 'the project would be left without an owner',
  },
  ROLE_HOLDER: {
    code: 'failed-precondition',
    message: '운영 권한이 있는 계정입니다. 먼저 권한을 해제해 주세요.',
    when: 'an operator would suspend or withdraw somebody who holds a role',
  },
  TARGET_SUSPENDED: {
    code: 'failed-precondition',
    message: '이용이 정지된 계정에는 권한을 줄 수 없습니다. 먼저 정지를 풀어 주세요.',
    when: 'an owner would give a role to somebody who is suspended',
  },
  WRITING_NOT_FOUND: {
    code: 'not-found',
    message: '글을 찾을 수 없습니다.',
    when: 'a post or reply is not there, not visible, or not the caller’s own',
  },
  ANSWER_REFUSED: {
    code: 'failed-precondition',
    message: '채택할 수 없는 답변입니다.',
    when: 'what would be accepted is no visible reply of another to the caller’s question',
  },
  PAGE_NOT_FOUND: {
    code: 'not-found',
    message: '해당 페이지를 찾을 수 없습니다.',
    when: 'an operator names a hospital, doctor or event that is not there',
  },
  WITHDRAWAL_RUNNING: {
    code: 'failed-precondition',
    message: '탈퇴 처리가 진행 중입니다.',
    when: 'the account is being erased',
  },
  REGISTRATION_NOT_FOUND: {
    code: 'not-found',
    message: '등록 신청을 찾을 수 없습니다.',
    when: 'an operator names a registration that does not exist',
  },
  REGISTRATION_SETTLED: {
    code: 'failed-precondition',
    message: '이미 처리된 신청입니다. 공개된 문서를 고쳐 주세요.',
    when: 'a registration that has been approved or rejected is decided or corrected',
  },
  DECISION_REFUSED: {
    code: 'failed-precondition',
    message: '아직 승인할 수 없습니다. 사유를 확인해 주세요.',
    when: 'something stands between a registration and its approval',
    details: '`problems`: list of sentences in Korean',
  },
  CONTENT_NOT_FOUND: {
    code: 'not-found',
    message: '해당 글을 찾을 수 없습니다.',
    when: 'a review, post or reply is named that is not there, or was taken back',
  },
  NOT_MODERATED: {
    code: 'failed-precondition',
    message: '이의를 제기할 조치가 없습니다.',
    when: 'an author objects, or an operator decides, where nothing is held back and nothing waits',
  },
  APPEAL_USED: {
    code: 'already-exists',
    message: '이미 이의를 제기했습니다. 결과를 기다려 주세요.',
    when: 'an author objects to the same decision a second time',
  },
  MEASURE_RUNNING: {
    code: 'failed-precondition',
    message: '이미 임시조치 중이거나 삭제된 글입니다.',
    when: 'an operator takes a 30-day measure against what is hidden by one, or removed, already',
  },
  BLOCK_REFUSED: {
    code: 'failed-precondition',
    message: '차단할 수 없는 회원입니다.',
    when: 'a member blocks themselves, or 500 others already',
  },
  REVIEW_NOT_FOUND: {
    code: 'not-found',
    message: '해당 후기를 찾을 수 없습니다.',
    when: 'the review is not there, not published, or not the caller’s own where it has to be',
  },
  REPLY_REFUSED: {
    code: 'failed-precondition',
    message: '답글에 쓸 수 없는 내용이 있습니다. 사유를 확인해 주세요.',
    when: 'a hospital’s reply tells of a patient, or has been changed too often',
    details: '`problems`: list of sentences in Korean',
  },
  RECEIPT_REFUSED: {
    code: 'failed-precondition',
    message: '영수증을 접수할 수 없습니다. 사유를 확인해 주세요.',
    when: 'a receipt cannot be handed in: its picture is missing or has served before, or the visit is proven',
    details: '`problems`: list of sentences in Korean',
  },
  RECEIPT_NOT_FOUND: {
    code: 'not-found',
    message: '해당 영수증을 찾을 수 없습니다.',
    when: 'an operator names a receipt that does not exist',
  },
  ROOM_NOT_FOUND: {
    code: 'not-found',
    message: '대화방을 찾을 수 없습니다.',
    when: 'the room is not there, or the caller is not in it',
  },
  ROOM_CLOSED: {
    code: 'failed-precondition',
    message: '닫힌 대화방입니다.',
    when: 'something is said or done in a closed room',
  },
  INVITATION_REFUSED: {
    code: 'failed-precondition',
    message: '지금은 초대할 수 없습니다.',
    when: 'the room would hold more than 50, or the inviter joined less than 24 hours ago',
  },
  MESSAGE_REFUSED: {
    code: 'failed-precondition',
    message: '보낼 수 없는 메시지입니다.',
    when: 'the caller may not write here so (blocked, not taking part, no owner), or the message cannot be changed any more',
  },
  CONSULT_REFUSED: {
    code: 'failed-precondition',
    message: '상담을 요청하거나 예약한 회원에게만 할 수 있습니다.',
    when: 'a hospital would write to a member who has neither written nor booked, or hand a room to somebody who takes no part',
  },
  ATTACHMENT_NOT_FOUND: {
    code: 'not-found',
    message: '사진이나 파일을 볼 수 없습니다.',
    when: 'the message has nothing to show, or not yet',
  },
  APPOINTMENT_NOT_FOUND: {
    code: 'not-found',
    message: '해당 예약을 찾을 수 없습니다.',
    when: 'a consultation or appointment is named that is not there, is closed, or is not the caller’s',
  },
  APPOINTMENT_REFUSED: {
    code: 'failed-precondition',
    message: '지금은 이 예약을 바꿀 수 없습니다.',
    when: 'the time is not a minute of the year to come, there are ten open appointments or twenty moves, or its state does not allow it',
  },
  APPOINTMENT_MOVED: {
    code: 'failed-precondition',
    message: '예약 시간이 바뀌었습니다. 새 시간을 확인해 주세요.',
    when: 'the member answers to a time that no longer holds',
  },
  PUSH_NOT_FAILED: {
    code: 'failed-precondition',
    message: '발송에 실패한 푸시가 아닙니다.',
    when: 'an operator would have a push sent again that has not been given up',
  },
  MAIL_NOT_PARKED: {
    code: 'failed-precondition',
    message: '보류된 메일이 아닙니다.',
    when: 'an operator would have a mail read again that is not parked',
  },
  EVENT_NOT_FOR_SALE: {
    code: 'failed-precondition',
    message: '지금은 앱에서 구매할 수 없는 이벤트입니다.',
    when: 'an event is not published (not approved, withdrawn, its advertising review has run out, its hospital is hidden), is not offered in the app, or its price has changed since the offer',
  },
  EVENT_ENDED: {
    code: 'failed-precondition',
    message: '종료된 이벤트입니다.',
    when: 'the last day of an event is over',
  },
  SOLD_OUT: {
    code: 'resource-exhausted',
    message: '준비된 수량이 모두 판매되었습니다.',
    when: 'nothing of a limited option is left',
  },
  PRICE_CHANGED: {
    code: 'failed-precondition',
    message: '가격이 변경되었습니다. 새 가격을 확인해 주세요.',
    when: 'the price the member was shown is not the price any more',
    details: '`price`: number',
  },
  TOO_MANY_ORDERS: {
    code: 'resource-exhausted',
    message: '결제가 끝나지 않은 주문이 많습니다. 먼저 결제하거나 취소해 주세요.',
    when: 'the member has three orders that are not paid',
  },
  ORDER_NOT_FOUND: {
    code: 'not-found',
    message: '주문을 찾을 수 없습니다.',
    when: 'there is no such order of the caller',
  },
  ORDER_CLOSED: {
    code: 'failed-precondition',
    message: '결제 시간이 지났거나 취소된 주문입니다. 다시 주문해 주세요.',
    when: 'the order has expired, was cancelled or paid; nothing was charged by this call',
    details: '`state`: state of the order',
  },
  AMOUNT_DIFFERS: {
    code: 'invalid-argument',
    message: '결제 금액이 주문 금액과 다릅니다. 처음부터 다시 결제해 주세요.',
    when: 'the amount of the payment is not that of the order; nothing was charged',
  },
  PAYMENT_RUNNING: {
    code: 'failed-precondition',
    message: '결제 결과를 확인하고 있습니다. 잠시만 기다려 주세요.',
    when: 'another payment of the same order is being found out about',
    details: retryAfter,
  },
  PAYMENT_REFUSED: {
    code: 'failed-precondition',
    message: '결제가 거절되었습니다. 다른 결제수단을 이용해 주세요.',
    when: 'the card company, the bank or Toss refuses; nothing was charged, the order may be paid otherwise',
    details: '`tossCode`: string, `tell`: sentence in Korean for this code',
  },
  PAYMENT_UNAVAILABLE: {
    code: 'unavailable',
    message: '지금은 결제할 수 없습니다. 잠시 후 다시 시도해 주세요.',
    when: 'Toss refuses us, or does not answer; nothing was charged',
  },
  VOUCHER_NOT_FOUND: {
    code: 'not-found',
    message: '시술권을 찾을 수 없습니다.',
    when: 'there is no such voucher of the caller, or of the hospital',
  },
  VOUCHER_NOT_USABLE: {
    code: 'failed-precondition',
    message: '지금은 사용할 수 없는 시술권입니다.',
    when: 'the voucher is used up, refunded, expired, suspended, or offered as a gift',
    details: '`state`: state of the voucher',
  },
  VOUCHER_CODE_REFUSED: {
    code: 'failed-precondition',
    message: '사용할 수 없는 코드입니다. 회원의 화면에서 새 코드를 확인해 주세요.',
    when: 'a code is not genuine, too old, used before, or older than one used before',
    details: '`why`: `WRONG`, `OLD`, `AHEAD` or `USED`',
  },
  GIFT_NOT_FOUND: {
    code: 'not-found',
    message: '받을 수 없는 선물입니다.',
    when: 'there is no such gift: taken back, taken by another, expired, or one’s own',
  },
  SETTLEMENT_NOT_FOUND: {
    code: 'not-found',
    message: '해당 정산을 찾을 수 없습니다.',
    when: 'an operator names a batch that is not there',
  },
  SETTLEMENT_NOT_DUE: {
    code: 'failed-precondition',
    message: '지금은 그 금액으로 지급할 수 없는 정산입니다.',
    when: 'a batch is paid that is not due, or with another amount than is payable now; or stopped when it is not due',
    details: '`state`, `payable`: won payable now',
  },
  SESSION_NOT_USED: {
    code: 'failed-precondition',
    message: '사용이 확인된 회차가 아닙니다.',
    when: 'an operator holds a session that was not used, was undone, or was returned to the member',
  },
  SESSION_NOT_HELD: {
    code: 'failed-precondition',
    message: '분쟁 중인 회차가 아닙니다.',
    when: 'an operator settles a dispute there is none of, or that was settled the other way',
  },
  REFUND_REFUSED: {
    code: 'failed-precondition',
    message: '환불할 수 있는 회차가 없습니다.',
    when: 'a voucher is used up, returned, suspended, offered as a gift, or has fewer sessions left than asked for',
    details: '`state`, `sessionsLeft`',
  },
  USE_UNANSWERED: {
    code: 'failed-precondition',
    message: '회원의 확인을 기다리는 사용 내역이 있습니다. 먼저 확인이 필요합니다.',
    when: 'a session is used, returned or given away that is set aside for a use told late, until the member answers or ten days have passed since',
  },
  VOUCHERS_LEFT: {
    code: 'failed-precondition',
    message: '사용하지 않은 시술권이 있습니다. 남은 금액을 환불받고 탈퇴할지 확인해 주세요.',
    when: 'a member leaves who holds vouchers with sessions left, and has not said `refundVouchers`',
    details:
      '`vouchers`: how many; `refund`: won that come back to the member; `gifts`: how many of them go back to who gave them',
  },
  REFUND_CHANGED: {
    code: 'failed-precondition',
    message: '환불 금액이 달라졌습니다. 다시 확인해 주세요.',
    when: 'the refund is another now than the member was shown, or sessions of the voucher have gone back since',
    details: '`refund`: won now',
  },
  REFUND_ACCOUNT_NEEDED: {
    code: 'failed-precondition',
    message: '환불받을 계좌를 먼저 등록해 주세요.',
    when: 'a voucher paid by virtual account is refunded and no account was given (setRefundAccount)',
  },
  REFUND_NOT_FOUND: {
    code: 'not-found',
    message: '해당 환불을 찾을 수 없습니다.',
    when: 'an operator names a refund that is not there, or has no compensation',
  },
  PLAN_CHANGED: {
    code: 'failed-precondition',
    message: '요금제가 바뀌었습니다. 다시 확인해 주세요.',
    when: 'a plan is closed, or costs another amount than was shown',
    details: '`price`: won a month now, or null',
  },
  CARD_REFUSED: {
    code: 'failed-precondition',
    message: '카드를 등록할 수 없습니다. 다른 카드를 이용해 주세요.',
    when: 'Toss gives no billing key for the card',
    details: '`code`: of Toss',
  },
  SUBSCRIPTION_RUNNING: {
    code: 'already-exists',
    message: '이미 이용 중인 광고 플랜이 있습니다.',
    when: 'a hospital that has a plan begins another',
  },
  SUBSCRIPTION_NOT_FOUND: {
    code: 'not-found',
    message: '이용 중인 광고 플랜이 없습니다.',
    when: 'the hospital has no subscription, or it has ended',
  },
} as const satisfies Record<string, Refusal>;

export type Reason = keyof typeof reasons;

/** What call.ts makes of everything unexpected. */
export const internalRefusal: Refusal = {
  code: 'internal',
  message: '일시적인 오류입니다. 잠시 후 다시 시도해 주세요.',
  when: 'anything unexpected; try again later',
};

export const refusalFor = (reason: Reason): Refusal => reasons[reason];
