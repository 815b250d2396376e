/**
 * FCM HTTP v1, one request a message, as it has no other (contracts sheet §5.1). An own client because the SDK’s host
 * is fixed: the emulator sends to the stand-in, with the bearer Firebase’s emulators take.
 */
import { applicationDefault } from 'firebase-admin/app';
import { fcmUrl, projectId, runsLocally } from '../platform/config.ts';
import { errorFields, log } from '../platform/log.ts';
import { type FcmMessage, probe } from './message.ts';
import { noCredential, unanswered, type Verdict, verdictOn, verdictOnProbe } from './verdict.ts';

const timeoutMs = 15_000;

async function bearer(): Promise<string> {
  return runsLocally() ? 'owner' : (await applicationDefault().getAccessToken()).access_token;
}

export interface Fcm {
  /** Never rejects: whatever happens is a verdict. */
  send(message: FcmMessage): Promise<Verdict>;
}

async function post(url: string, token: string, body: unknown): Promise<Verdict> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: await response.text(),
    };
    return verdictOn(answer, Date.now());
  } catch (error) {
    log.warn('fcm.unanswered', errorFields(error));
    return unanswered;
  }
}

/** A client for one batch. Without a credential of ours every sending is `noCredential`. */
export async function openFcm(): Promise<Fcm> {
  const url = `${fcmUrl()}/v1/projects/${projectId()}/messages:send`;
  const token = await bearer().catch((error: unknown) => {
    log.error('fcm.noCredential', errorFields(error));
    return null;
  });
  if (token === null) return { send: async () => noCredential };
  return {
    send: async (message) => {
      const verdict = await post(url, token, { message });
      if (verdict.do !== 'probe') return verdict;
      return verdictOnProbe(await post(url, token, { message: probe(message.token), validate_only: true }));
    },
  };
}
