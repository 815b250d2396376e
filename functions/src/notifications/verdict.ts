/**
 * What an answer of FCM means for a device (contracts sheet §5.2). Pure.
 *
 * Only what FCM says of a token itself makes it forgotten. A 403 without FCM’s own code, as an API that is switched off or
 * a role that is missing answers, says nothing of the token: it is ours to mend, and nobody is forgotten.
 */
import { z } from 'zod';

export type Verdict =
  | { readonly do: 'done' }
  /** The token is no more. `alarm`: it is another project’s, which is somebody’s mistake. */
  | { readonly do: 'forget'; readonly alarm: boolean }
  /** The token or the message is wrong: asked again with a message that is known to be good. */
  | { readonly do: 'probe' }
  /** This message is refused for this device. */
  | { readonly do: 'giveUp'; readonly failure: string }
  /** `halt`: whatever is sent next would fare the same. `ours`: somebody has to look at our own settings. */
  | {
      readonly do: 'again';
      readonly failure: string;
      readonly waitMs: number;
      readonly halt: boolean;
      readonly ours: boolean;
    };

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

const quotaWaitMs = 60_000;
const longestWaitMs = 86_400_000;

const errorSchema = z.object({
  error: z.object({
    status: z.string().catch(''),
    message: z.string().catch(''),
    details: z
      .array(
        z.looseObject({
          errorCode: z.string().optional().catch(undefined),
          fieldViolations: z.array(z.looseObject({ field: z.string().catch('') })).catch([]),
        }),
      )
      .catch([]),
  }),
});

function said(body: string) {
  try {
    const { status, message, details } = errorSchema.parse(JSON.parse(body)).error;
    const named = details.find(({ errorCode }) => errorCode !== undefined)?.errorCode;
    const fields = details.flatMap(({ fieldViolations }) => fieldViolations.map(({ field }) => field));
    return { code: named ?? status, named: named !== undefined, message, fields };
  } catch {
    return { code: '', named: false, message: '', fields: [] };
  }
}

/** `Retry-After`, in seconds or as a date, as ms from `now`; 0 when there is none. */
export function waitOf(retryAfter: string | null, now: number): number {
  const value = retryAfter?.trim() ?? '';
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), longestWaitMs) : 0;
}

const again = (failure: string, waitMs = 0): Verdict => ({
  ...{ do: 'again', failure, waitMs, halt: false, ours: false },
});
const mend = (failure: string, halt: boolean): Verdict => ({
  ...{ do: 'again', failure, waitMs: 0, halt, ours: true },
});

/** Nobody answered: as often as not the connection was lost behind the message. */
export const unanswered: Verdict = again('UNREACHABLE');

/** What is wrong with our own credential or project, so that every message would be refused. */
export const noCredential: Verdict = mend('CREDENTIAL', true);

function refusal(answer: Answer, now: number): Verdict {
  const { status } = answer;
  const { code, named, message, fields } = said(answer.body);
  if (status === 429 || code === 'QUOTA_EXCEEDED' || code === 'RESOURCE_EXHAUSTED') {
    const waitMs = Math.max(quotaWaitMs, waitOf(answer.retryAfter, now));
    return { do: 'again', failure: 'QUOTA', waitMs, halt: true, ours: false };
  }
  if (code === 'UNREGISTERED' || (status === 404 && code === 'NOT_FOUND'))
    return { do: 'forget', alarm: false };
  if (code === 'SENDER_ID_MISMATCH' || (named && code === 'PERMISSION_DENIED'))
    return { do: 'forget', alarm: true };
  if (status === 401) return mend(named ? 'PLATFORM_CREDENTIAL' : 'CREDENTIAL', !named);
  if (status === 403) return mend('PERMISSION', true);
  if (status === 400) {
    const ofToken = /registration token/i.test(message) || fields.includes('message.token');
    return ofToken ? { do: 'forget', alarm: false } : { do: 'probe' };
  }
  if (status === 503) return again('UNAVAILABLE', waitOf(answer.retryAfter, now));
  if (status >= 500) return again('INTERNAL', waitOf(answer.retryAfter, now));
  return { do: 'giveUp', failure: `HTTP_${status}` };
}

export function verdictOn(answer: Answer, now: number): Verdict {
  return answer.status === 200 ? { do: 'done' } : refusal(answer, now);
}

/** What the probe says of a token whose message was refused: a good message refused as well, it is the token. */
export function verdictOnProbe(probed: Verdict): Verdict {
  if (probed.do === 'done') return { do: 'giveUp', failure: 'MESSAGE' };
  return probed.do === 'probe' ? { do: 'forget', alarm: false } : probed;
}
