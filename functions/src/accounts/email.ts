/**
 * Members by e-mail. Signing in is Firebase's own (address and password); what goes before and around it is here.
 * What we answer never depends on whether an address is known: that is told by mail, to whoever owns the address.
 *
 * An account whose address was never confirmed is nobody's: a later sign-up with that address replaces it, so that
 * nobody can wait inside an account for its rightful owner (pre-registration takeover).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { UserRecord } from 'firebase-admin/auth';
import { limitEverywhere } from '../access/limits.ts';
import { queueMail, queueMailNow } from '../outbox/queue.ts';
import type { NewMail } from '../outbox/schema.ts';
import { AppError } from '../platform/errors.ts';
import { auth, db, hasAuthCode, Timestamp, userByEmail } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { tidyEmail } from './accounts.ts';
import { passwordFault } from './codes.ts';
import { requireResendable, takeCode, writeCode } from './emailCodes.ts';
import {
  alreadyMemberLetter,
  barredLetter,
  emailLinkedLetter,
  linkEmailLetter,
  resetPasswordLetter,
  verifyEmailLetter,
} from './letters.ts';
import { accountOf, makeMember, nicknames, requireAdmissible, users } from './members.ts';
import { nicknameKey } from './nicknames.ts';
import type { Join } from './schema.ts';

export interface SignUp {
  readonly email: string;
  readonly password: string;
  readonly join: Join;
}

const sameForAllMs = 600;

/** Lets an answer take as long whether an address is known or not. */
async function evenly(work: Promise<void>): Promise<void> {
  await Promise.all([work, sleep(sameForAllMs)]);
}

/** At most so many mails to one address, whoever asks for them. */
async function limitMailTo(address: string): Promise<void> {
  await limitEverywhere('mailToPerson', address);
  await limitEverywhere('mailToPersonDaily', address);
}

type Content = Omit<NewMail, 'uid' | 'to'>;
const mailTo = (to: string, uid: string | null, content: Content): NewMail => ({ ...content, to, uid });

async function notify(to: string, uid: string | null, content: Content): Promise<void> {
  await queueMailNow(`${content.kind}-${crypto.randomUUID()}`, mailTo(to, uid, content));
}

async function sendVerification(uid: string, email: string): Promise<void> {
  const link = await auth().generateEmailVerificationLink(email);
  const batch = db().batch();
  const code = writeCode(batch, 'verifyEmail', uid, email);
  queueMail(batch, `verifyEmail-${crypto.randomUUID()}`, mailTo(email, uid, verifyEmailLetter(code, link)));
  await batch.commit();
}

/** Makes an address free that was never confirmed. An account that was joined with it goes with it. */
async function release(user: UserRecord): Promise<void> {
  const account = (await accountOf(user.uid).get()).data();
  if (account && account.provider !== 'email') {
    await auth().updateUser(user.uid, { email: `released-${crypto.randomUUID()}@released.invalid` });
    return;
  }
  await auth().deleteUser(user.uid);
  const profile = (await users().doc(user.uid).get()).data();
  if (profile) await nicknames().doc(nicknameKey(profile.nickname)).delete();
  await db().recursiveDelete(users().doc(user.uid));
  log.info('email.released', { uid: user.uid });
}

async function createMember({ email, password, join }: SignUp): Promise<void> {
  const { uid } = await auth().createUser({ email, password, emailVerified: false });
  const member = { uid, provider: 'email', loginId: null, kakaoId: null, phone: null } as const;
  try {
    await makeMember({ ...member, offeredNickname: null, email, join });
  } catch (error) {
    await auth().deleteUser(uid);
    if (!(error instanceof AppError) || error.reason !== 'SUSPENDED') throw error;
    await notify(email, null, barredLetter(String(error.details.until).slice(0, 10)));
    return;
  }
  await sendVerification(uid, email);
}

async function signUpOrTell(signUp: SignUp): Promise<void> {
  const known = await userByEmail(signUp.email);
  if (known?.emailVerified) return notify(signUp.email, known.uid, alreadyMemberLetter());
  if (known) await release(known);
  await createMember(signUp).catch((error: unknown) => {
    // Of two sign-ups at once with one address the first has made the account and sent its mail.
    if (!hasAuthCode(error, 'auth/email-already-exists')) throw error;
  });
}

async function requireFreeNickname(nickname: string | undefined): Promise<void> {
  if (nickname === undefined) return;
  if ((await nicknames().doc(nicknameKey(nickname)).get()).exists) throw new AppError('NICKNAME_TAKEN');
}

/** Errors: those of joining, WEAK_PASSWORD, TOO_MANY_REQUESTS; none says whether the address is known. */
export async function signUpWithEmail(said: SignUp): Promise<void> {
  const signUp = { ...said, email: tidyEmail(said.email) };
  requireAdmissible(signUp.join);
  const weak = passwordFault(signUp.password, signUp.email);
  if (weak) throw new AppError(weak);
  await requireFreeNickname(signUp.join.nickname);
  await limitMailTo(signUp.email);
  await evenly(signUpOrTell(signUp));
}

/** Another code and link for the caller's own unconfirmed address. Errors: TOO_MANY_REQUESTS. */
export async function resendVerification(uid: string): Promise<void> {
  const { email, emailVerified } = await auth().getUser(uid);
  if (!email || emailVerified) return;
  await requireResendable('verifyEmail', uid);
  await limitMailTo(email);
  await sendVerification(uid, tidyEmail(email));
}

/** Confirms the caller's own address. The app refreshes its token then. Errors: CODE_WRONG, CODE_EXPIRED. */
export async function confirmEmail(uid: string, code: string): Promise<void> {
  const proven = await takeCode('verifyEmail', uid, code);
  const { email } = await auth().getUser(uid);
  if (!email || tidyEmail(email) !== proven) throw new AppError('CODE_EXPIRED');
  await auth().updateUser(uid, { emailVerified: true });
}

/** An account somebody else joined by Kakao does not open by an address that was never confirmed. */
async function mayReset(user: UserRecord): Promise<boolean> {
  if (user.emailVerified) return true;
  return (await accountOf(user.uid).get()).data()?.provider === 'email';
}

async function sendReset(email: string): Promise<void> {
  const user = await userByEmail(email);
  if (!user || user.disabled || !(await mayReset(user))) return;
  await notify(email, user.uid, resetPasswordLetter(await auth().generatePasswordResetLink(email)));
}

/** Errors: TOO_MANY_REQUESTS. */
export async function requestPasswordReset(said: string): Promise<void> {
  const email = tidyEmail(said);
  await limitMailTo(email);
  await evenly(sendReset(email));
}

/** Sends a code to an address a member wants to sign in with. Errors: TOO_MANY_REQUESTS. */
export async function linkEmail(uid: string, said: string): Promise<void> {
  const email = tidyEmail(said);
  await requireResendable('linkEmail', uid);
  await limitMailTo(email);
  const batch = db().batch();
  const code = writeCode(batch, 'linkEmail', uid, email);
  queueMail(batch, `linkEmail-${crypto.randomUUID()}`, mailTo(email, uid, linkEmailLetter(code)));
  await batch.commit();
}

/** Errors: WEAK_PASSWORD, CODE_WRONG, CODE_EXPIRED, EMAIL_TAKEN (told to who has proven the address). */
export async function confirmLinkedEmail(uid: string, code: string, password: string): Promise<void> {
  if (passwordFault(password, '')) throw new AppError('WEAK_PASSWORD');
  const email = await takeCode('linkEmail', uid, code);
  const holder = await userByEmail(email);
  if (holder && holder.uid !== uid) {
    if (holder.emailVerified) throw new AppError('EMAIL_TAKEN');
    await release(holder);
  }
  await auth().updateUser(uid, { email, emailVerified: true, password });
  await accountOf(uid).update({ email, updatedAt: Timestamp.now() });
  await notify(email, uid, emailLinkedLetter());
}
