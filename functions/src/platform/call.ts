/** The edge of callables: check the app, parse the input, run the operation, turn what it throws into a stable error. */
import type { CallableRequest } from 'firebase-functions/v2/https';
import type { z } from 'zod';
import { enforceAppCheck } from './config.ts';
import { AppError, internalError, toHttpsError } from './errors.ts';
import { errorFields, log } from './log.ts';

/** Field paths and codes of what was wrong; never the values, which may be personal. */
function issuesOf(error: z.ZodError): { field: string; code: string }[] {
  return error.issues
    .slice(0, 20)
    .map((issue) => ({ field: issue.path.join('.') || '(input)', code: issue.code }));
}

/** Runs `operation` with parsed input. `AppError` becomes its HttpsError; anything else is logged and INTERNAL. */
export async function answerCall<S extends z.ZodType, Out>(
  name: string,
  schema: S,
  request: CallableRequest<unknown>,
  operation: (input: z.infer<S>) => Promise<Out>,
): Promise<Out> {
  try {
    if (enforceAppCheck.value() && !request.app) throw new AppError('APP_CHECK_REQUIRED');
    const parsed = schema.safeParse(request.data);
    if (!parsed.success) throw new AppError('INVALID_INPUT', { fields: issuesOf(parsed.error) });
    return await operation(parsed.data);
  } catch (error) {
    if (error instanceof AppError) {
      log.info(`${name}.refused`, { reason: error.reason });
      throw toHttpsError(error);
    }
    log.error(`${name}.failed`, errorFields(error));
    throw internalError();
  }
}
