/** What a member changes by callables: the nickname, because it is unique, and consents, because they are a ledger. */

import { AppError } from '../platform/errors.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { kakaoLogin } from './accounts.ts';
import { agreedNow, changesOf, consentsToRenew, statementFault } from './consents.ts';
import { accountOf, consentStates, consentsOf, logins, users } from './members.ts';
import { nicknameFault } from './nicknames.ts';
import { readRenaming } from './rename.ts';
import type { Account, ConsentType, Join } from './schema.ts';

const nicknameKeptMs = 7 * 86_400_000;

function waitForNickname(account: Account, now: number): number {
  return (account.nicknameChangedAt?.toMillis() ?? 0) + nicknameKeptMs - now;
}

/**
 * Gives a member another nickname, at most every seven days. Errors: NICKNAME_RESERVED, NICKNAME_TAKEN,
 * NICKNAME_TOO_SOON, USER_NOT_FOUND.
 */
export async function changeNickname(uid: string, nickname: string): Promise<void> {
  if (nicknameFault(nickname)) throw new AppError('NICKNAME_RESERVED');
  await db().runTransaction(async (tx) => {
    const [user, account] = await Promise.all([tx.get(users().doc(uid)), tx.get(accountOf(uid))]);
    const profile = user.data();
    const known = account.data();
    if (!profile || !known) throw new AppError('USER_NOT_FOUND');
    if (profile.nickname === nickname) return;
    const rename = await readRenaming(tx, uid, profile.nickname, nickname);
    const now = Timestamp.now();
    const wait = waitForNickname(known, now.toMillis());
    if (wait > 0) throw new AppError('NICKNAME_TOO_SOON', { retryAfterMs: wait });
    rename();
    tx.update(user.ref, { nickname, updatedAt: now });
    tx.update(account.ref, { nicknameChangedAt: now, updatedAt: now });
  });
}

/** Adds a statement to the ledger. Saying the same again adds nothing. Errors: CONSENT_OUTDATED, CONSENT_REQUIRED. */
export async function recordConsents(
  uid: string,
  said: Pick<Join, 'consents' | 'channel'>,
): Promise<ConsentType[]> {
  return db().runTransaction(async (tx) => {
    const account = (await tx.get(accountOf(uid))).data();
    if (!account) throw new AppError('USER_NOT_FOUND');
    const fault = statementFault(said.consents, account.consents);
    if (fault) throw new AppError(fault.reason, fault.details);
    const decisions = changesOf(said.consents, account.consents);
    const now = Timestamp.now();
    const consents = { ...account.consents, ...consentStates(decisions, now) };
    const agreed = agreedNow(consents);
    if (decisions.length > 0) {
      tx.create(consentsOf(uid).doc(), { decisions, channel: said.channel, at: now });
      tx.update(accountOf(uid), { consents, updatedAt: now });
      if (account.kakaoId !== null)
        tx.update(logins().doc(kakaoLogin(account.kakaoId)), { agreedVersions: agreed });
    }
    return consentsToRenew(agreed);
  });
}
