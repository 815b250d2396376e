/**
 * The Kakao client. Wire facts: contracts sheet §1. Never logs tokens or bodies; branches on `code`, never on
 * Kakao's text. Temporary faults (−1, −7, −603, −9798, 5xx, time-outs) are tried once more, refusals never. When
 * most calls fail, an instance stops asking for ten seconds and refuses at once, so that a crowd does not wait.
 */
import type { AxiosRequestConfig } from 'axios';
import { BrokenCircuitError } from 'cockatiel';
import { z } from 'zod';
import { kakaoAdminKey, kakaoApiUrl, kakaoAppIds } from '../platform/config.ts';
import { AppError } from '../platform/errors.ts';
import { againstOutages } from '../platform/outages.ts';

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
  /** Only when Kakao calls it valid and verified; in small letters. */
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
}

const temporaryCodes = new Set([-1, -7, -603, -9798]);
const perCallMs = 3_000;
const wholeMs = 4_500;
const notLinked = -101;

const unavailable = () => new AppError('KAKAO_UNAVAILABLE', { retryAfterMs: 3_000 });

/** What an answer of Kakao means for us. */
export function readFault(status: number, body: unknown): AppError {
  const parsed = errorBody.safeParse(body);
  const code = parsed.success ? parsed.data.code : 0;
  if (code === -10) return new AppError('KAKAO_BUSY', { retryAfterMs: 60_000 });
  if (status >= 500 || temporaryCodes.has(code)) return unavailable();
  if (status === 401 && code !== -406) return new AppError('KAKAO_TOKEN_INVALID');
  if (code === -2) return new AppError('KAKAO_TOKEN_INVALID');
  return new AppError('KAKAO_REFUSED', { kakaoCode: code });
}

async function personOf(raw: z.infer<typeof profile>): Promise<KakaoPerson> {
  const { readPhone } = await import('../kernel/phone.ts');
  const account = raw.kakao_account;
  const trusted = account?.is_email_valid === true && account.is_email_verified === true;
  const email = trusted ? z.email().safeParse(account.email?.toLowerCase()).data : undefined;
  return {
    id: raw.id,
    nickname: account?.profile?.nickname ?? null,
    email: email ?? null,
    phone: account?.phone_number ? readPhone(account.phone_number) : null,
  };
}

const isTemporary = (error: unknown) => error instanceof AppError && error.reason === 'KAKAO_UNAVAILABLE';

const { onceMore } = againstOutages(isTemporary, { initial: 50, max: 200 });

async function askOnce(request: AxiosRequestConfig): Promise<unknown> {
  // Loaded with the first question: most functions for accounts ask Kakao nothing.
  const { default: axios } = await import('axios');
  const response = await axios
    .request<unknown>({
      baseURL: kakaoApiUrl(),
      timeout: perCallMs,
      maxRedirects: 0,
      maxContentLength: 200_000,
      validateStatus: () => true,
      ...request,
    })
    .catch(() => {
      throw unavailable();
    });
  if (response.status !== 200) throw readFault(response.status, response.data);
  return response.data;
}

async function ask<S extends z.ZodType>(schema: S, request: AxiosRequestConfig): Promise<z.infer<S>> {
  const body = await onceMore
    .execute(() => askOnce(request))
    .catch((error: unknown) => {
      throw error instanceof BrokenCircuitError ? unavailable() : error;
    });
  const result = schema.safeParse(body);
  if (!result.success) throw unavailable();
  return result.data;
}

const bearer = (accessToken: string) => ({ Authorization: `Bearer ${accessToken}` });
const admin = () => ({ Authorization: `KakaoAK ${kakaoAdminKey.value()}` });
const target = (kakaoId: number) => ({ target_id_type: 'user_id', target_id: String(kakaoId) });

/** One deadline for all that a sign-in asks of Kakao: it ends within 5 s whatever Kakao does. */
export const kakaoDeadline = (): AbortSignal => AbortSignal.timeout(wholeMs);

/**
 * The Kakao id an access token stands for. The token must have been issued for one of our apps: otherwise any other
 * app's token would sign its owner in here (token substitution).
 */
export async function kakaoIdOfToken(accessToken: string, signal: AbortSignal): Promise<number> {
  const info = await ask(tokenInfo, {
    url: '/v1/user/access_token_info',
    headers: bearer(accessToken),
    signal,
  });
  if (!kakaoAppIds.value().includes(String(info.app_id))) throw new AppError('KAKAO_WRONG_APP');
  if (info.expires_in <= 0) throw new AppError('KAKAO_TOKEN_INVALID');
  return info.id;
}

/** What Kakao may tell of a person who joins. Without their access token our admin key asks for the same. */
export async function kakaoPerson(
  kakaoId: number,
  accessToken: string | null,
  signal: AbortSignal,
): Promise<KakaoPerson> {
  const said = await ask(profile, {
    url: '/v2/user/me',
    headers: accessToken === null ? admin() : bearer(accessToken),
    params: accessToken === null ? target(kakaoId) : {},
    signal,
  });
  if (said.id !== kakaoId) throw new AppError('KAKAO_TOKEN_INVALID');
  return personOf(said);
}

const isNotLinked = (error: unknown): boolean =>
  error instanceof AppError && error.details.kakaoCode === notLinked;

/** Ends the connection between a Kakao account and our app. One that has ended already is as good. */
export async function unlinkKakao(kakaoId: number): Promise<void> {
  const request = {
    method: 'POST',
    url: '/v1/user/unlink',
    headers: { ...admin(), 'Content-Type': 'application/x-www-form-urlencoded;charset=utf-8' },
    data: new URLSearchParams(target(kakaoId)).toString(),
  };
  await ask(z.object({ id: z.int() }), request).catch((error: unknown) => {
    if (!isNotLinked(error)) throw error;
  });
}

/** Whether Kakao still knows a person as connected to our app. */
export async function isKakaoLinked(kakaoId: number): Promise<boolean> {
  try {
    await ask(profile, { url: '/v2/user/me', headers: admin(), params: target(kakaoId) });
    return true;
  } catch (error) {
    if (isNotLinked(error)) return false;
    throw error;
  }
}
