/**
 * Who is calling, and whether they may: every callable of every domain asks here first. One billed read (the
 * caller's standing), so a suspension or an ended role holds from the next call on, also for tokens issued before.
 */
import type { CallableRequest } from 'firebase-functions/v2/https';
import { AppError } from '../platform/errors.ts';
import { db } from '../platform/firebase.ts';
import { type Caller, callerOf, haveRolesEnded, suspendedUntil } from './access.ts';
import { limitHere } from './limits.ts';
import { type Role, type Standing, standingSchema } from './schema.ts';

export type { Caller } from './access.ts';

const recentlyMs = 600_000;

/** A document mistyped in the console shuts out, as it does in the rules; its `problems` say what is wrong. */
async function standingOf(uid: string): Promise<Standing | undefined> {
  const stored = await db().doc(`standings/${uid}`).get();
  if (!stored.exists) return undefined;
  const parsed = standingSchema.safeParse(stored.data());
  if (!parsed.success) throw new AppError('SUSPENDED', { until: null });
  return parsed.data;
}

/** Refuses who is suspended now, by their standing or by what is kept of it. */
export function refuseSuspended(standing: Pick<Standing, 'suspendedUntil'> | undefined): void {
  const until = suspendedUntil(standing, Date.now());
  if (until !== null) throw new AppError('SUSPENDED', { until: new Date(until).toISOString() });
}

async function requireStanding(caller: Caller): Promise<void> {
  const standing = await standingOf(caller.uid);
  refuseSuspended(standing);
  if (caller.role !== null && haveRolesEnded(standing, caller.signedInAt)) throw new AppError('NOT_ALLOWED');
}

/** Somebody signed in, suspended or not: for leaving, which is everybody’s right, and for nothing else. */
export async function requireLeaver(request: CallableRequest<unknown>): Promise<Caller> {
  if (!request.auth) throw new AppError('SIGN_IN_REQUIRED');
  const caller = callerOf(request.auth.uid, request.auth.token);
  await limitHere('callByPerson', caller.uid);
  return caller;
}

/** Somebody signed in and not suspended; the address may be unconfirmed. */
export async function requireSignedIn(request: CallableRequest<unknown>): Promise<Caller> {
  const caller = await requireLeaver(request);
  await requireStanding(caller);
  return caller;
}

/** A verified member. */
export async function requireMember(request: CallableRequest<unknown>): Promise<Caller> {
  const caller = await requireSignedIn(request);
  if (!caller.verified) throw new AppError('EMAIL_NOT_VERIFIED');
  return caller;
}

/** Somebody who signed in within the last ten minutes, for what cannot be undone. */
export function requireRecent(caller: Caller): void {
  if (Date.now() - caller.signedInAt > recentlyMs) throw new AppError('RECENT_SIGN_IN_REQUIRED');
}

async function requireRole(request: CallableRequest<unknown>, allowed: readonly Role[]): Promise<Caller> {
  const caller = await requireSignedIn(request);
  if (caller.role === null || !allowed.includes(caller.role)) throw new AppError('NOT_ALLOWED');
  return caller;
}

/** Staff of a hospital, signed in with Google. */
export async function requireStaffOf(request: CallableRequest<unknown>, hospitalId: string): Promise<Caller> {
  const caller = await requireRole(request, ['hospitalStaff']);
  if (!caller.hospitalIds.includes(hospitalId)) throw new AppError('NOT_ALLOWED');
  return caller;
}

/** An operator or owner, signed in with Google. */
export const requireOperator = (request: CallableRequest<unknown>): Promise<Caller> =>
  requireRole(request, ['owner', 'operator']);

/** An owner, signed in with Google. */
export const requireOwner = (request: CallableRequest<unknown>): Promise<Caller> =>
  requireRole(request, ['owner']);
