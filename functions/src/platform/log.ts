/** The only way to log: an event name with ids, codes and counts. The types keep texts and whole records out. */
import * as logger from 'firebase-functions/logger';

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export const log = {
  info: (event: string, fields: LogFields = {}) => logger.info(event, fields),
  warn: (event: string, fields: LogFields = {}) => logger.warn(event, fields),
  error: (event: string, fields: LogFields = {}) => logger.error(event, fields),
};

/** The name and code of an error; its message may quote input, so it stays out. */
export function errorFields(error: unknown): LogFields {
  const name = error instanceof Error ? error.name : typeof error;
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code).slice(0, 60) : null;
  return { errorName: name, errorCode: code };
}
