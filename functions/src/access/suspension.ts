/**
 * Suspending and lifting. The document `standings/{uid}` decides; rules and callables read it with every request.
 * Firebase Auth (disabled, no refresh) and the login cards follow it, from the callable at once and from the
 * trigger again, so a worker that dies in between leaves nothing undone.
 */
import { loginSchema } from '../accounts/schema.ts';
import { audit } from '../audit/audit.ts';
import { AppError } from '../platform/errors.ts';
import { auth, db, deleteAuthUser, hasAuthCode, Timestamp } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { suspendedUntil } from './access.ts';
import { roleSchema, type Standing, standingSchema } from './schema.ts';

export const standings = () => collection('standings', standingSchema);

export interface Suspension {
  readonly uid: string;
  /** ms. */
  readonly until: number;
  readonly reason: string;
  readonly by: string;
}

const noStanding = { suspendedUntil: null, reason: null, rolesEndedAt: null, problems: [] };
const shown = (until: { toDate(): Date } | null): string | null => until?.toDate().toISOString() ?? null;

/** Errors: INVALID_INPUT (end not in the future), USER_NOT_FOUND, ROLE_HOLDER. */
export async function suspend({ uid, until, reason, by }: Suspension): Promise<void> {
  if (until <= Date.now())
    throw new AppError('INVALID_INPUT', { fields: [{ field: 'until', code: 'past' }] });
  const ref = standings().doc(uid);
  await db().runTransaction(async (tx) => {
    const [known, user, role] = await Promise.all([
      tx.get(ref),
      tx.get(db().doc(`users/${uid}`)),
      tx.get(collection('roles', roleSchema).doc(uid)),
    ]);
    if (!user.exists) throw new AppError('USER_NOT_FOUND');
    if (role.exists) throw new AppError('ROLE_HOLDER');
    const before = known.data();
    const end = Timestamp.fromMillis(until);
    tx.set(ref, { ...noStanding, ...before, suspendedUntil: end, reason, by, updatedAt: Timestamp.now() });
    audit(tx, {
      action: 'user.suspend',
      target: ref.path,
      by,
      note: reason,
      before: { suspendedUntil: shown(before?.suspendedUntil ?? null) },
      after: { suspendedUntil: shown(end) },
    });
  });
  await followStanding(uid);
}

/** Lifts a suspension before its end. Lifting what is not suspended changes nothing. */
export async function lift(uid: string, reason: string, by: string): Promise<void> {
  const ref = standings().doc(uid);
  await db().runTransaction(async (tx) => {
    const before = (await tx.get(ref)).data();
    if (!before?.suspendedUntil) return;
    tx.set(ref, { ...before, suspendedUntil: null, reason: null, by, updatedAt: Timestamp.now() });
    audit(tx, {
      action: 'user.lift',
      target: ref.path,
      by,
      note: reason,
      before: { suspendedUntil: shown(before.suspendedUntil) },
      after: { suspendedUntil: null },
    });
  });
  await followStanding(uid);
}

/** Somebody who has never used their custom token has no Auth user yet: it is made, so that it can be disabled. */
async function setDisabled(uid: string, disabled: boolean): Promise<void> {
  try {
    await auth().updateUser(uid, { disabled });
    if (disabled) await auth().revokeRefreshTokens(uid);
  } catch (error) {
    if (!hasAuthCode(error, 'auth/user-not-found')) throw error;
    if (disabled) await auth().createUser({ uid, disabled });
  }
}

async function markLogins(uid: string, until: number | null): Promise<void> {
  const cards = await collection('logins', loginSchema).where('uid', '==', uid).limit(5).get();
  const end = until === null ? null : Timestamp.fromMillis(until);
  await Promise.all(
    cards.docs
      .filter((card) => (card.data().suspendedUntil?.toMillis() ?? null) !== until)
      .map((card) => card.ref.update({ suspendedUntil: end })),
  );
}

/** Makes Auth and the login cards what the standing says now. May run any number of times, in any order. */
export async function followStanding(uid: string, now = Date.now()): Promise<void> {
  const standing = (await standings().doc(uid).get()).data();
  // A withdrawal deletes the Auth user itself; making it here again, disabled, would undo that.
  if (standing?.by === 'withdrawal') return;
  const until = suspendedUntil(standing, now);
  await Promise.all([setDisabled(uid, until !== null), markLogins(uid, until)]);
}

const rolesStillInTokensMs = 2 * 3_600_000;

function isSpent(standing: Standing, now: number): boolean {
  return (standing.rolesEndedAt?.toMillis() ?? 0) < now - rolesStillInTokensMs;
}

/**
 * A custom token given before a withdrawal makes the Auth user anew within its hour. It could write nothing: the
 * standing barred it. Before that goes, so does the user, unless the person has joined again meanwhile.
 */
async function deleteGhost(uid: string): Promise<void> {
  if ((await db().doc(`users/${uid}`).get()).exists) return;
  await deleteAuthUser(uid);
}

async function endSuspension(uid: string, now: number): Promise<void> {
  const ref = standings().doc(uid);
  if ((await ref.get()).data()?.by === 'withdrawal') await deleteGhost(uid);
  await db().runTransaction(async (tx) => {
    const standing = (await tx.get(ref)).data();
    if (!standing?.suspendedUntil || standing.suspendedUntil.toMillis() > now) return;
    if (isSpent(standing, now)) tx.delete(ref);
    else tx.update(ref, { suspendedUntil: null, reason: null, by: 'system', updatedAt: Timestamp.now() });
    audit(tx, {
      action: 'user.suspensionEnded',
      target: ref.path,
      by: 'system',
      before: { suspendedUntil: shown(standing.suspendedUntil) },
      after: { suspendedUntil: null },
    });
  });
  await followStanding(uid, now);
}

const perPage = 100;

/** One that cannot be ended, as it was mistyped, keeps none of the others. Resolves to whether it ended. */
const tryToEnd = (uid: string, now: number): Promise<boolean> =>
  endSuspension(uid, now).then(
    () => true,
    (error: unknown) => {
      log.error('suspension.notEnded', { uid, ...errorFields(error) });
      return false;
    },
  );

/** Lets those in again whose suspension has ended. Writing is free from the very end: the rules compare times. */
export async function endSuspensions(now: number): Promise<number> {
  const over = standings().where('suspendedUntil', '<=', Timestamp.fromMillis(now));
  const oldest = over.orderBy('suspendedUntil').limit(perPage);
  let ended = 0;
  for (let page = await oldest.get(); ; page = await oldest.startAfter(page.docs.at(-1)).get()) {
    for (const { id } of page.docs) if (await tryToEnd(id, now)) ended += 1;
    if (page.size < perPage) return ended;
  }
}
