/**
 * The Kakao client. Wire facts: contracts sheet §1 (kapi.kakao.com). Never logs tokens or bodies; branches on
 * `code`, never on Kakao's text. Temporary faults (−1, −7, 5xx, time-outs) are tried once more, refusals never.
 */
import axios, { type AxiosInstance } from 'axios';
import { z } from 'zod';
import { readPhone } from '../kernel/korean.ts';
import { AppError } from '../platform/errors.ts';

const tokenInfo = z.object({ id: z.int().positive(), app_id: z.int(), expires_in: z.number() });

const profile = z.object({
  id: z.int().positive(),
  kakao_account: z
    .object({
      profile: z.object({ nickname: z.string().optional() }).optional(),
      email: z.string().optional(),
      is_email_valid: z.boolean().optional(),
      is_email_verified: z.boolean().optional(),
      phone_number: z.string().optional(),
    })
    .optional(),
});

const errorBody = z.object({ code: z.int() });

/** What we take from Kakao of a person. Everything but the id may be missing: consent is the person's. */
export interface KakaoPerson {
  readonly id: number;
  readonly nickname: string | null;
  /** Only when Kakao calls it valid and verified. */
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
}

const temporaryCodes = new Set([-1, -7, -603, -9798]);
const perCallMs = 2_000;

/** What an answer of Kakao means for us. */
export function readFault(status: number, body: unknown): AppError {
  const parsed = errorBody.safeParse(body);
  const code = parsed.success ? parsed.data.code : 0;
  if (code === -10) return new AppError('KAKAO_BUSY', { retryAfterMs: 60_000 });
  if (status >= 500 || temporaryCodes.has(code))
    return new AppError('KAKAO_UNAVAILABLE', { retryAfterMs: 3_000 });
  if (status === 401 && code !== -406) return new AppError('KAKAO_TOKEN_INVALID');
  if (code === -2) return new AppError('KAKAO_TOKEN_INVALID');
  return new AppError('KAKAO_REFUSED', { kakaoCode: code });
}

function personOf(raw: z.infer<typeof profile>): KakaoPerson {
  const account = raw.kakao_account;
  const trusted = account?.is_email_valid === true && account.is_email_verified === true;
  const email = trusted ? z.email().safeParse(account.email).data : undefined;
  return {
    id: raw.id,
    nickname: account?.profile?.nickname ?? null,
    email: email ?? null,
    phone: account?.phone_number ? readPhone(account.phone_number) : null,
  };
}

async function getJson(http: AxiosInstance, path: string, accessToken: string): Promise<unknown> {
  const response = await http
    .get<unknown>(path, { headers: { Authorization: `Bearer ${accessToken}` } })
    .catch(() => {
      throw new AppError('KAKAO_UNAVAILABLE', { retryAfterMs: 3_000 });
    });
  if (response.status !== 200) throw readFault(response.status, response.data);
  return response.data;
}

async function getWithOneRetry(http: AxiosInstance, path: string, accessToken: string): Promise<unknown> {
  try {
    return await getJson(http, path, accessToken);
  } catch (error) {
    if (!(error instanceof AppError) || error.reason !== 'KAKAO_UNAVAILABLE') throw error;
    return getJson(http, path, accessToken);
  }
}

function parsed<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const result = schema.safeParse(body);
  if (!result.success) throw new AppError('KAKAO_UNAVAILABLE', { retryAfterMs: 3_000 });
  return result.data;
}

/**
 * The person an access token stands for. The token must have been issued for one of `appIds`: otherwise any
 * other app's token would sign its owner in here (token substitution). Ends within 5 s whatever Kakao does.
 */
export async function whoHolds(
  accessToken: string,
  baseURL: string,
  appIds: readonly string[],
): Promise<KakaoPerson> {
  const http = axios.create({
    baseURL,
    timeout: perCallMs,
    signal: AbortSignal.timeout(4_500),
    maxRedirects: 0,
    maxContentLength: 200_000,
    validateStatus: () => true,
  });
  const info = parsed(tokenInfo, await getWithOneRetry(http, '/v1/user/access_token_info', accessToken));
  if (!appIds.includes(String(info.app_id))) throw new AppError('KAKAO_WRONG_APP');
  if (info.expires_in <= 0) throw new AppError('KAKAO_TOKEN_INVALID');
  const person = personOf(parsed(profile, await getWithOneRetry(http, '/v2/user/me', accessToken)));
  if (person.id !== info.id) throw new AppError('KAKAO_TOKEN_INVALID');
  return person;
}
