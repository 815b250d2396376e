/**
 * Making and finding members. Everything a new member consists of is created by one batch: of several sign-ins at
 * once one makes them, none waits for a lock, and nobody is half a member.
 */
import { randomInt } from 'node:crypto';
import type { WriteBatch } from 'firebase-admin/firestore';
import { refuseSuspended } from '../access/guard.ts';
import { standingSchema } from '../access/schema.ts';
import { digest } from '../platform/digest.ts';
import { AppError } from '../platform/errors.ts';
import { db, isAlreadyThere, Timestamp } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { agreedVersions, type Decision, joinFault } from './consents.ts';
import { nicknameCandidates, nicknameFault, nicknameKey } from './nicknames.ts';
import {
  type Account,
  accountSchema,
  consentEntrySchema,
  formerMemberSchema,
  type Join,
  loginSchema,
  nicknameSchema,
  userSchema,
} from './schema.ts';

export const users = () => collection('users', userSchema);
export const accountOf = (uid: string) => collection(`users/${uid}/private`, accountSchema).doc('account');
export const consentsOf = (uid: string) => collection(`users/${uid}/consents`, consentEntrySchema);
export const logins = () => collection('logins', loginSchema);
export const nicknames = () => collection('nicknames', nicknameSchema);
export const formerMembers = () => collection('formerMembers', formerMemberSchema);

/** Under what somebody who left is remembered. `key` is a login id or an address. */
export const formerMemberId = (key: string): string => digest('formerMember', key);

export interface NewMember {
  readonly uid: string;
  readonly provider: Account['provider'];
  /** Id of the login card to make; null for members by e-mail, who sign in at Firebase. */
  readonly loginId: string | null;
  readonly kakaoId: number | null;
  readonly offeredNickname: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly join: Join;
}

/** Refuses who may not join, before anything is stored. */
export function requireAdmissible(join: Join, now = Date.now()): void {
  const fault = joinFault(join, now);
  if (fault) throw new AppError(fault.reason, fault.details);
  if (join.nickname !== undefined && nicknameFault(join.nickname)) throw new AppError('NICKNAME_RESERVED');
}

const fourDigits = () => String(randomInt(0, 10_000)).padStart(4, '0');

export function consentStates(decisions: readonly Decision[], at: Timestamp): Account['consents'] {
  return Object.fromEntries(decisions.map(({ type, version, granted }) => [type, { version, granted, at }]));
}

/** Whether the person was here before. Refuses who would escape a suspension by joining anew. */
async function wasMember(keys: readonly string[]): Promise<boolean> {
  if (keys.length === 0) return false;
  const found = await db().getAll(...keys.map((key) => formerMembers().doc(formerMemberId(key))));
  const former = found.flatMap((snapshot) =>
    snapshot.exists ? [formerMemberSchema.parse(snapshot.data())] : [],
  );
  for (const one of former) refuseSuspended(one);
  return former.length > 0;
}

function createAll(batch: WriteBatch, member: NewMember, nickname: string, rejoined: boolean): void {
  const now = Timestamp.now();
  const { uid, provider, loginId, kakaoId, email, phone, join } = member;
  const stamps = { createdAt: now, updatedAt: now };
  batch.create(users().doc(uid), { nickname, photoPath: null, introduction: '', ...stamps });
  batch.create(accountOf(uid), {
    ...{ provider, email, phone, kakaoId, rejoined },
    consents: consentStates(join.consents, now),
    ...{ nicknameChangedAt: null, problems: [], ...stamps },
  });
  batch.create(nicknames().doc(nicknameKey(nickname)), { uid });
  batch.create(consentsOf(uid).doc('joined'), { decisions: join.consents, channel: join.channel, at: now });
  if (loginId !== null) {
    const card = { uid, suspendedUntil: null, withdrawing: false, createdAt: now, checkedAt: null };
    batch.create(logins().doc(loginId), { ...card, agreedVersions: agreedVersions(join.consents) });
  }
  // A standing left behind by the withdrawal of the same uid blocked tokens of that time only.
  if (rejoined) batch.delete(collection('standings', standingSchema).doc(uid));
}

/**
 * Makes a member, unless there is one; true when made now. Errors: those of `requireAdmissible`, NICKNAME_TAKEN
 * (only for a nickname the person chose), SUSPENDED.
 */
export async function makeMember(member: NewMember): Promise<boolean> {
  requireAdmissible(member.join);
  const rejoined = await wasMember([member.loginId, member.email].filter((key) => key !== null));
  const wish = member.join.nickname;
  const candidates = wish === undefined ? nicknameCandidates(member.offeredNickname, fourDigits) : [wish];
  for (const nickname of candidates) {
    const batch = db().batch();
    createAll(batch, member, nickname, rejoined);
    try {
      await batch.commit();
      return true;
    } catch (error) {
      if (!isAlreadyThere(error)) throw error;
      if ((await users().doc(member.uid).get()).exists) return false;
      if (await isLoginTaken(member.loginId)) return false;
    }
  }
  throw new AppError('NICKNAME_TAKEN');
}

async function isLoginTaken(loginId: string | null): Promise<boolean> {
  return loginId !== null && (await logins().doc(loginId).get()).exists;
}
