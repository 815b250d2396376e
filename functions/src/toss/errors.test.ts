import { tossCodes } from '../../../standins/toss-codes.ts';
import { isAnswered, isLasting, tossErrorOf, tossErrors } from './errors.ts';

test('every documented code has an outcome, and no code is listed that is not documented', () => {
  expect([...tossErrors.keys()].sort()).toEqual([...tossCodes.keys()].sort());
});

test.each([...tossCodes])('%s is told to a person in Korean', (code) => {
  expect(tossErrorOf(code).message).toMatch(/[가-힣].*[.]$/);
});

test('a fault of Toss leaves the outcome unknown', () => {
  const faults = [...tossCodes].filter(([, status]) => status >= 500).map(([code]) => code);
  // That an account is closed is said by the bank: repeating would not open it.
  const sure = faults.filter((code) => tossErrorOf(code).meaning !== 'ask');
  expect(sure).toEqual(['FAILED_CLOSED_ACCOUNT_REFUND']);
});

test.each([
  ['PROVIDER_ERROR', 'ask'],
  ['IDEMPOTENT_REQUEST_PROCESSING', 'ask'],
  ['ALREADY_PROCESSED_PAYMENT', 'ask'],
  ['ALREADY_CANCELED_PAYMENT', 'ask'],
  ['FORBIDDEN_CONSECUTIVE_REQUEST', 'ask'],
  ['REJECT_CARD_COMPANY', 'tell'],
  ['EXCEED_MAX_AMOUNT', 'tell'],
  ['INVALID_CARD_EXPIRATION', 'tell'],
  ['NOT_AVAILABLE_BANK', 'tell'],
  ['NOT_FOUND_PAYMENT_SESSION', 'renew'],
  ['UNAUTHORIZED_KEY', 'alert'],
  ['INVALID_REQUEST', 'alert'],
  ['INVALID_IDEMPOTENCY_KEY', 'alert'],
])('%s: %s', (code, meaning) => {
  expect(tossErrorOf(code).meaning).toBe(meaning);
});

test('a code nobody has heard of is never taken for a refusal', () => {
  expect(tossErrorOf('SOMETHING_NEW').meaning).toBe('ask');
});

test.each(['FAILED_CARD_COMPANY_RESPONSE', 'FAILED_DB_PROCESSING', 'NOT_SUPPORTED_METHOD', 'SOMETHING_NEW'])(
  '%s is what Toss will go on answering',
  (code) => expect(isLasting(code)).toBe(true),
);

test.each([
  ...['NO_ANSWER', 'UNREADABLE', 'NOT_ASKED', 'HTTP_502', 'IDEMPOTENT_REQUEST_PROCESSING'],
  ...['FORBIDDEN_CONSECUTIVE_REQUEST', 'ALREADY_PROCESSED_PAYMENT', 'DUPLICATED_ORDER_ID'],
])('after %s there may be a payment, now or later', (code) => expect(isLasting(code)).toBe(false));

test.each(['PROVIDER_ERROR', 'FAILED_PARTIAL_REFUND', 'NOT_MATCHES_REFUNDABLE_AMOUNT', 'SOMETHING_NEW'])(
  '%s is an answer: the same key gets no other',
  (code) => {
    expect(isAnswered(code)).toBe(true);
  },
);

test.each([
  ...['NO_ANSWER', 'NOT_ASKED', 'UNREADABLE', 'HTTP_502', 'HTTP_429'],
  'IDEMPOTENT_REQUEST_PROCESSING',
])('after %s the request may still be under way', (code) => {
  expect(isAnswered(code)).toBe(false);
});
