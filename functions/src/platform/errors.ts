/** What domains throw, and how it reaches a client. The table of reasons is reasons.ts. */
import { HttpsError } from 'firebase-functions/v2/https';
import { internalRefusal, type Reason, refusalFor } from './reasons.ts';

/** `details` may hold ids and field names, never personal data. */
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
  const { code, message } = refusalFor(error.reason);
  return new HttpsError(code, message, { reason: error.reason, ...error.details });
}

export const internalError = (): HttpsError =>
  new HttpsError(internalRefusal.code, internalRefusal.message, { reason: 'INTERNAL' });
