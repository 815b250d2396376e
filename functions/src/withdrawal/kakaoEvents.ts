/**
 * What becomes of what Kakao tells us. Acting twice on one event changes nothing; an event that comes late, after the
 * person has joined again, is recognised by asking Kakao, or by its time.
 */
import { kakaoLogin } from '../accounts/accounts.ts';
import { isKakaoLinked } from '../accounts/kakao.ts';
import { accountOf, logins } from '../accounts/members.ts';
import type { Login } from '../accounts/schema.ts';
import { audit } from '../audit/audit.ts';
import { AppError } from '../platform/errors.ts';
import { auth, db, hasAuthCode, Timestamp, userOf } from '../platform/firebase.ts';
import { requestWithdrawal } from './request.ts';
import type { WebhookEvent } from './schema.ts';

export type EventOutcome =
  | 'WITHDRAWAL'
  | 'WITHDRAWAL_RUNNING'
  | 'LINK_REMOVED'
  | 'TOKENS_REVOKED'
  | 'UNKNOWN_USER'
  | 'UNKNOWN_EVENT'
  | 'OLDER_THAN_LOGIN'
  | 'STILL_LINKED'
  | 'ROLE_HOLDER';

const cardOf = (kakaoId: number) => logins().doc(kakaoLogin(kakaoId));

/** Whether Kakao says no to an event’s claim that the link is gone. Kakao refusing to tell says nothing. */
async function isLinkedAgain(kakaoId: number): Promise<boolean> {
  return isKakaoLinked(kakaoId).catch((error: unknown) => {
    if (error instanceof AppError && error.reason === 'KAKAO_REFUSED') return false;
    throw error;
  });
}

/** Whether the member can still sign in without Kakao: by an address that is confirmed. */
async function hasOtherLogin(uid: string): Promise<boolean> {
  const user = await userOf(uid);
  return user?.emailVerified === true && user.providerData.length > 0;
}

async function removeLink(uid: string, kakaoId: number): Promise<void> {
  await db().runTransaction(async (tx) => {
    const account = await tx.get(accountOf(uid));
    const now = Timestamp.now();
    tx.delete(cardOf(kakaoId));
    if (account.exists) tx.update(account.ref, { kakaoId: null, updatedAt: now });
    audit(tx, { action: 'user.kakaoUnlinked', target: `users/${uid}`, by: 'kakao' });
  });
}

async function withdraw({ uid }: Login): Promise<EventOutcome> {
  try {
    await requestWithdrawal({ uid, requestedBy: 'kakao', by: 'kakao', reason: null });
    return 'WITHDRAWAL';
  } catch (error) {
    if (error instanceof AppError && error.reason === 'ROLE_HOLDER') return 'ROLE_HOLDER';
    if (error instanceof AppError && error.reason === 'USER_NOT_FOUND') return 'UNKNOWN_USER';
    throw error;
  }
}

/** The link is gone at Kakao: with it goes the account, unless the member can sign in otherwise. */
export async function followUnlink(kakaoId: number, occurredAt: number): Promise<EventOutcome> {
  const card = (await cardOf(kakaoId).get()).data();
  if (!card) return 'UNKNOWN_USER';
  if (card.withdrawing) return 'WITHDRAWAL_RUNNING';
  if (occurredAt < card.createdAt.toMillis()) return 'OLDER_THAN_LOGIN';
  if (await isLinkedAgain(kakaoId)) return 'STILL_LINKED';
  if (!(await hasOtherLogin(card.uid))) return withdraw(card);
  await removeLink(card.uid, kakaoId);
  return 'LINK_REMOVED';
}

async function revokeTokens(kakaoId: number): Promise<EventOutcome> {
  const card = (await cardOf(kakaoId).get()).data();
  if (!card) return 'UNKNOWN_USER';
  await auth()
    .revokeRefreshTokens(card.uid)
    .catch((error: unknown) => {
      if (!hasAuthCode(error, 'auth/user-not-found')) throw error;
    });
  return 'TOKENS_REVOKED';
}

/** Acts on an event. Errors: KAKAO_UNAVAILABLE, KAKAO_BUSY: to be tried again. */
export async function followEvent({ kind, kakaoId, occurredAt }: WebhookEvent): Promise<EventOutcome> {
  if (kakaoId === null) return 'UNKNOWN_USER';
  if (kind === 'unlink' || kind === 'user-unlinked') return followUnlink(kakaoId, occurredAt.toMillis());
  return kind === 'tokens-revoked' ? revokeTokens(kakaoId) : 'UNKNOWN_EVENT';
}

export function stateAfter(outcome: EventOutcome): WebhookEvent['state'] {
  if (outcome === 'ROLE_HOLDER') return 'FAILED';
  return ['WITHDRAWAL', 'LINK_REMOVED', 'TOKENS_REVOKED'].includes(outcome) ? 'DONE' : 'IGNORED';
}
