/**
 * One table of what can go wrong: a stable machine-readable reason, the canonical code it travels as, and what a
 * person is told in Korean. Clients branch on `details.reason`, never on the message.
 */
import { type FunctionsErrorCode, HttpsError } from 'firebase-functions/v2/https';

const table = {
  INVALID_INPUT: ['invalid-argument', '입력값을 확인해 주세요.'],
  SUSPENDED: ['permission-denied', '이용이 정지된 계정입니다. 고객센터로 문의해 주세요.'],
  KAKAO_TOKEN_INVALID: ['unauthenticated', '카카오 로그인이 만료되었습니다. 다시 로그인해 주세요.'],
  KAKAO_WRONG_APP: ['permission-denied', '다른 앱에서 발급된 카카오 로그인입니다.'],
  KAKAO_REFUSED: ['permission-denied', '이 카카오 계정으로는 로그인할 수 없습니다.'],
  KAKAO_BUSY: ['resource-exhausted', '지금은 카카오 로그인 요청이 많습니다. 잠시 후 다시 시도해 주세요.'],
  KAKAO_UNAVAILABLE: ['unavailable', '카카오 로그인이 원활하지 않습니다. 잠시 후 다시 시도해 주세요.'],
} as const satisfies Record<string, readonly [FunctionsErrorCode, string]>;

export type Reason = keyof typeof table;

/** What domains throw. `details` may hold ids and field names, never personal data. */
export class AppError extends Error {
  readonly reason: Reason;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(reason: Reason, details: Readonly<Record<string, unknown>> = {}) {
    super(reason);
    this.reason = reason;
    this.details = details;
  }
}

export function toHttpsError(error: AppError): HttpsError {
  const [code, message] = table[error.reason];
  return new HttpsError(code, message, { reason: error.reason, ...error.details });
}
