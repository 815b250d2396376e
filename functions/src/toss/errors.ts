/**
 * What every error of Toss means for us, as data (codes: contracts sheet §2.11). Pure. Toss adds codes without a new
 * version: one that is not listed is never taken for a refusal, because money may have moved.
 */

/**
 * `ask`: what happened is unknown; ask Toss for the payment, then repeat with the same idempotency key.
 * `tell`: refused for good; the member is told why and may choose another means.
 * `renew`: the payment session is gone; nothing was charged, a new one may be opened.
 * `alert`: refused for good by something operators must look at: our keys, our contract, a bug.
 */
export const tossMeanings = ['ask', 'tell', 'renew', 'alert'] as const;
export type TossMeaning = (typeof tossMeanings)[number];

export interface TossError {
  readonly meaning: TossMeaning;
  /** For the member, in Korean. */
  readonly message: string;
}

const unsure = '결제 결과를 확인하고 있습니다. 잠시만 기다려 주세요.';
const ours = '결제를 진행할 수 없습니다. 고객센터로 문의해 주세요.';
const gone = '결제 시간이 지났습니다. 처음부터 다시 결제해 주세요.';

const all = (meaning: TossMeaning, message: string, ...codes: string[]) =>
  codes.map((code): readonly [string, TossError] => [code, { meaning, message }]);
const tell = (message: string, ...codes: string[]) => all('tell', message, ...codes);

export const tossErrors: ReadonlyMap<string, TossError> = new Map([
  ...all(
    'ask',
    unsure,
    ...['ALREADY_PROCESSED_PAYMENT', 'ALREADY_CANCELED_PAYMENT', 'ALREADY_REFUND_PAYMENT', 'PROVIDER_ERROR'],
    ...['IDEMPOTENT_REQUEST_PROCESSING', 'FORBIDDEN_CONSECUTIVE_REQUEST', 'DUPLICATED_ORDER_ID'],
    ...['FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING', 'FAILED_INTERNAL_SYSTEM_PROCESSING', 'COMMON_ERROR'],
    ...[
      'UNKNOWN_PAYMENT_ERROR',
      'FAILED_REFUND_PROCESS',
      'FAILED_METHOD_HANDLING_CANCEL',
      'FAILED_PARTIAL_REFUND',
    ],
    ...['FAILED_DB_PROCESSING', 'FAILED_CARD_COMPANY_RESPONSE', 'NOT_MATCHES_REFUNDABLE_AMOUNT'],
  ),
  ...all('renew', gone, 'NOT_FOUND_PAYMENT', 'NOT_FOUND_PAYMENT_SESSION', 'NOT_FOUND'),
  ...all(
    'alert',
    ours,
    ...['UNAUTHORIZED_KEY', 'INCORRECT_BASIC_AUTH_FORMAT', 'INVALID_API_KEY', 'FORBIDDEN_REQUEST'],
    ...['INVALID_REQUEST', 'INVALID_IDEMPOTENCY_KEY', 'NOT_FOUND_TERMINAL_ID', 'INVALID_AUTHORIZE_AUTH'],
    ...['INVALID_UNREGISTERED_SUBMALL', 'NOT_REGISTERED_BUSINESS', 'UNAPPROVED_ORDER_ID'],
    ...['NOT_SUPPORTED_METHOD', 'NOT_MATCHES_CUSTOMER_KEY', 'INVALID_EMAIL'],
    ...['NOT_CANCELABLE_AMOUNT', 'NOT_CANCELABLE_PAYMENT', 'NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER'],
    ...['EXCEED_MAX_REFUND_DUE', 'EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT', 'FORBIDDEN_BANK_REFUND_REQUEST'],
    ...['NOT_ALLOWED_PARTIAL_REFUND', 'NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT', 'REFUND_REJECTED'],
  ),
  ...tell(
    '카드사에서 결제를 거절했습니다. 카드사에 문의하거나 다른 카드를 이용해 주세요.',
    ...['REJECT_CARD_COMPANY', 'REJECT_CARD_PAYMENT', 'INVALID_REJECT_CARD', 'CARD_PROCESSING_ERROR'],
  ),
  ...tell(
    '사용할 수 없는 카드입니다. 다른 카드를 이용해 주세요.',
    ...[
      'INVALID_STOPPED_CARD',
      'INVALID_CARD_LOST_OR_STOLEN',
      'NOT_SUPPORTED_CARD_TYPE',
      'INVALID_BILL_KEY_REQUEST',
    ],
  ),
  ...tell(
    '카드 정보를 다시 확인해 주세요.',
    ...['INVALID_CARD_EXPIRATION', 'INVALID_CARD_NUMBER', 'INVALID_CARD_PASSWORD', 'INVALID_CARD_IDENTITY'],
  ),
  ...tell(
    '할부 개월 수를 바꾸어 다시 결제해 주세요.',
    ...['EXCEED_MAX_CARD_INSTALLMENT_PLAN', 'NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT'],
    ...['INVALID_CARD_INSTALLMENT_PLAN', 'NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN'],
    'NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN_BELOW_AMOUNT',
  ),
  ...tell('카드 포인트를 쓰지 않고 다시 결제해 주세요.', 'NOT_ALLOWED_POINT_USE'),
  ...tell('결제할 수 있는 최소 금액보다 적습니다.', 'BELOW_MINIMUM_AMOUNT'),
  ...tell(
    '결제 한도를 넘었습니다. 한도를 확인하거나 다른 결제수단을 이용해 주세요.',
    ...['EXCEED_MAX_DAILY_PAYMENT_COUNT', 'EXCEED_MAX_PAYMENT_AMOUNT', 'EXCEED_MAX_AMOUNT'],
    ...['EXCEED_MAX_ONE_DAY_WITHDRAW_AMOUNT', 'EXCEED_MAX_ONE_TIME_WITHDRAW_AMOUNT'],
    ...['EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT', 'EXCEED_MAX_ONE_DAY_AMOUNT'],
  ),
  ...tell(
    '이 계좌로는 결제할 수 없습니다. 다른 결제수단을 이용해 주세요.',
    ...['RESTRICTED_TRANSFER_ACCOUNT', 'REJECT_ACCOUNT_PAYMENT', 'REJECT_TOSSPAY_INVALID_ACCOUNT'],
    'INVALID_ACCOUNT_INFO_RE_REGISTER',
  ),
  ...tell(
    '지금은 결제할 수 없습니다. 잠시 후 다시 시도해 주세요.',
    'NOT_AVAILABLE_PAYMENT',
    'NOT_AVAILABLE_BANK',
  ),
  ...tell('인증에 여러 번 실패했습니다. 카드사나 은행에 문의해 주세요.', 'EXCEED_MAX_AUTH_COUNT'),
  ...tell('결제 비밀번호가 올바르지 않습니다.', 'INVALID_PASSWORD'),
  ...tell('안전을 위해 결제가 제한되었습니다. 토스페이먼츠(1544-7772)로 문의해 주세요.', 'FDS_ERROR'),
  ...tell(
    '환불 계좌를 다시 확인해 주세요.',
    ...[
      'INVALID_REFUND_ACCOUNT_INFO',
      'INVALID_REFUND_ACCOUNT_NUMBER',
      'INVALID_BANK',
      'FAILED_CLOSED_ACCOUNT_REFUND',
    ],
  ),
]);

const unlisted: TossError = { meaning: 'ask', message: unsure };

const underWay = ['NO_ANSWER', 'UNREADABLE', 'NOT_ASKED', 'IDEMPOTENT_REQUEST_PROCESSING'];

/**
 * Whether Toss has done with a request that was answered so: for fifteen days the same key gets the same answer, and only
 * another one has it tried again. False while the request may still be on its way, or be worked on.
 */
export const isAnswered = (code: string): boolean => !underWay.includes(code) && !code.startsWith('HTTP_');

/** What an answer that is not 200 means. Without a readable code (gateways, floods, outages) nothing is known. */
export function tossErrorOf(code: string): TossError {
  return tossErrors.get(code) ?? unlisted;
}

/** Another order could charge a second time: these point to a payment, made or being made. */
const pointing = ['FORBIDDEN_CONSECUTIVE_REQUEST', 'ALREADY_PROCESSED_PAYMENT', 'DUPLICATED_ORDER_ID'];

/** Whether Toss has done with a charge that was answered so, and made no payment of it. */
export const isLasting = (code: string): boolean => isAnswered(code) && !pointing.includes(code);
